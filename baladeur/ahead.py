"""A head start: while the program is still being loaded, the key for the emergency page is already derived.

Argon2id takes 0.2 s and leaves the interpreter free; loading the rest takes as long. This reads the command line and
the header as far as it must, loads as little as it can, and nothing rests on it: a key that it derived for a slot which
opening does not try is never asked for, and whatever is odd here is left to the command, which says it in words.
"""

import os
from collections.abc import Iterator, Sequence

from baladeur.container import argon, secret
from baladeur.container.secret import SecretClass
from baladeur.errors import BaladeurError

COMMANDS = ("summary", "emergency")
_WITH_VALUE = ("--lang", "--order", "--secret-file")
_MOST = 8192  # bytes of a secret's file
#: Of schemas/container.md section 5, as container/layout.py has them: importing that would wait for the cryptography.
_NAME, _MAGIC, _COPIES, _APART, _LENGTH = "DOSSIER.DMB", b"BALADEUR-COFFRE\n", 4, 4 << 20, 4096
_GENERATION, _SALT = slice(40, 48), {0: slice(512, 544), 1: slice(768, 800), 2: slice(1024, 1056)}
_SLOTS = {SecretClass.WORDS8: 0, SecretClass.PHRASE: 1, SecretClass.EMERGENCY: 2}


def begin(arguments: Sequence[str]) -> bool:
    """Derive in a thread what the words in a file open, if the command shows a page. Whether it was begun."""
    found = _asked(arguments)
    try:
        return found is not None and _derive(*found)
    except (BaladeurError, OSError, ValueError):
        return False


def _asked(arguments: Sequence[str]) -> tuple[str, str] | None:
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
    return (places[0], file) if len(places) == 1 and file not in ("", "-") else None


def _derive(path: str, file: str) -> bool:
    """Begin with the header copy and the slot that opening would try first."""
    if not os.path.isfile(file):  # a pipe is read once: by the command
        return False
    with open(file, "rb") as opened:
        typed = secret.parse(opened.read(_MOST).decode("utf-8-sig"))
    slot = _SLOTS.get(typed.cls)
    if slot is None:  # a code: nothing to derive that takes time
        return False
    newest = max(_headers(path), key=lambda raw: int.from_bytes(raw[_GENERATION], "little"), default=None)
    if newest is None:
        return False
    argon.begin(slot, typed.material, newest[_SALT[slot]])
    return True


def _headers(path: str) -> Iterator[bytes]:
    """The copies of the header that look like one."""
    with open(os.path.join(path, _NAME) if os.path.isdir(path) else path, "rb", buffering=0) as opened:
        for copy in range(_COPIES):
            opened.seek(copy * _APART)
            raw = opened.read(_LENGTH)
            if len(raw) == _LENGTH and raw.startswith(_MAGIC):
                yield raw
