"""Confirmations: a professional says of one line that it holds unchanged, apart from any change in it.

An item of type `confirmation` for each line, replaced at each confirmation. Content: canonical JSON with `entry` (the
item id of the line), `day` (YYYY-MM-DD) and `who` (the signer's words). It counts because its commit is signed. Whoever
corrects or stops a line vouches for it, too. What came in later may cast doubt on the line anew.
What a rejoin (`from` in its meta) or an import (`source`) put there again came in later than it was said: whoever said
it had not seen what this record holds, so it answers no doubt here and speaks as of its own day only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from baladeur.chart.items import CONFIRMATION, Live
from baladeur.container import canonical
from baladeur.errors import ItemDamaged
from baladeur.quiet import quiet

_AGAIN: Final = frozenset({"from", "source"})


@dataclass(frozen=True, slots=True, repr=False)
class Confirmation:
    """One of them. `id`: its own item; `seq`: its commit."""

    id: str
    entry: str
    day: str
    who: str
    seq: int

    __repr__ = quiet


def confirmations(items: Sequence[Live]) -> dict[str, Confirmation]:
    """The newest confirmation of each line, by the line's item id. One that is damaged confirms nothing."""
    found: dict[str, Confirmation] = {}
    for one in items:
        if one.type != CONFIRMATION:
            continue
        try:
            value = canonical.load_object(one.content)
            made = Confirmation(one.id, str(value["entry"]), str(value["day"]), str(value["who"]), one.seq)
        except (ValueError, KeyError, ItemDamaged):
            continue
        if made.entry not in found or found[made.entry].seq <= made.seq:
            found[made.entry] = made
    return found


def vouched(items: Sequence[Live]) -> dict[str, int]:
    """Item id of a line → the last commit in which a professional vouched for it: confirmed it, or wrote it here."""
    said_here = [one for one in items if not _AGAIN & one.more.keys()]
    found = {one.id: one.seq for one in said_here if "written" in one.more}
    for id_, one in confirmations(said_here).items():
        found[id_] = max(found.get(id_, 0), one.seq)
    return found
