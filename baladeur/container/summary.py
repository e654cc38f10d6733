"""The emergency summary: parts signed one by one behind blinds, so that one can fall and the rest still verifies.

Source: schemas/container.md section 11.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from baladeur.container import canonical, suite
from baladeur.container.layout import CATALOGUE_ROOM, SUMMARY_ROOM, Header
from baladeur.container.statement import MAX_CMS, PREFIX, outer_fits, parse
from baladeur.errors import CapExceeded, StatementMalformed, SummaryDamaged
from baladeur.quiet import quiet

MAX_PARTS = 4096
MAX_PART = 64 * suite.KIB
MAX_SUMMARY = SUMMARY_ROOM[1] - SUMMARY_ROOM[0]
assert CATALOGUE_ROOM[0] == SUMMARY_ROOM[1]  # noqa: S101 - the rooms of a zone must not overlap


@dataclass(repr=False, slots=True)
class Summary:
    """What the emergency page is made of.

    outer, cms: the statement that the parts were signed with; commitments: all its parts;
    openings: index → (blind, part) of those still present; declared: the holder's own lines, unsigned.
    """

    __repr__ = quiet

    outer: bytes = b""
    cms: bytes = b""
    commitments: list[bytes] = field(default_factory=list)
    openings: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)
    declared: list[bytes] = field(default_factory=list)

    @classmethod
    def of(cls, parts: Sequence[bytes], declared: Sequence[bytes]) -> "Summary":
        """A new summary with every part opened; outer and cms are set once they are signed."""
        made = cls(declared=list(declared))
        for index, part in enumerate(parts):
            blind = suite.random(32)
            made.commitments.append(suite.tagged("part", blind, part))
            made.openings[index] = (blind, part)
        for part in [*parts, *declared]:
            part_items(part)
        return made

    @property
    def digest(self) -> bytes:
        """What the outer statement names."""
        return suite.tagged("summary", struct.pack("<I", len(self.commitments)), *self.commitments)

    @property
    def withdrawn(self) -> int:
        """How many signed lines the patient has removed since."""
        return len(self.commitments) - len(self.openings)

    @property
    def signed_content(self) -> bytes:
        return PREFIX + self.outer

    def parts(self) -> list[bytes]:
        """The signed lines still present, in order."""
        return [self.openings[i][1] for i in sorted(self.openings)]

    def outer_value(self) -> dict[str, Any]:
        return parse(self.outer)

    def without(self, items: Iterable[bytes] = (), indices: Iterable[int] = ()) -> "Summary":
        """The same statement with openings removed: those of `indices`, and all that name one of `items`."""
        gone, drop = {i.hex() for i in items}, set(indices)
        kept = {
            i: opening
            for i, opening in self.openings.items()
            if i not in drop and not gone & set(part_items(opening[1]))
        }
        declared = [part for part in self.declared if not gone & set(part_items(part))]
        return Summary(self.outer, self.cms, self.commitments, kept, declared)

    def pack(self) -> bytes:
        out = [_sized(self.outer), _sized(self.cms), struct.pack("<I", len(self.commitments)), *self.commitments]
        out.append(struct.pack("<I", len(self.openings)))
        for index in sorted(self.openings):
            blind, part = self.openings[index]
            out.append(struct.pack("<I", index) + blind + _sized(part))
        out.append(struct.pack("<I", len(self.declared)))
        out += [_sized(part) for part in self.declared]
        data = b"".join(out)
        if suite.sealed(len(data)) > MAX_SUMMARY or len(self.commitments) + len(self.declared) > MAX_PARTS:
            raise CapExceeded("summary")
        return data

    @classmethod
    def unpack(cls, data: bytes, header: Header) -> "Summary":
        """Parse and check all that can be checked without a certificate. Raises SummaryDamaged or CapExceeded."""
        reader = _Reader(data)
        made = cls(reader.sized(), reader.sized())
        made.commitments = [reader.take(32) for _ in range(reader.count())]
        last = -1
        for _ in range(reader.count()):
            index, blind, part = reader.number(), reader.take(32), reader.sized()
            if not last < index < len(made.commitments):
                raise SummaryDamaged("opening")
            if suite.tagged("part", blind, part) != made.commitments[index]:
                raise SummaryDamaged("part does not match its commitment")
            made.openings[index] = (blind, part)
            last = index
        made.declared = [reader.sized() for _ in range(reader.count())]
        if reader.at != len(data) or len(made.cms) > MAX_CMS:
            raise SummaryDamaged("length")
        if made.commitments and not made.cms:
            raise SummaryDamaged("lines without a signature")
        for part in [*made.parts(), *made.declared]:
            part_items(part)
        try:
            outer = made.outer_value()
        except StatementMalformed as error:
            raise SummaryDamaged(error.detail) from None
        if not outer_fits(outer, header):
            raise SummaryDamaged("statement of another record")
        if outer["summary"] != made.digest.hex():
            raise SummaryDamaged("the statement names other lines")
        return made


def part_items(part: bytes) -> list[str]:
    """The hex ids that a part was made from. Raises SummaryDamaged or CapExceeded."""
    if len(part) > MAX_PART:
        raise CapExceeded("part")
    try:
        items = canonical.load_object(part)["items"]
        if isinstance(items, list) and all(isinstance(i, str) for i in items):
            return items
    except (ValueError, KeyError):
        pass
    raise SummaryDamaged("part")


def _sized(data: bytes) -> bytes:
    return struct.pack("<I", len(data)) + data


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, length: int) -> bytes:
        if self.at + length > len(self.data):
            raise SummaryDamaged("cut")
        self.at += length
        return self.data[self.at - length : self.at]

    def number(self) -> int:
        return int.from_bytes(self.take(4), "little")

    def count(self) -> int:
        if (n := self.number()) > MAX_PARTS:
            raise CapExceeded("parts")
        return n

    def sized(self) -> bytes:
        return self.take(self.number())
