"""Documents made to hurt: bounded time, bounded findings, a name for each bound, and no exception."""

import copy
import json
import random
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baladeur.record.check import check
from baladeur.record.check.walk import MOST_FINDINGS
from baladeur.text import safe_text
from tests.record.check.examples import DIV, SINGLES, summary

LONG = 100_000
SECONDS = 10  # of processor time, on any machine; each takes well under one here


def keys(data: bytes) -> set[str]:
    """The rules that a document breaks."""
    return {one.key for one in check(data)}


def patient(**more: Any) -> bytes:
    """A Patient with something in it."""
    return json.dumps({"resourceType": "Patient", **more}).encode()


def contained(number: int) -> bytes:
    """A resource that contains many, each pointing to the next, in a circle."""
    inside = [
        {
            "resourceType": "Basic",
            "id": f"b{i}",
            "code": {"text": "x"},
            "subject": {"reference": f"#b{(i + 1) % number}"},
        }
        for i in range(number)
    ]
    return json.dumps({"resourceType": "Basic", "code": {"text": "x"}, "contained": inside}).encode()


def circle(number: int) -> bytes:
    """A Bundle whose entries point to each other in a circle."""
    entries = [
        {
            "fullUrl": f"http://example.org/Basic/b{i}",
            "resource": {
                "resourceType": "Basic",
                "id": f"b{i}",
                "code": {"text": "x"},
                "subject": {"reference": f"Basic/b{(i + 1) % number}"},
            },
        }
        for i in range(number)
    ]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def div(text: str) -> bytes:
    """A narrative."""
    return patient(text={"status": "generated", "div": text})


CASES: list[tuple[str, Callable[[], bytes], set[str]]] = [
    ("lists", lambda: b"[" * LONG, {"too-large"}),
    ("objects", lambda: b'{"a":' * LONG, {"too-large"}),
    ("nothing", lambda: b"", {"no-json"}),
    ("xml", lambda: b"<Patient/>", {"no-json"}),
    ("utf-16", lambda: patient().decode().encode("utf-16"), {"no-json"}),
    ("digits", lambda: b'{"resourceType":"Patient","multipleBirthInteger":' + b"9" * LONG + b"}", {"no-json"}),
    ("too much", lambda: b" " * ((64 << 20) + 1), {"too-large"}),
    ("10^5 contained", lambda: contained(LONG), set()),
    ("a circle of references", lambda: circle(10_000), set()),
    ("blanks in a code", lambda: patient(language="a " * LONG), {"format-code"}),
    ("a long uri", lambda: patient(implicitRules="urn:oid:1" + ".1" * LONG + "."), {"format-uri"}),
    (
        "a long base64",
        lambda: patient(photo=[{"contentType": "x", "data": "A" * (4 * LONG) + "="}]),
        {"format-base64Binary"},
    ),
    ("a long date", lambda: patient(birthDate="1" * LONG), {"format-date"}),
    ("a bomb of entities", lambda: div('<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + DIV), {"txt-1"}),
    ("an outside entity", lambda: div(f'<!DOCTYPE d SYSTEM "file:///etc/passwd">{DIV}'), {"txt-1"}),
    (
        "deep narrative",
        lambda: div('<div xmlns="http://www.w3.org/1999/xhtml">' + "<b>" * LONG),
        {"narrative-form", "txt-2"},
    ),
    ("bare signs", lambda: div('<div xmlns="http://www.w3.org/1999/xhtml">' + "<" * LONG), {"narrative-form"}),
    ("surrogates", lambda: b'{"resourceType":"Patient","gender":"\\ud800"}', {"binding"}),
    ("a strange type", lambda: b'{"resourceType":"\\u001b[2J"}', {"resource-type"}),
]


@pytest.mark.parametrize(("make", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_trap_is_bounded_and_named(make: Callable[[], bytes], wanted: set[str]) -> None:
    """Whatever comes, a finding or none, and soon."""
    data = make()
    before = time.process_time()
    found = keys(data)
    assert time.process_time() - before < SECONDS
    assert found == wanted


def test_findings_are_counted_beyond_the_limit() -> None:
    """A thousand, and how many more."""
    found = check(patient(identifier=[{"use": "x"}] * 5000))
    assert len(found) == MOST_FINDINGS + 1
    assert (found[-1].key, found[-1].values["value"]) == ("more", str(5000 - MOST_FINDINGS))
    assert "4000" in found[-1].sentence("fr")
    assert "4000" in found[-1].sentence("en")


def broken(value: Any, chance: random.Random) -> Any:
    """The same JSON with a few values put out of place."""
    if chance.random() < 0.02:
        return chance.choice([None, [], {}, "", " ", "\x1b", -1, 1.5, True, [None], {"a": None}, [[]], "x" * 300])
    if isinstance(value, dict):
        return {name if chance.random() > 0.01 else f"{name}\u202e": broken(one, chance) for name, one in value.items()}
    if isinstance(value, list):
        return [broken(one, chance) for one in value]
    return value


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 2**32), st.sampled_from(["", *SINGLES]))
def test_nothing_but_findings_comes_out(seed: int, name: str) -> None:
    """No exception, whatever is out of place; every text tame, in one line, and each place told once for each rule."""
    document = broken(copy.deepcopy(SINGLES[name] if name else summary()), random.Random(seed))
    for ips in (None, True):
        found = check(json.dumps(document).encode(), ips=ips)
        for one in found:
            assert safe_text(one.where, 10_000) == one.where
            for text in (one.sentence("fr"), one.sentence("en")):
                assert text.replace("\u00a0", "").isprintable()
        pairs = [(one.key, one.where) for one in found]
        assert len(pairs) == len(set(pairs))
