"""A draft in plain sentences: what one signature would do."""

from collections import Counter
from collections.abc import Container, Iterator
from typing import Final

from baladeur.session import Draft, Session, Told, Verb
from baladeur.text import LABEL, NOTE, safe_text
from baladeur.wording.phrases import Language, say

#: Endings of French names of substances that are feminine: la metformine, la prednisone, la streptokinase.
_FEMININE: Final = ("ine", "one", "ase")
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
    words += _behind(one.detail, language, NOTE if one.verb is Verb.ADOPT_CORRECTED else LABEL)
    before += _behind(one.before_detail, language)
    words += f" ({say(f'place-{one.place}', language)})" if one.place else ""
    if one.verb is Verb.STOP:
        return _stop(one, language)
    plain = "-plain" if one.verb in (Verb.NEW, Verb.REPLACE) and not one.section else ""
    return say(f"diff-{one.verb}{plain}", language, words=words, before=before, section=section(one.section, language))


def _behind(detail: tuple[str, str], language: Language, most: int = LABEL) -> str:
    said = safe_text(detail[language == "en"], most)
    return f", {said}" if said else ""


def _stop(one: Told, language: Language) -> str:
    """`metformine 1000 mg : arrêtée le 12 oct. 2026 (diarrhée)`. A stop is told without its dosage: nobody takes it."""
    words, reason = safe_text(one.words), safe_text(one.before)
    kind = "stop" if one.section == "medications" else "over"
    if kind == "stop" and words.split(" ")[0].lower().endswith(_FEMININE):
        kind = "stop-f"
    day = Session.day_words(one.day, language) if one.day else ""
    on = say("on-day" if len(one.day) > len("2026-10") else "in-month", language)
    said = say(f"diff-{kind}" if day else f"diff-{kind}-undated", language, words=words, day=day, on=on)
    return f"{said} ({reason})" if reason else said
