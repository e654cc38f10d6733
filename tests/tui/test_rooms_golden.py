"""The reading and editing screens as read by eye: dossier, entry, form, drafts; both sizes, both languages."""

import pytest

from tests.tui.conftest import TWELVE, Make
from tests.tui.test_dossier import press
from tests.tui.tools import NARROW, WIDE, golden, screen_text, unlocked

SIZES = [pytest.param(NARROW, id="80x24"), pytest.param(WIDE, id="120x40")]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["fr", "en"])
async def test_rooms(app: Make, language: str, size: tuple[int, int]) -> None:
    """One walk: the treatments, one of them corrected in its form, a stop, kept, the list of drafts, the entry."""
    program = app(language=language)
    async with program.run_test(size=size) as pilot:
        await unlocked(pilot, TWELVE)
        assert program.visit is not None
        assert program.visit.session is not None
        program.visit.session.date_is("2026-12-01T09:00")
        screens = [await press(pilot, "d", "down", "down", "right")]
        screens.append(await press(pilot, "c"))
        screens.append(await press(pilot, "escape", "x"))
        screens.append(await press(pilot, "enter", "enter"))
        screens.append(await press(pilot, "k", "b"))
        await press(pilot, "escape", "enter")
        screens.append(screen_text(program))
    golden(f"rooms-{language}-{size[0]}", f"\n{'=' * size[0]}\n".join(screens))
