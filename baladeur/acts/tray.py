"""The pending tray: what came unsigned is adopted into the record, or rejected with a reason, by a signature.

A FHIR file becomes entries as any import does; its `source` entry takes the place of the one in the tray. Anything
else becomes an entry of type `document`, its bytes, media and who, where and when kept, or corrected: then the history
keeps what came. A rejected one is replaced by an entry of type `rejection`: canonical JSON with `reason`, `day` and
`who`, so that erasing the document erases it too.
"""

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from baladeur.acts import importing
from baladeur.acts.draft import Draft, Told, Verb
from baladeur.chart import items, sources
from baladeur.chart.importing import Plan
from baladeur.chart.items import CONFIRMATION, EVIDENCE, IDENTITY, PREFIX, SOURCE, Live
from baladeur.container import canonical
from baladeur.container.change import NewItem
from baladeur.container.statement import HOLDER_TYPES, TYPE
from baladeur.errors import BundleInvalid, FieldRefused, ItemDamaged, NotInTray, TypeRefused
from baladeur.quiet import quiet
from baladeur.record import scan
from baladeur.record.author.dates import Refused, day
from baladeur.text import safe_text

MOST: Final = 4000  #: characters of a text that is corrected: the sentence that is signed tells all of it
TRAY: Final = "tray"
DOCUMENT: Final = "document"
REJECTION: Final = "rejection"
_SAID: Final = ("who", "where")
#: Types whose content the program makes.
_OURS: Final = frozenset({IDENTITY, SOURCE, EVIDENCE, REJECTION, CONFIRMATION, "review", "draft"})


@dataclass(frozen=True, slots=True, repr=False)
class Words:
    """What a person may correct of what waits: what it is called, who wrote it, where, when, and, of a text, itself.

    text: None where it is no text, or too long to be corrected here.
    """

    title: str
    who: str
    where: str
    day: str
    text: str | None = None

    __repr__ = quiet


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
    if type_ and not _is_plain(type_):
        raise TypeRefused
    if not type_ and _is_fhir(one):
        return _bring(draft, one, today)
    item = NewItem(type_ or DOCUMENT, one.title, one.content, one.date, one.media, bytes.fromhex(one.id), more=one.more)
    draft.put([item], told=[Told(Verb.ADOPT, one.title)])
    return None


def decided(draft: Draft) -> dict[str, str]:
    """What a draft does to entries of the tray: id → adopt, correct or reject."""
    waits = {one.id: one for one in items.live(draft.container) if one.type == TRAY}
    found = {id_.hex(): "adopt" for id_ in draft.change.withdraw if id_.hex() in waits}
    for new in draft.change.add:
        if new.of is not None and (one := waits.get(new.of.hex())) is not None:
            same = new.type == SOURCE or (new.title, new.date, new.content) == (one.title, one.date, one.content)
            same = same and {**one.more, **new.more} == dict(new.more)
            found[one.id] = "reject" if new.type == REJECTION else "adopt" if same else "correct"
    return found


def words(one: Live) -> Words:
    """What may be corrected of an entry of the tray. Raises ItemDamaged."""
    text: str | None = None
    if one.media.partition(";")[0] == "text/plain" and len(one.content) <= 4 * MOST:
        try:
            text = one.content.decode("utf-8-sig").strip()
        except UnicodeDecodeError:
            text = None
        if text is not None and (len(text) > MOST or "\0" in text):
            text = None
    return Words(one.title, one.more.get("who", ""), one.more.get("where", ""), one.date, text)


def correct(draft: Draft, one: Live, said: Words, *, today: date) -> bool:
    """Put the adoption of one entry of the tray into the draft, in corrected words. False: nothing was corrected.

    What came stays in the history. Raises FieldRefused (the detail names the field), ItemDamaged.
    """
    before = words(one)
    plain = {name: _label(name, getattr(said, name)) for name in ("title", "who", "where")}
    if not plain["title"]:
        raise FieldRefused("field title")
    text = said.text if before.text is not None else None
    if text is not None:
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
        if not text or len(text) > MOST:
            raise FieldRefused("field text")
    try:
        when = said.day if said.day == before.day else day(said.day, today, past=True)
    except Refused:
        raise FieldRefused("field day") from None
    new = Words(plain["title"], plain["who"], plain["where"], when, text)
    if new == before:
        return False
    content = one.content if text is None or text == before.text else text.encode() + b"\n"
    more = {name: value for name, value in one.more.items() if name not in _SAID}
    more |= {name: plain[name] for name in _SAID if plain[name]}
    item = NewItem(DOCUMENT, new.title, content, new.day, one.media, bytes.fromhex(one.id), more=more)
    draft.put([item], told=[_corrected(item, one)])
    return True


def _label(name: str, typed: str) -> str:
    """One line as it will be signed: nothing is cut or replaced in silence. Raises FieldRefused."""
    plain = " ".join(unicodedata.normalize("NFC", typed).split())
    if safe_text(plain) != plain:
        raise FieldRefused(f"field {name}")
    return plain


def _corrected(item: NewItem, one: Live) -> Told:
    """The sentence of a corrected adoption: nothing of it is signed unseen."""
    said = [item.more.get("who", ""), item.more.get("where", ""), item.date]
    content = item.content if isinstance(item.content, bytes) else b""
    if content != one.content:
        said.append("« " + safe_text(content.decode("utf-8", "replace"), 2 * MOST) + " »")
    detail = ", ".join(safe_text(part, 2 * MOST + 4) for part in said if part)
    return Told(Verb.ADOPT_CORRECTED, item.title, before=one.title, detail=(detail, detail))


def taken_up(new: NewItem, one: Live) -> tuple[NewItem, Told]:
    """What a kept draft makes of an entry of the tray, told by what it does. Raises ItemDamaged.

    What it adopts unchanged has the tray's own words: nobody signs those of whoever prepared the draft.
    """
    content = new.content if isinstance(new.content, bytes) else b""
    if new.type == REJECTION:
        try:
            value = canonical.load_object(content)
            reason, _ = str(value["reason"]), value["who"]
        except (ValueError, KeyError):
            raise ItemDamaged(one.id) from None
        return replace(new, title=one.title, more=one.more), Told(Verb.REJECT, one.title, before=reason)
    if new.type == SOURCE:
        made = sources.read(one.id, one.date, content)
        if made.sha256 != hashlib.sha256(one.content).hexdigest():
            raise ItemDamaged(one.id)
        return new, Told(Verb.ADOPT, one.title)
    text = words(one).text is not None
    if not _is_plain(new.type) or (content != one.content and (not text or len(content) > 4 * MOST)):
        raise ItemDamaged(one.id)
    more = {name: value for name, value in one.more.items() if name not in _SAID}
    more |= {name: safe_text(new.more[name]) for name in _SAID if new.more.get(name)}
    new = replace(new, title=safe_text(new.title), media=one.media, more=more)
    same = (new.title, new.date, content, more) == (one.title, one.date, one.content, one.more)
    return new, Told(Verb.ADOPT, one.title) if same else _corrected(new, one)


def who_rejects(new: NewItem) -> str:
    """In whose name a rejection stands: nobody else signs it."""
    value = canonical.load_object(new.content if isinstance(new.content, bytes) else b"")
    return str(value.get("who", ""))


def _is_plain(type_: str) -> bool:
    """Whether a document of the tray may become an entry of this type."""
    return bool(TYPE.fullmatch(type_)) and type_ not in HOLDER_TYPES | _OURS and not type_.startswith(PREFIX)


def reject(draft: Draft, one: Live, reason: str, who: str, *, today: date) -> None:
    """Put the rejection of one entry of the tray into the draft, with its reason."""
    draft.sign_as(who)
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
