"""Hostile or accented text made tame. It knows no medicine and no screen.

A record is written by strangers: their text may try to move the cursor, to turn letters around, to look like other
text, or to fill the page. It is tamed once, where it comes in; everything behind that border shows it as it is.
"""

import re
import unicodedata
from typing import Final

#: The longest label; a longer one is cut and ends in CUT. In characters.
LABEL: Final = 300
#: The longest free text.
NOTE: Final = 20_000
#: What stands at the end of a text that was cut.
CUT: Final = " […]"
#: What stands for a character that must not reach a screen.
REPLACEMENT: Final = "\ufffd"

_SPACES = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")
_SPACES_IN_LINE = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_EMPTY_LINES = re.compile(r" ?\n ?(?:\n ?)+")
# Printable by Python's rule, yet drawn as nothing: fillers, joiners, variation selectors, the empty Braille cell.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_MARKS_IN_A_ROW = 4  # no writing system stacks more; a tower of marks covers the lines above and below
_FOLDED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "’": "'"})


def safe_text(raw: str, cap: int = LABEL, *, lines: bool = False) -> str:
    """Visible characters only, on one line (or, with `lines`, on several), cut with a mark beyond `cap` characters.

    Control characters, escape sequences, bidi marks and overrides, zero-width and unassigned characters, private-use
    characters and lone surrogates become U+FFFD; runs of white space become one space; case, accents and Unicode form
    stay. A `cap` below the length of CUT is taken as that length. The result never needs a second
    pass: `safe_text(safe_text(x)) == safe_text(x)`.
    Raises nothing. Source: house rules "the terminal"; Unicode general categories.
    """
    if len(raw) <= cap and raw.isascii() and raw.isprintable() and "  " not in raw:
        return raw.strip()
    # What lies far beyond the cap cannot be shown, so it is not worth the time of a hostile megabyte.
    piece = raw[: 4 * cap + 64]
    if lines:
        piece = _LINE_ENDS.sub("\n", piece)
        piece = _EMPTY_LINES.sub("\n\n", _SPACES_IN_LINE.sub(" ", piece))
    else:
        piece = _SPACES.sub(" ", piece)
    piece = _visible(piece).strip()
    if len(piece) > cap or len(raw) > 4 * cap + 64:
        keep = max(cap - len(CUT), 0)
        piece = f"{piece[:keep].rstrip()}{CUT}".strip()
    return piece


def _visible(piece: str) -> str:
    piece = _INVISIBLE.sub(REPLACEMENT, piece)
    if piece.isprintable() and is_western(piece):
        return piece
    out: list[str] = []
    marks = 0
    for char in piece:
        if unicodedata.category(char) in ("Mn", "Me"):
            marks += 1
            if marks > _MARKS_IN_A_ROW:
                if marks == _MARKS_IN_A_ROW + 1:
                    out.append(REPLACEMENT)
                continue
        else:
            marks = 0
        visible = char.isprintable() or char == "\n" or unicodedata.category(char) == "Zs"
        out.append(char if visible else REPLACEMENT)
    return "".join(out)


def is_western(text: str) -> bool:
    """Whether each character is one column wide and none stands on another: quickly told of French and English."""
    if text.isascii():
        return True
    try:
        text.replace("\u202f", " ").encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def fold(text: str) -> str:
    """The same letters without case, accents, ligatures and doubled spaces: for searching, never for showing.

    `fold("Œdème  aigu") == fold("oedeme AIGU")`. Raises nothing. Source: Unicode NFKD and case folding.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).casefold().translate(_FOLDED)
    bare = "".join(c for c in spread if not unicodedata.combining(c))
    return " ".join(bare.split())


def one_edit(one: str, other: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours makes one word of the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped
