"""Which resource a reference means, in all the forms that documents of the field use.

Only what the document itself holds is found: nothing is fetched. A reference that could mean two resources means none.
Source: FHIR R4 (4.0.1) sections 2.3.0 "References" and 3.1.3 "Resolving references in Bundles".
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from baladeur.quiet import quiet
from baladeur.record.elements import Json, obj, objs, raw

_VERSION = re.compile(r"/_history/[^/]*$|\|[^|/]*$")
_TAIL = re.compile(r"(?:^|/)([A-Za-z]+)/([A-Za-z0-9.\-]+)$")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_CONDITIONAL = re.compile(r"^([A-Za-z]+)\?identifier=(?:([^|]*)\|)?([^&]+)$")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Item:
    """One resource of the document: where it came from, its dict and its key."""

    key: str
    full_url: str
    resource: Json
    modified: bool = False  #: it, or its Bundle entry, carries a modifier that this program does not know
    also: str = ""  #: another fullUrl that means it

    __repr__ = quiet

    @property
    def type(self) -> str:
        """The resource type."""
        return raw(self.resource.get("resourceType"))

    @property
    def id(self) -> str:
        """The resource's own id."""
        return raw(self.resource.get("id"))


def plain(url: str) -> str:
    """A URL without version; URNs in lower case, since they compare so."""
    bare = _VERSION.sub("", url.strip())
    return bare.lower() if bare.lower().startswith("urn:") else bare


def contained(reference: object) -> bool:
    """Whether a Reference means a resource that its holder contains."""
    return raw(obj(reference).get("reference")).startswith("#")


class Index:
    """The resources of one document, found by reference."""

    def __init__(self, items: list[Item]) -> None:
        self._by_url: dict[str, list[Item]] = defaultdict(list)
        self._by_id: dict[tuple[str, str], list[Item]] = defaultdict(list)
        self._by_identifier: dict[tuple[str, str], list[Item]] = defaultdict(list)  # type "" for any
        self._by_uuid: dict[str, list[Item]] = defaultdict(list)  # of resources without a fullUrl
        self._inside: dict[str, dict[str, list[Json]]] = {}
        for item in items:
            if item.full_url:
                self._by_url[plain(item.full_url)].append(item)
            elif item.id:
                self._by_uuid[item.id.lower()].append(item)
            if item.also and plain(item.also) != plain(item.full_url):
                self._by_url[plain(item.also)].append(item)
            names = {(item.type, item.id)} if item.id else set()
            if item.full_url and (tail := _TAIL.search(plain(item.full_url))):
                names.add((tail[1], tail[2]))
            for pair in names:
                self._by_id[pair].append(item)
            for one in objs(item.resource.get("identifier")):
                if value := raw(one.get("value")):
                    for wanted in {f"{raw(one.get('system'))}|{value}", f"|{value}"}:
                        self._by_identifier[item.type, wanted].append(item)
                        self._by_identifier["", wanted].append(item)

    def find(self, reference: object, holder: Item) -> Item | None:
        """The item that a Reference inside `holder` means, or None. A contained resource comes as an item of its own.

        `reference` is a Reference object or its string. Forms: `#id`, urn:uuid, urn:oid, absolute, relative to the
        holder's own base, bare `Type/id`, `Type?identifier=system|value`, and `identifier` alone. Raises nothing.
        """
        target = reference if isinstance(reference, str) else raw(obj(reference).get("reference"))
        if not target:
            return self._by_logical_identifier(obj(reference))
        if target.startswith("#"):
            return self._contained(target[1:], holder)
        if match := _CONDITIONAL.match(target):
            return self._one(self._by_identifier.get((match[1], f"{match[2] or ''}|{match[3]}"), []))
        target = plain(target)
        if found := self._by_url.get(target):
            return self._one(found)
        if _SCHEME.match(target):
            return self._absolute(target)
        if tail := _TAIL.search(plain(holder.full_url)):
            base = plain(holder.full_url)[: tail.start()]
            if found := self._by_url.get(f"{base}/{target}"):
                return self._one(found)
        if tail := _TAIL.search(target):
            return self._one(self._by_id.get((tail[1], tail[2]), []))
        return None

    def _absolute(self, target: str) -> Item | None:
        # An address that no fullUrl carries may still mean a resource that has no address of its own.
        if target.startswith("urn:uuid:"):
            return self._one(self._by_uuid.get(target[9:], []))
        if tail := _TAIL.search(target):
            named = self._by_id.get((tail[1], tail[2]), [])
            return self._one([item for item in named if not item.full_url.lower().startswith("http")])
        return None

    def _contained(self, id_: str, holder: Item) -> Item | None:
        if not id_:
            return holder
        if holder.key not in self._inside:
            self._inside[holder.key] = defaultdict(list)
            for one in objs(holder.resource.get("contained")):
                self._inside[holder.key][raw(one.get("id"))].append(one)
        named = self._inside[holder.key].get(id_, [])
        # An item made here keeps its holder's key, so that one contained resource finds the other.
        return Item(holder.key, holder.full_url, named[0], holder.modified) if len(named) == 1 else None

    def _by_logical_identifier(self, reference: Json) -> Item | None:
        logical = obj(reference.get("identifier"))
        value, type_ = raw(logical.get("value")), raw(reference.get("type"))
        if not value:
            return None
        wanted = f"{raw(logical.get('system'))}|{value}"
        return self._one(self._by_identifier.get((type_, wanted), []))

    @staticmethod
    def _one(found: list[Item]) -> Item | None:
        return found[0] if found and all(item.resource is found[0].resource for item in found[1:2]) else None
