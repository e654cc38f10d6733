"""The command with which a patient begins: her menu, or the first run on a key that has no record."""

import sys
from pathlib import Path

import click

from baladeur.cli import asking, lines, problems, screens, speech
from baladeur.errors import NothingThere
from baladeur.flows import creating, menu
from baladeur.flows.steps import Flow

ENDS = {"stopped": problems.INTERRUPTED}


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--demo", is_flag=True, help="A demonstration record: the only kind that the demonstration card signs.")
@click.option("--lines", "lines_", is_flag=True, help="Line by line, for screen readers.")
@asking.speaking
def start(path: Path | None, demo: bool, lines_: bool) -> None:
    """For the patient: create a record, or look after the one at PATH, led step by step."""
    if path is not None and not path.exists():
        raise NothingThere
    flow = menu.begin(path, language=speech.language(), demonstration=demo)
    if lines_:
        converse(flow)
    if not asking.on_terminal() or not sys.stdout.isatty():
        raise problems.TerminalNeeded
    raise click.exceptions.Exit(screens.start((path,) if path else (), flow))


def first_run(path: Path, *, demo: bool) -> None:
    """Create a record, led step by step."""
    converse(creating.first_run(path, language=speech.language(), demonstration=demo))


def converse(flow: Flow) -> None:
    """Lead through a conversation. Ends with its own exit code if the person stopped it."""
    raise click.exceptions.Exit(ENDS.get(lines.run(flow), problems.OK))


COMMANDS = (start,)
