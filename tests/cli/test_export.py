"""The command that hands out a record: new files only, whole or not there."""

import hashlib
import json
import os
import re
import subprocess
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


def openssl(folder: Path, number: str) -> subprocess.CompletedProcess[str]:
    """The command of README.txt, as it stands there."""
    text = (folder / "README.txt").read_text("utf-8")
    start = text.index("openssl cms -verify")
    command = text[start : text.index("-out verified") + len("-out verified")].replace("\\\n", " ")
    return subprocess.run(
        ["sh", "-c", command.replace("NNNN", number)], cwd=folder, capture_output=True, text=True, check=False
    )


def test_evidence_by_the_public_tool(record: Path, words: Path, tmp_path: Path) -> None:
    """Each signature is confirmed by the command of the README, and refused after one flipped byte."""
    out = tmp_path / "evidence"
    ran = run("export", record, "--as", "evidence", "-o", out, "--secret-file", words)
    assert ran.exit_code == 0, ran.stderr
    assert "2 signature(s)" in ran.stderr
    signed = sorted(one.stem for one in out.glob("*.p7s"))
    assert signed == ["0002", "0003"]
    for number in signed:
        good = openssl(out, number)
        assert good.returncode == 0, good.stderr
        assert "successful" in good.stderr
        statement = out / f"{number}.statement"
        assert (out / "verified").read_bytes() == statement.read_bytes()
        kept = statement.read_bytes()
        statement.write_bytes(kept[:-2] + bytes([kept[-2] ^ 1]) + kept[-1:])
        assert openssl(out, number).returncode != 0
        statement.write_bytes(kept)
    assert not (out / "0001.p7s").exists()


def test_evidence_is_tied_to_the_entries(record: Path, words: Path, tmp_path: Path) -> None:
    """Private half, chain and commitments can be computed again from the files alone."""
    out = tmp_path / "all"
    assert run("export", record, "--as", "all", "-o", out, "--secret-file", words).exit_code == 0
    evidence = out / "evidence"
    catalogue = {one["id"]: one for one in json.loads((out / "catalogue.json").read_bytes())["entries"]}
    known = json.loads((evidence / "items.json").read_bytes())["items"]
    before, seen = "0" * 64, 0
    for number in range(4):
        statement, inner, blind, whole = (
            (evidence / f"{number:04}.{kind}").read_bytes() for kind in ("statement", "inner", "blind", "record")
        )
        prefix, outer = statement.split(b"\n", 1)
        assert prefix == b"BALADEUR-STATEMENT-1"
        private = hashlib.sha256(b"coffre1 private\0" + blind + inner).hexdigest()
        assert json.loads(outer)["private"] == private
        assert json.loads(inner)["prev"] == before
        before = hashlib.sha256(whole).hexdigest()
        for op in json.loads(inner)["ops"]:
            told = known[op["id"]]
            meta = told["meta"].encode()
            fields = bytes.fromhex(told["blind"] + op["id"] + told["digest"]) + len(meta).to_bytes(4, "little") + meta
            assert hashlib.sha256(b"coffre1 item\0" + fields).hexdigest() == op["commitment"] == told["commitment"]
            content = (out / catalogue[op["id"]]["file"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == told["digest"] == catalogue[op["id"]]["sha256"]
            seen += 1
    assert seen == len(known) == 6


def test_all_holds_all(record: Path, words: Path, tmp_path: Path) -> None:
    """Every entry of every status, the original file, both formats; what was erased is said, not made up."""
    source = (tmp_path / "document.json").read_bytes()
    out = tmp_path / "all"
    ran = run("export", record, "--as", "all", "-o", out, "--secret-file", words)
    assert ran.exit_code == 0, ran.stderr
    assert (out / "originals" / "001-document.json").read_bytes() == source
    catalogue = json.loads((out / "catalogue.json").read_bytes())
    assert [one["status"] for one in catalogue["entries"]] == ["live"] * 6
    assert {one["brought_by"]["signer"] for one in catalogue["entries"]} == {None, "Dr Camille DEMONSTRATION"}
    note = next(one for one in catalogue["entries"] if one["meta"]["type"] == "tray")
    assert note["file"].endswith("-radio-a-Lisbonne.txt")
    assert (out / note["file"]).read_bytes() == "cliché normal, sans fracture\n".encode()
    assert json.loads((out / "ips.json").read_bytes())["type"] == "document"
    assert json.loads((out / "fhir.json").read_bytes())["type"] == "collection"
    (line,) = [one["id"] for one in catalogue["entries"] if one["meta"]["type"] == "fhir-allergyintolerance"]
    assert run("erase", record, line, "--yes", "--secret-file", words).exit_code == 0
    ran = run("export", record, "--as", "all", "-o", tmp_path / "second", "--secret-file", words)
    assert ran.exit_code == 0, ran.stderr
    assert "1 fichier(s) importé(s) ne peuvent plus être rendus" in ran.stderr
    catalogue = json.loads((tmp_path / "second" / "catalogue.json").read_bytes())
    assert catalogue["imports"][0]["original"] is None
    assert [one["status"] for one in catalogue["entries"] if one["id"] == line] == ["erased"]
    assert "effacée" in (tmp_path / "second" / "LISEZMOI.txt").read_text("utf-8")
    assert "Latex" not in "".join(one.read_text("utf-8", "replace") for one in files(tmp_path / "second"))


def files(folder: Path) -> list[Path]:
    """All files of a folder."""
    return [one for one in folder.rglob("*") if one.is_file()]


def test_everything_comes_back(record: Path, words: Path, tmp_path: Path) -> None:
    """The originals, imported into an empty record, list the same lines; so does the FHIR."""
    out = tmp_path / "all"
    assert run("export", record, "--as", "all", "-o", out, "--secret-file", words).exit_code == 0
    for number, source in enumerate((out / "originals" / "001-document.json", out / "fhir.json", out / "ips.json")):
        other = tmp_path / f"other{number}"
        other.mkdir()
        assert run("create", other, "--demo", "--secret-file", words).exit_code == 0
        assert run("import", other, source, "--yes", "--secret-file", words).exit_code == 0
        listed = json.loads(run("list", other, "--json", "--secret-file", words).stdout)["entries"]
        assert [one["title"] for one in listed if one["type"] == "fhir-allergyintolerance"] == ["Latex"]


def test_a_title_never_leads_out_of_the_folder(key: Path, words: Path, tmp_path: Path, document: Path) -> None:
    """A hostile title is a plain file name."""
    title = "../../e\u0301t\u00e9 CON.. <x>: /"
    assert run("note", key, document, "--title", title, "--secret-file", words).exit_code == 0
    out = tmp_path / "all"
    assert run("export", key, "--as", "all", "-o", out, "--secret-file", words).exit_code == 0
    names = sorted(one.name for one in (out / "entries").iterdir())
    assert any(name.endswith("-ete-CON..-x.txt") for name in names)
    assert all(re.fullmatch(r"[0-9a-f]{32}[A-Za-z0-9.-]*", name) for name in names)


def test_a_folder_is_no_stream(record: Path, words: Path) -> None:
    """Evidence and everything need a folder."""
    assert run("export", record, "--as", "all", "-o", "-", "--secret-file", words).exit_code == 2
