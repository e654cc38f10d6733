"""What a line carries, and how references of the field are followed."""

import json
from dataclasses import replace
from typing import Any

import pytest

from baladeur.record.fhir import Kept, assemble, read
from baladeur.record.model import Document, Entry
from tests.record.documents import (
    PATIENT,
    SNOMED,
    TODAY,
    Json,
    allergy,
    bundle,
    concept,
    document,
    line,
    problem,
    section,
    treatment,
)


def collection(*entries: tuple[str | None, Json]) -> Document:
    """A collection of (fullUrl, resource)."""
    listed = [{"resource": one} | ({"fullUrl": url} if url is not None else {}) for url, one in entries]
    return read(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": listed}).encode(), as_of=TODAY)


UUID = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"
BASE = "https://example.org/fhir"
WAYS = [
    (UUID, UUID, None, "urn:uuid"),
    (UUID.upper().replace("URN:UUID", "urn:uuid"), UUID, None, "urn:uuid in another case"),
    ("Patient/p", f"{BASE}/Patient/p", f"{BASE}/Condition/c", "relative, same base"),
    ("Patient/p/_history/3", f"{BASE}/Patient/p", f"{BASE}/Condition/c", "relative with a version"),
    ("Patient/p", UUID, UUID[:-1] + "9", "relative by id although all are urn:uuid"),
    ("Patient/p", "Patient/p", "Condition/c", "bare fullUrl"),
    ("Patient/p", None, None, "no fullUrl at all"),
    (f"{BASE}/Patient/p", f"{BASE}/Patient/p", None, "absolute"),
    (f"{BASE}/Patient/p", None, None, "absolute, target without fullUrl"),
    (f"{BASE}/Patient/p", "Patient/p", None, "absolute, target bare"),
    ("urn:oid:2.16.840.1", "urn:oid:2.16.840.1", None, "urn:oid"),
    ("urn:uuid:p", None, None, "urn:uuid of an id"),
    ("Patient?identifier=urn:oid:1.2|42", UUID, None, "conditional"),
]


@pytest.mark.parametrize(("reference", "patient", "holder", "_name"), WAYS, ids=[way[3] for way in WAYS])
def test_references_of_the_field(reference: str, patient: str | None, holder: str | None, _name: str) -> None:
    """The subject is found, so the problem is the patient's."""
    who = PATIENT | {"identifier": [{"system": "urn:oid:1.2", "value": "42"}]}
    found = collection((patient, who), (holder, problem(id="c", subject={"reference": reference})))
    assert [one.rule for one in found.entries] == ["problem.active"]
    by_number = problem(subject={"type": "Patient", "identifier": {"system": "urn:oid:1.2", "value": "42"}})
    assert collection((patient, who), (None, by_number)).entries[0].rule == "problem.active"


@pytest.mark.parametrize(
    ("reference", "patient"),
    [
        ("https://elsewhere.example/fhir/Patient/p", f"{BASE}/Patient/p"),
        ("Patient/q", f"{BASE}/Patient/p"),
        ("#p", UUID),
        ("", UUID),
        ("p", UUID),
    ],
)
def test_a_reference_that_means_nothing_here(reference: str, patient: str) -> None:
    """Another server's Patient/p is not ours: the line is to be confirmed."""
    found = collection((patient, PATIENT), (None, problem(subject={"reference": reference})))
    assert [one.rule for one in found.entries] == ["subject.unknown"]


def test_two_patients_are_no_patient() -> None:
    """A search answer about two people: nobody's lines are shown as current."""
    found = collection(
        (f"{BASE}/Patient/p", PATIENT),
        (f"{BASE}/Patient/q", PATIENT | {"id": "q"}),
        (None, problem(subject={"reference": f"{BASE}/Patient/p"})),
    )
    assert found.identity is None
    assert [one.rule for one in found.entries] == ["subject.unknown"]
    assert [one.code for one in found.findings] == ["several-patients"]


def test_medicine_by_reference_contained_and_display() -> None:
    """Strength and form are apart from the dosage, whichever way the medicine is named."""
    drug = {
        "resourceType": "Medication",
        "id": "m",
        "code": {"coding": [{"system": "http://www.whocc.no/atc", "code": "B01AF02", "display": "apixaban"}]},
        "form": concept("comprimé"),
        "ingredient": [
            {
                "itemCodeableConcept": concept("apixaban"),
                "strength": {"numerator": {"value": 5, "unit": "mg"}, "denominator": {"value": 1, "unit": "cp"}},
            }
        ],
    }
    base = {key: value for key, value in treatment().items() if key != "medicationCodeableConcept"}
    base["dosage"] = [{"text": "1 cp matin et soir", "doseAndRate": [{"doseQuantity": {"value": 1}}]}]
    outside = document(base | {"medicationReference": {"reference": "Medication/m"}}, drug).entries
    inside = line(base | {"medicationReference": {"reference": "#m"}, "contained": [drug]})
    for found in (*outside, inside):
        assert (found.words, found.form, found.codings[0].code) == ("apixaban", "comprimé", "B01AF02")
        strength = found.ingredients[0].numerator
        assert strength is not None
        assert (strength.number, strength.unit) == ("5", "mg")
        assert found.dosage == (base["dosage"][0],)
    assert len(outside) == 1
    lost = line(base | {"medicationReference": {"reference": "Medication/gone", "display": "XARELTO"}})
    assert lost.words == "XARELTO"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ({"text": "le texte", "coding": [{"code": "1", "display": "d"}]}, "le texte"),
        ({"coding": [{"code": "1"}, {"code": "2", "display": "d"}]}, "d"),
        ({"coding": [{"code": "1", "display": "a"}, {"code": "2", "display": "b", "userSelected": True}]}, "b"),
        ({"coding": [{"system": SNOMED, "code": "195967001"}]}, "195967001"),
        ({}, ""),
        (None, ""),
        ("asthme", "asthme"),
    ],
)
def test_words_are_the_sources_own(code: Any, words: str) -> None:
    """Text, then display, then code; never invented."""
    assert line(problem(code=code)).words == words


def test_an_allergy_in_full() -> None:
    """Severity, criticality, reactions, dates, people, notes."""
    found = line(
        allergy(
            "pénicillines",
            category=["medication"],
            criticality="high",
            onsetDateTime="2014-05",
            recordedDate="2015",
            asserter={"display": "Dr A. PETIT"},
            note=[{"text": "vu aux urgences\nde Nantes"}],
            reaction=[
                {
                    "substance": concept("amoxicilline"),
                    "manifestation": [concept("choc anaphylactique")],
                    "severity": "severe",
                    "onset": "2014-05-02",
                }
            ],
        )
    )
    assert (found.criticality, found.categories, found.verification) == ("high", ("medication",), "confirmed")
    assert [(one.role, one.start) for one in found.dates] == [("onset", "2014-05"), ("recordedDate", "2015")]
    assert found.reactions[0].manifestations == ("choc anaphylactique",)
    assert (found.reactions[0].severity, found.reactions[0].substance) == ("severe", "amoxicilline")
    assert [(one.role, one.words) for one in found.actors] == [("asserter", "Dr A. PETIT")]
    assert found.notes == ("vu aux urgences\nde Nantes",)
    assert [(one.element, one.code) for one in found.statuses] == [
        ("clinicalStatus", "active"),
        ("verificationStatus", "confirmed"),
    ]
    assert found.date("onset") is found.dates[0]
    assert found.date("abatement") is None


def test_a_result_in_full() -> None:
    """Value and unit as written, range, interpretation, components, members."""
    result = {
        "resourceType": "Observation",
        "status": "final",
        "code": concept("créatinine"),
        "subject": {"reference": "Patient/p"},
        "effectiveDateTime": "2026-09-02",
        "issued": "2026-09-02T08:00:00.8116604+02:00",
        "valueQuantity": {"value": 128, "unit": "µmol/L", "comparator": "<", "code": "umol/L"},
        "interpretation": [{"coding": [{"code": "H"}]}],
        "referenceRange": [{"low": {"value": 45, "unit": "µmol/L"}, "high": {"value": 84, "unit": "µmol/L"}}],
        "component": [
            {"code": concept("a"), "valueString": "trace"},
            {"code": concept("b"), "dataAbsentReason": concept("hémolysé")},
            {"code": concept("c"), "valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 128}}},
        ],
        "hasMember": [{"reference": "Observation/r0"}, {"reference": "Condition/r1"}],
        "performer": [{"reference": "PractitionerRole/role"}],
    }
    role = {
        "resourceType": "PractitionerRole",
        "id": "role",
        "practitioner": {"display": "Dr B"},
        "organization": {"reference": "Organization/lab"},
    }
    lab = {"resourceType": "Organization", "id": "lab", "name": "Labo du Port"}
    found = document(result, problem(), role, lab).entries[0]
    assert found.value is not None
    assert found.value.quantity is not None
    quantity, limits = found.value.quantity, found.value.reference[0]
    assert (quantity.comparator, quantity.number, quantity.unit, quantity.code) == ("<", "128", "µmol/L", "umol/L")
    assert limits.high is not None
    assert limits.high.number == "84"
    assert found.value.interpretation == ("H",)
    assert [(one.label, one.text, one.absent) for one in found.components] == [
        ("a", "trace", ""),
        ("b", "", "hémolysé"),
        ("c", "1 : 128", ""),
    ]
    assert found.links == ("https://example.org/Condition/r1",)
    assert found.actors[0].words == "Dr B, Labo du Port"
    issued = found.date("issued")
    assert issued is not None
    assert issued.start == "2026-09-02T08:00:00.8116604+02:00"


def test_identity_as_declared() -> None:
    """INS with the status that the source states; nothing is checked or raised here."""
    fr = "https://hl7.fr/ig/fhir/core/"
    who = PATIENT | {
        "extension": [
            {
                "url": fr + "StructureDefinition/fr-core-identity-reliability",
                "extension": [{"url": "identityStatus", "valueCoding": {"code": "VALI"}}],
            }
        ],
        "identifier": [
            {
                "use": "official",
                "system": "urn:oid:1.2.250.1.213.1.4.8",
                "value": "261034410012345",
                "type": {"coding": [{"system": fr + "CodeSystem/fr-core-cs-v2-0203", "code": "INS-NIR"}]},
            }
        ],
        "contact": [{"relationship": [concept("époux")], "name": {"text": "Paul"}, "telecom": [{"value": "+33 6"}]}],
        "communication": [{"language": {"coding": [{"code": "fr"}]}, "preferred": True}],
        "generalPractitioner": [{"display": "Dr A. PETIT"}],
        "deceasedBoolean": False,
    }
    found = collection((UUID, who)).identity
    assert found is not None
    assert (found.names[0].family, found.birth_date, found.sex) == ("MOREAU", "1961-03-04", "female")
    assert (found.identifiers[0].kind, found.reliability) == ("INS-NIR", ("VALI",))
    assert (found.contacts[0].names[0].text, found.contacts[0].relationship) == ("Paul", "époux")
    assert (found.languages[0].code, found.languages[0].preferred) == ("fr", True)
    assert [one.words for one in found.practitioners] == ["Dr A. PETIT"]
    assert found.deceased == ""


def test_copies_and_versions() -> None:
    """The same bytes twice are one line; differing versions are two, both to be confirmed."""
    same = collection((UUID, PATIENT), ("urn:uuid:1", problem()), ("urn:uuid:1", problem()))
    assert len(same.entries) == 1
    assert [one.code for one in same.findings] == ["duplicate"]
    other = problem(clinicalStatus={"coding": [{"code": "resolved"}]})
    both = collection((UUID, PATIENT | {"id": "p"}), ("urn:uuid:1", problem()), ("urn:uuid:1", other))
    assert {one.rule for one in both.entries} == {"versions.several", "problem.over"}
    assert len(both.slices) == 3


def test_source_document() -> None:
    """Where the lines come from."""
    found = document(allergy(), identifier={"value": "doc-1"}, timestamp="2026-10-13T00:00:00Z").source
    assert (found.kind, found.identifier, found.title, found.date) == ("document", "doc-1", "Synthèse", "2026-10-12")
    assert [one.words for one in found.authors] == ["Dr A. PETIT"]


def test_what_is_kept_but_not_shown_is_counted() -> None:
    """A claim is no line of a record; it is kept and counted."""
    found = document({"resourceType": "Claim"}, {"resourceType": "Device"}, {"resourceType": ""})
    assert found.entries == ()
    assert found.unread == {"Claim": 1, "": 1}
    assert len(found.slices) == 5


def test_assembling_the_slices_gives_the_same() -> None:
    """What is kept one by one reads like the document it came in."""
    made = read(bundle(allergy(), problem(), treatment(), sections=[section("11450-4", "Condition/r1")]), as_of=TODAY)
    kept = [Kept(key, made.full_urls[key], data) for key, data in made.slices.items()]
    again = assemble(kept, as_of=TODAY)
    assert again.entries == made.entries
    assert again.sections == made.sections
    assert again.slices == made.slices
    assert again.identity == made.identity


def test_nothing_tells_a_log_anything() -> None:
    """No repr of the model holds a word of the record."""
    made = document(allergy("SECRET"), sections=[section("48765-2", "AllergyIntolerance/r0")])
    assert "SECRET" not in repr(made) + repr(made.entries) + repr(made.sections) + repr(made.identity)
    assert repr(made.entries[0]) == "<Entry>"
    assert isinstance(replace(made.entries[0], words=""), Entry)


def test_the_name_of_a_consent_and_of_a_problem() -> None:
    """A consent whose category is a bare code goes by the words of its scope; a problem never by its category's."""
    loinc = {"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}
    consent = {
        "resourceType": "Consent",
        "status": "active",
        "scope": {"text": "Directives anticipées"},
        "category": [loinc],
        "patient": {"reference": "Patient/p"},
    }
    bare = problem(code={"coding": [{"system": "urn:oid:1.2", "code": "J45"}]}, category=[{"text": "problème"}])
    assert [one.words for one in document(consent, bare).entries] == ["Directives anticipées", "J45"]
    assert [one.words for one in document(consent | {"scope": loinc}).entries] == ["59284-0"]


def test_a_message_is_read() -> None:
    """Hospitals send discharge letters so: a MessageHeader, then what it is about."""
    head = {"resourceType": "MessageHeader", "id": "m", "eventCoding": {"code": "x"}, "source": {"endpoint": "urn:x"}}
    made = json.dumps(
        {
            "resourceType": "Bundle",
            "type": "message",
            "entry": [
                {"fullUrl": f"https://example.org/{one['resourceType']}/{one['id']}", "resource": one}
                for one in (head, PATIENT, problem(id="c"))
            ],
        }
    )
    found = read(made.encode(), as_of=TODAY)
    assert [one.rule for one in found.entries] == ["problem.active"]
    assert dict(found.unread) == {"MessageHeader": 1}
