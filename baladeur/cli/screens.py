"""tui: the program with screens. It loads them only when they start."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from baladeur.cli import curtain, problems, speech
from baladeur.cli.language import speaking
from baladeur.errors import NothingThere
from baladeur.errors.command import TerminalNeeded

if TYPE_CHECKING:
    from baladeur.flows.steps import Flow


def start(paths: Sequence[Path], talk: "Flow | None" = None) -> int:
    """Run the screens until they are left, or one conversation on them; the exit code."""
    from baladeur.tui import hangup
    from baladeur.tui.app import Baladeur

    app = Baladeur(paths, speech.language(), talk=talk)
    hangup.watch(app.hung_up)
    try:
        app.run()
    finally:
        if app.secret_shown:
            curtain.wipe()
    return app.return_code or (problems.INTERRUPTED if app.ended == "stopped" else problems.OK)


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@speaking
def tui(path: Path | None) -> None:
    """Start the screens: with the record at PATH, else with the key that is plugged in."""
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise TerminalNeeded
    if path is not None and not path.exists():
        raise NothingThere
    raise click.exceptions.Exit(start(() if path is None else (path,)))


COMMANDS = (tui,)
