"""Bulk work with bare parts: AES-256-GCM over 16 KiB chunks, SHA-256, write and fsync, or read. No format.

It is the least that any program with this cryptography does; chunks are sealed and opened in place, so that Python
adds as little as it can.
"""

import hashlib
import io
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from measure import timed

CHUNK, TAG, BUFFER = 16 * 1024, 16, 4 << 20
KEY = bytes(range(32))


class Part(io.RawIOBase):
    """A stretch of an open file, as content of an item that never lies in memory whole."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self.file, self.at, self.left = file, start, size

    def read(self, size: int = -1) -> bytes:
        size = self.left if size < 0 else min(size, self.left)
        self.file.seek(self.at)
        data = self.file.read(size)
        self.at, self.left = self.at + len(data), self.left - len(data)
        return data


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def raw_in(path: Path, documents: Sequence[bytes]) -> float:
    """Seal and write all documents into a new file, in writes of 4 MiB, one fsync. Returns ms in the file system."""
    cipher, fd = AESGCM(KEY), os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    buffer, used, number = memoryview(bytearray(BUFFER)), 0, 0
    waited = 0.0
    try:
        for document in documents:
            hashlib.sha256(document).digest()
            view = memoryview(document)
            for at in range(0, len(view), CHUNK):
                chunk = view[at : at + CHUNK]
                end = used + len(chunk) + TAG
                if end > BUFFER:
                    waited += timed(partial(os.write, fd, buffer[:used]))
                    used, end = 0, len(chunk) + TAG
                cipher.encrypt_into(_nonce(number), chunk, None, buffer[used:end])
                used, number = end, number + 1
        waited += timed(partial(os.write, fd, buffer[:used]))
        return waited + timed(partial(os.fsync, fd))
    finally:
        os.close(fd)


def raw_out(path: Path, count: int, size: int) -> None:
    """Read, open and hash what `raw_in` wrote, document by document."""
    cipher, fd = AESGCM(KEY), os.open(path, os.O_RDONLY)
    sealed, number, at = size + TAG * -(-size // CHUNK), 0, 0
    try:
        for _ in range(count):
            blob = memoryview(os.pread(fd, sealed, at))
            plain = memoryview(bytearray(size))
            for start, to in zip(range(0, sealed, CHUNK + TAG), range(0, size, CHUNK), strict=True):
                cipher.decrypt_into(_nonce(number), blob[start : start + CHUNK + TAG], None, plain[to : to + CHUNK])
                number += 1
            hashlib.sha256(plain).digest()
            at += sealed
    finally:
        os.close(fd)
