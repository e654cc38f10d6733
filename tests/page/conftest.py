"""Browsers, each started once, and records made by the program itself."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.tools import WORDS, run, secret_file
from tests.page import engines
from tests.record.documents import allergy, bundle, problem, treatment

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "baladeur" / "cli" / "lire.html"
HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script> {x} [/red]"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n"
CDA = (
    '<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>Compte rendu</title>'
    "<component><structuredBody><component><section><title>Conclusion</title>"
    "<text><paragraph>Pas de fracture.</paragraph><table><tbody><tr><td>Hb</td><td>11,80 g/dL</td></tr></tbody></table>"
    "</text></section></component></structuredBody></component></ClinicalDocument>"
)


def needs(engine: str) -> None:
    """Skip where an engine is not installed; where everything is checked, its absence is a failure."""
    if lacks := engines.missing(engine):
        if os.environ.get("CI"):
            pytest.fail(f"{engine} is not installed: {lacks} (sh .ci/browsers)")
        pytest.skip(f"{engine} is not installed: {lacks} (sh .ci/browsers)")


@pytest.fixture(scope="session", params=engines.ENGINES)
def browser(request: pytest.FixtureRequest) -> Iterator[engines.Browser]:
    """Each engine in turn."""
    engine: str = request.param
    needs(engine)
    with engines.browser(engine) as started:
        yield started


@pytest.fixture(scope="session")
def chromium() -> Iterator[engines.Browser]:
    """One engine, for what does not depend on it."""
    needs("chromium")
    with engines.browser("chromium") as started:
        yield started


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration record with lines of every kind, hostile words, documents, a tray."""
    folder = tmp_path_factory.mktemp("record")
    key = folder / "key"
    key.mkdir()
    words = ("--secret-file", secret_file(folder))
    severe = {"manifestation": [{"text": "choc anaphylactique"}], "severity": "severe"}
    narrative = {
        "status": "generated",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><p>vu le 3</p>{"<b>gras</b>"}</div>',
    }
    source = bundle(
        allergy("pénicillines", reaction=[severe], category=["medication"], onsetDateTime="2014"),
        problem(HOSTILE, text=narrative),
        treatment("apixaban 5 mg", dosage=[{"text": "1 comprimé matin et soir"}]),
    )
    value = json.loads(source)
    (folder / "synthese.json").write_text(json.dumps(value), "utf-8")
    (folder / "lettre.txt").write_text(f"vu à Lisbonne\n{HOSTILE}\n", "utf-8")
    (folder / "radio.pdf").write_bytes(PDF)
    (folder / "cr.xml").write_text(CDA, "utf-8")
    assert run("create", key, "--demo", *words).exit_code == 0
    assert run("import", key, folder / "synthese.json", "--yes", *words).exit_code == 0
    assert run("note", key, folder / "lettre.txt", "--title", f"lettre {HOSTILE[:40]}", *words).exit_code == 0
    assert run("note", key, folder / "radio.pdf", *words).exit_code == 0
    signed = ("--type", "document", "--when", "2026-10-01", "--card", "demo")
    assert run("add", key, folder / "cr.xml", *signed, "--title", "Compte rendu", *words).exit_code == 0
    return key


@pytest.fixture
def record(made: Path, tmp_path: Path) -> Path:
    """A copy of its file."""
    return Path(shutil.copy(made / "DOSSIER.DMB", tmp_path))


@pytest.fixture(scope="session")
def typed() -> str:
    """Its secret: twelve words, which need no slow derivation."""
    return WORDS
