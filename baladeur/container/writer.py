"""Committing: ordinary commits, barriers, and the repairs that a write session makes first.

Source: schemas/container.md section 13. The order of writes and fsyncs is the format's promise;
tests replay every crash between any two of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from baladeur.container import canonical, suite
from baladeur.container.catalogue import (
    ERASED,
    LIVE,
    MAX_META,
    RECENT_LIMIT,
    REPLACED,
    WITHDRAWN,
    Catalogue,
    Row,
    View,
    state,
)
from baladeur.container.frame import PIECE, Checked, FrameWriter
from baladeur.container.layout import (
    LOG,
    SUMMARY_ROOM,
    ZERO32,
    ZONE,
    ZONES,
    Commit,
    Header,
    Pointer,
    Vital,
    file_size,
    finished,
    make_superblock,
    superblock_at,
)
from baladeur.container.state import READ_ONLY, State, read_summary
from baladeur.container.statement import HOLDER_TYPES, TYPE, make_record
from baladeur.container.summary import Summary
from baladeur.errors import (
    CapExceeded,
    ConsentNeeded,
    HolderNotAllowed,
    ItemErased,
    Malformed,
    NoSuchItem,
    PointerOutside,
    WriteRefused,
)


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item to add; with `of`, the version that takes that item's place. content: bytes, or a file to its end."""

    type: str
    title: str
    content: bytes | BinaryIO
    date: str = ""
    media: str = "application/fhir+json"
    of: bytes | None = None
    dossier_only: bool = False

    def meta(self) -> bytes:
        """Canonical meta. Raises CapExceeded or WriteRefused."""
        value = {"type": self.type, "title": self.title, "date": self.date, "media": self.media}
        if self.of is not None:
            value["of"] = self.of.hex()
        try:
            meta = canonical.dumps(value)
        except ValueError as error:
            raise WriteRefused(str(error)) from None
        if len(meta) > MAX_META:
            raise CapExceeded("meta")
        if not TYPE.fullmatch(self.type):
            raise WriteRefused("item type")
        return meta


@dataclass(frozen=True, slots=True)
class Change:
    """What one commit does. `parts` are the lines of the emergency page (None: unchanged), each canonical JSON."""

    add: Sequence[NewItem] = ()
    withdraw: Sequence[bytes] = ()
    erase: Sequence[bytes] = ()
    visibility: Mapping[bytes, bool] = field(default_factory=dict)  # id → dossier only
    conceal: Sequence[int] = ()
    parts: Sequence[bytes] | None = None
    declared: Sequence[bytes] | None = None


@dataclass(frozen=True, slots=True)
class Author:
    """Who commits, and when. `sign` turns the signed content into a CMS; None is the holder."""

    utc: str
    sign: Callable[[bytes], bytes] | None = None
    clock: str = "host"
    software: str = "baladeur"

    @property
    def role(self) -> str:
        return "professional" if self.sign else "holder"


@dataclass(frozen=True, slots=True)
class Rekey:
    """New keys that a barrier puts in force; None keeps the present one."""

    what: str
    header: Header
    root: bytes | None = None
    vital: bytes | None = None
    log_key: bytes | None = None


def commit(st: State, change: Change, author: Author, rekey: Rekey | None = None, *, agreed: bool = False) -> None:
    """Write one commit and make it the state in force. Raises WriteRefused and its kinds, MediumError and its kinds.

    After an error the record stands at its last commit or at the new one; open it again to go on.
    """
    going_on = bool(st.blocked)
    if going_on and not agreed:
        raise ConsentNeeded(", ".join(st.blocked))
    barrier = bool(change.erase or rekey or going_on)
    c = st.commit
    seq = st.highest + 2 if going_on else c.seq + 1
    new = replace(c, seq=seq)
    if barrier:
        header = rekey.header if rekey else st.header
        new = replace(
            new,
            barrier=seq,
            pending=3,
            epoch=suite.random(32),
            generation=header.generation,
            header_digest=header.digest,
            vital=(rekey and rekey.vital) or c.vital,
            log_key=(rekey and rekey.log_key) or c.log_key,
        )
    out = Checked(st.medium)
    frame = FrameWriter(out, st.header, new, st.end if going_on else c.next_free, int(barrier), c.head)

    changed, ops = apply_change(st, change, author, frame)
    if rekey:
        ops.append({"op": "secrets", "what": rekey.what})
    rows = {**st.view.rows, **changed}
    old = present_summary(st)
    summary = next_summary(old, change, changed, author)
    record = make_record(
        st.header, inner_statement(new, rows, ops, author), summary.digest, author.utc, author.clock, author.sign
    )
    if change.parts is not None or not summary.outer:
        summary.outer, summary.cms = record.outer, record.cms

    mirrors: list[tuple[int, bytes]] = []
    base = st.view.newest
    catalogue = Catalogue(False, seq, st.view.full.seq, base.summary, base.summary_key, garbage=list(base.garbage))
    if summary.pack() != (old.pack() if base.summary.length else b"") or (rekey and rekey.vital):
        if base.summary.length:
            catalogue.garbage.append((base.summary.offset, base.summary.length))
        catalogue.summary_key = suite.random(32)
        catalogue.summary = frame.put_summary(summary, catalogue.summary_key, mirrors)
    logs = st.view.full.logs + ([new.log_key] if new.log_key != c.log_key else [])
    history = frame.put_records([(seq, record.pack())], len(logs) - 1)
    catalogue.history = (st.view.recent.history if st.view.recent else []) + history
    catalogue.rows = {**(st.view.recent.rows if st.view.recent else {}), **changed}
    packed = catalogue.pack()
    if full := barrier or len(packed) > RECENT_LIMIT or st.has("catalogue-copy-damaged"):
        catalogue = replace(
            catalogue, full=True, base=seq, logs=logs, rows=rows, history=st.view.full.history + catalogue.history
        )
        if barrier:
            erased = [(r.offset, r.length) for i in change.erase if (r := st.view.rows[i])]
            catalogue.overwrite, catalogue.garbage = [*erased, *catalogue.garbage], []
            _check_overwrite(catalogue, rows)
        packed = catalogue.pack()
    pointer = frame.put_catalogue(packed, full, c.full.mirror, mirrors)
    for offset, blob in mirrors:
        out.write(offset, blob)
    written = frame.close()
    new = replace(
        new,
        head=record.head,
        next_free=written.end,
        full=pointer if full else c.full,
        recent=Pointer() if full else pointer,
    )
    st.medium.sync()
    st.commit, st.record = new, record
    st.view = View.of(catalogue, None) if full else View.of(st.view.full, catalogue)
    st.highest, st.end = seq, written.end
    if rekey:
        st.header, st.root = rekey.header, rekey.root or st.root
    _write_superblock(st, out, seq % ZONES)
    st.medium.sync()
    out.verify()
    if barrier:
        finish_barrier(st)
    st.findings[:] = [f for f in st.findings if f.name not in READ_ONLY]


def apply_change(
    st: State, change: Change, author: Author, frame: FrameWriter
) -> tuple[dict[bytes, Row], list[dict[str, Any]]]:
    """Write the new items; the rows that change and the ops. Raises NoSuchItem, ItemErased, HolderNotAllowed."""
    changed: dict[bytes, Row] = {}
    ops: list[dict[str, Any]] = []

    def present(id_: bytes) -> Row:
        row = changed.get(id_) or st.view.rows.get(id_)
        if row is None:
            raise NoSuchItem
        if row.status == ERASED:
            raise ItemErased
        return row

    def live(id_: bytes) -> Row:
        if (row := present(id_)).status != LIVE:
            raise WriteRefused("the entry is not the present version")
        return row

    for item in change.add:  # who may do it is asked before a byte is written
        touched = [item.type] + ([row_meta(live(item.of))["type"]] if item.of else [])
        _allow(author, *touched)
    for id_ in change.withdraw:
        _allow(author, row_meta(live(id_))["type"])
    for item in change.add:
        row = frame.item(item.meta(), item.content, int(item.dossier_only))
        changed[row.id] = row
        op = {"op": "add", "id": row.id.hex(), "type": item.type, "commitment": row.commitment().hex()}
        if item.of is not None:
            changed[item.of] = live(item.of)._replace(status=REPLACED)
            op |= {"op": "replace", "of": item.of.hex()}
        ops.append(op)
        if item.dossier_only:
            ops.append({"op": "visibility", "of": row.id.hex(), "value": "dossier"})
    for id_ in change.withdraw:
        changed[id_] = live(id_)._replace(status=WITHDRAWN)
        ops.append({"op": "withdraw", "of": id_.hex()})
    for id_, dossier_only in change.visibility.items():
        changed[id_] = live(id_)._replace(visibility=int(dossier_only))
        ops.append({"op": "visibility", "of": id_.hex(), "value": "dossier" if dossier_only else "all"})
    for id_ in change.erase:
        changed[id_] = present(id_).tombstone()
        ops.append({"op": "erase", "of": id_.hex()})
    if change.conceal:
        ops.append({"op": "conceal", "parts": list(change.conceal)})
    return changed, ops


def _allow(author: Author, *types: str) -> None:
    if author.sign is None and not HOLDER_TYPES.issuperset(types):
        raise HolderNotAllowed


def row_meta(row: Row) -> dict[str, Any]:
    """The meta of a row as a value. Raises Malformed."""
    try:
        meta = canonical.load_object(row.meta)
    except ValueError:
        raise Malformed("meta") from None
    if not all(isinstance(meta.get(name), str) for name in ("type", "title", "date", "media")):
        raise Malformed("meta")
    return meta


def inner_statement(
    new: Commit, rows: Mapping[bytes, Row], ops: list[dict[str, Any]], author: Author
) -> dict[str, Any]:
    # Only rows that hold the word can be the identity: the others need no parsing.
    identities = [
        r for r in rows.values() if r.status == LIVE and b'"identity"' in r.meta and row_meta(r)["type"] == "identity"
    ]
    if len(identities) > 1:
        raise WriteRefused("a record has one identity")
    return {
        "v": 1,
        "seq": new.seq,
        "prev": new.head.hex(),
        "role": author.role,
        "subject": (identities[0].commitment() if identities else ZERO32).hex(),
        "state": state(rows.values()).hex(),
        "ops": ops,
        "software": author.software,
    }


def present_summary(st: State) -> Summary:
    """The summary in force; an empty one if there is none. Raises SummaryDamaged."""
    newest = st.view.newest
    if not newest.summary.length:
        return Summary()
    return read_summary(st.medium, st.header, newest.summary, newest.summary_key)[0]


def next_summary(old: Summary, change: Change, changed: Mapping[bytes, Row], author: Author) -> Summary:
    if change.parts is not None:
        if author.sign is None and change.parts:
            raise HolderNotAllowed
        declared = old.declared if change.declared is None else change.declared
        return Summary.of(change.parts, declared)
    erased = [i for i, row in changed.items() if row.status == ERASED]
    if not set(change.conceal) <= set(old.openings):
        raise NoSuchItem("line")
    summary = old.without(erased, change.conceal)
    if change.declared is not None:
        summary = replace(summary, declared=Summary.of((), change.declared).declared)
    return summary


def _check_overwrite(catalogue: Catalogue, rows: Mapping[bytes, Row]) -> None:
    """No range to be overwritten may touch a live blob: a hostile catalogue must not destroy entries."""
    keep = [(r.offset, r.length) for r in rows.values() if r.status != ERASED]
    keep += [(h.offset, h.length) for h in catalogue.history]
    keep.append((catalogue.summary.offset, catalogue.summary.length))
    marks = sorted([(o, o + n, False) for o, n in keep if n] + [(o, o + n, True) for o, n in catalogue.overwrite if n])
    end, kind = LOG, True
    for start, stop, gone in marks:
        if start < end and (gone or kind) and not (gone and kind):
            raise PointerOutside("a blob to be overwritten touches one that stays")
        if stop > end:
            end, kind = stop, gone


def _write_superblock(st: State, out: Checked, slot: int) -> None:
    newest = st.view.newest
    vital = Vital(st.commit.seq, newest.summary, newest.summary_key)
    out.write(superblock_at(slot), make_superblock(st.header.container_id, slot, st.root, vital, st.commit))
    st.slots[slot] = st.commit


def finish_barrier(st: State) -> None:
    """Steps 3 to 6 of a barrier (section 13.2), whether just begun or found unfinished."""
    out = Checked(st.medium)
    first = st.commit.seq % ZONES
    _write_headers(st, out)
    for slot in range(first + 1, first + ZONES):
        _write_superblock(st, out, slot % ZONES)
        st.medium.sync()
    for offset, length in st.view.full.overwrite:
        _scramble(out, offset, offset + length)
    live = st.view.newest.summary
    for zone in range(ZONES):
        start, stop = zone * ZONE + SUMMARY_ROOM[0], zone * ZONE + SUMMARY_ROOM[1]
        if start <= live.mirror < stop:
            start = live.mirror + live.length
        _scramble(out, start, stop)
    st.medium.sync()
    st.commit = finished(st.commit)
    for slot in range(first, first + ZONES):
        _write_superblock(st, out, slot % ZONES)
        st.medium.sync()
    out.verify()


def _scramble(out: Checked, start: int, stop: int) -> None:
    while start < stop:
        length = min(PIECE, stop - start)
        out.medium.write(start, suite.random(length))
        start += length


def _write_headers(st: State, out: Checked) -> None:
    for zone in range(ZONES):
        if st.copies[zone] != st.header.raw:
            out.write(zone * ZONE, st.header.raw)
            st.medium.sync()
            st.copies[zone] = st.header.raw


def repair(st: State) -> None:
    """What a write session mends before its first commit; it may be cut anywhere and done again."""
    if st.blocked:
        return  # not before the user agreed: the evidence would go
    out = Checked(st.medium)
    if st.commit.pending:
        finish_barrier(st)
    newest = st.commit.seq % ZONES
    for slot in (newest, *(s for s in range(ZONES) if s != newest)):
        found, vital = st.slots[slot], st.vitals[slot]
        if found is None or found.seq < st.commit.expected(slot) or vital is None or st.has("part-a-forged"):
            _write_superblock(st, out, slot)
            st.medium.sync()
    _write_headers(st, out)
    wanted = file_size(st.commit.next_free)
    if st.medium.size() < wanted:
        _scramble(out, st.medium.size(), wanted)
        st.medium.sync()
    out.verify()
