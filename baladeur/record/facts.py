"""What a resource says about its own standing, as the facts that `status.TABLE` reads. It judges nothing.

Source: FHIR R4 (4.0.1), the modifier elements of each resource; section 2.24.0.9 (date formats, partial dates).
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any, Final

from baladeur.record.elements import DATA_ABSENT_REASON, Json, choice, extension, label, obj, objs, raw, string
from baladeur.record.model import SectionName, Status
from baladeur.record.status import KNOWN_MODIFIERS, named
from baladeur.text import fold

_DATE = re.compile(r"^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T[0-9:.+Z-]+)?)?)?$")
_HL7: Final = "http://terminology.hl7.org/CodeSystem/"
_CODED: Final = {  # the elements that are CodeableConcepts, with the only system whose codes count
    ("AllergyIntolerance", "clinicalStatus"): _HL7 + "allergyintolerance-clinical",
    ("AllergyIntolerance", "verificationStatus"): _HL7 + "allergyintolerance-verification",
    ("Condition", "clinicalStatus"): _HL7 + "condition-clinical",
    ("Condition", "verificationStatus"): _HL7 + "condition-ver-status",
}
_START: Final = ("onset", "effective", "performed", "occurrence", "timing", "period", "started", "authoredOn")
_NEGATIONS: Final = ("notDone", "notGiven", "notPerformed", "wasNotGiven", "wasNotTaken")
_FAMILY_SNOMED: Final = frozenset({"57177007", "416471007"})
_FAMILY_ICD10: Final = re.compile(r"^Z8[0-4](\.|$|[0-9])")
#: What a name begins with when it is about relatives, folded. At the beginning only: "breast cancer, family history of
#: it" names the patient's own. SNOMED CT has hundreds of such situations, whose names all begin so.
_FAMILY_WORDS: Final = re.compile(
    r"(?:no |aucune? )?(?:known )?(?:(?:family|familial|maternal|paternal) (?:history|hx)\b|fhx\b|"
    r"(?:antecedents?|atcd|histoire|anamnese)s?\.? (?:medica(?:l|ux) )?(?:familia|fam\b)|"
    r"familienanamnese|familieanamnese|antecedentes? (?:medicos )?familiares?|anamnesi familiare)"
)
_NAMED: Final = {fact: named(fact) | {"absent", "refuted", "entered-in-error"} for fact in ("verification", "intent")}
_DAYS: Final = {"s": 1 / 86400, "min": 1 / 1440, "h": 1 / 24, "d": 1, "wk": 7, "mo": 31, "a": 366}


def days(written: object) -> tuple[date, date] | None:
    """The first and the last day that a FHIR date can mean: `2018-03` is 1 to 31 March. None if it is no date."""
    match = _DATE.match(raw(written).strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, IndexError):
        return None


def statuses(resource: Json) -> tuple[list[Status], dict[str, str]]:
    """The status elements as coded, and the code of each as the table wants it: `absent`, `other` or a code."""
    type_ = raw(resource.get("resourceType"))
    shown: list[Status] = []
    codes: dict[str, str] = {}
    for element in ("clinicalStatus", "verificationStatus", "status", "intent", "docStatus"):
        value = resource.get(element)
        if (type_, element) in _CODED:
            codes[element] = _concept_code(value, _CODED[type_, element])
            shown.extend(
                Status(element, string(one.get("code")), label(value)) for one in objs(obj(value).get("coding"))
            )
            if value is not None and not objs(obj(value).get("coding")):
                shown.append(Status(element, "", label(value)))
        elif value is None:
            codes[element] = "absent"
        else:
            codes[element] = value if isinstance(value, str) and value else "other"
            shown.append(Status(element, string(value), ""))
    return shown, codes


def _concept_code(concept: object, system: str) -> str:
    if concept is None:
        return "absent"
    listed = objs(obj(concept).get("coding"))
    codes = {raw(one.get("code")) for one in listed if one.get("system") in (system, None) and one.get("code")}
    if len(codes) == 1:
        return codes.pop()
    told = listed or obj(concept).get("text") or not isinstance(concept, dict)
    return "other" if codes or (told and not extension(concept, DATA_ABSENT_REASON)) else "absent"


def facts(
    resource: Json, as_of: date, *, filed: frozenset[SectionName], subject: str, modified: bool
) -> dict[str, frozenset[str]]:
    """The facts of one resource for `status.judge`. `subject` is self, other or unknown. Raises nothing."""
    _, codes = statuses(resource)
    main = "clinicalStatus" if raw(resource.get("resourceType")) in ("AllergyIntolerance", "Condition") else "status"
    wrong = "entered-in-error" in codes.values()
    found = {
        "status": codes[main],
        "verification": _known("verification", codes["verificationStatus"]),
        "intent": _known("intent", codes["intent"]),
        "error": "yes" if wrong else "no",
        "start": _start(resource, as_of),
        "end": _end(resource, as_of),
        "modifier": "yes" if modified else "no",
        "subject": subject,
        "family": "yes" if _family(resource) else "no",
        "negated": _negated(resource),
        "do_not": _flag(resource.get("doNotPerform")),
        "reported": "yes" if resource.get("reportedBoolean") is True or resource.get("reportedReference") else "no",
        "form": "period" if "effectivePeriod" in resource else "point",
    }
    return {name: frozenset({value}) for name, value in found.items()} | {"filed": frozenset(map(str, filed))}


def _known(fact: str, code: str) -> str:
    return code if code in _NAMED[fact] else "other"


def has_modifier(value: Any) -> bool:
    """Whether a modifier that this program does not know stands anywhere inside."""
    if isinstance(value, dict):
        for modifier in objs(value.get("modifierExtension")):
            if modifier.get("url") not in KNOWN_MODIFIERS:
                return True
        given = value.get("modifierExtension")
        if given and not objs(given):
            return True  # not even readable as an extension
        if value.get("implicitRules"):
            return True
        return any(has_modifier(inner) for inner in value.values() if isinstance(inner, dict | list))
    return any(has_modifier(inner) for inner in value) if isinstance(value, list) else False


def _flag(value: object) -> str:
    if value is None or value is False:
        return "no"
    return "yes" if value is True else "unclear"


def _negated(resource: Json) -> str:
    flags = {_flag(resource.get(name)) for name in _NEGATIONS}
    if resource.get("taken") == "n":
        flags.add("yes")
    elif "taken" in resource and resource["taken"] != "y":
        flags.add("unclear")
    return "yes" if "yes" in flags else "unclear" if "unclear" in flags else "no"


def _family(resource: Json) -> bool:
    concept = obj(resource.get("code"))
    told = [concept.get("text"), *(one.get("display") for one in objs(concept.get("coding")))]
    if resource.get("resourceType") == "Condition" and any(_FAMILY_WORDS.match(fold(raw(one)).strip()) for one in told):
        return True
    for one in objs(concept.get("coding")):
        system, code = raw(one.get("system")), raw(one.get("code"))
        if system == "http://snomed.info/sct" and code in _FAMILY_SNOMED:
            return True
        if "icd-10" in system.lower() or system == "urn:oid:2.16.840.1.113883.6.3":
            if _FAMILY_ICD10.match(code):
                return True
    return False


def _start(resource: Json, as_of: date) -> str:
    for base in _START:
        for value in (resource.get(base), *(value for _, value in choice(resource, base))):
            written = obj(value).get("start") if isinstance(value, dict) else value
            if written is None or not isinstance(written, str):
                continue
            meant = days(written)
            if meant is not None and meant[0] > as_of:
                return "future"
    bounds = [obj(obj(obj(line.get("timing")).get("repeat")).get("boundsPeriod")) for line in _dosages(resource)]
    begins = [days(period.get("start")) for period in bounds]
    return "future" if begins and all(meant and meant[0] > as_of for meant in begins) else "none"


def _dosages(resource: Json) -> list[Json]:
    return objs(resource.get("dosage")) + objs(resource.get("dosageInstruction"))


def _against(written: object, as_of: date) -> str:
    meant = days(written)
    if meant is None:
        return "unclear"
    return "past" if meant[1] < as_of else "future"


def _end(resource: Json, as_of: date) -> str:
    if resource.get("resourceType") == "Condition":
        found = {_against(end, as_of) for end in _abatements(resource)}
        if len(found) > 1:
            found.discard("unclear")  # `_abatementDateTime` beside its date
        return found.pop() if len(found) == 1 else "unclear" if found else "none"
    end = _period_end(resource)
    return _against(end, as_of) if end is not None else _course(resource, as_of)


def _period_end(resource: Json) -> object:
    for base in ("effective", "timing", "performed", "occurrence"):
        for kind, value in choice(resource, base):
            end = obj(value).get("end") if kind == "Period" else obj(obj(value).get("repeat")).get("boundsPeriod")
            end = obj(end).get("end") if isinstance(end, dict) else end
            if end is not None:
                return end
    periods = (resource.get("period"), obj(resource.get("provision")).get("period"))
    return next((end for period in periods if (end := obj(period).get("end")) is not None), None)


def _abatements(resource: Json) -> list[object]:
    found: list[object] = []
    for kind, value in choice(resource, "abatement"):
        if kind == "DateTime" and isinstance(value, str):
            found.append(value)
        elif kind == "Period" and (obj(value).get("end")) is not None:
            found.append(obj(value)["end"])
        elif not (kind == "Boolean" and value is False):
            found.append(None)  # stated, but no date
    return found


def ends(resource: Json) -> tuple[str, str]:
    """When a line stops being current by itself: its end as written, or the last day of all its bounded dosages.

    Each is empty if it is not stated or is no date. Raises nothing. The same sources as the fact `end`.
    """
    if resource.get("resourceType") == "Condition":
        dated = [(meant[1], raw(end)) for end in _abatements(resource) if (meant := days(end))]
        return min(dated, default=(None, ""))[1], ""
    if (end := _period_end(resource)) is not None:
        return raw(end) if days(end) else "", ""
    last = [_dosage_last(line, resource) for line in _dosages(resource)]
    bounded = [day for day in last if isinstance(day, date)]
    return "", max(bounded).isoformat() if bounded and len(bounded) == len(last) else ""


def _course(resource: Json, as_of: date) -> str:
    """The end of a treatment whose every dosage is bounded; `none` if one of them is not."""
    last = [_dosage_last(line, resource) for line in _dosages(resource)]
    states = [("past" if day < as_of else "future") if isinstance(day, date) else day for day in last]
    if not states or "none" in states:
        return "none"
    return next(state for state in ("unclear", "future", "past") if state in states)


def _dosage_last(line: Json, resource: Json) -> date | str:
    """The last day that one dosage allows, or `none`, or `unclear`."""
    repeat = obj(obj(line.get("timing")).get("repeat"))
    if (end := obj(repeat.get("boundsPeriod")).get("end")) is not None:
        meant = days(end)
        return meant[1] if meant else "unclear"
    length = obj(repeat.get("boundsDuration"))
    if not length:
        return "none"
    begun = resource.get("effectiveDateTime") or obj(resource.get("effectivePeriod")).get("start")
    meant = days(begun or resource.get("authoredOn"))
    try:
        last = meant and meant[1] + timedelta(days=float(str(length.get("value"))) * _DAYS[str(length.get("code"))])
    except (KeyError, ValueError, OverflowError):
        return "unclear"
    return last or "unclear"
