"""Statements: what each commit says it did, the chain they form, and the replay that checks them.

Source: schemas/container.md section 10. The signature itself is judged by the caller: a container knows no card.
"""

import hashlib
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from baladeur.container import canonical, suite
from baladeur.container.layout import Header
from baladeur.errors import CapExceeded, StatementMalformed, WriteRefused
from baladeur.quiet import quiet

PREFIX = b"BALADEUR-STATEMENT-1\n"
MAX_RECORD = 4 * suite.MIB
MAX_BLOB = 8 * suite.MIB
MAX_OPS = 20_000
MAX_CMS = 64 * suite.KIB
#: Media and mark of an item of type `evidence` that is a record of another copy, all of whose entries were taken in.
RECORD_MEDIA = "application/vnd.baladeur.history-record"
WHOLE = "whole"
HOLDER_TYPES = frozenset(
    {
        "contact",
        "directive",
        "draft",
        "evidence",
        "identity",
        "language",
        "outbox",
        "settings",
        "tray",
        "trusted-person",
    }
)
TYPE = re.compile(r"[a-z][a-z0-9-]{0,31}")
HEX16, _HEX32 = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")
_UTC = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
NO_SUMMARY = suite.tagged("summary", struct.pack("<I", 0))

OUTER: dict[str, Callable[[Any], bool]] = {
    "v": lambda x: type(x) is int and x == 1,
    "suite": lambda x: type(x) is int and x == suite.SUITE,
    "container": lambda x: _text(x, HEX16),
    "utc": lambda x: _text(x, _UTC),
    "clock": lambda x: x in ("host", "declared"),
    "demo": lambda x: isinstance(x, bool),
    "summary": lambda x: _text(x, _HEX32),
    "private": lambda x: _text(x, _HEX32),
}
INNER: dict[str, Callable[[Any], bool]] = {
    "v": lambda x: type(x) is int and x == 1,
    "seq": lambda x: type(x) is int,
    "prev": lambda x: _text(x, _HEX32),
    "role": lambda x: x in ("professional", "holder"),
    "subject": lambda x: _text(x, _HEX32),
    "state": lambda x: _text(x, _HEX32),
    "ops": lambda x: isinstance(x, list) and len(x) <= MAX_OPS,
    "software": lambda x: isinstance(x, str) and len(x) <= 64,
}
OPS: dict[str, dict[str, Callable[[Any], bool]]] = {
    "add": {
        "id": lambda x: _text(x, HEX16),
        "type": lambda x: _text(x, TYPE),
        "commitment": lambda x: _text(x, _HEX32),
    },
    "withdraw": {"of": lambda x: _text(x, HEX16)},
    "erase": {"of": lambda x: _text(x, HEX16)},
    "visibility": {"of": lambda x: _text(x, HEX16), "value": lambda x: x in ("all", "dossier")},
    "conceal": {"parts": lambda x: isinstance(x, list) and all(type(i) is int for i in x)},
    "secrets": {"what": lambda x: x in ("change", "revoke", "emergency")},
    "compact": {},
}
OPS["replace"] = {**OPS["add"], "of": lambda x: _text(x, HEX16)}


def _text(value: Any, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def follows(value: dict[str, Any], names: dict[str, Callable[[Any], bool]]) -> bool:
    return value.keys() == names.keys() and all(check(value[name]) for name, check in names.items())


@dataclass(repr=False, frozen=True, slots=True)
class Record:
    """One history record, as stored; the parsed halves are made on demand."""

    __repr__ = quiet

    outer: bytes
    inner: bytes
    blind: bytes
    cms: bytes

    def pack(self) -> bytes:
        parts = (self.outer, self.inner, self.cms)
        o, i, c = (struct.pack("<I", len(p)) + p for p in parts)
        return o + i + self.blind + c

    @classmethod
    def unpack(cls, data: bytes) -> "Record":
        """Raises StatementMalformed or CapExceeded."""
        if len(data) > MAX_RECORD:
            raise CapExceeded("history record")
        outer, at = _field(data, 0)
        inner, at = _field(data, at)
        cms, end = _field(data, at + 32)
        if end != len(data) or len(cms) > MAX_CMS:
            raise StatementMalformed("history record")
        return cls(outer, inner, data[at : at + 32], cms)

    @property
    def head(self) -> bytes:
        return hashlib.sha256(self.pack()).digest()

    @property
    def signed_content(self) -> bytes:
        """The bytes that the card signed."""
        return PREFIX + self.outer

    @property
    def seq(self) -> int:
        """The commit. Raises StatementMalformed."""
        seq = self.inner_value().get("seq")
        if type(seq) is not int:
            raise StatementMalformed("seq")
        return seq

    @property
    def named(self) -> bool:
        """Does the record say which commit it is?"""
        try:
            return self.seq >= 0
        except StatementMalformed:
            return False

    def outer_value(self) -> dict[str, Any]:
        return parse(self.outer)

    def inner_value(self) -> dict[str, Any]:
        return parse(self.inner)


def _field(data: bytes, at: int) -> tuple[bytes, int]:
    length = int.from_bytes(data[at : at + 4], "little")
    if at + 4 + length > len(data):
        raise StatementMalformed("history record is cut")
    return data[at + 4 : at + 4 + length], at + 4 + length


def parse(data: bytes) -> dict[str, Any]:
    """A statement half. Raises StatementMalformed unless canonical."""
    try:
        return canonical.load_object(data)
    except ValueError as error:
        raise StatementMalformed(str(error)) from None


def outer_fits(outer: dict[str, Any], header: Header) -> bool:
    """Names and values of the table, and of this container."""
    return follows(outer, OUTER) and outer["container"] == header.container_id.hex() and outer["demo"] == header.demo


def op_follows(op: Any) -> bool:
    """Is this one of the operations of the closed table?"""
    if not isinstance(op, dict) or not isinstance(op.get("op"), str) or op["op"] not in OPS:
        return False
    return follows({name: value for name, value in op.items() if name != "op"}, OPS[op["op"]])


def make_record(
    header: Header,
    inner: dict[str, Any],
    summary: bytes,
    utc: str,
    clock: str,
    sign: Callable[[bytes], bytes] | None,
) -> Record:
    """State, seal the inner half behind a blind, have the outer one signed. Raises what `sign` raises."""
    inner_bytes, blind = canonical.dumps(inner), suite.random(32)
    outer = {
        "v": 1,
        "suite": suite.SUITE,
        "container": header.container_id.hex(),
        "utc": utc,
        "clock": clock,
        "demo": header.demo,
        "summary": summary.hex(),
        "private": suite.tagged("private", blind, inner_bytes).hex(),
    }
    if not (follows(outer, OUTER) and follows(inner, INNER)):
        raise StatementMalformed("own statement")
    outer_bytes = canonical.dumps(outer)
    cms = sign(PREFIX + outer_bytes) if sign else b""
    if sign and not cms:
        raise WriteRefused("no signature came back")
    record = Record(outer_bytes, inner_bytes, blind, cms)
    return Record.unpack(record.pack())  # the caps hold for what we write too


def pack_blob(records: Iterable[bytes]) -> bytes:
    """Plain bytes of a history blob."""
    return b"".join(struct.pack("<I", len(r)) + r for r in records)


def unpack_blob(data: bytes) -> Iterator[Record]:
    """The records of a history blob. Raises StatementMalformed or CapExceeded."""
    at = 0
    while at < len(data):
        record, at = _field(data, at)
        yield Record.unpack(record)
