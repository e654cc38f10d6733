"""Argon2id for the slots of words and phrases, and its head start. Light on purpose: a program begins here.

Source: schemas/container.md section 4; RFC 9106. The computing is libargon2's, called as argon2-cffi calls it.
"""

from threading import Thread

from _argon2_cffi_bindings import ffi, lib  # what argon2.low_level wraps: the wrapper takes 20 ms to load

KIB = 1 << 10
ARGON2_KIB = {0: 64 * KIB, 1: 256 * KIB, 2: 64 * KIB}  # slot index → m in KiB, cost class 1
_PASSES, _LANES, _LENGTH, _VERSION = 3, 1, 32, 0x13


class _Derivation(Thread):
    """A key that is derived ahead. `key` stays empty if memory was short: whoever wants it then meets the error."""

    def __init__(self, wanted: tuple[int, bytes, bytes]) -> None:
        super().__init__(daemon=True)
        self._wanted, self.key = wanted, b""

    def run(self) -> None:
        try:
            self.key = derive(*self._wanted)
        except Exception:
            self.key = b""


_begun: dict[tuple[int, bytes, bytes], _Derivation] = {}


def begin(slot: int, material: bytes, salt: bytes) -> None:
    """Derive a slot's key in a thread of its own: Argon2id leaves the interpreter free meanwhile.

    `slot_key` with the same arguments waits for it and takes it away.
    """
    wanted = (slot, material, salt)
    _begun[wanted] = _Derivation(wanted)
    _begun[wanted].start()


def slot_key(slot: int, material: bytes, salt: bytes) -> bytes:
    """The key of slot 0, 1 or 2: 0.2 s, or 1 s for slot 1. Raises MemoryError."""
    if (begun := _begun.pop((slot, material, salt), None)) is not None:
        begun.join()
    return (begun.key if begun else b"") or derive(slot, material, salt)


def derive(slot: int, material: bytes, salt: bytes) -> bytes:
    """As `slot_key`, in any case here and now."""
    key = ffi.new("uint8_t[]", _LENGTH)
    code = lib.argon2_hash(
        _PASSES, ARGON2_KIB[slot], _LANES,
        ffi.from_buffer(material), len(material), ffi.from_buffer(salt), len(salt),
        key, _LENGTH, ffi.NULL, 0, lib.Argon2_id, _VERSION,
    )  # fmt: skip
    if code != lib.ARGON2_OK:  # the lengths are ours: what is left is memory
        raise MemoryError
    return bytes(ffi.buffer(key, _LENGTH))
