"""Four other validators on the same documents: every disagreement is in the table, and somebody has decided it."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data"
PAGE = ROOT / "schemas" / "fhir" / "opinions.md"


def test_every_disagreement_is_decided() -> None:
    """And there is one row for each rule that has a fault."""
    from tests.record.check.faults import FAULTS

    text = PAGE.read_text("utf-8")
    assert "not looked at" not in text
    assert {line.split(" | ")[0].removeprefix("| ") for line in text.splitlines()} >= {one.key for one in FAULTS}


@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "ips").is_dir(), reason="the documents of ../shared/data are not here")
def test_the_table_is_what_the_others_say() -> None:
    """Made anew with the validators themselves, it is the same."""
    missing = [name for name in ("fhirkit", "pyfhircheck") if find_spec(name) is None]
    missing += [name for name in ("node", "npm") if shutil.which(name) is None]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"not installed: {', '.join(missing)}")
    script = [sys.executable, ROOT / "schemas" / "fhir" / "opinions.py", DATA, "--check"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(script, cwd=ROOT, capture_output=True, encoding="utf-8", env=environment)
    assert done.returncode == 0, done.stderr
