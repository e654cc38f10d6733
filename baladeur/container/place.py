"""Files and folders: the three names, several records on one key, copies, and the search for lost files.

Source: schemas/container.md section 15. Never a rename over an existing file; nothing is created because
something "is not there".
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from baladeur.container import suite
from baladeur.container.container import Container
from baladeur.container.frame import PIECE, Checked
from baladeur.container.layout import BLOCK, MAGIC, ZONE, ZONES
from baladeur.container.medium import FileMedium, rename_new, sync_folder
from baladeur.container.secret import Secret
from baladeur.container.state import Finding
from baladeur.container.unlock import read_headers
from baladeur.container.writer import Author, Change
from baladeur.errors import AlreadyThere, ContainerError, NotAContainer, NotVerified, Truncated, WrongSecret

NAME, NEW, OLD = "DOSSIER.DMB", "DOSSIER.NEW", "DOSSIER.OLD"
MANY = "DOSSIERS"
Progress = Callable[[int, int], None]


class Relation(StrEnum):
    """How two files of one record stand to each other."""

    SAME = "same"
    OLDER = "older"
    NEWER = "newer"
    DIVERGED = "diverged"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Comparison:
    """`relation` is the first file's; `common` is the number of the last commit that both have."""

    relation: Relation
    common: int | None


def folders(path: Path) -> list[Path]:
    """The folders of a key that may hold a record: the folder itself, then DOSSIERS/01 to 99."""
    many = sorted(p for p in (path / MANY).glob("[0-9][0-9]") if p.is_dir()) if (path / MANY).is_dir() else []
    return [f for f in (path, *many) if any((f / name).exists() for name in (NAME, NEW, OLD))]


def open_at(path: Path, secret: Secret, write: bool = False) -> Container:
    """Open the record that the secret finds: a file, its folder, or a key with several.

    A write session first finishes renames that a power loss left open.
    Raises NotAContainer if nothing is there, else what opening raises.
    """
    if not path.is_dir() and path.name not in (NAME, NEW, OLD):
        return _open_one(path, secret, write)
    places = folders(path) if path.is_dir() else [path.parent]
    problems: list[ContainerError] = []
    for folder in places:
        present = [name for name in (NAME, NEW, OLD) if (folder / name).exists()]
        if present == [NAME]:
            try:
                return _open_one(folder / NAME, secret, write)
            except ContainerError as problem:
                problems.append(problem)
                continue
        found = _openable(folder, present, secret, problems)
        if not found:
            continue
        best = next(iter(found))
        forks = [name for name, heads in found.items() if heads[-1] not in found[best] and name != best]
        if write and not forks:
            best = _finish(folder, best, [name for name in found if name != best])
        container = _open_one(folder / best, secret, write)
        for name in forks:
            container.add_finding(Finding("fork", name))
        return container
    raise next((p for p in problems if not isinstance(p, WrongSecret)), problems[0] if problems else NotAContainer())


def _open_one(path: Path, secret: Secret, write: bool) -> Container:
    try:
        medium = FileMedium.open(path, write)
    except FileNotFoundError:
        raise NotAContainer("no such file") from None
    try:
        return Container.open(medium, secret, write)
    except BaseException:
        medium.close()
        raise


def _openable(
    folder: Path, present: list[str], secret: Secret, problems: list[ContainerError]
) -> dict[str, list[bytes]]:
    """Name → heads of each file that the secret opens, the one to use first."""
    found: dict[str, list[bytes]] = {}
    for name in present:
        medium = FileMedium.open(folder / name)
        try:
            container = Container.open(medium, secret)
            found[name] = container.heads()
        except ContainerError as problem:
            problems.append(problem)
        finally:
            medium.close()
    longest = sorted(found, key=lambda name: -len(found[name]))
    return {name: found[name] for name in longest}


def _finish(folder: Path, best: str, others: list[str]) -> str:
    """Bring the chosen file to its name and remove what it contains. Returns the name it has then."""
    if best != NAME:
        if NAME in others:
            if OLD in others:
                wipe(folder / OLD)
                others.remove(OLD)
            rename_new(folder / NAME, folder / OLD)
            others[others.index(NAME)] = OLD
        if not (folder / NAME).exists():
            rename_new(folder / best, folder / NAME)
            best = NAME
    for name in others:
        wipe(folder / name)
    return best


def wipe(path: Path) -> None:
    """Remove a superseded file so that its freed clusters hold no key: the zones go first."""
    medium = FileMedium.open(path, write=True)
    try:
        for at in range(0, min(ZONES * ZONE, medium.size()), PIECE):
            medium.write(at, suite.random(min(PIECE, medium.size() - at)))
        medium.sync()
    finally:
        medium.close()
    path.unlink()
    sync_folder(path.parent)


def _new(folder: Path) -> FileMedium:
    """An empty DOSSIER.NEW. One without any header copy is an unfinished write and is started again."""
    path = folder / NEW
    if path.exists():
        medium = FileMedium.open(path)
        try:
            read_headers(medium)
        except (NotAContainer, Truncated):
            pass
        else:
            raise AlreadyThere(NEW)
        finally:
            medium.close()
        path.unlink()
    return FileMedium.create(path)


def create_at(
    folder: Path, secrets: Mapping[int, Secret], change: Change, author: Author, *, demo: bool = False
) -> None:
    """Create a record in a folder that exists and has none. Raises AlreadyThere, NotVerified, MediumError's kinds."""
    if any((folder / name).exists() for name in (NAME, OLD)):
        raise AlreadyThere(NAME)
    medium = _new(folder)
    try:
        Container.create(medium, secrets, change, author, demo=demo)
    finally:
        medium.close()
    rename_new(folder / NEW, folder / NAME)


def compact_at(folder: Path, secret: Secret, author: Author) -> None:
    """Compact the record of a folder under the three names."""
    with open_at(folder, secret, write=True) as container:
        medium = _new(folder)
        try:
            container.compact_into(medium, author)
        finally:
            medium.close()
    _finish(folder, NEW, [NAME])


def copy_to(path: Path, folder: Path, secret: Secret, progress: Progress | None = None) -> None:
    """Copy a record to another place and verify it there.

    An older copy of the same record there is replaced; anything else is left alone (AlreadyThere).
    """
    others: list[str] = []
    with open_at(path, secret) as source:
        if folders(folder):
            with open_at(folder, secret) as there:
                if compare(there, source).relation not in (Relation.OLDER, Relation.SAME):
                    raise AlreadyThere("another record, or a newer copy")
                others = [NAME]
        medium = _new(folder)
        try:
            out, size = Checked(medium, whole=True), source.medium.size()
            for at in range(0, size, PIECE):
                out.write(at, source.medium.read(at, min(PIECE, size - at)))
                if progress:
                    progress(at, size)
            medium.sync()
            out.verify()
            if Container.open(medium, secret).head != source.head:
                raise NotVerified
        finally:
            medium.close()
    _finish(folder, NEW, others)


def compare(a: Container, b: Container) -> Comparison:
    """How two open files stand to each other, by their chains of heads."""
    if a.id != b.id:
        return Comparison(Relation.UNRELATED, None)
    heads_a, heads_b = a.heads(), b.heads()
    known = set(heads_a) & set(heads_b)
    common = max((n for n, head in enumerate(heads_a) if head in known), default=None)
    if a.head == b.head:
        return Comparison(Relation.SAME, common)
    if a.head in heads_b:
        return Comparison(Relation.OLDER, common)
    return Comparison(Relation.NEWER if b.head in heads_a else Relation.DIVERGED, common)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file in which a header was found; `number` and `labels` once it was opened with a secret."""

    path: Path
    number: int | None = None
    labels: tuple[str, ...] = ()


def recover(root: Path) -> Iterator[Candidate]:
    """Every file under a folder that holds a header copy at one of its four places, whatever its name."""
    for path in sorted(p for p in root.rglob("*") if p.is_file() and not p.is_symlink()):
        medium = FileMedium.open(path)
        try:
            if any(medium.read(z * ZONE, BLOCK)[: len(MAGIC)] == MAGIC for z in range(ZONES)):
                yield Candidate(path)
        finally:
            medium.close()


def assess(candidates: list[Candidate], secret: Secret) -> list[Candidate]:
    """Those that the secret opens, the longest history first; `before-erasure` where an erased entry is still there."""
    opened: list[tuple[Candidate, int, set[bytes], set[bytes]]] = []
    for candidate in candidates:
        try:
            with Container.open(FileMedium.open(candidate.path), secret) as c:
                erased, present = c.erased(), {e.id for e in c.entries(0, 1, 2)}
                labels = tuple(sorted({f.name for f in c.findings}))
                opened.append((Candidate(candidate.path, c.number, labels), c.seq, erased, present))
        except ContainerError:
            continue
    opened.sort(key=lambda o: -o[1])
    gone = set[bytes]().union(*(o[2] for o in opened))
    return [
        Candidate(c.path, c.number, (*c.labels, "before-erasure")) if gone & present else c
        for c, _, _, present in opened
    ]
