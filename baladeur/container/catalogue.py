"""The catalogue: where every blob lies, and the view that a full and a recent one give together.

It finds things; what it says of items is checked against the signed state.
Source: schemas/container.md sections 8 and 9.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from baladeur.container import suite
from baladeur.container.layout import SUMMARY_ROOM, ZERO32, Pointer, in_log
from baladeur.container.suite import KIB, MIB
from baladeur.errors import CapExceeded, Malformed, PointerOutside
from baladeur.quiet import quiet

MAX_INFLATED = 48 * MIB
MAX_CATALOGUE = 49 * MIB  # sealed
MAX_ITEMS = 100_000
MAX_CONTENT = 1 << 30
MAX_META = 4096
RECENT_LIMIT = 24 * KIB  # deflated; above it a full catalogue is written
LIVE, REPLACED, WITHDRAWN, ERASED = range(4)
STATUS_NAMES = ("live", "replaced", "withdrawn", "erased")

Known = dict[bytes, tuple["Row", bytes]]  # id → row, and its part of the state
NOWHERE = Pointer()
_HEAD = struct.Struct("<IIQQ4Q32s5I")
_HISTORY = struct.Struct("<QIIQQ")
_ROW = struct.Struct("<16sBBHIQQQ32s32s32s")


class Row(NamedTuple):
    """One item. In a tombstone `digest` is its commitment and key, blind, meta are empty."""

    id: bytes
    status: int
    visibility: int
    seq: int
    offset: int
    size: int
    key: bytes
    blind: bytes
    digest: bytes
    meta: bytes

    def __repr__(self) -> str:
        return quiet(self)

    @property
    def length(self) -> int:
        """Length of the sealed blob."""
        return suite.sealed(self.size)

    def commitment(self) -> bytes:
        """What a statement names instead of the item (section 9)."""
        if self.status == ERASED:
            return self.digest
        return suite.tagged("item", self.blind, self.id, self.digest, struct.pack("<I", len(self.meta)), self.meta)

    def tombstone(self) -> "Row":
        """The row after an erasure: nothing is left that opens or names the item."""
        return Row(self.id, ERASED, self.visibility, self.seq, 0, 0, ZERO32, ZERO32, self.commitment(), b"")


class HistoryRow(NamedTuple):
    """One history blob: `records` consecutive records from `first_seq`, under logs[log]."""

    first_seq: int
    records: int
    log: int
    offset: int
    length: int


@dataclass(repr=False, slots=True)
class Catalogue:
    """One catalogue, full or recent, as stored."""

    __repr__ = quiet

    full: bool
    seq: int
    base: int
    summary: Pointer = NOWHERE
    summary_key: bytes = ZERO32
    logs: list[bytes] = field(default_factory=list)
    history: list[HistoryRow] = field(default_factory=list)
    garbage: list[tuple[int, int]] = field(default_factory=list)
    overwrite: list[tuple[int, int]] = field(default_factory=list)
    rows: dict[bytes, Row] = field(default_factory=dict)

    @property
    def plain_length(self) -> int:
        """Length before deflating."""
        blobs = 32 * len(self.logs) + _HISTORY.size * len(self.history)
        ranges = 16 * (len(self.garbage) + len(self.overwrite))
        return _HEAD.size + blobs + ranges + sum(_ROW.size + len(row.meta) for row in self.rows.values())

    def pack(self) -> bytes:
        """Deflated bytes, ready to be sealed. Raises CapExceeded where a reader would."""
        if len(self.rows) > MAX_ITEMS:
            raise CapExceeded("items")
        if self.plain_length > MAX_INFLATED:
            raise CapExceeded("catalogue")
        s = self.summary
        counts = (len(self.logs), len(self.history), len(self.garbage), len(self.overwrite), len(self.rows))
        parts = [
            _HEAD.pack(
                1, self.full, self.seq, self.base, s.seq, s.offset, s.mirror, s.length, self.summary_key, *counts
            )
        ]
        parts += self.logs
        parts += [_HISTORY.pack(*row) for row in self.history]
        parts += [struct.pack("<QQ", *pair) for pair in self.garbage + self.overwrite]
        for row in sorted(self.rows.values()):
            parts.append(_ROW.pack(*row[:3], len(row.meta), 0, *row[3:9]))
            parts.append(row.meta)
        deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
        return deflater.compress(b"".join(parts)) + deflater.flush()

    @classmethod
    def unpack(cls, data: bytes, seq: int) -> "Catalogue":
        """Raises Malformed, CapExceeded, PointerOutside."""
        plain = _inflate(data)
        try:
            head = _HEAD.unpack_from(plain)
            version, full, own, base = head[:4]
            if version != 1 or full > 1 or own != seq or (base != own if full else base >= own):
                raise Malformed("catalogue head")
            logs, history, garbage, overwrite, items = head[9:]
            if items > MAX_ITEMS:
                raise CapExceeded("items")
            least = 32 * logs + _HISTORY.size * history + 16 * (garbage + overwrite) + _ROW.size * items
            if _HEAD.size + least > len(plain):  # before anything is made of the counts
                raise Malformed("catalogue counts")
            if not full and (logs or overwrite):
                raise Malformed("recent catalogue")
            c = cls(bool(full), own, base, Pointer(*head[4:8]).check(SUMMARY_ROOM), head[8])
            at = _HEAD.size
            c.logs = [plain[at + 32 * i : at + 32 * i + 32] for i in range(logs)]
            at += 32 * logs
            end = at + _HISTORY.size * history
            c.history = [HistoryRow(*v) for v in _HISTORY.iter_unpack(plain[at:end])]
            ranges = list(struct.iter_unpack("<QQ", plain[end : end + 16 * (garbage + overwrite)]))
            c.garbage, c.overwrite = ranges[:garbage], ranges[garbage:]
            at = end + 16 * (garbage + overwrite)
            c._unpack_rows(plain, at, items)
        except struct.error:
            raise Malformed("catalogue is cut") from None
        if any(a.first_seq >= b.first_seq for a, b in pairwise(c.history)):
            raise Malformed("history rows")
        for offset, length in [*ranges, *((h.offset, h.length) for h in c.history)]:
            if not in_log(offset, length):
                raise PointerOutside("catalogue range")
        return c

    def _unpack_rows(self, plain: bytes, at: int, items: int) -> None:
        last, unpack, head = b"", _ROW.unpack_from, _ROW.size
        for _ in range(items):  # plain names: this loop is most of an open
            id_, status, visibility, length, zero, seq, offset, size, key, blind, digest = unpack(plain, at)
            at += head + length
            meta = plain[at - length : at]
            if zero or id_ <= last or status > ERASED or visibility > 1 or len(meta) != length:
                raise Malformed("item row")
            if length > MAX_META:
                raise CapExceeded("meta")
            if status == ERASED:
                if offset or size or meta or any(key) or any(blind):
                    raise Malformed("tombstone")
            elif size > MAX_CONTENT:
                raise CapExceeded("item")
            elif not in_log(offset, suite.sealed(size)):
                raise PointerOutside("item")
            last = id_
            self.rows[id_] = Row(id_, status, visibility, seq, offset, size, key, blind, digest, meta)
        if at != len(plain):
            raise Malformed("bytes after the catalogue")


def _inflate(data: bytes) -> bytes:
    inflater = zlib.decompressobj(-15)
    try:
        plain = inflater.decompress(data, MAX_INFLATED + 1)
    except zlib.error:
        raise Malformed("deflate") from None
    if len(plain) > MAX_INFLATED:
        raise CapExceeded("catalogue")
    if not inflater.eof or inflater.unused_data:
        raise Malformed("deflate end")
    return plain


@dataclass(repr=False, slots=True)
class View:
    """A full catalogue with a recent one laid over it."""

    __repr__ = quiet

    full: Catalogue
    recent: Catalogue | None
    rows: dict[bytes, Row]
    known: Known = field(default_factory=dict)

    @classmethod
    def of(cls, full: Catalogue, recent: Catalogue | None, known: Known | None = None) -> "View":
        rows = {**full.rows, **recent.rows} if recent else dict(full.rows)
        return cls(full, recent, rows, {} if known is None else known)

    def state(self) -> bytes:
        return state(self.rows.values(), self.known)

    @property
    def newest(self) -> Catalogue:
        return self.recent or self.full

    @property
    def history(self) -> list[HistoryRow]:
        return self.full.history + (self.recent.history if self.recent else [])


def state(rows: Iterable[Row], known: Known | None = None) -> bytes:
    """The hash of the live set, which every statement names (section 9). known: what earlier calls hashed."""
    known = {} if known is None else known
    live = []
    for row in rows:
        if row.status == LIVE:
            found = known.get(row.id)
            if found is None or found[0] is not row:
                found = known[row.id] = (row, row.id + row.commitment())
            live.append(found[1])
    live.sort()
    return suite.tagged("state", struct.pack("<I", len(live)), *live)
