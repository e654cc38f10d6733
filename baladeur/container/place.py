"""Files and folders: the four names, several records on one key, copies, and the search for lost files.

Source: schemas/container.md section 15. Never a rename over an existing file; nothing is created because
something "is not there".
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from baladeur.container import suite
from baladeur.container.change import Author, Change
from baladeur.container.container import Container
from baladeur.container.frame import PIECE, Checked
from baladeur.container.layout import BLOCK, FILE_NAME, MAGIC, ZONE, ZONES
from baladeur.container.medium import FileMedium, rename_new, sync_folder
from baladeur.container.secret import Secret
from baladeur.container.state import Finding
from baladeur.errors import (
    AlreadyThere,
    ContainerError,
    MediumError,
    MediumFull,
    NotAContainer,
    NotVerified,
    WrongSecret,
)

NAME, NEW, OLD = FILE_NAME, "DOSSIER.NEW", "DOSSIER.OLD"
SCRATCH = "DOSSIER.TMP"  # what is not whole yet, or no more; never opened, removed by the next write session
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
    problems: list[ContainerError] = []
    for folder in folders(path) if path.is_dir() else [path.parent]:
        if (container := _open_in(folder, secret, write, problems)) is not None:
            return container
    raise next((p for p in problems if not isinstance(p, WrongSecret)), problems[0] if problems else NotAContainer())


def _open_in(folder: Path, secret: Secret, write: bool, problems: list[ContainerError]) -> Container | None:
    present = _present(folder)
    if present == [NAME]:  # the common case costs one key derivation
        try:
            container = _open_one(folder / NAME, secret, write)
        except ContainerError as problem:
            problems.append(problem)
            return None
        return _swept(container, folder, write)
    found = _openable(folder, present, secret, problems)
    if not found:
        return None
    best = next(iter(found))
    forks = [name for name in found if found[name].head not in found[best].heads]
    if write and not forks and not found[best].blocked:
        for name in present:  # a second writer is met before anything is renamed
            FileMedium.open(folder / name, write=True).close()
        best = _finish(folder, best, [name for name in found if name != best])
    container = _swept(_open_one(folder / best, secret, write), folder, write)
    for name in forks:
        container.add_finding(Finding("fork", name))
    return container


def _swept(container: Container, folder: Path, write: bool) -> Container:
    """The container, after a write session has removed what has the scratch name."""
    try:
        if write:
            _sweep(folder)
    except BaseException:
        container.close()
        raise
    return container


def _present(folder: Path) -> list[str]:
    return [name for name in (NAME, NEW, OLD) if (folder / name).exists()]


@dataclass(frozen=True, slots=True)
class _Found:
    head: bytes
    heads: list[bytes]
    blocked: list[str]


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


def _openable(folder: Path, present: list[str], secret: Secret, problems: list[ContainerError]) -> dict[str, _Found]:
    """Each file that the secret opens, the one with the longest history first."""
    found: dict[str, _Found] = {}
    for name in present:
        try:
            with _open_one(folder / name, secret, False) as container:
                found[name] = _Found(container.head, container.heads(), container.blocked)
        except ContainerError as problem:
            problems.append(problem)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[1].heads)))


def _finish(folder: Path, best: str, contained: list[str]) -> str:
    """Bring the chosen file to its name and remove those whose history it contains. Returns the name it has then."""
    if OLD in contained:
        wipe(folder / OLD)
    if best != NAME:
        if NAME in contained and best == NEW:
            rename_new(folder / NAME, folder / OLD)
            contained = [OLD]
        elif NAME in contained:
            wipe(folder / NAME)
            contained = [name for name in contained if name != NAME]
        if not (folder / NAME).exists():
            rename_new(folder / best, folder / NAME)
            best = NAME
    for name in contained:
        if (folder / name).exists():
            wipe(folder / name)
    return best


def wipe(path: Path) -> None:
    """Remove a superseded file so that its freed clusters hold no key: the zones go first.

    It takes the scratch name before, so that what is half wiped is never taken for a record.
    """
    _sweep(path.parent)
    rename_new(path, path.parent / SCRATCH)
    _sweep(path.parent)


def _sweep(folder: Path) -> None:
    """Remove what stands under the scratch name. Raises SecondWriter if somebody is still writing it."""
    path = folder / SCRATCH
    if not path.exists():
        return
    medium = FileMedium.open(path, write=True)
    try:
        for at in range(0, min(ZONES * ZONE, medium.size()), PIECE):
            with suppress(MediumFull):  # a hole that cannot be filled holds nothing
                medium.write(at, suite.random(min(PIECE, medium.size() - at)))
        medium.sync()
    finally:
        medium.close()
    path.unlink()
    sync_folder(folder)


@contextmanager
def _new(folder: Path) -> Iterator[FileMedium]:
    """An empty file that is named DOSSIER.NEW once it was written and checked. Raises AlreadyThere."""
    if (folder / NEW).exists():
        raise AlreadyThere(NEW)
    _sweep(folder)
    medium = FileMedium.create(folder / SCRATCH)
    try:
        yield medium
    except BaseException:
        medium.close()
        with suppress(OSError, MediumError):
            _sweep(folder)
        raise
    finally:
        medium.close()
    rename_new(folder / SCRATCH, folder / NEW)


def create_at(
    folder: Path, secrets: Mapping[int, Secret], change: Change, author: Author, *, demo: bool = False
) -> None:
    """Create a record in a folder that exists and has none. Raises AlreadyThere, NotVerified, MediumError's kinds."""
    if any((folder / name).exists() for name in (NAME, OLD)):
        raise AlreadyThere(NAME)
    with _new(folder) as medium:
        Container.create(medium, secrets, change, author, demo=demo)
    rename_new(folder / NEW, folder / NAME)


def compact_at(path: Path, secret: Secret, author: Author) -> None:
    """Compact a record under the names of section 15. Raises AlreadyThere where another file of it is in the way."""
    with open_at(path, secret, write=True) as container:
        folder = _folder_of(container)
        with _new(folder) as medium:
            container.compact_into(medium, author)
        _swap(folder, container)


def copy_to(path: Path, folder: Path, secret: Secret, progress: Progress | None = None) -> None:
    """Copy a record into another folder and verify it there.

    An older copy of the same record there is replaced; anything else is left alone (AlreadyThere).
    """
    with open_at(path, secret) as source, ExitStack() as stack:
        target = None
        if _present(folder):
            target = stack.enter_context(_older_copy(folder, secret, source))
        with _new(folder) as medium:
            _copy(source, medium, progress)
            if Container.open(medium, secret).head != source.head:
                raise NotVerified
        if target is not None:
            _swap(folder, target)
        else:
            _finish(folder, NEW, [])


def _older_copy(folder: Path, secret: Secret, source: Container) -> Container:
    """The file of a folder, locked, if it is an older copy of the source. Raises AlreadyThere, SecondWriter."""
    try:
        target = _open_in(folder, secret, True, [])
    except ContainerError:
        target = None
    if target is None:
        raise AlreadyThere("another record")
    try:
        if compare(target, source).relation not in (Relation.OLDER, Relation.SAME):
            raise AlreadyThere("a newer copy")
        _folder_of(target)
    except BaseException:
        target.close()
        raise
    return target


def _folder_of(container: Container) -> Path:
    """The folder of a record that may be replaced: it has the standard name and stands alone."""
    medium = container.medium
    path = medium.path if isinstance(medium, FileMedium) else Path()
    if path.name != NAME or _present(path.parent) != [NAME]:
        raise AlreadyThere("another file of this record")
    return path.parent


def _swap(folder: Path, container: Container) -> None:
    """NEW takes the place of the open file, whose lock is kept until the names have changed."""
    if sys.platform == "win32":  # an open file has no other name there
        container.close()
    rename_new(folder / NAME, folder / OLD)
    rename_new(folder / NEW, folder / NAME)
    container.close()
    wipe(folder / OLD)


def _copy(source: Container, medium: FileMedium, progress: Progress | None) -> None:
    """All bytes, the header copies last: a file that has one was written and checked whole."""
    out, size = Checked(medium, whole=True), source.medium.size()
    headers = [(z * ZONE, source.medium.read(z * ZONE, BLOCK)) for z in range(ZONES)]
    starts = dict(headers)
    for at in range(0, size, PIECE):
        piece = source.medium.read(at, min(PIECE, size - at))
        skip = BLOCK if at in starts else 0
        out.write(at + skip, piece[skip:])
        if progress:
            progress(at + len(piece), size)
    medium.sync()
    out.verify()
    for at, header in headers:
        out.write(at, header)
    medium.sync()
    out.verify()


def compare(a: Container, b: Container) -> Comparison:
    """How two open files stand to each other, by their chains of heads, and by those that they have taken in."""
    if a.id != b.id:
        return Comparison(Relation.UNRELATED, None)
    heads_a, heads_b = a.heads(), b.heads()
    numbers = a.numbers()
    common = max((numbers[head] for head in set(heads_a) & set(heads_b)), default=None)
    if a.head == b.head:
        return Comparison(Relation.SAME, common)
    if a.head in heads_b or a.head in b.joined():
        return Comparison(Relation.OLDER, common)
    held = b.head in heads_a or b.head in a.joined()
    return Comparison(Relation.NEWER if held else Relation.DIVERGED, common)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file in which a header was found; `number` and `labels` once it was opened with a secret."""

    path: Path
    number: int | None = None
    labels: tuple[str, ...] = ()


def recover(root: Path) -> Iterator[Candidate]:
    """Every file under a folder that holds a header copy at one of its four places, whatever its name."""
    for path in sorted(p for p in root.rglob("*") if p.is_file() and not p.is_symlink()):
        try:
            medium = FileMedium.open(path)
        except OSError:
            continue  # System Volume Information and the like
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
            with _open_one(candidate.path, secret, False) as c:
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
