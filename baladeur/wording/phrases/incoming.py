"""What the screens say of what comes in: imports, the watched folder, the pending tray, another copy: name → French,
English.
"""

INCOMING: dict[str, tuple[str, str]] = {
    # an import
    "key-mark": ("Prendre/laisser", "Take/leave"),
    "key-watch": ("Surveiller ce dossier", "Watch this folder"),
    "key-unwatch": ("Ne plus surveiller", "Stop watching"),
    "key-again": ("Relire", "Read again"),
    "key-bring-take": ("Prendre", "Take"),
    "bring-title": ("IMPORTER des documents FHIR R4 (JSON)", "IMPORT FHIR R4 documents (JSON)"),
    "bring-hint": (
        "Le chemin d’un fichier, de plusieurs, ou d’un dossier, puis Entrée. Échap : rien n’est repris.",
        "The path of a file, of several, or of a folder, then Enter. Escape: nothing is taken.",
    ),
    "bring-none": (
        "Ni fichier ni dossier avec des documents .json à cet endroit : {place}",
        "Neither a file nor a folder with .json documents there: {place}",
    ),
    "bring-reading": ("Lecture, document {n} sur {total}…", "Reading, document {n} of {total}…"),
    "bring-files": (
        "{n} document(s), {marked} à prendre. Espace : prendre ou laisser ; F10 : prendre ce qui est marqué [x].",
        "{n} document(s), {marked} to take. Space: take or leave; F10: take what is marked [x].",
    ),
    "bring-cut": (
        "Seuls les {n} plus récents du dossier sont montrés.",
        "Only the newest {n} of the folder are shown.",
    ),
    "bring-watched": ("dossier surveillé, sur cet ordinateur seulement", "watched folder, on this computer only"),
    "bring-changed": (
        "Des documents sont arrivés ou ont changé depuis : F5 relit le dossier.",
        "Documents came in or changed since: F5 reads the folder again.",
    ),
    "bring-news": (
        "{new} nouvelle(s), {replaced} version(s), {clash} à regarder",
        "{new} new, {replaced} newer, {clash} to look at",
    ),
    "bring-there": (
        "déjà importé, mêmes octets (document du {day})",
        "imported already, the same bytes (document of {day})",
    ),
    "bring-there-long": (
        "Ce document a déjà été importé, octet pour octet (document du {day}). Rien n’en est repris.",
        "This document was imported already, byte for byte (document of {day}). Nothing is taken from it.",
    ),
    "bring-empty": ("rien de nouveau", "nothing new"),
    "bring-older": ("version plus ancienne que celle du dossier", "older than the version in the record"),
    "bring-other": ("AUTRE PATIENT", "ANOTHER PATIENT"),
    "bring-refused": ("REFUSÉ", "REFUSED"),
    "bring-doubt": ("PATIENT À VÉRIFIER", "CHECK THE PATIENT"),
    "bring-doubt-take": (
        "Laissé de côté : Espace le prend si vous avez vérifié.",
        "Left aside: Space takes it once you have checked.",
    ),
    "bring-preview": (
        "APERÇU DE {file}, rien n’est encore repris : {new} nouvelle(s), {replaced} version(s) nouvelle(s), "
        "{same} déjà là, {clash} à regarder",
        "PREVIEW OF {file}, nothing is taken yet: {new} new, {replaced} newer version(s), {same} there already, "
        "{clash} to look at",
    ),
    "bring-nothing": ("Rien de nouveau dans ce document.", "Nothing new in this document."),
    "bring-faults": (
        "{n} anomalie(s) dans le document, lu quand même ; `baladeur check` dit lesquelles",
        "{n} faults in the document, which is read all the same; `baladeur check` says which",
    ),
    "bring-taken": (
        "{n} document(s) parmi les changements à signer. Rien n’est écrit avant la signature.",
        "{n} document(s) among the changes to sign. Nothing is written before the signature.",
    ),
    "watch-on": (
        "Dossier surveillé. Ce choix reste sur cet ordinateur ; rien n’est importé tout seul.",
        "Folder watched. This choice stays on this computer; nothing is imported by itself.",
    ),
    "watch-off": ("Ce dossier n’est plus surveillé.", "This folder is not watched any more."),
    "watch-news": ("{n} nouveau(x) fichier(s) dans {folder} : m pour voir", "{n} new file(s) in {folder}: m to see"),
    "watch-gone": ("{folder} (surveillé) n’est pas là", "{folder} (watched) is not there"),
    "key-join": ("Réunir deux copies", "Bring two copies together"),
    # the pending tray
    "key-tray": ("En attente", "Waiting"),
    "key-read-original": ("Original", "Original"),
    "key-undo": ("Annuler la dernière", "Undo the last"),
    "tray-title": (
        "EN ATTENTE, SANS SIGNATURE : {n}, dont {left} à décider",
        "WAITING, UNSIGNED: {n}, of which {left} to decide",
    ),
    "tray-nothing": ("Rien n’attend de décision.", "Nothing waits for a decision."),
    "tray-who": ("De : {said}", "From: {said}"),
    "tray-where": ("Lieu : {said}", "Where: {said}"),
    "tray-when": ("Date : {said}", "When: {said}"),
    "tray-unsaid": ("non dit", "not said"),
    "tray-came": (
        "Déposé sans signature, version {number}, {day} : {who}",
        "Left without a signature, version {number}, {day}: {who}",
    ),
    "tray-adopt": ("adopté, NON SIGNÉ", "adopted, NOT SIGNED"),
    "tray-correct": ("corrigé et adopté, NON SIGNÉ", "corrected and adopted, NOT SIGNED"),
    "tray-reject": ("rejeté, NON SIGNÉ", "rejected, NOT SIGNED"),
    "tray-fhir": ("Document FHIR. L’adopter ferait ceci ({n}) :", "A FHIR document. To adopt it would do this ({n}):"),
    "tray-refused": (
        "Il ne peut pas être adopté. « o » montre l’original, « n » le rejette avec un motif.",
        "It cannot be adopted. “o” shows the original, “n” rejects it with a reason.",
    ),
    "tray-hint": (
        "y adopte : ce document entre au dossier tel quel, signé par vous comme reçu ; ce n’est jamais une ligne de la "
        "fiche d’urgence, ajoutez-la vous-même. c corrige et adopte. n rejette : le motif est demandé, signé, gardé. "
        "Rien n’est écrit avant la signature (f).",
        "y adopts: this document enters the dossier as it is, signed by you as received; it is never a line of the "
        "emergency page, add that yourself. c corrects and adopts. n rejects: the reason is asked, signed, kept. "
        "Nothing is written before the signature (f).",
    ),
    "tray-hint-fhir": (
        "y adopte : les lignes ci-dessus entrent au dossier et sur la fiche d’urgence, signées par vous. c : de même, "
        "puis corrigez-les une à une dans le dossier. n rejette le tout : le motif est demandé, signé, gardé. Rien "
        "n’est écrit avant la signature (f).",
        "y adopts: the lines above enter the dossier and the emergency page, signed by you. c: the same, then correct "
        "them one by one in the dossier. n rejects all of it: the reason is asked, signed, kept. Nothing is written "
        "before the signature (f).",
    ),
    "tray-hint-refused": (
        "n rejette : le motif est demandé, signé, gardé. Rien n’est écrit avant la signature (f).",
        "n rejects: the reason is asked, signed, kept. Nothing is written before the signature (f).",
    ),
    "tray-hint-done": (
        "Décidé, non signé. u annule la dernière décision ; f relit et signe.",
        "Decided, not signed. u undoes the last decision; f reads and signs.",
    ),
    "tray-why": (
        "Motif du rejet : il est signé, et reste avec le document dans l’historique",
        "Reason for the rejection: it is signed, and stays in the history with the document",
    ),
    "tray-reason": (
        "Sans motif, rien n’est rejeté. « n » le redemande.",
        "Without a reason nothing is rejected. “n” asks again.",
    ),
    "tray-doubt": ("{why}. L’adopter quand même ?", "{why}. Adopt it all the same?"),
    "tray-correct-fhir": (
        "Ses lignes sont dans le dossier, marquées + : c les corrige une à une avant la signature.",
        "Its lines are in the dossier, marked +: c corrects them one by one before the signature.",
    ),
    "help-tray": (
        "Ce qui a été déposé sans carte. Lisez-le en entier, puis y adopte, c corrige et adopte, "
        "n rejette avec un motif. u annule la dernière décision, f relit et signe. L’original reste dans l’historique.",
        "What the patient or a secretary left without a card. Read all of it, then y adopts, c corrects and adopts, n "
        "rejects with a reason. u undoes the last decision, f reads all and signs. The original stays in the history.",
    ),
    "amend-title": (
        "CORRIGER PUIS ADOPTER : ce qui est venu reste dans l’historique",
        "CORRECT, THEN ADOPT: what came stays in the history",
    ),
    "amend-who": ("De (qui l’a écrit)", "From (who wrote it)"),
    "amend-where": ("Lieu", "Where"),
    "amend-day": ("Date (12/10/2026, 10/2026, 2026)", "Date (2026-10-12, 2026-10, 2026)"),
    "amend-title-field": ("Titre", "Title"),
    "amend-text": ("Texte", "Text"),
    "amend-no-text": (
        "Ce document n’est pas un texte court : son contenu est adopté tel quel.",
        "This document is no short text: its content is adopted as it is.",
    ),
    "amend-hint": (
        "Tab et Entrée : champ suivant. F10 : corrigé, parmi les changements à signer. Échap : rien ne change.",
        "Tab and Enter: next field. F10: corrected, among the changes to sign. Escape: nothing changes.",
    ),
    "amend-wrong": (
        "{field} : vide, trop long ou impossible à montrer tel quel.",
        "{field}: empty, too long, or not to be shown as it is.",
    ),
    "help-amend": (
        "Corrigez le titre, qui l’a écrit, le lieu, la date ou le texte. La phrase à signer dira tout ; "
        "le document tel qu’il est venu reste dans l’historique.",
        "Correct the title, who wrote it, where, when, or the text. The sentence to sign tells all of it; "
        "the document as it came stays in the history.",
    ),
    "help-bring": (
        "Tapez le chemin d’un document, de plusieurs, ou d’un dossier. Ce que chacun apporterait est montré avant : "
        "nouveau, déjà là, en conflit, autre patient. F10 met ce qui est marqué parmi les changements à signer ; rien "
        "n’est écrit avant. F8 surveille le dossier montré : ses nouveaux fichiers sont annoncés, jamais pris seuls.",
        "Type the path of a document, of several, or of a folder. What each would bring is shown first: new, there "
        "already, in conflict, another patient. F10 puts what is marked among the changes to sign; nothing is written "
        "before. F8 watches the folder that is shown: its new files are announced, never taken by themselves.",
    ),
}
