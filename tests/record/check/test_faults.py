"""Single faults: each rule finds its own, at the right place, alone; and without the rule the fault goes by."""

import json

import pytest

from baladeur.record.check import check
from baladeur.record.check.rules import REGISTRY
from baladeur.record.check.sentences import SENTENCES
from tests.record.check.examples import SINGLES, summary
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
