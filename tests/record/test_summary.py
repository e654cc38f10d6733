"""Model to lines: sources named, nothing chosen, nothing filled in, no blood group."""

from typing import get_args

import pytest

from baladeur.record.model import SectionName
from baladeur.record.page import ORDERS, Block, Fact, Level, Line
from baladeur.record.phrases import Lang
from baladeur.record.seen import Seen, Signature
from baladeur.record.shown import show
from baladeur.record.summary import Review, summarise
from tests.record.documents import TODAY, allergy, concept, document, problem, status, treatment


def lines(*resources: dict[str, object], **more: object) -> tuple[Line, ...]:
    """The page of a small document."""
    return summarise(document(*resources), as_of=TODAY, **more)  # type: ignore[arg-type]


def said(line: Line) -> str:
    """All that a detail says, raw dates included."""
    return " ".join(piece.raw if isinstance(piece, Fact) else piece.fr for piece in line.detail)


def names(found: tuple[Line, ...], block: Block) -> list[str]:
    """What stands in one block."""
    return [line.name.fr for line in found if line.block is block and line.counted]


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_has_every_line(order: str) -> None:
    """The orders differ in order only, and each knows every block."""
    made = lines(allergy(), problem(), treatment(), order=order)
    assert set(ORDERS[order]) == set(Block)
    assert set(made) == set(lines(allergy(), problem(), treatment()))
    assert all(line.name.of(lang) for line in made for lang in get_args(Lang))


def test_lines_name_their_entries() -> None:
    """Each clinical line carries the key of the entry that it comes from."""
    made = document(allergy(), problem(), treatment())
    keys = {one.key for one in made.entries}
    page = summarise(made, as_of=TODAY)
    assert keys <= {key for line in page for key in line.keys}


@pytest.mark.parametrize(
    "resource",
    [
        problem("cancer", verificationStatus=status("condition-ver-status", "refuted")),
        problem("cancer", verificationStatus=status("condition-ver-status", "entered-in-error")),
        treatment("cancer", status="stopped"),
        treatment("cancer", status="intended"),
        allergy("cancer", verificationStatus=status("allergyintolerance-verification", "refuted")),
        {"resourceType": "FamilyMemberHistory", "status": "completed", "patient": {"reference": "Patient/p"},
         "relationship": concept("mère"), "condition": [{"code": concept("cancer")}]},
    ],
)  # fmt: skip
def test_what_is_not_current_is_not_shown(resource: dict[str, object]) -> None:
    """Refuted, mistaken, stopped, planned, family: no line has its name."""
    assert not [line for line in lines(resource) if "cancer" in line.name.fr + said(line)]


def test_no_blood_group() -> None:
    """Neither by its code nor by its words."""
    group = {"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/p"}}
    group |= {"valueString": "A+", "effectiveDateTime": "2026"}
    assert not names(lines(group | {"code": concept("ABO", "882-1", "http://loinc.org")}), Block.RESULTS)
    assert not names(lines(group | {"code": concept("Groupe sanguin")}), Block.RESULTS)


def test_contradiction_is_shown_and_not_chosen() -> None:
    """ "None known" and what it denies stand on one critical line; the allergy keeps its own."""
    made = lines(allergy(code=concept("Aucune allergie", "716186003")), allergy("latex"))
    notice = next(line for line in made if line.label.fr == "CONTRADICTION")
    assert notice.level is Level.CRITICAL
    assert "latex" in notice.name.fr
    assert names(made, Block.ALLERGIES) == ["latex"]


def test_old_record_is_judged_on_the_oldest_date() -> None:
    """A fresh signature does not make an old review young."""

    def old(reviews: dict[SectionName, Review], signed: str = "2026-10-12") -> bool:
        seen = Seen(Signature("Dr A. PETIT", signed, "passed"))
        return any(line.label.en == "OLD RECORD" for line in show(lines(problem(), reviews=reviews), TODAY, seen))

    fresh, stale = Review("2026-09-01"), Review("2024-01-05")
    assert old({SectionName.ALLERGIES: stale})
    assert old({SectionName.ALLERGIES: stale, SectionName.MEDICATIONS: fresh})
    assert not old({SectionName.ALLERGIES: fresh, SectionName.MEDICATIONS: fresh}, signed="2020-01-01")
    assert old({SectionName.ALLERGIES: fresh}, signed="2020-01-01")
    assert not old({})
    assert old({}, signed="2025-11-22")
    assert not old({}, signed="2025-11-23")
