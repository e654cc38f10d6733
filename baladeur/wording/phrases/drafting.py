"""What the screens say of drafts, and of lines that no verb applies to: name → French, English."""

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
    "ask-keys": (
        "Entrée : champ suivant, puis fait. Échap : rien n’est fait.",
        "Enter: next field, then done. Escape: nothing is done.",
    ),
}
