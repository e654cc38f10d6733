"""A key that is plugged in and pulled, as udev's library sees it, for programs run under umockdev-wrapper.

Run as a program it tells, a word a line, what `Pulled` makes of it. Source: umockdev's own header, UMockdevTestbed.
"""

import ctypes
import os
import sys
import threading

from baladeur.session.pulled import Pulled

_Strings = ctypes.POINTER(ctypes.c_char_p)


class Key:
    """A disk of its own number."""

    def __init__(self, name: str, minor: int) -> None:
        self._mock = ctypes.CDLL("libumockdev.so.0")
        self._mock.umockdev_testbed_new.restype = ctypes.c_void_p
        self._mock.umockdev_testbed_add_devicev.restype = ctypes.c_void_p
        self._mock.umockdev_testbed_add_devicev.argtypes = [
            *(ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p),
            *(_Strings, _Strings),
        ]
        self._mock.umockdev_testbed_uevent.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p]
        self.number = os.makedev(8, minor)
        self._bed = self._mock.umockdev_testbed_new()
        has = ["removable", "1"]
        says = ["DEVNAME", f"/dev/{name}", "DEVTYPE", "disk", "MAJOR", "8", "MINOR", str(minor)]
        made = self._mock.umockdev_testbed_add_devicev(
            self._bed, b"block", name.encode(), None, _strings(has), _strings(says)
        )
        self._place = ctypes.string_at(made)

    def says(self, action: str) -> None:
        """An event of the kernel's: `change`, `remove`."""
        self._mock.umockdev_testbed_uevent(self._bed, self._place, action.encode())


def _strings(values: list[str]) -> "ctypes.Array[ctypes.c_char_p]":
    return (ctypes.c_char_p * (len(values) + 1))(*(value.encode() for value in values), None)


def main() -> None:
    """`listens`, then `silent` after what is no pull of this key, then `pulled`."""
    key = Key("sdy", 96)
    heard = threading.Event()
    pulled = Pulled(key.number, heard.set)
    print("listens" if pulled.listens else "deaf")
    key.says("change")
    other = threading.Event()
    elsewhere = Pulled(key.number + 1, other.set)
    print("heard" if heard.wait(0.3) else "silent")
    key.says("remove")
    print("pulled" if heard.wait(5) else "missed")
    print("listens" if pulled.listens else "ended")
    print("heard" if other.is_set() else "silent")
    elsewhere.stop()
    print("listens" if elsewhere.listens else "ended")


if __name__ == "__main__":
    sys.exit(main())
