"""What the commands say when nothing is wrong: name → French, English. Placeholders are the same in both."""

PHRASES: dict[str, tuple[str, str]] = {
    "yes": ("o", "y"),
    "no": ("n", "n"),
    "ask-secret": ("Secret du dossier :", "Secret of the record:"),
    "ask-emergency": ("Six mots d’urgence :", "Six emergency words:"),
    "secret-file-open": (
        "attention : d’autres que vous peuvent lire ce fichier de secret ; restreignez-le (chmod 600)",
        "warning: others than you may read this secret file; restrict it (chmod 600)",
    ),
    "own-words": (
        "attention : n’employez que des mots tirés par un programme, jamais choisis",
        "warning: use only words that a program drew, never chosen ones",
    ),
    "demonstration": ("dossier de démonstration : patient fictif", "demonstration record: fictional patient"),
    "agreed": ("on continue à partir de cette version, comme demandé", "going on from this version, as you agreed"),
    "preview": (
        "aperçu d’un document, non signé, rien n’est enregistré",
        "preview of a document, not signed, nothing is stored",
    ),
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
    # words to keep
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
    "not-yet": (
        "Écrivez-les maintenant : ils vaudront à la fin de cette commande, pas avant.",
        "Write them down now: they are in force at the end of this command, not before.",
    ),
    "lost-words": (
        "Sans ces mots personne n’ouvre le dossier : ni vous, ni un médecin, ni l’auteur du programme.",
        "Without these words nobody opens the record: not you, not a doctor, not the author of the program.",
    ),
    # writing
    "created": ("dossier créé et relu : {size} Mio", "record created and read back: {size} MiB"),
    "real-record": (
        "vrai dossier : aucune carte ne peut encore le signer, et rien ici n’est certifié dispositif médical",
        "real record: no card can sign it yet, and nothing here is certified as a medical device",
    ),
    "noted": (
        "version {number} : note {id} mise en attente, non signée ; un professionnel l’adopte ou la rejette",
        "version {number}: note {id} put in the tray, unsigned; a professional adopts or rejects it",
    ),
    "added": (
        "version {number} : entrée {id} signée par la carte de démonstration",
        "version {number}: entry {id} signed by the demonstration card",
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
    # reading
    "status-signed": ("signé", "signed"),
    "status-declared": ("déclaré", "declared"),
    "status-tray": ("en attente", "in tray"),
    "status-wrong": ("NON VALABLE", "NOT VALID"),
    "status-replaced": ("remplacé", "replaced"),
    "status-withdrawn": ("retiré", "withdrawn"),
    "status-erased": ("effacé", "erased"),
    "head-id": ("id", "id"),
    "head-date": ("date", "date"),
    "head-type": ("type", "type"),
    "head-status": ("état", "state"),
    "head-title": ("titre", "title"),
    "head-number": ("n°", "no."),
    "head-who": ("qui", "who"),
    "head-what": ("quoi", "what"),
    "head-verdict": ("verdict", "verdict"),
    "nothing": ("aucune entrée", "no entry"),
    "binary": (
        "contenu de {size} octets ({media}) : --raw > FICHIER pour le sortir",
        "content of {size} bytes ({media}): --raw > FILE to take it out",
    ),
    "by-holder": ("patient, sans signature", "patient, without a signature"),
    "by-professional": ("professionnel", "professional"),
    "by-unknown": ("inconnu", "unknown"),
    "version": ("version {number}", "version {number}"),
    "op-add": ("ajout", "added"),
    "op-replace": ("remplacement", "replaced"),
    "op-withdraw": ("retrait", "withdrawn"),
    "op-erase": ("effacement", "erased"),
    "op-visibility": ("visibilité", "visibility"),
    "op-conceal": ("lignes d’urgence retirées", "emergency lines removed"),
    "op-compact": ("compactage", "compacted"),
    "op-secrets:change": ("secret changé", "secret changed"),
    "op-secrets:revoke": ("clés révoquées", "keys revoked"),
    "op-secrets:emergency": ("code d’urgence", "emergency code"),
    "op-other": ("opération inconnue", "unknown operation"),
    # verify, doctor
    "examining": ("relecture", "reading"),
    "v-versions": ("VERSIONS", "VERSIONS"),
    "v-signatures": ("SIGNATURES", "SIGNATURES"),
    "v-entries": ("ENTRÉES", "ENTRIES"),
    "v-findings": ("ANOMALIES", "FINDINGS"),
    "v-verdict": ("VERDICT", "VERDICT"),
    "v-chain": ("{n}, chaîne, état et opérations contrôlés", "{n}, chain, state and operations checked"),
    "v-signed": ("{good} sur {n} vérifiées", "{good} of {n} verified"),
    "v-card": (" (carte de démonstration, pas une CPS)", " (demonstration card, not a CPS)"),
    "v-read": ("{n} relues, {bad} abîmées", "{n} read back, {bad} damaged"),
    "v-none": ("aucune", "none"),
    "v-0": ("en ordre", "in order"),
    "v-20": ("VERSION ANCIENNE : cherchez une autre copie", "OLDER VERSION: look for another copy"),
    "v-25": ("PAS EN ORDRE : ne vous y fiez pas sans le professionnel", "NOT IN ORDER: ask the professional first"),
    "v-26": ("entier, mais le fichier est à réparer : baladeur doctor", "whole, but the file wants repair: doctor"),
    "d-repaired": ("RÉPARÉ", "REPAIRED"),
    "d-left": ("RESTE", "LEFT"),
    "d-damaged": ("entrée {id} abîmée : cherchez-la dans une autre copie", "entry {id} damaged: look in another copy"),
    "d-commit": ("version {number} : {what}", "version {number}: {what}"),
    "d-blocked": (
        "rien n’a été réparé : cela effacerait la trace de ce qui manque ; cherchez d’abord une autre copie",
        "nothing was repaired: it would erase the trace of what is missing; look for another copy first",
    ),
    # emergency page
    "e-title": ("FICHE D’URGENCE", "EMERGENCY PAGE"),
    "e-demo": ("FICHE D’URGENCE [FICTIF]", "EMERGENCY PAGE [FICTIONAL]"),
    "e-ok": (
        "SIGNATURE VÉRIFIÉE : {signer}, le {date} (carte de démonstration, pas une CPS)",
        "SIGNATURE VERIFIED: {signer}, on {date} (demonstration card, not a CPS)",
    ),
    "e-not-checked": (
        "SIGNATURE NON VÉRIFIÉE : ce programme ne connaît pas cette carte ; fiche du {date}",
        "SIGNATURE NOT CHECKED: this program does not know that card; page of {date}",
    ),
    "e-wrong": ("SIGNATURE FAUSSE : ne vous fiez à aucune ligne", "WRONG SIGNATURE: rely on no line"),
    "e-none": (
        "PAS DE SIGNATURE : aucune ligne n’a été vérifiée par un professionnel",
        "NO SIGNATURE: no line was checked by a professional",
    ),
    "e-newer": ("une fiche plus récente existe peut-être ailleurs", "a newer page may exist elsewhere"),
    "e-withdrawn": ("{n} ligne(s) retirée(s) par le patient depuis", "{n} line(s) withdrawn by the patient since"),
    "e-declared": ("DÉCLARÉ PAR LE PATIENT, NON VÉRIFIABLE", "DECLARED BY THE PATIENT, UNVERIFIABLE"),
    "e-empty": (
        "RIEN N’Y EST RENSEIGNÉ : cela ne veut pas dire qu’il n’y a rien",
        "NOTHING IS RECORDED ON IT: this does not mean that there is nothing",
    ),
    "e-absent": ("ce dossier n’a pas de fiche d’urgence", "this record has no emergency page"),
    # secrets
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
    # files
    "copying": ("copie", "copying"),
    "copied": ("copié et relu", "copied and read back"),
    "c-same": ("identiques", "the same"),
    "c-older": ("le premier est plus ancien", "the first is older"),
    "c-newer": ("le premier est plus récent", "the first is newer"),
    "c-diverged": ("ils ont divergé : gardez les deux", "they have diverged: keep both"),
    "c-unrelated": ("ce sont deux dossiers différents", "these are two different records"),
    "c-common": ("dernière version commune : {number}", "last common version: {number}"),
    "r-found": ("{n} fichier(s) de dossier trouvé(s)", "{n} file(s) of a record found"),
    "r-next": (
        "le premier a la plus longue histoire : `baladeur copy` le met dans un répertoire vide",
        "the first has the longest history: `baladeur copy` puts it into an empty folder",
    ),
}
