"""tui: the program with screens. It loads them only when they start."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from baladeur.cli import asking, curtain, problems, speech
from baladeur.errors.command import TerminalNeeded
from baladeur.flows.steps import Flow
from baladeur.session import Session


def start(paths: Sequence[Path], talk: Flow | None = None) -> int:
    """Run the screens until they are left, or one conversation on them; the exit code."""
    from baladeur.tui.app import Baladeur

    app = Baladeur(paths, speech.language(), talk=talk)
    try:
        app.run()
    finally:
        if app.secret_shown:
            curtain.wipe()
    return app.return_code or (problems.INTERRUPTED if app.ended == "stopped" else problems.OK)


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@asking.speaking
def tui(path: Path | None) -> None:
    """Start the screens: with the record at PATH, else with the key that is plugged in."""
    if not asking.on_terminal() or not sys.stdout.isatty():
        raise TerminalNeeded
    if path is not None:
        Session.look(path)
    raise click.exceptions.Exit(start(() if path is None else (path,)))


COMMANDS = (tui,)
