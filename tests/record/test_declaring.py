"""What the holder types in: a Patient that reads back as it was meant, and one named field where it is wrong."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from baladeur.errors import FieldRefused, NotJson, NumberRefused
from baladeur.record import declaring, fhir, identity
from baladeur.record.forms import SCHEMAS
from baladeur.record.identity import Status
from baladeur.record.people import Identity

FOLDER = Path(__file__).parents[2] / "schemas"
TODAY = date(2026, 11, 23)
INS = "2610369383001" + identity.ins_key("2610369383001")
WHOLE = {
    "family": "MOREAU",
    "given": ["Jeanne", "Zoé"],
    "birthName": "LEROY",
    "birthDate": "1961-03-04",
    "sex": "F",
    "birthPlace": "Lyon 3e",
    "birthPlaceCode": "69383",
    "ins": f"{INS[0]} {INS[1:3]} {INS[3:]}",
}


def read(value: dict[str, Any], *, demonstration: bool = False) -> Identity:
    """The identity as the record reads it."""
    found = fhir.read(declaring.patient(value, demonstration=demonstration), as_of=TODAY).identity
    assert found is not None
    return found


def test_a_whole_identity() -> None:
    """Birth name and name in use apart, all given names of birth, place with its code, and no word of reliability."""
    who = read(WHOLE)
    official, usual = who.names
    assert (official.use, official.family, official.given, official.birth_given) == (
        "official",
        "LEROY",
        ("Jeanne",),
        "Jeanne Zoé",
    )
    assert (usual.use, usual.family, usual.given) == ("usual", "MOREAU", ("Jeanne",))
    assert (who.birth_date, who.sex, who.birth_place, who.birth_place_code) == (
        "1961-03-04",
        "female",
        "Lyon 3e",
        "69383",
    )
    assert identity.status(who) is Status.DECLARED
    assert [one.value for one in identity.matricules(who)] == [INS]
    assert identity.may_travel(who) is None


@pytest.mark.parametrize(
    ("more", "demonstration", "system"),
    [({}, False, identity.NIR), ({"insType": "NIA"}, False, identity.NIA), ({}, True, identity.NIR_DEMO)],
)
def test_the_system_of_the_ins(more: dict[str, str], demonstration: bool, system: str) -> None:
    """A demonstration record never holds a number that could be a person's."""
    (number,) = identity.matricules(read(WHOLE | more, demonstration=demonstration))
    assert (number.system, number.kind) == (f"urn:oid:{system}", identity.INS[system])


def test_the_least_identity() -> None:
    """One name, given names, birth date, sex."""
    who = read({"family": "O’Neill-d’Arc", "given": ["Éloïse"], "birthDate": "1961", "sex": "M"})
    assert [one.family for one in who.names] == ["O’Neill-d’Arc"]
    assert (who.birth_date, who.sex, who.identifiers) == ("1961", "male", ())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("family", None),
        ("family", "  "),
        ("family", "MOR\x1b[2JEAU"),
        ("family", "a\u202eb"),
        ("family", "x" * 301),
        ("given", "Jeanne"),
        ("given", []),
        ("given", [1]),
        ("birthDate", "04/03/1961"),
        ("birthDate", "1961-02-31"),
        ("birthDate", f"{date.today() + timedelta(days=2):%Y-%m-%d}"),
        ("birthDate", 1961),
        ("sex", "femme"),
        ("birthPlaceCode", "69"),
        ("insType", "NSS"),
        ("birthName", 4),
        ("birthPlace", ["Lyon"]),
    ],
)
def test_a_wrong_field_is_named(field: str, value: object) -> None:
    """And its value is not."""
    told = {**WHOLE, field: value}
    if value is None:
        del told[field]
    with pytest.raises(FieldRefused) as refused:
        declaring.patient(told, demonstration=False)
    assert refused.value.detail == f"field {field}"


def test_a_wrong_number_and_an_unknown_field() -> None:
    """Refused on entry; the unknown field's name may be anything, so it is not repeated."""
    for wrong in ("1", INS[:-1] + str((int(INS[-1]) + 1) % 10)):
        with pytest.raises(NumberRefused):
            declaring.patient(WHOLE | {"ins": wrong}, demonstration=False)
    with pytest.raises(FieldRefused) as refused:
        declaring.patient(WHOLE | {"maiden": "x"}, demonstration=False)
    assert refused.value.detail == "field unknown"


@pytest.mark.parametrize("data", [b"[]", b"1", b"{", b"\xff{}", b"<Patient/>"])
def test_what_is_no_object(data: bytes) -> None:
    """A sentence of its own."""
    with pytest.raises(NotJson):
        declaring.fields(data)


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("01.42.34.56.78", "+33142345678"),
        ("06\u202f12\u00a034 56 78", "+33612345678"),
        ("0690 12 34 56", "+590690123456"),
        ("0692-12-34-56", "+262692123456"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("0044 20 7946 0018", "+442079460018"),
        ("+351 21 123 4567", "+351211234567"),
        ("15", "15"),
        ("3114", "3114"),
        ("06 12 34", "06 12 34"),
        ("0508 41 23 45", "0508 41 23 45"),
        ("+0 12", "+0 12"),
    ],
)
def test_phones(typed: str, called: str) -> None:
    """As they are called from abroad, or as typed where that is not certain."""
    assert declaring.checked("contact", {"name": "Paul", "phone": typed})["phone"] == called


@given(st.from_regex(r"\+?[0-9][0-9 ().\-/]{1,28}", fullmatch=True))
def test_a_phone_is_never_lost(typed: str) -> None:
    """Either E.164, or the very text."""
    once = declaring.e164(typed)
    assert once == typed.strip() or (once.startswith("+") and once[1:].isdigit() and 8 <= len(once) <= 16)
    assert declaring.e164(once) == once


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        ("contact", {"phone": "15"}, "name"),
        ("contact", {"name": "Paul"}, "phone"),
        ("contact", {"name": "Paul", "phone": "appelez-moi"}, "phone"),
        ("contact", {"name": "Paul", "phone": "15", "email": "paul@"}, "email"),
        ("language", {"code": "français"}, "code"),
        ("language", {"code": "fr", "preferred": "oui"}, "preferred"),
        ("trusted-person", {"name": "Paul", "phone": "15", "designated": "hier"}, "designated"),
    ],
)
def test_a_wrong_field_of_what_the_holder_adds(kind: str, value: dict[str, object], field: str) -> None:
    """Named, as for an identity."""
    with pytest.raises(FieldRefused) as refused:
        declaring.checked(kind, value)
    assert refused.value.detail == f"field {field}"


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_the_published_schemas_accept_what_is_accepted(kind: str) -> None:
    """They are made of the models; the checks that JSON Schema cannot state (dates, keys) come on top."""
    schema = Draft202012Validator(json.loads((FOLDER / f"declared-{kind}.schema.json").read_text("utf-8")))
    values: dict[str, tuple[dict[str, Any], Callable[[], Any]]] = {
        "identity": (WHOLE, lambda: declaring.checked("identity", WHOLE)),
        "contact": ({"name": "Paul", "phone": "15"}, lambda: declaring.checked("contact", values["contact"][0])),
        "language": ({"code": "pt-BR"}, lambda: declaring.checked("language", values["language"][0])),
        "trusted-person": (
            {"name": "Paul", "phone": "+33612345678", "designated": "2024-05"},
            lambda: declaring.checked("trusted-person", values["trusted-person"][0]),
        ),
    }
    value, accept = values[kind]
    assert schema.is_valid(value)
    assert accept()
    assert not schema.is_valid(value | {"more": 1})
