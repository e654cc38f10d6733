"""One test per rule and level; and that an alert says no more than its source."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.record.alerts import MARKS, RULES, Alert, Level, alerts, is_reviewed, uncoded, version
from baladeur.record.medicines import table
from baladeur.record.model import Entry, Place
from baladeur.record.rules import rule_of_atc
from tests.record.documents import SNOMED, TODAY, Json, allergy, concept, document, problem, section, status, treatment

ATC = "http://www.whocc.no/atc"
ICD = "http://hl7.org/fhir/sid/icd-10"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
SUBJECT = {"reference": "Patient/p"}


def of(*resources: Json, **more: Any) -> tuple[Alert, ...]:
    """The alerts of a small document."""
    return alerts(document(*resources, **more).entries, TODAY)


def seen(*resources: Json, **more: Any) -> list[tuple[str, str, str]]:
    """Level, rule and marks of each."""
    return [(str(one.level), one.rule, " ".join(one.marks)) for one in of(*resources, **more)]


def drug(words: str, atc: str = "", **more: Any) -> Json:
    return treatment(words, **{"medicationCodeableConcept": concept(words, atc, ATC), **more})


def reaction(*words: str, **more: Any) -> list[Json]:
    return [{"manifestation": [{"text": one} for one in words], **more}]


def procedure(words: str, code: str = "", system: str = SNOMED, **more: Any) -> Json:
    return {
        "resourceType": "Procedure",
        "status": "completed",
        "code": concept(words, code, system),
        "subject": SUBJECT,
        **more,
    }


def device(words: str, code: str = "", **more: Any) -> Json:
    named = {"type": concept(words, code), "patient": SUBJECT, "status": "active"}
    return {"resourceType": "Device", **named, **more}


def flag(words: str, code: str = "", system: str = SNOMED, **more: Any) -> Json:
    named = {"code": concept(words, code, system), "subject": SUBJECT, "status": "active"}
    return {"resourceType": "Flag", **named, **more}


def observation(loinc: str, on: str, **more: Any) -> Json:
    code = concept("grossesse", loinc, "http://loinc.org")
    when = {"effectiveDateTime": on} if on else {}
    return {"resourceType": "Observation", "status": "final", "code": code, "subject": SUBJECT, **when, **more}


def pregnant(on: str, code: str = "77386006", words: str = "enceinte") -> Json:
    return observation("82810-3", on, valueCodeableConcept=concept(words, code))


def due(day: str, on: str = "2026-10-01") -> Json:
    return observation("11778-8", on, valueDateTime=day)


MED = {"category": ["medication"]}
FOOD = {"category": ["food"]}
SEVERITY = [
    (allergy("pénicillines", reaction=reaction("choc", severity="severe"), **MED), "!!", "allergy.severe", ""),
    (allergy("arachide", reaction=reaction("toux", severity="severe"), **FOOD), "!!", "allergy.severe", ""),
    (allergy("latex", criticality="high", category=["environment"]), "!!", "allergy.high", ""),
    (allergy("noix", reaction=reaction("œdème de Quincke"), **FOOD), "!!", "allergy.reaction", "severity-unknown"),
    (allergy("morphine", **MED), "!!", "allergy.drug-unknown", "severity-unknown"),
    (allergy("morphine", criticality="unable-to-assess", **MED), "!!", "allergy.drug-unknown", "severity-unknown"),
    (allergy("amoxicilline"), "!!", "allergy.unknown", "kind-unknown severity-unknown"),
    (allergy("vaccin", category=["biologic"]), "!!", "allergy.unknown", "severity-unknown"),
    (allergy("codéine", reaction=reaction("nausées", severity="mild"), **MED), "!", "allergy.drug", ""),
    (allergy("codéine", criticality="low", **MED), "!", "allergy.drug", ""),
    (allergy("arachide", **FOOD), "!", "allergy.other", "severity-unknown"),
    (allergy("pollen de bouleau"), "!", "allergy.other", "severity-unknown"),
    (allergy("acariens", criticality="low", category=["environment"]), "·", "allergy.mild", ""),
    (allergy("kiwi", reaction=reaction("prurit", severity="mild"), **FOOD), "·", "allergy.mild", ""),
]


@pytest.mark.parametrize(("resource", "level", "rule", "marks"), SEVERITY)
def test_allergy(resource: Json, level: str, rule: str, marks: str) -> None:
    assert seen(resource) == [(level, rule, marks)]


def test_unknown_severity_says_so_and_keeps_the_words() -> None:
    (one,) = of(allergy("morphine", reaction=reaction("prurit", "nausées"), **MED))
    assert one.words("fr") == "ALLERGIE MÉDICAMENTEUSE : morphine — prurit, nausées (gravité non précisée)"
    assert one.words("en") == "DRUG ALLERGY: morphine — prurit, nausées (severity not stated)"


def test_an_intolerance_is_not_called_an_allergy() -> None:
    (one,) = of(allergy("tramadol", type="intolerance", **MED))
    assert one.head("fr") == "INTOLÉRANCE MÉDICAMENTEUSE"
    assert one.head("en") == "DRUG INTOLERANCE"


def test_no_known_allergy_is_no_alert() -> None:
    assert of(allergy("aucune allergie connue", code=concept("aucune", "716186003"))) == ()


DRUG_RULES = [rule for rule in RULES.values() if rule.atc]


@pytest.mark.parametrize(("rule", "prefix"), [(rule, prefix) for rule in DRUG_RULES for prefix in rule.atc])
def test_drug_by_code(rule: Any, prefix: str) -> None:
    """Each prefix of each row, whatever the words say."""
    assert re.fullmatch(r"[A-Z][0-9]{2}(?:[A-Z]{1,2}(?:[0-9]{2})?)?", prefix)
    assert seen(drug("mots de la source", prefix)) == [(str(rule.level), rule.key, "")]


NAMED = sorted({f"drug.{row['class']}": row for row in table("high_risk")["drugs"]}.items())


@pytest.mark.parametrize(("rule", "row"), NAMED)
def test_drug_by_name(rule: str, row: dict[str, Any]) -> None:
    """Each class without a code: same level, and the page says how it was found."""
    assert seen(drug(row["inn_fr"])) == [(str(RULES[rule].level), rule, "by-name")]


def test_every_class_has_a_rule_and_every_code_of_a_drug_its_class() -> None:
    """Codes and names must not disagree."""
    for row in table("high_risk")["drugs"]:
        rules = {rule_of_atc(code) for code in row["atc"]}
        assert f"drug.{row['class']}" in rules, row["inn_en"]
        assert "" not in rules, row["inn_en"]
    assert {f"drug.{row['class']}" for row in table("high_risk")["class_words"]} <= RULES.keys()


@pytest.mark.parametrize(
    ("words", "atc", "expected"),
    [
        ("ELIQUIS 5 mg", "B01AF02", [("!!", "drug.anticoagulant", "")]),
        ("ELIQUIS 5 mg", "A02BC01", [("!!", "drug.anticoagulant", "by-name")]),
        ("Aspirine 500", "N02BA01", []),
        ("Aspirine 100", "B01AC06", [("!", "drug.antiplatelet", "")]),
        ("Hydrocortisone", "D07AA02", []),
        ("dexaméthasone collyre", "", []),
        ("tacrolimus", "D11AH01", []),
        ("kétoconazole", "H02CA03", [("!", "drug.antiadrenal", "")]),
        ("lévétiracétan 500", "", [("!", "drug.antiepileptic", "by-name misspelt")]),
        ("Previscan arrêté", "", [("·", "drug.anticoagulant", "by-name denied")]),
        ("Previscan arrêté", "B01AA12", [("!!", "drug.anticoagulant", "")]),
        ("paracétamol 1 g", "N02BE01", []),
        ("Plavix + Eliquis", "", [("!!", "drug.anticoagulant", "by-name"), ("!", "drug.antiplatelet", "by-name")]),
        ("DUOPLAVIN", "B01AC30", [("!", "drug.antiplatelet", "")]),
        ("voie orale", "b01af02", [("!!", "drug.anticoagulant", "")]),
        ("Eliquis", "pas un code", [("!!", "drug.anticoagulant", "by-name")]),
    ],
)
def test_drug(words: str, atc: str, expected: list[tuple[str, str, str]]) -> None:
    assert seen(drug(words, atc)) == expected


def test_a_code_of_another_system_is_no_atc() -> None:
    assert seen(treatment("x", medicationCodeableConcept=concept("mots", "B01AF02", RXNORM))) == []
    oid = concept("mots", "B01AF02", "urn:oid:2.16.840.1.113883.6.73")
    assert [rule for _, rule, _ in seen(treatment("x", medicationCodeableConcept=oid))] == ["drug.anticoagulant"]


def test_a_doubtful_treatment_alerts_to_be_confirmed() -> None:
    (one,) = of(drug("Eliquis", status="unknown"))
    assert one.marks == ("by-name", "to-confirm")
    assert one.by_name
    assert one.words("fr") == "ANTICOAGULANT : Eliquis (reconnu par son nom ; à confirmer)"


def test_the_same_words_twice_are_one_alert_with_two_sources() -> None:
    (one,) = of(drug("Eliquis 5 mg", "B01AF02"), drug("ELIQUIS 5 mg", "B01AF02"))
    assert len(one.sources) == 2


def test_uncoded_treatments_are_counted() -> None:
    found = document(
        drug("tisane de la tante"),
        treatment("x", medicationCodeableConcept=concept("metoprolol", "866414", RXNORM)),
        drug("indéterminé", "N02"),
        drug("ramipril", "C09AA05"),
        drug("Eliquis"),
        drug("Previscan arrêté"),
        drug("vieux remède", status="stopped"),
        treatment("aucun", medicationCodeableConcept=concept("aucun traitement", "787481004")),
    ).entries
    assert len(uncoded(found)) == 3
    assert uncoded([]) == ()


STATES = [
    (row, system, code)
    for name in ("devices", "conditions")
    for row in table(name)["rows"]
    for system, codes in ((ICD, row["icd10"]), (SNOMED, row["snomed"]))
    for code in codes
]
DATED = {"pregnancy.problem": {"onsetDateTime": "2026-08"}}


@pytest.mark.parametrize(("row", "system", "code"), STATES)
def test_state_by_code(row: dict[str, Any], system: str, code: str) -> None:
    rule = row["rule"]
    written = code if system == SNOMED or len(code) < 4 else f"{code[:3]}.{code[3:]}"
    coded = problem("mots", code=concept("mots", written, system), **DATED.get(rule, {}))
    assert seen(coded) == [(str(RULES[rule].level), rule, "")]


NAMES = [
    (row["rule"], name) for kind in ("devices", "conditions") for row in table(kind)["rows"] for name in row["names"]
]


@pytest.mark.parametrize(("rule", "name"), NAMES)
def test_state_by_name(rule: str, name: str) -> None:
    assert (str(RULES[rule].level), rule, "by-name") in seen(problem(f"{name.capitalize()} (2024)"))
    assert rule not in {found for _, found, _ in seen(problem(f"pas de {name}"))}


UNLESS = [
    (r["rule"], r["names"][0], w) for k in ("devices", "conditions") for r in table(k)["rows"] for w in r["unless"]
]


@pytest.mark.parametrize(("rule", "name", "word"), UNLESS)
def test_state_unless(rule: str, name: str, word: str) -> None:
    assert rule not in {found for _, found, _ in seen(problem(f"{name}, {word}"))}


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (device("Stimulateur cardiaque", "14106009"), [("!!", "device.pacemaker", "")]),
        (device("Pacemaker Medtronic"), [("!!", "device.pacemaker", "by-name")]),
        (device("Lecteur de glycémie"), [("·", "device.other", "")]),
        (device("Pacemaker", status="inactive"), []),
        (procedure("Pose de pacemaker", "307280005"), [("!!", "device.pacemaker", "act-done")]),
        (procedure("Ablation du pacemaker"), []),
        (procedure("Pose de pacemaker", status="not-done"), []),
        (procedure("Pose de pacemaker", status="preparation"), []),
        (procedure("Splénectomie"), [("!!", "condition.asplenia", "by-name")]),
        (procedure("Remplacement valvulaire mécanique"), [("!", "device.valve", "by-name act-done")]),
        (procedure("Valve mécanique aortique"), [("!!", "device.mechanical-valve", "by-name act-done")]),
        (procedure("Hémodialyse", "302497006"), []),
        (procedure("Hémodialyse", "302497006", status="in-progress"), [("!!", "condition.dialysis", "")]),
        (procedure("Stent", performedDateTime="2026-03"), [("!!", "device.stent-recent", "by-name act-done")]),
        (procedure("Stent", performedDateTime="2019"), [("!", "device.stent", "by-name act-done")]),
        (procedure("Stent"), [("!", "device.stent", "by-name act-done")]),
        (procedure("Appendicectomie"), []),
        (problem("Suspicion d’insuffisance surrénale"), [("!!", "condition.adrenal", "by-name to-confirm")]),
        (problem("Hémophilie familiale chez la mère"), []),
        (
            problem("Défibrillateur", code=concept("Défibrillateur", "Z95.0", ICD)),
            [("!!", "device.defibrillator", "by-name")],
        ),
        (flag("Ne pas perfuser le bras gauche"), [("!", "flag.active", "")]),
        (flag("Intubation difficile", "718447001"), [("!!", "condition.airway", "")]),
        (flag("Ancienne vigilance", status="inactive"), []),
    ],
)
def test_state(resource: Json, expected: list[tuple[str, str, str]]) -> None:
    assert seen(resource) == expected


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ([pregnant("2026-09-01"), due("2027-03-20")], [("!!", "pregnancy.current", "", "2027-03-20")]),
        ([pregnant("2026-09-01")], [("!!", "pregnancy.current", "", "")]),
        ([due("2026-11-10")], [("!!", "pregnancy.current", "to-confirm", "2026-11-10")]),
        ([pregnant("2025-09"), due("2026-03", "2025-09")], [("·", "pregnancy.past-term", "to-confirm", "2026-03")]),
        ([pregnant("2019-01-01")], [("·", "pregnancy.past-term", "to-confirm", "")]),
        ([pregnant("2026-05"), pregnant("2026-10", "60001007", "non")], []),
        (
            [pregnant("2026-05"), pregnant("2026-05", "60001007", "non")],
            [("!!", "pregnancy.current", "to-confirm", "")],
        ),
        ([pregnant("2026-09", "146799005", "possible")], [("!!", "pregnancy.current", "to-confirm", "")]),
        ([pregnant("2026-09", "x", "Enceinte")], [("!!", "pregnancy.current", "", "")]),
        ([pregnant("2026-09", "261665006", "inconnu")], []),
        ([problem("Grossesse", onsetDateTime="2026-07")], [("!!", "pregnancy.problem", "by-name", "")]),
        ([problem("Grossesse", onsetDateTime="2020")], [("·", "pregnancy.past-term", "by-name to-confirm", "")]),
    ],
)
def test_pregnancy(resources: list[Json], expected: list[tuple[str, str, str, str]]) -> None:
    assert [(str(a.level), a.rule, " ".join(a.marks), a.due) for a in of(*resources)] == expected


def test_the_loudest_come_first() -> None:
    found = of(drug("tramadol"), flag("vigilance"), drug("Eliquis"), allergy("pénicilline", **MED))
    assert [str(one.level) for one in found] == ["!!", "!!", "!", "·"]
    assert [one.kind for one in found] == ["allergy", "drug", "flag", "drug"]


def test_every_rule_was_raised() -> None:
    """No row of the table is dead, and none is raised that is not in it."""
    everything = [one[0] for one in SEVERITY] + [drug("x", rule.atc[0]) for rule in DRUG_RULES]
    everything += [problem(f"{name} {at}") for at, (_, name) in enumerate(NAMES)]
    everything += [
        device("fauteuil"),
        flag("vigilance"),
        pregnant("2026-09"),
        procedure("Stent", performedDateTime="2026-03"),
    ]
    rules = {one.rule for one in of(*everything)} | {one.rule for one in of(problem("Enceinte", onsetDateTime="2020"))}
    assert rules == RULES.keys()


def test_rules_are_listed_and_unreviewed() -> None:
    for rule in RULES.values():
        assert rule.why
        assert rule.reviewed_by
        assert all(rule.head.values())
    assert not is_reviewed()
    assert version().startswith("rules ")


def test_repr_is_quiet() -> None:
    assert "Eliquis" not in repr(of(drug("Eliquis")))


# ---------------------------------------------------------------- properties

RESOURCES: list[Json] = [
    drug("Eliquis 5 mg"),
    drug("mots", "A10AE04"),
    allergy("pénicilline", reaction=reaction("choc"), **MED),
    problem("Greffe rénale"),
    problem("mots", code=concept("mots", "Z95.0", ICD)),
    procedure("Splénectomie"),
    procedure("Pose de pacemaker", "307280005"),
    device("Implant cochléaire"),
    flag("vigilance"),
    pregnant("2026-09-01"),
    due("2027-01-01"),
    observation("11778-8", "2026-09", valueDateTime="9999-12-31"),
]
ENTRIES = document(*RESOURCES).entries


def own_words(entries: Iterable[Entry], alert: Alert) -> set[str]:
    """All that the alert's sources say of themselves."""
    found: set[str] = {""}
    for entry in (one for one in entries if one.key in alert.sources):
        signs = dict.fromkeys(sign for one in entry.reactions for sign in one.manifestations)
        found |= {entry.words, " — ".join(part for part in (entry.words, ", ".join(signs)) if part)}
        found |= {entry.value.text} if entry.value else set()
    return found


@given(st.data())
def test_an_alert_says_no_more_than_its_source(data: st.DataObject) -> None:
    """Class word, the entry's own words, and marks of the closed list: nothing else, in both languages."""
    chosen = data.draw(st.lists(st.sampled_from(ENTRIES), unique_by=lambda one: one.key))
    words = data.draw(st.text(max_size=40))
    varied = [replace(one, words=one.words + words, place=data.draw(st.sampled_from(Place))) for one in chosen]
    for alert in alerts(varied, TODAY):
        assert alert.label in own_words(varied, alert)
        assert set(alert.sources) <= {one.key for one in varied}
        for lang, colon, join in (("fr", " : ", " ; "), ("en", ": ", "; ")):
            said = alert.words(lang)  # type: ignore[arg-type]
            head = alert.head(lang)  # type: ignore[arg-type]
            marks = join.join(MARKS[mark][lang] for mark in alert.marks)  # type: ignore[index]
            assert said == head + (colon + alert.label if alert.label else "") + (f" ({marks})" if marks else "")
            assert head in {rule.head[lang] for rule in RULES.values()}  # type: ignore[index]


@given(st.lists(st.sampled_from(ENTRIES)), st.sampled_from([Place.PAST, Place.STOPPED, Place.NEVER]))
def test_no_alert_from_a_line_that_is_not_current(chosen: list[Entry], place: Place) -> None:
    """Save acts that were done and stay."""
    moved = [replace(one, place=place, rule="any") for one in chosen]
    assert alerts(moved, TODAY) == ()


@given(st.lists(st.sampled_from(ENTRIES)), st.dates(min_value=date(1990, 1, 1)))
def test_doubt_is_always_said(chosen: list[Entry], as_of: date) -> None:
    for alert in alerts([replace(one, place=Place.TO_CONFIRM) for one in chosen], as_of):
        assert "à confirmer" in alert.words("fr")
        assert "to be confirmed" in alert.words("en")
        assert alert.level in Level


@pytest.mark.parametrize("resource", RESOURCES[:4])
def test_nothing_from_what_does_not_count(resource: Json) -> None:
    """Refuted, mistaken, over, of the family, of somebody else."""
    type_ = resource["resourceType"]
    wrong: list[Json] = [
        {**resource, "subject": {"reference": "RelatedPerson/m"}, "patient": {"reference": "RelatedPerson/m"}}
    ]
    if type_ == "MedicationStatement":
        wrong += [
            {**resource, "status": s} for s in ("stopped", "completed", "not-taken", "intended", "entered-in-error")
        ]
    else:
        kind = {"AllergyIntolerance": "allergyintolerance", "Condition": "condition"}[type_]
        short = {"AllergyIntolerance": "verification", "Condition": "ver-status"}[type_]
        wrong += [{**resource, "clinicalStatus": status(f"{kind}-clinical", s)} for s in ("inactive", "resolved")]
        wrong += [
            {**resource, "verificationStatus": status(f"{kind}-{short}", s)} for s in ("refuted", "entered-in-error")
        ]
    relative = {"resourceType": "RelatedPerson", "id": "m"}
    for one in wrong:
        assert of(one, relative) == ()
    assert of({**resource, "id": "f"}, sections=[section("10157-6", f"{type_}/f")]) == ()
