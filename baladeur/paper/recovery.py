"""The recovery sheet: twelve words with their numbers, what they open and what they do not; no name unless wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Final

from baladeur.paper.typeset import typeset
from baladeur.paper.words import Lang, say
from baladeur.quiet import quiet

_OPENS: Final = ("recovery-opens-1", "recovery-opens-2")
_NOT: Final = ("recovery-not-1", "recovery-not-2", "recovery-not-3")


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """What stands on it. Words and numbers in order; key: the short id of the file, or nothing; day in words."""

    words: Sequence[str]
    numbers: Sequence[str]
    day: str
    key: str = ""
    name: str = ""
    qr: bool = False

    __repr__ = quiet


def sheet(one: Sheet, lang: Lang, today: date) -> bytes:
    """The PDF, one A4 page. Raises PaperRefused."""
    stamp = say("recovery-stamp", lang, key=one.key, day=one.day)
    words = {
        "heading": say("recovery", lang),
        "stamp": stamp if one.key else say("recovery-stamp-code", lang, day=one.day),
        "lead": say("recovery-lead", lang),
        "name": say("recovery-name", lang, name=one.name) if one.name else "",
        "words": [{"word": word, "number": number} for word, number in zip(one.words, one.numbers, strict=True)],
        "how": say("recovery-how", lang),
        "lists": [
            {"title": say("recovery-opens", lang), "items": [say(name, lang) for name in _OPENS]},
            {"title": say("recovery-not", lang), "items": [say(name, lang) for name in _NOT]},
        ],
        "keep": say("recovery-keep", lang),
        "blanks": [say("recovery-sheets", lang), say("recovery-files", lang)],
        "qr": _qr(" ".join(one.words)) if one.qr else "",
        "qr-alt": say("recovery-qr", lang),
        "unprintable": say("unprintable", lang),
    }
    return typeset("recovery.typ", words, title=say("recovery-title", lang), lang=lang, day=today)


def _qr(text: str) -> str:
    """A QR code as SVG, in memory. Source: ISO/IEC 18004, by segno."""
    import segno

    made = BytesIO()
    segno.make(text, error="m", micro=False).save(made, kind="svg", border=4, xmldecl=False)
    return made.getvalue().decode()
