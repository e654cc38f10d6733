"""What the container costs, beside bare parts and beside other programs, in one run.

python benchmarks/container.py [--quick] [--json FILE] [--folder FOLDER]
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import bulk
import others
import records
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from measure import (
    CountingMedium,
    Counts,
    Row,
    Sample,
    drop_cache,
    interleave,
    load,
    machine,
    number,
    print_row,
    ratios,
    settle,
    timed,
)
from records import KB, MB

from baladeur.container import suite
from baladeur.container.change import Change
from baladeur.container.container import Container
from baladeur.container.emergency import open_emergency
from baladeur.container.medium import FileMedium
from baladeur.container.secret import parse

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


def opening_cold(path: Path) -> float:
    drop_cache(path)
    return opening(path)()


def open_and_list(b: Bench) -> None:
    """Opening, by size and by number of items."""
    b.begin("1. Open with a 12-word code")
    for name, (count, size) in b.sizes.items():
        records.build(b.path(name), b.card, records.contents(count, size))
    settle()
    many, few = b.sizes["many"][0], b.sizes["few"][0]
    jobs: dict[str, Callable[[], float]] = {name: opening(b.path(name)) for name in b.sizes}
    jobs["cold"] = partial(opening_cold, b.path("many"))
    jobs["list"] = partial(opening_and_listing, b.path("many"))
    found = interleave(30 if b.quick else 60, jobs)
    flat = ratios(found["few"], found["middle"])
    b.add("20 KB, 1 item", found["small"], "ms", most=10)
    b.add(f"a tenth of {b.big}, {few} items", found["middle"], "ms", most=10)
    b.add(f"{b.big}, {few} items", found["few"], "ms", most=10)
    b.add("  flat in size", found["few"], "ms", ratio=flat, against="a tenth of the bytes", most=1.2, judge=flat)
    beside = ratios(found["many"], found["small"])
    b.add(f"{b.big}, {many} items", found["many"], "ms", ratio=beside, against="1 item", most=10)
    b.add(f"{b.big}, {many} items, cold cache", found["cold"], "ms")
    b.add(f"{b.big}, {many} items, and list their titles", found["list"], "ms")


def beside_others(b: Bench, ours: dict[str, Sample]) -> None:
    """Open and update in the other programs, on the same contents. ours: our commit's ms and bytes."""
    b.begin(f"1b and 3b. Other programs, the same contents: {b.big} in {b.sizes['many'][0]} items")
    makers, missing = others.available()
    for name, reason in missing.items():
        print(f"{name}: skipped, {reason}")
    documents = records.contents(*b.sizes["many"])
    for name, maker in makers.items():
        built: dict[str, list[others.Built]] = {}
        try:
            for size, part in (("small", records.contents(*b.sizes["small"])), ("many", documents)):
                folder = b.path(f"{name}-{size}")
                folder.mkdir()
                built[size] = maker(folder, part)
            settle()
            for small, big in zip(built["small"], built["many"], strict=True):
                _one_other(b, small, big, ours)
        except (OSError, subprocess.CalledProcessError) as error:
            detail = getattr(error, "stderr", b"") or str(error).encode()
            print(f"{name}: failed, {detail.decode(errors='replace').strip()[-200:]}")
        for size in ("small", "many"):
            shutil.rmtree(b.path(f"{name}-{size}"), ignore_errors=True)


def _one_other(b: Bench, small: others.Built, big: others.Built, ours: dict[str, Sample]) -> None:
    runs = 2 if b.quick else 3
    we = opening(b.path("many"))
    found = interleave(runs, {"small": lambda: timed(small.open), "big": lambda: timed(big.open), "we": we})
    growth = ratios(found["big"], found["small"])
    b.add(f"{big.name}: open 20 KB", found["small"], "ms")
    b.add(f"{big.name}: open", found["big"], "ms", ratio=growth, against="its 20 KB")
    b.add("  beside ours", found["big"], "ms", ratio=ratios(found["big"], found["we"]), against="ours")
    sizes: list[float] = []

    def update() -> float:
        start = time.perf_counter()
        sizes.append(big.update() / 1000)
        return (time.perf_counter() - start) * 1000

    took = interleave(runs, {"update": update})["update"]
    bytes_ = Sample(tuple(sizes[1:]))
    b.add(f"{big.name}: 1 KB more", took, "ms", ratio=_over(took, ours["ms"]), against="our signed commit")
    b.add("  bytes", bytes_, "kB", ratio=_over(bytes_, ours["kB"]), against=f"our signed commit ({big.note})")


def _over(sample: Sample, ours: Sample) -> Sample:
    return Sample(tuple(value / ours.median for value in sample.values))


def emergency(b: Bench) -> None:
    """The emergency page of the big record."""
    b.begin(f"2. Emergency page of {b.big} with a 6-word code")
    secret, counts = parse(records.EMERGENCY), Counts()

    def read() -> float:
        nonlocal counts
        medium = CountingMedium(FileMedium.open(b.path("many")))
        took = timed(lambda: open_emergency(medium, secret))
        counts = medium.counts
        medium.close()
        return took

    def cold() -> float:
        drop_cache(b.path("many"))
        return read()

    jobs = {"read": read, "cold": cold, "kdf": lambda: timed(lambda: suite.slot_key(2, b"x" * 40, KEY, KEY[:16]))}
    found = interleave(3 if b.quick else 7, jobs)
    b.add("reads", Sample((counts.reads,)), "", most=8)
    b.add("bytes read", Sample((counts.read_bytes / 1000,)), "kB")
    b.add("time", found["read"], "ms", ratio=ratios(found["read"], found["kdf"]), against="the KDF alone")
    b.add("time, cold cache", found["cold"], "ms", ratio=ratios(found["cold"], found["kdf"]), against="the KDF alone")


def commits(b: Bench) -> dict[str, Sample]:
    """1 KB by the holder and by a professional, in turn, each on a copy of the big record."""
    runs = 60 if b.quick else 300
    b.begin(f"3. Commit of 1 KB on {b.big}, {runs} times")
    note, page = others.NOTE, records.page()
    names = ("holder", "signed")
    mediums: dict[str, CountingMedium] = {}
    opened: dict[str, Container] = {}
    start: dict[str, int] = {}
    for name in names:
        shutil.copyfile(b.path("many"), b.path(name))
        mediums[name] = CountingMedium(FileMedium.open(b.path(name), write=True))
        opened[name] = Container.open(mediums[name], records.code(), write=True)
        start[name] = b.path(name).stat().st_size
    changes = {
        "holder": (Change(add=[records.item("tray", note)]), records.holder()),
        "signed": (Change(add=[records.item("document", note)], parts=page), b.card.author()),
    }
    settle()
    took: dict[str, list[float]] = {name: [] for name in names}
    counted: dict[str, list[Counts]] = {name: [] for name in names}
    for name in names:
        mediums[name].take()
    for _ in range(runs):
        for name in names:
            b.card.take()
            ms = timed(partial(opened[name].commit, *changes[name]))
            took[name].append(ms - b.card.take())
            counted[name].append(mediums[name].take())
    for name in names:
        _commit_rows(b, name, took[name], counted[name], b.path(name).stat().st_size - start[name])
        opened[name].close()
    found = interleave(15 if b.quick else 30, {name: opening(b.path(name)) for name in names})
    b.add(f"open after {runs} holder's commits", found["holder"], "ms", most=10)
    b.add(f"open after {runs} signed commits", found["signed"], "ms", most=10)
    kilobytes = Sample(tuple(c.written / 1000 for c in counted["signed"]))
    return {"ms": Sample(tuple(took["signed"])), "kB": kilobytes}


def _commit_rows(b: Bench, name: str, took: list[float], counted: list[Counts], grown: int) -> None:
    who = "holder" if name == "holder" else f"signed, CMS {b.card.length} bytes, 15 lines"
    time_, written = Sample(tuple(took)), Sample(tuple(c.written / 1000 for c in counted))
    limit = 2 * written.median
    full = [n for n, value in enumerate(written.values) if value > limit]
    syncs = Sample(tuple(float(c.syncs) for c in counted))
    b.add(f"{who}: time without card", time_, "ms", most=10)
    b.add("  of it below the seam (file system)", Sample(tuple(c.waited for c in counted)), "ms")
    b.add("  of it ours", Sample(tuple(t - c.waited for t, c in zip(took, counted, strict=True))), "ms")
    b.add("  bytes written", written, "kB")
    b.add("  bytes written, amortised", Sample((written.mean,)), "kB")
    b.add("  bytes read back", Sample(tuple(c.read_bytes / 1000 for c in counted)), "kB")
    b.add("  fsyncs, the most", Sample((syncs.high,)), "", most=3)
    if full:
        b.add(f"  the {len(full)} with a full catalogue: time", Sample(tuple(took[n] for n in full)), "ms")
        b.add("  the same: bytes written", Sample(tuple(written.values[n] for n in full)), "kB")
    b.add("  growth of the file, a commit", Sample((grown / len(took) / 1000,)), "kB")


def bulk_work(b: Bench) -> None:
    """All contents in one commit, and all of them read."""
    b.begin(f"4. Bulk: {b.big} in {b.sizes['many'][0]} items, beside AES-256-GCM, SHA-256, write and fsync or read")
    documents = records.contents(*b.sizes["many"])
    count, size = b.sizes["many"]
    ours, raw, below = b.path("bulk"), b.path("raw"), dict[str, list[float]](ours=[], raw=[])

    def write_ours() -> float:
        ours.unlink(missing_ok=True)
        records.create(ours)
        medium = CountingMedium(FileMedium.open(ours, write=True))
        with Container.open(medium, records.code(), write=True) as container:
            settle()
            medium.take()
            b.card.take()
            took = timed(lambda: records.fill(container, b.card, documents))
            below["ours"].append(took - medium.take().waited)
        return took - b.card.take()

    def write_raw() -> float:
        raw.unlink(missing_ok=True)
        settle()
        start = time.perf_counter()
        waited = bulk.raw_in(raw, documents)
        took = (time.perf_counter() - start) * 1000
        below["raw"].append(took - waited)
        return took

    runs = 3 if b.quick else 7
    found = interleave(runs, {"ours": write_ours, "raw": write_raw})
    ratio = ratios(found["ours"], found["raw"])
    b.add("in", found["ours"], "ms", ratio=ratio, against="bare parts", most=1.3, judge=ratio)
    b.add("  bare parts", found["raw"], "ms")
    mine, bare = (Sample(tuple(below[name][1:])) for name in ("ours", "raw"))
    b.add("  without the file system", mine, "ms", ratio=ratios(mine, bare), against="bare parts without it")
    container = Container.open(FileMedium.open(ours), records.code())
    ids = [entry.id for entry in container.entries()]

    def read_ours() -> None:
        for id_ in ids:
            container.read(id_)

    def cold(path: Path, job: Callable[[], object]) -> float:
        drop_cache(path)
        return timed(job)

    def read_raw() -> None:
        bulk.raw_out(raw, count, size)

    for text, jobs in (
        ("out, warm cache", {"ours": lambda: timed(read_ours), "raw": lambda: timed(read_raw)}),
        ("out, cold cache", {"ours": lambda: cold(ours, read_ours), "raw": lambda: cold(raw, read_raw)}),
    ):
        found = interleave(runs, jobs)
        ratio = ratios(found["ours"], found["raw"])
        b.add(text, found["ours"], "ms", ratio=ratio, against="bare parts", most=1.3, judge=ratio)
        b.add("  bare parts", found["raw"], "ms")
    container.close()
    _memory(b, b"".join(documents))


def _memory(b: Bench, whole: bytes) -> None:
    if not Path("/proc/self/clear_refs").exists():
        print("memory peak: skipped, this system does not tell it of a process")
        return
    source, (count, size) = b.path("source"), b.sizes["many"]
    source.write_bytes(whole)
    target = b.path("memory")
    for what in ("in", "out"):
        peaks = []
        for _ in range(3):
            if what == "in":
                target.unlink(missing_ok=True)
                records.create(target)
            peaks.append(float(child(b, CHILD, what, str(target), str(source), str(count), str(size))))
        b.add(f"{what}: growth of the memory peak, contents from a file", Sample(tuple(peaks)), "MiB")


def child(b: Bench, *arguments: str) -> str:
    """The output of a Python process of its own, with compiled modules as an installed program has them."""
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(b.path("compiled"))}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, check=True, text=True, env=env).stdout  # noqa: S603


def starts(b: Bench) -> None:
    """Key derivations, and a process from its start to the first line."""
    b.begin("5. Key derivation and start")
    runs = 3 if b.quick else 7
    for slot, name in ((0, "Argon2id, 64 MiB (8 words, 6 words)"), (1, "Argon2id, 256 MiB (own phrase)")):
        ours = partial(timed, partial(suite.slot_key, slot, b"x" * 40, KEY, KEY[:16]))
        found = interleave(
            runs, {"ours": ours, "peer": partial(timed, partial(_openssl_argon2, suite.ARGON2_KIB[slot]))}
        )
        b.add(name, found["ours"], "ms", ratio=ratios(found["ours"], found["peer"]), against="OpenSSL's")
    derive = interleave(runs, {"hkdf": lambda: timed(lambda: suite.slot_key(3, KEY[:16], KEY, KEY[:16]))})
    b.add("HKDF (12 words)", derive["hkdf"], "ms")
    small, big = str(b.path("small")), str(b.path("many"))
    found = interleave(
        runs,
        {
            "bare": lambda: timed(lambda: child(b, "-c", "print()")),
            "code": lambda: timed(lambda: child(b, CHILD, "dossier", small, records.CODE)),
            "big": lambda: timed(lambda: child(b, CHILD, "dossier", big, records.CODE)),
            "page": lambda: timed(lambda: child(b, CHILD, "page", big, records.EMERGENCY)),
        },
    )
    b.add("bare Python, start to first line", found["bare"], "ms")
    for name, text in (
        ("code", "12 words, 20 KB: start to first line"),
        ("big", f"12 words, {b.big}: start to first line"),
        ("page", f"6 words, {b.big}: start to first line"),
    ):
        b.add(text, found[name], "ms", ratio=ratios(found[name], found["bare"]), against="bare Python")


def _openssl_argon2(kibibytes: int) -> bytes:
    return Argon2id(salt=KEY, length=32, iterations=3, lanes=1, memory_cost=kibibytes).derive(b"x" * 40)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the bytes and fewer runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every value there")
    parser.add_argument("--folder", type=Path, help="work in this folder's file system (default: the temporary one)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        b = Bench(Path(name), arguments.quick)
        line = machine(b.folder)
        print(line)
        print(f"{'what':<52} {'median':>14}  {'min–max':<18} {'target':<10} {'':<5} ratio, median (min–max)")
        open_and_list(b)
        emergency(b)
        ours = commits(b)
        bulk_work(b)
        starts(b)
        beside_others(b, ours)
    missed = [row for row in b.rows if row.passed is False]
    judged = [row for row in b.rows if row.passed is not None]
    print(f"\n{len(judged) - len(missed)} of {len(judged)} targets met; load at the end {load()}")
    for row in missed:
        print(f"MISS {row.section.split('.')[0]} {row.name.strip()}")
    if arguments.json:
        found = {"machine": line, "quick": b.quick, "rows": [row.as_json() for row in b.rows]}
        arguments.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
