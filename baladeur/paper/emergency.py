"""The emergency page as one A4 sheet: the rows that the screen has, 80 columns across, in one language or in two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from baladeur.paper.typeset import typeset
from baladeur.paper.words import Lang, say
from baladeur.quiet import quiet

#: Rows of the page that one sheet takes, by the number of languages on it.
ROWS: Final = {1: 54, 2: 26}
_HEIGHT: Final = {1: 13.6, 2: 12.9}  # points of one row


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """The page in one language: its rows, which of them are loud, and the number of the commit if it is known."""

    lang: Lang
    rows: Sequence[str]
    name: str  #: the patient's name as the banner has it, to be found at a glance
    day: str  #: today in words
    number: int | None

    __repr__ = quiet


def sheet(parts: Sequence[Part], today: date) -> bytes:
    """The PDF. parts: one or two, each with at most ROWS rows. Raises PaperRefused."""
    first = parts[0].lang
    words = {"parts": [_part(one, len(parts)) for one in parts], "unprintable": say("unprintable", first)}
    return typeset("emergency.typ", words, title=say("emergency-title", first), lang=first, day=today)


def _part(one: Part, count: int) -> dict[str, object]:
    stamp = "stamp-code" if one.number is None else "stamp"
    return {
        "lang": one.lang,
        "heading": say("emergency", one.lang),
        "stamp": say(stamp, one.lang, number=one.number, day=one.day),
        "destroy": say("destroy", one.lang),
        "foot": say("emergency-foot", one.lang),
        "height": _HEIGHT[count],
        "rows": [{"text": row, "bold": _is_bold(row, one.name), "rule": set(row) == {"─"}} for row in one.rows],
    }


def _is_bold(row: str, name: str) -> bool:
    """What can kill, and whose page it is."""
    return row.startswith((" !!", "?!!")) or (bool(row[1:].strip()) and name.startswith(row[1:].strip()))
