"""Words that a person copies by hand: shown once, on standard error, in columns of four."""

from collections.abc import Sequence

from baladeur.cli import speech
from baladeur.session import is_list_words

COLUMNS = 4


def show_words(name: str, words: Sequence[str]) -> None:
    """Numbered words under their heading; nothing if there are none."""
    if not words:
        return
    speech.tell(name, n=len(words))
    cells = [f"{number:4}  {word:<10}" for number, word in enumerate(words, 1)]
    for start in range(0, len(cells), COLUMNS):
        speech.say("".join(cells[start : start + COLUMNS]).rstrip())


def warn_of_own_words(typed: str) -> None:
    """Words that a person chose are guessed in an afternoon; the program cannot tell them from drawn ones."""
    if is_list_words(typed):
        speech.tell("own-words")
