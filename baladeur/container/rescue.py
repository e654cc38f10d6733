"""The rescue walk, when no superblock leads to a readable catalogue.

Source: schemas/container.md section 12.3.
"""

from collections.abc import Iterator
from dataclasses import replace

from baladeur.container.catalogue import Catalogue, HistoryRow, View
from baladeur.container.layout import LOG, MAX_SIZE, PAGE, ZERO32, Commit, Frame, Header, Pointer
from baladeur.container.medium import Medium
from baladeur.container.state import Finding, Unreadable, probe, read_catalogue, read_history
from baladeur.container.statement import Record, op_follows
from baladeur.container.suite import SealBroken
from baladeur.errors import ContainerError

MAX_TOPS = 64  # how many frames are tried as the newest of the branch
Rescued = tuple[Commit, View, Record, int]


def rescue(medium: Medium, header: Header, candidates: list[Commit], findings: list[Finding]) -> Rescued | None:
    """Commit, view and newest record that can still be found, and the highest end of a frame.

    candidates: the readable part B, newest first. None if no catalogue is left.
    """
    for base in candidates:
        seen: list[Finding] = []
        frames = _linked(medium, header, base, _walk(medium, header, base, candidates[0].seq), seen)
        view = _overlay(medium, header, base, frames, seen)
        if view is None:
            continue
        records = [r for row in view.history for r in _records(medium, header, view, row)]
        if records:
            record = records[-1]
            seq, head = record.seq, record.head
        else:
            record, seq = Record(b"", b"", b"", b""), view.full.seq
            head = base.head if seq == base.seq else ZERO32
            seen.append(Finding("state-unverified"))
        seen.append(Finding("rescued", f"commit {seq - base.first_seq}"))
        if (missing := candidates[0].seq - seq) > 0:
            seen.append(Finding("older-commit-shown", f"{missing} commits are unreadable"))
        if records and view.state().hex() != record.inner_value().get("state"):
            seen.append(Finding("entries-missing", " ".join(sorted(_named(records) - {i.hex() for i in view.rows}))))
        findings += seen
        commit = replace(base, seq=seq, head=head, full=Pointer(view.full.seq), recent=Pointer())
        return commit, view, record, max((f.end for f in frames), default=LOG)
    return None


def _overlay(medium: Medium, header: Header, base: Commit, frames: list[Frame], seen: list[Finding]) -> View | None:
    """Every readable catalogue laid over each other, oldest first."""
    found: dict[int, Catalogue] = {}
    for pointer in [*(f.catalogue() for f in frames), base.full, base.recent]:
        try:
            found[pointer.seq] = read_catalogue(medium, header, pointer, base, [])
        except (Unreadable, ContainerError):
            continue
    if not found:
        return None
    whole = Catalogue(True, max(found), max(found))
    history: dict[int, HistoryRow] = {}
    for seq in sorted(found):
        c = found[seq]
        whole.rows.update(c.rows)
        history.update({h.first_seq: h for h in c.history if h.records == 1 or h.first_seq not in history})
        whole.logs = c.logs or whole.logs
        whole.summary, whole.summary_key, whole.garbage = c.summary, c.summary_key, c.garbage
    for f in frames:  # a frame names its own record, whatever became of the catalogues
        if not any(h.first_seq <= f.seq for h in history.values() if h.records > 1):
            history.setdefault(
                f.seq,
                HistoryRow(f.seq, 1, len(whole.logs) - 1 if whole.logs else 0, f.history_offset, f.history_length),
            )
    if not whole.logs:  # only recent catalogues are left: their rows name the newest key, whatever its index
        whole.logs = [base.log_key] * (max((h.log for h in history.values()), default=0) + 1)
    whole.history = [history[s] for s in sorted(history)]
    return View.of(whole, None)


def _records(medium: Medium, header: Header, view: View, row: HistoryRow) -> list[Record]:
    try:
        records = list(read_history(medium, header, view, row))
        for record in records:
            _ = record.seq  # it must at least say which commit it is
    except (SealBroken, ContainerError):
        return []
    return records


def _named(records: list[Record]) -> set[str]:
    """The ids that the history adds, whatever else it holds."""
    ops = [op for r in records if isinstance(found := r.inner_value().get("ops"), list) for op in found]
    return {op["id"] for op in ops if op_follows(op) and "id" in op}


def _walk(medium: Medium, header: Header, base: Commit, highest: int) -> Iterator[Frame]:
    """The frames of the log; a barrier above every superblock did not happen."""
    for offset in range(LOG, min(medium.size(), MAX_SIZE), PAGE):
        try:
            frame = probe(medium, header, base, offset)
        except ContainerError:
            continue
        if frame is not None and (frame.seq <= highest or frame.kind == 0):
            yield frame


def _linked(medium: Medium, header: Header, base: Commit, found: Iterator[Frame], seen: list[Finding]) -> list[Frame]:
    """The branch that holds the newest readable head, oldest first; other frames are reported, never mixed in."""
    frames = sorted(found, key=lambda f: f.seq)
    heads = [_head(medium, header, base, f) for f in frames]
    best: list[int] = []
    for top in range(len(frames) - 1, max(-1, len(frames) - 1 - MAX_TOPS), -1):
        chain = list(_chain(frames, heads, top))
        if any(base.head in (frames[i].prev, heads[i]) for i in chain):
            best = chain
            break
        best = max(best, chain, key=len)
    kept = set(best)
    seen += [Finding("other-branch", str(f.seq - base.first_seq)) for i, f in enumerate(frames) if i not in kept]
    return [frames[i] for i in reversed(best)]


def _chain(frames: list[Frame], heads: list[bytes | None], at: int) -> Iterator[int]:
    """From one frame down by `prev`. A dead frame header is a gap, not a fork: then the next one below."""
    by_head = {head: i for i, head in enumerate(heads) if head is not None}
    while True:
        yield at
        frame = frames[at]
        named = by_head.get(frame.prev)
        if named is not None and frames[named].seq < frame.seq:
            at = named
            continue
        below = at - 1
        while below >= 0 and frames[below].seq == frame.seq:
            below -= 1
        # One below by seq whose record is unreadable has no head to compare; one that is readable is of another branch.
        while below >= 0 and frames[below].seq == frame.seq - 1 and heads[below] is not None:
            below -= 1
        if below < 0:
            return
        at = below


def _head(medium: Medium, header: Header, base: Commit, frame: Frame) -> bytes | None:
    """The head that a frame leads to, or None if its record does not open."""
    view = View.of(Catalogue(True, 0, 0, logs=[base.log_key]), None)
    records = _records(medium, header, view, HistoryRow(frame.seq, 1, 0, frame.history_offset, frame.history_length))
    return records[-1].head if records else None
