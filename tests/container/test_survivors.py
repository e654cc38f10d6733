"""Behaviour that a small change of the code could lose without another test noticing, found by mutation testing."""

import struct
from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest

from baladeur.container import canonical, catalogue, suite, writer
from baladeur.container.canonical import MAX_DEPTH
from baladeur.container.catalogue import (
    MAX_CATALOGUE,
    MAX_CONTENT,
    MAX_INFLATED,
    MAX_ITEMS,
    MAX_META,
    RECENT_LIMIT,
    Catalogue,
)
from baladeur.container.change import Change, NewItem
from baladeur.container.container import Container
from baladeur.container.emergency import open_emergency
from baladeur.container.layout import (
    BLOCK,
    CATALOGUE_ROOM,
    LOG,
    MAGIC,
    MAX_SIZE,
    MIN_SIZE,
    PAGE,
    SUMMARY_ROOM,
    SUPERBLOCK_AT,
    ZERO32,
    ZONE,
    ZONES,
    Frame,
    Vital,
)
from baladeur.container.medium import FileMedium, MemoryMedium
from baladeur.container.place import _copy
from baladeur.container.rescue import _chain, _named, _walk
from baladeur.container.state import read_history
from baladeur.container.statement import MAX_BLOB, MAX_CMS, MAX_OPS, MAX_RECORD, Record, pack_blob, unpack_blob
from baladeur.container.suite import KIB, MIB
from baladeur.container.summary import MAX_PART, MAX_PARTS, MAX_SUMMARY
from baladeur.errors import CapExceeded, Malformed, NotVerified, StatementMalformed, WriteRefused, WrongSecret
from tests.container.attack_forge import forge_part_a
from tests.container.crash_model import (
    HOLDER,
    PROFESSIONAL,
    Overlay,
    TracingMedium,
    cheap_keys,
    code,
    emergency_code,
    line,
    noise,
)

__all__ = ["cheap_keys"]

SECRET, SIX = code(1), emergency_code(1)


@pytest.fixture(scope="module")
def fresh() -> Overlay:
    """A record with an identity, two notes and a declared line."""
    medium = Overlay()
    first = [NewItem("identity", "Zoé Löwe", b"{}"), NewItem("tray", "a", b"1"), NewItem("tray", "b", b"2")]
    Container.create(medium, {3: SECRET, 2: SIX}, Change(add=first, declared=[line("call home")]), HOLDER)
    return Overlay(medium.read(0, medium.size()))


@pytest.fixture
def medium(fresh: Overlay) -> Overlay:
    return fresh.fork()


def titled(c: Container, title: str) -> bytes:
    """The id of the one live entry of this title."""
    (id_,) = (e.id for e in c.entries() if e.meta["title"] == title)
    return id_


def test_a_mirror_in_force_is_not_overwritten_before_the_commit_point(medium: Overlay) -> None:
    """Section 11: each new summary's mirror goes into the room after the former one's: zones 0, 1, 2, 0, 1."""
    c = Container.open(medium, SECRET, write=True)
    zones = [c._st.view.newest.summary.mirror // ZONE]
    for n in range(4):
        former = c._st.view.newest.summary
        before = medium.read(former.mirror, former.length)
        c.commit(Change(parts=[line(f"{n}")]), PROFESSIONAL)
        zones.append(c._st.view.newest.summary.mirror // ZONE)
        assert medium.read(former.mirror, former.length) == before
    assert zones == [0, 1, 2, 0, 1]


def test_a_catalogue_mirror_goes_to_the_next_room(medium: Overlay) -> None:
    """Section 8: zones 0, 1, 2 and 0 again; the one in force stays until the new one is."""
    c = Container.open(medium, SECRET, write=True)
    zones = [c._st.commit.full.mirror // ZONE]
    for n in range(3):
        former = c._st.commit.full
        before = medium.read(former.mirror, former.length)
        c.commit(Change(add=[NewItem("tray", f"{n}", b"")], erase=[titled(c, "ab"[n] if n < 2 else "0")]), HOLDER)
        zones.append(c._st.commit.full.mirror // ZONE)
        assert medium.read(former.mirror, former.length) == before
    assert zones == [0, 1, 2, 0]


class Losing(MemoryMedium):
    """Gives back something else than it was given, at one place."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at

    def write(self, offset: int, data: bytes | memoryview) -> None:
        super().write(offset, data)
        if offset <= self.at < offset + len(data):
            self.data[self.at] ^= 1


def no_header(medium: MemoryMedium) -> bool:
    return not any(medium.read(z * ZONE, len(MAGIC)) == MAGIC for z in range(ZONES))


@pytest.mark.parametrize("at", [BLOCK, ZONE + SUPERBLOCK_AT, LOG + 300])
def test_a_file_that_failed_the_check_has_no_header(medium: Overlay, at: int) -> None:
    """Creating and copying write the header copies last, after all the rest was read back."""
    target = Losing(at)
    with pytest.raises(NotVerified):
        Container.create(target, {3: SECRET}, Change(add=[NewItem("identity", "x", b"")]), HOLDER)
    assert no_header(target)
    target = Losing(at)
    with Container.open(medium, SECRET) as source, pytest.raises(NotVerified):
        _copy(source, cast(FileMedium, target), None)
    assert no_header(target)


def test_an_erase_spares_the_page_that_the_summary_shares(medium: Overlay) -> None:
    """Section 16: the blob of the summary in force stays whole beside an erased item, not only its mirror."""
    c = Container.open(medium, SECRET, write=True)
    parts = [line(noise(9_000).hex()) for _ in range(2)]  # no record lies on the pages where it begins
    c.commit(Change(add=[NewItem("tray", "long", noise(20_000))], parts=parts), PROFESSIONAL)
    pointer = c._st.view.newest.summary
    before = medium.read(pointer.offset, pointer.length)
    row = c._st.view.rows[titled(c, "long")]
    assert (row.offset + row.length - 1) // PAGE == pointer.offset // PAGE
    c.commit(Change(erase=[row.id]), HOLDER)
    assert c._st.view.newest.summary == pointer
    assert medium.read(pointer.offset, pointer.length) == before
    assert medium.read(row.offset, 10_000) != c.medium.read(LOG, 10_000)
    page = open_emergency(medium, SIX)
    assert page.findings == ()


def frame(seq: int, prev: bytes) -> Frame:
    return Frame(seq, LOG + seq * PAGE, PAGE, 0, prev, LOG, 1, 0, 0, LOG, 1)


@pytest.mark.parametrize(
    ("frames", "heads", "chain"),
    [
        ([frame(5, b"4"), frame(6, b"?"), frame(6, b"!"), frame(7, b"6")], [None, b"x", b"6", b"7"], [3, 2, 0]),
        ([frame(6, b"?"), frame(6, b"!")], [b"x", b"6"], [1]),
        ([frame(5, b"4"), frame(6, b"!")], [b"x", b"6"], [1]),
        ([frame(4, b"3"), frame(5, b"4"), frame(6, b"!")], [b"4", b"x", b"6"], [2, 0]),
        ([frame(3, b"2"), frame(6, b"!")], [b"x", b"6"], [1, 0]),
        ([frame(5, b"4"), frame(6, b"6")], [None, b"6"], [1, 0]),
    ],
    ids=["two of one seq", "two at the bottom", "another branch", "below another branch", "gap", "names itself"],
)
def test_the_chain_of_frames(frames: list[Frame], heads: list[bytes | None], chain: list[int]) -> None:
    """Section 12.3: a readable record that `prev` does not name is another branch; a dead frame header is a gap."""
    assert list(_chain(frames, heads, len(frames) - 1)) == chain


def test_a_history_of_no_shape_does_not_end_the_rescue() -> None:
    """Whatever stands among the ops, the ids of the known ones are named."""
    known = {"op": "add", "id": "0" * 32, "type": "tray", "commitment": "0" * 64}
    ops = [1, "id", ["id"], {"id": []}, {"op": "add", "id": {}}, {"op": "compact"}, known]
    records = [Record(b"", canonical.dumps({"ops": value}), ZERO32, b"") for value in (ops, 3, {"id": 1})]
    assert _named(records) == {"0" * 32}


@pytest.mark.parametrize(
    "act",
    [
        lambda c: c.commit(Change(add=[NewItem("tray", "x", b"x")]), HOLDER),
        lambda c: c.change_secret(4, code(2), HOLDER),
        lambda c: c.set_emergency_code(emergency_code(2), HOLDER),
        lambda c: c.revoke({3: code(2)}, HOLDER),
    ],
    ids=["commit", "change", "emergency", "revoke"],
)
def test_what_was_opened_for_reading_is_not_written(medium: Overlay, act: Callable[[Container], None]) -> None:
    """Refused by the container itself, whatever the medium would allow."""
    trace = TracingMedium(medium)
    with pytest.raises(WriteRefused, match="opened for reading"):
        act(Container.open(trace, SECRET))
    assert trace.events == []


def test_each_change_of_a_slot_counts_one_generation(medium: Overlay) -> None:
    """Section 5: 1 at creation, one more at each change, also in part B."""
    c = Container.open(medium, SECRET, write=True)
    found = [c._st.header.generation]
    acts: list[Callable[[], None]] = [
        lambda: c.change_secret(4, code(2), HOLDER),
        lambda: c.set_emergency_code(emergency_code(2), HOLDER),
        lambda: c.revoke({3: SECRET}, HOLDER),
        lambda: c.commit(Change(erase=[titled(c, "a")]), HOLDER),
    ]
    for act in acts:
        act()
        found.append(c._st.header.generation)
        assert c._st.commit.generation == found[-1]
    assert found == [1, 2, 3, 4, 4]


def places(trace: TracingMedium) -> list[str]:
    """What was written, in order: h0 to h3 header copies, s0 to s3 superblocks, m mirror rooms, log, fsync."""
    out: list[str] = []
    for event in trace.events:
        if event is None:
            out.append("fsync")
        elif event.offset >= LOG:
            out.append("log")
        else:
            zone, at = divmod(event.offset, ZONE)
            out.append(f"h{zone}" if at == 0 else f"s{zone}" if at == SUPERBLOCK_AT else "m")
    return [place for i, place in enumerate(out) if place != (out[i - 1] if i else "") or place == "fsync"]


def test_the_order_of_writes_of_an_ordinary_commit(medium: Overlay) -> None:
    """Section 13.1: frame and mirrors, fsync, one superblock, fsync; before it what the open may have adopted."""
    trace = TracingMedium(medium)
    c = Container.open(trace, SECRET, write=True)
    assert places(trace) == ["fsync"]
    trace.events.clear()
    c.commit(Change(add=[NewItem("tray", "x", b"x")]), HOLDER)
    assert places(trace) == ["log", "fsync", f"s{c.seq % ZONES}", "fsync"]


def test_the_order_of_writes_of_a_barrier(medium: Overlay) -> None:
    """Section 13.2, step by step, with an fsync after each header copy and each superblock."""
    trace = TracingMedium(medium)
    c = Container.open(trace, SECRET, write=True)
    trace.events.clear()
    c.revoke({3: SECRET, 2: SIX}, HOLDER)
    first = c.seq % ZONES
    slots = [f"s{(first + n) % ZONES}" for n in range(ZONES)]
    expected = ["m", "log", "fsync", slots[0], "fsync"]
    for zone in range(ZONES):
        expected += [f"h{zone}", "fsync"]
    for slot in slots[1:]:
        expected += [slot, "fsync"]
    found = places(trace)
    overwritten = found[len(expected) : -2 * ZONES]
    assert found[: len(expected)] == expected
    assert overwritten[-1] == "fsync"
    assert set(overwritten[:-1]) <= {"m", "log"}
    assert found[-2 * ZONES :] == [x for slot in (*slots[1:], slots[0]) for x in (slot, "fsync")]


def test_a_record_that_ends_before_its_length() -> None:
    """Section 10: a history blob whose last length reaches beyond the end is refused, not shortened."""
    record = Record(b"{}", b"{}", ZERO32, b"cms").pack()
    assert [r.pack() for r in unpack_blob(pack_blob([record, record]))] == [record] * 2
    for blob in (
        struct.pack("<I", len(record) + 1) + record,
        pack_blob([record]) + struct.pack("<I", 1),
        pack_blob([record]) + b"\1",
    ):
        with pytest.raises(StatementMalformed):
            list(unpack_blob(blob))


def test_a_catalogue_of_exactly_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Section 16: what inflates to the cap is read, one byte more is refused."""
    packed = Catalogue(True, 7, 7, logs=[ZERO32]).pack()
    length = Catalogue(True, 7, 7, logs=[ZERO32]).plain_length
    monkeypatch.setattr(catalogue, "MAX_INFLATED", length)
    assert Catalogue.unpack(packed, 7).logs == [ZERO32]
    monkeypatch.setattr(catalogue, "MAX_INFLATED", length - 1)
    with pytest.raises(CapExceeded):
        Catalogue.unpack(packed, 7)


def test_a_history_row_names_a_key_that_is_there(medium: Overlay) -> None:
    """Section 8: an index one beyond the logs is as malformed as any other."""
    st = Container.open(medium, SECRET)._st
    (row,) = st.view.history
    assert row.log == len(st.view.full.logs) - 1
    assert len(read_history(medium, st.header, st.view, row)) == 1
    with pytest.raises(Malformed):
        read_history(medium, st.header, st.view, row._replace(log=row.log + 1))


@pytest.mark.parametrize("what", ["nothing", "base", "flag"])
def test_a_frame_that_belongs_to_another_full_catalogue_is_not_adopted(
    medium: Overlay, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Section 12.2 step 2: the recent catalogue names the full one in force, and the frame says which kind it holds."""
    c = Container.open(medium, SECRET, write=True)
    before = [medium.read(z * ZONE + SUPERBLOCK_AT, BLOCK) for z in range(ZONES)]
    if what == "base":
        real = catalogue.Catalogue
        monkeypatch.setattr(writer, "Catalogue", lambda full, seq, base, *a, **k: real(full, seq, base - 1, *a, **k))
    elif what == "flag":
        honest = Frame.pack
        monkeypatch.setattr(Frame, "pack", lambda self: honest(replace(self, full=1)))
    c.commit(Change(add=[NewItem("tray", "x", b"x")]), HOLDER)
    monkeypatch.undo()
    for zone, block in enumerate(before):
        medium.put(zone * ZONE + SUPERBLOCK_AT, block)
    again = Container.open(medium, SECRET)
    adopted = what == "nothing"
    assert (again.number, [f.name for f in again.findings]) == (int(adopted), ["rolled-forward"] * adopted)


def test_a_commit_without_trouble_leaves_no_finding(medium: Overlay) -> None:
    """Neither an ordinary commit nor a barrier nor new secrets say that anything was odd or was removed."""
    c = Container.open(medium, SECRET, write=True)
    c.commit(Change(add=[NewItem("tray", "x", b"x")]), HOLDER)
    assert c.findings == ()
    c.commit(Change(erase=[titled(c, "x")]), HOLDER)
    assert c.findings == ()
    c.set_emergency_code(emergency_code(2), HOLDER)
    assert c.findings == ()


@pytest.mark.parametrize("page", [0, 1])
@pytest.mark.parametrize("shape", ["kind", "zeros"])
def test_the_walk_passes_a_frame_header_of_no_shape(medium: Overlay, page: int, shape: str) -> None:
    """Section 12.3: sealed with the right key, but malformed: the frames before and after it are found all the same."""
    c = Container.open(medium, SECRET, write=True)
    c.commit(Change(add=[NewItem("tray", "x", noise(40_000))]), HOLDER)
    st = c._st
    honest = list(_walk(medium, st.header, st.commit, c.seq))
    assert [f.seq for f in honest] == [c.seq - 1, c.seq]
    key = suite.derive(st.commit.log_key, "frame", st.header.container_id)
    ctx = suite.context("frame", st.header.container_id, st.commit.log_id)
    plain = replace(honest[0], kind=9).pack() if shape == "kind" else honest[0].pack()[:-1] + b"1"
    medium.put(LOG + page * PAGE, suite.seal(key, ctx, plain))
    assert list(_walk(medium, st.header, st.commit, c.seq)) == honest[1 - page : 2 - page]


def test_an_adopted_full_catalogue_keeps_its_mirror(medium: Overlay, monkeypatch: pytest.MonkeyPatch) -> None:
    """Section 12.2 step 2: the mirror does not count for adopting, but the next superblock names it."""
    c = Container.open(medium, SECRET, write=True)
    before = [medium.read(z * ZONE + SUPERBLOCK_AT, BLOCK) for z in range(ZONES)]
    monkeypatch.setattr(writer, "RECENT_LIMIT", 0)
    c.commit(Change(add=[NewItem("tray", "x", b"x")]), HOLDER)
    pointer = c._st.commit.full
    assert (pointer.seq, pointer.mirror // ZONE) == (c.seq, 1)
    for zone, block in enumerate(before):
        medium.put(zone * ZONE + SUPERBLOCK_AT, block)
    again = Container.open(medium, SECRET, write=True)
    assert [f.name for f in again.findings] == ["rolled-forward"]
    assert again._st.commit.full == pointer
    medium.put(pointer.offset, bytes(64))
    assert titled(Container.open(medium, SECRET), "x")


def test_a_superblock_that_the_file_cuts_short_does_not_open(medium: Overlay) -> None:
    """Section 6, for the emergency reader too, although all of part A is there."""
    medium.cut(3 * ZONE + SUPERBLOCK_AT + BLOCK - 1)
    found = open_emergency(medium, SIX)
    assert [(f.name, f.detail) for f in found.findings if f.name == "part-a-damaged"] == [("part-a-damaged", "3")]
    assert found.summary is not None


@pytest.mark.parametrize("signed", [False, True])
def test_a_meta_of_exactly_the_cap(medium: Overlay, signed: bool) -> None:
    """Section 16: 4096 bytes of meta are written and read, one byte more is refused."""
    room = MAX_META - len(NewItem("tray", "", b"").meta())
    c = Container.open(medium, SECRET, write=True)
    author = PROFESSIONAL if signed else HOLDER
    with pytest.raises(CapExceeded):
        c.commit(Change(add=[NewItem("tray", "x" * (room + 1), b"")]), author)
    c.commit(Change(add=[NewItem("tray", "x" * room, b"")]), author)
    assert titled(Container.open(medium, SECRET), "x" * room)


def test_the_limits_of_the_format() -> None:
    """Sections 2, 8, 10, 11 and 16, number by number."""
    assert (RECENT_LIMIT, MAX_INFLATED, MAX_CATALOGUE) == (24 * KIB, 48 * MIB, 49 * MIB)
    assert (MAX_ITEMS, MAX_CONTENT, MAX_META) == (100_000, 1 << 30, 4096)
    assert (MAX_RECORD, MAX_BLOB, MAX_OPS, MAX_CMS) == (4 * MIB, 8 * MIB, 20_000, 64 * KIB)
    assert (MAX_SUMMARY, MAX_PARTS, MAX_PART) == (896 * KIB, 4096, 64 * KIB)
    assert (MIN_SIZE, MAX_SIZE, SUMMARY_ROOM, CATALOGUE_ROOM) == (
        20 * MIB, 3900 * MIB, (128 * KIB, MIB), (MIB, 4 * MIB),
    )  # fmt: skip
    assert MAX_DEPTH == 32


def test_the_old_secret_finishes_a_change_that_was_cut(medium: Overlay) -> None:
    """Section 12.1 step 4: part B names the new header, of which one copy is there: that one is kept, not the old."""
    trace = TracingMedium(medium)
    c = Container.open(trace, SECRET, write=True)
    trace.events.clear()
    c.change_secret(3, code(2), HOLDER)
    for event in trace.events:
        if event is not None:
            medium.write(event.offset, event.data)
            if event.offset == 0:  # the first header copy; the other three are the old ones
                break
    with Container.open(medium, SECRET, write=True) as session:
        assert "secrets-change-interrupted" in {f.name for f in session.findings}
        assert session.blocked == []
    assert {medium.read(z * ZONE, BLOCK) for z in range(ZONES)} == {trace.read(0, BLOCK)}
    assert Container.open(medium, code(2)).findings == ()
    with pytest.raises(WrongSecret):
        Container.open(medium, SECRET)


def test_an_older_commit_found_by_the_walk_is_told_once(medium: Overlay) -> None:
    """Section 12.3: the newest frame and the full catalogue are lost; each finding stands once, with its number."""
    c = Container.open(medium, SECRET, write=True)
    full = c._st.commit.full
    c.commit(Change(add=[NewItem("tray", "x", b"x")]), HOLDER)
    last = c.end
    c.commit(Change(add=[NewItem("tray", "y", b"y")]), HOLDER)
    for at, length in ((last, c.end - last), (full.offset, 64), (full.mirror, 64)):
        medium.put(at, bytes(length))
    findings = Container.open(medium, SECRET).findings
    assert [f.detail for f in findings if f.name == "older-commit-shown"] == ["1 commits are unreadable"]
    assert [f.detail for f in findings if f.name == "rescued"] == ["commit 1"]


@pytest.mark.parametrize("agreed", [False, True])
def test_a_superblock_cut_between_two_sectors_accuses_nobody(medium: Overlay, agreed: bool) -> None:
    """Section 12.2 step 5: part A of the next barrier over the old part B is damage, not forgery."""
    c = Container.open(medium, SECRET)
    if agreed:
        medium.put((c.seq + 1) % ZONES * ZONE + SUPERBLOCK_AT, bytes(BLOCK))
    trace = TracingMedium(medium)
    c = Container.open(trace, SECRET, write=True)
    assert bool(c.blocked) is agreed
    c.agree()
    trace.events.clear()
    c.commit(Change(erase=[titled(c, "a")]), HOLDER)
    slot = c.seq % ZONES
    for event in trace.events:
        if event is not None and event.offset == slot * ZONE + SUPERBLOCK_AT:
            medium.write(event.offset, event.data[:512])
            break
        if event is not None:
            medium.write(event.offset, event.data)
    findings = Container.open(medium, SECRET).findings
    assert [f for f in findings if f.name.startswith("part-a")] == [("part-a-damaged", str(slot))]


@pytest.mark.parametrize(("ahead", "slot"), [(1, 0), (1, 2), (2, 3), (5, 1), (6, 2)])
def test_a_part_a_from_the_future_is_forged(medium: Overlay, ahead: int, slot: int) -> None:
    """Section 12.2 step 5: only the next seq, or the highest + 2, and only in its own slot, may be a cut write.

    ahead: how far beyond the commit in force; slot: how far after that commit's own.
    """
    st = Container.open(medium, SECRET)._st
    forged = MemoryMedium(medium.read(0, medium.size()))
    where, vital = (st.commit.seq + slot) % ZONES, Vital(st.commit.seq + ahead, st.view.newest.summary)
    forge_part_a(forged, st.header.container_id, where, vital, st.commit.vital)
    assert Container.open(forged, SECRET).findings == (("part-a-forged", str(where)),)
