"""Lines that end, and lines that were a mistake: the status that FHIR has for it, the day, the reason."""

import json
from typing import Any

import pytest

from baladeur.errors import FormRefused, LineRefused
from baladeur.record import author
from baladeur.record.check import check_resource
from tests.record.author.test_building import CASES, PATIENT, TODAY, build, read

ENDS = {"allergy": "past", "problem": "past", "treatment": "stopped", "device": "past"}


@pytest.mark.parametrize(("kind", "values"), [(kind, values) for kind, values, place, _ in CASES if place == "current"])
def test_a_line_ends_as_its_resource_does(kind: str, values: dict[str, Any]) -> None:
    """And what cannot end is refused."""
    content = build(kind, values)
    if kind not in ENDS:
        with pytest.raises(LineRefused):
            author.ended(content, "2026-10-12", "", today=TODAY)
        return
    made = author.ended(content, "12/10/2026", "effets", today=TODAY)
    author.refuse(made)
    entry = read(made)
    assert str(entry.place) == ENDS[kind]
    assert b"2026-10-12" in made
    assert b"effets" in made


@pytest.mark.parametrize(("kind", "values"), [(kind, values) for kind, values, *_ in CASES])
def test_a_mistake_stands_nowhere(kind: str, values: dict[str, Any]) -> None:
    """It is still a resource without a fault, and never current, past or to be confirmed."""
    made = author.mistaken(build(kind, values), "autre patient", today=TODAY)
    author.refuse(made)
    assert (str(read(made).place), read(made).rule) == ("never", "error.entered")


def test_other_ways_to_end() -> None:
    """As the form offers them, and no others."""
    content = build("problem", {"problem": "x", "since": "2009"})
    assert author.states_of(content) == ("resolved", "inactive", "remission")
    made = json.loads(author.ended(content, "2026", "", state="remission", today=TODAY))
    assert made["clinicalStatus"]["coding"][0]["code"] == "remission"
    assert made["abatementDateTime"] == "2026"
    with pytest.raises(LineRefused):
        author.ended(content, "2026", "", state="stopped", today=TODAY)


@pytest.mark.parametrize(("day", "key"), [("", "required"), ("2030-01-01", "future"), ("x", "date"), ("2001", "order")])
def test_the_day_of_a_stop(day: str, key: str) -> None:
    """It exists, it is not in the future, and it is not before the start."""
    content = build("treatment", {"drug": "x", "since": "2009-10-05"})
    with pytest.raises(FormRefused) as refused:
        author.ended(content, day, "", today=TODAY)
    assert [one.key for one in refused.value.faults] == [key]


def test_a_partial_day_of_the_year_in_which_it_began() -> None:
    """Started in October, stopped "in 2009": not before."""
    content = build("treatment", {"drug": "x", "since": "2009-10-05"})
    made = json.loads(author.ended(content, "2009", "", today=TODAY))
    assert made["effectivePeriod"] == {"start": "2009-10-05", "end": "2009"}


def test_an_order_of_another_program() -> None:
    """MedicationRequest has no day for its end in R4: the note says it."""
    order = {
        "resourceType": "MedicationRequest", "status": "active", "intent": "order", "subject": {"reference": PATIENT},
        "medicationCodeableConcept": {"text": "x"},
        "text": {"status": "additional", "div": '<div xmlns="http://www.w3.org/1999/xhtml"><p>dit plus</p></div>'},
    }  # fmt: skip
    made = author.ended(json.dumps(order).encode(), "2026-10-12", "toux", today=TODAY)
    value = json.loads(made)
    assert value["status"] == "stopped"
    assert value["statusReason"] == {"text": "toux"}
    assert value["note"] == [{"text": "2026-10-12 : toux"}]
    assert value["text"]["div"].startswith(
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>stopped 2026-10-12 : toux</p><p>'
    )
    assert [one for one in check_resource(made) if one.severity != "note"] == []
    assert str(read(made).place) == "stopped"
