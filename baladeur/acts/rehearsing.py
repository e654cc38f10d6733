"""The way of an emergency page, gone once with an invented one: what the first page would load or make is then there.

Tables of names, patterns, certificates and modules take as long, the first time, as the page itself.
"""

import json
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any, Final

from baladeur.acts import paging
from baladeur.chart import items, pages
from baladeur.record import render
from baladeur.views import Page, roots_of

_DAY: Final = date(2026, 1, 1)
_ABOUT: Final = {"subject": {"reference": "Patient/1"}, "patient": {"reference": "Patient/1"}}
_RESOURCES: Final[tuple[dict[str, Any], ...]] = (
    {"resourceType": "Patient", "birthDate": "2000-01-01", "name": [{"family": "A", "given": ["B"]}]},
    {"resourceType": "AllergyIntolerance", "code": {"text": "a"}, "criticality": "high"},
    {"resourceType": "Condition", "code": {"text": "a"}, "onsetDateTime": "2020"},
    {
        "resourceType": "MedicationStatement",
        "status": "active",
        "medicationCodeableConcept": {"text": "a 5 mg"},
        "dosage": [{"text": "1"}],
    },
    {"resourceType": "Procedure", "status": "completed", "code": {"text": "a"}, "performedDateTime": "2020"},
    {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "a"},
        "effectiveDateTime": "2020-01-01",
        "valueQuantity": {"value": 1, "unit": "mg/L"},
    },
)


@cache
def rehearse() -> None:
    """Make, compare, word and lay out a page of nobody, once. Nothing is read but what the program brings."""
    import_module("baladeur.card.verdict")
    for demonstration in (False, True):
        roots_of(demonstration)
    present = [_live(n, {**one, **_ABOUT, "id": str(n)}) for n, one in enumerate(_RESOURCES, 1)]
    parts = pages.parts(pages.lines(present, {}, as_of=_DAY))
    signed, told = ([json.loads(part) for part in side] for side in parts)
    found = pages.difference(signed, 0, present, {}, signed_on=_DAY)
    page = Page(True, True, signed, told, 0, f"{_DAY}T08:00:00Z", "ok", "A", (), wording="passed")
    render.screens(paging.show(page, found, as_of=_DAY), "fr", 80, 24)


def _live(number: int, resource: dict[str, Any]) -> items.Live:
    kind = str(resource["resourceType"])
    type_ = items.IDENTITY if kind == "Patient" else items.PREFIX + kind.lower()
    data = json.dumps(resource).encode()
    url = f"https://invented.example/{kind}/{number}"
    return items.Live(f"{number:032x}", type_, "a", "2020-01-01", items.FHIR_JSON, {"url": url}, False, given=data)
