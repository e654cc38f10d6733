"""The entries of a record that hold FHIR, as they stand in the file and as they would stand after a change.

Imported bytes are kept unchanged, one item a resource. An item's meta names the fullUrl as it was written (`url`), the
import that brought it (`source`), the section that its line belongs to (`section`), and, of what replaced an entry
that had another fullUrl, a line for each former version with its id and its name then (`names`). What was written here
has the day on which it was (`written`): it speaks as of that day, whichever document the fact came in first.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from baladeur.container import suite
from baladeur.container.change import Change, NewItem
from baladeur.container.container import Container, Entry
from baladeur.quiet import quiet

FHIR_JSON = "application/fhir+json"
PREFIX = "fhir-"  # item type of a resource: fhir-condition
IDENTITY = "identity"
SOURCE = "source"
EVIDENCE = "evidence"
DECLARED = ("contact", "language", "trusted-person", "directive", "tray")  #: what the holder says
CONFIRMATION = "confirmation"  # a professional says of one line that it holds unchanged


UNWRITTEN = 1 << 63  # a commit number above all others: of what is not written yet


@dataclass(repr=False, frozen=True)
class Live:
    """A live entry: its content is read from the file when it is asked for."""

    __repr__ = quiet

    id: str  #: 32 hex digits
    type: str
    title: str
    date: str
    media: str
    more: dict[str, str]
    hidden: bool  #: dossier only: not on the emergency page
    of: str = ""  #: the id of the entry that it replaced
    container: Container | None = None
    given: bytes = b""
    seq: int = UNWRITTEN  #: of the commit that brought it

    @cached_property
    def content(self) -> bytes:
        """Its bytes. Raises ItemDamaged."""
        return self.given if self.container is None else self.container.read(bytes.fromhex(self.id))

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 of its bytes."""
        return hashlib.sha256(self.content).digest()

    @property
    def is_fhir(self) -> bool:
        """Whether it is a resource."""
        return self.media == FHIR_JSON and (self.type == IDENTITY or self.type.startswith(PREFIX))


#: What the page is made of: resources, and the types that are read by `pages` and `declared`.
_OF_PAGE = re.compile(
    b'"type":"(?:%s)'
    % b"|".join(
        re.escape(piece.encode())
        for piece in (PREFIX, *(f'{type_}"' for type_ in (IDENTITY, SOURCE, "review", CONFIRMATION, *DECLARED)))
    )
)
_NAMES = frozenset({"type", "title", "date", "media", "of"})


def live(container: Container) -> list[Live]:
    """The live entries, in the order in which they came in."""
    return [of(entry, container) for entry in sorted(container.entries(), key=lambda entry: entry.seq)]


def of_page(container: Container, results: Collection[str], most: int) -> tuple[list[Live], bool]:
    """The live entries that the emergency page may be made of, and whether all of them are there.

    Where they are more than `most`, those of the sections `results` are left out. The meta of no other is read.
    """
    pieces = [f'"section":"{name}"'.encode() for name in results]
    rows = 0

    def wanted(meta: bytes) -> bool:
        nonlocal rows
        if _OF_PAGE.search(meta) is None:
            return False
        rows += 1
        return not any(one in meta for one in pieces)

    found = container.entries(having=wanted)
    every = rows <= most
    if every and len(found) < rows:
        found = container.entries(having=lambda meta: _OF_PAGE.search(meta) is not None)
    return [of(entry, container) for entry in sorted(found, key=lambda entry: entry.seq)], every


def former(container: Container) -> dict[str, str]:
    """Every replaced id → the id that took its place, whatever became of that one."""
    replacing = container.entries(0, 1, 2, having=lambda meta: b'"of":"' in meta)
    return {str(entry.meta["of"]): entry.id.hex() for entry in replacing}


def of(entry: Entry, container: Container) -> Live:
    """One entry, of any status but erased."""
    meta = {name: str(value) for name, value in entry.meta.items()}
    more = {name: value for name, value in meta.items() if name not in _NAMES}
    return Live(
        entry.id.hex(), meta["type"], meta["title"], meta["date"], meta["media"], more, entry.dossier_only,
        meta.get("of", ""), container, seq=entry.seq,
    )  # fmt: skip


def named(items: Iterable[NewItem]) -> list[NewItem]:
    """The same items, each with an id: the lines of the page must name them before they are written."""
    return [item if item.id else _with_id(item) for item in items]


def _with_id(item: NewItem) -> NewItem:
    return NewItem(
        item.type, item.title, item.content, item.date, item.media, item.of, item.dossier_only, suite.random(16),
        item.more,
    )  # fmt: skip


def after(present: Sequence[Live], change: Change) -> list[Live]:
    """The live entries as they will stand after a change whose new items have ids."""
    gone = {id_.hex() for id_ in (*change.withdraw, *change.erase)} | {new.of.hex() for new in change.add if new.of}
    shown = {id_.hex(): hidden for id_, hidden in change.visibility.items()}
    return [
        *(one if one.id not in shown else _shown(one, shown[one.id]) for one in present if one.id not in gone),
        *(one for one in _new(change.add) if one.id not in gone),
    ]


def _shown(one: Live, hidden: bool) -> Live:
    return replace(one, hidden=hidden)


def _new(items: Iterable[NewItem]) -> Iterator[Live]:
    for item in items:
        content = item.content if isinstance(item.content, bytes) else b""  # a file's content is never a resource
        yield Live(
            (item.id or b"").hex(), item.type, item.title, item.date, item.media, dict(item.more), item.dossier_only,
            item.of.hex() if item.of else "", None, content,
        )  # fmt: skip
