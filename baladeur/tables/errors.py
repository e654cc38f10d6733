"""Errors of tables of codes. No record is ever concerned."""

from baladeur.errors import BaladeurError


class TableError(BaladeurError):
    """A table of coded words cannot be used. No record is concerned."""

    exit_code = 62
    sentence = "This table of codes cannot be used; no record was opened or changed; add the table again."


class TableNotRecognised(TableError):
    """The file has none of the published layouts."""

    exit_code = 62
    sentence = (
        "This file has none of the layouts that are known (BDPM, CIM-10 FR, CCAM, LOINC FR, ATC/DDD, ANS, SNOMED GPS); "
        "nothing was added; check that it is the official file, unpacked, or name its kind with --as."
    )


class TableBroken(TableError):
    """The file has a known layout, and rows that are not of it."""

    exit_code = 63
    sentence = (
        "This file is damaged or not what it says: too many of its rows or codes are not well-formed; "
        "nothing was added, and a table of the same name stays as it was; fetch the official file again."
    )


class NoSuchTable(TableError):
    """No imported table has this name."""

    exit_code = 64
    sentence = "No imported table has this name; nothing was changed; `baladeur tables list` names them."


class TablesOnKey(TableError):
    """The folder of tables would lie beside a record."""

    exit_code = 65
    sentence = (
        "The folder for tables lies on the key of a record, which stays free of them; nothing was written; "
        "choose a folder of this computer (BALADEUR_DATA)."
    )
