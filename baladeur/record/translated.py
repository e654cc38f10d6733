"""The source’s own words with what they are called in the reader’s language: `arachide (= Peanut)`.

The source's words come first and are never replaced: a code may be coarser than the words, or wrong, and then both
show it. A code is taken at its word if a shipped table has exactly this one, and the words themselves if they are a
label whole. Nothing is added where the words say it already or the codings stand for different things.
**Labels reviewed by nobody yet.** Sources: `baladeur.tables`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from baladeur.record.dosage import words as dosage_words
from baladeur.record.elements import codings as codings_of
from baladeur.record.model import Entry
from baladeur.record.people import Coding
from baladeur.record.phrases import Lang, say
from baladeur.record.words import FURTHER, Words, same
from baladeur.tables.labels import Label, folded, label_of, label_of_words
from baladeur.tables.systems import system_of
from baladeur.text import one_edit

_READERS: Final[tuple[Lang, ...]] = ("fr", "en")
_MEDICINES: Final = "medicines"
_LONGEST: Final = 200  # characters of words that are worth a translation beside them
_BRACKETS: Final = re.compile(r"\s*\([^()]*\)$")
_NEAR: Final = 6  # letters of a word that a reader of a kindred language knows in spite of one other letter


def translated(words: str, codings: Iterable[Coding], language: str) -> Words:
    """The words with their label in another language behind them, for each reader who may need it.

    language: of the words, as BCP 47 has it, or empty; then it is the one whose label they are, if any.
    A medicine has its substance behind it in every language, if it is called otherwise. Raises nothing.
    """
    if not 0 < len(words) <= _LONGEST:
        return same(words)
    spoken, own = language[:2].lower(), folded(words)
    found = _of_codings(codings)
    found = found or next(
        (one for lang in _READERS if spoken in ("", lang) and (one := label_of_words(lang, own))), None
    )
    if found is None:
        return same(words)
    spoken = spoken or next((lang for lang, one in found.words.items() if folded(one) == own), "")
    needless = {lang for lang, one in found.words.items() if _says(own, one)}
    needless |= {spoken} if found.table != _MEDICINES else set()
    return _beside(words, {lang: "" if lang in needless else one for lang, one in found.words.items()})


def dosage(entry: Entry) -> Words:
    """The dosage in words; behind a text in another language than the reader's, what its structure says, if it says a
    dose and a rhythm and is understood whole."""
    told = {lang: dosage_words(entry.dosage, lang) for lang in _READERS}
    plain = Words(told["fr"].words, told["en"].words)
    spoken = entry.language[:2].lower()
    if not spoken or plain.fr != plain.en or told["fr"].basis != "text" or not 0 < len(plain.fr) <= _LONGEST:
        return plain
    coded: dict[str, str] = {}
    for lang in _READERS:
        if lang == spoken or all(one.keys() <= {"text", "sequence"} for one in entry.dosage):
            continue
        made = dosage_words([_structure(one, lang) for one in entry.dosage], lang)
        vague = any(say(row, lang) in made.words for row in ("no_dose", "no_pace"))
        if made.basis == "structure" and not vague and folded(made.words) != folded(plain.fr):
            coded[lang] = made.words
    return _beside(plain.fr, coded)


def _structure(dosage: Mapping[str, Any], lang: Lang) -> Mapping[str, Any]:
    """A dosage without its text, its route called as the reader calls it."""
    bare = {name: value for name, value in dosage.items() if name not in ("text", "_text")}
    route = bare.get("route")
    if isinstance(route, dict) and (found := _of_codings(codings_of(route))) and found.words.get(lang):
        bare["route"] = {"text": found.words[lang]}
    return bare


def _beside(words: str, added: Mapping[str, str]) -> Words:
    """The words, and behind them what is added for a reader, who needs none of it if it is empty.

    Who has nothing under his own language reads English.
    """
    said = {lang: f"{words} (= {one})" if one else words for lang, one in added.items()}
    if all(one == words for one in said.values()):
        return same(words)
    more = tuple((lang, said[lang]) for lang in FURTHER if lang in said)
    return Words(said.get("fr", words), said.get("en", words), own=words, more=more)


def _of_codings(codings: Iterable[Coding]) -> Label | None:
    found = [one for coding in codings if (one := label_of(system_of(coding.system), coding.code))]
    return found[0] if found and all(one.words.get("en") == found[0].words.get("en") for one in found) else None


def _says(own: str, label: str) -> bool:
    """Whether the words hold the label, word for word, or nearly so."""
    said, asked = own.split(), folded(_BRACKETS.sub("", label)).split()
    return any(_alike(said[at : at + len(asked)], asked) for at in range(len(said) - len(asked) + 1))


def _alike(said: Sequence[str], asked: Sequence[str]) -> bool:
    return all(
        one == other or (len(other) >= _NEAR and one_edit(one, other)) for one, other in zip(said, asked, strict=True)
    )
