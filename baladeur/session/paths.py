"""What a path on a key stands for, and which secrets open a whole record."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from baladeur.container import place, secret
from baladeur.container.layout import MIN_SIZE
from baladeur.container.secret import Secret, SecretClass
from baladeur.errors import AlreadyThere, EmergencyOnly, MediumFull, MediumGone, NoFolder, NothingThere, ReadOnlyMedium


def files(path: Path) -> list[Path]:
    """The files that a path stands for: a pulled key may have left a record under its other names only."""
    names = (place.NAME, place.NEW, place.OLD)
    if path.is_dir():
        return [file for folder in place.folders(path) for name in names if (file := folder / name).exists()]
    return [file for file in ([path.parent / n for n in names] if path.name in names else [path]) if file.exists()]


def there(path: Path) -> Path:
    """The path, if a file or a record is there. Raises NothingThere."""
    if not files(path):
        raise NothingThere
    return path


def dossier(typed: str) -> Secret:
    """A secret that opens a whole record. Raises EmergencyOnly, which is no answer to a guess: it reads no file."""
    parsed = secret.parse(typed)
    if parsed.cls is SecretClass.EMERGENCY:
        raise EmergencyOnly
    return parsed


def is_list_words(typed: str) -> bool:
    """Whether a secret is words of the list without a checksum: nothing shows that a program drew them."""
    return secret.parse(typed).cls in (SecretClass.WORDS8, SecretClass.EMERGENCY)


def root(folder: Path) -> Path:
    """The folder of the key that a record's folder belongs to: of DOSSIERS/01 what DOSSIERS stands in."""
    return folder.parent.parent if folder.parent.name == place.MANY else folder


def room(path: Path, *, beside: bool) -> Path:
    """The folder in which a new record may stand: this one, or, beside others, the next of DOSSIERS/01 to 99.

    Raises NoFolder (a key that was pulled out looks absent: no folder is made in its place), AlreadyThere,
    ReadOnlyMedium, MediumFull.
    """
    folder = path.parent if path.name == place.NAME else path
    if not folder.is_dir():
        raise NoFolder
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ReadOnlyMedium
    if shutil.disk_usage(folder).free < MIN_SIZE:
        raise MediumFull
    taken = any((folder / name).exists() for name in (place.NAME, place.NEW, place.OLD))
    if not beside:
        if taken:
            raise AlreadyThere
        return folder
    many = folder / place.MANY
    free = next((many / f"{n:02}" for n in range(1, 100) if not (many / f"{n:02}").exists()), None)
    if free is None:
        raise AlreadyThere
    return free


@contextmanager
def made(folder: Path) -> Iterator[None]:
    """A folder of DOSSIERS that is not there yet is made, and taken away again if nothing came into it.

    What goes wrong inside is told as what it means for a key. Raises NoFolder, ReadOnlyMedium, MediumGone.
    """
    new = [one for one in (folder.parent, folder) if not one.exists()] if folder.parent.name == place.MANY else []
    try:
        for one in new:
            one.mkdir()
        yield
    except BaseException as problem:
        for one in reversed(new):
            with suppress(OSError):
                one.rmdir()
        if isinstance(problem, FileNotFoundError):
            raise NoFolder from None
        if isinstance(problem, PermissionError):
            raise ReadOnlyMedium from None
        if isinstance(problem, OSError):
            raise MediumGone from None
        raise
