"""Lines to rows of text of one width: folding, one line after the other, flowing, two columns.

Nothing is folded inside a dosage, a date or a phone, nor between a number and what stands beside it.
Source: house rules "what the doctor sees"; NHS Common User Interface (medication line).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from baladeur.record.page import Block, Level, Shown
from baladeur.record.phrases import Lang
from baladeur.record.words import NOTHING, count, say
from baladeur.text import is_western

MARKS: Final = {Level.CRITICAL: "!!", Level.CAUTION: "! ", Level.PLAIN: "  "}
INDENT: Final = 21
_GLUE: Final = "\x01"  # a space that must not break a line; no control character comes through `safe_text`
_BREAK: Final = "\x02"  # a space where a line may break even before a number
_CONVERTED: Final = re.compile(f",[ {_GLUE}{_BREAK}]≈")
_NUMBER = re.compile(r"(?<=[0-9]) (?=\S)|(?<=\S) (?=[0-9])")
_ALL: Final = 10**6


def cells(text: str) -> int:
    """How many columns a terminal needs for it."""
    if is_western(text):
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def glued(text: str) -> str:
    """The same, never folded at its spaces."""
    return text.replace(" ", _GLUE)


def plain(row: str) -> str:
    """A finished row."""
    return row.replace(_GLUE, " ").replace(_BREAK, " ").rstrip()


def padded(text: str, width: int) -> str:
    """Filled up with spaces to so many columns."""
    return text + " " * (width - cells(text))


def fold(text: str, width: int) -> list[str]:
    """Rows of at most `width` columns, broken at spaces but not beside a number; a word too long is broken anywhere."""
    rows = [""]
    for word in _NUMBER.sub(_GLUE, text).replace(_BREAK, " ").split(" "):
        if cells(rows[-1]) + 1 + cells(word) <= width and rows[-1]:
            rows[-1] += " " + word
            continue
        rows += [""] if rows[-1] else []
        if cells(word) <= width:
            rows[-1] = word
            continue
        for char in word:
            rows += [""] if cells(rows[-1] + char) > width else []
            rows[-1] += char
    return rows


def indented(text: str, width: int) -> list[str]:
    """A row of the banner; its pieces, parted by a dot, stay whole where they can."""
    pieces = (glued(one) if cells(one) < width - 4 else one for one in text.split(" · "))
    return [" " + row for row in fold(f"{_GLUE}· ".join(pieces), width - 2)]


class Layout:
    """Lines to rows for one language and one width. own: which have the source's own words alone, untranslated."""

    def __init__(self, lang: Lang, width: int, *, own: tuple[str, ...] = ()) -> None:
        self.lang: Lang = lang
        self.width = width
        self._own = own

    def untranslated(self, *own: str) -> "Layout":
        """The same without translations of `name`, `detail` or both: for where they have no room."""
        return Layout(self.lang, self.width, own=own or ("name", "detail"))

    def say(self, key: str) -> str:
        """A word of the layout."""
        return say(key, self.lang)

    def name(self, line: Shown) -> str:
        """The name, and in words that it is to be confirmed."""
        name = line.name.bare(self.lang) if "name" in self._own else line.name.of(self.lang)
        return f"{name} {glued(self.say('confirm'))}" if line.to_confirm else name

    def head(self, line: Shown) -> str:
        """Mark and word before the name."""
        return f" {MARKS[line.level]} {line.label.of(self.lang)}"

    def detail(self, line: Shown) -> str:
        """The detail as it is."""
        return (line.brief if "detail" in self._own and line.brief != NOTHING else line.detail).of(self.lang)

    def tail(self, line: Shown, width: int) -> str:
        """The detail; of a treatment it is whole or, where it cannot be, it says where it is."""
        tail = self.detail(line)
        if cells(tail) > width and line.brief != NOTHING:
            tail = line.brief.of(self.lang)  # the translation gives way before the source's own words do
        return self.say("long") if line.block is Block.TREATMENTS and cells(tail) > width else tail

    def one(self, line: Shown, head: str, *, detail: bool = True) -> list[str]:
        """One line of the page: name, then the detail behind it or, whole, on the next row."""
        indent = INDENT if cells(head) < INDENT else cells(head) + 2
        name, tail = self.name(line), self.tail(line, self.width - 5) if detail else ""
        room = self.width - indent
        rows = fold(name, room)
        short = 0
        if tail:
            if cells(rows[-1]) + 3 + cells(tail) <= room:
                rows[-1] += " — " + tail
            elif line.block is Block.TREATMENTS or cells(tail) <= room:
                short = max(0, indent - (self.width - cells(tail)))  # it starts further left rather than being folded
                rows.append(glued(tail))
            else:
                rows += fold(tail, room)
        leads = [padded(head, indent), *[" " * indent] * (len(rows) - 1)]
        leads[-1] = leads[-1][: indent - short]
        return [lead + row for lead, row in zip(leads, rows, strict=True)]

    def item(self, line: Shown) -> str:
        """One item of a flowing part."""
        name, tail = self.name(line), self.detail(line)
        if cells(tail) > self.width - INDENT - 2 and line.brief != NOTHING:
            tail = line.brief.of(self.lang)
        if cells(tail) <= self.width - INDENT - 2:
            tail = glued(tail)
        elif line.block is Block.TREATMENTS:
            tail = glued(self.say("long"))
        dash = f"—{_GLUE}" if line.block is Block.TREATMENTS else ""
        return f"{name}{_BREAK}{dash}{tail}" if tail else name

    def unconverted(self, line: Shown) -> str:
        """An item as its source wrote it: what was converted into another unit gives way before a result does."""
        return _CONVERTED.split(self.item(line))[0]

    def is_shortened(self, line: Shown) -> bool:
        """Whether a dosage is too long for a flowing part, but not for a row of its own."""
        return self.width - INDENT - 2 < cells(self.detail(line)) <= self.width - 5

    def flow(self, items: Sequence[str], head: str, limit: int = _ALL) -> tuple[list[str], int]:
        """Items one after the other in at most `limit` rows, with a count of those that found no room; how many did."""
        room = self.width - INDENT
        low, high = 0, len(items)
        rows = self._packed(items, room)
        taken = high
        if len(rows) > limit:
            high -= 1
            while low < high:  # the most items that find room together with the count of the others
                middle = (low + high + 1) // 2
                fits = len(self._counted(items, middle, room, limit)) <= limit
                low, high = (middle, high) if fits else (low, middle - 1)
            rows, taken = self._counted(items, low, room, limit), low
        lead = [padded(head, max(cells(head) + 1, INDENT)), *[" " * INDENT] * (len(rows) - 1)]
        return [a + b for a, b in zip(lead, rows, strict=True)], taken

    def others(self, number: int) -> str:
        """`+3 autres`."""
        return glued(count("others", number).of(self.lang))

    def _counted(self, items: Sequence[str], taken: int, room: int, limit: int) -> list[str]:
        left = len(items) - taken
        rows = self._packed([*items[:taken], self.others(left)], room)
        return (
            rows
            if len(rows) <= limit
            else self._packed([*items[:taken], say("others_short", self.lang, str(left))], room)
        )

    def _packed(self, items: Iterable[str], room: int) -> list[str]:
        rows: list[str] = []
        for item in items:
            if rows and cells(rows[-1]) + 3 + cells(item) <= room:
                rows[-1] += " · " + item
            else:
                rows += fold(item, room)
        return rows

    def column(self, lines: Sequence[Shown], width: int) -> list[list[str]] | None:
        """One item after the other in a column, the rows of each; None if a dosage or a name does not fit it whole."""
        marked = any(line.level is not Level.PLAIN for line in lines)
        found = []
        for line in lines:
            mark = f"{MARKS[line.level]} " if marked else ""
            name, tail = self.name(line), self.detail(line)
            dash = " — " if line.block is Block.TREATMENTS else " "
            rows = fold(name, width - len(mark))
            leads = [mark, *[" " * len(mark)] * (len(rows) - 1)]
            if tail and cells(rows[-1] + dash + tail) <= width - len(mark):
                rows[-1] += dash + tail
            elif tail:
                rows.append(dash.lstrip() + tail)
                leads.append(" " * max(1, min(len(mark) + 2, width - cells(rows[-1]))))
            if len(rows) > 3 or cells(leads[-1] + rows[-1]) > width:
                return None
            found.append([padded(lead + row, width) for lead, row in zip(leads, rows, strict=True)])
        return found
