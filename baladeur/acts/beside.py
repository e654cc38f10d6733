"""What lies beside the record: `lire.html`, which reads it in any browser, and the notes for doctor and finder.

The page is made by image/page/build.mjs from locked packages; the file packaged here is what that script makes,
byte for byte, and the tests make it anew.
"""

import os
from importlib.resources import files
from pathlib import Path
from typing import Final

from baladeur.errors import AlreadyThere
from baladeur.paper import notes

PAGE: Final = "lire.html"
_TEMPORARY: Final = "lire.tmp"
_EPOCH: Final = 946_684_800  # 2000-01-01, as the record's own file: what lies on the key tells no date


def page_bytes() -> bytes:
    """The page that opens a record in a browser."""
    return files("baladeur.cli").joinpath(PAGE).read_bytes()


def write(target: Path, data: bytes) -> None:
    """Write a file that is not there: whole, or not at all. Raises AlreadyThere, OSError."""
    if target.exists():
        raise AlreadyThere
    temporary = target.with_name(_TEMPORARY)
    try:
        with temporary.open("wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        os.utime(temporary, (_EPOCH, _EPOCH))
        temporary.rename(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def place(folder: Path) -> bool:
    """Put the page and the notes beside a record, where they are not yet. False if the key did not take them all."""
    made = {PAGE: page_bytes(), **{name: notes.note(first) for name, first in notes.FILES.items()}}
    taken = True
    for name, data in made.items():
        try:
            write(folder / name, data)
        except AlreadyThere:
            continue
        except OSError:
            taken = False
    return taken
