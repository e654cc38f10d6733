"""The words that only paper says: name → French, English. Reviewed by nobody yet."""

from typing import Final, Literal

Lang = Literal["fr", "en"]

WORDS: Final[dict[str, tuple[str, str]]] = {
    "emergency": ("FICHE D’URGENCE", "EMERGENCY PAGE"),
    "emergency-title": ("Fiche d’urgence (dossier médical baladeur)", "Emergency page (dossier médical baladeur)"),
    "stamp": ("version {number} · faite le {day}", "version {number} · made on {day}"),
    "stamp-code": (
        "version non connue par le code d’urgence · faite le {day}",
        "version not known by the emergency code · made on {day}",
    ),
    "destroy": (
        "Cette feuille remplace la précédente : détruisez-la.",
        "This sheet replaces the previous one: destroy that one.",
    ),
    "emergency-foot": (
        "Feuille non chiffrée : qui la trouve la lit. Seule la clé est à jour. Non certifié comme dispositif médical.",
        "Not encrypted: whoever finds this sheet reads it. Only the key is up to date. Not a certified medical device.",
    ),
    "more": ("suite : dans le dossier, pas sur cette feuille", "the rest: in the record, not on this sheet"),
    "overflow": (
        "critiques en trop pour cette feuille : OUVRIR LE DOSSIER",
        "more critical items than this sheet takes: OPEN THE RECORD",
    ),
    "unprintable": (
        "{n} caractère(s) ne s’impriment pas (□) : lire le dossier à l’écran",
        "{n} character(s) cannot be printed (□): read the record on a screen",
    ),
}


def say(name: str, lang: Lang, **values: object) -> str:
    """One of the words; without values its places stay open. Raises KeyError."""
    words = WORDS[name][lang != "fr"]
    return words.format(**values) if values else words
