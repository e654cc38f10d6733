"""Whose a line is: the patient's, a relative's, or nobody knows."""

import json

import pytest

from baladeur.record.fhir import read
from tests.record.documents import PATIENT, TODAY, Json, bundle, document, problem, treatment


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Family history of cancer of colon", "never"),
        ("Antécédents familiaux d’infarctus", "never"),
        ("ATCD familial : AVC", "never"),
        ("No family history of diabetes", "never"),
        ("Familial hypercholesterolaemia", "current"),
        ("Hypercholestérolémie familiale", "current"),
        ("FH: LDL receptor mutation", "current"),
        ("Cancer du sein, antécédents familiaux", "current"),
    ],
)
def test_family_history_by_its_name(words: str, place: str) -> None:
    """SNOMED CT has a situation for each disease of a relative; their names tell, and only their beginnings do."""
    assert [one.place for one in document(problem(words)).entries] == [place]
    coded = problem(code={"coding": [{"system": "http://snomed.info/sct", "code": "1", "display": words}]})
    assert [one.place for one in document(coded).entries] == [place]


NUMBER = {"system": "urn:oid:1.2", "value": "42"}


@pytest.mark.parametrize(
    ("copy", "place"),
    [
        ({"identifier": [NUMBER]}, "current"),
        ({"name": PATIENT["name"], "birthDate": PATIENT["birthDate"]}, "current"),
        ({"name": PATIENT["name"], "birthDate": "1961", "gender": "unknown"}, "current"),
        ({"name": PATIENT["name"]}, "to-confirm"),
        ({}, "to-confirm"),
        ({"name": PATIENT["name"], "birthDate": "1990-01-01"}, "never"),
        ({"gender": "male", "birthDate": PATIENT["birthDate"]}, "never"),
        ({"identifier": [{"system": "urn:oid:1.2", "value": "43"}]}, "to-confirm"),
    ],
)
def test_a_contained_copy_of_the_patient(copy: Json, place: str) -> None:
    """Some systems put the patient into each resource; a line about the patient must not vanish as somebody else's."""
    inside = {"resourceType": "Patient", "id": "me", **copy}
    drug = treatment(subject={"reference": "#me"}, contained=[inside])
    told = json.loads(bundle(drug))
    told["entry"][1]["resource"]["identifier"] = [NUMBER]
    assert [str(one.place) for one in read(json.dumps(told).encode(), as_of=TODAY).entries] == [place]
