"""Close means locked: by time, by sleep, by a key that was pulled, by leaving."""

import shutil
from pathlib import Path

import pytest

from baladeur.tui.emergency import Emergency
from baladeur.tui.help import Help
from baladeur.tui.themes import THEMES
from baladeur.tui.times import DOSSIER_OPEN, PAGE_SHOWN, told_time
from baladeur.tui.unlock import Unlock
from baladeur.wording.phrases import PHRASES
from tests.tui.conftest import TWELVE, Make
from tests.tui.tools import NARROW, Clock, screen_text, settled, unlocked


def passes(program: object, clock: Clock, seconds: float) -> None:
    """So many seconds, each looked at as the program does."""
    for _ in range(int(seconds // 10)):
        clock.now += 10
        program.look()  # type: ignore[attr-defined]


async def test_idle_locks_the_dossier_and_the_page_stays(app: Make, clock: Clock) -> None:
    """After 5 minutes the keys are gone and the page is there, with the time that is left; after an hour, nothing."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        visit = program.visit
        assert visit is not None
        passes(program, clock, DOSSIER_OPEN - 30)
        assert visit.session is not None
        passes(program, clock, 30)
        assert visit.session is None
        await pilot.pause(1.1)
        shown = screen_text(program)
        assert "pénicillines" in shown
        assert "fiche seule, encore 55 min" in shown
        passes(program, clock, PAGE_SHOWN - DOSSIER_OPEN)
        await settled(pilot)
        assert program.visit is None
        assert isinstance(program.screen, Unlock)
        shown = screen_text(program)
        assert "personne n’a touché le clavier" in shown
        assert "MOREAU" not in shown


async def test_words_that_were_typed_and_left_go_too(app: Make, clock: Clock) -> None:
    """They would stand there for whoever comes next."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await pilot.press(*"abai agre")
        passes(program, clock, DOSSIER_OPEN - 20)
        assert "abai agre" in screen_text(program)
        passes(program, clock, 20)
        await settled(pilot)
        assert "abai" not in screen_text(program)
        assert "abaisser" not in screen_text(program)


async def test_any_key_extends(app: Make, clock: Clock) -> None:
    """Nobody retypes eight words at a resuscitation."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        for _ in range(4):
            passes(program, clock, DOSSIER_OPEN - 20)
            await pilot.press("down")
        assert program.visit is not None
        assert program.visit.session is not None


async def test_screens_above_the_page_go_with_the_dossier(app: Make, clock: Clock) -> None:
    """What they show came out of the dossier."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        await pilot.press("f1")
        await settled(pilot)
        assert isinstance(program.screen, Help)
        passes(program, clock, DOSSIER_OPEN)
        await settled(pilot)
        assert isinstance(program.screen, Emergency)


async def test_sleep_locks_everything(app: Make, clock: Clock) -> None:
    """A lid that was closed."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        clock.now += 3600
        program.look()
        await settled(pilot)
        assert program.visit is None
        assert "veille" in screen_text(program)


async def test_a_pulled_key_locks_and_comes_back(app: Make, key: Path, clock: Clock) -> None:
    """The screen is cleared; plugged in again, the same words open it."""
    program = app()
    away = key.with_name("away")
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        shutil.move(key, away)
        program.look()
        await settled(pilot)
        assert program.visit is None
        shown = screen_text(program)
        assert "La clé a été retirée" in shown
        assert "Aucune clé" in shown
        assert "MOREAU" not in shown
        shutil.move(away, key)
        await pilot.pause(1.2)
        assert "Clé :" in screen_text(program)
        await unlocked(pilot, TWELVE)
        assert "MOREAU" in screen_text(program)


async def test_leaving_drops_the_keys(app: Make) -> None:
    """`q` on the page; what stays on the terminal is one sentence."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        visit = program.visit
        assert visit is not None
        await pilot.press("q")
        await pilot.pause()
        assert visit.session is None
        assert program.visit is None
    assert not program.return_code


async def test_themes_go_round_and_help_tells_the_keys(app: Make) -> None:
    """F3 and F1."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await settled(pilot)
        seen = set()
        for _ in THEMES:
            seen.add(program.theme)
            await pilot.press("f3")
        assert seen == {"sombre", "clair", "contraste"}
        await pilot.press("f1")
        await settled(pilot)
        shown = screen_text(program)
        assert "Les mots se tapent sans accents" in shown  # of the field, which has the focus
        assert "F4       Cacher" in shown


async def test_the_palette_offers_what_applies_now(app: Make) -> None:
    """In the language of the screen, and nothing of Textual's own."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        offered = [one.title for one in program.get_system_commands(program.screen)]
        assert "Tout" in offered
        assert "Urgence" not in offered
        assert set(offered) <= {fr for fr, _ in PHRASES.values()}


@pytest.mark.parametrize(("seconds", "said"), [(3600, "60 min"), (121, "2 min"), (119, "119 s"), (-5, "0 s")])
def test_told_time(seconds: float, said: str) -> None:
    assert told_time(seconds) == said
