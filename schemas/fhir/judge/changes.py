"""Random single changes in clean documents, and where the official engine and the checker differ about them.

python schemas/fhir/judge/changes.py make FOLDER SEED COUNT DOCUMENT…   writes FOLDER/0000.json and so on
python schemas/fhir/judge/changes.py compare OUTPUT                     OUTPUT is what Judge printed about them
"""

import copy
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from baladeur.record.check import check

_KINDS: Final = ("delete", "delete", "rename", "type", "value", "wrap", "double", "empty", "extra", "space")
_EMPTY: Final[dict[type, Any]] = {dict: {}, list: [], str: ""}
_OTHER: Final[dict[type, Any]] = {str: 5, bool: "true", int: "7", float: "1.5"}


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """(holder, name or number) of everything in a document."""
    for name, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield value, name
        yield from places(inner)


def change(root: Any, chance: random.Random) -> None:
    """One change somewhere; in most cases in an entry, so that long entries do not take them all."""
    entry = chance.choice(root["entry"]) if chance.random() < 0.93 else {n: v for n, v in root.items() if n != "entry"}
    holder, name = chance.choice([*places(entry)])
    value, kind = holder[name], chance.choice(_KINDS)
    if kind == "delete":
        del holder[name]
    elif kind == "rename" and isinstance(holder, dict):
        holder[f"{name}x"] = holder.pop(name)
    elif kind == "type":
        holder[name] = _OTHER.get(type(value), "text")
    elif kind == "value" and isinstance(value, str):
        holder[name] = value[:-1] + chance.choice("zZ9 ")
    elif kind == "wrap":
        holder[name] = value[0] if isinstance(value, list) else [value]
    elif kind == "double" and isinstance(holder, list):
        holder.append(copy.deepcopy(value))
    elif kind == "empty":
        holder[name] = _EMPTY.get(type(value))
    elif kind == "extra" and isinstance(value, dict):
        value["value"] = "x"
    elif kind == "space" and isinstance(value, str):
        holder[name] = f" {value}"


def make(folder: Path, seed: int, count: int, documents: list[Path]) -> None:
    """Write the changed documents; a change that changes nothing is left out."""
    chance = random.Random(seed)  # noqa: S311 - the same changes for the same seed
    clean = [json.loads(path.read_text("utf-8")) for path in documents]
    for number in range(count):
        before = chance.choice(clean)
        root = copy.deepcopy(before)
        change(root, chance)
        if root != before:
            (folder / f"{number:04}.json").write_text(json.dumps(root), "utf-8")


def compare(output: Path) -> None:
    """Count who finds something (an error for the engine, more than a note for us), and list where we differ."""
    told: dict[str, list[str]] = {}
    for line in output.read_text("utf-8").splitlines():
        if line.startswith("## "):
            told[line.split(" ")[1]] = []
        elif line.startswith(("ERROR", "FATAL")):
            list(told.values())[-1].append(line)
    count = {"both": 0, "neither": 0, "engine only": 0, "we only": 0}
    for path, theirs in told.items():
        ours = [one for one in check(Path(path).read_bytes()) if one.severity != "note"]
        who = "both" if ours and theirs else "we only" if ours else "engine only" if theirs else "neither"
        count[who] += 1
        if who.endswith("only"):
            print(f"{who}: {path} {[(one.severity, one.key, one.where) for one in ours] or theirs[0][:200]}")
    print(count)


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        make(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), [Path(one) for one in sys.argv[5:]])
    elif sys.argv[1:2] == ["compare"]:
        compare(Path(sys.argv[2]))
    else:
        raise SystemExit(__doc__)
