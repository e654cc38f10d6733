"""One line of the record, read with the document that it stands in and nothing else: an edit waits for no archive."""

from collections.abc import Mapping, Sequence
from datetime import date

from baladeur.chart import records
from baladeur.chart.items import IDENTITY, SOURCE, Live
from baladeur.chart.sources import parse
from baladeur.record.model import Entry


def line(items: Sequence[Live], former: Mapping[str, str], id_: str, *, as_of: date) -> Entry | None:
    """The line of a live entry, without what other documents say of it; None: it makes none.

    Raises ItemDamaged, BundleInvalid's kinds.
    """
    around = _around(items, former, id_)
    for document in reversed(records.documents(around, former, as_of=as_of)):
        for entry in document.entries:
            if entry.key == id_:
                return entry
    return None


def _around(items: Sequence[Live], former: Mapping[str, str], id_: str) -> list[Live]:
    """The entry, the record's patient, and, of the newest import that holds it, all the rest."""
    own = next((one for one in items if one.id == id_), None)
    if own is None or "former" in own.more:  # it came from another copy: which import it belongs to takes them all
        return list(items)
    stands = records.present(items, former)
    wanted = {id_} | {one.id for one in items if one.type == IDENTITY}
    for one in reversed(items):
        if one.type == SOURCE:
            held = {stands.get(old, "") for old in parse(one).order}
            if id_ in held:
                wanted |= held | {one.id}
                break
    return [one for one in items if one.id in wanted]
