"""The imported tables: one file each in the user's data folder, put in place whole or not at all.

The folder is that of the platform (platformdirs), or `BALADEUR_DATA`. It is never on a key: who calls sees to that.
A table is made in a file of another name, checked, and then takes its name by `os.replace`; the key's file system,
for which that is no safe step, never sees it.
"""

import hashlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from baladeur.tables import store
from baladeur.tables.errors import NoSuchTable, TableBroken, TableNotRecognised
from baladeur.tables.official import bdpm, delimited, fhir, xml
from baladeur.tables.official.reading import Reading, head
from baladeur.tables.term import Term, flat

VARIABLE: Final = "BALADEUR_DATA"
_SUFFIX: Final = ".tables.sqlite"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_READERS: Final[Mapping[str, Callable[[Reading], Iterator[Term]]]] = {
    "bdpm": bdpm.read,
    "cim10": xml.read_claml,
    "cim10-atih": delimited.read_atih,
    "svs": xml.read_svs,
    "fhir": fhir.read,
    "atc-xml": xml.read_atc,
    **{kind: delimited.read for kind in delimited.LAYOUTS},
}
KINDS: Final = tuple(_READERS)


@dataclass(frozen=True, slots=True)
class Imported:
    """A table in the folder. `sha256` is that of the official file; `skipped` counts rows that did not fit."""

    name: str
    kind: str
    version: str
    rows: int
    skipped: int
    source: str
    sha256: str
    added: str
    usable: bool = True
    companions: tuple[str, ...] = ()


def folder() -> Path:
    """Where imported tables are; it need not be there yet."""
    if chosen := os.environ.get(VARIABLE):
        return Path(chosen) / "tables"
    from platformdirs import user_data_path

    return user_data_path("baladeur", appauthor=False) / "tables"


def kind_of(path: Path) -> str:
    """Which published layout a file has. Raises TableNotRecognised, OSError."""
    start = head(path)
    tests: Mapping[str, Callable[[bytes], bool]] = {
        "cim10": xml.is_claml,
        "svs": xml.is_svs,
        "atc-xml": xml.is_atc,
        "fhir": fhir.is_one,
        "bdpm": bdpm.is_one,
        "cim10-atih": delimited.is_atih,
    }
    found = next((kind for kind, test in tests.items() if test(start)), "") or delimited.kind_of(Reading(path))
    if not found:
        raise TableNotRecognised
    return found


def name_of(path: Path) -> str:
    """A table's name made of its file's: lower case, hyphens."""
    return flat(path.name.split(".", 1)[0].replace("_", " ")).replace(" ", "-")[:60] or "table"


def add(path: Path, where: Path, *, kind: str = "", name: str = "", version: str = "") -> Imported:
    """Import an official file; a table of the same name is replaced once the new one is whole.

    Raises TableNotRecognised, TableBroken, OSError; then nothing has changed.
    """
    reading = Reading(path, kind or kind_of(path))
    if reading.kind not in _READERS:
        raise TableNotRecognised
    name = name or name_of(path)
    if not _NAME.fullmatch(name):
        raise TableNotRecognised
    where.mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=where)
    os.close(handle)
    try:
        with closing(sqlite3.connect(made)) as connection:
            connection.execute("PRAGMA journal_mode = MEMORY")
            _fill(connection, reading, version)
            connection.commit()
        os.replace(made, where / (name + _SUFFIX))
    except sqlite3.Error as problem:
        raise TableBroken from problem
    finally:
        Path(made).unlink(missing_ok=True)
    return info(name, where)


def _fill(connection: sqlite3.Connection, reading: Reading, version: str) -> None:
    terms = list(_READERS[reading.kind](reading))
    reading.end()
    with reading.path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    meta = {
        "kind": reading.kind,
        "version": version or reading.version or f"sha256 {digest[:12]}",
        "skipped": str(reading.skipped),
        "source": reading.path.name,
        "companions": "\n".join(reading.companions),
        "sha256": digest,
        "added": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    store.write(connection, terms, meta)


def files(where: Path) -> list[Path]:
    """The files of imported tables, in the order of their names."""
    return sorted(where.glob(f"*{_SUFFIX}")) if where.is_dir() else []


def stem(path: Path) -> str:
    """The name of the table in a file."""
    return path.name.removesuffix(_SUFFIX)


def listing(where: Path) -> list[Imported]:
    """What is in the folder; a file that cannot be read is listed as unusable."""
    return [info(stem(path), where) for path in files(where)]


def info(name: str, where: Path) -> Imported:
    """What is known of one table. Raises NoSuchTable."""
    path = where / (name + _SUFFIX)
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NoSuchTable
    try:
        with closing(store.Store.open(path)) as opened:
            meta = opened.meta
            companions = tuple(filter(None, meta["companions"].split("\n")))
            usable = meta["format"] == store.FORMAT
            counts = int(meta["rows"]), int(meta["skipped"])
            origin = meta["source"], meta["sha256"], meta["added"]
            return Imported(name, meta["kind"], meta["version"], *counts, *origin, usable, companions)
    except (sqlite3.Error, KeyError, ValueError):
        return Imported(name, "", "", 0, 0, "", "", "", False)


def remove(name: str, where: Path) -> None:
    """Delete a table. Raises NoSuchTable, OSError."""
    info(name, where)
    (where / (name + _SUFFIX)).unlink()
