"""The wallet card: that there is a key, whom to call, and the emergency code if the patient wants it there."""

from collections.abc import Sequence
from datetime import date

from baladeur.paper.typeset import typeset
from baladeur.paper.words import Lang, say

#: One line in each language of the emergency page.
_LINES: dict[str, str] = {
    "fr": "Dossier médical sur clé USB",
    "en": "Medical record on a USB key",
    "de": "Krankenakte auf einem USB-Stick",
    "es": "Historia clínica en una memoria USB",
    "it": "Cartella clinica su una chiavetta USB",
    "pt": "Registo clínico numa pen USB",
    "nl": "Medisch dossier op een USB-stick",
}


def card(code: Sequence[str], call: str, lang: Lang, today: date) -> bytes:
    """The PDF: one card of 86 by 54 mm, two faces, on A4. code: six words or none; call: whom, or a blank line.

    Raises PaperRefused.
    """
    words = {
        "cut": say("card-cut", lang),
        "heading": say("card", lang),
        "head": say("card-head", lang),
        "lead": say("card-lead", lang),
        "how": [
            {"lang": one, "text": say("card-how" if code else "card-without", one)} for one in (lang, _other(lang))
        ],
        "code-title": say("card-code", lang),
        "code": list(code),
        "call-title": say("card-call", lang),
        "call": call,
        "lines": [{"lang": name, "text": text} for name, text in _LINES.items()],
        "unprintable": say("unprintable", lang),
    }
    return typeset("wallet.typ", words, title=say("card-title", lang), lang=lang, day=today)


def _other(lang: Lang) -> Lang:
    return "en" if lang == "fr" else "fr"
