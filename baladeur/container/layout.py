"""Fixed places and fixed structures: zones, header, superblocks, frame header.

Source: schemas/container.md sections 2, 5, 6, 7. Bytes to values and back, no I/O, no policy.
"""

import enum
import hashlib
import struct
from dataclasses import dataclass, replace

from baladeur.container import suite
from baladeur.container.suite import KIB, MIB, SealBroken
from baladeur.errors import Malformed, PointerOutside
from baladeur.quiet import quiet

FILE_NAME = "DOSSIER.DMB"  # in its folder
ZONE = 4 * MIB
ZONES = 4
LOG = 16 * MIB
PAGE = 16 * KIB
BLOCK = 4096  # a header copy, a superblock
SUPERBLOCK_AT = 64 * KIB
SUMMARY_ROOM = (128 * KIB, 1 * MIB)  # from, to, inside a zone
CATALOGUE_ROOM = (1 * MIB, 4 * MIB)
MIN_SIZE = 20 * MIB
MAX_SIZE = 3900 * MIB
MAGIC = b"BALADEUR-COFFRE\n"
NOTICE = (
    b"This file is a Baladeur record: a medical record that a patient carries. It is encrypted; without the "
    b"patient's words nothing in it can be read. If you found it, please hand it to a lost-property office or to "
    b"any pharmacy. The format is public: schemas/container.md of the Baladeur project (coffre, version 1).\n"
).ljust(416)
FRAME_HEAD = 256  # sealed frame header 200, then 56 random
ZERO32 = bytes(32)


def padme(length: int) -> int:
    """The padded length that tells O(log log) bits (PURBs, PETS 2019, section 4)."""
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def file_size(end: int) -> int:
    """Size of a file whose last frame ends at `end` (section 2)."""
    return min(padme(max(end + MIB, MIN_SIZE)), MAX_SIZE)


def up(offset: int) -> int:
    """The next frame boundary."""
    return -(-offset // PAGE) * PAGE


class Copy(enum.Enum):
    """What one header copy is, before any secret (section 5)."""

    ABSENT = "absent"
    NEWER = "newer"
    COST = "cost"
    DAMAGED = "damaged"
    INTACT = "intact"


@dataclass(repr=False, frozen=True, slots=True)
class Header:
    """An intact header copy, 4096 bytes."""

    __repr__ = quiet

    raw: bytes

    @property
    def container_id(self) -> bytes:
        return self.raw[24:40]

    @property
    def demo(self) -> bool:
        return bool(self.raw[19] & 1)

    @property
    def generation(self) -> int:
        return int.from_bytes(self.raw[40:48], "little")

    @property
    def digest(self) -> bytes:
        """What part B names: SHA-256 of bytes 0 to 4031."""
        return hashlib.sha256(self.raw[:4032]).digest()

    def slot(self, index: int) -> bytes:
        return self.raw[512 + 256 * index : 768 + 256 * index]

    def open_slot(self, index: int, material: bytes) -> bytes:
        """The payload key of a slot. Raises SealBroken."""
        slot = self.slot(index)
        key = suite.slot_key(index, material, slot[:32], self.container_id)
        payload = suite.unseal(key, _slot_context(self.container_id, index), slot[32:136])
        if len(payload) != 32:
            raise SealBroken
        return payload

    def verify(self, root: bytes) -> bool:
        """Does the MAC hold?"""
        return suite.same(
            suite.mac(suite.derive(root, "header mac", self.container_id), self.raw[:4032]), self.raw[4032:4064]
        )


def judge(raw: bytes) -> Copy:
    """Judge the bytes of one header copy. The order of the checks is part of the format."""
    if len(raw) < BLOCK or raw[:16] != MAGIC:
        return Copy.ABSENT
    version, cost, flags, suite_number = struct.unpack_from("<HBBI", raw, 16)
    if version != 1 or suite_number != suite.SUITE:
        return Copy.NEWER
    if cost != suite.COST_CLASS:
        return Copy.COST
    sound = hashlib.sha256(raw[:4064]).digest() == raw[4064:] and flags < 2
    if not sound or any(raw[48:64]) or any(raw[480:512]) or any(raw[2560:4032]):
        return Copy.DAMAGED
    return Copy.INTACT


def make_header(container_id: bytes, demo: bool, generation: int, slots: list[bytes], root: bytes) -> Header:
    """A header over eight slots of 256 bytes each."""
    head = MAGIC + struct.pack("<HBBI", 1, suite.COST_CLASS, demo, suite.SUITE) + container_id
    head += struct.pack("<Q16x", generation) + NOTICE + bytes(32) + b"".join(slots) + bytes(1472)
    head += suite.mac(suite.derive(root, "header mac", container_id), head)
    return Header(head + hashlib.sha256(head).digest())


def make_slot(container_id: bytes, index: int, material: bytes, payload: bytes) -> bytes:
    """A used slot. Salt and tail are fresh at each call: re-using a salt would re-use a key."""
    salt = suite.random(32)
    key = suite.slot_key(index, material, salt, container_id)
    return salt + suite.seal(key, _slot_context(container_id, index), payload) + suite.random(120)


def _slot_context(container_id: bytes, index: int) -> bytes:
    return suite.context("slot", container_id, bytes([index, suite.COST_CLASS]).ljust(16, b"\0"))


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a sealed blob lies; mirror 0 = none; length 0 = no blob."""

    seq: int = 0
    offset: int = 0
    mirror: int = 0
    length: int = 0

    def check(self, room: tuple[int, int]) -> "Pointer":
        """Raise PointerOutside unless the blob lies in the log and the mirror in its room or in the log."""
        if self.length and not in_log(self.offset, self.length):
            raise PointerOutside("blob")
        if self.mirror and not (in_log(self.mirror, self.length) or in_room(self.mirror, self.length, room)):
            raise PointerOutside("mirror")
        return self


def in_log(offset: int, length: int) -> bool:
    return LOG <= offset and offset + length <= MAX_SIZE


def in_room(offset: int, length: int, room: tuple[int, int]) -> bool:
    zones = ZONES if room is SUMMARY_ROOM else ZONES - 1  # zone 3 is too near to the first frames for a catalogue
    return offset < zones * ZONE and room[0] <= offset % ZONE and offset % ZONE + length <= room[1]


@dataclass(repr=False, frozen=True, slots=True)
class Vital:
    """Part A of a superblock: the emergency summary's place and key."""

    __repr__ = quiet

    seq: int
    summary: Pointer
    key: bytes = ZERO32

    def pack(self) -> bytes:
        s = self.summary
        return struct.pack("<5Q32s8x", self.seq, s.seq, s.offset, s.mirror, s.length, self.key)

    @classmethod
    def unpack(cls, data: bytes) -> "Vital":
        if len(data) != 80 or any(data[72:]):
            raise Malformed("part A")
        seq, summary_seq, offset, mirror, length, key = struct.unpack("<5Q32s8x", data)
        return cls(seq, Pointer(summary_seq, offset, mirror, length).check(SUMMARY_ROOM), key)


_STATE = struct.Struct("<5QB7x32s32s16s32s32s32s4Q3Q232x")


@dataclass(repr=False, frozen=True, slots=True)
class Commit:
    """Part B of a superblock: the commit that the file has reached, and its keys."""

    __repr__ = quiet

    seq: int
    first_seq: int
    barrier: int
    generation: int
    next_free: int
    pending: int
    head: bytes
    header_digest: bytes
    log_id: bytes
    epoch: bytes
    log_key: bytes
    vital: bytes
    full: Pointer
    recent: Pointer

    def pack(self) -> bytes:
        f, r = self.full, self.recent
        return _STATE.pack(
            self.seq, self.first_seq, self.barrier, self.generation, self.next_free, self.pending,
            self.head, self.header_digest, self.log_id, self.epoch, self.log_key, self.vital,
            f.seq, f.offset, f.mirror, f.length, r.seq, r.offset, r.length,
        )  # fmt: skip

    @classmethod
    def unpack(cls, data: bytes) -> "Commit":
        """Raises Malformed or PointerOutside."""
        if len(data) != 512 or any(data[41:48]) or any(data[280:]) or data[40] not in (0, 3):
            raise Malformed("part B")
        v = _STATE.unpack(data)
        if v[4] % PAGE or not v[1] <= v[2] <= v[0]:
            raise Malformed("part B")
        if not LOG < v[4] <= MAX_SIZE:
            raise PointerOutside("next free")
        full = Pointer(*v[12:16]).check(CATALOGUE_ROOM)
        recent = Pointer(v[16], v[17], 0, v[18]).check(CATALOGUE_ROOM)
        return cls(*(*v[:12], full, recent))

    def expected(self, slot: int) -> int:
        """The seq that the ring rule puts in a slot (section 6)."""
        return max(self.barrier, self.seq - (self.seq - slot) % ZONES)


def superblock_at(slot: int) -> int:
    return slot * ZONE + SUPERBLOCK_AT


def make_superblock(container_id: bytes, slot: int, root: bytes, vital: Vital, commit: Commit) -> bytes:
    """4096 bytes, freshly sealed for one slot."""
    where = bytes([slot]).ljust(16, b"\0")
    a = suite.seal(
        suite.derive(commit.vital, "superblock a", container_id),
        suite.context("superblock a", container_id, where),
        vital.pack(),
    )
    b = suite.seal(
        suite.derive(root, "superblock b", container_id),
        suite.context("superblock b", container_id, where),
        commit.pack(),
    )
    return a + suite.random(360) + b + suite.random(3000)


def open_part(part: str, key: bytes, container_id: bytes, slot: int, block: bytes) -> bytes:
    """Plain bytes of part `"a"` or `"b"`. Raises SealBroken."""
    label = f"superblock {part}"
    ctx = suite.context(label, container_id, bytes([slot]).ljust(16, b"\0"))
    return suite.unseal(suite.derive(key, label, container_id), ctx, block[:152] if part == "a" else block[512:1096])


_FRAME = struct.Struct("<3QB7x32s6Q16x")


@dataclass(repr=False, frozen=True, slots=True)
class Frame:
    """A frame header (section 7). kind: 0 ordinary, 1 barrier, 2 base."""

    __repr__ = quiet

    seq: int
    offset: int
    length: int
    kind: int
    prev: bytes
    catalogue_offset: int
    catalogue_length: int
    catalogue_mirror: int
    full: int
    history_offset: int
    history_length: int

    @property
    def end(self) -> int:
        return self.offset + self.length

    def pack(self) -> bytes:
        return _FRAME.pack(
            self.seq, self.offset, self.length, self.kind, self.prev, self.catalogue_offset, self.catalogue_length,
            self.catalogue_mirror, self.full, self.history_offset, self.history_length,
        )  # fmt: skip

    def catalogue(self) -> Pointer:
        return Pointer(self.seq, self.catalogue_offset, self.catalogue_mirror, self.catalogue_length)

    @classmethod
    def unseal(cls, key: bytes, container_id: bytes, log_id: bytes, offset: int, data: bytes) -> "Frame":
        """Raises SealBroken if no frame header of this log stands here; Malformed if it breaks the format."""
        plain = suite.unseal(key, suite.context("frame", container_id, log_id), data[:200])
        if len(plain) != 128 or any(plain[25:32]) or any(plain[112:]):
            raise Malformed("frame header")
        frame = cls(*_FRAME.unpack(plain))
        if frame.offset != offset:  # a copy of a frame header elsewhere is no frame
            raise SealBroken
        if frame.length % PAGE or not frame.length or frame.kind > 2 or frame.full > 1 or frame.end > MAX_SIZE:
            raise Malformed("frame header")
        frame.catalogue().check(CATALOGUE_ROOM)
        Pointer(offset=frame.history_offset, length=frame.history_length).check(CATALOGUE_ROOM)
        return frame

    def seal(self, key: bytes, container_id: bytes, log_id: bytes) -> bytes:
        """256 bytes: the sealed header and random bytes."""
        return suite.seal(key, suite.context("frame", container_id, log_id), self.pack()) + suite.random(56)


def finished(commit: Commit) -> Commit:
    """The same commit with nothing pending."""
    return replace(commit, pending=0)
