"""A secret while it is typed: which words of the list stand there already, and what is in the way.

It reads no file and is no judge: an impossible word tells no more than the public list does.
"""

import unicodedata
from dataclasses import dataclass

from baladeur.container import secret
from baladeur.quiet import quiet

SHORTEST = 4  #: letters that name a word of the list
COUNTS = (8, 12, 6)  #: words of the everyday secret, of the recovery words, of the emergency code
_DIGITS_OF_A_NUMBER = 4


@dataclass(frozen=True, slots=True, repr=False)
class Token:
    """One piece between spaces. word: the list's spelling, or empty; started: it may still become a word."""

    text: str
    word: str
    started: bool

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Typed:
    """What was typed so far. script: the first one that is not Latin (a word of the Unicode names), or empty."""

    tokens: tuple[Token, ...]
    script: str

    __repr__ = quiet

    @property
    def words(self) -> int:
        """How many list words stand there."""
        return sum(bool(one.word) for one in self.tokens)

    @property
    def wrong(self) -> int:
        """The place (1…) of the first piece that is no word of the list and cannot become one; 0 if there is none."""
        return next((at for at, one in enumerate(self.tokens, 1) if not one.word and not one.started), 0)


def typed(text: str) -> Typed:
    """Look at what was typed. Raises nothing."""
    pieces = unicodedata.normalize("NFKC", text).split()
    if len(pieces) == 1 and pieces[0].isdecimal() and len(pieces[0]) > _DIGITS_OF_A_NUMBER:
        pieces = [pieces[0][at : at + 4] for at in range(0, len(pieces[0]), 4)]  # numbers without spaces
    open_ended = bool(text) and not text[-1].isspace()
    tokens = tuple(_token(one, last=open_ended and at == len(pieces)) for at, one in enumerate(pieces, 1))
    return Typed(tokens, _script(text))


def completion(text: str) -> str:
    """The rest of the word that is being typed, once it can be no other; else nothing."""
    if not text or text[-1].isspace():
        return ""
    start = secret.fold(text.split()[-1])
    if not start.isalpha() or len(start) < SHORTEST:
        return ""
    found = secret.complete(start)
    return secret.fold(found[0])[len(start) :] if len(found) == 1 else ""


def _token(piece: str, *, last: bool) -> Token:
    try:
        return Token(piece, secret.accented(piece), True)
    except ValueError:
        pass
    if piece.isdecimal():
        return Token(piece, "", last and len(piece) < _DIGITS_OF_A_NUMBER)
    return Token(piece, "", last and bool(secret.complete(piece)))


def _script(text: str) -> str:
    for char in text:
        if char.isalpha() and (name := unicodedata.name(char, "")) and not name.startswith(("LATIN", "MODIFIER")):
            if not unicodedata.normalize("NFKC", char).isascii():
                return name.split(" ")[0]
    return ""
