"""One format, stated three times: hand-written checks, pydantic models, JSON Schemas. They accept the same values."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

from baladeur.container import canonical
from baladeur.container.canonical import MAX_INTEGER
from baladeur.container.models import SCHEMAS, Inner, Meta, Op, Outer
from baladeur.container.statement import INNER, MAX_OPS, OPS, OUTER, follows, op_follows

FOLDER = Path(__file__).parents[2] / "schemas"
VALIDATORS = {n: Draft202012Validator(json.loads((FOLDER / f"{n}.schema.json").read_text("utf-8"))) for n in SCHEMAS}
OP_MODEL: TypeAdapter[Any] = TypeAdapter(Op)

hex16, hex32 = (st.text("0123456789abcdef", min_size=n, max_size=n) for n in (32, 64))
types = st.from_regex(r"[a-z][a-z0-9-]{0,31}", fullmatch=True)
ops = st.one_of(
    st.fixed_dictionaries({"op": st.just("add"), "id": hex16, "type": types, "commitment": hex32}),
    st.fixed_dictionaries({"op": st.just("replace"), "id": hex16, "type": types, "commitment": hex32, "of": hex16}),
    st.fixed_dictionaries({"op": st.sampled_from(["withdraw", "erase"]), "of": hex16}),
    st.fixed_dictionaries({"op": st.just("visibility"), "of": hex16, "value": st.sampled_from(["all", "dossier"])}),
    st.fixed_dictionaries({"op": st.just("conceal"), "parts": st.lists(st.integers(0, MAX_INTEGER), max_size=3)}),
    st.fixed_dictionaries({"op": st.just("secrets"), "what": st.sampled_from(["change", "revoke", "emergency"])}),
    st.just({"op": "compact"}),
)
outers = st.fixed_dictionaries(
    {
        "v": st.just(1),
        "suite": st.just(1),
        "container": hex16,
        "utc": st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", fullmatch=True),
        "clock": st.sampled_from(["host", "declared"]),
        "demo": st.booleans(),
        "summary": hex32,
        "private": hex32,
    }
)
inners = st.fixed_dictionaries(
    {
        "v": st.just(1),
        "seq": st.integers(0, MAX_INTEGER),
        "prev": hex32,
        "role": st.sampled_from(["professional", "holder"]),
        "subject": hex32,
        "state": hex32,
        "ops": st.lists(ops, max_size=3),
        "software": st.text(st.characters(exclude_categories=("Cs",)), max_size=64),
    }
)
# What somebody may put in the place of any value: other types, other lengths, look-alikes.
NUMBERS: list[Any] = [0, 1, 2, MAX_INTEGER, True, False]
TEXTS: list[Any] = ["", "1", "host", "holder", "compact", "a", "A" * 32, "0" * 31, "0" * 33, "0" * 32, "0" * 64, "é"]
DIGITS: list[Any] = ["\u0660" * 64, "\u0662\u0660\u0662\u0666-11-23T18:00:00Z", "x" * 64, "x" * 65, "😀" * 64]
TIMES: list[Any] = ["2026-11-23T18:00:00", "2026-11-23 18:00:00Z", "2026-11-23T18:00:00+00:00"]
HOLDING: list[Any] = [[], [[]], [1], [True], ["1"], {}, {"op": []}]
strange = st.one_of(
    st.sampled_from(NUMBERS + TEXTS + DIGITS + TIMES + HOLDING),
    st.text("0123456789abcdef", min_size=30, max_size=66),
)


def mutated(values: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """A value with one name removed, added, renamed or given something strange."""

    def mutate(drawn: tuple[dict[str, Any], int, int, Any]) -> dict[str, Any]:
        value, kind, place, new = drawn
        name = sorted(value)[place % len(value)]
        if kind == 0:
            return {n: v for n, v in value.items() if n != name}
        if kind == 1:
            return {**value, "more": new}
        if kind == 2:
            return {n + "s" if n == name else n: v for n, v in value.items()}
        return {**value, name: new}

    return st.tuples(values, st.integers(0, 5), st.integers(0, 9), strange).map(mutate)


def model_accepts(check: Callable[[Any], object], value: Any) -> bool:
    try:
        check(value)
    except ValidationError:
        return False
    return True


def inner_follows(value: dict[str, Any]) -> bool:
    return follows(value, INNER) and all(map(op_follows, value["ops"]))


def test_the_schemas_are_those_of_the_models() -> None:
    """What lies in the folder is what the models say now."""
    for name, model in SCHEMAS.items():
        stored = dict(VALIDATORS[name].schema)
        assert stored.pop("$schema") == "https://json-schema.org/draft/2020-12/schema"
        assert stored == model.model_json_schema()
        Draft202012Validator.check_schema(stored)


@given(st.one_of(outers, mutated(outers)))
def test_outer(value: dict[str, Any]) -> None:
    """Hand-written check, model and schema say the same of a valid outer and of one with a single mistake."""
    expected = follows(value, OUTER)
    assert model_accepts(Outer.model_validate, value) is expected
    assert VALIDATORS["statement-outer"].is_valid(value) is expected


@given(st.one_of(inners, mutated(inners)))
def test_inner(value: dict[str, Any]) -> None:
    """The same of an inner."""
    expected = inner_follows(value)
    assert model_accepts(Inner.model_validate, value) is expected
    assert VALIDATORS["statement-inner"].is_valid(value) is expected


@given(st.one_of(ops, mutated(ops)))
def test_op(value: Any) -> None:
    """The same of an operation, alone and in an inner."""
    expected = op_follows(value)
    assert model_accepts(OP_MODEL.validate_python, value) is expected
    inner = {"v": 1, "seq": 1, "prev": "0" * 64, "role": "holder", "subject": "0" * 64, "state": "0" * 64,
             "ops": [value], "software": ""}  # fmt: skip
    assert VALIDATORS["statement-inner"].is_valid(inner) is expected


@given(st.one_of(outers, inners))
def test_what_is_valid_is_accepted(value: dict[str, Any]) -> None:
    """The strategies above do produce valid values, so that agreement is not agreement on refusal alone."""
    assert follows(value, OUTER) or inner_follows(value)
    assert canonical.loads(canonical.dumps(value)) == value


@pytest.mark.parametrize("value", [None, 1, "add", [], ["op"], {}, {"op": None}, {"op": 1}, {"op": []}, {"op": {}}])
def test_an_operation_that_is_none(value: Any) -> None:
    """Any JSON value may stand among the operations; none of them raises."""
    assert not op_follows(value)
    assert not model_accepts(OP_MODEL.validate_python, value)


def test_every_operation_of_the_table_has_its_model() -> None:
    """Neither side knows one that the other does not."""
    definitions = VALIDATORS["statement-inner"].schema["$defs"].values()
    named = {d["properties"]["op"]["const"]: set(d["required"]) - {"op"} for d in definitions}
    assert named == {name: set(checks) for name, checks in OPS.items()}


def test_the_number_of_operations_has_a_cap() -> None:
    """20 000 and not one more, for all three."""
    value = {"v": 1, "seq": 1, "prev": "0" * 64, "role": "holder", "subject": "0" * 64, "state": "0" * 64,
             "ops": [{"op": "compact"}] * MAX_OPS, "software": ""}  # fmt: skip
    for more, expected in (([], True), ([{"op": "compact"}], False)):
        longer = {**value, "ops": value["ops"] + more}  # type: ignore[operator]
        assert inner_follows(longer) is expected
        assert model_accepts(Inner.model_validate, longer) is expected
    assert VALIDATORS["statement-inner"].schema["properties"]["ops"]["maxItems"] == MAX_OPS


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ({"type": "note", "title": "t", "date": "", "media": "m"}, True),
        ({"type": "note", "title": "t", "date": "", "media": "m", "of": "0" * 32, "more": [1]}, True),
        ({"type": "Note", "title": "t", "date": "", "media": "m"}, False),
        ({"type": "note", "title": "t", "date": "", "media": "m", "of": "0" * 31}, False),
        ({"type": "note", "title": "t", "date": ""}, False),
        ({"type": "note", "title": 1, "date": "", "media": "m"}, False),
    ],
)
def test_meta(value: dict[str, Any], good: bool) -> None:
    """Model and schema of what the catalogue says of an item; other names are kept."""
    assert model_accepts(Meta.model_validate, value) is good
    assert VALIDATORS["item-meta"].is_valid(value) is good


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ({"items": []}, True),
        ({"items": ["0" * 32], "text": "Pénicilline"}, True),
        ({"items": ["0" * 31]}, False),
        ({"items": "0" * 32}, False),
        ({"text": "none"}, False),
    ],
)
def test_part(value: dict[str, Any], good: bool) -> None:
    """Model and schema of a line of the emergency page."""
    assert model_accepts(SCHEMAS["summary-part"].model_validate, value) is good
    assert VALIDATORS["summary-part"].is_valid(value) is good
