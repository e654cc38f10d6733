"""A record goes out as a collection of FHIR resources and comes back as the same record."""

import json
from pathlib import Path
from typing import Any

import pytest

from baladeur.acts import exporting
from baladeur.acts.exporting import Exported
from baladeur.chart import items
from baladeur.container.change import Change
from baladeur.container.container import Container
from baladeur.record import fhir, scan
from baladeur.record.bundle import NOT_CURRENT
from baladeur.record.links import bare
from baladeur.record.model import Document, Place
from tests.acts.records import NOTE, SIGNED, edited, held, lines, lived_in, read, states
from tests.chart.test_importing import AS_OF, bring, bundles, elsewhere, empty, named, with_urls
from tests.record.documents import allergy, bundle, concept, problem, section, treatment

Json = dict[str, Any]


def exported(container: Container) -> Exported:
    """The FHIR of a record whose commits are all good."""
    return exporting.fhir(held(container), today=AS_OF)


def out(*documents: bytes) -> list[Json]:
    """The Bundle entries of a record with these documents."""
    container = empty()
    for number, data in enumerate(documents):
        bring(container, data, f"{number}.json")
    return list(json.loads(exported(container).data)["entry"])


def only(entries: list[Json], type_: str) -> Json:
    """The one resource of a type."""
    (found,) = [one["resource"] for one in entries if one["resource"]["resourceType"] == type_]
    return dict(found)


def url(entries: list[Json], id_: str) -> str:
    """The fullUrl of the resource with an id."""
    (found,) = [one["fullUrl"] for one in entries if one["resource"].get("id") == id_]
    return str(found)


def test_every_real_summary_comes_back(shared_data: Path) -> None:
    """Edited and joined by a second document, each real record is the same record after export and import."""
    _come_back(bundles(shared_data))


@pytest.mark.slow
def test_every_real_history_comes_back(shared_data: Path) -> None:
    """The same for the long ones."""
    _come_back(sorted((shared_data / "synthea").glob("*.json")))


def _come_back(paths: list[Path]) -> None:
    assert len(paths) >= 5
    for path in paths:
        container = lived_in(path.read_bytes(), path.name)
        before = read(container)
        made = exported(container)
        back = empty()
        bring(back, made.data, "export.json")
        after = read(back)
        assert lines(after) == lines(before), path.name
        assert states(after) == states(before), path.name
        assert any(NOTE in entry.notes for entry in after.entries), path.name
        found = held(container).resources
        kept = sorted(bare(one.data) for key, one in found.kept.items() if key not in found.aside)
        assert sorted(bare(one.content) for one in items.live(back) if one.is_fhir) == kept, path.name
        assert made.told["aside"] == 1, path.name


def test_bytes_stay_but_for_the_references() -> None:
    """Numbers, instants, base64, spacing, escapes and unknown elements are those that came in."""
    odd = (
        b'{ "resourceType" : "Observation","id":"o",\t"status":"final", "code":{"text":"K\\u00e9"},'
        b'"subject":{"referenc\\u0065":"Patient\\/p","display":"Patient/p"},"valueQuantity":{"value":1.50e+00,"unit":"g"},'
        b'"effectiveInstant":"2026-01-01T00:00:00.1234567Z","x":{"reference":12.0,"y":["reference","Patient/p"]},'
        b'"extension":[{"url":"https://example.org/x","valueBase64Binary":"QUJD\\nREVG","valueUrl":"Patient/p"}],'
        b'"focus":[{"reference":"#","_reference":{"id":"reference"}}]}'
    )
    scan.parse(odd)
    data = bundle().replace(b'{"resourceType": "Bundle"', b'{"resourceType": "Bundle", "language": "fr"')
    entry = b'{"fullUrl":"https://example.org/Observation/o","resource":' + odd + b"}]}"
    container = empty()
    bring(container, data.rstrip()[:-2] + b"," + entry)
    made = exported(container).data
    me = url(json.loads(made)["entry"], "p")
    assert odd.replace(b'"Patient\\/p"', f'"{me}"'.encode(), 1) in made


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("Medication/m", True),
        ("https://example.org/Medication/m", True),
        ("Medication/m/_history/3", True),
        ("https://example.org/Medication/m|2", True),
        ("Medication?identifier=urn:x|7", True),
        ("#m", False),
        ("#", False),
        ("Medication/n", False),
        ("https://elsewhere.example/Medication/n", False),
        ("urn:uuid:00000000-0000-4000-8000-000000000001", False),
        ("", False),
    ],
)
def test_each_form_of_reference(written: str, means: bool) -> None:
    """What a reference means gets the address that it has in the Bundle; what it cannot mean stays as written."""
    drug = {"resourceType": "Medication", "id": "m", "identifier": [{"system": "urn:x", "value": "7"}]}
    taken = {"resourceType": "MedicationStatement", "status": "active", "subject": {"reference": "Patient/p"}}
    found = out(bundle(drug, {**taken, "medicationReference": {"reference": written, "display": "d"}}))
    told = only(found, "MedicationStatement")["medicationReference"]
    assert told == {"reference": url(found, "m") if means else written, "display": "d"}
    assert only(found, "MedicationStatement")["subject"]["reference"] == url(found, "p")


def test_references_by_uuid_and_without_address() -> None:
    """A UUID of another spelling, and a resource without fullUrl, are found as the reader finds them."""
    value = json.loads(with_urls(bundle({"resourceType": "Medication", "id": "m", "code": concept("x")}, treatment())))
    statement = value["entry"][3]["resource"]
    del statement["medicationCodeableConcept"]
    statement["medicationReference"] = {"reference": "URN:UUID:00000000-0000-4000-8000-000000000002"}
    found = out(json.dumps(value).encode())
    assert only(found, "MedicationStatement")["medicationReference"]["reference"] == url(found, "m")
    del value["entry"][2]["fullUrl"]
    statement["medicationReference"]["reference"] = "Medication/m"
    found = out(json.dumps(value).encode())
    assert only(found, "MedicationStatement")["medicationReference"]["reference"] == url(found, "m")


def carried(id_: str, *drugs: Json) -> bytes:
    """A document with a treatment that names Medication/1, and these drugs."""
    statement = treatment(id=id_, medicationReference={"reference": "Medication/1"})
    del statement["medicationCodeableConcept"]
    return bundle(*drugs, statement)


def drug(words: str) -> Json:
    """Medication/1."""
    return {"resourceType": "Medication", "id": "1", "code": {"coding": [{"display": words}]}}


def test_the_same_reference_means_another_thing_in_another_document() -> None:
    """Each treatment keeps the drug of its own document."""
    found = out(carried("a", drug("apixaban")), elsewhere(carried("b", drug("warfarine"))))
    by_url = {one["fullUrl"]: one["resource"] for one in found}
    taken = {
        one["resource"]["id"]: by_url[one["resource"]["medicationReference"]["reference"]]["code"]["coding"][0][
            "display"
        ]
        for one in found
        if one["resource"]["resourceType"] == "MedicationStatement"
    }
    assert taken == {"a": "apixaban", "b": "warfarine"}


def test_a_reference_to_nothing_never_becomes_one_to_another_documents_drug() -> None:
    """The first document lacks its drug; the second has one of the same name: the treatment stays without it."""
    container = empty()
    bring(container, carried("a"))
    bring(container, elsewhere(carried("b", drug("warfarine"))))
    before = read(container)
    back = empty()
    bring(back, exported(container).data)
    assert lines(read(back)) == lines(before)
    assert sorted(one.words for one in before.entries) == ["", "warfarine"]


def test_one_patient_for_all() -> None:
    """The Patient of a second document is the record's own; a Patient who is somebody else stays."""
    mother = {"resourceType": "Patient", "id": "mother", "name": [{"family": "AUTRE"}], "birthDate": "1935-01-01"}
    her = problem("diabète", id="hers", subject={"reference": "Patient/mother"})
    second = elsewhere(bundle(allergy("Latex", id="l"), mother, her, problem("asthme", id="a")))
    found = out(bundle(allergy(id="first")), second)
    assert [one["resource"]["id"] for one in found if one["resource"]["resourceType"] == "Patient"] == ["p", "mother"]
    by_id = {one["resource"]["id"]: one["resource"] for one in found}
    assert by_id["l"]["patient"]["reference"] == url(found, "p")
    assert by_id["hers"]["subject"]["reference"] == url(found, "mother")
    covers = [one["resource"] for one in found if one["resource"]["resourceType"] == "Composition"]
    assert {one["subject"]["reference"] for one in covers} == {url(found, "p")}


def places(document: Document) -> dict[str, Place]:
    """Where each line stands, by its words."""
    return {one.words: one.place for one in document.entries}


def test_what_a_newer_version_no_longer_lists_is_marked() -> None:
    """A doubt that stands in no resource's bytes goes out with it, and comes back."""
    container = empty()
    first = with_urls(named(bundle(problem("Asthme"), treatment("prednisone")), "d", "2026-01-05"))
    bring(container, first)
    value = json.loads(first)
    del value["entry"][3]
    value["entry"][0]["resource"]["date"] = "2026-06-01"
    bring(container, json.dumps(value).encode())
    made = exported(container).data
    marked = [one for one in json.loads(made)["entry"] if "modifierExtension" in one]
    assert [one["resource"]["resourceType"] for one in marked] == ["MedicationStatement"]
    assert marked[0]["modifierExtension"][0]["url"] == NOT_CURRENT
    back = empty()
    bring(back, made)
    assert places(read(back)) == {"Asthme": Place.CURRENT, "prednisone": Place.TO_CONFIRM}
    again = empty()
    bring(again, exported(back).data)
    assert places(read(again)) == places(read(back))


def test_a_qualifier_of_the_whole_document_is_not_lost() -> None:
    """Rules that only the Bundle names, and a document that was a mistake, hold for what leaves it."""
    value = json.loads(bundle(problem("Asthme")))
    ruled = json.dumps(value | {"implicitRules": "https://example.org/rules"}).encode()
    wrong = json.loads(elsewhere(bundle(problem("Grippe"))))
    wrong["entry"][0]["resource"]["status"] = "entered-in-error"
    container = empty()
    bring(container, ruled)
    bring(container, json.dumps(wrong).encode())
    assert places(read(container)) == {"Asthme": Place.TO_CONFIRM, "Grippe": Place.NEVER}
    back = empty()
    bring(back, exported(container).data)
    assert places(read(back)) == {"Asthme": Place.TO_CONFIRM, "Grippe": Place.TO_CONFIRM}


def test_a_denial_that_is_not_believed_stays_one() -> None:
    """An unbelieved "no known allergy" is a line to be confirmed, before and after."""
    none = allergy(code=concept("aucune", "716186003"))
    value = json.loads(bundle(none))
    value["implicitRules"] = "https://example.org/rules"
    container = empty()
    bring(container, json.dumps(value).encode())
    back = empty()
    bring(back, exported(container).data)
    assert states(read(back)) == states(read(container))


def test_two_summaries_in_one_collection_each_file_their_own() -> None:
    """Sections of both documents count, and one knows what the other does not."""
    cause = {"emptyReason": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/list-empty-reason"}]}}
    nothing = json.loads(json.dumps(cause))
    nothing["emptyReason"]["coding"][0]["code"] = "unavailable"
    first = bundle(
        problem("Asthme", id="a"), sections=[section("11348-0", "Condition/a"), section("48765-2", **nothing)]
    )
    second = elsewhere(bundle(allergy("Latex", id="x"), sections=[section("48765-2", "AllergyIntolerance/x")]))
    container = empty()
    bring(container, first)
    bring(container, second)
    back = empty()
    bring(back, exported(container).data)
    assert lines(read(back)) == lines(read(container))
    assert states(read(back)) == states(read(container))
    assert places(read(back)) == {"Asthme": Place.TO_CONFIRM, "Latex": Place.CURRENT}


def test_what_no_valid_commit_brought_in_stays_out() -> None:
    """A forged entry is in no export, and counted."""
    container = empty()
    bring(container, bundle(allergy("Latex"), allergy("forgée")))
    forged = next(one.id for one in items.live(container) if one.title == "forgée")
    made = exporting.fhir(held(container, forged), today=AS_OF)
    assert made.told["doubtful"] == 1
    assert "forgée" not in fhir.read(made.data, as_of=AS_OF).entries[0].words
    assert len(fhir.read(made.data, as_of=AS_OF).entries) == 1


def test_an_edit_goes_out_once() -> None:
    """The newest version alone, under the address that everything refers to."""
    container = empty()
    bring(container, bundle(allergy("Latex")))
    (line,) = [one for one in items.live(container) if one.type == "fhir-allergyintolerance"]
    container.commit(Change(add=[edited(line)]), SIGNED)
    found = json.loads(exported(container).data)["entry"]
    assert only(found, "AllergyIntolerance")["note"] == [{"text": NOTE}]


def test_its_own_export_brings_a_record_nothing() -> None:
    """What a record handed out it knows again, edited entries too: no line twice."""
    container = lived_in(bundle(allergy("Latex"), problem("Asthme"), treatment("prednisone")))
    before = lines(read(container))
    plan = bring(container, exported(container).data)
    assert plan.empty
    assert plan.same == len(json.loads(exported(container).data)["entry"])
    assert lines(read(container)) == before
