"""The shipped tables: every code well-formed, every label there, every row with its source, sizes as promised."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from baladeur.tables import shipped
from baladeur.tables.systems import SYSTEMS, is_loinc, is_well_formed
from baladeur.tables.term import flat
from tests.tables.oracles import UNITS, icd10

#: Table → how many rows were promised.
PROMISED = {
    "medicines": 300,
    "problems": 500,
    "allergens": 80,
    "reactions": 30,
    "vaccines": 30,
    "analytes": 60,
    "implants": 40,
    "acts": 60,
    "values": 100,
}
GROUPS = {
    "route", "timing", "frequency", "condition-status", "verification", "severity", "criticality", "relation",
    "language", "form",
}  # fmt: skip

#: ICD-10 titles that share no word with our label, and why the code is right all the same. A clinician reads this list.
OTHER_WORDS = {
    "I10": "essential hypertension is high blood pressure",
    "D66": "hereditary factor VIII deficiency is haemophilia A",
    "D67": "hereditary factor IX deficiency is haemophilia B",
    "E05.0": "thyrotoxicosis with diffuse goitre is Graves disease",
    "E83.0": "Wilson disease is the disorder of copper metabolism that is meant; the code also holds others",
    "E83.1": "haemochromatosis is indexed here; the code also holds other disorders of iron metabolism",
    "D84.1": "hereditary angioedema is indexed under defects in the complement system",
    "G12.2": "amyotrophic lateral sclerosis is indexed under motor neuron disease",
    "B02.9": "zoster is shingles",
    "M54.2": "cervicalgia is neck pain",
    "H52.1": "myopia is short-sightedness",
    "H20.9": "iridocyclitis is anterior uveitis",
    "R13": "dysphagia is difficulty swallowing",
    "E78.0": "pure hypercholesterolaemia is high cholesterol",
    "E78.1": "pure hyperglyceridaemia is high triglycerides",
    "I63.9": "cerebral infarction is ischaemic stroke",
    "M16.9": "coxarthrosis is osteoarthritis of the hip",
    "M19.9": "arthrosis is osteoarthritis",
    "B24": "HIV disease is the abbreviation",
    "O03.9": "spontaneous abortion is miscarriage",
    "E79.0": "hyperuricaemia is raised uric acid",
    "D69.6": "thrombocytopenia is a low platelet count",
    "N48.4": "impotence is erectile dysfunction",
    "N92.0": "excessive menstruation is heavy periods",
    "N60.1": "diffuse cystic mastopathy is fibrocystic breast",
    "G31.0": "circumscribed brain atrophy holds frontotemporal dementia",
    "F79.9": "the old title of intellectual disability",
    "Z91.5": "self-harm holds suicide attempts; the code does not tell them apart",
    "G25.8": "restless legs are indexed here; the code also holds others",
    "R56.8": "convulsions are seizures",
    "Q65.8": "hip dysplasia is indexed here; the code also holds others",
    "L30.9": "dermatitis is eczema",
    "L51.1": "bullous erythema multiforme is where Stevens-Johnson syndrome is indexed",
    "B35.1": "tinea unguium is nail fungus",
    "M18.9": "arthrosis of the first carpometacarpal joint is that of the thumb base",
    "M47.9": "spondylosis is spinal osteoarthritis",
    "M77.1": "lateral epicondylitis is tennis elbow",
    "H04.1": "dry eye is indexed here; the code also holds others",
    "Z86.7": "diseases of the circulatory system are cardiovascular",
    "F98.0": "enuresis is bedwetting",
    "P07.3": "preterm is premature",
    "F53.0": "postnatal depression is indexed here",
    "Z92.3": "irradiation is radiotherapy",
    "Q66.0": "talipes equinovarus is club foot",
}


def every() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name in shipped.WORDS:
        for row in shipped.rows(name):
            yield name, row


@pytest.mark.parametrize(("name", "least"), PROMISED.items())
def test_sizes(name: str, least: int) -> None:
    assert len(shipped.rows(name)) >= least


def test_the_list_is_whole() -> None:
    assert set(PROMISED) == set(shipped.WORDS)
    assert {row["group"] for row in shipped.rows("values")} == GROUPS


@pytest.mark.parametrize("name", shipped.WORDS)
def test_a_table_states_itself(name: str) -> None:
    data = shipped.table(name)
    assert (data["table"], data["reviewed"]) == (name, "nobody yet")
    assert data["version"].isdigit()
    assert data["edition"]
    assert data["system"] in SYSTEMS


@pytest.mark.parametrize("name", shipped.WORDS)
def test_rows_are_complete(name: str) -> None:
    """Labels in each promised language, source that the table explains, reviewer, use; nothing else than is known."""
    data = shipped.table(name)
    known = {*SYSTEMS, *shipped.LABELS, "names", "use", "source", "reviewed", "brands", "forms", "category", "group",
             "system", "unit", "moles", "mri", "treatment"}  # fmt: skip
    for row in data["rows"]:
        assert set(row) <= known, row
        assert row["source"] in data["sources"], row
        assert row["reviewed"] == "nobody yet", row
        assert row["use"] in (1, 2, 3), row
        for language in data["languages"]:
            assert row[language].strip() == row[language] != "", (row, language)
        others = [language for language in shipped.LABELS if language in row]
        assert others in (list(data["languages"]), list(shipped.LABELS)), row


def test_every_code_is_well_formed() -> None:
    wrong = [(name, system, code) for name, row in every() for system, code in shipped.codes(row)
             if not is_well_formed(system, code)]  # fmt: skip
    assert wrong == []


def test_analytes_have_check_digits() -> None:
    assert all(is_loinc(code) for row in shipped.rows("analytes") for code in row["loinc"])


def test_codes_of_the_alert_tables_are_well_formed() -> None:
    wrong = [
        code for row in shipped.table("high_risk")["drugs"] for code in row["atc"] if not is_well_formed("atc", code)
    ]
    for name in ("devices", "conditions"):
        for row in shipped.table(name)["rows"]:
            wrong += [code for code in row.get("snomed", ()) if not is_well_formed("snomed", code)]
    assert wrong == []


@pytest.mark.parametrize("name", shipped.WORDS)
def test_no_code_twice_and_no_label_twice(name: str) -> None:
    rows = shipped.rows(name)
    assert [pair for pair, n in Counter(p for row in rows for p in shipped.codes(row)).items() if n > 1] == []
    labels = Counter((row.get("group", ""), flat(row["fr"])) for row in rows)
    assert [label for label, n in labels.items() if n > 1] == []


def test_no_substance_is_in_both_tables() -> None:
    """A drug of the alert rules has one row, whose class a rule reads; other routes of it say so in brackets."""
    risky = {flat(row["inn_fr"]) for row in shipped.table("high_risk")["drugs"]}
    assert [row["fr"] for row in shipped.rows("medicines") if flat(row["fr"]) in risky] == []


def test_a_brand_means_one_substance() -> None:
    brands = Counter(brand for row in shipped.rows("medicines") for brand in row["brands"])
    brands.update(brand.upper() for row in shipped.table("high_risk")["drugs"] for brand in row["brands"])
    assert [brand for brand, n in brands.items() if n > 1] == []


def test_typography() -> None:
    """French apostrophes, no double space, no full stop: a label is words, not a sentence."""
    for name, row in every():
        for language in shipped.LABELS:
            label = row.get(language, "x")
            assert not re.search(r"['\"]|  |\.$", label), (name, label)


def test_emergency_labels() -> None:
    """What the emergency page can show has seven languages: allergens, implants, values, everyday problems."""
    for name in ("allergens", "reactions", "implants", "values"):
        assert tuple(shipped.table(name)["languages"]) == shipped.LABELS
    for row in shipped.rows("problems"):
        if row["use"] == 1:
            assert set(shipped.LABELS) <= set(row), row["fr"]


def test_icd10_codes_exist() -> None:
    """Each code is one of the WHO's edition of 2019."""
    unknown = [code for _, row in every() for code in row.get("icd10", ()) if not icd10.is_valid_item(code)]
    assert unknown == []


def stems(text: str) -> set[str]:
    plain = flat(text).replace("aem", "em").replace("oed", "ed").replace("oes", "es").replace("rrh", "rr")
    idle = {"other", "unspecified", "disease", "disorder", "syndrome", "without", "stated", "specified", "history"}
    return {word[:4] for word in plain.split() if len(word) > 3 and word not in idle}


def test_icd10_titles_agree() -> None:
    """Our English label shares a word with the WHO's title or that of the category, or the list above says why."""
    apart = []
    for row in shipped.rows("problems"):
        (code,) = row["icd10"]
        title = icd10.get_description(code)
        parent = icd10.get_parent(code)
        title += " " + icd10.get_description(parent) if "." in code else ""
        if not stems(row["en"]) & stems(title) and "cancer" not in row["en"].casefold():
            apart.append((code, row["en"], title[:80]))
    assert [one for one in apart if one[0] not in OTHER_WORDS] == []
    assert set(OTHER_WORDS) == {code for code, _, _ in apart}, "an explanation that explains nothing"


def test_cancers_are_malignant() -> None:
    """A label that says cancer, leukaemia or metastases has a code of malignant tumours or of their history."""
    for row in shipped.rows("problems"):
        if re.search(r"cancer|leukaemia|lymphoma|metastases|melanoma|carcinoma", row["en"].casefold()):
            (code,) = row["icd10"]
            assert re.match(r"C[0-9]{2}|Z80|Z85", code), row["en"]


def test_units_are_ucum() -> None:
    """Every unit is read by a UCUM library, and by it the units of one conversion differ in what they should."""
    units = {row["unit"] for row in shipped.rows("analytes")} - {""}
    units |= {unit for row in shipped.table("analytes")["conversions"] for unit in row["units"]}
    for unit in units:
        UNITS.from_ucum(unit)


def test_conversions_of_mass_agree_with_the_unit_library() -> None:
    """Two units of mass per volume convert into each other as the library says, whatever the analyte."""
    checked = 0
    for row in shipped.table("analytes")["conversions"]:
        mass = {unit: factor for unit, factor in row["units"].items() if re.match(r"[munp]?g/", unit)}
        for one, other in zip(mass, list(mass)[1:], strict=False):
            ratio = UNITS.from_ucum(one).to(UNITS.from_ucum(other).units).magnitude
            assert float(Decimal(mass[other]) / Decimal(mass[one])) == pytest.approx(ratio), row["key"]
            checked += 1
    assert checked >= 10


def test_conversions_name_codes_of_the_table() -> None:
    known = {code for row in shipped.rows("analytes") for code in row["loinc"]}
    listed = [code for row in shipped.table("analytes")["conversions"] for code in row["loinc"]]
    assert set(listed) <= known
    assert len(set(listed)) == len(listed)
    assert {row["moles"] for row in shipped.rows("analytes") if "moles" in row} <= known


def test_forms_of_medicines_are_known_words() -> None:
    known = {flat(row["en"]).replace(" ", "-") for row in shipped.rows("values") if row["group"] == "form"}
    known |= {"drops", "gum", "nebuliser"}
    used = {form for row in shipped.rows("medicines") for form in row["forms"]}
    assert used - known == set()


def test_every_table_is_in_the_readme() -> None:
    from importlib.resources import files

    text = (files("baladeur.tables") / "README.md").read_text("utf-8")
    for name in shipped.WORDS:
        assert f"`{name}.json`" in text
        assert f"| `{name}.json` | {len(shipped.rows(name))} |" in text, f"{name}: {len(shipped.rows(name))} rows"
