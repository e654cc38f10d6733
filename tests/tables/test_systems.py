"""Well-formed codes: vectors with one fault each, and the faults that check digits are for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.tables.systems import SYSTEMS, is_ean13, is_loinc, is_snomed, is_well_formed, system_of

GOOD = [
    ("atc", "B"), ("atc", "B01"), ("atc", "B01A"), ("atc", "B01AF"), ("atc", "B01AF02"),
    ("icd10", "I10"), ("icd10", "E11.9"), ("icd10", "K52.9+0"), ("icd10", "B24+0"), ("icd10", "Z51.30"),
    ("icd10", "E11.x0"),
    ("loinc", "2160-0"), ("loinc", "98979-8"), ("loinc", "718-7"), ("loinc", "LA46-8"),
    ("snomed", "22298006"), ("snomed", "80146002"), ("snomed", "900000000000003001"),
    ("cip13", "3400935955838"), ("cis", "60002283"), ("ccam", "HHFA016"), ("language", "pt-BR"), ("other", "a b"),
]  # fmt: skip
BAD = [
    ("atc", "W01"), ("atc", "B1"), ("atc", "B01AF2"), ("atc", "b01AF02"), ("atc", "B01AF021"), ("atc", ""),
    ("icd10", "I1"), ("icd10", "E119"), ("icd10", "E11."), ("icd10", "e11.9"), ("icd10", "E11.9 "),
    ("loinc", "2160-1"), ("loinc", "2160"), ("loinc", "LX46-8"), ("loinc", "-0"), ("loinc", "0002160-0"),
    ("snomed", "22298007"), ("snomed", "22289006"), ("snomed", "02298006"), ("snomed", "12345"),
    ("cip13", "3400935955839"), ("cip13", "3400935955383"), ("cip13", "4006381333931"), ("cip13", "340093595583"),
    ("cis", "6000228"), ("ccam", "HHFA16"), ("ccam", "hhfa016"), ("language", "FR"), ("language", "french"),
    ("other", " a"), ("other", ""), ("other", "a\x1bb"), ("other", "a" * 101),
]  # fmt: skip


@pytest.mark.parametrize(("system", "code"), GOOD)
def test_good(system: str, code: str) -> None:
    assert is_well_formed(system, code)


@pytest.mark.parametrize(("system", "code"), BAD)
def test_bad(system: str, code: str) -> None:
    assert not is_well_formed(system, code)


def _swapped(code: str, at: int) -> str:
    return code[:at] + code[at + 1] + code[at] + code[at + 2 :]


@given(st.sampled_from(["22298006", "80146002", "762952008"]), st.integers(0, 6))
def test_verhoeff_finds_every_swap_of_neighbours(code: str, at: int) -> None:
    wrong = _swapped(code, at)
    assert wrong == code or not is_snomed(wrong)


@given(st.sampled_from([("2160-0", is_loinc), ("22298006", is_snomed), ("3400935955838", is_ean13)]), st.data())
def test_check_digits_find_every_wrong_digit(case: tuple[str, object], data: st.DataObject) -> None:
    code, check = case
    assert callable(check)
    at = data.draw(st.sampled_from([i for i, sign in enumerate(code) if sign.isdigit()]))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != code[at]]))
    assert check(code)
    assert not check(code[:at] + digit + code[at + 1 :])


def test_systems_are_found_by_either_name() -> None:
    for key, system in SYSTEMS.items():
        if system.uri:
            assert system_of(system.uri) == key
        if system.oid:
            assert system_of(system.oid) == system_of(f"urn:oid:{system.oid}") == key
    assert system_of("http://example.org") == "other"
    assert system_of("") == "other"
