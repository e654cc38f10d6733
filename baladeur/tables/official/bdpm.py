"""The public database of medicines (BDPM): specialities, with their presentations, substances and ATC beside them.

Layout: ANSM, "Contenu et format des fichiers téléchargeables", 27 August 2025: text, tabs, no header, no quotes;
CIS_bdpm.txt (12 columns), CIS_CIP_bdpm.txt (13), CIS_COMPO_bdpm.txt (8), CIS_MITM.txt (4). Charset: Windows-1252.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from baladeur.tables.official.reading import Reading, rows, text
from baladeur.tables.systems import is_atc, is_cip13
from baladeur.tables.term import Term

_CIS, _NAME, _FORM, _STATUS, _MARKET = 0, 1, 2, 4, 6
_COLUMNS: Final = 12
_SPECIALITY = re.compile(rb"[0-9]{8}\t[^\t]+(?:\t[^\t\r\n]*){8,10}\r?\n")
_COMPANIONS: Final = {"cip": "CIS_CIP_bdpm.txt", "compo": "CIS_COMPO_bdpm.txt", "mitm": "CIS_MITM.txt"}


def is_one(head: bytes) -> bool:
    """Whether a file begins as CIS_bdpm.txt does."""
    first = head.split(b"\n", 1)[0] + b"\n"
    return bool(_SPECIALITY.match(first)) and first.count(b"\t") in (_COLUMNS - 2, _COLUMNS - 1)


def read(reading: Reading) -> Iterator[Term]:
    """The specialities. Files of presentations, compositions and ATC in the same folder are read with them."""
    cips, substances, atc = (_companion(reading, key) for key in ("cip", "compo", "mitm"))
    for row in rows(text(reading.path), "\t", quoted=False):
        if len(row) < _COLUMNS - 1:
            reading.skip()
            continue
        cis = row[_CIS]
        names = tuple(dict.fromkeys(substances.get(cis, ())))
        also = tuple(f"atc:{code}" for code in atc.get(cis, ()) if is_atc(code))
        also += tuple(f"cip13:{code}" for code in cips.get(cis, ()) if is_cip13(code))
        sold = row[_MARKET].casefold().startswith("commercialis")
        yield from reading.keep(Term("cis", cis, row[_NAME], "", names, also, 2 if sold else 3, "ANSM"))


def _companion(reading: Reading, key: str) -> dict[str, list[str]]:
    """A value per speciality out of a file beside the first one; empty if it is not there."""
    found: dict[str, list[str]] = {}
    path = _beside(reading.path, _COMPANIONS[key])
    if path is None:
        return found
    reading.companions.append(path.name)
    column = {"cip": 6, "compo": 3, "mitm": 1}[key]
    for row in rows(text(path), "\t", quoted=False):
        if len(row) > column and row[column]:
            found.setdefault(row[0], []).append(row[column])
    return found


def _beside(path: Path, name: str) -> Path | None:
    return next((one for one in sorted(path.parent.iterdir()) if one.name.casefold() == name.casefold()), None)
