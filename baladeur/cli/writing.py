"""Commands that write: create, add, erase, compact."""

from pathlib import Path
from typing import Any

import click

from baladeur.cli import asking, documents, paper, problems, reading, receipts, speech, start
from baladeur.cli.holder import read_fields
from baladeur.cli.importing import say_warnings
from baladeur.cli.words import show_words, warn_of_own_words
from baladeur.session import Change, NewItem, Session, Signatory

NAME = "DOSSIER.DMB"


def _size(folder: Path) -> int:
    return (folder / NAME).stat().st_size >> 20


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--demo", is_flag=True, help="A demonstration record: the only kind that the demonstration card signs.")
@click.option("--identity", type=click.Path(path_type=Path), help="JSON file: a FHIR Patient, or the simple form.")
@click.option("--recovery-sheet", type=click.Path(path_type=Path), help="New PDF file with the 12 recovery words.")
@click.option("--lines", is_flag=True, help="Led step by step, the words typed back; for screen readers, too.")
@click.option("--words-to", hidden=True)
@asking.dated
@asking.with_secret
def create(
    path: Path,
    demo: bool,
    identity: Path | None,
    recovery_sheet: Path | None,
    lines: bool,
    words_to: str | None,
    secret_file: Path | None,
) -> None:
    """Create a record in the folder PATH and show its words once; or take the secret of --secret-file."""
    if words_to is not None:
        raise problems.WordsStayHere
    if lines:
        if identity or recovery_sheet or secret_file or asking.declared_day():
            raise problems.CommandError
        start.first_run(path, demo=demo)
    folder = Session.room(path)
    if recovery_sheet:
        paper.check_place(recovery_sheet, folder)
    items: list[NewItem] = []
    odd: list[Any] = []
    if identity:
        item, odd = Session.identity_of(read_fields(identity), demonstration=demo)
        items.append(item)
    day = asking.day_of(Session.check_new_clock)
    typed = None if secret_file is None else asking.secret_of(secret_file)
    new = Session.create(folder, items, demonstration=demo, typed=typed, day=day)
    say_warnings(odd)
    if typed is not None:
        warn_of_own_words(typed)
    speech.tell("created", size=_size(folder))
    speech.tell("demonstration" if demo else "real-record")
    show_words("words", new.words)
    show_words("recovery", new.recovery)
    if new.words or new.recovery:
        speech.tell("lost-words")
    if not Session.place_beside(folder):
        speech.tell("page-not-placed")
    if recovery_sheet and not new.recovery:
        speech.tell("paper-no-words")
    elif recovery_sheet:
        key = Session.short_id(folder)
        made = Session.recovery_sheet(" ".join(new.recovery), speech.language(), key=key)
        paper.write(recovery_sheet, made, folder, secret=True)


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--type", "type_", required=True, help="What kind of entry: allergy, treatment, report …")
@click.option("--title", required=True)
@click.option("--when", default="", help="2026-11-23, 2026-11 or 2026.")
@click.option("--replace", "former", help="The entry that this one replaces.")
@asking.signing
@asking.writing
def add(
    path: Path,
    file: Path,
    type_: str,
    title: str,
    when: str,
    former: str | None,
    by: Signatory,
    secret_file: Path | None,
    agree: bool,
) -> None:
    """Add FILE as an entry signed by a card."""
    title, day = documents.title(title), documents.date(when) if when else ""
    with (
        documents.regular(file) as opened,
        asking.changing(path, asking.secret_for(path, secret_file), agree, by) as session,
    ):
        of = session.find(former).id if former else None
        item = NewItem(type_, title, opened, day, documents.media(file), of)
        number = session.commit(Change(add=[item]), by)
        speech.tell("added", number=number, id=reading.newest(session))
        receipts.after(session)


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("ids", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--compact", "compact_", is_flag=True, help="Compact afterwards, without asking.")
@asking.writing
def erase(path: Path, ids: tuple[str, ...], yes: bool, compact_: bool, secret_file: Path | None, agree: bool) -> None:
    """Erase all versions of the entries named, for ever; on a terminal it asks first."""
    typed = asking.secret_for(path, secret_file)
    with asking.changing(path, typed, agree) as session:
        chosen = list(dict.fromkeys(id_ for start in ids for id_ in session.versions(session.find(start))))
        if not yes and asking.on_terminal():
            asking.confirm("erase-ask", yes, n=len(chosen))
        number, file = session.commit(Change(erase=chosen)), session.file
    speech.tell("erased", number=number, n=len(chosen))
    speech.tell("erased-rest")
    if compact_ or asking.offer("compact-ask"):
        _compact(path, typed, file)


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("where", type=click.Choice(("everywhere", "dossier")))
@click.argument("ids", nargs=-1, required=True)
@asking.writing
def visibility(path: Path, where: str, ids: tuple[str, ...], secret_file: Path | None, agree: bool) -> None:
    """Show entries everywhere, or in the dossier only: the patient decides what the emergency page tells."""
    with asking.changing(path, asking.secret_for(path, secret_file), agree) as session:
        chosen = {session.find(start).id: where == "dossier" for start in ids}
        number = session.commit(Change(visibility=chosen))
    speech.tell("hidden" if where == "dossier" else "visible", number=number, n=len(chosen))


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@asking.dated
@asking.with_secret
def compact(path: Path, secret_file: Path | None) -> None:
    """Write the record anew, without the bytes of what was erased."""
    typed = asking.secret_for(path, secret_file)
    with Session.open(path, typed) as session:
        asking.introduce(session)
        asking.settle_clock(session)
        file = session.file
    _compact(path, typed, file)


def _compact(path: Path, typed: str, file: Path) -> None:
    Session.compact(path, typed, asking.declared_day())
    speech.tell("compacted", size=file.stat().st_size >> 20)


COMMANDS = (create, add, visibility, erase, compact)
