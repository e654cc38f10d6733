"""Two copies that went on by themselves, brought together on screen: told in sentences, signed, and both are here."""

import shutil
from pathlib import Path

from baladeur.session import Session
from baladeur.tui.sign import Sign
from tests.record.documents import allergy, bundle
from tests.tui.conftest import TWELVE, Make
from tests.tui.test_dossier import press
from tests.tui.test_drafting import opened
from tests.tui.tools import BY, WIDE, screen_text


def went_on(key: Path, words: str, name: str) -> None:
    """One more signed allergy."""
    with Session.open(key, TWELVE, write=True) as session:
        session.date_is("2026-12-01T08:00")
        draft = session.draft()
        session.bring(draft, bundle(allergy(words)).replace(b"example.org", name.encode()), f"{name}.json")
        session.seal(draft, BY)


async def test_a_copy_that_went_on_comes_back(app: Make, key: Path, tmp_path: Path) -> None:
    """Nobody types the words again; Escape at the signature writes nothing; signed, both lines stand here."""
    other = shutil.copytree(key, tmp_path / "other")
    went_on(key, "latex", "a.example")
    went_on(other, "noix de cajou", "b.example")
    program = app()
    async with program.run_test(size=WIDE, notifications=True) as pilot:
        session = await opened(pilot)
        before = session.number
        await press(pilot, "d", "j")
        program.screen.query_one("#line").value = str(other)  # type: ignore[attr-defined]
        shown = " ".join((await press(pilot, "enter")).split())
        assert "Les deux copies ont changé chacune de son côté" in shown
        await press(pilot, "enter")
        assert isinstance(program.screen, Sign)
        assert "noix de cajou" in screen_text(program)
        await press(pilot, "escape")
        assert session.number == before
        await press(pilot, "j")
        program.screen.query_one("#line").value = str(other)  # type: ignore[attr-defined]
        await press(pilot, "enter", "enter", "s")
        assert session.number == before + 1
        words = {one.words for one in session.rows("allergies", "fr")}
        assert {"latex", "noix de cajou"} <= words


async def test_the_same_record_and_another_one_are_told(app: Make, key: Path, tmp_path: Path) -> None:
    """Nothing to sign; and back."""
    other = shutil.copytree(key, tmp_path / "other")
    program = app()
    async with program.run_test(size=WIDE, notifications=True) as pilot:
        session = await opened(pilot)
        await press(pilot, "d", "j")
        program.screen.query_one("#line").value = str(other)  # type: ignore[attr-defined]
        assert "Les deux copies sont identiques" in await press(pilot, "enter")
        await press(pilot, "enter")
        assert not isinstance(program.screen, Sign)
        assert session.drafts() == []
