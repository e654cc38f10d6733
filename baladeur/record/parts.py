"""The parts of a page of text: all rows of each, item by item, and how each gives way when the first screen is full."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from baladeur.quiet import quiet
from baladeur.record.page import URGENT, Block, Level, Shown
from baladeur.record.rows import INDENT, MARKS, Layout, padded

_HEADED: Final = (Block.FIRST, Block.BANNER)
_COUNTED: Final = frozenset(set(Block) - {Block.CONTACTS, Block.MISSING, Block.FOOT})
_LISTED: Final = frozenset({Block.ALERTS, Block.TREATMENTS})  # one item a row; every other part flows
_SPLITS: Final = tuple(range(50, 29, -2))  # share of the left column, in percent; the first that needs the fewest rows
_NARROW: Final = 70  # columns of a screen too narrow for two columns
_BAR: Final = " │ "

_NAMED: Final = frozenset({Block.PROBLEMS, Block.PAST, Block.PROCEDURES})  # their names alone are worth a row

# Rows, how many items of each block stand in them, and whether those stand there with all that they say.
Rows = tuple[list[str], dict[Block, int], bool]


@dataclass(slots=True, repr=False)
class Part:
    """One part of the page."""

    blocks: tuple[Block, ...]
    titles: tuple[str, ...]
    whole: tuple[list[list[str]], ...]  #: of each block, the rows of each item: for later screens
    first: list[str]  #: what stands on the first screen
    shown: dict[Block, int]  #: how many items of each block do
    fewer: Callable[[int], Rows]  #: the part in at most so many rows, or in as few as it can
    total: dict[Block, int]
    complete: bool = True  #: what stands there says all that it has to say
    named: int = 1  #: rows in which every name of the loud area still stands; 1 for another part
    _all: Rows = field(init=False)

    __repr__ = quiet

    def __post_init__(self) -> None:
        self._all = self.first, self.shown, self.complete

    def give(self, limit: int) -> None:
        """Have at most so many rows on the first screen, if the part can."""
        rows, shown, complete = self.fewer(limit)
        if len(rows) < len(self.first):
            self.first, self.shown, self.complete = rows, shown, complete

    def take(self, limit: int) -> None:
        """Have more rows again, at most so many."""
        rows, shown, complete = self._all if len(self._all[0]) <= limit else self.fewer(limit)
        if len(self.first) < len(rows) <= limit:
            self.first, self.shown, self.complete = rows, shown, complete

    @property
    def cut(self) -> list[int]:
        """Which of its blocks do not stand there whole."""
        return [at for at, one in enumerate(self.blocks) if self.shown[one] < self.total[one] or not self.complete]


def parts(lines: Sequence[Shown], made: Layout) -> list[Part]:
    """Every part below the banner, each block by itself."""
    return [_part(block, group, made) for block, group in groups(lines)]


def groups(lines: Sequence[Shown]) -> Iterator[tuple[Block, list[Shown]]]:
    """Runs of one block; the loud ones that follow each other are one area."""
    group: list[Shown] = []
    last: Block | None = None
    for line in lines:
        block = Block.ALERTS if line.block in URGENT else line.block
        if block in _HEADED:
            continue
        if block is not last and group and last is not None:
            yield last, group
            group = []
        group.append(line)
        last = block
    if group and last is not None:
        yield last, group


def title(block: Block, lines: Sequence[Shown], made: Layout) -> str:
    """`PROBLÈMES (4)`; the loud area has none."""
    if block is Block.ALERTS:
        return ""
    number = sum(line.counted for line in lines)
    return made.say(f"title.{block}") + (f" ({number})" if number and block in _COUNTED else "")


def doubtful(rows: list[str], line: Shown) -> list[str]:
    """What nobody vouches for has a question mark before it."""
    return ["?" + row[1:] for row in rows] if line.unverified or line.declared else rows


def _part(block: Block, lines: list[Shown], made: Layout) -> Part:
    head = title(block, lines, made)
    items = [made.item(line) for line in lines]
    total = {block: len(lines)}

    shortened = block is Block.TREATMENTS and any(made.is_shortened(line) for line in lines)
    own = made.untranslated()
    briefer: list[Callable[[Shown], str]] = [own.item]  # each says less than the one before, so that more stands there
    if block is Block.RESULTS:
        briefer = [made.unconverted, own.unconverted]
    elif block in _NAMED:
        briefer = [made.name, own.item, own.name]

    def flowing(limit: int) -> Rows:
        rows, taken = made.flow(items, f" {head}", limit)
        complete = not shortened
        for said in briefer:
            if taken < len(items):
                fewer, more = made.flow(list(map(said, lines)), f" {head}", limit)
                rows, taken, complete = (fewer, more, False) if more > taken else (rows, taken, complete)
        return doubtful(rows, lines[0]), {block: taken}, complete

    def loud(limit: int) -> Rows:
        rows, complete = _loud(lines, made, limit)
        return doubtful(rows, lines[0]), dict(total), complete

    if block in _LISTED:
        whole = [doubtful(_listed(line, head if at == 0 else "", made), line) for at, line in enumerate(lines)]
        first = [row for rows in whole for row in rows]
    else:
        first = flowing(10**6)[0]
        whole = [first] if len(first) < 4 else [[row] for row in first]
    if block is not Block.ALERTS:
        return Part((block,), (head,), (whole,), first, dict(total), flowing, total)
    named = min(map(len, _forms(lines, made)[:-1]))  # translations give way last
    return Part((block,), (head,), (whole,), first, dict(total), loud, total, named=named)


def _listed(line: Shown, head: str, made: Layout) -> list[str]:
    if line.block is not Block.TREATMENTS:
        return made.one(line, made.head(line))
    mark = f" {MARKS[line.level]}" if line.level is not Level.PLAIN else ""
    return made.one(line, padded(f" {head}", INDENT - 3) + mark if mark else f" {head}")


def _loud(lines: Sequence[Shown], made: Layout, limit: int) -> tuple[list[str], bool]:
    """The loud area in fewer rows, and whether all its details stand there.

    First the others flow; then the critical ones lose the translations of their details, then their details, then
    they share rows by their word, then their names are not translated; last the others are counted. The names of the
    critical ones all stay.
    """
    forms = _forms(lines, made)
    for form in forms:
        if len(form) <= limit:
            return form, not any(line.detail.fr or line.name.own for line in lines)
    best = min(forms, key=len)
    if any(line.level is not Level.CRITICAL for line in lines):
        best = min(_forms(lines, made, limit), key=len)
    return best, False


def _forms(lines: Sequence[Shown], made: Layout, limit: int = 0) -> list[list[str]]:
    """The loud area with every name, in fewer and fewer rows; with a limit the names that are not critical are counted
    where they exceed it."""
    critical = [line for line in lines if line.level is Level.CRITICAL]
    rest = [line for line in lines if line.level is not Level.CRITICAL]
    colon = " : " if made.lang == "fr" else ": "
    named = [
        f"{label}{colon}{made.name(line)}" if (label := line.label.of(made.lang)) else made.name(line) for line in rest
    ]
    own, brief = made.untranslated(), made.untranslated("detail")
    words: dict[str, list[str]] = {}
    bare: dict[str, list[str]] = {}
    for line in critical:
        words.setdefault(made.head(line), []).append(made.name(line))
        bare.setdefault(made.head(line), []).append(own.name(line))
    forms: list[Callable[[], list[str]]] = [
        lambda: [row for line in critical for row in made.one(line, made.head(line))],
        lambda: [row for line in critical for row in brief.one(line, made.head(line))],
        lambda: [row for line in critical for row in made.one(line, made.head(line), detail=False)],
        lambda: [row for head, names in words.items() for row in made.flow(names, head)[0]],
        lambda: [row for head, names in bare.items() for row in made.flow(names, head)[0]],
    ]
    mark = f" {MARKS[Level.CAUTION]}" if any(line.level is Level.CAUTION for line in rest) else ""
    made_of = [form() for form in forms]
    if not rest:
        return made_of
    return [rows + made.flow(named, mark, max(1, limit - len(rows)) if limit else 10**6)[0] for rows in made_of]


def paired(found: list[Part], lines: Sequence[Shown], made: Layout) -> list[Part] | None:
    """The same parts with problems and treatments side by side; None if they do not fit their columns whole.

    Where only translations are too long for the columns, they are left to a later screen.
    """
    at = next((at for at, part in enumerate(found) if part.blocks[0] is Block.PROBLEMS), None)
    if at is None or made.width < _NARROW or found[at + 1 : at + 2] == []:
        return None
    if found[at + 1].blocks[0] is not Block.TREATMENTS:
        return None
    left, right = found[at], found[at + 1]
    both = tuple([line for line in lines if line.block is block] for block in (Block.PROBLEMS, Block.TREATMENTS))
    for how in (made, made.untranslated()):
        choices = []
        for share in _SPLITS:
            room = made.width - 1 - len(_BAR)
            widths = (room * share // 100, room - room * share // 100)
            columns = [how.column(group, width) for group, width in zip(both, widths, strict=True)]
            if columns[0] is not None and columns[1] is not None:
                choices.append(_pair((columns[0], columns[1]), widths, both, (left, right), made, how is made))
        if choices:
            return [*found[:at], min(choices, key=lambda pair: len(pair.first)), *found[at + 2 :]]
    return None


def _pair(
    columns: tuple[list[list[str]], list[list[str]]],
    widths: tuple[int, int],
    both: tuple[list[Shown], ...],
    singles: tuple[Part, Part],
    made: Layout,
    complete: bool,
) -> Part:
    blocks = (Block.PROBLEMS, Block.TREATMENTS)
    titles = (singles[0].titles[0], singles[1].titles[0])

    def beside(limit: int) -> Rows:
        cut = [_column(column, limit - 1, width, made) for column, width in zip(columns, widths, strict=True)]
        rows = [[padded(head, width), *found] for head, (found, _), width in zip(titles, cut, widths, strict=True)]
        height = max(map(len, rows))
        filled = [one + [" " * width] * (height - len(one)) for one, width in zip(rows, widths, strict=True)]
        joined = [f" {a}{_BAR}{b}" for a, b in zip(*filled, strict=True)]
        return doubtful(joined, both[0][0]), {one: taken for one, (_, taken) in zip(blocks, cut, strict=True)}, complete

    first, shown, _ = beside(10**6)
    total = {block: len(group) for block, group in zip(blocks, both, strict=True)}
    whole = (*singles[0].whole, *singles[1].whole)
    return Part(blocks, titles, whole, first, shown, beside, total, complete)


def _column(items: list[list[str]], limit: int, width: int, made: Layout) -> tuple[list[str], int]:
    """The first items of a column in at most `limit` rows, at least one, and the count of the others."""
    if sum(map(len, items)) <= limit:
        return [row for rows in items for row in rows], len(items)
    kept: list[str] = []
    taken = 0
    for rows in items:
        if taken and len(kept) + len(rows) > limit - 1:
            break
        kept += rows
        taken += 1
    if taken == len(items):
        return kept, taken
    return [*kept, padded(made.others(len(items) - taken), width)], taken
