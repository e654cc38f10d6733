"""The elements that forms fill, each with its way back: what a part writes it also reads.

Sources: FHIR R4 (4.0.1), the resources named; IPS 2.0.0: an unknown date carries data-absent-reason.
"""

from collections.abc import Mapping
from typing import Any, Final

from baladeur.record.author.fields import Coded, Field, Part, Value
from baladeur.record.elements import DATA_ABSENT_REASON, Json, label, obj, objs, quantity_words, raw
from baladeur.text import NOTE, safe_text

Parsed = Mapping[str, Any]
UNKNOWN: Final[Json] = {"extension": [{"url": DATA_ABSENT_REASON, "valueCode": "unknown"}]}


def concept(value: Coded) -> Json:
    """A CodeableConcept; free text has no coding."""
    if not value.is_coded:
        return {"text": value.text}
    display = {"display": value.display} if value.display else {}
    return {"coding": [{"system": value.system, "code": value.code, **display}], "text": value.text}


def coded(value: object) -> Coded | None:
    """A CodeableConcept as it would be typed; None if it says nothing."""
    words = label(value)
    first = next((one for one in objs(obj(value).get("coding")) if one.get("code")), {})
    if not words and not first:
        return None
    return Coded(words, raw(first.get("system")), raw(first.get("code")), safe_text(raw(first.get("display"))))


def clear(resource: Json, base: str) -> None:
    """Take away every form of an element `base` or `base[x]`."""
    for name in list(resource):
        plain = name.removeprefix("_")
        if plain == base or (plain.startswith(base) and plain[len(base) : len(base) + 1].isupper()):
            del resource[name]


def words_of(field: Field, element: str, *, base: str = "", system: Mapping[str, str] | None = None) -> Part:
    """A field that is a CodeableConcept."""

    def put(resource: Json, told: Parsed) -> None:
        clear(resource, base or element)
        if field.name in told:
            resource[element] = concept(told[field.name])

    def get(resource: Json) -> dict[str, Value]:
        found = coded(resource.get(element))
        return {field.name: found} if found else {}

    return Part((field,), put, get)


def many_words_of(field: Field, element: str) -> Part:
    """A field that is the first of a list of CodeableConcepts; the others stay."""

    def put(resource: Json, told: Parsed) -> None:
        rest = objs(resource.pop(element, None))[1:]
        made = [concept(told[field.name])] if field.name in told else []
        if made or rest:
            resource[element] = made + rest

    def get(resource: Json) -> dict[str, Value]:
        found = coded(next(iter(objs(resource.get(element))), None))
        return {field.name: found} if found else {}

    return Part((field,), put, get)


def code_of(field: Field, element: str) -> Part:
    """A field that is a code of the element itself."""

    def put(resource: Json, told: Parsed) -> None:
        resource.pop(element, None)
        if field.name in told:
            resource[element] = told[field.name]

    def get(resource: Json) -> dict[str, Value]:
        return {field.name: raw(resource[element])} if raw(resource.get(element)) else {}

    return Part((field,), put, get)


def status_of(field: Field, element: str, system: str) -> Part:
    """A field that is a CodeableConcept with one code of a closed system."""

    def put(resource: Json, told: Parsed) -> None:
        resource.pop(element, None)
        if field.name in told:
            resource[element] = status(system, told[field.name])

    def get(resource: Json) -> dict[str, Value]:
        found = [raw(one.get("code")) for one in objs(obj(resource.get(element)).get("coding"))]
        return {field.name: found[0]} if len(found) == 1 else {}

    return Part((field,), put, get)


def status(system: str, code: str) -> Json:
    """A CodeableConcept of one code."""
    return {"coding": [{"system": system, "code": code}]}


def date_of(field: Field, element: str, base: str, *, unknown: bool = False) -> Part:
    """A field that is a dateTime; `unknown`: without one the resource says that it is not known."""

    def put(resource: Json, told: Parsed) -> None:
        clear(resource, base)
        if field.name in told:
            resource[element] = told[field.name]
        elif unknown:
            resource[f"_{element}"] = UNKNOWN

    def get(resource: Json) -> dict[str, Value]:
        found = raw(resource.get(element)) or raw(obj(resource.get(f"{base}Period")).get("start"))
        return {field.name: found[:10]} if found else {}

    return Part((field,), put, get)


def period_of(start: Field, end: Field, base: str, *, point: str = "DateTime") -> Part:
    """Two fields that are a Period; without any the resource says that it is not known."""

    def put(resource: Json, told: Parsed) -> None:
        clear(resource, base)
        period = {name: told[one.name] for name, one in (("start", start), ("end", end)) if one.name in told}
        if period:
            resource[f"{base}Period"] = period
        else:
            resource[f"_{base}{point}"] = UNKNOWN

    def get(resource: Json) -> dict[str, Value]:
        period = obj(resource.get(f"{base}Period"))
        begun = raw(period.get("start")) or raw(resource.get(f"{base}{point}"))
        ended = raw(period.get("end"))
        return {one.name: day[:10] for one, day in ((start, begun), (end, ended)) if day}

    return Part((start, end), put, get)


def text_of(field: Field, element: str) -> Part:
    """A field that is a string."""

    def put(resource: Json, told: Parsed) -> None:
        resource.pop(element, None)
        if field.name in told:
            resource[element] = told[field.name]

    def get(resource: Json) -> dict[str, Value]:
        return {field.name: safe_text(raw(resource[element]))} if raw(resource.get(element)) else {}

    return Part((field,), put, get)


def note_of(field: Field, *, under: str = "note") -> Part:
    """A field that is the first note; the others stay."""

    def put(resource: Json, told: Parsed) -> None:
        rest = objs(resource.pop(under, None))[1:]
        made = [{"text": told[field.name]}] if field.name in told else []
        if made or rest:
            resource[under] = made + rest

    def get(resource: Json) -> dict[str, Value]:
        found = safe_text(raw(next(iter(objs(resource.get(under))), {}).get("text")), NOTE, lines=True)
        return {field.name: found} if found else {}

    return Part((field,), put, get)


def said(value: object) -> str:
    """A Quantity as it would be typed."""
    found = quantity_words(value)
    return found.replace(".", ",") if found else ""
