"""A writer of records for the vectors: keeps the state, writes commits and barriers, injects a fault where asked."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from cms import sign
from coffre import (
    CATALOGUE_ROOM,
    ERASED,
    LIVE,
    LOG,
    REPLACED,
    STEP,
    SUMMARY_ROOM,
    SUPER,
    WITHDRAWN,
    ZERO32,
    ZONE,
    Header,
    Row,
    Stream,
    align,
    canonical,
    context,
    derive,
    make_slot,
    seal,
    sealed,
    sha,
    size_for,
    sized,
    state_of,
    stored,
    summary_hash,
    u8,
    u32,
    u64,
)
from shapes import STATUS, Hooks, Snap, Summary


class Record:
    """One file and all its keys."""

    def __init__(self, name: str, secrets: dict[int, bytes], flags: int = 0, generation: int = 1) -> None:
        """Draw the keys and the header; `create` writes the file."""
        self.rnd = Stream(name)
        self.img = bytearray(20 << 20)
        self.cid, self.flags, self.generation = self.rnd(16), flags, generation
        self.k_root, self.k_vital, self.k_epoch, self.k_log = (self.rnd(32) for _ in range(4))
        self.logs, self.log_id = [self.k_log], self.rnd(16)
        self.slots = [bytes(256)] * 8
        self.seq = self.first = self.barrier_seq = 65536
        self.next_free, self.pending, self.head = LOG, 0, ZERO32
        self.full = self.recent = (0, 0, 0, 0)
        self.mirror_zone = -1
        self.rows: dict[bytes, Row] = {}
        self.changed: set[bytes] = set()
        self.histories: list[tuple[int, int, int, int, int]] = []
        self.full_histories = 0
        self.garbage: list[tuple[int, int]] = []
        self.taken: tuple[tuple[int, int], ...] = ()
        self.summary = Summary()
        self.ops: list[dict[str, Any]] = []  # of the commit to come, and its new items
        self.fresh: list[Row] = []
        self.history: list[tuple[int, str, str]] = []
        self.records: list[bytes] = []
        self.snaps: list[Snap] = []
        self.trace: dict[str, bytes] = {}
        for index, material in secrets.items():
            self.set_slot(index, material)
        self.header = self.make_header().block(self.k_root)

    def fork(self, name: str) -> "Record":
        """Go on apart, with other randomness."""
        other = copy.deepcopy(self)
        other.rnd = Stream(name)
        return other

    # --- header ---

    def set_slot(self, index: int, material: bytes) -> None:
        """Fill a slot."""
        payload = self.k_vital if index == 2 else self.k_root
        self.slots[index] = make_slot(index, material, payload, self.cid, self.rnd)

    def make_header(self) -> Header:
        """Return the header in force, before its layout."""
        return Header(self.cid, list(self.slots), self.generation, self.flags)

    def put(self, offset: int, data: bytes) -> None:
        """Write bytes."""
        assert offset + len(data) <= len(self.img)
        self.img[offset : offset + len(data)] = data

    def put_header(self, zones: tuple[int, ...] = (0, 1, 2, 3), block: bytes | None = None) -> None:
        """Write header copies."""
        for zone in zones:
            self.put(zone * ZONE, block or self.header)

    # --- superblocks ---

    def part_a(self) -> bytes:
        """Plaintext of part A."""
        s = self.summary
        return u64(self.seq, s.seq, s.offset, s.mirror, s.length) + s.key + u64(0)

    def part_b(self) -> bytes:
        """Plaintext of part B."""
        out = u64(self.seq, self.first, self.barrier_seq, self.generation, self.next_free) + u8(self.pending) + bytes(7)
        out += self.head + sha(self.header[:4032]) + self.log_id + self.k_epoch + self.k_log + self.k_vital
        return out + u64(*self.full, self.recent[0], self.recent[1], self.recent[3]) + bytes(232)

    def super_a(self, slot: int, plain: bytes | None = None) -> None:
        """Write part A of a slot."""
        ctx = context("superblock a", self.cid, u8(slot) + bytes(15), 0)
        key = derive(self.k_vital, "superblock a", self.cid)
        self.put(slot * ZONE + SUPER, seal(key, ctx, plain or self.part_a(), self.rnd(24)))

    def super_b(self, slot: int, plain: bytes | None = None) -> None:
        """Write part B of a slot."""
        ctx = context("superblock b", self.cid, u8(slot) + bytes(15), 0)
        key = derive(self.k_root, "superblock b", self.cid)
        self.put(slot * ZONE + SUPER + 512, seal(key, ctx, plain or self.part_b(), self.rnd(24)))

    def superblock(self, slot: int | None = None, hooks: Hooks | None = None) -> None:
        """Write a whole superblock, by default the slot of the commit."""
        place = self.seq % 4 if slot is None else slot
        self.put(place * ZONE + SUPER, bytes(4096))
        self.super_a(place)
        self.super_b(place, (hooks or {}).get("b", bytes)(self.part_b()))

    # --- what a commit does ---

    def add(self, kind: str, title: str, content: bytes = b"", of: Row | None = None, **more: Any) -> Row:
        """Queue a new item, or a replacement."""
        names = {"type": kind, "title": title, "date": "2026-03-01", "media": "text/plain"} | more
        meta = canonical(names | ({"of": of.id.hex()} if of else {}))
        row = Row(self.rnd(16), meta, content, self.rnd(32), self.rnd(32))
        row.size, row.hash, row.type = len(content), sha(content), kind
        op = {"op": "replace" if of else "add", "id": row.id.hex(), "type": kind, "commitment": row.commitment.hex()}
        if of:
            op["of"] = of.id.hex()
            self.touch(of).status = REPLACED
        self.ops.append(op)
        self.fresh.append(row)
        self.rows[row.id] = row
        self.touch(row)
        return row

    def touch(self, row: Row) -> Row:
        """Return the row of that item here, marked as changed."""
        self.changed.add(row.id)
        return self.rows[row.id]

    def withdraw(self, row: Row) -> None:
        """Queue a withdrawal."""
        self.touch(row).status = WITHDRAWN
        self.ops.append({"op": "withdraw", "of": row.id.hex()})

    def erase(self, row: Row) -> tuple[int, int]:
        """Queue an erasure; return the range that the item's blob occupies."""
        own = self.touch(row)
        where = (own.offset, sealed(own.size))
        own.gone, own.status = own.commitment, ERASED
        self.ops.append({"op": "erase", "of": row.id.hex()})
        return where

    def visibility(self, row: Row, value: str) -> None:
        """Queue a change of visibility."""
        self.touch(row).visibility = 1 if value == "dossier" else 0
        self.ops.append({"op": "visibility", "of": row.id.hex(), "value": value})

    def op(self, **names: Any) -> None:
        """Queue any operation as it is."""
        self.ops.append(names)

    def frame(
        self,
        kind: int = 0,
        *,
        role: str = "holder",
        full: bool = False,
        parts: list[dict[str, Any]] | None = None,
        declared: list[dict[str, Any]] | None = None,
        conceal: tuple[int, ...] = (),
        renew: bool = False,
        step: int = 1,
        pad: int = 0,
        utc: str | None = None,
        verdict: str = "ok",
        overwrite: tuple[tuple[int, int], ...] | None = None,
        carried: tuple[bytes, ...] = (),
        far: bool = False,
        hooks: Hooks | None = None,
    ) -> None:
        """Write one frame and its mirrors; the state moves on, the superblock is the caller's."""

        def hook(name: str, value: Any) -> Any:
            value = (hooks or {}).get(name, lambda same: same)(value)
            if isinstance(value, bytes):
                self.trace[name] = value
            return value

        first = kind == 2 and not self.records
        self.seq = self.seq if first else self.seq + step
        if kind:
            self.barrier_seq, full = self.seq, True
        start, prev = self.next_free, self.head
        position = start + 256
        writes: list[tuple[int, bytes]] = []
        for blob in carried:
            writes.append((position, blob))
            position += len(blob)
        for row in self.fresh:
            row.seq, row.offset = self.seq, position
            blob = hook("item", seal(row.key, context("item", self.cid, row.id, self.seq), row.content, self.rnd(24)))
            writes.append((position, blob))
            position += sealed(row.size)
        summary = copy.deepcopy(self.summary)
        if parts is not None:
            summary.commitments, summary.openings = [], {}
            for index, part in enumerate(parts):
                blind, text = self.rnd(32), canonical(part)
                summary.openings[index] = (blind, text)
                summary.commitments.append(sha(b"coffre1 part\0", blind, text))
        for index in conceal:
            del summary.openings[index]
        if declared is not None:
            summary.declared = [canonical(part) for part in declared]
        rows, day = list(self.rows.values()), self.seq - self.first + 1
        subject = next((row.commitment for row in rows if row.status == LIVE and row.type == "identity"), ZERO32)
        inner = {"v": 1, "seq": self.seq, "prev": prev.hex(), "role": role, "subject": subject.hex()}
        inner |= {"state": hook("state", state_of(rows)).hex(), "ops": self.ops, "software": "vectors"}
        inner_bytes = hook("inner_bytes", canonical(hook("inner", inner)))
        blind = self.rnd(32)
        outer = {"v": 1, "suite": 1, "container": self.cid.hex(), "demo": bool(self.flags & 1), "clock": "host"}
        outer |= {"utc": utc or f"2026-03-{day:02d}T08:00:00Z", "summary": summary_hash(summary.commitments).hex()}
        outer["private"] = sha(b"coffre1 private\0", blind, inner_bytes).hex()
        outer_bytes = hook("outer_bytes", canonical(hook("outer", outer)))
        cms = hook("cms", sign(outer_bytes) if role == "professional" else b"")
        record = hook("record", sized(outer_bytes) + sized(inner_bytes) + blind + sized(cms))
        self.head = sha(record)
        self.records.append(record)
        if parts is not None or declared is not None or conceal or renew:
            if summary.length:
                self.garbage.append((summary.offset, summary.length))
            if parts is not None or not summary.outer:
                summary.outer, summary.cms = outer_bytes, cms
            summary.seq, summary.offset, summary.key = self.seq, position, self.rnd(32)
            room = (summary.mirror // ZONE + 1) % 3 if summary.length else 0
            summary.mirror = room * ZONE + SUMMARY_ROOM
            plain = hook("summary", summary.plain())
            blob = seal(summary.key, context("summary", self.cid, bytes(16), self.seq), plain, self.rnd(24))
            summary.length = len(blob)
            writes += [(position, blob), (summary.mirror, blob)]
            position += len(blob)
            self.summary = summary
        key = derive(self.k_log, "history", self.cid)
        history = seal(key, context("history", self.cid, bytes(16), self.seq), sized(record), self.rnd(24))
        place = (position, len(history))
        writes.append((position, history))
        self.histories.append((self.seq, 1, len(self.logs) - 1, *place))
        position += len(history)
        self.taken = ()
        if overwrite is not None:
            self.taken, self.garbage = (*overwrite, *self.garbage), []
        plain = hook("plain", self.catalogue(full, self.taken, hook))
        packed = hook("deflated", stored(plain))
        blob = seal(self.k_epoch, context("catalogue", self.cid, self.log_id, self.seq), packed, self.rnd(24))
        writes.append((position, blob))
        mirror = 0
        if full:
            self.mirror_zone = self.mirror_zone if far else (self.mirror_zone + 1) % 3
            mirror = position + len(blob) + ZONE if far else self.mirror_zone * ZONE + CATALOGUE_ROOM
            writes.append((mirror, blob))
            self.full, self.recent = (self.seq, position, mirror, len(blob)), (0, 0, 0, 0)
            self.full_histories, self.changed = len(self.histories), set()
        else:
            self.recent = (self.seq, position, 0, len(blob))
        end = align((mirror if far else position) + len(blob)) + pad
        plain = u64(self.seq, start, end - start) + u8(kind) + bytes(7) + prev
        plain += u64(position, len(blob), mirror, int(full), *place) + bytes(16)
        plain = hook("frame", plain)
        key = derive(self.k_log, "frame", self.cid)
        header = seal(key, context("frame", self.cid, self.log_id, 0), plain, self.rnd(24))
        self.next_free = end
        self.img.extend(bytes(max(0, size_for(end) - len(self.img))))
        for offset, data in [(start, header), *writes]:
            self.put(offset, data)
        self.ops, self.fresh = [], []
        self.history.append((self.seq, role, verdict))
        self.snaps.append(self.snap())

    def catalogue(self, full: bool, overwrite: tuple[tuple[int, int], ...], hook: Callable[[str, Any], Any]) -> bytes:
        """Lay out the catalogue (section 8)."""
        s = self.summary
        out = u32(1) + u32(int(full)) + u64(self.seq, self.seq if full else self.full[0])
        out += u64(s.seq, s.offset, s.mirror, s.length) + s.key
        logs = self.logs if full else []
        histories = hook("histories", self.histories if full else self.histories[self.full_histories :])
        rows = [row for row in self.rows.values() if full or row.id in self.changed]
        rows = hook("rows", copy.deepcopy(sorted(rows, key=lambda row: row.id)))
        for count in (logs, histories, self.garbage, overwrite, rows):
            out += u32(len(count))
        out += b"".join(logs)
        for first, count, log, offset, length in histories:
            out += u64(first) + u32(count) + u32(log) + u64(offset, length)
        for offset, length in (*self.garbage, *overwrite):
            out += u64(offset, length)
        return bytes(out + b"".join(row.bytes() for row in rows))

    def snap(self) -> Snap:
        """Say what this commit shows."""
        rows = sorted((row for row in self.rows.values() if row.status != ERASED), key=lambda row: row.id)
        items = [(row.id.hex(), STATUS[row.status], row.type, row.hash.hex()) for row in rows]
        parts = [(index, sha(part).hex()) for index, (_, part) in sorted(self.summary.openings.items())]
        return Snap(self.seq, self.head, items, parts, list(self.history))

    # --- whole operations ---

    def create(self, **how: Any) -> "Record":
        """Write headers, one base frame and four superblocks (section 13.3)."""
        self.put_header()
        self.frame(2, **how)
        for slot in range(4):
            self.superblock(slot, how.get("hooks"))
        return self

    def commit(self, **how: Any) -> Snap:
        """Write an ordinary commit (section 13.1)."""
        self.frame(0, **how)
        self.superblock(hooks=how.get("hooks"))
        return self.snaps[-1]

    def barrier(self, header: bytes | None = None, **how: Any) -> Iterator[str]:
        """Write a barrier (section 13.2); each value names the write just made durable."""
        if header:
            self.header = header
        start = self.next_free
        self.frame(1, **how)
        yield "frame"
        self.pending = 3
        own = self.seq % 4
        self.superblock(hooks=how.get("hooks"))
        yield "first"
        for zone in range(4 if header else 0):
            self.put_header((zone,))
            yield f"header {zone}"
        for slot in (s for s in range(4) if s != own):
            self.superblock(slot)
            yield f"other {slot}"
        for offset, length in self.taken:
            for page in range(offset // STEP * STEP, offset + length, STEP):
                if page < start and not any(a < page + STEP and page < a + n for a, n in self.alive()):
                    self.put(page, bytes(STEP))
        s = self.summary
        for zone in range(4):
            room = zone * ZONE + SUMMARY_ROOM
            kept = bytes(self.img[room : room + s.length]) if s.length and s.mirror == room else b""
            self.put(room, kept.ljust(896 << 10, b"\0"))
        yield "wiped"
        self.pending = 0
        for slot in ((own + later) % 4 for later in (1, 2, 3, 4)):
            self.superblock(slot)
            yield f"done {slot}"

    def alive(self) -> list[tuple[int, int]]:
        """List what a barrier must not overwrite in the log."""
        live = [(row.offset, sealed(row.size)) for row in self.rows.values() if row.status != ERASED]
        live += [row[3:] for row in self.histories]
        return [*live, (self.summary.offset, self.summary.length), (self.full[1], self.full[3])]

    def compact(self, name: str, **how: Any) -> "Record":
        """Write a new file with one base frame (section 14)."""
        new = self.fork(name)
        new.img = bytearray(20 << 20)
        new.log_id, new.k_epoch, new.next_free, new.mirror_zone = new.rnd(16), new.rnd(32), LOG, -1
        new.garbage, position, carried = [], LOG + 256, []
        for row in (row for row in new.rows.values() if row.status != ERASED):
            carried.append(bytes(self.img[row.offset : row.offset + sealed(row.size)]))
            row.offset, position = position, position + len(carried[-1])
        if (s := new.summary).length:
            carried.append(bytes(self.img[s.offset : s.offset + s.length]))
            s.offset, position = position, position + s.length
            new.put(s.mirror, carried[-1])
        key = derive(new.k_log, "history", new.cid)
        plain = b"".join(map(sized, new.records))
        carried.append(seal(key, context("history", new.cid, bytes(16), new.first), plain, new.rnd(24)))
        new.histories = [(new.first, len(new.records), len(new.logs) - 1, position, len(carried[-1]))]
        new.op(op="compact")
        return new.create(carried=tuple(carried), **how)

    def finish(self, steps: Iterator[str], until: str | None = None) -> "Record":
        """Run a barrier to the named step, or to its end."""
        for step in steps:
            if step == until:
                break
        return self
