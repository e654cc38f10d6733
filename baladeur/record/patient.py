"""Patient to Identity, and any reference to somebody into words.

Sources: FHIR R4 (4.0.1) Patient, Practitioner, PractitionerRole, Organization, RelatedPerson, Device; fr-core 2.1.0.
"""

from typing import Final

from baladeur.record.elements import (
    Json,
    address_words,
    choice,
    codings,
    extension,
    identifier,
    label,
    name,
    name_words,
    obj,
    objs,
    raw,
    string,
    strings,
    telecoms,
)
from baladeur.record.people import Actor, Contact, Identity, Language
from baladeur.record.references import Index, Item
from baladeur.text import fold

_FR: Final = "https://hl7.fr/ig/fhir/core/StructureDefinition/"
_BIRTH_PLACE: Final = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace"


def identity(item: Item, index: Index) -> Identity:
    """The identity that a Patient resource declares. Nothing is checked and nothing raised here."""
    patient = item.resource
    place = obj(extension(patient, _BIRTH_PLACE).get("valueAddress"))
    status = extension(patient, _FR + "fr-core-identity-reliability")
    return Identity(
        item.key,
        tuple(name(one) for one in objs(patient.get("name"))),
        string(patient.get("birthDate")),
        string(patient.get("gender")),
        tuple(identifier(one) for one in objs(patient.get("identifier"))),
        _reliability(status),
        address_words(place),
        string(obj(extension(place, _FR + "fr-core-address-insee-code").get("valueCoding")).get("code")),
        _deceased(patient),
        telecoms(patient.get("telecom")),
        tuple(words for words in map(address_words, objs(patient.get("address"))) if words),
        tuple(_contact(one) for one in objs(patient.get("contact"))),
        tuple(_language(one) for one in objs(patient.get("communication"))),
        tuple(actor("generalPractitioner", one, item, index) for one in objs(patient.get("generalPractitioner"))),
    )


def _reliability(status: Json) -> tuple[str, ...]:
    found = [status, *objs(status.get("extension"))]
    return tuple(code for one in found if (code := string(obj(one.get("valueCoding")).get("code"))))


def _deceased(patient: Json) -> str:
    found = [string(value) for kind, value in choice(patient, "deceased") if kind in ("Boolean", "DateTime")]
    return next((words for words in found if words not in ("", "false")), "")


def _contact(value: Json) -> Contact:
    relations = objs(value.get("relationship"))
    return Contact(
        tuple(name(one) for one in objs(value.get("name"))),
        ", ".join(words for words in map(label, relations) if words),
        tuple(one for relation in relations for one in codings(relation)),
        telecoms(value.get("telecom")),
    )


def _language(value: Json) -> Language:
    spoken = value.get("language")
    code = next((one.code for one in codings(spoken) if one.code), "")
    return Language(code, label(spoken), value.get("preferred") is True)


def actor(role: str, reference: object, holder: Item, index: Index) -> Actor:
    """Who a reference (or a plain string) names: the resource's own name, else the reference's display."""
    if isinstance(reference, str):
        return Actor(role, string(reference))
    found = index.find(reference, holder)
    display = string(obj(reference).get("display"))
    if found is None:
        logical = obj(obj(reference).get("identifier"))
        named = tuple(identifier(one) for one in objs(logical) if one)
        return Actor(role, display or string(logical.get("value")), string(obj(reference).get("type")), named)
    ids = tuple(identifier(one) for one in objs(found.resource.get("identifier")))
    return Actor(role, who(found, index) or display, string(found.type), ids)


def who(item: Item, index: Index) -> str:
    """The name of a person, organisation or device, in one line; empty if it states none."""
    resource = item.resource
    if item.type == "PractitionerRole":
        parts = [obj(resource.get(part)) for part in ("practitioner", "organization")]
        return ", ".join(words for words in (_referred(part, item, index) for part in parts) if words)
    if item.type == "Device":
        return device_words(resource)
    return name_words(resource.get("name"))


def _referred(reference: Json, holder: Item, index: Index) -> str:
    found = index.find(reference, holder)
    named = name_words(found.resource.get("name")) if found is not None else ""
    return named or string(reference.get("display"))


def device_words(device: Json) -> str:
    """What a device is called: the name for users, else any name, else its type, else its model."""
    named = sorted(objs(device.get("deviceName")), key=lambda one: raw(one.get("type")) != "user-friendly-name")
    words = strings([one.get("name") for one in named])
    return words[0] if words else label(device.get("type")) or string(device.get("modelNumber"))


def same_person(one: Json, other: Json) -> str:
    """Whether a copy of a Patient that a resource contains is the patient: self, other, or unknown. Raises nothing.

    An identifier that both bear says so, as do the same names and birth date; another birth date or sex says that not.
    """
    theirs, ours = (
        {(raw(i.get("system")), raw(i.get("value"))) for i in objs(p.get("identifier"))} for p in (one, other)
    )
    if any(value for _, value in theirs & ours):
        return "self"
    born, birth = raw(one.get("birthDate")), raw(other.get("birthDate"))
    if not (born.startswith(birth) or birth.startswith(born)):  # a year agrees with each of its days
        return "other"
    if {raw(one.get("gender")), raw(other.get("gender"))} == {"male", "female"}:
        return "other"
    named, known = (
        {(fold(raw(n.get("family"))), fold(" ".join(strings(n.get("given"))))) for n in objs(p.get("name"))}
        for p in (one, other)
    )
    same = any(family and given for family, given in named & known)
    return "self" if same and born and birth else "unknown"
