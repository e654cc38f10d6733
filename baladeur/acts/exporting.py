"""Export: the record in open formats. Nothing is signed or written to the record.

What no valid commit brought in is left out of `fhir` and `ips`; `all` holds it and says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID, uuid4, uuid5

from baladeur.chart import items, records
from baladeur.chart.items import Live
from baladeur.chart.resources import Resources, resources
from baladeur.container.container import Container
from baladeur.errors import ItemDamaged, NoIdentity
from baladeur.quiet import quiet
from baladeur.record import bundle
from baladeur.record.bundle import Head
from baladeur.record.ips import Cover, Pool, listed, summary
from baladeur.record.links import addressed
from baladeur.record.model import Document

_NAMES: Final = UUID("0f5a1c52-8f6e-5a0b-9d4e-6b1f0c3a7e21")  # of the summaries that this program makes


@dataclass(frozen=True, slots=True, repr=False)
class Exported:
    """One file, and what is to be told of it: counts by name."""

    data: bytes
    told: Mapping[str, int] = field(default_factory=dict)

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """The valid live entries of a record, read once for all exports."""

    live: Sequence[Live]
    doubtful: int  #: how many live entries no valid commit brought in
    damaged: int  #: how many do not open
    resources: Resources
    record: Document
    signers: Mapping[str, str]  #: id of a live entry → who signed the commit that brought it in, or ""
    name: UUID  #: of this record's summary, whoever makes it; tells nothing of the file
    day: str  #: dateTime of the last commit

    __repr__ = quiet


def hold(container: Container, doubtful: frozenset[str], signers: Mapping[str, str], day: str, *, today: date) -> Held:
    """Read what is to be handed out. doubtful: ids of live entries that no valid commit brought in.

    What does not open is left out, and counted. Raises BundleInvalid's kinds.
    """
    name = uuid5(_NAMES, container.anchor()[0].hex())
    every = items.live(container)
    whole = [one for one in every if _opens(one)]
    live = [one for one in whole if one.id not in doubtful]
    former = items.former(container)
    read = records.record(live, former, as_of=today)
    return Held(
        live, len(whole) - len(live), len(every) - len(whole), resources(live, former), read, signers, name, day
    )


def _opens(one: Live) -> bool:
    if not one.is_fhir and one.type != items.SOURCE:
        return True  # not read here
    try:
        return len(one.content) >= 0
    except ItemDamaged:
        return False


def fhir(held: Held, *, today: date) -> Exported:
    """A collection Bundle of all live resources, each in its own bytes but for the references between them."""
    found = held.resources
    keys = [key for key in found.kept if key not in found.aside]
    pieces = addressed({key: found.kept[key].data for key in keys}, found.items, found.means, found.urls)
    lines = {entry.key: entry for entry in held.record.entries}
    data = bundle.build(Head("collection", {}), pieces, lines, found.urls, as_of=today)
    others = sum(one.id not in found.kept and one.type != items.SOURCE for one in held.live)
    return Exported(data, {"resources": len(keys), "aside": len(found.aside), "others": others, **_left(held)})


def ips(held: Held, program: str, *, everything: bool, today: date) -> Exported:
    """The International Patient Summary; entries that are for the dossier only are in it with `everything`.

    Raises NoIdentity: a summary is about one patient.
    """
    found = held.resources
    if not found.identity:
        raise NoIdentity
    hidden = frozenset[str]() if everything else found.hidden
    data = {key: one.data for key, one in found.kept.items()}
    pool = Pool(data, found.items, found.means, found.urls, found.identity, hidden)
    lines = [entry.key for entries in listed(held.record, hidden).values() for entry in entries]
    signers = dict.fromkeys(held.signers.get(key, "") for key in lines)
    moment = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    cover = Cover(held.name, uuid4(), held.day or moment, moment, tuple(one for one in signers if one), program)
    told = {
        "lines": len(lines),
        "not-part": sum(one.key not in lines and one.key not in hidden for one in held.record.entries),
        "hidden": sum(one.key in hidden for one in held.record.entries),
        **_left(held),
    }
    return Exported(summary(held.record, pool, cover, as_of=today), told)


def _left(held: Held) -> dict[str, int]:
    return {"doubtful": held.doubtful, "damaged": held.damaged}
