"""drafts: what was prepared without a card, or kept when the key was pulled out: see it, sign it, drop it."""

from pathlib import Path

import click

from baladeur.cli import asking, importing, reading, speech
from baladeur.session import Draft, KeptDraft, Session, Signatory


@click.group()
@click.argument("path", type=click.Path(path_type=Path))
@click.pass_context
def drafts(ctx: click.Context, path: Path) -> None:
    """Changes that wait for a signature, kept in the record."""
    ctx.obj = path


@drafts.command("list")
@asking.as_json
@asking.with_secret
@click.pass_obj
def list_(path: Path, json_: bool, secret_file: Path | None) -> None:
    """List them: from when, how many changes."""
    with asking.reading(path, secret_file) as session:
        found = session.drafts()
        if json_:
            names = ("id", "title", "day", "changes", "form")
            speech.put_json([{name: getattr(one, name) for name in names} for one in found])
        elif not found:
            speech.tell("drafts-none")
        else:
            head = tuple(speech.phrase(f"head-{name}") for name in ("id", "date", "changes", "title"))
            rows = [(one.id[: reading.ID_SHOWN], one.day, _count(one), one.title) for one in found]
            speech.table([head, *rows], (reading.ID_SHOWN, 10, 11))


def _count(one: KeptDraft) -> str:
    """How many changes, and whether a form stands in it, begun; a question mark: it cannot be read."""
    begun = f"{'+' if one.changes else ''}{speech.phrase('draft-form')}" if one.form else ""
    return f"{one.changes or ''}{begun}" if one.readable and (one.changes or one.form) else "?"


def _say_begun(draft: Draft) -> None:
    """A form that stands in a draft is no change of it."""
    if draft.begun is not None:
        form = Session.form(draft.begun.kind).label(speech.language())
        speech.tell("draft-begun", form=form)


@drafts.command()
@click.argument("id_", metavar="ID")
@asking.as_json
@asking.with_secret
@click.pass_obj
def show(path: Path, id_: str, json_: bool, secret_file: Path | None) -> None:
    """What one of them would do now, and the page that it would give."""
    with asking.reading(path, secret_file) as session:
        draft = session.resume_draft(id_)
        if json_:
            speech.put_json(importing.told_json(draft))
            return
        for line in importing.told(draft):
            for row in speech.paragraph(line, "  "):
                speech.put(row)
        _say_begun(draft)
        speech.tell("page-planned")
        for row in Session.screens(session.planned(draft), speech.language(), speech.WIDTH, importing.HEIGHT)[0]:
            click.echo(row)  # tamed when it was read


@drafts.command()
@click.argument("id_", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@asking.signing
@asking.writing
@click.pass_obj
def sign(path: Path, id_: str, yes: bool, by: Signatory, secret_file: Path | None, agree: bool) -> None:
    """Sign one of them: it becomes a version, and is no draft any more."""
    with asking.changing(path, asking.secret_for(path, secret_file), agree, by) as session:
        draft = session.resume_draft(id_)
        _say_begun(draft)
        importing.seal(session, draft, by, dry_run=False, json_=False, yes=yes)


@drafts.command()
@click.argument("id_", metavar="ID")
@asking.writing
@click.pass_obj
def drop(path: Path, id_: str, secret_file: Path | None, agree: bool) -> None:
    """Withdraw one of them; the history keeps it, `baladeur erase` erases it."""
    with asking.changing(path, asking.secret_for(path, secret_file), agree) as session:
        speech.tell("holder-removed", number=session.drop_draft(id_))


COMMANDS = (drafts,)
