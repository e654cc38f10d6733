"""What the interface says when nothing is wrong: name → French, English. Placeholders are the same in both."""

from typing import Literal

from baladeur.wording.phrases.access import ACCESS
from baladeur.wording.phrases.card import CARD
from baladeur.wording.phrases.changing import CHANGING
from baladeur.wording.phrases.checking import CHECKING
from baladeur.wording.phrases.common import COMMON
from baladeur.wording.phrases.dossier import DOSSIER
from baladeur.wording.phrases.drafting import DRAFTING
from baladeur.wording.phrases.exporting import EXPORTING
from baladeur.wording.phrases.incoming import INCOMING
from baladeur.wording.phrases.keeping import KEEPING
from baladeur.wording.phrases.paper import PAPER
from baladeur.wording.phrases.patient import PATIENT
from baladeur.wording.phrases.reading import READING
from baladeur.wording.phrases.rooms import ROOMS
from baladeur.wording.phrases.screens import SCREENS

Language = Literal["fr", "en"]

PHRASES: dict[str, tuple[str, str]] = {
    **COMMON,
    **READING,
    **DOSSIER,
    **CHANGING,
    **ACCESS,
    **CHECKING,
    **CARD,
    **EXPORTING,
    **SCREENS,
    **ROOMS,
    **DRAFTING,
    **INCOMING,
    **PAPER,
    **PATIENT,
    **KEEPING,
}


def say(name: str, language: Language, **values: object) -> str:
    """A phrase in a language. Raises KeyError for an unknown name or a value that is missing."""
    return PHRASES[name][language == "en"].format(**values)
