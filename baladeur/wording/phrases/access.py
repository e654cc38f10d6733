"""What is said about secrets and who opens the record: name → French, English."""

ACCESS: dict[str, tuple[str, str]] = {
    "secret-file-open": (
        "attention : d’autres que vous peuvent lire ce fichier de secret ; restreignez-le (chmod 600)",
        "warning: others than you may read this secret file; restrict it (chmod 600)",
    ),
    "own-words": (
        "attention : n’employez que des mots tirés par un programme, jamais choisis",
        "warning: use only words that a program drew, never chosen ones",
    ),
    "words": (
        "{n} MOTS POUR OUVRIR LE DOSSIER, montrés une seule fois :",
        "{n} WORDS THAT OPEN THE RECORD, shown only once:",
    ),
    "recovery": (
        "{n} MOTS DE SECOURS, à écrire sur papier, rangés loin de la clé, montrés une seule fois :",
        "{n} RECOVERY WORDS, to be written on paper, kept away from the key, shown only once:",
    ),
    "carer": ("{n} MOTS POUR UN PROCHE, montrés une seule fois :", "{n} WORDS FOR A CARER, shown only once:"),
    "emergency": (
        "{n} MOTS D’URGENCE, pour la fiche d’urgence seule, montrés une seule fois :",
        "{n} EMERGENCY WORDS, for the emergency page alone, shown only once:",
    ),
    "lost-words": (
        "Sans ces mots personne n’ouvre le dossier : ni vous, ni un médecin, ni l’auteur du programme.",
        "Without these words nobody opens the record: not you, not a doctor, not the author of the program.",
    ),
    "a-words": ("les 8 mots", "the 8 words"),
    "a-phrase": ("une phrase choisie", "an own phrase"),
    "a-emergency": ("le code d’urgence", "the emergency code"),
    "a-recovery": ("les 12 mots de secours", "the 12 recovery words"),
    "a-carer": ("les 12 mots du proche n° {n}", "the 12 words of carer no. {n}"),
    "a-opened": ("OUVERT PAR", "OPENED BY"),
    "a-others": ("AUTRES", "OTHERS"),
    "a-hidden": (
        "le fichier ne dit pas, exprès, quels autres accès existent",
        "the file does not tell, on purpose, which other accesses exist",
    ),
    "a-done": ("version {number} : le nouveau secret est en vigueur", "version {number}: the new secret is in force"),
    "a-removed": (
        "version {number} : cet accès n’ouvre plus ce fichier",
        "version {number}: this access does not open this file any more",
    ),
    "a-locks-nobody": (
        "cela n’exclut personne qui a gardé une copie du fichier : l’ancien secret l’ouvre encore ; "
        "si la clé a été en d’autres mains, `revoke`",
        "this locks out nobody who kept a copy of the file: the old secret still opens it; "
        "if the key was in other hands, `revoke`",
    ),
    "a-revoke-not": (
        "revoke fait de nouvelles clés : aucun ancien secret n’ouvrira la suite. Il ne reprend rien : "
        "une copie déjà faite s’ouvre encore avec l’ancien secret et montre ce qu’elle contenait. "
        "Le code d’urgence et les mots des proches cessent de valoir.",
        "revoke makes new keys: no old secret will open what follows. It takes nothing back: "
        "a copy already made still opens with the old secret and shows what it held. "
        "The emergency code and the carers’ words cease to work.",
    ),
    "a-revoke-ask": ("Révoquer tous les secrets de ce dossier ?", "Revoke all secrets of this record?"),
    "a-emergency-not": (
        "le code d’urgence montre une page à qui a la clé et les 6 mots, et rien d’autre",
        "the emergency code shows one page to whoever has the key and the 6 words, and nothing else",
    ),
}
