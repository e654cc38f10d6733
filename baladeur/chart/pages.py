"""The emergency page of a record: its lines from the live entries, and the parts that a commit signs or declares.

Source: schemas/emergency-page.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from baladeur.chart import declared as holder
from baladeur.chart import records
from baladeur.chart.items import Live
from baladeur.container import canonical
from baladeur.errors import ItemDamaged
from baladeur.record import emergency, heading, summary
from baladeur.record.heading import Review
from baladeur.record.model import Document, SectionName
from baladeur.record.page import Block, Kind, Line
from baladeur.record.seen import Difference

REVIEW: Final = "review"
#: Sections that put nothing on the page but results: they need not be read to compare the rest of it.
RESULTS_ONLY: Final = frozenset({"results", "encounters", "documents", "plan_of_care", "other"})


def reviews(items: Sequence[Live]) -> dict[SectionName, Review]:
    """The last review of each section. Raises ItemDamaged."""
    found = {}
    for one in items:
        if one.type != REVIEW:
            continue
        try:
            value = canonical.load_object(one.content)
            found[SectionName(value["section"])] = Review(str(value["day"]), str(value["who"]), (one.id,))
        except (ValueError, KeyError):
            raise ItemDamaged(one.id) from None
    return found


def lines(items: Sequence[Live], former: Mapping[str, str], *, as_of: date) -> tuple[Line, ...]:
    """All lines of the page as they are signed on a day. Entries of the dossier only are not among them.

    Raises ItemDamaged, BundleInvalid's kinds.
    """
    visible = [one for one in items if not one.hidden]
    record = records.record(visible, former, as_of=as_of)
    made = summary.summarise(
        record, as_of=as_of, reviews=reviews(visible), unavailable=_withheld(record, items, visible)
    )
    told = holder.lines(holder.declared(visible))
    return tuple(_named(line) for line in [*made, *told] if line.kind is not Kind.SOURCE)


def declared(items: Sequence[Live], *, as_of: date, alone: bool) -> tuple[Line, ...]:
    """The lines that the holder declares, without reading the medical entries; with `alone` the identity, too.

    Nobody has signed a page then that says who it is about. Raises ItemDamaged, BundleInvalid's kinds.
    """
    visible = [one for one in items if not one.hidden]
    who = records.identity(visible, as_of=as_of)
    first = [heading.identity(who, declared=True)] if alone and who is not None else []
    told = holder.lines(holder.declared(visible))
    return tuple(map(_named, [*first, *heading.contacts(who), *told]))


def _named(line: Line) -> Line:
    """Its keys as item ids, each once."""
    return replace(line, keys=tuple(dict.fromkeys(map(records.item_of, line.keys))))


def _withheld(record: Document, items: Sequence[Live], visible: Sequence[Live]) -> frozenset[SectionName]:
    """Sections of which the page shows nothing because all that they hold is for the dossier only."""
    shown = {entry.section for entry in record.entries}
    hidden = {one.more.get("section", "") for one in items if one.hidden}
    return frozenset(name for name in SectionName if str(name) in hidden and name not in shown)


def parts(made: Sequence[Line]) -> tuple[list[bytes], list[bytes]]:
    """The parts to sign and the parts that the holder declares, as canonical bytes."""
    signed, declared = emergency.parts(made), emergency.parts(made, declared=True)
    return list(map(canonical.dumps, signed)), list(map(canonical.dumps, declared))


def difference(
    signed: Sequence[Mapping[str, object]],
    withdrawn: int,
    items: Sequence[Live],
    former: Mapping[str, str],
    *,
    signed_on: date,
    results: bool = True,
) -> Difference:
    """How a signed page differs from what the whole record gives for the day of signing.

    Without `results` the entries that can only be results are not read: on a large record they are most of it.
    """
    some = items if results else [one for one in items if one.more.get("section", "") not in RESULTS_ONLY]
    again = emergency.parts(lines(some, former, as_of=signed_on))
    without = () if results else (Block.RESULTS, Block.MISSING)
    return emergency.differences(signed, again, withdrawn, without=without)
