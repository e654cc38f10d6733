"""What the commands of the card and of the trust list say: name → French, English."""

CARD: dict[str, tuple[str, str]] = {
    # the PIN
    "ask-pin": ("Code porteur :", "PIN of the card:"),
    "pin-for": ("carte de {who}", "card of {who}"),
    "pin-fewer": (
        "attention : un code faux a déjà été tapé, il reste deux essais au plus",
        "warning: a wrong PIN was typed before, at most two tries are left",
    ),
    "pin-keypad": ("tapez le code sur le lecteur", "type the PIN on the reader"),
    "pin-last": (
        "Il ne reste qu’UN essai sur la carte de {who} ; une erreur bloquerait aussi la facturation. Continuer ?",
        "Only ONE try is left on the card of {who}; an error would block billing too. Go on?",
    ),
    # after a signature
    "shared-session-kept": (
        "un autre programme tient aussi la carte : sa session a été gardée, la carte reste donc déverrouillée ; "
        "retirez-la en partant",
        "another program holds the card too: its session was kept, so the card stays unlocked; "
        "take it out when you leave",
    ),
    "not-relocked": (
        "la carte n’a pas pu être reverrouillée : retirez-la maintenant",
        "the card could not be locked again: take it out now",
    ),
    "receipt-ask": (
        "Reçu pour votre dossier du cabinet (données de santé, en clair) dans {where} ? [o/n]",
        "Receipt for your practice file (health data, in the clear) into {where}? [y/n]",
    ),
    "receipt-kept": ("reçu écrit ; mots de la version : {words}", "receipt written; words of the version: {words}"),
    # card status
    "k-service": ("SERVICE", "SERVICE"),
    "k-reader": ("LECTEUR", "READER"),
    "k-module": ("MODULE", "MODULE"),
    "k-card": ("CARTE", "CARD"),
    "k-problem": ("", ""),
    "k-roots": ("CONFIANCE", "TRUST"),
    "k-verdict": ("VERDICT", "VERDICT"),
    "k-ok": ("PC/SC répond", "PC/SC answers"),
    "k-no-service": (
        "PC/SC ne répond pas : démarrez le service (paquet pcscd sous Linux)",
        "PC/SC does not answer: start the service (package pcscd on Linux)",
    ),
    "k-no-pyscard": (
        "pyscard n’est pas installé : les cartes sont cherchées de temps en temps, et une carte n’est pas "
        "reverrouillée après une signature (pip install baladeur[reader])",
        "pyscard is not installed: cards are looked for now and then, and a card is not locked again after a signature "
        "(pip install baladeur[reader])",
    ),
    "k-empty": ("pas de carte", "no card"),
    "k-cps3": ("une CPS3", "a CPS3"),
    "k-cps4": ("une CPS4", "a CPS4"),
    "k-cps": ("une carte de la famille CPS", "a card of the CPS family"),
    "k-vitale": (
        "une carte Vitale : c’est celle du patient, retournez-la ou prenez l’autre fente",
        "a Vitale card: it is the patient's; turn it round or use the other slot",
    ),
    "k-unknown": ("une carte inconnue", "an unknown card"),
    "k-shared": (", un autre programme s’en sert aussi", ", another program uses it too"),
    "k-exclusive": (
        ", un autre programme la garde pour lui seul : fermez-le",
        ", another program keeps it for itself: close that",
    ),
    "k-ans": ("composant CPS de l’ANS", "the ANS's CPS component"),
    "k-opensc": ("OpenSC : lit les CPS, ne peut pas signer avec", "OpenSC: reads CPS cards, cannot sign with them"),
    "k-software": ("une carte en logiciel, pour les tests", "a card in software, for tests"),
    "k-other": ("autre module", "another module"),
    "k-no-certificate": ("pas de certificat de signature", "no signature certificate"),
    "k-holder": (
        "{who}, certificat valable jusqu’au {until}, {tries}",
        "{who}, certificate valid until {until}, {tries}",
    ),
    "k-test": (", carte de test", ", test card"),
    "k-tries-all": ("aucun code faux", "no wrong PIN"),
    "k-tries-fewer": ("un code faux : deux essais au plus", "one wrong PIN: at most two tries"),
    "k-tries-one": ("UN seul essai", "ONE try only"),
    "k-tries-none": ("code bloqué", "PIN blocked"),
    "k-no-roots": (
        "aucune racine ; `baladeur trust add` prend celles du composant CPS",
        "no root; `baladeur trust add` takes those of the CPS component",
    ),
    "k-can-sign": ("une carte peut signer", "a card can sign"),
    "k-cannot-sign": ("aucune carte ne peut signer", "no card can sign"),
    # trust
    "t-root": ("racine {who}, jusqu’au {until}", "root {who}, until {until}"),
    "t-authority": ("autorité {who}, jusqu’au {until}", "authority {who}, until {until}"),
    "t-official": ("IGC-Santé, reconnue à son empreinte", "IGC-Santé, known by its fingerprint"),
    "t-built-in": ("démonstration, fournie avec Baladeur", "demonstration, comes with Baladeur"),
    "t-real": ("vrais dossiers, ajoutée par vous", "real records, added by you"),
    "t-demonstration": ("dossiers de démonstration seulement", "demonstration records only"),
    "t-list": (
        "révocations de {who} : liste du {date}, {n} certificat(s)",
        "revocations by {who}: list of {date}, {n} certificate(s)",
    ),
    "t-stale": (", périmée", ", stale"),
    "t-none": (
        "aucune racine pour de vrais dossiers : `baladeur trust add`",
        "no root for real records: `baladeur trust add`",
    ),
    "t-ask": (
        "Cette empreinte est-elle exactement celle que l’autorité publie ?",
        "Is this fingerprint exactly the one that the authority publishes?",
    ),
    "t-added": ("ajoutée : {who} ({use})", "added: {who} ({use})"),
    "t-removed": ("retirée : {who}", "removed: {who}"),
    "t-list-added": ("révocations de {who} du {date} ajoutées", "revocations by {who} of {date} added"),
}
