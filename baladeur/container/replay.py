"""The replay: the history applied from its first record, and what is wrong with each.

Source: schemas/container.md section 10. The CMS is judged by the caller.
"""

import struct
from bisect import bisect_left, insort
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from baladeur.container import suite
from baladeur.container.catalogue import ERASED, LIVE, REPLACED, WITHDRAWN
from baladeur.container.layout import ZERO32, Header
from baladeur.container.statement import (
    HOLDER_TYPES,
    INNER,
    NO_SUMMARY,
    OUTER,
    Record,
    follows,
    op_follows,
)
from baladeur.errors import StatementMalformed
from baladeur.quiet import quiet

NEXT_STATUS = {"replace": REPLACED, "withdraw": WITHDRAWN, "erase": ERASED}


class Verdict(NamedTuple):
    """What the replay found of one commit. result: ok, violation, indeterminate or broken."""

    seq: int
    role: str
    result: str
    reasons: tuple[str, ...]
    record: Record | None

    def __repr__(self) -> str:
        return quiet(self)


@dataclass(repr=False, frozen=True, slots=True)
class Known:
    """An item as the history tells it. subject: the identity that its statement was signed for."""

    __repr__ = quiet

    status: int
    type: str
    commitment: str
    seq: int
    subject: str


@dataclass(repr=False, slots=True)
class Replay:
    """Feed it every record, oldest first. metas: hex id → (type, of) of the rows that still have a meta."""

    __repr__ = quiet

    header: Header
    metas: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    items: dict[str, Known] = field(default_factory=dict)
    visibility: dict[str, str] = field(default_factory=dict)
    head: bytes | None = ZERO32
    seq: int = 0
    utc: str = ""
    summary: str = NO_SUMMARY.hex()
    subject: str = ZERO32.hex()
    identities: list[str] = field(default_factory=list)
    tainted: bool = False
    live: list[bytes] = field(default_factory=list)  # id ‖ commitment of the live items, sorted

    def skip(self, seq: int) -> Verdict:
        """A record that does not open."""
        self.head, self.seq, self.tainted = None, max(seq, self.seq), True
        return Verdict(seq, "unknown", "broken", ("unreadable",), None)

    def feed(self, record: Record) -> Verdict:
        """Check one record and apply it. Raises nothing, whatever the record holds."""
        before, self.head = self.head, record.head
        broken, unknown, violations, notes = list[str](), list[str](), list[str](), list[str]()
        try:
            inner = record.inner_value()
        except StatementMalformed as error:
            self.tainted, self.seq = True, self.seq + 1
            return Verdict(self.seq, "unknown", "broken", (error.detail,), record)
        try:
            outer = record.outer_value()
        except StatementMalformed as error:
            outer = {}
            broken.append(error.detail)
        if outer and not follows(outer, OUTER):
            unknown.append("outer")
        if (outer.get("container"), outer.get("demo")) != (self.header.container_id.hex(), self.header.demo):
            broken.append("outer")
        seq, role, ops = inner.get("seq"), inner.get("role"), inner.get("ops")
        seq = seq if type(seq) is int else self.seq + 1
        role = role if role in ("professional", "holder") else "unknown"
        if not follows(inner, INNER):
            unknown.append("inner")
        if seq <= self.seq:
            broken.append("seq")
        elif self.seq and seq != self.seq + 1:
            notes.append("gap")
        if before is not None and inner.get("prev") != before.hex():
            broken.append("prev")
        if outer.get("private") != suite.tagged("private", record.blind, record.inner).hex():
            broken.append("private")
        if (role == "professional") != bool(record.cms):
            broken.append("signature")
        subject = str(inner.get("subject"))
        for op in ops if isinstance(ops, list) else []:
            if not op_follows(op):
                unknown.append("op")
            elif (problem := self._apply(op, role == "holder", seq, subject)) is not None:
                violations.append(problem)
        self.tainted = self.tainted or bool(unknown)
        identities = [self.items[i].commitment for i in self.identities if self.items[i].status == LIVE]
        if len(identities) > 1:
            violations.append("two identities")
        if inner.get("state") != self._state() or subject not in (identities or [ZERO32.hex()]):
            (unknown if self.tainted else broken).append("state")
        if role == "holder" and outer and outer.get("summary") != self.summary:
            violations.append("summary")
        if outer and str(outer.get("utc")) < self.utc:
            notes.append("clock-went-back")
        if not broken and self.subject not in (subject, ZERO32.hex()):
            notes.append("identity-changed")
        self.seq, self.subject = seq, self.subject if broken else subject
        if outer:
            self.utc, self.summary = str(outer.get("utc")), str(outer.get("summary"))
        result = "broken" if broken else "indeterminate" if unknown else "violation" if violations else "ok"
        return Verdict(seq, role, result, (*broken, *unknown, *violations, *notes), record)

    def _apply(self, op: dict[str, Any], holder: bool, seq: int, subject: str) -> str | None:
        """Apply one op; the reason if the table of operations does not allow it."""
        name, of = op["op"], op.get("of")
        problem = None
        if of is not None:
            old = self.items.get(of)
            if old is None or (old.status == ERASED if name == "erase" else old.status != LIVE):
                problem = f"{name} of an item that is not there"
            elif holder and name in ("replace", "withdraw") and old.type not in HOLDER_TYPES:
                problem = f"{name} by the holder"
            if old is not None and old.status != ERASED:  # a violation is applied all the same
                if old.status == LIVE and name in NEXT_STATUS:
                    self.live.pop(bisect_left(self.live, bytes.fromhex(of + old.commitment)))
                self.items[of] = replace(old, status=NEXT_STATUS.get(name, old.status))
                if name == "visibility":
                    self.visibility[of] = op["value"]
        if name in ("add", "replace"):
            if op["id"] in self.items:
                return f"{name} of a known id"
            if holder and op["type"] not in HOLDER_TYPES:
                problem = f"{name} by the holder"
            if self.metas.get(op["id"], (op["type"], of)) != (op["type"], of):
                problem = "the entry says another type than the statement"
            self.items[op["id"]] = Known(LIVE, op["type"], op["commitment"], seq, subject)
            if op["type"] == "identity":
                self.identities.append(op["id"])
            insort(self.live, bytes.fromhex(op["id"] + op["commitment"]))
        return problem

    def _state(self) -> str:
        return suite.tagged("state", struct.pack("<I", len(self.live)), *self.live).hex()
