"""How the benchmarks measure: samples, interleaved runs, the counted seam, the machine, the table."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from cryptography.hazmat.backends.openssl import backend

from baladeur.container.medium import Medium


@dataclass(frozen=True, slots=True)
class Sample:
    """The values of several runs, in the unit in which they are shown."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def low(self) -> float:
        return min(self.values)

    @property
    def high(self) -> float:
        return max(self.values)

    @property
    def mean(self) -> float:
        return statistics.fmean(self.values)


def timed(job: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000


def interleave(runs: int, jobs: Mapping[str, Callable[[], float]]) -> dict[str, Sample]:
    """Run the jobs in turn, `runs` rounds after one that does not count; each tells its own value.

    What disturbs the machine for a while so disturbs all of them, not the one that had its turn.
    """
    found: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(runs + 1):
        for name, job in jobs.items():
            value = job()
            if turn:
                found[name].append(value)
    return {name: Sample(tuple(values)) for name, values in found.items()}


def ratios(of: Sample, to: Sample) -> Sample:
    """Round by round: two neighbours in time met the same machine."""
    return Sample(tuple(a / b for a, b in zip(of.values, to.values, strict=True)))


@dataclass(slots=True)
class Counts:
    """What passed the storage seam."""

    reads: int = 0
    read_bytes: int = 0
    writes: int = 0
    written: int = 0
    syncs: int = 0
    waited: float = 0.0  # ms below the seam


@dataclass(slots=True)
class CountingMedium:
    """A medium that counts what passes."""

    inner: Medium
    counts: Counts = field(default_factory=Counts)

    def size(self) -> int:
        return self.inner.size()

    def read(self, offset: int, length: int) -> bytes:
        start = time.perf_counter()
        data = self.inner.read(offset, length)
        self.counts.waited += (time.perf_counter() - start) * 1000
        self.counts.reads += 1
        self.counts.read_bytes += len(data)
        return data

    def write(self, offset: int, data: bytes | memoryview) -> None:
        self.counts.writes += 1
        self.counts.written += len(data)
        self.counts.waited += timed(lambda: self.inner.write(offset, data))

    def sync(self) -> None:
        self.counts.syncs += 1
        self.counts.waited += timed(self.inner.sync)

    def forget(self, offset: int, length: int) -> None:
        self.counts.waited += timed(lambda: self.inner.forget(offset, length))

    def close(self) -> None:
        self.inner.close()

    def take(self) -> Counts:
        """The counts since the last call."""
        taken, self.counts = self.counts, Counts()
        return taken


def drop_cache(path: Path) -> None:
    """Make the next reads of a file ask the disk, where the system can (Linux)."""
    if hasattr(os, "posix_fadvise"):
        fd = os.open(path, os.O_RDONLY)
        os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(fd)


def settle() -> None:
    """Let the system write out what others left, so that no fsync pays for it."""
    if hasattr(os, "sync"):
        os.sync()


def machine(folder: Path) -> str:
    """Processor, cores, load, systems and versions: without them a number says nothing."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        named = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = named[0].split(":", 1)[1].strip() if named else model
    packages = ", ".join(f"{name} {version(name)}" for name in ("cryptography", "argon2-cffi-bindings"))
    system = f"{platform.system()} {platform.release()}, {_filesystem(folder)}"
    return (
        f"{model}, {os.cpu_count()} cores, load {load()}; {system}; "
        f"Python {platform.python_version()}, {packages}, {backend.openssl_version_text()}"
    )


def load() -> str:
    """The load average of the last minute: above the number of cores, others took our time."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _filesystem(folder: Path) -> str:
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return "file system unknown"
    found = [line.split()[1:3] for line in mounts.read_text().splitlines()]
    fits = [m for m in found if folder.resolve().is_relative_to(m[0])]
    return max(fits, key=lambda m: len(m[0]))[1] if fits else "file system unknown"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `against` names what `ratio` was measured beside; passed is None without a target."""

    section: str
    name: str
    sample: Sample
    unit: str
    ratio: Sample | None = None
    against: str = ""
    target: str = ""
    passed: bool | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "section": self.section,
            "name": self.name,
            "unit": self.unit,
            "values": list(self.sample.values),
            "median": self.sample.median,
            "ratios": list(self.ratio.values) if self.ratio else None,
            "against": self.against,
            "target": self.target,
            "passed": self.passed,
        }


def number(value: float) -> str:
    """Three digits that count."""
    if value >= 10:
        return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def span(sample: Sample) -> str:
    """Least and most."""
    return "" if sample.low == sample.high else f"{number(sample.low)}–{number(sample.high)}"


def print_row(row: Row) -> None:
    """One line, as soon as it is known."""
    ratio = f"{number(row.ratio.median)}× ({span(row.ratio)}) {row.against}" if row.ratio else ""
    verdict = "" if row.passed is None else "pass" if row.passed else "MISS"
    value, between = f"{number(row.sample.median)} {row.unit}", span(row.sample)
    print(f"{row.name:<52} {value:>14}  {between:<18} {row.target:<10} {verdict:<5} {ratio}".rstrip(), flush=True)
