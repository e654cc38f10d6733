"""What the screens say of drafts, of lines that no verb applies to, and of an import: name → French, English."""

DRAFTING: dict[str, tuple[str, str]] = {
    "draft-is-kept": (
        "Brouillon gardé dans le dossier, chiffré, non signé. « b » montre les brouillons.",
        "Draft kept in the record, encrypted, not signed. “b” shows the drafts.",
    ),
    "left-kept": (
        "Ce qui n’était pas signé est gardé dans le dossier comme brouillon, chiffré : « b » dans le dossier.",
        "What was not signed is kept in the record as a draft, encrypted: “b” in the dossier.",
    ),
    "left-lost": (
        "Les derniers changements non signés n’ont pas pu être gardés : ils sont à refaire.",
        "The last unsigned changes could not be kept: they are to be made again.",
    ),
    "leave-lost": (
        "Des changements non signés n’ont pas pu être gardés dans le dossier. Signez-les, ou quittez encore une fois : "
        "ils seront perdus.",
        "Unsigned changes could not be kept in the record. Sign them, or leave once more: they will be lost.",
    ),
    "line-only-named": (
        "Un document nomme cette ligne sans la contenir : rien n’a été changé ; ajoutez une nouvelle ligne (a).",
        "A document names this line but does not hold it: nothing was changed; add a new line (a).",
    ),
    "key-drafts": ("Brouillons", "Drafts"),
    "key-bring": ("Importer", "Import"),
    "key-drop": ("Abandonner", "Drop"),
    "key-resume": ("Reprendre", "Take up"),
    "key-before": ("Champ d’avant", "Field before"),
    "key-after": ("Champ suivant", "Next field"),
    "drafts-title": ("BROUILLONS GARDÉS DANS LE DOSSIER, non signés", "DRAFTS KEPT IN THE RECORD, not signed"),
    "drafts-empty": ("Aucun brouillon n’est gardé.", "No draft is kept."),
    "drafts-hint": (
        "Entrée : reprendre, relire et signer. x : abandonner. Échap : rien ne change.",
        "Enter: take up, read and sign. x: drop. Escape: nothing changes.",
    ),
    "drafts-line": ("{day}  {n} changement(s)  {title}", "{day}  {n} change(s)  {title}"),
    "drafts-line-form": (
        "{day}  formulaire commencé ({form}), {n} changement(s)  {title}",
        "{day}  form begun ({form}), {n} change(s)  {title}",
    ),
    "drafts-form": ("{day}  formulaire commencé ({form})  {title}", "{day}  form begun ({form})  {title}"),
    "drafts-form-waits": ("FORMULAIRE COMMENCÉ, gardé : b le reprend", "A FORM WAS BEGUN and is kept: b takes it up"),
    "drafts-unreadable": ("{day}  illisible  {title}", "{day}  cannot be read  {title}"),
    "drafts-busy": (
        "Des changements non signés attendent déjà : signez-les, ou gardez-les (k), avant de reprendre un brouillon.",
        "Unsigned changes wait already: sign them, or keep them (k), before taking up a draft.",
    ),
    "drafts-drop": (
        "Abandonner ce brouillon ? Rien de signé ne change ; l’historique le garde.",
        "Drop this draft? Nothing that is signed changes; the history keeps it.",
    ),
    "drafts-waiting": ("{n} brouillon(s) gardé(s) : b", "{n} kept draft(s): b"),
    "help-drafts": (
        "Les changements préparés sans carte, ou gardés quand la clé s’est fermée. Entrée en reprend un : ce qu’il "
        "ferait aujourd’hui est relu avant de signer. Une fois signé, il n’est plus un brouillon.",
        "Changes prepared without a card, or kept when the key was closed. Enter takes one up: what it would do today "
        "is read before it is signed. Once signed, it is no draft any more.",
    ),
    "bring-title": ("IMPORTER un document FHIR R4 (JSON)", "IMPORT a FHIR R4 document (JSON)"),
    "bring-hint": (
        "Le chemin d’un fichier ou d’un dossier, puis Entrée. Échap : rien n’est repris.",
        "The path of a file or a folder, then Enter. Escape: nothing is taken.",
    ),
    "bring-choose": (
        "{n} fichier(s) dans ce dossier : les flèches, puis Entrée.",
        "{n} file(s) in this folder: the arrows, then Enter.",
    ),
    "bring-none": (
        "Ni fichier ni dossier avec des documents .json à cet endroit : {place}",
        "Neither a file nor a folder with .json documents there: {place}",
    ),
    "bring-preview": (
        "APERÇU DE {file}, rien n’est encore repris : {new} nouvelle(s), {replaced} version(s) nouvelle(s), "
        "{same} déjà là, {clash} à regarder",
        "PREVIEW OF {file}, nothing is taken yet: {new} new, {replaced} newer version(s), {same} there already, "
        "{clash} to look at",
    ),
    "bring-take": ("F10 : le reprendre parmi les changements à signer.", "F10: take it among the changes to sign."),
    "bring-nothing": ("Rien de nouveau dans ce document.", "Nothing new in this document."),
    "help-bring": (
        "Tapez le chemin d’un document, ou d’un dossier qui en contient. Ce qu’il apporterait est montré avant : "
        "nouveau, déjà là, en conflit. F10 le met parmi les changements à signer ; rien n’est écrit avant.",
        "Type the path of a document, or of a folder of documents. What it would bring is shown first: new, there "
        "already, in conflict. F10 puts it among the changes to sign; nothing is written before.",
    ),
    "ask-keys": (
        "Entrée : champ suivant, puis fait. Échap : rien n’est fait.",
        "Enter: next field, then done. Escape: nothing is done.",
    ),
}
