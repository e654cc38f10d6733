"""What to do about a finding, in French and English."""

from typing import Final

FIX: Final = ("corrigez la valeur à la source", "correct the value at its source")
ADD: Final = ("complétez le document à la source", "complete the document at its source")
REMOVE: Final = ("retirez l’élément en trop à la source", "remove what is too much at its source")
ASK: Final = ("demandez à l’auteur un document corrigé", "ask the author for a corrected document")
LOOK: Final = ("lisez le texte du document à cet endroit", "read the document's own text at this place")
NONE: Final = ("rien à faire", "nothing to do")
