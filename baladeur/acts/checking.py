"""Before a signature: what changed is checked once, then the summary that the record would give, once.

An entry that we wrote is refused for what its former version had not. Of the summary only the count is told: most of it
is what others wrote, and their faults must not keep a drug from being stopped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from baladeur.acts import exporting
from baladeur.acts.draft import Draft
from baladeur.acts.exporting import Held
from baladeur.chart import records
from baladeur.chart.items import FHIR_JSON, Live
from baladeur.chart.resources import resources
from baladeur.container.change import NewItem
from baladeur.container.container import Container
from baladeur.errors import AuthoredRefused, BundleInvalid, ItemDamaged, ItemErased, NoIdentity, NoSuchItem
from baladeur.record.author import judging
from baladeur.record.check import check

#: Entries up to which results, too, are in the summary that is checked, as when the page is compared with the dossier.
RESULTS_UP_TO: Final = 300
_RESULTS_ONLY: Final = frozenset({"results", "encounters", "documents", "plan_of_care", "other"})


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked before a signature."""

    entries: int  #: that we wrote
    faults: int  #: of the summary, above a note; -1: there is none, or it could not be made


def checked(draft: Draft, *, today: date) -> Checked:
    """Check a draft. Raises AuthoredRefused, with the findings, for what we wrote."""
    ours = [one for one in draft.change.add if one.media == FHIR_JSON and "written" in one.more]
    found = [fault for one in ours for fault in judging.new_faults(_content(one), _former(draft, one))]
    if found:
        raise AuthoredRefused(found)
    return Checked(len(ours), _summary(draft, today))


def _content(one: NewItem) -> bytes:
    return one.content if isinstance(one.content, bytes) else b""


def _former(draft: Draft, one: NewItem) -> bytes:
    """The version before, or nothing: then everything is new."""
    if one.of is None:
        return b""
    mine = next((item for item in draft.change.add if item.id == one.of), None)
    if mine is not None:
        return _content(mine)
    try:
        return draft.container.read(one.of)
    except (ItemDamaged, ItemErased, NoSuchItem):
        return b""


def _summary(draft: Draft, today: date) -> int:
    items: Sequence[Live] = draft.items()
    if len(items) > RESULTS_UP_TO:
        items = [one for one in items if one.more.get("section", "") not in _RESULTS_ONLY]
    try:
        made = exporting.ips(_held(draft.container, items, draft, today), "Baladeur", everything=True, today=today)
    except (NoIdentity, ItemDamaged, BundleInvalid):
        return -1
    return sum(one.severity != "note" for one in check(made.data))


def _held(container: Container, items: Sequence[Live], draft: Draft, today: date) -> Held:
    former = draft.former()
    read = records.record(items, former, as_of=today)
    name = UUID(bytes=container.anchor()[0][:16])
    return Held(items, 0, 0, resources(items, former), read, {}, name, f"{today:%Y-%m-%dT00:00:00Z}")
