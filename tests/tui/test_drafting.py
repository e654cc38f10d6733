"""Drafts are not lost: kept at the lock, taken up, dropped; verbs on every kind of line; an import is seen first."""

from functools import partial
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from baladeur.session import Session
from baladeur.tui.app import Baladeur
from baladeur.tui.dossier import Dossier
from baladeur.tui.emergency import Emergency
from baladeur.tui.sign import Sign
from baladeur.tui.times import DOSSIER_OPEN, KEPT_AFTER, KEPT_APART
from baladeur.wording.phrases import say
from tests.record.documents import allergy, bundle
from tests.tui.conftest import DEMO, TWELVE, Make
from tests.tui.test_dossier import press
from tests.tui.tools import BY, NARROW, Clock, screen_text, settled, unlocked

STOP = ("d", "down", "down", "right", "x", "enter", "enter")


async def opened(pilot: Pilot[None]) -> Session:
    """The dossier, with the date declared: the record was made on a day to come."""
    await unlocked(pilot, TWELVE)
    for _ in range(50):  # a machine that has other work
        if cast("Baladeur", pilot.app).visit is not None:
            break
        await pilot.pause(0.1)
    return session_of(pilot)


def session_of(pilot: Pilot[None]) -> Session:
    """The open session, its date declared."""
    app = pilot.app
    assert isinstance(app, Baladeur)
    assert app.visit is not None
    assert app.visit.session is not None
    app.visit.session.date_is("2026-12-01T09:00")
    return app.visit.session


def passes(app: Baladeur, clock: Clock, seconds: float) -> None:
    """Time, second by second as the program looks at it."""
    clock.now += seconds
    app.looked = clock.now
    app.look()


async def test_the_idle_lock_keeps_the_draft(app: Make, clock: Clock) -> None:
    """Kept, said, listed, taken up, signed: and then it is no draft any more."""
    program = app()
    async with program.run_test(size=NARROW, notifications=True) as pilot:
        await opened(pilot)
        assert "1 changement(s) NON SIGNÉ(S)" in await press(pilot, *STOP)
        passes(program, clock, DOSSIER_OPEN)
        await settled(pilot)
        assert isinstance(program.screen, Emergency)
        assert "« b » dans le dossier" in screen_text(program)
        program.lock("")
        await settled(pilot)
        await unlocked(pilot, TWELVE)
        session = session_of(pilot)
        assert len(session.drafts()) == 1
        shown = await press(pilot, "d")
        assert "1 brouillon(s) gardé(s) : b" in shown
        shown = await press(pilot, "b")
        assert "furosémide" in shown
        await press(pilot, "enter")
        assert isinstance(program.screen, Sign)
        assert "furosémide" in screen_text(program)
        before = session.number
        await press(pilot, "s")
        assert session.number == before + 1
        assert session.drafts() == []
        await press(pilot, "escape")
        row = next(one for one in session.rows("medications", "fr") if "furosémide" in one.words)
        assert row.state == "stopped"


async def test_a_pulled_key_finds_it_kept(app: Make, key: Path, clock: Clock) -> None:
    """Twenty seconds without a key keep it; the key is pulled, comes back, and it is there."""
    program = app()
    async with program.run_test(size=NARROW, notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, *STOP)
        passes(program, clock, KEPT_AFTER)
        key.rename(key.with_name("pocket"))
        program.look()
        await settled(pilot)
        assert program.visit is None
        assert "comme brouillon" in " ".join(screen_text(program).split())
        key.with_name("pocket").rename(key)
        program.lock("")
        await unlocked(pilot, TWELVE)
        assert len(session_of(pilot).drafts()) == 1


async def test_a_form_comes_back_as_it_stood(app: Make, key: Path, clock: Clock) -> None:
    """Four seconds keep it; the key is pulled, and the form stands again with all that was typed."""
    program = app()
    async with program.run_test(size=NARROW, notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "d", "down", "down", "a", *"spiro", "enter", "enter", "2", "5", "space", "m")
        passes(program, clock, KEPT_APART)
        key.rename(key.with_name("pocket"))
        program.look()
        await settled(pilot)
        assert program.visit is None
        key.with_name("pocket").rename(key)
        program.lock("")
        session = await opened(pilot)
        (kept,) = session.drafts()
        assert (kept.form, kept.changes) == ("treatment", 0)
        assert "FORMULAIRE COMMENCÉ" in await press(pilot, "d")
        assert "formulaire commencé (Traitement)" in await press(pilot, "b")
        shown = await press(pilot, "enter")
        assert "[ATC C03DA01]" in shown
        assert "25 m" in shown
        assert "un nombre puis" not in shown  # it is being typed still
        await press(pilot, "g", "f10")
        shown = await press(pilot, "f")
        assert "spironolactone, 25 mg" in shown
        await press(pilot, "s", "escape")
        assert session.drafts() == []
        said = [one.saves for one in session.timeline()]
        assert sum(map(bool, said)) == 1  # however often it was kept, it is one line of the history


async def test_typing_on_is_kept_now_and_then(app: Make, clock: Clock) -> None:
    """Every four seconds, with at most 16 KiB each, and never when nothing is new; dropped, it is a draft no more."""
    program = app()
    async with program.run_test(size=NARROW, notifications=True) as pilot:
        session = await opened(pilot)
        await press(pilot, "d", "down", "down", "a")
        begun, end, lag = session.number, session.end, 0
        for second in range(60):
            await pilot.press("abcde"[second % 5])
            program.touched = clock.now
            before = session.number
            passes(program, clock, 1)
            lag = 0 if session.number > before else lag + 1
            assert lag < 5
        assert 10 <= session.number - begun <= 15
        assert session.end - end <= 15 * 16384
        assert len(session.drafts()) == 1
        passes(program, clock, 10)
        kept = session.number
        passes(program, clock, 10)
        assert session.number == kept
        await press(pilot, "escape", "o")
        passes(program, clock, 10)
        assert session.drafts() == []


async def test_what_is_signed_leaves_a_form_that_is_not_done(key: Path) -> None:
    """A draft with a change and a form begun, signed by its change: the form waits on, as a draft of its own."""
    with Session.open(key, TWELVE, write=True) as session:
        session.date_is("2026-12-01T09:00")
        draft = session.draft()
        session.add(draft, "problem", {"problem": "angine"})
        session.begin(draft, "allergy", "", {"substance": "lat"}, "substance")
        session.save_draft(draft)
        session.seal(session.resume_draft(session.drafts()[0].id), BY)
        (left,) = session.drafts()
        assert (left.form, left.changes, left.title) == ("allergy", 0, "lat")
        assert "angine" in [row.words for row in session.rows("problems", "fr")]


async def test_no_work_is_given_up_for_the_next(app: Make) -> None:
    """A stop that was asked for just before the screen is read again: given up, it would be a lost write."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await press(pilot, "d")
        screen, done = cast("Dossier", program.screen), list[int]()
        for number in range(3):
            screen.behind(partial(done.append, number), lambda _: None)
        program.pop_screen()
        await settled(pilot)
        assert done == [0, 1, 2]
        assert not program.busy


async def test_a_key_pulled_at_once_says_what_is_lost(app: Make, key: Path) -> None:
    """Never that nothing was lost."""
    program = app()
    async with program.run_test(size=NARROW, notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, *STOP)
        key.rename(key.with_name("pocket"))
        program.look()
        await settled(pilot)
        assert "n’ont pas pu être gardés" in " ".join(screen_text(program).split())


async def test_leaving_keeps_the_draft(app: Make, key: Path) -> None:
    """And the words that stay on the terminal say so."""
    program = app()
    async with program.run_test(size=NARROW, notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, *STOP)
        program.action_leave()
        await pilot.pause()
    with Session.open(key, TWELVE) as session:
        assert [one.changes for one in session.drafts()] == [1]


async def test_k_keeps_and_x_drops(app: Make) -> None:
    """Kept by its key; dropped when asked and answered; Enter and Escape keep it."""
    program = app()
    async with program.run_test(size=NARROW, notifications=True) as pilot:
        session = await opened(pilot)
        shown = await press(pilot, *STOP, "k")
        assert "NON SIGNÉ(S)" not in shown
        assert "1 brouillon(s) gardé(s)" in shown
        await press(pilot, "b", "x", "enter")
        assert len(session.drafts()) == 1
        shown = await press(pilot, "x", "o")
        assert session.drafts() == []
        assert say("drafts-empty", "fr") in shown


async def test_correct_confirm_and_withdraw(app: Make) -> None:
    """c opens the form of the line, a coded word stays coded; i and e go into the same draft."""
    program = app()
    async with program.run_test(size=NARROW, notifications=True) as pilot:
        session = await opened(pilot)
        shown = await press(pilot, "d", "down", "down", "right", "c")
        assert "furosémide 40 mg  [ATC C03CA01]" in shown
        shown = await press(pilot, "enter", "f10", "down", "i")
        assert "1 changement(s)" in shown  # nothing was corrected, one line was confirmed
        shown = await press(pilot, "down", "e", *"double", "enter", "f")
        assert "À SIGNER : 2" in shown
        assert "double" in shown
        before = session.number
        await press(pilot, "s")
        assert session.number == before + 1
        states = {one.words: one.state for one in session.rows("medications", "fr")}
        assert states["apixaban 5 mg"] == "never"
        assert states["dulaglutide 1,5 mg"] == "current"


@pytest.mark.parametrize("verb", ["x", "c", "i", "e"])
async def test_a_line_that_is_only_named_refuses(app: Make, verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a document lists and does not hold: its id is that of the document, which no verb must touch."""
    from dataclasses import replace

    real = Session.rows
    monkeypatch.setattr(
        Session, "rows", lambda self, *args: [replace(one, link=one.id + "#x") for one in real(self, *args)]
    )
    program = app()
    async with program.run_test(size=NARROW, notifications=True) as pilot:
        await opened(pilot)
        shown = await press(pilot, "d", "down", "down", "right", verb)
        assert "nomme cette ligne" in " ".join(shown.replace("▌", " ").split())
        assert program.visit is not None
        assert program.visit.pending is None


async def test_an_import_is_seen_before_it_is_taken(app: Make, tmp_path: Path) -> None:
    """New, there already; Escape takes nothing, F10 takes it, a wrong place and a wrong file are said."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.json").write_bytes((DEMO / "synthese.json").read_bytes())
    (inbox / "b.json").write_text("{", "utf-8")
    program = app()
    async with program.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await press(pilot, "d", "m")
        program.screen.query_one("#place").value = str(tmp_path / "nowhere")  # type: ignore[attr-defined]
        assert "Ni fichier ni dossier" in await press(pilot, "enter")
        program.screen.query_one("#place").value = str(inbox)  # type: ignore[attr-defined]
        shown = await press(pilot, "enter")
        assert "2 document(s), 0 à prendre" in shown
        assert "octet pour octet" in shown
        shown = await press(pilot, "down")
        assert "b.json : REFUSÉ" in shown
        await press(pilot, "escape", "m")
        assert program.visit is not None
        assert program.visit.pending is not None
        assert program.visit.pending.empty
        other = inbox / "c.json"
        other.write_bytes(bundle(allergy("noix de cajou")))
        program.screen.query_one("#place").value = str(other)  # type: ignore[attr-defined]
        shown = await press(pilot, "enter")
        assert "1 nouvelle(s)" in shown, shown
        assert "noix de cajou" in shown
        shown = await press(pilot, "f10")
        assert "NON SIGNÉ(S)" in shown
        assert "noix de cajou" in shown
