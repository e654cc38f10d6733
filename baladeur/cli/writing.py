"""Commands that write: create, note, add, erase, compact."""

import json
import mimetypes
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date as calendar
from pathlib import Path
from typing import Any, BinaryIO

import click

from baladeur.cli import asking, problems, speech
from baladeur.cli.image import place_page
from baladeur.cli.words import show_words, warn_of_own_words
from baladeur.errors import NotAPatientDocument, NotJson
from baladeur.session import CARDS, Change, NewItem, Session
from baladeur.text import CUT, REPLACEMENT, safe_text

NAME = "DOSSIER.DMB"
MAX_CONTENT = 1 << 30  # bytes in one entry
MAX_IDENTITY = 1 << 20


def _title(text: str) -> str:
    """A title as it will be signed: nothing is cut or replaced in silence. Raises TextRefused."""
    title = safe_text(unicodedata.normalize("NFC", text))
    if not title or REPLACEMENT in title or title.endswith(CUT):
        raise problems.TextRefused
    return title


def _date(text: str) -> str:
    """A date, perhaps partial. Raises TextRefused."""
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", text)
    try:
        if match:
            calendar(*(int(part or 1) for part in match.groups()))
            return text
    except ValueError:
        pass
    raise problems.TextRefused


@contextmanager
def _document(file: Path) -> Iterator[BinaryIO]:
    """A regular file of a size that an entry may have. Raises FileRefused, FileTooLarge, OSError."""
    if not file.is_file():  # a device or a pipe may have no end
        raise problems.FileRefused
    with file.open("rb") as opened:
        size = opened.seek(0, 2)
        opened.seek(0)
        if size > MAX_CONTENT:
            raise problems.FileTooLarge
        yield opened


def _media(file: Path) -> str:
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def _identity(file: Path) -> NewItem:
    """The identity entry made of a JSON file; its bytes stay as they are. Raises NotJson, NotAPatientDocument."""
    with _document(file) as opened:
        raw = opened.read(MAX_IDENTITY + 1)
    try:
        value = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise NotJson from None
    if len(raw) > MAX_IDENTITY or not isinstance(value, dict):
        raise NotJson
    names = value.get("name")
    name: Any = names[0] if isinstance(names, list) and names else names
    fields: dict[str, Any] = name if isinstance(name, dict) else value
    given = fields.get("given")
    parts = [fields.get("family"), *(given if isinstance(given, list) else [given])]
    words = " ".join(part for part in parts if isinstance(part, str))
    title = words or (fields.get("text") if isinstance(fields.get("text"), str) else name)
    if not isinstance(title, str) or not title.strip():
        raise NotAPatientDocument
    born = value.get("birthDate")
    media = "application/fhir+json" if value.get("resourceType") == "Patient" else "application/json"
    return NewItem("identity", _title(title), raw, _date(born) if isinstance(born, str) else "", media)


def _size(folder: Path) -> int:
    return (folder / NAME).stat().st_size >> 20


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--demo", is_flag=True, help="A demonstration record: the only kind that the demonstration card signs.")
@click.option("--identity", type=click.Path(path_type=Path), help="JSON file with the patient's identity.")
@click.option("--words-to", hidden=True)
@asking.with_secret
def create(path: Path, demo: bool, identity: Path | None, words_to: str | None, secret_file: Path | None) -> None:
    """Create a record in the folder PATH and show its words once; or take the secret of --secret-file."""
    if words_to is not None:
        raise problems.WordsStayHere
    folder = path.parent if path.name == NAME else path
    if not folder.is_dir():  # a key that was pulled out looks absent: no folder is made in its place
        raise problems.FileRefused
    items = [_identity(identity)] if identity else []
    typed = None if secret_file is None else asking.secret_of(secret_file)
    new = Session.create(folder, items, demonstration=demo, typed=typed)
    if typed is not None:
        warn_of_own_words(typed)
    speech.tell("created", size=_size(folder))
    speech.tell("demonstration" if demo else "real-record")
    show_words("words", new.words)
    show_words("recovery", new.recovery)
    if new.words or new.recovery:
        speech.tell("lost-words")
    if not place_page(folder):
        speech.tell("page-not-placed")


def _newest(session: Session) -> str:
    """The short id of the entry that the last commit brought in."""
    return max(session.entries(), key=lambda entry: entry.seq).id.hex()[:8]


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", help="By default the name of the file.")
@click.option("--date", "date_", help="Date of the document, by default today.")
@asking.writing
def note(path: Path, file: Path, title: str | None, date_: str | None, secret_file: Path | None, agree: bool) -> None:
    """Put FILE, unsigned, into the pending tray; a professional adopts or rejects it later."""
    name = safe_text(unicodedata.normalize("NFC", file.name)) if title is None else _title(title)
    date = _date(date_ or f"{calendar.today():%Y-%m-%d}")
    with _document(file) as opened:
        item = NewItem("tray", name, opened, date, _media(file))
        with asking.changing(path, asking.secret_for(path, secret_file), agree) as session:
            number = session.commit(Change(add=[item]))
            speech.tell("noted", number=number, id=_newest(session))


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--type", "type_", required=True, help="What kind of entry: allergy, treatment, report …")
@click.option("--title", required=True)
@click.option("--date", "date_", default="", help="2026-11-23, 2026-11 or 2026.")
@click.option("--replace", "former", help="The entry that this one replaces.")
@click.option("--card", type=click.Choice(("demo",)), required=True, help="The card that signs.")
@asking.writing
def add(
    path: Path,
    file: Path,
    type_: str,
    title: str,
    date_: str,
    former: str | None,
    card: str,
    secret_file: Path | None,
    agree: bool,
) -> None:
    """Add FILE as an entry signed by a card; the demonstration card signs demonstration records only."""
    title, date = _title(title), _date(date_) if date_ else ""
    with _document(file) as opened, asking.changing(path, asking.secret_for(path, secret_file), agree) as session:
        of = session.find(former).id if former else None
        item = NewItem(type_, title, opened, date, _media(file), of)
        number = session.commit(Change(add=[item]), CARDS[card])
        speech.tell("added", number=number, id=_newest(session))


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
@asking.with_secret
def compact(path: Path, secret_file: Path | None) -> None:
    """Write the record anew, without the bytes of what was erased."""
    typed = asking.secret_for(path, secret_file)
    with Session.open(path, typed) as session:
        asking.introduce(session)
        file = session.file
    _compact(path, typed, file)


def _compact(path: Path, typed: str, file: Path) -> None:
    Session.compact(path, typed)
    speech.tell("compacted", size=file.stat().st_size >> 20)


COMMANDS = (create, note, add, visibility, erase, compact)
