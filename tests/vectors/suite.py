"""Vectors as text: what a reader must find, and the file as patches against another vector's."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from coffre import FOLDED, Stream, words12
from record import Record, Snap

PAGE = 4096

# The secrets that most vectors use: twelve words, which cost no Argon2id.
HOLDER = Stream("holder's twelve words")(16)
CARER = Stream("carer's twelve words")(16)
NEW = Stream("holder's new twelve words")(16)
STRANGER = Stream("stranger's twelve words")(16)


def some_words(seed: str, count: int) -> str:
    """Draw folded words."""
    data = Stream(seed)(2 * count)
    return " ".join(FOLDED[int.from_bytes(data[2 * i : 2 * i + 2], "big") % 2048] for i in range(count))


EIGHT = some_words("holder's eight words", 8)
SIX = some_words("six words of the emergency code", 6)
SIX_NEW = some_words("six new words", 6)


@dataclass
class Vector:
    """One case."""

    name: str
    img: bytes
    lines: list[str] = field(default_factory=list)
    text: str = ""


def runs(old: bytes, new: bytes) -> list[tuple[int, bytes]]:
    """Find where `new` differs from `old`, which has the same length; short gaps are bridged."""
    found: list[tuple[int, int]] = []
    for page in range(0, len(new), PAGE):
        before, after = old[page : page + PAGE], new[page : page + PAGE]
        if before == after:
            continue
        for index, (a, b) in enumerate(zip(before, after, strict=True), page):
            if a == b:
                continue
            if found and index - found[-1][1] <= 12:
                found[-1] = (found[-1][0], index + 1)
            else:
                found.append((index, index + 1))
    return [(start, new[start:end]) for start, end in found]


def resized(data: bytes, size: int) -> bytes:
    """Cut, or lengthen with zeros."""
    return data[:size].ljust(size, b"\0")


class Suite:
    """All vectors, in the order made."""

    def __init__(self) -> None:
        """Start empty."""
        self.vectors: dict[str, Vector] = {}
        self.bases: list[Vector] = []

    def add(
        self,
        name: str,
        source: Record | bytes | bytearray,
        comment: str,
        *,
        expect: str = "opens",
        findings: str = "",
        secret: str = "",
        mode: str = "dossier",
        snap: Snap | None = None,
        damaged: Iterable[bytes] = (),
        history: bool | list[tuple[int, str, str]] = True,
        parts: list[tuple[int, str]] | None = None,
        base: bool = False,
    ) -> None:
        """Add a vector: what must be found in the file, and the file."""
        assert name not in self.vectors, name
        if isinstance(source, Record):
            snap = snap or source.snaps[-1]
        img = bytes(source.img if isinstance(source, Record) else source)
        lines = [f"expect: {expect}"]
        if findings:
            lines.append("findings: " + ", ".join(sorted(findings.split())))
        lines += [f"secret: {secret or words12(HOLDER)}", f"mode: {mode}"]
        if expect == "opens":
            assert snap is not None or mode == "emergency", name
            bad = {row.hex() for row in damaged}
            if snap and mode == "dossier":
                lines += [f"seq: {snap.seq}", f"head: {snap.head.hex()}"]
                for item, status, kind, digest in snap.items:
                    lines.append(f"item: {item} {status} {kind} {'damaged' if item in bad else digest}")
            for index, digest in (snap.parts if snap else []) if parts is None else parts:
                lines.append(f"part: {index} {digest}")
            if snap and mode == "dossier" and history:
                for seq, role, verdict in snap.history if history is True else history:
                    lines.append(f"history: {seq} {role} {verdict}")
        vector = Vector(name, img, lines)
        vector.text = self.finish(vector, comment)
        self.vectors[name] = vector
        if base:
            self.bases.append(vector)

    def finish(self, vector: Vector, comment: str) -> str:
        """Add size, hash and patches, against whichever base gives the shortest."""
        img = vector.img
        candidates = [("", b"")] if not self.bases else [(base.name, base.img) for base in self.bases]
        best: tuple[int, str, list[tuple[int, bytes]]] | None = None
        for name, data in candidates:
            patches = runs(resized(data, len(img)), img)
            weight = sum(len(data) + 12 for _, data in patches)
            if best is None or weight < best[0]:
                best = (weight, name, patches)
        assert best is not None
        lines = list(vector.lines)
        if best[1]:
            lines.append(f"base: {best[1]}")
        lines += [f"size: {len(img)}", f"sha256: {hashlib.sha256(img).hexdigest()}", f"comment: {comment}", ""]
        for start, data in best[2]:
            for cut in range(0, len(data), PAGE):
                lines.append(f"at {start + cut}: {data[cut : cut + PAGE].hex()}")
        return "\n".join(lines) + "\n"

    def render(self) -> dict[str, str]:
        """Return every file's text."""
        return {name: vector.text for name, vector in self.vectors.items()}
