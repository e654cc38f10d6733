"""Sealing a draft: the emergency page of the record as it will stand, then statement, signature and frame.

Source: schemas/container.md sections 10, 11 and 13; schemas/emergency-page.md for the lines.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from baladeur.acts import holding
from baladeur.acts.draft import Draft
from baladeur.chart import pages
from baladeur.chart.items import after, named
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container
from baladeur.errors import ItemDamaged, RecordError, SummaryDamaged

if TYPE_CHECKING:
    from baladeur.acts.checking import Checked


def seal(draft: Draft, author: Author, *, today: date) -> "Checked | None":
    """Write the draft as one commit by its author. Raises WriteRefused's and MediumError's kinds, ItemDamaged.

    A professional signs the whole page anew, after what changed was checked (AuthoredRefused) and the summary that it
    makes; the holder's commit changes the declared lines only. Returns what was checked.
    After an error the record stands at its last commit, or at the new one; open it again to go on.
    """
    change, found = draft.change, None
    if draft.kept_as and not draft.empty:  # what was a draft is now a version: nobody signs it twice
        kept = bytes.fromhex(draft.kept_as)
        change = replace(change, withdraw=[*(one for one in change.withdraw if one != kept), kept])
    if author.sign is None:
        change = replace(change, declared=_declared(draft, today))
    else:
        from baladeur.acts import checking  # a holder's commit does not wait for the checker

        found = checking.checked(draft, today=today)
        signed, declared = pages.parts(pages.lines(draft.items(), draft.former(), as_of=today))
        change = replace(change, parts=signed, declared=declared)
    write(draft.container, change, author)
    return found


def _declared(draft: Draft, today: date) -> list[bytes] | None:
    """The holder's lines; None where something damaged is in the way: she can still note, erase and copy."""
    try:
        return pages.parts(pages.declared(draft.items(), as_of=today, alone=not _has_page(draft.container)))[1]
    except (ItemDamaged, RecordError):
        return None


def write(container: Container, change: Change, author: Author) -> None:
    """The one way into a record. Raises IdentitySigned, WriteRefused's and MediumError's kinds."""
    holding.guard(container, change, professional=author.sign is not None)
    container.commit(change, author)


def first(add: Sequence[NewItem], *, today: date) -> Change:
    """What a new record begins with, and its declared lines."""
    change = Change(add=named(add))
    try:
        lines = pages.declared(after([], change), as_of=today, alone=True)
    except RecordError:
        return change
    return replace(change, declared=pages.parts(lines)[1])


def _has_page(container: Container) -> bool:
    """Whether a signed page is there, or may be."""
    try:
        return bool(container.summary().cms)
    except SummaryDamaged:
        return True
