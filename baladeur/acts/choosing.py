"""What the patient may take off the emergency page, or put back: its lines, and the entries for the dossier only.

Entries are hidden, not lines: lines that share an entry go together. Who the patient is stays on the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from baladeur.chart.items import EVIDENCE, IDENTITY, PREFIX, SOURCE
from baladeur.container.container import Container
from baladeur.quiet import quiet
from baladeur.record.page import Block, Shown
from baladeur.record.words import Words
from baladeur.text import safe_text

_ABOUT_THE_PAGE: Final = frozenset({Block.FIRST, Block.BANNER, Block.MISSING, Block.FOOT})
_ALWAYS: Final = frozenset({IDENTITY, PREFIX + "patient", SOURCE, EVIDENCE, "review"})


@dataclass(frozen=True, slots=True, repr=False)
class Choice:
    """Something that is on the page, or may be. ids: the entries, in hex."""

    words: Words
    ids: tuple[str, ...]
    on: bool

    __repr__ = quiet


def choices(container: Container, lines: Sequence[Shown]) -> tuple[Choice, ...]:
    """In the order of the page; then what is for the dossier only."""
    entries = {entry.id.hex(): entry for entry in container.entries()}
    fixed = {id_ for id_, entry in entries.items() if entry.meta["type"] in _ALWAYS}
    groups: list[tuple[Words, list[str]]] = []
    for line in lines:
        ids = [key for key in line.keys if key in entries]
        if line.block in _ABOUT_THE_PAGE or not ids or fixed & set(ids):
            continue
        same = next((group for group in groups if set(group[1]) & set(ids)), None)
        if same is None:
            groups.append((_words(line), ids))
        else:
            same[1].extend(id_ for id_ in ids if id_ not in same[1])
    on = [Choice(words, tuple(ids), True) for words, ids in groups]
    off = [
        Choice(Words(title, title), (id_,), False)
        for id_, entry in entries.items()
        if entry.dossier_only and id_ not in fixed
        for title in [safe_text(str(entry.meta["title"]))]
    ]
    return (*on, *off)


def _words(line: Shown) -> Words:
    parts = (line.label, line.name, line.detail)
    return Words(" ".join(p.fr for p in parts if p.fr), " ".join(p.en for p in parts if p.en))
