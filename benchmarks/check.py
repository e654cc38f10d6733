"""The checker beside others, in one run: `python benchmarks/check.py [DOCUMENT…]`.

Without documents it makes its own: an IPS of 20 entries and a Bundle of 10 MB. What is not installed is skipped.
"""

import gc
import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from baladeur.record import scan
from baladeur.record.check import check
from tests.record.check.examples import LABORATORY, summary, url

ROUNDS = 21
BIG = 10_000_000  # bytes


def big() -> bytes:
    """A Bundle of BIG bytes: laboratory results of one patient."""
    one = json.dumps({"fullUrl": url(0), "resource": LABORATORY})
    patient = summary()["entry"][1:4]
    entries: list[Any] = [*patient]
    for number in range(BIG // len(one) + 1):
        entries.append({"fullUrl": url(number + 100), "resource": LABORATORY})
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def timed(run: Callable[[], object], rounds: int) -> float:
    """Median processor time, in milliseconds."""
    spent = []
    for _ in range(rounds):
        gc.collect()
        before = time.process_time()
        run()
        spent.append((time.process_time() - before) * 1000)
    return median(spent)


def others(data: bytes) -> dict[str, Callable[[], object]]:
    """What else can be had, ready to run."""
    found: dict[str, Callable[[], object]] = {"json alone": lambda: json.loads(data)}
    try:
        import fhirkit  # type: ignore[import-not-found,unused-ignore]

        found["fhirkit-rs"] = lambda: fhirkit.validate(data.decode())
    except ImportError:
        print("fhirkit-rs is not installed: skipped")
    try:
        from fhir.resources.R4B.bundle import Bundle  # type: ignore[import-not-found,unused-ignore]

        found["fhir.resources R4B"] = lambda: Bundle.model_validate_json(data)
    except ImportError:
        print("fhir.resources is not installed: skipped")
    return found


def memory(run: Callable[[], object]) -> int:
    """The most bytes held at once."""
    gc.collect()
    tracemalloc.start()
    kept = run()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return most


def main() -> None:
    """Measure and print."""
    documents = {Path(name).name: Path(name).read_bytes() for name in sys.argv[1:]}
    documents = documents or {"an IPS of 20 entries": json.dumps(summary()).encode(), "10 MB": big()}
    before = time.process_time()
    check(b'{"resourceType":"Patient"}')
    print(f"first check of a process, its table with it: {(time.process_time() - before) * 1000:.1f} ms")
    for name, data in documents.items():
        jobs = {"baladeur check": lambda data=data: check(data), **others(data)}
        rounds = ROUNDS if len(data) < BIG // 10 else 3
        print(f"{name}: {len(data) / 1000:.0f} KB")
        for what, run in jobs.items():
            try:
                run()
                spent = timed(run, rounds)
            except Exception as error:
                print(f"  {what:<20} {type(error).__name__}")
                continue
            print(f"  {what:<20} {spent:9.2f} ms  {len(data) / 1000 / spent:6.1f} MB/s")
        parsed, checked = memory(lambda data=data: scan.parse(data)), memory(lambda data=data: check(data))
        print(f"  memory: {checked / parsed:.2f} × the parsed JSON ({parsed / 1e6:.1f} MB)")


if __name__ == "__main__":
    main()
