"""The import command: what it says, what it refuses, and that a refused file leaves the record as it was."""

import json
from pathlib import Path

import pytest

from baladeur.card import demo
from baladeur.container import canonical, place
from baladeur.container.change import Author, NewItem
from baladeur.container.secret import parse
from baladeur.session import Change, Session, Signatory
from tests.cli.tools import WORDS, program, run
from tests.record.documents import allergy, bundle, problem, treatment


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A document of two lines."""
    path = tmp_path / "synthèse.json"
    path.write_bytes(bundle(allergy("arachide"), treatment("apixaban 5 mg")))
    return path


def number(key: Path, words: Path) -> int:
    """The version that the record stands at."""
    return int(json.loads(run("list", key, "--json", "--secret-file", words).stdout)["version"])


def test_a_document_comes_in_and_is_signed(key: Path, words: Path, file: Path) -> None:
    """The difference is said line by line, then one signature; the second time there is nothing to sign."""
    done = run("import", key, file, "--secret-file", words)
    assert done.exit_code == 0
    assert "nouveau (allergies) : arachide" in done.stdout
    assert "identité reprise du document : MOREAU Jeanne (déclarée)" in done.stdout
    assert "signée" in done.stderr
    history = json.loads(run("history", key, "--json", "--secret-file", words).stdout)["commits"]
    assert history[-1]["role"] == "professional"
    assert history[-1]["verdict"] == "ok"
    before = number(key, words)
    again = run("import", key, file, "--secret-file", words)
    assert again.exit_code == 0
    assert "rien à signer" in again.stderr
    assert number(key, words) == before


def test_a_dry_run_writes_nothing(key: Path, words: Path, file: Path) -> None:
    """It tells the same difference."""
    content = (key / "DOSSIER.DMB").read_bytes()
    done = run("import", key, file, "--dry-run", "--secret-file", words, lang="en_GB.UTF-8")
    assert done.exit_code == 0
    assert "new (treatments): apixaban 5 mg" in done.stdout
    assert "nothing was written" in done.stderr
    assert (key / "DOSSIER.DMB").read_bytes() == content


def test_json_says_what_changed(key: Path, words: Path, file: Path) -> None:
    """Programs get the same facts."""
    value = json.loads(run("import", key, file, "--json", "--secret-file", words).stdout)
    assert value["files"][0]["new"] == 2
    assert {"verb": "new", "section": "allergies", "words": "arachide", "before": "", "place": ""} in value["changes"]
    assert value["version"] == number(key, words)


def test_a_folder_is_its_documents(key: Path, words: Path, file: Path, tmp_path: Path) -> None:
    """Several files are one signature; each is planned after the ones before it."""
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "1.json").write_bytes(file.read_bytes())
    (folder / "2.json").write_bytes(file.read_bytes())
    before = number(key, words)
    done = run("import", key, folder, "--secret-file", words)
    assert done.exit_code == 0
    assert number(key, words) == before + 1
    assert done.stdout.count("arachide") == 1


BAD = {
    "not JSON": (b"{", 51),
    "not UTF-8": (b'{"resourceType": "Bundle", "type": "document", "x": "\xe9"}', 51),
    "empty": (b"", 51),
    "a name twice": (b'{"resourceType": "Bundle", "resourceType": "Bundle"}', 51),
    "a depth bomb": (b"[" * 100_000 + b"]" * 100_000, 52),
    "R5": (json.dumps({"resourceType": "MedicationUsage", "status": "recorded"}).encode(), 53),
    "STU3": (json.dumps({"resourceType": "MedicationOrder"}).encode(), 53),
    "a definition": (json.dumps({"resourceType": "StructureDefinition"}).encode(), 54),
    "history": (json.dumps({"resourceType": "Bundle", "type": "history", "entry": []}).encode(), 54),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_leaves_the_record_alone(name: str, key: Path, words: Path, file: Path, tmp_path: Path) -> None:
    """One sentence, its code, no traceback, the same bytes; a good file beside it does not come in alone."""
    data, code = BAD[name]
    bad = tmp_path / "mauvais.json"
    bad.write_bytes(data)
    content = (key / "DOSSIER.DMB").read_bytes()
    for sources in ([bad], [file, bad]):
        done = run("import", key, *sources, "--secret-file", words)
        assert done.exit_code == code
        assert done.stderr.count("baladeur:") == 1
        assert "Traceback" not in done.stderr
        assert "mauvais" not in done.stderr
    assert "document 2 sur 2" in done.stderr
    assert (key / "DOSSIER.DMB").read_bytes() == content


def test_another_patients_document(key: Path, words: Path, file: Path, tmp_path: Path) -> None:
    """It is refused, whatever else is in it."""
    assert run("import", key, file, "--secret-file", words).exit_code == 0
    content = (key / "DOSSIER.DMB").read_bytes()
    value = json.loads(bundle(problem("asthme")))
    value["entry"][1]["resource"]["name"][0]["family"] = "DURAND"
    other = tmp_path / "autre.json"
    other.write_text(json.dumps(value), "utf-8")
    done = run("import", key, other, "--secret-file", words)
    assert done.exit_code == 55
    assert "DURAND" not in done.stderr
    assert (key / "DOSSIER.DMB").read_bytes() == content


def test_a_huge_file_is_refused_unread(key: Path, words: Path, tmp_path: Path) -> None:
    """A gigabyte is not read into memory; it has no other words than a large one."""
    huge = tmp_path / "gros.json"
    with huge.open("wb") as made:
        made.truncate(1 << 30)
    content = (key / "DOSSIER.DMB").read_bytes()
    done = program("import", key, huge, "--secret-file", words)
    assert done.returncode == 52
    assert "plus gros" in done.stderr
    assert (key / "DOSSIER.DMB").read_bytes() == content


def test_no_file(key: Path, words: Path, tmp_path: Path) -> None:
    """A missing file and an empty folder are said before the secret is asked."""
    assert run("import", key, tmp_path / "rien.json", "--secret-file", words).exit_code == 60
    empty = tmp_path / "vide"
    empty.mkdir()
    assert run("import", key, empty, "--secret-file", words).exit_code == 60


def test_a_real_record_without_a_card(tmp_path: Path, words: Path, file: Path) -> None:
    """Nothing is signed by a demonstration card, and the tray is named as the way out."""
    key = tmp_path / "vraie"
    key.mkdir()
    assert run("create", key, "--secret-file", words).exit_code == 0
    content = (key / "DOSSIER.DMB").read_bytes()
    done = run("import", key, file, "--secret-file", words)
    assert done.exit_code == 42
    assert "baladeur note" in done.stderr
    assert not done.stdout
    assert run("import", key, file, "--card", "demo", "--secret-file", words).exit_code != 0
    assert (key / "DOSSIER.DMB").read_bytes() == content


def test_review_is_a_signed_act(key: Path, words: Path) -> None:
    """It has its own line in the history; another name of a section is a wrong command."""
    done = run("review", key, "medications", "allergies", "--secret-file", words)
    assert done.exit_code == 0
    assert "relu : traitements" in done.stdout
    assert run("review", key, "results", "--secret-file", words).exit_code == 2
    lines = json.loads(run("list", key, "--json", "--secret-file", words).stdout)["entries"]
    assert sorted(one["title"] for one in lines if one["type"] == "review") == ["allergies", "medications"]
    assert run("review", key, "allergies", "--secret-file", words).exit_code == 0
    lines = json.loads(run("list", key, "--json", "--secret-file", words).stdout)["entries"]
    assert sorted(one["title"] for one in lines if one["type"] == "review") == ["allergies", "medications"]


def test_the_patient_decides_what_the_page_tells(key: Path, words: Path, file: Path) -> None:
    """An entry of the dossier only leaves the page at once; made visible again, it comes back with a signature."""
    assert run("import", key, file, "--secret-file", words).exit_code == 0
    shown = run("summary", key, "--plain", "--secret-file", words).stdout
    assert "arachide" in shown
    entries = json.loads(run("list", key, "--json", "--secret-file", words).stdout)["entries"]
    (id_,) = (one["id"] for one in entries if one["title"] == "arachide")
    assert run("visibility", key, "dossier", id_, "--secret-file", words).exit_code == 0
    hidden = run("summary", key, "--plain", "--secret-file", words).stdout
    assert "arachide" not in hidden
    assert "1 ligne retirée par le patient" in hidden
    assert "différente du dossier" not in hidden
    assert "arachide" in run("list", key, "--secret-file", words).stdout
    assert run("review", key, "allergies", "--secret-file", words).exit_code == 0
    again = run("summary", key, "--plain", "--secret-file", words).stdout
    assert "arachide" not in again
    assert "non disponible" in again
    assert run("visibility", key, "everywhere", id_, "--secret-file", words).exit_code == 0
    assert run("review", key, "allergies", "--secret-file", words).exit_code == 0
    assert "arachide" in run("summary", key, "--plain", "--secret-file", words).stdout


def test_a_page_that_differs_from_the_dossier_is_announced(key: Path, words: Path, file: Path) -> None:
    """Whoever signs another page than the entries give is found by a reader of the dossier, on the first line."""
    assert run("import", key, file, "--secret-file", words).exit_code == 0
    with Session.open(key, WORDS, write=True) as session:
        signed = session.page().signed
        for part in signed:
            if part["name"]["fr"].startswith("apixaban"):
                part["name"] = {"fr": "apixaban 2,5 mg", "en": "apixaban 2.5 mg"}
        session.commit(Change(parts=list(map(canonical.dumps, signed))), Signatory("demo"))
    done = run("summary", key, "--plain", "--secret-file", words)
    assert "différente du dossier" in done.stdout.splitlines()[0]
    verified = run("verify", key, "--json", "--secret-file", words)
    assert "summary-differs" in verified.stdout
    assert verified.exit_code == 25


def test_an_entry_is_told_in_words(key: Path, words: Path, tmp_path: Path) -> None:
    """State, dosage, dates, and the file that brought it; the original stays behind --raw, byte for byte."""
    drug = treatment(
        "méthotrexate", dosage=[{"text": "10 mg une fois par semaine, le lundi"}], effectiveDateTime="2026"
    )
    path = tmp_path / "lettre.json"
    path.write_bytes(bundle(drug))
    assert run("import", key, path, "--secret-file", words).exit_code == 0
    entries = json.loads(run("list", key, "--json", "--secret-file", words).stdout)["entries"]
    (id_,) = (one["id"] for one in entries if one["title"] == "méthotrexate")
    shown = run("show", key, id_, "--secret-file", words).stdout
    for row in ("ÉTAT en vigueur", "POSOLOGIE 10 mg une fois par semaine, le lundi", "IMPORTÉ DE lettre.json"):
        assert row in shown
    raw = run("show", key, id_, "--raw", "--secret-file", words).stdout
    assert json.loads(raw) == {"id": "r0", **drug}


def test_nobody_signs_again_for_what_no_valid_commit_brought(key: Path, words: Path, file: Path) -> None:
    """An entry under a false signature does not come onto the page with the next true one."""
    assert run("import", key, file, "--secret-file", words).exit_code == 0
    forged = json.dumps(allergy("iode", id="f")).encode()
    item = NewItem("fhir-allergyintolerance", "iode", forged, more={"section": "allergies"})
    author = Author("2026-11-23T10:00:00Z", lambda content: demo.sign(content + b"x"))
    with place.open_at(key, parse(WORDS), True) as container:
        container.commit(Change(add=[item]), author)
    assert run("review", key, "allergies", "--agree", "--secret-file", words).exit_code == 0
    page = json.loads(run("summary", key, "--json", "--secret-file", words).stdout)["lines"]
    assert "arachide" in {line["name"] for line in page}
    assert "iode" not in {line["name"] for line in page}


def test_a_document_about_nobody_in_particular(tmp_path: Path, words: Path) -> None:
    """Two patients, or none, in the first document: no identity is adopted, and that is said."""
    base = json.loads(bundle(problem()))
    listed = [one for one in base["entry"] if one["resource"]["resourceType"] != "Composition"]
    who = next(one["resource"] for one in listed if one["resource"]["resourceType"] == "Patient")
    other = {"fullUrl": "https://example.org/Patient/q", "resource": {**who, "id": "q", "name": [{"family": "AUTRE"}]}}
    alone = [one for one in listed if one["resource"]["resourceType"] == "Condition"]
    for name, entries, said in (("two", [*listed, other], "plusieurs patients"), ("none", alone, "aucun patient")):
        key = tmp_path / name
        key.mkdir()
        assert run("create", key, "--demo", "--secret-file", words).exit_code == 0
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}), "utf-8")
        ran = run("import", key, file, "--yes", "--secret-file", words)
        assert ran.exit_code == 0, ran.output
        assert said in " ".join(ran.stderr.split())
        page = run("summary", key, "--plain", "--secret-file", words).stdout
        assert "PATIENT NON IDENTIFIÉ" in page
        assert "asthme (à confirmer)" in page


def test_the_identity_that_a_document_brings_has_its_name(tmp_path: Path, words: Path) -> None:
    """The list says whose record it is, not `Patient`."""
    (tmp_path / "new").mkdir()
    assert run("create", tmp_path / "new", "--demo", "--secret-file", words).exit_code == 0
    (file := tmp_path / "a.json").write_bytes(bundle(problem()))
    assert run("import", tmp_path / "new", file, "--yes", "--secret-file", words).exit_code == 0
    listed = json.loads(run("list", tmp_path / "new", "--json", "--secret-file", words).stdout)["entries"]
    assert [one["title"] for one in listed if one["type"] == "identity"] == ["MOREAU Jeanne"]


def test_a_document_without_a_date_corrects_what_nobody_changed_here(tmp_path: Path, words: Path) -> None:
    """The newer words of the same resource replace the older ones, though their collection says no date."""
    (key := tmp_path / "new").mkdir()
    assert run("create", key, "--demo", "--secret-file", words).exit_code == 0
    for number, said in enumerate(("asthme", "asthme sévère")):
        listed = json.loads(bundle(problem(said, id="c")))["entry"]
        entries = [one for one in listed if one["resource"]["resourceType"] != "Composition"]
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}), "utf-8")
        assert run("import", key, file, "--yes", "--secret-file", words).exit_code == 0
    page = run("summary", key, "--plain", "--secret-file", words).stdout
    assert "asthme sévère" in page
    assert "PROBLÈMES (1)" in page
