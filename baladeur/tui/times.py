"""How long something stays open without a key, and how that is counted."""

import time
from typing import Final

DOSSIER_OPEN: Final = 5 * 60  #: seconds without a key until the dossier is locked
PAGE_SHOWN: Final = 60 * 60  #: seconds without a key until the emergency page goes, too
KEPT_AFTER: Final = 2  #: seconds without a key until what is not signed is kept as a draft
KEPT_TYPING: Final = 3  #: seconds from the first letter until it is kept while somebody types on
KEPT_APART: Final = 4  #: seconds between two of these at least: 15 commits of 16 KiB a minute, whatever is typed
KEPT_SIZE: Final = 64 * 1024  #: bytes of changes that are kept as often; more of them, an import, less often
SOON: Final = 60  #: seconds before the dossier is locked, from when on they are told
FOLDER_LOOKED_AT: Final = 2.0  #: seconds between two looks at a watched folder
SLEPT: Final = 30  #: seconds between two looks at the clock: this computer was asleep
_MINUTE: Final = 60


def clock() -> float:
    """Seconds that also pass while the computer sleeps, where the system counts them.

    Linux: CLOCK_BOOTTIME (clock_gettime(2)). macOS: CLOCK_MONOTONIC goes on in sleep, Python's own clock does not.
    """
    sleeping = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
    return time.clock_gettime(sleeping) if sleeping is not None else time.monotonic()


def told_time(seconds: float) -> str:
    """`59 min` or `45 s`."""
    whole = max(0, int(seconds))
    return f"{whole // _MINUTE} min" if whole >= 2 * _MINUTE else f"{whole} s"
