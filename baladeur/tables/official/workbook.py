"""Workbooks, as CCAM and the ATC/DDD index are published: .xlsx (ECMA-376) and the older .xls, read row by row.

Two libraries, because none reads both without trusting the sizes that a file states: openpyxl (.xlsx), xlrd (.xls).
Only what cells show is read: no formula is computed, no link followed, no macro run.
"""

import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from baladeur.tables.errors import TableBroken, TableError, TableNotRecognised
from baladeur.tables.official.reading import LARGEST

_XLSX: Final = b"PK\x03\x04"
_XLS: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_COLUMNS: Final = 100  # read of each row; the widest official sheet, that of the ATIH, has 52


def is_one(head: bytes) -> bool:
    """Whether a file may be a workbook; a zip of something else begins alike."""
    return head.startswith((_XLSX, _XLS))


def sheets(path: Path) -> Iterator[Iterator[Sequence[str]]]:
    """The sheets of a workbook, each as rows of cells as text. Raises TableBroken, TableNotRecognised, OSError."""
    with path.open("rb") as source:
        old = source.read(len(_XLS)) == _XLS
    try:
        yield from _xls(path) if old else _xlsx(path)
    except (TableError, OSError):
        raise
    except Exception as problem:  # damaged bytes make either library raise anything, from KeyError to struct.error
        raise TableBroken from problem


def _xlsx(path: Path) -> Iterator[Iterator[Sequence[str]]]:
    import openpyxl

    with path.open("rb") as source, zipfile.ZipFile(source) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            raise TableNotRecognised
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            raise TableBroken
        with closing(openpyxl.load_workbook(source, read_only=True, data_only=True, keep_links=False)) as book:
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what a sheet states of its size may be wrong
                rows = sheet.iter_rows(values_only=True, max_col=_COLUMNS)
                yield ([_shown(cell) for cell in row] for row in rows if any(cell is not None for cell in row))


def _xls(path: Path) -> Iterator[Iterator[Sequence[str]]]:
    import xlrd

    with open(os.devnull, "w") as nowhere:  # it prints what it finds odd, on standard output
        with xlrd.open_workbook(path, logfile=nowhere, on_demand=True, ragged_rows=True) as book:
            for number in range(book.nsheets):
                sheet = book.sheet_by_index(number)
                yield ([_shown(cell) for cell in sheet.row_values(at, 0, _COLUMNS)] for at in range(sheet.nrows))


def _shown(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())
