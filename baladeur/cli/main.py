"""The commands and the one place where an error becomes a sentence and an exit code."""

import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from baladeur import __version__
from baladeur.card import demo as demo_card
from baladeur.cli import access, checking, code, emergency, files, preview, problems, reading, speech, tables, writing
from baladeur.cli.asking import speaking
from baladeur.errors import BaladeurError
from baladeur.session import Change, NewItem, Session

ITEMS = (
    ("allergy", "Pénicillines : choc anaphylactique (2014)", "2014"),
    ("treatment", "apixaban 5 mg, matin et soir", "2018"),
    ("device", "Stimulateur cardiaque", "2019"),
)


class Door(click.Group):
    """A group whose every ending is an exit code, and every error one line."""

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
        speech.complain(speech.phrase("unknown", id=_identifier(error)))
        return problems.UNKNOWN
    return code if isinstance(code, int) else problems.OK


def _parameter(error: click.UsageError) -> str:
    """Which parameter is wrong; never its value, which may be a secret in the wrong place."""
    param = getattr(error, "param", None)
    return f" ({param.opts[0] if isinstance(param, click.Option) else param.human_readable_name})" if param else ""


def _identifier(error: Exception) -> str:
    """Kind and place of an unknown error: enough to find it in the source, and nothing of what it was about."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "baladeur" in Path(f.filename).parts] or frames[-1:]
    place = f"{Path(own[-1].filename).stem}-{own[-1].lineno}" if own else "?"
    return f"{type(error).__name__}-{place}"


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@speaking
def cli() -> None:
    """Baladeur: the medical record that the patient carries.

    PATH is the key's folder or the file. Data goes to standard output, narration to standard error.
    """


@cli.command()
@click.option("--plain", is_flag=True, help="No colour, no question: the same lines on every terminal.")
def demo(plain: bool) -> None:
    """Create a fictional patient's record, sign it with the demonstration card, pull the key, open it again."""
    with tempfile.TemporaryDirectory(prefix="baladeur-demo-") as folder:
        for line in demonstration(Path(folder)):
            click.echo(line if plain else click.style(line, bold=line.startswith("SIGN")))


def demonstration(folder: Path) -> list[str]:
    """The demonstration's lines. Everything in it is done for real, in the folder."""
    identity = NewItem("identity", "MOREAU Jeanne, née le 4 mars 1961 [FICTIF]", b"{}")
    words = Session.create(folder, [identity], demonstration=True)
    typed = " ".join(words.words)
    lines = [f"CRÉÉ      {_size(folder)} Mio chiffrés, 8 mots pour ouvrir, 12 mots de secours sur papier"]
    with Session.open(folder, typed, write=True) as session:
        for type_, title, date in ITEMS:
            session.commit(Change(add=[NewItem(type_, title, title.encode(), date)]), demo_card.sign)
        end = session.end
        lines.append(f"SIGNÉ     {session.number} fois par {demo_card.HOLDER} (carte de démonstration, pas une CPS)")
    cut = folder / "DOSSIER.DMB"
    with cut.open("r+b") as file:  # what a pulled key leaves of the next write
        file.seek(end)
        file.write(b"\xa5" * 512)
    with Session.open(folder, " ".join(words.recovery)) as session:
        lines.append(
            f"ARRACHÉ   en pleine écriture, puis rouvert avec les 12 mots : version {session.number}, rien de perdu"
        )
        lines += [f"{'':10}{e.meta['title']}" for e in sorted(session.entries(), key=lambda e: e.seq)]
        verdicts, findings = session.verify()
        good = sum(v.verdict == "ok" and v.signer is not None for v in verdicts)
        lines.append(f"VÉRIFIÉ   {good} signatures sur {sum(v.role == 'professional' for v in verdicts)}")
        lines.append("ANOMALIES " + (", ".join(f.name for f in [*session.findings, *findings]) or "aucune"))
    return lines


def _size(folder: Path) -> int:
    return (folder / "DOSSIER.DMB").stat().st_size >> 20


for _room in (writing, reading, checking, emergency, access, files, preview, code, tables):
    for _command in _room.COMMANDS:
        cli.add_command(_command)


def main() -> None:
    """Run the program, whatever the terminal can show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    cli.main(prog_name="baladeur")
