"""What goes wrong: one line, the right exit code, and the record as it was."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from baladeur.card import demo
from baladeur.container import place
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container
from baladeur.container.medium import FileMedium
from baladeur.container.secret import parse
from baladeur.session import Session
from tests.cli.tools import OTHER, WORDS, environment, program, run, secret_file

FILE = "DOSSIER.DMB"
COMMANDS = ("list", "history", "verify", "emergency", "doctor", "compact")
MARK = "Tachycardie-Zébulon"


def cut(length: int) -> Callable[[Path], None]:
    """Cut the file to a length."""
    return lambda file: os.truncate(file, length)


def scrambled(at: int, length: int) -> Callable[[Path], None]:
    """Overwrite a part of the file."""

    def do(file: Path) -> None:
        with file.open("r+b") as opened:
            for start in [at] if at >= 0 else [zone << 22 for zone in range(4)]:
                opened.seek(start)
                opened.write(b"\xa5" * length)

    return do


def headers_damaged(file: Path) -> None:
    """The four copies keep their magic and nothing else."""
    with file.open("r+b") as opened:
        for zone in range(4):
            opened.seek((zone << 22) + 600)
            opened.write(b"\xa5" * 100)


def one_line(stderr: str) -> bool:
    """Whether it is one error and nothing else."""
    return stderr.startswith("baladeur: ") and stderr.count("\n") == 1 and not stderr.rstrip().endswith(".")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_secret(key: Path, tmp_path: Path, command: str) -> None:
    """Exit code 10, one line, the file untouched."""
    before = (key / FILE).read_bytes()
    done = run(command, key, "--secret-file", secret_file(tmp_path, OTHER))
    assert (done.exit_code, done.stdout, one_line(done.stderr)) == (10, "", True)
    assert (key / FILE).read_bytes() == before


def test_twelve_words_that_do_not_belong_together(key: Path, tmp_path: Path) -> None:
    """It is said that one is misplaced, which tells nothing about the record."""
    swapped = " ".join(reversed(WORDS.split()))
    assert run("list", key, "--secret-file", secret_file(tmp_path, swapped)).exit_code == 10


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (cut(0), 11),
        (cut(100), 14),
        (cut(5000), 14),
        (headers_damaged, 15),
        (scrambled(-1, 4096), 11),
    ],
)
@pytest.mark.parametrize("command", ["list", "verify", "doctor", "emergency"])
def test_a_file_that_cannot_be_opened(
    key: Path, words: Path, command: str, damage: Callable[[Path], None], code: int
) -> None:
    """Cut, scrambled, not a Baladeur file: its own code and sentence."""
    damage(key / FILE)
    done = run(command, key, "--secret-file", words)
    assert (done.exit_code, done.stdout, one_line(done.stderr)) == (code, "", True)


def test_another_file(tmp_path: Path, words: Path) -> None:
    """A file that is no record."""
    (tmp_path / FILE).write_bytes(b"PK\x03\x04" * 10000)
    assert run("list", tmp_path, "--secret-file", words).exit_code == 11


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_there(tmp_path: Path, words: Path, command: str) -> None:
    """An empty folder, a missing one: said before a secret is asked, and nothing is created."""
    empty = tmp_path / "vide"
    empty.mkdir()
    for path in (empty, tmp_path / "absent", tmp_path / "absent" / FILE):
        done = run(command, path)
        assert (done.exit_code, one_line(done.stderr)) == (11, True)
    assert list(empty.iterdir()) == []


def test_create_where_a_record_is_or_no_folder(key: Path, words: Path, tmp_path: Path) -> None:
    """An existing record is left alone; a folder is not made in the place of a key that was pulled out."""
    before = (key / FILE).read_bytes()
    assert run("create", key, "--secret-file", words).exit_code == 35
    assert (key / FILE).read_bytes() == before
    assert run("create", tmp_path / "absent", "--secret-file", words).exit_code == 60
    assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize("typed", ["", "court", " ".join(WORDS.split()[:6]), "\u0378" * 20, "x" * 2000])
def test_create_refuses_a_poor_secret(tmp_path: Path, typed: str) -> None:
    """Nothing is created."""
    done = run("create", tmp_path, "--secret-file", secret_file(tmp_path, typed))
    assert (done.exit_code, one_line(done.stderr)) == (18, True)
    assert not (tmp_path / FILE).exists()


def test_create_refuses_what_is_no_identity(tmp_path: Path, words: Path) -> None:
    """Not JSON, no name: a sentence."""
    person = '"family": "MOREAU", "given": ["Zoé"], "birthDate": "1961", "sex": "F"'
    for text, code in (
        ("{", 51),
        ("[" * 100_000, 52),
        ("[]", 51),
        ('{"resourceType": "Patient"}', 54),
        ('{"resourceType": "Bundle", "type": "collection"}', 54),
        ('{"resourceType": "MedicationUsage"}', 53),
        ("{}", 58),
        (f'{{{person}, "birthName": ""}}', 58),
        (f'{{{person}, "ins": "261036938300156"}}', 59),
    ):
        file = tmp_path / "id.json"
        file.write_text(text)
        done = run("create", tmp_path, "--identity", file, "--secret-file", words)
        assert (done.exit_code, one_line(done.stderr)) == (code, True), text
        assert not (tmp_path / FILE).exists()


def test_the_words_are_not_written_to_a_file(tmp_path: Path) -> None:
    """--words-to is refused and nothing is created."""
    done = run("create", tmp_path, "--words-to", tmp_path / "words.txt")
    assert (done.exit_code, list(tmp_path.iterdir())) == (2, [])


def test_a_second_writer(key: Path, words: Path, document: Path) -> None:
    """Writing is refused, reading is not."""
    medium = FileMedium.open(key / FILE, write=True)
    try:
        done = run("note", key, document, "--secret-file", words)
        assert (done.exit_code, one_line(done.stderr)) == (30, True)
        assert run("doctor", key, "--secret-file", words).exit_code == 30
        assert run("list", key, "--secret-file", words).exit_code == 0
    finally:
        medium.close()


def test_a_write_protected_key(key: Path, words: Path, document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading goes on, writing is a sentence, `doctor` says that it repaired nothing."""
    scrambled(600, 8)(key / FILE)
    real = os.open

    def refusing(path: str, flags: int, *more: int, **named: int) -> int:
        if flags & os.O_RDWR:
            raise OSError(errno.EROFS, "read-only")
        return real(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", refusing)
    assert run("note", key, document, "--secret-file", words).exit_code == 31
    assert run("list", key, "--secret-file", words).exit_code == 0
    done = run("doctor", key, "--secret-file", words)
    assert (done.exit_code, "RESTE" in done.stdout, "protégée" in done.stderr) == (26, True, True)


def test_a_document_that_cannot_be_read(key: Path, words: Path, tmp_path: Path) -> None:
    """Missing, a folder, a device, too large: a sentence, and the record untouched."""
    before = (key / FILE).read_bytes()
    huge = tmp_path / "huge"
    with huge.open("wb") as file:
        file.truncate((1 << 30) + 1)
    for path, code in ((tmp_path / "absent", 60), (tmp_path, 60), (Path("/dev/zero"), 60), (huge, 61)):
        done = run("note", key, path, "--secret-file", words)
        assert (done.exit_code, one_line(done.stderr)) == (code, True)
    assert (key / FILE).read_bytes() == before


def test_titles_dates_types_and_ids(key: Path, words: Path, document: Path) -> None:
    """What cannot be shown as it is is refused, not cut."""
    signed = ("--card", "demo", "--secret-file", words)
    for more, code in (
        (("--type", "report", "--title", "a\x1b[2Jb"), 2),
        (("--type", "report", "--title", "x" * 400), 2),
        (("--type", "report", "--title", "x", "--when", "2026-13"), 2),
        (("--type", "Été", "--title", "x"), 24),
        (("--type", "report", "--title", "x", "--replace", "ffffffff"), 23),
    ):
        assert run("add", key, document, *more, *signed).exit_code == code
    for id_ in ("ffffffff", "a", "", "zzzz"):
        assert run("show", key, id_, "--secret-file", words).exit_code == 23
        assert run("erase", key, id_, "--secret-file", words).exit_code == 23


def test_the_demonstration_card_signs_no_real_record(tmp_path: Path, words: Path, document: Path) -> None:
    """Neither by the command nor by the door; and what was signed so all the same is not shown as an entry."""
    assert run("create", tmp_path, "--secret-file", words).exit_code == 0
    done = run("add", tmp_path, document, "--type", "allergy", "--title", "x", "--card", "demo", "--secret-file", words)
    assert (done.exit_code, one_line(done.stderr)) == (24, True)
    assert run("verify", tmp_path, "--secret-file", words).exit_code == 0
    author = Author("2026-11-23T10:00:00Z", demo.sign)
    with place.open_at(tmp_path, parse(WORDS), True) as container:
        container.commit(Change(add=[NewItem("allergy", "forged", b"x")]), author)
    assert run("verify", tmp_path, "--secret-file", words).exit_code == 25
    assert "NON VALABLE" in run("list", tmp_path, "--secret-file", words).stdout


def test_a_damaged_entry(key: Path, words: Path) -> None:
    """It alone is lost: `show` says so, `verify` ends with 25 and names it, the others are read."""
    with place.open_at(key, parse(WORDS)) as container:
        row = min(container._st.view.rows.values(), key=lambda r: r.offset)
        other = next(e.id.hex() for e in container.entries() if e.id != row.id)
    scrambled(row.offset + 60, 8)(key / FILE)
    assert run("show", key, row.id.hex(), "--secret-file", words).exit_code == 22
    assert run("show", key, other, "--secret-file", words).exit_code == 0
    done = run("verify", key, "--secret-file", words)
    assert (done.exit_code, row.id.hex()[:8] in done.stdout) == (25, True)


def test_an_older_version_is_said_first(key: Path, words: Path, document: Path) -> None:
    """The newest commit is destroyed: exit code 20 everywhere, no write without --agree."""
    with Session.open(key, WORDS) as session:
        start = session.end
    assert run("note", key, document, "--secret-file", words).exit_code == 0
    scrambled(start, 16 << 10)(key / FILE)
    for command in ("list", "history", "verify"):
        done = run(command, key, "--secret-file", words)
        assert done.exit_code == 20
        assert done.stderr.startswith("baladeur: VERSION ANCIENNE")
    doctor = run("doctor", key, "--secret-file", words)
    assert (doctor.exit_code, "rien n’a été réparé" in doctor.stderr) == (20, True)
    refused = run("note", key, document, "--secret-file", words)
    assert (refused.exit_code, refused.stderr.startswith("baladeur: VERSION ANCIENNE")) == (24, True)
    assert run("note", key, document, "--agree", "--secret-file", words).exit_code == 0
    assert run("verify", key, "--secret-file", words).exit_code == 0


def test_a_secret_needs_a_terminal_or_a_file(key: Path) -> None:
    """Without either: a sentence, not an endless wait."""
    done = run("list", key)
    assert (done.exit_code, one_line(done.stderr)) == (2, True)


@pytest.mark.parametrize("args", [("nonsense",), ("list",), ("add", "x"), ("--nothing",), ("secrets", "x", "dance")])
def test_a_command_that_is_written_wrong(args: tuple[str, ...]) -> None:
    """One line, exit code 2."""
    done = run(*args)
    assert (done.exit_code, one_line(done.stderr)) == (2, True)


def test_a_secret_in_the_wrong_place_is_not_repeated(key: Path, document: Path, words: Path) -> None:
    """Somebody types the words as arguments or options: no error quotes them, nor a path, nor a title."""
    for args in (
        ("list", key, *WORDS.split()),
        ("list", key, "--secret", WORDS),
        ("list", key, "--secret-file", WORDS),
        ("secrets", key, WORDS),
        (*WORDS.split(),),
        ("add", key, document, "--title", MARK, "--type", MARK, "--card", MARK),
        ("add", key, document, "--title", MARK, "--type", "Faux", "--card", "demo", "--secret-file", words),
        ("note", key / MARK, document, "--title", MARK, "--secret-file", words),
    ):
        done = run(*args)
        assert done.exit_code
        assert one_line(done.stderr.replace("baladeur: dossier de démonstration", ""))
        assert not [w for w in (*WORDS.split(), MARK) if w in done.output]


CRASH = """
import sys
from baladeur.session import Session
def broken(self, *args, **named):
    secret = title = {mark!r}
    raise {kind}(secret)
Session.{method} = broken
from baladeur.cli.main import main
main()
"""


@pytest.mark.parametrize("kind", ["RuntimeError", "KeyError", "MemoryError", "RecursionError", "OSError"])
def test_a_crash_tells_nothing(key: Path, words: Path, kind: str) -> None:
    """An unknown exception with a patient's word in it: one sentence and an id."""
    code = CRASH.format(mark=MARK, kind=kind, method="lines")
    done = subprocess.run(
        [sys.executable, "-c", code, "list", str(key), "--secret-file", str(words)],
        capture_output=True,
        encoding="utf-8",
        env=environment(),
    )
    assert done.returncode in (60, 70)
    assert done.stdout == ""
    assert one_line(done.stderr.split("\n", 1)[1])
    assert MARK not in done.stderr
    assert "Traceback" not in done.stderr
    assert ("list_" in done.stderr or "identifiant" in done.stderr) is (done.returncode == 70)


def test_a_secret_file_that_others_may_read(key: Path, words: Path) -> None:
    """A warning, no refusal."""
    words.chmod(0o644)
    done = program("list", key, "--secret-file", words)
    assert (done.returncode, "chmod 600" in done.stderr) == (0, True)


def test_a_secret_file_that_is_no_text(key: Path, tmp_path: Path) -> None:
    """Bytes that are no UTF-8, and an endless file."""
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    assert run("list", key, "--secret-file", tmp_path / "bytes").exit_code == 18
    assert run("list", key, "--secret-file", "/dev/zero").exit_code == 18
    assert run("list", key, "--secret-file", tmp_path).exit_code == 60


def test_secrets_options_that_do_not_fit(key: Path, words: Path) -> None:
    """--remove belongs to emergency and carer."""
    assert run("secrets", key, "revoke", "--remove", "--yes", "--secret-file", words).exit_code == 2
    assert run("secrets", key, "emergency", "--new-secret-file", words, "--secret-file", words).exit_code == 18


def test_containers_of_the_tests_are_demonstrations(key: Path) -> None:
    """The flag stands in the header."""
    with Container.open(FileMedium.open(key / FILE), parse(WORDS)) as container:
        assert container.demo
