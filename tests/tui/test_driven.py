"""The program as a person meets it: in a real terminal of tmux, key by key, counted."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from baladeur.container import secret
from baladeur.container.secret import SecretClass
from baladeur.session import Session
from tests.tui.conftest import DEMO
from tests.tui.tools import BY, made

EIGHT = " ".join(secret.generate(SecretClass.WORDS8, bytes(range(16))))
FOUR_LETTERS = " ".join(secret.fold(word)[:4] for word in EIGHT.split())
STOPPED = f"{date.today() - timedelta(days=3):%d/%m/%Y}"
ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "baladeur")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed; .ci/setup installs it"),
]


class Terminal:
    """One tmux of its own, and how many keys were pressed."""

    def __init__(
        self, name: str, width: int, height: int, *command: str, home: Path, run: tuple[str, ...] = PROGRAM
    ) -> None:
        self.name = name
        self._tmux = ["tmux", "-L", name, "-f", os.devnull]
        self.keys = 0
        self.transcript: list[str] = []
        clean = ["env", "-i", f"PATH={os.environ['PATH']}", f"PYTHONPATH={ROOT}", "TERM=xterm-256color"]
        clean += ["LC_ALL=C.UTF-8", f"HOME={home}", f"XDG_DOCUMENTS_DIR={home}"]
        size = ["-x", str(width), "-y", str(height)]
        self._run("new-session", "-d", *size, *clean, *run, *command)
        self._run("set-option", "-g", "remain-on-exit", "on")

    def _run(self, *args: str) -> str:
        return subprocess.run([*self._tmux, *args], check=True, capture_output=True, text=True).stdout

    def screen(self) -> str:
        """What a person sees now."""
        return self._run("capture-pane", "-p")

    def waits_for(self, words: str, seconds: float = 60) -> str:
        """The screen, once these words stand on it."""
        end = time.monotonic() + seconds
        while words not in (shown := self.screen()):
            assert time.monotonic() < end, f"{words!r} never stood on:\n{shown}"
            time.sleep(0.1)
        self.transcript.append(shown)
        return shown

    def types(self, text: str) -> None:
        """Letter by letter."""
        self.keys += len(text)
        self._run("send-keys", "-l", text)

    def press(self, *names: str) -> None:
        """Keys by name."""
        self.keys += len(names)
        for name in names:
            self._run("send-keys", name)
            time.sleep(0.15)

    def end(self) -> None:
        """The server of this terminal alone."""
        subprocess.run([*self._tmux, "kill-server"], check=False, capture_output=True)


@pytest.fixture(params=[(80, 24), (120, 40)], ids=["80x24", "120x40"])
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """The program on the demonstration patient's key."""
    key = made(tmp_path / "key", EIGHT, [(DEMO / name).read_bytes() for name in ("synthese.json", "courrier.json")])
    name = f"baladeur-{tmp_path.parent.name}-{tmp_path.name}"
    terminal = Terminal(name, *request.param, "tui", str(key), "--lang", "fr", home=tmp_path)
    yield terminal
    terminal.end()


def test_from_the_key_to_the_page(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    """The secret and Enter, nothing else; then the other language, a section, and the key is closed."""
    terminal.waits_for("Clé :")
    terminal.types(FOUR_LETTERS)
    terminal.waits_for("boucle")
    terminal.press("Enter")
    page = terminal.waits_for("MOREAU")
    assert terminal.keys == len(FOUR_LETTERS) + 1
    assert "!! ALLERGIE GRAVE   pénicillines" in page
    assert "!! ANTICOAGULANT    apixaban 5 mg" in page
    keys = terminal.keys
    terminal.press("l")
    assert "SEVERE ALLERGY" in terminal.waits_for("SEVERE ALLERGY")
    terminal.press("l")
    terminal.waits_for("ALLERGIE GRAVE")
    terminal.press("d")
    assert "Chercher" in terminal.waits_for("ALLERGIES ·")
    terminal.press("Escape")
    terminal.waits_for("ALLERGIE GRAVE")
    terminal.press("q")
    left = terminal.waits_for("Vous pouvez retirer la clé.")
    assert "MOREAU" not in left
    with capsys.disabled():
        print(f"\nkeys to the emergency page, the secret by four letters a word: {keys}")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Terminal]:
    """80×24, on a record whose last version is of today: this computer's own clock dates what is signed."""
    key = tmp_path / "key"
    key.mkdir()
    Session.create(key, [], demonstration=True, typed=EIGHT)
    with Session.open(key, EIGHT, write=True) as session:
        draft = session.draft()
        session.bring(draft, (DEMO / "synthese.json").read_bytes(), "synthese.json")
        session.seal(draft, BY)
    name = f"baladeur-{tmp_path.parent.name}-{tmp_path.name}"
    terminal = Terminal(name, 80, 24, "tui", str(key), "--lang", "fr", home=tmp_path)
    yield terminal
    terminal.end()


def test_three_changes_are_signed_and_seen_again(
    small: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A treatment stopped with its date, a new one with INN, code and dose, allergies reviewed; signed; reopened."""
    small.waits_for("Clé :")
    small.types(FOUR_LETTERS)
    small.press("Enter")
    small.waits_for("MOREAU")
    small.press("l")
    small.waits_for("SEVERE ALLERGY")
    small.press("l")
    small.waits_for("ALLERGIE GRAVE")
    unlocked = small.keys
    small.press("d")
    small.waits_for("ALLERGIES ·")
    small.press("v")
    small.waits_for("1 changement(s)")
    small.press("Down", "Down")
    small.waits_for("TRAITEMENTS")
    small.press("Right", "x")
    small.waits_for("depuis quel jour")
    small.types(STOPPED)
    small.press("Enter", "Enter")
    small.waits_for("2 changement(s)")
    small.press("a")
    small.waits_for("médicament *")
    small.types("spiro")
    small.waits_for("spironolactone")
    small.press("Enter", "Enter")
    small.types("25 mg")
    small.press("F10")
    small.waits_for("3 changement(s)")
    small.press("f")
    told = small.waits_for("À SIGNER : 3")
    assert "spironolactone" in told
    assert "25 mg" in told
    small.press("s")
    small.waits_for("Signé et écrit", 90)
    keys = small.keys - unlocked
    small.press("Escape", "Escape", "Escape")
    small.waits_for("TRAITEMENTS (7)")
    small.press("t")
    small.waits_for("spironolactone — 25 mg")
    small.press("q")
    small.waits_for("Vous pouvez retirer la clé.")
    again = Terminal(f"{small.name}-again", 80, 24, "tui", str(tmp_path / "key"), "--lang", "fr", home=tmp_path)
    try:
        again.waits_for("Clé :")
        again.types(FOUR_LETTERS)
        again.press("Enter")
        again.waits_for("TRAITEMENTS (7)")
        again.press("t")
        again.waits_for("spironolactone — 25 mg")
        again.press("d", "Down", "Down")
        assert "spironolactone" in again.waits_for("(arrêté)")
    finally:
        again.end()
    with capsys.disabled():
        print(f"\nkeys for three coded changes and their signature: {keys}")
    assert keys <= 90


def test_what_was_typed_five_seconds_before_a_kill_comes_back(small: Terminal, tmp_path: Path) -> None:
    """kill -9 while a form stands open: the program starts anew, and the form stands with all of it."""
    small.waits_for("Clé :")
    small.types(FOUR_LETTERS)
    small.press("Enter")
    small.waits_for("MOREAU")
    small.press("d")
    small.waits_for("ALLERGIES ·")
    small.press("Down", "Down")
    small.waits_for("TRAITEMENTS")
    small.press("a")
    small.waits_for("médicament *")
    small.types("spiro")
    small.waits_for("spironolactone")
    small.press("Enter", "Enter")
    small.types("25 m")
    small.waits_for("25 m")
    time.sleep(5)
    os.kill(int(small._run("list-panes", "-F", "#{pane_pid}")), signal.SIGKILL)
    again = Terminal(f"{small.name}-again", 80, 24, "tui", str(tmp_path / "key"), "--lang", "fr", home=tmp_path)
    try:
        again.waits_for("Clé :")
        again.types(FOUR_LETTERS)
        again.press("Enter")
        again.waits_for("MOREAU")
        again.press("d")
        again.waits_for("FORMULAIRE COMMENCÉ")
        again.press("b")
        again.waits_for("Traitement")
        again.press("Enter")
        shown = again.waits_for("médicament *")
        assert "[ATC C03DA01]" in shown
        assert "25 m" in shown
    finally:
        again.end()


def test_stopped_means_locked(small: Terminal, tmp_path: Path) -> None:
    """Ctrl+Z under a shell: the record is closed, the screen cleared; `fg` shows the first screen, which says so."""
    program = f"{sys.executable} -m baladeur tui {tmp_path / 'key'} --lang fr"
    small.end()
    shell = Terminal(f"{small.name}-shell", 80, 24, home=tmp_path, run=("bash", "--norc", "-i"))
    try:
        shell.types(program)
        shell.press("Enter")
        shell.waits_for("Clé :")
        shell.types(FOUR_LETTERS)
        shell.press("Enter")
        shell.waits_for("MOREAU")
        shell.press("d")
        shell.waits_for("ALLERGIES ·")
        shell.press("C-z")
        shown = shell.waits_for("le dossier est fermé")
        assert "MOREAU" not in shown
        assert "pénicillines" not in shown
        shell.types("fg")
        shell.press("Enter")
        shown = shell.waits_for("Fermé quand le programme a été suspendu")
        assert "MOREAU" not in shown
        shell.types(FOUR_LETTERS)
        shell.press("Enter")
        shell.waits_for("MOREAU")
    finally:
        shell.end()


def test_a_wrong_word_is_said_and_mended(terminal: Terminal) -> None:
    """Only what the screen says may be used."""
    terminal.waits_for("Clé :")
    terminal.types("abai zzzz ")
    assert "Le mot 2" in terminal.waits_for("n’est pas dans la liste")
    terminal.press(*["BSpace"] * 5)
    terminal.types(FOUR_LETTERS.partition(" ")[2])
    terminal.press("Enter")
    terminal.waits_for("MOREAU")


def test_the_emergency_page_is_what_the_command_prints(terminal: Terminal, tmp_path: Path) -> None:
    """Row by row, as far as the screen goes."""
    terminal.waits_for("Clé :")
    terminal.types(FOUR_LETTERS)
    terminal.press("Enter")
    shown = terminal.waits_for("MOREAU").splitlines()
    page, found = Session.page_at(tmp_path / "key", EIGHT)
    assert page.exists
    rows = {row for number in range(20, 41) for screen in lines(page, found, number) for row in screen}
    standing = [row for row in shown if row.startswith((" !!", " !", " TRAITEMENTS", " PROBLÈMES"))]
    assert len(standing) > 5
    assert set(standing) <= rows


def lines(page: object, found: object, height: int) -> tuple[tuple[str, ...], ...]:
    """The screens of a page, of both widths."""
    shown = Session.show(page, found, date.today())  # type: ignore[arg-type]
    return Session.screens(shown, "fr", 80, height) + Session.screens(shown, "fr", 120, height)
