"""What the holder declares, from the live entries: whom to call, languages, directives, what waits in the tray.

Read leniently: whatever cannot be read is shown by its title, because a line that is not there may cost a life and a
declared one claims nothing. Every text is tamed here; the lines stand on the page as declared, signed by nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from baladeur.chart.items import Live
from baladeur.container import canonical
from baladeur.errors import ItemDamaged
from baladeur.quiet import quiet
from baladeur.record import heading
from baladeur.record.page import Line
from baladeur.text import safe_text

CONTACT: Final = "contact"
LANGUAGE: Final = "language"
TRUSTED: Final = "trusted-person"
DIRECTIVE: Final = "directive"
TRAY: Final = "tray"


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Somebody to call. `phone` is E.164 where that was certain, else as typed."""

    id: str
    name: str
    relation: str
    phone: str
    email: str = ""

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Spoken:
    """A language that the patient speaks."""

    id: str
    code: str
    words: str
    preferred: bool

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Directive:
    """A scan of the advance directives."""

    id: str
    title: str
    day: str

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Declared:
    """All that the holder declares. pending: ids of what waits in the tray."""

    contacts: tuple[Person, ...] = ()
    languages: tuple[Spoken, ...] = ()
    trusted: tuple[Person, ...] = ()  #: one, unless two programs wrote
    directives: tuple[Directive, ...] = ()
    pending: tuple[str, ...] = ()

    __repr__ = quiet


def declared(items: Sequence[Live]) -> Declared:
    """What the live entries that may be shown declare, in the order in which they came in; the preferred first."""
    shown = [one for one in items if not one.hidden]
    spoken = [_spoken(one) for one in shown if one.type == LANGUAGE]
    return Declared(
        tuple(_person(one) for one in shown if one.type == CONTACT),
        tuple(sorted(spoken, key=lambda one: not one.preferred)),
        tuple(_person(one) for one in shown if one.type == TRUSTED),
        tuple(Directive(one.id, safe_text(one.title), one.date) for one in shown if one.type == DIRECTIVE),
        tuple(one.id for one in shown if one.type == TRAY),
    )


def lines(found: Declared) -> list[Line]:
    """The declared lines of the page."""
    made = [heading.contact(one.name, one.relation, _calls(one), (one.id,), trusted=True) for one in found.trusted]
    made += [heading.contact(one.name, one.relation, _calls(one), (one.id,)) for one in found.contacts]
    if found.languages:
        words = ", ".join(one.words or one.code for one in found.languages)
        made.append(heading.language(words, tuple(one.id for one in found.languages)))
    made += [heading.directive(one.title, one.day, (one.id,)) for one in found.directives]
    if found.pending:
        made.append(heading.pending(len(found.pending), found.pending))
    return made


def _calls(one: Person) -> list[str]:
    return [one.phone] if one.phone else []


def _fields(one: Live) -> dict[str, Any]:
    try:
        return canonical.load_object(one.content)
    except (ValueError, ItemDamaged):
        return {}


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return safe_text(value) if isinstance(value, str) else ""


def _person(one: Live) -> Person:
    told = _fields(one)
    name = _text(told, "name") or safe_text(one.title)
    return Person(one.id, name, _text(told, "relation"), _text(told, "phone"), _text(told, "email"))


def _spoken(one: Live) -> Spoken:
    told = _fields(one)
    code = _text(told, "code")
    words = _text(told, "words") or ("" if code else safe_text(one.title))
    return Spoken(one.id, code, words, told.get("preferred") is True)
