"""One run: where it works, how much it does, what it found; and the jobs that several sections time."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import records
from measure import (
    Row,
    Sample,
    drop_cache,
    load,
    number,
    print_row,
)
from records import KB, MB

from baladeur.container.container import Container
from baladeur.container.medium import FileMedium

KEY = bytes(range(32))
CHILD = str(Path(__file__).with_name("child.py"))


@dataclass(slots=True)
class Bench:
    """One run: where it works, how much it does, what it found. Sizes are (items, bytes of each)."""

    folder: Path
    quick: bool
    card: records.Card = field(default_factory=records.Card)
    rows: list[Row] = field(default_factory=list)
    section: str = ""

    @property
    def sizes(self) -> dict[str, tuple[int, int]]:
        many, few = (100, 20) if self.quick else (1000, 200)
        return {"small": (1, 20 * KB), "middle": (few, 100 * KB), "few": (few, MB), "many": (many, 200 * KB)}

    @property
    def big(self) -> str:
        return "20 MB" if self.quick else "200 MB"

    def path(self, name: str) -> Path:
        return self.folder / name

    def begin(self, title: str) -> None:
        self.section = title
        print(f"\n{title} (load {load()})", flush=True)

    def add(
        self,
        name: str,
        sample: Sample,
        unit: str,
        *,
        ratio: Sample | None = None,
        against: str = "",
        most: float | None = None,
        judge: Sample | None = None,
    ) -> None:
        """A row; `most` is the target for the median of `judge`, or of the sample itself."""
        row = Row(self.section, name, sample, unit, ratio, against)
        if most is not None:
            passed = (judge or sample).median <= most
            target = f"<= {number(most)}{'×' if judge else ''}"
            row = Row(self.section, name, sample, unit, ratio, against, target, passed)
        self.rows.append(row)
        print_row(row)


def opening(path: Path) -> Callable[[], float]:
    def run() -> float:
        start = time.perf_counter()
        container = Container.open(FileMedium.open(path), records.code())
        took = time.perf_counter() - start
        container.close()
        return took * 1000

    return run


def opening_and_listing(path: Path) -> float:
    start = time.perf_counter()
    with Container.open(FileMedium.open(path), records.code()) as container:
        container.entries()
        return (time.perf_counter() - start) * 1000


def processor_time(job: Callable[[], object]) -> float:
    """Milliseconds that this process computed: what others on the machine take does not count."""
    start = time.process_time()
    job()
    return (time.process_time() - start) * 1000


def opening_cold(path: Path) -> float:
    drop_cache(path)
    return opening(path)()


def child(b: Bench, *arguments: str) -> str:
    """The output of a Python process of its own, with compiled modules as an installed program has them."""
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(b.path("compiled"))}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, check=True, text=True, env=env).stdout  # noqa: S603
