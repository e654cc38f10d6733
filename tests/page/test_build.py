"""The packaged page is what its sources make, from locked packages, byte for byte."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.page.conftest import ROOT
from tests.page.packages import PAGE, packages


@pytest.mark.browser
def test_the_packaged_page_is_what_its_sources_make(tmp_path: Path) -> None:
    """Made anew, and twice, with the same bytes."""
    packages()
    done = subprocess.run(["node", "build.mjs", "--check"], cwd=PAGE, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    subprocess.run(["node", "build.mjs", tmp_path / "lire.html"], cwd=PAGE, check=True, capture_output=True)
    assert (tmp_path / "lire.html").read_bytes() == (ROOT / "baladeur" / "cli" / "lire.html").read_bytes()


def test_the_sentences_are_those_of_the_command_line() -> None:
    """The page says what the commands say."""
    script = [sys.executable, PAGE / "make_sentences.py", "--check"]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, encoding="utf-8", env={"PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr


def test_every_package_is_locked_by_its_content() -> None:
    """A version and a hash for each, so that what is built today can be built in ten years."""
    lock = json.loads((PAGE / "package-lock.json").read_text("utf-8"))["packages"]
    stated = json.loads((PAGE / "package.json").read_text("utf-8"))
    for name in (*stated["dependencies"], *stated["devDependencies"]):
        found = lock[f"node_modules/{name}"]
        assert found["version"] == (stated["dependencies"] | stated["devDependencies"])[name]
        assert found["integrity"].startswith("sha512-")
    shipped = {"MIT", "ISC"}
    assert {lock[f"node_modules/{name}"]["license"] for name in stated["dependencies"]} <= shipped


def test_modules_of_the_page_are_short() -> None:
    """As those of the program; the reader of the container is one old exception."""
    long = [path.name for path in PAGE.glob("*.mjs") if len(path.read_text("utf-8").splitlines()) > 250]
    assert long == ["coffre.mjs"]
