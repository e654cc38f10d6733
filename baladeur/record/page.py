"""What the emergency page is made of: blocks, lines as they are signed, and lines as they are shown on a day.

A `Line` holds no word that a day can make wrong: dates that are worded against the day of reading are facts, raw.
`shown.show` alone words them. Source: schemas/emergency-page.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final, TypeVar

from baladeur.quiet import quiet
from baladeur.record.words import NOTHING, Words

#: Version of all that decides what stands on the page: status table, alert rules, their tables, wordings of the lines.
#: A test compares it with the tables, so that they do not change under an old version.
RULES_VERSION: Final = "2026-11-24.2"


class Level(IntEnum):
    """How loud a line is."""

    CRITICAL = 0  #: `!!`; its name is always on the first screen
    CAUTION = 1  #: `!`
    PLAIN = 2


#: The parts of the page. First lines are about the page itself, notices about the record, the foot about the rules.
Block = StrEnum(
    "Block",
    "FIRST BANNER NOTICES ALERTS ALLERGIES DEVICES PROBLEMS TREATMENTS PAST PROCEDURES RESULTS DIRECTIVES CONTACTS"
    " MISSING FOOT",
)
_B = Block
URGENT: Final = (_B.NOTICES, _B.ALERTS, _B.ALLERGIES, _B.DEVICES)  #: one area of the emergency page, loudest first
ORDERS: Final[Mapping[str, tuple[Block, ...]]] = {
    "emergency": (_B.FIRST, _B.BANNER, *URGENT, _B.PROBLEMS, _B.TREATMENTS, _B.PAST, _B.PROCEDURES, _B.RESULTS,
                  _B.DIRECTIVES, _B.CONTACTS, _B.MISSING, _B.FOOT),
    "vsm": (_B.FIRST, _B.BANNER, _B.NOTICES, _B.PROBLEMS, _B.PAST, _B.PROCEDURES, _B.ALLERGIES, _B.ALERTS, _B.DEVICES,
            _B.RESULTS, _B.TREATMENTS, _B.DIRECTIVES, _B.CONTACTS, _B.MISSING, _B.FOOT),
    "ips": (_B.FIRST, _B.BANNER, _B.NOTICES, _B.PROBLEMS, _B.PAST, _B.PROCEDURES, _B.ALLERGIES, _B.TREATMENTS,
            _B.DEVICES, _B.ALERTS, _B.DIRECTIVES, _B.RESULTS, _B.CONTACTS, _B.MISSING, _B.FOOT),
}  # fmt: skip


REVIEWED: Final = ("medications", "allergies")  #: the sections whose reviews the page shows


class Kind(StrEnum):
    """What a line is. All but LINE are worded in a way of their own; see `shown`."""

    LINE = "line"
    IDENTITY = "identity"  #: facts: birth, birth_name, sex
    WEIGHT = "weight"  #: shown while the patient is a minor
    SOURCE = "source"  #: the one document that an unsigned page is made of. facts: day, who
    REVIEW = "review"  #: a section was reviewed. facts: section, day, who
    RULES = "rules"  #: facts: version, reviewed
    GUARDIAN = "guardian"  #: a legal representative; a contact like any other once the patient is of age
    CONTACT = "contact"
    LANGUAGE = "language"
    PENDING = "pending"  #: facts: count


@dataclass(frozen=True, slots=True, repr=False)
class Fact:
    """A date as the source writes it, and what it means.

    date: when; until: a stated end; due: of a pregnancy; start: it begins then, after the day of signing;
    end: it ends then; course: the last day that its dosages allow, counted.
    """

    means: str
    raw: str

    __repr__ = quiet


Piece = Words | Fact


@dataclass(frozen=True, slots=True)
class Turn:
    """After a day the line is less, or more, than it was: a stent is no longer recent, a pregnancy is past its term."""

    after: str  #: YYYY-MM-DD
    level: Level
    to_confirm: bool


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One line as it is signed. `name` says what it is; `detail` (dosage, date, phone) is whole or not at all."""

    block: Block
    name: Words
    keys: tuple[str, ...] = ()  #: the entries that it comes from
    level: Level = Level.PLAIN
    label: Words = NOTHING
    detail: tuple[Piece, ...] = ()
    to_confirm: bool = False
    counted: bool = True  #: an item of its block, not a remark about the block
    kind: Kind = Kind.LINE
    declared: bool = False  #: by the holder, and signed by nobody
    turn: Turn | None = None
    facts: tuple[tuple[str, str], ...] = ()  #: of the kinds that say so; in the order of their names

    __repr__ = quiet

    def fact(self, name: str) -> str:
        """One of its facts, or an empty string."""
        return next((value for key, value in self.facts if key == name), "")


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """One line as it is shown on a day, in words. What nobody vouches for is declared or unverified."""

    block: Block
    name: Words
    keys: tuple[str, ...] = ()
    level: Level = Level.PLAIN
    label: Words = NOTHING
    detail: Words = NOTHING
    to_confirm: bool = False
    counted: bool = True
    declared: bool = False
    unverified: bool = False  #: it stands in a signed page whose signature is wrong or was not checked
    brief: Words = NOTHING  #: the detail without translations, where it has any

    __repr__ = quiet


_L = TypeVar("_L", Line, Shown)


def ordered(lines: Iterable[_L], order: str) -> tuple[_L, ...]:
    """By block, then the loudest first, then what the holder declares. Raises KeyError for an unknown order."""
    rank = {block: at for at, block in enumerate(ORDERS[order])}
    if order == "emergency":
        rank |= dict.fromkeys(URGENT, rank[_B.NOTICES])
    return tuple(sorted(lines, key=lambda one: (rank[one.block], one.level, one.declared and one.block != _B.BANNER)))
