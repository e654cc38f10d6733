"""What a draft does, in the words of the table of who may write what (baladeur/card/permissions.py).

REVIEWED BY NOBODY YET. A new version that takes a line from what holds is more than a change: only a doctor stops a
treatment, says that an allergy is over or refuted, or that any entry was recorded by mistake. Where a line would stand
is read off its own content by the status table (baladeur/record/status.py).
Source of the statuses: FHIR R4, value sets medicationrequest-status and medication-statement-status.
"""

import json
from datetime import date
from typing import Any, Final

from baladeur import signing
from baladeur.acts.draft import Draft
from baladeur.card.permissions import Act
from baladeur.chart.importing import STATES
from baladeur.container.change import NewItem
from baladeur.container.container import Container
from baladeur.errors import BundleInvalid, ItemDamaged, ItemErased, NoSuchItem
from baladeur.record import fhir
from baladeur.record.fhir import Kept
from baladeur.record.model import Place

#: A treatment with such a status is not to be taken, or not for now.
OVER: Final = frozenset({"stopped", "cancelled", "completed", "entered-in-error", "not-taken", "on-hold"})
_MISTAKE: Final = "entered-in-error"
_TREATMENT: Final = "treatment"


def types_of(container: Container) -> dict[bytes, str]:
    """Every entry's type by its id; an erased one has none."""
    return {one.id: str(one.meta.get("type", "")) for one in container.entries(*range(4))}


def acts_of(draft: Draft) -> list[Act]:
    """Everything that sealing the draft would do, as acts."""
    types = types_of(draft.container)
    acts = signing.acts_of(draft.change, lambda id_: types.get(id_, ""))
    return [*acts, *draft.acts, *(act for item in draft.change.add for act in _stops(draft, item))]


def _stops(draft: Draft, item: NewItem) -> list[Act]:
    """Whether a new version takes a line from what holds, or says that it was a mistake, where the former did not."""
    if item.of is None or not isinstance(item.content, bytes):
        return []
    kind = signing.kind_of(item.type)
    former = _former(draft, item.of)
    now, before = _value(item.content), _value(former)
    if _is_mistake(now) and not _is_mistake(before):
        return [Act(kind, "stop")]  # to withdraw an entry is to stop it
    over = kind == _TREATMENT and now.get("status") in OVER and before.get("status") not in OVER
    return [Act(kind, "stop")] if over or (_is_gone(item.content) and not _is_gone(former)) else []


def _is_gone(content: bytes) -> bool:
    """Whether a resource makes no line that holds: refuted, not done, planned only, or a state that is over."""
    try:
        lines = fhir.assemble([Kept("x", "", content)], as_of=date.today()).entries
    except (BundleInvalid, ItemDamaged):
        return False
    return any(
        one.place is Place.NEVER or (one.section in STATES and one.place in (Place.PAST, Place.STOPPED))
        for one in lines
    )


def _former(draft: Draft, id_: bytes) -> bytes:
    """The version before, in the draft or in the file; nothing if it cannot be read."""
    mine = next((one.content for one in draft.change.add if one.id == id_), None)
    if isinstance(mine, bytes):
        return mine
    try:
        return draft.container.read(id_)
    except (ItemErased, ItemDamaged, NoSuchItem):
        return b""


def _value(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _is_mistake(value: dict[str, Any]) -> bool:
    """By the status of the resource, or by the verification status of an allergy or a problem."""
    concept = value.get("verificationStatus")
    codings = concept.get("coding") if isinstance(concept, dict) else None
    said = [one.get("code") for one in codings if isinstance(one, dict)] if isinstance(codings, list) else []
    return _MISTAKE in (value.get("status"), *said)
