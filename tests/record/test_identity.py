"""Numbers of people and places: vectors, every single changed digit, and what an identity is worth."""

import csv
import json
import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.errors import NumberRefused
from baladeur.record import fhir, identity
from baladeur.record.identity import NIA, NIR, NIR_DEMO, NIR_TEST, Status, Warned
from baladeur.record.people import Identifier, Identity

OFFICIAL = Path(__file__).parents[3] / "shared" / "data" / "ci-sis" / "tables" / "patients_test_dmp.csv"
#: From official samples, with keys that are wrong.
WRONG_KEYS = ["221042545611404", "223042545611404", "224027511583555", "123456789012244"]
RPPS = ["99900062490", "99900063480", "10002422979", "01234567897"]
FINESS = ["750803447", "490000049", "920008059", "750058190"]
TODAY = date(2026, 11, 23)


def person(*numbers: Identifier, reliability: tuple[str, ...] = ()) -> Identity:
    """An identity with these numbers."""
    return Identity("k", (), "1961-03-04", "female", numbers, reliability)


def ins(value: str, system: str = NIR, use: str = "official") -> Identifier:
    """An INS as fr-core has it."""
    return Identifier(f"urn:oid:{system}", value, use, identity.INS.get(system, ""))


def thirteen() -> st.SearchStrategy[str]:
    """The first 13 characters of any matricule, Corsica too."""
    department = st.one_of(st.from_regex("[0-9]{2}", fullmatch=True), st.sampled_from(["2A", "2B"]))
    left = st.from_regex("[0-9]{5}", fullmatch=True)
    return st.builds(lambda a, b, c: a + b + c, left, department, st.from_regex("[0-9]{6}", fullmatch=True))


def changed(number: str) -> list[str]:
    """Every number with one other digit in one place."""
    return [
        number[:at] + digit + number[at + 1 :]
        for at in range(len(number))
        for digit in string.digits
        if digit != number[at]
    ]


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official test patients are not beside the project")
def test_the_official_matricules() -> None:
    """All test patients of the DMP, one of them born in Corsica; the first digit of some contradicts their sex."""
    with OFFICIAL.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["matriculeInsNir"]]
    assert len(rows) == 48
    assert all(identity.is_ins(row["matriculeInsNir"]) for row in rows)
    assert identity.is_ins("101072B99900114")
    assert "188102B17295165" in {row["matriculeInsNir"] for row in rows}
    assert any((row["matriculeInsNir"][0] == "1") != (row["sexe"] == "M") for row in rows)


@pytest.mark.parametrize("number", WRONG_KEYS)
def test_wrong_keys_of_official_samples(number: str) -> None:
    """Warned of on import, refused on entry."""
    assert identity.warnings(person(ins(number)), demonstration=False)[0] is Warned.INS_KEY
    with pytest.raises(NumberRefused):
        identity.refuse_ins(number)


def test_the_key_of_corsica() -> None:
    """2A counts as 19 and 2B as 18, worked out by hand: 97 - 1990219001001 mod 97 and one for 2B."""
    assert identity.ins_key("199022A001001") == f"{97 - 1990219001001 % 97:02}"
    assert identity.ins_key("199022B001001") == f"{97 - 1990218001001 % 97:02}"


@given(thirteen())
def test_any_changed_digit_of_a_matricule_is_found(number: str) -> None:
    """Every one of the 15 places; and 2A for 2B."""
    whole = number + identity.ins_key(number)
    assert identity.is_ins(whole)
    assert not any(map(identity.is_ins, changed(whole)))
    if "2A" in number[5:7]:
        assert not identity.is_ins(whole[:5] + "2B" + whole[7:])


@given(st.from_regex("[0-9]{10}", fullmatch=True))
def test_any_changed_digit_of_an_rpps_is_found(number: str) -> None:
    """There is one right last digit, and none after any change."""
    (whole,) = (number + digit for digit in string.digits if identity.is_rpps(number + digit))
    assert not any(map(identity.is_rpps, changed(whole)))


@given(st.from_regex("[0-9]{8}", fullmatch=True))
def test_any_changed_digit_of_a_finess_is_found(number: str) -> None:
    """As for the RPPS."""
    (whole,) = (number + digit for digit in string.digits if identity.finess(number + digit) is None)
    assert all(identity.finess(one) is Warned.FINESS for one in changed(whole))


@pytest.mark.parametrize("number", RPPS)
def test_right_rpps(number: str) -> None:
    """Official test numbers."""
    assert identity.refuse_rpps(f" {number[:5]} {number[5:]}") == number


@pytest.mark.parametrize("number", FINESS)
def test_right_finess(number: str) -> None:
    """Of real places."""
    assert identity.refuse_finess(number) == number


@pytest.mark.parametrize("number", ["", "0123456789", "012345678970", "99900062491", "9990006249a", "٩٩٩٠٠٠٦٢٤٩٠"])
def test_wrong_rpps(number: str) -> None:
    """Length, digits, check digit; digits of other scripts are none."""
    with pytest.raises(NumberRefused):
        identity.refuse_rpps(number)


def test_finess_of_corsica_passes_unchecked() -> None:
    """Its rule is not known here: it is warned of, never refused."""
    assert identity.finess("2A0000014") is Warned.FINESS_UNCHECKED
    assert identity.refuse_finess("2a0000014") == "2A0000014"
    with pytest.raises(NumberRefused):
        identity.refuse_finess("2C0000014")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (Identifier(f"urn:oid:{identity.PS_IDNAT}", "899900062490"), None),
        (Identifier(f"urn:oid:{identity.PS_IDNAT}", "899900062491"), Warned.RPPS),
        (Identifier("https://rpps.esante.gouv.fr", "01234567893"), Warned.RPPS),
        (Identifier("", "10002422979", kind="RPPS"), None),
        (Identifier(f"urn:oid:{identity.PS_IDNAT}", "000B6087510"), Warned.ADELI),
        (Identifier(f"urn:oid:{identity.PS_IDNAT}", "0B6087510A"), None),
        (Identifier("", "12345678", kind="ADELI"), Warned.ADELI),
        (Identifier(f"urn:oid:{identity.STRUCT_IDNAT}", "1750803447"), None),
        (Identifier("", "750803448", kind="FINEG"), Warned.FINESS),
        (Identifier("", "2B0000014", kind="FINEJ"), Warned.FINESS_UNCHECKED),
        (Identifier("urn:oid:1.2.250.1.213.1.4.13", "261036938300156"), Warned.INS_INSURED),
        (Identifier("urn:oid:2.16.840.1", "261036938300156", kind="INS-NIR"), Warned.INS_SYSTEM),
        (Identifier(f"urn:oid:{NIR}", "26103693830"), Warned.INS_FORM),
        (Identifier("urn:oid:2.16.840.1", "4711", kind="MR"), None),
    ],
)
def test_what_is_odd_about_a_number(number: Identifier, expected: Warned | None) -> None:
    """One number, one warning."""
    found = [one for one in identity.warnings(person(number), demonstration=False) if one != Warned.INS_UNQUALIFIED]
    assert found == ([expected] if expected else [])


GOOD = "261036938300156"[:13] + identity.ins_key("2610369383001")


@pytest.mark.parametrize(
    ("codes", "numbers", "status"),
    [
        ((), (), Status.DECLARED),
        ((), (ins(GOOD),), Status.DECLARED),
        (("PROV",), (ins(GOOD),), Status.PROVISIONAL),
        (("VALI",), (), Status.VALIDATED),
        (("VALI", "CN"), (ins(GOOD),), Status.QUALIFIED),
        (("VALI",), (ins(GOOD, NIA),), Status.QUALIFIED),
        (("VALI",), (ins(GOOD, use="old"),), Status.VALIDATED),
        (("VALI",), (ins(GOOD, "1.2.250.1.213.1.4.13"),), Status.VALIDATED),
        (("VALI", "DOUT"), (ins(GOOD),), Status.PROVISIONAL),
        (("VALI", "FICT"), (ins(GOOD),), Status.PROVISIONAL),
    ],
)
def test_status(codes: tuple[str, ...], numbers: tuple[Identifier, ...], status: Status) -> None:
    """It is what is stated; a right check digit never raises it, and only a qualified number may travel."""
    who = person(*numbers, reliability=codes)
    assert identity.status(who) is status
    assert (identity.may_travel(who) == GOOD) is (status is Status.QUALIFIED)


def test_only_one_right_number_travels() -> None:
    """Two numbers, or one with a wrong key, stay here whatever is stated."""
    other = "2610369383002" + identity.ins_key("2610369383002")
    two = person(ins(GOOD), ins(other), reliability=("VALI",))
    assert identity.may_travel(two) is None
    assert Warned.INS_SEVERAL in identity.warnings(two, demonstration=False)
    assert identity.may_travel(person(ins(WRONG_KEYS[0]), reliability=("VALI",))) is None


def test_test_numbers_and_real_records() -> None:
    """Neither belongs into the other."""
    for system in (NIR_TEST, NIR_DEMO):
        who = person(ins(GOOD, system), reliability=("VALI",))
        assert identity.warnings(who, demonstration=False) == [Warned.INS_TEST]
        assert identity.warnings(who, demonstration=True) == []
    assert identity.warnings(person(ins(GOOD), reliability=("VALI",)), demonstration=True) == [Warned.INS_REAL]


def test_warnings_of_a_document() -> None:
    """Its patient's numbers, and those of whoever did or wrote something in it."""
    patient = {
        "resourceType": "Patient",
        "name": [{"family": "MOREAU"}],
        "identifier": [{"system": f"urn:oid:{NIR}", "value": WRONG_KEYS[0]}],
        "generalPractitioner": [{"identifier": {"system": "https://rpps.esante.gouv.fr", "value": "01234567893"}}],
    }
    data = json.dumps(patient).encode()
    found = identity.warnings_of(fhir.read(data, as_of=TODAY), demonstration=False)
    assert found == [Warned.INS_KEY, Warned.INS_UNQUALIFIED, Warned.RPPS]


def test_every_warning_has_words() -> None:
    """In French and English, and no number among them."""
    assert set(identity.SENTENCES) == set(Warned)
    assert all(fr and en and fr != en for fr, en in identity.SENTENCES.values())
