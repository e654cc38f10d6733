"""Fixed places and structures: sizes, rooms, headers, superblocks, frame headers."""

import hashlib
import struct
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.container import layout, suite
from baladeur.container.layout import (
    BLOCK,
    CATALOGUE_ROOM,
    LOG,
    MAX_SIZE,
    MIN_SIZE,
    PAGE,
    SUMMARY_ROOM,
    ZONE,
    ZONES,
    Commit,
    Copy,
    Frame,
    Header,
    Pointer,
    Vital,
    file_size,
    finished,
    in_log,
    in_room,
    judge,
    make_header,
    make_slot,
    make_superblock,
    open_part,
    padme,
    up,
)
from baladeur.container.suite import KIB, MIB, SealBroken
from baladeur.errors import Malformed, PointerOutside

CID, KEY = bytes(range(16)), bytes(range(32))
u64 = st.integers(0, (1 << 64) - 1)
key32 = st.binary(min_size=32, max_size=32)
COMMIT = Commit(
    70_000, 69_990, 69_995, 3, LOG + PAGE, 0, b"h" * 32, b"d" * 32, b"l" * 16, b"e" * 32, b"k" * 32, b"v" * 32,
    Pointer(69_995, LOG + 256, MIB, 900), Pointer(70_000, LOG + 9000, 0, 300),
)  # fmt: skip


def header() -> Header:
    """A header whose slot 3 opens with sixteen zero bytes."""
    slots = [make_slot(CID, i, bytes(16), KEY) if i == 3 else suite.random(256) for i in range(8)]
    return make_header(CID, True, 7, slots, KEY)


def resealed(raw: bytes, at: int, data: bytes) -> bytes:
    """The header with other bytes and the checksum that fits them."""
    body = raw[:at] + data + raw[at + len(data) : 4064]
    return body + hashlib.sha256(body).digest()


@pytest.mark.parametrize(
    ("end", "size"),
    [
        (16 * MIB, 20_971_520),
        (19 * MIB, 20_971_520),
        (19 * MIB + 1, 21_495_808),
        (40 * MIB, 42_991_616),
        (100 * MIB, 106_954_752),
        (200 * MIB, 213_909_504),
        (1024 * MIB, 1_107_296_256),
        (3899 * MIB, 4_089_446_400),
        (3900 * MIB, MAX_SIZE),
    ],
)
def test_the_table_of_sizes(end: int, size: int) -> None:
    """The sizes that the format document lists."""
    assert file_size(end) == size


@given(st.integers(LOG, MAX_SIZE))
def test_a_size_holds_its_log_and_tells_little(end: int) -> None:
    """Room for the log and 1 MiB to spare, at most 12 % more, and never above the cap."""
    size = file_size(end)
    assert size == MAX_SIZE or max(end + MIB, MIN_SIZE) <= size <= 1.12 * max(end + MIB, MIN_SIZE)
    assert padme(size) == size or size == MAX_SIZE
    assert size <= MAX_SIZE
    assert up(end) % PAGE == 0
    assert end <= up(end) < end + PAGE


def test_a_header_says_what_was_put_in() -> None:
    """Id, flag, generation, slots, MAC; the key comes back from the slot with its material alone."""
    h = header()
    assert (len(h.raw), h.container_id, h.demo, h.generation) == (BLOCK, CID, True, 7)
    assert judge(h.raw) is Copy.INTACT
    assert h.verify(KEY)
    assert not h.verify(bytes(32))
    assert h.open_slot(3, bytes(16)) == KEY
    assert h.digest == hashlib.sha256(h.raw[:4032]).digest()
    with pytest.raises(SealBroken):
        h.open_slot(4, bytes(16))
    with pytest.raises(SealBroken):
        h.open_slot(3, bytes(15) + b"\1")
    assert not any(byte > 126 for byte in h.raw[64:480])


@pytest.mark.parametrize(
    ("at", "data", "expected"),
    [
        (0, b"X", Copy.ABSENT),
        (16, b"\2", Copy.NEWER),
        (16, b"\0", Copy.NEWER),
        (18, b"\2", Copy.COST),
        (18, b"\0", Copy.COST),
        (19, b"\2", Copy.DAMAGED),
        (19, b"\x81", Copy.DAMAGED),
        (20, b"\2", Copy.NEWER),
        (63, b"\1", Copy.DAMAGED),
        (500, b"\1", Copy.DAMAGED),
        (2560, b"\1", Copy.DAMAGED),
        (4031, b"\1", Copy.DAMAGED),
        (4040, b"\1", Copy.INTACT),
        (600, b"\1", Copy.INTACT),
    ],
)
def test_a_copy_is_judged_field_by_field(at: int, data: bytes, expected: Copy) -> None:
    """Each field of a copy whose checksum fits; the MAC is not asked, it needs the key."""
    assert judge(resealed(header().raw, at, data)) is expected


def test_the_order_of_the_judgement() -> None:
    """A newer version may keep its checksum elsewhere: version, then cost, then checksum."""
    raw = bytearray(header().raw)
    raw[-1] ^= 1
    assert judge(bytes(raw)) is Copy.DAMAGED
    raw[18] = 9
    assert judge(bytes(raw)) is Copy.COST
    raw[16] = 9
    assert judge(bytes(raw)) is Copy.NEWER
    raw[0] = 0
    assert judge(bytes(raw)) is Copy.ABSENT
    assert judge(header().raw[:-1]) is Copy.ABSENT
    assert judge(b"") is Copy.ABSENT


@given(u64, st.integers(0, 3), st.integers(1, 3 * MIB), key32)
def test_part_a_round_trip(seq: int, zone: int, length: int, key: bytes) -> None:
    """What was packed comes back."""
    length = min(length, SUMMARY_ROOM[1] - SUMMARY_ROOM[0])
    vital = Vital(seq, Pointer(seq, LOG + 256, zone * ZONE + SUMMARY_ROOM[0], length), key)
    assert Vital.unpack(vital.pack()) == vital
    empty = Vital(seq, Pointer())
    assert Vital.unpack(empty.pack()) == empty


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", Malformed),
        (bytes(81), Malformed),
        (bytes(79) + b"\1", Malformed),
        (struct.pack("<5Q40x", 1, 1, LOG - 1, 0, 10), PointerOutside),
        (struct.pack("<5Q40x", 1, 1, LOG, MIB, 10), PointerOutside),
        (struct.pack("<5Q40x", 1, 1, LOG, MIB - 5, 10), PointerOutside),
        (struct.pack("<5Q40x", 1, 1, (1 << 64) - 1, 0, 2), PointerOutside),
    ],
)
def test_part_a_that_breaks_the_format(data: bytes, error: type[Exception]) -> None:
    """Another length, bytes that must be zero, pointers outside their rooms."""
    with pytest.raises(error):
        Vital.unpack(data)


@given(u64, st.integers(1, 3000), st.sampled_from([0, 3]), key32)
def test_part_b_round_trip(first: int, pages: int, pending: int, key: bytes) -> None:
    """What was packed comes back."""
    first = min(first, (1 << 64) - 3)
    commit = replace(
        COMMIT, seq=first + 2, first_seq=first, barrier=first + 1, next_free=LOG + pages * PAGE, pending=pending,
        head=key, epoch=key[::-1],
    )  # fmt: skip
    data = commit.pack()
    assert len(data) == 512
    assert Commit.unpack(data) == commit
    assert finished(commit) == replace(commit, pending=0)


@pytest.mark.parametrize(
    ("at", "data", "error"),
    [
        (40, b"\1", Malformed),
        (40, b"\4", Malformed),
        (41, b"\1", Malformed),
        (280, b"\1", Malformed),
        (511, b"\1", Malformed),
        (32, struct.pack("<Q", LOG + PAGE + 1), Malformed),
        (32, struct.pack("<Q", LOG), PointerOutside),
        (32, struct.pack("<Q", MAX_SIZE + PAGE), PointerOutside),
        (8, struct.pack("<Q", 69_996), Malformed),
        (16, struct.pack("<Q", 70_001), Malformed),
        (232, struct.pack("<Q", 0), PointerOutside),
        (240, struct.pack("<Q", 3 * ZONE + MIB), PointerOutside),
        (240, struct.pack("<Q", 128 * KIB), PointerOutside),
        (264, struct.pack("<Q", MAX_SIZE), PointerOutside),
    ],
)
def test_part_b_that_breaks_the_format(at: int, data: bytes, error: type[Exception]) -> None:
    """Pending, zeros, boundaries, the order of the three seqs, pointers."""
    good = COMMIT.pack()
    with pytest.raises(error):
        Commit.unpack(good[:at] + data + good[at + len(data) :])
    with pytest.raises(Malformed):
        Commit.unpack(good + b"\0")


@given(st.integers(0, 50), st.integers(0, 50))
def test_the_ring_rule(barrier: int, more: int) -> None:
    """Slot s holds the largest seq not above n that is s modulo 4, and no slot anything before the barrier."""
    commit = replace(COMMIT, seq=barrier + more, barrier=barrier, first_seq=0)
    for slot in range(ZONES):
        fits = [k for k in range(barrier, barrier + more + 1) if k % ZONES == slot]
        assert commit.expected(slot) == max(fits, default=barrier)


def test_a_superblock_opens_in_its_slot_only() -> None:
    """Each part with its own key, where it was sealed; two superblocks of one commit share no byte run."""
    vital = Vital(COMMIT.seq, Pointer())
    block, twin = (make_superblock(CID, 2, KEY, vital, COMMIT) for _ in range(2))
    assert len(block) == BLOCK
    assert Vital.unpack(open_part("a", COMMIT.vital, CID, 2, block)) == vital
    assert Commit.unpack(open_part("b", KEY, CID, 2, block)) == COMMIT
    for part, key, slot in (("a", COMMIT.vital, 1), ("a", KEY, 2), ("b", KEY, 3), ("b", COMMIT.vital, 2)):
        with pytest.raises(SealBroken):
            open_part(part, key, CID, slot, block)
    assert not any(block[i : i + 8] == twin[i : i + 8] for i in range(0, BLOCK, 8))


FRAME = Frame(70_000, LOG, PAGE, 0, b"p" * 32, LOG + 500, 300, 0, 0, LOG + 900, 200)


def test_a_frame_header_opens_where_it_says_it_stands() -> None:
    """Moved to another offset or read as of another log it is no frame."""
    data = FRAME.seal(KEY, CID, b"l" * 16)
    assert len(data) == 256
    assert Frame.unseal(KEY, CID, b"l" * 16, LOG, data) == FRAME
    assert FRAME.end == LOG + PAGE
    for log_id, offset in ((b"l" * 16, LOG + PAGE), (b"m" * 16, LOG)):
        with pytest.raises(SealBroken):
            Frame.unseal(KEY, CID, log_id, offset, data)


@pytest.mark.parametrize(
    ("frame", "error"),
    [
        (replace(FRAME, length=PAGE + 1), Malformed),
        (replace(FRAME, length=0), Malformed),
        (replace(FRAME, length=MAX_SIZE), Malformed),
        (replace(FRAME, kind=3), Malformed),
        (replace(FRAME, full=2), Malformed),
        (replace(FRAME, catalogue_offset=5), PointerOutside),
        (replace(FRAME, catalogue_mirror=5), PointerOutside),
        (replace(FRAME, history_offset=5), PointerOutside),
    ],
)
def test_a_frame_header_that_breaks_the_format(frame: Frame, error: type[Exception]) -> None:
    """The seal holds, so whoever wrote it held the keys: an error, not damage."""
    with pytest.raises(error):
        Frame.unseal(KEY, CID, bytes(16), LOG, frame.seal(KEY, CID, bytes(16)))


@pytest.mark.parametrize("plain", [FRAME.pack() + b"\0", FRAME.pack()[:-1] + b"\1", FRAME.pack()[:30] + b"\1" * 98])
def test_a_frame_header_with_other_bytes(plain: bytes) -> None:
    """Another length, or bytes that must be zero."""
    data = suite.seal(KEY, suite.context("frame", CID, bytes(16)), plain)
    with pytest.raises((Malformed, SealBroken)):
        Frame.unseal(KEY, CID, bytes(16), LOG, data)


@pytest.mark.parametrize(
    ("offset", "length", "room", "inside"),
    [
        (MIB, 3 * MIB, CATALOGUE_ROOM, True),
        (MIB, 3 * MIB + 1, CATALOGUE_ROOM, False),
        (2 * ZONE + MIB, 1, CATALOGUE_ROOM, True),
        (3 * ZONE + MIB, 1, CATALOGUE_ROOM, False),
        (3 * ZONE + 128 * KIB, 896 * KIB, SUMMARY_ROOM, True),
        (3 * ZONE + 128 * KIB - 1, 1, SUMMARY_ROOM, False),
        (4 * ZONE + 128 * KIB, 1, SUMMARY_ROOM, False),
    ],
)
def test_a_mirror_stays_in_its_room(offset: int, length: int, room: tuple[int, int], inside: bool) -> None:
    """Zone 3 has room for a summary, not for a catalogue."""
    assert in_room(offset, length, room) is inside


def test_the_log_has_two_ends() -> None:
    """A blob begins after the zones and ends before the cap."""
    assert in_log(LOG, MAX_SIZE - LOG)
    assert not in_log(LOG - 1, 1)
    assert not in_log(LOG, MAX_SIZE - LOG + 1)
    assert layout.superblock_at(3) == 3 * ZONE + 64 * KIB
