"""The command that hands out a record: new files only, whole or not there."""

import json
import os
from pathlib import Path

import pytest

from baladeur.acts import output
from tests.cli.tools import program, run
from tests.record.documents import allergy, bundle


@pytest.fixture
def record(key: Path, words: Path, tmp_path: Path) -> Path:
    """A record with a document in it."""
    source = tmp_path / "document.json"
    source.write_bytes(bundle(allergy("Latex")))
    assert run("import", key, source, "--yes", "--secret-file", words).exit_code == 0
    return key


def test_fhir_to_a_file(record: Path, words: Path, tmp_path: Path) -> None:
    """The file is the owner's, and what it lacks is said."""
    out = tmp_path / "out.json"
    ran = run("export", record, "--as", "fhir", "-o", out, "--secret-file", words)
    assert ran.exit_code == 0
    assert [one["resource"]["resourceType"] for one in json.loads(out.read_bytes())["entry"]] == [
        "Composition",
        "Patient",
        "AllergyIntolerance",
    ]
    assert "3 ressource(s)" in ran.stderr
    assert "2 entrée(s) qui ne sont pas du FHIR" in ran.stderr
    assert "n’est plus chiffré" in ran.stderr
    if os.name == "posix":
        assert out.stat().st_mode & 0o077 == 0
    assert sorted(one.name for one in tmp_path.iterdir() if "part" in one.name) == []


def test_fhir_to_standard_output(record: Path, words: Path) -> None:
    """The same bytes, and nothing else."""
    ran = program("export", record, "--as", "fhir", "-o", "-", "--secret-file", words)
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["type"] == "collection"


def test_never_over_a_file(record: Path, words: Path, tmp_path: Path) -> None:
    """What is there stays."""
    out = tmp_path / "out.json"
    out.write_bytes(b"mine")
    assert run("export", record, "--as", "fhir", "-o", out, "--secret-file", words).exit_code == 35
    assert out.read_bytes() == b"mine"
    assert run("export", record, "--as", "fhir", "-o", tmp_path / "no" / "x", "--secret-file", words).exit_code == 60


def test_a_half_written_output_does_not_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills leaves nothing, under no name."""
    with pytest.raises(FileExistsError):
        _twice(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []

    def full(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(output.MediumFull):
        output.write_new(tmp_path / "out", b"x")
    assert list(tmp_path.iterdir()) == []


def _twice(path: Path) -> None:
    with output.new_folder(path) as part:
        output.write(part / "a", b"x")
        output.write(part / "a", b"x")
