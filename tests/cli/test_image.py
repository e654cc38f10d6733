"""The page beside the record: it is put there, it is whole, and nothing is overwritten."""

from pathlib import Path

import pytest

from baladeur.acts import beside
from baladeur.paper import notes
from tests.cli.tools import run


def test_create_puts_the_page_on_the_key(template: Path) -> None:
    """Byte for byte that of the package, with the file times of the record."""
    placed = template / "lire.html"
    assert placed.read_bytes() == beside.page_bytes()
    assert placed.stat().st_mtime == 946_684_800
    assert not (template / "lire.tmp").exists()
    assert {one.name for one in template.iterdir()} == {"DOSSIER.DMB", "LISEZ-MOI.txt", "READ-ME.txt", "lire.html"}


def test_the_notes_speak_seven_languages_and_name_nobody(template: Path) -> None:
    """Three lines for the doctor, three for the finder, each language once; the same text in every record."""
    for name, first in notes.FILES.items():
        data = (template / name).read_bytes()
        assert data == notes.note(first)
        assert data.startswith(b"\xef\xbb\xbf")
        text = data.decode("utf-8-sig")
        assert text.count("\r\n") == text.count("\n")
        assert text.count("lire.html") == text.count("DOSSIER.DMB") == len(notes.NOTES) == 7
        assert text.startswith(f"=== {notes.NOTES[first][0]} ===")
        for _, doctor, finder in notes.NOTES.values():
            assert "\r\n".join(doctor) in text
            assert "\r\n".join(finder) in text
        assert max(map(len, text.splitlines())) <= 125
    assert "rien ici ne peut être lu sans les mots" in notes.NOTES["fr"][2][0]


def test_what_is_missing_is_put_beside(tmp_path: Path) -> None:
    """And what is there stays as it is."""
    (tmp_path / "LISEZ-MOI.txt").write_text("à moi", "utf-8")
    done = run("image", "beside", tmp_path)
    assert done.exit_code == 0
    assert (tmp_path / "LISEZ-MOI.txt").read_text("utf-8") == "à moi"
    assert (tmp_path / "lire.html").read_bytes() == beside.page_bytes()
    assert (tmp_path / "READ-ME.txt").exists()


def test_the_page_is_written_into_a_folder_or_to_a_name(tmp_path: Path) -> None:
    """And a second time is refused: what is there stays."""
    assert run("image", "page", "-o", tmp_path).exit_code == 0
    assert run("image", "page", "-o", tmp_path / "autre.html").exit_code == 0
    assert (tmp_path / "lire.html").read_bytes() == (tmp_path / "autre.html").read_bytes() == beside.page_bytes()
    (tmp_path / "autre.html").write_text("à moi", "utf-8")
    refused = run("image", "page", "-o", tmp_path / "autre.html")
    assert refused.exit_code != 0
    assert "déjà là" in refused.stderr
    assert (tmp_path / "autre.html").read_text("utf-8") == "à moi"


def test_a_key_that_does_not_take_the_page_keeps_its_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words are shown all the same, and it is said how to put the page there later."""

    def full(target: Path, data: bytes) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(beside, "write", full)
    done = run("create", tmp_path, "--demo", lang="en_GB.UTF-8")
    assert done.exit_code == 0
    assert "could not all be put beside it" in done.stderr
    assert (tmp_path / "DOSSIER.DMB").exists()


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No half page."""

    def torn(descriptor: int) -> None:
        raise OSError(5, "torn")

    monkeypatch.setattr(beside.os, "fsync", torn)
    assert run("image", "page", "-o", tmp_path).exit_code != 0
    assert list(tmp_path.iterdir()) == []


def test_the_page_is_one_file_that_loads_nothing() -> None:
    """Small enough, a strict policy, and no address of any place."""
    page = beside.page_bytes().decode("utf-8")
    assert len(page.encode()) <= 120 * 1024
    assert "default-src 'none'; script-src 'sha256-" in page
    assert "unsafe-inline" not in page
    assert "unsafe-eval'" not in page.replace("'wasm-unsafe-eval'", "")
    assert "src=" not in page.split("<script>")[0]
    assert page.count("<script>") == 1
