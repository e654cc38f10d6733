"""Import on screen: several files at once, whose they are, and a watched folder that takes nothing by itself."""

import os
from pathlib import Path

import pytest

from baladeur.session import Session, inbox
from tests.record.documents import allergy, bundle, treatment
from tests.tui.conftest import TWELVE, Make
from tests.tui.test_dossier import press
from tests.tui.test_drafting import opened
from tests.tui.tools import WIDE, screen_text, settled

NUTS = bundle(allergy("noix de cajou"))
LATEX = bundle(treatment("bisoprolol 5 mg")).replace(b"example.org", b"labo.example.org")
OTHER = bundle(allergy("latex")).replace(b"1961-03-04", b"1990-01-01")
TWIN = LATEX.replace(b"Jeanne", b"Louise").replace(b"labo.", b"autre.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of a practice: two documents of this patient, one of somebody else, one that may be a twin's."""
    made = tmp_path / "reçus"
    made.mkdir()
    for name, data in (("a.json", NUTS), ("b.json", OTHER), ("c.json", LATEX), ("d.json", TWIN)):
        (made / name).write_bytes(data)
    return made


async def test_a_folder_is_seen_file_by_file_and_taken_at_once(app: Make, folder: Path) -> None:
    """Marked by themselves: this patient's only; another patient and a possible twin are said loudly."""
    program = app()
    async with program.run_test(size=WIDE, notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "d", "m")
        program.screen.query_one("#place").value = str(folder)  # type: ignore[attr-defined]
        shown = await press(pilot, "enter")
        assert "4 document(s), 2 à prendre" in shown
        assert "b.json  AUTRE PATIENT" in shown
        assert "d.json  PATIENT À VÉRIFIER" in shown
        shown = await press(pilot, "down")
        assert "matricule INS diffère" in " ".join(shown.split())
        assert "jumeau" in await press(pilot, "down", "down")
        shown = await press(pilot, "up", "up", "up", "space")
        assert "4 document(s), 1 à prendre" in shown
        await press(pilot, "space", "f10")
        assert program.visit is not None
        assert program.visit.pending is not None
        words = [one.words for one in program.visit.pending.told]
        assert "noix de cajou" in words
        assert "bisoprolol 5 mg" in words
        assert "latex" not in words


async def test_files_as_a_terminal_pastes_them(app: Make, folder: Path) -> None:
    """Several paths on one line, one of them with a space in it."""
    spaced = folder / "lettre du 12.json"
    spaced.write_bytes(LATEX)
    program = app()
    async with program.run_test(size=WIDE, notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "d", "m")
        program.screen.query_one("#place").value = f"'{folder}/a.json' '{spaced}'"  # type: ignore[attr-defined]
        assert "2 document(s), 2 à prendre" in await press(pilot, "enter")


async def test_a_watched_folder_is_announced_and_never_taken(app: Make, tmp_path: Path) -> None:
    """Chosen with F8; half a file waits; another patient's is no news; what was imported is said so."""
    folder = tmp_path / "reçus"
    folder.mkdir()
    (folder / "x.json").write_bytes(OTHER)
    program = app()
    async with program.run_test(size=WIDE, notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "d", "m")
        program.screen.query_one("#place").value = str(folder)  # type: ignore[attr-defined]
        await press(pilot, "enter", "f8")
        assert inbox.watched() == folder
        await press(pilot, "escape")
        assert program.visit is not None
        assert program.visit.inbox is not None
        assert program.visit.pending is not None
        look = program.visit.inbox.look
        (folder / "a.json").write_bytes(NUTS[:200])
        assert (look(), look()) == (0, 0)
        (folder / "a.json").write_bytes(NUTS)
        assert look() == 0  # it has just changed
        assert look() == 1
        for _ in range(60):
            await pilot.pause(0.1)
            if "1 nouveau(x) fichier(s) dans reçus : m pour voir" in screen_text(program):
                break
        assert "1 nouveau(x) fichier(s) dans reçus : m pour voir" in screen_text(program)
        assert program.visit.pending.empty
        assert "noix de cajou" in await press(pilot, "m")
        await press(pilot, "f10")
        await settled(pilot)
        assert program.visit.inbox.look() == 0
        shown = await press(pilot, "m")
        assert "a.json  déjà importé, mêmes octets" in shown
        await press(pilot, "f8")
        assert inbox.watched() is None


def test_the_setting_is_this_computer_s_and_survives_nonsense(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A small file of the user's; what is no setting is none; a folder that cannot be seen holds nothing."""
    monkeypatch.setenv("BALADEUR_DATA", str(tmp_path / "data"))
    assert inbox.watched() is None
    inbox.watch(tmp_path)
    assert inbox.watched() == tmp_path
    inbox.setting().write_text("[", "utf-8")
    assert inbox.watched() is None
    inbox.watch(None)
    inbox.watch(None)
    assert inbox.lying(tmp_path / "nowhere") == []


def test_what_came_in_long_ago_is_no_news(tmp_path: Path, key: Path) -> None:
    """It lies there, and is listed when somebody looks."""
    (tmp_path / "a.json").write_bytes(NUTS)
    (tmp_path / ".b.json").write_bytes(NUTS)
    now = os.stat(tmp_path / "a.json").st_mtime
    with Session.open(key, TWELVE) as session:
        for later, news in ((0, 1), (2 * inbox.RECENT, 0)):
            watched = inbox.Inbox(tmp_path, lambda later=later: now + later)
            watched.compare_with(session.gate())
            watched.look()
            assert watched.look() == news
    assert [one.path.name for one in inbox.lying(tmp_path)] == ["a.json"]
