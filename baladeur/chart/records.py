"""Live entries to the record: each import is read as the document that it was, then all lines meet.

References hold inside an import only: two documents may both call their patient Patient/1. A resource that several
imports brought is read in the newest of them; one that was replaced stands in its imports by its present version.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from baladeur.chart.confirmed import vouched
from baladeur.chart.items import IDENTITY, PREFIX, SOURCE, Live
from baladeur.chart.sources import Import, parse
from baladeur.quiet import quiet
from baladeur.record import fhir, scan
from baladeur.record.fhir import Kept
from baladeur.record.merge import Told, denied, merge
from baladeur.record.model import Document
from baladeur.record.people import Identity


def imports(items: Sequence[Live]) -> list[Import]:
    """The imports of the record, oldest first. Raises ItemDamaged."""
    return [parse(one) for one in items if one.type == SOURCE]


def present(items: Sequence[Live], former: Mapping[str, str]) -> dict[str, str]:
    """Every id that an import names → the live id that stands for it. former: replaced id → its successor."""
    found = {one.id: one.id for one in items}
    for old in former:
        if (new := _newest(old, former)) in found:
            found[old] = new
    return found


@dataclass(frozen=True, slots=True, repr=False)
class Group:
    """Live resources that came as one document; `source` is None for what was written here."""

    kept: tuple[Kept, ...]
    source: Import | None = None
    borrowed: str = ""  #: the record's Patient, of another document, to whom what was written here refers

    __repr__ = quiet

    @property
    def kind(self) -> str:
        """Its `Source.kind`."""
        return self.source.kind if self.source else "collection"


def groups(items: Sequence[Live], former: Mapping[str, str]) -> list[Group]:
    """The live resources by the documents that they came in, oldest first, keys are item ids. Raises ItemDamaged.

    What came without an import (written here) is the last group, with the record's Patient. A line that two copies
    changed stands twice in its import: once by its successor here, once by the one that came with the other copy
    (`former` in its meta).
    """
    by_id = {one.id: one for one in items if one.is_fhir}
    stands = present(items, former)
    found, seen = [], set[str]()
    sure = vouched(items)
    left = {id_ for id_, seq in listing_left(items, stands).items() if seq > sure.get(id_, -1)}
    urls = addresses(by_id, former)
    sources = imports(items)
    listed = {stands.get(id_) for source in sources for id_ in source.order}
    twins = _twins([one for one in by_id.values() if one.id not in listed], former)
    for source in sources:
        there: dict[str, str] = {}  # the live id → the id that the import lists
        for old in source.order:
            for id_ in (stands.get(old, ""), *twins.get(_newest(old, former), ())):
                if id_ in by_id:
                    there.setdefault(id_, old)
        seen.update(there)
        if there:
            kept = (_kept(by_id[now], source.marked, now in left, urls[now], old) for now, old in there.items())
            found.append(Group(tuple(kept), source))
    rest = [one for one in by_id.values() if one.id not in seen]
    if not rest:
        return found
    patient = next((one for one in by_id.values() if one.type == IDENTITY and one.id in seen), None)
    own = tuple(_kept(one, frozenset(), False, urls[one.id]) for one in [*rest, *([patient] if patient else [])])
    return [*found, Group(own, None, patient.id if patient else "")]


def _twins(items: Sequence[Live], former: Mapping[str, str]) -> dict[str, list[str]]:
    """The entry that stands for a fact here → the lines by which another copy replaced the same fact."""
    found: dict[str, list[str]] = {}
    for one in items:
        if "former" in one.more and "section" in one.more:
            found.setdefault(_newest(one.more["former"], former), []).append(one.id)
    return found


def _newest(id_: str, former: Mapping[str, str]) -> str:
    seen = set[str]()
    while id_ in former and id_ not in seen:
        seen.add(id_)
        id_ = former[id_]
    return id_


def addresses(ids: Iterable[str], former: Mapping[str, str]) -> dict[str, str]:
    """Id → the fullUrl that it has in a Bundle of ours: the id of the first version of the fact, as a UUID."""
    before = {new: old for old, new in former.items()}
    found = {}
    for id_ in ids:
        first, seen = id_, {id_}
        while first in before and before[first] not in seen:
            first = before[first]
            seen.add(first)
        found[id_] = f"urn:uuid:{UUID(hex=first)}"
    return found


def documents(items: Sequence[Live], former: Mapping[str, str], *, as_of: date) -> list[Document]:
    """The live resources as the documents that they came in, oldest first, read on a day.

    Keys are item ids. What came without an import (written here) is a document of its own, the last.
    Raises ItemDamaged, BundleInvalid's kinds.
    """
    made = groups(items, former)
    found = [_assembled(group, as_of) for group in made]
    keys = denied(found, _told(items, made), vouched(items))
    if not keys:
        return found
    doubted = [replace(group, kept=tuple(replace(one, denied=one.key in keys) for one in group.kept)) for group in made]
    return [
        _assembled(group, as_of) if any(one.denied for one in group.kept) else read
        for group, read in zip(doubted, found, strict=True)
    ]


def _told(items: Sequence[Live], made: Sequence[Group]) -> dict[str, Told]:
    """When each line was told: what was written here as of its own day, what was imported as of its import."""
    seqs = {one.id: one.seq for one in items}
    days = {one.id: one.more["written"] for one in items if "written" in one.more}
    return {
        kept.key: Told(
            days.get(kept.key, ""), seqs[kept.key if kept.key in days or not group.source else group.source.id]
        )
        for group in made
        for kept in group.kept
        if kept.key != group.borrowed
    }


def _assembled(group: Group, as_of: date) -> Document:
    return _dated(fhir.assemble(group.kept, as_of=as_of, kind=group.kind), group.source)


def _dated(read: Document, source: Import | None) -> Document:
    """A collection says no date of its own: the import's stands for it."""
    if source is None or read.source.date or not source.date:
        return read
    return replace(read, source=replace(read.source, date=source.date))


def listing_left(items: Sequence[Live], stands: Mapping[str, str]) -> dict[str, int]:
    """Ids of what only former versions of a document list: nobody says any more that it holds, or that it is over.

    Each with the commit that brought the version which is silent about it.
    """
    covers = {one.id for one in items if one.type == PREFIX + "composition"}
    seqs = {one.id: one.seq for one in items}
    made = imports(items)
    lists = [{stands[id_] for id_ in source.order if id_ in stands} for source in made]
    newest = {id_: at for at, ids in enumerate(lists) for id_ in ids & covers}
    told: set[str] = set()
    leaving: dict[str, int] = {}
    for at, ids in enumerate(lists):
        silent = [seqs[made[newest[id_]].id] for id_ in ids & covers if newest[id_] > at]
        if silent:
            leaving |= {id_: max(max(silent), leaving.get(id_, 0)) for id_ in ids}
        else:
            told |= ids
    return {id_: seq for id_, seq in leaving.items() if id_ not in told}


def _kept(one: Live, marked: frozenset[str], left: bool = False, also: str = "", listed: str = "") -> Kept:
    """`listed`: the id under which an import brought it; its document calls it by the name that it had then."""
    url = _names(one).get(listed, one.more.get("url", ""))
    return Kept(one.id, url, one.content, one.id in marked, left, also=also)


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
