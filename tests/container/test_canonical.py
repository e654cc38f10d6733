"""Canonical JSON: one text for one value, and every other text refused."""

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from baladeur.container import canonical
from baladeur.container.canonical import MAX_DEPTH, MAX_INTEGER

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
names = st.text(st.characters(max_codepoint=127), max_size=8)
values = st.recursive(
    st.one_of(texts, st.booleans(), st.integers(0, MAX_INTEGER)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(names, inner, max_size=4)),
    max_leaves=12,
)


def nested(depth: int) -> Any:
    """Lists in lists: a value of this depth."""
    value: Any = []
    for _ in range(depth - 1):
        value = [value]
    return value


@given(values)
def test_a_value_comes_back_and_an_independent_serialiser_writes_the_same(value: Any) -> None:
    """Round trip, byte for byte what the package rfc8785 makes of the value."""
    data = canonical.dumps(value)
    assert canonical.loads(data) == value
    assert data == rfc8785.dumps(value)


@given(values)
def test_the_same_value_written_otherwise_is_refused(value: Any) -> None:
    """Only the canonical one of all spellings is accepted, whichever of them the parser would take."""
    data = canonical.dumps(value)
    for other in (json.dumps(value), json.dumps(value, indent=1), json.dumps(value, separators=(",", ":"))):
        if other.encode() == data:
            assert canonical.loads(other.encode()) == value
        else:
            with pytest.raises(ValueError, match=r"."):
                canonical.loads(other.encode())


@given(st.binary(max_size=40))
def test_any_bytes_are_a_value_or_a_value_error(data: bytes) -> None:
    """Nothing else is raised, and what is accepted is what would be written."""
    try:
        value = canonical.loads(data)
    except ValueError:
        return
    assert canonical.dumps(value) == data


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b' {"a":1}',
        b'{"a":1}\n',
        b'{"a":1}{}',
        b'{"a":1}\x00',
        b'\xef\xbb\xbf{"a":1}',
        '{"é":1}'.encode(),
        b'{"\\u0061":1}',
        b"1.0",
        b"1.5",
        b"1e2",
        b"1E2",
        b"-0",
        b"-1",
        b"01",
        b"+1",
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"null",
        b"[null]",
        b"9007199254740992",
        b"9" * 5000,
        b'"\\ud800"',
        b'"\\udc00\\ud800"',
        b'"\\ud83d\\ude00"',
        b'"\xed\xa0\x80"',
        b'"\\u0041"',
        b'"\\/"',
        b'"\\u000A"',
        b'"\\u000a"',
        b'"\\u001F"',
        b'"\\u00e9"',
        b'"\n"',
        b'"\xff"',
        b"",
        b"{",
        b"[" * 100_000,
        b"[" * 33 + b"]" * 33,
    ],
)
def test_a_text_outside_the_subset_is_refused(data: bytes) -> None:
    """Duplicate names, order, white space, other numbers, other escapes, null, bytes around, depth."""
    with pytest.raises(ValueError, match=r"."):
        canonical.loads(data)


@pytest.mark.parametrize(
    "value",
    [
        None,
        1.0,
        float("nan"),
        -1,
        MAX_INTEGER + 1,
        b"bytes",
        (1,),
        {1: 2},
        {"é": 1},
        "\ud800",
        {"a": ["\udfff"]},
        nested(MAX_DEPTH + 1),
        {"a": nested(MAX_DEPTH)},
        [nested(MAX_DEPTH - 1), 1.5],
    ],
)
def test_a_value_outside_the_subset_is_not_written(value: Any) -> None:
    """The writer refuses what the reader would."""
    with pytest.raises(ValueError, match=r"."):
        canonical.dumps(value)


def test_the_edges_are_inside() -> None:
    """Depth 32, 2^53 - 1, the short escapes and the control characters in their one spelling."""
    assert canonical.loads(b"[" * 32 + b"]" * 32) == nested(32)
    assert canonical.loads(b"9007199254740991") == MAX_INTEGER
    assert canonical.dumps('"\\\b\t\n\f\r\x00\x1f\x7f/é€\u2028😀') == (
        b'"\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u001f\x7f/' + "é€\u2028😀".encode() + b'"'
    )
    assert canonical.dumps({"b": True, "a": False, "A": {}, "": []}) == b'{"":[],"A":{},"a":false,"b":true}'


def test_a_leaf_is_one_deeper_than_what_holds_it() -> None:
    """A string inside 32 arrays has depth 33."""
    assert canonical.loads(b"[" * 31 + b'"x"' + b"]" * 31)
    with pytest.raises(ValueError, match="too deep"):
        canonical.loads(b"[" * 32 + b'"x"' + b"]" * 32)


@pytest.mark.parametrize("data", [b"[]", b'"a"', b"1", b"true"])
def test_an_object_is_asked_for_by_name(data: bytes) -> None:
    """`load_object` refuses every other value."""
    with pytest.raises(ValueError, match="not an object"):
        canonical.load_object(data)
    assert canonical.load_object(b'{"a":1}') == {"a": 1}
