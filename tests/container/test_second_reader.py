"""The reader in image/page, written from the document alone, ends in the same verdicts as every vector says."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "image" / "page"


def node() -> str:
    """Node 20 or later; older ones cannot inflate raw deflate."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("the second reader needs Node 20 or later: there is no node")
    version = subprocess.run([found, "--version"], capture_output=True, check=True, encoding="utf-8").stdout
    if int(re.findall(r"\d+", version)[0]) < 20:
        pytest.skip(f"the second reader needs Node 20 or later, not {version.strip()}")
    return found


@pytest.mark.slow
def test_every_vector_with_the_second_reader() -> None:
    """Same verdict, findings, entries, parts and history for each."""
    program = node()
    if not (PAGE / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=PAGE, check=True)
    done = subprocess.run([program, "check-vectors.mjs"], cwd=PAGE, capture_output=True, encoding="utf-8")
    last = done.stdout.strip().splitlines()[-1]
    assert done.returncode == 0, done.stdout[-3000:]
    assert re.fullmatch(r"\d{3,} passed, 0 failed", last)
