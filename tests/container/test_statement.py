"""Statements and their records: packed, unpacked, chained, and refused when they are not what they should be."""

import hashlib
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.container import canonical, suite
from baladeur.container.layout import Header, make_header
from baladeur.container.statement import (
    HOLDER_TYPES,
    MAX_CMS,
    MAX_OPS,
    MAX_RECORD,
    NO_SUMMARY,
    OPS,
    OUTER,
    PREFIX,
    TYPE,
    Record,
    follows,
    make_record,
    outer_fits,
    pack_blob,
    parse,
    unpack_blob,
)
from baladeur.errors import BaladeurError, CapExceeded, ContainerError, StatementMalformed, WriteRefused

HEADER = make_header(bytes(range(16)), True, 1, [bytes(256)] * 8, bytes(32))
UTC = "2026-11-23T18:00:00Z"
INNER: dict[str, Any] = {
    "v": 1,
    "seq": 70_000,
    "prev": "0" * 64,
    "role": "holder",
    "subject": "0" * 64,
    "state": "0" * 64,
    "ops": [],
    "software": "test",
}
records = st.builds(
    Record, st.binary(max_size=40), st.binary(max_size=40), st.binary(min_size=32, max_size=32), st.binary(max_size=40)
)


def made(header: Header = HEADER, **inner: Any) -> Record:
    return make_record(header, {**INNER, **inner}, NO_SUMMARY, UTC, "host", None)


@given(records)
def test_a_record_comes_back(record: Record) -> None:
    """Byte for byte, and its head is the hash of those bytes."""
    assert Record.unpack(record.pack()) == record
    assert record.head == hashlib.sha256(record.pack()).digest()
    assert record.signed_content == PREFIX + record.outer


@given(st.lists(records, max_size=4))
def test_a_blob_of_records_comes_back(several: list[Record]) -> None:
    """Oldest first, in the same order."""
    assert list(unpack_blob(pack_blob(r.pack() for r in several))) == several


packed = records.map(Record.pack)


@given(st.one_of(st.binary(max_size=120), packed.map(lambda data: data + b"\0"), packed.map(lambda data: data[:-1])))
def test_other_bytes_are_malformed(data: bytes) -> None:
    """Cut, longer or anything at all: an error of the format, or a record that packs to the same bytes."""
    try:
        record = Record.unpack(data)
    except (StatementMalformed, CapExceeded):
        return
    assert record.pack() == data


def test_a_blob_that_is_cut() -> None:
    """The records before the cut come, then the error."""
    found = unpack_blob(pack_blob([made().pack()] * 2)[:-1])
    assert next(found).seq == 70_000
    with pytest.raises(StatementMalformed):
        next(found)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (bytes(MAX_RECORD + 1), CapExceeded),
        (Record(b"", b"", bytes(32), bytes(MAX_CMS + 1)).pack(), StatementMalformed),
        (struct.pack("<I", 0xFFFFFFFF), StatementMalformed),
    ],
)
def test_caps_of_a_record(data: bytes, error: type[BaladeurError]) -> None:
    """A record of more than 4 MiB, a signature of more than 64 KiB, a length beyond the end."""
    with pytest.raises(error):
        Record.unpack(data)


def test_what_is_made_says_what_was_asked() -> None:
    """The outer binds header, summary and the blinded inner; two of the same text do not look alike."""
    record = made()
    outer = record.outer_value()
    assert record.inner_value() == INNER
    assert outer == {
        "v": 1,
        "suite": 1,
        "container": HEADER.container_id.hex(),
        "utc": UTC,
        "clock": "host",
        "demo": True,
        "summary": NO_SUMMARY.hex(),
        "private": suite.tagged("private", record.blind, record.inner).hex(),
    }
    assert record.cms == b""
    assert made().outer != record.outer
    assert made().inner == record.inner
    assert outer_fits(outer, HEADER)
    assert repr(record) == "<Record>"


def test_a_signer_sees_the_prefix_and_the_outer() -> None:
    """And what comes back is kept as it is."""
    seen: list[bytes] = []

    def sign(content: bytes) -> bytes:
        seen.append(content)
        return b"CMS"

    record = make_record(HEADER, INNER, NO_SUMMARY, UTC, "declared", sign)
    assert seen == [b"BALADEUR-STATEMENT-1\n" + record.outer]
    assert record.cms == b"CMS"
    assert record.outer_value()["clock"] == "declared"


@pytest.mark.parametrize(("cms", "error"), [(b"", WriteRefused), (bytes(MAX_CMS + 1), StatementMalformed)])
def test_a_signature_that_no_reader_would_take(cms: bytes, error: type[BaladeurError]) -> None:
    """None at all, or one over the cap."""
    with pytest.raises(error):
        make_record(HEADER, INNER, NO_SUMMARY, UTC, "host", lambda _: cms)


@pytest.mark.parametrize(
    ("utc", "clock", "inner"),
    [
        ("2026-11-23", "host", {}),
        ("2026-11-23T18:00:00+01:00", "host", {}),
        ("2026-11-23T18:00:00Z\n", "host", {}),
        ("\u0662\u0660\u0662\u0666-11-23T18:00:00Z", "host", {}),
        (UTC, "card", {}),
        (UTC, "host", {"software": "x" * 65}),
        (UTC, "host", {"role": "nurse"}),
        (UTC, "host", {"more": 1}),
        (UTC, "host", {"ops": [{"op": "compact"}] * (MAX_OPS + 1)}),
    ],
)
def test_a_statement_outside_the_tables_is_not_made(utc: str, clock: str, inner: dict[str, Any]) -> None:
    """Nor shown to a card."""
    with pytest.raises(ContainerError):
        make_record(HEADER, {**INNER, **inner}, NO_SUMMARY, utc, clock, lambda _: pytest.fail("signed"))


def test_a_record_over_the_cap_is_not_made() -> None:
    """20 000 operations are allowed, and 4 MiB: whichever comes first."""
    op = {"op": "replace", "id": "0" * 32, "type": "t" * 32, "commitment": "0" * 64, "of": "0" * 32}
    assert len(made(ops=[{"op": "erase", "of": "0" * 32}] * MAX_OPS).inner_value()["ops"]) == MAX_OPS
    with pytest.raises(CapExceeded):
        made(ops=[op] * MAX_OPS)


@pytest.mark.parametrize("seq", [None, "7", True, 1.5, []])
def test_the_seq_of_a_record_is_an_integer(seq: Any) -> None:
    """Whatever else an inner says."""
    inner = {} if seq is None else {"seq": seq}
    data = canonical.dumps(inner) if seq != 1.5 else b'{"seq":1.5}'
    record = Record(b"{}", data, bytes(32), b"")
    with pytest.raises(StatementMalformed):
        _ = record.seq
    assert not record.named
    assert made().named


@pytest.mark.parametrize("data", [b"", b"[]", b"{} ", b'{"a":1.0}', b"\xff"])
def test_a_half_that_is_no_canonical_object(data: bytes) -> None:
    """Neither half is read otherwise."""
    with pytest.raises(StatementMalformed):
        parse(data)


def test_an_outer_is_of_one_record() -> None:
    """Another container, another demonstration flag, another table: none fits."""
    outer = made().outer_value()
    for change in ({"container": "0" * 32}, {"demo": False}, {"v": 2}, {"v": True}, {"more": 1}):
        assert not outer_fits({**outer, **change}, HEADER)
    del outer["utc"]
    assert not follows(outer, OUTER)


def test_the_holder_types_are_types() -> None:
    """And the table names the operations of the document."""
    assert all(TYPE.fullmatch(name) for name in HOLDER_TYPES)
    assert set(OPS) == {"add", "replace", "withdraw", "erase", "visibility", "conceal", "secrets", "compact"}
    assert NO_SUMMARY == hashlib.sha256(b"coffre1 summary\0" + bytes(4)).digest()
