"""How a PIN is asked, and the only files that one may stand in."""

import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from baladeur.card.professional import Professional
from baladeur.card.refusals import LAST_TRY, PIN_FILE, PinNeeded
from baladeur.quiet import quiet

_MAX_FILE = 64  # bytes; a Code porteur has 4 digits


class Tries(Enum):
    """What the card says of the tries left; a CPS has three and counts none before the first wrong one."""

    ALL = "all"
    FEWER = "fewer"
    ONE = "one"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PinRequest:
    """Whose PIN is asked, how many tries are left, and whether it is typed on the reader's own keypad."""

    holder: Professional
    tries: Tries
    keypad: bool


class PinEntry(Protocol):
    """Whoever can be asked for a PIN, once for each signature."""

    def accepts_last_try(self, request: PinRequest) -> bool:
        """An explicit yes of the holder to using the last try: an error would block her billing too."""

    def pin(self, request: PinRequest) -> str:
        """The PIN; with a keypad, tell the holder to type it there and return nothing. Raises PinNeeded."""


class PinFromFile:
    """A PIN in a file, for demonstration and test cards only: a real card's PIN is in its holder's head."""

    __repr__ = quiet

    def __init__(self, path: Path) -> None:
        self._path = path

    def accepts_last_try(self, request: PinRequest) -> bool:
        """Nobody is there to say yes."""
        return False

    def pin(self, request: PinRequest) -> str:
        """What the file holds. Raises PinNeeded for a card that is no test card, and OSError."""
        if not request.holder.test:
            raise PinNeeded(PIN_FILE)
        with self._path.open("rb") as file:
            raw = file.read(_MAX_FILE + 1)
        text = raw.decode("ascii", "replace").strip()
        if len(raw) > _MAX_FILE or not text.isdecimal():
            raise PinNeeded(PIN_FILE)
        return text


class Nobody:
    """There is nobody to ask."""

    def accepts_last_try(self, request: PinRequest) -> bool:
        """Nobody is there to say yes."""
        return False

    def pin(self, request: PinRequest) -> str:
        """On a reader with a keypad the holder types it there. Raises PinNeeded otherwise."""
        if not request.keypad:
            raise PinNeeded
        return ""


def consent(entry: PinEntry, request: PinRequest) -> str:
    """The PIN, after the holder agreed if it is the last try. Raises PinNeeded."""
    if request.tries is Tries.ONE and not entry.accepts_last_try(request):
        raise PinNeeded(LAST_TRY)
    return entry.pin(request)


def others_read(path: Path) -> bool:
    """Whether others than the owner may read the file."""
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)
