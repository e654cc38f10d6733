"""What the screens say, Unlock, the emergency page and Sign: name → French, English. French has no-break spaces."""

SCREENS: dict[str, tuple[str, str]] = {
    # keys
    "key-help": ("Aide", "Help"),
    "key-language": ("English", "Français"),
    "key-theme": ("Couleurs", "Colours"),
    "key-close": ("Fermer", "Close"),
    "key-leave": ("Quitter", "Leave"),
    "key-close-key": ("Fermer la clé", "Close the key"),
    "key-open": ("Ouvrir", "Open"),
    "key-choose": ("Choisir la clé", "Choose the key"),
    "key-hide": ("Cacher", "Hide"),
    "key-whole": ("Tout", "All"),
    "key-first": ("Urgence", "Emergency"),
    "key-sign": ("Signer", "Sign"),
    "key-back-unsigned": ("Revenir sans signer", "Back, unsigned"),
    "key-yes": ("Oui", "Yes"),
    "key-no": ("Non", "No"),
    "key-take": ("Valider", "OK"),
    "key-agree": ("Continuer malgré tout", "Go on all the same"),
    # unlock
    "unlock-five": (
        "Dossier médical · Medical record · Krankenakte · Historia clínica · Cartella clinica",
        "Medical record · Dossier médical · Krankenakte · Historia clínica · Cartella clinica",
    ),
    "unlock-looking": ("Recherche de la clé…", "Looking for the key…"),
    "unlock-no-key": (
        "Aucune clé Baladeur n’est branchée. Branchez-la : elle sera vue toute seule. Pas encore de dossier, ou clé "
        "perdue ? Appuyez sur F6.",
        "No Baladeur key is plugged in. Plug it in: it is found by itself. No record yet, or a lost key? Press F6.",
    ),
    "unlock-key": ("Clé : {path}", "Key: {path}"),
    "unlock-keys": (
        "{n} clés sont branchées. Choisissez avec les flèches, puis Entrée :",
        "{n} keys are plugged in. Choose with the arrows, then Enter:",
    ),
    "unlock-ask": (
        "Les mots du dossier (8), de secours (12) ou d’urgence (6)",
        "The words of the record (8), of recovery (12) or of emergency (6)",
    ),
    "unlock-hint": (
        "Sans accents ; 4 lettres suffisent, ou le numéro du mot. Un espace entre les mots.",
        "Without accents; 4 letters are enough, or the word’s number. A space between words.",
    ),
    "unlock-count": ("{n} mots reconnus", "{n} words recognised"),
    "unlock-no-word": (
        "Le mot {n} n’est pas dans la liste : vérifiez ses 4 premières lettres.",
        "Word {n} is not in the list: check its first 4 letters.",
    ),
    "unlock-script": (
        "Ce clavier écrit en lettres {script}. Passez-le en latin, ou tapez les numéros des mots (4 chiffres chacun).",
        "This keyboard writes {script} letters. Switch it to Latin, or type the numbers of the words (4 digits each).",
    ),
    "script-CYRILLIC": ("cyrilliques", "Cyrillic"),
    "script-GREEK": ("grecques", "Greek"),
    "script-ARABIC": ("arabes", "Arabic"),
    "script-HEBREW": ("hébraïques", "Hebrew"),
    "script-CJK": ("chinoises", "Chinese"),
    "script-HIRAGANA": ("japonaises", "Japanese"),
    "script-KATAKANA": ("japonaises", "Japanese"),
    "script-HANGUL": ("coréennes", "Korean"),
    "script-DEVANAGARI": ("devanagari", "Devanagari"),
    "script-THAI": ("thaïes", "Thai"),
    "script-OTHER": ("non latines", "non-Latin"),
    "unlock-working": ("Calcul de la clé… {s} s", "Deriving the key… {s} s"),
    "help-unlock": (
        "Tapez les mots que le patient vous donne, ou ceux de sa carte d’urgence. Huit mots ouvrent le dossier, "
        "douze mots de secours aussi, six mots la fiche d’urgence seule. Rien n’est écrit sur la clé.",
        "Type the words that the patient gives you, or those of the emergency card. Eight words open the record, "
        "twelve recovery words do, too, six words the emergency page alone. Nothing is written to the key.",
    ),
    "help-secret": (
        "Les mots se tapent sans accents, en entier, par leurs 4 premières lettres ou par leur numéro à 4 chiffres. "
        "La flèche droite accepte la fin proposée. F4 cache ce qui est tapé.",
        "Words are typed without accents, whole, by their first 4 letters or by their 4-digit number. "
        "The right arrow takes the ending that is offered. F4 hides what is typed.",
    ),
    # what is open
    "opened-words": ("Ouvert par les 8 mots", "Opened by the 8 words"),
    "opened-phrase": ("Ouvert par la phrase du patient", "Opened by the patient’s own phrase"),
    "opened-recovery": ("Ouvert par les 12 mots de secours", "Opened by the 12 recovery words"),
    "opened-carer": ("Ouvert par les mots d’un aidant", "Opened by a carer’s words"),
    "opened-emergency": ("Ouvert par le code d’urgence", "Opened by the emergency code"),
    "dossier-open": ("dossier ouvert", "dossier open"),
    "locks-in": (
        "le dossier se ferme dans {time} : une touche le garde ouvert",
        "the dossier closes in {time}: any key keeps it open",
    ),
    "page-alone": (
        "fiche seule, encore {time} ; une touche la prolonge",
        "this page alone, {time} more; any key extends it",
    ),
    "busy": ("Écriture en cours : un instant.", "Writing: one moment."),
    "removable": ("Vous pouvez retirer la clé.", "You can remove the key."),
    "locked-gone": (
        "La clé a été retirée. La dernière version signée est intacte. Rebranchez-la.",
        "The key was pulled. The last signed version is intact. Plug it in again.",
    ),
    "locked-idle": (
        "Fermé : personne n’a touché le clavier. Vous pouvez retirer la clé, ou taper les mots pour continuer.",
        "Closed: nobody touched the keyboard. You can remove the key, or type the words to go on.",
    ),
    "locked-asleep": (
        "Fermé pendant la veille de l’ordinateur. Tapez les mots pour continuer.",
        "Closed while the computer slept. Type the words to go on.",
    ),
    "locked-suspended": (
        "Fermé quand le programme a été suspendu. Tapez les mots pour continuer.",
        "Closed when the program was suspended. Type the words to go on.",
    ),
    "halted": (
        "Baladeur est suspendu, le dossier est fermé. Tapez « fg » pour y revenir. Vous pouvez retirer la clé.",
        "Baladeur is suspended, the record is closed. Type “fg” to come back. You can remove the key.",
    ),
    # emergency page
    "help-emergency": (
        "Ce qui peut tuer est en haut : !! critique, ! prudence, ? personne n’en répond. La première vue tient sur "
        "l’écran ; ce qui manque y est compté, et « t » montre tout.",
        "What can kill stands on top: !! critical, ! caution, ? nobody vouches for it. The first view fits the screen; "
        "what is missing is counted there, and “t” shows all.",
    ),
    # sign
    "sign-title": ("À SIGNER : {n}", "TO SIGN: {n}"),
    "sign-who": ("Signera : {who}", "Will sign: {who}"),
    "sign-holder": (
        "Déclaré par le patient, sans carte : aucune ligne médicale.",
        "Declared by the patient, without a card: no medical line.",
    ),
    "sign-safe": ("Échap : rien n’est écrit.", "Escape: nothing is written."),
    "sign-agree": (
        "Une version plus récente manque peut-être à ce fichier : cherchez d’abord une autre copie. "
        "« a » continue à partir d’ici.",
        "A newer version may be missing from this file: look for another copy first. “a” goes on from here.",
    ),
    "sign-day": (
        "L’horloge de cet ordinateur ne peut pas être juste. Quel jour sommes-nous (2026-11-23) ? "
        "La date sera marquée comme déclarée.",
        "This computer’s clock cannot be right. What is today’s date (2026-11-23)? It will be marked as declared.",
    ),
    "sign-working": ("Signature et écriture… ne retirez pas la clé.", "Signing and writing… do not remove the key."),
    "sign-sealed": (
        "Signé et écrit : version {number}.",
        "Signed and written: version {number}.",
    ),
    "sign-written": ("Écrit : version {number}.", "Written: version {number}."),
    "pin-screen": ("Code porteur de la carte de {who} :", "PIN of the card of {who}:"),
    "pin-tries-all": ("Échap : rien n’est écrit.", "Escape: nothing is written."),
    "pin-tries-fewer": (
        "Attention : un code faux a déjà été tapé, il reste deux essais au plus.",
        "Warning: a wrong PIN was typed before, at most two tries are left.",
    ),
    "pin-tries-one": (
        "DERNIER ESSAI : une erreur bloque la carte, la facturation aussi.",
        "LAST TRY: an error blocks the card, billing too.",
    ),
    "key-receipt": ("Reçu", "Receipt"),
    "key-sheet": ("Fiche PDF", "Page as PDF"),
    "signed-offers": (
        "c : copier le dossier, chiffré, à un second endroit. r : un reçu pour le dossier du cabinet · p : la nouvelle "
        "fiche en PDF à imprimer, tous deux en clair, hors de la clé. Entrée : continuer.",
        "c: copy the record, encrypted, to a second place. r: a receipt for the practice file · p: the new page as a "
        "PDF to print, both in the clear, outside the key. Enter: go on.",
    ),
    "signed-copied": ("Copié à un second endroit, et relu.", "Copied to a second place, and read back."),
    "signed-receipt": ("Reçu écrit dans {where} ; mots de la version : {words}", "Receipt in {where}; words: {words}"),
    "signed-sheet": (
        "Fiche écrite dans {where} ; détruisez l’ancienne feuille.",
        "Page in {where}; destroy the old sheet.",
    ),
    "help-signed": (
        "La signature est écrite sur la clé. Le reçu et la feuille sont en clair : ils quittent le dossier chiffré.",
        "The signature is on the key. Receipt and sheet are in the clear: they leave the encrypted record.",
    ),
    "help-sign": (
        "Relisez chaque phrase : une seule signature les couvre toutes. Échap revient sans rien écrire.",
        "Read each sentence: one signature covers them all. Escape goes back and writes nothing.",
    ),
    # an unexpected end
    "screen-unknown": (
        "baladeur : une erreur imprévue a fermé le programme ; le dossier est à sa dernière version finie ; "
        "signalez l’identifiant {id}.",
        "baladeur: an unexpected error closed the program; the record is at its last finished version; "
        "report the id {id}.",
    ),
}
