"""A draft in plain sentences: what one signature would do."""

from collections import Counter
from collections.abc import Container, Iterator
from typing import Final

from baladeur.session import Draft, Told, Verb
from baladeur.text import safe_text
from baladeur.wording.phrases import Language, say

NEW_SHOWN: Final = 12  #: new lines of one section that are told one by one


def told(draft: Draft, language: Language, *, without: Container[Verb] = ()) -> Iterator[str]:
    """The difference, a sentence a line; many new lines of one section are counted."""
    new = Counter(one.section for one in draft.told if one.verb is Verb.NEW)
    shown: Counter[str] = Counter()
    for one in draft.told:
        if one.verb in without:
            continue
        if one.verb is Verb.NEW:
            shown[one.section] += 1
            if new[one.section] > NEW_SHOWN:
                if shown[one.section] == new[one.section]:
                    yield say("diff-many", language, n=new[one.section], section=section(one.section, language))
                continue
        yield sentence(one, language)


def section(name: str, language: Language) -> str:
    """A section's name."""
    return say(f"section-{name}", language) if name else ""


def sentence(one: Told, language: Language) -> str:
    """One line of a difference."""
    words, before = safe_text(one.words), safe_text(one.before)
    words += f" ({say(f'place-{one.place}', language)})" if one.place else ""
    return say(f"diff-{one.verb}", language, words=words, before=before, section=section(one.section, language))
