"""After a signature: what its holder should know, and the receipt for the practice file, in one key press."""

from pathlib import Path

import click

from baladeur.cli import asking, pin, speech
from baladeur.session import Session


def after(session: Session, *, asked: bool = True) -> None:
    """Say what there is to say of the card, and give the receipt: into --receipt, else if it is wanted."""
    pin.say_notices(session)
    folder = asking.receipt_folder()
    if folder is None and asked and asking.on_terminal():
        place = _default(session)
        for row in speech.paragraph(speech.phrase("receipt-ask", where=place)):
            speech.say(row)
        key = click.getchar()
        folder = place if key.lower() == speech.phrase("yes")[0] else None
    if folder is not None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        speech.tell("receipt-kept", words=session.keep_receipt(folder))


def _default(session: Session) -> Path:
    """A folder that does not exist yet among the user's documents; its name says nothing of the patient."""
    from platformdirs import user_documents_path

    stem = f"{session.today:%Y-%m-%d}-{session.number:04d}"
    places = (user_documents_path() / "Baladeur" / (stem + (f"-{n}" if n else "")) for n in range(1000))
    return next(place for place in places if not place.exists())
