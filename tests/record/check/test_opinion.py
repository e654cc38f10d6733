"""A second opinion: the official FHIRPath expressions of R4, evaluated by fhirpathpy, beside our functions.

They must agree on every valid document (nothing is broken) and on every planted fault whose rule is official (it is).
"""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fhirpathpy
import pytest

from baladeur.record.check.table import Element, Plan, table
from tests.record.check.examples import SINGLES, Json, summary
from tests.record.check.faults import FAULTS, Planted

pytestmark = pytest.mark.slow

PAGE = Path(__file__).resolve().parents[2] / "third_party" / "fhir_r4_invariants.json"
INVARIANTS: list[dict[str, str]] = json.loads(PAGE.read_text("utf-8"))
OFFICIAL = {one["key"] for one in INVARIANTS}
#: Not to be had from fhirpathpy, or decided otherwise.
LEFT = {
    "txt-1": "htmlChecks() is no FHIRPath",
    "txt-2": "htmlChecks() is no FHIRPath",
    "dom-3": "descendants() with as(canonical) takes minutes",
    "dom-6": "a narrative in each resource is good practice only, and data from other programs rarely has it",
    "ref-1": "%rootResource is not known",
    "ctm-1": "resolve() is not known",
    "ras-2": "what is a decimal is not known",
    "rng-2": "quantities cannot be compared",
}


def plain(value: Json, plan: Plan) -> Json:
    """The same with `value` for `valueQuantity`: FHIRPath knows a choice by its name alone."""
    made: Json = {}
    for name, inner in value.items():
        element = plan.elements.get(name)
        if element is None:
            made[name] = inner
            continue
        made[element.group.removesuffix("[x]") or name] = (
            [step(one, element) for one in inner] if isinstance(inner, list) else step(inner, element)
        )
    return made


def step(value: Any, element: Element) -> Any:
    """One element of it."""
    if not isinstance(value, dict) or element.kind not in ("", "resource"):
        return value
    return plain(value, table().plan(value["resourceType"] if element.kind else element.type))


def within(value: Json, plan: Plan, resource: Json) -> Iterator[tuple[str, Any, Json]]:
    """(place in the definitions, element, resource around it) of all that is in an element; types and paths alike."""
    now = plain(value, plan)
    yield plan.name, now, resource
    if plan.name in table().resources:
        yield "DomainResource", now, resource
    for name, inner in value.items():
        element = plan.elements.get(name)
        if element is None or element.kind not in ("", "resource"):
            continue
        for one in inner if isinstance(inner, list) else [inner]:
            if not isinstance(one, dict):
                continue
            if not element.kind:
                yield f"{plan.name}.{name}", step(one, element), resource
            type_ = one["resourceType"] if element.kind else element.type
            inside = plain(one, table().plan(type_)) if element.kind else resource
            yield from within(one, table().plan(type_), inside)


def holds(expression: str, element: Any, resource: Json) -> bool:
    """What fhirpathpy says; an empty answer judges nothing."""
    table_ = {"hasValue": {"fn": lambda inputs: [len(inputs) == 1], "arity": {0: []}}}
    context = {"resource": resource, "ucum": "http://unitsofmeasure.org"}
    return fhirpathpy.evaluate(element, expression, context, None, {"userInvocationTable": table_}) != [False]


def broken(document: Json) -> set[str]:
    """The keys of the official invariants that do not hold somewhere."""
    by_place: dict[str, list[dict[str, str]]] = {}
    for one in INVARIANTS:
        if one["key"] not in LEFT:
            by_place.setdefault(one["path"], []).append(one)
    found = set()
    plan = table().plan(document["resourceType"])
    for place, element, resource in within(document, plan, plain(document, plan)):
        for one in by_place.get(place, []):
            if not holds(one["expression"], element, resource):
                found.add(one["key"])
    return found


@pytest.mark.parametrize("name", ["", *SINGLES])
def test_both_find_nothing_in_a_valid_document(name: str) -> None:
    """All 230 official invariants that can be asked."""
    assert broken(copy.deepcopy(SINGLES[name] if name else summary())) == set()


@pytest.mark.parametrize(
    "planted", [one for one in FAULTS if one.key in OFFICIAL - LEFT.keys()], ids=lambda one: one.key
)
def test_both_find_the_fault(planted: Planted) -> None:
    """The official expression says no where our function does."""
    assert planted.key in broken(json.loads(planted.document()))
