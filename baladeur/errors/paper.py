"""Errors of what goes on paper."""

from baladeur.errors.base import BaladeurError
from baladeur.errors.command import CommandError


class PaperRefused(BaladeurError):
    """No typesetter here, or words that no sheet can take."""

    exit_code = 71
    sentence = (
        "The sheet could not be made (too much for it, or the typesetter is not installed); "
        "the record was not changed and no file was written; show it on the screen, or print from lire.html."
    )


class NoPageToPrint(BaladeurError):
    """The record has no emergency page yet."""

    exit_code = 72
    sentence = "This record has no emergency page yet; nothing was written; sign something first, then print its page."


class WordsOnTheKey(CommandError):
    """A sheet of secret words was to lie beside the record that they open."""

    sentence = (
        "A sheet with secret words must not lie on the key that they open; nothing was written; "
        "choose a folder of your own computer."
    )
