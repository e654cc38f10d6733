"""The reading views of an open record: read once for each version, results quick, documents opened when asked for."""

import base64
import json
import time
from pathlib import Path

import pytest

from baladeur.container.change import NewItem
from baladeur.errors import ItemErased
from baladeur.session import Change, Session, Signatory
from tests.cli.tools import WORDS, run
from tests.record.documents import allergy, bundle, treatment
from tests.record.test_series import observation


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of a thousand results, a document inside a resource, a note and a letter."""
    folder = tmp_path_factory.mktemp("dossier")
    key = folder / "key"
    key.mkdir()
    words = folder / "secret"
    words.write_text(WORDS, "utf-8")
    words.chmod(0o600)
    report = {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "code": {"text": "compte rendu"},
        "subject": {"reference": "Patient/p"},
        "presentedForm": [{"contentType": "text/plain", "data": base64.b64encode(b"foie normal").decode()}],
    }
    results = (observation(f"analyte {n % 20}", n, "g/L", f"20{10 + n % 16}-01-01") for n in range(1000))
    many = [{**one, "id": f"o{n}"} for n, one in enumerate(results)]
    (folder / "synthèse.json").write_bytes(bundle(allergy("arachide"), treatment("apixaban 5 mg"), report, *many))
    (folder / "lettre.txt").write_text("vu à Lisbonne : sutures\n", "utf-8")
    assert run("create", key, "--demo", "--secret-file", words).exit_code == 0
    assert run("import", key, folder / "synthèse.json", "--yes", "--secret-file", words).exit_code == 0
    assert run("note", key, folder / "lettre.txt", "--secret-file", words).exit_code == 0
    return key


def test_the_views_of_a_large_record_are_quick(record: Path) -> None:
    """A section of a thousand lines, the series, a search: once the record was read, each in a fraction of a second."""
    with Session.open(record, WORDS) as session:
        assert {part.name: part.count for part in session.parts()}["results"] == 1001
        start = time.process_time()
        assert len(session.rows("results", "fr")) == 1001
        assert len(session.series("fr")) == 20
        assert session.parts()
        assert time.process_time() - start < 2  # of a slow machine; a second reading of the record would be more
        assert [hit.row.words for hit in session.search_for("APIXABAN", "fr")] == ["apixaban 5 mg"]
        start = time.process_time()
        assert session.search_for("apixaban", "fr")
        assert time.process_time() - start < 0.5


def test_the_record_is_read_once_for_a_version_and_again_for_the_next(record: Path, tmp_path: Path) -> None:
    """A commit shows at once."""
    with Session.open(record, WORDS, write=True) as session:
        before = session.dossier()
        assert session.dossier() is before
        session.keep(NewItem("tray", "une note", b"douleur\n", "2026-11-23", "text/plain"))
        assert session.dossier() is not before
        assert "une note" in [row.words for row in session.rows("tray", "fr")]
        assert [hit.row.words for hit in session.search_for("douleur", "fr")] == ["une note"]


def test_a_document_and_what_stands_inside_a_resource(record: Path) -> None:
    """A note as text; the report inside a DiagnosticReport; a search finds the words of the note."""
    with Session.open(record, WORDS) as session:
        note = next(row for row in session.rows("tray", "fr") if row.words == "lettre.txt")
        found = session.inside(note.id, "fr")
        assert (found.kind, found.lines) == ("text", ("vu à Lisbonne : sutures",))
        assert [hit.row.words for hit in session.search_for("lisbonne SUTURES", "fr")] == ["lettre.txt"]
        report = next(row for row in session.rows("results", "fr") if row.words == "compte rendu")
        (one,) = session.attached(report.id)
        assert one.content is not None
        assert session.file_inside(one.content, one.media, "fr").lines == ("foie normal",)


def test_the_story_of_an_entry(record: Path) -> None:
    """Its versions with their commits; an erased one has none."""
    with Session.open(record, WORDS, write=True) as session:
        row = next(row for row in session.rows("medications", "fr") if row.words == "apixaban 5 mg")
        content = json.loads(session.read(bytes.fromhex(row.id)))
        content["dosage"] = [{"text": "1 le soir"}]
        entry = session.find(row.id)
        meta = {
            name: str(value) for name, value in entry.meta.items() if name not in ("type", "title", "date", "media")
        }
        new = NewItem(
            row.type, "apixaban 5 mg", json.dumps(content).encode(), "", "application/fhir+json", entry.id, more=meta
        )
        session.commit(Change(add=[new]), Signatory("demo"))
        (now,) = session.rows("medications", "fr")
        assert now.detail == "1 le soir"
        first, second = session.story(now.id, "fr")
        assert (first.line.entry.status, second.line.entry.status) == ("replaced", "live")
        assert [fact.words for fact in second.changed] == ["1 le soir"]
        assert [fact.words for fact in second.dropped] == ["posologie non renseignée"]
        assert second.line.commit.number == session.number
        session.commit(Change(erase=[entry.id]))
        with pytest.raises(ItemErased):
            session.story(row.id, "fr")


def test_the_timeline_begins_with_the_newest(record: Path) -> None:
    """Every commit with its verdict."""
    with Session.open(record, WORDS) as session:
        commits = session.timeline()
        assert [one.number for one in commits] == list(range(session.number, -1, -1))
        assert {one.verdict for one in commits} == {"ok"}


def test_a_draft_is_read_as_it_would_stand(record: Path) -> None:
    """Its lines have no commit yet."""
    with Session.open(record, WORDS, write=True) as session:
        draft = session.draft()
        session.bring(draft, bundle(allergy("latex")), "second.json")
        row = next(row for row in session.rows("allergies", "fr", draft) if row.words == "latex")
        assert (row.commit, row.valid) == (None, True)
        assert "latex" not in [one.words for one in session.rows("allergies", "fr")]
