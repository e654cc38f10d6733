"""The International Patient Summary of a record, computed from its lines: which line stands in which section.

Nothing is chosen and nothing decided here. What `status.TABLE` never shows as current stays out, but for what is
planned, in the plan of care, and family history, in a section of its own. Whatever is past or stopped says so itself,
in its own bytes, and in the words of its section.
Sources: IPS 2.0.0 Bundle-uv-ips, Composition-uv-ips (slicing of sections is open), "Empty sections and known absence";
FHIR R4 (4.0.1) list-empty-reason.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid5

from baladeur.quiet import quiet
from baladeur.record import bundle, ips_words
from baladeur.record.bundle import Head
from baladeur.record.links import addressed, reach
from baladeur.record.model import Absence, Document, Entry, NoneKnown, NotRecorded, Place, Section, SectionName
from baladeur.record.references import Item
from baladeur.record.sections import speaks

_S = SectionName
_LOINC: Final = "http://loinc.org"
_EMPTY: Final = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
_UUIDS: Final = "urn:ietf:rfc3986"
_MEDICINES: Final = "MedicationStatement MedicationRequest MedicationAdministration MedicationDispense"
# section → LOINC code, types that its entries may have (a DocumentReference may stand anywhere; empty: any)
SECTIONS: Final = {
    _S.ALLERGIES: ("48765-2", "AllergyIntolerance"),
    _S.PROBLEMS: ("11450-4", "Condition"),
    _S.MEDICATIONS: ("10160-0", _MEDICINES),
    _S.ALERTS: ("104605-1", "Flag"),
    _S.DEVICES: ("46264-8", "DeviceUseStatement"),
    _S.PAST_HISTORY: ("11348-0", "Condition"),
    _S.PROCEDURES: ("47519-4", "Procedure"),
    _S.IMMUNIZATIONS: ("11369-6", "Immunization"),
    _S.RESULTS: ("30954-2", "Observation DiagnosticReport"),
    _S.VITAL_SIGNS: ("8716-3", "Observation"),
    _S.PREGNANCY: ("10162-6", "Observation"),
    _S.ADVANCE_DIRECTIVES: ("42348-3", "Consent"),
    _S.FUNCTIONAL_STATUS: ("47420-5", "Condition ClinicalImpression"),
    _S.SOCIAL_HISTORY: ("29762-2", "Observation"),
    _S.PLAN_OF_CARE: ("18776-5", "CarePlan ImmunizationRecommendation"),
    _S.PATIENT_STORY: ("81338-6", ""),
    _S.FAMILY_HISTORY: ("10157-6", ""),
    _S.OTHER: ("", ""),
}
_REQUIRED: Final = (_S.ALLERGIES, _S.PROBLEMS, _S.MEDICATIONS)
_NOT_PART: Final = frozenset({_S.ENCOUNTERS, _S.DOCUMENTS})  # reached by what refers to them


@dataclass(frozen=True, slots=True, repr=False)
class Cover:
    """What the Composition says of itself."""

    name: UUID  #: of this record's summary, the same at each export
    version: UUID  #: of this one
    day: str  #: dateTime of the last commit: what is in it was written by then
    moment: str  #: instant at which it was put together
    signers: tuple[str, ...]  #: who signed what is in it
    program: str  #: name and version, for what nobody signed

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Pool:
    """The resources to take from. Keys are item ids."""

    data: Mapping[str, bytes]
    items: Mapping[str, Item]
    means: Callable[[str], Mapping[str, str]]
    urls: Mapping[str, str]  #: key → fullUrl, the same for all versions of a fact
    identity: str
    hidden: frozenset[str]  #: what must not be in it

    __repr__ = quiet


def place_of(entry: Entry) -> SectionName | None:
    """The section of the summary that lists a line of the record; None: it is not in it."""
    planned = entry.section is _S.PLAN_OF_CARE and entry.rule == "plan"
    if entry.place is Place.NEVER and not planned and entry.rule != "family.history":
        return None
    if entry.section in _NOT_PART or entry.rule == "reference.dangling":
        return None
    if entry.type == "Flag" and entry.place is Place.PAST:
        return None  # IPS knows active flags only
    allowed = SECTIONS[entry.section][1].split()
    if not allowed or entry.type in allowed or entry.type == "DocumentReference":
        return entry.section
    return None if planned else _S.OTHER


def listed(record: Document, hidden: frozenset[str]) -> dict[SectionName, list[Entry]]:
    """The lines of each section of the summary."""
    found: dict[SectionName, list[Entry]] = {name: [] for name in SECTIONS}
    for entry in record.entries:
        name = place_of(entry)
        if name is not None and entry.key not in hidden:
            found[name].append(entry)
    return found


def summary(record: Document, pool: Pool, cover: Cover, *, as_of: date) -> bytes:
    """The IPS document Bundle of a record. Raises BundleInvalid's kinds."""
    lines = listed(record, pool.hidden)
    apart: dict[SectionName, list[Entry]] = {name: [] for name in SECTIONS}
    for one in lines[_S.OTHER]:
        if one.section is not _S.OTHER:
            apart[one.section].append(one)
    made_of = [_section(name, entries, record.sections[name], pool, apart[name]) for name, entries in lines.items()]
    parts = [part for part in made_of if part is not None]
    keys = [str(one["reference"]) for part in parts for one in part.get("entry", [])]
    strangers = {
        key
        for key, item in pool.items.items()
        if item.type == "Composition" or (item.type == "Patient" and key != pool.identity)
    }
    wanted = reach([pool.identity, *keys], pool.means, (pool.hidden - {pool.identity}) | strangers)
    for part in parts:
        part |= (
            {"entry": [{"reference": pool.urls[one["reference"]]} for one in part["entry"]]} if "entry" in part else {}
        )
    pieces = addressed({key: pool.data[key] for key in wanted if key in pool.data}, pool.items, pool.means, pool.urls)
    authors = _authors(cover)
    made = {urn_: bundle.text(resource).encode() for urn_, resource in authors.items()}
    page = _composition(cover, pool.urls[pool.identity], list(authors), parts)
    more = {
        "language": "fr-FR",
        "identifier": {"system": _UUIDS, "value": f"urn:uuid:{cover.version}"},
        "timestamp": cover.moment,
    }
    head = Head("document", more, {f"urn:uuid:{page['id']}": bundle.text(page).encode(), **made})
    return bundle.build(head, pieces, {entry.key: entry for entry in record.entries}, pool.urls, as_of=as_of)


def _authors(cover: Cover) -> dict[str, dict[str, Any]]:
    if not cover.signers:
        device = {"name": cover.program, "type": "user-friendly-name"}
        id_ = uuid5(cover.name, "program")
        return {f"urn:uuid:{id_}": {"resourceType": "Device", "id": str(id_), "deviceName": [device]}}
    found = {}
    for signer in cover.signers:
        id_ = uuid5(cover.name, signer)
        found[f"urn:uuid:{id_}"] = {"resourceType": "Practitioner", "id": str(id_), "name": [{"text": signer}]}
    return found


def _composition(cover: Cover, patient: str, authors: Sequence[str], parts: Sequence[Any]) -> dict[str, Any]:
    return {
        "resourceType": "Composition",
        "id": str(uuid5(cover.name, "Composition")),
        "language": "fr-FR",
        "identifier": {"system": _UUIDS, "value": f"urn:uuid:{cover.name}"},
        "status": "final",
        "type": {"coding": [{"system": _LOINC, "code": "60591-5"}], "text": ips_words.SUMMARY},
        "subject": {"reference": patient},
        "date": cover.day,
        "author": [{"reference": one} for one in authors],
        "title": ips_words.SUMMARY,
        "section": list(parts),
    }


def _section(
    name: SectionName, entries: list[Entry], part: Section, pool: Pool, elsewhere: list[Entry]
) -> dict[str, Any] | None:
    """One section, its entries still named by key; None if there is nothing to say and it may be left out.

    elsewhere: lines of the record's section that the summary's must not list: its words name them all the same.
    """
    concealed = any(one.key in pool.hidden and speaks(one) for one in part.entries)
    told = [one for one in part.absences if not (one.known and concealed) and one.key not in pool.hidden]
    keys = dict.fromkeys([*(one.key for one in told if one.key in pool.data), *(one.key for one in entries)])
    text = part.narrative if isinstance(part, NotRecorded) and part.reason == "text-only" and not concealed else ""
    if not keys and not told and not text and not elsewhere and name not in _REQUIRED:
        return None
    empty = "" if keys or ((elsewhere or text) and name not in _REQUIRED) else _empty(part, concealed)
    words = [ips_words.denial(one, _against(one, part)) for one in told]
    words += [ips_words.EMPTY[empty]] if empty and not told else []
    words += [f"{ips_words.TEXT_ONLY} {text}"] if text else []
    code, title = SECTIONS[name][0], ips_words.TITLES[name]
    listed_words = [ips_words.line(one) for one in (*entries, *elsewhere)]
    made: dict[str, Any] = {
        "title": title,
        "code": {"coding": [{"system": _LOINC, "code": code}]} if code else {"text": title},
        "text": {"status": "additional" if text else "generated", "div": ips_words.div(listed_words, words)},
    }
    if keys:
        made["entry"] = [{"reference": key} for key in keys]
    if empty:
        made["emptyReason"] = {"coding": [{"system": _EMPTY, "code": empty}]}
    return made


def _against(one: Absence, part: Section) -> bool:
    return not isinstance(part, NoneKnown) and any(told.absence is one for told in part.contradictions)


def _empty(part: Section, concealed: bool) -> str:
    """Why a section lists nothing. What is concealed is never denied."""
    if isinstance(part, NoneKnown) and not concealed:
        return "nilknown"
    if isinstance(part, NotRecorded) and part.reason in ips_words.EMPTY and part.reason != "nilknown":
        return part.reason
    return "unavailable"
