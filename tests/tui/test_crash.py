"""An unexpected error: one sentence and an id, no local variable, no patient's word, the terminal as it was."""

import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.cli.tools import ROOT, environment

#: A handler that fails with secrets in its local variables and in its message.
FAILING = """
import sys
from pathlib import Path
from baladeur.tui.app import Baladeur
from baladeur.tui.unlock import Unlock
class Failing(Unlock):
    def action_help(self):
        secret = "abaisser agréable"
        patient = "MOREAU diabète"
        {how}
class Program(Baladeur):
    def get_default_screen(self):
        return Failing()
program = Program([Path(sys.argv[1])], sys.argv[2])
program.run()
sys.exit(program.return_code)
"""
HOWS = {
    "handler": "raise ValueError(patient + secret)",
    "thread": "self.behind(lambda: [][patient], print)",
    "timer": "self.set_timer(0.01, lambda: {}[patient + secret])",
    "markup": "from rich.markup import render; render('dose [/foo] ' + patient)",
}


def run(how: str, key: Path, language: str) -> tuple[int, str, bool]:
    """Start it on a terminal, press F1; exit code, all that was written, and whether the terminal is as before."""
    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)
    script = key / "failing.py"
    script.write_text(FAILING.replace("{how}", HOWS[how]), "utf-8")
    command = [sys.executable, str(script), str(key), language]
    program = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment(TERM="xterm-256color"), cwd=ROOT
    )
    seen, pressed, end = b"", False, time.monotonic() + 60
    while time.monotonic() < end and (program.poll() is None or select.select([master], [], [], 0.2)[0]):
        if select.select([master], [], [], 0.2)[0]:
            seen += os.read(master, 65536)
        if (not pressed and b"Baladeur" in seen.replace(b"BALADEUR", b"Baladeur")) or (not pressed and b"F1" in seen):
            time.sleep(0.5)
            os.write(master, b"\x1bOP")
            pressed = True
    restored = termios.tcgetattr(slave)[3] == before[3]
    os.close(master)
    os.close(slave)
    return program.wait(10), seen.decode("utf-8", "replace"), restored


@pytest.mark.parametrize("how", HOWS)
def test_a_crash_tells_nothing(how: str, tmp_path: Path) -> None:
    """Wherever it happens."""
    status, seen, restored = run(how, tmp_path, "fr")
    assert status == 70
    assert restored
    assert "\x1b[?1049l" in seen  # the alternate screen was left
    after = seen.rpartition("\x1b[?1049l")[2]
    sentence = re.sub(r"\x1b\[[0-9;?<>=]*[a-zA-Z]", "", after)
    assert re.search(r"baladeur : une erreur imprévue .*identifiant \w+Error-\w+-\d+\.", sentence), sentence
    for word in ("MOREAU", "diabète", "abaisser", "Traceback", "locals", "patient =", "File "):
        assert word not in after
    assert len(sentence.strip().splitlines()) <= 3
