"""Whether the keyboard types what its keys show: on a strange one, eight words typed blind are a torment.

The test word holds letters that move between the usual layouts: a, z and m.
"""

import unicodedata
from typing import Final, Literal

from baladeur.text import fold

TEST_WORD: Final = "amazone"
Verdict = Literal["fine", "capitals", "azerty", "qwerty", "qwertz", "swapped", "not-latin", "other"]
#: The test word as it comes out where the keys show one layout and the computer believes in another.
_SWAPPED: Final[dict[str, Verdict]] = {
    "q,qwone": "azerty",  # the keys show QWERTY, the computer thinks of AZERTY
    "q;qwone": "qwerty",  # the keys show AZERTY
    "amayone": "qwertz",  # one of the two is QWERTZ
    "qmqwone": "swapped",
    "q,qyone": "azerty",
    "q;qyone": "qwertz",
}


def not_latin(typed: str) -> bool:
    """Whether letters of another script were typed: nothing of the word list can be."""
    return any(c.isalpha() and not unicodedata.name(c, "LATIN").startswith(("LATIN", "FULLWIDTH LATIN")) for c in typed)


def judge(typed: str) -> Verdict:
    """What a keyboard made of the test word."""
    typed = typed.strip()
    if not_latin(typed):
        return "not-latin"
    bare = fold(typed)
    if bare == TEST_WORD:
        return "capitals" if typed == typed.upper() else "fine"
    return _SWAPPED.get(bare, "other")
