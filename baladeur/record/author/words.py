"""The sentences of the forms: what is wrong with a field, French and English."""

from typing import Final

FAULTS: Final[dict[str, tuple[str, str]]] = {
    "required": ("à remplir", "must be filled in"),
    "unknown": ("ce champ n’existe pas ici", "there is no such field here"),
    "date": (
        "ce n’est pas une date ; écrire 12/10/2026, 10/2026 ou 2026",
        "this is no date; write 2026-10-12, 2026-10 or 2026",
    ),
    "future": ("cette date est dans le futur", "this date lies in the future"),
    "order": ("cette date est avant le début", "this date lies before the start"),
    "choice": ("ce n’est pas un des choix : {choices}", "this is none of the choices: {choices}"),
    "quantity": (
        "un nombre puis une unité : 500 mg, 2,5 mg, 1 comprimé",
        "a number, then a unit: 500 mg, 2.5 mg, 1 tablet",
    ),
    "number": ("ce n’est pas un nombre", "this is no number"),
    "text": (
        "ce texte est trop long ou contient des caractères invisibles",
        "this text is too long or holds invisible characters",
    ),
    "when": (
        "ces moments de la journée ne vont pas avec ce rythme",
        "these moments of the day do not fit this rhythm",
    ),
    "words": (
        "la posologie était en mots, « {words} » : la récrire ou la vider",
        "the dosage was in words, “{words}”: write it anew or empty it",
    ),
    "code": ("ce code n’est dans aucune table de cet ordinateur", "this code is in no table of this computer"),
    "together": ("se remplit avec « {other} »", "goes with “{other}”"),
    "flag": ("répondre oui ou non", "answer yes or no"),
    "state": ("cette ligne est déjà arrêtée ou terminée", "this line is stopped or over already"),
}
