"""Fuzz behind the seals: whatever stands in a sealed structure ends in a value or in a named error.

The bytes reach the parsers as if their seal had held, which only a holder of the keys can bring about.
"""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from baladeur.container import canonical, suite
from baladeur.container.catalogue import Catalogue, HistoryRow, Row, View, state
from baladeur.container.change import Author, Change, NewItem, row_meta
from baladeur.container.container import Container
from baladeur.container.layout import Commit, Frame, Header, Pointer, Vital, judge
from baladeur.container.medium import MemoryMedium
from baladeur.container.reader import open_dossier
from baladeur.container.replay import Replay
from baladeur.container.secret import SecretClass, generate, parse
from baladeur.container.statement import Record, unpack_blob
from baladeur.container.summary import Summary
from baladeur.errors import BaladeurError

CODE = parse(" ".join(generate(SecretClass.CODE12, bytes(16))))
AUTHOR = Author("2026-11-23T08:00:00Z")
DOCTOR = Author("2026-11-23T09:00:00Z", lambda content: b"not judged here")


def sample() -> MemoryMedium:
    """A small record with a page, replaced and erased entries."""
    medium = MemoryMedium()
    Container.create(medium, {3: CODE}, Change(add=[NewItem("identity", "Éloïse", b"{}")]), AUTHOR)
    with Container.open(medium, CODE, write=True) as c:
        part = canonical.dumps({"items": [], "text": "Pénicilline"})
        c.commit(Change(add=[NewItem("allergy", "Pénicilline", b"x" * 99)], parts=[part], declared=[part]), DOCTOR)
        (old,) = (e.id for e in c.entries() if e.meta["type"] == "allergy")
        c.commit(Change(add=[NewItem("allergy", "Amoxicilline", b"y", of=old)]), DOCTOR)
        c.commit(Change(erase=[old]), AUTHOR)
    return medium


MEDIUM = sample()
STATE = open_dossier(MEDIUM, CODE)
HEADER = STATE.header
SUMMARY = Container.open(MEDIUM, CODE).summary().pack()
RECORD = STATE.record.pack()
FRAME = Frame(1, 16 << 20, 16384, 0, bytes(32), (16 << 20) + 256, 99, 0, 1, (16 << 20) + 400, 99)


def catalogue_plain() -> bytes:
    """The inflated full catalogue of the sample."""
    import zlib

    return zlib.decompress(STATE.view.full.pack(), -15)


def read_catalogue(plain: bytes) -> object:
    """As after inflating; then the view is used as an open uses it."""
    import zlib

    deflater = zlib.compressobj(1, zlib.DEFLATED, -15)
    found = Catalogue.unpack(deflater.compress(plain) + deflater.flush(), STATE.view.full.seq)
    view = View.of(found, None)
    for row in view.rows.values():
        if row.status != 3:
            row_meta(row)
    return state(view.rows.values())


def read_record(plain: bytes) -> object:
    """Parse a record and feed it to a replay, which raises nothing of its own."""
    record = Record.unpack(plain)
    return Replay(HEADER).feed(record)


def read_frame(plain: bytes) -> object:
    """Seal the bytes as a frame header and open them."""
    key, cid, log = bytes(32), bytes(16), bytes(16)
    blob = suite.seal(key, suite.context("frame", cid, log), plain)
    try:
        return Frame.unseal(key, cid, log, 16 << 20, blob)
    except suite.SealBroken:
        return None


TARGETS: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "header": (HEADER.raw, lambda data: (judge(data), Header(data).generation)),
    "part A": (Vital(7, Pointer(7, 16 << 20, 131072, 99), bytes(32)).pack(), Vital.unpack),
    "part B": (replace(STATE.commit).pack(), Commit.unpack),
    "frame header": (FRAME.pack(), read_frame),
    "catalogue": (catalogue_plain(), read_catalogue),
    "history blob": (len(RECORD).to_bytes(4, "little") + RECORD, lambda data: list(unpack_blob(data))),
    "record": (RECORD, read_record),
    "summary": (SUMMARY, lambda data: Summary.unpack(data, HEADER)),
    "meta": (b'{"date":"","media":"a/b","title":"\xc3\xa9","type":"note"}', lambda d: row_meta(_row(d))),
}


NEVER_REFUSE = {"header", "frame header"}  # the first judges without errors, the second calls most edits no frame


def _row(meta: bytes) -> Row:
    return Row(bytes(16), 0, 0, 1, 16 << 20, 0, bytes(32), bytes(32), bytes(32), meta)


def mutated(data: bytes, rng: random.Random) -> bytes:
    """A few edits: bytes changed, cut, doubled, put in; now and then a 32-bit field made large."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(out) + 1)
        kind = rng.randrange(6)
        if kind == 0 and out:
            out[at % len(out)] ^= 1 << rng.randrange(8)
        elif kind == 1:
            del out[at : at + rng.randint(1, 40)]
        elif kind == 2:
            out[at:at] = out[at : at + rng.randint(1, 40)]
        elif kind == 3:
            out[at:at] = rng.randbytes(rng.randint(1, 8))
        elif kind == 4:
            out[at : at + 4] = rng.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\0\0\1\0"))
        else:
            out[at : at + 1] = rng.choice((b'"', b"{", b"}", b"[", b"\\", b"\xc3", b"\0", b","))
    return bytes(out)


def fuzz(name: str, rounds: int, seed: int) -> int:
    """Count how many mutated inputs were refused by name; any other error is a failure of the test."""
    data, target = TARGETS[name]
    rng, refused = random.Random(seed), 0
    for _ in range(rounds):
        try:
            target(mutated(data, rng))
        except BaladeurError:
            refused += 1
    return refused


@pytest.mark.parametrize("name", TARGETS)
def test_the_sample_itself_is_read(name: str) -> None:
    """Without an edit every target ends in a value: the fuzz starts from something that works."""
    data, target = TARGETS[name]
    assert target(data) is not None


@pytest.mark.parametrize("name", TARGETS)
def test_edited_structures_end_in_named_errors(name: str) -> None:
    """Hundreds of edited inputs each."""
    assert fuzz(name, 400, seed=1) > 100 or name in NEVER_REFUSE


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_many_edited_structures_end_in_named_errors(name: str) -> None:
    """Tens of thousands of edited inputs each."""
    assert fuzz(name, 30_000, seed=2) > 7_500 or name in NEVER_REFUSE


def test_history_rows_that_lead_nowhere() -> None:
    """A history row of any numbers is an error or a missing record, never anything else."""
    rng = random.Random(3)
    container = Container.open(MEDIUM, CODE)
    for _ in range(200):
        row = HistoryRow(rng.getrandbits(33), rng.getrandbits(4), 0, rng.getrandbits(25), rng.getrandbits(12))
        container._st.view.full.history[0] = row
        assert list(container.history())
