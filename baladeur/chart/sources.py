"""The imports: what came as one file stays together, and can be given back byte for byte.

An item of type `source` stands for each imported file. Its content is canonical JSON:
`name` of the file, `kind` of the Bundle or "resource", `sha256` and `size` of the bytes as they came, `order`: the ids
of the resources in it, first to last; `gaps`: the text around them, one more than `order`; `marked`: ids of resources
under a modifier of the Bundle. `gaps` and `order` in turn give the file.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baladeur.chart.items import SOURCE, Live
from baladeur.container import canonical
from baladeur.container.change import NewItem
from baladeur.errors import ItemDamaged
from baladeur.quiet import quiet


@dataclass(frozen=True, slots=True, repr=False)
class Import:
    """What one file brought."""

    id: str
    name: str
    kind: str
    date: str
    order: tuple[str, ...]
    marked: frozenset[str]
    gaps: tuple[str, ...]
    sha256: str

    __repr__ = quiet


def item(
    id_: bytes, name: str, kind: str, date: str, data: bytes, ranges: Sequence[tuple[int, int]], order: Sequence[str],
    marked: Sequence[str],
) -> NewItem:  # fmt: skip
    """The item that stands for an imported file. ranges: where its resources lie in data, in the order of `order`."""
    edges = [0, *(edge for pair in ranges for edge in pair), len(data)]
    gaps = [data[a:b].decode("utf-8") for a, b in zip(edges[::2], edges[1::2], strict=True)]
    content = {
        "gaps": gaps,
        "kind": kind,
        "marked": list(marked),
        "name": name,
        "order": list(order),
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
    }
    return NewItem(SOURCE, name, canonical.dumps(content), date, "application/json", id=id_)


def parse(one: Live) -> Import:
    """What an item of type `source` says. Raises ItemDamaged if it is not of this program's making."""
    return read(one.id, one.date, one.content)


def read(id_: str, date: str, content: bytes) -> Import:
    """As `parse`, of an item that need not be live."""
    try:
        value = canonical.load_object(content)
        names, marked, gaps = ([str(x) for x in value[key]] for key in ("order", "marked", "gaps"))
        texts = [str(value[key]) for key in ("name", "kind", "sha256")]
    except (ValueError, KeyError, TypeError):
        raise ItemDamaged(id_) from None
    return Import(id_, texts[0], texts[1], date, tuple(names), frozenset(marked), tuple(gaps), texts[2])


def mapped(content: bytes, ids: Mapping[str, str]) -> bytes:
    """The content of an import whose resources have other ids in this record. Raises ValueError."""
    value = canonical.load_object(content)
    if not all(isinstance(value.get(key), list) for key in ("order", "marked")):
        raise ValueError("not an import")
    changed = {key: [ids.get(str(id_), str(id_)) for id_ in value[key]] for key in ("order", "marked")}
    return content if all(changed[key] == value[key] for key in changed) else canonical.dumps({**value, **changed})


def original(one: Import, contents: Mapping[str, bytes]) -> bytes:
    """The file as it came. contents: id → bytes of the resources. Raises ItemDamaged if one of them is gone."""
    try:
        parts = [contents[id_] for id_ in one.order]
    except KeyError:
        raise ItemDamaged(one.id) from None
    data = one.gaps[0].encode() + b"".join(a + b.encode() for a, b in zip(parts, one.gaps[1:], strict=True))
    if hashlib.sha256(data).hexdigest() != one.sha256:
        raise ItemDamaged(one.id)
    return data
