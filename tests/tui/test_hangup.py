"""A terminal that goes away takes the program with it, whatever the program is doing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from baladeur.tui import hangup

pty = pytest.importorskip("pty", reason="there are no terminals of this kind here")
ROOT = Path(__file__).resolve().parents[2]

STUCK = """
import signal, sys, time
from baladeur.tui import hangup
signal.signal(signal.SIGHUP, signal.SIG_IGN)
assert hangup.watch(lambda: print("end", flush=True), every=0.05, grace=float(sys.argv[1])) is not None
print("watching", flush=True)
time.sleep(60)
"""


def _child(grace: str) -> "tuple[subprocess.Popen[str], int]":
    master, slave = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", STUCK, grace], stdin=slave, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    os.close(slave)
    assert child.stdout is not None
    assert child.stdout.readline() == "watching\n"
    return child, master


def test_a_program_that_does_not_end_is_ended() -> None:
    """It is told first, and has its time."""
    child, master = _child("0.3")
    assert child.poll() is None
    os.close(master)
    told, _ = child.communicate(timeout=20)
    assert (told, child.returncode) == ("end\n", hangup.GONE)


def test_a_terminal_that_stays_is_left_alone() -> None:
    """Nothing is told while it stands."""
    child, master = _child("0")
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(0.5)
    finally:
        child.kill()
        os.close(master)
    assert child.communicate()[0] == ""


def test_what_is_no_terminal_is_not_watched() -> None:
    """A pipe says nothing of a window."""
    read, write = os.pipe()
    try:
        assert hangup.watch(lambda: None, read) is None
    finally:
        os.close(read)
        os.close(write)
