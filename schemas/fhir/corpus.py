"""Write corpus.md: what the checker finds in real documents, and why each finding stands.

    python schemas/fhir/corpus.py FOLDER [--check]

FOLDER holds the documents (ips/, synthea/). Files are named by their own names; nothing of their content is printed.
"""

import sys
from collections import Counter
from pathlib import Path
from typing import Final

from baladeur.record.check import check

HERE: Final = Path(__file__).parent
#: (rule, part of the file's name or nothing for all) → what was seen when the finding was looked at.
WHY: Final = {
    (
        "ips-required",
        "AT_ELGA",
    ): "laboratory Observations without `performer`, 1..* in the IPS profile; the official engine "
    "says so as information, since the entry slices are open",
    ("ips-required", "EU_Giorgio"): "MedicationStatements without `effective[x]`, 1..1 in the IPS profile; as above",
    ("ips-required", "imm_alert"): "laboratory Observations without `performer`; as above",
    ("full-url", "NL_Curavista"): "`fullUrl` is `Type/id`, not an absolute address; the official engine agrees",
    ("narrative-form", "NL_Curavista"): "two root `<div>` in one narrative: no XML",
    (
        "reference-loose",
        "NL_Curavista",
    ): "found by type and id only, because of those `fullUrl`s; the official engine calls "
    "it an error (not found); the record finds them, so here it is a note",
    ("ips-1-absence", ""): "codes of the absent/unknown system of IPS 1.x, which 2.0 took away",
    ("ips-section-empty", ""): "plan of treatment with narrative only; allowed",
    ("code-unknown", "Douglas_Walsh"): "`vital-sign` for `vital-signs` in one Observation.category; a real misspelling",
}


def why(key: str, name: str) -> str:
    """What was seen; nobody has looked yet if nothing is written down."""
    return next((text for (rule, part), text in WHY.items() if rule == key and part in name), "**not looked at**")


def text(folder: Path) -> str:
    """The page."""
    lines = [
        "# What the checker finds in real documents",
        "",
        "Made by `python schemas/fhir/corpus.py FOLDER`. Severities: E error, W warning, N note.",
        "",
        "| document | rule | | times | first place | why it stands |",
        "|---|---|---|---|---|---|",
    ]
    clean = []
    for path in sorted(
        [*folder.glob("ips/*/*.json"), *folder.glob("ci-sis/fhir/*.json"), *folder.glob("synthea/*.json")]
    ):
        found = check(path.read_bytes())
        first = {one.key: one for one in reversed(found)}
        counted = Counter(one.key for one in found)
        if not found:
            clean.append(path.name)
        for key, times in sorted(counted.items()):
            one = first[key]
            lines.append(
                f"| {path.name} | {key} | {one.severity[0].upper()} | {times} | `{one.where}` | {why(key, path.name)} |"
            )
    lines += ["", f"Nothing at all is found in {len(clean)} documents: {', '.join(clean)}.", ""]
    return "\n".join(lines)


def main() -> int:
    """Write or compare."""
    folders = [one for one in sys.argv[1:] if not one.startswith("-")]
    if len(folders) != 1:
        raise SystemExit(__doc__)
    page, made = HERE / "corpus.md", text(Path(folders[0]))
    if "--check" in sys.argv:
        return int(page.read_text("utf-8") != made)
    page.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
