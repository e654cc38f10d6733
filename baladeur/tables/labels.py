"""What a code, or a label in French or English, is called in the languages of the emergency page.

`data/labels.txt` is made of the shipped tables by `schemas/make_labels.py`: its sorted lines are halved, never parsed.
Tables that a user imported are not asked: the same record must read the same on every computer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from baladeur.text import fold

LANGUAGES: Final = ("fr", "en", "de", "es", "it", "pt", "nl")
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Label:
    """What something is called. table: the one that says so; words: language → label, without those that it has not."""

    table: str
    words: Mapping[str, str]


def folded(words: str) -> str:
    """Words without case, accents and signs, parted by single spaces."""
    return " ".join(_WORD.findall(fold(words)))


@cache
def _lines() -> bytes:
    return (files("baladeur.tables") / "data" / "labels.txt").read_bytes()


def label_of(system: str, code: str) -> Label | None:
    """The label of a code exactly as written; None if no shipped table has it. system: a key of `systems.SYSTEMS`."""
    return _found(system, code)


def label_of_words(lang: str, words: str) -> Label | None:
    """The same of words that are a label themselves, whole; None if none is, or labels of several things are.

    lang: `fr` or `en`.
    """
    return _found(lang, folded(words))


def _found(*names: str) -> Label | None:
    if not all(name and name.isprintable() for name in names):
        return None
    lines, head = _lines(), "".join(f"{name}\t" for name in names).encode()
    low, high = 0, len(lines)
    while low < high:  # the first line that does not come before `head` begins at `low` or behind
        middle = lines.rfind(b"\n", 0, (low + high) // 2) + 1
        middle = middle if middle >= low else low
        end = lines.index(b"\n", middle) + 1
        low, high = (end, high) if lines[middle:end] < head else (low, middle)
    if not lines.startswith(head, low):
        return None
    table, *words = lines[low + len(head) : lines.index(b"\n", low)].decode().split("\t")
    return Label(table, {lang: word for lang, word in zip(LANGUAGES, words, strict=True) if word})
