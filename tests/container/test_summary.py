"""The emergency summary: lines behind commitments, some of which may fall without hurting the others."""

import struct
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.container import canonical, suite
from baladeur.container.layout import Header, make_header
from baladeur.container.statement import MAX_CMS, NO_SUMMARY, PREFIX, make_record
from baladeur.container.summary import MAX_PART, MAX_PARTS, MAX_SUMMARY, Summary, part_items
from baladeur.errors import CapExceeded, SummaryDamaged
from tests.container.crash_model import line

HEADER = make_header(bytes(16), False, 1, [bytes(256)] * 8, bytes(32))
ids = st.binary(min_size=16, max_size=16)
parts = st.lists(st.builds(lambda t, i: line(t, *i), st.text("aé€", max_size=9), st.lists(ids, max_size=2)), max_size=5)


def numbered(_: object) -> str:
    """The blinds are drawn anew in every process: the bytes of a case cannot be its name."""
    return ""


def signed(lines: list[bytes], declared: Sequence[bytes] = (), header: Header = HEADER) -> Summary:
    """A summary as a signed commit leaves it."""
    made = Summary.of(lines, declared)
    record = make_record(header, {"v": 1, "seq": 1, "prev": "0" * 64, "role": "professional", "subject": "0" * 64,
                                  "state": "0" * 64, "ops": [], "software": ""},
                         made.digest, "2026-11-23T18:00:00Z", "host", lambda _: b"CMS")  # fmt: skip
    made.outer, made.cms = record.outer, record.cms
    return made


@given(parts, parts, st.data())
def test_what_was_packed_comes_back(lines: list[bytes], declared: list[bytes], data: st.DataObject) -> None:
    """Also after any of the lines fell: the digest that was signed stays."""
    made = signed(lines, declared)
    drop = data.draw(st.sets(st.integers(0, max(0, len(lines) - 1)))) if lines else set()
    left = made.without(indices=drop)
    again = Summary.unpack(left.pack(), HEADER)
    assert again == left
    assert again.digest == made.digest
    assert again.withdrawn == len(drop)
    assert again.parts() == [part for i, part in enumerate(lines) if i not in drop]
    assert again.declared == declared
    assert again.signed_content == PREFIX + made.outer


@given(parts, st.data())
def test_any_changed_byte_is_seen_or_is_the_signature(lines: list[bytes], data: st.DataObject) -> None:
    """Nothing but SummaryDamaged and CapExceeded is raised; what still opens differs in the unsigned bytes only."""
    made = signed(lines)
    raw = bytearray(made.pack())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    try:
        found = Summary.unpack(bytes(raw), HEADER)
    except (SummaryDamaged, CapExceeded):
        return
    assert (found.digest, found.parts()) == (made.digest, made.parts())


def test_an_erased_item_takes_its_lines_along() -> None:
    """Signed ones and declared ones; a line that names several items falls with the first."""
    a, b = b"a" * 16, b"b" * 16
    made = signed([line("a", a), line("ab", a, b), line("b", b), line("none")], [line("own a", a), line("own")])
    left = made.without(items=[a])
    assert left.parts() == [line("b", b), line("none")]
    assert left.declared == [line("own")]
    assert left.withdrawn == 2
    assert Summary.unpack(left.pack(), HEADER).parts() == left.parts()


def test_no_lines_have_the_digest_of_a_first_statement() -> None:
    """An empty summary is what a record has before a professional signed."""
    assert Summary().digest == NO_SUMMARY
    assert Summary.of([], []).digest == NO_SUMMARY


def test_two_summaries_of_one_text_differ() -> None:
    """Each line has its own blind: who sees a commitment cannot guess the line."""
    text = line("allergy")
    made = Summary.of([text, text], [])
    assert made.commitments[0] != made.commitments[1]
    assert Summary.of([text], []).digest != Summary.of([text], []).digest


def blob(
    outer: bytes,
    cms: bytes = b"",
    commitments: Sequence[bytes] = (),
    openings: Sequence[Any] = (),
    declared: Sequence[bytes] = (),
) -> bytes:
    """A summary blob from its pieces, whatever they are."""

    def sized(data: bytes) -> bytes:
        return struct.pack("<I", len(data)) + data

    out = sized(outer) + sized(cms) + struct.pack("<I", len(commitments)) + b"".join(commitments)
    out += struct.pack("<I", len(openings))
    out += b"".join(struct.pack("<I", i) + blind + sized(part) for i, blind, part in openings)
    return out + struct.pack("<I", len(declared)) + b"".join(sized(part) for part in declared)


def edited(make: Callable[[dict[str, Any]], object]) -> bytes:
    """The outer of a good summary, changed."""
    value = signed([]).outer_value()
    make(value)
    return canonical.dumps(value)


GOOD = signed([line("a"), line("b")])
OPENINGS = [(i, *GOOD.openings[i]) for i in (0, 1)]
BAD = suite.tagged("part", bytes(32), b"{}")


def committed(part: bytes) -> tuple[bytes, bytes, list[Any]]:
    """A part that is none behind a commitment that fits, in a statement that names it."""
    commitment = suite.tagged("part", bytes(32), part)
    digest = suite.tagged("summary", struct.pack("<I", 1), commitment)
    return edited(lambda o: o.update(summary=digest.hex())), commitment, [(0, bytes(32), part)]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", SummaryDamaged),
        (blob(GOOD.outer)[:-1], SummaryDamaged),
        (GOOD.pack()[:-1], SummaryDamaged),
        (GOOD.pack() + b"\0", SummaryDamaged),
        (blob(GOOD.outer, b"CMS", GOOD.commitments, OPENINGS[::-1]), SummaryDamaged),
        (blob(GOOD.outer, b"CMS", GOOD.commitments, [OPENINGS[0]] * 2), SummaryDamaged),
        (blob(GOOD.outer, b"CMS", GOOD.commitments, [(2, *OPENINGS[0][1:])]), SummaryDamaged),
        (blob(GOOD.outer, b"CMS", GOOD.commitments, [(1, *OPENINGS[0][1:])]), SummaryDamaged),
        (blob(GOOD.outer, b"CMS", GOOD.commitments[::-1], []), SummaryDamaged),
        (blob(GOOD.outer, b"", GOOD.commitments, OPENINGS), SummaryDamaged),
        (blob(GOOD.outer, b"CMS", GOOD.commitments[:1], []), SummaryDamaged),
        (blob(GOOD.outer, bytes(MAX_CMS + 1), GOOD.commitments, OPENINGS), SummaryDamaged),
        (blob(b"{}"), SummaryDamaged),
        (blob(b"not JSON"), SummaryDamaged),
        (blob(b" " + signed([]).outer), SummaryDamaged),
        (blob(edited(lambda o: o.update(container="1" * 32))), SummaryDamaged),
        (blob(edited(lambda o: o.update(demo=True))), SummaryDamaged),
        (blob(edited(lambda o: o.update(v=2))), SummaryDamaged),
        (blob(edited(lambda o: o.update(more=1))), SummaryDamaged),
        (blob(edited(lambda o: o.pop("utc"))), SummaryDamaged),
        (blob(signed([]).outer, declared=[b"{}"]), SummaryDamaged),
        (blob(signed([]).outer, declared=[b'{"items":"no"}']), SummaryDamaged),
        (blob(signed([]).outer, declared=[b'{"items":[1]}']), SummaryDamaged),
        (blob(signed([]).outer, declared=[b'{"items": []}']), SummaryDamaged),
        (blob(signed([]).outer, declared=[line("x" * MAX_PART)]), CapExceeded),
        (blob(signed([]).outer, commitments=[bytes(32)] * (MAX_PARTS + 1)), CapExceeded),
        (blob(signed([]).outer, declared=[line("")] * (MAX_PARTS + 1)), CapExceeded),
        (blob(committed(b"{}")[0], b"CMS", [committed(b"{}")[1]], committed(b"{}")[2]), SummaryDamaged),
    ],
    ids=numbered,
)
def test_a_blob_that_does_not_hold_together(data: bytes, error: type[Exception]) -> None:
    """Cut, longer, out of order, other commitments, another record's or an altered statement, parts that are none."""
    with pytest.raises(error):
        Summary.unpack(data, HEADER)


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (blob(GOOD.outer, b"CMS", GOOD.commitments[::-1]), "the statement names other lines"),
        (blob(GOOD.outer, b"CMS", GOOD.commitments[:1]), "the statement names other lines"),
        (blob(GOOD.outer, b"", GOOD.commitments, OPENINGS), "lines without a signature"),
        (blob(edited(lambda o: o.update(container="1" * 32))), "statement of another record"),
        (blob(GOOD.outer, b"CMS", GOOD.commitments, OPENINGS[::-1]), "opening"),
        (blob(committed(b"{}")[0], b"CMS", [committed(b"{}")[1]], committed(b"{}")[2]), "part"),
    ],
    ids=numbered,
)
def test_each_reason_is_the_one_that_was_meant(data: bytes, detail: str) -> None:
    """One check does not hide another."""
    with pytest.raises(SummaryDamaged) as caught:
        Summary.unpack(data, HEADER)
    assert caught.value.detail == detail


def test_the_pieces_of_the_test_fit_together() -> None:
    """The blob that the cases above spoil opens when it is not spoilt."""
    assert Summary.unpack(blob(GOOD.outer, GOOD.cms, GOOD.commitments, OPENINGS), HEADER) == GOOD


@pytest.mark.parametrize(
    ("part", "error"),
    [
        (b"[]", SummaryDamaged),
        (b'{"items":[]} ', SummaryDamaged),
        (b'{"text":"no items"}', SummaryDamaged),
        (line("x" * MAX_PART), CapExceeded),
    ],
    ids=numbered,
)
def test_a_part_that_is_none_is_not_written(part: bytes, error: type[Exception]) -> None:
    """Neither as a signed line nor as a declared one."""
    with pytest.raises(error):
        part_items(part)
    for lines, declared in (([part], []), ([], [part])):
        with pytest.raises(error):
            Summary.of(lines, declared)


def test_what_a_reader_would_refuse_is_not_written() -> None:
    """More than the mirror room holds, or too many lines."""
    long = line("x" * (MAX_PART - 200))
    with pytest.raises(CapExceeded):
        signed([long] * (MAX_SUMMARY // len(long) + 1)).pack()
    with pytest.raises(CapExceeded):
        signed([], [line("")] * (MAX_PARTS + 1)).pack()
    assert len(signed([long] * (MAX_SUMMARY // len(long) - 1)).pack()) < MAX_SUMMARY


def test_a_copy_shares_nothing_that_changes() -> None:
    """`without` leaves the summary that it was asked of as it was."""
    made = signed([line("a"), line("b")], [line("c")])
    before = replace(made, openings=dict(made.openings))
    made.without(indices=[0])
    assert made == before
    assert repr(made) == "<Summary>"
