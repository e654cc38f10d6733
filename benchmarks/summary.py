"""What a person waits for the emergency page, beside a bare Python start and the key derivation, in one run.

python benchmarks/summary.py [--quick] [--json FILE] [--folder FOLDER] [--synthea FILE]

The page has 30 lines from FHIR entries, signed by the demonstration card. The large record holds the same and 1000
further documents; another one 1000 further results, as FHIR. An import is compared with parsing its JSON alone.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import records
from bench import KEY, Bench, child
from measure import Sample, interleave, load, machine, ratios, settle, timed
from records import KB, MB

from baladeur.container import secret, suite
from baladeur.container.secret import SecretClass
from baladeur.session import Change, NewItem, Session, Signatory

EIGHT = " ".join(secret.generate(SecretClass.WORDS8, bytes(range(16))))
SYNTHEA = Path(__file__).resolve().parents[2] / "shared" / "data" / "synthea"
MOST_OVER = 150.0  # ms over a bare start and the key derivation
MOST_GROWTH = 1.10
HL7 = "http://terminology.hl7.org/CodeSystem/"
Json = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the documents and fewer runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every value there")
    parser.add_argument("--folder", type=Path, help="work in this folder's file system (default: the temporary one)")
    parser.add_argument("--synthea", type=Path, default=SYNTHEA, help="a folder of Synthea bundles (FHIR R4)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        b = Bench(Path(name), arguments.quick)
        line = machine(b.folder)
        print(line)
        print(f"{'what':<52} {'median':>14}  {'min–max':<18} {'target':<10} {'':<5} ratio, median (min–max)")
        page(b)
        bring(b, arguments.synthea)
    judged = [row for row in b.rows if row.passed is not None]
    print(f"\n{sum(bool(row.passed) for row in judged)} of {len(judged)} targets met; load at the end {load()}")
    if arguments.json:
        found = {"machine": line, "quick": b.quick, "rows": [row.as_json() for row in b.rows]}
        arguments.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


# ---------------------------------------------------------------- the page


def page(b: Bench) -> None:
    """`summary --plain`, from the start of the process to its end."""
    b.begin("1. The emergency page: summary --plain")
    secrets = {"8 words": EIGHT, "12 words": records.CODE, "6 words": records.EMERGENCY}
    for name, typed in secrets.items():
        _private(b.path(name)).write_text(typed, "utf-8")
    small = make(b.path("small"))
    more = 100 if b.quick else 1000
    large = grown(small, b.path("large"), partial(documents, more))
    results = grown(small, b.path("results"), partial(observations, more))
    settle()

    def show(folder: Path, name: str = "8 words") -> Callable[[], float]:
        command = ("-m", "baladeur", "summary", str(folder), "--plain", "--secret-file", str(b.path(name)))
        return lambda: timed(lambda: child(b, *command))

    found = interleave(
        5 if b.quick else 15,
        {
            "bare": lambda: timed(lambda: child(b, "-c", "pass")),
            "kdf": lambda: timed(lambda: suite.slot_key(0, b"x" * 40, KEY, KEY[:16])),
            "small": show(small),
            "large": show(large),
            "results": show(results),
            **{name: show(large, name) for name in secrets if name != "8 words"},
        },
    )
    b.add("bare Python, start to end", found["bare"], "ms")
    b.add("key derivation of 8 words alone (Argon2id, 64 MiB)", found["kdf"], "ms")
    sizes = {"small": _size(small), "large": _size(large), "results": _size(results)}
    for name, what in (("small", "30 lines"), ("large", f"{more} documents more"), ("results", f"{more} results more")):
        growth = ratios(found[name], found["small"]) if name != "small" else None
        b.add(f"8 words, {what}, {sizes[name]}", found[name], "ms", ratio=growth, against="30 lines alone")
        _over(b, found, name)
        if growth is not None:
            b.add("  times the 30 lines alone", growth, "×", most=MOST_GROWTH)
    for name in ("12 words", "6 words"):
        b.add(f"{name}, {sizes['large']}", found[name], "ms", ratio=ratios(found[name], found["bare"]), against="bare")
    _over(b, found, "6 words")  # the 12 words derive nothing that takes time: all of theirs is loading and comparing


def _over(b: Bench, found: dict[str, Sample], name: str) -> None:
    """Round by round, what a page took beyond the two that nothing can take away."""
    rounds = zip(found[name].values, found["bare"].values, found["kdf"].values, strict=True)
    b.add("  over bare start and key derivation", Sample(tuple(a - x - y for a, x, y in rounds)), "ms", most=MOST_OVER)


def _private(path: Path) -> Path:
    path.touch(0o600)
    return path


def _size(folder: Path) -> str:
    """Bytes of content: the file itself is kept larger than them."""
    with Session.open(folder, records.CODE) as session:
        total = sum(entry.size for entry in session.entries())
    return f"{total / MB:.0f} MB" if total >= MB else f"{total / KB:.0f} kB"


def make(folder: Path) -> Path:
    """A demonstration record whose page has 30 lines."""
    folder.mkdir()
    new = Session.create(folder, [], demonstration=True, typed=EIGHT)
    with Session.open(folder, EIGHT, write=True) as session:
        draft = session.draft()
        session.bring(draft, patient_summary(), "synthese.json")
        session.review(draft, Session.REVIEWED, Signatory("demo"))
        session.seal(draft, Signatory("demo"))
    _known_words(folder, " ".join(new.recovery))
    return folder


def _known_words(folder: Path, recovery: str) -> None:
    """The same 12 and 6 words in every run."""
    from baladeur.session import NewAccess

    with Session.open(folder, recovery, write=True) as session:
        session.set_access(NewAccess.draw("recovery", records.CODE))
        session.set_access(NewAccess.draw("emergency", records.EMERGENCY))


def grown(small: Path, folder: Path, more: Callable[[Session], None]) -> Path:
    """A copy of a record with more in it."""
    shutil.copytree(small, folder)
    with Session.open(folder, records.CODE, write=True) as session:
        more(session)
    return folder


def documents(count: int, session: Session) -> None:
    """Scans of 200 KB, that do not compress."""
    items = [
        NewItem("report", f"Compte rendu n° {n}", content, "2026-01-01", "application/pdf")
        for n, content in enumerate(records.contents(count, 200 * KB))
    ]
    session.commit(Change(add=items), Signatory("demo"))


def observations(count: int, session: Session) -> None:
    """Results of a laboratory, as one FHIR document brings them."""
    made = [
        {
            "resourceType": "Observation", "id": f"o{n}", "status": "final", "code": {"text": f"dosage n° {n}"},
            "subject": {"reference": "Patient/p"}, "effectiveDateTime": "2026-01-01",
            "valueQuantity": {"value": n, "unit": "mg/L", "system": "http://unitsofmeasure.org", "code": "mg/L"},
        }
        for n in range(count)
    ]  # fmt: skip
    draft = session.draft()
    session.bring(draft, bundle(made, "laboratoire"), "laboratoire.json")
    session.seal(draft, Signatory("demo"))


def bundle(resources: list[Json], server: str) -> bytes:
    """A collection about one invented patient."""
    patient = {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1961-03-04"}
    patient |= {"name": [{"family": "ESSAI", "given": ["Jeanne"]}]}
    entries = [
        {"fullUrl": f"https://{server}.example/{one['resourceType']}/{one['id']}", "resource": one}
        for one in (patient, *resources)
    ]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def patient_summary() -> bytes:
    """30 entries that the page shows: 4 allergies, 10 problems, 12 treatments, 2 devices, 2 operations."""

    def status(kind: str, code: str) -> Json:
        return {"coding": [{"system": HL7 + kind, "code": code}]}

    about, subject = {"patient": {"reference": "Patient/p"}}, {"subject": {"reference": "Patient/p"}}
    active = {"clinicalStatus": status("allergyintolerance-clinical", "active")}
    present = {"clinicalStatus": status("condition-clinical", "active")}
    made: list[Json] = []
    for n in range(4):
        made.append({"resourceType": "AllergyIntolerance", **active, **about, "code": {"text": f"allergène n° {n}"}})
    for n in range(10):
        made.append({"resourceType": "Condition", **present, **subject, "code": {"text": f"maladie n° {n}"}})
    for n in range(12):
        dosage = [{"text": "1 comprimé le matin et 2 le soir, au repas", "timing": {"repeat": {"frequency": 2}}}]
        drug = {"medicationCodeableConcept": {"text": f"médicament n° {n}, 500 mg"}, "dosage": dosage}
        made.append({"resourceType": "MedicationStatement", "status": "active", **subject, **drug})
    for n in range(2):
        made.append({"resourceType": "Device", "status": "active", **about, "type": {"text": f"implant n° {n}"}})
        act = {"status": "completed", "code": {"text": f"opération n° {n}"}, "performedDateTime": "2019"}
        made.append({"resourceType": "Procedure", **act, **subject})
    return bundle([{**one, "id": f"r{n}"} for n, one in enumerate(made)], "cabinet")


# ---------------------------------------------------------------- the import


def bring(b: Bench, synthea: Path) -> None:
    """A real document into an empty record: planned, signed, written; against parsing it."""
    b.begin("2. Import of a Synthea bundle, signed")
    found = sorted(synthea.glob("*.json"), key=lambda one: one.stat().st_size) if synthea.is_dir() else []
    if not found:
        print(f"skipped: no bundles in {synthea}")
        return
    data = cut(found[-1].read_bytes(), 2 * MB)
    count = len(json.loads(data)["entry"])
    steps = {"plan": Sample(()), "seal": Sample(())}

    def run() -> float:
        folder = Path(tempfile.mkdtemp(dir=b.folder))
        Session.create(folder, [], demonstration=True, typed=records.CODE)
        with Session.open(folder, records.CODE, write=True) as session:
            draft = session.draft()
            planned = timed(lambda: session.bring(draft, data, "synthea.json"))
            sealed = timed(lambda: session.seal(draft, Signatory("demo")))
        shutil.rmtree(folder)
        for name, took in (("plan", planned), ("seal", sealed)):
            steps[name] = Sample((*steps[name].values, took))
        return planned + sealed

    taken = interleave(3 if b.quick else 7, {"json": lambda: timed(lambda: json.loads(data)), "import": run})
    b.add(f"json.loads of {len(data) / MB:.1f} MB, {count} entries", taken["json"], "ms")
    for name, what in (
        ("import", "import and signature"),
        ("plan", "  reading and planning"),
        ("seal", "  page, signature, write"),
    ):
        sample = Sample((taken[name] if name in taken else steps[name]).values[-len(taken["json"].values) :])
        b.add(what, sample, "ms", ratio=ratios(sample, taken["json"]), against="json.loads")


def cut(data: bytes, size: int) -> bytes:
    """The bundle with as many of its first entries as fit into a size, laid out as Synthea does."""
    value = json.loads(data)
    kept: list[Json] = []
    total = 0
    for entry in value["entry"]:
        length = len(json.dumps(entry, indent=2))
        if total + length <= size:
            kept.append(entry)
            total += length
    return json.dumps({**value, "entry": kept}, indent=2).encode()


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
