"""Commands about whole files: copy, compare, recover."""

from pathlib import Path

import click

from baladeur.cli import asking, findings, problems, speech
from baladeur.errors import WrongSecret
from baladeur.session import Finding, NothingThere, Session
from baladeur.text import safe_text

CODES = {"diverged": problems.DIVERGED, "unrelated": problems.UNRELATED}


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
@asking.with_secret
def copy(path: Path, folder: Path, secret_file: Path | None) -> None:
    """Copy the record into FOLDER and read it back there; only an older copy of the same record is replaced."""
    if not folder.is_dir():  # a key that was pulled out looks absent: no folder is made in its place
        raise problems.FileRefused
    typed = asking.secret_for(path, secret_file)
    with speech.progress("copying") as step:
        Session.copy(path, folder, typed, step)
    speech.tell("copied")


@click.command()
@click.argument("first", metavar="A", type=click.Path(path_type=Path))
@click.argument("second", metavar="B", type=click.Path(path_type=Path))
@asking.as_json
@asking.with_secret
def compare(first: Path, second: Path, json_: bool, secret_file: Path | None) -> None:
    """Say how the record at A stands to the one at B."""
    found = Session.compare(first, second, asking.secret_for(first, secret_file))
    if json_:
        speech.put_json({"relation": str(found.relation), "common_version": found.common})
    else:
        speech.put(speech.phrase(f"c-{found.relation}"))
        if found.common is not None:
            speech.put(speech.phrase("c-common", number=found.common))
    raise click.exceptions.Exit(CODES.get(str(found.relation), problems.OK))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@asking.as_json
@asking.with_secret
def recover(folder: Path, json_: bool, secret_file: Path | None) -> None:
    """Find the files of a record in a folder, whatever a repair program has called them; nothing is changed."""
    if not folder.is_dir():
        raise problems.FileRefused
    found = Session.search(folder)
    if not found:
        raise NothingThere
    speech.tell("r-found", n=len(found))
    opened = Session.assess(found, asking.secret_of(secret_file))
    if not opened:
        raise WrongSecret
    if json_:
        listed = [{"file": str(c.path), "version": c.number, "labels": list(c.labels)} for c in opened]
        speech.put_json({"found": len(found), "files": listed})
        return
    for candidate in opened:
        speech.put(f"{speech.phrase('version', number=candidate.number)}  {safe_text(str(candidate.path), 4096)}")
        for label in candidate.labels:
            speech.put(f"    {findings.words(Finding(label))}")
    speech.tell("r-next")


COMMANDS = (copy, compare, recover)
