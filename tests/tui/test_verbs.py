"""The verbs of the dossier: three coded changes and a signature, counted; free text is marked; Escape keeps nothing."""

from tests.tui.conftest import TWELVE, Make
from tests.tui.test_dossier import press
from tests.tui.tools import NARROW, screen_text, unlocked


async def test_three_changes_and_a_signature_in_ninety_keys(app: Make) -> None:
    """Stop with a date, a new drug with INN, code and dose, allergies reviewed, signed; the PIN apart."""
    program = app()
    keys = ["d", "v", "down", "down", "right", "x", *"12/10/2026", "enter", "enter"]
    keys += ["a", *"spiro", "enter", "enter", *"25 mg", "f10"]
    keys += ["f", "s"]
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        assert program.visit is not None
        assert program.visit.session is not None
        program.visit.session.date_is("2026-12-01T09:00")
        for key in keys[:-1]:
            await press(pilot, key)
        shown = screen_text(program)
        assert "À SIGNER : 3" in shown
        assert "spironolactone" in shown
        assert "25 mg" in shown
        session = program.visit.session if program.visit else None
        assert session is not None
        before = session.number
        await press(pilot, keys[-1])
        assert session.number == before + 1
        words = [row.words for row in session.rows("medications", "fr")]
        assert any("spironolactone" in one for one in words)
    print(f"keys beside the PIN: {len(keys)}")
    assert len(keys) <= 90


async def test_what_only_resembles_is_not_taken_by_itself(app: Make) -> None:
    """Free text stays free text, marked; Escape leaves the draft as it was."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        assert program.visit is not None
        assert program.visit.session is not None
        program.visit.session.date_is("2026-12-01T09:00")
        await press(pilot, "d", "down", "down", "a", *"tototo", "enter")
        row = next(row for row in screen_text(program).splitlines() if "tototo" in row)
        assert "sans code" in row
        assert "abandonné" in await press(pilot, "escape")
        assert "tototo" in await press(pilot, "escape")  # Escape is the safe answer: nothing typed is lost
        await press(pilot, "escape", "o")
        assert program.visit.pending is not None
        assert program.visit.pending.begun is None
        assert program.visit.pending.empty
