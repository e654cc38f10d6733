"""The door for FHIR: bytes in, Document out. Nothing behind it sees a resource dict.

On reading nothing is refused that can be shown: what is wrong is listed as findings. What is refused is what cannot be
a patient's FHIR R4 document at all, always as one of `BundleInvalid`'s kinds.
Sources: FHIR R4 (4.0.1) Bundle, section 2.26; IPS 2.0.0 Bundle-uv-ips.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from baladeur.errors import NotAPatientDocument, WrongFhirVersion
from baladeur.quiet import quiet
from baladeur.record import composition, scan
from baladeur.record.elements import Json, codings, obj, objs, raw, string
from baladeur.record.entries import Context, dangling, entry
from baladeur.record.facts import has_modifier
from baladeur.record.model import Document, Entry, Filed, Finding, SectionName, Source
from baladeur.record.patient import actor, identity, same_person, who
from baladeur.record.references import Index, Item, contained, plain
from baladeur.record.sections import Said, absence_of, joined, sections

#: Resource types that make a line of the record by themselves.
LINES: Final = frozenset(
    {
        "AllergyIntolerance", "Condition", "MedicationStatement", "MedicationRequest", "MedicationAdministration",
        "MedicationDispense", "Immunization", "Procedure", "Observation", "DiagnosticReport", "DeviceUseStatement",
        "Flag", "Consent", "DocumentReference", "FamilyMemberHistory", "CarePlan", "Encounter", "ImagingStudy",
        "ServiceRequest", "Goal", "ImmunizationRecommendation", "Appointment", "DeviceRequest", "NutritionOrder",
    }
)  # fmt: skip
_KNOWN: Final = LINES | {
    "Patient", "Medication", "Device", "Organization", "Practitioner", "PractitionerRole", "RelatedPerson",
    "Composition",
}  # fmt: skip
_BUNDLES: Final = frozenset({"document", "collection", "transaction", "batch", "searchset", "message", ""})
_OLDER: Final = frozenset({"MedicationOrder", "DiagnosticOrder", "ProcedureRequest", "ReferralRequest", "Conformance"})
_NEWER: Final = frozenset({"DeviceUsage", "MedicationUsage"})
_SUMMARY: Final = "60591-5"
_ABOUT: Final = ("subject", "patient")


def read(data: bytes, *, as_of: date) -> Document:
    """Read one FHIR R4 JSON document as it stands on the day `as_of`.

    Takes a Bundle (document, collection, transaction, batch, searchset, message) or a single resource.
    `Document.slices` holds each resource's bytes exactly as they stand in `data`.
    Raises `NotJson`, `DocumentTooLarge`, `WrongFhirVersion`, `NotAPatientDocument`; nothing else.
    Source: FHIR R4 section 2.26 Bundle; IPS 2.0.0 (1.x is read, too).
    """
    root = scan.parse(data)
    if not isinstance(root, dict) or not isinstance(root.get("resourceType"), str):
        raise NotAPatientDocument("no resourceType")
    if root["resourceType"] != "Bundle":
        if root["resourceType"] not in _KNOWN | _OLDER | _NEWER:
            raise NotAPatientDocument("a single resource of another kind")
        start, end = scan.whole(data)
        return _document([_Part("", root, data[start:end])], "resource", {}, as_of)
    kind = raw(root.get("type"))
    if kind not in _BUNDLES:
        raise NotAPatientDocument("another type of Bundle")
    entries = root.get("entry", [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise NotAPatientDocument("entries that are no objects")
    ranges = scan.resource_ranges(data)
    parts = [
        _Part(raw(one.get("fullUrl")), one["resource"], data[slice(*ranges[i])], bool(one.get("modifierExtension")))
        for i, one in enumerate(entries)
        if isinstance(one.get("resource"), dict) and obj(one.get("search")).get("mode") != "outcome"
    ]
    return _document(parts, kind, root, as_of)


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """A resource that is kept by itself: its exact bytes, its fullUrl as it was written or "", and its own key."""

    key: str
    url: str
    data: bytes
    marked: bool = False  #: its key was in `Document.marked`
    left: bool = False  #: the record holds a newer version of its document, which does not list it
    denied: bool = False  #: a newer document of the record says that it is over, stopped or refuted
    also: str = ""  #: another fullUrl that means it: the one under which the record hands it out

    __repr__ = quiet


def assemble(kept: Sequence[Kept], *, as_of: date, kind: str = "collection") -> Document:
    """Read the resources of one document, kept one by one; `kind` is its `Source.kind`.

    Raises as `read` does. Reading a document and assembling its slices give the same entries, under the keys given.
    """
    found = []
    for one in kept:
        resource = scan.parse(one.data)
        if not isinstance(resource, dict):
            raise NotAPatientDocument("no resource")
        start, end = scan.whole(one.data)
        found.append(_Part(one.url, resource, one.data[start:end], one.marked, one.key, one.also))
    doubts = {"left": {one.key for one in kept if one.left}, "denied": {one.key for one in kept if one.denied}}
    return _document(found, kind, {}, as_of, doubts)


@dataclass(frozen=True, slots=True, repr=False)
class _Part:
    url: str
    resource: Json
    cut: bytes
    modified: bool = False
    key: str = ""
    also: str = ""

    __repr__ = quiet


def _document(
    parts: list[_Part], kind: str, bundle: Json, as_of: date, doubts: Mapping[str, set[str]] | None = None
) -> Document:
    """doubts: what other documents say of entries, by key: `left`, `denied` of `Kept`."""
    _refuse_other_versions(part.resource for part in parts)
    findings: list[Finding] = []
    items: list[Item] = []
    slices: dict[str, bytes] = {}
    versions: dict[str, list[Item]] = defaultdict(list)
    copies: dict[str, set[bytes]] = defaultdict(set)
    ruled = bool(bundle.get("implicitRules"))
    marks: set[str] = set()
    for part in parts:
        key = part.key or _key(part.url, part.resource, len(items), slices)
        item = Item(key, part.url, part.resource, part.modified or has_modifier(part.resource), part.also)
        name = plain(part.url) if part.url else f"{item.type}/{item.id}" if item.id else key
        if part.cut in copies[name]:
            findings.append(Finding("duplicate", key))
            continue
        copies[name].add(part.cut)
        versions[name].append(item)
        items.append(item)
        slices[key] = part.cut
        if part.modified or ruled:
            marks.add(key)
        if not item.type:
            findings.append(Finding("no-resource-type", key))
    several = {item.key for many in versions.values() if len(many) > 1 for item in many}
    findings += [Finding("several-versions", key) for key in sorted(several)]
    index = Index(items)
    covers = covers_of(items, kind)
    cover = covers[0] if len(covers) == 1 else None
    patient = patient_of(items, covers, index)
    if patient is None:
        findings.append(Finding("several-patients" if sum(i.type == "Patient" for i in items) > 1 else "no-patient"))
    if not covers and kind == "document":
        findings.append(Finding("no-composition"))
    views = [_view(one, index, slices, ruled) for one in covers]
    findings += [
        Finding("document-not-final", string(one.resource.get("status")))
        for one in covers
        if one.resource.get("status") not in ("final", "amended")
    ]
    owners = {key: view for view in views for key in view.filed}
    nobody = views[0] if cover is not None else _View(marked=ruled)
    lines: dict[int, list[Entry]] = {id(view): [] for view in [*views, nobody]}
    for item in items:
        view = owners.get(item.key, nobody)
        if item.type not in LINES and item.key not in owners and not _own_device(item):
            continue
        if item.type in ("Composition", "Patient"):
            continue
        listed = view.filed.get(item.key, [])
        lines[id(view)].append(
            entry(
                item,
                Context(
                    index,
                    as_of,
                    _subject(item, patient, index),
                    tuple(Filed(claim.section, claim.code, claim.title) for claim in listed),
                    any(claim.family for claim in listed),
                    view.marked or any(claim.modified for claim in listed),
                    view.error,
                    item.key in several,
                    frozenset(name for name, keys in (doubts or {}).items() if item.key in keys),
                    view.language,
                ),
            )
        )
    for view in views:
        lines[id(view)] += view.missing
        findings += [Finding("dangling", one.key) for one in view.missing]
    told = [sections(lines[id(view)], view.said) for view in (views if cover is not None else [*views, nobody])]
    every = [one for listed_here in lines.values() for one in listed_here]
    shown = {one.key for one in every}
    unread = Counter(string(one.type) for one in items if one.key not in shown and one.type not in _KNOWN)
    return Document(
        _source(kind, bundle, cover, index),
        identity(patient, index) if patient is not None else None,
        tuple(one for one in every if absence_of(one) is None),
        {name: joined([one[name] for one in told], name) for name in SectionName} if len(told) > 1 else told[0],
        slices,
        {item.key: string(item.type) for item in items},
        {item.key: item.full_url for item in items},
        dict(unread),
        tuple(findings),
        frozenset(marks),
    )


@dataclass(slots=True, repr=False)
class _View:
    """What one Composition says of the entries; without one: nothing."""

    filed: dict[str, list[composition.Claim]] = field(default_factory=dict)
    missing: list[Entry] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    marked: bool = False
    error: bool = False
    language: str = ""

    __repr__ = quiet


def _view(cover: Item, index: Index, slices: dict[str, bytes], ruled: bool) -> _View:
    claims = composition.claims(cover.resource)
    whole = {name: value for name, value in cover.resource.items() if name != "section"}
    filed, missing = _file(claims, cover, index, slices)
    said = [Said(one.section, one.empty, one.empty_words, one.narrative) for one in claims]
    marked = has_modifier(whole) or ruled or cover.modified
    error, language = cover.resource.get("status") == "entered-in-error", string(cover.resource.get("language"))
    return _View(filed, missing, said, marked, error, language)


def _key(url: str, resource: Json, number: int, taken: dict[str, bytes]) -> str:
    named = (
        f"{raw(resource.get('resourceType'))}/{raw(resource.get('id'))}" if resource.get("id") else f"entry/{number}"
    )
    key = string(url) or string(named)
    while key in taken:
        key = f"{key}|{number}"
    return key


def _refuse_other_versions(resources: Iterable[Json]) -> None:
    for resource in resources:
        type_ = raw(resource.get("resourceType"))
        told = raw(resource.get("fhirVersion"))
        if type_ in _OLDER or (
            type_ in ("AllergyIntolerance", "Condition") and isinstance(resource.get("clinicalStatus"), str)
        ):
            raise WrongFhirVersion("DSTU2 or STU3")
        if type_ in _NEWER or (type_.startswith("Medication") and isinstance(resource.get("medication"), dict)):
            raise WrongFhirVersion("R5 or newer")
        if told and not told.startswith(("4.0", "4.3")):
            raise WrongFhirVersion("by its own fhirVersion")


def covers_of(items: Sequence[Item], kind: str) -> list[Item]:
    """The Compositions that file the entries: a document's first, each one of a collection, elsewhere the only summary.

    Of two in a collection that list the same entry, the last is the one that files it.
    """
    covers = [item for item in items if item.type == "Composition"]
    if kind == "document":
        return covers[:1]
    summaries = [one for one in covers if any(c.code == _SUMMARY for c in codings(one.resource.get("type")))]
    if kind == "collection" and len(covers) > 1:
        return covers
    return summaries if len(summaries) == 1 else []


def patient_of(items: Sequence[Item], covers: Sequence[Item], index: Index) -> Item | None:
    """Who the document is about, if it says so of one Patient only."""
    subjects = [index.find(cover.resource.get("subject"), cover) for cover in covers]
    named = [one for one in subjects if one is not None and one.type == "Patient"]
    if named and all(one.resource is named[0].resource for one in named):
        return named[0]
    patients = [item for item in items if item.type == "Patient"]
    return patients[0] if len(patients) == 1 else None


def _subject(item: Item, patient: Item | None, index: Index) -> str:
    """Who the entry is about: self, other, or unknown if the document does not tell."""
    reference = next((item.resource[name] for name in _ABOUT if item.resource.get(name)), None)
    if item.resource.get("focus"):
        return "unknown"  # an Observation made on the patient about somebody or something else
    found = index.find(reference, item) if reference is not None else None
    if found is None or patient is None:
        return "unknown"
    if found.resource is patient.resource:
        return "self"
    return (
        same_person(found.resource, patient.resource) if contained(reference) and found.type == "Patient" else "other"
    )


def _own_device(item: Item) -> bool:
    return item.type == "Device" and bool(item.resource.get("patient"))


def _file(
    claims: list[composition.Claim], cover: Item, index: Index, taken: dict[str, bytes]
) -> tuple[dict[str, list[composition.Claim]], list[Entry]]:
    """Which sections list which entries, and a line for each listed one that the document does not hold."""
    filed: dict[str, list[composition.Claim]] = defaultdict(list)
    missing: dict[str, Entry] = {}
    for claim in claims:
        for reference in claim.references:
            found = index.find(reference, cover)
            if found is not None:
                filed[found.key].append(claim)
                continue
            key = _key(f"{cover.key}|missing/{claim.section}/{len(missing)}", {}, len(missing), taken)
            missing[key] = dangling(reference, key, Filed(claim.section, claim.code, claim.title))
    return filed, list(missing.values())


def _source(kind: str, bundle: Json, cover: Item | None, index: Index) -> Source:
    page = cover.resource if cover is not None else {}
    named = obj(bundle.get("identifier")) or next(iter(objs(page.get("identifier"))), {})
    custodian = index.find(page.get("custodian"), cover) if cover is not None else None
    return Source(
        kind,
        string(named.get("value")),
        string(page.get("title")),
        string(page.get("date")) or string(bundle.get("timestamp")),
        string(page.get("status")),
        string(page.get("language")) or string(bundle.get("language")),
        codings(page.get("type")),
        tuple(actor("author", one, cover, index) for one in objs(page.get("author"))) if cover is not None else (),
        who(custodian, index) if custodian is not None else "",
    )
