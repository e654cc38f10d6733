"""The reading screens: sections, an entry, documents and their way out, search, results, history."""

from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from baladeur.session import Session
from baladeur.tui.app import Baladeur
from tests.record.documents import allergy, bundle, problem, treatment
from tests.record.test_series import observation
from tests.tui.conftest import TWELVE, Make
from tests.tui.tools import NARROW, WIDE, made, screen_text, settled, unlocked


async def press(pilot: Pilot[None], *keys: str) -> str:
    """Keys one after the other, each followed to its end; what stands then."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)
    assert isinstance(pilot.app, Baladeur)
    return screen_text(pilot.app)


async def test_sections_and_their_lines(app: Make) -> None:
    """The left side tells how much is in each; the state of what does not plainly hold stands before it."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        shown = await press(pilot, "d")
        assert "?   2 allergies" in shown
        assert "ALLERGIES · 1 à confirmer" in shown
        assert "(à confirmer) produits de contraste" in shown
        shown = await press(pilot, "down", "down")
        assert "apixaban 5 mg — 1 comprimé matin et soir" in shown
        assert "(arrêté) metformine" in shown
        assert "(en vigueur)" not in shown
        shown = await press(pilot, "l")
        assert "TREATMENTS" in shown
        assert "(stopped) metformine" in shown


async def test_keys_before_the_sections_were_read_count(app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who knows the way types ahead of a large record: two lines down are two lines down."""
    program, read = app(), Event()
    parts = Session.parts
    monkeypatch.setattr(Session, "parts", lambda *given: read.wait(20) and parts(*given))
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        await pilot.press("d", "down", "down", "down", "up")
        assert "lecture" in screen_text(program).lower()
        read.set()
        await settled(pilot)
        assert "TRAITEMENTS" in screen_text(program)
        assert "apixaban 5 mg" in screen_text(program)


async def test_an_entry_tells_who_signed_it_and_its_versions(app: Make) -> None:
    """With the verdict in words, and what changed between versions."""
    program = app()
    async with program.run_test(size=WIDE) as pilot:
        await unlocked(pilot, TWELVE)
        shown = await press(pilot, "d", "down", "down", "right", "end", "enter")
        assert "metformine 500 mg" in shown
        assert "traitements · arrêté" in shown
        assert "Dr Camille DEMONSTRATION" in shown
        assert "signature vérifiée (carte de démonstration, pas une CPS)" in shown
        assert "VERSIONS (2)" in shown
        assert "première version" in shown
        shown = await press(pilot, "escape", "escape", "escape")
        assert "FICHE" in shown or "MOREAU" in shown


async def test_a_document_is_read_inside_and_leaves_only_when_asked(
    app: Make, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Escape lets nothing out; a file gets a name without a word of the record, and is its owner's alone."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr("platformdirs.user_downloads_path", lambda: tmp_path / "home")
    (tmp_path / "home").mkdir()
    with Session.open(key, TWELVE, write=True) as session:
        session.date_is("2026-11-30T12:00")
        session.keep(Session.note(b"sutures ce jour\n", "avis de Lisbonne", "2026-11-20", "text/plain", "Dr Silva", ""))
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        shown = await press(pilot, "slash", *"sutures", "enter", "enter", "o")
        assert "sutures ce jour" in shown
        shown = await press(pilot, "s")
        assert "Des traces resteront" in shown
        assert (
            str(tmp_path / "home") in shown.replace("\n", "").replace(" ", "").replace("│", "") or "document-" in shown
        )
        await press(pilot, "escape")
        assert list((tmp_path / "home").iterdir()) == []
        await press(pilot, "s", "f")
        (file,) = (tmp_path / "home").iterdir()
        assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"sutures ce jour\n", 0o600)
        assert "lisbonne" not in file.name.lower()


async def test_search_opens_what_it_finds(app: Make) -> None:
    """Case and accents ignored; a word that is nowhere says so."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        shown = await press(pilot, "slash", *"PENICI")
        assert "allergies: pénicillines" in shown
        shown = await press(pilot, "enter", "enter")
        assert "choc anaphylactique" in shown
        shown = await press(pilot, "escape", "escape", *"xqz")
        assert "Rien ne répond" in shown


async def test_results_stand_by_unit_and_over_time(app: Make) -> None:
    """The table, then a plot with its scale and the same values in words."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        shown = await press(pilot, "r")
        assert "créatinine · 152 µmol/L [45 – 84] · 11 oct. 2026 · 2 valeurs" in shown
        shown = await press(pilot, "enter")
        assert "*" in shown
        assert "08 juin 2026" in shown
        assert "152 µmol/L" in shown


async def test_the_history_has_the_newest_first(app: Make) -> None:
    """When, who, verdict, what."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        shown = await press(pilot, "h")
        rows = [row for row in shown.splitlines() if "décl." in row]
        assert int(rows[0].split()[0]) > int(rows[-1].split()[0]) == 0


HOSTILE = "\x1b[2J[bold]\u202egauche[/x] " + "Z" * 400


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Escape sequences, markup, bidi overrides, endless names; right to left; and an overfull section."""
    folder = tmp_path_factory.mktemp("hostile") / "key"
    many = [problem(f"problème {n}") for n in range(40)] + [treatment(f"médicament {n}") for n in range(30)]
    some = [
        allergy(HOSTILE),
        problem("ضغط الدم"),
        observation(HOSTILE, 1, HOSTILE),
        treatment(HOSTILE, dosage=[{"text": HOSTILE}]),
    ]
    return made(folder, TWELVE, [bundle(*some, *many)])


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_no_screen_obeys_the_record(app: Make, hostile: Path, size: tuple[int, int]) -> None:
    """Whatever is in it is shown as text, inside its place, and the program stays."""
    program = app(hostile)
    async with program.run_test(size=size) as pilot:
        await unlocked(pilot, TWELVE)
        seen = []
        for keys in (("d", "right", "enter"), ("escape", "escape", "down", "end"), ("escape", "escape", "r", "enter")):
            seen.append(await press(pilot, *keys))
        seen.append(await press(pilot, "escape", "escape", "slash", *"bold", "enter", "enter"))
        seen.append(await press(pilot, "escape", "escape", "escape", "h"))
        assert any("[bold]" in one for one in seen)
        for one in seen:
            assert all(char.isprintable() or char == "\n" for char in one)
            assert "\u202e" not in one


async def test_an_empty_record_says_that_nothing_is_recorded(app: Make, tmp_path: Path) -> None:
    """Not that there is nothing."""
    program = app(made(tmp_path / "empty", TWELVE, []))
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        shown = await press(pilot, "d")
        assert "ALLERGIES · non renseigné" in shown
        shown = await press(pilot, "escape", "r")
        assert "Aucun résultat n’est renseigné" in shown


async def test_the_dossier_is_not_offered_with_the_emergency_code(app: Make) -> None:
    """That code opens the page alone."""
    from tests.tui.conftest import SIX

    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, SIX)
        shown = await press(pilot, "d", "r", "slash")
        assert "!! ALLERGIE GRAVE" in shown
        assert "d Dossier" not in shown
