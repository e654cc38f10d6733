"""New files and folders that are whole or not there: written under another name beside, then renamed, never over."""

import errno
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from baladeur.container.medium import rename_new
from baladeur.errors import AlreadyThere, MediumFull


def write_new(path: Path, data: bytes) -> None:
    """A new file for its owner's eyes. Raises AlreadyThere, MediumError's kinds, OSError."""
    with _beside(path) as part:
        write(part, data)


def write_only(path: Path, data: bytes) -> None:
    """A new file that never has another name, for secret words: what fails is taken away. Raises as `write_new`."""
    if os.path.lexists(path):
        raise AlreadyThere
    try:
        write(path, data)
    except FileExistsError:
        raise AlreadyThere from None
    except BaseException as error:
        with suppress(OSError):
            path.unlink()
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise MediumFull from None
        raise


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder to fill, which gets its name at the end. Raises AlreadyThere, MediumError's kinds, OSError."""
    with _beside(path) as part:
        part.mkdir(0o700)
        yield part


def write(path: Path, data: bytes) -> None:
    """One file of a folder that is being filled."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with open(fd, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(fd)


def written(value: Any) -> bytes:
    """A value as JSON that people can read, too."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    if os.path.lexists(path):
        raise AlreadyThere
    part = path.with_name(f".baladeur-{secrets.token_hex(4)}.part")
    try:
        yield part
        rename_new(part, path)
    except BaseException as error:
        with suppress(OSError):
            shutil.rmtree(part) if part.is_dir() else part.unlink()
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise MediumFull from None
        raise
