"""Vectors as text: what a reader must find, and the file as patches against another vector's."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from coffre import FOLDED, Stream, words12
from record import Record
from shapes import Snap

PAGE, PART, LINE = 65536, 512, 4096
ZEROS = bytes(PAGE)

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
    lines: list[str] = field(default_factory=list)
    text: str = ""


def pages(data: bytes) -> list[bytes]:
    """Cut into pages; those of zeros are one object, so that comparing two of them costs nothing."""
    cut = (data[at : at + PAGE] for at in range(0, len(data), PAGE))
    return [ZEROS if page == ZEROS else page for page in cut]


def runs(old: list[bytes], new: list[bytes]) -> list[tuple[int, bytes]]:
    """Find where the pages `new` differ from `old`, zeros where it ends; short gaps are bridged."""
    found: list[tuple[int, int]] = []
    for number, after in enumerate(new):
        before = old[number] if number < len(old) else ZEROS
        if before == after:
            continue
        before = before.ljust(PAGE, b"\0")
        for part in range(0, len(after), PART):
            if before[part : part + PART] == after[part : part + PART]:
                continue
            start = number * PAGE + part
            pairs = zip(before[part : part + PART], after[part : part + PART], strict=False)
            for index, (a, b) in enumerate(pairs, start):
                if a == b:
                    continue
                if found and index - found[-1][1] <= 12:
                    found[-1] = (found[-1][0], index + 1)
                else:
                    found.append((index, index + 1))
    return [(start, joined(new, start, end)) for start, end in found]


def joined(cut: list[bytes], start: int, end: int) -> bytes:
    """Return a stretch of the file."""
    first, last = start // PAGE, (end - 1) // PAGE
    return b"".join(cut[first : last + 1])[start - first * PAGE : end - first * PAGE]


class Suite:
    """All vectors, in the order made."""

    def __init__(self) -> None:
        """Start empty."""
        self.vectors: dict[str, Vector] = {}
        self.bases: list[tuple[str, list[bytes]]] = []
        self.last: list[tuple[str, list[bytes]]] = []
        self.depth = {"": -1}
        self.same: dict[str, str] = {}

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
        vector = Vector(name, lines)
        vector.text = self.finish(vector, img, comment)
        self.vectors[name] = vector
        if base:
            self.bases.append((name, pages(img)))

    def finish(self, vector: Vector, img: bytes, comment: str) -> str:
        """Add size, hash and patches, against whichever base gives the shortest."""
        cut, digest = pages(img), hashlib.sha256(img).hexdigest()
        best: tuple[int, str, list[tuple[int, bytes]]] | None = None
        if digest in self.same:
            best = (0, self.same[digest], [])
        else:
            for name, base in (self.bases or [("", [])]) + self.last:
                patches = runs(base, cut)
                weight = sum(len(data) + 12 for _, data in patches)
                if best is None or weight < best[0]:
                    best = (weight, name, patches)
        assert best is not None
        self.depth[vector.name] = self.depth[best[1]] + 1
        self.same.setdefault(digest, vector.name)
        if self.depth[vector.name] < 3:
            self.last = [(vector.name, cut)]
        lines = list(vector.lines)
        if best[1]:
            lines.append(f"base: {best[1]}")
        lines += [f"size: {len(img)}", f"sha256: {digest}", f"comment: {comment}", ""]
        for start, data in best[2]:
            for at in range(0, len(data), LINE):
                lines.append(f"at {start + at}: {data[at : at + LINE].hex()}")
        return "\n".join(lines) + "\n"

    def render(self) -> dict[str, str]:
        """Return every file's text."""
        return {name: vector.text for name, vector in self.vectors.items()}
