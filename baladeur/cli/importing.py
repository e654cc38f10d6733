"""Commands that bring documents in and say that a section was gone through: import, review."""

from collections.abc import Container, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import click

from baladeur.cli import asking, problems, receipts, speech
from baladeur.errors import RecordError
from baladeur.session import Draft, Plan, Session, Signatory, Verb
from baladeur.text import safe_text
from baladeur.wording import differences

MAX_SOURCE = (64 << 20) + 1  # bytes: one over what any document may have, so that a huge file is refused unread
HEIGHT = 24


def files(sources: Sequence[Path]) -> Iterator[Path]:
    """The files that were named, those of a folder in the order of their names. Raises FileRefused."""
    for source in sources:
        if source.is_dir():
            inside = sorted(one for one in source.iterdir() if one.suffix.lower() == ".json" and one.is_file())
            if not inside:
                raise problems.FileRefused
            yield from inside
        elif source.is_file():
            yield source
        else:
            raise problems.FileRefused


def told(draft: Draft, *, without: Container[Verb] = ()) -> Iterator[str]:
    """The difference in plain sentences."""
    return differences.told(draft, speech.language(), without=without)


def section(name: str) -> str:
    """A section's name in the user's language."""
    return differences.section(name, speech.language())


def told_json(draft: Draft) -> list[dict[str, str]]:
    """The difference, for programs."""
    names, more = ("section", "words", "before", "place"), ("day", "key")
    language = speech.language()
    return [
        {"verb": str(one.verb)}
        | {name: getattr(one, name) for name in names}
        | {name: getattr(one, name) for name in more if getattr(one, name)}
        | ({"detail": one.detail[language == "en"]} if one.detail[0] else {})
        for one in draft.told
    ]


def _bring(session: Session, draft: Draft, sources: Sequence[Path]) -> list[tuple[Plan, int]]:
    """The plan of each file, and how many faults above a note the checker finds in it: it is read all the same."""
    plans = []
    found = list(files(sources))
    with speech.progress("importing") as step:
        for number, file in enumerate(found, 1):
            with file.open("rb") as opened:
                data = opened.read(MAX_SOURCE)
            try:
                plan = session.bring(draft, data, safe_text(file.name))
            except RecordError:
                if len(found) > 1:
                    speech.tell("import-which", n=number, total=len(found))
                raise
            faults = (one for found_here in session.check(BytesIO(data)) for one in found_here)
            plans.append((plan, sum(one.severity != "note" for one in faults)))
            step(number, len(found))
    return plans


def seal(session: Session, draft: Draft, by: Signatory | None, *, dry_run: bool, json_: bool, yes: bool) -> int | None:
    """Show a draft, ask, sign. Returns the number of the commit, or None if nothing was written."""
    if not json_:
        for line in told(draft):
            for row in speech.paragraph(line, "  "):
                speech.put(row)
    if draft.empty:
        speech.tell("nothing-to-sign")
        return None
    if not dry_run:
        session.may_seal(draft, by)
    asked = not yes and asking.on_terminal()
    if not json_ and (dry_run or asked):
        speech.tell("page-planned")
        for row in Session.screens(session.planned(draft), speech.language(), speech.WIDTH, HEIGHT)[0]:
            click.echo(row)  # tamed when it was read
    if dry_run:
        speech.tell("dry-run")
        return None
    if asked and not asking.offer("sign-ask" if by else "write-ask"):
        raise click.Abort
    number = session.seal(draft, by)
    speech.tell("sealed" if by else "declared", number=number)
    if session.was_checked and session.was_checked.faults > 0:
        speech.tell("summary-faults", n=session.was_checked.faults)
    if by:
        receipts.after(session, asked=asked)
    return number


def say_warnings(odd: list[Any]) -> None:
    """What is odd about the numbers of an identity; none of it keeps it out."""
    for one in odd:
        for row in speech.paragraph(speech.phrase("warning", what=Session.warning(one, speech.language()))):
            speech.say(row)


def _plan_json(session: Session, plan: Plan) -> dict[str, Any]:
    return {
        "new": len(plan.new),
        "replaced": len(plan.replaced),
        "same": plan.same,
        "older": plan.older,
        "left": len(plan.left),
        "beside": len(plan.beside),
        "not_shown": dict(plan.document.unread),
        "findings": [{"code": one.code, "where": one.where} for one in plan.document.findings],
        "warnings": list(map(str, session.odd(plan))),
        "whose": plan.whose,
    }


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what it would do; write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--keep", is_flag=True, help="Keep it as a draft, unsigned; no card is needed.")
@asking.signing
@asking.as_json
@asking.writing
def import_(
    path: Path,
    sources: tuple[Path, ...],
    dry_run: bool,
    yes: bool,
    keep: bool,
    by: Signatory,
    json_: bool,
    secret_file: Path | None,
    agree: bool,
) -> None:
    """Import FHIR R4 documents (JSON files, or a folder of them), signed by a card. All of them or none."""
    list(files(sources))  # nobody types eight words for a file that is not there
    with asking.changing(path, asking.secret_for(path, secret_file), agree, None if dry_run or keep else by) as session:
        draft = session.draft()
        plans = _bring(session, draft, sources)
        for plan, faults in plans:
            if plan.older:
                speech.tell("import-older")
            if plan.whose:
                speech.complain(speech.phrase(f"import-{plan.whose}"))
            if plan.same and not json_:
                speech.tell("import-same", n=plan.same)
            if plan.document.unread:
                speech.tell("import-unread", n=sum(plan.document.unread.values()))
            if faults or plan.document.findings:
                speech.tell("import-findings", n=faults or len(plan.document.findings))
            say_warnings(session.odd(plan))
        if any(plan.new for plan, _ in plans) and not any(one.type == "identity" for one in draft.items()):
            several = any(list(plan.document.types.values()).count("Patient") > 1 for plan, _ in plans)
            for row in speech.paragraph(speech.phrase("import-several" if several else "import-nobody")):
                speech.say(row)
        if keep and not dry_run and not draft.empty:
            speech.tell("draft-kept", id=session.save_draft(draft)[:8], number=session.number)
            return
        number = seal(session, draft, by, dry_run=dry_run, json_=json_, yes=yes)
        if json_:
            value = {
                "version": number,
                "files": [{**_plan_json(session, plan), "faults": faults} for plan, faults in plans],
                "changes": told_json(draft),
            }
            speech.put_json(value)


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("sections", nargs=-1, required=True, type=click.Choice(Session.REVIEWED))
@click.option("--yes", is_flag=True, help="Do not ask.")
@asking.signing
@asking.writing
def review(
    path: Path, sections: tuple[str, ...], yes: bool, by: Signatory, secret_file: Path | None, agree: bool
) -> None:
    """Say, signed, that whole sections were gone through: medications, allergies."""
    with asking.changing(path, asking.secret_for(path, secret_file), agree, by) as session:
        draft = session.draft()
        session.review(draft, sections, by)
        seal(session, draft, by, dry_run=False, json_=False, yes=yes)


COMMANDS = (import_, review)
