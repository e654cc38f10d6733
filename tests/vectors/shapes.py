"""What a record shows at a commit, and its summary."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from coffre import ZERO32, sized, u32

Hooks = dict[str, Callable[[Any], Any]]
STATUS = ("live", "replaced", "withdrawn", "erased")


@dataclass
class Snap:
    """What a reader of one commit must show."""

    seq: int
    head: bytes
    items: list[tuple[str, str, str, str]]
    parts: list[tuple[int, str]]
    history: list[tuple[int, str, str]]


@dataclass
class Summary:
    """The emergency summary in force."""

    outer: bytes = b""
    cms: bytes = b""
    commitments: list[bytes] = field(default_factory=list)
    openings: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)
    declared: list[bytes] = field(default_factory=list)
    seq: int = 0
    offset: int = 0
    mirror: int = 0
    length: int = 0
    key: bytes = ZERO32

    def plain(self) -> bytes:
        """Lay out the blob (section 11)."""
        out = sized(self.outer) + sized(self.cms) + u32(len(self.commitments)) + b"".join(self.commitments)
        out += u32(len(self.openings))
        out += b"".join(u32(i) + blind + sized(part) for i, (blind, part) in sorted(self.openings.items()))
        return out + u32(len(self.declared)) + b"".join(map(sized, self.declared))
