"""Write what the editor's forms make, for the official engine: each new, ended, and recorded by mistake.

python schemas/fhir/judge/authored.py FOLDER
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from baladeur.errors import LineRefused
from baladeur.record import author
from tests.record.author.test_building import CASES, TODAY, build


def main() -> int:
    """Write the files."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1])
    for number, (kind, values, *_) in enumerate(CASES):
        made = build(kind, values)
        versions = {"new": made, "mistake": author.mistaken(made, "motif", today=TODAY)}
        try:
            versions["ended"] = author.ended(made, "2026-11-01", "motif", today=TODAY)
        except LineRefused:
            pass
        for name, data in versions.items():
            (folder / f"{number:02}-{kind}-{name}.json").write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
