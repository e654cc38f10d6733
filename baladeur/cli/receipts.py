"""After a signature: what its holder should know; the receipt and the printed page, each in one key press."""

from pathlib import Path

import click

from baladeur.cli import asking, paper, pin, speech
from baladeur.errors import PaperRefused
from baladeur.session import Session


def after(session: Session, *, asked: bool = True) -> None:
    """Say what there is to say of the card; give the receipt, into --receipt or if it is wanted; offer the sheet."""
    pin.say_notices(session)
    folder = asking.receipt_folder()
    if folder is None and asked and asking.on_terminal():
        place = session.kept_place()
        folder = place if _one_key("receipt-ask", place) else None
    if folder is not None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        speech.tell("receipt-kept", words=session.keep_receipt(folder))
    if asked and asking.on_terminal():
        _offer_sheet(session)


def _offer_sheet(session: Session) -> None:
    """The new emergency page to print. What is signed stays signed if there is no sheet."""
    place = session.kept_place(".pdf")
    if _one_key("sheet-ask", place):
        try:
            made = session.sheet((speech.language(),))
        except PaperRefused as refused:
            speech.complain_of(refused)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            paper.write(place, made)


def _one_key(question: str, place: Path) -> bool:
    for row in speech.paragraph(speech.phrase(question, where=place)):
        speech.say(row)
    return click.getchar()[:1].lower() == speech.phrase("yes")[0]  # a key and Enter may come together
