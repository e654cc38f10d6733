"""What every test shares: Hypothesis profiles and the folder of public sample records."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

# No deadline: a key derivation takes as long as the machine makes it take.
settings.register_profile("dev", deadline=None)
# In CI the same commit must give the same verdict twice.
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


# A shell that starts this in the background has it ignore Ctrl+C, and so would every program that the tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of sample records, which is too large for this repository and stands beside it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the sample records are not here: ../shared/data does not exist beside this repository")
    return folder
