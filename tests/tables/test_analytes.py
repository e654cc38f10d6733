"""Values in other units: against molar masses computed here from atoms, against known pairs, and there and back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.tables.analytes import others
from baladeur.tables.shipped import table

ATOMS = {"C": 12.011, "H": 1.008, "N": 14.007, "O": 15.999, "P": 30.974, "Ca": 40.078, "Mg": 24.305, "Fe": 55.845,
         "I": 126.904, "Co": 58.933}  # fmt: skip
FORMULAS = {
    "glucose": ("C", 6, "H", 12, "O", 6),
    "creatinine": ("C", 4, "H", 7, "N", 3, "O", 1),
    "urea": ("C", 1, "H", 4, "N", 2, "O", 1),
    "calcium": ("Ca", 1),
    "phosphate": ("P", 1),
    "magnesium": ("Mg", 1),
    "iron": ("Fe", 1),
    "bilirubin": ("C", 33, "H", 36, "N", 4, "O", 6),
    "cholesterol": ("C", 27, "H", 46, "O", 1),
    "triglycerides": ("C", 57, "H", 104, "O", 6),  # triolein, by custom
    "urate": ("C", 5, "H", 4, "N", 4, "O", 3),
    "vitamin B12": ("C", 63, "H", 88, "Co", 1, "N", 14, "O", 14, "P", 1),
    "folate": ("C", 19, "H", 19, "N", 7, "O", 6),
    "25-hydroxyvitamin D3": ("C", 27, "H", 44, "O", 2),
    "free thyroxine": ("C", 15, "H", 11, "I", 4, "N", 1, "O", 4),
    "cortisol": ("C", 21, "H", 30, "O", 5),
    "digoxin": ("C", 41, "H", 64, "O", 14),
}
GRAMS = {"g": 1.0, "mg": 1e3, "ug": 1e6, "ng": 1e9, "pg": 1e12}
MOLES = {"mmol/L": 1e-3, "umol/L": 1e-6, "nmol/L": 1e-9, "pmol/L": 1e-12}
VOLUMES = {"L": 1.0, "dL": 0.1, "mL": 1e-3}
ROWS = {row["key"]: row for row in table("analytes")["conversions"]}


@pytest.mark.parametrize("key", FORMULAS)
def test_factor_is_the_molar_mass(key: str) -> None:
    formula = FORMULAS[key]
    mass = sum(ATOMS[str(atom)] * int(n) for atom, n in zip(formula[::2], formula[1::2], strict=True))
    (moles,) = [MOLES[unit] for unit in ROWS[key]["units"] if unit in MOLES]
    for unit, factor in ROWS[key]["units"].items():
        if unit not in MOLES:
            weight, volume = unit.split("/")
            assert float(factor) == pytest.approx(moles * mass * GRAMS[weight] * VOLUMES[volume], rel=2e-4), unit


def test_every_conversion_of_moles_is_checked() -> None:
    assert {key for key, row in ROWS.items() if set(row["units"]) & set(MOLES)} == set(FORMULAS)


KNOWN = [
    ("2345-7", "100", "mg/dL", "mmol/L", "5.55"),
    ("2345-7", "1.26", "g/L", "mmol/L", "6.99"),
    ("2160-0", "1.2", "mg/dL", "umol/L", "106"),
    ("14682-9", "128", "umol/L", "mg/L", "14.5"),
    ("4548-4", "7.0", "%", "mmol/mol", "53"),
    ("59261-8", "48", "mmol/mol", "%", "6.54"),
    ("718-7", "11.8", "g/dL", "g/L", "118"),
    ("2000-8", "2.40", "mmol/L", "mg/L", "96.2"),
]


@pytest.mark.parametrize(("loinc", "value", "unit", "other", "expected"), KNOWN)
def test_known_pairs(loinc: str, value: str, unit: str, other: str, expected: str) -> None:
    found = dict((u, v) for v, u in others(loinc, Decimal(value), unit))
    assert found[other] == Decimal(expected)


@given(st.sampled_from(sorted(ROWS)), st.decimals("0.01", "9999", places=2), st.data())
def test_there_and_back(key: str, value: Decimal, data: st.DataObject) -> None:
    """Rounded to the digits shown, a value comes back within one part in a hundred."""
    row = ROWS[key]
    unit = data.draw(st.sampled_from(sorted(row["units"])))
    if key == "HbA1c":
        return  # its offset makes small values negative; the known pairs check it
    for shown, other in others(row["loinc"][0], value, unit):
        back = dict((u, v) for v, u in others(row["loinc"][0], shown, other))[unit]
        assert back == pytest.approx(value, rel=Decimal("0.011"))
        assert "E" not in str(shown)


@pytest.mark.parametrize(
    ("loinc", "value", "unit"),
    [("2345-7", "1", "mol/L"), ("9999-9", "1", "mg/dL"), ("2345-7", "NaN", "mg/dL"), ("2345-7", "Infinity", "mg/dL")],
)
def test_nothing_known(loinc: str, value: str, unit: str) -> None:
    assert others(loinc, Decimal(value), unit) == []


def test_zero() -> None:
    assert others("2345-7", Decimal("0.0"), "mg/dL") == [(Decimal(0), "mmol/L"), (Decimal(0), "g/L")]
