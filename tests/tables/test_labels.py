"""What codes and words are called: the text that is looked through says what the tables say."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.tables import shipped
from baladeur.tables.labels import LANGUAGES, folded, label_of, label_of_words

ROOT = Path(__file__).resolve().parents[2]


def test_the_text_is_made_of_the_tables() -> None:
    """Whoever changes a table makes the text anew."""
    told = subprocess.run(
        [sys.executable, ROOT / "schemas/make_labels.py", "--check"], capture_output=True, check=False
    )
    assert told.returncode == 0, told.stdout.decode()


def test_every_code_of_a_table_is_found() -> None:
    """With the labels of its row, or of a table before."""
    found = 0
    for name in ("medicines", "problems", "allergens", "reactions", "vaccines", "analytes", "implants", "acts"):
        for row in shipped.rows(name):
            for system, code in shipped.codes(row):
                label = label_of(system, code)
                assert label is not None
                if label.table == name:
                    assert label.words == {lang: row[lang] for lang in LANGUAGES if row.get(lang)}
                    found += 1
    assert found > 1300


def test_the_same_languages_as_the_tables() -> None:
    """In the same order."""
    assert LANGUAGES == shipped.LABELS


@pytest.mark.parametrize(
    ("system", "code"),
    [("icd10", "I48"), ("icd10", "I48.99"), ("icd10", "i48.9"), ("atc", "A02BA0"), ("atc", ""), ("", "A02BA03"),
     ("atc", "A02BA03\tmedicines"), ("atc\tA02BA03", "medicines"), ("aaa", "0"), ("zzz", "9"), ("atc", "\n")],
)  # fmt: skip
def test_a_code_is_taken_exactly(system: str, code: str) -> None:
    """A part of a code, or a code of another system, is another thing."""
    assert label_of(system, code) is None


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_has_a_label_or_none(system: str, code: str) -> None:
    """Nothing is raised, whatever a document calls a system."""
    assert label_of(system, code) is None or (system, code) != ("", "")
    found = label_of_words("fr", code)
    assert found is None or folded(found.words["fr"]) == folded(code)


def test_words_are_taken_whole() -> None:
    """Case, accents and signs apart."""
    found = label_of_words("fr", "FIBRILLATION  auriculaire")
    assert found is not None
    assert found.words["en"] == "Atrial fibrillation"
    assert label_of_words("fr", "fibrillation auriculaire paroxystique") is None
    assert label_of_words("fr", "fibrillation") is None
    assert label_of_words("en", "fibrillation auriculaire") is None
