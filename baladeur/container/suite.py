"""Suite 1: the only cryptography in the format, all of it from libraries.

Source: schemas/container.md sections 2 (size) and 3. No negotiation: another suite is another module.
"""

import hashlib
import hmac
import os
import struct
from collections.abc import Iterable, Iterator

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from baladeur.container import argon

SUITE = 1
KIB, MIB = 1 << 10, 1 << 20
CHUNK = 16 * KIB
SEAL_OVERHEAD = 72  # one short chunk: salt 24, commitment 32, tag 16
COST_CLASS = 1


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


def slot_key(slot: int, material: bytes, salt: bytes, container_id: bytes) -> bytes:
    """The key that opens slot `slot` (section 4). Argon2id runs 0.2 s (slots 0, 2) or 1 s (slot 1)."""
    if slot in argon.ARGON2_KIB:
        return argon.slot_key(slot, material, salt)
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
