"""Rarer endings: forged signatures, a closed pipe, an interruption, words of a revocation, a search in vain."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from baladeur.card import demo
from baladeur.container import canonical, place
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.secret import parse
from tests.cli.tools import OTHER, WORDS, environment, on_terminal, run, secret_file

FILE = "DOSSIER.DMB"


def test_a_forged_signature(key: Path, words: Path) -> None:
    """A signature over something else: no line of the page is laid out as a verified one, and `verify` says which."""
    author = Author("2026-11-23T10:00:00Z", lambda content: demo.sign(content + b"x"))
    part = canonical.dumps({"items": [], "fr": "ALLERGIE aucune", "en": "no allergy"})
    with place.open_at(key, parse(WORDS), True) as container:
        container.commit(Change(add=[NewItem("allergy", "aucune", b"")], parts=[part]), author)
    done = run("emergency", key, "--secret-file", words)
    assert (done.exit_code, "SIGNATURE FAUSSE" in done.stdout) == (25, True)
    done = run("verify", key, "--secret-file", words)
    assert (done.exit_code, "version 3" in done.stdout, "1 sur 2" in done.stdout) == (25, True, True)
    assert "NON VALABLE" in run("list", key, "--secret-file", words).stdout


def test_a_revocation_draws_words_for_every_day_and_for_paper(key: Path, words: Path, tmp_path: Path) -> None:
    """8 and 12, shown with the warning that they are not in force yet; both open afterwards."""
    done = run("secrets", key, "revoke", "--yes", "--secret-file", words)
    assert done.exit_code == 0
    shown = [w for line in done.stderr.splitlines() if line.startswith("  ") for w in line.split()[1::2]]
    assert len(shown) == 20
    assert done.stderr.index("pas avant") < done.stderr.index("en vigueur")
    for some in (shown[:8], shown[8:]):
        assert run("list", key, "--secret-file", secret_file(tmp_path, " ".join(some), "n")).exit_code == 0


def test_recover_in_words(key: Path, words: Path, tmp_path: Path) -> None:
    """The file and its version; a wrong secret; a folder without a record; no folder."""
    done = run("recover", key, "--secret-file", words)
    assert (done.exit_code, done.stdout.startswith("version 2  ")) == (0, True)
    assert run("recover", key, "--secret-file", secret_file(tmp_path, OTHER, "o")).exit_code == 10
    empty = tmp_path / "vide"
    empty.mkdir()
    assert run("recover", empty, "--secret-file", words).exit_code == 11
    assert run("recover", tmp_path / "absent", "--secret-file", words).exit_code == 60
    assert run("copy", key, tmp_path / "absent", "--secret-file", words).exit_code == 60


def test_a_record_that_has_only_its_other_name(key: Path, words: Path) -> None:
    """A key pulled during a compaction leaves DOSSIER.NEW alone: folder and file name find it."""
    (key / FILE).rename(key / "DOSSIER.NEW")
    for path in (key, key / FILE):
        assert run("list", path, "--secret-file", words).exit_code == 0
    assert run("doctor", key, "--secret-file", words).exit_code == 0
    assert (key / FILE).exists()


def test_a_closed_pipe(key: Path, words: Path) -> None:
    """`baladeur list | head -0` ends without a word."""
    command = [sys.executable, "-m", "baladeur", "list", str(key), "--secret-file", str(words)]
    child = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    told = child.stderr.read().decode()
    child.wait()
    child.stderr.close()
    assert "Traceback" not in told
    assert child.returncode in (0, 1)


def test_an_interruption(key: Path) -> None:
    """Ctrl-C: one line, exit code 130, no traceback."""
    code = "import time\nfrom baladeur.session import Session\nSession.look = staticmethod(lambda p: time.sleep(60))\n"
    code += "print('ready', flush=True)\nfrom baladeur.cli.main import main\nmain()\n"
    command = [sys.executable, "-c", code, "list", str(key)]
    child = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(1.5)
    child.send_signal(signal.SIGINT)
    _, told = child.communicate(timeout=30)
    assert child.returncode == 130
    assert told.decode().strip().startswith("baladeur: arrêté")
    assert "Traceback" not in told.decode()


def test_end_of_input_at_the_prompt(key: Path) -> None:
    """Ctrl-D instead of a secret: a sentence."""
    code, screen = on_terminal("list", key, answers=(("Secret du dossier", "\x04"),))
    assert code in (2, 18, 10)
    assert "Traceback" not in screen
