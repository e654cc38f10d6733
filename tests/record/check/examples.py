"""Valid documents to plant faults in. All people in them are invented; the checker finds nothing in them."""

import copy
from typing import Any

HL7 = "http://terminology.hl7.org/CodeSystem/"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"
IPS = "http://hl7.org/fhir/uv/ips/StructureDefinition/"
DIV = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Jeanne MOREAU</p></div>'

Json = dict[str, Any]


def concept(code: str, system: str = SNOMED, **more: Any) -> Json:
    """A CodeableConcept with one code."""
    return {"coding": [{"system": system, "code": code}], **more}


def url(number: int) -> str:
    """The address of entry `number`."""
    return f"urn:uuid:00000000-0000-4000-8000-{number:012d}"


def to(number: int) -> Json:
    """A reference to entry `number`."""
    return {"reference": url(number)}


def quantity(value: float, unit: str) -> Json:
    """A quantity in a UCUM unit."""
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}


def section(title: str, code: str, *entries: int, **more: Any) -> Json:
    """A section of the Composition."""
    made: Json = {"title": title, "code": concept(code, LOINC), "text": {"status": "generated", "div": DIV}, **more}
    return made | ({"entry": [to(one) for one in entries]} if entries else {})


COVER: Json = {
    "resourceType": "Composition",
    "id": "cover",
    "language": "fr-FR",
    "status": "final",
    "type": concept("60591-5", LOINC),
    "subject": to(1),
    "date": "2026-11-23T09:00:00+01:00",
    "author": [to(2)],
    "title": "Résumé de santé",
    "custodian": to(3),
    "section": [
        section("Problèmes", "11450-4", 5),
        section("Allergies", "48765-2", 4),
        section("Traitements", "10160-0", 6, 7),
        section("Vaccins", "11369-6", 9),
        section("Résultats", "30954-2", 10, 11, 12),
        section("Interventions", "47519-4", 13),
        section("Dispositifs", "46264-8", 14),
        section("Signes vitaux", "8716-3", 16),
        section("Mode de vie", "29762-2", 17),
        section("Alertes", "104605-1", 18),
        section("Soins prévus", "18776-5", 19),
        section(
            "Directives",
            "42348-3",
            emptyReason=concept("notasked", f"{HL7}list-empty-reason"),
        ),
    ],
}

PATIENT: Json = {
    "resourceType": "Patient",
    "id": "jeanne",
    "identifier": [{"system": "urn:oid:1.2.250.1.213.1.4.10", "value": "261032A00000000", "use": "official"}],
    "active": True,
    "name": [{"family": "MOREAU", "given": ["Jeanne", "Marie"], "_given": [None, {"id": "second"}]}],
    "telecom": [{"system": "phone", "value": "+33 1 00 00 00 00", "rank": 1}],
    "gender": "female",
    "birthDate": "1961-03-04",
    "deceasedBoolean": False,
    "contact": [{"name": {"text": "Paul MOREAU"}, "period": {"start": "2001", "end": "2030-01"}}],
    "generalPractitioner": [to(2)],
    "managingOrganization": to(3),
    "photo": [{"contentType": "image/png", "data": "aGVsbG8=", "url": "http://example.org/p.png", "size": 5}],
    "communication": [{"language": {"text": "français"}, "preferred": True}],
}

DOSAGE: Json = {
    "sequence": 1,
    "text": "un comprimé matin et soir",
    "timing": {
        "repeat": {
            "boundsPeriod": {"start": "2024-01-01"},
            "count": 10,
            "countMax": 20,
            "duration": 1,
            "durationMax": 2,
            "durationUnit": "h",
            "frequency": 2,
            "period": 1,
            "periodMax": 2,
            "periodUnit": "d",
            "when": ["ACM"],
            "offset": 30,
        }
    },
    "asNeededBoolean": False,
    "doseAndRate": [
        {
            "doseQuantity": quantity(1, "{tbl}"),
            "rateRatio": {"numerator": quantity(5, "mg"), "denominator": quantity(1, "h")},
        }
    ],
    "maxDosePerPeriod": {"numerator": quantity(20, "mg"), "denominator": quantity(1, "d")},
}

LABORATORY: Json = {
    "resourceType": "Observation",
    "meta": {"profile": [f"{IPS}Observation-results-laboratory-pathology-uv-ips"]},
    "status": "final",
    "category": [concept("laboratory", f"{HL7}observation-category")],
    "code": concept("718-7", LOINC),
    "subject": to(1),
    "effectiveDateTime": "2026-01-02",
    "performer": [to(3)],
    "valueQuantity": quantity(13, "g/dL"),
    "referenceRange": [{"low": quantity(12, "g/dL"), "high": quantity(16, "g/dL")}],
    "component": [
        {"code": concept("2345-7", LOINC), "valueRange": {"low": quantity(1, "g"), "high": quantity(2, "g")}}
    ],
}

RESOURCES: list[Json] = [
    COVER,
    PATIENT,
    {"resourceType": "Practitioner", "id": "doctor", "name": [{"family": "DURAND", "prefix": ["Dr"]}]},
    {
        "resourceType": "Organization",
        "name": "Cabinet médical",
        "identifier": [{"system": "http://example.org/org", "value": "1"}],
        "address": [{"use": "work", "city": "Lyon"}],
        "telecom": [{"system": "phone", "value": "1", "use": "work"}],
    },
    {
        "resourceType": "AllergyIntolerance",
        "clinicalStatus": concept("active", f"{HL7}allergyintolerance-clinical"),
        "verificationStatus": concept("confirmed", f"{HL7}allergyintolerance-verification"),
        "criticality": "high",
        "code": concept("764146007"),
        "patient": to(1),
        "onsetAge": {"value": 20, "unit": "ans", "system": UCUM, "code": "a"},
        "lastOccurrence": "2014",
        "reaction": [{"manifestation": [concept("39579001")], "severity": "severe", "onset": "2014-05-01"}],
        "note": [{"text": "vue aux urgences", "authorReference": to(2), "time": "2014-05-02"}],
    },
    {
        "resourceType": "Condition",
        "clinicalStatus": concept("active", f"{HL7}condition-clinical"),
        "verificationStatus": concept("confirmed", f"{HL7}condition-ver-status"),
        "category": [concept("problem-list-item", f"{HL7}condition-category")],
        "code": concept("195967001", text="asthme"),
        "subject": to(1),
        "onsetDateTime": "1999-12-31",
        "stage": [{"summary": {"text": "II"}}],
        "evidence": [{"code": [{"text": "sifflements"}]}],
    },
    {
        "resourceType": "MedicationStatement",
        "contained": [{"resourceType": "Medication", "id": "m", "code": {"text": "apixaban"}}],
        "status": "active",
        "medicationReference": {"reference": "#m"},
        "subject": to(1),
        "effectivePeriod": {"start": "2018-05-01T08:00:00+02:00", "end": "2027-05-01T08:00:00Z"},
        "dosage": [DOSAGE],
    },
    {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "doNotPerform": False,
        "medicationReference": to(8),
        "subject": to(1),
        "authoredOn": "2026-01-01T10:00:00.123+01:00",
        "dispenseRequest": {"expectedSupplyDuration": {"value": 30, "unit": "j", "system": UCUM, "code": "d"}},
    },
    {"resourceType": "Medication", "id": "drug", "code": concept("387207008")},
    {
        "resourceType": "Immunization",
        "status": "completed",
        "vaccineCode": concept("871751006"),
        "patient": to(1),
        "_occurrenceDateTime": {
            "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]
        },
        "expirationDate": "2027-01-01",
        "education": [{"documentType": "notice"}],
        "protocolApplied": [{"doseNumberPositiveInt": 1}],
    },
    LABORATORY,
    {
        "resourceType": "Observation",
        "status": "final",
        "category": [concept("imaging", f"{HL7}observation-category")],
        "code": concept("18748-4", LOINC),
        "subject": to(1),
        "effectiveDateTime": "2025-06-07",
        "performer": [to(3)],
        "valueString": "normal",
        "derivedFrom": [],
    },
    {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "code": concept("58410-2", LOINC),
        "subject": to(1),
        "effectiveDateTime": "2026-01-02",
        "issued": "2026-01-02T10:00:00Z",
        "result": [to(10)],
        "performer": [to(3)],
    },
    {
        "resourceType": "Procedure",
        "status": "completed",
        "code": concept("80146002"),
        "subject": to(1),
        "performedString": "dans l’enfance",
    },
    {
        "resourceType": "DeviceUseStatement",
        "status": "active",
        "subject": to(1),
        "timingDateTime": "2019",
        "device": to(15),
    },
    {"resourceType": "Device", "type": concept("14106009"), "patient": to(1), "url": "http://example.org/device"},
    {
        "resourceType": "Observation",
        "status": "final",
        "category": [concept("vital-signs", f"{HL7}observation-category")],
        "code": concept("85354-9", LOINC),
        "subject": to(1),
        "effectiveDateTime": "2026-01-02",
        "component": [
            {"code": concept("8480-6", LOINC), "valueQuantity": quantity(120, "mm[Hg]")},
            {"code": concept("8462-4", LOINC), "valueQuantity": quantity(80, "mm[Hg]")},
        ],
    },
    {
        "resourceType": "Observation",
        "status": "final",
        "code": concept("72166-2", LOINC),
        "subject": to(1),
        "effectiveDateTime": "2026-01-02",
        "valueCodeableConcept": concept("266919005"),
    },
    {"resourceType": "Flag", "status": "active", "code": {"text": "risque de chute"}, "subject": to(1)},
    {
        "resourceType": "CarePlan",
        "status": "active",
        "intent": "plan",
        "subject": to(1),
        "activity": [{"detail": {"status": "scheduled", "description": "kinésithérapie"}}],
    },
]
del RESOURCES[11]["derivedFrom"]  # an empty list is a fault of its own


def summary() -> Json:
    """An International Patient Summary with most of its sections."""
    return {
        "resourceType": "Bundle",
        "meta": {"profile": [f"{IPS}Bundle-uv-ips"]},
        "identifier": {"system": "urn:ietf:rfc:3986", "value": url(99)},
        "type": "document",
        "timestamp": "2026-11-23T09:00:00.1234567+01:00",
        "entry": [{"fullUrl": url(i), "resource": one} for i, one in enumerate(copy.deepcopy(RESOURCES))],
    }


#: Single resources for the rules that no summary meets.
SINGLES: dict[str, Json] = {
    "Observation": {"resourceType": "Observation", "status": "final", "code": {"text": "x"}},
    "Organization": {"resourceType": "Organization", "name": "Cabinet médical"},
    "document": {
        "resourceType": "Bundle",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": url(99)},
        "type": "document",
        "timestamp": "2026-11-23T09:00:00Z",
        "entry": [
            {
                "fullUrl": url(0),
                "resource": {
                    "resourceType": "Composition",
                    "status": "final",
                    "type": {"text": "lettre"},
                    "date": "2026",
                    "author": [{"display": "Dr DURAND"}],
                    "title": "Lettre",
                    "section": [{"title": "Corps", "text": {"status": "generated", "div": DIV}}],
                },
            }
        ],
    },
    "empty summary": {
        "resourceType": "Bundle",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": url(98)},
        "type": "document",
        "timestamp": "2026-11-23T09:00:00Z",
        "entry": [
            {
                "fullUrl": url(0),
                "resource": {
                    "resourceType": "Composition",
                    "status": "final",
                    "type": concept("60591-5", LOINC),
                    "subject": to(1),
                    "date": "2026",
                    "author": [to(1)],
                    "title": "Résumé",
                    "section": [
                        section("x", code, emptyReason=concept("unavailable", f"{HL7}list-empty-reason"))
                        for code in ("11450-4", "48765-2", "10160-0")
                    ],
                },
            },
            {"fullUrl": url(1), "resource": {"resourceType": "Patient", "name": [{"text": "x"}], "birthDate": "1961"}},
        ],
    },
    "FamilyMemberHistory": {
        "resourceType": "FamilyMemberHistory",
        "status": "completed",
        "patient": {"display": "Jeanne MOREAU"},
        "relationship": {"text": "mère"},
        "ageAge": {"value": 60, "unit": "ans", "system": UCUM, "code": "a"},
        "estimatedAge": True,
    },
    "Goal": {
        "resourceType": "Goal",
        "lifecycleStatus": "active",
        "description": {"text": "poids"},
        "subject": {"display": "Jeanne MOREAU"},
        "target": [{"measure": concept("29463-7", LOINC), "detailQuantity": quantity(60, "kg")}],
    },
    "ImmunizationRecommendation": {
        "resourceType": "ImmunizationRecommendation",
        "patient": {"display": "Jeanne MOREAU"},
        "date": "2026-01-01",
        "recommendation": [{"vaccineCode": [{"text": "tétanos"}], "forecastStatus": {"text": "dû"}}],
    },
    "MedicationAdministration": {
        "resourceType": "MedicationAdministration",
        "status": "completed",
        "medicationCodeableConcept": {"text": "morphine"},
        "subject": {"display": "Jeanne MOREAU"},
        "effectiveDateTime": "2026-01-01",
        "dosage": {"dose": quantity(5, "mg")},
    },
    "MedicationDispense": {
        "resourceType": "MedicationDispense",
        "status": "completed",
        "medicationCodeableConcept": {"text": "morphine"},
        "whenPrepared": "2026-01-01",
        "whenHandedOver": "2026-01-02",
    },
    "NutritionOrder": {
        "resourceType": "NutritionOrder",
        "status": "active",
        "intent": "order",
        "patient": {"display": "Jeanne MOREAU"},
        "dateTime": "2026-01-01",
        "oralDiet": {"instruction": "sans sel"},
    },
    "Consent": {
        "resourceType": "Consent",
        "status": "active",
        "scope": concept("adr", f"{HL7}consentscope"),
        "category": [{"text": "directives anticipées"}],
        "policyRule": {"text": "loi"},
    },
    "ServiceRequest": {
        "resourceType": "ServiceRequest",
        "status": "active",
        "intent": "order",
        "code": {"text": "radio"},
        "orderDetail": [{"text": "face"}],
        "subject": {"display": "Jeanne MOREAU"},
        "occurrenceTiming": {"repeat": {"timeOfDay": ["09:30:00"], "period": 1, "periodUnit": "d"}},
    },
    "List": {
        "resourceType": "List",
        "status": "current",
        "mode": "snapshot",
        "entry": [{"item": {"display": "a"}}],
    },
    "Appointment": {
        "resourceType": "Appointment",
        "status": "booked",
        "start": "2026-12-01T09:00:00Z",
        "end": "2026-12-01T09:30:00Z",
        "participant": [{"actor": {"display": "Dr DURAND"}, "status": "accepted"}],
    },
    "RiskAssessment": {
        "resourceType": "RiskAssessment",
        "status": "final",
        "subject": {"display": "Jeanne MOREAU"},
        "prediction": [{"probabilityDecimal": 12.5}],
    },
    "Group": {
        "resourceType": "Group",
        "type": "person",
        "actual": True,
        "member": [{"entity": {"display": "Jeanne MOREAU"}}],
    },
    "AuditEvent": {
        "resourceType": "AuditEvent",
        "type": {"code": "rest"},
        "recorded": "2026-01-01T00:00:00Z",
        "agent": [{"requestor": True}],
        "source": {"observer": {"display": "x"}},
        "entity": [{"name": "x"}],
    },
    "Parameters": {"resourceType": "Parameters", "parameter": [{"name": "x", "valueString": "y"}]},
    "Basic": {
        "resourceType": "Basic",
        "code": {"text": "x"},
        "extension": [
            {"url": "http://example.org/canonical", "valueCanonical": "http://example.org/x|1"},
            {"url": "http://example.org/oid", "valueOid": "urn:oid:1.2.3"},
            {"url": "http://example.org/uuid", "valueUuid": url(1)},
            {"url": "http://example.org/integer", "valueInteger": -3},
            {"url": "http://example.org/decimal", "valueDecimal": 1.5},
            {"url": "http://example.org/markdown", "valueMarkdown": "*x*"},
            {"url": "http://example.org/distance", "valueDistance": {"value": 2, "system": UCUM, "code": "m"}},
            {"url": "http://example.org/count", "valueCount": {"value": 2, "system": UCUM, "code": "1"}},
            {"url": "http://example.org/id", "valueId": "a-1"},
            {"url": "http://example.org/expression", "valueExpression": {"language": "x", "expression": "1"}},
            {"url": "http://example.org/nested", "extension": [{"url": "a", "valueTime": "09:30:00"}]},
        ],
    },
    "searchset": {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": 1,
        "entry": [
            {
                "fullUrl": "http://example.org/Patient/jeanne",
                "resource": {"resourceType": "Patient", "id": "jeanne"},
                "search": {"mode": "match"},
            }
        ],
    },
    "transaction": {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {
                "fullUrl": url(1),
                "resource": {"resourceType": "Patient", "birthDate": "1961"},
                "request": {"method": "POST", "url": "Patient"},
            }
        ],
    },
    "transaction-response": {
        "resourceType": "Bundle",
        "type": "transaction-response",
        "entry": [{"response": {"status": "201"}}],
    },
    "message": {
        "resourceType": "Bundle",
        "type": "message",
        "entry": [
            {
                "fullUrl": url(1),
                "resource": {
                    "resourceType": "MessageHeader",
                    "eventUri": "http://example.org/event",
                    "source": {"endpoint": "http://example.org/"},
                },
            }
        ],
    },
}
