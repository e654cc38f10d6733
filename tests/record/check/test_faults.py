"""Single faults: each rule finds its own, at the right place, alone; and without the rule the fault goes by."""

import json
from typing import Any

import pytest

from baladeur.record.check import check
from baladeur.record.check.rules import REGISTRY
from baladeur.record.check.sentences import SENTENCES
from tests.record.check.examples import SINGLES, Json, summary
from tests.record.check.faults import FAULTS, Planted

IDS = [f"{number}-{one.key}" for number, one in enumerate(FAULTS)]


@pytest.mark.parametrize("name", ["", *SINGLES])
def test_nothing_is_wrong_before_a_fault_is_planted(name: str) -> None:
    """Not even a note."""
    document = SINGLES[name] if name else summary()
    assert [(one.key, one.where) for one in check(json.dumps(document).encode())] == []


@pytest.mark.parametrize("planted", FAULTS, ids=IDS)
def test_a_fault_is_found_at_its_place_and_nothing_else(planted: Planted) -> None:
    """One fault, one finding."""
    found = check(planted.document())
    assert [(one.key, one.where) for one in found] == [(planted.key, planted.place)]


@pytest.mark.parametrize("planted", FAULTS, ids=IDS)
def test_without_its_rule_the_fault_goes_by(planted: Planted) -> None:
    """So each rule is needed: no other one finds what it finds."""
    assert check(planted.document(), off=frozenset({planted.key})) == ()


def test_every_rule_has_a_fault() -> None:
    """`more` only counts what is not listed; tests/record/check/test_hostile.py has it."""
    assert {one.key for one in FAULTS} == SENTENCES.keys() - {"more"}
    assert len(FAULTS) >= 60


def test_every_function_of_the_registry_is_met() -> None:
    """A rule bound to a type that no fault reaches would never be switched off by a test."""
    assert {one.key for rules in REGISTRY.values() for one in rules} <= {one.key for one in FAULTS}


@pytest.mark.parametrize("planted", FAULTS, ids=IDS)
def test_sentences_are_whole(planted: Planted) -> None:
    """Every placeholder is filled, in both languages, and the two differ."""
    for one in check(planted.document()):
        fr, en = one.sentence("fr"), one.sentence("en")
        assert fr != en
        assert "?" not in fr + en + one.remedy("fr") + one.remedy("en")
        assert fr.endswith(".")
        assert en.endswith(".")
        assert repr(one) == "<Finding>"
        assert one.as_json("fr")["key"] == planted.key


def change(document: Json, *path: str | int, to: object) -> bytes:
    """The document with another value at one place; `...` takes it away."""
    holder: Any = document
    for step in path[:-1]:
        holder = holder[step]
    if to is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = to
    return json.dumps(document).encode()


ENTRY = "Bundle.entry[5]"
COVER, COVER0 = ("entry", 0, "resource"), "Bundle.entry[0].resource"


@pytest.mark.parametrize(
    ("path", "to", "key", "where"),
    [
        (("entry", 5, "fullUrl"), "urn:uuid:a b", "format-uri", f"{ENTRY}.fullUrl"),
        (("entry", 5, "fullUrl"), "", "format-uri", f"{ENTRY}.fullUrl"),
        (("entry", 5, "fullUrl"), "https://example.org/Condition/zz", "full-url-id", f"{ENTRY}.fullUrl"),
        (("entry", 5), "text", "object-expected", ENTRY),
        (("entry", 1, "resource"), None, "null", "Bundle.entry[1].resource"),
        (("entry", 5, "resource", "resourceType"), "Foo", "resource-type", f"{ENTRY}.resource"),
        (("entry", 5, "resource", "id"), ["p"], "list-unexpected", f"{ENTRY}.resource.id"),
        (("entry", 5, "resource", "subject", "reference"), "", "format-string", f"{ENTRY}.resource.subject.reference"),
        (("entry", 5, "resource", "subject", "reference"), None, "null", f"{ENTRY}.resource.subject.reference"),
        ((*COVER, "type", "coding", 0, "code"), ["60591-5"], "list-unexpected", f"{COVER0}.type.coding[0].code"),
        ((*COVER, "section", 0, "code", "coding", 0), "x", "object-expected", f"{COVER0}.section[0].code.coding[0]"),
        ((*COVER, "section", 0), {}, "ele-1", f"{COVER0}.section[0]"),
        ((*COVER, "section", 0, "entry"), {"display": "x"}, "list-expected", f"{COVER0}.section[0].entry"),
        (("type",), "zz", "binding", "Bundle.type"),
        (("identifier",), {}, "ele-1", "Bundle.identifier"),
        (("entry", 1, "resource", "gender"), "", "format-code", "Bundle.entry[1].resource.gender"),
    ],
)
def test_what_follows_from_a_fault_is_no_second_one(
    path: tuple[str | int, ...], to: object, key: str, where: str
) -> None:
    """References that dangle, sections that have no name: only because something else cannot be read."""
    found = check(change(summary(), *path, to=to))
    assert [(one.key, one.where) for one in found if one.severity != "note"] == [(key, where)]


def test_two_faults_are_two_findings() -> None:
    """What has nothing to do with the unreadable place stays."""
    document = summary()
    document["entry"][5]["resource"]["subject"]["reference"] = "urn:uuid:00000000-0000-4000-8000-000000000077"
    found = check(change(document, "entry", 4, "resource", "id", to=["a"]))
    assert {one.key for one in found if one.severity != "note"} == {"list-unexpected", "reference-dangling"}


def test_a_choice_of_another_type() -> None:
    """Unknown there; that the choice is missing follows."""
    document = summary()
    drug = next(i for i, one in enumerate(document["entry"]) if "medicationReference" in one["resource"])
    del document["entry"][drug]["resource"]["medicationReference"]
    found = check(change(document, "entry", drug, "resource", "medicationMoney", to={"value": 1, "currency": "EUR"}))
    assert "unknown" in [one.key for one in found]
    assert "required" not in [one.key for one in found]


def test_the_address_of_an_extension() -> None:
    """Extension.url is a uri, although R4 gives its type as that of a FHIRPath string."""
    found = check(change(summary(), "entry", 1, "resource", "extension", to=[{"url": "http://a b", "valueCode": "x"}]))
    assert [(one.key, one.where) for one in found] == [("format-uri", "Bundle.entry[1].resource.extension[0].url")]
