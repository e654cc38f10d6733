"""Coded words of this computer: the look-up, and the official tables that its user imports. No record is opened."""

from pathlib import Path
from typing import TYPE_CHECKING

from baladeur.session import paths
from baladeur.tables.errors import TablesOnKey

if TYPE_CHECKING:  # the tables of codes are read by the commands that use them, and no other waits for them
    from baladeur.tables.folder import Imported
    from baladeur.tables.lookup import Lookup


class Coding:
    """What is done with tables of codes."""

    @staticmethod
    def lookup() -> "Lookup":
        """The coded words to search, shipped and imported; hold it open while somebody types."""
        from baladeur.tables import folder, lookup

        return lookup.Lookup(folder.files(folder.folder()))

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
