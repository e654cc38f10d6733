"""A document under the checker: one file in, its findings out. It needs no record and no secret."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from baladeur.record import scan

if TYPE_CHECKING:
    from baladeur.record.check import Finding


def checked(
    source: BinaryIO, progress: Callable[[int, int], None] | None = None, *, lines: bool = False
) -> "Iterator[tuple[Finding, ...]]":
    """The findings of a document, or, with `lines` (NDJSON), those of each line as it is read. Raises OSError."""
    from baladeur.record.check import check, check_lines  # who opens a record does not wait for its table

    if lines:
        yield from check_lines(iter(lambda: source.readline(scan.MAX_BYTES + 1), b""))
    else:
        # One byte over the cap is enough to refuse a huge file.
        yield check(source.read(scan.MAX_BYTES + 1), progress=progress)
