"""The command that brings two copies together again: rejoin."""

from dataclasses import asdict
from pathlib import Path

import click

from baladeur.cli import asking, findings, importing, problems, speech
from baladeur.cli.files import CODES
from baladeur.session import Session, Signatory


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("other", metavar="OTHER", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what it would do; write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@asking.signing
@asking.as_json
@asking.writing
def rejoin(
    path: Path, other: Path, dry_run: bool, yes: bool, by: Signatory, json_: bool, secret_file: Path | None, agree: bool
) -> None:
    """Take into PATH what OTHER, a copy that went on by itself, has since; both must open with the same secret.

    OTHER is not changed. Commits of it that do not hold are told, and their entries are taken with --agree only.
    """
    Session.look(other)
    typed = asking.secret_for(path, secret_file)
    with asking.changing(path, typed, agree, None if dry_run else by) as session:
        draft = session.draft()
        found, odd, made = session.rejoin(draft, other, typed, agreed=agree)
        findings.say(odd)
        relation, number = str(found.relation), None
        if relation == "diverged":
            if not json_:
                speech.tell("j-fork", number=found.common)
            for name, n in asdict(made).items():
                if n and name in ("entries", "same", "refused"):
                    speech.tell(f"j-{name}", n=n)
            number = importing.seal(session, draft, by, dry_run=dry_run, json_=json_, yes=yes)
        else:
            speech.tell("c-same" if relation == "same" else f"j-{relation}")
        if json_:
            changes = importing.told_json(draft)
            speech.put_json({"relation": relation, "version": number, "rejoined": asdict(made), "changes": changes})
        if relation == "unrelated":
            raise click.exceptions.Exit(CODES[relation])
        if made.refused:
            raise click.exceptions.Exit(problems.WRONG)


COMMANDS = (rejoin,)
