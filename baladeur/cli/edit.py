"""edit: the verbs of the editor, one change signed at a time, or kept as a draft for whoever signs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from baladeur.cli import asking, importing, problems, speech
from baladeur.errors import AuthoredRefused, FormRefused
from baladeur.session import Coded, Draft, Form, Kind, Session, Signatory

Command = Callable[..., Any]


@click.group()
@click.argument("path", type=click.Path(path_type=Path))
@click.pass_context
def edit(ctx: click.Context, path: Path) -> None:
    """Change lines of the record: add, stop, correct, confirm, withdraw; signed by a card."""
    ctx.obj = path


def _changing(command: Command) -> Command:
    """The options of every verb."""
    options = (
        click.option("--dry-run", is_flag=True, help="Say what it would do; write nothing."),
        click.option("--yes", is_flag=True, help="Do not ask."),
        click.option("--keep", is_flag=True, help="Keep it as a draft, unsigned; no card is needed."),
        click.option("--draft", "begun", metavar="ID", help="Go on with a draft that was kept."),
        asking.signing,
        asking.as_json,
        asking.writing,
        click.pass_obj,
    )
    for option in reversed(options):
        command = option(command)
    return command


_SETS = click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="FIELD=VALUE",
    help="A field; SYSTEM:CODE is looked up, words are free text.",
)


@contextmanager
def _draft(
    path: Path,
    secret_file: Path | None,
    agree: bool,
    by: Signatory,
    *,
    dry_run: bool,
    yes: bool,
    json_: bool,
    keep: bool = False,
    begun: str | None = None,
) -> Iterator[tuple[Session, Draft]]:
    """A draft to put changes into; what is in it at the end is shown, asked about and signed, or kept unsigned."""
    typed = asking.secret_for(path, secret_file)
    with asking.changing(path, typed, agree, None if dry_run or keep else by) as session:
        draft = session.resume_draft(begun) if begun else session.draft()
        try:
            yield session, draft
        except (FormRefused, AuthoredRefused) as refused:
            say_refusal(refused)
            raise
        if keep and not dry_run:
            keep_draft(session, draft, json_=json_)
            return
        number = importing.seal(session, draft, by, dry_run=dry_run, json_=json_, yes=yes)
        if json_:
            speech.put_json({"version": number, "changes": importing.told_json(draft)})


def keep_draft(session: Session, draft: Draft, *, json_: bool) -> None:
    """Tell a draft and keep it in the record."""
    if not json_:
        for line in importing.told(draft):
            for row in speech.paragraph(line, "  "):
                speech.put(row)
    if draft.empty:
        speech.tell("nothing-to-sign")
        return
    id_ = session.save_draft(draft)
    speech.tell("draft-kept", id=id_[:8], number=session.number)
    if json_:
        speech.put_json({"version": session.number, "draft": id_, "changes": importing.told_json(draft)})


def say_refusal(refused: FormRefused | AuthoredRefused) -> None:
    """Each fault in words, before the sentence of the error."""
    faults = refused.faults if isinstance(refused, FormRefused) else refused.findings
    for one in faults:
        for row in speech.paragraph(speech.phrase("warning", what=one.sentence(speech.language()))):
            speech.say(row)


def values_of(form: Form, sets: tuple[str, ...]) -> dict[str, Any]:
    """FIELD=VALUE as values of a form; `atc:B01AF02` is looked up where a code fits.."""
    found: dict[str, Any] = {}
    for one in sets:
        name, sign, value = one.partition("=")
        if not sign:
            raise problems.CommandError
        field = form.field(name.strip())
        coded = _looked_up(value) if field is not None and field.kind is Kind.CODED else None
        found[name.strip()] = coded or value
    return found


def _looked_up(value: str) -> Coded | None:
    system, sign, code = value.partition(":")
    if not sign or " " in system or not code.strip():
        return None
    with Session.lookup() as lookup:
        for answer in lookup.search(code.strip()):
            if answer.term.system == system.lower() and answer.term.code.upper() == code.strip().upper():
                return Session.coded(answer)
    return None


@edit.command()
@click.argument("kind")
@_SETS
@_changing
def add(path: Path, kind: str, sets: tuple[str, ...], by: Signatory, secret_file: Path | None, **how: Any) -> None:
    """Add an entry of a KIND: `edit PATH forms` names them, `edit PATH forms KIND` the fields of one."""
    form = _form(kind)
    values = values_of(form, sets)
    agree = how.pop("agree")
    try:
        with _draft(path, secret_file, agree, by, **how) as (session, draft):
            session.add(draft, kind, values)
    except FormRefused:
        speech.tell("edit-fields", kind=form.kind)
        raise


@edit.command()
@click.argument("id_", metavar="ID")
@click.option("--on", "day", required=True, help="Since when: 12/10/2026, 2026-10-12, 10/2026; auj: today.")
@click.option("--reason", default="", help="Why; it is signed and kept.")
@click.option("--state", default="", help="How, if not as usual: stopped, completed, resolved, inactive, remission.")
@_changing
def stop(
    path: Path, id_: str, day: str, reason: str, state: str, by: Signatory, secret_file: Path | None, **how: Any
) -> None:
    """Stop the treatment, or end the problem, allergy or device, of a line; the former version is kept."""
    agree = how.pop("agree")
    with _draft(path, secret_file, agree, by, **how) as (session, draft):
        session.stop(draft, id_, day, reason, state=state)


@edit.command()
@click.argument("id_", metavar="ID")
@_SETS
@_changing
def correct(path: Path, id_: str, sets: tuple[str, ...], by: Signatory, secret_file: Path | None, **how: Any) -> None:
    """Correct fields of a line: a new version; the former one is kept."""
    agree = how.pop("agree")
    with _draft(path, secret_file, agree, by, **how) as (session, draft):
        kind, _ = session.values(draft, id_)
        session.correct(draft, id_, values_of(Session.form(kind), sets))


@edit.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@_changing
def confirm(path: Path, ids: tuple[str, ...], by: Signatory, secret_file: Path | None, **how: Any) -> None:
    """Say, signed, that lines hold unchanged."""
    agree = how.pop("agree")
    with _draft(path, secret_file, agree, by, **how) as (session, draft):
        for id_ in ids:
            session.confirm(draft, id_, by)


@edit.command()
@click.argument("id_", metavar="ID")
@click.option("--reason", required=True, help="Why; it is signed and kept.")
@_changing
def withdraw(path: Path, id_: str, reason: str, by: Signatory, secret_file: Path | None, **how: Any) -> None:
    """Say, signed, that an entry was recorded by mistake: it stays in the history only."""
    agree = how.pop("agree")
    with _draft(path, secret_file, agree, by, **how) as (session, draft):
        session.withdraw(draft, id_, reason)


@edit.command("show")
@click.argument("id_", metavar="ID")
@asking.as_json
@asking.with_secret
@click.pass_obj
def show_(path: Path, id_: str, json_: bool, secret_file: Path | None) -> None:
    """What the form of a line shows: the fields that `correct` changes."""
    with asking.reading(path, secret_file) as session:
        kind, values = session.values(session.draft(), id_)
        if json_:
            told = {name: _plain(value) for name, value in values.items()}
            speech.put_json({"kind": kind, "values": told, "ends": list(session.ends(session.draft(), id_))})
            return
        form = Session.form(kind)
        rows = [
            (one.name, one.label(speech.language()), _plain(values[one.name]))
            for one in form.fields
            if one.name in values
        ]
        speech.table([(form.label(speech.language()), "", ""), *rows], (14, 22))


@edit.command()
@click.argument("kind", required=False)
@asking.as_json
@asking.speaking
@click.pass_obj
def forms(path: Path, kind: str | None, json_: bool) -> None:
    """The kinds of entries that are written here, or the fields of one."""
    language = speech.language()
    chosen = [_form(kind)] if kind else Session.forms()
    if json_:
        speech.put_json([_form_json(one) for one in chosen])
    elif kind is None:
        speech.table([(one.kind, one.label(language)) for one in chosen], (14,))
    else:
        speech.table([_row(one) for one in chosen[0].fields], (14, 24))


def _row(field: Any) -> tuple[str, str, str]:
    language = speech.language()
    what = ", ".join(one.code for one in field.choices) or ", ".join(field.tables) or str(field.kind)
    must = speech.phrase("edit-required") if field.required else ""
    return field.name, field.label(language), f"{what}{must}"


def _form_json(form: Form) -> dict[str, Any]:
    language = speech.language()
    fields = [
        {
            "name": one.name,
            "label": one.label(language),
            "kind": str(one.kind),
            "required": one.required,
            "tables": list(one.tables),
            "choices": {choice.code: choice.label(language) for choice in one.choices},
        }
        for one in form.fields
    ]
    return {"kind": form.kind, "label": form.label(language), "fields": fields}


def _plain(value: Any) -> str:
    if isinstance(value, Coded):
        return f"{value.text} ({value.code})" if value.is_coded else value.text
    return value if isinstance(value, str) else ", ".join(value)


def _form(kind: str) -> Form:
    try:
        return Session.form(kind)
    except KeyError:
        speech.tell("edit-kinds", kinds=", ".join(one.kind for one in Session.forms()))
        raise problems.CommandError from None


COMMANDS = (edit,)
