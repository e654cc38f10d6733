"""The verbs of an editor on a draft: add, stop, correct, confirm unchanged, withdraw as recorded by mistake.

A line that came with a document keeps its bytes for ever: what is said of it today is an entry of its own that takes
its place, and the page, the document that it stands in and every export show that one. Nothing is written before the
draft is sealed; what must not be written is refused here, while it can still be corrected.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from baladeur.acts import holding, telling
from baladeur.acts.draft import Draft, Told, Verb
from baladeur.chart import lines, records
from baladeur.chart.importing import STATES
from baladeur.chart.items import CONFIRMATION, FHIR_JSON, IDENTITY, PREFIX, Live
from baladeur.container import canonical, suite
from baladeur.container.change import NewItem
from baladeur.errors import AmbiguousId, FieldRefused, FormRefused, LineRefused, NoIdentity, NoSuchItem
from baladeur.record import author
from baladeur.record.author import Values
from baladeur.record.author.building import checked
from baladeur.record.author.fields import FieldFault
from baladeur.record.model import Entry, Place
from baladeur.text import LABEL

_SHORTEST: Final = 4  #: hex digits of an id
#: Doubts that another document casts on a line; what a line says of itself nobody confirms away.
_CONFIRMABLE: Final = frozenset({"listing.left", "newer.denies"})


def find(draft: Draft, start: str) -> Live:
    """The live entry whose id begins so, as the draft would leave it. Raises NoSuchItem, AmbiguousId."""
    start = start.lower()
    found = [one for one in draft.items() if one.id.startswith(start)]
    if len(start) < _SHORTEST or not found:
        raise NoSuchItem
    if len(found) > 1:
        raise AmbiguousId
    return found[0]


def add(draft: Draft, kind: str, values: Values, *, today: date) -> str:
    """Put a new entry into the draft; its id. Raises FormRefused, AuthoredRefused, NoIdentity, FieldRefused."""
    form = author.form_of(kind)
    if not form.is_resource:
        return _declare(draft, kind, values, today)
    content = author.build(kind, values, patient=_patient(draft), today=today)
    author.refuse(content)
    id_ = suite.random(16)
    more = {"url": "", "written": today.isoformat()}
    item = NewItem(PREFIX + form.type.lower(), "", content, "", FHIR_JSON, id=id_, more=more)
    _put(draft, item, Verb.NEW, today)
    return id_.hex()


def stop(draft: Draft, start: str, day: str, reason: str, *, state: str = "", today: date) -> None:
    """Put the end of a line into the draft: since when, and why.

    Raises FormRefused, LineRefused, AuthoredRefused, NoSuchItem, AmbiguousId, ItemDamaged.
    """
    one = find(draft, start)
    before = _line(draft, one, today)
    if before.place in (Place.PAST, Place.STOPPED, Place.NEVER):
        raise LineRefused("over already")
    content = author.ended(one.content, day, reason, state=state, today=today)
    _renew(draft, one, content, before, Verb.STOP, today, reason)


def correct(draft: Draft, start: str, values: Values, *, today: date) -> None:
    """Put a new version of a line into the draft: the fields named take their new values, the old version is kept.

    Raises as `stop`.
    """
    one = find(draft, start)
    if not one.is_fhir:
        _redeclare(draft, one, values, today)
        return
    before = _line(draft, one, today)
    content = author.amended(one.content, values, today=today)
    _renew(draft, one, content, before, Verb.REPLACE, today)


def withdraw(draft: Draft, start: str, reason: str, *, today: date) -> None:
    """Put into the draft that an entry was recorded by mistake: it stays in the history and nowhere else. As `stop`."""
    one = find(draft, start)
    mine = next((item for item in draft.change.add if (item.id or b"").hex() == one.id), None)
    if mine is not None and (not one.is_fhir or "written" in mine.more):
        draft.take_back(one.id)  # it was never in the record
        if mine.of is not None:  # what it took the place of is, or came with a document that stays whole
            withdraw(draft, mine.of.hex(), reason, today=today)
        return
    if not one.is_fhir or one.type == IDENTITY:
        if one.type == IDENTITY or not reason.strip():
            raise LineRefused("no line") if one.type == IDENTITY else FormRefused([_missing()])
        draft.put(withdraw=[bytes.fromhex(one.id)], told=[Told(Verb.WITHDRAW, one.title, before=reason, key=one.id)])
        return
    before = _line(draft, one, today)
    if not reason.strip():
        raise FormRefused([_missing()])
    content = author.mistaken(one.content, reason, today=today)
    _renew(draft, one, content, before, Verb.MISTAKE, today, reason)


def confirm(draft: Draft, start: str, who: str, *, today: date) -> None:
    """Put into the draft that a line holds unchanged, in the words for who will sign. Raises as `stop`."""
    one = find(draft, start)
    whole = records.record(draft.items(), draft.former(), as_of=today)
    entry = next((line for line in whole.entries if line.key == one.id), None)
    if entry is None:
        raise LineRefused("no line")
    if entry.place in (Place.STOPPED, Place.NEVER) or (
        entry.place is Place.TO_CONFIRM and entry.rule not in _CONFIRMABLE
    ):
        raise LineRefused("not confirmable")
    draft.sign_as(who)
    former = next((x for x in draft.items() if x.type == CONFIRMATION and x.title == one.id), None)
    content = canonical.dumps({"entry": one.id, "day": today.isoformat(), "who": who})
    of = bytes.fromhex(former.id) if former else None
    id_ = suite.random(16)
    item = NewItem(CONFIRMATION, one.id, content, today.isoformat(), "application/json", of, id=id_)
    told = Told(Verb.CONFIRM, entry.words, str(entry.section), detail=telling.in_short(entry), key=id_.hex())
    draft.put([item], told=[told])


def _patient(draft: Draft) -> str:
    """The reference to the record's patient. Raises NoIdentity."""
    items = draft.items()
    who = next((one for one in items if one.type == IDENTITY and one.is_fhir), None)
    if who is None:
        raise NoIdentity
    return records.addresses([who.id], draft.former())[who.id]


def _line(draft: Draft, one: Live, today: date) -> Entry:
    """The line that an entry makes. Raises LineRefused."""
    entry = lines.line(draft.items(), draft.former(), one.id, as_of=today) if one.is_fhir else None
    if entry is None or one.type == IDENTITY:
        raise LineRefused("no line")
    return entry


def _renew(draft: Draft, one: Live, content: bytes, before: Entry, verb: Verb, today: date, reason: str = "") -> None:
    """A new version in the place of an entry; of one that the draft itself adds, the same entry with other content."""
    author.refuse_new(content, one.content)
    more = {name: value for name, value in one.more.items() if name not in ("source", "from")} | {
        "written": today.isoformat()
    }
    mine = next((item for item in draft.change.add if (item.id or b"").hex() == one.id), None)
    if mine is not None and "written" in mine.more:
        item = replace(mine, content=content, more=more)
        known = next((told for told in draft.told if told.key == one.id), None)
        if verb is Verb.REPLACE and known is not None and known.verb is not Verb.STOP:
            verb = known.verb
        _put(draft, item, verb, today, before, reason, known)
        return
    item = NewItem(one.type, "", content, "", FHIR_JSON, bytes.fromhex(one.id), one.hidden, suite.random(16), more)
    _put(draft, item, verb, today, before, reason)


def _put(
    draft: Draft,
    item: NewItem,
    verb: Verb,
    today: date,
    before: Entry | None = None,
    reason: str = "",
    known: Told | None = None,
) -> None:
    """Put an entry into the draft with the title, date and section that its line has. Raises LineRefused."""
    id_ = (item.id or b"").hex()
    trial = Draft(draft.container, draft.doubtful, draft.change)
    trial.swap(item, Told(verb, "", key=id_)) if known else trial.put([item])
    entry = lines.line(trial.items(), trial.former(), id_, as_of=today)
    if entry is None:
        raise LineRefused("no line")
    named = replace(
        item,
        title=entry.words[:LABEL],
        date=dated(entry),
        more={**item.more, "section": str(entry.section)},
    )
    told = told_of(verb, entry, before, reason, id_)
    if known:
        draft.swap(named, replace(told, before=known.before or told.before) if verb is known.verb else told)
    else:
        draft.put([named], told=[told])


def told_of(verb: Verb, entry: Entry, before: Entry | None, reason: str, key: str) -> Told:
    """The sentence for one entry that a draft adds."""
    plain = entry.place is Place.CURRENT or (entry.place is Place.PAST and entry.section not in STATES)
    place = "" if plain or verb in (Verb.STOP, Verb.MISTAKE) else str(entry.place)
    told = Told(verb, entry.words, str(entry.section), reason, place, telling.in_short(entry), key=key)
    if verb is Verb.REPLACE and before is not None:
        told = replace(told, before=before.words, before_detail=telling.in_short(before))
    if verb is Verb.STOP:
        told = replace(told, words=before.words if before else entry.words, day=_end(entry))
    return told


def _end(entry: Entry) -> str:
    """The day on which a line ended, as its resource says it."""
    ends = [one.end or (one.start if one.role == "abatement" else "") for one in entry.dates]
    return next((day[:10] for day in [entry.ends, *ends] if day), "")


def dated(entry: Entry) -> str:
    """The first date of an entry that its title may carry."""
    for dated in entry.dates:
        day = (dated.start or dated.end)[:10]
        if len(day) in (4, 7, 10) and day.replace("-", "").isdigit():
            return day
    return ""


# ---------------------------------------------------------------- what is no resource


def _declare(draft: Draft, kind: str, values: Values, today: date) -> str:
    item = replace(_declared(kind, values, today), id=suite.random(16))
    draft.put([item], told=[Told(Verb.NEW, item.title, key=(item.id or b"").hex())])
    return (item.id or b"").hex()


def _redeclare(draft: Draft, one: Live, values: Values, today: date) -> None:
    """A new version of a contact or of directives."""
    if one.type not in ("contact", "directive"):
        raise LineRefused("no form")
    given = {**declared_values(one), **values}
    mine = next((item for item in draft.change.add if (item.id or b"").hex() == one.id), None)
    made = _declared(one.type, given, today)
    if mine is not None:
        said = next((told for told in draft.told if told.key == one.id), Told(Verb.NEW, "", key=one.id))
        made = replace(made, id=mine.id, of=mine.of, dossier_only=mine.dossier_only)
        draft.swap(made, replace(said, words=made.title))
        return
    made = replace(made, of=bytes.fromhex(one.id), id=suite.random(16))
    draft.put([made], told=[Told(Verb.REPLACE, made.title, before=one.title, key=(made.id or b"").hex())])


def declared_values(one: Live) -> dict[str, str]:
    """What the form of a contact or of directives would show. Raises ItemDamaged."""
    if one.type == "directive":
        text = one.content.decode("utf-8", "replace") if one.media == "text/plain" else ""
        return {"title": one.title, "date": one.date, "text": text}
    try:
        return {name: str(value) for name, value in canonical.load_object(one.content).items()}
    except ValueError:
        return {"name": one.title}


def _declared(kind: str, values: Values, today: date) -> NewItem:
    told: Mapping[str, str] = checked(kind, values, today=today)
    if kind == "directive":
        day = told.get("date") or today.isoformat()
        return NewItem(kind, told["title"], told["text"].encode() + b"\n", day, "text/plain")
    try:
        return holding.declared(kind, told, today=today)
    except FieldRefused as refused:
        field = author.form_of(kind).field(refused.detail.removeprefix("field "))
        if field is None:
            raise
        key = field.name if field.name in ("phone", "email") else "text"
        raise FormRefused([FieldFault(field.name, (field.fr, field.en), key)]) from None


def _missing() -> FieldFault:
    return FieldFault("reason", ("motif", "reason"), "required")
