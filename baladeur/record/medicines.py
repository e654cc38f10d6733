"""Names in free text: drugs, and by the same means devices and conditions, with what a text denies told apart.

A name counts as a whole word, without case and accents. A single word of at least 8 letters may be misspelt by one
edit (a letter more, less, other, or two swapped). Doses, forms and numbers around a name are passed over. A name that
the text denies ("sans", "arrêt de", "allergie à", "no longer takes") is returned as negated, never dropped: who reads
the result decides. Denial is looked for close to the name only, on its side of a comma; when in doubt a name counts
as taken, because a missed drug is worse than one too many.
Sources: the tables of `baladeur.tables` (see its README.md); the wording of denial after NegEx (Chapman et al.,
J Biomed Inform 2001;34:301-310), shortened and put in French by us. **Reviewed by nobody yet.**
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from baladeur.quiet import quiet
from baladeur.tables.shipped import table as table  # record reads its tables of codes through this module
from baladeur.text import fold
from baladeur.text import one_edit as one_edit

Tokens = tuple[str, ...]

_TOKEN = re.compile(r"[a-z]+|[0-9]+|[^\sa-z0-9'_-]")
_LONG: Final = 8  # letters; a shorter word with one edit is too often another word
_GONE: Final = "~"  # stands for a token that was read as something else


@dataclass(frozen=True, slots=True, repr=False)
class Mention:
    """One name found in a text."""

    key: str  #: what the table's row stands for: a class of drugs, or a rule
    name: str  #: the row's own name
    found: str  #: the words of the text, folded
    negated: bool = False  #: the text says that it is not, or no longer, so
    local: bool = False  #: of a drug that also exists for the skin, eye, nose or bowel: the text names such a form
    misspelt: bool = False

    __repr__ = quiet


@dataclass(frozen=True, slots=True)
class Name:
    """One row to look for. `local`: see `Mention`; `fuzzy`: long single words may be misspelt by one edit."""

    key: str
    name: str
    words: tuple[str, ...]
    local: bool = False
    fuzzy: bool = False


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    row: Name
    misspelt: bool


@cache
def _words(name: str) -> frozenset[str]:
    """A list of single words of the table `denial`."""
    return frozenset(table("denial")["lists"][name]["words"])


@cache
def _cues(name: str) -> frozenset[Tokens]:
    """A list of phrases of the table `denial`."""
    return frozenset(tuple(phrase.split()) for phrase in table("denial")["lists"][name]["words"])


def tokens(text: str) -> Tokens:
    """The folded words, numbers and signs of a text; hyphens and apostrophes part words and are gone."""
    return tuple(_TOKEN.findall(fold(text)))


def has_any(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in a text as whole words."""
    padded = f" {' '.join(tokens(text))} "
    return any(f" {' '.join(tokens(phrase))} " in padded for phrase in phrases)


class Lexicon:
    """Names to look for. `masked`: phrases that hold or resemble a name and mean something else."""

    def __init__(self, rows: Iterable[Name], masked: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[Tokens, Name]]] = {}
        self._close: dict[str, list[tuple[str, Name]]] = {}
        self._masked = frozenset(tokens(phrase) for phrase in masked)
        for row in rows:
            for words in row.words:
                self._add(tokens(words), row)
        for listed in self._by_first.values():
            listed.sort(key=lambda pair: -len(pair[0]))

    def _add(self, words: Tokens, row: Name) -> None:
        self._by_first.setdefault(words[0], []).append((words, row))
        if row.fuzzy and len(words) == 1 and len(words[0]) >= _LONG:
            for near in _shorter(words[0]):
                self._close.setdefault(near, []).append((words[0], row))

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every name in a text, in its order. Raises nothing."""
        said = _mask(tokens(text), self._masked)
        spans = self._spans(said)
        if not spans:
            return ()
        heard = _mask(said, _cues("no_denial"))
        starts, ends = {span.start for span in spans}, {span.end for span in spans}
        ended: dict[int, range] = {}
        for span in spans:
            if cue := _ended(heard, span.end, starts):
                ended[span.start] = cue
        used = {at for cue in ended.values() for at in cue}
        denied: dict[int, bool] = {}  # by the end of the span
        for span in spans:
            denied[span.end] = _denied(heard, span.start, ends, used, denied)
        return tuple(
            Mention(
                span.row.key,
                span.row.name,
                " ".join(said[span.start : span.end]),
                denied[span.end] or span.start in ended,
                span.row.local and _is_local(said, span, starts),
                span.misspelt,
            )
            for span in spans
        )

    def _spans(self, said: Tokens) -> list[_Span]:
        found: list[_Span] = []
        at = 0
        while at < len(said):
            span = self._at(said, at)
            if span is not None and not _is_dilution(said, span.end):
                found.append(span)
            at = span.end if span is not None else at + 1
        return found

    def _at(self, said: Tokens, at: int) -> _Span | None:
        word = said[at]
        for words, row in self._by_first.get(word, ()):
            if said[at : at + len(words)] == words:
                return _Span(at, at + len(words), row, False)
        if len(word) >= _LONG - 1:
            for near in (word, *_shorter(word)):
                for name, row in self._close.get(near, ()):
                    if one_edit(word, name):
                        return _Span(at, at + 1, row, True)
        return None


def _shorter(word: str) -> list[str]:
    """The word, and the word without each of its letters: two words one edit apart share one of these."""
    return [word, *(word[:i] + word[i + 1 :] for i in range(len(word)))]


def _mask(said: Tokens, phrases: frozenset[Tokens]) -> Tokens:
    if not phrases:
        return said
    out = list(said)
    lengths = sorted({len(phrase) for phrase in phrases}, reverse=True)
    at = 0
    while at < len(out):
        size = next((n for n in lengths if tuple(out[at : at + n]) in phrases), 0)
        out[at : at + size] = [_GONE] * size
        at += size or 1
    return tuple(out)


def _is_dilution(said: Tokens, at: int) -> bool:
    """`9 CH` behind a name: a homeopathic dilution, which holds none of it."""
    return len(said) > at + 1 and said[at].isdigit() and said[at + 1] in ("ch", "dh", "k")


def _between_digits(said: Tokens, at: int) -> bool:
    return 0 < at < len(said) - 1 and said[at - 1].isdigit() and said[at + 1].isdigit()


def _cue(said: Tokens, at: int, cues: frozenset[Tokens], *, backwards: bool = False) -> range | None:
    for size in (4, 3, 2, 1):
        span = range(at - size + 1, at + 1) if backwards else range(at, at + size)
        if span.start >= 0 and said[span.start : span.stop] in cues:
            return span
    return None


def _ended(said: Tokens, at: int, starts: set[int]) -> range | None:
    """The words behind a name that say it is over, if they follow it without anything else between but a dose."""
    comma = False
    while at < len(said) and at not in starts:
        if cue := _cue(said, at, _cues("ended")):
            return cue
        if not comma and (cue := _cue(said, at, _cues("ending"))):
            following = said[cue.stop : cue.stop + 1]
            names_next = cue.stop in starts or not _words("of").isdisjoint(following)
            return None if names_next else cue
        if said[at] == "non" and (at + 1 == len(said) or said[at + 1] in _words("break")):
            return range(at, at + 1)
        word = said[at]
        if word in (",", "."):
            if not _between_digits(said, at):
                if word != "," or comma:
                    return None
                comma = True
        elif comma or not (word in _words("dose") or word.isdigit()):
            return None
        at += 1
    return None


def _denied(said: Tokens, start: int, ends: set[int], used: set[int], denied: Mapping[int, bool]) -> bool:
    """Whether the words before a name deny it."""
    again = False
    at = start - 1
    while at >= 0:
        cue = _cue(said, at, _cues("denied"), backwards=True)
        if cue is None and not again:
            cue = _cue(said, at, _cues("allergic"), backwards=True)
        if cue is not None:
            return used.isdisjoint(cue)
        if said[at] in ("ou", "or") and at in ends:
            return denied[at]
        if at + 1 in ends or said[at] in _words("break") or said[at] not in _words("filler"):
            return False
        again = again or said[at] in _words("again")
        at -= 1
    return False


def _is_local(said: Tokens, span: _Span, starts: set[int]) -> bool:
    for at in range(span.end, min(span.end + 8, len(said))):
        if at in starts or (said[at] in _words("break") and not _between_digits(said, at)):
            break
        if said[at] in _words("local"):
            return True
    before: Sequence[str] = said[max(span.start - 3, 0) : span.start]
    return any(word in _words("local") for word in before) and not any(word in _words("break") for word in before)


@cache
def drugs() -> Lexicon:
    """The names of high-risk drugs; the key of a mention is the class of the table."""
    data = table("high_risk")
    rows = [
        Name(
            row["class"],
            row["inn_en"],
            (row["inn_fr"], row["inn_en"], *row["spellings"], *row["brands"]),
            row.get("local_forms", False),
            True,
        )
        for row in data["drugs"]
    ]
    rows += [
        Name(row["class"], row["class"], tuple(row["words"]), row["class"] == "corticoid")
        for row in data["class_words"]
    ]
    return Lexicon(rows, data["not_these"]["phrases"])


def recognise(text: str) -> tuple[Mention, ...]:
    """The high-risk drugs that a free text names, those that it denies included. Raises nothing."""
    return drugs().find(text)
