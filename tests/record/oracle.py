"""What must be on the page, and what must not, read from the raw JSON by plain rules: no code of `record` is used."""

import json
import re
from pathlib import Path
from typing import Any

Json = dict[str, Any]
MEDICINES = {"MedicationStatement", "MedicationRequest", "MedicationAdministration", "MedicationDispense"}
OVER = {"resolved", "remission", "inactive", "completed", "stopped", "cancelled", "not-taken", "intended", "draft"}
FALSE = {"refuted", "entered-in-error"}
ABSENCE = re.compile(r"^(no|aucun|not) |no-known|no-.*-info|716186003|409137002|429625007|160245001|787481004")


def code(concept: object) -> str:
    """The first code of a concept."""
    coded = concept.get("coding", [{}]) if isinstance(concept, dict) else [{}]
    return str(coded[0].get("code", "")) if coded else ""


def words(concept: object) -> list[str]:
    """Every way in which a concept names itself."""
    if not isinstance(concept, dict):
        return []
    coded = concept.get("coding", [])
    named = [concept.get("text"), *(one.get("display") for one in coded)]
    return [" ".join(one.split()) for one in named if one] or [str(one["code"]) for one in coded if one.get("code")]


def state(resource: Json) -> str:
    """active, over or false; anything that is not plainly so is doubtful."""
    if resource.get("doNotPerform") is True or code(resource.get("verificationStatus")) in FALSE:
        return "false"
    told = resource.get("clinicalStatus") or resource.get("status", "")
    told = code(told) if isinstance(told, dict) else told
    if told == "entered-in-error" or resource.get("intent") in ("plan", "proposal", "option"):
        return "false"
    return "over" if told in OVER else "active" if told in ("active", "recurrence", "relapse") else "doubtful"


def items(path: Path) -> list[tuple[str, str, list[str]]]:
    """(kind, state, names) of every allergy, problem, treatment, device and alert of a bundle."""
    return statements(json.loads(path.read_bytes()))


def statements(bundle: Json) -> list[tuple[str, str, list[str]]]:
    """The same of a bundle that was read; what is said about relatives, too, as false."""
    entries = bundle["entry"]
    by_url = {one.get("fullUrl", ""): one["resource"] for one in entries}
    by_url |= {f"{one['resource']['resourceType']}/{one['resource'].get('id')}": one["resource"] for one in entries}
    found = []
    for resource in (one["resource"] for one in entries):
        kind = resource["resourceType"]
        told = state(resource)
        named = words(resource.get("code"))
        if kind in MEDICINES:
            reference = resource.get("medicationReference", {})
            drug = by_url.get(reference.get("reference", ""), {})
            inner = [one.get("itemCodeableConcept") for one in drug.get("ingredient", [])]
            named = [*words(resource.get("medicationCodeableConcept")), *words(drug.get("code"))]
            named += [reference["display"]] if "display" in reference else []
            named += [name for one in inner for name in words(one)]
        elif kind == "Device":
            named = called(resource)
        elif kind == "DeviceUseStatement":
            reference = resource.get("device", {})
            named = called(by_url.get(reference.get("reference", ""), {}))
            named += [reference["display"]] if "display" in reference else []
        elif kind == "FamilyMemberHistory":
            told, named = "false", [name for one in resource.get("condition", []) for name in words(one.get("code"))]
        elif kind not in ("AllergyIntolerance", "Condition", "Flag"):
            continue
        listed = [*map(str.lower, named), code(resource.get("code"))]
        if named and not any(ABSENCE.search(one) for one in listed):
            found.append((kind, told, named))
    return found


def called(device: Json) -> list[str]:
    """Every name of a device."""
    return [one["name"] for one in device.get("deviceName", [])] + words(device.get("type"))
