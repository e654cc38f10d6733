"""The demonstration patient: fictional, readable without a finding, right by our own rules."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import baladeur
from baladeur.record import fhir
from baladeur.record.check import check
from baladeur.record.model import Known, NoneKnown, Place, SectionName

FOLDER = Path(baladeur.__file__).parent / "demo"
BUNDLES = sorted(FOLDER.glob("*.json"))
AS_OF = date(2026, 11, 23)
Json = dict[str, Any]


def load(path: Path) -> Json:
    """A document as JSON."""
    value: Json = json.loads(path.read_text("utf-8"))
    return value


def leaves(value: object) -> list[Json]:
    """Every object inside."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [value] if isinstance(value, dict) else []
    return [*found, *(one for child in inner for one in leaves(child))]


@pytest.fixture(params=BUNDLES, ids=lambda path: path.name)
def path(request: pytest.FixtureRequest) -> Path:
    """Each document in turn."""
    found: Path = request.param
    return found


def test_there_are_two() -> None:
    """A summary and a letter."""
    assert [one.name for one in BUNDLES] == ["courrier.json", "synthese.json"]


def test_it_reads_without_a_finding(path: Path) -> None:
    """Nothing dangling, nothing unread, nothing to be confirmed but what the patient alone says."""
    document = fhir.read(path.read_bytes(), as_of=AS_OF)
    assert not document.findings
    assert not document.unread
    doubtful = [one.words for one in document.entries if one.place is Place.TO_CONFIRM]
    assert doubtful == (["produits de contraste iodés"] if path.name == "synthese.json" else [])


def test_our_rules_find_nothing(path: Path) -> None:
    """Base R4, and IPS 2.0 where the document says that it is one."""
    assert check(path.read_bytes()) == ()


def test_it_is_fictional_and_says_so(path: Path) -> None:
    """Marked as test data; the INS is one of the demonstration, with its right key; addresses cannot exist."""
    bundle = load(path)
    patient = next(one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == "Patient")
    for holder in (bundle, patient):
        assert holder["meta"]["security"][0]["code"] == "HTEST"
    assert "[FICTIVE]" in patient["name"][0]["text"]
    (ins,) = patient["identifier"]
    assert ins["system"] == "urn:oid:1.2.250.1.213.1.4.11"
    assert int(ins["value"][13:]) == 97 - int(ins["value"][:13]) % 97
    assert ins["value"][5:10] == "99999"
    assert all(one["fullUrl"].split("/")[2].endswith(".example") for one in bundle["entry"])
    phones = [one["value"] for one in leaves(bundle) if one.get("system") == "phone"]
    assert all(one.startswith(("+336399812", "+331990042")) for one in phones)


def test_the_files_are_laid_out_for_people(path: Path) -> None:
    """One space of indent, accents as they are."""
    assert path.read_text("utf-8") == json.dumps(load(path), ensure_ascii=False, indent=1) + "\n"


def test_the_summary_fills_every_part_of_the_page() -> None:
    """No section that the page asks for is silent."""
    document = fhir.read((FOLDER / "synthese.json").read_bytes(), as_of=AS_OF)
    asked = set(SectionName) - {
        SectionName.FAMILY_HISTORY, SectionName.PLAN_OF_CARE, SectionName.PATIENT_STORY, SectionName.ENCOUNTERS,
        SectionName.DOCUMENTS, SectionName.OTHER, SectionName.FUNCTIONAL_STATUS,
    }  # fmt: skip
    assert not [name for name in asked if not isinstance(document.sections[name], Known | NoneKnown)]


def test_the_letter_has_other_ids() -> None:
    """Another server knows the same patient by another address; one prescription has the same number in both."""
    first, second = load(FOLDER / "synthese.json"), load(FOLDER / "courrier.json")
    assert not {one["fullUrl"] for one in first["entry"]} & {one["fullUrl"] for one in second["entry"]}
    numbers = [
        {one["value"] for one in leaves(bundle) if one.get("system") == "https://ordonnances.example/ligne"}
        for bundle in (first, second)
    ]
    assert numbers[0] == numbers[1] != set()
