"""The pieces of a conversation in the user's language, for the screens and for the lines alike."""

import re

from baladeur.errors import BaladeurError
from baladeur.flows.steps import Own, Piece, Preview, Text
from baladeur.session import Session
from baladeur.wording.phrases import Language, say
from baladeur.wording.sentences import sentence

#: The spaces of French at which no line may be broken: before high punctuation, within guillemets.
_HIGH = re.compile(r" (?=[;:?!»])|(?<=«) ")
WIDTH = 80
WHOLE = 100_000  #: rows of a screen on which every page stands whole


def words(piece: Text | Own | BaladeurError, language: Language) -> str:
    """One sentence, or words of the record."""
    if isinstance(piece, Own):
        return piece.fr if language == "fr" else piece.en
    if isinstance(piece, BaladeurError):
        return sentence(piece, language)
    values = {name: words(v, language) if isinstance(v, Own) else v for name, v in piece.values.items()}
    told = say(piece.name, language, **values)
    return _HIGH.sub("\u00a0", told) if language == "fr" else told


def rows(piece: Piece, language: Language, width: int = WIDTH) -> list[str] | str:
    """A sentence to be laid out by whoever shows it, or all rows of an emergency page, laid out for a width."""
    if isinstance(piece, Preview):
        return [row for screen in Session.screens(piece.lines, language, width, WHOLE) for row in screen]
    return words(piece, language)
