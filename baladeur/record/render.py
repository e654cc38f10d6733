"""The page as text: what stands on the first screen, what gives way, and the screens after it.

The plain text is the reference; every other view shows the same lines. No colour is needed: a mark, a word and a place.
Nothing is folded inside a dosage or between a number and its unit. **No critical item's name is ever cut.** When the
first screen is full, results give way, then past history, problems, and treatments last and in risk order, each with
a count; further screens, each with the patient's name, then show those parts whole. Problems and treatments stand side
by side where each line fits its column whole. What nobody vouches for has `?` in the first column.
Source: house rules "what the doctor sees"; NHS Common User Interface (patient banner, date display, medication line).
"""

from collections.abc import Sequence
from typing import Final

from baladeur.record.page import Block, Shown
from baladeur.record.parts import Part, doubtful, paired, parts
from baladeur.record.phrases import Lang
from baladeur.record.rows import Layout, fold, indented, plain

# What gives way on a full first screen, first to last, and until how many rows; 0: until only names are left.
_GIVES_WAY: Final = (
    (Block.RESULTS, 1), (Block.PROCEDURES, 1), (Block.PAST, 1), (Block.PROBLEMS, 4), (Block.MISSING, 1),
    (Block.DIRECTIVES, 1), (Block.CONTACTS, 1), (Block.ALERTS, 0), (Block.TREATMENTS, 6), (Block.PROBLEMS, 1),
    (Block.TREATMENTS, 3), (Block.ALERTS, 1), (Block.TREATMENTS, 1),
)  # fmt: skip


def screens(lines: Sequence[Shown], lang: Lang, width: int = 80, height: int = 24) -> tuple[tuple[str, ...], ...]:
    """The page as screens of rows, none wider than `width`; each part that the first one cuts stands whole on a later.

    lines: of `shown.show`. A first screen whose critical names need more than `height` rows says so and is continued
    on the second. Raises nothing. Source: this module's head.
    """
    made = Layout(lang, width)
    lines = [one for one in lines if not _goes_without_saying(one, lang)]
    top = _top(lines, made)
    found, whole = _arranged(lines, made, height - len(top))
    page = top
    for at, part in enumerate(found):
        page += ["─" * width] if _ruled(found, at, whole) else []
        page += part.first
    rest = [(part, at) for part in found for at in part.cut]
    tails: list[list[str]] = []
    if len(page) + bool(rest) > height:
        page = [f" !! {made.say('overflow')}", *page]
        over = page[height - 1 :]
        page = [*page[: height - 1], f" >> {made.say('overflow')}"]
        tails = [over[at : at + height - 2] for at in range(0, len(over), height - 2)]
    elif rest:
        page.append(f" >> {made.say('more')}")
    tails += _later(rest, made, height - 2)
    name = next((line.name.of(lang) for line in lines if line.block is Block.BANNER), "")
    heads = [
        [f" {fold(name, width - 14)[0].rstrip()}   {made.say('screen')} {at}", "─" * width]
        for at in range(2, len(tails) + 2)
    ]
    pages = [page, *(head + tail for head, tail in zip(heads, tails, strict=True))]
    return tuple(tuple(map(plain, one)) for one in pages)


def sheet(
    lines: Sequence[Shown], lang: Lang, more: str, overflow: str, height: int, width: int = 80
) -> tuple[str, ...]:
    """The first screen alone, for paper: its counts are all that tells of the rest. Raises nothing.

    more: what the last row says instead of "screen 2"; overflow: what first and last row say if critical names are cut.
    """
    first, *rest = screens(lines, lang, width, height)
    if not rest:
        return first
    words = Layout(lang, width).say("overflow")
    if first[0] != f" !! {words}":
        return (*first[:-1], f" >> {more}")
    return (f" !! {overflow}", *first[1:-1], f" >> {overflow}")


def _goes_without_saying(line: Shown, lang: Lang) -> bool:
    """That the texts are in the reader's own language."""
    return line.name.key == "language" and line.name.args[:1] != () and line.name.args[0].lower()[:2] == lang


def render(lines: Sequence[Shown], lang: Lang, width: int = 80, height: int = 24) -> str:
    """The whole page as text, screens parted by an empty line. Raises nothing."""
    return "\n\n".join("\n".join(screen) for screen in screens(lines, lang, width, height)) + "\n"


def _top(lines: Sequence[Shown], made: Layout) -> list[str]:
    """First lines and banner, which nothing shortens, and a rule."""
    rows = [row for line in lines if line.block is Block.FIRST for row in made.one(line, made.head(line))]
    for line in lines:
        if line.block is Block.BANNER:
            rows += doubtful(indented(line.name.of(made.lang), made.width), line)
    return [*rows, "─" * made.width]


def _arranged(lines: Sequence[Shown], made: Layout, budget: int) -> tuple[list[Part], bool]:
    """Side by side if that is whole, else one below the other if that is, else what shows more; and if it is whole.

    A treatment counts twice as much as a problem there.
    """
    stacked = parts(lines, made)
    beside = paired(stacked, lines, made)
    choices = [beside, stacked] if beside else [stacked]
    if beside and any(len(part.blocks) > 1 and not part.complete for part in beside):
        choices = [stacked, beside]
    for found in choices:
        if _height(found, True) <= budget:
            return found, True
    for found in choices:
        _squeeze(found, budget - 1)
    fits = [found for found in choices if _height(found, False) < budget] or [stacked]
    return max(fits, key=lambda found: 2 * _shown(found, Block.TREATMENTS) + _shown(found, Block.PROBLEMS)), False


def _shown(found: list[Part], block: Block) -> int:
    return sum(part.shown.get(block, 0) for part in found)


def _height(found: list[Part], whole: bool) -> int:
    return sum(len(part.first) + _ruled(found, at, whole) for at, part in enumerate(found))


def _ruled(found: list[Part], at: int, whole: bool) -> bool:
    """A rule stands below the loud area; around the two columns, too, where there is room."""
    beside = len(found[at - 1].blocks) > 1 or len(found[at].blocks) > 1
    return at > 0 and (found[at - 1].blocks[0] is Block.ALERTS or (whole and beside))


def _squeeze(found: list[Part], budget: int) -> None:
    """Give rows away, part by part in the order of `_GIVES_WAY`, until the first screen fits or nothing is left."""
    for block, floor in _GIVES_WAY:
        for part in found:
            if block not in part.blocks:
                continue
            excess = _height(found, False) - budget
            if len(part.blocks) > 1 and block is Block.PROBLEMS:
                floor = _treatment_rows(part)
            floor = floor or part.named
            if excess > 0 and len(part.first) > floor:
                part.give(max(floor, len(part.first) - excess))
    for block, _ in reversed(_GIVES_WAY):  # what gave way before a part that then gave more than was needed
        for part in found:
            if block in part.blocks and (free := budget - _height(found, False)) > 0:
                part.take(len(part.first) + free)


def _treatment_rows(pair: Part) -> int:
    """How high the two columns stay while only the problems give way."""
    rows = 1
    while pair.fewer(rows)[1][Block.TREATMENTS] < pair.shown[Block.TREATMENTS] and rows < len(pair.first):
        rows += 1
    return rows


def _later(rest: list[tuple[Part, int]], made: Layout, room: int) -> list[list[str]]:
    """Whole parts on screens of `room` rows, no item torn in two where it can be helped; each says what it goes on."""
    found: list[list[str]] = [[]]
    for part, at in rest:
        if found[-1]:
            found += [[]] if len(found[-1]) + 2 > room else []
            found[-1] += [""] if found[-1] else []
        for number, rows in enumerate(part.whole[at]):
            if len(found[-1]) + len(rows) > room and found[-1]:
                found.append([f" {part.titles[at]}, {made.say('continued')}"] if number and part.titles[at] else [])
            for row in rows:
                if len(found[-1]) >= room:
                    found.append([])
                found[-1].append(row)
    return [rows[:-1] if not rows[-1] else rows for rows in found if any(rows)]
