"""A head start: while the program is still being loaded, the key for the emergency page is already derived.

Argon2id takes 0.2 s and leaves the interpreter free; loading the rest takes as long. This reads the command line as
far as it must, and nothing rests on it: whatever is odd here is left to the command, which says it in words.
"""

from collections.abc import Sequence
from pathlib import Path

from baladeur.container import secret
from baladeur.container.layout import FILE_NAME
from baladeur.container.medium import FileMedium
from baladeur.container.secret import SecretClass
from baladeur.container.unlock import DOSSIER_SLOTS, EMERGENCY_SLOTS, intact_headers, read_zones
from baladeur.errors import BaladeurError

COMMANDS = ("summary", "emergency")
_WITH_VALUE = ("--lang", "--order", "--secret-file")
_MOST = 8192  # bytes of a secret's file


def begin(arguments: Sequence[str]) -> bool:
    """Derive in a thread what the words in a file open, if the command shows a page. Whether it was begun."""
    found = _asked(arguments)
    try:
        return found is not None and _derive(*found)
    except (BaladeurError, OSError, ValueError):
        return False


def _asked(arguments: Sequence[str]) -> tuple[Path, Path] | None:
    """The record and the secret's file that a command line names, if it is an ordinary one of these commands."""
    if not arguments or arguments[0] not in COMMANDS:
        return None
    places, values = [], {}
    rest = iter(arguments[1:])
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name in _WITH_VALUE:
            values[name] = value if equals else next(rest, "")
        elif not argument.startswith("-"):
            places.append(argument)
    file = values.get("--secret-file", "")
    return (Path(places[0]), Path(file)) if len(places) == 1 and file not in ("", "-") else None


def _derive(path: Path, file: Path) -> bool:
    """Begin with the header copy and the slot that opening would try first."""
    if not file.is_file():  # a pipe is read once: by the command
        return False
    with file.open("rb") as opened:
        typed = secret.parse(opened.read(_MOST).decode("utf-8-sig"))
    slots = {**DOSSIER_SLOTS, **EMERGENCY_SLOTS}[typed.cls]
    if typed.cls is SecretClass.CODE12:  # nothing to derive that takes time
        return False
    medium = FileMedium.open(path / FILE_NAME if path.is_dir() else path)
    try:
        header = intact_headers(medium, read_zones(medium)[0])[0]
    finally:
        medium.close()
    header.begin_slot(slots[0], typed.material)
    return True
