"""The command that brings two copies together again."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.tools import run
from tests.record.documents import allergy, bundle, problem


@pytest.fixture
def copies(key: Path, words: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two copies that went on by themselves: a note in one, a document in the other."""
    source = tmp_path / "base.json"
    source.write_bytes(bundle(allergy("Latex", id="a")))
    assert run("import", key, source, "--yes", "--secret-file", words).exit_code == 0
    other = tmp_path / "other"
    shutil.copytree(key, other)
    letter = tmp_path / "note.txt"
    letter.write_text("ici", "utf-8")
    assert run("note", key, letter, "--secret-file", words).exit_code == 0
    second = tmp_path / "second.json"
    second.write_bytes(bundle(problem("Asthme", id="b")).replace(b"example.org", b"example.com"))
    assert run("import", other, second, "--yes", "--secret-file", words).exit_code == 0
    return key, other


def titles(key: Path, words: Path) -> list[str]:
    """What a record lists, but for what comes with every document."""
    listed = json.loads(run("list", key, "--json", "--secret-file", words).stdout)["entries"]
    return sorted(one["title"] for one in listed if one["type"] not in ("evidence", "source", "fhir-composition"))


def test_two_copies_become_one(copies: tuple[Path, Path], words: Path) -> None:
    """Told, signed, verified; afterwards the other is older, and a copy of this one may take its place."""
    key, other = copies
    assert run("compare", key, other, "--secret-file", words).exit_code == 27
    before = (other / "DOSSIER.DMB").read_bytes()
    ran = run("rejoin", key, other, "--yes", "--secret-file", words)
    assert ran.exit_code == 0, ran.stderr
    assert "les deux copies ont divergé après la version 3" in ran.stderr
    assert "preuves : 1 version(s) de l’autre copie" in ran.stdout
    assert "vient de l’autre copie : Asthme" in ran.stdout
    assert (other / "DOSSIER.DMB").read_bytes() == before
    assert {"Asthme", "Latex", "note.txt"} <= set(titles(key, words))
    assert run("verify", key, "--secret-file", words).exit_code == 0
    ran = run("compare", key, other, "--secret-file", words)
    assert ran.exit_code == 0
    assert "le premier est plus récent" in ran.stdout
    again = run("rejoin", key, other, "--yes", "--secret-file", words)
    assert again.exit_code == 0
    assert "déjà tout entière ici" in again.stderr
    back = run("rejoin", other, key, "--yes", "--secret-file", words)
    assert "a tout ce qui est ici, et davantage" in back.stderr
    assert run("copy", key, other, "--secret-file", words).exit_code == 0
    assert titles(other, words) == titles(key, words)


def test_a_dry_run_writes_nothing(copies: tuple[Path, Path], words: Path) -> None:
    """It says what it would do."""
    key, other = copies
    before = (key / "DOSSIER.DMB").read_bytes()
    ran = run("rejoin", key, other, "--dry-run", "--json", "--secret-file", words)
    assert ran.exit_code == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told["relation"] == "diverged"
    assert told["version"] is None
    assert told["rejoined"]["versions"] == 1
    assert (key / "DOSSIER.DMB").read_bytes() == before


def test_what_is_no_copy(key: Path, words: Path, tmp_path: Path) -> None:
    """The record itself, nothing, another record: a sentence, and nothing written."""
    before = (key / "DOSSIER.DMB").read_bytes()
    assert "identiques" in run("rejoin", key, key, "--secret-file", words).stderr
    (tmp_path / "empty").mkdir()
    assert run("rejoin", key, tmp_path / "empty", "--secret-file", words).exit_code == 11
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    assert run("create", stranger, "--demo", "--secret-file", words).exit_code == 0
    ran = run("rejoin", key, stranger, "--secret-file", words)
    assert ran.exit_code == 28
    assert "deux dossiers différents" in ran.stderr
    assert (key / "DOSSIER.DMB").read_bytes() == before


def test_the_evidence_of_the_other_copy_goes_out_too(copies: tuple[Path, Path], words: Path, tmp_path: Path) -> None:
    """What was signed on the other copy is in the evidence, to be checked in the same way."""
    key, other = copies
    assert run("rejoin", key, other, "--yes", "--secret-file", words).exit_code == 0
    for place, out in ((other, "theirs"), (key, "ours")):
        assert run("export", place, "--as", "evidence", "-o", tmp_path / out, "--secret-file", words).exit_code == 0
    last = sorted((tmp_path / "theirs").glob("*.p7s"))[-1]
    for kind in ("p7s", "statement", "inner", "blind", "record"):
        mine = tmp_path / "ours" / "joined" / f"0000.{kind}"
        assert mine.read_bytes() == last.with_suffix(f".{kind}").read_bytes()
