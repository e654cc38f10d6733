"""Opening, the emergency page, starting; and what other programs need for the same."""

import shutil
import subprocess
from collections.abc import Callable
from functools import partial

import others
import records
from bench import CHILD, KEY, Bench, child, opening, opening_and_listing, opening_cold, processor_time
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
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

from baladeur.container import argon, suite
from baladeur.container.emergency import open_emergency
from baladeur.container.medium import FileMedium
from baladeur.container.secret import parse


def open_and_list(b: Bench) -> None:
    """Opening, by size and by number of items."""
    b.begin("1. Open with a 12-word code")
    for name, (count, size) in b.sizes.items():
        records.build(b.path(name), b.card, records.contents(count, size))
    settle()
    many, few = b.sizes["many"][0], b.sizes["few"][0]
    jobs: dict[str, Callable[[], float]] = {name: opening(b.path(name)) for name in b.sizes}
    jobs["cold"] = partial(opening_cold, b.path("many"))
    jobs["processor"] = partial(processor_time, opening(b.path("many")))
    jobs["list"] = partial(opening_and_listing, b.path("many"))
    found = interleave(30 if b.quick else 60, jobs)
    flat = ratios(found["few"], found["middle"])
    b.add("20 KB, 1 item", found["small"], "ms", most=10)
    b.add(f"a tenth of {b.big}, {few} items", found["middle"], "ms", most=10)
    b.add(f"{b.big}, {few} items", found["few"], "ms", most=10)
    b.add("  flat in size", found["few"], "ms", ratio=flat, against="a tenth of the bytes", most=1.2, judge=flat)
    beside = ratios(found["many"], found["small"])
    b.add(f"{b.big}, {many} items", found["many"], "ms", ratio=beside, against="1 item", most=10)
    b.add("  processor time", found["processor"], "ms")
    b.add(f"{b.big}, {many} items, cold cache", found["cold"], "ms")
    b.add(f"{b.big}, {many} items, and list their titles", found["list"], "ms")


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


def starts(b: Bench) -> None:
    """Key derivations, and a process from its start to the first line."""
    b.begin("5. Key derivation and start")
    runs = 3 if b.quick else 7
    for slot, name in ((0, "Argon2id, 64 MiB (8 words, 6 words)"), (1, "Argon2id, 256 MiB (own phrase)")):
        ours = partial(timed, partial(suite.slot_key, slot, b"x" * 40, KEY, KEY[:16]))
        found = interleave(
            runs, {"ours": ours, "peer": partial(timed, partial(_openssl_argon2, argon.ARGON2_KIB[slot]))}
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
    found = patient({"small": lambda: timed(small.open), "big": lambda: timed(big.open), "we": opening(b.path("many"))})
    growth = ratios(found["big"], found["small"])
    b.add(f"{big.name}: open 20 KB", found["small"], "ms")
    b.add(f"{big.name}: open", found["big"], "ms", ratio=growth, against="its 20 KB")
    b.add("  beside ours", found["big"], "ms", ratio=ratios(found["big"], found["we"]), against="ours")
    sizes: list[float] = []
    took = patient({"update": lambda: timed(lambda: sizes.append(big.update() / 1000))})["update"]
    bytes_ = Sample(tuple(sizes[-len(took.values) :]))
    b.add(f"{big.name}: 1 KB more", took, "ms", ratio=_over(took, ours["ms"]), against="our signed commit")
    b.add("  bytes", bytes_, "kB", ratio=_over(bytes_, ours["kB"]), against=f"our signed commit ({big.note})")


def patient(jobs: dict[str, Callable[[], float]]) -> dict[str, Sample]:
    """Two rounds after two that does not count; of jobs that take long, that one alone."""
    first = {name: job() for name, job in jobs.items()}
    if max(first.values()) > 8000:
        return {name: Sample((value,)) for name, value in first.items()}
    return interleave(2, jobs)


def _over(sample: Sample, ours: Sample) -> Sample:
    return Sample(tuple(value / ours.median for value in sample.values))
