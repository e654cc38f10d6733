"""Write the test vectors (schemas/container.md, section 19) and the worked example (section 20).

    python tests/vectors/generate.py             writes tests/vectors/*.txt
    python tests/vectors/generate.py --check     compares instead, names the differences, exits 1 if there are any
    python tests/vectors/generate.py --example   writes schemas/container-example.txt (with --check: compares it)

The verdicts come from the document, case by case; no reader was run to find them.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import cases_commit
import cases_emergency
import cases_header
import cases_item
import cases_secret
import cases_statement
import example
from suite import Suite

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parents[1] / "schemas" / "container-example.txt"


def vectors() -> dict[str, str]:
    """Make every vector in memory."""
    suite = Suite()
    for module in (cases_commit, cases_header, cases_secret, cases_item, cases_statement, cases_emergency):
        module.cases(suite)
    return {f"{name}.txt": text for name, text in sorted(suite.render().items())}


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description="The test vectors of the coffre format.")
    parser.add_argument("--check", action="store_true", help="compare with the files on disk, write nothing")
    parser.add_argument("--example", action="store_true", help="the worked example instead of the vectors")
    options = parser.parse_args()
    made = {EXAMPLE: example.text()} if options.example else {HERE / name: text for name, text in vectors().items()}
    strangers = set() if options.example else {path for path in HERE.glob("*.txt") if path not in made}
    total = sum(len(text.encode()) for text in made.values())
    if options.check:
        wrong = {path for path, text in made.items() if not path.exists() or path.read_bytes() != text.encode()}
        for path in sorted(wrong | strangers):
            print("not in the generator:" if path in strangers else "differs:", path.name)
        return 1 if wrong | strangers else 0
    for path, text in made.items():
        path.write_bytes(text.encode())
    for path in strangers:
        path.unlink()
    print(f"{len(made)} files, {total} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
