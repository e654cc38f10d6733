"""The commands and the one place where an error becomes a sentence and an exit code."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from baladeur import __version__
from baladeur.cli import helping, problems, speech
from baladeur.cli.language import speaking
from baladeur.errors import BaladeurError
from baladeur.errors.unknown import identifier

#: Command → the module that holds it. A module is loaded when one of its commands is run: start-up is a feature.
ROOMS = {
    "summary": "summary",
    "emergency": "summary",
    "import": "importing",
    "review": "importing",
    "edit": "edit",
    "drafts": "drafts",
    "list": "reading",
    "show": "reading",
    "history": "reading",
    "verify": "checking",
    "doctor": "checking",
    "create": "writing",
    "start": "start",
    "holder": "holder",
    "note": "tray",
    "tray": "tray",
    "add": "writing",
    "visibility": "writing",
    "erase": "writing",
    "compact": "writing",
    "secrets": "access",
    "copy": "files",
    "compare": "files",
    "rejoin": "rejoin",
    "recover": "files",
    "preview": "preview",
    "check": "check",
    "code": "code",
    "tables": "tables",
    "export": "export",
    "card": "card",
    "trust": "card",
    "paper": "paper",
    "rgpd": "rgpd",
    "image": "image",
    "demo": "demo",
    "tui": "screens",
}


class Door(click.Group):
    """A group whose every ending is an exit code, and every error one line."""

    context_class = helping.Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, the most used first."""
        return list(ROOMS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None. Loads its module."""
        if cmd_name not in ROOMS:
            return None
        room = import_module(f"baladeur.cli.{ROOMS[cmd_name]}")
        commands: tuple[click.Command, ...] = room.COMMANDS
        return helping.speaking(next(one for one in commands if one.name == cmd_name))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command. Raises SystemExit, always."""
        speech.begin()
        extra.pop("windows_expand_args", None)
        sys.exit(_guarded(lambda: super(Door, self).main(args, prog_name, complete_var, False, **extra)))


def _guarded(run: Any) -> int:
    """The exit code of a run. Nothing that an unknown exception carries is shown: it may hold the record's words."""
    try:
        code = run()
    except BaladeurError as error:
        speech.complain_of(error)
        return error.exit_code
    except click.UsageError as error:
        speech.complain(speech.phrase("usage", what=_parameter(error)))
        return problems.USAGE
    except (click.ClickException, OSError):
        speech.complain_of(problems.FileRefused())
        return problems.FileRefused.exit_code
    except (click.Abort, KeyboardInterrupt):
        speech.complain(speech.phrase("aborted"))
        return problems.INTERRUPTED
    except Exception as error:
        speech.complain(speech.phrase("unknown", id=identifier(error)))
        return problems.UNKNOWN
    return code if isinstance(code, int) else problems.OK


def _parameter(error: click.UsageError) -> str:
    """Which parameter is wrong; never its value, which may be a secret in the wrong place."""
    param = getattr(error, "param", None)
    return f" ({param.opts[0] if isinstance(param, click.Option) else param.human_readable_name})" if param else ""


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__)
@speaking
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Baladeur: the medical record that the patient carries.

    PATH is the key's folder or the file. Data goes to standard output, narration to standard error.
    Without a command, on a terminal, the screens start.
    """
    if ctx.invoked_subcommand is not None:
        return
    if sys.stdin.isatty() and sys.stdout.isatty():
        from baladeur.cli.screens import start

        ctx.exit(start(()))
    click.echo(ctx.get_help())
    ctx.exit(problems.USAGE)


def main() -> None:
    """Run the program, whatever the terminal can show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    cli.main(prog_name="baladeur")
