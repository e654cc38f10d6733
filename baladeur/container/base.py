"""A file from its first byte: creation, and compaction into a new file.

Source: schemas/container.md sections 13.3 and 14. Both write one base frame and read the whole file back.
"""

from collections.abc import Mapping
from dataclasses import replace

from baladeur.container import suite
from baladeur.container.access import slots_for
from baladeur.container.catalogue import ERASED, Catalogue, View
from baladeur.container.change import Author, Change
from baladeur.container.frame import Checked, FrameWriter
from baladeur.container.layout import (
    BLOCK,
    LOG,
    SUPERBLOCK_AT,
    ZERO32,
    ZONE,
    ZONES,
    Commit,
    Header,
    Pointer,
    Vital,
    make_header,
    make_superblock,
)
from baladeur.container.medium import Medium
from baladeur.container.secret import Secret
from baladeur.container.state import State, read_history
from baladeur.container.statement import Record, make_record
from baladeur.container.suite import SealBroken
from baladeur.container.summary import Summary
from baladeur.container.writer import apply_change, inner_statement, next_summary, summary_or_hash
from baladeur.errors import ConsentNeeded, HolderNotAllowed, ItemDamaged


def create(
    medium: Medium, secrets: Mapping[int, Secret], change: Change, author: Author, *, demo: bool = False
) -> None:
    """Write a new container on an empty medium and check it. Raises NotVerified, MediumError's kinds, WriteRefused."""
    if author.sign is not None:
        raise HolderNotAllowed("a record begins with its holder")
    root, vital = suite.random(32), suite.random(32)
    cid = suite.random(16)
    header = make_header(cid, demo, 1, slots_for(cid, secrets, root, vital), root)
    seq = (1 << 16) + int.from_bytes(suite.random(8), "little") % ((1 << 31) - (1 << 16))
    log_key = suite.random(32)
    commit = _first(seq, header, suite.random(16), log_key, vital)
    empty = View.of(Catalogue(True, seq, seq, logs=[log_key]), None)
    st = State(
        medium,
        header,
        [b""] * ZONES,
        root,
        0,
        commit,
        empty,
        Record(b"", b"", b"", b""),
        [None] * ZONES,
        [None] * ZONES,
        seq,
        LOG,
    )
    _write(medium, st, commit, change, author, [], [])


def compact(st: State, target: Medium, author: Author) -> None:
    """Write the record anew into an empty medium, without what is dead.

    Raises ConsentNeeded, ItemDamaged, NotVerified.
    """
    if st.blocked or st.commit.pending:
        raise ConsentNeeded(", ".join(st.blocked))
    records = []
    for row in st.view.history:
        try:
            found = read_history(st.medium, st.header, st.view, row)
        except SealBroken:
            raise ItemDamaged("history") from None
        records += [(r.seq, r.pack()) for r in found]
    c = st.commit
    commit = Commit(
        c.seq + 1, c.first_seq, c.seq + 1, c.generation, LOG, 0, c.head, c.header_digest, suite.random(16),
        suite.random(32), c.log_key, c.vital, Pointer(), Pointer(),
    )  # fmt: skip
    _write(target, st, commit, Change(), author, records, [{"op": "compact"}])


def _first(seq: int, header: Header, log_id: bytes, log_key: bytes, vital: bytes) -> Commit:
    return Commit(
        seq, seq, seq, header.generation, LOG, 0, ZERO32, header.digest, log_id, suite.random(32), log_key, vital,
        Pointer(), Pointer(),
    )  # fmt: skip


def _write(
    medium: Medium,
    st: State,
    commit: Commit,
    change: Change,
    author: Author,
    archive: list[tuple[int, bytes]],
    more_ops: list[dict[str, object]],
) -> None:
    out = Checked(medium, whole=True)
    frame = FrameWriter(out, st.header, commit, LOG, 2, commit.head)
    kept = {}
    for row in st.view.rows.values():
        try:
            kept[row.id] = row if row.status == ERASED else frame.copy(st.medium, row)
        except SealBroken:
            raise ItemDamaged(row.id.hex()) from None
    changed, ops = apply_change(st, change, author, frame)
    rows = {**kept, **changed}
    old, digest = summary_or_hash(st)
    summary = next_summary(old or Summary(), change, rows, author)
    inner = inner_statement(commit, rows, [*ops, *more_ops], author)
    record = make_record(st.header, inner, summary.digest if old else digest, author.utc, author.clock, author.sign)
    catalogue = Catalogue(True, commit.seq, commit.seq, logs=list(st.view.full.logs), rows=rows)
    mirrors: list[tuple[int, bytes]] = []
    if old and (summary.outer or summary.declared):
        if not summary.outer:
            summary.outer, summary.cms = record.outer, record.cms
        catalogue.summary_key = suite.random(32)
        catalogue.summary = frame.put_summary(summary, catalogue.summary_key, 0, mirrors)
    log = len(catalogue.logs) - 1
    catalogue.history = frame.put_records(archive, log) if archive else []
    catalogue.history += frame.put_records([(commit.seq, record.pack())], log)
    full = frame.put_catalogue(catalogue.pack(), True, 0, mirrors)
    written = frame.close()
    commit = replace(commit, head=record.head, next_free=written.end, full=full)
    vital = Vital(commit.seq, catalogue.summary, catalogue.summary_key)
    for zone in range(ZONES):
        block = bytearray(suite.random(ZONE))
        superblock = make_superblock(st.header.container_id, zone, st.root, vital, commit)
        block[SUPERBLOCK_AT : SUPERBLOCK_AT + BLOCK] = superblock
        for offset, blob in mirrors:
            if offset // ZONE == zone:
                block[offset % ZONE : offset % ZONE + len(blob)] = blob
        out.write(zone * ZONE + BLOCK, block[BLOCK:])
    medium.sync()
    out.verify()
    # The header copies come last: a file that has one was written and checked whole.
    for zone in range(ZONES):
        out.write(zone * ZONE, st.header.raw)
    medium.sync()
    out.verify()
