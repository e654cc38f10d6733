"""The option that every command has. It loads nothing: `--help` and the screens start with it alone."""

from collections.abc import Callable
from typing import Any

import click

from baladeur.cli import speech

Command = Callable[..., Any]


def _speak(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value:
        speech.begin(value)


def speaking(command: Command) -> Command:
    """The option that every command has."""
    option = click.option(
        "--lang",
        type=click.Choice(["fr", "en"]),
        callback=_speak,
        is_eager=True,
        expose_value=False,
        help="Language of sentences; by default that of LANG.",
    )
    return option(command)
