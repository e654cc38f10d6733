"""Where secret words may be seen: the alternate screen of a terminal, wiped with the scrollback when it is left.

It is left in every way in which a program can still act: the end, an error, an interruption, a hang-up, a kill that
asks. While it is up the program cannot be suspended: the words would stand on the screen with nobody to wipe them.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

_UP: Final = "\x1b[?1049h\x1b[H\x1b[2J"
# A terminal without an alternate screen is wiped all the same, before it is left.
_DOWN: Final = "\x1b[H\x1b[2J\x1b[3J\x1b[?1049l"
_ENDS: Final = ("SIGTERM", "SIGHUP", "SIGQUIT")


def can_wipe() -> bool:
    """Whether the terminal understands that it is to be wiped."""
    return os.environ.get("TERM", "") not in ("dumb", "unknown") and sys.stderr.isatty()


def wipe() -> None:
    """Wipe what the terminal keeps above its screen."""
    if can_wipe():
        _write("\x1b[3J")


def _end(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def curtain() -> Iterator[None]:
    """What is written inside is gone afterwards. On a terminal that cannot be wiped nothing is done."""
    before: dict[int, Any] = {}
    wipes = can_wipe()
    try:
        actions: dict[str, Any] = {**dict.fromkeys(_ENDS, _end), "SIGTSTP": signal.SIG_IGN}
        for name, action in actions.items():
            if (number := getattr(signal, name, None)) is not None:
                before[number] = signal.signal(number, action)
        if wipes:
            _write(_UP)
        yield
    finally:
        if wipes:
            _write(_DOWN)
        for number, action in before.items():
            signal.signal(number, action)


def _write(codes: str) -> None:
    sys.stderr.write(codes)
    sys.stderr.flush()
