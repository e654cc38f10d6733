"""The rescue walk, when no superblock leads to a readable catalogue.

Source: schemas/container.md section 12.3.
"""

from collections.abc import Iterator
from dataclasses import replace

from baladeur.container.catalogue import Catalogue, HistoryRow, View, state
from baladeur.container.layout import LOG, MAX_SIZE, PAGE, ZERO32, Commit, Frame, Header, Pointer
from baladeur.container.medium import Medium
from baladeur.container.state import Finding, Unreadable, probe, read_catalogue, read_history
from baladeur.container.statement import Record
from baladeur.container.suite import SealBroken
from baladeur.errors import ContainerError

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
            seq, head = record.inner_value()["seq"], record.head
        else:
            record, seq = Record(b"", b"", b"", b""), view.full.seq
            head = base.head if seq == base.seq else ZERO32
            seen.append(Finding("state-unverified"))
        seen.append(Finding("rescued", f"commit {seq - base.first_seq}"))
        if (missing := candidates[0].seq - seq) > 0:
            seen.append(Finding("older-commit-shown", f"{missing} commits are unreadable"))
        if records and state(view.rows.values()).hex() != record.inner_value()["state"]:
            known = {op["id"] for r in records for op in r.inner_value()["ops"] if "id" in op}
            seen.append(Finding("entries-missing", " ".join(sorted(known - {i.hex() for i in view.rows}))))
        findings += seen
        commit = replace(base, seq=seq, head=head, full=Pointer(view.full.seq), recent=Pointer())
        return commit, view, record, max((f.end for f in frames), default=LOG)
    return None


def _overlay(medium: Medium, header: Header, base: Commit, frames: list[Frame], seen: list[Finding]) -> View | None:
    """Every readable catalogue laid over each other, oldest first."""
    found: dict[int, Catalogue] = {}
    for pointer in [*(f.catalogue() for f in frames), base.full, base.recent]:
        try:
            found[pointer.seq] = read_catalogue(medium, header, pointer, base, seen)
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
            record.inner_value()
    except (SealBroken, ContainerError):
        return []
    return records


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
    frames = sorted(found, key=lambda f: -f.seq)
    heads = {f.offset: _head(medium, header, base, f) for f in frames}
    best: list[Frame] = []
    for top in frames:
        chain = [top]
        while (below := _below(chain[-1], frames, heads)) is not None:
            chain.append(below)
        if any(f.prev == base.head or heads[f.offset] == base.head for f in chain):
            best = chain
            break
        best = max(best, chain, key=len)
    seen += [Finding("other-branch", str(f.seq - base.first_seq)) for f in frames if f not in best]
    return best[::-1]


def _below(frame: Frame, frames: list[Frame], heads: dict[int, bytes | None]) -> Frame | None:
    """The frame that this one follows. A dead frame header is a gap, not a fork: then the next one below."""
    lower = [f for f in frames if f.seq < frame.seq]
    named = [f for f in lower if heads[f.offset] == frame.prev]
    # A frame whose record is unreadable has no head to compare: its seq must do.
    unread = [f for f in lower if f.seq == frame.seq - 1 and heads[f.offset] is None]
    gap = [f for f in lower if f.seq < frame.seq - 1]
    return next(iter(named or unread or gap), None)


def _head(medium: Medium, header: Header, base: Commit, frame: Frame) -> bytes | None:
    """The head that a frame leads to, or None if its record does not open."""
    view = View.of(Catalogue(True, 0, 0, logs=[base.log_key]), None)
    records = _records(medium, header, view, HistoryRow(frame.seq, 1, 0, frame.history_offset, frame.history_length))
    return records[-1].head if records else None
