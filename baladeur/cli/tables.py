"""tables: official tables of codes in this computer's data folder; never on the key."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from baladeur.cli import speech
from baladeur.cli.asking import as_json, speaking
from baladeur.session import Session
from baladeur.tables.errors import NoSuchTable

if TYPE_CHECKING:
    from baladeur.tables.folder import Imported

KINDS = ("bdpm", "cim10", "cim10-atih", "svs", "fhir", "loinc", "atc", "atc-xml", "snomed", "ccam", "icd10")
WIDTHS = (24, 11, 22)


@click.group()
@speaking
def tables() -> None:
    """Official tables of codes: BDPM, CIM-10 FR, CCAM, LOINC FR, ATC/DDD, ANS (JDV, TRE), SNOMED GPS."""


@tables.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "kind", type=click.Choice(KINDS), help="Kind of file, if it is not recognised.")
@click.option("--name", default="", help="Name of the table; by default that of the file.")
@click.option("--edition", default="", help="Edition to note, if the file does not say it.")
@speaking
def add(file: Path, kind: str | None, name: str, edition: str) -> None:
    """Check an official file and add it, or replace the table of the same name."""
    table = Session.add_table(file, kind=kind or "", name=name, version=edition)
    speech.tell(
        "table-added", table=table.name, kind=table.kind, version=table.version, rows=table.rows, skipped=table.skipped
    )


@tables.command("list")
@as_json
@speaking
def list_(json_: bool) -> None:
    """List the imported tables."""
    found = Session.tables()
    if json_:
        speech.put_json([asdict(table) for table in found])
        return
    speech.table((_row(table) for table in found), WIDTHS)
    if not found:
        speech.tell("tables-none")


@tables.command()
@click.argument("name")
@as_json
@speaking
def info(name: str, json_: bool) -> None:
    """Show what is known of one imported table."""
    table = next((one for one in Session.tables() if one.name == name), None)
    if table is None:
        raise NoSuchTable
    if json_:
        speech.put_json(asdict(table))
        return
    for key, value in asdict(table).items():
        speech.put(f"{key:<12}{', '.join(value) if isinstance(value, tuple) else value}")


@tables.command()
@click.argument("name")
@speaking
def remove(name: str) -> None:
    """Delete one imported table from this computer."""
    Session.remove_table(name)
    speech.tell("table-removed", table=name)


def _row(table: "Imported") -> tuple[str, str, str, str]:
    if not table.usable:
        return (table.name, "", "", speech.phrase("table-unreadable", table=table.name))
    return (table.name, table.kind, table.version, str(table.rows))


COMMANDS = (tables,)
