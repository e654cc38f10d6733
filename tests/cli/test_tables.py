"""code and tables: answers on standard output, narration on standard error, refusals in a sentence, none on the key."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.tools import environment, run
from tests.tables.official_files import ATC_CSV, BDPM_CIP, BDPM_CIS, CCAM_CSV


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test's own."""
    folder = tmp_path / "data"
    monkeypatch.setenv("BALADEUR_DATA", str(folder))
    return folder


@pytest.fixture
def ccam(tmp_path: Path) -> Path:
    path = tmp_path / "CCAM.csv"
    path.write_bytes(CCAM_CSV)
    return path


def test_code() -> None:
    done = run("code", "glucoph")
    assert done.exit_code == 0
    assert done.stdout.split() == ["A10BA02", "ATC", "medicines", "non", "relu", "GLUCOPHAGE", "→", "metformine"]
    assert "non relus" in done.stderr
    assert max(map(len, run("code", "diab").stdout.splitlines())) <= 80


def test_code_in_english() -> None:
    done = run("code", "hypertension", "art", "--lang", "en", "--limit", "1")
    assert done.stdout.startswith("I10 ")
    assert "High blood pressure" in done.stdout
    assert "not reviewed" in done.stderr


def test_code_as_json() -> None:
    (answer,) = json.loads(run("code", "metf", "--json", "--limit", "1").stdout)
    assert answer == {
        "system": "http://www.whocc.no/atc", "code": "A10BA02", "fr": "metformine", "en": "metformin", "matched": "",
        "also": [], "table": "medicines", "version": "1", "reviewed": False, "reviewer": "nobody yet",
    }  # fmt: skip


def test_code_finds_nothing() -> None:
    done = run("code", "zzzzzz")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "non codé" in done.stderr
    assert json.loads(run("code", "zzzzzz", "--json").stdout) == []


def test_add_list_info_remove(ccam: Path) -> None:
    assert run("tables", "list").stdout == ""
    done = run("tables", "add", ccam, "--edition", "V77")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "ccam (ccam, version V77), 2 mots, 0 lignes" in done.stderr
    assert run("tables", "list").stdout.split() == ["ccam", "ccam", "V77", "2"]
    (row,) = json.loads(run("tables", "list", "--json").stdout)
    assert json.loads(run("tables", "info", "ccam", "--json").stdout) == row
    assert "sha256" in run("tables", "info", "ccam").stdout
    assert "autre" in run("code", "autre", "ablation").stdout.casefold()
    assert run("tables", "remove", "ccam").exit_code == 0
    assert json.loads(run("tables", "list", "--json").stdout) == []


def test_the_published_file_says_by_whom(ccam: Path) -> None:
    run("tables", "add", ccam)
    done = run("code", "autre", "ablation")
    assert done.stdout.split() == ["HMFC004", "CCAM", "ccam", "CNAM", "Autre", "ablation", "inventée"]
    assert "non relus" not in done.stderr


def test_bdpm_reads_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "CIS_bdpm.txt").write_bytes(BDPM_CIS)
    (tmp_path / "CIS_CIP_bdpm.txt").write_bytes(BDPM_CIP)
    assert run("tables", "add", tmp_path / "CIS_bdpm.txt").exit_code == 0
    assert "61266250" in run("code", "3400935955838").stdout
    assert "CIS_CIP_bdpm.txt" in run("tables", "info", "cis-bdpm").stdout


@pytest.mark.parametrize(
    ("content", "options", "code"),
    [
        (b"Bonjour", (), 62),
        (b"", (), 62),
        (ATC_CSV, ("--as", "loinc"), 62),
        (ATC_CSV, ("--name", "../x"), 62),
        (b"Code;Libelle\nHHFA016;a\nHHFA01?;b\nHHFA02?;c\n", (), 63),
    ],
)
def test_what_is_no_table_gets_a_sentence(
    tmp_path: Path, data: Path, content: bytes, options: tuple[str, ...], code: int
) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    done = run("tables", "add", path, *options)
    assert (done.exit_code, done.stdout) == (code, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert not data.exists() or list((data / "tables").iterdir()) == []


def test_other_refusals(tmp_path: Path) -> None:
    assert run("tables", "info", "x").exit_code == 64
    assert run("tables", "remove", "x").exit_code == 64
    assert run("tables", "add", tmp_path / "nothing").exit_code == 60
    assert run("tables", "add", tmp_path).exit_code == 60
    assert run("code").exit_code == 2


def test_never_on_the_key(key: Path, ccam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither beside a record nor in a folder under it."""
    for where in (key, key / "deep" / "down"):
        monkeypatch.setenv("BALADEUR_DATA", str(where))
        before = sorted(path.name for path in key.iterdir())
        done = run("tables", "add", ccam)
        assert done.exit_code == 65
        assert "BALADEUR_DATA" in done.stderr
        assert sorted(path.name for path in key.iterdir()) == before


def test_a_damaged_table_is_named(data: Path) -> None:
    (data / "tables").mkdir(parents=True)
    (data / "tables" / "noise.tables.sqlite").write_bytes(b"noise" * 1000)
    done = run("code", "metf", "--limit", "1")
    assert "A10BA02" in done.stdout
    assert "noise" in done.stderr
    assert "noise" in run("tables", "list").stdout


def test_other_commands_do_not_wait_for_tables() -> None:
    """Neither SQLite nor lxml is loaded by the rest of the program."""
    code = (
        "import sys, baladeur.cli.main\n"
        "sys.exit(' '.join(sorted({'sqlite3', 'lxml', 'platformdirs', 'baladeur.tables.store'} & set(sys.modules))))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=False)
    assert ran.stderr.strip() == ""
