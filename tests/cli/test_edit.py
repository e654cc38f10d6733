"""The editor's verbs as commands: written, told, signed or kept, refused in words."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.tools import run
from tests.record.documents import allergy, bundle, problem, section, treatment

DRUG = "metformine 1000 mg"


@pytest.fixture
def edited(key: Path, words: Path, tmp_path: Path) -> Path:
    """A key with an imported document."""
    file = tmp_path / "synthèse.json"
    listed = [section("10160-0", "MedicationStatement/r0"), section("48765-2", "AllergyIntolerance/r1")]
    file.write_bytes(bundle(treatment(DRUG), allergy(), problem(), sections=listed))
    assert run("import", key, file, "--yes", "--secret-file", words).exit_code == 0
    return key


def entries(key: Path, words: Path) -> list[dict[str, Any]]:
    return list(json.loads(run("list", key, "--json", "--secret-file", words).stdout)["entries"])


def id_of(key: Path, words: Path, title: str) -> str:
    return next(str(one["id"])[:8] for one in entries(key, words) if one["title"] == title)


def edit(key: Path, words: Path, *line: str) -> Any:
    return run("edit", key, *line, "--yes", "--secret-file", words)


def test_a_stop_reads_as_people_say_it(edited: Path, words: Path) -> None:
    """In French with its gender, in English; then the page shows it no more as current."""
    stop = ("stop", id_of(edited, words, DRUG), "--on", "12/10/2026", "--reason", "diarrhée")
    assert "metformine 1000 mg : arrêtée le 12 oct. 2026 (diarrhée)" in edit(edited, words, *stop, "--dry-run").stdout
    english = run("edit", edited, *stop, "--yes", "--lang", "en", "--secret-file", words)
    assert "metformine 1000 mg: stopped on 12 Oct 2026 (diarrhée)" in english.stdout
    page = run("summary", edited, "--plain", "--secret-file", words).stdout
    assert "metformine" not in page
    told = run("show", edited, id_of(edited, words, DRUG), "--secret-file", words).stdout
    assert "arrêté" in told
    assert "2 versions" in told
    assert run("verify", edited, "--secret-file", words).exit_code == 0


def test_a_new_drug_by_its_code(edited: Path, words: Path) -> None:
    """The code is looked up; the dose is on the page; a program gets the same facts."""
    line = ("--set", "drug=atc:A10BB09", "--set", "dose=30 mg", "--set", "when=matin", "--json")
    told = json.loads(edit(edited, words, "add", "treatment", *line).stdout)
    assert [(one["verb"], one["words"]) for one in told["changes"]] == [("new", "gliclazide")]
    assert told["changes"][0]["detail"] == "30 mg, 1 fois par jour, le matin"
    assert "gliclazide — 30 mg" in run("summary", edited, "--plain", "--secret-file", words).stdout
    raw = run("show", edited, told["changes"][0]["key"], "--raw", "--secret-file", words).stdout
    assert '"code":"A10BB09"' in raw


def test_free_text_is_taken_as_it_is(edited: Path, words: Path) -> None:
    """What no table knows has no code."""
    assert edit(edited, words, "add", "allergy", "--set", "substance=huile de krill").exit_code == 0
    key = id_of(edited, words, "huile de krill")
    assert '"code":{"text":"huile de krill"}' in run("show", edited, key, "--raw", "--secret-file", words).stdout


def test_faults_come_in_words_and_nothing_is_written(edited: Path, words: Path) -> None:
    """Each field by its name, then one sentence and its exit code."""
    before = entries(edited, words)
    done = edit(edited, words, "add", "treatment", "--set", "dose=beaucoup", "--set", "since=31/02/2026")
    assert done.exit_code == 67
    for said in ("médicament : à remplir", "dose : un nombre", "depuis : ce n’est pas une date"):
        assert said in done.stderr
    assert entries(edited, words) == before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("add", "poème", "--set", "x=y"), 2),
        (("add", "treatment", "--set", "x"), 2),
        (("stop", "ffffffff", "--on", "2026"), 23),
        (("stop", "{allergy}", "--on", "2030"), 67),
        (("stop", "{note}", "--on", "2026"), 69),
        (("confirm", "{note}"), 69),
        (("withdraw", "{allergy}", "--reason", " "), 67),
    ],
)
def test_refusals(edited: Path, words: Path, line: tuple[str, ...], code: int) -> None:
    """One line, an exit code, no traceback, nothing written."""
    ids = {"allergy": id_of(edited, words, "pénicillines"), "note": id_of(edited, words, "radio à Lisbonne.txt")}
    before = entries(edited, words)
    done = edit(edited, words, *(part.format(**ids) for part in line))
    assert done.exit_code == code
    assert "Traceback" not in done.output
    assert entries(edited, words) == before


def test_correct_confirm_withdraw(edited: Path, words: Path) -> None:
    """Each is a version; the former ones stay."""
    assert edit(edited, words, "correct", id_of(edited, words, "asthme"), "--set", "since=2009").exit_code == 0
    shown = json.loads(
        run("edit", edited, "show", id_of(edited, words, "asthme"), "--json", "--secret-file", words).stdout
    )
    assert (shown["kind"], shown["values"]["since"], shown["ends"][0]) == ("problem", "2009", "resolved")
    said = edit(edited, words, "confirm", id_of(edited, words, DRUG)).stdout
    assert "confirmé sans changement (traitements) : metformine 1000 mg" in " ".join(said.split())
    assert edit(edited, words, "withdraw", id_of(edited, words, "asthme"), "--reason", "autre patient").exit_code == 0
    page = run("summary", edited, "--plain", "--secret-file", words).stdout
    assert "asthme" not in page
    history = run("history", edited, "--secret-file", words)
    assert history.stdout.count("DEMONSTRATION") == 5
    assert run("verify", edited, "--secret-file", words).exit_code == 0


def test_forms_are_listed(edited: Path) -> None:
    """All kinds, and the fields of one, for people and programs."""
    kinds = run("edit", edited, "forms").stdout
    for kind in ("allergy", "treatment", "directive"):
        assert kind in kinds
    (form,) = json.loads(run("edit", edited, "forms", "treatment", "--json").stdout)
    assert next(one for one in form["fields"] if one["name"] == "drug")["required"]
    assert "à remplir" in run("edit", edited, "forms", "treatment").stdout


def test_a_secretary_prepares_and_a_doctor_signs(edited: Path, words: Path) -> None:
    """Two changes in one draft, without a card; shown, signed, gone from the drafts."""
    kept = edit(edited, words, "stop", id_of(edited, words, DRUG), "--on", "2026-10", "--keep", "--json")
    draft = json.loads(kept.stdout)["draft"]
    line = ("add", "treatment", "--set", "drug=gliclazide", "--keep", "--draft", draft[:8])
    assert edit(edited, words, *line).exit_code == 0
    (one,) = json.loads(run("drafts", edited, "list", "--json", "--secret-file", words).stdout)
    assert (one["changes"], one["title"]) == (2, f"{DRUG}, gliclazide")
    assert DRUG in run("summary", edited, "--plain", "--secret-file", words).stdout
    shown = run("drafts", edited, "show", one["id"], "--secret-file", words).stdout
    assert "arrêtée en oct. 2026" in shown
    signed = run("drafts", edited, "sign", one["id"], "--yes", "--secret-file", words)
    assert signed.exit_code == 0, signed.output
    assert "aucun brouillon" in run("drafts", edited, "list", "--secret-file", words).output
    assert "gliclazide" in run("summary", edited, "--plain", "--secret-file", words).stdout
    assert run("verify", edited, "--secret-file", words).exit_code == 0


def test_a_draft_is_dropped(edited: Path, words: Path, tmp_path: Path) -> None:
    """An import that was prepared and not wanted."""
    file = tmp_path / "courrier.json"
    file.write_bytes(bundle(problem("angine", id="z")))
    assert run("import", edited, file, "--keep", "--secret-file", words).exit_code == 0
    (one,) = json.loads(run("drafts", edited, "list", "--json", "--secret-file", words).stdout)
    assert run("drafts", edited, "drop", one["id"][:8], "--secret-file", words).exit_code == 0
    assert json.loads(run("drafts", edited, "list", "--json", "--secret-file", words).stdout) == []
    assert run("drafts", edited, "sign", one["id"][:8], "--yes", "--secret-file", words).exit_code == 23
