"""The pending tray: notes and documents that nobody signed yet, and what a professional makes of them."""

import io
import sys
import unicodedata
from pathlib import Path
from typing import Any, BinaryIO

import click

from baladeur.cli import asking, documents, importing, problems, reading, speech
from baladeur.session import Session, Signatory
from baladeur.text import LABEL, safe_text

MAX_TYPED = 1 << 20  # bytes of a note that is typed or piped in
TITLE = 60  # characters of a typed note that its title repeats


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--text", help="The note itself; without FILE and --text it is read from standard input.")
@click.option("--title", help="By default the name of the file, or the first words of the note.")
@click.option("--who", help="Who wrote it.")
@click.option("--where", help="Where: the place, the hospital, the country.")
@click.option("--when", help="Its date: 2026-11-23, 2026-11 or 2026; by default today.")
@asking.writing
def note(
    path: Path,
    file: Path | None,
    text: str | None,
    title: str | None,
    who: str | None,
    where: str | None,
    when: str | None,
    secret_file: Path | None,
    agree: bool,
) -> None:
    """Put FILE or a note, unsigned, into the pending tray; a professional adopts or rejects it later."""
    if file is not None and text is not None:
        raise problems.CommandError
    told = [documents.title(one) if one else "" for one in (who, where)]
    day = documents.date(when or asking.today())
    if file is not None:
        name = safe_text(unicodedata.normalize("NFC", file.name)) if title is None else documents.title(title)
        with documents.regular(file) as opened:
            _keep(path, opened, name, day, documents.media(file), told, secret_file, agree)
        return
    if text is None:
        if str(secret_file) == "-":
            raise problems.CommandError  # standard input cannot be both
        Session.look(path)
        text = _typed()
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        raise problems.TextRefused
    name = documents.title(title) if title is not None else safe_text(" ".join(text.split()), TITLE)
    content = io.BytesIO(text.encode() + b"\n")
    _keep(path, content, name, day, "text/plain", told, secret_file, agree)


def _typed() -> str:
    """The note from standard input. Raises TextRefused, FileTooLarge."""
    if asking.on_terminal():
        speech.tell("type-note")
    raw = sys.stdin.buffer.read(MAX_TYPED + 1)
    if len(raw) > MAX_TYPED:
        raise problems.FileTooLarge
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise problems.TextRefused from None


def _keep(
    path: Path,
    content: BinaryIO,
    name: str,
    day: str,
    media: str,
    told: list[str],
    secret_file: Path | None,
    agree: bool,
) -> None:
    item = Session.note(content, name, day, media, *told)
    with asking.changing(path, asking.secret_for(path, secret_file), agree) as session:
        number = session.keep(item)
        speech.tell("noted", number=number, id=reading.newest(session))


@click.group()
@click.argument("path", type=click.Path(path_type=Path))
@click.pass_context
def tray(ctx: click.Context, path: Path) -> None:
    """What waits in the pending tray, unsigned: see it, adopt it, reject it."""
    ctx.obj = path


@tray.command("list")
@asking.as_json
@asking.with_secret
@click.pass_obj
def list_(path: Path, json_: bool, secret_file: Path | None) -> None:
    """List what waits: from when, by whom, where."""
    with asking.reading(path, secret_file) as session:
        waiting = session.of_kind("tray")
        if json_:
            speech.put_json([_json(one) for one in waiting])
        elif not waiting:
            speech.tell("tray-empty")
        else:
            head = tuple(speech.phrase(f"head-{name}") for name in ("id", "date", "who", "where", "title"))
            rows = [
                (one.id[: reading.ID_SHOWN], one.date, one.more.get("who", ""), one.more.get("where", ""), one.title)
                for one in waiting
            ]
            speech.table([head, *rows], (reading.ID_SHOWN, 10, 16, 14))


def _json(one: Any) -> dict[str, str]:
    return {
        "id": one.id,
        "title": one.title,
        "date": one.date,
        "media": one.media,
        "who": one.more.get("who", ""),
        "where": one.more.get("where", ""),
    }


@tray.command()
@click.argument("id_", metavar="ID")
@click.option("--raw", is_flag=True, help="The content as it was brought in, byte for byte.")
@asking.with_secret
@click.pass_obj
def show(path: Path, id_: str, raw: bool, secret_file: Path | None) -> None:
    """Show one of them."""
    with asking.reading(path, secret_file) as session:
        reading.show_entry(session, session.find(session.waiting(id_).id), raw)


@tray.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--type", "type_", default="", help="The type of entry that it becomes; by default what it is.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@asking.signing
@asking.writing
@click.pass_obj
def adopt(
    path: Path, ids: tuple[str, ...], type_: str, yes: bool, by: Signatory, secret_file: Path | None, agree: bool
) -> None:
    """Adopt them into the record, signed: a FHIR file is imported, anything else becomes a document."""
    with asking.changing(path, asking.secret_for(path, secret_file), agree, by) as session:
        draft = session.draft()
        for id_ in ids:
            importing.say_warnings(session.adopt(draft, id_, type_))
        importing.seal(session, draft, by, dry_run=False, json_=False, yes=yes)


@tray.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--reason", help="Why; it is signed and kept.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@asking.signing
@asking.writing
@click.pass_obj
def reject(
    path: Path,
    ids: tuple[str, ...],
    reason: str | None,
    yes: bool,
    by: Signatory,
    secret_file: Path | None,
    agree: bool,
) -> None:
    """Reject them, signed; the document and the reason stay in the history."""
    if reason is None and asking.on_terminal():
        reason = click.prompt(speech.phrase("ask-reason"), err=True, prompt_suffix=" ")
    why = documents.title(reason or "")[:LABEL]
    with asking.changing(path, asking.secret_for(path, secret_file), agree, by) as session:
        draft = session.draft()
        for id_ in ids:
            session.reject(draft, id_, why, by)
        importing.seal(session, draft, by, dry_run=False, json_=False, yes=yes)


COMMANDS = (note, tray)
