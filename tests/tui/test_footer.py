"""The last line: what the keys do now, and the mouse on them."""

from baladeur.tui.dossier import Dossier
from baladeur.tui.emergency import Emergency
from baladeur.tui.footer import Footer
from tests.tui.conftest import SIX, TWELVE, Make
from tests.tui.tools import NARROW, screen_text, settled, unlocked


async def test_a_click_on_a_key_presses_it(app: Make) -> None:
    """On its name or on what it does; beside them nothing."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        last = screen_text(program).splitlines()[-1]
        await pilot.click(Footer, offset=(last.index("d Dossier") + 3, 0))
        await settled(pilot)
        assert isinstance(program.screen, Dossier)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(program.screen, Emergency)
        assert screen_text(program).splitlines()[-1] == last


async def test_it_follows_what_is_open(app: Make) -> None:
    """A room of the dossier is not offered where the page alone is open; the other language is."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, SIX)
        last = screen_text(program).splitlines()[-1]
        assert "d Dossier" not in last
        assert "q Fermer" in last
        await pilot.press("l")
        await settled(pilot)
        assert "q Close the key" in screen_text(program).splitlines()[-1]
