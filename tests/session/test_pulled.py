"""The kernel's word that a key was pulled, heard through the system's own libudev."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from baladeur.session.keys import Watch
from baladeur.session.pulled import Pulled

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(shutil.which("umockdev-wrapper") is None, reason="umockdev is not installed; .ci/setup installs it")
def test_the_removal_of_this_device_is_heard_and_no_other() -> None:
    """Once; a change is no removal, another key's removal neither, and nothing listens afterwards."""
    told = subprocess.run(
        ["umockdev-wrapper", sys.executable, "-m", "tests.session.plugged"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stdout.split() == ["listens", "silent", "pulled", "ended", "silent", "ended"]


@pytest.mark.parametrize("device", [None, os.makedev(0, 77)])
def test_what_is_on_no_disk_is_not_listened_to(device: int | None) -> None:
    """A folder in memory or over a network has no device to be pulled."""
    pulled = Pulled(device, lambda: None)
    assert not pulled.listens
    pulled.stop()
    assert not pulled.listens


def test_without_udev_the_look_each_second_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No library, no error; whoever looks still sees."""
    monkeypatch.setitem(sys.modules, "pyudev", None)
    assert not Pulled(os.makedev(8, 1), lambda: None).listens
    watch = Watch(tmp_path / "key")
    assert watch.device is None
    (tmp_path / "key").mkdir()
    watch = Watch(tmp_path / "key")
    assert watch.device == os.stat(tmp_path).st_dev
    assert watch.is_there()
    (tmp_path / "key").rmdir()
    assert not watch.is_there()
