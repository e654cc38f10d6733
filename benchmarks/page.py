"""What lire.html costs in each engine that is here, beside the native reader, in one run.

python benchmarks/page.py [--quick] [--json FILE]

Ready: from the address to a page that takes input. KDF: Argon2id of the 8 words alone, in the page's worker. Page: from
the button to the emergency page, less KDF. Memory: by how much all processes of the browser together grew (PSS, highest
of 20 looks) while every entry was listed, the history checked and every content read.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.page import engines  # noqa: E402
from tests.record.documents import allergy, bundle, problem, treatment  # noqa: E402

PAGE = ROOT / "baladeur" / "cli" / "lire.html"
WORDS = "excuse écrivain poirier caillou lanceur vaseux mouvant tuile"
SIZES = ((1, 60), (200, 2000))  # MiB of content, entries
TARGETS = {"ready": 0.5, "kdf": 1.5, "page": 0.5, "memory": 300.0}
KDF = """
const options = { parallelism: 1, iterations: 3, memorySize: 65536, hashLength: 32 }, from = performance.now();
const password = new TextEncoder().encode(given[0]);
await globalThis.baladeurReader.derive({ ...options, password, salt: new Uint8Array(32) });
return (performance.now() - from) / 1000;
"""
OPEN = """
const go = document.getElementById("go"), from = performance.now();
document.getElementById("secret").value = given[0];
go.click();
while (!document.querySelector(".sheet .who")) {
  if (performance.now() - from > 60000) throw new Error(document.getElementById("alert").textContent);
  await new Promise((next) => requestAnimationFrame(next));
}
return (performance.now() - from) / 1000;
"""
BROWSE = """
const [part, parts] = given, reader = globalThis.baladeurReader, rows = await reader.ask("items", { record: 0 });
const step = Math.ceil(rows.length / parts);
let read = 0;
for (const { id } of rows.slice(part * step, (part + 1) * step)) {
  const content = await reader.ask("item", { record: 0, id });
  read += content.length;
}
return read;
"""
PARTS = 20


def native(*arguments: str, words: Path) -> float:
    """Seconds of a command of the program, start included."""
    from_ = time.perf_counter()
    command = [sys.executable, "-m", "baladeur", *arguments, "--secret-file", str(words)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)  # noqa: S603 - an argument list
    return time.perf_counter() - from_


def native_kdf() -> float:
    """Seconds of the same derivation by argon2-cffi."""
    from argon2.low_level import Type, hash_secret_raw

    from_ = time.perf_counter()
    hash_secret_raw(WORDS.encode(), bytes(32), 3, 65536, 1, 32, Type.ID)
    return time.perf_counter() - from_


def record(folder: Path, words: Path, mebibytes: int, entries: int) -> Path:
    """A demonstration record with a page and so many entries."""
    from baladeur.session import Change, NewItem, Session, Signatory

    key = folder / f"{mebibytes}"
    key.mkdir()
    Session.create(key, [], demonstration=True, typed=WORDS)
    (folder / "document.json").write_bytes(bundle(allergy(), problem(), treatment()))
    native("import", str(key), str(folder / "document.json"), "--yes", words=words)
    size = (mebibytes << 20) // entries
    for start in range(0, entries, 500):
        items = [
            NewItem("document", f"document {n}", os.urandom(size), "2026-11-23", "application/octet-stream")
            for n in range(start, min(start + 500, entries))
        ]
        with Session.open(key, WORDS, write=True) as session:
            session.commit(Change(add=items), Signatory("demo"))
    return key / "DOSSIER.DMB"


def descendants(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += descendants(int(child))
    return found


def memory() -> float:
    """MiB of proportional memory of all processes that this one started."""
    total = 0
    for pid in descendants(os.getpid())[1:]:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / 1024


def measure(engine: str, files: dict[int, Path], runs: int) -> dict[str, Any]:
    """All values of one engine."""
    found: dict[str, Any] = {"engine": engine, "ready": [], "kdf": []}
    with engines.browser(engine) as browser:
        found["version"] = browser.version
        browser.open(PAGE)
        found["memory empty"] = memory()
        for _ in range(runs):
            found["ready"].append(ready(browser))
            found["kdf"].append(browser.run(KDF, WORDS))
        for size, file in files.items():
            opened = []
            for _ in range(runs):
                browser.open(PAGE)
                browser.pick(file)
                opened.append(browser.run(OPEN, WORDS))
            found[f"open {size} MiB"] = opened
            browser.wait("'checked' in document.documentElement.dataset", 300)
            peaks, read = [memory()], 0
            for part in range(PARTS):
                read += browser.run(BROWSE, part, PARTS)
                peaks.append(memory())
            if read < size << 20:
                raise SystemExit(f"{engine} read {read} bytes only")
            found[f"memory {size} MiB"] = max(peaks) - found["memory empty"]
    return found


def ready(browser: engines.Browser) -> float:
    """Seconds from the address to a page that takes input, by the browser's own clock."""
    browser.open(PAGE)
    value: float = browser.run("return globalThis.baladeurReady / 1000")
    return value


def line(what: str, values: list[float], target: float, other: float | None = None) -> str:
    """A row of the report."""
    middle = statistics.median(values)
    verdict = "ok" if middle <= target else "MISS"
    ratio = f"×{middle / other:.1f} native" if other else ""
    return f"  {what:<34} {middle:8.2f}  ({min(values):.2f}–{max(values):.2f})  ≤ {target:<6} {verdict:<5} {ratio}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three runs, 20 MiB")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    runs, sizes = (3, ((1, 60), (20, 200))) if arguments.quick else (7, SIZES)
    report: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = folder / "words"
        words.write_text(WORDS, "utf-8")
        words.chmod(0o600)
        files = {size: record(folder, words, size, entries) for size, entries in sizes}
        kdf = statistics.median(native_kdf() for _ in range(runs))
        shown = {
            s: statistics.median(native("summary", str(f), words=words) for _ in range(3)) for s, f in files.items()
        }
        print(f"load {os.getloadavg()[0]:.1f}; native: KDF {kdf:.2f} s; summary, start and KDF included: {shown}")
        for engine in engines.ENGINES:
            if lacks := engines.missing(engine):
                print(f"{engine}: not installed ({lacks})")
                continue
            found = measure(engine, files, runs)
            report.append(found)
            print(f"{engine} {found['version']}")
            print(line("ready, s", found["ready"], TARGETS["ready"]))
            print(line("KDF 64 MiB, s", found["kdf"], TARGETS["kdf"], kdf))
            spent = statistics.median(found["kdf"])
            for size in files:
                after = [value - spent for value in found[f"open {size} MiB"]]
                print(
                    line(
                        f"page of {size} MiB, less KDF, s",
                        after,
                        TARGETS["page"],
                        max(shown[size] - kdf, 0.01),
                    )
                )
                print(line(f"growth, {size} MiB read, MiB", [found[f"memory {size} MiB"]], TARGETS["memory"]))
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
