"""The pending tray: what came unsigned is adopted into the record, or rejected with a reason, by a signature.

A FHIR file becomes entries as any import does; its `source` entry takes the place of the one in the tray. Anything
else becomes an entry of type `document`, its bytes, media and who, where and when kept. A rejected one is replaced by
an entry of type `rejection`: canonical JSON with `reason`, `day` and `who`, so that erasing the document erases it too.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from baladeur.acts import importing
from baladeur.acts.draft import Draft, Told, Verb
from baladeur.chart.importing import Plan
from baladeur.chart.items import IDENTITY, PREFIX, SOURCE, Live
from baladeur.container import canonical
from baladeur.container.change import NewItem
from baladeur.container.statement import HOLDER_TYPES, TYPE
from baladeur.errors import BundleInvalid, NotInTray, TypeRefused
from baladeur.record import scan

TRAY: Final = "tray"
DOCUMENT: Final = "document"
REJECTION: Final = "rejection"
_OURS: Final = frozenset({IDENTITY, SOURCE, REJECTION, "review"})  # types whose content the program makes


def waiting(draft: Draft, start: str) -> Live:
    """The entry in the tray whose id begins so. Raises NotInTray."""
    found = [one for one in draft.items() if one.type == TRAY and start and one.id.startswith(start.lower())]
    if len(found) != 1:
        raise NotInTray
    return found[0]


def adopt(draft: Draft, one: Live, *, type_: str = "", today: date) -> Plan | None:
    """Put the adoption of one entry of the tray into the draft; with `type_` a FHIR file, too, stays a document.

    Returns the plan of a FHIR file.
    Raises TypeRefused, AnotherPatient, ItemDamaged; a FHIR file that cannot be read is adopted as a document.
    """
    if type_ and (not TYPE.fullmatch(type_) or type_ in HOLDER_TYPES | _OURS or type_.startswith(PREFIX)):
        raise TypeRefused
    if not type_ and _is_fhir(one):
        return _bring(draft, one, today)
    item = NewItem(type_ or DOCUMENT, one.title, one.content, one.date, one.media, bytes.fromhex(one.id), more=one.more)
    draft.put([item], told=[Told(Verb.ADOPT, one.title)])
    return None


def reject(draft: Draft, one: Live, reason: str, who: str, *, today: date) -> None:
    """Put the rejection of one entry of the tray into the draft, with its reason."""
    draft.who = who
    content = canonical.dumps({"reason": reason, "day": f"{today:%Y-%m-%d}", "who": who})
    item = NewItem(
        REJECTION, one.title, content, f"{today:%Y-%m-%d}", "application/json", bytes.fromhex(one.id), more=one.more
    )
    draft.put([item], told=[Told(Verb.REJECT, one.title, before=reason)])


def _is_fhir(one: Live) -> bool:
    """Whether an entry looks like FHIR JSON: told by its first bytes, whatever its file was called."""
    if one.content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return False
    try:
        value = scan.parse(one.content)
    except BundleInvalid:
        return False
    return isinstance(value, dict) and isinstance(value.get("resourceType"), str)


def _bring(draft: Draft, one: Live, today: date) -> Plan:
    before, told = draft.change, list(draft.told)
    plan = importing.bring(draft, one.content, one.title, today=today)
    of = bytes.fromhex(one.id)
    if plan.empty:  # the record has all of it already: the tray lets go
        draft.put(withdraw=[of], told=[Told(Verb.ADOPT, one.title)])
        return plan
    fresh = {item.id for item in draft.change.add} - {item.id for item in before.add}
    placed = [
        replace(item, of=of, more={**one.more, **item.more}) if item.type == SOURCE and item.id in fresh else item
        for item in draft.change.add
    ]
    draft.change = replace(draft.change, add=placed)
    draft.told[len(told) : len(told)] = [Told(Verb.ADOPT, one.title)]
    return plan
