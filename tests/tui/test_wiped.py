"""In a real terminal with its scrollback: once words were shown, nothing of them is left, however the program ends."""

import os
import re
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.test_driven import Terminal

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed; .ci/setup installs it"),
]
SHOWN = re.compile(r"^ *\d+\. (\w+) +\(\d{4}\)", re.MULTILINE)


@pytest.fixture(params=["screens", "lines"])
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """A first run on an empty key."""
    (tmp_path / "key").mkdir()
    more = ["--lines"] if request.param == "lines" else []
    command = ["start", str(tmp_path / "key"), "--demo", "--lang", "fr", *more]
    terminal = Terminal(f"wiped-{os.getpid()}-{tmp_path.name}", 80, 24, *command, home=tmp_path)
    yield terminal
    terminal.end()


def to_the_words(terminal: Terminal) -> list[str]:
    """Enter alone leads to the eight words."""
    for said in ("pas encore de dossier", "Langue", "dix minutes", "Essayons le clavier", "Pour qui", "seul devant"):
        terminal.waits_for(said)
        terminal.press("Enter")
    end = time.monotonic() + 30
    while len(words := SHOWN.findall(terminal.screen())) < 8:  # a terminal draws row by row
        assert time.monotonic() < end, terminal.screen()
        time.sleep(0.1)
    return words


def ended(terminal: Terminal) -> None:
    """Until the program is over; what stands on the screen then is what it left."""
    end = time.monotonic() + 30
    while terminal._run("display-message", "-p", "#{pane_dead}").strip() != "1":
        assert time.monotonic() < end, terminal.screen()
        time.sleep(0.1)


def left(terminal: Terminal) -> str:
    """All that the terminal still holds, far above its screen too."""
    return terminal._run("capture-pane", "-p", "-S", "-", "-E", "-")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, None])
def test_no_word_is_left(terminal: Terminal, how: signal.Signals | None, tmp_path: Path) -> None:
    """Asked to end while they stand there, or stopped by the person after they were typed back."""
    words = to_the_words(terminal)
    if how is not None:
        os.kill(int(terminal._run("display-message", "-p", "#{pane_pid}")), how)
    else:
        terminal.press("Enter")
        terminal.waits_for("Retapez")
        terminal.types(" ".join(words))
        terminal.press("Enter")
        terminal.waits_for("secours")
        terminal.press("C-c")
    ended(terminal)
    still = left(terminal)
    assert not [word for word in words if re.search(rf"\b{word}\b", still)]
    assert list((tmp_path / "key").iterdir()) == []
