"""What is said by what changes a record (imports, drafts, signatures): name → French, English."""

CHANGING: dict[str, tuple[str, str]] = {
    "importing": ("lecture des documents", "reading the documents"),
    "import-which": ("document {n} sur {total} :", "document {n} of {total}:"),
    "import-older": (
        "le dossier a déjà une version plus récente de ce document : rien n’en est repris",
        "the record already has a newer version of this document: nothing is taken from it",
    ),
    "import-same": ("{n} ressource(s) déjà dans le dossier", "{n} resource(s) already in the record"),
    "import-unread": (
        "{n} ressource(s) gardée(s) sans être montrée(s) : ce programme ne connaît pas leur type",
        "{n} resource(s) kept but not shown: this program does not know their type",
    ),
    "import-several": (
        "plusieurs patients dans le document : aucun n’a été pris comme patient de ce dossier ; "
        "ses lignes restent « à confirmer » et le dossier sans identité (`holder … identity`)",
        "several patients in the document: none was taken as the patient of this record; "
        "its lines stay “to be confirmed” and the record without identity (`holder … identity`)",
    ),
    "import-nobody": (
        "aucun patient dans le document : le dossier n’a pas encore d’identité ; saisissez-la (`holder … identity`)",
        "no patient in the document: the record has no identity yet; enter it (`holder … identity`)",
    ),
    "import-given": (
        "ATTENTION : même nom et même date de naissance que dans le dossier, mais un autre prénom. "
        "Vérifiez que ce document n’est pas celui d’un jumeau",
        "WARNING: the same family name and birth date as in the record, but another given name. "
        "Check that this document is not a twin’s",
    ),
    "import-unnamed": (
        "ATTENTION : ce document ne dit pas le nom et la date de naissance de son patient. "
        "Rien ne prouve qu’il est de ce patient : vérifiez-le",
        "WARNING: this document does not tell its patient’s name and birth date. "
        "Nothing proves that it is about this patient: check it",
    ),
    "import-findings": (
        "{n} anomalie(s) dans le document, lu quand même ; `baladeur check` dit lesquelles",
        "{n} faults in the document, which is read all the same; `baladeur check` says which",
    ),
    "nothing-to-sign": ("rien de nouveau : rien à signer", "nothing new: nothing to sign"),
    "next-screen": ("une touche : écran suivant", "any key: next screen"),
    "dry-run": ("essai : rien n’a été écrit", "dry run: nothing was written"),
    "page-planned": (
        "la fiche d’urgence qui serait signée, premier écran :",
        "the emergency page that would be signed, first screen:",
    ),
    "hidden": (
        "version {number} : {n} entrée(s) dans le dossier seulement, plus sur la fiche d’urgence",
        "version {number}: {n} entries in the dossier only, no longer on the emergency page",
    ),
    "visible": (
        "version {number} : {n} entrée(s) visible(s) partout ; sur la fiche à la prochaine signature",
        "version {number}: {n} entries visible everywhere; on the page with the next signature",
    ),
    "sign-ask": ("Signer ces changements ?", "Sign these changes?"),
    "write-ask": ("Écrire ces changements ?", "Write these changes?"),
    "sealed": ("version {number} : signée et relue", "version {number}: signed and read back"),
    "diff-adopt-identity": (
        "identité reprise du document : {words} (déclarée)",
        "identity taken from the document: {words} (declared)",
    ),
    "diff-identity": ("identité : {before} → {words}", "identity: {before} → {words}"),
    "diff-new": ("nouveau ({section}) : {words}", "new ({section}): {words}"),
    "diff-many": ("nouveau ({section}) : {n} lignes", "new ({section}): {n} lines"),
    "diff-replace": ("corrigé ({section}) : {before} → {words}", "corrected ({section}): {before} → {words}"),
    "diff-withdraw": ("retiré : {words}", "withdrawn: {words}"),
    "diff-new-plain": ("nouveau : {words}", "new: {words}"),
    "diff-replace-plain": ("corrigé : {before} → {words}", "corrected: {before} → {words}"),
    "diff-stop": ("{words}\u00a0: arrêté {on} {day}", "{words}: stopped {on} {day}"),
    "diff-stop-f": ("{words}\u00a0: arrêtée {on} {day}", "{words}: stopped {on} {day}"),
    "diff-over": ("{words}\u00a0: terminé {on} {day}", "{words}: over {on} {day}"),
    "diff-stop-undated": ("{words}\u00a0: arrêté", "{words}: stopped"),
    "diff-stop-f-undated": ("{words}\u00a0: arrêtée", "{words}: stopped"),
    "diff-over-undated": ("{words}\u00a0: terminé", "{words}: over"),
    "on-day": ("le", "on"),
    "in-month": ("en", "in"),
    "diff-confirm": ("confirmé sans changement ({section}) : {words}", "confirmed unchanged ({section}): {words}"),
    "diff-mistake": (
        "enregistré par erreur ({section}) : {words} (motif : {before})",
        "recorded by mistake ({section}): {words} (reason: {before})",
    ),
    "diff-standing": (
        "reste comme corrigé ou arrêté dans ce dossier ({section}) : {before}",
        "stays as corrected or stopped in this record ({section}): {before}",
    ),
    "diff-reopen": (
        "attention ({section}) : arrêté dans ce dossier, de nouveau en cours selon le document : {words}",
        "note ({section}): stopped in this record, current again by the document: {words}",
    ),
    "diff-gone": (
        "ne peut plus être fait, la ligne a changé depuis : {words}",
        "can no longer be done, the line has changed since: {words}",
    ),
    "diff-left": (
        "à confirmer, la nouvelle version du document n’en parle plus : {words}",
        "to be confirmed, the new version of the document no longer lists it: {words}",
    ),
    "diff-beside": (
        "attention ({section}) : « {before} » est déjà dans le dossier et y reste, à côté de « {words} »",
        "note ({section}): “{before}” is already in the record and stays, beside “{words}”",
    ),
    "diff-review": ("relu : {section}", "reviewed: {section}"),
    "summary-faults": (
        "la synthèse a {n} anomalie(s), venues des documents ; elle reste lisible ; `export` puis `check` les dit",
        "the summary has {n} faults, from the documents; it can be read all the same; `export`, then `check` tells",
    ),
    "draft-kept": (
        "version {number} : brouillon {id} gardé dans le dossier, non signé ; `baladeur drafts sign` le signe",
        "version {number}: draft {id} kept in the record, unsigned; `baladeur drafts sign` signs it",
    ),
    "edit-fields": (
        "`baladeur edit … forms {kind}` nomme les champs, et ce qu’ils prennent",
        "`baladeur edit … forms {kind}` names the fields, and what they take",
    ),
    "edit-kinds": (
        "les sortes d’entrées : {kinds} ; `baladeur edit … forms KIND` nomme les champs d’une sorte",
        "the kinds of entries: {kinds}; `baladeur edit … forms KIND` names the fields of one",
    ),
    "draft-form": ("formulaire", "form"),
    "draft-begun": (
        "un formulaire commencé s’y trouve ({form}) : il n’est pas signé et reste un brouillon ; "
        "les écrans le reprennent",
        "a form begun stands in it ({form}): it is not signed and stays a draft; the screens take it up",
    ),
    "drafts-none": ("aucun brouillon", "no draft"),
    "head-changes": ("changements", "changes"),
    "edit-required": (" (à remplir)", " (required)"),
    "diff-adopt": ("adopté : {words}", "adopted: {words}"),
    "diff-adopt-corrected": (
        "adopté, corrigé : {words} (au lieu de « {before} » ; l’historique garde ce qui est venu)",
        "adopted, corrected: {words} (instead of “{before}”; the history keeps what came)",
    ),
    "diff-reject": ("rejeté : {words} (motif : {before})", "rejected: {words} (reason: {before})"),
    "diff-keep": ("gardé : {words}", "kept: {words}"),
    "section-allergies": ("allergies", "allergies"),
    "section-problems": ("problèmes", "problems"),
    "section-medications": ("traitements", "treatments"),
    "section-alerts": ("vigilances", "alerts"),
    "section-devices": ("dispositifs", "devices"),
    "section-past_history": ("antécédents", "past history"),
    "section-procedures": ("interventions", "procedures"),
    "section-immunizations": ("vaccins", "immunizations"),
    "section-results": ("résultats", "results"),
    "section-vital_signs": ("constantes", "vital signs"),
    "section-pregnancy": ("grossesse", "pregnancy"),
    "section-advance_directives": ("directives anticipées", "advance directives"),
    "section-functional_status": ("autonomie", "functional status"),
    "section-social_history": ("mode de vie", "social history"),
    "section-family_history": ("antécédents familiaux", "family history"),
    "section-plan_of_care": ("projet de soins", "plan of care"),
    "section-patient_story": ("récit du patient", "patient story"),
    "section-encounters": ("consultations et séjours", "encounters"),
    "section-documents": ("documents", "documents"),
    "section-other": ("autres", "other"),
    "type-note": ("Tapez la note, puis Ctrl-D :", "Type the note, then Ctrl-D:"),
    "tray-empty": ("rien en attente", "nothing is waiting"),
    "preferred": ("préférée", "preferred"),
    "declared": (
        "version {number} : enregistré, déclaré par le patient, sans signature",
        "version {number}: recorded, declared by the patient, without a signature",
    ),
    "holder-removed": (
        "version {number} : retiré ; l’historique le garde, `baladeur erase` l’efface",
        "version {number}: withdrawn; the history keeps it, `baladeur erase` erases it",
    ),
    "page-written": ("page écrite : {size} Kio", "page written: {size} KiB"),
    "page-not-placed": (
        "le dossier est entier, mais lire.html et les notes n’ont pas toutes pu être posées à côté : "
        "`baladeur image beside RÉPERTOIRE`",
        "the record is whole, but lire.html and the notes could not all be put beside it: "
        "`baladeur image beside FOLDER`",
    ),
    "beside-placed": ("lire.html et les notes sont à côté du dossier", "lire.html and the notes lie beside the record"),
    "noted": (
        "version {number} : note {id} mise en attente, non signée ; un professionnel l’adopte ou la rejette",
        "version {number}: note {id} put in the tray, unsigned; a professional adopts or rejects it",
    ),
    "added": (
        "version {number} : entrée {id} signée par la carte de démonstration ; jamais sur la fiche d’urgence",
        "version {number}: entry {id} signed by the demonstration card; never on the emergency page",
    ),
    "erase-ask": (
        "Effacer {n} version(s) de ces entrées, pour toujours ?",
        "Erase {n} version(s) of these entries, for ever?",
    ),
    "erased": (
        "version {number} : {n} version(s) effacée(s), plus rien ne les ouvre dans ce fichier",
        "version {number}: {n} version(s) erased, nothing in this file opens them any more",
    ),
    "erased-rest": (
        "leurs octets illisibles restent jusqu’à un compactage (`baladeur compact`) ; "
        "les autres copies les ont encore, "
        "et une mémoire flash peut garder d’anciennes pages",
        "their unreadable bytes stay until the record is compacted (`baladeur compact`); other copies still hold them, "
        "and flash memory may keep old pages",
    ),
    "compact-ask": ("Compacter maintenant ?", "Compact now?"),
    "compacted": ("dossier récrit et relu : {size} Mio", "record written anew and read back: {size} MiB"),
}
