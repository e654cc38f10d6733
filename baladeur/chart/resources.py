"""The live resources of a record as one set, to be handed out: whichever import brought them, one patient."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baladeur.chart import records
from baladeur.chart.importing import same_person
from baladeur.chart.items import IDENTITY, Live
from baladeur.quiet import quiet
from baladeur.record import patient
from baladeur.record.fhir import Kept
from baladeur.record.links import Links, links
from baladeur.record.people import Identity
from baladeur.record.references import Index, Item


@dataclass(frozen=True, slots=True, repr=False)
class Resources:
    """Live resources and what their references mean. Keys are item ids."""

    kept: Mapping[str, Kept]  #: in the order in which they came in
    items: Mapping[str, Item]
    identity: str  #: key of the record's Patient, or ""
    aside: frozenset[str]  #: other Patient resources that mean the same person
    hidden: frozenset[str]  #: dossier only
    urls: Mapping[str, str]  #: the fullUrl of each in a Bundle of ours: the id of the first version of the fact
    targets: Mapping[str, Mapping[str, str]]

    __repr__ = quiet

    def means(self, key: str) -> Mapping[str, str]:
        """Reference as written in a resource → key of what it means."""
        return self.targets.get(key, {})


def resources(items: Sequence[Live], former: Mapping[str, str]) -> Resources:
    """All live resources. Each one's references mean what they mean in the newest import that holds it.

    The patient of each document is the record's own. Raises ItemDamaged, BundleInvalid's kinds.
    """
    groups = records.groups(items, former)
    read = [links(group.kept, group.kind) for group in groups]
    persons = {key for one in read for key, item in one.items.items() if item.type == "Patient"}
    identity = next((one.id for one in items if one.type == IDENTITY and one.id in persons), "")
    same = _same(read, identity) if identity else frozenset[str]()
    kept, found, targets = dict[str, Kept](), dict[str, Item](), dict[str, Mapping[str, str]]()
    for group, one in zip(groups, read, strict=True):
        for piece in group.kept:
            # A second copy of the same bytes is the same resource, and what names no type is none.
            if piece.key in one.items and one.items[piece.key].type and piece.key != group.borrowed:
                kept[piece.key], found[piece.key] = piece, one.items[piece.key]
                told = one.means.get(piece.key, {})
                targets[piece.key] = {text: identity if key in same else key for text, key in told.items()}
    order = [one.id for one in items if one.id in kept]
    hidden = frozenset(one.id for one in items if one.hidden)
    urls = records.addresses(order, former)
    return Resources({key: kept[key] for key in order}, found, identity, same - {identity}, hidden, urls, targets)


def _same(read: Sequence[Links], identity: str) -> frozenset[str]:
    """The Patient resources that mean the record's person: a document is about them, and nothing speaks against it."""
    found = {key: item for one in read for key, item in one.items.items()}
    own = _person(found[identity])
    told = {one.patient for one in read if one.patient}
    return frozenset(key for key in told if same_person(own, _person(found[key]))) | {identity}


def _person(item: Item) -> Identity:
    return patient.identity(item, Index([item]))
