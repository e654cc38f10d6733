"""Suite 1: the only cryptography in the format, all of it from libraries.

Source: schemas/container.md sections 2 (size) and 3. No negotiation: another suite is another module.
"""

import hashlib
import hmac
import os
import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress
from threading import Thread

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

SUITE = 1
KIB, MIB = 1 << 10, 1 << 20
CHUNK = 16 * KIB
SEAL_OVERHEAD = 72  # one short chunk: salt 24, commitment 32, tag 16
COST_CLASS = 1
ARGON2_KIB = {0: 64 * KIB, 1: 256 * KIB, 2: 64 * KIB}  # slot index → m in KiB, cost class 1


class SealBroken(Exception):
    """The bytes were not sealed with this key in this place. Never reaches the user."""


def sealed(length: int) -> int:
    """Length of a sealed message of `length` bytes."""
    return 56 + length + 16 * (length // CHUNK + 1)


def context(label: str, container_id: bytes, object_id: bytes = bytes(16), seq: int = 0) -> bytes:
    """The context of a seal: it ties a blob to its kind, container, object and commit."""
    return b"coffre1 %s\0%s%s%s%s" % (
        label.encode(),
        struct.pack("<I", SUITE),
        container_id,
        object_id,
        struct.pack("<Q", seq),
    )


def derive(key: bytes, label: str, container_id: bytes) -> bytes:
    """A 32-byte subkey (HKDF-Expand-SHA-512, RFC 5869 section 2.3)."""
    info = b"coffre1 %s\0%s%s" % (label.encode(), struct.pack("<I", SUITE), container_id)
    return HKDFExpand(hashes.SHA512(), 32, info).derive(key)


def seal(key: bytes, ctx: bytes, message: bytes) -> bytes:
    """Seal a message that is in memory. Fresh salt each time."""
    return b"".join(seal_stream(key, ctx, (message,)))


def seal_stream(key: bytes, ctx: bytes, pieces: Iterable[bytes | memoryview]) -> Iterator[bytes]:
    """Seal pieces in order; yields ciphertext as it comes."""
    encryptor = Cobblestone256Encryptor(key, ctx)
    for piece in pieces:
        yield encryptor.update(piece)
    yield encryptor.finalize()


def unseal(key: bytes, ctx: bytes, blob: bytes) -> bytes:
    """The message of a seal, only after all of it was authenticated.

    Raises SealBroken: wrong key, other place, altered or cut bytes.
    """
    try:
        decryptor = Cobblestone256Decryptor(key, ctx)
        text = decryptor.update(blob)
        rest = decryptor.finalize()
    except Exception:  # the library's errors differ by cause; here they mean one thing
        raise SealBroken from None
    return text + rest if rest else text


class _Derivation(Thread):
    """A key that is derived ahead. `key` stays empty if memory was short: whoever wants it then meets the error."""

    def __init__(self, wanted: tuple[int, bytes, bytes, bytes]) -> None:
        super().__init__(daemon=True)
        self._wanted, self.key = wanted, b""

    def run(self) -> None:
        with suppress(Exception):
            self.key = _slot_key(*self._wanted)


_begun: dict[tuple[int, bytes, bytes, bytes], _Derivation] = {}


def begin_slot_key(slot: int, material: bytes, salt: bytes, container_id: bytes) -> None:
    """Derive a slot's key in a thread of its own: Argon2id leaves the interpreter free meanwhile.

    `slot_key` with the same arguments waits for it and takes it away.
    """
    wanted = (slot, material, salt, container_id)
    _begun[wanted] = _Derivation(wanted)
    _begun[wanted].start()


def slot_key(slot: int, material: bytes, salt: bytes, container_id: bytes) -> bytes:
    """The key that opens slot `slot` (section 4). Argon2id runs 0.2 s (slots 0, 2) or 1 s (slot 1)."""
    if (begun := _begun.pop((slot, material, salt, container_id), None)) is not None:
        begun.join()
    return (begun.key if begun else b"") or _slot_key(slot, material, salt, container_id)


def _slot_key(slot: int, material: bytes, salt: bytes, container_id: bytes) -> bytes:
    if slot in ARGON2_KIB:
        from argon2.low_level import Type, hash_secret_raw  # 40 ms: not for who brings a code

        return hash_secret_raw(material, salt, 3, ARGON2_KIB[slot], 1, 32, Type.ID)
    prk = hmac.digest(salt, material, "sha512")  # HKDF-Extract, RFC 5869 section 2.2
    return derive(prk, "slot code", container_id)


def mac(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA-256."""
    return hmac.digest(key, data, "sha256")


def same(a: bytes, b: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(a, b)


def tagged(label: str, *fields: bytes) -> bytes:
    """SHA-256 over a labelled, unambiguous joining of fields."""
    return hashlib.sha256(b"".join((b"coffre1 ", label.encode(), b"\0", *fields))).digest()


def random(length: int) -> bytes:
    """Bytes from the operating system's generator."""
    return os.urandom(length)
