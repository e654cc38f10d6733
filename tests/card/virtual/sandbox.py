"""A pcscd of one's own for one scenario: private mounts, network and processes, so that nothing is left behind.

Outside, `run` starts this module in namespaces of its own; inside, `main` starts pcscd with two virtual readers and
calls one function of tests/card/scenarios.py. No systemd; parallel runs do not see each other.
"""

import contextlib
import fcntl
import importlib
import os
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

from tests.card.tools import needed
from tests.card.virtual.card import PORT

ROOT = Path(__file__).resolve().parents[3]
SOCKET = Path("/run/pcscd/pcscd.comm")
_SIOCSIFFLAGS, _IFF_UP_RUNNING = 0x8914, 0x49


def run(scenario: str, folder: Path) -> None:
    """Run one scenario and show what it said if it failed."""
    needed("pcscd", "unshare", "opensc-tool")
    flags = ["--mount", "--net", "--pid", "--fork", "--mount-proc"]
    if os.geteuid() != 0:
        flags.append("--map-root-user")
    command = ["unshare", *flags, sys.executable, "-m", __name__, scenario, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, f"{scenario}\n{done.stdout}\n{done.stderr}"
    assert done.stdout.endswith(f"{scenario}: ok\n"), done.stdout


class Daemon:
    """pcscd, which a scenario may kill and start again."""

    def __init__(self, folder: Path) -> None:
        self._settings = folder / "reader.conf.d"
        self._settings.mkdir()
        places = ("/usr/lib/pcsc/drivers/serial", *Path("/usr/lib").glob("*/pcsc/drivers/serial"))
        driver = next(p for p in (Path(place) / "libifdvpcd.so" for place in places) if p.exists())
        lines = ['FRIENDLYNAME "Virtual PCD"', f"DEVICENAME /dev/null:{PORT:#x}", f"LIBPATH {driver}"]
        (self._settings / "vpcd").write_text("\n".join([*lines, f"CHANNELID {PORT:#x}", ""]))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = ["/usr/sbin/pcscd", "--foreground", "--config", str(self._settings)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while not SOCKET.exists():
            assert time.monotonic() < end, "pcscd did not start"
            time.sleep(0.02)

    def kill(self) -> None:
        """As a crash: its socket stays."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        for left in SOCKET.parent.iterdir():
            left.unlink()


def _prepare() -> None:
    SOCKET.parent.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "none", str(SOCKET.parent)], check=True)
    with contextlib.closing(socket.socket()) as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh", b"lo", _IFF_UP_RUNNING))


def main(scenario: str, folder: Path) -> None:
    """Inside: the daemon, the scenario, and the end of everything (the first process of a namespace ends it all)."""
    _prepare()
    daemon = Daemon(folder)
    daemon.start()
    scenarios = importlib.import_module("tests.card.scenarios")
    getattr(scenarios, scenario)(scenarios.Stage(folder, daemon))
    print(f"{scenario}: ok", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
