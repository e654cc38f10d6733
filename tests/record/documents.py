"""Small documents to read, made in the tests; all people in them are invented."""

import json
from datetime import date
from typing import Any

from baladeur.record.fhir import read
from baladeur.record.model import Document, Entry

TODAY = date(2026, 11, 23)
HL7 = "http://terminology.hl7.org/CodeSystem/"
SNOMED = "http://snomed.info/sct"
PATIENT = {
    "resourceType": "Patient",
    "id": "p",
    "name": [{"family": "MOREAU", "given": ["Jeanne"]}],
    "gender": "female",
    "birthDate": "1961-03-04",
}

Json = dict[str, Any]


def concept(text: str, code: str = "", system: str = SNOMED) -> Json:
    """A CodeableConcept."""
    return {"text": text} | ({"coding": [{"system": system, "code": code}]} if code else {})


def status(kind: str, code: str) -> Json:
    """A coded status of HL7's own system."""
    return {"coding": [{"system": HL7 + kind, "code": code}]}


def allergy(words: str = "pénicillines", **more: Any) -> Json:
    """An active, confirmed allergy."""
    return {
        "resourceType": "AllergyIntolerance",
        "clinicalStatus": status("allergyintolerance-clinical", "active"),
        "verificationStatus": status("allergyintolerance-verification", "confirmed"),
        "code": concept(words),
        "patient": {"reference": "Patient/p"},
        **more,
    }


def problem(words: str = "asthme", **more: Any) -> Json:
    """An active, confirmed problem."""
    return {
        "resourceType": "Condition",
        "clinicalStatus": status("condition-clinical", "active"),
        "verificationStatus": status("condition-ver-status", "confirmed"),
        "code": concept(words),
        "subject": {"reference": "Patient/p"},
        **more,
    }


def treatment(words: str = "apixaban 5 mg", **more: Any) -> Json:
    """An active treatment."""
    return {
        "resourceType": "MedicationStatement",
        "status": "active",
        "medicationCodeableConcept": concept(words),
        "subject": {"reference": "Patient/p"},
        **more,
    }


def section(code: str, *references: str, **more: Any) -> Json:
    """A section of a Composition."""
    return {
        "title": f"section {code}",
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "entry": [{"reference": reference} for reference in references],
        **more,
    }


def bundle(*resources: Json, sections: list[Json] | None = None, kind: str = "document", **more: Any) -> bytes:
    """A document Bundle about PATIENT; resource number i gets the id `r<i>` unless it has one."""
    page = {
        "resourceType": "Composition",
        "id": "c",
        "status": "final",
        "type": {"coding": [{"system": "http://loinc.org", "code": "60591-5"}]},
        "subject": {"reference": "Patient/p"},
        "date": "2026-10-12",
        "author": [{"display": "Dr A. PETIT"}],
        "title": "Synthèse",
        "section": sections or [],
    }
    listed = [page, PATIENT, *({"id": f"r{i}", **one} for i, one in enumerate(resources))]
    entries = [{"fullUrl": f"https://example.org/{one['resourceType']}/{one['id']}", "resource": one} for one in listed]
    return json.dumps({"resourceType": "Bundle", "type": kind, "entry": entries, **more}).encode()


def document(*resources: Json, **more: Any) -> Document:
    """The same, read."""
    return read(bundle(*resources, **more), as_of=TODAY)


def line(resource: Json, **more: Any) -> Entry:
    """The one line that a resource makes."""
    found = document(resource, **more).entries
    assert len(found) == 1
    return found[0]
