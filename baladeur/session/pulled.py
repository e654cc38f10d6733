"""Linux's word that a disk was taken out, at once. Where it cannot be had, whoever looks each second sees it, too.

Source: the kernel's own device events (netlink, NETLINK_KOBJECT_UEVENT) through libudev, so that no daemon is needed.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any


class Pulled:
    """Calls `then`, in a thread of its own and once, when a block device is removed.

    Nothing is loaded and nothing listens where there is no such device, or udev's library is missing.
    """

    def __init__(self, device: int | None, then: Callable[[], object]) -> None:
        """device: as stat(2) numbers that of a file; None where the file could not be seen."""
        self._device, self._then, self._observer = device, then, None
        if sys.platform == "linux" and device is not None and os.major(device):
            with suppress(ImportError, OSError):  # udev's errors of these kinds; it has no others while it starts
                self._observer = self._listening()

    @property
    def listens(self) -> bool:
        """Whether the kernel will be heard."""
        return self._observer is not None

    def stop(self) -> None:
        """Listen no longer. Does not wait."""
        observer, self._observer = self._observer, None
        if observer is not None:
            with suppress(OSError, ValueError):  # it has ended by itself
                observer.send_stop()

    def _listening(self) -> Any:
        import pyudev

        monitor = pyudev.Monitor.from_netlink(pyudev.Context(), source="kernel")
        monitor.filter_by("block")
        observer = pyudev.MonitorObserver(monitor, callback=self._heard, name="pulled")
        observer.start()
        return observer

    def _heard(self, event: Any) -> None:
        if event.action == "remove" and event.device_number == self._device:
            self.stop()
            self._then()
