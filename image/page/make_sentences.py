"""Write sentences.json: what the page says of errors, findings and sections, in the words of the command line.

python image/page/make_sentences.py [--check]
"""

import json
import re
import sys
from pathlib import Path

from baladeur import errors
from baladeur.cli.findings import FINDINGS
from baladeur.wording.phrases import PHRASES
from baladeur.wording.sentences import ENGLISH, FRENCH

FILE = Path(__file__).parent / "sentences.json"
#: The errors of the format document that a reader can meet.
ERRORS = """
    CapExceeded CatalogueDamaged CmsMalformed CostRefused HeaderDamaged HeaderTampered ItemDamaged ItemErased Malformed
    NewerVersion NoSuperblock NotAContainer PointerOutside SecretMistyped SecretRefused StateMismatch SummaryDamaged
    Truncated WrongSecret
""".split()
NAMES = ("e-absent", "e-newer", "demonstration", "status-tray", "status-replaced", "status-withdrawn", "by-holder")


def sentences() -> dict[str, dict[str, list[str]]]:
    """All of them: name → [French, English]."""
    kinds = {name: getattr(errors, name) for name in ERRORS}
    sections = {n.removeprefix("section-"): list(PHRASES[n]) for n in PHRASES if n.startswith("section-")}
    return {
        "errors": {name: [FRENCH[kind], ENGLISH.get(kind, kind.sentence)] for name, kind in kinds.items()},
        "findings": {name: [*words, str(int(weight))] for name, (weight, *words) in sorted(FINDINGS.items())},
        "sections": sections,
        "phrases": {name: list(PHRASES[name]) for name in NAMES}
        | {name: list(PHRASES[name]) for name in PHRASES if re.match(r"op-|fact-status$", name)},
    }


def main() -> int:
    """Write the file, or say whether it is what would be written."""
    made = json.dumps(sentences(), ensure_ascii=False, indent=1) + "\n"
    if sys.argv[1:] == ["--check"]:
        if FILE.read_text("utf-8") != made:
            print("image/page/sentences.json is not what make_sentences.py makes", file=sys.stderr)
            return 1
        return 0
    FILE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
