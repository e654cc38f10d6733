"""Look-up of coded words: import of a file of 100,000 rows, then each keystroke of real queries. No other program.

    python benchmarks/lookup.py [ROWS]

The file has the layout of the BDPM (CIS_bdpm.txt) and names drawn with a fixed seed from the words of the shipped
tables, frequent words more often, as in real lists. A keystroke is one search for what has been typed so far, over
the shipped tables and the imported one together; each is timed five times on the warm file, and the least counts.
"""

import os
import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from baladeur.tables import folder, shipped
from baladeur.tables.lookup import Lookup
from baladeur.tables.term import words

QUERIES = (
    "metformine",
    "glucophage",
    "hypertension arterielle",
    "insuffisance renale chronique",
    "cancer du sein",
    "comprimé pelliculé 500",
    "xaerlto",
    "dibaete de typ",
    "levothyrxo",
    "60012345",
    "E11.9",
    "zzzzzzzz",
)
TIMES = 5
TARGET = 5.0  # ms


def official_file(path: Path, rows: int) -> None:
    """Write a file in the layout of the BDPM."""
    draw = random.Random(2026)  # noqa: S311 - names, not secrets
    vocabulary = sorted({word for name in shipped.WORDS for row in shipped.rows(name) for word in words(row["fr"])})
    draw.shuffle(vocabulary)
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    with path.open("w", encoding="cp1252", newline="\n") as out:
        for number in range(rows):
            name = " ".join(draw.choices(vocabulary, weights, k=draw.randint(2, 6)))
            dose = draw.choice((1, 2.5, 5, 10, 20, 50, 100, 500, 1000))
            label = f"{name.upper()} {dose} mg, comprimé pelliculé n° {number}"
            cells = (60_000_000 + number, label, "comprimé", "orale", "Autorisation active", "Procédure nationale",
                     "Commercialisée", "01/01/2000", "", "", "FABRICANT", "Non")  # fmt: skip
            out.write("\t".join(map(str, cells)) + "\n")


def keystroke(lookup: Lookup, typed: str) -> float:
    """The least time of a search, in ms."""
    times = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        lookup.search(typed)
        times.append(time.perf_counter() - begin)
    return min(times) * 1000


def main(rows: int) -> int:
    """Print the figures; 1 if a keystroke took longer than the target."""
    with tempfile.TemporaryDirectory() as name:
        where = Path(name)
        official_file(where / "CIS_bdpm.txt", rows)
        begin = time.perf_counter()
        table = folder.add(where / "CIS_bdpm.txt", where / "tables")
        took = time.perf_counter() - begin
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = folder.files(where / "tables")[0].stat().st_size / 2**20
        print(f"load {os.getloadavg()[0]:.1f}")
        print(f"import  {table.rows} rows in {took:.1f} s, {size:.0f} MiB on disk, peak {peak:.0f} MiB")
        begin = time.perf_counter()
        with Lookup(folder.files(where / "tables")) as lookup:
            print(f"open    {(time.perf_counter() - begin) * 1000:.0f} ms, shipped tables included")
            begin = time.perf_counter()
            lookup.search("m")
            print(f"first   {(time.perf_counter() - begin) * 1000:.1f} ms, one letter")
            slow = []
            for query in QUERIES:
                times = [keystroke(lookup, query[:end]) for end in range(1, len(query) + 1)]
                slow += times
                middle, most = statistics.median(times), max(times)
                print(f"{query:<32} {len(times):>3} keys  median {middle:5.2f}  most {most:5.2f} ms")
        middle, most = statistics.median(slow), max(slow)
        print(f"all {len(slow)} keystrokes: median {middle:.2f} ms, most {most:.2f} ms, target {TARGET} ms")
        return int(max(slow) > TARGET)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
