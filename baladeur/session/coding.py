"""Coded words of this computer: the look-up, and the official tables that its user imports. No record is opened."""

from pathlib import Path
from typing import TYPE_CHECKING

from baladeur.session import paths
from baladeur.tables.errors import TablesOnKey

if TYPE_CHECKING:  # the tables of codes are read by the commands that use them, and no other waits for them
    from baladeur.record.author.fields import Field
    from baladeur.tables.folder import Imported
    from baladeur.tables.lookup import Answer, Lookup


class Coding:
    """What is done with tables of codes."""

    @staticmethod
    def lookup() -> "Lookup":
        """The coded words to search, shipped and imported; hold it open while somebody types."""
        from baladeur.tables import folder, lookup

        return lookup.Lookup(folder.files(folder.folder()))

    @staticmethod
    def system_name(uri: str) -> str:
        """The name of a code system for people; the end of its address where none is known here."""
        from baladeur.tables.systems import named
        from baladeur.text import safe_text

        return named(uri) or safe_text(uri.rsplit("/", 1)[-1], 30)

    @staticmethod
    def tables() -> list["Imported"]:
        """The imported tables of this computer."""
        from baladeur.tables import folder

        return folder.listing(folder.folder())

    @staticmethod
    def add_table(file: Path, *, kind: str = "", name: str = "", version: str = "") -> "Imported":
        """Import an official file on this computer, never on a key. Raises TableError's kinds."""
        from baladeur.tables import folder

        where = folder.folder().absolute()
        if any(paths.files(one) for one in (where, *where.parents) if one.is_dir()):
            raise TablesOnKey
        return folder.add(file, where, kind=kind, name=name, version=version)

    @staticmethod
    def remove_table(name: str) -> None:
        """Delete an imported table. Raises NoSuchTable."""
        from baladeur.tables import folder

        folder.remove(name, folder.folder())

    @staticmethod
    def fitting(lookup: "Lookup", field: "Field", text: str, limit: int = 6) -> "list[tuple[Answer, bool]]":
        """Answers that fit a field of a form, each with whether it begins as was typed or only resembles it.

        The medicines of the alert rules count as medicines; an imported table counts by its code system.
        """
        from baladeur.tables import shipped
        from baladeur.text import fold

        tables = set(field.tables) | ({"high_risk"} if "medicines" in field.tables else set())
        systems = {str(shipped.table(name)["system"]) for name in field.tables}
        typed, found = fold(text), list[tuple["Answer", bool]]()
        for answer in lookup.search(text, 60):
            fits = answer.term.table in tables if answer.term.table else answer.term.system in systems
            if field.group and not any(
                row["group"] == field.group and row["fr"] == answer.term.fr for row in shipped.rows("values")
            ):
                fits = False
            if fits:
                said = (answer.term.fr, answer.term.en, answer.matched, answer.term.code)
                found.append((answer, any(fold(one).startswith(typed) for one in said if one)))
        return found[:limit]
