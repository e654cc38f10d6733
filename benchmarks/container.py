"""What the container costs, beside bare parts and beside other programs, in one run.

python benchmarks/container.py [--quick] [--json FILE] [--folder FOLDER]
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from bench import Bench
from measure import (
    load,
    machine,
)
from reading import beside_others, emergency, open_and_list, starts
from writing import bulk_work, commits


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
