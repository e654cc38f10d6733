"""A kept draft told anew: sentences and titles come from what it does, not from who prepared it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from baladeur.acts import editing, holding, telling
from baladeur.acts.draft import Draft, Told, Verb
from baladeur.chart import records
from baladeur.chart.importing import STATES, TITLE
from baladeur.chart.items import CONFIRMATION, FHIR_JSON, IDENTITY, SOURCE
from baladeur.chart.pages import REVIEW
from baladeur.container import canonical
from baladeur.container.change import NewItem
from baladeur.record import scan
from baladeur.record.model import Entry, Place

_OVER: Final = frozenset({Place.PAST, Place.STOPPED})


def titled(draft: Draft, after: Mapping[str, Entry], *, today: date) -> list[NewItem]:
    """The entries that a draft adds, each with the title, the date and the section that its line has."""
    return [_titled(draft, new, after, today) for new in draft.change.add]


def _titled(draft: Draft, new: NewItem, after: Mapping[str, Entry], today: date) -> NewItem:
    entry = after.get((new.id or b"").hex())
    if new.media != FHIR_JSON or not isinstance(new.content, bytes):
        return new
    if entry is not None:
        title = entry.words[:TITLE] or entry.type
        return replace(new, title=title, date=editing.dated(entry), more={**new.more, "section": str(entry.section)})
    if new.type == IDENTITY:
        own = [one for one in draft.items() if one.id == (new.id or b"").hex()]
        who = records.identity(own, as_of=today)
        return replace(new, title=(holding.name_of(who) if who else "") or "Patient")
    if any(one.of == new.id for one in draft.change.add):
        return new  # a version under what stands
    return replace(new, title=str(scan.parse(new.content).get("resourceType")))


def told(
    draft: Draft, before: Mapping[str, Entry], after: Mapping[str, Entry], titles: Mapping[str, str]
) -> list[Told]:
    """A sentence for each entry that the draft adds or withdraws, and for each line that it leaves in doubt.

    Last comes each line that would read otherwise though no entry of the draft is that line: nothing is signed unseen.
    """
    made = []
    for new in draft.change.add:
        key = (new.id or b"").hex()
        former = titles.get(new.of.hex(), "") if new.of else ""
        if new.of and new.of.hex() not in titles:
            continue  # what stands over an import of this very draft: told apart
        if new.type == IDENTITY:
            made.append(
                Told(Verb.IDENTITY if former else Verb.ADOPT_IDENTITY, _person(draft, new), before=former, key=key)
            )
        elif new.media == FHIR_JSON and key in after:
            made.append(_line(after[key], before.get(new.of.hex()) if new.of else None, key))
        elif new.type in (REVIEW, CONFIRMATION):
            made.append(_said(draft, new, before, key))
        elif new.type != SOURCE and new.media != FHIR_JSON:
            made.append(Told(Verb.REPLACE if former else Verb.NEW, new.title, before=former, key=key))
    made += [Told(Verb.WITHDRAW, titles.get(id_.hex(), ""), key=id_.hex()) for id_ in draft.change.withdraw]
    doubted = [
        x for x in after.values() if x.rule == "listing.left" and x.rule != getattr(before.get(x.key), "rule", "")
    ]
    made += _unsaid(draft, before, after, {one.key for one in made})
    return made + [Told(Verb.LEFT, entry.words) for entry in doubted]


def _unsaid(draft: Draft, before: Mapping[str, Entry], after: Mapping[str, Entry], said: set[str]) -> list[Told]:
    """Lines that change by what else the draft holds: a drug's name, a document, a name in it. A new doubt is none."""
    said = said | {str(_value(new).get("entry", "")) for new in draft.change.add if new.type == CONFIRMATION}
    next_ = {new.of.hex(): (new.id or b"").hex() for new in draft.change.add if new.of}
    gone = {id_.hex() for id_ in draft.change.withdraw}
    found, seen = [], set[str]()
    for key, was in before.items():
        own, bar, rest = key.partition("|")
        while own in next_:
            own = next_[own]
        now = after.get(own + bar + rest)
        seen.add(own + bar + rest)
        if now is None and not bar and key not in gone:
            found.append(Told(Verb.WITHDRAW, was.words, str(was.section), key=own))
        elif now is not None and now.key not in said and _reads_otherwise(was, now):
            found.append(editing.told_of(Verb.REPLACE, now, was, "", own))
    new = [one for key, one in after.items() if key not in seen | said and "|" not in key]
    return found + [editing.told_of(Verb.NEW, one, None, "", one.key) for one in new]


def _reads_otherwise(was: Entry, now: Entry) -> bool:
    moved = now.place is not was.place and now.place is not Place.TO_CONFIRM
    return moved or (now.words, telling.in_short(now)) != (was.words, telling.in_short(was))


def _person(draft: Draft, new: NewItem) -> str:
    """A name and a birth date, as the content of an identity says them."""
    own = [one for one in draft.items() if one.id == (new.id or b"").hex()]
    who = records.identity(own, as_of=date.today())
    return ", ".join(part for part in (holding.name_of(who), who.birth_date) if part) if who else ""


def _line(entry: Entry, before: Entry | None, key: str) -> Told:
    if entry.rule == "error.entered":
        return editing.told_of(Verb.MISTAKE, entry, before, "", key)
    stops = entry.place in _OVER and entry.section in STATES and before is not None and before.place not in _OVER
    reason = ", ".join(one.words for one in entry.details if one.name == "statusReason")
    if stops:
        return editing.told_of(Verb.STOP, entry, before, reason, key)
    return editing.told_of(Verb.REPLACE if before is not None else Verb.NEW, entry, before, "", key)


def _said(draft: Draft, new: NewItem, before: Mapping[str, Entry], key: str) -> Told:
    """A review or a confirmation: it says who made it, and nobody else signs it."""
    value = _value(new)
    who = str(value.get("who", ""))
    draft.who = who if draft.who in ("", who) else f"{draft.who}, {who}"
    if new.type == REVIEW:
        name = str(value.get("section", ""))
        return Told(Verb.REVIEW, name, name, key=key)
    entry = before.get(str(value.get("entry", "")))
    words, section = (entry.words, str(entry.section)) if entry else (new.title, "")
    return Told(Verb.CONFIRM, words, section, detail=telling.in_short(entry) if entry else ("", ""), key=key)


def _value(new: NewItem) -> dict[str, Any]:
    """What a review or a confirmation says."""
    return canonical.load_object(new.content if isinstance(new.content, bytes) else b"")
