"""The whole path against the raw JSON: import, a second document, a correction; then every screen of `summary`.

`tests/record/oracle.py` says what must stand there and what must not; it shares no code with the reader or the page.
"""

import json
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests.cli.tools import run, secret_file
from tests.record.documents import allergy, concept, problem, status, treatment
from tests.record.oracle import statements

Json = dict[str, Any]
CURRENT = {"alerts", "allergies", "devices", "problems", "treatments"}
EDITED = "libellé corrigé par le médecin"


def bundles(folder: Path) -> list[Path]:
    """All of them, the smallest first."""
    found = [*folder.glob("ips/*/*.json"), *folder.glob("synthea/*.json")]
    return sorted(found, key=lambda one: one.stat().st_size)


def squeezed(text: str) -> str:
    """Without white space: a name may have been folded."""
    return "".join(text.split())


def columns(text: str) -> str:
    """The rows of two columns read as a person does: the left one down to its end, then the right one."""
    sides = [row.split("│", 1) for row in text.splitlines()]
    groups = groupby(sides, key=len)
    return "\n".join(row for _, group in groups for side in zip(*list(group), strict=True) for row in side)


def page(key: Path, words: Path, order: str) -> tuple[str, list[Json]]:
    """All screens as one text without their heads, and the same lines for programs."""
    plain = run("summary", key, "--plain", "--order", order, "--secret-file", words)
    assert plain.exit_code == 0, plain.stderr
    # A later screen begins with its head: the patient's name and a rule.
    body = re.sub(r"\n\n[^\n]* (?:ÉCRAN|SCREEN) [0-9]+\n─+\n", "\n", plain.stdout)
    told = json.loads(run("summary", key, "--json", "--order", order, "--secret-file", words).stdout)
    return squeezed(columns(body)), told["lines"]


def judge(path: Path, said: list[tuple[str, str, list[str]]], key: Path, words: Path, order: str = "emergency") -> int:
    """Active: on the page by its words. Over, refuted, planned, a relative's or an error: on no line of today."""
    text, lines = page(key, words, order)
    today = {line["name"] for line in lines if line["block"] in CURRENT and not line["to_confirm"]}
    stands = {name for _, state, names in said if state in ("active", "doubtful") for name in names}
    seen = 0
    for kind, state, names in said:
        if state == "active":
            seen += 1
            assert any(squeezed(name) in text for name in names), (path.name, kind)
        elif state in ("over", "false"):
            assert not (today & set(names)) - stands, (path.name, kind)
    return seen


def second(bundle: Json) -> Json:
    """Another server's document about the same patient: three lines that hold, and one of each kind that does not."""
    patient = next(one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == "Patient")
    wrong = status("condition-ver-status", "entered-in-error")
    over = status("condition-clinical", "resolved")
    refuted = status("allergyintolerance-verification", "refuted")
    planned = {"resourceType": "MedicationRequest", "status": "active", "intent": "plan"}
    relative = {"resourceType": "FamilyMemberHistory", "status": "completed", "relationship": concept("mère")}
    resources: list[Json] = [
        allergy("kiwi ajouté"),
        treatment("lévothyroxine ajoutée", dosage=[{"text": "une fois par jour"}]),
        problem("migraine ajoutée"),
        {"resourceType": "Flag", "status": "active", "code": concept("vigilance ajoutée"), "subject": {}},
        allergy("allergie réfutée", verificationStatus=refuted),
        problem("problème saisi par erreur", verificationStatus=wrong, clinicalStatus=None),
        problem("problème résolu", clinicalStatus=over),
        treatment("traitement arrêté", status="stopped"),
        treatment("traitement jamais pris", status="not-taken"),
        {**planned, "medicationCodeableConcept": concept("traitement prévu"), "subject": {}},
        {**relative, "condition": [{"code": concept("maladie de la mère")}], "patient": {}},
    ]
    entries = [{"fullUrl": "https://second.example/fhir/Patient/p2", "resource": {**patient, "id": "p2"}}]
    for number, one in enumerate(resources):
        about = "subject" if "subject" in one else "patient"
        made = {key: value for key, value in one.items() if value is not None}
        made |= {"id": f"n{number}", about: {"reference": "Patient/p2"}}
        entries.append({"fullUrl": f"https://second.example/fhir/{made['resourceType']}/n{number}", "resource": made})
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def corrected(bundle: Json) -> Json | None:
    """The first active problem, allergy or treatment that has an address of its own, under other words."""
    for entry in bundle["entry"]:
        one, url = entry["resource"], entry.get("fullUrl", "")
        told = [state for _, state, _ in statements({"entry": [entry]})]
        if told != ["active"] or not url.startswith(("http", "urn:")):
            continue
        named = "code" if one["resourceType"] in ("AllergyIntolerance", "Condition") else "medicationCodeableConcept"
        if named in one:
            patient = [two for two in bundle["entry"] if two["resource"]["resourceType"] == "Patient"]
            return {
                "resourceType": "Bundle",
                "type": "collection",
                "entry": [*patient, {**entry, "resource": {**one, named: {"text": EDITED}}}],
            }
    return None


def bring(key: Path, words: Path, value: Json, folder: Path) -> str:
    """Import a bundle; what was said."""
    path = folder / "next.json"
    path.write_text(json.dumps(value), "utf-8")
    done = run("import", key, path, "--yes", "--secret-file", words)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def whole_path(path: Path, folder: Path) -> tuple[int, bool]:
    """One bundle through a record. Returns how many active lines were found, and whether one could be corrected."""
    key = folder / "key"
    key.mkdir()
    words = secret_file(folder)
    assert run("create", key, "--demo", "--secret-file", words).exit_code == 0
    first = json.loads(path.read_bytes())
    assert run("import", key, path, "--yes", "--secret-file", words).exit_code == 0
    said = statements(first)
    seen = judge(path, said, key, words)
    other = second(first)
    bring(key, words, other, folder)
    said += statements(other)
    assert judge(path, said, key, words) == seen + 4
    change = corrected(first)
    if change is not None:
        assert squeezed(EDITED) in squeezed(bring(key, words, change, folder))
        said.remove(_original(first, change))
        said.append(("corrected", "active", [EDITED]))
        assert judge(path, said, key, words) == seen + 4
    for order in ("vsm", "ips"):
        assert judge(path, said, key, words, order) == seen + 4
    return seen, change is not None


def _original(first: Json, change: Json) -> tuple[str, str, list[str]]:
    """What the corrected entry said before."""
    url = change["entry"][-1]["fullUrl"]
    (found,) = statements({"entry": [one for one in first["entry"] if one.get("fullUrl") == url]})
    return found


def cases(shared_data: Path, *, small: bool) -> Iterator[Path]:
    """The bundles of up to 50 KB, or the others."""
    for path in bundles(shared_data):
        if (path.stat().st_size <= 50_000) is small:
            yield path


def test_small_bundles(shared_data: Path, tmp_path: Path) -> None:
    """The examples of IPS 1.x and 2.0 and most of the connectathon's."""
    done = [whole_path(path, make(tmp_path, path)) for path in cases(shared_data, small=True)]
    assert sum(seen for seen, _ in done) >= 10
    assert sum(edited for _, edited in done) >= 4


@pytest.mark.slow
def test_large_bundles(shared_data: Path, tmp_path: Path) -> None:
    """Synthea's lives, and the long summaries."""
    done = [whole_path(path, make(tmp_path, path)) for path in cases(shared_data, small=False)]
    assert sum(seen for seen, _ in done) >= 40
    assert sum(edited for _, edited in done) >= 6


def make(folder: Path, path: Path) -> Path:
    """A folder for one bundle."""
    made = folder / path.stem
    made.mkdir()
    return made
