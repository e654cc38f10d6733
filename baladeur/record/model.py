"""The record as the rest of the program sees it: frozen, typed, without FHIR dicts, and silent in a log.

Absence is a value: a section is Known, NoneKnown or NotRecorded, three types, and never an empty list.
Every text here was tamed by `safe_text` when it was read, those inside `Entry.dosage` included.
Words and codes are the source's own. An empty string means "the source does not say"; nothing is filled in.
Sources: FHIR R4 (4.0.1) resources named in `fhir`; IPS 2.0.0 section 4 "Composition".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from baladeur.quiet import quiet
from baladeur.record.people import Actor, Coding, Identity


class Place(StrEnum):
    """Where a line stands. `status.TABLE` decides; nothing else may."""

    CURRENT = "current"  #: it holds today; for a result: it is final
    PAST = "past"  #: it was, and is over; for an act or a vaccination: it was done
    STOPPED = "stopped"  #: it was ended before its end
    TO_CONFIRM = "to-confirm"  #: the source does not say clearly enough: shown, with the reason, never as current
    NEVER = "never"  #: must not be shown as the patient's current state: refuted, not done, planned, family, an error


class SectionName(StrEnum):
    """The sections of a record, by the names of the IPS where it has one."""

    ALLERGIES = "allergies"
    PROBLEMS = "problems"
    MEDICATIONS = "medications"
    ALERTS = "alerts"
    DEVICES = "devices"
    PAST_HISTORY = "past_history"
    PROCEDURES = "procedures"
    IMMUNIZATIONS = "immunizations"
    RESULTS = "results"
    VITAL_SIGNS = "vital_signs"
    PREGNANCY = "pregnancy"
    ADVANCE_DIRECTIVES = "advance_directives"
    FUNCTIONAL_STATUS = "functional_status"
    SOCIAL_HISTORY = "social_history"
    FAMILY_HISTORY = "family_history"
    PLAN_OF_CARE = "plan_of_care"
    PATIENT_STORY = "patient_story"
    ENCOUNTERS = "encounters"
    DOCUMENTS = "documents"
    OTHER = "other"


@dataclass(frozen=True, slots=True, repr=False)
class Status:
    """One status element as coded: `Status("clinicalStatus", "active", "Active")`."""

    element: str
    code: str
    words: str

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Dated:
    """A date or period as written: partial stays partial, an age or a free text stands in `text`."""

    role: str  #: the FHIR element without its type: onset, abatement, effective, performed, recordedDate ...
    start: str
    end: str = ""
    text: str = ""

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Quantity:
    """A number with its unit, both as written; `code` is the UCUM code if `system` says so."""

    number: str
    unit: str
    comparator: str = ""
    system: str = ""
    code: str = ""

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class ReferenceRange:
    """What the laboratory calls usual."""

    low: Quantity | None
    high: Quantity | None
    text: str = ""
    meaning: str = ""

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Value:
    """What was measured or stated: a quantity, or words, or the reason why there is none."""

    label: str  #: of a component; empty for the entry's own value
    quantity: Quantity | None = None
    text: str = ""
    codings: tuple[Coding, ...] = ()
    absent: str = ""
    interpretation: tuple[str, ...] = ()
    reference: tuple[ReferenceRange, ...] = ()
    label_codings: tuple[Coding, ...] = ()

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Reaction:
    """One reaction to an allergen."""

    manifestations: tuple[str, ...]
    severity: str = ""
    substance: str = ""
    onset: str = ""
    description: str = ""

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Ingredient:
    """What a drug is made of. Its strength is never a dose."""

    words: str
    codings: tuple[Coding, ...]
    numerator: Quantity | None = None
    denominator: Quantity | None = None

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Detail:
    """Any other element worth showing, by its FHIR name: bodySite, lotNumber, route, reasonCode, statusReason ..."""

    name: str
    words: str

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Filed:
    """A section of the source document that lists the entry."""

    section: SectionName
    code: str
    title: str

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One line of the record, and all that the source says about it."""

    key: str  #: names the resource's exact bytes in `Document.slices`
    section: SectionName
    type: str
    words: str
    place: Place
    rule: str  #: key of the row of `status.TABLE` that put it there
    reason: str  #: that row's words, in English
    full_url: str = ""
    id: str = ""
    version: str = ""
    codings: tuple[Coding, ...] = ()
    statuses: tuple[Status, ...] = ()
    verification: str = ""
    categories: tuple[str, ...] = ()
    severity: str = ""
    criticality: str = ""
    dates: tuple[Dated, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    dosage: tuple[Mapping[str, Any], ...] = ()  #: FHIR Dosage, its structure untouched; numbers are int or scan.Number
    ingredients: tuple[Ingredient, ...] = ()
    form: str = ""
    value: Value | None = None
    components: tuple[Value, ...] = ()
    actors: tuple[Actor, ...] = ()
    details: tuple[Detail, ...] = ()
    notes: tuple[str, ...] = ()
    filed: tuple[Filed, ...] = ()
    links: tuple[str, ...] = ()  #: keys of the entries that it is made of: members of a panel, results of a report
    ends: str = ""  #: the end after which it is no longer current by itself, as written
    course_ends: str = ""  #: the same for a treatment whose dosages are all bounded: a day, counted
    language: str = ""  #: of its words, as BCP 47 has it, if the resource or its document says so

    __repr__ = quiet

    def date(self, role: str) -> Dated | None:
        """The first date of this role, or None."""
        return next((dated for dated in self.dates if dated.role == role), None)


class Scope(StrEnum):
    """What a "none known" covers."""

    ALL = "all"
    MEDICATION = "medication"
    FOOD = "food"
    ENVIRONMENT = "environment"
    INSECT = "insect"
    SUBSTANCE = "substance"  #: one, which the words name


@dataclass(frozen=True, slots=True, repr=False)
class Absence:
    """The source says "none known" (`known`) or "no information" (not `known`) about a section."""

    section: SectionName
    known: bool
    scope: Scope
    code: str
    words: str
    key: str = ""  #: the resource that says so; empty: the document's `emptyReason`
    dates: tuple[Dated, ...] = ()
    actors: tuple[Actor, ...] = ()

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Contradiction:
    """ "None known" beside what it denies. Both are shown; nobody chooses."""

    absence: Absence
    keys: tuple[str, ...]  #: entries that say otherwise; empty: the denial stands beside a "no information"

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """There is at least one entry. `absences` are narrower statements beside them ("no known food allergy")."""

    entries: tuple[Entry, ...]
    absences: tuple[Absence, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    narrative: str = ""  #: the source's own text for this section, without markup

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class NoneKnown:
    """Somebody asked, and stands behind "none". `entries` are over, refuted or in error."""

    absences: tuple[Absence, ...]
    entries: tuple[Entry, ...] = ()
    narrative: str = ""

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class NotRecorded:
    """Nobody says. `entries` are over, refuted or in error.

    `reason`: empty; a code of `emptyReason`; "no-information", said by an entry; "contradiction", between statements;
    "text-only", the document has words but no entry; "nothing-current", the entries say nothing of today.
    """

    reason: str = ""
    entries: tuple[Entry, ...] = ()
    absences: tuple[Absence, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    narrative: str = ""

    __repr__ = quiet


Section = Known | NoneKnown | NotRecorded


@dataclass(frozen=True, slots=True, repr=False)
class Source:
    """The document that brought the entries."""

    kind: str  #: type of the Bundle, or "resource"
    identifier: str = ""
    title: str = ""
    date: str = ""
    status: str = ""
    language: str = ""
    codings: tuple[Coding, ...] = ()
    authors: tuple[Actor, ...] = ()
    custodian: str = ""

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """Something in the document that is not as it should be; it was read all the same."""

    code: str
    where: str = ""

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """All that one read gives."""

    source: Source
    identity: Identity | None  #: None: no patient in it, or several
    entries: tuple[Entry, ...]
    sections: Mapping[SectionName, Section]  #: every SectionName has one
    slices: Mapping[str, bytes] = field(default_factory=dict)  #: key -> exact bytes in the source, all resources
    types: Mapping[str, str] = field(default_factory=dict)  #: key -> resource type
    full_urls: Mapping[str, str] = field(default_factory=dict)  #: key -> fullUrl exactly as written, or ""
    unread: Mapping[str, int] = field(default_factory=dict)  #: resource type -> how many were kept but not shown
    findings: tuple[Finding, ...] = ()
    marked: frozenset[str] = frozenset()  #: keys under a modifier of the Bundle, which their own bytes do not show

    __repr__ = quiet
