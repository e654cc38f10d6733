"""preview: a FHIR document in, the emergency page out; nothing stored, hostile files refused by a sentence."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.record.documents import allergy, bundle


def preview(*args: str) -> subprocess.CompletedProcess[str]:
    """The command in its own process."""
    command = [sys.executable, "-m", "baladeur", "preview", *args]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_page_of_a_document(tmp_path: Path) -> None:
    """The allergy stands on a first screen of at most 80 by 24; nothing else appears in the folder."""
    file = tmp_path / "document.json"
    file.write_bytes(bundle(allergy("pénicillines")))
    done = preview(str(file), "--lang", "fr")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert any("pénicillines" in line for line in lines)
    assert any("règles non relues" in line for line in lines)
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    assert "pas signé" in done.stderr or "non signé" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["document.json"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"not json", 51), (b'{"resourceType":"Bundle","type":"history"}', 54), (b"\xff\xfe", 51), (b"[" * 10_000, 52)],
)
def test_what_is_no_document_gets_a_sentence(tmp_path: Path, content: bytes, code: int) -> None:
    """One line on standard error, its exit code, nothing on standard output."""
    file = tmp_path / "document.json"
    file.write_bytes(content)
    done = preview(str(file))
    assert (done.returncode, done.stdout) == (code, "")
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_missing_file_gets_a_sentence(tmp_path: Path) -> None:
    """Exit code 60."""
    done = preview(str(tmp_path / "nothing.json"))
    assert done.returncode == 60
    assert "Traceback" not in done.stderr


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """No escape sequence of a document reaches the terminal."""
    file = tmp_path / "document.json"
    file.write_bytes(bundle(allergy("\x1b[2J\x1b]0;title\x07latex \u202eabc")))
    assert b"\\u001b" in file.read_bytes() or b"\x1b" in file.read_bytes()
    assert json.loads(file.read_bytes())
    done = preview(str(file), "--all")
    assert "latex" in done.stdout
    assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout)


def test_a_huge_file_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    """Exit code 52 for a file of 8 GiB, more than the process may take."""
    file = tmp_path / "huge.json"
    with file.open("wb") as made:
        made.truncate(8 << 30)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))"
    code = f"{limit}; import sys; sys.argv[1:] = ['preview', {str(file)!r}]; from baladeur.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (52, "")
    assert "Traceback" not in done.stderr
