"""The dosage line: golden words written by hand, then what must hold for every structure anyone may send."""

import copy
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.record.dosage import DosageWords, words
from baladeur.record.phrases import DAYS, PHRASES, TIMING_CODES, WHEN, Lang
from baladeur.record.scan import Number
from baladeur.record.wording import GROUP

VECTORS = json.loads(Path(__file__).with_name("dosage_vectors.json").read_text("utf-8"), parse_float=Number)
FROM_STRUCTURE = [vector for vector in VECTORS if vector["basis"] == "structure"]
UCUM = "http://unitsofmeasure.org"
TABLET: dict[str, Any] = {"doseQuantity": {"value": 1, "unit": "comprimé", "system": UCUM, "code": "{tbl}"}}


def name_of(vector: dict[str, Any]) -> str:
    return str(vector["name"])


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("vector", VECTORS, ids=name_of)
def test_golden_words(vector: dict[str, Any], lang: Any) -> None:
    """Each vector gives exactly its words, from where it says, and changes nothing in what it was given."""
    before = copy.deepcopy(vector["dosages"])
    said = words(vector["dosages"], lang)
    assert said.words == vector[lang]
    assert said.basis == vector["basis"]
    assert bool(said.conflict) is vector.get("conflict", False)
    assert (said.basis == "detail") is bool(said.obscure)
    assert vector["dosages"] == before


def test_there_are_enough_vectors_with_different_names() -> None:
    names = [vector["name"] for vector in VECTORS]
    assert len(names) >= 60
    assert len(set(names)) == len(names)


# ---------------------------------------------------------------- whole or not at all


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON value."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)


@pytest.mark.parametrize("stranger", ["strength", "extension", "modifierExtension", "_value", "comparator"])
@pytest.mark.parametrize("vector", FROM_STRUCTURE, ids=name_of)
def test_an_unknown_element_anywhere_hides_the_words(vector: dict[str, Any], stranger: str) -> None:
    """Put into each object of each understood structure in turn, it always gives the fallback."""
    for at in range(len(list(objects(vector["dosages"])))):
        dosages = copy.deepcopy(vector["dosages"])
        list(objects(dosages))[at][stranger] = [{"url": "http://example.org/x", "valueString": "5 mg"}]
        said = words(dosages, "fr")
        assert (said.words, said.basis) == ("posologie : voir le détail", "detail")
        assert any(stranger in path for path, _ in said.parts)


@pytest.mark.parametrize("nothing", [None, [], {}, "", "  "])
@pytest.mark.parametrize("vector", FROM_STRUCTURE, ids=name_of)
def test_an_element_without_content_hides_the_words(vector: dict[str, Any], nothing: Any) -> None:
    """FHIR forbids nulls and empty values, so nobody knows what one of them was meant to say."""
    for at in range(len(list(objects(vector["dosages"])))):
        for name in list(objects(vector["dosages"]))[at]:
            dosages = copy.deepcopy(vector["dosages"])
            list(objects(dosages))[at][name] = nothing
            assert words(dosages, "en").basis == "detail", name


def test_the_parts_say_everything_as_it_was_written() -> None:
    dosage = {"doseAndRate": [{"doseQuantity": {"value": Number("5.0"), "unit": "mg", "odd": None}}], "text": "a\x1bb"}
    assert words([dosage], "fr").parts == (
        ("dosage[0].doseAndRate[0].doseQuantity.value", "5.0"),
        ("dosage[0].doseAndRate[0].doseQuantity.unit", "mg"),
        ("dosage[0].doseAndRate[0].doseQuantity.odd", "null"),
        ("dosage[0].text", "a\ufffdb"),
    )


def test_the_obscure_element_is_named() -> None:
    said = words([{"timing": {"repeat": {"when": ["TEA"]}}}], "en")
    assert said.obscure == "dosage[0].timing.repeat.when"
    assert said.words == "dosage: see the detail"


def test_the_words_for_a_whole_prescription() -> None:
    """Used when a dosage has no text of its own, and still checked against a lone structure."""
    daily = {"doseAndRate": [TABLET], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}}
    assert words([], "fr", "1 par jour").words == "1 par jour"
    assert words([{}], "fr", "1 par jour").words == "1 par jour"
    assert words([daily], "fr", "1 fois par jour").basis == "text"
    assert words([daily], "fr", "1 fois par semaine").conflict == "1 comprimé, 1 fois par jour"
    assert words([{"text": "le soir"}], "fr", "le matin").words == "le soir"
    assert words([{"modifierExtension": [{"url": "x"}]}], "fr", "1 par jour").basis == "detail"


def test_a_text_that_would_be_cut_is_not_shown() -> None:
    assert words([{"text": "x" * 20_001}], "fr").basis == "detail"
    assert words([{"text": "x" * 20_000}], "fr").words == "x" * 20_000


@pytest.mark.parametrize(
    ("text", "often", "clash"),
    [
        ("1 fois par semaine", (1, 1, "wk"), False),
        ("1 fois par semaine", (1, 7, "d"), False),
        ("1 fois par semaine", (1, 1, "d"), True),
        ("1 fois par semaine", (1, 1, "mo"), True),
        ("une prise hebdomadaire", (1, 1, "d"), True),
        ("une prise bihebdomadaire", (1, 1, "d"), False),
        ("3 à 4 fois par semaine", (3, 1, "wk"), False),
        ("Once weekly", (1, 1, "d"), True),
        ("twice a week", (2, 1, "wk"), False),
        ("once a month", (1, 4, "wk"), False),
        ("once a month", (1, 1, "mo"), False),
        ("once a month", (1, 1, "wk"), True),
        ("once daily", (1, 24, "h"), False),
        ("daily", (2, 1, "d"), False),
        ("1 comprimé/jour", (1, 1, "wk"), True),
        ("1 cp par jour, 5 jours par semaine", (1, 1, "wk"), False),
        ("1 par jour le lundi", (1, 1, "wk"), False),
        ("2 mg per day, then 1 mg per week", (1, 1, "wk"), False),
        ("maximum 1 par jour", (1, 1, "wk"), False),
        ("un jour sur deux", (1, 1, "d"), False),
        ("3 fois par jour pendant 2 semaines", (1, 1, "wk"), True),
        ("selon INR", (1, 1, "d"), False),
    ],
)
def test_text_against_structure(text: str, often: tuple[int, int, str], clash: bool) -> None:
    """Only a plain statement about one period can be contradicted; all else stays as the source wrote it."""
    repeat = dict(zip(("frequency", "period", "periodUnit"), often, strict=True))
    said = words([{"text": text, "timing": {"repeat": repeat}}], "en")
    assert bool(said.conflict) is clash
    assert said.words.startswith(text)
    assert clash == (said.words != text)


# ---------------------------------------------------------------- properties

numbers = st.one_of(
    st.integers(1, 40),
    st.sampled_from(["0.5", "5.0", "1E1", "12.50", "1250", "0.125", "3e0", "100000"]).map(Number),
)
counts = st.integers(1, 8)
units = st.sampled_from([("mg", "mg"), ("µg", "ug"), ("UI", "[iU]"), ("comprimé", "{tbl}"), ("sachet", "")])


@st.composite
def quantities(draw: st.DrawFn, unit: tuple[str, str] | None = None) -> dict[str, Any]:
    word, code = unit or draw(units)
    coded = {"system": UCUM, "code": code} if code else {}
    return {"value": draw(numbers), "unit": word, **coded}


repeats = st.fixed_dictionaries(
    {},
    optional={
        "frequency": counts,
        "frequencyMax": counts,
        "period": numbers,
        "periodMax": numbers,
        "periodUnit": st.sampled_from(["s", "min", "h", "d", "d", "wk", "wk", "mo", "a"]),
        "dayOfWeek": st.lists(st.sampled_from(sorted(DAYS)), min_size=1, max_size=4, unique=True),
        "timeOfDay": st.lists(st.sampled_from(["08:00:00", "12:30:00", "20:15:30"]), min_size=1, unique=True),
        "when": st.lists(st.sampled_from(sorted(WHEN)), min_size=1, max_size=3, unique=True),
        "offset": st.integers(0, 90),
        "count": counts,
        "boundsDuration": quantities(("jours", "d")),
        "boundsPeriod": st.just({"start": "2026-03-04T08:00:00Z", "end": "2027"}),
    },
)
coded_timings = st.sampled_from(sorted(TIMING_CODES)).map(
    lambda code: {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", "code": code}]}
)
dosages = st.fixed_dictionaries(
    {},
    optional={
        "sequence": st.integers(1, 3),
        "timing": st.fixed_dictionaries({}, optional={"repeat": repeats, "code": coded_timings}),
        "asNeededBoolean": st.booleans(),
        "doseAndRate": st.lists(st.fixed_dictionaries({"doseQuantity": quantities()}), min_size=1, max_size=1),
        "maxDosePerPeriod": st.fixed_dictionaries({"numerator": quantities(), "denominator": quantities(("h", "h"))}),
        "maxDosePerAdministration": quantities(),
    },
)

_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)?|[.][0-9]+")


def values(said: str) -> set[Decimal]:
    return {Decimal(found.replace(",", ".")) for found in _DIGITS.findall(said.replace(GROUP, ""))}


def values_given(value: Any) -> set[Decimal]:
    if isinstance(value, dict | list | tuple):
        inner = value.values() if isinstance(value, dict) else value
        return set().union(*map(values_given, inner))
    if isinstance(value, bool):
        return set()
    return {Decimal(value)} if isinstance(value, int | Decimal) else values(str(value))


@given(st.lists(dosages, min_size=1, max_size=3), st.sampled_from(["fr", "en"]))
def test_no_number_is_invented(given_dosages: list[dict[str, Any]], lang: Any) -> None:
    """Every number on the line has the value of a number in the source: nothing is computed, rounded or supposed."""
    said = words(given_dosages, lang)
    assert values(said.words) <= values_given(given_dosages)


@pytest.mark.parametrize("vector", VECTORS, ids=name_of)
def test_no_number_is_invented_in_the_vectors(vector: dict[str, Any]) -> None:
    for lang in ("fr", "en"):
        assert values(vector[lang]) <= values_given(vector["dosages"])


@given(dosages, st.data())
def test_a_weekly_dose_never_loses_its_week(dosage: dict[str, Any], data: st.DataObject) -> None:
    """Words for a structure that names weeks or days of the week always name them too."""
    repeat: dict[str, Any] = data.draw(repeats)
    if data.draw(st.booleans()):
        repeat["periodUnit"] = "wk"
    else:
        repeat["dayOfWeek"] = data.draw(st.lists(st.sampled_from(sorted(DAYS)), min_size=1, max_size=7, unique=True))
    dosage["timing"] = {**dosage.get("timing", {}), "repeat": repeat}
    weeks: dict[Lang, str] = {"fr": "semaine", "en": "week"}
    for lang, week in weeks.items():
        said = words([dosage], lang)
        if said.basis == "structure":
            assert repeat.get("periodUnit") != "wk" or week in said.words
            assert all(DAYS[day][lang] in said.words for day in repeat.get("dayOfWeek", []))
            if 0 < len(repeat.get("dayOfWeek", [])) < 7:
                assert "par jour" not in said.words.partition("maximum")[0]
                assert "a day" not in said.words.partition("maximum")[0]


@given(dosages)
def test_every_dose_and_moment_is_on_the_line(dosage: dict[str, Any]) -> None:
    """Whole: what is in the structure is in the words, each number and each moment of the day."""
    said = words([dosage], "en")
    if said.basis != "structure":
        return
    repeat = dosage.get("timing", {}).get("repeat", {})
    told = values(said.words)
    for name in ("offset", "frequencyMax", "periodMax"):
        assert name not in repeat or Decimal(repeat[name]) in told
    for name in ("doseAndRate", "maxDosePerPeriod", "maxDosePerAdministration"):
        assert values_given(json.loads(json.dumps(dosage.get(name, {}), default=float))) - told <= {Decimal(1)}
    if "offset" not in repeat:
        assert all(WHEN[code]["en"] in said.words for code in repeat.get("when", []))
    assert dosage.get("asNeededBoolean", False) == ("as needed" in said.words)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(max_size=8)
    | st.sampled_from(["d", "mg", UCUM, "mon", "HS", "2026-03-04", "1e5"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=4) | st.sampled_from(["text", "timing", "repeat", "coding", "value", "unit", "code"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(json_values | st.lists(json_values, max_size=3), st.sampled_from(["fr", "en"]))
def test_any_json_gives_words(value: Any, lang: Any) -> None:
    said = words(value, lang)
    assert said.words
    assert said.words.replace(GROUP, "").isprintable()


@given(st.sampled_from(FROM_STRUCTURE), st.data())
def test_any_json_anywhere_gives_words(vector: dict[str, Any], data: st.DataObject) -> None:
    """One value of an understood structure replaced by anything: words, or the fallback, and no exception."""
    given_dosages = copy.deepcopy(vector["dosages"])
    target = data.draw(st.sampled_from(list(objects(given_dosages))))
    target[data.draw(st.sampled_from(sorted(target)))] = data.draw(json_values)
    said = words(given_dosages, "fr")
    assert said.words.replace(GROUP, "").isprintable()
    assert said.words


def test_depth_and_size_raise_nothing() -> None:
    deep: Any = "x"
    for _ in range(3_000):
        deep = {"extension": [deep]}
    assert words([{"timing": deep}], "fr").basis == "detail"
    assert words([{"sequence": 10**5000, "text": "x"}], "fr").words == "x"
    assert words([{"doseAndRate": [{"doseQuantity": {"value": 10**5000, "unit": "mg"}}]}], "fr").basis == "detail"
    assert words([{"text": "9" * 15_000 + " fois par jour", "timing": {"code": {"text": "x"}}}], "fr").basis == "text"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="language"):
        words([{"text": "x"}], "de")  # type: ignore[arg-type]


def test_phrases_have_the_same_places_in_both_languages() -> None:
    for key, row in PHRASES.items():
        assert row["fr"].count("{}") == row["en"].count("{}"), key


def test_a_repr_tells_nothing() -> None:
    assert "10 mg" not in repr(DosageWords("10 mg", "text"))


def test_the_public_samples(shared_data: Path) -> None:
    """Each text of the official and connectathon bundles is shown as it is, and each line is printable."""
    seen = 0
    for path in sorted(shared_data.glob("ips/**/*.json")) + sorted(shared_data.glob("synthea/*.json")):
        try:
            document = json.loads(path.read_text("utf-8"), parse_float=Number)
        except ValueError:
            continue  # one of them is broken on purpose
        for resource in objects(document):
            listed = resource.get("dosage", resource.get("dosageInstruction"))
            if isinstance(listed, list):
                said = words(listed, "fr")
                assert said.words.replace(GROUP, "").isprintable()
                assert all(" ".join(dosage["text"].split()) in said.words for dosage in listed if "text" in dosage)
                seen += 1
    assert seen > 20


@pytest.mark.parametrize(
    ("text", "often", "beside"),
    [
        ("10 mg", (1, 1, "wk"), "1 fois par semaine"),
        ("10 mg le soir", (1, 1, "wk"), "1 fois par semaine"),
        ("1 comprimé au coucher", (1, 1, "mo"), "1 fois par mois"),
        ("1 comprimé", (3, 1, "d"), "3 fois par jour"),
        ("1 comprimé", (1, 1, "d"), ""),
        ("1 comprimé le soir", (1, 1, "d"), ""),
        ("1-0-1", (2, 1, "d"), ""),
        ("10 mg 1x/sem", (1, 1, "wk"), ""),
        ("10 mg le lundi", (1, 1, "wk"), ""),
        ("1 patch toutes les 72 h", (1, 72, "h"), ""),
        ("selon schéma", (1, 1, "wk"), ""),
    ],
)
def test_a_text_that_says_no_rhythm(text: str, often: tuple[int, int, str], beside: str) -> None:
    """A weekly dose whose text says only how much would be taken for a daily one: what is coded stands beside it."""
    repeat = dict(zip(("frequency", "period", "periodUnit"), often, strict=True))
    for said in (
        words([{"text": text, "timing": {"repeat": repeat}, "doseAndRate": [TABLET]}], "fr"),
        words([{"timing": {"repeat": repeat}, "doseAndRate": [TABLET]}], "fr", text),
    ):
        assert said.words == (f"{text} — données codées : 1 comprimé, {beside}" if beside else text)
        assert said.basis == ("both" if beside else "text")
        assert not said.conflict


def test_the_text_of_one_dosage_may_speak_of_the_other() -> None:
    """Then neither is said to be silent."""
    weekly = {"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk"}}}
    assert words([weekly | {"text": "10 mg"}, weekly | {"text": "le lundi"}], "fr").words == "10 mg ; le lundi"


def test_what_was_given() -> None:
    """MedicationAdministration.dosage has one `dose` and one `rate[x]`, in no list."""
    dose = {"value": 500, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}
    rate = {"value": 20, "unit": "mL/h", "system": "http://unitsofmeasure.org", "code": "mL/h"}
    assert words([{"dose": dose}], "fr").words == "500 mg, rythme non indiqué"
    assert words([{"dose": dose, "rateQuantity": rate}], "en").words == "500 mg, rate: 20 mL per hour"
    assert words([{"dose": dose, "doseAndRate": [TABLET]}], "fr").basis == "detail"
