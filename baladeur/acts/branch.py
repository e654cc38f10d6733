"""The commits of another copy and the entries that they brought: what `rejoining` needs to know of each alone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from baladeur.chart import items
from baladeur.chart.items import EVIDENCE
from baladeur.container import canonical
from baladeur.container.catalogue import MAX_META
from baladeur.container.change import NewItem
from baladeur.container.container import Container, Entry
from baladeur.container.statement import RECORD_MEDIA, WHOLE, Record
from baladeur.errors import ItemDamaged, Malformed

PART: Final = "part"  # of a branch that did not come in whole


def marked(item: NewItem, mark: str) -> NewItem:
    """A record says whether all that its copy had has come in; of a third copy it says no more than that one did."""
    if item.type != EVIDENCE or item.media != RECORD_MEDIA:
        return item
    kept = PART if PART in (mark, item.more.get("branch")) else WHOLE
    return replace(item, more={**item.more, "branch": kept})


def fits(item: NewItem) -> bool:
    """Whether there is room for its meta."""
    meta = {**item.more, "type": item.type, "title": item.title, "date": item.date, "media": item.media, "of": "0" * 32}
    return len(canonical.dumps(meta)) + len(WHOLE) <= MAX_META


def ops(record: Record) -> list[dict[str, Any]]:
    """What a commit says it did; nothing where it is malformed."""
    try:
        told = record.inner_value().get("ops")
    except Malformed:
        return []
    return [op for op in told if isinstance(op, dict)] if isinstance(told, list) else []


def erased(container: Container) -> set[str]:
    """Ids that a copy which was rejoined earlier had erased: no third copy brings them back."""
    found = set[str]()
    for one in items.live(container):
        if one.type == EVIDENCE and one.media == RECORD_MEDIA and one.more.get("branch") == WHOLE:
            try:
                ops_ = ops(Record.unpack(one.content))
            except (ItemDamaged, Malformed):
                continue
            found |= {str(op["of"]) for op in ops_ if op.get("op") == "erase" and "of" in op}
    return found


def by_version(entries: Sequence[Entry]) -> list[Entry]:
    """A replaced one before what replaces it, though one commit may have brought both; imports before the rest."""
    by_id = {one.id.hex(): one for one in entries}
    done: dict[str, Entry] = {}

    def put(one: Entry) -> None:
        before = by_id.get(str(one.meta.get("of", "")))
        if before is not None and before.id.hex() not in done and before is not one:
            put(before)
        done[one.id.hex()] = one

    for one in entries:
        put(one)
    return list(done.values())
