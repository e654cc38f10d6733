"""What the patient does without a card: her own lines, her identity at first, and where it stops."""

import json
from pathlib import Path
from typing import Any

import pytest

from baladeur.record.identity import ins_key
from tests.cli.test_refusals import one_line
from tests.cli.tools import on_terminal, run, secret_file

INS = "2610369383001" + ins_key("2610369383001")
PERSON = {"family": "MOREAU", "given": ["Jeanne", "Zoé"], "birthName": "LEROY", "birthDate": "1961-03-04", "sex": "F"}


def page(key: Path, words: Path) -> str:
    """The emergency page as text."""
    return run("summary", key, "--plain", "--secret-file", words).stdout


@pytest.fixture
def person(tmp_path: Path) -> Path:
    """A file with the simple form of an identity."""
    file = tmp_path / "identité.json"
    file.write_text(json.dumps(PERSON | {"ins": INS}), "utf-8")
    return file


@pytest.fixture
def empty(tmp_path: Path, words: Path, person: Path) -> Path:
    """A demonstration record with an identity that nobody has signed for."""
    key = tmp_path / "clé neuve"
    key.mkdir()
    done = run("create", key, "--demo", "--identity", person, "--secret-file", words)
    assert done.exit_code == 0
    assert "non qualifiée" in done.stderr
    return key


def test_the_simple_form_becomes_a_patient(empty: Path, words: Path) -> None:
    """FHIR R4 with fr-core's names, declared; the page names it, and says that nobody signed."""
    (entry,) = json.loads(run("list", empty, "--json", "--secret-file", words).stdout)["entries"]
    assert (entry["type"], entry["media"], entry["title"]) == ("identity", "application/fhir+json", "MOREAU Jeanne")
    patient = json.loads(run("show", empty, entry["id"], "--raw", "--secret-file", words).stdout)
    assert patient["resourceType"] == "Patient"
    assert [name["use"] for name in patient["name"]] == ["official", "usual"]
    assert patient["identifier"][0]["system"] == "urn:oid:1.2.250.1.213.1.4.11"
    shown = page(empty, words)
    assert "MOREAU, Jeanne (née LEROY)" in shown
    assert "NON SIGNÉ" in shown
    assert INS not in shown


def test_a_patient_is_kept_byte_for_byte_and_warned_of(tmp_path: Path, words: Path) -> None:
    """A wrong key of an INS does not keep a document out."""
    number = {"system": "urn:oid:1.2.250.1.213.1.4.8", "value": "221042545611404"}
    raw = json.dumps({"resourceType": "Patient", "name": [{"family": "Née"}], "identifier": [number]}, indent=3)
    file = tmp_path / "p.json"
    file.write_text(raw, "utf-8")
    done = run("create", tmp_path, "--identity", file, "--secret-file", words, lang="en_GB.UTF-8")
    assert done.exit_code == 0
    assert "check digits of an INS number are wrong" in done.stderr
    (entry,) = json.loads(run("list", tmp_path, "--json", "--secret-file", words).stdout)["entries"]
    assert run("show", tmp_path, entry["id"], "--raw", "--secret-file", words).stdout_bytes == raw.encode()


def test_her_own_lines(empty: Path, words: Path, document: Path) -> None:
    """Each is on the page under what is declared, and `not recorded` no longer asks for it."""
    for line in (
        ("contact", "add", "--name", "Paul Moreau", "--relation", "mari", "--phone", "06 12 34 56 78"),
        ("language", "add", "fr", "--words", "français"),
        ("language", "add", "ar", "--words", "العربية", "--preferred"),
        ("trusted-person", "add", "--name", "Zoé Léroÿ", "--phone", "0690 12 34 56", "--designated", "2024-05"),
        ("directive", "add", str(document), "--title", "Directives de Jeanne", "--when", "2024-05-01"),
    ):
        done = run("holder", empty, *line, "--secret-file", words)
        assert done.exit_code == 0, done.stderr
    shown = page(empty, words)
    assert "à prévenir : Paul Moreau (mari) +33612345678" in shown
    assert "personne de confiance : Zoé Léroÿ +590690123456" in shown
    assert "parle : العربية, français" in shown
    assert "directives anticipées : Directives de Jeanne 01 mai 2024" in shown
    listed = run("list", empty, "--json", "--secret-file", words)
    assert {entry["commit"]["role"] for entry in json.loads(listed.stdout)["entries"]} == {"holder"}
    assert run("verify", empty, "--secret-file", words).exit_code == 0


def test_there_is_one_trusted_person_and_one_line_a_language(empty: Path, words: Path) -> None:
    """A new one takes the place of the former; contacts add up."""
    for name in ("Paul", "Zoé"):
        for kind in ("trusted-person", "contact"):
            done = run("holder", empty, kind, "add", "--name", name, "--phone", "15", "--secret-file", words)
            assert done.exit_code == 0
        assert run("holder", empty, "language", "add", "fr", "--words", name, "--secret-file", words).exit_code == 0
    told: dict[str, Any] = {}
    for kind in ("trusted-person", "contact", "language"):
        told[kind] = json.loads(run("holder", empty, kind, "list", "--json", "--secret-file", words).stdout)
    assert [one["name"] for one in told["trusted-person"]] == ["Zoé"]
    assert [one["name"] for one in told["contact"]] == ["Paul", "Zoé"]
    assert [one["words"] for one in told["language"]] == ["Zoé"]


def test_remove(empty: Path, words: Path) -> None:
    """Withdrawn, gone from the page, kept in the history; a second time it is not there."""
    assert run("holder", empty, "contact", "add", "--name", "Paul", "--phone", "15", "--secret-file", words)
    (one,) = json.loads(run("holder", empty, "contact", "list", "--json", "--secret-file", words).stdout)
    assert run("holder", empty, "language", "remove", one["id"], "--secret-file", words).exit_code == 23
    assert run("holder", empty, "contact", "remove", one["id"][:8], "--secret-file", words).exit_code == 0
    assert "Paul" not in page(empty, words)
    done = run("holder", empty, "contact", "remove", one["id"][:8], "--secret-file", words)
    assert (done.exit_code, one_line(done.stderr)) == (23, True)
    every = json.loads(run("list", empty, "--all", "--json", "--secret-file", words).stdout)["entries"]
    assert [e["status"] for e in every if e["type"] == "contact"] == ["withdrawn"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("contact", "add", "--name", "Paul"), "téléphone"),
        (("contact", "add", "--name", "Paul\x1b", "--phone", "15"), "le nom"),
        (("language", "add", "français"), "langue"),
        (("trusted-person", "add", "--name", "P", "--phone", "15", "--designated", "1/5/2024"), "désignation"),
    ],
)
def test_a_wrong_field_is_named_before_the_secret_is_asked(empty: Path, line: tuple[str, ...], said: str) -> None:
    """And the record is untouched."""
    before = (empty / "DOSSIER.DMB").read_bytes()
    done = run("holder", empty, *line)
    assert (done.exit_code, one_line(done.stderr)) == (58, True)
    assert said in done.stderr
    assert (empty / "DOSSIER.DMB").read_bytes() == before


def test_fields_from_a_file(empty: Path, words: Path, tmp_path: Path) -> None:
    """So that no name stands in the list of processes."""
    file = tmp_path / "contact.json"
    file.write_text(json.dumps({"name": "Paul", "phone": "15"}), "utf-8")
    assert run("holder", empty, "contact", "add", "--from", file, "--secret-file", words).exit_code == 0
    assert "Paul" in page(empty, words)
    file.write_text("[1]", "utf-8")
    assert run("holder", empty, "contact", "add", "--from", file, "--secret-file", words).exit_code == 51


def test_what_is_missing_is_asked_on_a_terminal(empty: Path, words: Path) -> None:
    """Name, then phone."""
    code, screen = on_terminal(
        "holder",
        empty,
        "contact",
        "add",
        "--secret-file",
        words,
        answers=(("Nom", "Zoé Léroÿ"), ("Téléphone", "06 12 34 56 78")),
    )
    assert (code, "déclaré" in screen) == (0, True), screen
    assert "Zoé Léroÿ +33612345678" in page(empty, words)


def test_the_identity_is_hers_until_somebody_signed(empty: Path, words: Path, person: Path, document: Path) -> None:
    """Before: corrected, and the page says so. After: nothing of it without a card; contacts go on."""
    person.write_text(json.dumps(PERSON | {"given": ["Joanne"]}), "utf-8")
    assert run("holder", empty, "identity", person, "--secret-file", words).exit_code == 0
    assert "MOREAU, Joanne" in page(empty, words)
    assert run("review", empty, "allergies", "--yes", "--secret-file", words).exit_code == 0
    entries = json.loads(run("list", empty, "--json", "--secret-file", words).stdout)["entries"]
    (who,) = [e["id"] for e in entries if e["type"] == "identity"]
    before = (empty / "DOSSIER.DMB").read_bytes()
    for line in (("holder", empty, "identity", person), ("erase", empty, who)):
        done = run(*line, "--secret-file", words)
        assert (done.exit_code, "carte" in done.stderr) == (24, True)
    assert (empty / "DOSSIER.DMB").read_bytes() == before
    contact = ("holder", empty, "contact", "add", "--name", "Paul", "--phone", "15")
    assert run(*contact, "--secret-file", words).exit_code == 0
    signed = run("holder", empty, "identity", person, "--card", "auto", "--yes", "--secret-file", words)
    assert signed.exit_code == 0, signed.stderr
    assert run("verify", empty, "--secret-file", words).exit_code == 0


def test_a_record_without_an_identity_takes_one(tmp_path: Path, words: Path, person: Path) -> None:
    """The page says that there is none; the holder may add it before anything is signed."""
    assert run("create", tmp_path, "--demo", "--secret-file", words).exit_code == 0
    assert "MOREAU" not in page(tmp_path, words)
    assert run("holder", tmp_path, "identity", person, "--secret-file", words).exit_code == 0
    assert "MOREAU, Jeanne" in page(tmp_path, words)


def test_a_real_record_has_no_card_yet(tmp_path: Path, words: Path, document: Path) -> None:
    """Signing is a sentence, with the demonstration card too; a PIN file is for demonstrations."""
    assert run("create", tmp_path, "--secret-file", words).exit_code == 0
    assert run("note", tmp_path, document, "--secret-file", words).exit_code == 0
    (note,) = json.loads(run("tray", tmp_path, "list", "--json", "--secret-file", words).stdout)
    adopt = ("tray", tmp_path, "adopt", note["id"], "--yes", "--secret-file", words)
    assert run(*adopt).exit_code == 42
    assert run(*adopt, "--card", "demo").exit_code == 24
    assert run(*adopt, "--card", "/usr/lib/module.so").exit_code == 42
    assert run(*adopt, "--pin-file", secret_file(tmp_path, "1234", "pin")).exit_code == 2


def test_what_she_declares_is_not_called_missing(key: Path, words: Path, document: Path) -> None:
    """On a signed page: what is declared leaves the list of what is not recorded, the rest of it stays."""
    assert run("review", key, "allergies", "--yes", "--secret-file", words).exit_code == 0
    before = page(key, words)
    assert "personne à prévenir" in before
    assert "directives anticipées" in before
    contact = ("holder", key, "contact", "add", "--name", "Paul", "--phone", "15")
    assert run(*contact, "--secret-file", words).exit_code == 0
    assert run("holder", key, "language", "add", "fr", "--secret-file", words).exit_code == 0
    after = page(key, words).partition("NON RENSEIGNÉ")[2]
    assert "personne à prévenir" not in after
    assert "directives anticipées" in after
    assert "antécédents" in after
    directive = ("holder", key, "directive", "add", document)
    assert run(*directive, "--secret-file", words).exit_code == 0
    after = page(key, words).partition("NON RENSEIGNÉ")[2]
    assert "directives anticipées" not in after
    assert "antécédents" in after
