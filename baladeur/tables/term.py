"""One coded word, and how words and codes are compared."""

import re
from dataclasses import dataclass
from typing import Final

from baladeur.text import fold

NOBODY: Final = "nobody yet"  #: the reviewer of a row that nobody has reviewed
_WORD = re.compile(r"[a-z0-9]+")
_CODE_SIGN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word with its code. An empty code: the table knows the word and no code that a second origin confirms."""

    system: str  #: key of `systems.SYSTEMS`
    code: str
    fr: str
    en: str = ""
    names: tuple[str, ...] = ()  #: brands, synonyms, abbreviations: found, never shown in place of the label
    also: tuple[str, ...] = ()  #: further codes of any system, as `cip13:3400935955838`
    use: int = 2  #: 1 everyday, 2 usual, 3 rare
    reviewed: str = NOBODY
    table: str = ""  #: the shipped table that it is of

    def label(self, language: str) -> str:
        """The label in French or English; in the other where one is missing."""
        return (self.en or self.fr) if language == "en" else (self.fr or self.en)


def words(text: str) -> list[str]:
    """The folded words and numbers of a text: `Œdème (aigu)` → `oedeme`, `aigu`."""
    return _WORD.findall(text.lower() if text.isascii() else fold(text))


def flat(text: str) -> str:
    """The words with one space between: what two spellings of one name share."""
    return " ".join(words(text))


def code_key(code: str) -> str:
    """A code without its points and hyphens, in lower case: `E11.9` and `e119` are one."""
    return _CODE_SIGN.sub("", code.lower())
