"""A holder with other software: the library's own seals, put together into files that its writer would refuse to make.

Whoever holds the words holds every key, so nothing here is prevented; the tests ask what a reader says of it.
"""

import hashlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from baladeur.card import signature
from baladeur.container import canonical, suite
from baladeur.container.catalogue import Catalogue, Row, state
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container
from baladeur.container.frame import Checked, FrameWriter
from baladeur.container.layout import (
    BLOCK,
    PAGE,
    SUPERBLOCK_AT,
    ZERO32,
    ZONE,
    ZONES,
    Commit,
    Header,
    Pointer,
    Vital,
    make_superblock,
    superblock_at,
)
from baladeur.container.medium import MemoryMedium
from baladeur.container.reader import open_dossier
from baladeur.container.secret import Secret, SecretClass, generate, parse
from baladeur.container.state import State
from baladeur.container.statement import PREFIX, Record
from baladeur.container.summary import Summary
from tests.pki import SoftSigner

Rows = dict[bytes, Row]
Bytes = Callable[[bytes], bytes]
Value = dict[str, Any]


@cache
def code(seed: int = 0, cls: SecretClass = SecretClass.CODE12) -> Secret:
    """The same secret for the same number, so that two records can have the same words."""
    return parse(" ".join(generate(cls, hashlib.sha256(b"%d" % seed).digest()[:16])))


HOLDER, OTHER, CARER = code(0), code(1), code(2)
EMERGENCY = code(3, SecretClass.EMERGENCY)
NEW_EMERGENCY = code(4, SecretClass.EMERGENCY)


@cache
def card() -> SoftSigner:
    """One professional's card."""
    return SoftSigner("ec")


def sign(content: bytes) -> bytes:
    """A CMS of the profile over a content."""
    c = card()
    return signature.build(content, c.certificate_der, c.chain_der, c.sign_raw, datetime(2026, 11, 1, tzinfo=UTC))


def holder(day: int = 1) -> Author:
    """The patient on a day of November 2026."""
    return Author(f"2026-11-{day:02d}T10:00:00Z")


def doctor(day: int = 1) -> Author:
    """A professional with a card on a day of November 2026."""
    return Author(f"2026-11-{day:02d}T10:00:00Z", sign=sign)


def line(text: str, *items: bytes) -> bytes:
    """One line of the emergency page."""
    return canonical.dumps({"items": [i.hex() for i in items], "text": text})


IDENTITY = NewItem("identity", "Jeanne Exemple-Dupont", b'{"name":"Jeanne Exemple-Dupont"}', "1950-02-03")


def new_record(*, demo: bool = False, emergency: bool = True, words: Secret = HOLDER) -> MemoryMedium:
    """An empty record with an identity."""
    medium = MemoryMedium()
    secrets = {3: words, 2: EMERGENCY} if emergency else {3: words}
    change = Change(add=[IDENTITY], declared=[line("call my daughter")])
    Container.create(medium, secrets, change, holder(), demo=demo)
    return medium


@cache
def _signed_bytes() -> bytes:
    medium = new_record()
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(add=[NewItem("allergy", "Pénicilline, choc", b"penicillin" * 30, "2020-05-06")]), doctor(2))
        c.commit(Change(add=[NewItem("medication", "Warfarine 5 mg", b"warfarin" * 400, "2021-07-08")]), doctor(3))
        first, second = (one(c, "allergy"), one(c, "medication"))
        c.commit(Change(parts=[line("penicillin!", first), line("warfarin", second)]), doctor(4))
        c.commit(Change(add=[NewItem("tray", "Note to adopt", b"a note")]), holder(5))
    return bytes(medium.data)


def signed_record() -> MemoryMedium:
    """Five commits: identity, two signed entries, a signed emergency page of two lines, an unsigned note."""
    return MemoryMedium(_signed_bytes())


def one(c: Container, type_: str) -> bytes:
    """The id of the live item of a type."""
    (found,) = (e.id for e in c.entries() if e.meta["type"] == type_)
    return found


def names(c: Container) -> list[str]:
    """The names of the findings of an open container, sorted, each once."""
    return sorted({f.name for f in c.findings})


def verdicts(medium: MemoryMedium, words: Secret = HOLDER) -> tuple[list[str], list[str], list[str]]:
    """Results per commit, the reasons of the last one, the findings about the catalogue."""
    found, findings = Container.open(medium, words).replay()
    return [v.result for v in found], list(found[-1].reasons), [f.name for f in findings]


def resealed(raw: bytes) -> bytes:
    """A header copy with a right SHA-256, which needs no key, and whatever MAC it had."""
    return raw[:4064] + hashlib.sha256(raw[:4064]).digest()


def headers(medium: MemoryMedium) -> list[bytes]:
    """The four header copies."""
    return [medium.read(z * ZONE, BLOCK) for z in range(ZONES)]


def put_headers(medium: MemoryMedium, raw: bytes, *zones: int) -> None:
    """Plant a header copy, in all zones by default."""
    for zone in zones or range(ZONES):
        medium.write(zone * ZONE, raw)


def destroy(medium: MemoryMedium, offset: int, length: int) -> None:
    """What a dead block, or somebody without keys, does to a range."""
    medium.write(offset, suite.random(length))


class GuardedMedium(MemoryMedium):
    """A medium that must not be written."""

    def write(self, offset: int, data: bytes | memoryview) -> None:
        raise AssertionError(f"a write of {len(data)} bytes at {offset}")


class CutMedium(MemoryMedium):
    """A medium that is pulled after so many writes."""

    def __init__(self, data: bytes, writes: int) -> None:
        super().__init__(data)
        self.left = writes

    def write(self, offset: int, data: bytes | memoryview) -> None:
        if self.left == 0:
            raise ConnectionAbortedError("pulled")
        self.left -= 1
        super().write(offset, data)


@dataclass(frozen=True)
class Lie:
    """What differs from an honest commit; each function gets the honest value."""

    add: Sequence[NewItem] = ()
    ops: Callable[[list[Any]], list[Any]] = lambda ops: ops
    rows: Callable[[Rows], None] = lambda rows: None
    inner: Callable[[Value], Value] = lambda value: value
    inner_bytes: Bytes = lambda data: data
    outer: Callable[[Value], Value] = lambda value: value
    outer_bytes: Bytes = lambda data: data
    cms: Callable[[bytes], bytes] = lambda content: b""
    summary: Summary | None = None
    catalogue: Callable[[Catalogue], None] = lambda catalogue: None
    plain: Bytes = lambda data: data
    deflated: Bytes = lambda data: data
    commit: Callable[[Commit], Commit] = lambda commit: commit
    seq_step: int = 1
    utc: str = "2026-11-20T10:00:00Z"


class ForgingWriter:
    """All keys of a record, and no rule."""

    def __init__(self, medium: MemoryMedium, words: Secret = HOLDER) -> None:
        self.medium = medium
        self.st: State = open_dossier(medium, words)

    @property
    def cid(self) -> bytes:
        """The container id."""
        return self.st.header.container_id

    def commit(self, lie: Lie) -> Record:
        """One commit with a full catalogue, its superblock and nothing else."""
        st, c = self.st, self.st.commit
        new = replace(c, seq=c.seq + lie.seq_step)
        out = Checked(st.medium)
        frame = FrameWriter(out, st.header, new, c.next_free, 0, c.head)
        rows, ops = dict(st.view.rows), list[Any]()
        for item in lie.add:
            row = frame.item(item.meta(), item.content, 0)
            rows[row.id] = row
            op = {"op": "add", "id": row.id.hex(), "type": item.type, "commitment": row.commitment().hex()}
            if item.of:
                rows[item.of] = rows[item.of]._replace(status=1)
                op |= {"op": "replace", "of": item.of.hex()}
            ops.append(op)
        lie.rows(rows)
        mirrors: list[tuple[int, bytes]] = []
        newest = st.view.newest
        pointer, key = newest.summary, newest.summary_key
        named = str(st.record.outer_value()["summary"])
        if lie.summary is not None:
            key = suite.random(32)
            pointer = frame.put_summary(lie.summary, key, 0, mirrors)
            named = lie.summary.digest.hex()
        record = self._record(lie, new, rows, lie.ops(ops), named)
        history = frame.put_records([(new.seq, record.pack())], len(st.view.full.logs) - 1)
        catalogue = Catalogue(True, new.seq, new.seq, pointer, key, list(st.view.full.logs))
        catalogue.history, catalogue.garbage, catalogue.rows = st.view.history + history, list(newest.garbage), rows
        lie.catalogue(catalogue)
        full = frame.put_catalogue(self._packed(catalogue, lie), True, c.full.mirror, mirrors)
        for offset, blob in mirrors:
            out.write(offset, blob)
        written = frame.close()
        done = lie.commit(replace(new, head=record.head, next_free=written.end, full=full, recent=Pointer()))
        self.superblock(done.seq % ZONES, done, Vital(new.seq, pointer, key))
        return record

    def _record(self, lie: Lie, new: Commit, rows: Rows, ops: list[Any], summary: str) -> Record:
        identity = [r for r in rows.values() if r.status == 0 and b'"type":"identity"' in r.meta]
        inner: Value = {
            "v": 1,
            "seq": new.seq,
            "prev": new.head.hex(),
            "role": "holder",
            "subject": (identity[0].commitment() if identity else ZERO32).hex(),
            "state": state(rows.values()).hex(),
            "ops": ops,
            "software": "other",
        }
        inner_bytes, blind = lie.inner_bytes(canonical.dumps(lie.inner(inner))), suite.random(32)
        outer: Value = {
            "v": 1,
            "suite": 1,
            "container": self.cid.hex(),
            "utc": lie.utc,
            "clock": "host",
            "demo": self.st.header.demo,
            "summary": summary,
            "private": suite.tagged("private", blind, inner_bytes).hex(),
        }
        outer_bytes = lie.outer_bytes(canonical.dumps(lie.outer(outer)))
        return Record(outer_bytes, inner_bytes, blind, lie.cms(PREFIX + outer_bytes))

    @staticmethod
    def _packed(catalogue: Catalogue, lie: Lie) -> bytes:
        plain = lie.plain(zlib.decompress(catalogue.pack(), -15))
        deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
        return lie.deflated(deflater.compress(plain) + deflater.flush())

    def rewrite(self, lie: Lie) -> None:
        """Another catalogue for the commit in force, under its own statement and signature."""
        st, c = self.st, self.st.commit
        newest = st.view.newest
        catalogue = Catalogue(True, c.seq, c.seq, newest.summary, newest.summary_key, list(st.view.full.logs))
        catalogue.history, catalogue.garbage, catalogue.rows = st.view.history, list(newest.garbage), dict(st.view.rows)
        lie.rows(catalogue.rows)
        lie.catalogue(catalogue)
        ctx = suite.context("catalogue", self.cid, c.log_id, c.seq)
        blob = suite.seal(c.epoch, ctx, self._packed(catalogue, lie))
        at = c.next_free + PAGE  # free space; small enough for every test
        st.medium.write(at, blob)
        done = lie.commit(replace(c, full=Pointer(c.seq, at, 0, len(blob)), recent=Pointer()))
        for slot in range(ZONES):
            self.superblock(slot, done, Vital(done.seq, catalogue.summary, catalogue.summary_key))

    def superblock(self, slot: int, commit: Commit, vital: Vital) -> None:
        """Seal a superblock into a slot."""
        self.medium.write(superblock_at(slot), make_superblock(self.cid, slot, self.st.root, vital, commit))

    def part_a(self, slot: int, vital: Vital, key: bytes | None = None) -> None:
        """Seal part A alone, as the holder of the emergency code can."""
        forge_part_a(self.medium, self.cid, slot, vital, key or self.st.commit.vital)


def forge_part_a(medium: MemoryMedium, cid: bytes, slot: int, vital: Vital, k_vital: bytes) -> None:
    """All that the emergency code gives power to write."""
    key = suite.derive(k_vital, "superblock a", cid)
    ctx = suite.context("superblock a", cid, bytes([slot]).ljust(16, b"\0"))
    medium.write(slot * ZONE + SUPERBLOCK_AT, suite.seal(key, ctx, vital.pack()))


def vital_key(medium: MemoryMedium, secret: Secret = EMERGENCY) -> bytes:
    """What the emergency code opens in the header."""
    return Header(headers(medium)[0]).open_slot(2, secret.material)
