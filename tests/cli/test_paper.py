"""paper: sheets go where the user says, whole or not at all, and their traces are told."""

import stat
from pathlib import Path

import pytest

from baladeur.container import secret
from baladeur.container.secret import SecretClass
from tests.cli.tools import copied, program, run, secret_file
from tests.paper import pdf
from tests.record.documents import allergy, bundle, treatment

SIX = " ".join(secret.generate(SecretClass.EMERGENCY, bytes(range(16))))


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a signed page."""
    folder = tmp_path_factory.mktemp("paper")
    key = folder / "key"
    key.mkdir()
    document = folder / "a.json"
    document.write_bytes(bundle(allergy(), treatment(dosage=[{"text": "5 mg matin et soir"}])))
    words, six = secret_file(folder), secret_file(folder, SIX, "six")
    assert run("create", key, "--demo", "--secret-file", words).exit_code == 0
    assert run("import", key, document, "--yes", "--secret-file", words).exit_code == 0
    assert run("secrets", key, "emergency", "--secret-file", words, "--new-secret-file", six).exit_code == 0
    return key


@pytest.fixture
def record(signed: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return copied(signed, tmp_path)


def rows_of(*arguments: str | Path) -> list[str]:
    """Rows of words of the page on the screen, first one only."""
    text = run("summary", *arguments, "--plain").stdout.split("\n\n")[0]
    return [row for row in text.splitlines() if set(row) != {"─"}]


def test_the_sheet_says_what_the_screen_says(record: Path, words: Path, tmp_path: Path) -> None:
    """Word for word, with the version; only its owner reads the file, and nothing else is left behind."""
    output, temporary = tmp_path / "out" / "fiche.pdf", tmp_path / "temporary"
    output.parent.mkdir()
    temporary.mkdir()
    done = program("paper", "emergency", record, "-o", output, "--secret-file", words, TMPDIR=str(temporary))
    assert (done.returncode, done.stdout) == (0, "")
    assert "n’est pas chiffré" in done.stderr
    assert "à côté du dossier" not in done.stderr
    found = pdf.rows(output)
    screen = rows_of(record, "--secret-file", words)
    assert found == screen
    assert "version 2" in pdf.text(output)
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    assert [one.name for one in output.parent.iterdir()] == ["fiche.pdf"]
    assert list(temporary.iterdir()) == []


def test_both_languages_and_english(record: Path, words: Path, tmp_path: Path) -> None:
    """--lang is the sheet's, and "both" is one sheet."""
    both, english = tmp_path / "both.pdf", tmp_path / "en.pdf"
    assert run("paper", "emergency", record, "-o", both, "--lang", "both", "--secret-file", words).exit_code == 0
    assert pdf.info(both)["Pages"] == "1"
    assert "FICHE D’URGENCE" in pdf.text(both)
    assert "EMERGENCY PAGE" in pdf.text(both)
    assert run("paper", "emergency", record, "-o", english, "--lang", "en", "--secret-file", words).exit_code == 0
    assert "FICHE" not in pdf.text(english)


def test_the_emergency_code_prints_too(record: Path, tmp_path: Path) -> None:
    """It does not know the version, and says so."""
    output = tmp_path / "six.pdf"
    six = secret_file(tmp_path, SIX, "six")
    assert run("paper", "emergency", record, "-o", output, "--secret-file", six).exit_code == 0
    assert "version non connue par le code d’urgence" in pdf.text(output)


def test_a_sheet_on_the_key_is_warned_of(record: Path, words: Path) -> None:
    """It is allowed, and whoever finds the key reads it."""
    done = run("paper", "emergency", record, "-o", record / "fiche.pdf", "--secret-file", words)
    assert done.exit_code == 0
    assert "qui trouve la clé USB lira cette feuille" in " ".join(done.stderr.split())


def test_nothing_is_overwritten(record: Path, words: Path, tmp_path: Path) -> None:
    """What is there stays."""
    output = tmp_path / "fiche.pdf"
    output.write_text("à moi", "utf-8")
    done = run("paper", "emergency", record, "-o", output, "--secret-file", words)
    assert done.exit_code == 35
    assert output.read_text("utf-8") == "à moi"


def test_no_page_no_sheet(tmp_path: Path, words: Path) -> None:
    """A record that nobody signed yet."""
    key = tmp_path / "empty"
    key.mkdir()
    assert run("create", key, "--demo", "--secret-file", words).exit_code == 0
    done = run("paper", "emergency", key, "-o", tmp_path / "fiche.pdf", "--secret-file", words)
    assert done.exit_code == 72
    assert "pas encore de fiche d’urgence" in done.stderr
    assert not (tmp_path / "fiche.pdf").exists()
