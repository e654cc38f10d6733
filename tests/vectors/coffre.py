"""The bytes of the format, written from schemas/container.md alone: seals, keys, words, JSON, header, layout.

Nothing here comes from the program, so that a mistake must be made twice to pass.
"""

import hashlib
import hmac
import json
import struct
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from mnemonic import Mnemonic

MIB = 1 << 20
KIB = 1 << 10
ZONE = 4 * MIB
LOG = 16 * MIB
STEP = 16 * KIB
SUPER = 64 * KIB
SUMMARY_ROOM = 128 * KIB
CATALOGUE_ROOM = 1 * MIB
CAP = 3900 * MIB
NOTICE = b"Coffre Baladeur. Ce fichier est chiffre. Vecteur de test, aucun patient."
ZERO16, ZERO32 = bytes(16), bytes(32)


def u8(n: int) -> bytes:
    """One byte."""
    return struct.pack("<B", n)


def u16(n: int) -> bytes:
    """Two bytes, little-endian."""
    return struct.pack("<H", n)


def u32(n: int) -> bytes:
    """Four bytes, little-endian."""
    return struct.pack("<I", n)


def u64(*numbers: int) -> bytes:
    """Eight bytes each, little-endian."""
    return b"".join(struct.pack("<Q", n) for n in numbers)


def sha(*parts: bytes) -> bytes:
    """SHA-256 of the parts joined."""
    return hashlib.sha256(b"".join(parts)).digest()


class Stream:
    """Reproducible "randomness": SHA-256 HMAC of a counter under a seed."""

    def __init__(self, seed: str) -> None:
        """Start the stream that belongs to this seed."""
        self.seed = sha(seed.encode())
        self.count = 0

    def __call__(self, length: int) -> bytes:
        """Return the next bytes."""
        out = b""
        while len(out) < length:
            out += hmac.digest(self.seed, u64(self.count), "sha256")
            self.count += 1
        return out[:length]


# --- section 1 and 3 -------------------------------------------------------------------------------------------------


def canonical(value: Any) -> bytes:
    """RFC 8785 over the subset of section 1."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def expand(prk: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand with SHA-512."""
    out, block, index = b"", b"", 1
    while len(out) < length:
        block = hmac.digest(prk, block + info + u8(index), "sha512")
        out, index = out + block, index + 1
    return out[:length]


def derive(key: bytes, label: str, cid: bytes) -> bytes:
    """Derive a key for one use (section 3)."""
    return expand(key, b"coffre1 " + label.encode() + b"\0" + u32(1) + cid, 32)


def context(label: str, cid: bytes, thing: bytes, seq: int) -> bytes:
    """Make the context of a seal (section 3)."""
    return b"coffre1 " + label.encode() + b"\0" + u32(1) + cid + thing + u64(seq)


def seal(key: bytes, ctx: bytes, message: bytes, salt: bytes) -> bytes:
    """C2SP chunked encryption, "Cobblestone-256", with the salt given."""
    secret = expand(key, b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0" + salt + ctx, 76)
    cipher, nonce, commitment = AESGCM(secret[:32]), int.from_bytes(secret[32:44], "big"), secret[44:]
    out = salt + commitment
    for index in range(len(message) // 16384 + 1):
        chunk = message[index * 16384 : (index + 1) * 16384]
        out += cipher.encrypt((nonce ^ index).to_bytes(12, "big"), chunk, None)
    return out


def sealed(length: int) -> int:
    """Tell the length of a sealed message of that length."""
    return 56 + length + 16 * (length // 16384 + 1)


def size_for(end: int) -> int:
    """Size of a file whose last frame ends there (section 2)."""
    length = max(end + MIB, 20 * MIB)
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return min((length + mask) & ~mask, CAP)


def align(offset: int) -> int:
    """Go to the next 16 KiB boundary."""
    return (offset + STEP - 1) // STEP * STEP


# --- RFC 1951, by hand: the same bytes whatever zlib is installed ---


def stored(data: bytes) -> bytes:
    """Wrap in stored blocks."""
    pieces = [data[at : at + 65535] for at in range(0, len(data), 65535)] or [b""]
    out = b""
    for number, piece in enumerate(pieces, 1):
        out += u8(number == len(pieces)) + u16(len(piece)) + u16(len(piece) ^ 0xFFFF) + piece
    return out


def bits(fields: list[str]) -> bytes:
    """Pack bits, the first lowest."""
    text = "".join(fields)
    return int(text[::-1], 2).to_bytes((len(text) + 7) // 8, "little")


def number(value: int, width: int) -> str:
    """Write a number of a deflate header, lowest bit first."""
    return f"{value:0{width}b}"[::-1]


def huffman(data: bytes) -> bytes:
    """Write one block of fixed Huffman codes, literals only."""
    codes = (f"{48 + byte:08b}" if byte < 144 else f"{400 + byte - 144:09b}" for byte in data)
    return bits(["1", number(1, 2), *codes, "0000000"])


def bomb(length: int) -> bytes:
    """Write one dynamic block of that many zeros: two bits for each 258."""
    lengths = {18: 1, 1: 2, 2: 2}
    order = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1)
    head = ["1", number(2, 2), number(29, 5), number(0, 5), number(len(order) - 4, 4)]
    head += [number(lengths.get(symbol, 0), 3) for symbol in order]
    gap = ["0" + number(count - 11, 7) for count in (138, 117, 28)]
    head += ["11", gap[0], gap[1], "11", gap[2], "10", "10"]  # literal 0: 2 bits, end: 2 bits, 258 times: 1 bit
    rest = length - 1
    return bits([*head, "10", "00" * (rest // 258), "10" * (rest % 258), "11"])


# --- section 4 -------------------------------------------------------------------------------------------------------

WORDS: list[str] = Mnemonic("french").wordlist


def fold(text: str) -> str:
    """Fold a text as section 4 says."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) != "Mn").lower()


FOLDED = [fold(word) for word in WORDS]


def indices12(entropy: bytes) -> list[int]:
    """BIP-39: the indices of the twelve words of sixteen bytes."""
    bits = int.from_bytes(entropy, "big") << 4 | sha(entropy)[0] >> 4
    return [bits >> (121 - 11 * i) & 2047 for i in range(12)]


def words12(entropy: bytes) -> str:
    """Print twelve words as spelled, in NFC."""
    return " ".join(unicodedata.normalize("NFC", WORDS[i]) for i in indices12(entropy))


@cache
def argon(material: bytes, salt: bytes, mebibytes: int) -> bytes:
    """Argon2id of cost class 1."""
    return hash_secret_raw(material, salt, 3, mebibytes * 1024, 1, 32, Type.ID, 0x13)


def slot_key(index: int, material: bytes, salt: bytes, cid: bytes) -> bytes:
    """Derive the key of a slot from what section 4 calls its material."""
    if index <= 2:
        return argon(material, salt, 256 if index == 1 else 64)
    return derive(hmac.digest(salt, material, "sha512"), "slot code", cid)


# --- section 5 -------------------------------------------------------------------------------------------------------


@dataclass
class Header:
    """The fields of a header; `block` lays them out."""

    cid: bytes
    slots: list[bytes]
    generation: int = 1
    flags: int = 0
    version: int = 1
    cost: int = 1
    suite: int = 1
    notice: bytes = NOTICE
    zero48: bytes = ZERO16
    zero480: bytes = ZERO32
    zero2560: bytes = bytes(1472)

    def block(self, k_root: bytes, mac: bytes | None = None, digest: bytes | None = None) -> bytes:
        """Lay out 4 096 bytes, with another MAC or SHA-256 where one is given."""
        body = b"BALADEUR-COFFRE\n" + u16(self.version) + u8(self.cost) + u8(self.flags) + u32(self.suite) + self.cid
        body += u64(self.generation) + self.zero48 + self.notice.ljust(416) + self.zero480 + b"".join(self.slots)
        body += self.zero2560
        body += mac or hmac.digest(derive(k_root, "header mac", self.cid), body, "sha256")
        body += digest or sha(body)
        assert len(body) == 4096
        return body


def make_slot(index: int, material: bytes, payload: bytes, cid: bytes, rnd: Stream) -> bytes:
    """Make a slot; its 120 random bytes are zero in a vector."""
    salt = rnd(32)
    ctx = context("slot", cid, u8(index) + u8(1) + bytes(14), 0)
    return salt + seal(slot_key(index, material, salt, cid), ctx, payload, rnd(24)) + bytes(120)


def rehash(block: bytes) -> bytes:
    """Give a changed header block the right SHA-256 again."""
    return block[:4064] + sha(block[:4064])


# --- sections 8 and 9 ------------------------------------------------------------------------------------------------

LIVE, REPLACED, WITHDRAWN, ERASED = range(4)


@dataclass
class Row:
    """One item: its row in the catalogue, and the content for the expectations."""

    id: bytes
    meta: bytes
    content: bytes
    key: bytes
    blind: bytes
    status: int = LIVE
    visibility: int = 0
    seq: int = 0
    offset: int = 0
    size: int = 0
    hash: bytes = b""
    gone: bytes = b""  # the commitment, in a tombstone
    zero: int = 0
    type: str = ""

    @property
    def commitment(self) -> bytes:
        """Commit to id, content and meta (section 9)."""
        return self.gone or sha(b"coffre1 item\0", self.blind, self.id, self.hash, u32(len(self.meta)), self.meta)

    def bytes(self) -> bytes:
        """Lay out the row."""
        if self.status == ERASED:
            return self.id + u8(3) + u8(self.visibility) + u16(0) + u32(0) + u64(self.seq, 0, 0) + bytes(64) + self.gone
        head = self.id + u8(self.status) + u8(self.visibility) + u16(len(self.meta)) + u32(self.zero)
        return head + u64(self.seq, self.offset, self.size) + self.key + self.blind + self.hash + self.meta


def state_of(rows: list[Row]) -> bytes:
    """Compute the signed state of the live rows (section 9)."""
    live = sorted((row for row in rows if row.status == LIVE), key=lambda row: row.id)
    return sha(b"coffre1 state\0", u32(len(live)), *(row.id + row.commitment for row in live))


def summary_hash(commitments: list[bytes]) -> bytes:
    """Hash the list of part commitments (section 11)."""
    return sha(b"coffre1 summary\0", u32(len(commitments)), *commitments)


def sized(data: bytes) -> bytes:
    """Put the length before the bytes."""
    return u32(len(data)) + data
