"""The dosage of a treatment: dose, rhythm, moments, route, and words. One Dosage, or text alone.

What is said by fields stands in the structure, so that it is worded in every language; words beside it are an
instruction. Words alone are the text of the dosage. Whatever the form cannot say in fields it shows as words.
Source: FHIR R4 (4.0.1) dosage.html#Dosage, datatypes.html#Timing (tim-1 to tim-10).
"""

from typing import Any, Final

from baladeur.record.author.fields import Choice, Field, Kind, Part, Value
from baladeur.record.author.shapes import Parsed, coded, concept, said
from baladeur.record.dosage import words as dosage_words
from baladeur.record.elements import Json, obj, objs, raw
from baladeur.text import safe_text

#: rhythm → frequency, period, unit
_RHYTHMS: Final = {
    "1/d": (1, 1, "d"), "2/d": (2, 1, "d"), "3/d": (3, 1, "d"), "4/d": (4, 1, "d"), "1/2d": (1, 2, "d"),
    "1/wk": (1, 1, "wk"), "1/mo": (1, 1, "mo"), "1/4h": (1, 4, "h"), "1/6h": (1, 6, "h"), "1/8h": (1, 8, "h"),
    "1/12h": (1, 12, "h"),
}  # fmt: skip
RHYTHMS: Final = (
    Choice("1/d", "une fois par jour", "once a day"),
    Choice("2/d", "deux fois par jour", "twice a day"),
    Choice("3/d", "trois fois par jour", "three times a day"),
    Choice("4/d", "quatre fois par jour", "four times a day"),
    Choice("1/2d", "un jour sur deux", "every other day"),
    Choice("1/wk", "une fois par semaine", "once a week"),
    Choice("1/mo", "une fois par mois", "once a month"),
    Choice("1/4h", "toutes les 4 heures", "every 4 hours"),
    Choice("1/6h", "toutes les 6 heures", "every 6 hours"),
    Choice("1/8h", "toutes les 8 heures", "every 8 hours"),
    Choice("1/12h", "toutes les 12 heures", "every 12 hours"),
)
MOMENTS: Final = (
    Choice("MORN", "matin", "morning"),
    Choice("NOON", "midi", "noon"),
    Choice("EVE", "soir", "evening"),
    Choice("HS", "coucher", "bedtime"),
    Choice("ACM", "avant-petit-déjeuner", "before-breakfast"),
    Choice("CD", "déjeuner", "lunch"),
    Choice("CV", "dîner", "dinner"),
)
DOSE: Final = Field("dose", "dose", "dose", Kind.QUANTITY)
RHYTHM: Final = Field("rhythm", "rythme", "rhythm", Kind.CHOICE, choices=RHYTHMS)
WHEN: Final = Field("when", "moments", "moments", Kind.CHOICES, choices=MOMENTS)
NEEDED: Final = Field("needed", "si besoin", "as needed", Kind.FLAG)
ROUTE: Final = Field("route", "voie", "route", Kind.CODED, tables=("values",), group="route")
WORDS: Final = Field("dosage", "posologie en mots", "dosage in words")


def repeat(told: Parsed) -> Json:
    """Timing.repeat of a rhythm and moments; empty if neither is said. Raises ValueError if they do not fit."""
    whens = list(told.get("when", ()))
    rhythm = told.get("rhythm")
    if not whens and rhythm is None:
        return {}
    often, period, unit = _RHYTHMS[rhythm] if rhythm else (0, 1, "d")
    if whens and (unit == "h" or (rhythm and often != len(whens) and not (often == 1 and len(whens) == 1))):
        raise ValueError("when")
    made: Json = {"frequency": often or len(whens), "period": period, "periodUnit": unit}
    return made | ({"when": whens} if whens else {})


def _put(resource: Json, told: Parsed) -> None:
    element = "dosageInstruction" if resource.get("resourceType") == "MedicationRequest" else "dosage"
    resource.pop(element, None)
    made: Json = {}
    if timing := repeat(told):
        made["timing"] = {"repeat": timing}
    if told.get("needed"):
        made["asNeededBoolean"] = True
    if "dose" in told:
        made["doseAndRate"] = [{"doseQuantity": told["dose"]}]
    structured = bool(made)
    if "route" in told:
        made["route"] = concept(told["route"])
    if "dosage" in told:
        made |= {"additionalInstruction": [{"text": told["dosage"]}]} if structured else {"text": told["dosage"]}
    if made:
        resource[element] = [made]


def _get(resource: Json) -> dict[str, Value]:
    lines = objs(resource.get("dosage")) or objs(resource.get("dosageInstruction"))
    if not lines:
        return {}
    found = _fields(lines[0]) if len(lines) == 1 else None
    if found is not None:
        return found
    shown = dosage_words(lines, "fr")
    return {} if shown.basis == "detail" else {"dosage": safe_text(shown.words)}


def _fields(line: Json) -> dict[str, Value] | None:
    """One Dosage in fields, or None if they would not give it back as it is."""
    found: dict[str, Any] = {}
    timing = obj(obj(line.get("timing")).get("repeat"))
    plain = {key: value for key, value in timing.items() if key != "when"}
    if timing:
        whens = tuple(timing.get("when", ())) if isinstance(timing.get("when", []), list) else ("?",)
        shape = (timing.get("frequency"), timing.get("period"), timing.get("periodUnit"))
        rhythm = next((name for name, told in _RHYTHMS.items() if told == shape), "")
        if set(plain) != {"frequency", "period", "periodUnit"} or not set(whens) <= {one.code for one in MOMENTS}:
            return None
        if len(set(whens)) != len(whens):
            return None
        found |= {"when": whens} if whens else {}
        if not (whens and shape == (len(whens), 1, "d")):
            if not rhythm:
                return None
            found["rhythm"] = rhythm
    for one in objs(line.get("doseAndRate"))[:1]:
        found["dose"] = said(one.get("doseQuantity"))
    if line.get("asNeededBoolean") is True:
        found["needed"] = "oui"
    if (route := coded(line.get("route"))) is not None:
        found["route"] = route
    words = raw(line.get("text")) or raw(next(iter(objs(line.get("additionalInstruction"))), {}).get("text"))
    if words:
        found["dosage"] = safe_text(words)
    return found if _same(line, found) else None


def _same(line: Json, found: dict[str, Any]) -> bool:
    """Whether the fields say all of a Dosage: what they leave out must not be lost by a correction."""
    known = {"timing", "doseAndRate", "asNeededBoolean", "route", "text", "additionalInstruction"}
    if not set(line) <= known or set(obj(line.get("timing"))) - {"repeat"}:
        return False
    rates = objs(line.get("doseAndRate"))
    if len(rates) > 1 or any(set(one) != {"doseQuantity"} for one in rates):
        return False
    if "text" in line and (set(line) - {"text", "route"}):
        return False
    told = objs(line.get("additionalInstruction"))
    return len(told) < 2 and all(set(one) == {"text"} for one in told)


DOSAGE: Final = Part((DOSE, RHYTHM, WHEN, NEEDED, ROUTE, WORDS), _put, _get)
