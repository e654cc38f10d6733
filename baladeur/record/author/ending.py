"""A line that ends: a new version with the status and the end that its resource has for it, and the reason why.

What was recorded by mistake gets the status that FHIR has for that, and never stands on a page again.
Sources: FHIR R4 (4.0.1), the status value sets of each resource, con-4, con-5, ait-1, ait-2;
extension allergyintolerance-abatement (IPS 2.0.0).
"""

import html
from datetime import date
from typing import Final

from baladeur.errors import FormRefused, LineRefused
from baladeur.record import scan
from baladeur.record.author import forms
from baladeur.record.author.building import renewed
from baladeur.record.author.dates import Refused
from baladeur.record.author.fields import Field, FieldFault, Kind
from baladeur.record.author.shapes import clear, status
from baladeur.record.author.typed import parsed
from baladeur.record.author.written import dumps
from baladeur.record.elements import Json, obj, objs, raw

_ABATEMENT: Final = "http://hl7.org/fhir/StructureDefinition/allergyintolerance-abatement"
_DAY: Final = Field("date", "date d’arrêt", "date of the stop", Kind.DATE, True, past=True)
_REASON: Final = Field("reason", "motif", "reason")
#: Resource → the states in which it may end, the usual one first.
STATES: Final = {
    "AllergyIntolerance": ("resolved", "inactive"),
    "Condition": ("resolved", "inactive", "remission"),
    "MedicationStatement": ("stopped", "completed"),
    "MedicationRequest": ("stopped", "completed", "cancelled"),
    "MedicationAdministration": ("stopped", "completed"),
    "DeviceUseStatement": ("completed", "stopped"),
    "Device": ("inactive",),
    "Flag": ("inactive",),
    "Consent": ("inactive",),
}
_MISTAKEN: Final = "entered-in-error"
_VERIFIED: Final = {
    "AllergyIntolerance": forms.ALLERGY_VERIFICATION,
    "Condition": forms.CONDITION_VERIFICATION,
}
_STATUSED: Final = frozenset(STATES) - set(_VERIFIED) | {
    "Procedure", "Immunization", "Observation", "DiagnosticReport", "DocumentReference", "MedicationDispense",
    "FamilyMemberHistory", "CarePlan", "Encounter", "ImagingStudy", "ServiceRequest",
}  # fmt: skip


def states_of(content: bytes) -> tuple[str, ...]:
    """The states in which a resource may end, the usual one first; none: it is nothing that ends."""
    return STATES.get(raw(scan.parse(content).get("resourceType")), ())


def ended(content: bytes, day: str, reason: str, *, state: str = "", today: date) -> bytes:
    """A version that says since when, and why, a line is over. `state`: one of STATES; by default the usual one.

    Raises FormRefused for a day or a reason that is none, LineRefused for what cannot be stopped.
    """
    resource = scan.parse(content)
    type_ = raw(resource.get("resourceType"))
    states = STATES.get(type_)
    if states is None or (state and state not in states):
        raise LineRefused("cannot be stopped")
    when, why = _asked(day, reason, today)
    chosen = state or states[0]
    if type_ in ("AllergyIntolerance", "Condition"):
        system = forms.ALLERGY_CLINICAL if type_ == "AllergyIntolerance" else forms.CONDITION_CLINICAL
        resource["clinicalStatus"] = status(system, chosen)
    else:
        resource["status"] = chosen
    _end(resource, type_, when, today)
    _say_why(resource, type_, when, why)
    return dumps(renewed(resource, _mark(chosen, when, why)))


def mistaken(content: bytes, reason: str, *, today: date) -> bytes:
    """A version that says that the line was recorded by mistake. Raises LineRefused, FormRefused."""
    resource = scan.parse(content)
    type_ = raw(resource.get("resourceType"))
    if type_ in _VERIFIED:
        resource.pop("clinicalStatus", None)  # ait-2, con-5
        clear(resource, "abatement")  # con-4
        resource["verificationStatus"] = status(_VERIFIED[type_], _MISTAKEN)
    elif type_ in _STATUSED:
        resource["status"] = _MISTAKEN
    else:
        raise LineRefused("cannot be withdrawn so")
    why = _asked(today.isoformat(), reason, today)[1]
    if why and type_ not in ("DocumentReference", "Encounter", "DiagnosticReport"):
        _note(resource, why)
    return dumps(renewed(resource, _mark(_MISTAKEN, today.isoformat(), why)))


def _asked(day: str, reason: str, today: date) -> tuple[str, str]:
    faults, found = [], []
    for field, typed in ((_DAY, day), (_REASON, reason)):
        try:
            found.append(parsed(field, typed, today) or "")
        except Refused as refused:
            faults.append(FieldFault(field.name, (field.fr, field.en), refused.key, refused.values))
    if not faults and not found[0]:
        faults.append(FieldFault(_DAY.name, (_DAY.fr, _DAY.en), "required"))
    if faults:
        raise FormRefused(faults)
    return found[0], found[1]


def _end(resource: Json, type_: str, day: str, today: date) -> None:
    if type_ == "Condition":
        clear(resource, "abatement")
        resource["abatementDateTime"] = day
    elif type_ == "AllergyIntolerance":
        rest = [one for one in objs(resource.pop("extension", None)) if one.get("url") != _ABATEMENT]
        resource["extension"] = [*rest, {"url": _ABATEMENT, "valueDateTime": day}]
    elif type_ in ("MedicationStatement", "MedicationAdministration"):
        _close(resource, "effective", day)
        if type_ == "MedicationStatement":
            resource["dateAsserted"] = today.isoformat()
    elif type_ == "DeviceUseStatement":
        _close(resource, "timing", day)
    elif type_ == "Flag":
        resource["period"] = {**obj(resource.get("period")), "end": day}


def _close(resource: Json, base: str, day: str) -> None:
    """The period of a line ends on that day. Raises FormRefused if it began later."""
    period = obj(resource.get(f"{base}Period"))
    start = raw(period.get("start")) or raw(resource.get(f"{base}DateTime"))
    if start and day < start[: len(day)]:
        raise FormRefused([FieldFault(_DAY.name, (_DAY.fr, _DAY.en), "order")])
    kept = {name: value for name, value in period.items() if name not in ("start", "end", "_end")}
    clear(resource, base)
    resource[f"{base}Period"] = {**kept, **({"start": start} if start else {}), "end": day}


def _say_why(resource: Json, type_: str, day: str, why: str) -> None:
    if type_ in ("MedicationStatement", "MedicationAdministration") and why:
        element = "statusReason"
        resource[element] = [*objs(resource.get(element)), {"text": why}]
    elif type_ == "MedicationRequest":  # R4 has no element for the day of a stop
        if why:
            resource["statusReason"] = {"text": why}
        _note(resource, f"{day}{f' : {why}' if why else ''}")
    elif why and type_ not in ("Flag", "Consent"):
        _note(resource, why)


def _note(resource: Json, text: str) -> None:
    resource["note"] = [*objs(resource.get("note")), {"text": text}]


def _mark(state: str, day: str, why: str) -> str:
    return f"<p>{html.escape(' : '.join(filter(None, (f'{state} {day}', why))))}</p>"
