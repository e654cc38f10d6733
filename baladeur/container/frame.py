"""One frame under construction: blobs are sealed and placed, pointers come back, the bytes land in few writes.

Source: schemas/container.md sections 7, 8 and 13.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from baladeur.container import suite
from baladeur.container.catalogue import LIVE, MAX_CONTENT, HistoryRow, Row
from baladeur.container.layout import (
    CATALOGUE_ROOM,
    FRAME_HEAD,
    LOG,
    MAX_SIZE,
    SUMMARY_ROOM,
    ZONE,
    Commit,
    Frame,
    Header,
    Pointer,
    file_size,
    up,
)
from baladeur.container.medium import Medium
from baladeur.container.statement import MAX_BLOB, MAX_RECORD, pack_blob
from baladeur.container.suite import MIB
from baladeur.container.summary import Summary
from baladeur.errors import CapExceeded, MediumFull, NotVerified

PIECE = 1 * MIB
BUFFER = 4 * MIB
CHECK_ALWAYS = 256 * suite.KIB


class Checked:
    """Writes to a medium and can read them back from it.

    With `whole` every write is checked, else those up to 256 KiB: bulk content is hashed when it is read anyway.
    """

    def __init__(self, medium: Medium, whole: bool = False) -> None:
        self.medium, self.whole = medium, whole
        self.done: dict[int, tuple[int, bytes]] = {}  # the last write at an offset counts

    def write(self, offset: int, data: bytes | bytearray) -> None:
        self.medium.write(offset, memoryview(data))
        if self.whole or len(data) <= CHECK_ALWAYS:
            self.done[offset] = (len(data), hashlib.sha256(data).digest())

    def verify(self) -> None:
        """After a sync: read back from the medium, not from the cache. Raises NotVerified."""
        for offset, (length, digest) in self.done.items():
            self.medium.forget(offset, length)
            if hashlib.sha256(self.medium.read(offset, length)).digest() != digest:
                raise NotVerified
        self.done.clear()


class FrameWriter:
    """Builds the frame of `commit` at `offset`; the first buffer is kept back so that the header goes with it."""

    def __init__(self, out: Checked, header: Header, commit: Commit, offset: int, kind: int, prev: bytes) -> None:
        self.out, self.header, self.commit, self.offset = out, header, commit, offset
        self.kind, self.prev = kind, prev
        self.first = bytearray(FRAME_HEAD)
        self.buffer: bytearray | None = None  # the buffer after the first, once that is full
        self.base = offset
        self.at = offset + FRAME_HEAD
        self.history = (0, 0)
        self.catalogue = Pointer()
        self.full = False

    def _put(self, data: bytes) -> None:
        if self.at + len(data) > MAX_SIZE:
            raise MediumFull("a record may be 3900 MiB")
        target = self.first if self.buffer is None else self.buffer
        target += data
        self.at += len(data)
        if len(target) >= BUFFER:
            if self.buffer is not None:
                self.out.write(self.base, self.buffer)
            self.buffer, self.base = bytearray(), self.at

    def _seal(self, key: bytes, label: str, message: bytes, object_id: bytes = bytes(16)) -> tuple[int, int, bytes]:
        blob = suite.seal(key, suite.context(label, self.header.container_id, object_id, self.commit.seq), message)
        start = self.at
        self._put(blob)
        return start, len(blob), blob

    def item(self, meta: bytes, content: bytes | BinaryIO, visibility: int, id_: bytes | None = None) -> Row:
        """Seal a new item; content is bytes or a file read from where it stands to its end."""
        fresh = suite.random(80)  # one system call
        id_, key, blind = id_ or fresh[:16], fresh[16:48], fresh[48:]
        digest, start, size = hashlib.sha256(), self.at, 0
        ctx = suite.context("item", self.header.container_id, id_, self.commit.seq)

        def pieces() -> Iterator[bytes | memoryview]:
            nonlocal size
            for piece in _pieces(content):
                digest.update(piece)
                size += len(piece)
                if size > MAX_CONTENT:
                    raise CapExceeded("item")
                yield piece

        for sealed_piece in suite.seal_stream(key, ctx, pieces()):
            if sealed_piece:
                self._put(sealed_piece)
        return Row(id_, LIVE, visibility, self.commit.seq, start, size, key, blind, digest.digest(), meta)

    def copy(self, source: Medium, row: Row) -> Row:
        """Take over a sealed item byte for byte, after a check that it opens. Raises SealBroken."""
        blob = source.read(row.offset, row.length)
        content = suite.unseal(row.key, suite.context("item", self.header.container_id, row.id, row.seq), blob)
        if hashlib.sha256(content).digest() != row.digest:
            raise suite.SealBroken
        start = self.at
        self._put(blob)
        return row._replace(offset=start)

    def put_summary(self, summary: Summary, key: bytes, former: int, mirrors: list[tuple[int, bytes]]) -> Pointer:
        """Write a summary; its mirror (offset, blob), in the room after the former mirror's, is left to the caller."""
        offset, length, blob = self._seal(key, "summary", summary.pack())
        mirror = ((former // ZONE + 1) % 3 if former else 0) * ZONE + SUMMARY_ROOM[0]
        mirrors.append((mirror, blob))
        return Pointer(self.commit.seq, offset, mirror, length)

    def put_records(self, records: Iterable[tuple[int, bytes]], log: int) -> list[HistoryRow]:
        """Write (seq, record) pairs as few history blobs; the last one counts as this commit's."""
        rows: list[HistoryRow] = []
        batch: list[tuple[int, bytes]] = []

        def flush() -> None:
            key = suite.derive(self.commit.log_key, "history", self.header.container_id)
            ctx = suite.context("history", self.header.container_id, seq=batch[0][0])
            blob = suite.seal(key, ctx, pack_blob(r for _, r in batch))
            rows.append(HistoryRow(batch[0][0], len(batch), log, self.at, len(blob)))
            self.history = (self.at, len(blob))
            self._put(blob)
            batch.clear()

        for pair in records:
            if batch and sum(len(r) for _, r in batch) + len(pair[1]) > MAX_BLOB - MAX_RECORD:
                flush()
            batch.append(pair)
        flush()
        return rows

    def put_catalogue(self, packed: bytes, full: bool, former: int, mirrors: list[tuple[int, bytes]]) -> Pointer:
        """Write a catalogue; a full one twice (section 8), the room after the former mirror's."""
        offset, length, blob = self._seal(self.commit.epoch, "catalogue", packed, self.commit.log_id)
        mirror = 0
        if full and length <= CATALOGUE_ROOM[1] - CATALOGUE_ROOM[0]:
            zone = (former // ZONE + 1) % 3 if 0 < former < LOG else 0
            mirror = zone * ZONE + CATALOGUE_ROOM[0]
            mirrors.append((mirror, blob))
        elif full:
            self._random(4 * MIB)
            mirror = self.at
            self._put(blob)
        self.catalogue, self.full = Pointer(self.commit.seq, offset, mirror, length), full
        return self.catalogue

    def _random(self, length: int) -> None:
        while length:
            self._put(suite.random(min(length, PIECE)))
            length -= min(length, PIECE)

    def close(self) -> Frame:
        """Pad, seal the header and write everything that is not written yet. The caller syncs."""
        end = up(self.at)
        size = self.out.medium.size()
        self._random(end - self.at)
        frame = Frame(
            self.commit.seq, self.offset, end - self.offset, self.kind, self.prev, self.catalogue.offset,
            self.catalogue.length, self.catalogue.mirror, self.full, *self.history,
        )  # fmt: skip
        key = suite.derive(self.commit.log_key, "frame", self.header.container_id)
        self.first[:FRAME_HEAD] = frame.seal(key, self.header.container_id, self.commit.log_id)
        if file_size(end) > size:
            self._random(file_size(end) - end)
        self.out.write(self.offset, self.first)
        if self.buffer:
            self.out.write(self.base, self.buffer)
        return frame


def _pieces(content: bytes | BinaryIO) -> Iterator[bytes | memoryview]:
    if isinstance(content, bytes):
        if len(content) <= PIECE:
            yield content
            return
        view = memoryview(content)
        for at in range(0, len(content), PIECE):
            yield view[at : at + PIECE]  # no copy
        return
    while piece := content.read(PIECE):
        yield piece
