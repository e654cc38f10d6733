"""The catalogue: what was packed comes back, and each way to break it has its error."""

import struct
import zlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.container import catalogue as module
from baladeur.container import suite
from baladeur.container.catalogue import (
    ERASED,
    LIVE,
    MAX_CONTENT,
    MAX_ITEMS,
    MAX_META,
    REPLACED,
    WITHDRAWN,
    Catalogue,
    HistoryRow,
    Row,
    View,
    state,
)
from baladeur.container.layout import LOG, MAX_SIZE, ZERO32, Pointer
from baladeur.container.suite import MIB
from baladeur.errors import CapExceeded, Malformed, PointerOutside

key32 = st.binary(min_size=32, max_size=32)
ranges = st.tuples(st.integers(LOG, 2 * LOG), st.integers(0, LOG))
pointers = st.one_of(
    st.just(Pointer()),
    st.builds(
        Pointer, st.integers(0, 99), st.integers(LOG, 2 * LOG), st.sampled_from([0, 128 << 10]), st.integers(1, 99)
    ),
)
living = st.builds(
    Row,
    st.binary(min_size=16, max_size=16),
    st.sampled_from([LIVE, REPLACED, WITHDRAWN]),
    st.integers(0, 1),
    st.integers(0, (1 << 64) - 1),
    st.integers(LOG, 2 * LOG),
    st.integers(0, MAX_CONTENT),
    key32,
    key32,
    key32,
    st.binary(max_size=80),
)
rows = st.lists(st.one_of(living, living.map(Row.tombstone)), max_size=6).map(lambda found: {r.id: r for r in found})


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """Any catalogue that a writer may write."""
    full, seq = draw(st.booleans()), draw(st.integers(1, (1 << 64) - 1))
    firsts = sorted(draw(st.sets(st.integers(0, 1000), max_size=5)))
    return Catalogue(
        full,
        seq,
        seq if full else draw(st.integers(0, seq - 1)),
        draw(pointers),
        draw(key32),
        draw(st.lists(key32, max_size=3)) if full else [],
        [HistoryRow(f, draw(st.integers(0, 9)), draw(st.integers(0, 2)), *draw(ranges)) for f in firsts],
        draw(st.lists(ranges, max_size=3)),
        draw(st.lists(ranges, max_size=3)) if full else [],
        draw(rows),
    )


def deflate(plain: bytes) -> bytes:
    deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
    return deflater.compress(plain) + deflater.flush()


def inflate(data: bytes) -> bytes:
    return zlib.decompress(data, -15)


ROW = Row(b"i" * 16, LIVE, 0, 5, LOG + 256, 100, b"k" * 32, b"b" * 32, b"d" * 32, b"meta")
HEAD = struct.calcsize("<IIQQ4Q32s5I")


def good() -> Catalogue:
    """One of everything: after the head a log key, a history row, a dead range, a range to go, an item."""
    c = Catalogue(True, 5, 5, logs=[b"l" * 32], history=[HistoryRow(5, 1, 0, LOG + 600, 90)])
    c.garbage, c.overwrite, c.rows = [(LOG, 1)], [(LOG + 1, 1)], {ROW.id: ROW}
    return c


LOGS_AT, HISTORY_AT, GARBAGE_AT, ROW_AT = HEAD, HEAD + 32, HEAD + 64, HEAD + 96


@given(catalogues())
def test_what_was_packed_comes_back(c: Catalogue) -> None:
    """Full and recent, with tombstones, ranges and pointers; the length before deflating is known in advance."""
    packed = c.pack()
    assert Catalogue.unpack(packed, c.seq) == c
    assert len(inflate(packed)) == c.plain_length
    assert all(a < b for a, b in pairwise(sorted(c.rows)))


@given(catalogues(), st.data())
def test_a_changed_byte_or_a_cut_is_an_error_of_the_format(c: Catalogue, data: st.DataObject) -> None:
    """Whatever the bytes, what is raised is Malformed or one of its kinds."""
    plain = bytearray(inflate(c.pack()))
    at = data.draw(st.integers(0, len(plain) - 1))
    plain[at] ^= data.draw(st.integers(1, 255))
    del plain[data.draw(st.integers(at + 1, len(plain))) :]
    try:
        Catalogue.unpack(deflate(bytes(plain)), c.seq)
    except Malformed:
        return


@pytest.mark.parametrize(
    ("at", "data", "error", "detail"),
    [
        (0, struct.pack("<I", 2), Malformed, "catalogue head"),
        (4, struct.pack("<I", 2), Malformed, "catalogue head"),
        (8, struct.pack("<Q", 6), Malformed, "catalogue head"),
        (16, struct.pack("<Q", 4), Malformed, "catalogue head"),
        (24, struct.pack("<4Q", 5, LOG - 1, 0, 9), PointerOutside, "blob"),
        (24, struct.pack("<4Q", 5, LOG, MIB, 9), PointerOutside, "mirror"),
        (88, struct.pack("<I", 1 << 31), Malformed, "catalogue counts"),
        (88, struct.pack("<I", 0xFFFFFFFF), Malformed, "catalogue counts"),
        (92, struct.pack("<I", 0xFFFFFFFF), Malformed, "catalogue counts"),
        (96, struct.pack("<I", 0xFFFFFFFF), Malformed, "catalogue counts"),
        (100, struct.pack("<I", 0xFFFFFFFF), Malformed, "catalogue counts"),
        (104, struct.pack("<I", MAX_ITEMS + 1), CapExceeded, "items"),
        (104, struct.pack("<I", MAX_ITEMS), Malformed, "catalogue counts"),
        (104, struct.pack("<I", 0), Malformed, "bytes after the catalogue"),
        (HISTORY_AT + 16, struct.pack("<Q", LOG - 1), PointerOutside, "catalogue range"),
        (HISTORY_AT + 24, struct.pack("<Q", MAX_SIZE), PointerOutside, "catalogue range"),
        (GARBAGE_AT, struct.pack("<Q", LOG - 1), PointerOutside, "catalogue range"),
        (GARBAGE_AT + 16, struct.pack("<Q", 0), PointerOutside, "catalogue range"),
        (GARBAGE_AT + 24, struct.pack("<Q", (1 << 64) - 1), PointerOutside, "catalogue range"),
        (ROW_AT + 16, b"\4", Malformed, "item row"),
        (ROW_AT + 17, b"\2", Malformed, "item row"),
        (ROW_AT + 18, struct.pack("<H", MAX_META + 1), Malformed, "item row"),
        (ROW_AT + 18, struct.pack("<H", 5), Malformed, "item row"),
        (ROW_AT + 18, struct.pack("<H", 3), Malformed, "bytes after the catalogue"),
        (ROW_AT + 20, b"\1", Malformed, "item row"),
        (ROW_AT + 32, struct.pack("<Q", LOG - 1), PointerOutside, "item"),
        (ROW_AT + 32, struct.pack("<Q", MAX_SIZE), PointerOutside, "item"),
        (ROW_AT + 40, struct.pack("<Q", MAX_CONTENT + 1), CapExceeded, "item"),
        (ROW_AT + 16, b"\3", Malformed, "tombstone"),
    ],
)
def test_each_field_that_breaks_the_format(at: int, data: bytes, error: type[Malformed], detail: str) -> None:
    """Head, counts (before anything is made of them), history, ranges, rows."""
    plain = inflate(good().pack())
    with pytest.raises(error) as caught:
        Catalogue.unpack(deflate(plain[:at] + data + plain[at + len(data) :]), 5)
    assert (type(caught.value), caught.value.detail) == (error, detail)


def test_a_count_of_items_needs_its_rows() -> None:
    """More items counted than rows fit, with metas to make up the length of the fixed parts."""
    c = good()
    c.rows = {ROW.id: ROW._replace(meta=b"m" * 400)}
    plain = bytearray(inflate(c.pack()))
    plain[104:108] = struct.pack("<I", 3)
    with pytest.raises(Malformed, match=r"item row|catalogue is cut"):
        Catalogue.unpack(deflate(bytes(plain)), 5)


def test_a_meta_over_the_cap() -> None:
    """All its bytes are there, and still it is refused."""
    c = good()
    c.rows = {ROW.id: ROW._replace(meta=bytes(MAX_META))}
    assert Catalogue.unpack(c.pack(), 5) == c
    c.rows = {ROW.id: ROW._replace(meta=bytes(MAX_META + 1))}
    with pytest.raises(Malformed):
        Catalogue.unpack(c.pack(), 5)


@pytest.mark.parametrize("length", [0, 1, HEAD - 1, HEAD, HEAD + 31, ROW_AT - 1, ROW_AT + 10])
def test_a_catalogue_that_is_cut(length: int) -> None:
    """Wherever the plain text ends too early."""
    with pytest.raises(Malformed):
        Catalogue.unpack(deflate(inflate(good().pack())[:length]), 5)


@pytest.mark.parametrize("field", [88, 100])
def test_a_recent_catalogue_brings_no_keys_and_no_overwrites(field: int) -> None:
    """A recent one may be rolled forward: it must not be able to change keys or to destroy anything."""
    c = Catalogue(False, 5, 4)
    plain = bytearray(inflate(c.pack()))
    plain[field : field + 4] = struct.pack("<I", 1)
    plain += struct.pack("<QQ", LOG, 1) * 2
    with pytest.raises(Malformed, match="recent catalogue"):
        Catalogue.unpack(deflate(bytes(plain)), 5)


@pytest.mark.parametrize(("kind", "base"), [(True, 4), (True, 6), (False, 5), (False, 6)])
def test_the_base_of_a_catalogue(kind: bool, base: int) -> None:
    """A full one is its own base, a recent one's is older."""
    with pytest.raises(Malformed, match="catalogue head"):
        Catalogue.unpack(Catalogue(kind, 5, base).pack(), 5)


@pytest.mark.parametrize("order", [(2, 1), (1, 1)])
def test_history_rows_ascend(order: tuple[int, int]) -> None:
    """Neither back nor twice."""
    c = Catalogue(True, 5, 5, history=[HistoryRow(n, 1, 0, LOG, 9) for n in order])
    with pytest.raises(Malformed, match="history rows"):
        Catalogue.unpack(c.pack(), 5)


def test_rows_ascend(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not back and not twice: no id has two meanings."""
    for ids in ((b"b" * 16, b"a" * 16), (b"a" * 16, b"a" * 16)):
        c = Catalogue(True, 5, 5, rows={bytes([n]): ROW._replace(id=id_) for n, id_ in enumerate(ids)})
        with monkeypatch.context() as patch:
            patch.setattr("builtins.sorted", list)
            packed = c.pack()
        with pytest.raises(Malformed, match="item row"):
            Catalogue.unpack(packed, 5)


@pytest.mark.parametrize(
    "change", [{"offset": LOG}, {"size": 1}, {"meta": b"m"}, {"key": b"k" * 32}, {"blind": b"b" * 32}]
)
def test_a_tombstone_holds_nothing(change: dict[str, object]) -> None:
    """Whatever could open or name the item again is refused."""
    row = ROW.tombstone()._replace(**change)  # type: ignore[arg-type]
    with pytest.raises(Malformed, match="tombstone"):
        Catalogue.unpack(Catalogue(True, 5, 5, rows={row.id: row}).pack(), 5)


def test_a_tombstone_keeps_commitment_seq_and_visibility() -> None:
    """And nothing else; the commitment stays what it was."""
    row = ROW._replace(visibility=1)
    tomb = row.tombstone()
    assert tomb == Row(row.id, ERASED, 1, row.seq, 0, 0, ZERO32, ZERO32, row.commitment(), b"")
    assert tomb.commitment() == row.commitment()
    assert tomb.tombstone() == tomb


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xff", b"\x07", deflate(b"x")[:-1], deflate(b"x") + b"\0", zlib.compress(b"x")]
)
def test_a_stream_that_is_no_deflate(data: bytes) -> None:
    """Broken, cut, followed by more, or in a wrapper."""
    with pytest.raises(Malformed, match="deflate"):
        Catalogue.unpack(data, 5)


def test_a_bomb_stops_at_the_cap() -> None:
    """A few kilobytes that would inflate to 64 MiB."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = b"".join(deflater.compress(bytes(MIB)) for _ in range(64)) + deflater.flush()
    assert len(bomb) < 100_000
    with pytest.raises(CapExceeded, match="catalogue"):
        Catalogue.unpack(bomb, 5)


def test_what_a_reader_would_refuse_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many rows, or too long before deflating."""
    monkeypatch.setattr(module, "MAX_ITEMS", 1)
    c = good()
    c.rows[b"j" * 16] = ROW._replace(id=b"j" * 16)
    with pytest.raises(CapExceeded, match="items"):
        c.pack()
    monkeypatch.setattr(module, "MAX_INFLATED", good().plain_length - 1)
    with pytest.raises(CapExceeded, match="catalogue"):
        good().pack()


def test_a_commitment_covers_the_item_and_not_its_place() -> None:
    """Id, blind, content and meta count; status, place, key and visibility do not."""
    for name, value in (("id", b"j" * 16), ("blind", b"x" * 32), ("digest", b"x" * 32), ("meta", b"other")):
        assert ROW._replace(**{name: value}).commitment() != ROW.commitment()
    for name, value in (("offset", LOG), ("key", b"x" * 32), ("visibility", 1), ("status", REPLACED), ("seq", 9)):
        assert ROW._replace(**{name: value}).commitment() == ROW.commitment()
    assert ROW.length == suite.sealed(100)


def test_the_state_is_that_of_the_live_items_in_any_order() -> None:
    """Order of the rows and dead rows do not matter; one live row less does."""
    live = [ROW._replace(id=bytes([n]) * 16) for n in (3, 1, 2)]
    dead = ROW._replace(id=b"z" * 16, status=WITHDRAWN)
    assert state(live) == state([*sorted(live), dead, ROW.tombstone()])
    assert state(live) != state(live[:2])
    assert state([]) == suite.tagged("state", bytes(4))


def test_the_view_lays_the_recent_one_over_the_full_one() -> None:
    """Rows replace rows, history is appended, pointer and garbage are the recent one's."""
    full = good()
    changed = ROW._replace(status=WITHDRAWN)
    recent = Catalogue(False, 6, 5, history=[HistoryRow(6, 1, 0, LOG, 9)], rows={ROW.id: changed, b"n" * 16: ROW})
    view = View.of(full, recent)
    assert view.rows == {ROW.id: changed, b"n" * 16: ROW}
    assert [h.first_seq for h in view.history] == [5, 6]
    assert view.newest is recent
    alone = View.of(full, None)
    alone.rows.clear()
    assert (alone.newest, alone.history, full.rows) == (full, full.history, {ROW.id: ROW})


def test_nothing_of_a_row_is_shown_in_a_traceback() -> None:
    """Keys and titles stay out of logs."""
    for value in (ROW, good(), View.of(good(), None)):
        assert repr(value) == f"<{type(value).__name__}>"
