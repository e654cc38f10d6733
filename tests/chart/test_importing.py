"""Imported documents stand in the sealed file byte for byte, and read back as they were."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from baladeur.acts import importing
from baladeur.acts.draft import Draft
from baladeur.chart import items, records, sources
from baladeur.chart.importing import Plan, same_person
from baladeur.container.change import Author, Change
from baladeur.container.container import Container
from baladeur.container.medium import MemoryMedium
from baladeur.container.secret import SecretClass, generate, parse
from baladeur.errors import AnotherPatient
from baladeur.record import fhir
from baladeur.record.model import Document, Place
from baladeur.record.people import Identity, Name
from tests.record.documents import HL7, allergy, bundle, problem, section, treatment

CODE = parse(" ".join(generate(SecretClass.CODE12)))
AS_OF = date(2026, 11, 23)


def empty() -> Container:
    """A new record, open for writing."""
    medium = MemoryMedium()
    Container.create(medium, {3: CODE}, Change(), Author("2026-11-23T08:00:00Z"), demo=True)
    return Container.open(medium, CODE, write=True)


def bring(container: Container, data: bytes, name: str = "document.json") -> Plan:
    """Import one file and commit."""
    draft = Draft(container)
    plan = importing.bring(draft, data, name, today=AS_OF)
    if not draft.empty:
        container.commit(draft.change, Author("2026-11-23T09:00:00Z", lambda content: b"not judged here"))
    return plan


def read(container: Container) -> Document:
    """The record as it stands in the file, opened anew."""
    again = Container.open(container.medium, CODE)
    return records.record(items.live(again), items.former(again), as_of=AS_OF)


def named(data: bytes, identifier: str, day: str) -> bytes:
    """The document with an identifier of its own that lasts over its versions, and a date."""
    value = json.loads(data)
    cover = value["entry"][0]["resource"]
    cover["identifier"] = {"system": "urn:oid:1.2.3", "value": identifier}
    cover["date"] = day
    return json.dumps(value).encode()


def bundles(shared: Path) -> list[Path]:
    """The real IPS bundles."""
    return sorted((shared / "ips").rglob("*.json"))


def seen(document: Document) -> list[tuple[str, str, str, str]]:
    """What must not change: words, section, place and rule of each line."""
    return sorted((e.words, str(e.section), str(e.place), e.rule) for e in document.entries)


def test_every_real_bundle_stands_byte_for_byte(shared_data: Path) -> None:
    """Every IPS and Synthea bundle comes back as the file it was, and its lines read as they did before."""
    files = [*bundles(shared_data), *sorted((shared_data / "synthea").glob("*.json"))]
    assert len(files) > 10
    for path in files:
        data = path.read_bytes()
        container = empty()
        bring(container, data, path.name)
        again = Container.open(container.medium, CODE)
        live = items.live(again)
        (source,) = records.imports(live)
        contents = {one.id: one.content for one in live}
        assert sources.original(source, contents) == data, path.name
        before = fhir.read(data, as_of=AS_OF)
        (after,) = records.documents(live, {}, as_of=AS_OF)
        assert seen(after) == seen(before), path.name
        merged = read(container)
        assert seen(merged) == seen(before), path.name
        assert {n: type(s) for n, s in merged.sections.items()} == {n: type(s) for n, s in before.sections.items()}


def test_two_documents_are_one_record() -> None:
    """Both are there, each with its own references, and the second patient is not a second identity."""
    container = empty()
    bring(container, bundle(allergy()))
    bring(container, elsewhere(bundle(allergy("Latex"), problem("Asthme"))))
    assert {e.words for e in read(container).entries} == {"pénicillines", "Latex", "Asthme"}
    assert sum(one.type == items.IDENTITY for one in items.live(container)) == 1


def elsewhere(data: bytes) -> bytes:
    """The same document as if another server had made it."""
    return data.replace(b"https://example.org/", b"https://example.com/")


def test_the_same_file_again_changes_nothing() -> None:
    """A second import has nothing to sign."""
    container, data = empty(), bundle(allergy(), problem())
    assert not bring(container, data).empty
    number = container.number
    again = bring(container, data)
    assert again.empty
    assert again.same == 4
    assert container.number == number


def with_urls(data: bytes, **more: Any) -> bytes:
    """The same document with an absolute address for each resource."""
    value = json.loads(data)
    for at, entry in enumerate(value["entry"]):
        entry["fullUrl"] = f"urn:uuid:00000000-0000-4000-8000-{at:012}"
    return json.dumps(value | more).encode()


def test_a_new_version_takes_the_old_ones_place() -> None:
    """What changed is a new version, what did not is kept once, what left the snapshot is to be confirmed."""
    container = empty()
    first = with_urls(named(bundle(problem("Asthme"), treatment("prednisone")), "d", "2026-01-05"))
    bring(container, first)
    value = json.loads(first)
    del value["entry"][3]  # the treatment is no longer listed
    value["entry"][2]["resource"]["code"]["text"] = "Asthme sévère"
    value["entry"][0]["resource"]["date"] = "2026-06-01"
    plan = bring(container, json.dumps(value).encode())
    assert [(before, entry.words) for before, entry in plan.replaced] == [("Asthme", "Asthme sévère")]
    assert plan.left == ["prednisone"]
    assert {(e.words, e.place) for e in read(container).entries} == {
        ("Asthme sévère", Place.CURRENT),
        ("prednisone", Place.TO_CONFIRM),
    }
    older = bring(container, first)
    assert older.older
    assert older.empty


def test_what_another_document_lists_too_stays() -> None:
    """A line that leaves one snapshot is still said by the other document that brought it."""
    container = empty()
    shared = with_urls(named(bundle(problem("Asthme"), treatment("prednisone")), "d", "2026-01-05"))
    bring(container, shared)
    other = json.loads(shared)
    other["entry"][0]["resource"]["identifier"]["value"] = "e"
    other["entry"][0]["fullUrl"] = "urn:uuid:00000000-0000-4000-8000-00000000abcd"
    bring(container, json.dumps(other).encode())
    value = json.loads(shared)
    del value["entry"][3]
    value["entry"][0]["resource"]["date"] = "2026-06-01"
    assert bring(container, json.dumps(value).encode()).left == []
    assert {(e.words, e.place) for e in read(container).entries} == {
        ("Asthme", Place.CURRENT),
        ("prednisone", Place.CURRENT),
    }


def test_a_line_beside_is_told() -> None:
    """A current line of the same words is named before anybody signs; both stay."""
    container = empty()
    bring(container, bundle(treatment("metformine")))
    plan = bring(container, elsewhere(bundle(treatment("Metformine", status="stopped"))))
    assert [(before, entry.words) for before, entry in plan.beside] == [("metformine", "Metformine")]


def test_a_modifier_of_the_bundle_is_not_lost() -> None:
    """What the Bundle says about how to read its resources holds for ever, though it is not in their bytes."""
    value = json.loads(bundle(problem("Asthme")))
    value["implicitRules"] = "http://example.org/rules"
    container = empty()
    bring(container, json.dumps(value).encode())
    assert seen(read(container)) == seen(fhir.read(json.dumps(value).encode(), as_of=AS_OF))
    assert seen(read(container)) != seen(fhir.read(bundle(problem("Asthme")), as_of=AS_OF))


def test_another_patients_document_is_refused() -> None:
    """A different family name, or a different birth date, is another person; what is not written is no difference."""
    container, data = empty(), bundle(allergy())
    bring(container, data)
    value = json.loads(data)
    value["entry"][1]["resource"]["birthDate"] = "1900-01-01"
    draft = Draft(container)
    with pytest.raises(AnotherPatient):
        importing.bring(draft, json.dumps(value).encode(), "b.json", today=AS_OF)
    assert draft.empty
    read_ = fhir.read(data, as_of=AS_OF).identity
    assert read_ is not None
    assert not same_person(read_, who(family="Autre"))
    assert not same_person(read_, who(birth_date="1900-01-01"))
    assert same_person(read_, who())
    assert same_person(read_, read_)


def who(family: str = "", birth_date: str = "") -> Identity:
    """An identity of which only this is known."""
    return Identity("k", (Name(family, ()),) if family else (), birth_date, "")


def two_servers(second: str = "https://other.example/fhir/") -> tuple[bytes, bytes]:
    """One prescription, listed by two documents under two names; the second says that it was stopped."""
    number = {"identifier": [{"system": "urn:oid:1.2.3.4", "value": "7"}]}
    drugs = [treatment("metformine 500 mg", **number), treatment("metformine 500 mg", **number, status="stopped")]
    listed = [section("10160-0", "MedicationStatement/r0")]
    first, other = (json.loads(bundle(one, sections=listed)) for one in drugs)
    for at, one in enumerate(other["entry"]):
        one["fullUrl"] = f"{second}{one['resource']['resourceType']}/{at}" if second else ""
        one["resource"]["id"] = str(at)
    other["entry"][0]["resource"]["subject"]["reference"] = "Patient/1"
    other["entry"][0]["resource"]["section"][0]["entry"][0]["reference"] = "MedicationStatement/2"
    other["entry"][2]["resource"]["subject"]["reference"] = "Patient/1"
    return json.dumps(first).encode(), json.dumps(other).encode()


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("address", ["https://other.example/fhir/", ""])
def test_a_line_corrected_by_another_server(address: str, turned: bool) -> None:
    """Both documents go on listing it under the name that each knows: one line, no hole where it stood."""
    container = empty()
    files = two_servers(address)
    for data in files[::-1] if turned else files:
        bring(container, data)
    found = read(container)
    (entry,) = found.entries
    assert (entry.words, entry.place) == ("metformine 500 mg", Place.CURRENT if turned else Place.STOPPED)
    assert not [one for one in found.findings if one.code == "dangling"]


def test_a_chain_of_names() -> None:
    """Three servers, three names: each document finds it."""
    container = empty()
    for data in (*two_servers(), two_servers("https://third.example/")[1]):
        bring(container, data)
    found = read(container)
    assert [one.place for one in found.entries] == [Place.STOPPED]
    assert not [one for one in found.findings if one.code == "dangling"]


def test_what_stands_beside() -> None:
    """A category is no subject, and a second measurement no doubt about the first; the same drug is."""
    container = empty()
    category = {"category": [{"coding": [{"system": "urn:oid:1.2", "code": "problem-list-item"}]}]}
    measured = {"resourceType": "Observation", "status": "final", "code": {"text": "créatinine"}, "valueString": "9"}
    of = {"subject": {"reference": "Patient/p"}}
    bring(container, bundle(problem("asthme", **category), treatment("apixaban 5 mg"), measured | of))
    data = bundle(problem("goutte", **category), treatment("apixaban 5 mg"), measured | of | {"valueString": "8"})
    plan = bring(container, data.replace(b"example.org", b"elsewhere.example"))
    assert [(before, one.words) for before, one in plan.beside] == [("apixaban 5 mg", "apixaban 5 mg")]


def test_what_is_not_current_is_told_so() -> None:
    """Nobody signs a stop that reads like a treatment; an act that was done needs no word."""
    container = empty()
    draft = Draft(container)
    done = {"resourceType": "Procedure", "status": "completed", "code": {"text": "césarienne"}}
    data = bundle(treatment(status="stopped"), problem(), done | {"subject": {"reference": "Patient/p"}})
    importing.bring(draft, data, "a.json", today=AS_OF)
    said = {one.words: one.place for one in draft.told}
    assert (said["apixaban 5 mg"], said["asthme"], said["césarienne"]) == ("stopped", "", "")


def dated(data: bytes, day: str) -> bytes:
    """The document of another day."""
    value = json.loads(data)
    value["entry"][0]["resource"]["date"] = day
    return json.dumps(value).encode()


def test_a_newer_document_that_denies_makes_doubt() -> None:
    """A drug that the hospital stopped, under its own address, is no longer shown as surely taken."""
    container = empty()
    bring(container, dated(bundle(treatment("apixaban"), treatment("bisoprolol"), allergy("latex")), "2026-03-01"))
    refuted = {"coding": [{"system": HL7 + "allergyintolerance-verification", "code": "refuted"}]}
    letter = bundle(treatment("Apixaban", status="stopped"), allergy("Latex", verificationStatus=refuted))
    bring(container, elsewhere(dated(letter, "2026-06-01")))
    places = {(e.words, str(e.place), e.rule) for e in read(container).entries}
    assert ("apixaban", "to-confirm", "newer.denies") in places
    assert ("latex", "to-confirm", "newer.denies") in places
    assert ("bisoprolol", "current", "statement.active") in places
    assert ("Apixaban", "stopped", "statement.stopped") in places


def test_an_older_document_denies_nothing() -> None:
    """What was stopped before may have been begun again; and a newer document that lists it again is believed."""
    container = empty()
    bring(container, dated(bundle(treatment("apixaban")), "2026-06-01"))
    bring(container, elsewhere(dated(bundle(treatment("Apixaban", status="stopped")), "2026-03-01")))
    assert ("apixaban", "current") in {(e.words, str(e.place)) for e in read(container).entries}
