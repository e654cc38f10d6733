"""Every public sample document reads, says what it should, and is kept byte for byte."""

import json
from collections import Counter
from pathlib import Path

import pytest

from baladeur.record.fhir import Kept, assemble, read
from baladeur.record.model import Document, Known, NoneKnown, NotRecorded, SectionName
from tests.record.documents import TODAY

S = SectionName


def load(folder: Path, name: str) -> Document:
    """One of them, read."""
    return read((folder / name).read_bytes(), as_of=TODAY)


def test_all_read_and_every_slice_is_exact(shared_data: Path) -> None:
    """No exception; each resource is found in the source as its slice, parses to it, and can be read again alone."""
    files = [*(shared_data / "ips").glob("*/*.json"), *(shared_data / "synthea").glob("*.json")]
    assert len(files) >= 16
    for path in files:
        data = path.read_bytes()
        made = read(data, as_of=TODAY)
        resources = [one["resource"] for one in json.loads(data)["entry"]]
        assert len(made.slices) == len(resources)
        position = 0
        for cut, resource in zip(made.slices.values(), resources, strict=True):
            position = data.index(cut, position) + len(cut)
            assert json.loads(cut) == resource
        assert made.identity is not None
        assert made.entries
        assert all(one.key in made.slices for one in made.entries)
        assert {one.code for one in made.findings} <= {"document-not-final"}
        again = assemble([Kept(key, made.full_urls[key], cut) for key, cut in made.slices.items()], as_of=TODAY)
        assert again.entries == made.entries


def test_nothing_over_is_current(shared_data: Path) -> None:
    """Counted here from the raw JSON, without the reader: active stays, resolved and stopped do not."""
    for path in [*(shared_data / "ips").glob("*/*.json"), *(shared_data / "synthea").glob("*.json")]:
        data = path.read_bytes()
        made = read(data, as_of=TODAY)
        raw = {
            one.get("fullUrl"): one["resource"]
            for one in json.loads(data)["entry"]
            if one["resource"]["resourceType"] in ("Condition", "AllergyIntolerance", "MedicationRequest")
        }
        for one in made.entries:
            resource = raw.get(one.full_url, {})
            coded = resource.get("clinicalStatus", {}).get("coding", [{}])[0].get("code") or resource.get("status")
            if coded in ("resolved", "remission", "inactive", "stopped", "completed"):
                assert one.place in ("past", "stopped")
            elif coded == "active":
                assert one.place in ("current", "to-confirm")


def test_official_example(shared_data: Path) -> None:
    """IPS 2.0.0 example 01: a penicillin allergy beside "no known food allergy" is no contradiction."""
    made = load(shared_data, "ips/hl7-ips-2.0.0/Bundle-IPS-examples-Bundle-01.json")
    allergies, medications = made.sections[S.ALLERGIES], made.sections[S.MEDICATIONS]
    assert isinstance(allergies, Known)
    assert isinstance(medications, Known)
    assert [one.criticality for one in allergies.entries] == ["high"]
    assert [one.code for one in allergies.absences] == ["429625007"]
    assert allergies.contradictions == ()
    assert {one.place for one in medications.entries} == {"current"}
    assert all(one.words for one in medications.entries)
    past = made.sections[S.PAST_HISTORY]
    assert isinstance(past, Known)
    assert [one.place for one in past.entries] == ["past"]
    assert made.identity is not None
    assert made.identity.contacts[0].names[0].family == "Mum"
    assert made.source.date == "2017-12-11T14:30:00+01:00"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hl7-ips-2.0.0/Bundle-bundle-no-info-required-sections.json", "unavailable"),
        ("hl7-ips-1.x/bundle-no-info-required-sections_fc39b3d4.json", "no-information"),
    ],
)
def test_no_information_in_both_versions(shared_data: Path, name: str, reason: str) -> None:
    """2.0 by emptyReason, 1.x by its codes: not recorded either way."""
    made = load(shared_data, f"ips/{name}")
    for section in (S.ALLERGIES, S.PROBLEMS, S.MEDICATIONS):
        found = made.sections[section]
        assert isinstance(found, NotRecorded)
        assert found.reason == reason
    assert isinstance(made.sections[S.IMMUNIZATIONS], Known)


@pytest.mark.parametrize("name", ["NZ_Peter_Jordan_NNJ9186.json", "NZ_Peter_Jordan_NNJ9186-nodisplays.json"])
def test_none_known_of_the_field(shared_data: Path, name: str) -> None:
    """New Zealand says "no known allergies" by the code of IPS 1.x."""
    assert isinstance(load(shared_data, f"ips/connectathon/{name}").sections[S.ALLERGIES], NoneKnown)


def test_unknown_status_is_not_active(shared_data: Path) -> None:
    """Austria states status "unknown" on every treatment: all are to be confirmed, with their names."""
    found = load(shared_data, "ips/connectathon/AT_ELGA_GmbH_01.json").sections[S.MEDICATIONS]
    assert isinstance(found, Known)
    assert Counter(one.rule for one in found.entries) == {"status.unknown": 7}
    assert found.entries[0].words == "ASPIRIN TBL 500MG"
    assert found.entries[0].form == "Tablette"


def test_trailing_zeros_of_the_field(shared_data: Path) -> None:
    """Austria writes 0.30 and 1.00; so do we."""
    made = load(shared_data, "ips/connectathon/AT_ELGA_GmbH_01.json")
    limits = [limit for one in made.entries if one.value for limit in one.value.reference]
    numbers = [one.value.quantity.number for one in made.entries if one.value and one.value.quantity]
    numbers += [side.number for limit in limits for side in (limit.low, limit.high) if side]
    assert {text for text in numbers if text.endswith("0") and "." in text}


def test_french_identity(shared_data: Path) -> None:
    """The national example's INS comes with its declared status."""
    made = load(shared_data, "ci-sis/fhir/Patient-cds-patient-example.json")
    assert made.identity is not None
    assert made.identity.reliability == ("VALI",)
    assert [one.kind for one in made.identity.identifiers] == ["INS-NIR"]
    assert (made.identity.birth_place, made.identity.birth_place_code) == ("GOULVEN", "29064")
    assert made.identity.names[0].birth_given == "Jacques"
