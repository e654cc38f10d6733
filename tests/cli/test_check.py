"""check: FHIR documents in, findings out; stable exit codes, nothing stored, hostile files refused by a sentence."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.cli.tools import program, run
from tests.record.check.examples import SINGLES, summary


def saved(folder: Path, document: Any, name: str = "document.json") -> Path:
    """A document in a file."""
    file = folder / name
    file.write_text(json.dumps(document), "utf-8")
    return file


def faulty(folder: Path) -> Path:
    """One error and one warning."""
    document = summary()
    document["entry"][1]["resource"]["gender"] = "homme"
    del document["entry"][2]["resource"]["name"]
    return saved(folder, document)


def test_a_clean_document(tmp_path: Path) -> None:
    """Exit code 0, nothing on standard output, one line that says by whose rules."""
    done = run("check", saved(tmp_path, summary()))
    assert (done.exit_code, done.stdout) == (0, "")
    assert "IPS 2.0.0" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["document.json"]


def test_what_is_wrong_where_and_what_to_do(tmp_path: Path) -> None:
    """Severity, place, rule, sentence, remedy; lines of at most 80 columns; French by default, English on demand."""
    file = faulty(tmp_path)
    done = run("check", file)
    assert done.exit_code == 56
    lines = done.stdout.splitlines()
    assert lines[0] == "ERREUR    Bundle.entry[1].resource.gender  [binding]"
    assert "homme" in lines[1]
    assert lines[2].strip().startswith("→")
    assert any(line.startswith("ATTENTION Bundle.entry[2].resource.name") for line in lines)
    assert max(map(len, lines)) <= 80
    assert "1 erreur(s), 1 avertissement(s)" in done.stderr
    assert "ERROR     Bundle.entry[1].resource.gender  [binding]" in run("check", file, "--lang", "en").stdout


def test_for_programs(tmp_path: Path) -> None:
    """One JSON list; each finding with the number of its document."""
    done = run("check", saved(tmp_path, summary(), "a.json"), faulty(tmp_path), "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 56
    assert [(one["document"], one["severity"], one["key"]) for one in found] == [
        (2, "error", "binding"),
        (2, "warning", "ips-required"),
    ]
    assert found[0]["where"] == "Bundle.entry[1].resource.gender"


def test_exit_codes(tmp_path: Path) -> None:
    """A note counts for nothing; the gravest of all files counts."""
    document = summary()
    document["entry"][0]["resource"]["section"][10]["code"] = {"text": "autre"}
    note = saved(tmp_path, document, "note.json")
    del document["entry"][2]["resource"]["name"]
    warning = saved(tmp_path, document, "warning.json")
    broken = tmp_path / "broken.json"
    broken.write_bytes(b"{")
    assert [run("check", one).exit_code for one in (note, warning, faulty(tmp_path), broken)] == [0, 57, 56, 50]
    assert run("check", note, broken, warning).exit_code == 50
    assert run("check", tmp_path / "nothing.json").exit_code == 60
    assert run("check", tmp_path).exit_code == 60
    assert run("check").exit_code == 2


def test_lines(tmp_path: Path) -> None:
    """NDJSON: each line is a resource of its own, and its number is told."""
    file = tmp_path / "bulk.ndjson"
    lines = [SINGLES["Goal"], {"resourceType": "Patient", "gender": "homme"}, SINGLES["List"]]
    file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    done = run("check", file)
    assert done.exit_code == 56
    assert done.stdout.splitlines()[0] == "ERREUR    ligne 2  Patient.gender  [binding]"
    assert json.loads(run("check", file, "--json").stdout)[0]["line"] == 2


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """No escape sequence of a document reaches the terminal, in names, values or types."""
    evil = "\x1b[2J\x1b]0;x\x07\u202e"
    document = {"resourceType": "Patient", "gender": evil, f"a{evil}": 1, "contained": [{"resourceType": evil}]}
    done = program("check", saved(tmp_path, document))
    assert done.returncode == 56
    assert len(done.stdout.splitlines()) >= 9
    assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout + done.stderr)


def test_a_huge_file_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    """Exit code 50 for a file of 8 GiB."""
    for name in ("huge.json", "huge.ndjson"):
        file = tmp_path / name
        with file.open("wb") as made:
            made.truncate((65 << 20) if name.endswith("ndjson") else (8 << 30))
        done = program("check", file)
        assert done.returncode == 50
        assert "Traceback" not in done.stderr


def test_progress_on_a_terminal_only(tmp_path: Path) -> None:
    """Without a terminal standard error holds sentences only."""
    done: subprocess.CompletedProcess[str] = program("check", saved(tmp_path, summary()))
    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 1
