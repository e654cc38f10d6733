"""The pieces of a conversation in the user's language, for the screens and for the lines alike."""

from baladeur.errors import BaladeurError
from baladeur.flows.steps import Own, Piece, Preview, Text
from baladeur.session import Session
from baladeur.wording.phrases import Language, say
from baladeur.wording.sentences import sentence

WIDTH, HEIGHT = 80, 24


def words(piece: Text | Own | BaladeurError, language: Language) -> str:
    """One sentence, or words of the record."""
    if isinstance(piece, Own):
        return piece.fr if language == "fr" else piece.en
    if isinstance(piece, BaladeurError):
        return sentence(piece, language)
    values = {name: words(v, language) if isinstance(v, Own) else v for name, v in piece.values.items()}
    return say(piece.name, language, **values)


def rows(piece: Piece, language: Language) -> list[str] | str:
    """A sentence to be laid out by whoever shows it, or the rows of an emergency page, laid out already."""
    if isinstance(piece, Preview):
        return [row for screen in Session.screens(piece.lines, language, WIDTH, HEIGHT) for row in screen]
    return words(piece, language)
