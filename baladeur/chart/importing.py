"""What an import would bring, before anything is written: new, known already, newer versions, no longer there.

A resource is the same fact as a live one if both carry the same absolute fullUrl, or the same business identifier and
nothing else there does, or if its fullUrl is one that this record gave out. The same bytes are not stored twice; other
bytes become a new version, the old one is kept.
What a professional wrote here over a fact of a document (a stop, a correction) stands against the versions that the
document brings up to the day on which it was written: they are kept beneath it. A newer one replaces it, which is told.
A new version of a document (its Composition) takes the old one's place: what only the old one listed stays, to be
confirmed, because a snapshot that is silent says neither that it holds nor that it is over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from baladeur.chart import lines, records, sources
from baladeur.chart.items import FHIR_JSON, IDENTITY, PREFIX, Live
from baladeur.chart.items import after as items_after
from baladeur.container import suite
from baladeur.container.change import Change, NewItem
from baladeur.errors import AnotherPatient, ItemDamaged, ItemErased, NoSuchItem
from baladeur.quiet import quiet
from baladeur.record import fhir, scan
from baladeur.record.identity import bare_oid, is_ins, matricules
from baladeur.record.links import bare
from baladeur.record.merge import subjects
from baladeur.record.model import Document, Entry, Place, SectionName
from baladeur.record.people import Identity
from baladeur.record.references import plain
from baladeur.text import fold

_INS = 13  # characters of an INS; its two check digits may be left out
TITLE = 300  # characters of an entry's words that its title repeats
#: Sections of what holds or does not hold; in the others an entry is an event, and two of a kind are two events.
STATES = frozenset(
    {
        SectionName.ALLERGIES, SectionName.PROBLEMS, SectionName.MEDICATIONS, SectionName.DEVICES, SectionName.ALERTS,
        SectionName.ADVANCE_DIRECTIVES,
    }
)  # fmt: skip
_IDENTIFIED = fhir.LINES | {"Composition"}  # what a business identifier names for good


@dataclass(slots=True, repr=False)
class Plan:
    """What one file would do to the record. Titles are the entries' own words."""

    document: Document
    add: list[NewItem] = field(default_factory=list)
    new: list[Entry] = field(default_factory=list)
    replaced: list[tuple[str, Entry]] = field(default_factory=list)  #: title before, entry after
    left: list[str] = field(default_factory=list)  #: titles of what the new version of a document no longer lists
    same: int = 0  #: resources that are in the record byte for byte
    older: bool = False  #: the record has a newer version of this very document: nothing is taken
    beside: list[tuple[str, Entry]] = field(default_factory=list)  #: a current line that speaks of the same thing
    standing: list[tuple[str, Entry]] = field(default_factory=list)  #: what was written here stays over the document
    reopened: list[tuple[str, Entry]] = field(default_factory=list)  #: was over here, is current in the newer document
    adopted: bool = False  #: its patient becomes the record's identity
    whose: str = ""  #: why it is not sure that it is about this patient: `given`, `unnamed`, or nothing

    __repr__ = quiet

    @property
    def identity_words(self) -> str:
        """The name of the patient of the file, as it stands there."""
        who = self.document.identity
        name = next(iter(who.names), None) if who else None
        return (name.text or " ".join([name.family.upper(), *name.given]).strip()) if name else ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to sign."""
        return not self.add


def plan(data: bytes, name: str, items: Sequence[Live], former: Mapping[str, str], *, today: date) -> Plan:
    """Plan the import of one FHIR R4 JSON file, called `name`. former: replaced id → its successor.

    Raises AnotherPatient, NotJson, DocumentTooLarge, WrongFhirVersion, NotAPatientDocument, ItemDamaged.
    """
    document = fhir.read(data, as_of=today)
    present = records.identity(items, as_of=today)
    if present is not None and document.identity is not None and not same_person(present, document.identity):
        raise AnotherPatient
    made = Plan(document, whose=_whose(present, document.identity))
    entries = {entry.key: entry for entry in document.entries}
    known = _Known(items, former)
    if _older(document, known):
        made.older = True
        return made
    source = suite.random(16)
    ids: dict[str, str] = {}
    patients = [key for key, type_ in document.types.items() if type_ == "Patient"]
    for key, cut in document.slices.items():
        type_, url, entry = document.types[key], document.full_urls.get(key, ""), entries.get(key)
        adopted = present is None and document.identity is not None and patients == [key]
        twin = known.find(type_, url, cut)
        if twin is not None and (twin.content == cut or (known.own(url) and bare(twin.content) == bare(cut))):
            made.same += 1
            ids[key] = twin.id
            continue
        if twin is not None and (was := known.version(twin, cut)):  # what was written here since stands over it
            made.same += 1
            ids[key] = was
            continue
        id_ = suite.random(16)
        ids[key] = id_.hex()
        words = entry.words if entry and entry.words else type_
        more = {"url": url, "source": source.hex()} | ({"section": str(entry.section)} if entry else {})
        if twin is not None and (names := records.names_before(twin, url)):
            more["names"] = names
        kind = IDENTITY if adopted or (twin is not None and twin.type == IDENTITY) else PREFIX + type_.lower()
        words = (made.identity_words or words) if kind == IDENTITY else words
        made.adopted = made.adopted or adopted
        of = bytes.fromhex(twin.id) if twin is not None and twin.type == kind else None
        hidden = of is not None and twin is not None and twin.hidden
        made.add.append(NewItem(kind, words[:TITLE], cut, _when(entry), FHIR_JSON, of, hidden, id_, more))
        if of is not None and twin is not None and entry is not None:
            if "written" in twin.more and document.source.date[:10] <= twin.more["written"]:
                again = NewItem(
                    kind, twin.title, twin.content, twin.date, FHIR_JSON, id_, twin.hidden, suite.random(16)
                )
                made.add.append(replace(again, more={**more, **twin.more}))
                made.standing.append((twin.title, entry))
                continue
            over = "written" in twin.more and _is_over(items, former, twin, today)
            (made.reopened if over and entry.place is Place.CURRENT else made.replaced).append((twin.title, entry))
        elif entry is not None:
            made.new.append(entry)
    if made.empty:
        return made
    spans, order = _layout(data, document, ids)
    marked = [ids[key] for key in sorted(document.marked)]
    dated = document.source.date[:10] or f"{today:%Y-%m-%d}"
    made.add.insert(0, sources.item(source, name, document.source.kind, dated, data, spans, order, marked))
    _see_what_left(made, items, former)
    _look_beside(made, items, former, today)
    return made


def _layout(data: bytes, document: Document, ids: Mapping[str, str]) -> tuple[list[tuple[int, int]], list[str]]:
    """Where the resources of a file lie, first to last, and which item each is; a repeated one is its first item."""
    found = scan.resource_ranges(data)
    ranges = [found[at] for at in sorted(found)] if found else [scan.whole(data)]
    waiting = list(document.slices.items())[::-1]
    taken: dict[bytes, str] = {}
    spans, order = [], []
    for span in ranges:
        cut = data[slice(*span)]
        if waiting and waiting[-1][1] == cut:
            taken[cut] = ids[waiting.pop()[0]]
        if cut in taken:
            spans.append(span)
            order.append(taken[cut])
    return spans, order


def _when(entry: Entry | None) -> str:
    """The first date of an entry that an item's meta may carry."""
    for dated in entry.dates if entry else ():
        day = (dated.start or dated.end)[:10]
        if len(day) in (4, 7, 10) and day.replace("-", "").isdigit():
            return day
    return ""


def _is_over(items: Sequence[Live], former: Mapping[str, str], one: Live, today: date) -> bool:
    entry = lines.line(items, former, one.id, as_of=today)
    return entry is not None and entry.place in (Place.PAST, Place.STOPPED, Place.NEVER)


class _Known:
    """The live resources, found again by address or business identifier."""

    def __init__(self, items: Sequence[Live], former: Mapping[str, str]) -> None:
        self._live = [one for one in items if one.is_fhir]
        self._before = {new: old for old, new in former.items()}
        self._container = next((one.container for one in items if one.container is not None), None)
        urls = records.addresses((one.id for one in self._live), former)
        self._own = {urls[one.id]: one for one in self._live}
        self._by_url: dict[tuple[str, str], list[Live]] = {}
        self._by_identifier: dict[tuple[str, str, str], list[Live]] = {}
        for one in self._live:
            type_, names = _names(one.content)
            if absolute(url := one.more.get("url", "")):
                self._by_url.setdefault((type_, url), []).append(one)
            for system, value in names:
                self._by_identifier.setdefault((type_, system, value), []).append(one)

    def own(self, url: str) -> bool:
        """Whether a fullUrl is one that this record gave out: a document of its own comes back."""
        return plain(url) in self._own

    def version(self, one: Live, cut: bytes) -> str:
        """The id of the former version, of a fact that was written on here, which has those very bytes; or ""."""
        id_, seen = self._before.get(one.id, ""), set[str]()
        while "written" in one.more and id_ and id_ not in seen and self._container is not None:
            seen.add(id_)
            try:
                if self._container.read(bytes.fromhex(id_)) == cut:
                    return id_
            except (ItemDamaged, ItemErased, NoSuchItem):
                pass
            id_ = self._before.get(id_, "")
        return ""

    def find(self, type_: str, url: str, cut: bytes) -> Live | None:
        """The live entry that is the same fact, or None."""
        if (twin := self._own.get(plain(url))) is not None:
            return twin if _names(twin.content)[0] == type_ else None
        if absolute(url) and len(found := self._by_url.get((type_, url), [])) == 1:
            return found[0]
        if type_ in _IDENTIFIED:
            for system, value in _names(cut)[1]:
                if len(found := self._by_identifier.get((type_, system, value), [])) == 1:
                    return found[0]
        return None


def absolute(url: str) -> bool:
    """Whether a fullUrl names one resource of the world."""
    return url.startswith(("http://", "https://", "urn:uuid:", "urn:oid:"))


def _names(cut: bytes) -> tuple[str, list[tuple[str, str]]]:
    resource = scan.parse(cut)
    told = resource.get("identifier")
    many = told if isinstance(told, list) else [told]
    pairs = [(one.get("system"), one.get("value")) for one in many if isinstance(one, dict)]
    return str(resource.get("resourceType")), [(s, v) for s, v in pairs if isinstance(s, str) and isinstance(v, str)]


def _older(document: Document, known: _Known) -> bool:
    """Whether the record already has a newer version of this very document."""
    if not document.source.date:
        return False
    covers = [key for key, type_ in document.types.items() if type_ == "Composition"]
    for key in covers:
        twin = known.find("Composition", document.full_urls.get(key, ""), document.slices[key])
        if twin is not None:
            told = scan.parse(twin.content).get("date")
            return isinstance(told, str) and told[:10] > document.source.date[:10]
    return False


def _see_what_left(made: Plan, items: Sequence[Live], former: Mapping[str, str]) -> None:
    """Lines that the new version of a document no longer lists: they will be shown as to be confirmed."""
    new = {item.of.hex(): (item.id or b"").hex() for item in made.add if item.of}
    coming = items_after(items, Change(add=made.add))
    before = records.listing_left(items, records.present(items, former))
    after = records.listing_left(coming, records.present(coming, {**former, **new}))
    made.left += [one.title for one in coming if one.id in after.keys() - before.keys() and "section" in one.more]


def _look_beside(made: Plan, items: Sequence[Live], former: Mapping[str, str], today: date) -> None:
    """Lines of the record that may speak of the same thing as a new one: told, never merged."""
    replaced = {item.of.hex() for item in made.add if item.of}
    there: dict[tuple[str, str], list[Entry]] = {}
    for entry in records.record(items, former, as_of=today).entries:
        if records.item_of(entry.key) not in replaced and entry.section in STATES:
            for name in subjects(entry):
                there.setdefault((str(entry.section), name), []).append(entry)
    for entry in made.new:
        for name in subjects(entry):
            if found := there.get((str(entry.section), name)):
                made.beside.append((found[0].words, entry))
                break


def _whose(present: Identity | None, who: Identity | None) -> str:
    """What a person has to look at although nothing differs: twins share a family name and a birth date."""
    if present is None:
        return ""
    if who is None or not _families(who) or not who.birth_date:
        return "unnamed"
    given, others = _given(present), _given(who)
    return "given" if given and others and not given & others else ""


def same_person(one: Identity, other: Identity) -> bool:
    """Same birth date, a family name and an INS in common, as far as both are written; unknown is not different.

    An INS is told apart by its register, because one person has a NIA first and a NIR later.
    """
    numbers, theirs = _numbers(one), _numbers(other)
    if any(not numbers[system] & theirs[system] for system in numbers.keys() & theirs.keys()):
        return False
    if one.birth_date and other.birth_date and one.birth_date != other.birth_date:
        return False
    names, others = _families(one), _families(other)
    return not names or not others or bool(names & others)


def _numbers(who: Identity) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for number in matricules(who):
        digits = "".join(number.value.split())
        if is_ins(digits) or len(digits) == _INS:  # a number that was mistyped tells nobody apart; it is warned of
            found.setdefault(bare_oid(number.system), set()).add(digits[:_INS])
    return found


def _given(who: Identity) -> set[str]:
    """Every given name, apart: `Jean-Paul` and `Jean Paul` are the same two."""
    told = " ".join(" ".join((*name.given, name.birth_given)) for name in who.names)
    return set(fold(told).replace("-", " ").split())


def _families(who: Identity) -> set[str]:
    return {fold(name.family) for name in who.names if name.family}
