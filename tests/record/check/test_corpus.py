"""Real documents: nothing above a note in the official ones; every other finding is in the table, with its reason."""

import importlib.util
import sys
from pathlib import Path

import pytest

from baladeur.record.check import check

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data"
PAGE = ROOT / "schemas" / "fhir" / "corpus.md"
OFFICIAL = sorted(DATA.glob("ips/hl7-ips-*/*.json"))

pytestmark = pytest.mark.skipif(not OFFICIAL, reason="the documents of ../shared/data are not here")


@pytest.mark.parametrize("path", OFFICIAL, ids=lambda path: path.name)
def test_the_official_examples_are_clean(path: Path) -> None:
    """IPS 1.x and 2.0."""
    assert [(one.key, one.where) for one in check(path.read_bytes()) if one.severity != "note"] == []


def test_the_table_is_what_the_checker_finds() -> None:
    """Made anew, it is the same, and somebody has looked at every finding."""
    spec = importlib.util.spec_from_file_location("corpus", ROOT / "schemas" / "fhir" / "corpus.py")
    assert spec is not None
    assert spec.loader is not None
    corpus = importlib.util.module_from_spec(spec)
    sys.modules["corpus"] = corpus
    spec.loader.exec_module(corpus)
    assert corpus.text(DATA) == PAGE.read_text("utf-8")
    assert "not looked at" not in PAGE.read_text("utf-8")
