"""What a person waits for the screens: the first picture, and the emergency page after Enter; and their memory.

python benchmarks/screens.py [--quick] [--json FILE] [--folder FOLDER]

Each run is a process on a terminal of its own. The first picture is compared with that of a minimal Textual app, the
page with the key derivation alone, a record of 200 MB with the same 30 lines alone; all in turn, in one run.
"""

import argparse
import contextlib
import json
import os
import pty
import select
import signal
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import summary
from bench import KEY, Bench
from measure import Sample, interleave, load, machine, ratios, settle, timed

from baladeur.container import suite

if sys.platform != "win32":
    import fcntl
    import termios

MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("premier")
Minimal().run()
"""
MOST_FIRST = 1.5  # times the minimal app
MOST_OVER = 300.0  # ms over the key derivation, from Enter to the page
GROWTH = 1.10
MOST_MEMORY = 120.0  # MB beside the key derivation
KDF_MB = 64.0
_ROWS, _COLUMNS = 24, 80


class Started:
    """A program on a terminal of its own."""

    def __init__(self, *command: str) -> None:
        self.began = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:  # the child
            try:
                os.execve(sys.executable, [sys.executable, *command], environment())  # noqa: S606 - a list
            finally:
                os._exit(99)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
        self._seen = b""

    def until(self, words: bytes, seconds: float = 120) -> float:
        """Milliseconds from now until these bytes are written."""
        began = time.perf_counter()
        while words not in self._seen:
            if time.perf_counter() - began > seconds:
                raise TimeoutError(words)
            if select.select([self._fd], [], [], 1)[0]:
                self._seen += os.read(self._fd, 65536)
        return (time.perf_counter() - began) * 1000

    def types(self, text: str) -> None:
        """As if typed, and what was written before is forgotten."""
        self._seen = b""
        os.write(self._fd, text.encode())

    def memory(self, name: str) -> float:
        """MB, by a name of /proc/PID/status."""
        lines = Path(f"/proc/{self.pid}/status").read_text("utf-8").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))

    def end(self) -> None:
        """This process alone."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)


def environment() -> dict[str, str]:
    """What the program gets."""
    root = str(Path(__file__).resolve().parents[1])
    return {"PATH": os.environ["PATH"], "PYTHONPATH": root, "LANG": "fr_FR.UTF-8", "TERM": "xterm-256color"}


def first_picture(words: bytes, *command: str) -> float:
    """Milliseconds from the start of the process to the first words on the screen."""
    program = Started(*command)
    try:
        program.until(words)
        return (time.perf_counter() - program.began) * 1000
    finally:
        program.end()


def enter_to_page(folder: Path, memory: dict[str, list[float]]) -> float:
    """Milliseconds from Enter to the patient's name; the words were typed, the program has had time to load."""
    program = Started("-m", "baladeur", "tui", str(folder))
    try:
        program.until("Clé".encode())
        program.types(summary.EIGHT)
        program.until(b"8 ")
        time.sleep(1.5)  # a person has typed for much longer
        program.types("\r")
        took = program.until(b"ESSAI")
        memory.setdefault(folder.name, []).append(program.memory("VmHWM") - KDF_MB)
        return took
    finally:
        program.end()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the documents and fewer runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every value there")
    parser.add_argument("--folder", type=Path, help="work in this folder's file system (default: the temporary one)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        b = Bench(Path(name), arguments.quick)
        line = machine(b.folder)
        print(line)
        print(f"{'what':<52} {'median':>14}  {'min–max':<18} {'target':<10} {'':<5} ratio, median (min–max)")
        small = summary.make(b.path("small"))
        more = 100 if b.quick else 1000
        large = summary.grown(small, b.path("large"), partial(summary.documents, more))
        settle()
        picture(b, small)
        page(b, small, large, more)
    judged = [row for row in b.rows if row.passed is not None]
    print(f"\n{sum(bool(row.passed) for row in judged)} of {len(judged)} targets met; load at the end {load()}")
    if arguments.json:
        found = {"machine": line, "quick": b.quick, "rows": [row.as_json() for row in b.rows]}
        arguments.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def picture(b: Bench, key: Path) -> None:
    """From the start of the process to the first words."""
    b.begin("1. The first picture")
    found = interleave(
        3 if b.quick else 9,
        {
            "minimal": partial(first_picture, b"premier", "-c", MINIMAL),
            "ours": partial(first_picture, b"Krankenakte", "-m", "baladeur", "tui", str(key)),
        },
    )
    b.add("a minimal Textual app", found["minimal"], "ms")
    over = ratios(found["ours"], found["minimal"])
    b.add("the Unlock screen", found["ours"], "ms", ratio=over, against="minimal app")
    b.add("  times the minimal app", over, "×", most=MOST_FIRST)


def page(b: Bench, small: Path, large: Path, more: int) -> None:
    """From Enter to the emergency page, 8 words."""
    b.begin("2. From Enter to the emergency page")
    memory: dict[str, list[float]] = {}
    jobs: dict[str, Callable[[], float]] = {
        "kdf": lambda: timed(lambda: suite.slot_key(0, b"x" * 40, KEY, KEY[:16])),
        "small": lambda: enter_to_page(small, memory),
        "large": lambda: enter_to_page(large, memory),
    }
    found = interleave(3 if b.quick else 9, jobs)
    b.add("key derivation of 8 words alone (Argon2id, 64 MiB)", found["kdf"], "ms")
    for name, what in (("small", "30 lines"), ("large", f"the same and {more} documents of 200 KB")):
        b.add(what, found[name], "ms")
        over = Sample(tuple(a - k for a, k in zip(found[name].values, found["kdf"].values, strict=True)))
        b.add("  over the key derivation", over, "ms", most=MOST_OVER)
        b.add("  most memory beside the key derivation", Sample(tuple(memory[name])), "MB", most=MOST_MEMORY)
    b.add("  large, times small", ratios(found["large"], found["small"]), "×", most=GROWTH)


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
