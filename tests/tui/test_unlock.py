"""Unlock: the field, what it says while somebody types, and what it opened."""

import shutil
from pathlib import Path
from threading import Event

import pytest

from baladeur.tui.unlock import Unlock
from tests.tui.conftest import SIX, TWELVE, Make
from tests.tui.tools import NARROW, WIDE, golden, screen_text, settled, unlocked


async def test_the_key_is_seen_and_the_words_are_told(app: Make, key: Path) -> None:
    """Four letters, a number and a whole word with its accent name the same kind of thing."""
    made = app()
    async with made.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert "Clé :" in screen_text(made)
        await pilot.press(*"abai 0002 éligible ")
        assert "1 abaisser  2 abandon  3 éligible" in screen_text(made)


async def test_a_secret_opens_the_page(app: Make) -> None:
    """And it is named for what it opened."""
    for typed, said in ((TWELVE, "12 mots de secours · dossier ouvert"), (SIX, "code d’urgence · fiche seule")):
        made = app()
        async with made.run_test(size=NARROW) as pilot:
            await unlocked(pilot, typed)
            shown = screen_text(made)
            assert "MOREAU" in shown
            assert "!! ALLERGIE GRAVE   pénicillines" in shown
            assert said in shown


async def test_a_wrong_secret_is_said_at_once_and_stays_to_be_mended(app: Make) -> None:
    """Nothing is opened, nothing is retyped."""
    made = app()
    async with made.run_test(size=NARROW) as pilot:
        wrong = " ".join(["abandon"] * 8)
        await unlocked(pilot, wrong)
        assert "Aucun accès ne correspond" in screen_text(made)
        assert made.visit is None
        assert made.screen.query_one("#secret").value == wrong  # type: ignore[attr-defined]


async def test_letters_that_are_not_latin_are_named_with_the_way_out(app: Make) -> None:
    """A keyboard in Sofia."""
    made = app(language="en")
    async with made.run_test(size=NARROW) as pilot:
        await pilot.press(*"абай")
        assert "writes Cyrillic letters" in screen_text(made)
        assert "numbers of the words" in screen_text(made)


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("language", ["fr", "en"])
async def test_screen(
    app: Make, key: Path, size: tuple[int, int], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exactly what was read by eye: empty, in the middle of the words, hidden, after a wrong secret."""
    monkeypatch.chdir(key.parent)
    program = app(Path("key"), language=language)
    name = f"unlock.{language}.{size[0]}x{size[1]}"
    async with program.run_test(size=size) as pilot:
        await settled(pilot)
        seen = [screen_text(program)]
        await pilot.press(*"abai 0002 zzzz agr")
        await settled(pilot)
        seen.append(screen_text(program))
        await pilot.press("f4")
        await settled(pilot)
        seen.append(screen_text(program))
        await pilot.press("f4")
        await unlocked(pilot, " ".join(["abandon"] * 8))
        seen.append(screen_text(program))
    assert "abaisser" not in seen[2]
    golden(name, f"\n{'=' * size[0]}\n".join(seen))


async def test_several_keys_are_a_list(app: Make, key: Path, tmp_path: Path) -> None:
    """Arrows choose, while the field keeps the focus."""
    other = shutil.copytree(key, tmp_path / "other")
    program = app(key, other)
    async with program.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert "2 clés sont branchées" in screen_text(program)
        await pilot.press("down")
        await unlocked(pilot, TWELVE)
        assert program.visit is not None
        assert program.visit.path.parent.name == "other"


async def test_enter_before_the_key_was_found_counts(app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever types fast on a slow computer is not left before a screen that does nothing."""
    program, look = app(), Event()
    looked = Unlock._looked
    monkeypatch.setattr(Unlock, "_looked", lambda self: looked(self) if look.wait(20) else [])
    async with program.run_test(size=NARROW) as pilot:
        await pilot.pause()
        program.screen.query_one("#secret").value = TWELVE  # type: ignore[attr-defined]
        await pilot.press("enter")
        await pilot.pause()
        assert program.visit is None
        look.set()
        await settled(pilot)
        assert program.visit is not None
        assert "MOREAU" in screen_text(program)
