"""The pending tray: read in full, adopted, corrected or rejected; kept without a card, signed by the doctor."""

import io
from pathlib import Path

import pytest
from textual.pilot import Pilot

from baladeur.session import Session, Words
from baladeur.tui.amend import Amend
from baladeur.tui.sign import Sign
from baladeur.tui.tray import Tray
from tests.record.documents import allergy, bundle
from tests.tui.conftest import TWELVE, Make
from tests.tui.test_dossier import press
from tests.tui.test_drafting import opened
from tests.tui.tools import NARROW, WIDE, screen_text, settled

NOTE = "Entorse de la cheville.\nPlâtre 3 semaines, revenir si douleur.\n"


def leave(key: Path, *more: tuple[str, bytes, str]) -> None:
    """What a patient leaves in the tray, without a card."""
    with Session.open(key, TWELVE, write=True) as session:
        session.date_is("2026-12-01T08:00")
        session.keep(
            Session.note(io.BytesIO(NOTE.encode()), "Urgences", "2026-10", "text/plain", "Dr Silva", "Lisbonne")
        )
        for title, content, media in more:
            session.keep(Session.note(io.BytesIO(content), title, "2026-11-02", media, "", ""))


async def in_tray(pilot: Pilot[None]) -> tuple[Session, str]:
    """The room, from the emergency page in one key."""
    session = await opened(pilot)
    return session, await press(pilot, "a")


def flat(shown: str) -> str:
    """What stands there, whatever its lines."""
    return " ".join(shown.replace("▌", " ").split())


async def test_a_note_is_read_in_full_then_adopted(app: Make, key: Path) -> None:
    """Sender, where, when, text, what adopting means; one key, undone by another; signed as it came."""
    leave(key)
    program = app()
    async with program.run_test(size=NARROW, notifications=True) as pilot:
        session, shown = await in_tray(pilot)
        for words in ("De : Dr Silva", "Lieu : Lisbonne", "oct. 2026", "Entorse de la cheville.", "revenir si douleur"):
            assert words in shown
        assert "signé par vous comme reçu" in flat(shown)
        assert "adopté, NON SIGNÉ" in await press(pilot, "y")
        assert "adopté, NON SIGNÉ" not in await press(pilot, "u")
        shown = await press(pilot, "y", "f")
        assert isinstance(program.screen, Sign)
        assert "adopté : Urgences" in shown
        before = session.number
        await press(pilot, "s")
        assert session.number == before + 1
        assert session.of_kind("tray") == []
        assert [one.content for one in session.of_kind("document")] == [NOTE.encode()]


async def test_a_rejection_has_a_reason(app: Make, key: Path) -> None:
    """Without one nothing is rejected, which is said; with one it is signed."""
    leave(key)
    program = app()
    async with program.run_test(size=WIDE, notifications=True) as pilot:
        session, _ = await in_tray(pilot)
        assert "Sans motif, rien n’est rejeté" in flat(await press(pilot, "n", "enter"))
        assert program.visit is not None
        assert program.visit.pending is None or program.visit.pending.empty
        shown = await press(pilot, "n", *"autre", "enter")
        assert "rejeté, NON SIGNÉ" in shown
        shown = await press(pilot, "f")
        assert "rejeté : Urgences (motif : autre)" in shown
        await press(pilot, "s")
        assert session.of_kind("tray") == []


async def test_a_note_is_corrected_then_adopted(app: Make, key: Path) -> None:
    """The sentence to sign tells every word; what came stays in the history; a wrong day is refused."""
    leave(key)
    program = app()
    async with program.run_test(size=WIDE, notifications=True) as pilot:
        session, _ = await in_tray(pilot)
        await press(pilot, "c")
        assert isinstance(program.screen, Amend)
        program.screen.query_one("#field-text").text = "Fracture de la cheville."  # type: ignore[attr-defined]
        program.screen.query_one("#field-day").value = "hier soir"  # type: ignore[attr-defined]
        await press(pilot, "f10")
        assert isinstance(program.screen, Amend)  # with what was typed, to be mended
        assert program.screen.query_one("#field-text").text == "Fracture de la cheville."  # type: ignore[attr-defined]
        program.screen.query_one("#field-day").value = "2026-10"  # type: ignore[attr-defined]
        assert "corrigé et adopté, NON SIGNÉ" in await press(pilot, "f10")
        shown = flat(await press(pilot, "f"))
        assert "Dr Silva, Lisbonne, 2026-10, « Fracture de la cheville. »" in shown
        await press(pilot, "s")
        (made,) = session.of_kind("document")
        assert made.content == b"Fracture de la cheville.\n"
        assert session.read(bytes.fromhex(made.of)) == NOTE.encode()


async def test_a_fhir_file_tells_its_lines_and_another_patient_is_refused(app: Make, key: Path) -> None:
    """What adopting would do stands there first; a document of somebody else can be rejected only."""
    other = bundle(allergy("latex")).replace(b"1961-03-04", b"1990-01-01")
    leave(key, ("lettre", bundle(allergy("noix de cajou")), "application/json"), ("autre", other, "application/json"))
    program = app()
    async with program.run_test(size=WIDE, notifications=True) as pilot:
        await in_tray(pilot)
        shown = flat(screen_text(program))
        assert "concerne un autre patient" in shown
        assert "Il ne peut pas être adopté" in shown
        await press(pilot, "y")
        assert program.visit is not None
        assert program.visit.pending is None or program.visit.pending.empty
        shown = await press(pilot, "down")
        assert "nouveau (allergies) : noix de cajou" in shown


async def test_a_secretary_prepares_and_the_doctor_signs(app: Make, key: Path, tmp_path: Path) -> None:
    """Without a card: a note adopted, a document imported, kept. Later, in another run: taken up, signed."""
    leave(key)
    document = tmp_path / "labo.json"
    document.write_bytes(bundle(allergy("noix de cajou")))
    program = app()
    async with program.run_test(size=WIDE, notifications=True) as pilot:
        session, _ = await in_tray(pilot)
        await press(pilot, "y", "escape", "d", "m")
        program.screen.query_one("#place").value = str(document)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        await take_checked(pilot)
        await press(pilot, "k")
        assert len(session.drafts()) == 1
        number = session.number
        program.lock("")
    again = app()
    async with again.run_test(size=WIDE, notifications=True) as pilot:
        session = await opened(pilot)
        assert session.number == number
        shown = await press(pilot, "d", "b", "enter")
        assert "adopté : Urgences" in shown
        assert "noix de cajou" in shown
        await press(pilot, "s")
        assert session.number == number + 1
        assert session.drafts() == []
        assert session.of_kind("tray") == []
        assert session.timeline()[0].signer


async def take_checked(pilot: Pilot[None]) -> None:
    """A document that does not say whose it is was left aside: checked, marked, taken."""
    if "[x]" not in screen_text(pilot.app) and "Laissé de côté" in screen_text(pilot.app):  # type: ignore[arg-type]
        await press(pilot, "space")
    await press(pilot, "f10")


async def test_nothing_of_a_line_that_is_not_shown(app: Make, key: Path) -> None:
    """y in the dossier opens the note first; an empty tray says so."""
    leave(key)
    program = app()
    async with program.run_test(size=NARROW, notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "d", "end", "up", "up")
        dossier = program.screen
        for _ in range(4):
            if getattr(dossier, "part", "") == "tray":
                break
            await press(pilot, "down")
        assert getattr(dossier, "part", "") == "tray"
        shown = await press(pilot, "right", "y")
        assert isinstance(program.screen, Tray)
        assert "Entorse de la cheville." in shown
        assert program.visit is not None
        assert program.visit.pending is None


@pytest.mark.parametrize(("media", "data"), [("text/xml", b"<ClinicalDocument/>"), ("application/pdf", b"%PDF-1")])
async def test_a_document_leaves_the_key_after_one_question(
    app: Make, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, media: str, data: bytes
) -> None:
    """The place by name, that traces stay; Escape: nothing leaves; f: its own bytes, in a file that tells nobody."""
    monkeypatch.setattr("platformdirs.user_downloads_path", lambda: tmp_path / "out")
    (tmp_path / "out").mkdir()
    leave(key, ("compte rendu", data, media))
    program = app()
    async with program.run_test(size=WIDE, notifications=True) as pilot:
        await in_tray(pilot)
        shown = flat((await press(pilot, "o", "s")).replace("│", " "))
        assert "Des traces resteront sur cet ordinateur" in shown
        assert "out/document-" in shown.replace(" ", "")
        await press(pilot, "escape")
        assert list((tmp_path / "out").iterdir()) == []
        await press(pilot, "s", "f")
        (made,) = (tmp_path / "out").iterdir()
        assert made.read_bytes() == data


async def test_what_is_corrected_obeys_nothing_that_came(app: Make, key: Path) -> None:
    """A title that would command the terminal stands harmless in its field, and is as it came if nobody touches it."""
    evil = "\x1b]0;owned\x07 avis \u202eniamuh\u202c"
    said = Words(evil, "Dr \x1b[2J", "", "2026-11-20", f"ligne\n{evil}")
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        found: list[Words | None] = []
        program.push_screen(Amend(said), found.append)
        await settled(pilot)
        shown = screen_text(program)
        assert "avis" in shown
        assert "ligne" in shown
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)
        await pilot.press("f10")
        await settled(pilot)
        assert found == [said]
