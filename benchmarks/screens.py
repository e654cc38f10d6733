"""What a person waits for the screens: the first picture, the emergency page after Enter, a room, a signature; memory.

python benchmarks/screens.py [--quick] [--json FILE] [--folder FOLDER]

Each run is a process on a terminal of its own. The first picture is compared with that of a minimal Textual app, the
page with the key derivation alone, a record of 200 MB with the same 30 lines alone; all in turn, in one run. Times are
by the clock; processor time, of all threads, stands beside them, because others on the machine take none of it.
"""

import argparse
import contextlib
import json
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import records
import summary
from bench import KEY, Bench, processor_time
from measure import Sample, interleave, load, machine, ratios, settle, timed

from baladeur.container import suite
from baladeur.session import Session, Signatory

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
MOST_HELD = 100.0  # ms of the thread that draws, at a stretch
MOST_SEALING = 2000.0  # ms beside a card's own time
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

    def processor(self) -> float:
        """Milliseconds that all threads of this process computed."""
        told = [one.read_text("ascii") for one in Path(f"/proc/{self.pid}/task").glob("*/schedstat")]
        return sum(int(one.split()[0]) for one in told) / 1e6

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


class Opening:
    """From Enter to the patient's name; the words were typed, the program has had time to load."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.memory: list[float] = []  #: MB at most, beside the key derivation
        self.worked: list[float] = []  #: ms of processor time

    def __call__(self) -> float:
        program = Started("-m", "baladeur", "tui", str(self._folder))
        try:
            program.until("Clé".encode())
            program.types(summary.EIGHT)
            program.until(b"8 ")
            time.sleep(1.5)  # a person has typed for much longer
            before = program.processor()
            program.types("\r")
            took = program.until(b"ESSAI")
            self.worked.append(program.processor() - before)
            self.memory.append(program.memory("VmHWM") - KDF_MB)
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
        full = summary.grown(large, b.path("full"), partial(summary.observations, 97 if b.quick else 970))
        rooms(b, full)
        signing(b, small, full)
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
    opened = {"small": Opening(small), "large": Opening(large)}
    worked: list[float] = []

    def derive() -> float:
        def once() -> None:
            suite.slot_key(0, b"x" * 40, KEY, KEY[:16])

        worked.append(processor_time(once))
        return timed(once)

    jobs: dict[str, Callable[[], float]] = {"kdf": derive, **opened}
    found = interleave(3 if b.quick else 9, jobs)
    kdf = Sample(tuple(worked[1:]))
    cpu = {name: Sample(tuple(one.worked[1:])) for name, one in opened.items()}
    b.add("key derivation of 8 words alone (Argon2id, 64 MiB)", found["kdf"], "ms")
    for name, what in (("small", "30 lines"), ("large", f"the same and {more} documents of 200 KB")):
        b.add(what, found[name], "ms")
        b.add("  over the key derivation", less(found[name], found["kdf"]), "ms", most=MOST_OVER)
        b.add("  the same, processor time", less(cpu[name], kdf), "ms", most=MOST_OVER)
        b.add("  most memory beside the key derivation", Sample(tuple(opened[name].memory)), "MB", most=MOST_MEMORY)
    b.add("  large, times small", ratios(found["large"], found["small"]), "×", most=GROWTH)
    b.add("  the same, processor time", ratios(cpu["large"], cpu["small"]), "×", most=GROWTH)


def less(of: Sample, other: Sample) -> Sample:
    """Round by round."""
    return Sample(tuple(a - k for a, k in zip(of.values, other.values, strict=True)))


def rooms(b: Bench, full: Path) -> None:
    """Every room once in a process of its own, and how long the thread that draws is held there at a stretch."""
    b.begin("3. The rooms of 2,000 entries")
    command = [sys.executable, str(Path(__file__).with_name("rooms.py")), str(full)]
    runs = [
        json.loads(subprocess.run(command, env=environment(), capture_output=True, check=True, text=True).stdout)  # noqa: S603
        for _ in range(1 if b.quick else 3)
    ]
    for name in runs[0]["rooms"]:
        b.add(f"{name}, until all stands", Sample(tuple(run["rooms"][name][0] for run in runs)), "ms")
        held = Sample(tuple(run["rooms"][name][1] for run in runs))
        b.add("  longest hold of the screen, processor time", held, "ms", most=MOST_HELD)
    b.add("most memory, no key derivation in it", Sample(tuple(run["memory"] for run in runs)), "MB", most=MOST_MEMORY)


def signing(b: Bench, small: Path, full: Path) -> None:
    """A new treatment: checked, the page made and signed by the demonstration card, written, the page read again."""
    b.begin("4. Signing one new treatment, the demonstration card")

    def seal(folder: Path) -> float:
        copy = Path(shutil.copytree(folder, b.path("signing")))
        try:
            with Session.open(copy, records.CODE, write=True) as session:
                draft = session.draft()
                session.add(draft, "treatment", {"drug": "furosémide", "dose": "40 mg", "when": "matin"})

                def run() -> None:
                    session.seal(draft, Signatory("demo"))
                    session.difference(session.page())

                return timed(run)
        finally:
            shutil.rmtree(copy)

    found = interleave(3 if b.quick else 5, {"small": partial(seal, small), "full": partial(seal, full)})
    b.add("30 lines", found["small"], "ms")
    b.add("2,000 entries and 200 MB", found["full"], "ms", most=MOST_SEALING)


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
