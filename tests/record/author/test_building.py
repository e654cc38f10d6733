"""Forms to resources and back: what every form makes is whole, and a correction touches what was typed only."""

import json
from datetime import date
from typing import Any

import pytest

from baladeur.errors import AuthoredRefused, FormRefused, LineRefused
from baladeur.record import author, fhir, scan
from baladeur.record.author import Coded, Kind
from baladeur.record.author.building import checked
from baladeur.record.check import check_resource
from baladeur.record.dosage import words
from baladeur.record.fhir import Kept
from baladeur.record.model import Entry

TODAY = date(2026, 11, 24)
PATIENT = "urn:uuid:11111111-1111-4111-8111-111111111111"
WHO = b'{"resourceType":"Patient","name":[{"family":"X"}],"birthDate":"1961-03-04"}'
ATC = "http://www.whocc.no/atc"
ICD10 = "http://hl7.org/fhir/sid/icd-10"

CREATININE = Coded("Créatinine", "http://loinc.org", "14682-9")
CASES: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "allergy",
        {"substance": Coded("Pénicillines", ATC, "J01C"), "reaction": "choc", "severity": "grave", "since": "2014"},
        "current",
        "Pénicillines",
    ),
    ("allergy", {"substance": "kiwi", "criticality": "high", "verification": "unconfirmed"}, "to-confirm", "kiwi"),
    ("problem", {"problem": Coded("Diabète", ICD10, "E11"), "since": "2009"}, "current", "Diabète"),
    ("problem", {"problem": "otite", "since": "02/2010", "until": "03/2010", "severity": "moderate"}, "past", "otite"),
    (
        "treatment",
        {"drug": Coded("metformine", ATC, "A10BA02"), "strength": "1 g", "dose": "1 comprimé", "when": "matin soir"},
        "current",
        "metformine 1 g",
    ),
    ("treatment", {"drug": "sirop", "dosage": "une cuillère le soir", "since": "2026"}, "current", "sirop"),
    ("treatment", {"drug": "sirop", "until": "2025-01"}, "past", "sirop"),
    ("procedure", {"procedure": "Appendicectomie"}, "past", "Appendicectomie"),
    ("procedure", {"procedure": "Appendicectomie", "date": "1979", "site": "fosse iliaque"}, "past", "Appendicectomie"),
    ("vaccination", {"vaccine": "Repevax", "lot": "A12", "number": "2"}, "past", "Repevax"),
    ("vaccination", {"vaccine": "Repevax", "date": "2020-05-01", "route": "Voie intramusculaire"}, "past", "Repevax"),
    ("result", {"analyte": CREATININE, "value": "128,0 µmol/L", "low": "45", "high": "84"}, "current", "Créatinine"),
    ("result", {"analyte": "Frottis", "value": "négatif", "date": "2026-09-02"}, "current", "Frottis"),
    ("result", {"analyte": "CRP", "value": "<5 mg/L", "performer": "Labo"}, "current", "CRP"),
    ("device", {"device": "Stimulateur", "model": "M1", "serial": "S9", "since": "2019"}, "current", "Stimulateur"),
    ("note", {"title": "Consultation", "text": "vu ce jour\nTA 13/8", "date": "2026-11-20"}, "current", "Consultation"),
]  # fmt: skip


def read(content: bytes) -> Entry:
    """The line that a resource makes beside its patient."""
    return fhir.assemble([Kept("k", "", content), Kept("p", "", WHO, also=PATIENT)], as_of=TODAY).entries[0]


def build(kind: str, values: dict[str, Any]) -> bytes:
    return author.build(kind, values, patient=PATIENT, today=TODAY)


@pytest.mark.parametrize(("kind", "values", "place", "said"), CASES)
def test_every_form_makes_a_line_without_a_fault(kind: str, values: dict[str, Any], place: str, said: str) -> None:
    """Two judges, the reader of the record, and the form itself agree on what was written."""
    content = build(kind, values)
    author.refuse(content)
    assert [one.key for one in check_resource(content) if one.severity != "note"] == []
    entry = read(content)
    assert (str(entry.place), entry.words) == (place, said)
    back, shown = author.read(content)
    assert back == kind
    assert scan.parse(author.amended(content, shown, today=TODAY)) == scan.parse(content)


def test_every_form_has_a_case() -> None:
    """A form that nobody tries is a form that does not work."""
    assert {kind for kind, *_ in CASES} == {one.kind for one in author.FORMS if one.is_resource}


def test_numbers_stay_as_they_were_typed() -> None:
    """A trailing zero is a statement about precision."""
    content = build("result", {"analyte": "CRP", "value": "<5,00 mg/L"})
    assert b'"value":5.00,' in content
    assert b'"comparator":"<"' in content
    assert b'"value":2.50,' in build("treatment", {"drug": "x", "dose": "2,50 mg"})
    assert b'"value":1000,' in build("treatment", {"drug": "x", "dose": "1 000 mg"})


def test_free_text_has_no_code() -> None:
    """What has no code is text, and says so by having none."""
    assert b'"medicationCodeableConcept":{"text":"tisane"}' in build("treatment", {"drug": "tisane"})
    assert read(build("treatment", {"drug": "tisane"})).codings == ()


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    """An unknown date is not a date that was left out."""
    for kind, values in (("procedure", {"procedure": "x"}), ("device", {"device": "x"}), ("treatment", {"drug": "x"})):
        assert b'"valueCode":"unknown"' in build(kind, values)


def test_dose_and_rhythm_are_worded_in_every_language() -> None:
    """What is in the structure needs no translation."""
    dosage = read(build("treatment", {"drug": "x", "dose": "500 mg", "rhythm": "2/d", "dosage": "au repas"})).dosage
    assert words(dosage, "fr").words == "500 mg, 2 fois par jour, consigne : au repas"
    assert words(dosage, "en").words == "500 mg, 2 times a day, instruction: au repas"


FAULTS = [
    ("treatment", {}, "drug", "required"),
    ("treatment", {"drug": "x", "since": "31/02/2026"}, "since", "date"),
    ("treatment", {"drug": "x", "since": "2026-03", "until": "2026-02-01"}, "until", "order"),
    ("treatment", {"drug": "x", "dose": "beaucoup"}, "dose", "quantity"),
    ("treatment", {"drug": "x", "dose": "500"}, "dose", "quantity"),
    ("treatment", {"drug": "x", "rhythm": "souvent"}, "rhythm", "choice"),
    ("treatment", {"drug": "x", "rhythm": "2/d", "when": "MORN"}, "when", "when"),
    ("treatment", {"drug": "x", "rhythm": "1/8h", "when": "MORN"}, "when", "when"),
    ("treatment", {"drug": "x", "needed": "peut-être"}, "needed", "flag"),
    ("treatment", {"drug": "x\u202e"}, "drug", "text"),
    ("treatment", {"drug": "x" * 400}, "drug", "text"),
    ("treatment", {"drug": "x", "colour": "red"}, "colour", "unknown"),
    ("allergy", {"substance": "x", "since": "2030"}, "since", "future"),
    ("allergy", {"substance": "x", "severity": "severe"}, "severity", "together"),
    ("result", {"analyte": "x", "value": "5"  "mg\x1b[31m"}, "value", "text"),
    ("contact", {"name": "x"}, "phone", "required"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "values", "field", "key"), FAULTS)
def test_a_fault_names_its_field_in_words(kind: str, values: dict[str, str], field: str, key: str) -> None:
    """One fault, one sentence, in both languages, and nothing is built."""
    with pytest.raises(FormRefused) as refused:
        checked(kind, values, today=TODAY)
    assert [(one.field, one.key) for one in refused.value.faults] == [(field, key)]
    for language in ("fr", "en"):
        said = refused.value.faults[0].sentence(language)
        assert "{" not in said
        assert len(said) > 10


def test_all_faults_come_at_once() -> None:
    """Nobody corrects a form one refusal at a time."""
    with pytest.raises(FormRefused) as refused:
        checked("treatment", {"dose": "x", "since": "x", "rhythm": "x"}, today=TODAY)
    assert {one.field for one in refused.value.faults} == {"drug", "dose", "since", "rhythm"}


def test_choices_are_told_by_code_or_word() -> None:
    """In any case, with or without accents."""
    for typed in ("severe", "GRAVE", "grave"):
        assert (
            checked("allergy", {"substance": "x", "reaction": "y", "severity": typed}, today=TODAY)["severity"]
            == "severe"
        )
    assert checked("treatment", {"drug": "x", "when": "Matin, coucher"}, today=TODAY)["when"] == ("MORN", "HS")


@pytest.mark.parametrize(
    ("typed", "day"),
    [("12/10/2026", "2026-10-12"), ("1/2/2026", "2026-02-01"), ("10/2026", "2026-10"), ("2026", "2026"),
     ("2026-10-12", "2026-10-12"), ("auj", "2026-11-24"), ("hier", "2026-11-23"), ("Aujourd\u2019hui", "2026-11-24")],
)  # fmt: skip
def test_dates_as_people_write_them(typed: str, day: str) -> None:
    """The day first, as in France; partial dates stay partial."""
    assert checked("problem", {"problem": "x", "since": typed}, today=TODAY)["since"] == day


def test_a_correction_leaves_the_rest_alone() -> None:
    """Unknown elements, further codings and other notes of a foreign resource survive; numbers too."""
    foreign = json.loads(build("treatment", {"drug": "x", "dose": "1 mg", "note": "un"}))
    foreign |= {"id": "a1", "meta": {"versionId": "7", "profile": ["http://example.org/p"]}}
    foreign["extension"] = [{"url": "http://example.org/e", "valueDecimal": 0.5}]
    foreign["note"].append({"text": "deux"})
    foreign["text"] = {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">x</div>'}
    data = json.dumps(foreign).replace("0.5", "0.50").encode()
    new = author.amended(data, {"note": "trois"}, today=TODAY)
    assert b"0.50" in new
    made = json.loads(new)
    assert made["note"] == [{"text": "trois"}, {"text": "deux"}]
    assert made["meta"] == {"profile": ["http://example.org/p"]}
    assert "text" not in made
    assert {k: made[k] for k in ("id", "dosage", "medicationCodeableConcept")} == {
        k: foreign[k] for k in ("id", "dosage", "medicationCodeableConcept")
    }


def test_a_new_dose_beside_old_words_is_refused() -> None:
    """`5 mg` beside `1 comprimé de 2,5 mg` would be two dosages."""
    content = build("treatment", {"drug": "x", "dosage": "1 comprimé de 2,5 mg"})
    with pytest.raises(FormRefused) as refused:
        author.amended(content, {"dose": "5 mg"}, today=TODAY)
    assert refused.value.faults[0].key == "words"
    made = author.amended(content, {"dose": "5 mg", "dosage": ""}, today=TODAY)
    assert words(read(made).dosage, "fr").words == "5 mg, rythme non indiqué"


def test_a_dosage_that_the_form_cannot_say_is_shown_in_words() -> None:
    """Nothing of it is lost by a correction of something else."""
    resource = json.loads(build("treatment", {"drug": "x", "dose": "1 mg"}))
    resource["dosage"][0]["maxDosePerLifetime"] = {"value": 9, "unit": "mg"}
    _, shown = author.read(json.dumps(resource).encode())
    assert "dose" not in shown
    assert "9 mg" in str(shown["dosage"])
    kept = json.loads(author.amended(json.dumps(resource).encode(), {"note": "n"}, today=TODAY))
    assert kept["dosage"] == resource["dosage"]


def test_a_type_without_a_form_is_refused() -> None:
    """A flag has no form; it is not turned into something else."""
    with pytest.raises(LineRefused):
        author.read(b'{"resourceType":"Flag","status":"active"}')


def test_fields_have_labels_and_choices() -> None:
    """A screen shows them as they are."""
    for form in author.FORMS:
        assert len({one.name for one in form.fields}) == len(form.fields)
        for one in form.fields:
            assert one.fr
            assert one.en
            assert bool(one.choices) == (one.kind in (Kind.CHOICE, Kind.CHOICES))


def test_a_broken_resource_of_ours_is_refused_with_its_findings() -> None:
    """The checker has the last word."""
    content = build("treatment", {"drug": "x"}).replace(b'"status":"active"', b'"status":"actif"')
    with pytest.raises(AuthoredRefused) as refused:
        author.refuse(content)
    assert [(one.key, one.where) for one in refused.value.findings] == [("binding", "MedicationStatement.status")]


def test_the_faults_of_others_do_not_keep_a_drug_from_being_stopped() -> None:
    """What was wrong before is not held against the new version; what is newly wrong is."""
    content = build("treatment", {"drug": "x"})
    foreign = content[:-1] + b',"basedOn":{"reference":"x"}}'
    assert [one.key for one in check_resource(foreign) if one.severity == "error"]
    author.refuse_new(author.ended(foreign, "2026-10-12", "", today=TODAY), foreign)
    with pytest.raises(AuthoredRefused):
        author.refuse_new(foreign.replace(b'"active"', b'"actif"'), foreign)


def _built(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(author.build(kind, values, patient=PATIENT, today=TODAY))
    return made


@pytest.mark.parametrize("typed", ["1,000 mg", "1.000 mg", "10,000 UI", "2.500 mg"])
def test_a_number_that_reads_in_two_ways_is_asked_again(typed: str) -> None:
    """A thousand for some, one for others: metformin 1 mg where 1000 was meant."""
    with pytest.raises(FormRefused) as refused:
        author.build("treatment", {"drug": "metformine", "dose": typed}, patient=PATIENT, today=TODAY)
    assert [one.key for one in refused.value.faults] == ["thousand"]
    assert refused.value.faults[0].sentence("fr").startswith("dose")


@pytest.mark.parametrize("typed", ["5-10 mg", "1/2 cp", "1,000,000 UI", "2,5.0 mg", "1 - 2 comprimés"])
def test_what_is_no_single_number_is_no_quantity(typed: str) -> None:
    """`5-10 mg` is not five of a unit `-10 mg`."""
    with pytest.raises(FormRefused) as refused:
        author.build("treatment", {"drug": "metformine", "dose": typed}, patient=PATIENT, today=TODAY)
    assert [one.field for one in refused.value.faults] == ["dose"]


@pytest.mark.parametrize("typed", ["0,125 mg", "12,5 mg", "1000 mg", "2 500 UI", "0.250 mg", "1 comprimé", "5 µg"])
def test_doses_as_they_are_written(typed: str) -> None:
    resource = _built("treatment", {"drug": "digoxine", "dose": typed})
    assert "doseQuantity" in resource["dosage"][0]["doseAndRate"][0]


def test_two_pressures_are_words() -> None:
    """`120/80` is not 120 of a unit `/80`."""
    resource = _built("result", {"analyte": "pression artérielle", "value": "120/80 mmHg", "date": "2026-10-01"})
    assert resource["valueString"] == "120/80 mmHg"


def test_a_corrected_value_loses_what_was_said_of_the_former_one() -> None:
    """`4,2 (critique)` would be shown of a potassium that was 7,2."""
    resource = _built("result", {"analyte": "potassium", "value": "7,2 mmol/L", "date": "2026-10-01"})
    resource["interpretation"] = [{"text": "critique"}]
    again = json.loads(author.amended(json.dumps(resource).encode(), {"value": "4,2 mmol/L"}, today=TODAY))
    assert "interpretation" not in again


def test_the_strength_of_a_coded_drug_is_told_apart() -> None:
    """It can be corrected alone; the words hold one strength only."""
    coded = Coded("metformine (GLUCOPHAGE)", "http://www.whocc.no/atc", "A10BA02", "metformine")
    resource = _built("treatment", {"drug": coded, "strength": "500 mg"})
    content = json.dumps(resource).encode()
    assert author.read(content)[1]["strength"] == "500 mg"
    again = json.loads(author.amended(content, {"strength": "1000 mg"}, today=TODAY))
    assert again["medicationCodeableConcept"]["text"] == "metformine (GLUCOPHAGE) 1000 mg"
    assert again["medicationCodeableConcept"]["coding"][0]["code"] == "A10BA02"


def test_a_moment_that_is_named_twice_is_not_halved() -> None:
    """Twice in the morning is not once."""
    resource = _built("treatment", {"drug": "paracétamol", "dose": "1 g", "when": "matin"})
    resource["dosage"][0]["timing"]["repeat"] |= {"frequency": 2, "when": ["MORN", "MORN"]}
    again = json.loads(author.amended(json.dumps(resource).encode(), {"route": "orale"}, today=TODAY))
    assert again["dosage"][0].get("timing", {}).get("repeat", {}).get("frequency") != 1
