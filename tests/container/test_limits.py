"""The limits of section 16: refused before memory is taken, by the reader and by the program's own writer."""

import gc
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from baladeur.container import canonical, catalogue, frame, statement, suite
from baladeur.container.catalogue import Catalogue, View
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container
from baladeur.container.layout import LOG, MAX_SIZE, PAGE, Commit, Pointer
from baladeur.container.medium import MemoryMedium
from baladeur.container.reader import open_dossier
from baladeur.container.statement import MAX_CMS, MAX_OPS, MAX_RECORD, Record
from baladeur.container.suite import KIB, MIB
from baladeur.container.summary import MAX_PART, MAX_PARTS, Summary
from baladeur.container.writer import commit
from baladeur.errors import (
    BaladeurError,
    CapExceeded,
    Malformed,
    MediumFull,
    PointerOutside,
    StatementMalformed,
    SummaryDamaged,
)
from tests.container.attack_forge import (
    HOLDER,
    ForgingWriter,
    Lie,
    Rows,
    doctor,
    holder,
    line,
    names,
    new_record,
    one,
    signed_record,
    verdicts,
)

HEAD = struct.Struct("<IIQQ4Q32s5I")


def deflated(plain: bytes) -> bytes:
    """RFC 1951 without a wrapper."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    return deflater.compress(plain) + deflater.flush()


def peak(act: Callable[[], object], *errors: type[Exception]) -> int:
    """Bytes that Python took at most while `act` was refused with one of the errors."""
    gc.collect()
    tracemalloc.start()
    try:
        with pytest.raises(errors):
            act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def head(*counts: int, full: int = 1) -> bytes:
    """The beginning of a catalogue of commit 5."""
    return HEAD.pack(1, full, 5, 5, 0, 0, 0, 0, bytes(32), *counts)


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """300 MiB of zeros in less than 2 MiB."""
    deflater = zlib.compressobj(1, zlib.DEFLATED, -15)
    return b"".join(deflater.compress(bytes(MIB)) for _ in range(300)) + deflater.flush()


def test_zip_bomb(bomb: bytes) -> None:
    """A catalogue of 1.3 MiB that inflates to 300 MiB. Verdict: CapExceeded with less than 120 MiB taken."""
    assert len(bomb) < 2 * MIB
    assert peak(lambda: Catalogue.unpack(bomb, 5), CapExceeded) < 120 * MIB


def test_zip_bomb_in_a_record(bomb: bytes) -> None:
    """The same, sealed by a holder into the newest commit. Verdict: CapExceeded at the open."""
    medium = signed_record()
    ForgingWriter(medium).commit(Lie(deflated=lambda _: bomb))
    assert peak(lambda: Container.open(medium, HOLDER), CapExceeded) < 120 * MIB


@pytest.mark.parametrize("which", range(5))
@pytest.mark.parametrize("count", [2**32 - 1, 5_000_000])
def test_counts_are_compared_with_the_length(which: int, count: int) -> None:
    """Each of the five counts is huge, and nothing follows. Verdict: Malformed with less than 1 MiB taken."""
    counts = [0] * 5
    counts[which] = count
    data = deflated(head(*counts))
    assert peak(lambda: Catalogue.unpack(data, 5), Malformed) < MIB


@pytest.mark.parametrize(
    "data",
    [
        deflated(head(0, 0, 0, 0, 0)) + b"\0",
        deflated(head(0, 0, 0, 0, 0)) + deflated(b"again"),
        deflated(head(0, 0, 0, 0, 0))[:-1],
        zlib.compress(head(0, 0, 0, 0, 0)),
        deflated(head(0, 0, 0, 0, 0) + b"\0"),
        deflated(head(0, 0, 0, 0, 0)[:-1]),
        b"",
        b"\xff" * 100,
    ],
)
def test_deflate_stream_ends_where_it_ends(data: bytes) -> None:
    """Bytes after the stream, a second one, a cut one, a wrapper, bytes after the table. Verdict: Malformed."""
    with pytest.raises(Malformed):
        Catalogue.unpack(data, 5)


def test_more_items_than_any_record() -> None:
    """100 001 items, all there. Verdict: CapExceeded; the rows are not parsed."""
    data = deflated(head(0, 0, 0, 0, 100_001) + bytes(148 * 100_001))
    assert peak(lambda: Catalogue.unpack(data, 5), CapExceeded) < 60 * MIB


def forged_row(**changes: Any) -> Callable[[Rows], None]:
    """Add a row with such values."""

    def edit(rows: Rows) -> None:
        rows[bytes(16)] = next(iter(rows.values()))._replace(id=bytes(16), **changes)

    return edit


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"size": (1 << 30) + 1}, CapExceeded),
        ({"size": 2**63}, CapExceeded),
        ({"offset": LOG - 1}, PointerOutside),
        ({"offset": MAX_SIZE - 100}, PointerOutside),
        ({"offset": 2**64 - 1}, PointerOutside),
        ({"meta": b"x" * 4097}, Malformed),
        ({"status": 4}, Malformed),
        ({"visibility": 2}, Malformed),
    ],
)
def test_row_over_a_limit(changes: dict[str, int | bytes], error: type[Exception]) -> None:
    """A row whose size, place, meta, status or visibility no reader may take. Verdict: the named error."""
    medium = signed_record()
    ForgingWriter(medium).commit(Lie(rows=forged_row(**changes)))
    with pytest.raises(error):
        Container.open(medium, HOLDER)


def test_item_that_claims_a_gibibyte() -> None:
    """A row of just 1 GiB in a file of 20 MiB. Verdict: it opens; reading it takes no memory and is ItemDamaged."""
    medium = signed_record()
    ForgingWriter(medium).commit(Lie(rows=forged_row(size=1 << 30)))
    c = Container.open(medium, HOLDER)
    assert peak(lambda: c.read(bytes(16)), BaladeurError) < MIB


@pytest.mark.parametrize("which", ["full", "recent"])
@pytest.mark.parametrize("length", [49 * MIB + 1, 2**40, 2**64 - 1])
def test_catalogue_pointer_that_claims_much(which: str, length: int) -> None:
    """A superblock names a catalogue larger than any. Verdict: CapExceeded or PointerOutside, nothing taken."""
    medium = signed_record()

    def lie(c: Commit) -> Commit:
        pointer = Pointer(c.seq, LOG, 0, length)
        return replace(c, full=pointer) if which == "full" else replace(c, recent=pointer)

    ForgingWriter(medium).rewrite(Lie(commit=lie))
    assert peak(lambda: Container.open(medium, HOLDER), CapExceeded, PointerOutside) < MIB


@pytest.mark.parametrize("length", [9 * MIB, 2**40])
def test_history_pointer_that_claims_much(length: int) -> None:
    """A history row larger than any blob. Verdict: CapExceeded or PointerOutside, nothing taken."""
    medium = signed_record()

    def lie(c: Catalogue) -> None:
        c.history[-1] = c.history[-1]._replace(length=length)

    ForgingWriter(medium).rewrite(Lie(catalogue=lie))
    assert peak(lambda: Container.open(medium, HOLDER), CapExceeded, PointerOutside) < MIB


@pytest.mark.parametrize("length", [897 * KIB, 2**40])
def test_summary_pointer_that_claims_much(length: int) -> None:
    """A summary larger than its room. Verdict: an error of ours, nothing taken; the entries stay readable or not."""
    medium = signed_record()

    def lie(c: Catalogue) -> None:
        c.summary = Pointer(c.seq, LOG, 0, length)

    ForgingWriter(medium).rewrite(Lie(catalogue=lie))

    def read() -> None:
        Container.open(medium, HOLDER).summary()

    assert peak(read, CapExceeded, PointerOutside, SummaryDamaged) < MIB


@pytest.mark.parametrize("depth", [33, 1000, 2_000_000])
def test_json_depth(depth: int) -> None:
    """Nesting one deeper than allowed, and much deeper. Verdict: ValueError, no crash of the interpreter."""
    with pytest.raises(ValueError, match=r"too deep|RecursionError"):
        canonical.loads(b"[" * depth + b"]" * depth)
    with pytest.raises(ValueError, match=r"too deep|RecursionError"):
        canonical.loads(b'{"a":' * depth + b"0" + b"}" * depth)


def test_json_depth_of_32_is_allowed() -> None:
    """The deepest nesting. Verdict: read and written."""
    text = b"[" * 32 + b"]" * 32
    assert canonical.dumps(canonical.loads(text)) == text


def test_record_of_many_small_values() -> None:
    """A half of 512 KiB, an eighth of the limit, full of empty arrays. Verdict: less than 40 MiB taken."""
    text = b'{"a":[' + b"[]," * (MAX_RECORD // 24) + b"[]]}"
    gc.collect()
    tracemalloc.start()
    try:
        statement.parse(text)
        assert tracemalloc.get_traced_memory()[1] < 40 * MIB
    finally:
        tracemalloc.stop()


def test_history_record_over_its_limits() -> None:
    """A record of 4 MiB + 1, a CMS of 64 KiB + 1. Verdict: CapExceeded, StatementMalformed."""
    with pytest.raises(CapExceeded):
        Record.unpack(bytes(MAX_RECORD + 1))
    with pytest.raises(StatementMalformed):
        Record.unpack(Record(b"{}", b"{}", bytes(32), bytes(MAX_CMS + 1)).pack())


@pytest.mark.parametrize("data", [b"", b"\0", b"\xff" * 4, b"\xff\xff\xff\x7f" * 20, bytes(43), bytes(45)])
def test_history_record_of_any_shape(data: bytes) -> None:
    """Lengths that lead outside, missing bytes, bytes after. Verdict: StatementMalformed."""
    with pytest.raises(StatementMalformed):
        Record.unpack(data)


def test_too_many_operations() -> None:
    """20 001 operations in one commit. Verdict: indeterminate when read; refused when written."""
    medium = signed_record()
    ForgingWriter(medium).commit(Lie(ops=lambda _: [{"op": "compact"}] * (MAX_OPS + 1)))
    assert verdicts(medium)[0][-1] == "indeterminate"


def test_summary_limits() -> None:
    """4 097 lines, a line over 64 KiB, a page over 896 KiB. Verdict: CapExceeded when made and when read."""
    header = open_dossier(signed_record(), HOLDER).header
    with pytest.raises(CapExceeded):
        Summary.of([line("x")] * (MAX_PARTS + 1), []).pack()
    with pytest.raises(CapExceeded):
        Summary.of([line("x" * MAX_PART)], [])
    with pytest.raises(CapExceeded):
        Summary.of([line("x" * 60_000)] * 16, []).pack()
    for data in (
        bytes(8) + struct.pack("<I", MAX_PARTS + 1) + bytes(32 * (MAX_PARTS + 1)),
        bytes(8) + struct.pack("<I", 2**32 - 1),
        bytes(8) + struct.pack("<II", 0, 2**32 - 1),
        bytes(8) + struct.pack("<III", 0, 0, 2**32 - 1),
        struct.pack("<I", 2**32 - 1),
    ):
        assert peak(partial(Summary.unpack, data, header), CapExceeded, SummaryDamaged) < MIB


def test_frame_past_the_largest_file() -> None:
    """A commit whose frame would end past 3900 MiB. Verdict: MediumFull, before a byte is written."""
    medium = signed_record()
    before = bytes(medium.data)
    st = open_dossier(medium, HOLDER)
    for next_free in (MAX_SIZE, MAX_SIZE - PAGE):
        st.commit = replace(st.commit, next_free=next_free)
        with pytest.raises(MediumFull):
            commit(st, Change(add=[NewItem("tray", "x", bytes(40_000))]), holder(6))
        assert medium.data == before


def refused(medium: MemoryMedium, change: Change, author: Author | None = None) -> None:
    """The own writer refuses with CapExceeded, and the record opens as before."""
    seq = Container.open(medium, HOLDER).seq
    with Container.open(medium, HOLDER, write=True) as c, pytest.raises(CapExceeded):
        c.commit(change, author or holder(20))
    c = Container.open(medium, HOLDER)
    assert (c.seq, names(c)) == (seq, [])


def lowered(monkeypatch: pytest.MonkeyPatch, name: str, value: int) -> None:
    """Lower a limit in every module that knows it, so that a test need not write gibibytes."""
    for module in (catalogue, frame, commit.__globals__):
        if isinstance(module, dict):
            if name in module:
                monkeypatch.setitem(module, name, value)
        elif hasattr(module, name):
            monkeypatch.setattr(module, name, value)


def test_own_writer_refuses_content_over_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    """An item over 1 GiB (here: 10 KiB), which every reader would refuse for ever. Verdict: CapExceeded, unharmed."""
    medium = signed_record()
    lowered(monkeypatch, "MAX_CONTENT", 10_000)
    refused(medium, Change(add=[NewItem("tray", "x", bytes(10_001))]))
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(add=[NewItem("tray", "x", bytes(10_000))]), holder(21))
    assert len(Container.open(medium, HOLDER).entries()) == 5


def test_own_writer_refuses_a_catalogue_over_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue over 48 MiB inflated (here: 3 000 bytes). Verdict: CapExceeded, and the record still opens."""
    medium = signed_record()
    lowered(monkeypatch, "MAX_INFLATED", 3000)
    refused(medium, Change(add=[NewItem("tray", str(i), b"x") for i in range(20)]))


def test_recent_catalogue_leaves_room_for_the_full_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small commits until no full catalogue would fit. Verdict: CapExceeded in time; an erasure is still possible."""
    medium = new_record(emergency=False)
    lowered(monkeypatch, "MAX_INFLATED", 3000)
    with Container.open(medium, HOLDER, write=True) as c:
        for day in range(2, 28):
            try:
                c.commit(Change(add=[NewItem("tray", f"note {day}", b"x")]), holder(day))
            except CapExceeded:
                break
        else:
            pytest.fail("never refused")
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(erase=[c.entries()[-1].id]), holder(28))
    assert names(Container.open(medium, HOLDER)) == []


def test_own_writer_refuses_too_many_items(monkeypatch: pytest.MonkeyPatch) -> None:
    """100 001 items (here: 11). Verdict: CapExceeded, and the record still opens."""
    medium = signed_record()
    lowered(monkeypatch, "MAX_ITEMS", 10)
    refused(medium, Change(add=[NewItem("tray", str(i), b"x") for i in range(7)]))


def test_own_writer_refuses_meta_over_the_cap() -> None:
    """A title that makes the meta longer than 4 096 bytes. Verdict: CapExceeded."""
    refused(signed_record(), Change(add=[NewItem("tray", "é" * 2100, b"x")]))


def test_own_writer_refuses_a_page_over_the_cap() -> None:
    """A page over 896 KiB. Verdict: CapExceeded, and the old page is still there."""
    medium = signed_record()
    refused(medium, Change(parts=[line("x" * 60_000)] * 16), doctor(20))
    refused(medium, Change(declared=[line("x" * 60_000)] * 16))
    assert len(Container.open(medium, HOLDER).summary().parts()) == 2


def test_own_writer_refuses_a_signature_over_the_cap() -> None:
    """A CMS over 64 KiB from the card's module. Verdict: an error of ours, and the record still opens."""
    medium = signed_record()
    author = Author("2026-11-20T10:00:00Z", sign=lambda _: bytes(MAX_CMS + 1))
    with Container.open(medium, HOLDER, write=True) as c, pytest.raises(BaladeurError):
        c.commit(Change(), author)
    assert verdicts(medium) == (["ok"] * 5, [], [])


def test_cost_of_a_pointer_outside_the_file() -> None:
    """An item that lies past the end of the file. Verdict: damage, not malice: it opens, that entry is ItemDamaged."""
    medium = signed_record()
    ForgingWriter(medium).commit(Lie(rows=forged_row(offset=30 * MIB, size=100)))
    c = Container.open(medium, HOLDER)
    with pytest.raises(BaladeurError):
        c.read(bytes(16))
    assert c.read(one(c, "tray")) == b"a note"


def test_sealed_length_formula() -> None:
    """The sealed length follows from the plain one. Verdict: equal at the edges of a chunk."""
    for n in (0, 1, 16_383, 16_384, 16_385, 32_768):
        assert len(suite.seal(bytes(32), b"", bytes(n))) == suite.sealed(n)


def test_view_of_a_recent_catalogue_with_many_rows() -> None:
    """A recent catalogue that says it knows more rows than the limit with its base. Verdict: no more than it lists."""
    full, recent = Catalogue(True, 5, 5), Catalogue(False, 6, 5)
    assert View.of(full, recent).rows == {}
