"""The page's locked npm packages."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "image" / "page"


@cache
def packages() -> Path:
    """Their folder, filled from the lock file if it is not; no install script runs."""
    folder = PAGE / "node_modules"
    if shutil.which("npm") is None or shutil.which("node") is None:
        if os.environ.get("CI"):
            pytest.fail("node and npm are not installed")
        pytest.skip("node and npm are not installed")
    wanted = [folder / "esbuild", folder / "axe-core", folder / "@noble" / "hashes"]
    if not all(one.is_dir() for one in wanted):
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=PAGE, check=True)
    return folder
