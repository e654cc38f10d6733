"""The writes around a commit: superblocks, header copies, the end of a barrier, and what a write session mends.

Source: schemas/container.md section 13. Each may be cut anywhere and is done again by the next write session.
"""

from baladeur.container import suite
from baladeur.container.catalogue import ERASED
from baladeur.container.frame import PIECE, Checked
from baladeur.container.layout import (
    LOG,
    PAGE,
    SUMMARY_ROOM,
    ZONE,
    ZONES,
    Vital,
    file_size,
    finished,
    make_superblock,
    superblock_at,
    up,
)
from baladeur.container.state import State


def _dead_pages(st: State) -> list[int]:
    """Offsets of the 16 KiB pages to be overwritten: none that holds a live byte, none of the newest frame or after.

    A page in flight may die whole when the key is pulled, and a hostile catalogue may ask for anything.
    """
    newest, seq = st.view.newest, st.commit.seq
    live = [(r.offset, r.length, r.seq) for r in st.view.rows.values() if r.status != ERASED]
    live += [(h.offset, h.length, h.first_seq) for h in st.view.history]
    live.append((newest.summary.offset, newest.summary.length, newest.summary.seq))
    for pointer in (st.commit.full, st.commit.recent):
        live += [(at, pointer.length, pointer.seq) for at in (pointer.offset, pointer.mirror) if at >= LOG]
    limit = min((at for at, length, written in live if length and written == seq), default=LOG) // PAGE * PAGE
    keep = {page for at, length, _ in live if length for page in range(at // PAGE, (at + length - 1) // PAGE + 1)}
    dead = {
        page
        for at, length in st.view.full.overwrite
        for page in range(at // PAGE, (min(at + length, limit) - 1) // PAGE + 1)
    }
    return [page * PAGE for page in sorted(dead - keep) if LOG <= page * PAGE < limit]


def write_superblock(st: State, out: Checked, slot: int) -> None:
    newest = st.view.newest
    vital = Vital(st.commit.seq, newest.summary, newest.summary_key)
    out.write(superblock_at(slot), make_superblock(st.header.container_id, slot, st.root, vital, st.commit))
    st.slots[slot], st.vitals[slot] = st.commit, vital


def finish_barrier(st: State) -> None:
    """Steps 3 to 6 of a barrier (section 13.2), whether just begun or found unfinished."""
    out = Checked(st.medium)
    first = st.commit.seq % ZONES
    _write_headers(st, out)
    for slot in range(first + 1, first + ZONES):
        write_superblock(st, out, slot % ZONES)
        st.medium.sync()
    for page in _dead_pages(st):
        _scramble(out, page, page + PAGE)
    live = st.view.newest.summary
    for zone in range(ZONES):
        start, stop = zone * ZONE + SUMMARY_ROOM[0], zone * ZONE + SUMMARY_ROOM[1]
        if start <= live.mirror < stop:
            start = up(live.mirror + live.length)
        _scramble(out, start, stop)
    st.medium.sync()
    st.commit = finished(st.commit)
    # Slot seq+1 first: the ring rule looks there, and is not applied as long as only 3 is found.
    for slot in range(first + 1, first + 1 + ZONES):
        write_superblock(st, out, slot % ZONES)
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
    st.medium.sync()  # what was adopted may be in the cache only: a killed program leaves it there
    out = Checked(st.medium)
    if st.commit.pending:
        finish_barrier(st)
    newest = st.commit.seq % ZONES
    for slot in (newest, *(s for s in range(ZONES) if s != newest)):
        found, vital = st.slots[slot], st.vitals[slot]
        lags = found is None or found.seq < st.commit.expected(slot) or (found.pending and not st.commit.pending)
        if lags or vital is None or st.has("part-a-forged"):
            write_superblock(st, out, slot)
            st.medium.sync()
    _write_headers(st, out)
    wanted = file_size(st.commit.next_free)
    if st.medium.size() < wanted:
        _scramble(out, st.medium.size(), wanted)
        st.medium.sync()
    out.verify()
