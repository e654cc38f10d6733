"""What several commands say: name → French, English."""

COMMON: dict[str, tuple[str, str]] = {
    "yes": ("o", "y"),
    "no": ("n", "n"),
    "ask-secret": ("Secret du dossier :", "Secret of the record:"),
    "ask-emergency": ("Six mots d’urgence :", "Six emergency words:"),
    "demonstration": ("dossier de démonstration : patient fictif", "demonstration record: fictional patient"),
    "agreed": ("on continue à partir de cette version, comme demandé", "going on from this version, as you agreed"),
    "aborted": (
        "Arrêté ; le dossier est à sa dernière version finie ; relancez la commande si besoin.",
        "Stopped; the record is at its last finished version; run the command again if needed.",
    ),
    "unknown": (
        "Une erreur imprévue a arrêté la commande ; le dossier est à sa dernière version finie ; "
        "signalez l’identifiant {id}.",
        "An unexpected error stopped the command; the record is at its last finished version; report the id {id}.",
    ),
    "usage": (
        "Cette commande est incomplète ou mal écrite{what} ; rien n’a été modifié ; ajoutez --help pour l’aide.",
        "This command is incomplete or not written as it should be{what}; nothing was changed; add --help for help.",
    ),
    "created": ("dossier créé et relu : {size} Mio", "record created and read back: {size} MiB"),
    "real-record": (
        "vrai dossier : aucune carte ne peut encore le signer, et rien ici n’est certifié dispositif médical",
        "real record: no card can sign it yet, and nothing here is certified as a medical device",
    ),
    "ask-reason": ("Motif du rejet :", "Reason for the rejection:"),
    "ask-name": ("Nom :", "Name:"),
    "ask-phone": ("Téléphone :", "Phone:"),
    "ask-code": ("Code de la langue (fr, ar, pt-BR …) :", "Code of the language (fr, ar, pt-BR …):"),
    "warning": ("attention : {what}", "warning: {what}"),
    "clock-wrong": (
        "L’horloge de cet ordinateur dit {now} : cela ne peut pas être juste. La date que vous donnez sera marquée "
        "comme déclarée.",
        "This computer’s clock says {now}: that cannot be right. The date that you give will be marked as declared.",
    ),
    "ask-day": (
        "Date d’aujourd’hui (2026-11-23 ou 2026-11-23T09:30) :",
        "Today’s date (2026-11-23 or 2026-11-23T09:30):",
    ),
    "day-declared": ("date déclarée, pas celle de l’ordinateur", "declared date, not that of the computer"),
    "day-was-declared": ("{day} décl.", "{day} decl."),
    "day-declared-note": (
        "décl. : date déclarée par une personne, l’horloge de l’ordinateur n’était pas crue",
        "decl.: date declared by a person, the computer’s clock was not believed",
    ),
}
