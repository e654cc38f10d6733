"""Where the keys are: volumes that can be taken out and hold a record, and whether one is still there.

Sources: Linux's /proc/self/mountinfo (proc(5)) and /sys/dev/block; after a pull the mount is still listed there, files
look absent and folders empty, and only the device's entry in /sys/dev/block tells it.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from baladeur.container import place
from baladeur.container.medium import device_gone
from baladeur.session import paths

_MOUNTED: Final = ("/media", "/run/media", "/Volumes")  #: where desktops put what is plugged in
_OCTAL: Final = re.compile(r"\\([0-7]{3})")
_REMOVABLE: Final = 2  #: DRIVE_REMOVABLE of GetDriveTypeW


def found() -> list[Path]:
    """Every removable volume that holds a record, and the folder that this program stands on, if that does."""
    seen: dict[Path, None] = {}
    for volume in (*_volumes(), *_around(Path(sys.argv[0] or ".")), Path.cwd()):
        with suppress(OSError):
            if records(volume):
                seen[volume.resolve()] = None
    return list(seen)


def volumes() -> list[Path]:
    """Every removable volume, whether it holds a record or not."""
    return list(dict.fromkeys(volume.resolve() for volume in _volumes() if volume.is_dir()))


def records(path: Path) -> list[Path]:
    """The places of a key that may each hold one person's record; the path itself if it is a file."""
    if path.is_dir():
        return place.folders(path)
    return [path] if paths.files(path) else []


class Watch:
    """Whether the medium that held a path is still plugged in."""

    def __init__(self, path: Path) -> None:
        self._folder = path if path.is_dir() else path.absolute().parent
        try:
            self._stat: os.stat_result | None = os.stat(path)
        except OSError:
            self._stat = None

    @property
    def device(self) -> int | None:
        """The number of the device that holds it (stat(2)); None where it could not be seen."""
        return self._stat.st_dev if self._stat is not None else None

    def is_there(self) -> bool:
        """False once the device has gone, or the folder cannot be seen any more."""
        if self._stat is not None and device_gone(self._stat):
            return False
        try:
            return self._folder.is_dir()
        except OSError:
            return False


def _around(program: Path) -> Iterator[Path]:
    """The folders above the program, when it runs from the key."""
    with suppress(OSError):
        yield from list(program.resolve().parents)[:4]


def _volumes() -> Iterator[Path]:
    if sys.platform == "win32":
        yield from _windows()
        return
    mountinfo = Path("/proc/self/mountinfo")
    if mountinfo.exists():
        yield from _linux(mountinfo.read_text("utf-8", "replace"))
    for folder in map(Path, _MOUNTED):
        with suppress(OSError):
            for one in sorted(folder.iterdir()):
                yield one
                if folder.name == "media" and one.is_dir():  # /media/USER/KEY, /run/media/USER/KEY
                    yield from sorted(one.iterdir())


def _linux(mounts: str) -> Iterator[Path]:
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) > 4 and _removable(fields[2]):
            yield Path(_OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[4]))


def _removable(device: str, blocks: Path = Path("/sys/dev/block")) -> bool:
    """Whether a device (MAJOR:MINOR), or the disk that it is a part of, says that it can be taken out, or is on USB."""
    here = blocks / device
    try:
        real = here.resolve(strict=True)
    except OSError:
        return False
    if "/usb" in str(real):
        return True
    for one in (real, real.parent):
        with suppress(OSError):
            if (one / "removable").read_text().strip() == "1":
                return True
    return False


def _windows() -> Iterator[Path]:
    import ctypes

    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - there on Windows only, and so are its types
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        if kernel.GetDriveTypeW(f"{letter}:\\") == _REMOVABLE:
            yield Path(f"{letter}:\\")
