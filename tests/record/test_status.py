"""One vector per cell of the status table, and every code of every value set that it reads.

What is expected was written by hand from FHIR R4's definitions of the codes, not taken from the table.
"""

from typing import Any

import pytest

from baladeur.record import status
from baladeur.record.fhir import Kept, assemble
from baladeur.record.status import TABLE, Row
from tests.record.documents import (
    HL7,
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

PLACES = {
    "never": """error.entered family.history family.filed family.code subject.other allergy.refuted problem.refuted
        negated request.do-not plan statement.not-taken statement.intended request.planned request.draft
        request.cancelled administration.not-done dispense.not-handed-out immunization.not-done procedure.not-done
        procedure.planned observation.cancelled device-use.intended consent.not-in-force encounter.not-begun""",
    "to-confirm": """directive.order modifier.unknown negated.unclear request.do-not-unclear event.future event.plan
        problem.not-over statement.not-over administration.goes-on carried.error
        carried.inactive request.reported reference.dangling subject.unknown
        versions.several listing.left newer.denies status.absent status.unknown status.on-hold start.future plan.filed
        allergy.unconfirmed allergy.verification problem.ended-active problem.filed-past problem.unconfirmed
        problem.verification
        statement.ended-active request.ended-active request.intent-absent request.intent-unknown dispense.handed-out
        observation.early flag.ended device-use.ended consent.ended code.unknown""",
    "stopped": """statement.stopped request.stopped administration.stopped dispense.stopped procedure.stopped
        device-use.stopped""",
    "past": """allergy.over problem.over problem.ended statement.completed request.completed administration.given
        flag.inactive device-use.completed device.inactive consent.inactive document.superseded encounter.finished
        immunization.done procedure.done""",
    "current": """allergy.active problem.active statement.active request.active administration.running
        procedure.running observation.final flag.active device-use.active device.active consent.active
        document.current encounter.running""",
}
EXPECTED = {key: place for place, keys in PLACES.items() for key in keys.split()}

PLAIN = {"subject": {"reference": "Patient/p"}, "status": "active", "code": concept("mots")}
DEFAULTS: dict[str, Json] = {
    "AllergyIntolerance": allergy(),
    "Condition": problem(),
    "MedicationStatement": treatment(),
    "MedicationRequest": treatment() | {"resourceType": "MedicationRequest", "intent": "order"},
    "MedicationAdministration": treatment(status="completed") | {"resourceType": "MedicationAdministration"},
    "MedicationDispense": treatment(status="completed") | {"resourceType": "MedicationDispense"},
    "FamilyMemberHistory": {**PLAIN, "status": "completed", "patient": {"reference": "Patient/p"}},
    "Procedure": {**PLAIN, "status": "completed"},
    "Immunization": {**PLAIN, "status": "completed"},
    "Observation": {**PLAIN, "status": "final"},
    "DiagnosticReport": {**PLAIN, "status": "final"},
    "ImagingStudy": {**PLAIN, "status": "available"},
    "Device": {**PLAIN, "patient": {"reference": "Patient/p"}},
}
ANY = ["AllergyIntolerance", "Condition", "MedicationStatement", "MedicationRequest", "Procedure", "Observation"]
ANY_BUT = {  # the types that a row for every type really reaches
    "start.future": ["AllergyIntolerance", "Condition", "MedicationStatement", "MedicationRequest"],
    "carried.error": ["MedicationStatement", "MedicationRequest"],
    "status.on-hold": ["MedicationStatement", "MedicationRequest", "MedicationDispense", "Procedure"],
}
DAYS = {"past": "2020-05", "future": "2030", "unclear": "bientôt"}
STATUS_KIND = {
    "AllergyIntolerance": ("allergyintolerance-clinical", "allergyintolerance-verification"),
    "Condition": ("condition-clinical", "condition-ver-status"),
}
LOINC = {
    "family_history": "10157-6",
    "plan_of_care": "18776-5",
    "past_history": "11348-0",
    "advance_directives": "42348-3",
}


def with_end(type_: str, resource: Json, state: str) -> None:
    """State an end in the way of the type."""
    period = {"start": "2019"} | ({"end": DAYS[state]} if state != "none" else {})
    if type_ == "Condition":
        if state == "unclear":
            resource["abatementString"] = "on ne sait plus"
        elif state != "none":
            resource["abatementDateTime"] = DAYS[state]
    elif type_ == "MedicationRequest":
        resource["dosageInstruction"] = [{"timing": {"repeat": {"boundsPeriod": period}}}]
    elif type_ == "Consent":
        resource["provision"] = {"period": period}
    else:
        name = {"Flag": "period", "DeviceUseStatement": "timingPeriod"}.get(type_, "effectivePeriod")
        resource[name] = period


def with_code(type_: str, resource: Json, element: str, code: str) -> None:
    """State a status in the way of the type."""
    name = {"status": "clinicalStatus", "verification": "verificationStatus"}[element]
    if type_ not in STATUS_KIND:
        name = "status"
    resource.pop(name, None)
    if code == "absent":
        return
    if type_ not in STATUS_KIND:
        resource[name] = "sparkling" if code == "other" else code
        return
    kind = STATUS_KIND[type_][element == "verification"]
    resource[name] = {"text": "peut-être"} if code == "other" else {"coding": [{"system": HL7 + kind, "code": code}]}


def vector(type_: str, facts: dict[str, str]) -> tuple[str, str]:
    """The (place, rule) of a resource in which these facts hold."""
    resource: Json = {**DEFAULTS.get(type_, PLAIN), "resourceType": type_}
    more: dict[str, Any] = {}
    extra: list[Json] = []
    start = {"Condition": "onsetDateTime", "AllergyIntolerance": "onsetDateTime", "MedicationRequest": "authoredOn"}
    begun = {"Procedure": "performedDateTime", "Immunization": "occurrenceDateTime", "ImagingStudy": "started"}
    for name, value in facts.items():
        if name in ("status", "verification"):
            with_code(type_, resource, name, value)
        elif name == "intent":
            resource.pop("intent", None)
            resource |= {} if value == "absent" else {"intent": "sparkling" if value == "other" else value}
        elif name == "error":
            with_code(type_, resource, "verification", "entered-in-error")
        elif name == "end":
            with_end(type_, resource, value)
        elif name == "start":
            resource[(start | begun).get(type_, "effectiveDateTime")] = "2030"
        elif name == "modifier":
            resource["modifierExtension"] = [{"url": "https://example.org/not", "valueBoolean": True}]
        elif name == "subject":
            other = "RelatedPerson/mother" if value == "other" else "Patient/nobody"
            extra.append({"resourceType": "RelatedPerson", "id": "mother"})
            resource["patient" if "patient" in resource else "subject"] = {"reference": other}
        elif name == "family":
            resource["code"] = concept("cancer du sein", "Z80.3", "http://hl7.org/fhir/sid/icd-10")
        elif name == "negated":
            resource["notDone"] = True if value == "yes" else "peut-être"
        elif name == "do_not":
            resource["doNotPerform"] = True if value == "yes" else "true"
        elif name == "filed":
            more["sections"] = [section(LOINC[value], f"{type_}/r0")]
        elif name == "form":
            resource.setdefault("effectivePeriod", {"start": "2019"})
        elif name == "versions":
            extra.append({**resource, "id": "r0", "note": [{"text": "autre"}]})
        elif name == "reported":
            resource["reportedBoolean"] = True
        elif name == "carried" and type_ == "DeviceUseStatement":
            resource["device"] = {"reference": "Device/d"}
            extra.append({"resourceType": "Device", "id": "d", "status": value, "type": concept("x")})
        elif name == "carried":
            del resource["medicationCodeableConcept"]
            resource["medicationReference"] = {"reference": "Medication/m"}
            extra.append({"resourceType": "Medication", "id": "m", "status": "entered-in-error", "code": concept("x")})
    if {"left", "denied"} & facts.keys():
        whole = document({"id": "r0", **resource}, *extra, **more)
        doubts = {name: True for name in facts if name in ("left", "denied")}
        kept = [
            Kept(key, whole.full_urls[key], cut, **(doubts if "r0" in key else {})) for key, cut in whole.slices.items()
        ]
        found = assemble(kept, as_of=TODAY).entries
    elif "dangling" in facts:
        found = document(sections=[section("48765-2", "AllergyIntolerance/gone")]).entries
    else:
        found = document({"id": "r0", **resource}, *extra, **more).entries
    assert {(one.place, one.rule) for one in found} == {(found[0].place, found[0].rule)}
    return str(found[0].place), found[0].rule


CELLS = [
    pytest.param(row, type_, facts, id=f"{row.key}-{type_}-{'-'.join(facts.values())}")
    for row in TABLE
    for type_ in (sorted(row.types) or ANY_BUT.get(row.key, ANY))
    for facts in row.vectors()
]


@pytest.mark.parametrize(("row", "type_", "facts"), CELLS)
def test_every_cell_of_the_table(row: Row, type_: str, facts: dict[str, str]) -> None:
    """A resource in which the cell's facts hold goes where a person wrote down that it must, by that very row."""
    if row.key == "code.unknown":
        facts = {"status": "other"}
    assert vector(type_, facts) == (EXPECTED[row.key], row.key)


def test_every_row_has_an_expected_place() -> None:
    """A new row needs a place written by hand here."""
    assert EXPECTED.keys() == {row.key for row in TABLE}
    assert len(TABLE) == len({row.key for row in TABLE})


def test_nobody_reviewed_the_table_yet() -> None:
    """Until a clinician signs the rows, the program must say so on each page."""
    assert {row.reviewed_by for row in TABLE} == {"nobody yet"}
    assert not status.is_reviewed()


# Each code of the bound value sets, by hand from FHIR R4, for a resource that says nothing else.
BY_CODE = {
    "AllergyIntolerance": "active:current inactive:past resolved:past",
    "Condition": "active:current recurrence:current relapse:current inactive:past remission:past resolved:past",
    "MedicationStatement": "active:current completed:past entered-in-error:never intended:never stopped:stopped "
    "on-hold:to-confirm unknown:to-confirm not-taken:never",
    "MedicationRequest": "active:current on-hold:to-confirm cancelled:never completed:past entered-in-error:never "
    "stopped:stopped draft:never unknown:to-confirm",
    "MedicationAdministration": "in-progress:current not-done:never on-hold:to-confirm completed:past "
    "entered-in-error:never stopped:stopped unknown:to-confirm",
    "MedicationDispense": "preparation:never in-progress:to-confirm cancelled:never on-hold:to-confirm "
    "completed:to-confirm entered-in-error:never stopped:stopped declined:never unknown:to-confirm",
    "Immunization": "completed:past entered-in-error:never not-done:never",
    "Procedure": "preparation:never in-progress:current not-done:never on-hold:to-confirm stopped:stopped "
    "completed:past entered-in-error:never unknown:to-confirm",
    "Observation": "registered:to-confirm preliminary:to-confirm final:current amended:current corrected:current "
    "cancelled:never entered-in-error:never unknown:to-confirm",
    "DiagnosticReport": "registered:to-confirm partial:to-confirm preliminary:to-confirm final:current "
    "amended:current corrected:current appended:current cancelled:never entered-in-error:never unknown:to-confirm",
    "DeviceUseStatement": "active:current completed:past entered-in-error:never intended:never stopped:stopped "
    "on-hold:to-confirm",
    "Device": "active:current inactive:past entered-in-error:never unknown:to-confirm",
    "Flag": "active:current inactive:past entered-in-error:never",
    "Consent": "draft:never proposed:never active:current rejected:never inactive:past entered-in-error:never",
    "DocumentReference": "current:current superseded:past entered-in-error:never",
    "FamilyMemberHistory": "partial:never completed:never entered-in-error:never health-unknown:never",
    "CarePlan": "draft:never active:never on-hold:never revoked:never completed:never entered-in-error:never "
    "unknown:never",
    "Encounter": "planned:never arrived:current triaged:current in-progress:current onleave:current finished:past "
    "cancelled:never entered-in-error:never unknown:to-confirm",
    "ImagingStudy": "registered:to-confirm available:current cancelled:never entered-in-error:never unknown:to-confirm",
}
CODES = [(type_, *pair.split(":")) for type_, pairs in BY_CODE.items() for pair in pairs.split()]


@pytest.mark.parametrize(("type_", "code", "place"), CODES)
def test_every_code_of_every_value_set(type_: str, code: str, place: str) -> None:
    """The status alone decides as FHIR R4 defines it."""
    assert vector(type_, {"status": code})[0] == place


@pytest.mark.parametrize("code", ["absent", "other"])
@pytest.mark.parametrize("type_", [name for name in BY_CODE if name not in ("FamilyMemberHistory", "CarePlan")])
def test_no_status_is_never_current(type_: str, code: str) -> None:
    """What is not stated, or not understood, is to be confirmed and says so."""
    assert vector(type_, {"status": code})[0] == "to-confirm"


VERIFICATION = [
    *[("Condition", c, "to-confirm") for c in ("unconfirmed", "provisional", "differential", "absent-typo", "other")],
    *[("Condition", c, "never") for c in ("refuted", "entered-in-error")],
    *[("Condition", c, "current") for c in ("confirmed", "absent")],
    *[("AllergyIntolerance", c, "never") for c in ("refuted", "entered-in-error")],
    *[("AllergyIntolerance", c, "to-confirm") for c in ("unconfirmed", "presumed", "CONFIRMED", "other")],
    *[("AllergyIntolerance", c, "current") for c in ("confirmed", "absent")],
]


@pytest.mark.parametrize(("type_", "code", "place"), VERIFICATION)
def test_every_verification(type_: str, code: str, place: str) -> None:
    """Refuted is never shown as current, doubt is to be confirmed."""
    assert vector(type_, {"verification": code})[0] == place


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"effectivePeriod": {"start": "2026-01", "end": "2026-11-22"}}, "to-confirm"),
        ({"effectivePeriod": {"start": "2026-01", "end": "2026-11-23"}}, "current"),
        ({"effectivePeriod": {"start": "2026-01", "end": "2026-11"}}, "current"),
        ({"effectivePeriod": {"start": "2026-01", "end": "2026"}}, "current"),
        ({"effectivePeriod": {"start": "2026-01", "end": "2026-10"}}, "to-confirm"),
        ({"effectivePeriod": {"start": "2026-11-24"}}, "to-confirm"),
        ({"effectivePeriod": {"start": "2026-12"}}, "to-confirm"),
        ({"effectivePeriod": {"start": "2026"}}, "current"),
        ({"effectivePeriod": {"start": "2026-02-30"}}, "current"),
        ({"effectiveDateTime": "2026-11-01T08:00:00+01:00"}, "current"),
        ({"dosage": [{"timing": {"repeat": {"boundsPeriod": {"end": "2026-01-01"}}}}]}, "to-confirm"),
        ({"dosage": [{"timing": {"repeat": {"boundsPeriod": {"end": "2026-01-01"}}}}, {"text": "1/j"}]}, "current"),
        (
            {
                "effectiveDateTime": "2026-11-01",
                "dosage": [{"timing": {"repeat": {"boundsDuration": {"value": 7, "code": "d"}}}}],
            },
            "to-confirm",
        ),
        (
            {
                "effectiveDateTime": "2026-11-01",
                "dosage": [{"timing": {"repeat": {"boundsDuration": {"value": 3, "code": "mo"}}}}],
            },
            "current",
        ),
        ({"dosage": [{"timing": {"repeat": {"boundsDuration": {"value": 3, "code": "lunes"}}}}]}, "to-confirm"),
        ({"dosage": [{"modifierExtension": [{"url": "https://example.org/x"}]}]}, "to-confirm"),
        ({"implicitRules": "https://example.org/rules"}, "to-confirm"),
        ({"modifierExtension": "broken"}, "to-confirm"),
        ({"_status": {"extension": []}, "wasNotTaken": True}, "never"),
        ({"taken": "n"}, "never"),
        ({"taken": "unk"}, "to-confirm"),
    ],
)
def test_dates_and_qualifiers_of_a_treatment(more: Json, place: str) -> None:
    """A course whose time is over is not current, a partial date is read by its last day, no qualifier is lost."""
    assert line(treatment(**more)).place == place


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"abatementDateTime": "2030-01-01"}, "current"),
        ({"abatementAge": {"value": 40, "unit": "a"}}, "to-confirm"),
        ({"abatementBoolean": False}, "current"),
        ({"abatementBoolean": True}, "to-confirm"),
        ({"_abatementDateTime": {"extension": [{"url": "x"}]}}, "to-confirm"),
        ({"abatementPeriod": {"start": "2019"}}, "to-confirm"),
        ({"abatementPeriod": {"end": "2019"}, "clinicalStatus": None}, "past"),
        ({"subject": {"identifier": {"value": "42"}}}, "to-confirm"),
        ({"subject": None}, "to-confirm"),
        ({"clinicalStatus": {"coding": [{"code": "active"}]}}, "current"),
        ({"clinicalStatus": {"coding": [{"system": "http://snomed.info/sct", "code": "active"}]}}, "to-confirm"),
        (
            {
                "clinicalStatus": {
                    "coding": [
                        {"system": HL7 + "condition-clinical", "code": "active"},
                        {"system": HL7 + "condition-clinical", "code": "resolved"},
                    ]
                }
            },
            "to-confirm",
        ),
    ],
)
def test_ends_and_subjects_of_a_problem(more: Json, place: str) -> None:
    """An end stated beside "active", or a person not named, takes the line from the current ones."""
    assert line(problem(**more)).place == place


def test_the_document_itself_may_be_a_mistake() -> None:
    """A cover page entered in error makes every line one."""
    made = document(allergy(), sections=[section("48765-2", "AllergyIntolerance/r0")])
    assert made.entries[0].place == "current"
    import json

    from baladeur.record.fhir import read
    from tests.record.documents import TODAY

    root = json.loads(bundle(allergy()))
    root["entry"][0]["resource"]["status"] = "entered-in-error"
    found = read(json.dumps(root).encode(), as_of=TODAY)
    assert [one.rule for one in found.entries] == ["error.entered"]
    root["entry"][0]["resource"] |= {"status": "final", "modifierExtension": [{"url": "https://example.org/x"}]}
    found = read(json.dumps(root).encode(), as_of=TODAY)
    assert [one.rule for one in found.entries] == ["modifier.unknown"]
