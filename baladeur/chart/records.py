"""Live entries to the record: each import is read as the document that it was, then all lines meet.

References hold inside an import only: two documents may both call their patient Patient/1. A resource that several
imports brought is read in the newest of them; one that was replaced stands in its imports by its present version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from baladeur.chart.items import IDENTITY, PREFIX, SOURCE, Live
from baladeur.chart.sources import Import, parse
from baladeur.record import fhir, scan
from baladeur.record.fhir import Kept
from baladeur.record.merge import merge
from baladeur.record.model import Document
from baladeur.record.people import Identity


def imports(items: Sequence[Live]) -> list[Import]:
    """The imports of the record, oldest first. Raises ItemDamaged."""
    return [parse(one) for one in items if one.type == SOURCE]


def present(items: Sequence[Live], former: Mapping[str, str]) -> dict[str, str]:
    """Every id that an import names → the live id that stands for it. former: replaced id → its successor."""
    found = {one.id: one.id for one in items}
    for old in former:
        new, seen = old, set[str]()
        while new in former and new not in seen:
            seen.add(new)
            new = former[new]
        if new in found:
            found[old] = new
    return found


def documents(items: Sequence[Live], former: Mapping[str, str], *, as_of: date) -> list[Document]:
    """The live resources as the documents that they came in, oldest first, read on a day.

    Keys are item ids. What came without an import (written here) is a document of its own, the last.
    Raises ItemDamaged, BundleInvalid's kinds.
    """
    by_id = {one.id: one for one in items if one.is_fhir}
    stands = present(items, former)
    found, seen = [], set[str]()
    left = listing_left(items, stands)
    for source in imports(items):
        listed: dict[str, str] = {}
        for id_ in source.order:
            if stands.get(id_) in by_id:
                listed.setdefault(stands[id_], id_)
        seen.update(listed)
        kept = [_kept(by_id[now], source.marked, now in left, then) for now, then in listed.items()]
        if kept:
            read = fhir.assemble(kept, as_of=as_of, kind=source.kind)
            found.append(_dated(read, source))
    rest = [_kept(one, frozenset()) for one in by_id.values() if one.id not in seen]
    return [*found, fhir.assemble(rest, as_of=as_of)] if rest else found


def _dated(read: Document, source: Import) -> Document:
    """A collection says no date of its own: the import's stands for it."""
    if read.source.date or not source.date:
        return read
    return replace(read, source=replace(read.source, date=source.date))


def listing_left(items: Sequence[Live], stands: Mapping[str, str]) -> set[str]:
    """Ids of what only former versions of a document list: nobody says any more that it holds, or that it is over."""
    covers = {one.id for one in items if one.type == PREFIX + "composition"}
    lists = [{stands[id_] for id_ in source.order if id_ in stands} for source in imports(items)]
    newest = {id_: at for at, ids in enumerate(lists) for id_ in ids & covers}
    told: set[str] = set()
    leaving: set[str] = set()
    for at, ids in enumerate(lists):
        if any(newest[id_] > at for id_ in ids & covers):
            leaving |= ids
        else:
            told |= ids
    return leaving - told


def _kept(one: Live, marked: frozenset[str], left: bool = False, listed: str = "") -> Kept:
    """`listed`: the id under which an import brought it; its document calls it by the name that it had then."""
    url = _names(one).get(listed, one.more.get("url", ""))
    return Kept(one.id, url, one.content, one.id in marked, left)


def names_before(replaced: Live, url: str) -> str:
    """For the meta of what replaces an entry under another fullUrl: each former id with the name that it had.

    Another server calls the same resource by another name; the document that listed it first still uses the old one.
    """
    told = _names(replaced) | {replaced.id: replaced.more.get("url", "") or _own_name(replaced)}
    return "\n".join(f"{id_} {name}" for id_, name in told.items()) if set(told.values()) != {url} else ""


def _own_name(one: Live) -> str:
    resource = scan.parse(one.content)
    return f"{resource['resourceType']}/{resource['id']}" if isinstance(resource.get("id"), str) else ""


def _names(one: Live) -> dict[str, str]:
    pairs = (line.partition(" ") for line in one.more.get("names", "").split("\n"))
    return {id_: url for id_, _, url in pairs if id_}


def identity(items: Sequence[Live], *, as_of: date) -> Identity | None:
    """Who the record is about: the live entry of type identity, or None."""
    for one in items:
        if one.type == IDENTITY and one.is_fhir:
            return fhir.assemble([_kept(one, frozenset())], as_of=as_of).identity
    return None


def record(items: Sequence[Live], former: Mapping[str, str], *, as_of: date) -> Document:
    """The whole record as one Document; keys are item ids. Raises as `documents` does."""
    return merge(documents(items, former, as_of=as_of), identity(items, as_of=as_of))


def item_of(key: str) -> str:
    """The item id that a key of the record stands for: a line that an import lists but lacks is its Composition's."""
    return key.split("|", 1)[0]
