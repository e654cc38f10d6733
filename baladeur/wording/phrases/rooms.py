"""What the screens of the dossier say: sections, an entry, documents, search, results, history: name → French, English.

French has no-break spaces.
"""

ROOMS: dict[str, tuple[str, str]] = {
    "key-dossier": ("Dossier", "Dossier"),
    "key-results": ("Résultats", "Results"),
    "key-search": ("Chercher", "Search"),
    "key-history": ("Historique", "History"),
    "key-back": ("Retour", "Back"),
    "key-read": ("Lire", "Read"),
    "key-take-out": ("Sortir", "Take out"),
    "reading": ("Lecture du dossier…", "Reading the dossier…"),
    "dossier-title": ("DOSSIER", "DOSSIER"),
    "no-line": ("aucune ligne", "no line"),
    "lines-n": ("{n} lignes", "{n} lines"),
    "help-dossier": (
        "À gauche les parties du dossier, à droite leurs lignes. Les flèches gauche et droite changent de côté, "
        "Entrée ouvre. Une ligne sans rien devant est en vigueur ; l’état des autres est écrit devant elles.",
        "On the left the sections, on the right their lines. The left and right arrows change sides, Enter opens. "
        "A line with nothing before it is in force; the state of the others is written before them.",
    ),
    "entry-behind": ("D’OÙ VIENT CETTE LIGNE", "WHERE THIS LINE COMES FROM"),
    "entry-speaker": ("Dit par : {who}", "Said by: {who}"),
    "entry-speaker-none": ("Dit par : le document ne le dit pas", "Said by: the document does not tell"),
    "entry-signed": ("Version {number}, {day} : {who}", "Version {number}, {day}: {who}"),
    "entry-source": ("Importé de : {file} ({day})", "Imported from: {file} ({day})"),
    "entry-hidden": ("Pas sur la fiche d’urgence : dossier seulement", "Not on the emergency page: dossier only"),
    "entry-versions": ("VERSIONS ({n})", "VERSIONS ({n})"),
    "entry-changed": ("+ {what}", "+ {what}"),
    "entry-dropped": ("- {what}", "- {what}"),
    "entry-first": ("première version", "first version"),
    "entry-files": (
        "{n} document(s) à lire : touche o",
        "{n} document(s) to read: key o",
    ),
    "fact-title": ("LIGNE", "LINE"),
    "help-entry": (
        "Tout ce que la ligne dit, qui le dit, qui l’a signé et avec quel verdict, puis ses versions : "
        "« + » est venu avec la version, « - » en est parti.",
        "All that the line says, who says it, who signed it and with what verdict, then its versions: "
        "“+” came with the version, “-” left with it.",
    ),
    "help-document": (
        "Le document en texte, comme il a été reçu. « s » le fait sortir de la clé : dans un fichier, "
        "une visionneuse ou une imprimante ; c’est demandé une fois, et des traces restent là où il va.",
        "The document as text, as it came. “s” takes it out of the key: into a file, a viewer or a printer; "
        "you are asked once, and traces stay where it goes.",
    ),
    "out-title": ("SORTIR DE LA CLÉ : {file}", "TAKE OUT OF THE KEY: {file}"),
    "out-warn": (
        "Le document sort du chiffrement. Des traces resteront sur cet ordinateur, même si vous effacez le fichier.",
        "The document leaves the encryption. Traces will stay on this computer, even if you delete the file.",
    ),
    "out-file": ("f  dans un fichier : {place}", "f  into a file: {place}"),
    "out-view": (
        "v  dans la visionneuse de cet ordinateur, par un fichier dans {place}",
        "v  in this computer’s viewer, by a file in {place}",
    ),
    "out-print": ("p  à l’imprimante de cet ordinateur", "p  to this computer’s printer"),
    "out-safe": ("Échap : rien ne sort.", "Escape: nothing leaves."),
    "out-done": ("Sorti, en clair : {place}", "Taken out, in clear: {place}"),
    "key-out-file": ("Fichier", "File"),
    "key-out-view": ("Visionneuse", "Viewer"),
    "key-out-print": ("Imprimante", "Printer"),
    "search-title": ("CHERCHER DANS TOUT LE DOSSIER", "SEARCH THE WHOLE DOSSIER"),
    "search-hint": (
        "Tous les mots ; ni accents ni majuscules. Le texte des PDF n’est pas cherché.",
        "All words; neither accents nor capitals matter. The text of PDF is not searched.",
    ),
    "search-none": ("Rien ne répond à ces mots.", "Nothing answers to these words."),
    "search-found": ("{n} ligne(s)", "{n} line(s)"),
    "search-many": ("les {n} premières lignes", "the first {n} lines"),
    "help-search": (
        "Tapez un ou plusieurs mots : lignes, posologies, auteurs, codes, textes des documents. Entrée ouvre la ligne.",
        "Type one or more words: lines, dosages, authors, codes, text of documents. Enter opens the line.",
    ),
    "results-title": ("RÉSULTATS, la dernière valeur de chacun", "RESULTS, the last value of each"),
    "results-none": ("Aucun résultat n’est renseigné.", "No result is recorded."),
    "results-count": ("{n} valeurs", "{n} values"),
    "results-doubt": ("à confirmer", "to be confirmed"),
    "results-undated": ("sans date", "no date"),
    "help-results": (
        "Une ligne par analyse et par unité : les unités ne sont jamais mêlées ni converties. Entrée montre les "
        "valeurs dans le temps. Entre crochets, les valeurs usuelles du laboratoire.",
        "One line for each analyte and unit: units are never mixed nor converted. Enter shows the values over time. "
        "In brackets, the laboratory’s usual values.",
    ),
    "plot-none": (
        "Pas de courbe : il faut au moins deux valeurs datées.",
        "No plot: it takes at least two dated values.",
    ),
    "plot-legend": (
        "* valeur  ? à confirmer  < > hors mesure  - bornes usuelles de la dernière",
        "* value  ? to be confirmed  < > beyond measure  - usual bounds of the last",
    ),
    "help-plot": (
        "Les points sont placés par date et par valeur ; le tableau dessous dit chaque valeur exactement.",
        "Points are placed by date and value; the table below tells each value exactly.",
    ),
    "history-title": ("HISTORIQUE, la version la plus récente d’abord", "HISTORY, the newest version first"),
    "help-history": (
        "Chaque version : quand, qui, avec quel verdict, et ce qu’elle a fait.",
        "Each version: when, who, with what verdict, and what it did.",
    ),
    "key-add": ("Ajouter", "Add"),
    "key-add-other": ("Ajouter autre chose", "Add something else"),
    "kinds-ask": ("Ajouter quoi ?", "Add what?"),
    "key-correct": ("Corriger", "Correct"),
    "key-confirm": ("Inchangé", "Unchanged"),
    "key-review": ("Relu", "Reviewed"),
    "key-withdraw": ("Saisi par erreur", "Entered by mistake"),
    "key-adopt": ("Adopter", "Adopt"),
    "key-reject": ("Rejeter", "Reject"),
    "key-keep-draft": ("Garder le brouillon", "Keep the draft"),
    "key-finish": ("Signer", "Sign"),
    "key-form-keep": ("Garder", "Keep"),
    "form-uncoded": ("sans code", "no code"),
    "form-free": ("« {text} », texte libre, sans code", "“{text}”, free text, no code"),
    "form-hint": (
        "* à remplir. Entrée : champ suivant. F10 : parmi les changements à signer.",
        "* must be filled in. Enter: next field. F10: among the changes to sign.",
    ),
    "form-new": ("{form}, nouvelle ligne", "{form}, new line"),
    "form-correct": ("{form}, à corriger : {line}", "{form}, to correct: {line}"),
    "form-required": ("à remplir", "to be filled in"),
    "form-optional": ("facultatif", "optional"),
    "form-today": ("aujourd’hui, {day}", "today, {day}"),
    "form-leave": (
        "Quitter ce formulaire ? Ce qui y est tapé sera abandonné ; rien d’autre ne change. "
        "o : quitter. Échap : revenir au formulaire.",
        "Leave this form? What is typed in it will be dropped; nothing else changes. "
        "y: leave. Escape: back to the form.",
    ),
    "table-acts": ("table : actes", "table: procedures"),
    "table-allergens": ("table : allergènes", "table: allergens"),
    "table-analytes": ("table : analyses", "table: analytes"),
    "table-high_risk": ("table : médicaments à risque", "table: high-risk drugs"),
    "table-implants": ("table : implants", "table: implants"),
    "table-medicines": ("table : médicaments", "table: medicines"),
    "table-problems": ("table : problèmes", "table: problems"),
    "table-reactions": ("table : réactions", "table: reactions"),
    "table-vaccines": ("table : vaccins", "table: vaccines"),
    "table-values": ("table : valeurs", "table: values"),
    "help-form": (
        "Tous les champs de la ligne ; ceux qui portent * sont à remplir. Entrée, Tab et les flèches vont de l’un à "
        "l’autre. Sous un mot codé, les réponses des tables de cet ordinateur : les flèches choisissent, Entrée "
        "prend ; un texte libre est toujours accepté, marqué sans code. Une date se tape 12/3/2026, 12.3.26 ou mars "
        "2026. Ce qui est tapé est gardé chiffré dans le dossier après quelques secondes. F10 met la ligne parmi les "
        "changements à signer ; Échap demande avant d’abandonner.",
        "All fields of the line; those with * must be filled in. Enter, Tab and the arrows go from one to another. "
        "Under a coded word stand the answers of the tables of this computer: the arrows choose, Enter takes; free "
        "text is always taken, marked as having no code. A date is typed 12 Mar 2026, 12.3.26 or Mar 2026. What is "
        "typed is kept encrypted in the record after a few seconds. F10 puts the line among the changes to sign; "
        "Escape asks before anything is dropped.",
    ),
    "ask-stop-day": (
        "Arrêté depuis quel jour ? (12/10/2026, oct 2026, auj)",
        "Stopped since when? (12 Oct 2026, Oct 2026, today)",
    ),
    "ask-stop-reason": ("Motif (facultatif)", "Reason (optional)"),
    "ask-mistake": ("Pourquoi est-ce une erreur ?", "Why is it a mistake?"),
    "ask-reject": ("Motif du rejet", "Reason for the rejection"),
    "draft-pending": (
        "{n} changement(s) NON SIGNÉ(S) : f pour relire et signer",
        "{n} change(s) NOT SIGNED: f to read and sign",
    ),
}
