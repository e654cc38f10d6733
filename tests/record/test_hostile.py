"""Documents made to hurt: nothing but a refusal may come out of `read`, and no untamed text."""

import copy
import json
import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.errors import BundleInvalid
from baladeur.record.fhir import read
from baladeur.record.model import Document
from baladeur.text import NOTE, safe_text
from tests.record.documents import TODAY, allergy, bundle, concept, document, problem, section, treatment

EVIL = "\x1b[2J\x1b]0;x\x07[/x]\u202e\u200b\ud800" + "A\u0301" * 6000
KEEP = {"resourceType", "fullUrl", "reference", "id", "type", "status", "system", "code", "url"}


def words(value: object) -> Iterator[str]:
    """Every string anywhere in the model, the exact bytes and the exact fullUrls excepted."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Document):
        for field in fields(value):
            if field.name not in ("slices", "full_urls"):
                yield from words(getattr(value, field.name))
    elif is_dataclass(value):
        for field in fields(value):
            yield from words(getattr(value, field.name))
    elif isinstance(value, dict):
        yield from words(list(value) + list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from words(one)


def poison(value: Any, keep: set[str], evil: str = EVIL, name: str = "") -> Any:
    """The same JSON with every string, also those that are names, followed by the evil one."""
    if isinstance(value, dict):
        return {key: poison(inner, keep, evil, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [poison(inner, keep, evil, name) for inner in value]
    return value + evil if isinstance(value, str) and name not in keep else value


def assert_tame(made: Document) -> None:
    """Every string would pass the border unchanged."""
    for text in words(made):
        assert safe_text(text, NOTE, lines=True) == text
        assert "\x1b" not in text
        assert "\u202e" not in text


def samples(folder: Path) -> list[Path]:
    """The small real documents."""
    return sorted((folder / "ips").glob("*/*.json"))


@pytest.mark.parametrize(("keep", "evil"), [(KEEP, EVIL), ({"resourceType", "type"}, EVIL[:40])])
def test_hostile_text_in_every_field_is_tame(shared_data: Path, keep: set[str], evil: str) -> None:
    """ESC, bidi, zero-width, lone surrogates, markup and 10 KB, in every field of real documents."""
    for path in samples(shared_data):
        made = read(json.dumps(poison(json.loads(path.read_bytes()), keep, evil)).encode(), as_of=TODAY)
        assert made.entries
        assert_tame(made)


def test_hostile_text_in_every_field_of_ours() -> None:
    """The same on a document of our own, so that it runs everywhere."""
    source = bundle(
        allergy(reaction=[{"manifestation": [concept("x")], "description": "y"}], note=[{"text": "z"}]),
        problem(abatementString="x", severity=concept("y")),
        treatment(dosage=[{"text": "x", "extension": [{"url": "u", "valueString": "v"}], "k" + EVIL: 1}]),
        sections=[section("48765-2", "AllergyIntolerance/r0", "AllergyIntolerance/gone")],
    )
    made = read(json.dumps(poison(json.loads(source), KEEP)).encode(), as_of=TODAY)
    assert len(made.entries) == 4
    assert_tame(made)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) in a JSON value."""
    found = []
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        found.append((value, key))
        if isinstance(value[key], dict | list):
            found += places(value[key])
    return found


NONSENSE = [None, True, False, 0, -1, 1.5, "", "x", "2026-99-99", "active", [], {}, [[]], [None], [{}], ["x"], {"": ""}]
NONSENSE += [{"coding": "x"}, {"coding": [None]}, {"reference": 5}, {"extension": {"url": 3}}, {"value": {"value": []}}]


def test_wrong_types_everywhere_in_real_documents(shared_data: Path) -> None:
    """Any element may be of any type: the document is still read, or refused by our own error."""
    chance = random.Random(7)
    for path in samples(shared_data):
        root = json.loads(path.read_bytes())
        for _ in range(12):
            broken = copy.deepcopy(root)
            for container, key in chance.sample(places(broken), 25):
                container[key] = copy.deepcopy(chance.choice(NONSENSE))
            try:
                assert_tame(read(json.dumps(broken).encode(), as_of=TODAY))
            except BundleInvalid:
                continue


OURS = json.loads(
    bundle(
        allergy(reaction=[{"manifestation": [concept("x")]}]),
        problem(abatementPeriod={"end": "2020"}),
        treatment(dosage=[{"timing": {"repeat": {"boundsDuration": {"value": 1, "code": "d"}}}}]),
        sections=[section("48765-2", "AllergyIntolerance/r0")],
    )
)


@given(st.data())
def test_wrong_types_everywhere(data: st.DataObject) -> None:
    """The same, searched for."""
    broken = copy.deepcopy(OURS)
    for _ in range(data.draw(st.integers(1, 4))):
        container, key = data.draw(st.sampled_from(places(broken)))
        container[key] = copy.deepcopy(data.draw(st.sampled_from(NONSENSE)))
    try:
        assert_tame(read(json.dumps(broken).encode(), as_of=TODAY))
    except BundleInvalid:
        return


def test_loops_of_references() -> None:
    """A resource that contains, means or lists itself ends."""
    loop = {
        "resourceType": "MedicationStatement",
        "status": "active",
        "subject": {"reference": "#"},
        "medicationReference": {"reference": "#"},
        "partOf": [{"reference": "#"}],
        "contained": [
            {"resourceType": "Medication", "id": "m", "ingredient": [{"itemReference": {"reference": "#m"}}]}
        ],
    }
    made = document(loop, {"resourceType": "Bundle", "entry": []})
    assert [one.place for one in made.entries] == ["never"]
    nested = section("48765-2", "Composition/c", "Patient/p")
    assert document(sections=[nested]).entries == ()


@pytest.mark.parametrize("count", [20_000])
def test_many_references_take_linear_time(count: int) -> None:
    """Tens of thousands of references to nothing, or to the same thing, are read in seconds."""
    entries = [section("48765-2", *(f"urn:uuid:{i}" for i in range(count)))]
    actors = [{"reference": "#a"} for _ in range(count)]
    inside = [{"resourceType": "Practitioner", "id": f"b{i}"} for i in range(count)]
    made = document(problem(participant=actors, contained=inside), sections=entries)
    assert len(made.entries) == count + 1
