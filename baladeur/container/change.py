"""What one commit does, and who does it: the values that callers hand to a container.

Source: schemas/container.md sections 9 and 10.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from baladeur.container import canonical
from baladeur.container.catalogue import MAX_META, Row
from baladeur.container.layout import Header
from baladeur.container.statement import HEX16, TYPE
from baladeur.errors import CapExceeded, Malformed, WriteRefused
from baladeur.quiet import quiet


@dataclass(repr=False, frozen=True, slots=True)
class NewItem:
    """An item to add; with `of`, the version that takes that item's place. content: bytes, or a file to its end.

    id: 16 random bytes, if the lines of the page must name the item before it is written; more: further names of meta.
    """

    __repr__ = quiet

    type: str
    title: str
    content: bytes | BinaryIO
    date: str = ""
    media: str = "application/fhir+json"
    of: bytes | None = None
    dossier_only: bool = False
    id: bytes | None = None
    more: Mapping[str, str] = field(default_factory=dict)

    def meta(self) -> bytes:
        """Canonical meta. Raises CapExceeded or WriteRefused."""
        value = {**self.more, "type": self.type, "title": self.title, "date": self.date, "media": self.media}
        if self.of is not None:
            value["of"] = self.of.hex()
        try:
            meta = canonical.dumps(value)
        except ValueError as error:
            raise WriteRefused(str(error)) from None
        if len(meta) > MAX_META:
            raise CapExceeded("meta")
        if not TYPE.fullmatch(self.type):
            raise WriteRefused("item type")
        return meta


@dataclass(repr=False, frozen=True, slots=True)
class Change:
    """What one commit does. `parts` are the lines of the emergency page (None: unchanged), each canonical JSON."""

    __repr__ = quiet

    add: Sequence[NewItem] = ()
    withdraw: Sequence[bytes] = ()
    erase: Sequence[bytes] = ()
    visibility: Mapping[bytes, bool] = field(default_factory=dict)  # id → dossier only
    conceal: Sequence[int] = ()
    parts: Sequence[bytes] | None = None
    declared: Sequence[bytes] | None = None


@dataclass(repr=False, frozen=True, slots=True)
class Author:
    """Who commits, and when. `sign` turns the signed content into a CMS; None is the holder."""

    __repr__ = quiet

    utc: str
    sign: Callable[[bytes], bytes] | None = None
    clock: str = "host"
    software: str = "baladeur"

    @property
    def role(self) -> str:
        return "professional" if self.sign else "holder"


@dataclass(repr=False, frozen=True, slots=True)
class Rekey:
    """New keys that a barrier puts in force; None keeps the present one."""

    __repr__ = quiet

    what: str
    header: Header
    root: bytes | None = None
    vital: bytes | None = None
    log_key: bytes | None = None


def row_meta(row: Row) -> dict[str, Any]:
    """The meta of a row as a value. Raises Malformed."""
    try:
        meta = canonical.load_object(row.meta)
    except ValueError:
        raise Malformed("meta") from None
    strings = all(isinstance(meta.get(name), str) for name in ("type", "title", "date", "media"))
    of = meta.get("of", "0" * 32)
    if not strings or not TYPE.fullmatch(meta["type"]) or not isinstance(of, str) or not HEX16.fullmatch(of):
        raise Malformed("meta")
    return meta
