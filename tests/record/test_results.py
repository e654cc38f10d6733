"""Results: the second unit beside a value, exactly where it is certain, and nowhere else."""

from typing import Any

import pytest

from baladeur.record.page import Block
from baladeur.record.render import render
from baladeur.record.rows import Layout, plain
from baladeur.record.shown import show
from baladeur.record.summary import summarise
from baladeur.record.words import Words
from tests.record.documents import TODAY
from tests.record.test_render import LOINC, of, result

UCUM = "http://unitsofmeasure.org"


def observation(loinc: str, number: float, written: str, **quantity: Any) -> dict[str, Any]:
    """A result whose unit is coded as it is shown."""
    made = result("analyse", loinc, number, written, "2026-03-12")
    coded = {"system": UCUM, "code": written.replace("µ", "u")}
    made["valueQuantity"] = {
        key: value for key, value in {**made["valueQuantity"], **coded, **quantity}.items() if value
    }
    return made


def said(*observations: dict[str, Any], lang: str = "fr") -> list[str]:
    """The words behind the name of the one result line."""
    (line,) = (one for one in summarise(of(*observations), as_of=TODAY) if one.block is Block.RESULTS)
    return [piece.fr if lang == "fr" else piece.en for piece in line.detail if isinstance(piece, Words)]


@pytest.mark.parametrize(
    ("code", "number", "unit", "first", "second"),
    [
        ("14749-6", 5.6, "mmol/L", "5,6 mmol/L", "≈ 1,01 g/L (converti)"),
        ("2345-7", 1.26, "g/L", "1,26 g/L", "≈ 6,99 mmol/L (converti)"),
        ("2345-7", 126, "mg/dL", "126 mg/dL", "≈ 6,99 mmol/L (converti)"),
        ("14682-9", 128, "µmol/L", "128 µmol/L", "≈ 1,45 mg/dL (converti)"),
        ("2160-0", 14.5, "mg/L", "14,5 mg/L", "≈ 128 µmol/L (converti)"),
        ("4548-4", 7.0, "%", "7 %", "≈ 53 mmol/mol (converti)"),
        ("59261-8", 53, "mmol/mol", "53 mmol/mol", "≈ 7 % (converti)"),
        ("14798-3", 20, "umol/L", "20 umol/L", "≈ 112 microg/dL (converti)"),
        ("2093-3", 2.4, "g/L", "2,4 g/L", "≈ 6,21 mmol/L (converti)"),
    ],
)
def test_the_second_unit_stands_behind_the_first(code: str, number: float, unit: str, first: str, second: str) -> None:
    assert [" ".join(one.split()) for one in said(observation(code, number, unit))] == [first, second]


def test_in_english() -> None:
    words = said(observation("14749-6", 5.6, "mmol/L"), lang="en")
    assert [" ".join(one.split()) for one in words] == ["5.6 mmol/L", "≈ 1.01 g/L (converted)"]


@pytest.mark.parametrize(
    "quantity",
    [
        {"comparator": "<"},
        {"system": "", "code": ""},
        {"system": "urn:other"},
        {"unit": "g/L", "code": "mg/dL"},
        {"unit": "mmol", "code": "mmol/L"},
        {"unit": "mol/L", "code": "mol/L"},
    ],
)
def test_nothing_that_is_not_certain(quantity: dict[str, str]) -> None:
    """An inequality, a unit that is not UCUM or not the one that is shown, a unit of no conversion."""
    assert len(said(observation("2345-7", 126, "mg/dL", **quantity))) == 1


def test_an_unknown_analyte_and_two_at_once() -> None:
    assert len(said(observation("9999-9", 126, "mg/dL"))) == 1
    both = observation("2345-7", 126, "mg/dL")
    both["code"]["coding"].append({"system": LOINC, "code": "17861-6", "display": "calcium"})
    assert len(said(both)) == 1
    same = observation("2345-7", 126, "mg/dL")
    same["code"]["coding"].append({"system": LOINC, "code": "14749-6", "display": "glucose"})
    assert len(said(same)) == 2
    elsewhere = observation("2345-7", 126, "mg/dL")
    elsewhere["code"]["coding"][0]["system"] = "urn:local"
    assert len(said(elsewhere)) == 1


def test_on_the_page_the_date_comes_first() -> None:
    """What the source says stands whole before what we add."""
    lines = summarise(of(observation("14749-6", 5.6, "mmol/L")), as_of=TODAY)
    page = " ".join(render(show(lines, TODAY), "fr").split())
    assert "5,6 mmol/L, 12 mars 2026, ≈ 1,01 g/L (converti)" in page


def test_of_many_results_the_critical_and_the_newest_stay() -> None:
    """Forty analytes of one old admission hide neither today's weight nor a critical potassium; the rest is counted."""
    old = [result(f"analyte {n}", f"1{n:04}-1", 1.0, "mmol/L", "2020-01-01") for n in range(45)]
    weight = result("poids", "29463-7", 60, "kg", "2026-03-12")
    weight["category"] = [{"coding": [{"code": "vital-signs"}]}]
    potassium = result("potassium", "2823-3", 7.2, "mmol/L", "2019-05-01")
    potassium["interpretation"] = [{"coding": [{"code": "HH"}]}]
    made = [one for one in summarise(of(*old, weight, potassium), as_of=TODAY) if one.block is Block.RESULTS]
    names = [one.name.fr for one in made]
    assert {"poids", "potassium"} <= set(names)
    assert len(made) == 41
    assert [one.name.fr for one in made if not one.counted] == ["7 autres, dans le dossier"]


def test_a_converted_unit_gives_way_before_a_result_does() -> None:
    """On a full screen the value that the source wrote stands, without its other unit; where there is room, with it."""
    shown = show(summarise(of(observation("14682-9", 128, "µmol/L")), as_of=TODAY), TODAY)
    line = next(one for one in shown if one.block is Block.RESULTS)
    layout = Layout("fr", 80)
    whole, brief = plain(layout.item(line)), plain(layout.unconverted(line))
    assert "≈ 1,45 mg/dL (converti)" in whole
    assert whole.startswith(brief)
    assert "128 µmol/L" in brief
    assert "≈" not in brief
    assert "converti" not in brief
