"""`--help` in the user's language: click lays it out in English, and each piece is put in words as it is written.

Only when help is shown is the table of French loaded; what it does not hold stays English.
"""

import inspect
import re
from collections.abc import Iterable

import click

from baladeur.cli import speech

_EXTRA = re.compile(r"(  \[[^]]*\])$")  # what click adds to an option: [default: auto], [required]


def _words(text: str) -> str:
    """A paragraph, in the language of this run."""
    if speech.language() == "en":
        return text
    from baladeur.wording.phrases.helping import COMMANDS, FRAME
    from baladeur.wording.phrases.options import OPTIONS

    bare = " ".join(text.split())
    for table in (COMMANDS, OPTIONS, FRAME):
        if bare in table:
            return table[bare]
    return FRAME.get(text, text)


class Formatter(click.HelpFormatter):
    """Click's layout, with our words."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        super().write_usage(prog, args, _words("Usage: ") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """The heading of a list."""
        super().write_heading(_words(heading))

    def write_text(self, text: str) -> None:
        """The text of a command, paragraph by paragraph."""
        super().write_text("\n\n".join(map(_words, text.split("\n\n"))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options, or commands with what each does."""
        super().write_dl([(name, self._row(told)) for name, told in rows], col_max, col_spacing)

    def _row(self, told: str) -> str:
        told, extra = [*_EXTRA.split(told), ""][:2]
        for english in ("required", "default"):
            extra = extra.replace(english, _words(english))
        return _words(told) + extra


class Context(click.Context):
    """The context of every command: its help speaks the user's language."""

    formatter_class = Formatter


def speaking(command: click.Command) -> click.Command:
    """A command whose help, and that of all below it, is in the user's language and cut nowhere."""
    command.context_class = Context
    if command.help and not command.short_help:
        command.short_help = inspect.cleandoc(command.help).split("\n\n")[0]
    for below in getattr(command, "commands", {}).values():
        speaking(below)
    return command
