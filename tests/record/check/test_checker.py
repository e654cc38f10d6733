"""The door of the checker: what it takes, what it gives, and the table behind it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from baladeur.record import scan
from baladeur.record.check import check, check_lines, check_resource, refusing, worst
from baladeur.record.check.primitives import FORMATS
from baladeur.record.check.rules import REGISTRY
from baladeur.record.check.sentences import SENTENCES
from baladeur.record.check.table import table
from tests.record.check.examples import RESOURCES, SINGLES, summary

ROOT = Path(__file__).resolve().parents[3]
TABLE = ROOT / "baladeur" / "record" / "check" / "definitions.bin"


def keys(data: bytes) -> list[str]:
    """The rules that a document breaks."""
    return [one.key for one in check(data)]


def test_a_resource_alone_is_checked_without_its_document() -> None:
    """What it points to is elsewhere, and that is no fault."""
    for one in RESOURCES:
        assert check_resource(one) == ()
        assert check_resource(scan.parse(json.dumps(one).encode())) == ()
        assert check_resource(json.dumps(one).encode()) == ()


def test_numbers_as_written_are_numbers() -> None:
    """`1.00`, an exponent and a long decimal are decimals; a point is no integer."""
    body = '{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":%s}}'
    for number in ("1.00", "1E+8", "2.309742691397054e-05", "123456789012345678.123456789", "0"):
        assert keys((body % number).encode()) == []
    assert keys(b'{"resourceType":"Patient","multipleBirthInteger":1.0}') == ["format-integer"]
    assert keys(b'{"resourceType":"Patient","multipleBirthInteger":2147483648}') == ["format-integer"]


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("date", ["1961", "1961-03", "2024-02-29"], ["61", "2023-02-29", "2024-13", "2024-1-1", "0000", "٢٠٢٤"]),
        (
            "dateTime",
            ["1961", "2015-02-07T13:28:17-05:00", "2015-02-07T13:28:60.1234567Z"],
            ["2015-02-07T13:28:17", "2015-02-07T24:00:00Z", "2015-02-07T13:28Z", "2015-02T13:28:17Z"],
        ),
        ("instant", ["2015-02-07T13:28:17.239+02:00"], ["2015-02-07", "2015-02-30T13:28:17Z"]),
        ("time", ["00:00:00", "23:59:59.9"], ["24:00:00", "9:30:00", "09:30"]),
        ("code", ["a", "a b"], ["", " a", "a ", "a  b"]),
        ("id", ["a.-1", "x" * 64], ["", "a_b", "x" * 65]),
        (
            "uri",
            ["urn:oid:2.16.840", "URN:x", "a", "urn:uuid:C757873D-EC9A-4326-A141-556F43239520"],
            ["", "a b", "urn:oid:3.1"],
        ),
        ("base64Binary", ["aGVsbG8=", "aGVs\nbG8=", "AA=="], ["", "a", "a===", "aGVsbG8!"]),
        ("string", ["x", "é\n"], ["", " ", "\x00", "\x1b[2J"]),
        ("canonical", ["http://x|1", "#a"], ["", "a b"]),
    ],
)
def test_formats(name: str, good: list[str], bad: list[str]) -> None:
    """What R4 says of each primitive type, and what its patterns cannot say."""
    for texts, wanted in ((good, []), (bad, [f"format-{name}"])):
        for text in texts:
            extension = {"url": "http://example.org/x", f"value{name[0].upper()}{name[1:]}": text}
            document = {"resourceType": "Basic", "code": {"text": "x"}, "extension": [extension]}
            assert keys(json.dumps(document).encode()) == wanted, text


def test_the_rules_of_a_summary_hold_for_a_summary() -> None:
    """A letter with the same sections is none, unless the caller wants one."""
    letter = SINGLES["document"]
    data = json.dumps(letter).encode()
    assert check(data) == ()
    assert "ips-section" in {one.key for one in check(data, ips=True)}
    assert check(json.dumps(summary()).encode(), ips=False) == ()


def test_both_of_two_faults_are_found() -> None:
    """One does not hide the other."""
    document = summary()
    document["entry"][1]["resource"]["gender"] = "homme"
    document["entry"][10]["resource"]["code"] = {}
    assert [one.key for one in check(json.dumps(document).encode())] == ["binding", "ele-1"]


def test_lines_are_checked_one_by_one() -> None:
    """Each with its number; an empty line is nothing."""
    lines = [b'{"resourceType":"Patient"}\n', b"\n", b'{"resourceType":"Patient","gender":"homme"}\n', b"{\n"]
    found = list(check_lines(lines))
    assert [[(one.line, one.key) for one in per] for per in found] == [[], [(3, "binding")], [(4, "no-json")]]


def test_progress_is_told() -> None:
    """Entry by entry."""
    told: list[tuple[int, int]] = []
    check(json.dumps(summary()).encode(), progress=lambda done, of: told.append((done, of)))
    assert told == [(n, 20) for n in range(1, 21)]


def test_what_refuses() -> None:
    """All above a note: what we author has no warning either."""
    found = check(b'{"resourceType":"Patient","gender":"homme","name":{}}')
    assert worst(found) == "error"
    assert refusing(found) == found
    assert worst(()) is None


def test_the_table_is_small_and_whole() -> None:
    """All 146 concrete resource types of R4; each structure that an element names is there."""
    assert TABLE.stat().st_size <= 60 << 10
    assert len(table().resources) == 146
    for name in table().resources:
        waiting, seen = [name], set()
        while waiting:
            plan = table().plan(waiting.pop())
            seen.add(plan.name)
            for element in plan.elements.values():
                assert element.kind in (*FORMATS, "", "resource", "sibling", "mark")
                if element.type and element.type not in seen and element.type not in waiting:
                    waiting.append(element.type)


def test_rules_stand_at_structures_that_exist() -> None:
    """A misspelt path would never be met."""
    for name in REGISTRY:
        assert table().plan(name).elements


def test_the_origins_in_the_readme_are_the_pinned_ones() -> None:
    """File and checksum of every archive."""
    readme = (ROOT / "schemas" / "fhir" / "README.md").read_text("utf-8")
    source = (ROOT / "schemas" / "fhir" / "origins.py").read_text("utf-8")
    files = re.findall(r'^    "(\S+\.(?:tgz|jar))",$', source, re.MULTILINE)
    sums = re.findall(r'^    "([0-9a-f]{64})",$', source, re.MULTILINE)
    assert len(files) == len(sums) == 4
    for text in (*files, *sums):
        assert text in readme


def test_french_and_english_have_the_same_placeholders() -> None:
    """And four texts each."""
    for key, texts in SENTENCES.items():
        fr, en, *_ = (sorted(re.findall(r"\{(\w+)\}", text)) for text in texts)
        assert len(texts) == 4
        assert set(fr) == set(en), key


def test_nothing_heavy_is_loaded() -> None:
    """The checker is the standard library; opening a record does not even load the checker."""
    heavy = "{'pydantic', 'click', 'lxml', 'cryptography'}"
    code = f"import sys, baladeur.record.check; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
    code = "import sys, baladeur.session; sys.exit('baladeur.record.check.walk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_entries_of_a_list_are_no_entries_of_a_bundle() -> None:
    """A List by itself has `entry`, too: what it contains is found."""
    relative = {
        "resourceType": "FamilyMemberHistory",
        "id": "f",
        "status": "completed",
        "patient": {"display": "the patient"},
        "relationship": {"text": "father"},
    }
    told = {"resourceType": "List", "status": "current", "mode": "snapshot", "contained": [relative]}
    assert not [one.key for one in check(json.dumps(told | {"entry": [{"item": {"reference": "#f"}}]}).encode())]
    broken = check(json.dumps(told | {"entry": [{"item": {"reference": "#g"}}]}).encode())
    assert "ref-1" in [one.key for one in broken]
