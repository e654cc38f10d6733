"""The container: what the floors above hold in their hands.

It opens with any secret, lists, reads, commits and maintains. It knows no medicine and no card:
contents are bytes, and a signature is made and judged by functions that the caller brings.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Self

from baladeur.container import access, base, suite
from baladeur.container.catalogue import ERASED, LIVE, STATUS_NAMES, Row
from baladeur.container.change import Author, Change, row_meta
from baladeur.container.medium import Medium
from baladeur.container.reader import open_dossier
from baladeur.container.repair import repair
from baladeur.container.replay import Known, Replay, Verdict
from baladeur.container.secret import Secret
from baladeur.container.state import Finding, State, read_blob, read_history
from baladeur.container.statement import RECORD_MEDIA, WHOLE, Record
from baladeur.container.suite import SealBroken
from baladeur.container.summary import Summary
from baladeur.container.writer import commit, present_summary
from baladeur.errors import (
    ContainerError,
    ItemDamaged,
    ItemErased,
    NoSuchItem,
    StatementMalformed,
    SummaryDamaged,
    WriteRefused,
)
from baladeur.quiet import quiet


@dataclass(repr=False, frozen=True, slots=True)
class Entry:
    """One item as listed; its meta is covered by the signed state."""

    __repr__ = quiet

    id: bytes
    status: str
    dossier_only: bool
    seq: int
    size: int
    meta: Mapping[str, Any]


class Container:
    """An open dossier. Close it, or use it as a context manager."""

    def __init__(self, st: State, write: bool) -> None:
        self._st, self._write = st, write
        self._agreed = False
        self._listed: dict[bytes, tuple[Row, Entry]] = {}

    @classmethod
    def open(cls, medium: Medium, secret: Secret, write: bool = False) -> Self:
        """Open with any secret but the emergency code. A write session mends what it finds, if it may.

        Raises the errors of schemas/container.md section 12; a file that can be shown raises nothing: see `findings`.
        """
        container = cls(open_dossier(medium, secret), write)
        if write:
            repair(container._st)
        return container

    @staticmethod
    def create(
        medium: Medium, secrets: Mapping[int, Secret], change: Change, author: Author, *, demo: bool = False
    ) -> None:
        """Write a new container on an empty medium: slot → secret, and what the holder puts in it first."""
        base.create(medium, secrets, change, author, demo=demo)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._st.medium.close()

    @property
    def id(self) -> bytes:
        return self._st.header.container_id

    @property
    def demo(self) -> bool:
        return self._st.header.demo

    @property
    def number(self) -> int:
        """The number of the commit in force as shown to people; creation is 0."""
        return self._st.commit.seq - self._st.commit.first_seq

    @property
    def seq(self) -> int:
        return self._st.commit.seq

    @property
    def head(self) -> bytes:
        return self._st.commit.head

    @property
    def utc(self) -> str:
        """The date of the commit in force, as its statement has it; empty where that cannot be read."""
        try:
            return str(self._st.record.outer_value().get("utc", ""))
        except StatementMalformed:
            return ""

    @property
    def end(self) -> int:
        """Where the next frame goes, in bytes."""
        return self._st.commit.next_free

    @property
    def slot(self) -> int:
        """The slot that the secret opened."""
        return self._st.slot

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was odd; the names that block writing are in `blocked`."""
        return tuple(self._st.findings)

    @property
    def blocked(self) -> list[str]:
        return self._st.blocked

    @property
    def medium(self) -> Medium:
        return self._st.medium

    def add_finding(self, finding: Finding) -> None:
        """Something that was seen around the file."""
        self._st.note(*finding)

    def heads(self) -> list[bytes]:
        """The head of every commit, from the first on; those that do not open are missing."""
        return [record.head for _, record in self.history() if record]

    def joined(self) -> set[bytes]:
        """The heads of another copy's commits that this record has taken in whole, as their evidence says."""
        rows = (row for row in self._st.view.rows.values() if row.status == LIVE and b'"evidence"' in row.meta)
        told = ((row.digest, row_meta(row)) for row in rows)
        return {
            digest
            for digest, meta in told
            if (meta["type"], meta["media"], meta.get("branch")) == ("evidence", RECORD_MEDIA, WHOLE)
        }

    def numbers(self) -> dict[bytes, int]:
        """The number of the commit that each head belongs to."""
        first = self._st.commit.first_seq
        return {record.head: record.seq - first for _, record in self.history() if record and record.named}

    def erased(self) -> set[bytes]:
        """The ids of the entries that were erased."""
        return {row.id for row in self._st.view.rows.values() if row.status == ERASED}

    def agree(self) -> None:
        """The user was told what may be missing and goes on from what is here."""
        self._agreed = True

    def anchor(self) -> tuple[bytes, int, bytes]:
        """What a workstation may remember of this file: tag, seq, head (section 17)."""
        key = suite.derive(self._st.view.full.logs[0], "anchor", self.id)
        return suite.mac(key, self.id), self.seq, self.head

    def entries(self, *statuses: int, having: Callable[[bytes], bool] = lambda _: True) -> list[Entry]:
        """The items of the given statuses, live ones by default, in the order in which they lie in the file.

        having: a test of the meta's canonical bytes, where reading each would take too long. A quote inside a string is
        escaped there: `"type":"report"` stands in them if and only if it is that name and that value.
        """
        wanted = statuses or (LIVE,)
        rows = [row for row in self._st.view.rows.values() if row.status in wanted and having(row.meta)]
        return [self._entry(row) for row in sorted(rows, key=attrgetter("offset"))]

    def _entry(self, row: Row) -> Entry:
        """The row as listed; made once, because reading the meta is most of the time that a long list takes."""
        made = self._listed.get(row.id)
        if made is None or made[0] is not row:
            meta = {} if row.status == ERASED else row_meta(row)
            entry = Entry(row.id, STATUS_NAMES[row.status], bool(row.visibility), row.seq, row.size, meta)
            made = self._listed[row.id] = (row, entry)
        return made[1]

    def read(self, id_: bytes) -> bytes:
        """The content of an item. Raises NoSuchItem, ItemErased, ItemDamaged."""
        row = self._st.view.rows.get(id_)
        if row is None:
            raise NoSuchItem
        if row.status == ERASED:
            raise ItemErased
        ctx = suite.context("item", self.id, row.id, row.seq)
        try:
            content = suite.unseal(row.key, ctx, read_blob(self._st.medium, row.offset, row.length, row.length))
        except SealBroken:
            raise ItemDamaged from None
        if len(content) != row.size or hashlib.sha256(content).digest() != row.digest:
            raise ItemDamaged
        return content

    def opening(self, id_: bytes) -> tuple[bytes, bytes, bytes, bytes]:
        """Blind, SHA-256 of the content, meta and commitment of an item: what shows that a statement names it.

        Raises NoSuchItem, ItemErased.
        """
        row = self._st.view.rows.get(id_)
        if row is None:
            raise NoSuchItem
        if row.status == ERASED:
            raise ItemErased
        return row.blind, row.digest, row.meta, row.commitment()

    def summary(self) -> Summary:
        """The emergency summary of the commit in force. Raises SummaryDamaged."""
        summary = present_summary(self._st)
        named = self._st.record.outer_value().get("summary")
        if (summary.outer_value().get("summary") if summary.outer else summary.digest.hex()) != named:
            raise SummaryDamaged("the newest statement names other lines")
        return summary

    def history(self) -> Iterator[tuple[int, Record | None]]:
        """(seq at least, record) of every commit from the first on; None where a blob does not open."""
        for row in self._st.view.history:
            try:
                records = read_history(self._st.medium, self._st.header, self._st.view, row)
            except (SealBroken, ContainerError):
                yield row.first_seq, None
            else:
                yield from ((row.first_seq, record) for record in records)

    def replay(self) -> tuple[list[Verdict], list[Finding]]:
        """Check the whole history against itself and the rows; the signatures are the caller's to judge."""
        verdicts, findings, _ = self.replayed()
        return verdicts, findings

    def replayed(self) -> tuple[list[Verdict], list[Finding], dict[bytes, Known]]:
        """As `replay`, with what the history says of each item: its commit and the identity it was signed for.

        `entries` is not judged by the history: what a violation brought in is to be left out by this.
        """
        replay = Replay(self._st.header)
        for row in self._st.view.rows.values():
            if row.status != ERASED:
                meta = row_meta(row)
                replay.metas[row.id.hex()] = (str(meta.get("type")), meta.get("of"))
        verdicts = [replay.feed(record) if record else replay.skip(seq) for seq, record in self.history()]
        rows = {
            row.id.hex(): (row.status, row.visibility, row.seq, row.commitment().hex())
            for row in self._st.view.rows.values()
        }
        found = {
            id_: (item.status, int(replay.visibility.get(id_) == "dossier"), item.seq, item.commitment)
            for id_, item in replay.items.items()
        }
        whole = all(v.record for v in verdicts) and not self._st.has("rescued")
        known = {bytes.fromhex(id_): item for id_, item in replay.items.items()}
        return verdicts, [] if rows == found or not whole else [Finding("catalogue-differs")], known

    def _may_write(self) -> None:
        if not self._write:
            raise WriteRefused("opened for reading")

    def commit(self, change: Change, author: Author) -> None:
        """One commit. Raises WriteRefused's and MediumError's kinds; the record then stands at its last commit."""
        self._may_write()
        commit(self._st, change, author, agreed=self._agreed)

    def change_secret(self, slot: int, secret: Secret | None, author: Author) -> None:
        """Another secret for one access. Locks out nobody who kept a copy."""
        self._may_write()
        access.change(self._st, slot, secret, author, agreed=self._agreed)

    def set_emergency_code(self, secret: Secret | None, author: Author) -> None:
        """Set, change or remove the emergency code."""
        self._may_write()
        access.emergency(self._st, secret, author, agreed=self._agreed)

    def revoke(self, secrets: Mapping[int, Secret], author: Author) -> None:
        """The key was compromised: new keys for everything, only these secrets open afterwards."""
        self._may_write()
        access.revoke(self._st, secrets, author, agreed=self._agreed)

    def compact_into(self, target: Medium, author: Author) -> None:
        """Write the record anew, without its dead bytes, into an empty medium."""
        base.compact(self._st, target, author)
