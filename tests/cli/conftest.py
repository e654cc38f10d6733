"""A record to begin with: one note in the tray, one signed allergy."""

from pathlib import Path

import pytest

from tests.cli.tools import copied, run, secret_file


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration record, made by the commands themselves."""
    folder = tmp_path_factory.mktemp("template")
    key = folder / "key"
    key.mkdir()
    words = secret_file(folder)
    document = folder / "radio à Lisbonne.txt"
    document.write_text("cliché normal, sans fracture\n", "utf-8")
    assert run("create", key, "--demo", "--secret-file", words).exit_code == 0
    assert run("note", key, document, "--secret-file", words).exit_code == 0
    signed = ("--type", "allergy", "--title", "Pénicillines : choc", "--when", "2014", "--card", "demo")
    assert run("add", key, document, *signed, "--secret-file", words).exit_code == 0
    return key


@pytest.fixture
def key(template: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return copied(template, tmp_path)


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """The file with its secret."""
    return secret_file(tmp_path)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A document with an accent in its name."""
    path = tmp_path / "été à l’hôpital.txt"
    path.write_text("vu à Lisbonne\n", "utf-8")
    return path
