"""Write tests/third_party/fhir_r4_invariants.json: the official invariants of R4, as an oracle of the tests.

    python schemas/fhir/invariants.py FOLDER

Each with its key, its severity, the element that it stands at, and its FHIRPath expression, as published.
"""

import json
import sys
from pathlib import Path
from typing import Final

import origins
import structures

PAGE: Final = Path(__file__).resolve().parents[2] / "tests" / "third_party" / "fhir_r4_invariants.json"


def main() -> None:
    """Write the file."""
    if len(sys.argv) != len(["invariants.py", "FOLDER"]):
        raise SystemExit(__doc__)
    found = set()
    for name, definition in origins.members(Path(sys.argv[1]), origins.CORE):
        if not name.startswith("StructureDefinition-") or not structures.is_base(definition):
            continue
        own = definition.text("type")
        for element in definition.all("snapshot")[0].all("element"):
            for one in element.all("constraint"):
                # What a type inherits or an element gets from its type is listed where it belongs.
                path = "DomainResource" if one.text("key").startswith("dom-") else element.text("path")
                if one.text("source").rsplit("/", 1)[-1] in ("", own) or path in (own, "DomainResource"):
                    found.add((one.text("key"), one.text("severity"), path, one.text("expression")))
    rows = [dict(zip(("key", "severity", "path", "expression"), one, strict=True)) for one in sorted(found)]
    rows = [one for one in rows if one["key"] != "ele-1"]
    PAGE.write_text(json.dumps(rows, indent=0, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
