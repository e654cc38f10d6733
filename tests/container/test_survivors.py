"""Behaviour that a small change of the code could lose without another test noticing, found by mutation testing."""

import struct
from collections.abc import Callable
from typing import cast

import pytest

from baladeur.container import canonical, catalogue
from baladeur.container.catalogue import Catalogue
from baladeur.container.change import Change, NewItem
from baladeur.container.container import Container
from baladeur.container.emergency import open_emergency
from baladeur.container.layout import BLOCK, LOG, MAGIC, PAGE, SUPERBLOCK_AT, ZERO32, ZONE, ZONES, Frame
from baladeur.container.medium import FileMedium, MemoryMedium
from baladeur.container.place import _copy
from baladeur.container.rescue import _chain, _named
from baladeur.container.state import read_history
from baladeur.container.statement import Record, pack_blob, unpack_blob
from baladeur.errors import CapExceeded, Malformed, NotVerified, StatementMalformed, WriteRefused
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


def test_the_walk_passes_a_second_frame_of_the_same_commit() -> None:
    """Section 12.3: two frames of one seq are two branches; the chain goes below both and ends."""
    frames = [frame(5, b"4"), frame(6, b"?"), frame(6, b"!"), frame(7, b"6")]
    heads: list[bytes | None] = [None, b"x", b"6", b"7"]
    assert list(_chain(frames, heads, 3)) == [3, 2, 0]


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
    for act in (
        lambda: c.change_secret(4, code(2), HOLDER),
        lambda: c.set_emergency_code(emergency_code(2), HOLDER),
        lambda: c.revoke({3: SECRET}, HOLDER),
        lambda: c.commit(Change(erase=[titled(c, "a")]), HOLDER),
    ):
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
    assert set(overwritten[:-1]) == {"m", "log"}
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
