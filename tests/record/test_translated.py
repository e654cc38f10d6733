"""The source's words first, and behind them what they are called in the reader's language, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.record import emergency, fhir, summary
from baladeur.record.page import Block, Line
from baladeur.record.people import Coding
from baladeur.record.rows import Layout
from baladeur.record.shown import show
from baladeur.record.translated import translated
from baladeur.record.words import Words, same
from tests.record.documents import SNOMED, TODAY, Json, allergy, bundle, concept, treatment

ATC, ICD = "http://www.whocc.no/atc", "http://hl7.org/fhir/sid/icd-10"

# words, system, code, language of the words → French, English, German
CASES = [
    ("fibrillation auriculaire", ICD, "I48.9", "fr", "", "Atrial fibrillation", "Vorhofflimmern"),
    ("FA paroxystique", ICD, "I48.9", "fr-FR", "", "Atrial fibrillation", "Vorhofflimmern"),
    ("FA paroxystique", ICD, "I48.9", "", "Fibrillation auriculaire", "Atrial fibrillation", "Vorhofflimmern"),
    ("atrial fibrillation, paroxysmal", ICD, "I48.9", "en", "Fibrillation auriculaire", "", "Vorhofflimmern"),
    ("fibrillation auriculaire", "", "", "fr", "", "Atrial fibrillation", "Vorhofflimmern"),  # by the words alone
    ("fibrillation auriculaire", "", "", "", "", "Atrial fibrillation", "Vorhofflimmern"),
    ("fibrillation auriculaire", "", "", "en", "", "", ""),  # no label in the language that it claims
    ("fibrillation auriculaire", ICD, "I48.2", "fr", "", "Atrial fibrillation", "Vorhofflimmern"),
    ("FA permanente", ICD, "I48.2", "fr", "", "", ""),  # a code that no table has, and not its parent's label
    ("PREVISCAN 20 mg", ATC, "B01AA12", "fr", "fluindione", "fluindione", ""),  # the substance for everybody
    ("fluindione 20 mg", ATC, "B01AA12", "fr", "", "", ""),
    ("insuline glargine 100 unités/mL", ATC, "A10AE04", "fr", "", "", ""),  # one letter apart
    ("pénicillines", ATC, "J01C", "fr", "", "", ""),
    ("bêtalactamines", ATC, "J01C", "fr", "", "Penicillins", "Penicilline"),
    ("arachide", "", "", "fr", "", "Peanut", "Erdnuss"),
    ("quelque chose", ATC, "ZZ", "fr", "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("words", "system", "code", "language", "fr", "en", "de"), CASES)
def test_a_label_stands_behind(words: str, system: str, code: str, language: str, fr: str, en: str, de: str) -> None:
    """In the languages of readers who need it."""
    made = translated(words, [Coding(system, code, "")] if code else [], language)
    assert made.fr == (f"{words} (= {fr})" if fr else words)
    assert made.en == (f"{words} (= {en})" if en else words)
    assert dict(made.more).get("de", words) == (f"{words} (= {de})" if de else words)
    assert made.own == ("" if made == same(words) else words)


def test_who_needs_no_label_is_not_given_the_english_one() -> None:
    """A reader takes English where nothing stands under his own language."""
    made = translated("Vorhofflimmern", [Coding(ICD, "I48.9", "")], "de")
    assert made.en == "Vorhofflimmern (= Atrial fibrillation)"
    assert dict(made.more)["de"] == "Vorhofflimmern"
    assert dict(made.more)["nl"] == "Vorhofflimmern (= Boezemfibrilleren)"


def test_codings_that_stand_for_different_things_say_nothing() -> None:
    """One of them is wrong, and nobody knows which."""
    both = [Coding(ICD, "I48.9", ""), Coding(ICD, "I10", "")]
    assert translated("FA", both, "fr") == same("FA")
    assert translated("FA", both[:1], "fr") != same("FA")


def test_long_words_stand_alone() -> None:
    """Nobody reads a label behind ten lines."""
    text = "arachide " * 30
    assert translated(text, [Coding(SNOMED, "762952008", "")], "fr") == same(text)


@given(
    st.text(max_size=60), st.sampled_from(["I48.9", "I10", "J01C", "B01AF02"]), st.sampled_from(["", "fr", "en", "xx"])
)
def test_the_words_come_first(words: str, code: str, language: str) -> None:
    """Whole, whatever they are."""
    made = translated(words, [Coding(ICD, code, ""), Coding(ATC, code, "")], language)
    said = [made.fr, made.en, *(one for _, one in made.more)]
    assert all(one == words or one.startswith(f"{words} (= ") for one in said)
    assert made.own in ("", words)


def _lines(*entries: Json) -> tuple[Line, ...]:
    """The lines of a page; what they say in French."""
    return summary.summarise(
        fhir.read(bundle(*({"language": "fr"} | one for one in entries)), as_of=TODAY), as_of=TODAY
    )


def _twice(text: str, **more: object) -> Json:
    timing = {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}
    return {"text": text, "timing": timing, "doseAndRate": [{"doseQuantity": {"value": 5, "unit": "mg"}}], **more}


def _dosage(*dosages: Json, language: str = "fr") -> Words:
    made = _lines(treatment(dosage=list(dosages), language=language))
    [line] = [one for one in made if one.block is Block.TREATMENTS]
    assert isinstance(line.detail[0], Words)
    return line.detail[0]


def test_a_dosage_in_another_language_has_its_structure_behind_it() -> None:
    """For who reads neither French nor the language of the words; the text stands first."""
    said = _dosage(_twice("un comprimé matin et soir"))
    assert said.fr == said.own == "un comprimé matin et soir"
    assert said.en == "un comprimé matin et soir (= 5 mg, 2 times a day)"
    assert (
        _dosage(_twice("one tablet twice daily"), language="en").fr
        == "one tablet twice daily (= 5 mg, 2 fois par jour)"
    )


@pytest.mark.parametrize(
    ("dosage", "language"),
    [
        (_twice("un comprimé matin et soir"), ""),  # nobody says in which language
        ({"text": "un comprimé matin et soir"}, "fr"),  # no structure
        (_twice("un comprimé matin et soir") | {"doseAndRate": []}, "fr"),  # no dose
        ({"text": "un comprimé le soir", "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "comprimé"}}]}, "fr"),
        (
            _twice("un comprimé matin et soir", maxDosePerLifetime={"value": 3, "comparator": "<"}),
            "fr",
        ),  # not understood
    ],
)
def test_half_a_dosage_is_not_said(dosage: Json, language: str) -> None:
    """A translation is whole or is not there."""
    said = _dosage(dosage, language=language)
    assert said.en == said.fr
    assert not said.own


def test_a_contradicted_text_is_not_translated() -> None:
    """It is shown beside its structure already, as a contradiction."""
    said = _dosage(_twice("1 comprimé par semaine"))
    assert "(= " not in said.en
    assert not said.own


def test_parts_carry_every_language() -> None:
    """A line is a part and back."""
    made = _lines(allergy("arachide", reaction=[{"manifestation": [concept("urticaire")]}]))
    again = emergency.lines(emergency.parts(made))
    assert set(again) == {one for one in made if not one.declared}
    [line] = [one for one in again if one.block is Block.ALLERGIES]
    assert line.name.own == "arachide"
    assert dict(line.name.more)["de"] == "arachide (= Erdnuss)"
    part = next(one for one in emergency.parts(made) if one["block"] == "allergies")
    assert part["name"]["de"] == "arachide (= Erdnuss)"


def test_a_class_word_is_not_said_twice() -> None:
    """A pacemaker whose label says PACEMAKER."""
    device = {"resourceType": "DeviceUseStatement", "status": "active", "subject": {"reference": "Patient/p"},
              "device": {"reference": "Device/d"}}  # fmt: skip
    made = _lines(device, {"resourceType": "Device", "id": "d", "type": concept("stimulateur cardiaque")})
    [line] = [one for one in made if one.block is Block.DEVICES]
    assert line.label.en == "PACEMAKER"
    assert line.name == same("stimulateur cardiaque")


def test_where_there_is_no_room_the_own_words_stand() -> None:
    """The translation gives way before anything of the source's own does."""
    line = next(one for one in show(_lines(treatment(dosage=[_twice("un comprimé matin et soir")])), TODAY)
                if one.block is Block.TREATMENTS)  # fmt: skip
    made = Layout("en", 80)
    assert made.detail(line).endswith("(= 5 mg, 2 times a day)")
    assert made.tail(line, 30) == "un comprimé matin et soir"
    assert made.tail(line, 10) == made.say("long")
    assert made.untranslated().detail(line) == "un comprimé matin et soir"
