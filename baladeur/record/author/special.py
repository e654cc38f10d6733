"""Elements that one form alone has: the drug, a reaction, a value with its range, a device, a note's text.

Sources: FHIR R4 (4.0.1), the resources of each name.
"""

import base64
import re
from datetime import date
from typing import Any, Final

from baladeur.record.author.fields import Choice, Coded, Field, Kind, Part, Value
from baladeur.record.author.shapes import UNKNOWN, Parsed, clear, coded, concept, said
from baladeur.record.elements import Json, obj, objs, raw, string
from baladeur.text import NOTE, safe_text

SEVERITIES: Final = (
    Choice("mild", "légère", "mild"),
    Choice("moderate", "modérée", "moderate"),
    Choice("severe", "grave", "severe"),
)
_SNOMED: Final = "http://snomed.info/sct"
_SEVERITY: Final = {"mild": "255604002", "moderate": "6736007", "severe": "24484000"}


# ---------------------------------------------------------------- treatment

_DRUG: Final = Field("drug", "médicament", "drug", Kind.CODED, True, ("medicines", "vaccines"))
_TELLS: Final = re.compile(r"[0-9]\s*(?:m[gl]|[µμuk]?g|mcg|l|ui|iu|u|mmol|meq|%)(?!\w)", re.IGNORECASE)
_STRENGTH: Final = Field("strength", "dosage de la forme", "strength")


def _put_drug(resource: Json, told: Parsed) -> None:
    clear(resource, "medication")
    if "drug" in told:
        made = concept(told["drug"])
        if "strength" in told:
            made["text"] = f"{made['text']} {told['strength']}"
        resource["medicationCodeableConcept"] = made


def _get_drug(resource: Json) -> dict[str, Value]:
    """The strength is told apart where the words begin with the name of the code, a brand in brackets behind it."""
    found = coded(resource.get("medicationCodeableConcept"))
    if found is None:
        words = string(obj(resource.get("medicationReference")).get("display"))
        return {"drug": Coded(words)} if words else {}
    match = re.fullmatch(rf"({re.escape(found.display)}(?: \([^()]*\))?) (.+)", found.text) if found.display else None
    if match is None or not found.is_coded:
        return {"drug": found}
    return {"drug": Coded(match[1], found.system, found.code, found.display), "strength": match[2]}


def tells_strength(words: str) -> bool:
    """Whether the words of a drug tell a strength: another one behind them would make two."""
    return _TELLS.search(words) is not None


DRUG: Final = Part((_DRUG, _STRENGTH), _put_drug, _get_drug)


# ---------------------------------------------------------------- allergy


def category_of(field: Field) -> Part:
    """The first category; the others stay."""

    def put(resource: Json, told: Parsed) -> None:
        rest = [one for one in resource.pop("category", [])[1:] if one != told.get(field.name)]
        made = [told[field.name]] if field.name in told else []
        if made or rest:
            resource["category"] = made + rest

    def get(resource: Json) -> dict[str, Value]:
        told = resource.get("category")
        return {field.name: raw(told[0])} if isinstance(told, list) and told and raw(told[0]) else {}

    return Part((field,), put, get)


_MANIFESTATION: Final = Field("reaction", "réaction", "reaction", Kind.CODED, tables=("reactions",))
_SEVERE: Final = Field("severity", "gravité", "severity", Kind.CHOICE, choices=SEVERITIES)


def _put_reaction(resource: Json, told: Parsed) -> None:
    given = objs(resource.pop("reaction", None))
    first, rest = (given[0], given[1:]) if given else ({}, [])
    if "reaction" in told:
        made = {**first, "manifestation": [concept(told["reaction"]), *objs(first.get("manifestation"))[1:]]}
        made.pop("severity", None)
        rest = [made | ({"severity": told["severity"]} if "severity" in told else {}), *rest]
    if rest:
        resource["reaction"] = rest


def _get_reaction(resource: Json) -> dict[str, Value]:
    first = next(iter(objs(resource.get("reaction"))), {})
    found = coded(next(iter(objs(first.get("manifestation"))), None))
    severity = raw(first.get("severity"))
    return ({"reaction": found} if found else {}) | ({"severity": severity} if found and severity else {})


REACTION: Final = Part((_MANIFESTATION, _SEVERE), _put_reaction, _get_reaction)


# ---------------------------------------------------------------- problem


def severity_of(field: Field) -> Part:
    """Condition.severity, as SNOMED CT has it."""

    def put(resource: Json, told: Parsed) -> None:
        resource.pop("severity", None)
        if field.name in told:
            resource["severity"] = {"coding": [{"system": _SNOMED, "code": _SEVERITY[told[field.name]]}]}

    def get(resource: Json) -> dict[str, Value]:
        codes = [raw(one.get("code")) for one in objs(obj(resource.get("severity")).get("coding"))]
        found = next((name for name, code in _SEVERITY.items() if code in codes), "")
        return {field.name: found} if found else {}

    return Part((field,), put, get)


# ---------------------------------------------------------------- vaccination

_NUMBER: Final = Field("number", "numéro de dose", "dose number")


def _put_number(resource: Json, told: Parsed) -> None:
    rest = objs(resource.pop("protocolApplied", None))[1:]
    made: list[Json] = []
    if "number" in told:
        text = told["number"]
        plain = text.isascii() and text.isdigit() and 0 < int(text) < 100
        made = [{"doseNumberPositiveInt": int(text)} if plain else {"doseNumberString": text}]
    if made or rest:
        resource["protocolApplied"] = made + rest


def _get_number(resource: Json) -> dict[str, Value]:
    first = next(iter(objs(resource.get("protocolApplied"))), {})
    found = string(first.get("doseNumberPositiveInt")) or string(first.get("doseNumberString"))
    return {"number": found} if found else {}


DOSE_NUMBER: Final = Part((_NUMBER,), _put_number, _get_number)


# ---------------------------------------------------------------- result

_VALUE: Final = Field("value", "valeur", "value", Kind.VALUE, True)
_LOW: Final = Field("low", "valeur usuelle basse", "usual from", Kind.VALUE)
_HIGH: Final = Field("high", "valeur usuelle haute", "usual up to", Kind.VALUE)


def _put_value(resource: Json, told: Parsed) -> None:
    clear(resource, "value")
    resource.pop("dataAbsentReason", None)
    resource.pop("interpretation", None)  # "critical" was said of the former value
    value = told.get("value")
    if isinstance(value, dict):
        resource["valueQuantity"] = value
    elif value:
        resource["valueString"] = value


def _get_value(resource: Json) -> dict[str, Value]:
    found = said(resource.get("valueQuantity")) or safe_text(raw(resource.get("valueString")))
    if not found and (chosen := coded(resource.get("valueCodeableConcept"))):
        found = chosen.text
    return {"value": found} if found else {}


VALUE: Final = Part((_VALUE,), _put_value, _get_value)


def _put_range(resource: Json, told: Parsed) -> None:
    resource.pop("referenceRange", None)
    ends = {name: told[name] for name in ("low", "high") if isinstance(told.get(name), dict)}
    unit = {
        key: value for key, value in obj(resource.get("valueQuantity")).items() if key in ("unit", "system", "code")
    }
    made = {name: one if "unit" in one else {**one, **unit} for name, one in ends.items()}
    words = [told[name] for name in ("low", "high") if isinstance(told.get(name), str)]
    if made or words:
        resource["referenceRange"] = [made | ({"text": " - ".join(words)} if words else {})]


def _get_range(resource: Json) -> dict[str, Value]:
    first = next(iter(objs(resource.get("referenceRange"))), {})
    return {name: text for name in ("low", "high") if (text := said(first.get(name)))}


RANGE: Final = Part((_LOW, _HIGH), _put_range, _get_range)


def performer_of(field: Field) -> Part:
    """Who measured, by name."""

    def put(resource: Json, told: Parsed) -> None:
        resource.pop("performer", None)
        if field.name in told:
            resource["performer"] = [{"display": told[field.name]}]

    def get(resource: Json) -> dict[str, Value]:
        found = string(next(iter(objs(resource.get("performer"))), {}).get("display"))
        return {field.name: found} if found else {}

    return Part((field,), put, get)


def performed_by(resource: Json) -> None:
    """A result of the summary says who measured, or that it is not known (IPS 2.0.0 Observation-results-...)."""
    resource.setdefault("performer", [UNKNOWN])


# ---------------------------------------------------------------- device

_DEVICE: Final = Field("device", "dispositif", "device", Kind.CODED, True, ("implants",))
_MODEL: Final = Field("model", "modèle", "model")
_SERIAL: Final = Field("serial", "numéro de série", "serial number")
_MAKER: Final = Field("maker", "fabricant", "manufacturer")
_CARRIED: Final = "dispositif"


def _device(resource: Json) -> Json:
    wanted = raw(obj(resource.get("device")).get("reference")).removeprefix("#")
    return next((one for one in objs(resource.get("contained")) if wanted and one.get("id") == wanted), {})


def _put_device(resource: Json, told: Parsed) -> None:
    former = _device(resource)
    others = [one for one in objs(resource.pop("contained", None)) if one is not former]
    if "device" not in told:
        return
    made: Json = {"resourceType": "Device", "id": raw(former.get("id")) or _CARRIED} | {
        name: value for name, value in former.items() if name not in ("type", "modelNumber", "serialNumber", "text")
    }
    made["type"] = concept(told["device"])
    for name, element in (("model", "modelNumber"), ("serial", "serialNumber"), ("maker", "manufacturer")):
        made.pop(element, None)
        if name in told:
            made[element] = told[name]
    resource["contained"] = [*others, made]
    resource["device"] = {"reference": f"#{made['id']}"}


def _get_device(resource: Json) -> dict[str, Value]:
    device = _device(resource)
    found: dict[str, Any] = {}
    if (named := coded(device.get("type"))) is not None:
        found["device"] = named
    elif words := string(obj(resource.get("device")).get("display")):
        found["device"] = Coded(words)
    for name, element in (("model", "modelNumber"), ("serial", "serialNumber"), ("maker", "manufacturer")):
        if text := string(device.get(element)):
            found[name] = text
    return found


DEVICE: Final = Part((_DEVICE, _MODEL, _SERIAL, _MAKER), _put_device, _get_device)


# ---------------------------------------------------------------- note, and what is no resource

_DAY: Final = Field("date", "date", "date", Kind.DATE, past=True, now=True)
_TEXT: Final = Field("text", "texte", "text", Kind.LONG, True)


def _put_text(resource: Json, told: Parsed) -> None:
    resource.pop("content", None)
    if "text" in told:
        data = base64.b64encode(told["text"].encode()).decode()
        day = {"creation": told["date"]} if "date" in told else {}
        resource["content"] = [{"attachment": {"contentType": "text/plain; charset=utf-8", "data": data, **day}}]


def _get_text(resource: Json) -> dict[str, Value]:
    attached = obj(next(iter(objs(resource.get("content"))), {}).get("attachment"))
    if not raw(attached.get("contentType")).startswith("text/plain"):
        return {}
    try:
        text = base64.b64decode(raw(attached.get("data")), validate=True).decode("utf-8")
    except ValueError:
        return {}
    day = raw(attached.get("creation"))[:10]
    return {"text": safe_text(text, NOTE, lines=True), **({"date": day} if day else {})}


ATTACHED: Final = Part((_DAY, _TEXT), _put_text, _get_text)


def dated_note(resource: Json, today: date) -> None:
    """A note without a date is of today."""
    for one in objs(resource.get("content")):
        obj(one.get("attachment")).setdefault("creation", today.isoformat())


def declared(*fields: Field) -> tuple[Part, ...]:
    """Fields of what is no resource: they are stored under their own names."""
    return tuple(Part((one,), _nothing, lambda resource: {}) for one in fields)


def _nothing(resource: Json, told: Parsed) -> None:
    """The content of what is no resource is made of the fields themselves."""
