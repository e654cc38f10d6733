"""What is said about sheets of paper: name → French, English."""

PAPER: dict[str, tuple[str, str]] = {
    "paper-written": ("feuille écrite : {size} Kio", "sheet written: {size} KiB"),
    "paper-traces": (
        "ce fichier n’est pas chiffré ; l’ordinateur et l’imprimante peuvent en garder une trace : "
        "imprimez-le, puis effacez-le",
        "this file is not encrypted; the computer and the printer may keep traces of it: print it, then delete it",
    ),
    "paper-words": (
        "ce fichier contient des mots secrets ; l’ordinateur et l’imprimante peuvent en garder une trace : imprimez-le "
        "chez vous, effacez-le aussitôt, et ne l’envoyez à personne",
        "this file holds secret words; the computer and the printer may keep traces of it: print it at home, delete it "
        "at once, and send it to nobody",
    ),
    "paper-no-words": (
        "pas de feuille de secours : aucun mot de secours n’a été tiré",
        "no recovery sheet: no recovery words were drawn",
    ),
    "ask-recovery": ("Douze mots de secours :", "Twelve recovery words:"),
    "sheet-ask": (
        "Nouvelle fiche d’urgence à imprimer (PDF, en clair) dans {where} ? L’ancienne feuille est à détruire. [o/n]",
        "New emergency page to print (PDF, in the clear) into {where}? The old sheet is to be destroyed. [y/n]",
    ),
    "paper-on-key": (
        "attention : il est à côté du dossier, en clair ; qui trouve la clé USB lira cette feuille",
        "warning: it lies beside the record, in clear; whoever finds the USB key will read this sheet",
    ),
}
