"""The rules of a Bundle, and where its references lead. Source: FHIR R4 (4.0.1) bundle.html, by official key.

What real documents do is known: a relative reference to a resource whose fullUrl is a UUID, an address that no
fullUrl carries. Such a reference is found by the reader of the record too, so it is a note, not an error.
"""

import re
from collections import Counter
from typing import Any, Final

from baladeur.record.check.rules import Json, has
from baladeur.record.check.walk import Path, Walk, location
from baladeur.record.references import Index, Item, plain

_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S")
_REST: Final = re.compile(r"(?:^|/)([A-Z][A-Za-z]+)/([A-Za-z0-9.\-]{1,64})(?:/_history/[A-Za-z0-9.\-]{1,64})?$")
#: `#id`, an absolute address, `Type/id` with or without a version, or what a transaction looks up: `Type?identifier=x`.
_FORM: Final = re.compile(
    r"#[A-Za-z0-9.\-]{0,64}|[A-Za-z][A-Za-z0-9+.\-]*:\S+|"
    r"[A-Z][A-Za-z]+/[A-Za-z0-9.\-]{1,64}(?:/_history/[A-Za-z0-9.\-]{1,64})?(?:#\S*)?|[A-Z][A-Za-z]+\?\S+"
)
_SENT: Final = ("batch", "transaction")
_ANSWERED: Final = ("batch-response", "transaction-response")


def entries(bundle: Json) -> list[tuple[int, Json]]:
    """(number, entry) of each entry that is an object."""
    listed = bundle.get("entry")
    return [(i, one) for i, one in enumerate(listed) if isinstance(one, dict)] if isinstance(listed, list) else []


def resource_of(entry: Json) -> Json:
    """The resource of an entry, or an empty object."""
    found = entry.get("resource")
    return found if isinstance(found, dict) else {}


def bundle_rules(walk: Walk, bundle: Json, root: Path) -> None:
    """bdl-1 to bdl-12, and what R4 says about fullUrl in words."""
    kind = bundle.get("type")
    listed = entries(bundle)
    if "total" in bundle and kind not in ("searchset", "history"):
        walk.add("bdl-1", "error", root)
    if kind != "searchset" and any("search" in entry for _, entry in listed):
        walk.add("bdl-2", "error", root)
    seen: set[tuple[str, str]] = set()
    for i, entry in listed:
        place = (root, f"entry[{i}]")
        if has(entry, "request") != (kind in (*_SENT, "history")):
            walk.add("bdl-3", "error", place)
        if has(entry, "response") != (kind in (*_ANSWERED, "history")):
            walk.add("bdl-4", "error", place)
        if not any(name in entry for name in ("resource", "request", "response")):
            walk.add("bdl-5", "error", place)
        _full_url(walk, entry, str(kind), place, seen)
    if kind == "document":
        _document(walk, bundle, listed, root)
    elif kind == "message" and (not listed or resource_of(listed[0][1]).get("resourceType") != "MessageHeader"):
        walk.add("bdl-12", "error", root)


def _full_url(walk: Walk, entry: Json, kind: str, place: Path, seen: set[tuple[str, str]]) -> None:
    url = entry.get("fullUrl")
    if not isinstance(url, str):
        return
    resource = resource_of(entry)
    meta = resource.get("meta")
    version = str(meta.get("versionId", "")) if isinstance(meta, dict) else ""
    if (url, version) in seen and kind != "history":
        walk.add("bdl-7", "error", (place, "fullUrl"), value=url)
    seen.add((url, version))
    if "/_history/" in url:
        walk.add("bdl-8", "error", (place, "fullUrl"), value=url)
    elif not _ABSOLUTE.match(url):
        walk.add("full-url", "error", (place, "fullUrl"), value=url)
    elif url.startswith(("http:", "https:")) and (match := _REST.search(url)) and match[1] in walk.table.resources:
        named = (resource.get("resourceType"), resource.get("id"))
        if resource and (match[1], match[2]) != named and (named[1] or kind not in _SENT):
            walk.add("full-url-id", "error", (place, "fullUrl"), value=url)


def _document(walk: Walk, bundle: Json, listed: list[tuple[int, Json]], root: Path) -> None:
    named = bundle.get("identifier")
    if not isinstance(named, dict) or not has(named, "system") or not has(named, "value"):
        walk.add("bdl-9", "error", (root, "identifier"))
    if "timestamp" not in bundle:
        walk.add("bdl-10", "error", (root, "timestamp"))
    first = resource_of(listed[0][1]) if listed else {}
    if first.get("resourceType") != "Composition":
        walk.add("bdl-11", "error", (root, "entry[0]") if listed else (root, "entry"))


class Links:
    """The references of a document, followed."""

    def __init__(self, walk: Walk, root: Json) -> None:
        self._walk = walk
        self._bundle = root.get("resourceType") == "Bundle"
        self._kind = root.get("type") if self._bundle else ""
        self._items: list[Item] = []
        self._places: dict[str, int] = {}
        listed = entries(root) if self._bundle else [(-1, {"resource": root})]
        for i, entry in listed:
            url = entry.get("fullUrl")
            self._items.append(Item(str(i), url if isinstance(url, str) else "", resource_of(entry)))
        self._by_place = {item.key: item for item in self._items}
        urls = Counter(item.full_url for item in self._items if item.full_url)
        self._quick = {item.full_url: item for item in self._items if urls[item.full_url] == 1}
        self._index: Index | None = None
        self._names: set[str] = set()

    @property
    def index(self) -> Index:
        """The record's own index, made when a reference needs it."""
        if self._index is None:
            self._index = Index(self._items)
            self._names = {plain(item.full_url) for item in self._items}
            self._names |= {f"{item.type}/{item.id}" for item in self._items if item.id}
        return self._index

    def follow(self) -> None:
        """Judge every reference that the walk has met."""
        linked: dict[str, set[str]] = {}
        broken = False
        for path, reference, targets in self._walk.references:
            holder = self.holder(path)
            found = self._judge(path, reference, targets, holder)
            if found is None:
                broken = broken or "reference" in reference
            elif found.key != holder.key:
                linked.setdefault(holder.key, set()).add(found.key)
                linked.setdefault(found.key, set()).add(holder.key)
        if self._kind == "document" and not broken and self._items:
            self._orphans(linked)

    def item(self, number: str) -> Item:
        """The resource of that entry; of the Bundle itself, which has none, an empty one."""
        return self._by_place.get(number) or Item("", "", {})

    def holder(self, path: Path) -> Item:
        """The resource of the document in which a place lies."""
        number = "-1"
        step: Any = path if self._bundle else None  # a List has entries, too
        while step is not None:
            if step[0] is not None and step[0][0] is None and step[1].startswith("entry["):
                number = step[1][6:-1]
            step = step[0]
        return self.item(number)

    def find(self, reference: Json, holder: Item) -> Item | None:
        """What a reference means, or None."""
        target = reference.get("reference")
        if isinstance(target, str) and (found := self._quick.get(target)) is not None:
            return found
        return self.index.find(reference, holder)

    def _judge(self, path: Path, reference: Json, targets: frozenset[str] | None, holder: Item) -> Item | None:
        walk, target = self._walk, reference.get("reference")
        if target is not None and not isinstance(target, str):
            return None
        if target is None:
            if not any(has(reference, name) for name in ("identifier", "display", "extension")):
                walk.add("reference-empty", "error", path)
            return self.find(reference, holder) if "identifier" in reference else None
        found = self._quick.get(target)
        if found is None:
            found = self.find(reference, holder)
            if not _FORM.fullmatch(target):
                walk.add("reference-form", "error", (path, "reference"), value=target)
                return found
        if found is None:
            self._missing(path, target, holder)
        if targets is not None:
            match = None if found is not None else _REST.search(target)
            type_ = found.type if found is not None else match[1] if match else reference.get("type")
            if isinstance(type_, str) and type_ in walk.table.resources and type_ not in targets:
                walk.add("reference-type", "error", path, value=type_, wanted=", ".join(sorted(targets)))
                return found
        stated = reference.get("type")
        if found is not None and isinstance(stated, str) and stated != found.type and stated in walk.table.resources:
            walk.add("reference-stated", "error", (path, "type"), value=stated, wanted=found.type)
        if found is not None and self._bundle and not target.startswith("#") and target not in self._quick:
            self._loose(path, target, found, holder)
        return found

    def _missing(self, path: Path, target: str, holder: Item) -> None:
        walk, place = self._walk, (path, "reference")
        if target.startswith("#"):
            walk.add("ref-1", "error", place, value=target)
        elif not self._bundle or "/_history/" in target:
            return  # a resource alone, or a version: what it points to is elsewhere
        elif self._named(target):
            walk.add("reference-several", "warning", place, value=target)
        elif target.startswith("urn:"):
            walk.add("reference-dangling", "error", place, value=target)
        elif self._kind == "document":
            # What the Composition names must be in the document; the rest may be on the author's server.
            if holder.type == "Composition" and ".relatesTo[" not in location(path):
                walk.add("reference-dangling", "error", place, value=target)
            elif holder.type and not _ABSOLUTE.match(target):
                walk.add("reference-dangling", "warning", place, value=target)
            else:
                walk.add("reference-outside", "note", place, value=target)

    def _named(self, target: str) -> bool:
        match = _REST.search(target)
        return plain(target) in self._names or (match is not None and f"{match[1]}/{match[2]}" in self._names)

    def _loose(self, path: Path, target: str, found: Item, holder: Item) -> None:
        """Found, though not by the rules of R4 (bundle.html#references)."""
        base = _REST.search(holder.full_url)
        whole = f"{holder.full_url[: base.start()]}/{target}" if base and holder.full_url.startswith("http") else ""
        if (
            plain(whole) != plain(found.full_url)
            and plain(target) != plain(found.full_url)
            and self._kind == "document"
        ):
            self._walk.add("reference-loose", "note", (path, "reference"), value=target)

    def _orphans(self, linked: dict[str, set[str]]) -> None:
        reached, waiting = {self._items[0].key}, [self._items[0].key]
        while waiting:
            new = linked.get(waiting.pop(), set()) - reached
            reached |= new
            waiting += new
        for item in self._items:
            if item.key not in reached and item.resource:
                self._walk.add("orphan", "note", f"Bundle.entry[{item.key}]", value=item.type)
