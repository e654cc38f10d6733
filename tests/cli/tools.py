"""How the tests of the commands run them: in this process, as a program, on a terminal of its own."""

import contextlib
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from click.testing import CliRunner, Result

from baladeur.cli.main import cli
from baladeur.container import secret
from baladeur.container.secret import SecretClass

ROOT = Path(__file__).resolve().parents[2]
# Twelve words need no slow key derivation.
WORDS = " ".join(secret.generate(SecretClass.CODE12, bytes(range(16))))
OTHER = " ".join(secret.generate(SecretClass.CODE12, bytes(range(1, 17))))
ANSI = re.compile(r"\x1b|\x9b")


def run(*args: str | Path, stdin: str = "", lang: str = "fr_FR.UTF-8") -> Result:
    """A command in this process, without a terminal."""
    runner = CliRunner(env={"LANG": lang, "LC_ALL": None, "LC_MESSAGES": None})
    return runner.invoke(cli, [str(a) for a in args], input=stdin)


def environment(**more: str) -> dict[str, str]:
    """What a program of the tests gets."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "fr_FR.UTF-8", **more}


def program(*args: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A command as a program of its own, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "baladeur", *map(str, args)],
        capture_output=True,
        encoding="utf-8",
        env=environment(**more),
        stdin=subprocess.DEVNULL,
    )


def on_terminal(
    *args: str | Path, answers: tuple[tuple[str, str], ...] = (), output: Path | None = None, **more: str
) -> tuple[int, str]:
    """A command on a terminal: each (prompt, answer) in order. Returns the exit code and all that was on screen."""
    pid, fd = pty.fork()
    if pid == 0:  # pragma: no cover - the child
        try:
            if output:
                os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT, 0o600), 1)
            command = [sys.executable, "-m", "baladeur", *map(str, args)]
            os.execve(sys.executable, command, environment(TERM="xterm", **more))  # noqa: S606 - an argument list
        finally:
            os._exit(99)
    screen, waiting, end = "", list(answers), time.monotonic() + 60
    seen = 0
    while time.monotonic() < end:
        ready, _, _ = select.select([fd], [], [], 1)
        if ready:
            try:
                piece = os.read(fd, 4096)
            except OSError:
                break
            if not piece:
                break
            screen += piece.decode("utf-8", "replace")
        if waiting and waiting[0][0] in screen[seen:]:
            seen = len(screen)
            time.sleep(0.05)  # getpass empties what was typed before it turned the echo off
            os.write(fd, (waiting.pop(0)[1] + "\n").encode())
    else:
        os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.close(fd)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), screen


def secret_file(folder: Path, typed: str = WORDS, name: str = "secret") -> Path:
    """A file with a secret that only its owner reads."""
    path = folder / name
    path.write_text(typed + "\n", "utf-8")
    path.chmod(0o600)
    return path


def copied(template: Path, folder: Path) -> Path:
    """A key's folder with a record of its own."""
    key = folder / "clé é"
    shutil.copytree(template, key)
    return key
