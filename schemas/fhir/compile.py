"""Write (or with --check compare) the table of the checker: baladeur/record/check/definitions.bin.

    python schemas/fhir/compile.py FOLDER [--check]

FOLDER holds the archives that README.md names. The same archives give the same bytes: names are sorted, and the
table is compressed by zlib at its highest level.
"""

import json
import sys
import zlib
from pathlib import Path
from typing import Any, Final

import origins
import profiles
import structures
import terms
from origins import Tree

TABLE: Final = Path(__file__).resolve().parents[2] / "baladeur" / "record" / "check" / "definitions.bin"
LARGEST: Final = 60 << 10
_COMMON: Final = ("id", "extension", "modifierExtension")


def table(folder: Path) -> tuple[dict[str, Any], terms.Terms]:
    """The table, and the terms that were read for it."""
    known = terms.Terms()
    lines: structures.Lines = {}
    resources: list[str] = []
    found: dict[str, Tree] = {}
    for origin in (origins.CORE, origins.IPS, origins.TERMS):
        for name, definition in origins.members(folder, origin):
            known.add(definition, name)
            if not name.startswith("StructureDefinition-"):
                continue
            if origin is origins.CORE and structures.is_base(definition):
                lines.update(structures.lines(definition))
                if definition.text("kind") == "resource" and definition.text("abstract") != "true":
                    resources.append(definition.text("type"))
            if definition.text("url").startswith(profiles.IPS) or definition.text("url") == profiles.VITALS:
                found[structures.name_of(definition.text("url"))] = definition
    found = {name: one for name, one in found.items() if one.text("derivation") == "constraint"}
    types = {name: one.text("type") for name, one in found.items()}
    ruled = {name: [types[name], profiles.rules(one, types, lines)] for name, one in sorted(found.items())}
    needed = {line.split("=")[1] for parts in lines.values() for line in parts.values() if "=" in line}
    needed |= {rule[2] for _, rules in ruled.values() for rule in rules if rule[1] == "bind"}
    sets, systems = _terms(needed, known)
    for parts in lines.values():
        for name, line in parts.items():
            if "=" in line and line.split("=")[1] not in sets:
                parts[name] = line.split("=")[0]
    made = {
        "resources": " ".join(sorted(resources)),
        "types": {name: _joined(parts) for name, parts in sorted(lines.items())},
        "sets": sets,
        "systems": systems,
        "profiles": {name: kept for name, kept in ruled.items() if kept[1]},
        "sections": profiles.sections(found["Composition-uv-ips"]),
    }
    return made, known


def _joined(parts: dict[str, str]) -> str:
    """All lines of a type in one string: the table is read faster so."""
    kind = "m" if "modifierExtension" in parts else "e" if "extension" in parts else ""
    return ";".join([kind, *(f"{name} {line}" for name, line in sorted(parts.items()) if name not in _COMMON)])


def _terms(needed: set[str], known: terms.Terms) -> tuple[dict[str, Any], dict[str, str]]:
    # Where two addresses end alike, the bindings mean R4's own, which sorts first.
    by_name: dict[str, str] = {}
    for url in sorted(known.sets):
        by_name.setdefault(structures.name_of(url), url)
    sets: dict[str, Any] = {}
    whole = set(terms.ALSO)
    for name in sorted(needed):
        if name not in by_name:
            known.left_out[name] = "not in the packages"
            continue
        codes = known.expand(by_name[name])
        if codes is not None:
            sets[name] = {system: " ".join(listed) if listed is not None else 0 for system, listed in codes.items()}
            whole |= {system for system, listed in codes.items() if listed is None}
    systems = {url: " ".join(sorted(known.systems[url])) for url in sorted(whole)}
    systems[terms.OLD_ABSENCE] = " ".join(terms.OLD_CODES)
    return sets, systems


def packed(made: dict[str, Any]) -> bytes:
    """The table's bytes. Raises SystemExit over LARGEST."""
    body = zlib.compress(json.dumps(made, separators=(",", ":"), ensure_ascii=True, sort_keys=True).encode(), 9)
    if len(body) > LARGEST:
        raise SystemExit(f"the table has {len(body)} bytes; the limit is {LARGEST}")
    return body


def main() -> int:
    """Write or compare, and say what was left out."""
    folders = [one for one in sys.argv[1:] if not one.startswith("-")]
    if len(folders) != 1:
        raise SystemExit(__doc__)
    made, known = table(Path(folders[0]))
    body = packed(made)
    for name, why in sorted(known.left_out.items()):
        print(f"no check of {name}: {why}")
    if "--check" in sys.argv:
        # Another zlib may pack the same table into other bytes, so what is compared is the table.
        same = TABLE.exists() and zlib.decompress(TABLE.read_bytes()) == zlib.decompress(body)
        print("the table is what the packages say" if same else "the table is not what the packages say")
        return 0 if same else 1
    TABLE.write_bytes(body)
    print(f"{TABLE.name}: {len(body)} bytes, {len(made['types'])} structures, {len(made['sets'])} value sets")
    return 0


if __name__ == "__main__":
    sys.exit(main())
