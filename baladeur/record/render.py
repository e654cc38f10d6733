"""The page: what it is made of, its words in French and English, and how it is laid out on a screen of text.

The plain text is the reference; every other view shows the same lines. No colour is needed: a mark, a word and a place.
Nothing is folded inside a dosage or between a number and its unit. **No critical item's name is ever cut.** When the
first screen is full, results give way, then past history, problems, and treatments last and in risk order, each with
a count; further screens, each with the patient's name, then show those parts whole.
Source: house rules "what the doctor sees"; NHS Common User Interface (patient banner, date display, medication line).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from baladeur.record.page import URGENT, Block, Level, Shown
from baladeur.record.phrases import Lang
from baladeur.record.words import count, say

_MARKS: Final = {Level.CRITICAL: "!!", Level.CAUTION: "! ", Level.PLAIN: "  "}
_FLOWED: Final = frozenset(set(Block) - set(URGENT) - {Block.FIRST, Block.BANNER, Block.TREATMENTS})
# What gives way on a full first screen, first to last.
# Until which number of rows; 0: packed, but all of it.
_GIVES_WAY: Final = (
    (Block.RESULTS, 1), (Block.PROCEDURES, 1), (Block.PAST, 1), (Block.PROBLEMS, 4), (Block.TREATMENTS, 0),
    (Block.MISSING, 1), (Block.DIRECTIVES, 1), (Block.CONTACTS, 1), (Block.PROBLEMS, 1), (Block.ALERTS, 1),
    (Block.TREATMENTS, 1),
)  # fmt: skip
_INDENT: Final = 21
_GLUE: Final = "\ue000"  # a space that must not break a line; private use never comes through `safe_text`
_BREAK: Final = "\ue001"  # a space where a line may break even before a number
_NUMBER = re.compile(r"(?<=[0-9]) (?=\S)|(?<=\S) (?=[0-9])")


def _cells(text: str) -> int:
    """How many columns a terminal needs for it."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _glued(text: str) -> str:
    return text.replace(" ", _GLUE)


def _fold(text: str, width: int) -> list[str]:
    """Rows of at most `width` columns, broken at spaces but not beside a number; a word too long is broken anywhere."""
    rows = [""]
    for word in _NUMBER.sub(_GLUE, text).replace(_BREAK, " ").split(" "):
        if _cells(rows[-1]) + 1 + _cells(word) <= width and rows[-1]:
            rows[-1] += " " + word
            continue
        rows += [""] if rows[-1] else []
        for char in word:
            rows += [""] if _cells(rows[-1] + char) > width else []
            rows[-1] += char
    return rows


@dataclass(slots=True)
class _Part:
    """One part of the page: all its rows, and what stands on the first screen if it gets fewer."""

    block: Block
    lines: Sequence[Shown]
    title: str
    rows: list[str]
    limit: int
    cut: bool = False


class _Layout:
    """Lines to rows for one language and one width."""

    def __init__(self, lang: Lang, width: int) -> None:
        self.lang: Lang = lang
        self.width = width

    def say(self, key: str) -> str:
        """A word of the layout."""
        return say(key, self.lang)

    def name(self, line: Shown) -> str:
        """The name, and in words that it is to be confirmed."""
        name = line.name.of(self.lang)
        return f"{name} {_glued(self.say('confirm'))}" if line.to_confirm else name

    def head(self, line: Shown) -> str:
        """Mark and word before the name."""
        return f" {_MARKS[line.level]} {line.label.of(self.lang)}"

    def one(self, line: Shown, head: str, *, detail: bool = True) -> list[str]:
        """One line of the page: name, then the detail behind it or, whole, on the next row."""
        indent = _INDENT if _cells(head) < _INDENT else _cells(head) + 2
        name, tail = self.name(line), line.detail.of(self.lang) if detail else ""
        if line.block is Block.TREATMENTS and _cells(tail) > self.width - 5:
            tail = self.say("long")
        room = self.width - indent
        rows = _fold(name, room)
        if tail:
            if _cells(rows[-1]) + 3 + _cells(tail) <= room:
                rows[-1] += " — " + tail
            elif line.block is Block.TREATMENTS or _cells(tail) <= room:
                short = self.width - _cells(tail)  # it starts further left rather than being folded
                rows.append(("\0" * short if short < indent else "") + _glued(tail))
            else:
                rows += _fold(tail, room)
        out = []
        for at, row in enumerate(rows):
            lead = head + " " * (indent - _cells(head)) if at == 0 else " " * indent
            out.append(" " * row.count("\0") + row.replace("\0", "") if "\0" in row else lead + row)
        return out

    def item(self, line: Shown) -> str:
        """One item of a flowing part."""
        name, tail = self.name(line), line.detail.of(self.lang)
        if _cells(tail) <= self.width - _INDENT - 2:
            tail = _glued(tail)
        elif line.block is Block.TREATMENTS:
            tail = _glued(self.say("long"))
        dash = f"—{_GLUE}" if line.block is Block.TREATMENTS else ""
        return f"{name}{_BREAK}{dash}{tail}" if tail else name

    def flow(self, items: Sequence[str], head: str, limit: int) -> list[str]:
        """Items one after the other in at most `limit` rows, with a count of those that found no room."""
        room = self.width - _INDENT
        low, high = 0, len(items)
        rows = self._packed(items, room)
        if len(rows) > limit:
            high -= 1
            while low < high:  # the most items that find room together with the count of the others
                middle = (low + high + 1) // 2
                fits = len(self._counted(items, middle, room)) <= limit
                low, high = (middle, high) if fits else (low, middle - 1)
            rows = self._counted(items, low, room)
        lead = [head + " " * max(1, _INDENT - _cells(head)), *[" " * _INDENT] * (len(rows) - 1)]
        return [a + b for a, b in zip(lead, rows, strict=True)]

    def _counted(self, items: Sequence[str], taken: int, room: int) -> list[str]:
        return self._packed([*items[:taken], _glued(count("others", len(items) - taken).of(self.lang))], room)

    def _packed(self, items: Iterable[str], room: int) -> list[str]:
        rows: list[str] = []
        for item in items:
            if rows and _cells(rows[-1]) + 3 + _cells(item) <= room:
                rows[-1] += " · " + item
            else:
                rows += _fold(item, room)
        return rows


def screens(lines: Sequence[Shown], lang: Lang, width: int = 80, height: int = 24) -> tuple[tuple[str, ...], ...]:
    """The page as screens of rows, none wider than `width`; each part that the first one cuts stands whole on a later.

    A first screen whose critical names need more than `height` rows says so and is continued on the second.
    Raises nothing. Source: this module's head.
    """
    made = _Layout(lang, width)
    parts = _parts(lines, made)
    rule = "─" * width
    banner = [row for line in lines if line.block is Block.FIRST for row in made.one(line, made.head(line))]
    banner += [row for line in lines if line.block is Block.BANNER for row in _indented(line.name.of(lang), width)]
    first = next((line.name.of(lang) for line in lines if line.block is Block.BANNER), "")
    budget = height - len(banner) - 1
    whole = sum(len(part.rows) for part in parts) <= budget - _rules(parts)
    if not whole:
        _squeeze(parts, made, budget - _rules(parts) - 1)
    body = [row for part in parts for row in (*([rule] if _ruled(parts, part) else []), *part.rows[: part.limit])]
    page = [*banner, rule, *body]
    if whole:
        return (_plain(page),)
    over = len(page) + 1 > height
    page.append(f" >> {made.say('overflow' if over else 'more')}")
    if over:
        page.insert(len(banner), f" !! {made.say('overflow')}")
    rest = [row for part in parts if part.cut for row in ["", *_parts(part.lines, made)[0].rows]][1:]
    room = height - 2
    pages = [page[at : at + height] for at in range(0, len(page), height)]
    name = _fold(first, width - 14)[0]
    tails = [rest[at : at + room] for at in range(0, len(rest), room)]
    for at, tail in enumerate([*pages[1:], *tails], 2):
        pages[at - 1 :] = [[f" {name}   {made.say('screen')} {at}", rule, *tail]]
    return tuple(_plain(one) for one in pages)


def render(lines: Sequence[Shown], lang: Lang, width: int = 80, height: int = 24) -> str:
    """The whole page as text, screens parted by an empty line. Raises nothing."""
    return "\n\n".join("\n".join(screen) for screen in screens(lines, lang, width, height)) + "\n"


def _plain(rows: Iterable[str]) -> tuple[str, ...]:
    return tuple(row.replace(_GLUE, " ").replace(_BREAK, " ").rstrip() for row in rows)


def _pieces(text: str, width: int) -> str:
    """Pieces parted by a dot stay whole where they can."""
    pieces = (_glued(one) if _cells(one) < width - 4 else one for one in text.split(" · "))
    return f"{_GLUE}· ".join(pieces)


def _indented(text: str, width: int) -> list[str]:
    return [" " + row for row in _fold(_pieces(text, width), width - 2)]


def _parts(lines: Sequence[Shown], made: _Layout) -> list[_Part]:
    parts: list[_Part] = []
    for block, group in _groups(lines):
        if block is Block.ALERTS:
            rows = [row for line in group for row in made.one(line, made.head(line))]
            parts.append(_Part(block, group, "", rows, len(rows)))
            continue
        number = sum(line.counted for line in group)
        title = f" {made.say(f'title.{block}')}"
        title += f" ({number})" if number and block not in (Block.CONTACTS, Block.MISSING, Block.FOOT) else ""
        if block in _FLOWED:
            rows = made.flow([made.item(line) for line in group], title, 10**6)
        else:
            rows = []
            for at, line in enumerate(group):
                mark = f" {_MARKS[line.level]}" if line.level is not Level.PLAIN else ""
                head = title if at == 0 else ""
                rows += made.one(line, head + " " * (_INDENT - 3 - _cells(head)) + mark if mark else head)
        parts.append(_Part(block, group, title, rows, len(rows)))
    return parts


def _groups(lines: Sequence[Shown]) -> Iterator[tuple[Block, list[Shown]]]:
    """Runs of one block; the loud ones that follow each other are one area."""
    group: list[Shown] = []
    last: Block | None = None
    for line in lines:
        block = Block.ALERTS if line.block in URGENT else line.block
        if block in (Block.FIRST, Block.BANNER):
            continue
        if block is not last and group and last is not None:
            yield last, group
            group = []
        group.append(line)
        last = block
    if group and last is not None:
        yield last, group


def _ruled(parts: list[_Part], part: _Part) -> bool:
    at = parts.index(part)
    return at > 0 and parts[at - 1].block is Block.ALERTS


def _rules(parts: list[_Part]) -> int:
    return sum(_ruled(parts, part) for part in parts)


def _squeeze(parts: list[_Part], made: _Layout, budget: int) -> None:
    """Give rows away, part by part in the order of `_GIVES_WAY`, until the first screen fits or nothing is left."""
    for block, floor in _GIVES_WAY:
        for part in (one for one in parts if one.block is block):
            if not floor and sum(one.limit for one in parts) > budget:
                packed = made.flow([made.item(line) for line in part.lines], part.title, 10**6)
                part.rows, part.limit = min(packed, part.rows, key=len), min(len(packed), part.limit)
            elif floor:
                while sum(one.limit for one in parts) > budget and part.limit > floor and _shorter(part, made):
                    pass


def _shorter(part: _Part, made: _Layout) -> bool:
    """Lay a part out again in fewer rows; False if it cannot have fewer."""
    before = part.limit
    if part.block is Block.ALERTS:
        part.rows = _loud(part.lines, made, before - 1)
    else:
        part.rows = made.flow([made.item(line) for line in part.lines], part.title, before - 1)
    part.limit, part.cut = len(part.rows), True
    return part.limit < before


def _loud(lines: Sequence[Shown], made: _Layout, limit: int) -> list[str]:
    """The loud area in fewer rows: first the cautions flow and are counted, then the critical ones lose their details,
    then they share rows by their word; their names all stay."""
    critical = [line for line in lines if line.level is Level.CRITICAL]
    others = [line for line in lines if line.level is not Level.CRITICAL]
    named = [f"{line.label.of(made.lang)} : {made.name(line)}" for line in others]
    words: dict[str, list[str]] = {}
    for line in critical:
        words.setdefault(made.head(line), []).append(made.name(line))
    forms: list[Callable[[], list[str]]] = [
        lambda: [row for line in critical for row in made.one(line, made.head(line))],
        lambda: [row for line in critical for row in made.one(line, made.head(line), detail=False)],
        lambda: [row for head, names in words.items() for row in made.flow(names, head, 10**6)],
    ]
    best: list[str] = []
    for form in forms:
        rows = form()
        if others:
            rows += made.flow(named, f" {_MARKS[Level.CAUTION]}", max(1, limit - len(rows)))
        best = rows if not best or len(rows) < len(best) else best
        if len(best) <= limit:
            break
    return best
