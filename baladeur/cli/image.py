"""What lies beside the record: the page `lire.html`, which reads it in any browser.

The page is made by image/page/build.mjs from locked packages; the file packaged here is what that script makes,
byte for byte, and the tests make it anew.
"""

import os
from importlib.resources import files
from pathlib import Path

import click

from baladeur.cli import asking, speech
from baladeur.errors import AlreadyThere

PAGE = "lire.html"
_TEMPORARY = "lire.tmp"
_EPOCH = 946_684_800  # 2000-01-01, as the record's own file: what lies on the key tells no date


def page_bytes() -> bytes:
    """The page that opens a record in a browser."""
    return files("baladeur.cli").joinpath(PAGE).read_bytes()


def write_page(target: Path) -> None:
    """Write the page to a file that is not there: whole, or not at all. Raises AlreadyThere, OSError."""
    if target.exists():
        raise AlreadyThere
    temporary = target.with_name(_TEMPORARY)
    try:
        with temporary.open("wb") as opened:
            opened.write(page_bytes())
            opened.flush()
            os.fsync(opened.fileno())
        os.utime(temporary, (_EPOCH, _EPOCH))
        temporary.rename(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def place_page(folder: Path) -> bool:
    """Put the page beside a record, unless one is there. False if the key did not take it; the record is whole."""
    try:
        write_page(folder / PAGE)
    except AlreadyThere:
        return True
    except OSError:
        return False
    return True


@click.group()
def image() -> None:
    """What lies on the key beside the record."""


@image.command()
@click.option("-o", "output", type=click.Path(path_type=Path), required=True, help="The file to write, not there yet.")
@asking.speaking
def page(output: Path) -> None:
    """Write lire.html: one file that opens a record in any browser, with no program and no network."""
    write_page(output / PAGE if output.is_dir() else output)
    speech.tell("page-written", size=len(page_bytes()) >> 10)


COMMANDS = (image,)
