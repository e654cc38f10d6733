"""What is said about sheets of paper: name → French, English."""

PAPER: dict[str, tuple[str, str]] = {
    "paper-written": ("feuille écrite : {size} Kio", "sheet written: {size} KiB"),
    "paper-traces": (
        "ce fichier n’est pas chiffré ; l’ordinateur et l’imprimante peuvent en garder une trace : "
        "imprimez-le, puis effacez-le",
        "this file is not encrypted; the computer and the printer may keep traces of it: print it, then delete it",
    ),
    "paper-on-key": (
        "attention : il est à côté du dossier, en clair ; qui trouve la clé USB lira cette feuille",
        "warning: it lies beside the record, in clear; whoever finds the USB key will read this sheet",
    ),
}
