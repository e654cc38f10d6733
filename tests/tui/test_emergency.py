"""The emergency page on the screen: the lines of the command, for every size, language and kind of record."""

import os
from pathlib import Path
from typing import Any

import pytest

from baladeur.session import Session
from baladeur.tui.visit import open_visit
from baladeur.wording.phrases import Language
from tests.tui.conftest import SIX, TWELVE, Make
from tests.tui.documents import hostile, overfull
from tests.tui.tools import NARROW, TODAY, WIDE, golden, made, screen_text, settled, unlocked

RECORDS = ("empty", "typical", "overfull", "hostile")


@pytest.fixture(scope="session")
def records(template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One record of each kind."""
    folder = tmp_path_factory.mktemp("records")
    kinds = {"empty": [], "overfull": [overfull()], "hostile": [hostile()]}
    return {"typical": template} | {name: made(folder / name, TWELVE, found) for name, found in kinds.items()}


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("language", ["fr", "en"])
async def test_page(app: Make, records: dict[str, Path], name: str, size: tuple[int, int], language: Language) -> None:
    """Exactly what was read by eye, and no row that the plain text does not have."""
    program = app(records[name], language=language)
    async with program.run_test(size=size) as pilot:
        await unlocked(pilot, TWELVE)
        shown = screen_text(program)
        golden(f"emergency-{name}.{language}.{size[0]}x{size[1]}", shown)
        visit = program.visit
        assert visit is not None
        if visit.page is not None and visit.page.exists:
            room = program.screen.query_one("#scroll").size.height
            lines = Session.show(visit.page, visit.found, TODAY)
            rows = Session.screens(lines, language, size[0], room)[0]
            assert shown.splitlines()[: len(rows)] == list(rows)
        for char in shown:
            assert char == "\n" or char.isprintable() or char in "\u202f\u00a0", hex(ord(char))


async def test_every_critical_name_is_on_the_first_screen(app: Make, records: dict[str, Path]) -> None:
    """12 of them, at 80 by 24."""
    program = app(records["overfull"])
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        shown = screen_text(program)
        for name in ("pénicillines", "latex", "morphine", "apixaban", "insuline glargine", "méthotrexate"):
            assert name in shown


async def test_all_shows_every_line_and_comes_back(app: Make, records: dict[str, Path]) -> None:
    """With `t`; `u` and the first screen again."""
    program = app(records["overfull"])
    async with program.run_test(size=WIDE) as pilot:
        await unlocked(pilot, TWELVE)
        before = screen_text(program)
        await pilot.press("t")
        await settled(pilot)
        page = str(program.screen.query_one("#page").content)  # type: ignore[attr-defined]
        assert all(f"problème numéro {at:02d}" in page for at in range(1, 41))
        assert all(f"médicament {at:02d}" in page for at in range(1, 28))
        await pilot.press("u")
        await settled(pilot)
        assert screen_text(program) == before


async def test_language_changes_while_the_page_stands(app: Make) -> None:
    """Words, coded labels and keys; the free text stays as it was written."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        await pilot.press("l")
        await settled(pilot)
        shown = screen_text(program)
        assert "SEVERE ALLERGY   pénicillines" in shown
        assert "l Français" in shown
        assert "q Close the key" in shown
        assert "dossier open" in shown


async def test_the_emergency_code_opens_the_page_alone(app: Make) -> None:
    """No session, and the time that is left."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, SIX)
        assert program.visit is not None
        assert program.visit.session is None
        assert "fiche seule, encore 60 min" in screen_text(program)


def test_opening_gives_what_the_command_shows(template: Path) -> None:
    """Page and difference are those of `Session.page_at`."""
    visit = open_visit(template, TWELVE)
    page, found = Session.page_at(template, TWELVE)
    try:
        assert visit.page == page
        assert visit.found == found
        assert Session.show(page, found, TODAY) == visit.shown(TODAY)
    finally:
        visit.close_dossier()


@pytest.mark.parametrize("theme", ["sombre", "clair", "contraste", "no-colour"])
@pytest.mark.skipif("BALADEUR_NO_SVG" in os.environ, reason="BALADEUR_NO_SVG is set")
def test_picture(app: Make, theme: str, snap_compare: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three themes, and none: every mark and word stands without colour."""
    if theme == "no-colour":
        monkeypatch.setenv("NO_COLOR", "1")
    program = app()

    async def opened(pilot: Any) -> None:
        if theme != "no-colour":
            program.theme = theme
        await unlocked(pilot, TWELVE)

    assert snap_compare(program, terminal_size=NARROW, run_before=opened)
