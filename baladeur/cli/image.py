"""What lies beside the record: the page `lire.html`, which reads it in any browser."""

from pathlib import Path

import click

from baladeur.cli import asking, speech
from baladeur.session import Session


@click.group()
def image() -> None:
    """What lies on the key beside the record."""


@image.command()
@click.option("-o", "output", type=click.Path(path_type=Path), required=True, help="The file to write, not there yet.")
@asking.speaking
def page(output: Path) -> None:
    """Write lire.html: one file that opens a record in any browser, with no program and no network."""
    speech.tell("page-written", size=Session.write_page(output) >> 10)


@image.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@asking.speaking
def beside(folder: Path) -> None:
    """Put lire.html, LISEZ-MOI.txt and READ-ME.txt into a folder, where they are not yet; create does it too."""
    speech.tell("beside-placed" if Session.place_beside(folder) else "page-not-placed")


COMMANDS = (image,)
