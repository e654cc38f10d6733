"""The command with which a patient begins: her menu, or the first run on a key that has no record."""

from pathlib import Path

import click

from baladeur.cli import asking, lines, problems, speech
from baladeur.errors import NothingThere
from baladeur.flows import creating, menu
from baladeur.flows.steps import Flow

ENDS = {"stopped": problems.INTERRUPTED}


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--demo", is_flag=True, help="A demonstration record: the only kind that the demonstration card signs.")
@click.option("--lines", "lines_", is_flag=True, help="Line by line, for screen readers.")
@asking.speaking
def start(path: Path, demo: bool, lines_: bool) -> None:
    """For the patient: create a record, or look after the one at PATH, led step by step."""
    if not path.exists():
        raise NothingThere
    converse(menu.start(path, language=speech.language(), demonstration=demo))


def first_run(path: Path, *, demo: bool) -> None:
    """Create a record, led step by step."""
    converse(creating.first_run(path, language=speech.language(), demonstration=demo))


def converse(flow: Flow) -> None:
    """Lead through a conversation. Ends with its own exit code if the person stopped it."""
    raise click.exceptions.Exit(ENDS.get(lines.run(flow), problems.OK))


COMMANDS = (start,)
