"""Reads the vector files of schemas/container.md section 19."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "vectors"


@dataclass(frozen=True)
class Vector:
    """One case: its header lines, in order, and its patches."""

    name: str
    lines: tuple[tuple[str, str], ...]
    patches: tuple[tuple[int, bytes], ...]

    def one(self, name: str, default: str = "") -> str:
        """The value of a line that stands once."""
        return next((value for key, value in self.lines if key == name), default)

    def all(self, name: str) -> list[str]:
        """The values of a line that may stand several times."""
        return [value for key, value in self.lines if key == name]


@lru_cache
def load(name: str) -> Vector:
    """The vector of that name."""
    head, _, body = (FOLDER / f"{name}.txt").read_text("utf-8").partition("\n\n")
    lines = tuple((k, v) for k, _, v in (line.partition(": ") for line in head.splitlines()))
    patches = []
    for line in body.splitlines():
        place, _, data = line.partition(": ")
        patches.append((int(place.removeprefix("at ")), bytes.fromhex(data)))
    return Vector(name, lines, tuple(patches))


def names() -> list[str]:
    """Every vector."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


class Sparse:
    """A medium of zeros and some pages, so that a file of 20 MiB costs what is in it."""

    page = 1 << 16

    def __init__(self) -> None:
        self.length = 0
        self.pages: dict[int, bytes] = {}

    def size(self) -> int:
        return self.length

    def cut(self, length: int) -> None:
        """Shorten or extend."""
        last = length // self.page
        self.pages = {i: p for i, p in self.pages.items() if i <= last}
        if last in self.pages:
            self.pages[last] = self.pages[last][: length % self.page].ljust(self.page, b"\0")
        self.length = length

    def read(self, offset: int, length: int) -> bytes:
        end = min(offset + length, self.length)
        if end <= offset:
            return b""
        first, last = offset // self.page, (end - 1) // self.page
        zero = bytes(self.page)
        joined = b"".join(self.pages.get(i, zero) for i in range(first, last + 1))
        return joined[offset - first * self.page : end - first * self.page]

    def write(self, offset: int, data: bytes | memoryview) -> None:
        data = bytes(data)
        while data:
            index, at = divmod(offset, self.page)
            piece, data = data[: self.page - at], data[self.page - at :]
            page = self.pages.get(index, bytes(self.page))
            self.pages[index] = page[:at] + piece + page[at + len(piece) :]
            offset += len(piece)
        self.length = max(self.length, offset)

    def sync(self) -> None: ...

    def forget(self, offset: int, length: int) -> None: ...

    def close(self) -> None: ...


def build(name: str) -> Sparse:
    """The file of a vector."""
    vector = load(name)
    medium = build(vector.one("base")) if vector.one("base") else Sparse()
    medium.cut(int(vector.one("size")))
    for at, patch in vector.patches:
        medium.write(at, patch)
    assert medium.length == int(vector.one("size"))
    return medium


def digest(medium: Sparse) -> str:
    """As the sha256 line has it."""
    whole = hashlib.sha256()
    for at in range(0, medium.size(), 1 << 20):
        whole.update(medium.read(at, 1 << 20))
    return whole.hexdigest()
