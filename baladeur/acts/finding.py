"""Search across a whole record: every word of every line and of every document that is text, case and accents ignored.

All words of the query must stand in the same line or document. What is shown is the line, never the index.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from baladeur.acts import telling
from baladeur.acts.dossier import Dossier, Row
from baladeur.acts.inside.file import Inside
from baladeur.quiet import quiet
from baladeur.record.phrases import Lang
from baladeur.text import fold

#: Documents up to this size are looked into, in bytes; PDF are not: their text takes seconds.
INSIDE: Final = 1_000_000
_AROUND: Final = 30  # characters on each side of what was found in a document


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """A line that answers a query; `inside`: the words around it in the document, if it was found there."""

    row: Row
    inside: str = ""

    __repr__ = quiet


@dataclass(repr=False)
class Finder:
    """The words of one record in one language, gathered once."""

    dossier: Dossier
    lang: Lang
    open_file: Callable[[str], Inside]  #: id → the document as text
    size_of: Callable[[str], int]
    _lines: list[tuple[str, Row]] = field(default_factory=list)
    _texts: dict[str, str] = field(default_factory=dict)

    __repr__ = quiet

    def find(self, query: str, limit: int = 200) -> list[Hit]:
        """The lines that hold all words of the query, in the order of the sections; at most `limit`."""
        words = fold(query).split()
        if not words:
            return []
        if not self._lines:
            self._lines = list(self._gather())
        hits = []
        for text, row in self._lines:
            if all(word in text for word in words):
                hits.append(Hit(row))
            elif (inside := self._inside(row, words)) is not None:
                hits.append(Hit(row, inside))
            if len(hits) >= limit:
                break
        return hits

    def _gather(self) -> Iterator[tuple[str, Row]]:
        for part in self.dossier.parts():
            for row in self.dossier.rows(part.name, self.lang):
                said = [row.words, row.detail, row.when.start, row.speaker, row.source, row.id[:8]]
                entry = self.dossier.entries.get(row.link or row.id)
                if entry is not None:
                    said += [f"{one.words} {one.code}" for one in telling.facts(entry, self.lang)]
                yield fold(" ".join(said)), row

    def _inside(self, row: Row, words: list[str]) -> str | None:
        if row.state not in ("document", "tray", "declared") or row.id in self.dossier.damaged:
            return None
        if row.id not in self._texts:
            small = self.size_of(row.id) <= INSIDE
            found = self.open_file(row.id) if small else None
            self._texts[row.id] = " ".join(found.lines) if found and found.kind != "pdf" else ""
        text = self._texts[row.id]
        folded = fold(text)
        if not text or not all(word in folded for word in words):
            return None
        at = folded.find(words[0])
        start = max(0, at - _AROUND)
        return " ".join(text.split())[start : at + len(words[0]) + _AROUND]
