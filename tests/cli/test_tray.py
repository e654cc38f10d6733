"""The pending tray: what comes in unsigned, and what a signature makes of it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from baladeur import signing
from baladeur.acts import clock
from tests.cli.test_refusals import one_line
from tests.cli.tools import on_terminal, run
from tests.record.documents import allergy, bundle, problem

FILE = "DOSSIER.DMB"


def waiting(key: Path, words: Path) -> list[dict[str, str]]:
    """What waits in the tray."""
    return list(json.loads(run("tray", key, "list", "--json", "--secret-file", words).stdout))


def every(key: Path, words: Path) -> list[dict[str, Any]]:
    """Every entry, former ones too."""
    return list(json.loads(run("list", key, "--all", "--json", "--secret-file", words).stdout)["entries"])


def test_a_note_with_who_where_and_when(key: Path, words: Path) -> None:
    """Typed, piped or a file; kept with its words, and counted on the page, never among the alerts."""
    told = ("--text", "Entorse, plâtre", "--who", "Dr Silva", "--where", "Hôpital, Lisbonne", "--when", "2026-10")
    assert run("note", key, *told, "--secret-file", words).exit_code == 0
    assert run("note", key, "--secret-file", words, stdin="allergie à tout\nvraiment\n").exit_code == 0
    _, typed, piped = waiting(key, words)
    assert (typed["title"], typed["who"], typed["where"], typed["date"]) == (
        "Entorse, plâtre",
        "Dr Silva",
        "Hôpital, Lisbonne",
        "2026-10",
    )
    assert piped["title"] == "allergie à tout vraiment"
    shown = run("tray", key, "show", typed["id"][:6], "--secret-file", words).stdout
    assert "Dr Silva · Hôpital, Lisbonne" in shown
    assert "Dr Silva" in run("tray", key, "list", "--secret-file", words).stdout
    page = run("summary", key, "--plain", "--secret-file", words).stdout
    assert "3 documents non signés" in page
    assert "allergie à tout" not in page


@pytest.mark.parametrize(
    ("line", "stdin", "code"),
    [
        (("--text", "  "), "", 2),
        ((), "", 2),
        (("--text", "x", "--who", "a\x1bb"), "", 2),
        (("--text", "x", "--when", "hier"), "", 2),
        (("--text", "x", "document"), "", 2),
    ],
)
def test_what_is_no_note(key: Path, words: Path, line: tuple[str, ...], stdin: str, code: int) -> None:
    """A sentence; nothing is written."""
    before = (key / FILE).read_bytes()
    done = run("note", key, *line, "--secret-file", words, stdin=stdin)
    assert (done.exit_code, one_line(done.stderr)) == (code, True)
    assert (key / FILE).read_bytes() == before


def test_a_note_becomes_a_document(key: Path, words: Path) -> None:
    """Its bytes, media and words stay; it is signed, and has left the tray. A second time it is not there."""
    assert run("note", key, "--text", "Entorse", "--who", "Dr Silva", "--secret-file", words).exit_code == 0
    note = waiting(key, words)[-1]
    adopt = ("tray", key, "adopt", note["id"][:8], "--card", "demo", "--yes", "--secret-file", words)
    assert run(*adopt).exit_code == 0
    document = every(key, words)[-1]
    assert (document["type"], document["media"], document["replaces"]) == ("document", "text/plain", note["id"])
    assert document["commit"]["role"] == "professional"
    shown = run("show", key, document["id"], "--secret-file", words).stdout
    assert "Entorse" in shown
    assert "Dr Silva" in shown
    done = run(*adopt)
    assert (done.exit_code, one_line(done.stderr)) == (23, True)
    assert run("verify", key, "--secret-file", words).exit_code == 0


def test_a_fhir_file_is_imported(key: Path, words: Path, tmp_path: Path) -> None:
    """Its lines come on the page; the file can still be found by what it was in the tray; erasing it erases both."""
    file = tmp_path / "synthèse.json"
    doctor = [{"identifier": {"system": "https://rpps.esante.gouv.fr", "value": "01234567893"}, "display": "Dr X"}]
    file.write_bytes(bundle(allergy("arachides", asserter=doctor[0]), problem("asthme")))
    assert run("note", key, file, "--who", "CHU", "--secret-file", words).exit_code == 0
    note = waiting(key, words)[-1]
    assert "arachides" not in run("summary", key, "--plain", "--secret-file", words).stdout
    done = run("tray", key, "adopt", note["id"], "--yes", "--secret-file", words)
    assert done.exit_code == 0
    assert "nouveau (allergies) : arachides" in done.stdout
    assert "RPPS est faux" in done.stderr
    assert "arachides" in run("summary", key, "--plain", "--secret-file", words).stdout
    (source,) = [e for e in every(key, words) if e["type"] == "source"]
    assert source["replaces"] == note["id"]
    assert run("verify", key, "--secret-file", words).exit_code == 0
    # the same file again brings nothing: the tray lets go of it
    assert run("note", key, file, "--secret-file", words).exit_code == 0
    assert run("tray", key, "adopt", waiting(key, words)[-1]["id"], "--yes", "--secret-file", words).exit_code == 0
    assert [e["status"] for e in every(key, words) if e["type"] == "tray"][-1] == "withdrawn"
    assert run("erase", key, source["id"], "--secret-file", words).exit_code == 0
    erased = {e["id"] for e in every(key, words) if e["status"] == "erased"}
    assert {source["id"], note["id"]} <= erased


def test_another_patients_file_is_not_adopted(key: Path, words: Path, tmp_path: Path) -> None:
    """All of them or none; with --type it may be kept as a document."""
    file = tmp_path / "a.json"
    file.write_bytes(bundle(allergy()))
    assert run("note", key, file, "--secret-file", words).exit_code == 0
    assert run("tray", key, "adopt", waiting(key, words)[-1]["id"], "--yes", "--secret-file", words).exit_code == 0
    file.write_bytes(bundle(allergy()).replace(b"MOREAU", b"DUPONT"))
    assert run("note", key, file, "--secret-file", words).exit_code == 0
    first, other = waiting(key, words)
    before = (key / FILE).read_bytes()
    assert run("tray", key, "adopt", first["id"], other["id"], "--yes", "--secret-file", words).exit_code == 55
    assert run("tray", key, "adopt", other["id"], "--type", "identity", "--secret-file", words).exit_code == 24
    assert run("tray", key, "adopt", other["id"], "--type", "fhir-patient", "--secret-file", words).exit_code == 24
    assert (key / FILE).read_bytes() == before
    kept = ("tray", key, "adopt", other["id"], "--type", "letter", "--yes", "--secret-file", words)
    assert run(*kept).exit_code == 0
    assert every(key, words)[-1]["type"] == "letter"


def test_reject(key: Path, words: Path) -> None:
    """Signed, with its reason; out of the tray and of the page's count."""
    note = waiting(key, words)[0]
    assert run("tray", key, "reject", note["id"], "--secret-file", words).exit_code == 2
    done = run("tray", key, "reject", note["id"], "--reason", "illisible", "--yes", "--secret-file", words)
    assert done.exit_code == 0
    assert "illisible" in done.stdout
    assert waiting(key, words) == []
    rejection = every(key, words)[-1]
    assert (rejection["type"], rejection["replaces"]) == ("rejection", note["id"])
    content = json.loads(run("show", key, rejection["id"], "--raw", "--secret-file", words).stdout)
    assert content["reason"] == "illisible"
    assert "EN ATTENTE" not in run("summary", key, "--plain", "--secret-file", words).stdout
    assert run("verify", key, "--secret-file", words).exit_code == 0


@pytest.mark.parametrize("moment", [datetime(2000, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)])
def test_a_clock_that_cannot_be_right(
    key: Path, words: Path, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signed and unsigned commits alike: nothing is written without --date; with it the history says so."""
    note = waiting(key, words)[0]
    before = (key / FILE).read_bytes()
    real = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    lines: list[tuple[str | Path, ...]] = [
        ("note", key, "--text", "x"),
        ("tray", key, "reject", note["id"], "--reason", "r", "--yes"),
        ("secrets", key, "carer"),
        ("compact", key),
        ("erase", key, note["id"]),
        ("holder", key, "language", "add", "fr"),
    ]
    for line in lines:
        done = run(*line, "--secret-file", words)
        assert (done.exit_code, "--date" in done.stderr) == (36, True), line
    assert (key / FILE).read_bytes() == before
    assert run(*lines[0], "--date", "1999-12-31", "--secret-file", words).exit_code == 36
    day = f"{real:%Y-%m-%d}T23:59"
    for line in lines[:2]:
        assert run(*line, "--date", day, "--secret-file", words).exit_code == 0
    commits = json.loads(run("history", key, "--json", "--secret-file", words).stdout)["commits"]
    assert [commit["clock"] for commit in commits[-3:]] == ["host", "declared", "declared"]
    assert [commit["verdict"] for commit in commits[-2:]] == ["ok", "ok"]
    shown = run("history", key, "--secret-file", words)
    assert shown.stdout.count("décl.") == 2


def test_a_new_record_wants_a_date_too(tmp_path: Path, words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is created."""
    monkeypatch.setattr(clock, "now", lambda: datetime(1970, 1, 1, tzinfo=UTC))
    assert run("create", tmp_path, "--demo", "--secret-file", words).exit_code == 36
    assert not (tmp_path / FILE).exists()
    assert run("create", tmp_path, "--demo", "--date", "2026-11-23", "--secret-file", words).exit_code == 0
    commits = json.loads(run("history", tmp_path, "--json", "--secret-file", words).stdout)["commits"]
    assert [commit["utc"] for commit in commits] == ["2026-11-23T12:00:00Z"]


def test_a_note_typed_on_a_terminal(key: Path, words: Path) -> None:
    """Until Ctrl-D."""
    code, screen = on_terminal("note", key, "--secret-file", words, answers=(("Ctrl-D", "vu à Rome\n\x04"),))
    assert code == 0, screen
    assert waiting(key, words)[-1]["title"] == "vu à Rome"


def test_a_note_judges_no_signature_of_others(key: Path, words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cost does not grow with what doctors have signed: a note signs for nothing of theirs."""
    judged: list[object] = []
    real = signing.judge

    def counted(*about: Any) -> Any:
        judged.append(about)
        return real(*about)

    monkeypatch.setattr(signing, "judge", counted)
    assert run("note", key, "--text", "vu", "--secret-file", words).exit_code == 0
    assert not judged
    assert run("list", key, "--secret-file", words).exit_code == 0
    assert judged
