"""Drafts are not lost: kept at the lock, taken up, dropped; verbs on every kind of line; an import is seen first."""

from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from baladeur.session import Session
from baladeur.tui.app import Baladeur
from baladeur.tui.emergency import Emergency
from baladeur.tui.sign import Sign
from baladeur.tui.times import DOSSIER_OPEN, KEPT_AFTER
from baladeur.wording.phrases import say
from tests.record.documents import allergy, bundle
from tests.tui.conftest import DEMO, TWELVE, Make
from tests.tui.test_dossier import press
from tests.tui.tools import NARROW, Clock, screen_text, settled, unlocked

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
        assert "2 fichier(s)" in await press(pilot, "enter")
        shown = await press(pilot, "enter")
        assert "APERÇU DE a.json" in shown
        assert "0 nouvelle(s)" in shown
        assert "déjà là" in shown
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
