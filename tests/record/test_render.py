"""Golden pages: the text on a screen is the contract, so a reviewer reads the difference. All people are invented."""

import json
import os
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from baladeur.record import heading
from baladeur.record.emergency import differences, lines, parts
from baladeur.record.fhir import read
from baladeur.record.model import Document, SectionName
from baladeur.record.page import Block, Level, Shown
from baladeur.record.phrases import Lang
from baladeur.record.render import render, screens
from baladeur.record.seen import Seen, Signature
from baladeur.record.shown import show
from baladeur.record.summary import Review, summarise
from tests.record.documents import (
    PATIENT,
    TODAY,
    allergy,
    bundle,
    concept,
    document,
    problem,
    section,
    status,
    treatment,
)

GOLDEN = Path(__file__).parent / "golden"
LANGS: tuple[Lang, ...] = ("fr", "en")
SIZES = ((80, 24), (120, 40))
ATC = "http://www.whocc.no/atc"
LOINC = "http://loinc.org"
CHECKED = Signature("Dr A. PETIT", "2026-11-23", "passed")
REVIEWS = {SectionName.MEDICATIONS: Review("2026-10-12", "Dr A. PETIT", ("a" * 32,))}
SUBJECT = {"subject": {"reference": "Patient/p"}}


def drug(words: str, code: str, text: str, **more: Any) -> dict[str, Any]:
    """A coded treatment with its dosage in words."""
    named = concept(words, code, ATC) if code else concept(words)
    return treatment(words, medicationCodeableConcept=named, dosage=[{"text": text}], **more)


def result(words: str, code: str, number: float, unit: str, day: str, kind: str = "laboratory") -> dict[str, Any]:
    """A final measurement."""
    kinds = "http://terminology.hl7.org/CodeSystem/observation-category"
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [{"system": kinds, "code": kind}]}],
        "code": concept(words, code, LOINC),
        "effectiveDateTime": day,
        "valueQuantity": {"value": number, "unit": unit},
        **SUBJECT,
    }


def over(words: str, day: str) -> dict[str, Any]:
    """A problem that is over."""
    coded = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "resolved"}]}
    return problem(words, clinicalStatus=coded, onsetDateTime=day)


def procedure(words: str, day: str) -> dict[str, Any]:
    """Something that was done."""
    done = {"resourceType": "Procedure", "status": "completed", "code": concept(words), "performedDateTime": day}
    return done | SUBJECT


def of(*resources: dict[str, Any], patient: dict[str, Any] | None = None, **more: Any) -> Document:
    """A document, whose patient may be another."""
    data = bundle(*resources, **more)
    if patient is None:
        return read(data, as_of=TODAY)
    whole = json.loads(data)
    whole["entry"][1]["resource"] = PATIENT | patient
    return read(json.dumps(whole).encode(), as_of=TODAY)


def empty() -> Document:
    """Nobody has written anything."""
    return document()


def typical() -> Document:
    """A woman of 65 with a pacemaker and an anticoagulant."""
    severe = {"manifestation": [concept("choc anaphylactique")], "severity": "severe"}
    device = {"resourceType": "DeviceUseStatement", "status": "active", "timingDateTime": "2019"}
    device |= {"device": {"display": "stimulateur cardiaque"}} | SUBJECT
    consent = {"resourceType": "Consent", "status": "active", "dateTime": "2024", "patient": {"reference": "Patient/p"}}
    consent |= {"id": "k", "category": [concept("directives anticipées : pas de réanimation cardiaque")]}
    contact = {"name": {"family": "Moreau", "given": ["Paul"]}, "relationship": [{"text": "époux"}]}
    contact |= {"telecom": [{"system": "phone", "value": "+33 6 00 00 00 00"}]}
    names = [{"use": "official", "family": "MOREAU", "given": ["Jeanne"]}, {"use": "maiden", "family": "LEROY"}]
    spoken = [{"language": {"text": "français"}, "preferred": True}]
    return of(
        allergy("pénicillines", reaction=[severe], onsetDateTime="2014", category=["medication"]),
        allergy("pollens", category=["environment"], criticality="low"),
        device,
        problem("Fibrillation auriculaire", onsetDateTime="2018"),
        problem("Insuffisance rénale stade 3b", onsetDateTime="2021"),
        problem("Diabète de type 2", onsetDateTime="2009"),
        problem("Hypertension", onsetDateTime="2005"),
        drug("bisoprolol 2,5 mg", "C07AB07", "1 comprimé le matin"),
        drug("apixaban 5 mg", "B01AF02", "1 comprimé matin et soir"),
        drug("metformine 500 mg", "A10BA02", "1 comprimé matin et soir, au cours du repas"),
        drug("ramipril 5 mg", "C09AA05", "1 comprimé le matin"),
        drug("amoxicilline 1 g", "J01CA04", "1 comprimé matin et soir pendant 6 jours", status="completed"),
        over("AVC", "2018"),
        procedure("appendicectomie", "1979"),
        procedure("césarienne", "1990"),
        result("créatinine", "14682-9", 128, "µmol/L", "2026-09-02"),
        result("hémoglobine", "718-7", 11.8, "g/dL", "2026-09-02"),
        result("potassium", "2823-3", 4.9, "mmol/L", "2026-09-02"),
        result("Groupe sanguin ABO et Rh", "882-1", 1, "", "2026-09-02"),
        consent,
        sections=[section("42348-3", "Consent/k")],
        patient={"name": names, "contact": [contact], "communication": spoken},
    )


def overfull() -> Document:
    """12 critical items, 40 problems, 30 treatments."""
    names = "pénicillines céphalosporines latex arachide curares iode aspirine codéine morphine".split()
    severe = [{"manifestation": [concept("choc anaphylactique")], "severity": "severe"}]
    high = [("apixaban", "B01AF02"), ("insuline glargine", "A10AE04"), ("méthotrexate", "L04AX03")]
    return of(
        *(allergy(name, reaction=severe, category=["medication"]) for name in names),
        *(problem(f"problème numéro {at:02d}", onsetDateTime=str(1980 + at)) for at in range(1, 41)),
        *(drug(f"médicament {at:02d}", "C07AB07", "1 comprimé matin et soir") for at in range(1, 28)),
        *(drug(name, code, "selon le protocole") for name, code in high),
        *(over(f"épisode {at}", str(1990 + at)) for at in range(12)),
        *(result(f"dosage {at}", f"{at}-0", at + 1.5, "mmol/L", "2026-09-02") for at in range(15)),
    )


def child() -> Document:
    """A boy of 4: weight and legal representative."""
    mother: dict[str, Any] = {"name": {"family": "Durand", "given": ["Anne"]}}
    mother |= {"telecom": [{"system": "phone", "value": "+33 6 00 00 00 01"}]}
    role = {"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "MTH"}
    mother |= {"relationship": [{"text": "mère", "coding": [role]}]}
    return of(
        allergy("arachide", category=["food"], criticality="high"),
        problem("asthme", onsetDateTime="2024"),
        drug("salbutamol 100 microgrammes", "R03AC02", "2 bouffées si besoin, au plus 4 fois par jour"),
        result("poids", "29463-7", 16.5, "kg", "2026-10-01", "vital-signs"),
        patient={"name": [{"family": "DURAND", "given": ["Léo"]}], "gender": "male", "birthDate": "2022-05-14",
                 "contact": [mother]},
    )  # fmt: skip


def pregnancy(term: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A pregnancy and its due date."""
    due = {"resourceType": "Observation", "id": "d", "status": "final", "effectiveDateTime": "2026-05-02"}
    due |= {"code": concept("terme prévu", "11778-8", LOINC), "valueDateTime": term} | SUBJECT
    state = {"resourceType": "Observation", "id": "s", "status": "final", "effectiveDateTime": "2026-05-02"}
    state |= {"code": concept("grossesse", "82810-3", LOINC), "hasMember": [{"reference": "Observation/d"}]} | SUBJECT
    return state | {"valueCodeableConcept": concept("enceinte", "77386006")}, due


def past_term() -> Document:
    """A pregnancy whose due date has passed without news."""
    return of(*pregnancy("2026-11-15"), patient={"birthDate": "1994-02-11"})


def ended() -> Document:
    """Courses that are over: nothing of them is current."""
    return of(
        drug("amoxicilline 1 g", "J01CA04", "1 comprimé matin et soir", status="completed"),
        drug("rivaroxaban 20 mg", "B01AF01", "1 comprimé le soir", status="stopped"),
        drug("prednisone 20 mg", "H02AB07", "1 comprimé le matin", effectivePeriod={"end": "2026-03-01"}),
        drug("paracétamol 1 g", "N02BE01", "si besoin", effectivePeriod={"end": "2026-12-24"}),
        over("pneumonie", "2026-02"),
    )


def uncoded() -> Document:
    """No drug has a code."""
    drugs = [("Eliquis 5 mg", "1 cp matin et soir"), ("tisane du soir", ""), ("Kardegic 75", "1 sachet par jour")]
    return of(*(drug(name, "", text) if text else treatment(name) for name, text in drugs))


def contradiction() -> Document:
    """ "No known allergy" beside an allergy."""
    doubt = status("allergyintolerance-verification", "unconfirmed")
    none = allergy(code=concept("No known allergy", "716186003"))
    return of(none, allergy("latex", verificationStatus=doubt))


def old() -> Document:
    """Nobody has touched it for two years."""
    data = bundle(problem("asthme"), drug("salbutamol", "R03AC02", "si besoin"))
    return read(data.replace(b"2026-10-12", b"2024-10-12"), as_of=TODAY)


def hostile() -> Document:
    """Text that would drive a terminal, a markup parser or the eye."""
    return of(
        allergy("\x1b]0;owned\x07\x1b[2Jlatex[/red] {x}", criticality="high", category=["medication"]),
        allergy("X" * 10_000, criticality="high"),
        problem("normal \u202elamron\u202c <b>bold</b>"),
        problem("漢字" * 30),
        drug("nom " * 2_500, "", "1 comprimé " * 90),
        patient={"name": [{"family": "M" + "\u0301" * 7, "given": ["\x1b[31mJo\n"]}]},
    )


PAGES: dict[str, Callable[[], Document]] = {
    made.__name__: made
    for made in (empty, typical, overfull, child, past_term, ended, uncoded, contradiction, old, hostile)
}


def declared() -> tuple[Shown, ...]:
    """Nobody has signed: the patient says who they are, what they speak, whom to call; one document waits."""
    who = heading.identity(typical().identity, declared=True)
    call = heading.contact("Paul MOREAU", "époux", ["+33 6 00 00 00 00"], ("c" * 32,), trusted=True)
    claimed = [who, heading.language("français", ("b" * 32,)), call, heading.pending(1, ("d" * 32,))]
    return show(lines([], parts(claimed, declared=True)), TODAY, Seen(Signature("", "", "none")))


def signed(made: Document, seen: Seen, as_of: date = TODAY, without: str = "") -> tuple[Shown, ...]:
    """What was signed on TODAY, read from its parts alone on a day, some of them withdrawn."""
    page = summarise(made, as_of=TODAY, reviews=REVIEWS)
    kept = [part for part in parts(page) if not without or without not in json.dumps(part, ensure_ascii=False)]
    return show(lines(kept, parts(page, declared=True)), as_of, seen)


def later() -> tuple[Shown, ...]:
    """Signed when it held, read two years later."""
    made = of(
        allergy("latex", reaction=[{"manifestation": [concept("urticaire")], "severity": "mild"}]),
        drug("apixaban 5 mg", "B01AF02", "1 comprimé matin et soir", effectivePeriod={"end": "2027-03"}),
        drug("ramipril 5 mg", "C09AA05", "1 comprimé le matin"),
        drug("fer 80 mg", "B03AA07", "1 comprimé le matin", effectivePeriod={"start": "2026-12-01"}),
        problem("stent coronaire", onsetDateTime="2026-06-10"),
        problem("zona", abatementDateTime="2026-12-24"),
        *pregnancy("2027-02-15"),
        patient={"birthDate": "1994-02-11"},
    )
    return signed(made, Seen(CHECKED), date(2028, 11, 23))


def different() -> tuple[Shown, ...]:
    """The record gives other lines than the page that was signed."""
    page, record = (parts(summarise(one, as_of=TODAY)) for one in (typical(), child()))
    return signed(typical(), Seen(CHECKED, difference=differences(page, record), older=True, pending=2))


def withdrawn() -> tuple[Shown, ...]:
    """The patient took the allergies off the page."""
    return signed(typical(), Seen(CHECKED, withdrawn=2), without='"allergies"')


def wrong() -> tuple[Shown, ...]:
    """The signature is false: every line of the page is in doubt."""
    return signed(typical(), Seen(Signature("Dr A. PETIT", "2026-11-23", "failed")))


def unchecked() -> tuple[Shown, ...]:
    """Nobody here can judge the signature."""
    return signed(child(), Seen(Signature("Dr A. PETIT", "2026-11-23", "not-checked")))


SCENES: dict[str, Callable[[], tuple[Shown, ...]]] = {
    made.__name__: made for made in (declared, later, different, withdrawn, wrong, unchecked)
}


def page(name: str) -> tuple[Shown, ...]:
    """The lines of one golden page."""
    if name in SCENES:
        return SCENES[name]()
    if name == "typical":
        return signed(typical(), Seen(Signature("Dr A. PETIT", "2026-10-12", "demonstration"), fictional=True))
    return show(summarise(PAGES[name](), as_of=TODAY), TODAY)


ALL = [*PAGES, *SCENES]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_golden(name: str, lang: Lang, width: int, height: int) -> None:
    """The page is exactly the one that was read by eye. BALADEUR_GOLDEN=write makes them anew."""
    made = render(page(name), lang, width, height)
    path = GOLDEN / f"{name}.{lang}.{width}x{height}.txt"
    if os.environ.get("BALADEUR_GOLDEN") == "write":
        path.write_text(made, "utf-8")
    assert made == path.read_text("utf-8")


def columns(row: str) -> int:
    """Columns of a terminal, counted here without the program."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in row)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("width", "height"), [*SIZES, (60, 20), (100, 30)])
def test_nothing_is_wider_or_drives_the_terminal(name: str, lang: Lang, width: int, height: int) -> None:
    """Every row fits, holds printable characters only, and every screen after the first names the patient."""
    made = page(name)
    who = next(line.name.of(lang) for line in made if line.block is Block.BANNER)
    for at, screen in enumerate(screens(made, lang, width, height)):
        assert all(columns(row) <= width for row in screen)
        assert len(screen) <= height
        assert all(char.isprintable() for row in screen for char in row)
        assert at == 0 or screen[0][1:6] == who[:5]


@pytest.mark.parametrize("name", [name for name in ALL if name != "hostile"])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("width", "height"), [*SIZES, (100, 30)])
def test_critical_names_are_on_the_first_screen(name: str, lang: Lang, width: int, height: int) -> None:
    """Whatever gives way, the name of a critical item does not."""
    made = page(name)
    first = " ".join(" ".join(screens(made, lang, width, height)[0]).split())
    critical = [line.name.of(lang) for line in made if line.level is Level.CRITICAL and line.block is not Block.BANNER]
    assert all(name in first for name in critical)
    assert len(critical) >= (12 if name == "overfull" else 0)


@pytest.mark.parametrize("name", [name for name in ALL if name != "hostile"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_line_is_somewhere_and_counts_are_right(name: str, width: int, height: int) -> None:
    """What the first screen leaves out it counts, and a later screen shows."""
    made = page(name)
    first, *rest = screens(made, "fr", width, height)
    rows = [*first, *(row for screen in rest for row in screen[2:])]
    cut = [row.partition("│") for row in rows]
    text = "".join("".join(left for left, *_ in cut).split()) + "".join("".join(right for *_, right in cut).split())
    for line in made:
        assert "".join(line.name.fr.split()).replace("?", "") in text.replace("?", ""), line.name.fr


@pytest.mark.parametrize("name", ALL)
def test_dosage_is_not_folded(name: str) -> None:
    """At any width the dosage stands on one row, or the line says where it is."""
    made = page(name)
    for width in (60, *range(70, 130, 7)):
        rows = [row for screen in screens(made, "fr", width, 24) for row in screen]
        for line in made:
            if line.block is Block.TREATMENTS:
                found = any(line.detail.fr in row for row in rows)
                assert found or (
                    columns(line.detail.fr) > width - 30 and any("posologie longue" in row for row in rows)
                )


@pytest.mark.parametrize("name", ["wrong", "unchecked", "declared", "typical"])
def test_what_nobody_vouches_for_has_its_mark(name: str) -> None:
    """A question mark in the first column: on every line of a page in doubt, on declared lines always."""
    first = screens(page(name), "fr")[0]
    marked = [row for row in first if row.startswith("?")]
    bare = [row for row in first if row.startswith(" ") and not row.startswith((" !! SIGNATURE", " !! NON", " >>"))]
    assert marked
    if name in ("wrong", "unchecked"):
        assert bare == []
    elif name == "typical":
        assert [row.split()[0] for row in marked] == ["?DÉCLARÉ,"]
    else:
        assert not any("MOREAU" in row for row in bare)
