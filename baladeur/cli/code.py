"""code: one line to look up a coded word."""

from typing import TYPE_CHECKING, Any

import click

from baladeur.cli import speech
from baladeur.cli.asking import as_json, speaking
from baladeur.session import Session

if TYPE_CHECKING:
    from baladeur.tables.lookup import Answer

ANSWERS = 20
WIDTHS = (11, 9, 10, 8)


@click.command()
@click.argument("search", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 200), default=ANSWERS, show_default=True, help="Answers at most.")
@as_json
@speaking
def code(search: tuple[str, ...], limit: int, json_: bool) -> None:
    """Look up a drug, a problem, an allergy, an analyte, an act … by its beginning, a brand, a code, or nearly so."""
    with Session.lookup() as lookup:
        answers = lookup.search(" ".join(search), limit)
        unreadable = lookup.unreadable
    for name in unreadable:
        speech.tell("table-unreadable", table=name)
    if json_:
        speech.put_json([_data(answer) for answer in answers])
        return
    speech.table((_row(answer) for answer in answers), WIDTHS)
    if not answers:
        speech.tell("code-none")
    elif not all(answer.is_reviewed for answer in answers):
        speech.tell("code-unreviewed")


def _row(answer: "Answer") -> tuple[str, str, str, str, str]:
    label = answer.term.label(speech.language())
    if answer.matched:
        label = f"{answer.matched} → {label}"
    state = answer.term.reviewed if answer.is_reviewed else speech.phrase("not-reviewed")
    return (answer.term.code or speech.phrase("uncoded"), answer.system, answer.table, state, label)


def _data(answer: "Answer") -> dict[str, Any]:
    term = answer.term
    return {
        "system": answer.uri,
        "code": term.code,
        "fr": term.fr,
        "en": term.en,
        "matched": answer.matched,
        "also": list(term.also),
        "table": answer.table,
        "version": answer.version,
        "reviewed": answer.is_reviewed,
        "reviewer": term.reviewed,
    }


COMMANDS = (code,)
