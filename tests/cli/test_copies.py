"""Two files of one record show the same page, whatever stands in them; once they part, the page tells."""

import json
from pathlib import Path

import pytest

import baladeur
from tests.cli.tools import run, secret_file
from tests.record.documents import bundle, treatment

FOLDER = Path(baladeur.__file__).parent / "demo"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The demonstration patient's record after two imports, a note and a review; its copy; the file with the secret."""
    folder = tmp_path_factory.mktemp("copies")
    words = secret_file(folder)
    key, copy = folder / "key", folder / "copy"
    key.mkdir()
    copy.mkdir()
    for line in (
        ["create", key, "--demo"],
        ["import", key, FOLDER / "synthese.json", "--yes"],
        ["import", key, FOLDER / "courrier.json", "--yes"],
        ["note", key, FOLDER / "avis-lisbonne.txt"],
        ["review", key, "medications", "allergies", "--yes"],
        ["copy", key, copy],
    ):
        assert run(*line, "--secret-file", words).exit_code == 0
    return key, copy, words


@pytest.mark.parametrize("order", ["emergency", "vsm", "ips"])
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("form", ["--plain", "--json"])
def test_a_copy_shows_the_same_page(record: tuple[Path, Path, Path], form: str, lang: str, order: str) -> None:
    """Byte for byte, in each order and language, for people and for programs."""
    key, copy, words = record
    first, second = (
        run("--lang", lang, "summary", one, form, "--order", order, "--secret-file", words) for one in (key, copy)
    )
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "apixaban 5 mg" in first.stdout
    assert second.stdout == first.stdout


@pytest.mark.parametrize("command", ["list", "history", "verify"])
def test_a_copy_tells_the_same(record: tuple[Path, Path, Path], command: str) -> None:
    """The entries, who brought them in, and every verdict."""
    key, copy, words = record
    first, second = (run(command, one, "--json", "--secret-file", words) for one in (key, copy))
    assert json.loads(first.stdout) == json.loads(second.stdout)


def test_a_copy_that_went_on_differs(record: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """So equality is no accident: one more treatment in one of them is one more line on its page."""
    key, copy, words = record
    other = tmp_path / "other"
    other.mkdir()
    assert run("copy", copy, other, "--secret-file", words).exit_code == 0
    value = json.loads(bundle(treatment("lévothyroxine 75 microgrammes")))
    value["entry"][1]["resource"] |= {"birthDate": "1961-03-04"}
    (tmp_path / "more.json").write_text(json.dumps(value), "utf-8")
    assert run("import", other, tmp_path / "more.json", "--yes", "--secret-file", words).exit_code == 0
    first, second = (run("summary", one, "--plain", "--secret-file", words).stdout for one in (key, other))
    assert "lévothyroxine" in second
    assert "lévothyroxine" not in first
    assert run("compare", key, copy, "--secret-file", words).exit_code == 0
