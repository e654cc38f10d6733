"""FHIR data types to model types. This is the border: every string that leaves here passed `safe_text` once.

Tolerant by rule: an element of the wrong JSON type counts as not there, one object counts as a list of one.
Together with `fhir`, `entries`, `facts`, `patient` and `references` this is all that sees resource dicts.
Source: FHIR R4 (4.0.1) section 2.24 "Data Types".
"""

from collections.abc import Iterator
from typing import Any

from baladeur.record.model import Dated, Detail, Quantity, ReferenceRange, Value
from baladeur.record.people import Coding, Identifier, Name, Telecom
from baladeur.text import NOTE, safe_text

Json = dict[str, Any]

DATA_ABSENT_REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def obj(value: object) -> Json:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def objs(value: object) -> list[Json]:
    """The objects of a list; a lone object counts as a list of one."""
    if isinstance(value, dict):
        return [value]
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def raw(value: object) -> str:
    """A string as it is, untamed: for comparing, never for showing."""
    return value if isinstance(value, str) else ""


def string(value: object) -> str:
    """A JSON scalar as tame words of one line; numbers as written; anything else is empty."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, dict | list):
        return ""
    return safe_text(str(value))


def strings(value: object) -> tuple[str, ...]:
    """The scalars of a list as tame words, without empty ones."""
    found = value if isinstance(value, list) else [value]
    return tuple(words for words in map(string, found) if words)


def note(value: object) -> str:
    """A free text of several lines."""
    return safe_text(value, NOTE, lines=True) if isinstance(value, str) else ""


def extension(element: object, url: str) -> Json:
    """The first extension with this URL, or an empty object."""
    return next((found for found in objs(obj(element).get("extension")) if found.get("url") == url), {})


def choice(resource: Json, base: str) -> Iterator[tuple[str, Any]]:
    """Each `base[x]` that is there, as (type, value), `_base[x]` included: `("DateTime", "2015")`."""
    for name, value in resource.items():
        bare = name.removeprefix("_")
        if bare.startswith(base) and bare[len(base) :][:1].isupper():
            yield bare[len(base) :], value


def codings(concept: object) -> tuple[Coding, ...]:
    """The codings of one CodeableConcept."""
    return tuple(coding(one) for one in objs(obj(concept).get("coding")))


def coding(value: object) -> Coding:
    """One Coding."""
    found = obj(value)
    return Coding(string(found.get("system")), string(found.get("code")), string(found.get("display")))


def label(concept: object, names: tuple[str, ...] = ("display", "code")) -> str:
    """The words of a CodeableConcept as the source has them: text, then a display, then a code; never invented."""
    found = obj(concept)
    if words := string(found.get("text")):
        return words
    listed = sorted(objs(found.get("coding")), key=lambda one: one.get("userSelected") is not True)
    for element in names:
        for one in listed:
            if words := string(one.get(element)):
                return words
    return ""


def labels(concepts: object) -> tuple[str, ...]:
    """The words of each CodeableConcept of a list, without empty ones."""
    return tuple(words for words in map(label, objs(concepts)) if words)


def quantity(value: object) -> Quantity | None:
    """A Quantity with its number and unit as written, or None if it has no number."""
    found = obj(value)
    number = string(found.get("value"))
    if not number:
        return None
    code = string(found.get("code"))
    return Quantity(
        number, string(found.get("unit")) or code, string(found.get("comparator")), string(found.get("system")), code
    )


def quantity_words(value: object) -> str:
    """A Quantity in one line: comparator, number, unit, as written."""
    found = quantity(value)
    return "" if found is None else " ".join(w for w in (found.comparator, found.number, found.unit) if w)


def dated(resource: Json, base: str) -> list[Dated]:
    """Each form of a date `base` or `base[x]`, as written."""
    found = []
    if words := string(resource.get(base)) if not isinstance(resource.get(base), bool) else "":
        found.append(Dated(base, words))
    elif isinstance(resource.get(base), dict):
        found.append(_period(base, resource[base]))
    for kind, value in choice(resource, base):
        if kind in ("DateTime", "Date", "Instant") and isinstance(value, str):
            found.append(Dated(base, string(value)))
        elif kind == "Period":
            found.append(_period(base, value))
        elif kind == "Timing":
            events = strings(obj(value).get("event")) or ("",)
            bounds = _period(base, obj(obj(value).get("repeat")).get("boundsPeriod"))
            found.append(Dated(base, bounds.start or events[0], bounds.end or (events[-1] if events[1:] else "")))
        elif kind in ("Age", "Duration", "Range", "String", "Boolean"):
            if text := _measure(kind, value):
                found.append(Dated(base, "", "", text))
    return [one for one in found if one.start or one.end or one.text]


def _period(role: str, value: object) -> Dated:
    return Dated(role, string(obj(value).get("start")), string(obj(value).get("end")))


def _measure(kind: str, value: object) -> str:
    """Words for the kinds of value that are no Quantity and no concept."""
    found = obj(value)
    if kind == "Range":
        return " – ".join(w for w in (quantity_words(found.get("low")), quantity_words(found.get("high"))) if w)
    if kind == "Ratio":
        top, bottom = quantity_words(found.get("numerator")), quantity_words(found.get("denominator"))
        return f"{top} : {bottom}" if top and bottom else top
    if kind == "Period":
        return " – ".join(w for w in (string(found.get("start")), string(found.get("end"))) if w)
    if kind in ("Age", "Duration", "Quantity"):
        return quantity_words(found)
    if kind == "SampledData":
        return "SampledData"
    return string(value)


def measured(holder: Json, label_of: object = None) -> Value | None:
    """`value[x]` or `dataAbsentReason` of an Observation or a component, with range and interpretation; or None."""
    found: Quantity | None = None
    text, kinds = "", tuple[Coding, ...]()
    for kind, value in choice(holder, "value"):
        if kind == "Quantity" and (measure := quantity(value)) is not None:
            found = measure
        elif kind == "CodeableConcept":
            text, kinds = label(value), codings(value)
        else:
            text = text or _measure(kind, value)
    absent = label(holder.get("dataAbsentReason"))
    named = label(label_of) if label_of is not None else ""
    if found is None and not text and not absent and not named:
        return None
    return Value(
        named,
        found,
        text,
        kinds,
        absent,
        labels(holder.get("interpretation")),
        tuple(_reference(one) for one in objs(holder.get("referenceRange"))),
        codings(label_of),
    )


def _reference(value: Json) -> ReferenceRange:
    return ReferenceRange(
        quantity(value.get("low")), quantity(value.get("high")), string(value.get("text")), label(value.get("type"))
    )


def identifier(value: Json) -> Identifier:
    """One Identifier, with the code of its type as declared."""
    kind = next((one.code for one in codings(value.get("type")) if one.code), "")
    return Identifier(
        string(value.get("system")),
        string(value.get("value")),
        string(value.get("use")),
        kind or label(value.get("type")),
    )


def name(value: Json) -> Name:
    """One HumanName."""
    birth = extension(value, "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-birth-list-given-name")
    return Name(
        string(value.get("family")),
        strings(value.get("given")),
        string(value.get("use")),
        strings(value.get("prefix")),
        strings(value.get("suffix")),
        string(value.get("text")),
        string(birth.get("valueString")),
    )


def name_words(value: object) -> str:
    """A HumanName (or the first of several) in one line, as the source orders it."""
    found = next((name(one) for one in objs(value)), None)
    if found is None:
        return string(value)
    return found.text or " ".join((*found.prefix, *found.given, found.family, *found.suffix)).strip()


def telecoms(value: object) -> tuple[Telecom, ...]:
    """ContactPoints that have a value."""
    listed = (Telecom(string(o.get("system")), string(o.get("value")), string(o.get("use"))) for o in objs(value))
    return tuple(one for one in listed if one.value)


def address_words(value: Json) -> str:
    """An Address in one line, as written."""
    place = " ".join(w for w in (string(value.get("postalCode")), string(value.get("city"))) if w)
    parts = (*strings(value.get("line")), place, string(value.get("state")), string(value.get("country")))
    return string(value.get("text")) or ", ".join(w for w in parts if w)


def details(resource: Json, names: tuple[str, ...]) -> list[Detail]:
    """The named elements that are there, each in words: scalars, concepts, quantities, lists of them."""
    found = []
    for element in names:
        value = resource.get(element)
        for one in value if isinstance(value, list) else [value]:
            words = _words(one)
            if words:
                found.append(Detail(element, words))
    return found


def _words(value: object) -> str:
    if not isinstance(value, dict):
        return string(value)
    return label(value) or quantity_words(value) or string(value.get("display")) or string(value.get("code"))


def tamed(value: Any) -> Any:
    """The same JSON structure with each string tamed, numbers as they were."""
    if isinstance(value, dict):
        return {safe_text(key): tamed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [tamed(inner) for inner in value]
    return safe_text(value, NOTE) if isinstance(value, str) else value
