"""Results over time: one series for each analyte and unit, never mixed, nothing that is not the patient's."""

from decimal import Decimal
from typing import Any

from baladeur.record.model import Place, SectionName
from baladeur.record.series import Series, series
from tests.record.documents import Json, concept, document

UCUM = "http://unitsofmeasure.org"
LOINC = "http://loinc.org"


def observation(words: str, number: Any, unit: str, day: str = "2026-01-01", code: str = "", **more: Any) -> Json:
    """A final result."""
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": concept(words, code, LOINC),
        "subject": {"reference": "Patient/p"},
        "effectiveDateTime": day,
        "valueQuantity": {"value": number, "unit": unit, "system": UCUM, "code": unit},
        **more,
    }


def made(*resources: Json) -> list[Series]:
    """The series of a document."""
    return series(document(*resources).entries, "fr")


def test_the_values_of_an_analyte_stand_in_the_order_of_their_dates() -> None:
    """The same code under other words is the same analyte; a partial date stands before the days in it."""
    first = observation("Créatinine", 90, "umol/L", "2026-03", "14682-9")
    second = observation("Creatinine", 128, "umol/L", "2026-03-04", "14682-9")
    third = observation("Créatinine", 81, "umol/L", "2024", "14682-9")
    (one,) = made(first, second, third)
    assert [point.number for point in one.points] == [81, 90, 128]
    assert [point.date for point in one.points] == ["2024", "mars 2026", "04 mars 2026"]
    assert (one.unit, one.code, one.section, one.last.number) == ("umol/L", "14682-9", SectionName.RESULTS, 128)


def test_units_are_never_mixed() -> None:
    """Glucose in mmol/L and in mg/dL is two series, and so are two unknown units."""
    found = made(
        observation("Glucose", 5, "mmol/L", code="2339-0"),
        observation("Glucose", 90, "mg/dL", code="2339-0"),
        observation("Glucose", 5, "zorgs", code="2339-0"),
        observation("Glucose", 5, "", code="2339-0"),
    )
    assert sorted((one.unit, len(one.points)) for one in found) == [("", 1), ("mg/dL", 1), ("mmol/L", 1), ("zorgs", 1)]


def test_a_value_keeps_its_number_its_comparator_and_its_range() -> None:
    """As written; a bound in another unit is no bound."""
    usual = [{"low": {"value": 0.10, "unit": "g/L"}, "high": {"value": 5, "unit": "mmol/L"}}]
    value = {"value": 0.10, "unit": "g/L", "comparator": "<"}
    (one,) = made(observation("CRP", 1, "g/L", valueQuantity=value, referenceRange=usual))
    (point,) = one.points
    assert (point.number, point.comparator, point.low, point.high) == (Decimal("0.1"), "<", Decimal("0.1"), None)
    assert "<0,1 g/L" in point.words


def test_components_are_series_of_their_own() -> None:
    """Systolic and diastolic pressure."""
    parts = [
        {"code": concept("systolique"), "valueQuantity": {"value": 120, "unit": "mmHg"}},
        {"code": concept("diastolique"), "valueQuantity": {"value": 80, "unit": "mmHg"}},
    ]
    panel = observation("Pression", 1, "mmHg", component=parts)
    del panel["valueQuantity"]
    assert [(one.analyte, one.last.number) for one in made(panel)] == [("diastolique", 80), ("systolique", 120)]


def test_what_is_not_the_patients_is_in_no_series_and_a_doubt_says_so() -> None:
    """Entered in error, cancelled; a preliminary value is there with its place."""
    wrong = observation("Na", 1, "mmol/L", status="entered-in-error")
    early = observation("Na", 2, "mmol/L", status="preliminary")
    undated = observation("Na", 3, "mmol/L")
    del undated["effectiveDateTime"]
    (one,) = made(wrong, observation("Na", 4, "mmol/L", status="cancelled"), undated, early)
    assert [(point.number, point.place) for point in one.points] == [(2, Place.TO_CONFIRM), (3, Place.CURRENT)]
    assert one.points[1].date == ""
    assert one.last.number == 2


def test_words_are_a_series_without_numbers() -> None:
    """A result in words is in the table, and on no scale."""
    told = observation("Culture", 1, "x", valueString="négative")
    del told["valueQuantity"]
    (one,) = made(told)
    assert (one.points[0].words, one.points[0].number, one.unit) == ("négative", None, "")


def test_a_thousand_results_are_quick() -> None:
    """Each is read once."""
    many = [observation(f"analyte {i % 20}", i, "g/L", f"20{10 + i % 16}-01-0{1 + i % 9}") for i in range(1000)]
    found = made(*({**one, "id": f"o{i}"} for i, one in enumerate(many)))
    assert (len(found), sum(len(one.points) for one in found)) == (20, 1000)
