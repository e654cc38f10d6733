"""A watched folder of this computer: where practice software or secure mail drops documents; nothing is taken.

Which folder is kept on this computer only, in a small JSON file of the user's (platformdirs, or `BALADEUR_DATA`), never
on a key: it holds the folder's path and nothing of any patient. The folder is looked at again and again; a file that is
still being written is left alone until it has kept its size and its time between two looks.
"""

import json
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from baladeur.quiet import quiet
from baladeur.session import Arrival, Gate

RECENT: Final = 24 * 3600  #: seconds: what came in before lies there, and is no news
MOST: Final = 200  #: files of a folder that are looked at, the newest
LARGEST: Final = (64 << 20) + 1  #: bytes: one over what any document may have, so that a huge file is refused unread
_ENDING: Final = ".json"
_VARIABLE: Final = "BALADEUR_DATA"


@dataclass(frozen=True, slots=True, repr=False)
class Lying:
    """A file of a folder: what tells whether it has changed."""

    path: Path
    size: int
    stamp: int  #: nanoseconds: when it was written, or came into the folder, whichever is later

    __repr__ = quiet


def setting() -> Path:
    """Where the choice is kept; it need not be there yet."""
    if chosen := os.environ.get(_VARIABLE):
        return Path(chosen) / "watched.json"
    from platformdirs import user_config_path

    return user_config_path("baladeur", appauthor=False) / "watched.json"


def watched() -> Path | None:
    """The folder that is watched, or None. A setting that cannot be read is none."""
    try:
        value = json.loads(setting().read_text("utf-8"))
        return Path(value["folder"]) if isinstance(value.get("folder"), str) else None
    except (OSError, ValueError, AttributeError, KeyError):
        return None


def watch(folder: Path | None) -> None:
    """Watch a folder from now on, or none. Raises OSError."""
    place = setting()
    if folder is None:
        with suppress(FileNotFoundError):
            place.unlink()
        return
    place.parent.mkdir(0o700, parents=True, exist_ok=True)
    part = place.with_name(f".{secrets.token_hex(4)}.part")
    part.write_text(json.dumps({"folder": str(folder.absolute())}), "utf-8")
    part.replace(place)


def lying(folder: Path) -> list[Lying]:
    """The documents of a folder by their names, of many the newest. Empty where the folder cannot be seen."""
    found = []
    with suppress(OSError), os.scandir(folder) as entries:
        for one in entries:
            with suppress(OSError):
                if one.name.lower().endswith(_ENDING) and not one.name.startswith((".", "~")) and one.is_file():
                    told = one.stat()
                    found.append(Lying(Path(one.path), told.st_size, max(told.st_mtime_ns, told.st_ctime_ns)))
    newest = sorted(found, key=lambda one: -one.stamp)[:MOST]
    return sorted(newest, key=lambda one: one.path.name)


def content(path: Path) -> bytes:
    """The bytes of a document, as far as any document goes. Raises OSError."""
    with path.open("rb") as opened:
        return opened.read(LARGEST)


class Inbox:
    """The watched folder beside one open record: how many of its files are news for this patient.

    Its looks touch no record: `gate` is made by whoever holds one, and anew after something was imported.
    """

    __repr__ = quiet

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self._now = now
        self._before: dict[Path, Lying] = {}
        self._judged: dict[Lying, Arrival] = {}
        self._seen: set[Lying] = set()
        self._gate: Gate | None = None

    def compare_with(self, gate: Gate) -> None:
        """What is there already, and whose record is open: judged anew by it."""
        self._gate, self._judged = gate, {}

    def look(self) -> int:
        """One look at the folder; how many files are news: whole, not of another patient, not imported, not seen."""
        present = {one.path: one for one in lying(self.folder)}
        still = [one for path, one in present.items() if self._before.get(path) == one and one.size]
        self._before = present
        since = int((self._now() - RECENT) * 1e9)
        waiting = [one for one in still if one.stamp >= since and one not in self._seen]
        return sum(self._is_news(one) for one in waiting)

    def _is_news(self, one: Lying) -> bool:
        if self._gate is None:
            return False
        if one not in self._judged:
            try:
                self._judged[one] = self._gate.judge(content(one.path))
            except OSError:  # held by the program that writes it: at the next look again
                return False
        return self._judged[one] is Arrival.NEWS

    def seen(self) -> None:
        """Somebody has looked at what lies there now."""
        self._seen |= set(lying(self.folder))
