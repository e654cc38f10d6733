"""Somebody at a real terminal: waits for what is said, types, and remembers all that was on the screen."""

import contextlib
import os
import pty
import re
import select
import signal
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.cli.tools import environment

SHOWN = re.compile(r"^ ?(\d+)\. (\w+) \(\d{4}\)\r?$", re.MULTILINE)
_PATIENCE = 60  # seconds


class Typist:
    """One program on one terminal. `screen` is every byte of it, in order."""

    def __init__(self, *args: str | Path, **more: str) -> None:
        self.pid, self._fd = pty.fork()
        if self.pid == 0:  # pragma: no cover - the child
            try:
                command = [sys.executable, "-m", "baladeur", *map(str, args)]
                os.execve(sys.executable, command, environment(**{"TERM": "xterm-256color", **more}))  # noqa: S606
            finally:
                os._exit(99)
        self.screen = ""
        self._seen = 0
        self._over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if not self._over:
            os.kill(self.pid, signal.SIGKILL)
            self.end()

    def wait(self, said: str) -> None:
        """Until some words have been said since the last answer. A line may have been broken anywhere between them."""
        end = time.monotonic() + _PATIENCE
        pattern = re.compile(r"\s+".join(map(re.escape, said.split())))
        while (found := pattern.search(self.screen, self._seen)) is None:
            assert time.monotonic() < end, f"waited for {said!r}; the screen ends in {self.screen[-600:]!r}"
            assert self._read(), f"the program ended before {said!r}: {self.screen[-600:]!r}"
        self._seen = found.end()

    def answer(self, said: str, line: str) -> None:
        """Wait for some words and for the prompt after them, then type a line."""
        self.wait(said)
        end = time.monotonic() + _PATIENCE
        while not self.screen.endswith((": ", "> ")):
            assert time.monotonic() < end, f"no prompt after {said!r}: {self.screen[-600:]!r}"
            assert self._read(), f"the program ended before it asked: {self.screen[-600:]!r}"
        self._seen = len(self.screen)
        time.sleep(0.05)  # getpass empties what was typed before it turned the echo off
        self.type(line + "\n")

    def asked(self) -> str | None:
        """What is said until the next prompt; None if the program ends without one."""
        end = time.monotonic() + _PATIENCE
        while not self.screen[self._seen :].endswith((": ", "> ")):
            assert time.monotonic() < end, f"no prompt; the screen ends in {self.screen[-600:]!r}"
            if not self._read():
                return None
        said, self._seen = self.screen[self._seen :], len(self.screen)
        return said

    def echoed(self, typed: str) -> None:
        """What the terminal echoes of a line is not what the program says."""
        end = time.monotonic() + _PATIENCE
        while "\n" not in self.screen[self._seen :]:
            assert time.monotonic() < end, f"{len(typed)} characters were not echoed"
            self._read()
        self._seen = self.screen.index("\n", self._seen) + 1

    def rest(self) -> str:
        """What was said after the last prompt."""
        return self.screen[self._seen :]

    def words(self, count: int) -> list[str]:
        """The words that are shown now."""
        self.wait(f"\n{count:2}. ")
        self.wait("Entrée quand tout")
        found = SHOWN.findall(self.screen[self.screen.rindex("\n 1. ") :])
        self._seen = self.screen.rindex("Entrée quand tout")
        assert [int(place) for place, _ in found] == list(range(1, count + 1))
        return [word for _, word in found]

    def type(self, text: str) -> None:
        """Keys."""
        os.write(self._fd, text.encode())

    def kill(self, number: int) -> None:
        """A signal to the program."""
        os.kill(self.pid, number)

    def end(self) -> int:
        """Wait for the end; the exit code."""
        if not self._over:
            end = time.monotonic() + _PATIENCE
            while self._read():
                assert time.monotonic() < end, f"it does not end; the screen ends in {self.screen[-600:]!r}"
            with contextlib.suppress(OSError):
                os.close(self._fd)
            self._over = True
            self._code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._code

    def _read(self, patience: float = 1) -> bool:
        """Whether the program still holds the terminal; reads what it says."""
        ready, _, _ = select.select([self._fd], [], [], patience)
        if not ready:
            return patience >= 1
        try:
            piece = os.read(self._fd, 65536)
        except OSError:
            return False
        self.screen += piece.decode("utf-8", "replace")
        return bool(piece)
