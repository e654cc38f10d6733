"""What the patient adds herself, without a card: contacts, languages, trusted person, directives, the pending tray.

A closed list; each is shown as declared. The identity is hers to correct until a professional has signed for it.
Contents are canonical JSON of the fields that schemas/declared-*.schema.json states; a directive is any file.
Source: schemas/container.md section 10 (holder types).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, BinaryIO, Final

from baladeur.chart import items, records
from baladeur.chart.items import FHIR_JSON, IDENTITY, Live
from baladeur.container import canonical
from baladeur.container.change import Change, NewItem
from baladeur.container.container import Container
from baladeur.errors import IdentitySigned, ItemDamaged, NotAPatientDocument, NotHolders, RecordError
from baladeur.record import declaring, fhir
from baladeur.record import identity as numbers
from baladeur.record.identity import Warned
from baladeur.record.people import Identity
from baladeur.text import LABEL, safe_text

KINDS: Final = ("contact", "language", "trusted-person", "directive")
TRAY: Final = "tray"
OWN: Final = frozenset({*KINDS, TRAY, IDENTITY})  #: types that a commit of the holder's is made of
_JSON: Final = "application/json"


def identity(data: bytes, *, demonstration: bool, today: date) -> tuple[NewItem, list[Warned]]:
    """The identity entry of a FHIR Patient, kept byte for byte, or of the simple form; and what is odd about it.

    Raises NotJson, DocumentTooLarge, WrongFhirVersion, NotAPatientDocument, FieldRefused, NumberRefused.
    """
    value = declaring.fields(data)
    if "resourceType" not in value:
        data = declaring.patient(value, demonstration=demonstration)
    found = fhir.read(data, as_of=today)
    who = found.identity
    if who is None or list(found.types.values()) != ["Patient"] or found.source.kind != "resource":
        raise NotAPatientDocument
    title = name_of(who)
    if not title:
        raise NotAPatientDocument
    born = who.birth_date if len(who.birth_date) in (4, 7, 10) else ""
    item = NewItem(IDENTITY, title, data, born, FHIR_JSON)
    return item, numbers.warnings(who, demonstration=demonstration)


def name_of(who: Identity) -> str:
    """The name in use in one line, else that of birth, else any."""
    name = next((one for use in ("usual", "official", "") for one in who.names if one.use == use), None)
    name = name or next(iter(who.names), None)
    return safe_text(" ".join([name.family.upper(), *name.given]).strip() or name.text, LABEL) if name else ""


def whose(container: Container, *, today: date) -> tuple[str, str]:
    """The name and the birth date of the record's patient; empty where it has none, or none that can be read."""
    try:
        who = records.identity(items.live(container), as_of=today)
    except (ItemDamaged, RecordError):
        return "", ""
    return (name_of(who), safe_text(who.birth_date)) if who is not None else ("", "")


def declared(kind: str, value: Mapping[str, Any], *, today: date) -> NewItem:
    """A contact, language or trusted-person of its fields. Raises FieldRefused, NumberRefused."""
    fields = declaring.checked(kind, value)
    title = str(fields.get("name") or fields.get("words") or fields.get("code"))
    return NewItem(kind, title, canonical.dumps(fields), f"{today:%Y-%m-%d}", _JSON)


def add(present: Sequence[Live], new: NewItem) -> NewItem:
    """The same entry, in the place of the one it stands for: there is one trusted person, and one line a language."""
    former = next((one for one in present if one.type == new.type and _stands_for(one, new)), None)
    if former is None:
        return new
    return NewItem(new.type, new.title, new.content, new.date, new.media, bytes.fromhex(former.id))


def _stands_for(one: Live, new: NewItem) -> bool:
    if new.type != "language":
        return new.type == "trusted-person"
    try:
        codes = [
            canonical.load_object(data).get("code") for data in (one.content, new.content) if isinstance(data, bytes)
        ]
    except ValueError:
        return False
    return len(codes) == 2 and codes[0] == codes[1]


def mine(present: Sequence[Live], kind: str, start: str) -> Live:
    """The live entry of one of the holder's kinds whose id begins so. Raises NotHolders."""
    found = [one for one in present if one.type == kind and start and one.id.startswith(start.lower())]
    if len(found) != 1:
        raise NotHolders
    return found[0]


def note(content: bytes | BinaryIO, title: str, day: str, media: str, *, who: str = "", where: str = "") -> NewItem:
    """A document for the pending tray: who wrote it and where, as told."""
    more = {name: value for name, value in (("who", who), ("where", where)) if value}
    return NewItem(TRAY, title, content, day, media, more=more)


def signed(container: Container) -> bool:
    """Whether a professional has signed anything in this record. A history that cannot be read counts as signed."""
    return any(record is None or record.cms for _, record in container.history())


def guard(container: Container, change: Change, *, professional: bool) -> None:
    """The one place that keeps a signed identity from its holder. Raises IdentitySigned.

    After a professional's first commit an identity is added, replaced, withdrawn or erased by a signature only.
    """
    if professional:
        return
    gone = {*change.withdraw, *change.erase}
    touches = any(new.type == IDENTITY for new in change.add)
    if gone and not touches:
        touches = any(one.id in gone and one.meta.get("type") == IDENTITY for one in container.entries(0, 1, 2))
    if touches and signed(container):
        raise IdentitySigned
