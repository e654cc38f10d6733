"""Model to lines: sources named, nothing chosen, nothing filled in, no blood group."""

import json
from typing import get_args

import pytest

from baladeur.record.fhir import read
from baladeur.record.model import SectionName
from baladeur.record.page import ORDERS, Block, Fact, Level, Line
from baladeur.record.phrases import Lang
from baladeur.record.render import render
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


def patient(**more: object) -> dict[str, object]:
    """Somebody with a name."""
    name = [{"family": "ESSAI", "given": ["Jeanne"]}]
    return {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1991-03-04", "name": name, **more}


def collected(who: dict[str, object], *resources: dict[str, object], **more: object) -> tuple[Line, ...]:
    """The page of a collection about somebody."""
    listed = [{"fullUrl": f"https://x.example/{one['resourceType']}/{one['id']}", "resource": one}
              for one in (who, *resources)]  # fmt: skip
    data = json.dumps({"resourceType": "Bundle", "type": "collection", "entry": listed, **more}).encode()
    return summarise(read(data, as_of=TODAY), as_of=TODAY)


@pytest.mark.parametrize(
    ("who", "asked"),
    [
        ({"birthDate": "1991-03-04"}, True),
        ({"birthDate": "1961-03-04"}, False),
        ({"birthDate": "2018-03-04"}, False),
        ({"birthDate": "1971"}, True),  # 54 or 55: it may still matter
        ({"birthDate": "1969"}, False),
        ({"birthDate": ""}, True),
        ({"gender": "male"}, False),
        ({"gender": "unknown"}, True),
    ],
)
def test_pregnancy_is_asked_of_those_who_may_be(who: dict[str, object], asked: bool) -> None:
    """ "Not recorded: pregnancy" beside a woman of 65 teaches the reader to skip the row."""
    found = names(collected(patient(**who)), Block.MISSING)
    assert ("grossesse" in found) is asked


def test_a_device_and_its_use_are_one_line() -> None:
    """The use says since when; a device that only names its patient is a line of its own."""
    about = {"reference": "Patient/p"}
    device = {"resourceType": "Device", "id": "d", "status": "active", "patient": about, "type": {"text": "stent"}}
    use = {
        "resourceType": "DeviceUseStatement", "id": "u", "status": "active", "subject": about,
        "device": {"reference": "Device/d"}, "timingDateTime": "2019",
    }  # fmt: skip
    alone = collected(patient(), device)
    both = collected(patient(), device, use)
    over = collected(patient(), device, {**use, "status": "completed"})
    devices = [[one.name.fr for one in found if "stent" in one.name.fr] for found in (alone, both, over)]
    assert devices == [["stent"], ["stent"], ["stent"]]
    line = next(one for one in both if one.name.fr == "stent")
    assert Fact("date", "2019") in line.detail


def test_a_page_has_the_newest_results_and_counts_the_others() -> None:
    """Forty, and how many more there are."""
    made = [
        {
            "resourceType": "Observation", "id": f"o{n}", "status": "final", "code": {"text": f"dosage {n}"},
            "subject": {"reference": "Patient/p"}, "effectiveDateTime": f"2026-01-{n % 28 + 1:02d}",
            "valueQuantity": {"value": n, "unit": "mg/L"},
        }
        for n in range(100)
    ]  # fmt: skip
    found = [one for one in collected(patient(), *made) if one.block is Block.RESULTS]
    assert len(found) == 41
    assert (found[-1].name.fr, found[-1].counted) == ("60 autres, dans le dossier", False)
    days = [fact.raw for one in found for fact in one.detail if isinstance(fact, Fact)]
    assert min(days) == "2026-01-16"
    assert len([one for one in collected(patient(), *made[:40]) if one.block is Block.RESULTS]) == 40


@pytest.mark.parametrize(("language", "fr", "en"), [("fr-FR", False, True), ("en", True, False), ("de", True, True)])
def test_the_language_of_the_texts_is_told_to_who_reads_another(language: str, fr: bool, en: bool) -> None:
    """A French reader need not be told that French texts are French."""
    page = show(collected(patient(), problem(id="c"), language=language), TODAY)
    for lang, told in (("fr", fr), ("en", en)):
        assert (f"[{language}]" in render(page, lang)) is told


@pytest.mark.parametrize(
    ("signer", "verdict", "reviewer", "said"),
    [
        ("Dr A. PETIT", "passed", "Dr A. PETIT", "signé par Dr A. PETIT le 12 oct. 2026 (carte CPS)"),
        ("Dr A. PETIT", "passed", "Dr B. GRAND", "(Dr B. GRAND)"),
        ("Dr A. PETIT", "failed", "Dr A. PETIT", "(Dr A. PETIT)"),
        ("", "not-checked", "Dr A. PETIT", "signé le 12 oct. 2026 ("),
    ],
)
def test_who_signed_and_who_reviewed(signer: str, verdict: str, reviewer: str, said: str) -> None:
    """A name is said once, and a name that nobody knows leaves no hole."""
    reviews = {SectionName.ALLERGIES: Review("2026-10-12", reviewer)}
    made = summarise(document(), as_of=TODAY, reviews=reviews)
    shown = show(made, TODAY, Seen(Signature(signer, "2026-10-12", verdict)))
    banner = " ".join(line.name.fr for line in shown if line.block is Block.BANNER)
    assert said in banner
    assert "  le " not in banner
    assert banner.count("PETIT") <= 1
