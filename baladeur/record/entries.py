"""One resource to one line of the record: its words, codes, dates, people, and what `status` says of its place.

Sources: FHIR R4 (4.0.1), the resource of each name; IPS 2.0.0 profiles for what a summary must not lose.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from baladeur.quiet import quiet
from baladeur.record.elements import (
    Json,
    coding,
    codings,
    dated,
    details,
    label,
    labels,
    measured,
    note,
    obj,
    objs,
    quantity,
    raw,
    string,
    strings,
    tamed,
)
from baladeur.record.facts import ends, facts, statuses
from baladeur.record.model import Dated, Detail, Entry, Filed, Ingredient, Reaction, SectionName
from baladeur.record.patient import actor, device_words, who
from baladeur.record.people import Actor, Coding
from baladeur.record.references import Index, Item
from baladeur.record.sections import home
from baladeur.record.status import judge

_CODE: Final = {  # the element that names the entry; the first that has words is taken
    "Immunization": ("vaccineCode",),
    "Consent": ("category", "scope"),
    "DocumentReference": ("description", "type", "category"),
    "FamilyMemberHistory": ("relationship",),
    "CarePlan": ("title", "description", "category"),
    "Encounter": ("type", "serviceType", "class"),
    "ImagingStudy": ("description", "procedureCode", "modality"),
    "Goal": ("description",),
    "Appointment": ("description", "serviceType", "appointmentType"),
    "DeviceRequest": ("codeCodeableConcept",),
    "Device": ("type",),
}
_MEDICINES: Final = ("MedicationStatement", "MedicationRequest", "MedicationAdministration", "MedicationDispense")
_DATES: Final = (
    "onset", "abatement", "lastOccurrence", "effective", "performed", "occurrence", "timing", "period", "started",
    "authoredOn", "dateAsserted", "recordedDate", "recordedOn", "issued", "date", "dateTime", "created",
    "whenHandedOver", "expirationDate", "start", "born", "deceased",
)  # fmt: skip
_ACTORS: Final = (
    "asserter", "recorder", "requester", "author", "informationSource", "performer", "participant", "source",
    "organization", "custodian", "recommender",
)  # fmt: skip
_DETAILS: Final = (
    "type", "category", "class", "relationship", "sex", "bodySite", "laterality", "site", "route", "method", "stage",
    "reasonCode", "statusReason", "reason", "outcome", "complication", "lotNumber", "manufacturer", "modelNumber",
    "serialNumber", "distinctIdentifier", "daysSupply", "priority", "usedCode", "reportOrigin", "conclusionCode",
    "doseQuantity", "asNeededBoolean", "implicitRules",
)  # fmt: skip
_LINKS: Final = ("hasMember", "result", "derivedFrom", "partOf", "basedOn", "reasonReference", "device")


@dataclass(frozen=True, slots=True, repr=False)
class Context:
    """What the document says of an entry from outside: who it is about, where it is listed, and what went wrong."""

    index: Index
    as_of: date
    subject: str  #: self, other or unknown
    filed: tuple[Filed, ...] = ()
    family: bool = False  #: one of the sections that list it is family history
    modified: bool = False  #: the document, a section or the Bundle entry carries an unknown modifier
    error: bool = False  #: the whole document was entered in error
    several: bool = False  #: the document holds differing versions of it
    doubts: frozenset[str] = frozenset()  #: what other documents say of it: left, denied
    language: str = ""  #: of the document

    __repr__ = quiet


def entry(item: Item, context: Context) -> Entry:
    """The line that one resource makes. Raises nothing: what cannot be read is left out, what is unclear says so."""
    resource, type_ = item.resource, item.type
    carried = _carried(item, context.index)
    words, named = _words(item, carried, context.index)
    shown, _ = statuses(resource)
    row = judge(type_, _facts(item, carried, context))
    categories = _categories(resource)
    section = home(type_, row.key, row.place, [one.code for one in named], categories, context.filed)
    value = measured(resource) if type_ in ("Observation", "Flag") else None
    end, course = ends(resource)
    return Entry(
        key=item.key,
        section=section,
        type=string(type_),
        words=words,
        place=row.place,
        rule=row.key,
        reason=row.words,
        full_url=string(item.full_url),
        id=string(item.id),
        version=string(obj(resource.get("meta")).get("versionId")),
        codings=named,
        statuses=tuple(shown),
        verification=next((one.code or one.words for one in shown if one.element == "verificationStatus"), ""),
        categories=categories,
        severity=label(resource.get("severity")),
        criticality=string(resource.get("criticality")),
        dates=_dates(resource),
        reactions=tuple(_reaction(one) for one in objs(resource.get("reaction"))) if "reaction" in resource else (),
        dosage=tuple(tamed(one) for one in (*objs(resource.get("dosage")), *objs(resource.get("dosageInstruction")))),
        ingredients=_ingredients(carried, context.index),
        form=label(carried.resource.get("form")) if carried is not None else "",
        value=value,
        components=tuple(v for one in objs(resource.get("component")) if (v := measured(one, one.get("code")))),
        actors=_actors(item, context.index),
        details=_details(resource),
        notes=_notes(resource),
        filed=context.filed,
        links=_links(item, context.index),
        ends=string(end),
        course_ends=course,
        language=string(resource.get("language")) or context.language,
    )


def dangling(reference: Json, key: str, filed: Filed) -> Entry:
    """The line of a section that names a resource which the document does not hold: shown, to be confirmed."""
    row = judge("", {"dangling": frozenset({"yes"})})
    target = raw(reference.get("reference"))
    return Entry(
        key=key,
        section=filed.section,
        type=string(reference.get("type")),
        words=string(reference.get("display")),
        place=row.place,
        rule=row.key,
        reason=row.words,
        full_url=string(target),
        filed=(filed,),
    )


def _facts(item: Item, carried: Item | None, context: Context) -> dict[str, frozenset[str]]:
    filed = {one.section for one in context.filed} | ({SectionName.FAMILY_HISTORY} if context.family else set())
    modified = context.modified or item.modified or (carried is not None and carried.modified)
    found = facts(item.resource, context.as_of, filed=frozenset(filed), subject=context.subject, modified=modified)
    if context.error:
        found["error"] = frozenset({"yes"})
    if context.several:
        found["versions"] = frozenset({"several"})
    found |= dict.fromkeys(context.doubts, frozenset({"yes"}))
    standing = {"entered-in-error": "error", "inactive": "inactive"}
    if carried is not None and raw(carried.resource.get("status")) in standing:
        found["carried"] = frozenset({standing[raw(carried.resource.get("status"))]})
    return found


def _carried(item: Item, index: Index) -> Item | None:
    """The Medication or the Device that the entry is about, if it is a resource of its own."""
    if item.type in _MEDICINES:
        return index.find(item.resource.get("medicationReference"), item)
    return index.find(item.resource.get("device"), item) if item.type == "DeviceUseStatement" else None


def _words(item: Item, carried: Item | None, index: Index) -> tuple[str, tuple[Coding, ...]]:
    resource = item.resource
    if item.type in _MEDICINES:
        return _medicine(resource, carried, index)
    if item.type == "DeviceUseStatement":
        display = string(obj(resource.get("device")).get("display"))
        device = carried.resource if carried is not None else {}
        return device_words(device) or display, codings(device.get("type"))
    if item.type == "FamilyMemberHistory":
        conditions = [one.get("code") for one in objs(resource.get("condition"))]
        return "; ".join(labels(conditions)) or label(resource.get("relationship")), _all_codings(conditions)
    if item.type == "ImmunizationRecommendation":
        vaccines = [one for line in objs(resource.get("recommendation")) for one in objs(line.get("vaccineCode"))]
        return "; ".join(labels(vaccines)), _all_codings(vaccines)
    if item.type == "ImagingStudy" and not resource.get("description") and not resource.get("procedureCode"):
        kinds = [one for series in objs(resource.get("series")) for one in _concepts(series.get("modality"))]
        return next((words for _, words in kinds if words), ""), tuple(one for coded, _ in kinds for one in coded)
    if item.type == "Device" and (words := device_words(resource)):
        return words, codings(resource.get("type"))
    elements = _CODE.get(item.type, ("code", "description", "title", "type", "category"))
    named = [one for element in elements for one in _concepts(resource.get(element))]
    plain = [words for coded, words in named if words and words not in {one.code for one in coded}]
    if item.type == "Consent" and plain:
        return plain[0], tuple(one for concept, _ in named for one in concept)  # its scope often tells more
    words = next((words for _, words in named if words), "") or who(item, index)
    if not words and item.type == "AllergyIntolerance":
        words = ", ".join(labels([one.get("substance") for one in objs(resource.get("reaction"))]))
    return words, tuple(one for concept, _ in named for one in concept)


def _concepts(value: object) -> list[tuple[tuple[Coding, ...], str]]:
    """Codings and words of a concept, a Coding, a scalar, or a list of them."""
    found: list[tuple[tuple[Coding, ...], str]] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict) and "coding" not in one and "text" not in one and ("code" in one or "display" in one):
            found.append(((coding(one),), string(one.get("display")) or string(one.get("code"))))
        else:
            found.append((codings(one), label(one) or string(one)))
    return found


def _all_codings(concepts: Sequence[object]) -> tuple[Coding, ...]:
    return tuple(one for concept in concepts for one in codings(concept))


def _medicine(resource: Json, carried: Item | None, index: Index) -> tuple[str, tuple[Coding, ...]]:
    stated = resource.get("medicationCodeableConcept")
    code = carried.resource.get("code") if carried is not None else None
    made_of = ", ".join(one.words for one in _ingredients(carried, index) if one.words)
    display = string(obj(resource.get("medicationReference")).get("display"))
    named = (
        label(stated, ("display",)),
        label(code, ("display",)),
        display,
        made_of,
        label(stated),
        label(code),
    )
    return next((words for words in named if words), ""), (*codings(stated), *codings(code))


def _ingredients(carried: Item | None, index: Index) -> tuple[Ingredient, ...]:
    if carried is None:
        return ()
    found = []
    for one in objs(carried.resource.get("ingredient")):
        concept = one.get("itemCodeableConcept")
        if concept is None and (inner := index.find(one.get("itemReference"), carried)) is not None:
            concept = inner.resource.get("code")
        words = label(concept) or string(obj(one.get("itemReference")).get("display"))
        strength = obj(one.get("strength"))
        top, bottom = quantity(strength.get("numerator")), quantity(strength.get("denominator"))
        found.append(Ingredient(words, codings(concept), top, bottom))
    return tuple(found)


def _categories(resource: Json) -> tuple[str, ...]:
    found = []
    listed = resource.get("category")
    for one in listed if isinstance(listed, list) else [listed]:
        if isinstance(one, dict):
            found.extend([c.code for c in codings(one) if c.code] or [label(one)])
        else:
            found.append(string(one))
    found.extend(one.code for one in codings(resource.get("scope")))
    return tuple(word for word in found if word)


def _dates(resource: Json) -> tuple[Dated, ...]:
    found = [one for base in _DATES for one in dated(resource, base)]
    period = obj(obj(resource.get("provision")).get("period"))
    if period:
        found.extend(dated({"provision": period}, "provision"))
    return tuple(found)


def _reaction(value: Json) -> Reaction:
    return Reaction(
        labels(value.get("manifestation")),
        string(value.get("severity")),
        label(value.get("substance")),
        string(value.get("onset")),
        note(value.get("description")) or next(iter(_notes(value)), ""),
    )


def _actors(item: Item, index: Index) -> tuple[Actor, ...]:
    found = []
    for role in _ACTORS:
        value = item.resource.get(role)
        for one in objs(value) if isinstance(value, dict | list) else []:
            inner = next((one[name] for name in ("actor", "individual") if name in one), one)
            found.append(actor(role, inner, item, index))
    return tuple(one for one in found if one.words or one.identifiers)


def _details(resource: Json) -> tuple[Detail, ...]:
    found = details(resource, _DETAILS)
    for one in objs(resource.get("protocolApplied")):
        found += details(one, ("series", "doseNumberPositiveInt", "doseNumberString", "targetDisease"))
    for one in objs(resource.get("udiCarrier")):
        found += details(one, ("deviceIdentifier", "carrierHRF"))
    for one in (*objs(resource.get("content")), {"attachment": resource.get("sourceAttachment")}):
        found += details(obj(one.get("attachment")), ("title", "contentType", "creation"))
    for one in objs(resource.get("presentedForm")):
        found += details(one, ("title", "contentType", "creation"))
    found += details(obj(resource.get("provision")), ("type", "code"))
    for one in objs(resource.get("stage")):
        found += details(one, ("summary",))
    return tuple(found)


def _notes(resource: Json) -> tuple[str, ...]:
    annotated = [note(one.get("text")) for one in objs(resource.get("note"))]
    plain = [note(resource.get(element)) for element in ("conclusion", "comment", "patientInstruction", "description")]
    return tuple(words for words in (*annotated, *strings(resource.get("note")), *plain) if words)


def _links(item: Item, index: Index) -> tuple[str, ...]:
    targets = (index.find(one, item) for element in _LINKS for one in objs(item.resource.get(element)))
    return tuple(dict.fromkeys(found.key for found in targets if found is not None and found.key != item.key))
