"""Sign: told before, written once, or not at all."""

from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest

from baladeur.card.refusals import PinNeeded
from baladeur.session import PinRequest, Session, Tries
from baladeur.tui.ask import Ask, Confirm
from baladeur.tui.pin import ScreenPin
from baladeur.tui.sign import Sign
from tests.record.documents import allergy, bundle, treatment
from tests.tui.conftest import TWELVE, Make
from tests.tui.documents import EVIL
from tests.tui.tools import NARROW, WIDE, golden, screen_text, settled, unlocked


async def to_sign(pilot: Any, answers: list[int | None], *, name: str = "latex") -> Sign:
    """The Sign screen over a draft with two new lines."""
    visit = pilot.app.visit
    draft = visit.draft()
    visit.session.date_is("2026-12-01T09:00")
    visit.session.bring(draft, bundle(allergy(name), treatment("metformine 500 mg")), "courrier.json")
    screen = Sign(draft)
    pilot.app.push_screen(screen, answers.append)
    await settled(pilot)
    return screen


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_difference_is_told(app: Make, size: tuple[int, int], language: str) -> None:
    """One sentence a line, who would sign, and that Escape is safe."""
    program = app(language=language)
    async with program.run_test(size=size) as pilot:
        await unlocked(pilot, TWELVE)
        await to_sign(pilot, [])
        golden(f"sign.{language}.{size[0]}x{size[1]}", screen_text(program))


async def test_signed_and_on_the_page(app: Make, key: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One commit more, the receipt in one key, and the emergency page shows it at once."""
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "documents")
    program, answers = app(), list[int | None]()
    async with program.run_test(size=WIDE) as pilot:
        await unlocked(pilot, TWELVE)
        assert program.visit is not None
        assert program.visit.session is not None
        before = program.visit.session.number
        await to_sign(pilot, answers)
        await pilot.press("s")
        await settled(pilot)
        assert f"Signé et écrit : version {before + 1}" in screen_text(program)
        await pilot.press("r")
        await settled(pilot)
        assert "Reçu écrit dans" in screen_text(program)
        await pilot.press("enter")
        await settled(pilot)
        assert answers == [before + 1]
        assert "latex" in screen_text(program)
    assert [one.name for one in (tmp_path / "documents").glob("Baladeur/*/RECU.txt")] == ["RECU.txt"]
    with Session.open(key, TWELVE) as session:
        assert session.number == before + 1
        assert all(one.verdict == "ok" for one in session.verify()[0])


async def test_a_copy_is_one_key_after_the_signature(
    app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copied and read back, then said; a place that cannot be written is a sentence, and the signature stands."""
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "file")
    program, second = app(), tmp_path / "second"
    second.mkdir()
    async with program.run_test(size=WIDE) as pilot:
        await unlocked(pilot, TWELVE)
        await to_sign(pilot, [])
        await pilot.press("s")
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)
        program.screen.query_one("#line").value = str(second)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "Copié à un second endroit, et relu." in screen_text(program)
        await pilot.press("r")
        await settled(pilot)
        assert "n’a pas pu sortir" in " ".join(screen_text(program).replace("│", " ").split())
        assert program.visit is not None
        assert program.visit.session is not None
        number = program.visit.session.number
    with Session.open(second, TWELVE) as session:
        assert session.number == number


async def test_escape_writes_nothing(app: Make, key: Any) -> None:
    """Not a byte."""
    program, answers = app(), list[int | None]()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        await to_sign(pilot, answers)
        before = (key / "DOSSIER.DMB").read_bytes()
        await pilot.press("escape")
        await settled(pilot)
        assert answers == [None]
        assert (key / "DOSSIER.DMB").read_bytes() == before


async def test_hostile_words_are_tame(app: Make) -> None:
    """No markup is obeyed, no control character reaches the screen."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        await to_sign(pilot, [], name=EVIL)
        shown = screen_text(program)
        assert "latex[/red] {x}" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown


async def test_what_may_be_missing_is_agreed_to_first(app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """No key signs before."""
    monkeypatch.setattr(Session, "blocked", property(lambda self: ["fork"]))
    program, answers = app(), list[int | None]()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        await to_sign(pilot, answers)
        assert "manque peut-être à ce fichier" in screen_text(program)
        await pilot.press("s")
        await settled(pilot)
        assert answers == []
        await pilot.press("a", "s")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert len(answers) == 1


async def ask(program: Any, pilot: Any, keys: str, tries: Tries, *, last: bool = False) -> tuple[str, object]:
    """Ask for a PIN from a thread, as a card does; what stood on the screen, and the answer or the error."""
    request = PinRequest(SimpleNamespace(name="Dr A. PETIT"), tries, False)  # type: ignore[arg-type]
    entry, answers = ScreenPin(program), list[object]()

    def run() -> None:
        try:
            answers.append(entry.accepts_last_try(request) if last else entry.pin(request))
        except PinNeeded as error:
            answers.append(error)

    thread = Thread(target=run)
    thread.start()
    for _ in range(100):
        await pilot.pause(0.05)
        if isinstance(program.screen, Ask | Confirm):
            break
    await pilot.pause(0.1)
    shown = screen_text(program)
    await pilot.press(*keys.split())
    for _ in range(100):
        await pilot.pause(0.05)
        if answers:
            break
    thread.join(5)
    return shown, answers[0]


async def test_the_pin_is_asked_with_its_tries_and_never_shown(app: Make) -> None:
    """Whose card, how many tries are left; Escape is no PIN; the last try is a question of its own."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        shown, answer = await ask(program, pilot, "1 2 3 4 enter", Tries.FEWER)
        assert answer == "1234"
        assert "Dr A. PETIT" in shown
        assert "un code faux a déjà été tapé" in shown
        _, refused = await ask(program, pilot, "1 2 escape", Tries.ALL)
        assert isinstance(refused, PinNeeded)
        shown, accepted = await ask(program, pilot, "enter", Tries.ONE, last=True)
        assert "UN essai" in shown
        assert accepted is False
        _, accepted = await ask(program, pilot, "o", Tries.ONE, last=True)
        assert accepted is True
        assert "1234" not in screen_text(program)
