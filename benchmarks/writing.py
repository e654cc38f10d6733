"""Small commits, bulk work and its memory."""

import shutil
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import bulk
import others
import records
from bench import CHILD, Bench, child, opening
from measure import (
    CountingMedium,
    Counts,
    Sample,
    drop_cache,
    interleave,
    ratios,
    settle,
    timed,
)

from baladeur.container.change import Change
from baladeur.container.container import Container
from baladeur.container.medium import FileMedium


def commits(b: Bench) -> dict[str, Sample]:
    """1 KB by the holder and by a professional, in turn, each on a copy of the big record."""
    runs = 60 if b.quick else 300
    b.begin(f"3. Commit of 1 KB on {b.big}, {runs} times")
    note, page = others.NOTE, records.page()
    names = ("holder", "signed")
    mediums: dict[str, CountingMedium] = {}
    opened: dict[str, Container] = {}
    sizes: dict[str, int] = {}
    for name in names:
        shutil.copyfile(b.path("many"), b.path(name))
        mediums[name] = CountingMedium(FileMedium.open(b.path(name), write=True))
        opened[name] = Container.open(mediums[name], records.code(), write=True)
        sizes[name] = b.path(name).stat().st_size
    changes = {
        "holder": (Change(add=[records.item("tray", note)]), records.holder()),
        "signed": (Change(add=[records.item("document", note)], parts=page), b.card.author()),
    }
    settle()
    took: dict[str, list[float]] = {name: [] for name in names}
    computed: dict[str, list[float]] = {name: [] for name in names}
    counted: dict[str, list[Counts]] = {name: [] for name in names}
    for name in names:
        mediums[name].take()
    for _ in range(runs):
        for name in names:
            b.card.take()
            start = time.process_time()
            ms = timed(partial(opened[name].commit, *changes[name]))
            processor, (busy, worked) = (time.process_time() - start) * 1000, b.card.take()
            took[name].append(ms - busy)
            computed[name].append(processor - worked)
            counted[name].append(mediums[name].take())
    for name in names:
        _commit_rows(b, name, took[name], counted[name], b.path(name).stat().st_size - sizes[name])
        b.add("  processor time", Sample(tuple(computed[name])), "ms")
        opened[name].close()
    found = interleave(15 if b.quick else 30, {name: opening(b.path(name)) for name in names})
    b.add(f"open after {runs} holder's commits", found["holder"], "ms", most=10)
    b.add(f"open after {runs} signed commits", found["signed"], "ms", most=10)
    kilobytes = Sample(tuple(c.written / 1000 for c in counted["signed"]))
    return {"ms": Sample(tuple(took["signed"])), "kB": kilobytes}


def _commit_rows(b: Bench, name: str, took: list[float], counted: list[Counts], grown: int) -> None:
    who = "holder" if name == "holder" else f"signed, CMS {b.card.length} bytes, 15 lines"
    time_, written = Sample(tuple(took)), Sample(tuple(c.written / 1000 for c in counted))
    dear = [n for n, value in enumerate(written.values) if value > 2 * written.median]
    steps = [n for n in dear if written.values[n] > 1000]  # the file grew by a step of its padding
    full = [n for n in dear if n not in steps]
    syncs = Sample(tuple(float(c.syncs) for c in counted))
    b.add(f"{who}: time without card", time_, "ms", most=10)
    b.add("  of it below the seam (file system)", Sample(tuple(c.waited for c in counted)), "ms")
    b.add("  of it ours", Sample(tuple(t - c.waited for t, c in zip(took, counted, strict=True))), "ms")
    b.add("  bytes written", written, "kB")
    b.add("  bytes written, amortised", Sample((written.mean,)), "kB")
    b.add("  bytes read back", Sample(tuple(c.read_bytes / 1000 for c in counted)), "kB")
    b.add("  fsyncs, the most", Sample((syncs.high,)), "", most=3)
    for what, found in (("a full catalogue", full), ("a growth step of the file", steps)):
        if found:
            b.add(f"  the {len(found)} with {what}: time", Sample(tuple(took[n] for n in found)), "ms")
            b.add("  the same: bytes written", Sample(tuple(written.values[n] for n in found)), "kB")
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
        return took - b.card.take()[0]

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
