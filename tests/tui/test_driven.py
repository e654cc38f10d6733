"""The program as a person meets it: in a real terminal of tmux, key by key, counted."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from baladeur.container import secret
from baladeur.container.secret import SecretClass
from baladeur.session import Session
from tests.tui.conftest import DEMO
from tests.tui.tools import made

EIGHT = " ".join(secret.generate(SecretClass.WORDS8, bytes(range(16))))
FOUR_LETTERS = " ".join(secret.fold(word)[:4] for word in EIGHT.split())
ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed; .ci/setup installs it"),
]


class Terminal:
    """One tmux of its own, and how many keys were pressed."""

    def __init__(self, name: str, width: int, height: int, *command: str, home: Path) -> None:
        self._tmux = ["tmux", "-L", name, "-f", os.devnull]
        self.keys = 0
        self.transcript: list[str] = []
        clean = ["env", "-i", f"PATH={os.environ['PATH']}", f"PYTHONPATH={ROOT}", "TERM=xterm-256color"]
        clean += ["LC_ALL=C.UTF-8", f"HOME={home}", f"XDG_DOCUMENTS_DIR={home}"]
        size = ["-x", str(width), "-y", str(height)]
        self._run("new-session", "-d", *size, *clean, sys.executable, "-m", "baladeur", *command)
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
    name = f"baladeur-{os.getpid()}-{request.param[0]}"
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
    assert "traitements" in terminal.waits_for("Chercher")
    terminal.press("Escape")
    terminal.waits_for("ALLERGIE GRAVE")
    terminal.press("q")
    left = terminal.waits_for("Vous pouvez retirer la clé.")
    assert "MOREAU" not in left
    with capsys.disabled():
        print(f"\nkeys to the emergency page, the secret by four letters a word: {keys}")


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
    from datetime import date

    shown = Session.show(page, found, date.today())  # type: ignore[arg-type]
    return Session.screens(shown, "fr", 80, height) + Session.screens(shown, "fr", 120, height)
