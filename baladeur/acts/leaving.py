"""A document out of the encryption: into a file, this computer's viewer or its printer. Whoever asks was warned.

File names hold no word of the record, because lists of recent files and of processes keep them.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from baladeur.acts import output
from baladeur.errors import MediumError
from baladeur.errors.command import NotTakenOut

_ENDINGS: Final = {
    "application/pdf": ".pdf", "text/plain": ".txt", "text/xml": ".xml", "application/xml": ".xml",
    "application/json": ".json", "application/fhir+json": ".json", "image/jpeg": ".jpg", "image/png": ".png",
}  # fmt: skip
_PRINTERS: Final = ("lp", "lpr")


@dataclass(frozen=True, slots=True)
class Out:
    """Where a document would go: the file, and the folder of the file that a viewer gets."""

    file: Path
    folder: Path


def place(id_: str, content: bytes, media: str) -> Out:
    """A name that is free, in the user's downloads or home."""
    import platformdirs

    folder = platformdirs.user_downloads_path()
    folder = folder if folder.is_dir() else Path.home()
    name, ending = f"document-{id_[:8]}", _ending(content, media)
    file = folder / f"{name}{ending}"
    number = 1
    while os.path.lexists(file):
        number += 1
        file = folder / f"{name}-{number}{ending}"
    return Out(file, Path(tempfile.gettempdir()))


def take_out(id_: str, content: bytes, media: str, how: str) -> str:
    """Write, show or print it; where it went. Raises NotTakenOut, MediumError's kinds."""
    try:
        if how == "file":
            file = place(id_, content, media).file
            output.write_new(file, content)
            return str(file)
        return _print(content) if how == "print" else _view(id_, content, media)
    except MediumError:
        raise
    except (OSError, subprocess.SubprocessError):
        raise NotTakenOut from None


def _ending(content: bytes, media: str) -> str:
    if b"%PDF-" in content[:1024]:
        return ".pdf"
    return _ENDINGS.get(media.partition(";")[0].strip().lower(), ".txt" if media.startswith("text/") else ".bin")


def _view(id_: str, content: bytes, media: str) -> str:
    folder = Path(tempfile.mkdtemp(prefix="document-"))
    file = folder / f"document-{id_[:8]}{_ending(content, media)}"
    output.write_new(file, content)
    opener = {"darwin": "open"}.get(sys.platform, "xdg-open")
    if sys.platform == "win32":
        os.startfile(file)  # noqa: S606 - the user asked for the viewer of this very file
        return str(file)
    found = shutil.which(opener)
    if found is None:
        shutil.rmtree(folder, ignore_errors=True)
        raise NotTakenOut
    _start([found, str(file)])
    return str(file)


def _print(content: bytes) -> str:
    """Through standard input: no file, and no name in the queue."""
    found = next((path for name in _PRINTERS if (path := shutil.which(name))), None)
    if found is None:
        raise NotTakenOut
    done = subprocess.run([found], input=content, capture_output=True, timeout=60, check=False)  # noqa: S603 - as is
    if done.returncode:
        raise NotTakenOut
    return Path(found).name


def _start(command: list[str]) -> None:
    subprocess.Popen(  # noqa: S603 - a fixed program and a path of ours
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
