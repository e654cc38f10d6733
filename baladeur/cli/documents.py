"""Files that a command brings in, and the words that go with them: checked before anything is asked or written."""

import mimetypes
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date as calendar
from pathlib import Path
from typing import BinaryIO

from baladeur.cli import problems
from baladeur.text import CUT, REPLACEMENT, safe_text

MAX_CONTENT = 1 << 30  # bytes in one entry


def title(text: str) -> str:
    """A title as it will be signed: nothing is cut or replaced in silence. Raises TextRefused."""
    shown = safe_text(unicodedata.normalize("NFC", text))
    if not shown or REPLACEMENT in shown or shown.endswith(CUT):
        raise problems.TextRefused
    return shown


def date(text: str) -> str:
    """A date, perhaps partial. Raises TextRefused."""
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", text)
    try:
        if match:
            calendar(*(int(part or 1) for part in match.groups()))
            return text
    except ValueError:
        pass
    raise problems.TextRefused


@contextmanager
def regular(file: Path) -> Iterator[BinaryIO]:
    """A regular file of a size that an entry may have. Raises FileRefused, FileTooLarge, OSError."""
    if not file.is_file():  # a device or a pipe may have no end
        raise problems.FileRefused
    with file.open("rb") as opened:
        size = opened.seek(0, 2)
        opened.seek(0)
        if size > MAX_CONTENT:
            raise problems.FileTooLarge
        yield opened


def media(file: Path) -> str:
    """The media type that a file's name tells."""
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"
