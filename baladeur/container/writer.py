"""Committing: ordinary commits and barriers.

Source: schemas/container.md section 13. The order of writes and fsyncs is the format's promise;
tests replay every crash between any two of them.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from baladeur.container import suite
from baladeur.container.catalogue import (
    ERASED,
    LIVE,
    MAX_INFLATED,
    MAX_ITEMS,
    RECENT_LIMIT,
    REPLACED,
    WITHDRAWN,
    Catalogue,
    Known,
    Row,
    View,
    state,
)
from baladeur.container.change import Author, Change, Rekey, row_meta
from baladeur.container.frame import Checked, FrameWriter
from baladeur.container.layout import ZERO32, ZONES, Commit, Header, Pointer, make_header
from baladeur.container.repair import finish_barrier, write_superblock
from baladeur.container.state import READ_ONLY, State, read_summary
from baladeur.container.statement import HOLDER_TYPES, NO_SUMMARY, make_record
from baladeur.container.summary import Summary, part_items
from baladeur.errors import (
    CapExceeded,
    ConsentNeeded,
    ContainerError,
    HolderNotAllowed,
    ItemErased,
    NoSuchItem,
    StatementMalformed,
    WriteRefused,
)


def commit(st: State, change: Change, author: Author, rekey: Rekey | None = None, *, agreed: bool = False) -> None:
    """Write one commit and make it the state in force. Raises WriteRefused and its kinds, MediumError and its kinds.

    After an error the record stands at its last commit or at the new one; open it again to go on.
    """
    going_on = bool(st.blocked)
    if going_on and not agreed:
        raise ConsentNeeded(", ".join(st.blocked))
    # A line that falls must fall from the older superblocks too: the holder of the emergency code has their keys.
    falls = change.erase or change.conceal or any(change.visibility.values())
    barrier = bool(falls or rekey or going_on)
    c, before = st.commit, st.header
    seq = st.highest + 2 if going_on else c.seq + 1
    new = replace(c, seq=seq)
    if barrier:
        header, vital = (rekey.header, rekey.vital or c.vital) if rekey else _kept_access(st)
        new = replace(
            new,
            barrier=seq,
            pending=3,
            epoch=suite.random(32),
            generation=header.generation,
            header_digest=header.digest,
            vital=vital,
            log_key=(rekey and rekey.log_key) or c.log_key,
        )
    out = Checked(st.medium)
    frame = FrameWriter(out, st.header, new, st.end if going_on else c.next_free, int(barrier), c.head)

    changed, ops = apply_change(st, change, author, frame)
    if rekey:
        ops.append({"op": "secrets", "what": rekey.what})
    rows = {**st.view.rows, **changed}
    old, digest = summary_or_hash(st)
    summary = next_summary(old or Summary(), change, rows, author)
    digest = summary.digest if change.parts is not None or old else digest
    inner = inner_statement(new, rows, ops, author, st.view.known)
    record = make_record(st.header, inner, digest, author.utc, author.clock, author.sign)
    if change.parts is not None or not summary.outer:
        summary.outer, summary.cms = record.outer, record.cms

    mirrors: list[tuple[int, bytes]] = []
    base = st.view.newest
    catalogue = Catalogue(False, seq, st.view.full.seq, base.summary, base.summary_key, garbage=list(base.garbage))
    unchanged = old is None or (base.summary.length > 0 and summary.pack() == old.pack() and new.vital == c.vital)
    if change.parts is not None or not unchanged:
        if base.summary.length:
            catalogue.garbage.append((base.summary.offset, base.summary.length))
        catalogue.summary_key = suite.random(32)
        catalogue.summary = frame.put_summary(summary, catalogue.summary_key, base.summary.mirror, mirrors)
    logs = st.view.full.logs + ([new.log_key] if new.log_key != c.log_key else [])
    history = frame.put_records([(seq, record.pack())], len(logs) - 1)
    catalogue.history = (st.view.recent.history if st.view.recent else []) + history
    catalogue.rows = {**(st.view.recent.rows if st.view.recent else {}), **changed}
    # Ids, keys, blinds and hashes do not deflate: so many rows are over the limit whatever the rest.
    full = barrier or 112 * len(catalogue.rows) > RECENT_LIMIT or st.has("catalogue-copy-damaged")
    packed = b"" if full else catalogue.pack()
    if full := full or len(packed) > RECENT_LIMIT:
        catalogue = replace(
            catalogue, full=True, base=seq, logs=logs, rows=rows, history=st.view.full.history + catalogue.history
        )
        if barrier:
            erased = [(r.offset, r.length) for i in change.erase if (r := st.view.rows[i])]
            catalogue.overwrite, catalogue.garbage = [*erased, *catalogue.garbage], []
        packed = catalogue.pack()
    else:
        _check_room_for_full(st, catalogue, rows)
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
    st.view = View.of(catalogue if full else st.view.full, None if full else catalogue, st.view.known)
    st.highest, st.end = seq, written.end
    if barrier:
        st.header, st.root = header, (rekey and rekey.root) or st.root
    write_superblock(st, out, seq % ZONES)
    st.medium.sync()
    out.verify()
    if barrier:
        finish_barrier(st)
    st.findings[:] = [f for f in st.findings if f.name not in READ_ONLY]
    if barrier and not rekey and header.raw != before.raw:
        st.note("emergency-code-removed")


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

    coming: dict[bytes, str] = {}  # an item may be replaced or withdrawn by the change that brings it
    for item in change.add:  # who may do it is asked before a byte is written
        touched = [item.type] + ([coming.get(item.of) or row_meta(live(item.of))["type"]] if item.of else [])
        _allow(author, *touched)
        coming |= {item.id: item.type} if item.id else {}
    for id_ in change.withdraw:
        _allow(author, coming.get(id_) or row_meta(live(id_))["type"])
    for item in change.add:
        if item.id is not None and (len(item.id) != 16 or item.id in st.view.rows or item.id in changed):
            raise WriteRefused("item id")
        row = frame.item(item.meta(), item.content, int(item.dossier_only), item.id)
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


def inner_statement(
    new: Commit, rows: Mapping[bytes, Row], ops: list[dict[str, Any]], author: Author, known: Known | None = None
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
        "state": state(rows.values(), known).hex(),
        "ops": ops,
        "software": author.software,
    }


def present_summary(st: State) -> Summary:
    """The summary in force; an empty one if there is none. Raises SummaryDamaged."""
    newest = st.view.newest
    if not newest.summary.length:
        return Summary()
    return read_summary(st.medium, st.header, newest.summary, newest.summary_key)[0]


def next_summary(old: Summary, change: Change, rows: Mapping[bytes, Row], author: Author) -> Summary:
    hidden = {i for i, row in rows.items() if row.visibility}
    if change.parts is not None:
        if author.sign is None:
            raise HolderNotAllowed
        if any({i.hex() for i in hidden} & set(part_items(part)) for part in change.parts):
            raise WriteRefused("a line names an entry that is for the dossier only")
        declared = old.declared if change.declared is None else change.declared
        return Summary.of(change.parts, declared)
    gone = hidden | {i for i, row in rows.items() if row.status == ERASED}
    if not set(change.conceal) <= set(old.openings):
        raise NoSuchItem("line")
    summary = old.without(gone, change.conceal)
    if change.declared is not None:
        summary = replace(summary, declared=Summary.of((), change.declared).declared)
    return summary


def _check_room_for_full(st: State, catalogue: Catalogue, rows: Mapping[bytes, Row]) -> None:
    """A recent catalogue may only be written while the full one that must follow some day stays under its cap."""
    whole = replace(catalogue, rows=dict(rows), history=st.view.full.history + catalogue.history)
    if whole.plain_length > MAX_INFLATED or len(rows) > MAX_ITEMS:
        raise CapExceeded("catalogue")


def _kept_access(st: State) -> tuple[Header, bytes]:
    """Header and K_vital for a barrier that changes neither, even after a change of secrets that was cut.

    If no superblock names the header that opened, its emergency slot may wrap a key that is no longer known.
    """
    named = [c for c in (st.commit, *st.slots) if c and c.header_digest == st.header.digest]
    if named:
        return st.header, max(named, key=lambda c: c.seq).vital
    slots = [st.header.slot(i) if i != 2 else suite.random(256) for i in range(8)]
    h = st.header
    return make_header(h.container_id, h.demo, h.generation + 1, slots, st.root), st.commit.vital


def summary_or_hash(st: State) -> tuple[Summary | None, bytes]:
    """The summary in force, or None and the hash that the newest statement gives it, if it does not open."""
    try:
        return present_summary(st), b""
    except ContainerError:
        try:
            return None, bytes.fromhex(str(st.record.outer_value()["summary"]))
        except (StatementMalformed, KeyError, ValueError):
            return None, NO_SUMMARY
