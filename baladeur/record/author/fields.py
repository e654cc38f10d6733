"""The fields of a form: what each is called, what may be typed in it, and what is wrong with what was typed.

Free text is always allowed where a code is looked for; what has no code stays text, and so is marked: a
CodeableConcept without `coding` (FHIR R4, datatypes.html#CodeableConcept).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from typing import Any, Final, Literal

from baladeur.quiet import quiet
from baladeur.record.author.words import FAULTS
from baladeur.record.elements import Json

Lang = Literal["fr", "en"]


class Kind(StrEnum):
    """What a field takes."""

    CODED = "coded"  #: a word of `Field.tables`, or free text
    TEXT = "text"  #: one line
    LONG = "long"  #: several lines
    DATE = "date"  #: a day, a month or a year
    CHOICE = "choice"  #: one of `Field.choices`, by its code
    CHOICES = "choices"  #: any of them
    QUANTITY = "quantity"  #: `500 mg`, `1 comprimé`
    VALUE = "value"  #: `128 µmol/L`, `<5 ng/L`, or words
    FLAG = "flag"  #: yes or no


@dataclass(frozen=True, slots=True, repr=False)
class Coded:
    """A word with its code; without one it is free text. `system` as FHIR writes it."""

    text: str
    system: str = ""
    code: str = ""
    display: str = ""

    __repr__ = quiet

    @property
    def is_coded(self) -> bool:
        """Whether a machine can tell what it means."""
        return bool(self.system and self.code)


#: What is typed or chosen: a text, a coded word, the codes of CHOICES. An empty one empties the field.
Value = str | Coded | Sequence[str]
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed list."""

    code: str
    fr: str
    en: str

    def label(self, language: Lang) -> str:
        """What it is called."""
        return self.fr if language == "fr" else self.en


_FLAG: Final = (Choice("oui", "oui", "yes"), Choice("non", "non", "no"))


@dataclass(frozen=True, slots=True)
class Field:
    """One field. tables: names of `baladeur.tables` whose answers fit; group: the one of table `values` that fits."""

    name: str
    fr: str
    en: str
    kind: Kind = Kind.TEXT
    required: bool = False
    tables: tuple[str, ...] = ()
    group: str = ""
    choices: tuple[Choice, ...] = ()
    past: bool = False  #: a date that cannot lie in the future
    now: bool = False  #: a date that is today's unless another is typed

    def label(self, language: Lang) -> str:
        """What it is called."""
        return self.fr if language == "fr" else self.en

    @property
    def options(self) -> tuple[Choice, ...]:
        """What may be chosen in it: its choices, or yes and no."""
        return _FLAG if self.kind is Kind.FLAG else self.choices


@dataclass(frozen=True, slots=True, repr=False)
class FieldFault:
    """What is wrong with one field, in words."""

    field: str
    label: tuple[str, str]
    key: str
    values: Mapping[str, str] = dataclass_field(default_factory=dict)

    __repr__ = quiet

    def told(self, language: Lang) -> str:
        """`ce jour n’existe pas`: beside the field, which is named there already."""
        return FAULTS[self.key][language == "en"].format_map(dict(self.values))

    def sentence(self, language: Lang) -> str:
        """`date de début : ce jour n’existe pas`."""
        at = 0 if language == "fr" else 1
        joined = "\u00a0: " if language == "fr" else ": "
        said = self.told(language)
        return f"{self.label[at]}{joined}{said}" if self.label[at] else said


Put = Callable[[Json, Mapping[str, Any]], None]
Get = Callable[[Json], dict[str, Value]]


@dataclass(frozen=True, slots=True)
class Part:
    """Fields that make one element of the resource together: changed together, or left as they are.

    put: sets the element from the parsed values (a field that is empty is not among them); get: reads it back.
    """

    fields: tuple[Field, ...]
    put: Put
    get: Get


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of entry. `type`: the FHIR resource, or the item's type of what is no resource."""

    kind: str
    fr: str
    en: str
    type: str
    parts: tuple[Part, ...]
    start: Mapping[str, Any] = dataclass_field(default_factory=dict)  #: what every such resource says
    finish: Callable[[Json, Any], None] = lambda resource, today: None
    subject: str = "subject"
    states: tuple[Choice, ...] = ()  #: how it may be stopped, the usual one first; none: it cannot be

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, in the order in which they are asked."""
        return tuple(one for part in self.parts for one in part.fields)

    @property
    def is_resource(self) -> bool:
        """Whether it makes a FHIR resource."""
        return self.type[:1].isupper()

    def field(self, name: str) -> Field | None:
        """A field by its name."""
        return next((one for one in self.fields if one.name == name), None)

    def label(self, language: Lang) -> str:
        """What it is called."""
        return self.fr if language == "fr" else self.en


FREE: Final = ""  #: the system of free text
