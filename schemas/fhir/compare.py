"""Compare two origins of the R4 definitions, line by line and code by code; print what differs.

    python schemas/fhir/compare.py FOLDER

The first is the table's own origin, HL7's package on npm; the second the resources that the HAPI project publishes.
"""

import sys
from pathlib import Path
from typing import Final

import origins
import structures
import terms
from origins import Tree

_BUNDLES: Final = ("profiles-resources.xml", "profiles-types.xml", "valuesets.xml", "v3-codesystems.xml")


def _lines(definitions: list[Tree]) -> structures.Lines:
    found: structures.Lines = {}
    for definition in definitions:
        found.update(structures.lines(definition))
    return found


def _sets(known: terms.Terms, names: set[str]) -> dict[str, terms.SetOfCodes | None]:
    found = {}
    for url in known.sets:
        if structures.name_of(url) in names and url.startswith("http://hl7.org/fhir/ValueSet/"):
            codes = known.expand(url)
            found[url] = codes and {
                system: listed if listed is not None else sorted(known.systems[system])
                for system, listed in codes.items()
            }
    return found


def main() -> int:
    """Print the differences; the exit code is whether there are any."""
    if len(sys.argv) != len(["compare.py", "FOLDER"]):
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1])
    first, second = terms.Terms(), terms.Terms()
    one, two = [], []
    for name, definition in origins.members(folder, origins.CORE):
        first.add(definition, name)
        if name.startswith("StructureDefinition-") and structures.is_base(definition):
            one.append(definition)
    for kind, definition in origins.bundled(folder, origins.SECOND, _BUNDLES):
        second.add(definition, f"{kind}-")
        if kind == "StructureDefinition" and structures.is_base(definition):
            two.append(definition)
    a, b = _lines(one), _lines(two)
    differences = 0
    for path in sorted({*a, *b}):
        for name in sorted({*a.get(path, {}), *b.get(path, {})}):
            left, right = a.get(path, {}).get(name), b.get(path, {}).get(name)
            if left != right:
                differences += 1
                print(f"{path}.{name}: {left} | {right}")
    names = {line.split("=")[1] for parts in a.values() for line in parts.values() if "=" in line}
    left_sets, right_sets = _sets(first, names), _sets(second, names)
    for url in sorted({*left_sets, *right_sets}):
        if left_sets.get(url) != right_sets.get(url):
            differences += 1
            print(f"{url}: {left_sets.get(url)} | {right_sets.get(url)}")
    print(
        f"{len(a)} structures, {sum(map(len, a.values()))} elements, {len(left_sets)} value sets; {differences} differ"
    )
    return bool(differences)


if __name__ == "__main__":
    sys.exit(main())
