"""What a draft does, in the words of the table of who may write what (baladeur/card/permissions.py).

REVIEWED BY NOBODY YET. A new version of a treatment that is over is more than a change: only a doctor stops one.
Source of the statuses: FHIR R4, value sets medicationrequest-status and medication-statement-status.
"""

import json
from typing import Final

from baladeur import signing
from baladeur.acts.draft import Draft
from baladeur.card.permissions import Act
from baladeur.container.change import NewItem
from baladeur.container.container import Container
from baladeur.errors import ItemDamaged, ItemErased, NoSuchItem

#: A treatment with such a status is not to be taken, or not for now.
OVER: Final = frozenset({"stopped", "cancelled", "completed", "entered-in-error", "not-taken", "on-hold"})
_TREATMENT: Final = "treatment"


def types_of(container: Container) -> dict[bytes, str]:
    """Every entry's type by its id; an erased one has none."""
    return {one.id: str(one.meta.get("type", "")) for one in container.entries(*range(4))}


def acts_of(draft: Draft) -> list[Act]:
    """Everything that sealing the draft would do, as acts."""
    types = types_of(draft.container)
    acts = signing.acts_of(draft.change, lambda id_: types.get(id_, ""))
    stops = any(_stops(draft.container, item) for item in draft.change.add)
    return [*acts, *draft.acts, *([Act(_TREATMENT, "stop")] if stops else [])]


def _stops(container: Container, item: NewItem) -> bool:
    """Whether the new version of a treatment is over where the former was not."""
    if item.of is None or signing.kind_of(item.type) != _TREATMENT or not isinstance(item.content, bytes):
        return False
    try:
        former = container.read(item.of)
    except (ItemErased, ItemDamaged, NoSuchItem):
        former = b""
    return _is_over(item.content) and not _is_over(former)


def _is_over(content: bytes) -> bool:
    try:
        value = json.loads(content)
    except ValueError:
        return False
    return isinstance(value, dict) and value.get("status") in OVER
