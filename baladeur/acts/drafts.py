"""Drafts that are kept in the record: prepared without a card, or saved because the key is about to be pulled out.

An entry of the holder type `draft`, encrypted as all are, of media `application/vnd.baladeur.draft+json`: canonical
JSON with `v` (1), `day` (YYYY-MM-DD), `add` (of each new entry `id`, `type`, `title`, `date`, `media`, `more`,
`content` in base64, `hidden`, and `of` if it takes an entry's place), `withdraw` (ids) and, of a form that is being
filled in, `form` (`begun`). It is never on the page and no line of the record; a signature that does what it says
withdraws it. What is told of it is found out anew when it is taken up again: nobody signs the words of whoever
prepared it.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from baladeur.acts import begun, retelling, tray
from baladeur.acts.draft import KEPT, Draft, Told, Verb, named
from baladeur.chart import items, records
from baladeur.chart.items import EVIDENCE, FHIR_JSON, IDENTITY, PREFIX, SOURCE, Live
from baladeur.container import canonical, suite
from baladeur.container.change import NewItem
from baladeur.container.container import Container
from baladeur.errors import BundleInvalid, ItemDamaged, NoSuchItem, WriteRefused
from baladeur.quiet import quiet
from baladeur.record import scan
from baladeur.record.scan import MAX_BYTES

MEDIA: Final = "application/vnd.baladeur.draft+json"


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """A draft as it is listed."""

    id: str
    title: str
    day: str
    changes: int
    form: str = ""  #: the kind of the form that stands in it, begun
    readable: bool = True

    __repr__ = quiet


def item(draft: Draft, title: str, *, today: date) -> NewItem:
    """The entry that keeps a draft; a draft that was kept before takes its place.

    Raises WriteRefused for an empty draft and for what a draft cannot keep: erasures, visibility, whole files.
    """
    change = draft.change
    if (draft.empty and draft.begun is None) or change.erase or change.visibility or change.conceal:
        raise WriteRefused("no draft")
    value: dict[str, Any] = {
        "v": 1,
        "day": today.isoformat(),
        "add": [_written(one) for one in change.add],
        "withdraw": [id_.hex() for id_ in change.withdraw],
    }
    if draft.begun is not None:
        value["form"] = begun.written(draft.begun)
    of = bytes.fromhex(draft.kept_as) if draft.kept_as else None
    return NewItem(KEPT, title, canonical.dumps(value), today.isoformat(), MEDIA, of, id=suite.random(16))


def _written(one: NewItem) -> dict[str, Any]:
    if not isinstance(one.content, bytes) or len(one.content) > MAX_BYTES:
        raise WriteRefused("no draft")
    told: dict[str, Any] = {
        "id": (one.id or suite.random(16)).hex(),
        "type": one.type,
        "title": one.title,
        "date": one.date,
        "media": one.media,
        "more": dict(one.more),
        "hidden": one.dossier_only,
        "content": base64.b64encode(one.content).decode(),
    }
    return told | ({"of": one.of.hex()} if one.of else {})


def kept(container: Container) -> list[Kept]:
    """The drafts that wait, oldest first."""
    return [_listed(one) for one in items.live(container) if one.type == KEPT]


def _listed(one: Live) -> Kept:
    try:
        value = _value(one)
        form = begun.read(value["form"]).kind if "form" in value else ""
        return Kept(one.id, named(one.title), one.date, len(value["add"]) + len(value["withdraw"]), form)
    except (ItemDamaged, KeyError, TypeError, ValueError, AttributeError):
        return Kept(one.id, named(one.title), one.date, 0, readable=False)


def _value(one: Live) -> dict[str, Any]:
    """Raises ItemDamaged."""
    try:
        value = canonical.load_object(one.content)
    except ValueError:
        raise ItemDamaged(one.id) from None
    if value.get("v") != 1 or not isinstance(value.get("add"), list) or not isinstance(value.get("withdraw"), list):
        raise ItemDamaged(one.id)
    return value


def find(container: Container, start: str) -> Live:
    """The draft whose id begins so. Raises NoSuchItem."""
    found = [one for one in items.live(container) if one.type == KEPT and start and one.id.startswith(start.lower())]
    if len(found) != 1:
        raise NoSuchItem
    return found[0]


def resume(draft: Draft, one: Live, *, today: date) -> None:
    """Put a kept draft into an empty one, told anew from what it does now.

    What it says of an entry that has changed or gone since is left out, and told so. What is hidden from the page is
    what the record hides today. Raises ItemDamaged, RecordError.
    """
    value = _value(one)
    try:
        add = [_read(told) for told in value["add"]]
        withdraw = [bytes.fromhex(str(id_)) for id_ in value["withdraw"]]
        draft.begun = begun.read(value["form"]) if "form" in value else None
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        raise ItemDamaged(one.id) from None
    known = {entry.id for entry in draft.container.entries(*range(4))}
    there = {bytes.fromhex(live.id): live for live in draft.items()}
    stands = records.present(list(there.values()), draft.former())
    sources = {(new.id or b"").hex() for new in add if new.type == SOURCE}
    fits, gone, standing = dict[bytes | None, NewItem](), list[NewItem](), list[Live]()
    taken = list[Told]()
    for told in add:
        over = there.get(bytes.fromhex(stands.get(told.of.hex(), ""))) if told.of else None
        mine = fits.get(told.of) if told.of else None
        if told.type == SOURCE and over is None and told.id not in known:
            told = replace(told, of=None)  # what waited in the tray has gone: its lines still came as one file
        if told.id in known or (told.of is not None and over is None and mine is None):
            gone.append(told)
            continue
        under = mine or over
        if mine is None and over is not None and over.type == tray.TRAY:
            new, said = tray.taken_up(_honest(told, sources, today), over)
            fits[new.id] = new
            taken.append(replace(said, key=(new.id or b"").hex()))
            if new.type == tray.REJECTION and (who := tray.who_rejects(new)) not in draft.who.split(", "):
                draft.who = ", ".join(filter(None, (draft.who, who)))
            continue
        if under is not None and under.type != told.type:
            raise ItemDamaged(one.id)  # an allergy is replaced by no other thing
        hidden = mine.dossier_only if mine else over.hidden if over else told.dossier_only
        new = _honest(replace(told, dossier_only=hidden), sources, today)
        if over is None or bytes.fromhex(over.id) == new.of:
            fits[new.id] = new
        elif "source" in new.more:  # the file must come back whole: what was written here since stays above its version
            fits[new.id] = replace(new, of=bytes.fromhex(over.id))
            again = NewItem(over.type, over.title, over.content, over.date, over.media, new.id, over.hidden)
            more = {**over.more, "source": new.more["source"]}
            above = replace(again, id=suite.random(16), more=more)
            fits[above.id] = above
            standing.append(over)
        else:
            gone.append(new)
    before = records.record(draft.items(), draft.former(), as_of=today).entries
    titles = {live.id: live.title for live in draft.items()}
    draft.put(list(fits.values()), [id_ for id_ in withdraw if id_ in there])
    draft.kept_as = one.id
    after = {x.key: x for x in records.record(draft.items(), draft.former(), as_of=today).entries}
    draft.change = replace(draft.change, add=retelling.titled(draft, after, today=today))
    keys = {one.key for one in taken}
    draft.told += taken
    draft.told += [
        one for one in retelling.told(draft, {x.key: x for x in before}, after, titles) if one.key not in keys
    ]
    draft.told += [Told(Verb.STANDING, live.title, live.more.get("section", ""), live.title) for live in standing]
    draft.told += [Told(Verb.GONE, new.title) for new in gone]
    draft.told += [Told(Verb.GONE, titles.get(id_.hex(), "")) for id_ in withdraw if id_ not in there]


def _honest(new: NewItem, sources: set[str], today: date) -> NewItem:
    """Without what a draft may not say of itself: another copy's evidence, a document not in it, a day to come."""
    more = {name: value for name, value in new.more.items() if name != "from"}
    if more.get("source", "") not in sources:
        more.pop("source", None)
    if new.media == FHIR_JSON and new.type != IDENTITY and ("written" in more or "source" not in more):
        try:
            day = date.fromisoformat(more.get("written", ""))
        except ValueError:
            day = today
        more["written"] = min(day, today).isoformat()
    return replace(new, more=more)


def _read(told: Mapping[str, Any]) -> NewItem:
    more = {str(name): str(value) for name, value in told["more"].items()}
    of = bytes.fromhex(told["of"]) if "of" in told else None
    content = base64.b64decode(told["content"], validate=True)
    if told["type"] in (KEPT, EVIDENCE):
        raise ValueError("not for a draft")
    resource = told["media"] == FHIR_JSON or str(told["type"]).startswith(PREFIX) or told["type"] == IDENTITY
    if resource and (told["media"] != FHIR_JSON or str(told["type"]) not in _types_of(content)):
        raise ValueError("another type")  # who may sign it is told by the type
    texts = [str(told[name]) for name in ("type", "title", "date", "media")]
    return NewItem(
        texts[0], texts[1], content, texts[2], texts[3], of, told["hidden"] is True, bytes.fromhex(told["id"]), more
    )


def _types_of(content: bytes) -> set[str]:
    """The item types that a resource may have. Raises ValueError."""
    try:
        found = str(scan.parse(content).get("resourceType"))
    except (BundleInvalid, AttributeError):
        raise ValueError("no resource") from None
    return {PREFIX + found.lower()} | ({IDENTITY} if found == "Patient" else set())
