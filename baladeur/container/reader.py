"""Opening a dossier: from bytes and a secret to the commit in force.

Source: schemas/container.md sections 12.1 and 12.2. Nothing here writes: adoption and repair happen in memory,
and `writer` carries them out.
"""

from dataclasses import replace

from baladeur.container import suite
from baladeur.container.catalogue import ERASED, View
from baladeur.container.layout import (
    BLOCK,
    ZONES,
    Commit,
    Copy,
    Header,
    Pointer,
    Vital,
    file_size,
    judge,
    open_part,
)
from baladeur.container.medium import Medium
from baladeur.container.rescue import rescue
from baladeur.container.secret import Secret
from baladeur.container.state import (
    Finding,
    State,
    Unreadable,
    probe,
    read_blob,
    read_catalogue,
    read_history,
    read_summary,
)
from baladeur.container.statement import Record
from baladeur.container.suite import SealBroken
from baladeur.container.unlock import Opened, intact_headers, read_zones, unlock
from baladeur.errors import (
    CatalogueDamaged,
    ContainerError,
    Malformed,
    NoSuperblock,
    StatementMalformed,
    StateMismatch,
    Truncated,
)


def open_dossier(medium: Medium, secret: Secret) -> State:
    """Open with any secret but the emergency code. Raises what section 12 names."""
    copies, blocks = read_zones(medium)
    headers = intact_headers(medium, copies)
    opened, altered = unlock(headers, secret)
    for used in opened:
        slots = [_part_b(used, s, block) for s, block in enumerate(blocks)]
        if any(slots):
            break
    else:
        raise Truncated if len(blocks[0]) < BLOCK else NoSuperblock
    st = _reach(medium, copies, used, slots)
    _judge_headers(st, used, headers, altered, [o.header for o in opened])
    _judge_ring(st)
    _judge_vitals(st, blocks)
    if medium.size() != file_size(max(c.next_free for c in (*slots, st.commit) if c)):
        st.note("size-unexpected")
    if st.commit.pending:
        st.note("barrier-pending")
    return st


def _part_b(used: Opened, slot: int, block: bytes) -> Commit | None:
    if len(block) < BLOCK:
        return None
    try:
        return Commit.unpack(open_part("b", used.key, used.header.container_id, slot, block))
    except SealBroken:
        return None


def _reach(medium: Medium, copies: list[bytes], used: Opened, slots: list[Commit | None]) -> State:
    """From the superblocks to the commit in force (section 12.2 steps 1 to 3 and 6, 12.3)."""
    header, findings = used.header, list[Finding]()
    candidates = sorted(filter(None, slots), key=lambda c: (-c.seq, c.pending))
    highest, end = candidates[0].seq, max(c.next_free for c in candidates)
    reached = _by_superblock(medium, header, candidates, findings)
    if reached is None or reached[0].seq < highest:
        seen: list[Finding] = []
        walked = rescue(medium, header, candidates, seen)
        if reached is None and walked is None:
            raise CatalogueDamaged
        doubt = {"entries-missing", "state-unverified"} & {f.name for f in seen}
        if walked is not None and (reached is None or (walked[0].seq > reached[0].seq and not doubt)):
            reached, findings, end = walked[:3], seen, max(end, walked[3])
    assert reached is not None  # noqa: S101 - for the type checker
    commit, view, record = reached
    if commit.seq < highest and not any(f.name == "rescued" for f in findings):
        findings.append(Finding("older-commit-shown", f"{highest - commit.seq} commits are unreadable"))
    highest, end = max(highest, commit.seq), max(end, commit.next_free)
    vitals: list[Vital | None] = [None] * ZONES
    return State(
        medium, header, copies, used.key, used.slot, commit, view, record, slots, vitals, highest, end, findings
    )


def _by_superblock(
    medium: Medium, header: Header, candidates: list[Commit], findings: list[Finding]
) -> tuple[Commit, View, Record] | None:
    """The newest superblock whose catalogue opens, rolled forward. Raises StateMismatch."""
    for commit in candidates:
        seen: list[Finding] = []
        try:
            view, record = _load(medium, header, commit, seen)
        except Unreadable:
            continue
        findings += seen
        adopted = 0
        while (step := _adopt(medium, header, commit, view, findings)) is not None:
            commit, view, record = step
            adopted += 1
        if adopted:
            findings.append(Finding("rolled-forward", str(adopted)))
        try:
            signed = record.inner_value().get("state")
        except StatementMalformed:
            raise Malformed("statement") from None
        if view.state().hex() != signed:
            raise StateMismatch
        return commit, view, record
    return None


def _load(medium: Medium, header: Header, commit: Commit, findings: list[Finding]) -> tuple[View, Record]:
    """View and newest record of a commit. Raises Unreadable, Malformed."""
    full = read_catalogue(medium, header, commit.full, commit, findings)
    recent = read_catalogue(medium, header, commit.recent, commit, findings) if commit.recent.length else None
    newest = recent or full
    if not full.full or (recent and (recent.full or recent.base != full.seq)) or newest.seq != commit.seq:
        raise Malformed("catalogues do not fit each other")
    view = View.of(full, recent)
    if full.logs[-1:] != [commit.log_key] or [h.first_seq for h in view.history[:1]] != [commit.first_seq]:
        raise Malformed("catalogue keys or history")
    record = _last_record(medium, header, view)
    if record.head != commit.head:
        raise Unreadable
    return view, record


def _last_record(medium: Medium, header: Header, view: View) -> Record:
    try:
        records = read_history(medium, header, view, view.history[-1])
    except SealBroken:
        raise Unreadable from None
    if not records:
        raise Malformed("empty history blob")
    return records[-1]


def _adopt(
    medium: Medium, header: Header, commit: Commit, view: View, findings: list[Finding]
) -> tuple[Commit, View, Record] | None:
    """The ordinary frame that stands at next free, if it is complete (section 12.2 step 2)."""
    try:
        frame = probe(medium, header, commit, commit.next_free)
        if frame is None or frame.kind or frame.seq != commit.seq + 1 or frame.prev != commit.head:
            return None
        if frame.end > medium.size():
            return None
        pointer = replace(frame.catalogue(), mirror=0)  # the frame's own copy counts
        full, recent = (pointer, Pointer()) if frame.full else (commit.full, pointer)
        moved = replace(commit, seq=frame.seq, next_free=frame.end, full=full, recent=recent)
        newest = read_catalogue(medium, header, pointer, moved, findings)
        if newest.full != bool(frame.full) or (not newest.full and newest.base != commit.full.seq):
            return None
        if newest.full:
            moved = replace(moved, full=frame.catalogue())
        if newest.full and newest.logs[-1:] != [commit.log_key]:
            return None
        view = View.of(newest, None) if newest.full else View.of(view.full, newest, view.known)
        if not view.history:
            return None
        record = _last_record(medium, header, view)
        inner = record.inner_value()
        if (inner.get("seq"), inner.get("prev")) != (frame.seq, commit.head.hex()):
            return None
        for row in view.rows.values():
            if row.seq == frame.seq and row.status != ERASED:
                ctx = suite.context("item", header.container_id, row.id, row.seq)
                suite.unseal(row.key, ctx, read_blob(medium, row.offset, row.length, row.length))
        if newest.summary.length and newest.summary.seq == frame.seq:
            read_summary(medium, header, replace(newest.summary, mirror=0), newest.summary_key)
    except (Unreadable, SealBroken, ContainerError):
        return None
    if view.state().hex() != inner.get("state"):
        return None
    return replace(moved, head=record.head), view, record


def _judge_headers(st: State, used: Opened, headers: list[Header], altered: list[Header], opens: list[Header]) -> None:
    """Header copies against part B (section 12.1 steps 2, 4 and 5); afterwards `st.header` is the one to keep."""
    newest = min(filter(None, st.slots), key=lambda c: (-c.seq, c.pending))
    damaged = [str(z) for z, c in enumerate(st.copies) if judge(c) is not Copy.INTACT]
    if damaged:
        st.note("header-copy-damaged", " ".join(damaged))
    if altered:
        st.note("header-copy-altered")
    wanted = next((h for h in headers if h.digest == newest.header_digest and h.verify(st.root)), None)
    if used.header.digest != newest.header_digest:
        if wanted or newest.pending:
            st.note("secrets-change-interrupted")
        else:
            st.note("header-superseded")
    for other in headers:
        if other in (used.header, wanted, *altered):
            continue
        if other.generation <= used.header.generation or other in opens:
            st.note("header-copy-superseded")
        elif all(c is not None and c.seq >= newest.expected(s) for s, c in enumerate(st.slots)):
            st.note("header-copy-planted")
        else:
            st.note("secrets-change-interrupted")
    st.finishable = bool(wanted and newest.pending)  # the change had begun and names a copy that is here
    st.header = wanted or st.header


def _judge_ring(st: State) -> None:
    """The ring rule (section 12.2 step 4)."""
    commit = st.commit
    if commit.pending or st.has("rescued"):
        return
    try:
        frame = probe(st.medium, st.header, commit, commit.next_free)
    except ContainerError:
        frame = None
    barrier = frame is not None and frame.kind == 1 and frame.seq == commit.seq + 1 and frame.prev == commit.head
    if barrier:
        st.note("barrier-unfinished")
    newest_written = max(c.seq for c in st.slots if c is not None)
    for slot, found in enumerate(st.slots):
        expected = commit.expected(slot)
        if expected > newest_written or (found is not None and found.seq >= expected):
            continue
        if slot != (commit.seq + 1) % ZONES:
            st.note("superblock-damaged", str(slot))
        elif not barrier:
            st.note("commit-may-be-missing")


def _judge_vitals(st: State, blocks: list[bytes]) -> None:
    """Part A against part B, slot by slot (section 12.2 step 5)."""
    newest = st.view.newest
    for slot, (block, b) in enumerate(zip(blocks, st.slots, strict=True)):
        if b is None:
            continue
        try:
            a = Vital.unpack(open_part("a", b.vital, st.header.container_id, slot, block))
        except SealBroken:
            st.note("part-a-damaged", str(slot))
            continue
        except ContainerError:
            st.note("part-a-forged", str(slot))
            continue
        shown = a.seq == st.commit.seq and not st.has("rescued")
        # A barrier's first superblock, cut; the one after the user agreed to go on has a seq two higher.
        torn = a.seq in (st.commit.seq + 1, st.highest + 2) and a.seq % ZONES == slot
        if (a.seq > st.highest and not torn) or (shown and (a.summary, a.key) != (newest.summary, newest.summary_key)):
            st.note("part-a-forged", str(slot))
            continue
        if a.seq != b.seq:  # a write of both that was cut between two sectors
            st.note("part-a-damaged", str(slot))
            continue
        st.vitals[slot] = a
