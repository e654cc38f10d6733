"""What the interface says when nothing is wrong: name → French, English. Placeholders are the same in both."""

from baladeur.wording.phrases.access import ACCESS
from baladeur.wording.phrases.card import CARD
from baladeur.wording.phrases.changing import CHANGING
from baladeur.wording.phrases.checking import CHECKING
from baladeur.wording.phrases.common import COMMON
from baladeur.wording.phrases.exporting import EXPORTING
from baladeur.wording.phrases.reading import READING

PHRASES: dict[str, tuple[str, str]] = {
    **COMMON,
    **READING,
    **CHANGING,
    **ACCESS,
    **CHECKING,
    **CARD,
    **EXPORTING,
}
