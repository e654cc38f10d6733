"""Imported tables on disk: replaced whole or not at all, listed, removed; the platform's folder or the chosen one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from baladeur.tables import folder
from baladeur.tables.errors import NoSuchTable, TableNotRecognised
from tests.tables.official_files import ATC_CSV, CCAM_CSV, FILES


def placed(where: Path, name: str, content: bytes) -> Path:
    path = where / name
    path.write_bytes(content)
    return path


def test_what_is_known_of_a_table(tmp_path: Path) -> None:
    path = placed(tmp_path, "ATC 2026_04.csv", ATC_CSV)
    table = folder.add(path, tmp_path / "t", version="2026-04")
    assert (table.name, table.kind, table.version, table.rows, table.source) == (
        "atc-2026-04", "atc", "2026-04", 4, "ATC 2026_04.csv",
    )  # fmt: skip
    assert len(table.sha256) == 64
    assert folder.listing(tmp_path / "t") == [table]
    assert folder.info("atc-2026-04", tmp_path / "t") == table


def test_a_file_that_says_no_edition_gets_its_checksum(tmp_path: Path) -> None:
    table = folder.add(placed(tmp_path, "ccam.csv", CCAM_CSV), tmp_path / "t")
    assert table.version == f"sha256 {table.sha256[:12]}"


def test_the_same_name_replaces(tmp_path: Path) -> None:
    where = tmp_path / "t"
    folder.add(placed(tmp_path, "a.csv", ATC_CSV), where, name="x")
    folder.add(placed(tmp_path, "b.csv", CCAM_CSV), where, name="x")
    assert [(t.name, t.kind) for t in folder.listing(where)] == [("x", "ccam")]


def test_remove(tmp_path: Path) -> None:
    folder.add(placed(tmp_path, "a.csv", ATC_CSV), tmp_path / "t")
    folder.remove("a", tmp_path / "t")
    assert folder.listing(tmp_path / "t") == []
    for name in ("a", "../a", "", "A", "t/a"):
        with pytest.raises(NoSuchTable):
            folder.remove(name, tmp_path / "t")


@pytest.mark.parametrize("name", ["../x", "X", "x y", "x.y", "x" * 62, "-x"])
def test_names_are_plain(tmp_path: Path, name: str) -> None:
    with pytest.raises(TableNotRecognised):
        folder.add(placed(tmp_path, "a.csv", ATC_CSV), tmp_path / "t", name=name)
    assert not (tmp_path / "t").exists()


def test_a_name_is_made_of_any_file_name() -> None:
    assert folder.name_of(Path("Été_2026 (final).csv")) == "ete-2026-final"
    assert folder.name_of(Path("日本.csv")) == "table"


def test_no_folder_is_no_table(tmp_path: Path) -> None:
    assert folder.files(tmp_path / "nothing") == []
    assert folder.listing(tmp_path / "nothing") == []


def test_the_chosen_folder_or_the_platform_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(folder.VARIABLE, str(tmp_path))
    assert folder.folder() == tmp_path / "tables"
    monkeypatch.delenv(folder.VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert folder.folder().name == "tables"
    assert "baladeur" in folder.folder().parts


def test_readers_and_kinds_are_one_list() -> None:
    """The command offers exactly the kinds that there are, and each has a file in the tests."""
    from baladeur.cli.tables import KINDS

    assert set(KINDS) == set(folder.KINDS) == {kind for _, kind, _ in FILES.values()}


@pytest.mark.skipif(os.name != "posix", reason="kills by a signal")
def test_killed_in_the_middle_nothing_has_changed(tmp_path: Path) -> None:
    """The program dies while it writes the new table: the old one stands, what is left over is not taken for one."""
    where = tmp_path / "t"
    before = folder.add(placed(tmp_path, "a.csv", ATC_CSV), where, name="x")
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from baladeur.tables import folder, store\n"
        "written = store.write\n"
        "def die(*args):\n"
        "    written(*args)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "store.write = die\n"
        "folder.add(Path(sys.argv[1]), Path(sys.argv[2]), name='x')\n"
    )
    path = placed(tmp_path, "b.csv", CCAM_CSV)
    ran = subprocess.run([sys.executable, "-c", code, str(path), str(where)], check=False, cwd=Path.cwd())
    assert ran.returncode == -9
    assert len(list(where.iterdir())) == 2
    assert folder.listing(where) == [before]
