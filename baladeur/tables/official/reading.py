"""What every reader of an official file shares: its text, its lines, and the count of what did not fit."""

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from baladeur.tables.errors import TableBroken, TableNotRecognised
from baladeur.tables.systems import is_well_formed
from baladeur.tables.term import Term

LARGEST: Final = 512 * 1024 * 1024  #: bytes; the largest official file, SNOMED GPS, has about 50 MB
HEAD: Final = 64 * 1024  #: bytes that are enough to tell a layout
LABEL: Final = 500  # characters; the longest official label has about 350
_FEW: Final = 10  # rows; in a file of so many one may be unusable, as in two value sets of the ANS
_SHARE: Final = 100  # and in a larger one, one in so many
_HOPELESS: Final = 1000  # unusable rows, when they are the most: another kind of file, not worth reading on


@dataclass(slots=True)
class Reading:
    """One file on its way in. `version`: what the file says of its edition; `skipped`: rows that did not fit."""

    path: Path
    kind: str = ""
    version: str = ""
    system: str = ""
    read: int = 0
    skipped: int = 0
    companions: list[str] = field(default_factory=list)  #: names of further files that were read with it

    def keep(self, term: Term) -> Iterator[Term]:
        """The term, if its code is well-formed and it has a label that can be shown; else it is counted."""
        label = term.fr or term.en
        if label and len(label) <= LABEL and label.isprintable() and is_well_formed(term.system, term.code):
            self.read += 1
            yield term
        else:
            self.skip()

    def skip(self) -> None:
        """Count a row that does not fit. Raises TableBroken when the file is evidently another."""
        self.skipped += 1
        if self.skipped > _HOPELESS and self.skipped > self.read:
            raise TableBroken

    def end(self) -> None:
        """Raises TableBroken if nothing was read, or more rows were not than an official file may have."""
        rows = self.read + self.skipped
        if not self.read or self.skipped > max(rows // _SHARE, int(rows >= _FEW)):
            raise TableBroken


def head(path: Path) -> bytes:
    """The first bytes. Raises TableNotRecognised for an empty or huge file, OSError."""
    if not 0 < path.stat().st_size <= LARGEST:
        raise TableNotRecognised
    with path.open("rb") as source:
        return source.read(HEAD)


def text(path: Path) -> str:
    """The whole text of a file. Raises TableNotRecognised for an empty or huge one, OSError."""
    head(path)
    return decoded(path.read_bytes())


def decoded(data: bytes) -> str:
    """UTF-8 (with or without mark, the last character perhaps cut), or else Windows-1252, as older French files are."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        if problem.start > len(data) - 4:
            return data[: problem.start].decode("utf-8-sig")
        return data.decode("cp1252", "replace")


def rows(content: str, delimiter: str, *, quoted: bool = True) -> Iterator[Sequence[str]]:
    """The lines of a delimited text, empty ones left out. Raises TableBroken for a cell without end."""
    csv.field_size_limit(min(sys.maxsize, 1_000_000))
    source = io.StringIO(content, newline="")
    try:
        for row in (
            csv.reader(source, delimiter=delimiter)
            if quoted
            else csv.reader(source, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        ):
            if any(cell.strip() for cell in row):
                yield [cell.strip() for cell in row]
    except csv.Error as problem:
        raise TableBroken from problem


def delimiter_of(line: str) -> str:
    """The sign that parts the columns of a header line."""
    return max("\t;,|", key=line.count)
