"""Sealing a draft: the emergency page of the record as it will stand, then statement, signature and frame.

Source: schemas/container.md sections 10, 11 and 13; schemas/emergency-page.md for the lines.
"""

from dataclasses import replace
from datetime import date

from baladeur.acts.draft import Draft
from baladeur.chart import pages
from baladeur.container.change import Author
from baladeur.errors import ItemDamaged, RecordError


def seal(draft: Draft, author: Author, *, today: date) -> None:
    """Write the draft as one commit by its author. Raises WriteRefused's and MediumError's kinds, ItemDamaged.

    A professional signs the whole page anew; the holder's commit changes the declared lines only.
    After an error the record stands at its last commit, or at the new one; open it again to go on.
    """
    try:
        signed, declared = pages.parts(pages.lines(draft.items(), draft.former(), as_of=today))
        change = replace(draft.change, parts=signed if author.sign else None, declared=declared)
    except (ItemDamaged, RecordError):
        if author.sign:
            raise
        change = draft.change  # the holder can still note, erase and copy; the page stays as it was
    draft.container.commit(change, author)
