"""The whole record laid out to be read: sections, the lines of each in words, who stands behind each line.

Nothing clinical is decided here: the section and the place of a line are those of `record`, the verdict of its commit
is the door's. An entry whose bytes are damaged does not hide the others: it is a line that says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

from baladeur.acts.draft import KEPT, named
from baladeur.chart import pages, records
from baladeur.chart.items import CONFIRMATION, EVIDENCE, IDENTITY, SOURCE, Live
from baladeur.chart.sources import Import, parse
from baladeur.errors import BundleInvalid, ItemDamaged
from baladeur.quiet import quiet
from baladeur.record import fhir, listing
from baladeur.record.fhir import Kept
from baladeur.record.heading import Review
from baladeur.record.listing import UNDATED, When
from baladeur.record.merge import merge
from baladeur.record.model import Absence, Document, Entry, Known, NoneKnown, NotRecorded, Place, SectionName
from baladeur.record.model import Section as State
from baladeur.record.phrases import Lang
from baladeur.record.wording import date_words
from baladeur.text import fold, safe_text
from baladeur.views import Signed


class Shelf(StrEnum):
    """What stands behind the sections: entries that are no line of the record."""

    IDENTITY = "identity"
    DECLARED = "declared"  #: by the holder: contacts, languages, trusted person, directives
    TRAY = "tray"
    KEPT = "kept"  #: imports, reviews, rejections, evidence, people and places that documents name


_DECLARED: Final = frozenset({"contact", "language", "trusted-person", "directive"})
_KEPT: Final = frozenset({SOURCE, EVIDENCE, CONFIRMATION, KEPT, "review", "rejection"})


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One line. state: a `Place`, or none-known, no-information, missing, damaged, document, draft, or a `Shelf`."""

    id: str  #: of the entry; of a line that a document lists but lacks: of that document's cover
    part: str  #: a SectionName or a Shelf
    state: str
    words: str
    type: str = ""  #: of the entry: fhir-condition, document
    detail: str = ""
    when: When = UNDATED
    speaker: str = ""
    commit: Signed | None = None  #: None: not signed yet
    source: str = ""  #: the document that brought it
    source_day: str = ""
    rule: str = ""  #: of the status table
    hidden: bool = False  #: for the dossier only
    link: str = ""  #: the key in the record, where it is not the id

    __repr__ = quiet

    @property
    def valid(self) -> bool:
        """Whether its commit holds; what does not is never laid out as a valid line."""
        return self.commit is None or self.commit.verdict == "ok"


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """One section at a glance. state: known, none-known or not-recorded; empty for a shelf."""

    name: str
    count: int
    state: str = ""
    reason: str = ""  #: why nothing is recorded
    doubts: int = 0  #: lines to be confirmed
    clashes: int = 0  #: "none known" beside what it denies
    review: Review | None = None

    __repr__ = quiet


@dataclass(repr=False)
class Dossier:
    """A record, or a draft of it, read once for one day. What is asked for is worded when it is asked for."""

    items: Sequence[Live]
    former: Mapping[str, str]
    commits: Mapping[str, Signed]  #: id → the commit that brought it in
    today: date
    damaged: set[str] = field(default_factory=set)

    __repr__ = quiet

    @cached_property
    def documents(self) -> list[Document]:
        """The documents that the record is made of. What is damaged is set apart; raises nothing for it."""
        self.damaged |= {one.id for one in self.items if one.id not in self.damaged and not _opens(one)}
        try:
            return records.documents(self.sound, self.former, as_of=self.today)
        except BundleInvalid:  # an entry that was never checked: written by another program
            self.damaged |= {one.id for one in self.sound if not _reads(one, self.today)}
            return records.documents(self.sound, self.former, as_of=self.today)

    @property
    def sound(self) -> list[Live]:
        """The entries that are not known to be damaged."""
        return [one for one in self.items if one.id not in self.damaged]

    @cached_property
    def record(self) -> Document:
        """The record as one document."""
        documents = self.documents
        return merge(documents, records.identity(self.sound, as_of=self.today))

    @cached_property
    def by_id(self) -> dict[str, Live]:
        """Every live entry."""
        return {one.id: one for one in self.items}

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every line of the record, by its key."""
        return {one.key: one for one in self.record.entries}

    @cached_property
    def reviews(self) -> dict[SectionName, Review]:
        """The last review of each section."""
        _ = self.documents
        return pages.reviews(self.sound)

    @cached_property
    def brought(self) -> dict[str, Import]:
        """Live id → the newest import that lists it."""
        _ = self.documents
        stands = records.present(self.sound, self.former)
        return {stands[id_]: one for one in records.imports(self.sound) for id_ in one.order if id_ in stands}

    @cached_property
    def _grouped(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for one in self.record.entries:
            found.setdefault(str(one.section), []).append(one)
        return found

    @cached_property
    def _shelved(self) -> dict[str, list[Live]]:
        """What is no line of the record, by where it is listed."""
        told = {records.item_of(key) for key in self.entries} | {one.key for one in self._absences()}
        found: dict[str, list[Live]] = {}
        for one in self.items:
            if one.id not in told:
                found.setdefault(self._shelf(one), []).append(one)
        return found

    def _shelf(self, one: Live) -> str:
        section = one.more.get("section", "")
        if one.id in self.damaged and section in list(SectionName):
            return section
        if one.type == IDENTITY:
            return Shelf.IDENTITY
        if one.type in _DECLARED:
            return Shelf.DECLARED
        if one.type == "tray":
            return Shelf.TRAY
        return Shelf.KEPT if one.type in _KEPT or one.is_fhir else SectionName.DOCUMENTS

    def _absences(self) -> list[Absence]:
        return [one for part in self.record.sections.values() for one in part.absences if one.key]

    def parts(self) -> list[Part]:
        """Every section in the reading order, recorded or not, then the shelves that hold something."""
        made = [self._part(name, self.record.sections[name]) for name in SectionName]
        return made + [Part(str(name), len(self._shelved[name])) for name in Shelf if name in self._shelved]

    def _part(self, name: SectionName, state: State) -> Part:
        entries = self._grouped.get(str(name), [])
        number = len(entries) + len(self._shelved.get(str(name), [])) + sum(bool(one.key) for one in state.absences)
        said = {Known: "known", NoneKnown: "none-known", NotRecorded: "not-recorded"}[type(state)]
        clashes = 0 if isinstance(state, NoneKnown) else len(state.contradictions)
        reason = state.reason if isinstance(state, NotRecorded) else ""
        if said == "not-recorded" and not reason and number:
            said = ""  # what is kept there is no entry of the record: nobody says whether there is more
        review = self.reviews.get(name)
        doubts = sum(one.place is Place.TO_CONFIRM for one in entries)
        return Part(str(name), number, said, reason, doubts, clashes, review)

    def rows(self, part: str, lang: Lang) -> list[Row]:
        """The lines of one section or shelf: what holds today first, in each place the newest first."""
        entries = self._grouped.get(part, [])
        state = self.record.sections.get(SectionName(part)) if part in list(SectionName) else None
        made = [self.entry_row(one, lang) for one in entries]
        made += [self._absence_row(one, lang) for one in (state.absences if state else ()) if one.key]
        made += [self._paper_row(one, part, lang) for one in self._shelved.get(part, [])]
        return sorted(sorted(made, key=lambda one: fold(one.words)), key=_order)

    def row(self, id_: str, lang: Lang) -> Row | None:
        """The line of one entry, or None if it is not live."""
        one = self.by_id.get(id_)
        if one is None:
            return None
        if (entry := self.entries.get(id_)) is not None:
            return self.entry_row(entry, lang)
        absence = next((told for told in self._absences() if told.key == id_), None)
        return self._absence_row(absence, lang) if absence else self._paper_row(one, self._shelf(one), lang)

    def entry_row(self, entry: Entry, lang: Lang) -> Row:
        """The line of an entry of the record."""
        id_ = records.item_of(entry.key)
        row = Row(
            id_,
            str(entry.section),
            str(entry.place),
            listing.name(entry),
            detail=listing.detail(entry, lang),
            when=listing.when(entry, lang),
            speaker=listing.speaker(entry) or self._writers.get(entry.key, ""),
            rule=entry.rule,
            link=entry.key if entry.key != id_ else "",
        )
        return self._backed(row, lang)

    @cached_property
    def _writers(self) -> dict[str, str]:
        """Key of a line → the authors of the document that tells it."""
        return {
            entry.key: ", ".join(one.words for one in document.source.authors if one.words)
            for document in self.documents
            for entry in document.entries
        }

    def _absence_row(self, one: Absence, lang: Lang) -> Row:
        raw = next((dated.start or dated.end for dated in one.dates if dated.start or dated.end), "")
        speaker = next((actor.words for actor in one.actors if actor.words), "")
        when = When(date_words(raw, lang), noted=True, raw=raw)
        state = "none-known" if one.known else "no-information"
        return self._backed(Row(one.key, str(one.section), state, one.words, when=when, speaker=speaker), lang)

    def _paper_row(self, one: Live, part: str, lang: Lang) -> Row:
        """The line of a document, a declaration, or anything else that is no line of the record."""
        state = "damaged" if one.id in self.damaged else str(part) if part in list(Shelf) else "document"
        title = safe_text(one.title)
        if one.type == KEPT and state != "damaged":
            state, title = "draft", named(title)
        when = When(date_words(safe_text(one.date), lang), raw=one.date)
        told = ", ".join(safe_text(one.more[name]) for name in ("who", "where") if one.more.get(name))
        return self._backed(Row(one.id, str(part), state, title, when=when, speaker=told), lang)

    def _backed(self, row: Row, lang: Lang) -> Row:
        """The line with what stands behind it: its commit, and the document that brought it."""
        one, source = self.by_id.get(row.id), self.brought.get(row.id)
        return replace(
            row,
            type=one.type if one else "",
            hidden=one.hidden if one else False,
            commit=self.commits.get(row.id),
            source=safe_text(source.name) if source else "",
            source_day=date_words(source.date, lang) if source else "",
        )


def _order(row: Row) -> tuple[int, str]:
    place = listing.rank(Place(row.state)) if row.state in list(Place) else -1
    newest = "".join(chr(0x10FFFF - ord(char)) for char in row.when.raw) if row.when.raw else "\U0010ffff"
    return place, newest


def _opens(one: Live) -> bool:
    """Whether what must be read of an entry can be read. Documents are not opened before they are asked for."""
    try:
        if one.type == SOURCE:
            parse(one)
        elif one.type == pages.REVIEW:
            pages.reviews([one])
        elif one.is_fhir:
            _ = one.content
    except ItemDamaged:
        return False
    return True


def _reads(one: Live, today: date) -> bool:
    try:
        return not one.is_fhir or bool(fhir.assemble([Kept(one.id, "", one.content)], as_of=today))
    except BundleInvalid:
        return False
