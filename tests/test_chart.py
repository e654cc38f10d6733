"""Imported documents stand in the sealed file byte for byte, and read back as they were."""

from datetime import date
from pathlib import Path

import pytest

from baladeur import chart
from baladeur.container.change import Author, Change
from baladeur.container.container import Container
from baladeur.container.medium import MemoryMedium
from baladeur.container.secret import SecretClass, generate, parse
from baladeur.errors import AnotherPatient
from baladeur.record import fhir
from baladeur.record.people import Identity, Name
from tests.record.documents import allergy, bundle

CODE = parse(" ".join(generate(SecretClass.CODE12)))
AS_OF = date(2026, 11, 23)


def imported(data: bytes) -> Container:
    """A new record with one imported document."""
    medium = MemoryMedium()
    Container.create(medium, {3: CODE}, Change(), Author("2026-11-23T08:00:00Z"), demo=True)
    container = Container.open(medium, CODE, write=True)
    new = chart.items(data, fhir.read(data, as_of=AS_OF), None)
    container.commit(Change(add=new), Author("2026-11-23T09:00:00Z", lambda content: b"not judged here"))
    return Container.open(medium, CODE)


def bundles(shared: Path) -> list[Path]:
    """The real IPS bundles."""
    return sorted((shared / "ips").rglob("*.json"))


def test_every_real_bundle_stands_byte_for_byte(shared_data: Path) -> None:
    """Every resource of every IPS bundle is an item with exactly the bytes it had, and the entries read back equal."""
    assert bundles(shared_data)
    for path in bundles(shared_data):
        data = path.read_bytes()
        before, container = fhir.read(data, as_of=AS_OF), imported(data)
        stored = sorted(container.read(e.id) for e in container.entries())
        assert stored == sorted(before.slices.values()), path.name
        (after,) = chart.documents(container, as_of=AS_OF)
        assert len(after.entries) == len(before.entries), path.name
        assert sorted((e.words, e.place, e.rule) for e in after.entries) == sorted(
            (e.words, e.place, e.rule) for e in before.entries
        ), path.name


def test_two_documents_stay_two() -> None:
    """Both are read back, each with its own references."""
    first, second = bundle(allergy()), bundle(allergy("Latex"))
    container = imported(first)
    medium = container.medium
    writer = Container.open(medium, CODE, write=True)
    present = chart.documents(writer, as_of=AS_OF)[0].identity
    new = chart.items(second, fhir.read(second, as_of=AS_OF), present)
    writer.commit(Change(add=new), Author("2026-11-23T10:00:00Z", lambda content: b"not judged here"))
    found = chart.documents(Container.open(medium, CODE), as_of=AS_OF)
    assert [len(d.entries) for d in found] == [1, 1]
    assert {e.words for d in found for e in d.entries} >= {"Latex"}


def test_another_patients_document_is_refused() -> None:
    """A different family name, or a different birth date, is another person; what is not written is no difference."""
    data = bundle(allergy())
    read = fhir.read(data, as_of=AS_OF)
    assert read.identity is not None
    with pytest.raises(AnotherPatient):
        chart.items(data, read, who(family="Autre"))
    with pytest.raises(AnotherPatient):
        chart.items(data, read, who(birth_date="1900-01-01"))
    assert chart.items(data, read, who())
    assert chart.items(data, read, read.identity)


def who(family: str = "", birth_date: str = "") -> Identity:
    """An identity of which only this is known."""
    names = (Name(family, ()),) if family else ()
    return Identity(key="patient", names=names, birth_date=birth_date, sex="")
