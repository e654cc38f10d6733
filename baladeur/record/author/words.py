"""The sentences of the forms: what is wrong with a field, French and English."""

from typing import Final

FAULTS: Final[dict[str, tuple[str, str]]] = {
    "required": ("à remplir", "must be filled in"),
    "unknown": ("ce champ n’existe pas ici", "there is no such field here"),
    "date": (
        "ce n’est pas une date ; écrire 12/10/2026, mars 2026 ou 2026",
        "this is no date; write 12 Oct 2026, Oct 2026 or 2026",
    ),
    "year": ("écrire l’année avec ses quatre chiffres", "write the year with its four digits"),
    "month": ("deux mois commencent ainsi", "two months begin so"),
    "two-days": (
        "peut se lire {one} ou {other} ; écrire le mois en lettres",
        "may be {one} or {other}; write the month in letters",
    ),
    "future": ("cette date est dans le futur", "this date lies in the future"),
    "order": ("cette date est avant le début", "this date lies before the start"),
    "choice": ("ce n’est pas un des choix : {choices}", "this is none of the choices: {choices}"),
    "quantity": (
        "un nombre puis une unité : 500 mg, 2,5 mg, 1 comprimé",
        "a number, then a unit: 500 mg, 2.5 mg, 1 tablet",
    ),
    "thousand": (
        "ce nombre se lit de deux façons : écrire {plain}, ou {tenth}",
        "this number reads in two ways: write {plain}, or {tenth}",
    ),
    "strength": (
        "« {words} » dit déjà un dosage : récrire le médicament sans lui",
        "“{words}” tells a strength already: write the drug anew without it",
    ),
    "number": ("ce n’est pas un nombre", "this is no number"),
    "text": (
        "ce texte est trop long ou contient des caractères invisibles",
        "this text is too long or holds invisible characters",
    ),
    "phone": (
        "ce n’est pas un numéro ; écrire +33 6 12 34 56 78 ou 06 12 34 56 78",
        "this is no number; write +33 6 12 34 56 78 or 06 12 34 56 78",
    ),
    "email": ("ce n’est pas une adresse ; écrire nom@exemple.fr", "this is no address; write name@example.org"),
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
