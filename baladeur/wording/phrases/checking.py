"""What is said by what checks documents and looks codes up: name → French, English."""

CHECKING: dict[str, tuple[str, str]] = {
    "preview": (
        "aperçu d’un document, non signé, rien n’est enregistré",
        "preview of a document, not signed, nothing is stored",
    ),
    "check-severity-fatal": ("ILLISIBLE", "UNREADABLE"),
    "check-severity-error": ("ERREUR", "ERROR"),
    "check-severity-warning": ("ATTENTION", "WARNING"),
    "check-severity-note": ("NOTE", "NOTE"),
    "check-document": ("document {n} sur {total}", "document {n} of {total}"),
    "check-line": ("ligne {n}", "line {n}"),
    "check-clean": (
        "aucune anomalie trouvée par nos règles tirées de FHIR R4 et de l’IPS 2.0.0",
        "nothing wrong by our rules compiled from FHIR R4 and IPS 2.0.0",
    ),
    "check-found": (
        "{fatal} illisible(s), {error} erreur(s), {warning} avertissement(s), {note} note(s)",
        "{fatal} unreadable, {error} error(s), {warning} warning(s), {note} note(s)",
    ),
    "check-reading": ("vérification", "checking"),
    "code-none": (
        "aucun mot codé ne répond ; le texte libre reste possible et reste marqué non codé",
        "no coded word answers; free text stays possible and stays marked uncoded",
    ),
    "code-unreviewed": (
        "tables et libellés non relus par un clinicien",
        "tables and labels not reviewed by a clinician",
    ),
    "table-unreadable": (
        "table illisible, laissée de côté : {table} ; ajoutez-la de nouveau",
        "unreadable table, left out: {table}; add it again",
    ),
    "table-added": (
        "table ajoutée : {table} ({kind}, version {version}), {rows} mots, {skipped} lignes laissées de côté",
        "table added: {table} ({kind}, version {version}), {rows} words, {skipped} rows left out",
    ),
    "table-removed": ("table retirée : {table}", "table removed: {table}"),
    "tables-none": ("aucune table importée", "no imported table"),
    "not-reviewed": ("non relu", "not reviewed"),
    "uncoded": ("sans code", "no code"),
    "not-yet": (
        "Écrivez-les maintenant : ils vaudront à la fin de cette commande, pas avant.",
        "Write them down now: they are in force at the end of this command, not before.",
    ),
}
