"""Locked from outside: the kernel's word, the shell's stop, a question nobody answers; and the time left is told."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from baladeur.card.refusals import PinNeeded
from baladeur.session import PinRequest, Tries
from baladeur.tui.locks import can_come_back
from baladeur.tui.pin import ScreenPin
from baladeur.tui.times import DOSSIER_OPEN, SLEPT
from baladeur.tui.unlock import Unlock
from tests.tui.conftest import TWELVE, Make
from tests.tui.test_app import passes
from tests.tui.test_dossier import press
from tests.tui.tools import NARROW, Clock, screen_text, settled, unlocked

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("why", ["pulled", "asleep"])
async def test_a_question_that_nobody_answers_is_answered_with_nothing(
    app: Make, key: Path, clock: Clock, why: str
) -> None:
    """A PIN is asked while the key is pulled, or the lid closed: it is not given, and everything is locked."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        entry = ScreenPin(program)
        request = PinRequest(SimpleNamespace(name="Dr A. PETIT"), Tries.ALL, False)  # type: ignore[arg-type]
        program.busy += 1
        asked = asyncio.get_running_loop().run_in_executor(None, entry.pin, request)
        while program.asking is None:
            await pilot.pause(0.05)
        await pilot.pause()
        assert "Code porteur" in screen_text(program)
        if why == "pulled":
            shutil.move(key, key.with_name("away"))
        else:
            clock.now += SLEPT + 1
        program.look()
        with pytest.raises(PinNeeded):
            await asked
        program.busy -= 1
        program.look()
        await settled(pilot)
        assert isinstance(program.screen, Unlock)
        shown = screen_text(program)
        assert ("retirée" if why == "pulled" else "veille") in shown
        assert "MOREAU" not in shown


async def test_the_time_left_is_told_over_every_screen(app: Make, clock: Clock) -> None:
    """In the last minute; a key takes it away and gives five minutes more."""
    program = app()
    async with program.run_test(size=NARROW, notifications=True) as pilot:
        await unlocked(pilot, TWELVE)
        assert "Fermeture" not in await press(pilot, "d")
        passes(program, clock, DOSSIER_OPEN - 50)
        await settled(pilot)
        assert "60 s" in screen_text(program)
        assert "60 s" not in await press(pilot, "down")
        passes(program, clock, DOSSIER_OPEN - 70)
        assert program.visit is not None
        assert program.visit.session is not None


async def test_the_kernel_is_listened_to_while_a_record_is_open(app: Make, key: Path) -> None:
    """Its word makes the program look at once; what was locked is not listened to."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        heard = program._pulled
        assert heard is not None
        shutil.move(key, key.with_name("away"))
        heard._then()
        await settled(pilot)
        assert program.visit is None
        assert program._pulled is None
        assert not heard.listens


def test_a_window_of_its_own_is_not_stopped() -> None:
    """Nobody could let it go on: only under a shell with job control, in whose session it has a group of its own."""
    ask = "from baladeur.tui.locks import can_come_back; print(can_come_back())"
    alone = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True, start_new_session=True
    )
    assert alone.stdout.strip() == "False"
    job = subprocess.run(
        ["bash", "-c", f'set -m; {sys.executable} -c "{ask}"; :'], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert job.stdout.strip() == "True"
    assert isinstance(can_come_back(), bool)
