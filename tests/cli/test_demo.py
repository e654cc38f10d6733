"""The README's first screen is what the program prints."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from baladeur.cli.demo import demonstration

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")


def documented() -> list[str]:
    """The output block of the README."""
    found = re.search(r"<!-- output: demo -->\s+```text\n(.*?)```", README, re.DOTALL)
    assert found
    return found[1].splitlines()


def test_the_readme_shows_what_the_demonstration_prints() -> None:
    """Line for line."""
    done = subprocess.run(
        [sys.executable, "-m", "baladeur", "demo", "--plain"], capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout.splitlines() == documented()
    assert done.stderr == ""


def test_a_wrong_command_is_a_sentence() -> None:
    """No traceback, exit code 2."""
    done = subprocess.run([sys.executable, "-m", "baladeur", "nonsense"], capture_output=True, encoding="utf-8")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_demonstration_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The temporary folder is gone afterwards, and the record in it was a demonstration record."""
    lines = demonstration(tmp_path)
    assert (tmp_path / "DOSSIER.DMB").read_bytes()[19] == 1
    assert lines == documented()
