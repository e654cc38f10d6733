"""Secrets as people type them: list words, their numbers or an own phrase, reduced to key material.

No dataclasses, `re` or `pathlib` here: the key derivation of the emergency page waits for this module (ahead.py).
"""

import os
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from enum import IntEnum
from functools import cache
from hashlib import sha256
from importlib.util import find_spec

from baladeur.errors import SecretMistyped, SecretRefused

LIST_SHA256 = "ebc3959ab7801a1df6bac4fa7d970652f1df76b683cd2f4003c941c63d517e59"
MAX_TEXT, MIN_PHRASE = 1024, 12  # code points
# The White_Space property spelled out: str.split() adds U+001C..1F, which other languages do not.
_WHITE = dict.fromkeys(
    (*range(9, 14), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000), " "
)


class SecretClass(IntEnum):
    """What kind of secret a text is; the value is the first key slot that the class may open."""

    WORDS8 = 0
    PHRASE = 1
    EMERGENCY = 2
    CODE12 = 3


_COUNT_OF_CLASS = {SecretClass.WORDS8: 8, SecretClass.EMERGENCY: 6, SecretClass.CODE12: 12}


class Secret:
    """A normalised secret: `material` is 16 bytes for CODE12, else the text's bytes."""

    __slots__ = ("cls", "material")

    def __init__(self, cls: SecretClass, material: bytes) -> None:
        self.cls, self.material = cls, material

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and (self.cls, self.material) == (other.cls, other.material)

    def __hash__(self) -> int:
        return hash((self.cls, self.material))

    def __repr__(self) -> str:
        return f"Secret({self.cls.name})"  # never the material: reprs end up in tracebacks


def fold(text: str) -> str:
    """Return `text` without marks and case: NFKD, category Mn dropped, lower case."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) != "Mn").lower()


@cache
def words() -> tuple[tuple[str, str], ...]:
    """Return the 2048 pairs (folded ASCII, accented NFC) of BIP-39's list bitcoin/bips, bip-0039/french.txt.

    Raises ImportError if the package mnemonic is missing or its list is not the known one.
    """
    spec = find_spec("mnemonic")  # importing the package would cost 30 ms for nothing
    if spec is None or spec.origin is None:
        raise ImportError("the package mnemonic, which carries the word list, is not installed")
    path = os.path.join(os.path.dirname(spec.origin), "wordlist", "french.txt")
    with open(path, "rb") as opened:
        raw = opened.read()
    if sha256(raw).hexdigest() != LIST_SHA256:
        raise ImportError("the French word list of the package mnemonic is not the known one")
    text = raw.decode()  # of the known list: Latin letters and their marks
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return tuple(zip(folded.split(), unicodedata.normalize("NFC", text).split(), strict=True))


def _index(token: str) -> int:
    """The place (0..2047) of a word, of its beginning (4 letters or more) or of its number; else ValueError."""
    if len(token) == 4 and token.isdecimal() and 1 <= int(token) <= 2048:  # digits of any script: int() reads them
        return int(token) - 1
    start = fold(token)
    index = bisect_left(words(), (start, ""))  # the folded list is sorted
    if len(start) < 4 or index == 2048 or not words()[index][0].startswith(start):
        raise ValueError("not a word of the list")
    return index


def tokens(text: str) -> list[str]:
    """What was typed, cut at white space; a single run of 24, 32 or 48 digits is cut in fours."""
    found = [token for token in unicodedata.normalize("NFKC", text).translate(_WHITE).split(" ") if token]
    if len(found) == 1 and found[0].isdecimal() and len(found[0]) in (24, 32, 48):
        return [found[0][at : at + 4] for at in range(0, len(found[0]), 4)]
    return found


def alike(typed: str, word: str) -> bool:
    """Whether what was typed (a word, its beginning, its number) stands for this word of the list."""
    try:
        return _index(unicodedata.normalize("NFKC", typed)) == _index(word)
    except ValueError:
        return False


def parse(text: str) -> Secret:
    """Normalise what was typed and tell its class.

    NFKC; split at white space; a single token of 24, 32 or 48 digits is cut in fours. If every token names a
    list word and there are 6, 8 or 12: the folded words joined by a space, or, for 12, the 16 bytes of entropy
    (BIP-39). Else a phrase: the tokens joined by a space, UTF-8, case and accents kept.
    Raises SecretMistyped (12 words, wrong checksum), SecretRefused (empty, or over 1024 code points).
    """
    if len(text) > MAX_TEXT:
        raise SecretRefused("too long")
    given = tokens(text)
    if not given:
        raise SecretRefused("empty")
    try:
        known = [_index(token) for token in given]
        cls = {count: cls for cls, count in _COUNT_OF_CLASS.items()}[len(known)]
    except (ValueError, KeyError):  # a lone surrogate passes: no error may quote the secret, and no slot opens
        return Secret(SecretClass.PHRASE, " ".join(given).encode("utf-8", "surrogatepass"))
    if cls is not SecretClass.CODE12:
        return Secret(cls, " ".join(words()[index][0] for index in known).encode())
    bits = sum(index << 11 * place for place, index in enumerate(reversed(known)))
    entropy = (bits >> 4).to_bytes(16, "big")
    if sha256(entropy).digest()[0] >> 4 != bits & 15:  # BIP-39: 128 bits, then 4 of the digest
        raise SecretMistyped
    return Secret(cls, entropy)


def generate(cls: SecretClass, entropy: bytes | None = None) -> list[str]:
    """Draw 8, 6 or 12 accented words; `entropy` (16 bytes) makes it repeatable: 8 and 6 are the first of its 12.

    Raises ValueError for PHRASE, which nobody draws, and for entropy of another length.
    """
    entropy = os.urandom(16) if entropy is None else entropy
    if cls not in _COUNT_OF_CLASS or len(entropy) != 16:
        raise ValueError("only word secrets are drawn, from 16 bytes")
    bits = int.from_bytes(entropy, "big") << 4 | sha256(entropy).digest()[0] >> 4
    return [words()[bits >> 11 * (11 - place) & 2047][1] for place in range(_COUNT_OF_CLASS[cls])]


def new_phrase(text: str) -> Secret:
    """Accept an own phrase for a new access; raises SecretRefused with the reason.

    Unassigned code points are out because a newer Unicode may give them another normal form, thus another key.
    """
    try:
        secret = parse(text)
    except SecretMistyped:  # twelve list words all the same
        secret = Secret(SecretClass.CODE12, b"")
    if secret.cls is not SecretClass.PHRASE:
        raise SecretRefused("words of the list")
    if len(phrase := secret.material.decode("utf-8", "surrogatepass")) < MIN_PHRASE:
        raise SecretRefused(f"shorter than {MIN_PHRASE} characters")
    if any(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") for char in phrase):
        raise SecretRefused("holds a character that is not text")
    return secret


def accented(word: str) -> str:
    """Return the list's spelling of a word, its beginning or its number; raises ValueError for another word."""
    return words()[_index(word)][1]


def numbers(chosen: Iterable[str]) -> list[str]:
    """Return the four-digit numbers 0001..2048 of list words; raises ValueError for another word."""
    return [f"{_index(word) + 1:04d}" for word in chosen]


def complete(prefix: str) -> list[str]:
    """Return the list words, accented, that begin with `prefix`, whatever its case and accents."""
    return [spelled for folded, spelled in words() if folded.startswith(fold(prefix))]
