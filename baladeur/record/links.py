"""What the references of one document mean, and the same resources with those references written anew.

Only the string of a `reference` changes, inside the bytes: numbers, instants, base64, spacing, unknown elements stay.
Sources: FHIR R4 (4.0.1) sections 2.3.0 "References", 2.26.4 "Resource URL & Uniqueness rules in a Bundle".
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from baladeur.quiet import quiet
from baladeur.record import scan
from baladeur.record.facts import has_modifier
from baladeur.record.fhir import Kept, covers_of, patient_of
from baladeur.record.references import Index, Item, plain


@dataclass(frozen=True, slots=True, repr=False)
class Links:
    """The references of one document. Keys are those of its resources."""

    items: Mapping[str, Item]  #: key → resource
    means: Mapping[str, Mapping[str, str]]  #: key → reference as written → key of what it means
    patient: str  #: key of the resource that the document is about, or ""

    __repr__ = quiet


def links(kept: Sequence[Kept], kind: str) -> Links:
    """Follow each reference of a document as the reader of the record does; what it does not find is not in `means`.

    kept: parsed before, as `fhir.assemble` does. Raises BundleInvalid's kinds.
    """
    items: dict[str, Item] = {}
    copies: set[tuple[str, bytes]] = set()
    for one in kept:
        resource = scan.parse(one.data)
        item = Item(one.key, one.url, resource, one.marked or has_modifier(resource), one.also)
        name = plain(one.url) if one.url else f"{item.type}/{item.id}" if item.id else one.key
        if (name, one.data) not in copies:
            copies.add((name, one.data))
            items[one.key] = item
    index = Index(list(items.values()))
    means: dict[str, dict[str, str]] = {}
    for one in kept:
        if one.key in items:
            found = {text: index.find(text, items[one.key]) for text in texts(one.data)}
            means[one.key] = {text: target.key for text, target in found.items() if target is not None}
    patient = patient_of(list(items.values()), covers_of(list(items.values()), kind), index)
    return Links(items, means, patient.key if patient is not None else "")


def texts(data: bytes) -> list[str]:
    """The references in a resource that lead out of it, each once, as they are written."""
    found = (str(json.loads(data[a:b])) for a, b in scan.reference_ranges(data))
    return list(dict.fromkeys(text for text in found if text and not text.startswith("#")))


def rewritten(data: bytes, new: Mapping[str, str]) -> bytes:
    """The bytes of a resource with each reference that `new` names replaced by what it says."""
    parts, at = [], 0
    for a, b in scan.reference_ranges(data):
        told = new.get(str(json.loads(data[a:b])))
        if told is not None:
            parts += [data[at:a], json.dumps(told).encode()]
            at = b
    return b"".join([*parts, data[at:]])


def bare(data: bytes) -> bytes:
    """The bytes of a resource without what its references say: the same before and after they were written anew."""
    parts, at = [], 0
    for a, b in scan.reference_ranges(data):
        parts.append(data[at:a])
        at = b
    return b"".join([*parts, data[at:]])


def addressed(
    pieces: Mapping[str, bytes],
    items: Mapping[str, Item],
    means: Callable[[str], Mapping[str, str]],
    urls: Mapping[str, str],
) -> dict[str, bytes]:
    """Each resource with its references to the others as their fullUrl of `urls`. pieces: all that the Bundle holds.

    What a reference cannot mean here stays as it is written, unless a reader could take it for another resource of the
    Bundle that happens to have this type and id: then it becomes a UUID that nothing has.
    """
    index = Index([Item(key, urls[key], items[key].resource) for key in pieces])
    made = {}
    for key, data in pieces.items():
        holder, known, new = Item(key, urls[key], items[key].resource), means(key), dict[str, str]()
        for text in texts(data):
            if known.get(text) in pieces:
                new[text] = urls[known[text]]
            elif index.find(text, holder) is not None:
                new[text] = f"urn:uuid:{uuid5(UUID(hex=key), text)}"
        made[key] = rewritten(data, new) if new else data
    return made


def reach(start: Iterable[str], means: Callable[[str], Mapping[str, str]], stop: frozenset[str]) -> list[str]:
    """Those keys and all that they refer to, in turn, but for those of `stop`. In the order in which they are met."""
    found: dict[str, None] = {}
    waiting = list(start)[::-1]
    while waiting:
        key = waiting.pop()
        if key not in found and key not in stop:
            found[key] = None
            waiting += list(means(key).values())[::-1]
    return list(found)
