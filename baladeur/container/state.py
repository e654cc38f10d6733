"""An open dossier: where the file stands, what was seen on the way, and how its blobs are read.

Source: schemas/container.md sections 7, 8, 10, 11, 12.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from baladeur.container import suite
from baladeur.container.catalogue import MAX_CATALOGUE, Catalogue, HistoryRow, View
from baladeur.container.layout import FRAME_HEAD, Commit, Frame, Header, Pointer, Vital
from baladeur.container.medium import Medium
from baladeur.container.statement import MAX_BLOB, Record, unpack_blob
from baladeur.container.suite import SealBroken
from baladeur.container.summary import MAX_SUMMARY, Summary
from baladeur.errors import CapExceeded, Malformed, SummaryDamaged
from baladeur.quiet import quiet

READ_ONLY = frozenset(
    {"secrets-change-interrupted", "header-superseded", "older-commit-shown", "commit-may-be-missing", "rescued"}
)


class Unreadable(Exception):
    """A catalogue or a record does not open. Never reaches the user."""


class Finding(NamedTuple):
    """Something that was seen beside the result; `name` is one of schemas/container.md section 12."""

    name: str
    detail: str = ""


@dataclass(repr=False, slots=True)
class State:
    """A dossier that is open.

    header: the copy to be kept; copies: the four as stored; commit, view, record: what is in force;
    slots, vitals: parts B and A as stored; highest, end: the highest seq and frame end that anything names.
    """

    __repr__ = quiet

    medium: Medium
    header: Header
    copies: list[bytes]
    root: bytes
    slot: int
    commit: Commit
    view: View
    record: Record
    slots: list[Commit | None]
    vitals: list[Vital | None]
    highest: int
    end: int
    findings: list[Finding] = field(default_factory=list)
    finishable: bool = False

    @property
    def blocked(self) -> list[str]:
        """Why nothing may be written before the user agreed."""
        names = {f.name for f in self.findings} & READ_ONLY
        return sorted(names - {"secrets-change-interrupted"} if self.finishable else names)

    def note(self, name: str, detail: str = "") -> None:
        """Add a finding once."""
        if Finding(name, detail) not in self.findings:
            self.findings.append(Finding(name, detail))

    def has(self, *names: str) -> bool:
        """Was one of these found?"""
        return any(f.name in names for f in self.findings)


def read_blob(medium: Medium, offset: int, length: int, cap: int) -> bytes:
    """Bytes of a sealed blob; nothing is read that the file does not hold. Raises SealBroken, CapExceeded."""
    if length > cap:
        raise CapExceeded("blob")
    if offset + length > medium.size():
        raise SealBroken
    return medium.read(offset, length)


def probe(medium: Medium, header: Header, commit: Commit, offset: int) -> Frame | None:
    """The frame header of this log at an offset, or None. Raises Malformed."""
    try:
        data = read_blob(medium, offset, FRAME_HEAD, FRAME_HEAD)
        key = suite.derive(commit.log_key, "frame", header.container_id)
        return Frame.unseal(key, header.container_id, commit.log_id, offset, data)
    except SealBroken:
        return None


def read_catalogue(
    medium: Medium, header: Header, pointer: Pointer, commit: Commit, findings: list[Finding]
) -> Catalogue:
    """One catalogue, from either copy; two that differ are reported.

    Raises Unreadable; Malformed, CapExceeded or PointerOutside if it opens and breaks the format.
    """
    ctx = suite.context("catalogue", header.container_id, commit.log_id, pointer.seq)
    blobs: list[bytes] = []
    for offset in filter(None, (pointer.offset, pointer.mirror)):
        try:
            blobs.append(read_blob(medium, offset, pointer.length, MAX_CATALOGUE))
        except SealBroken:
            blobs.append(b"")
    if len(set(blobs)) > 1:
        findings.append(Finding("catalogue-copy-damaged"))
    for blob in dict.fromkeys(blobs):
        try:
            data = suite.unseal(commit.epoch, ctx, blob)
        except SealBroken:
            continue
        return Catalogue.unpack(data, pointer.seq)
    raise Unreadable


def read_history(medium: Medium, header: Header, view: View, row: HistoryRow) -> list[Record]:
    """The records of one history blob. Raises SealBroken, StatementMalformed, Malformed."""
    if row.log >= len(view.full.logs):
        raise Malformed("history row")
    key = suite.derive(view.full.logs[row.log], "history", header.container_id)
    ctx = suite.context("history", header.container_id, seq=row.first_seq)
    return list(unpack_blob(suite.unseal(key, ctx, read_blob(medium, row.offset, row.length, suite.sealed(MAX_BLOB)))))


def read_summary(medium: Medium, header: Header, pointer: Pointer, key: bytes) -> tuple[Summary, bool]:
    """A summary, and whether it had to be taken from its mirror. Raises SummaryDamaged, CapExceeded."""
    ctx = suite.context("summary", header.container_id, seq=pointer.seq)
    for offset in filter(None, (pointer.offset, pointer.mirror)):
        try:
            data = suite.unseal(key, ctx, read_blob(medium, offset, pointer.length, MAX_SUMMARY))
        except SealBroken:
            continue
        return Summary.unpack(data, header), offset == pointer.mirror
    raise SummaryDamaged
