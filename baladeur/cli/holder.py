"""What the patient adds without a card: contacts, languages, trusted person, directives; and her identity at first."""

import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from baladeur.cli import asking, documents, importing, speech
from baladeur.cli.reading import ID_SHOWN
from baladeur.session import Session, Signatory
from baladeur.text import safe_text

MAX_FIELDS = 1 << 20  # bytes of JSON: an identity or a contact is some hundred
_PEOPLE = ("contact", "trusted-person")


@click.group()
@click.argument("path", type=click.Path(path_type=Path))
@click.pass_context
def holder(ctx: click.Context, path: Path) -> None:
    """What the patient adds without a card; each is shown as declared by her.

    baladeur holder PATH contact add --name "Paul Moreau" --relation mari --phone "06 12 34 56 78"
    """
    ctx.obj = path


def read_fields(file: Path) -> bytes:
    """The bytes of a small JSON file, or of standard input. Raises FileRefused, OSError."""
    if str(file) == "-":
        return sys.stdin.buffer.read(MAX_FIELDS + 1)
    with documents.regular(file) as opened:
        return opened.read(MAX_FIELDS + 1)


def _asked(kind: str, fields: dict[str, Any], needed: tuple[str, ...], from_: Path | None) -> dict[str, Any]:
    """The fields as given; those that are needed and missing are asked on a terminal."""
    if from_ is not None:
        return Session.fields(read_fields(from_))
    told = {name: value for name, value in fields.items() if value}
    for name in needed:
        if name not in told and asking.on_terminal():
            told[name] = click.prompt(speech.phrase(f"ask-{name}"), err=True, prompt_suffix=" ").strip()
    return Session.checked(kind, told)


def _declare(path: Path, kind: str, fields: dict[str, Any], secret_file: Path | None, agree: bool) -> None:
    with asking.changing(path, asking.secret_for(path, secret_file), agree) as session:
        number = session.declare(kind, fields)
        speech.tell("declared", number=number)


def _group(kind: str, help_: str) -> click.Group:
    group = click.Group(kind, help=help_)

    @group.command("list")
    @asking.as_json
    @asking.with_secret
    @click.pass_obj
    def list_(path: Path, json_: bool, secret_file: Path | None) -> None:
        """List them."""
        with asking.reading(path, secret_file) as session:
            found = session.of_kind(kind)
            if json_:
                speech.put_json([{"id": one.id, "title": one.title, "date": one.date, **_told(one)} for one in found])
            elif not found:
                speech.tell("nothing")
            else:
                speech.table(((one.id[:ID_SHOWN], one.date, _line(one)) for one in found), (ID_SHOWN, 10))

    @group.command()
    @click.argument("id_", metavar="ID")
    @asking.writing
    @click.pass_obj
    def remove(path: Path, id_: str, secret_file: Path | None, agree: bool) -> None:
        """Withdraw one; it stays in the history until it is erased (`baladeur erase`)."""
        with asking.changing(path, asking.secret_for(path, secret_file), agree) as session:
            speech.tell("holder-removed", number=session.remove(kind, id_))

    holder.add_command(group)
    return group


def _told(one: Any) -> dict[str, Any]:
    return Session.told(one) if one.media == "application/json" else {}


def _line(one: Any) -> str:
    """One of them in one line."""
    told = _told(one)
    parts = [told.get("name") or told.get("words") or told.get("code") or one.title]
    parts += [told.get(name, "") for name in ("relation", "phone", "email", "designated")]
    parts += [speech.phrase("preferred")] if told.get("preferred") is True else []
    return " · ".join(safe_text(str(part)) for part in parts if part)


_contact = _group("contact", "Whom to call.")
_language = _group("language", "Languages that the patient speaks; adding one again replaces it.")
_trusted = _group("trusted-person", "The trusted person (personne de confiance); there is one, a new one replaces it.")
_directive = _group("directive", "Scans of the advance directives.")


def _person(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--from", "from_", type=click.Path(path_type=Path), help="A JSON file with the fields; - too."),
        click.option("--email"),
        click.option("--relation", help="The tie to the patient, in words."),
        click.option("--phone"),
        click.option("--name"),
    ):
        command = option(command)
    return command


@_contact.command("add")
@_person
@asking.writing
@click.pass_obj
def add_contact(
    path: Path,
    name: str | None,
    phone: str | None,
    relation: str | None,
    email: str | None,
    from_: Path | None,
    secret_file: Path | None,
    agree: bool,
) -> None:
    """Add somebody to call. What is missing is asked on a terminal."""
    fields = {"name": name, "phone": phone, "relation": relation, "email": email}
    _declare(path, "contact", _asked("contact", fields, ("name", "phone"), from_), secret_file, agree)


@_trusted.command("add")
@_person
@click.option("--designated", help="When she was designated: 2024-05-01, 2024-05 or 2024.")
@asking.writing
@click.pass_obj
def add_trusted(
    path: Path,
    name: str | None,
    phone: str | None,
    relation: str | None,
    email: str | None,
    designated: str | None,
    from_: Path | None,
    secret_file: Path | None,
    agree: bool,
) -> None:
    """Name the trusted person, in the place of the former one."""
    fields = {"name": name, "phone": phone, "relation": relation, "email": email, "designated": designated}
    _declare(path, "trusted-person", _asked("trusted-person", fields, ("name", "phone"), from_), secret_file, agree)


@_language.command("add")
@click.argument("code", required=False)
@click.option("--words", help="Its name, as the page will show it.")
@click.option("--preferred", is_flag=True)
@click.option("--from", "from_", type=click.Path(path_type=Path), help="A JSON file with the fields; - too.")
@asking.writing
@click.pass_obj
def add_language(
    path: Path,
    code: str | None,
    words: str | None,
    preferred: bool,
    from_: Path | None,
    secret_file: Path | None,
    agree: bool,
) -> None:
    """Add a language by its code: fr, ar, pt-BR …"""
    fields = {"code": code, "words": words, "preferred": preferred}
    _declare(path, "language", _asked("language", fields, ("code",), from_), secret_file, agree)


@_directive.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", help="By default the name of the file.")
@click.option("--when", help="When they were written: 2024-05-01, 2024-05 or 2024.")
@asking.writing
@click.pass_obj
def add_directive(
    path: Path, file: Path, title: str | None, when: str | None, secret_file: Path | None, agree: bool
) -> None:
    """Add FILE, a scan of the advance directives."""
    name = safe_text(unicodedata.normalize("NFC", file.name)) if title is None else documents.title(title)
    day = documents.date(when) if when else ""
    with documents.regular(file) as opened:
        item = Session.item("directive", name, opened, day, documents.media(file))
        with asking.changing(path, asking.secret_for(path, secret_file), agree) as session:
            speech.tell("declared", number=session.keep(item))


@holder.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@asking.may_sign
@asking.writing
@click.pass_obj
def identity(path: Path, file: Path, by: Signatory | None, yes: bool, secret_file: Path | None, agree: bool) -> None:
    """Put the identity of FILE.json in the place of the present one: a FHIR Patient, or the simple form.

    Once a professional has signed anything, --card is needed.
    """
    data = read_fields(file)
    with asking.changing(path, asking.secret_for(path, secret_file), agree, by) as session:
        draft, odd = session.correct_identity(data)
        importing.say_warnings(odd)
        importing.seal(session, draft, by, dry_run=False, json_=False, yes=yes)


COMMANDS = (holder,)
