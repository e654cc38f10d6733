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
    "recovery": ("FEUILLE DE SECOURS", "RECOVERY SHEET"),
    "recovery-title": ("Feuille de secours (dossier médical baladeur)", "Recovery sheet (dossier médical baladeur)"),
    "recovery-lead": (
        "Douze mots qui ouvrent un dossier médical chiffré, si les mots de tous les jours sont perdus.",
        "Twelve words that open an encrypted medical record if the everyday words are lost.",
    ),
    "recovery-stamp": ("clé {key} · imprimée le {day}", "key {key} · printed on {day}"),
    "recovery-stamp-code": ("imprimée le {day}", "printed on {day}"),
    "recovery-how": (
        "Tapez les douze mots dans l’ordre, sans accents si le clavier n’en a pas ; les quatre premières lettres de "
        "chacun suffisent, ou son numéro à quatre chiffres. Dans le programme Baladeur, ou dans lire.html sur "
        "n’importe quel ordinateur.",
        "Type the twelve words in order, without accents if the keyboard has none; the first four letters of each are "
        "enough, or its four-digit number. In the program Baladeur, or in lire.html on any computer.",
    ),
    "recovery-opens": ("Elle ouvre", "It opens"),
    "recovery-opens-1": (
        "tout le dossier, avec le fichier DOSSIER.DMB de la clé USB ou de l’une de ses copies",
        "the whole record, with the file DOSSIER.DMB of the USB key or of one of its copies",
    ),
    "recovery-opens-2": (
        "le choix de nouveaux mots de tous les jours",
        "the choice of new everyday words",
    ),
    "recovery-not": ("Elle ne sert pas", "It does not serve"),
    "recovery-not-1": (
        "sans le fichier : elle ne vaut rien sans lui, ni lui sans elle",
        "without the file: it is useless without it, and the file without the sheet",
    ),
    "recovery-not-2": (
        "à signer : seule la carte d’un professionnel de santé signe",
        "to sign: only a health professional’s card signs",
    ),
    "recovery-not-3": (
        "à ouvrir un dossier dont les clés ont été changées depuis (« révoqué ») : détruisez-la alors",
        "to open a record whose keys were changed since (“revoked”): destroy it then",
    ),
    "recovery-keep": (
        "Gardez-la loin de la clé USB. Ni photo, ni courriel, ni nuage. Perdue ou vue par quelqu’un : "
        "faites d’autres mots (baladeur secrets … recovery), ou changez les clés si la clé USB est perdue "
        "aussi (revoke).",
        "Keep it away from the USB key. No photograph, no mail, no cloud. Lost, or seen by somebody: draw other words "
        "(baladeur secrets … recovery), or change the keys if the USB key is lost too (revoke).",
    ),
    "recovery-sheets": ("Où sont les copies de cette feuille", "Where the copies of this sheet are"),
    "recovery-files": ("Où sont les copies du fichier", "Where the copies of the file are"),
    "recovery-name": ("Nom : {name}", "Name: {name}"),
    "recovery-qr": ("Les douze mots, à lire par un appareil", "The twelve words, to be read by a device"),
    "card": ("CARTE DE PORTEFEUILLE", "WALLET CARD"),
    "card-title": ("Carte de portefeuille (dossier médical baladeur)", "Wallet card (dossier médical baladeur)"),
    "card-cut": (
        "Découpez au trait, pliez au milieu. Rien de médical n’y est écrit ; n’y écrivez ni les 8 mots ni les 12.",
        "Cut along the line, fold in the middle. Nothing medical is on it; do not write the 8 words nor the 12 on it.",
    ),
    "card-head": ("DOSSIER MÉDICAL SUR CLÉ USB", "MEDICAL RECORD ON A USB KEY"),
    "card-lead": (
        "Je porte une clé USB « Baladeur » : mon dossier médical, chiffré.",
        "I carry a “Baladeur” USB key: my medical record, encrypted.",
    ),
    "card-how": (
        "Ouvrir lire.html sur la clé, choisir DOSSIER.DMB, taper les six mots.",
        "Open lire.html on the key, choose DOSSIER.DMB, type the six words.",
    ),
    "card-without": (
        "Ouvrir lire.html sur la clé et me demander mes mots.",
        "Open lire.html on the key and ask me for my words.",
    ),
    "card-code": ("Six mots : la fiche d’urgence, et elle seule", "Six words: the emergency page and nothing else"),
    "card-call": ("Prévenir", "Please call"),
}


def say(name: str, lang: Lang, /, **values: object) -> str:
    """One of the words; without values its places stay open. Raises KeyError."""
    words = WORDS[name][lang != "fr"]
    return words.format(**values) if values else words
