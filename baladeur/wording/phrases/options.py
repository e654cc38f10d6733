"""What `--help` says of the options, in French, by what it says in English. What is not here is shown in English."""

OPTIONS: dict[str, str] = {
    "Which parts stand first.": "Ce qui vient d’abord.",
    "80 columns on every terminal: for screen readers, paper and tests.": "80 colonnes sur tout terminal : pour les "
    "lecteurs d’écran, le papier et les essais.",
    "Write it as `paper emergency -o` does: a PDF.": "L’écrit comme `paper emergency -o` : un PDF.",
    "For programs.": "Pour les programmes.",
    "Language of sentences; by default that of LANG.": "Langue des phrases ; par défaut celle de LANG.",
    "File that holds the secret; - is standard input.": "Fichier qui contient le secret ; - est l’entrée standard.",
    "Say what it would do; write nothing.": "Dit ce qui serait fait ; n’écrit rien.",
    "Do not ask.": "Ne rien demander.",
    "Keep it as a draft, unsigned; no card is needed.": "Le garder comme brouillon, non signé ; sans carte.",
    "A new folder for the doctor's receipt of what she signs.": "Un nouveau répertoire pour le reçu du médecin.",
    "File with the PIN of a demonstration or test card.": "Fichier avec le code d’une carte de démonstration ou de "
    "test.",
    "The PKCS#11 module to use: as --card MODULE.": "Le module PKCS#11 à employer : comme --card MODULE.",
    "The card that signs; MODULE: the card that this PKCS#11 module shows.": "La carte qui signe ; MODULE : celle que "
    "montre ce module PKCS#11.",
    "Today's date, 2026-11-23 or 2026-11-23T09:30, if this computer's clock is wrong; shown as declared.": "La date du "
    "jour, 2026-11-23 ou 2026-11-23T09:30, si l’horloge de l’ordinateur est fausse ; montrée comme déclarée.",
    "Go on although something may be missing from the record.": "Continuer bien que quelque chose manque peut-être au "
    "dossier.",
    "A field; SYSTEM:CODE is looked up, words are free text.": "Un champ ; SYSTÈME:CODE est cherché, des mots sont du "
    "texte libre.",
    "Go on with a draft that was kept.": "Continuer un brouillon gardé.",
    "Since when: 12/10/2026, 2026-10-12, 10/2026; auj: today.": "Depuis quand : 12/10/2026, 2026-10-12, 10/2026 ; auj "
    ": aujourd’hui.",
    "Why; it is signed and kept.": "Pourquoi ; c’est signé et gardé.",
    "How, if not as usual: stopped, completed, resolved, inactive, remission.": "Comment, si ce n’est pas comme "
    "d’habitude : stopped, completed, resolved, inactive, remission.",
    "Former and erased entries too.": "Aussi les entrées anciennes et effacées.",
    "The content as it was brought in, byte for byte.": "Le contenu tel qu’il est venu, octet pour octet.",
    "Look only: repair nothing.": "Regarder seulement : ne rien réparer.",
    "A demonstration record: the only kind that the demonstration card signs.": "Un dossier de démonstration : le seul "
    "que la carte de démonstration signe.",
    "JSON file: a FHIR Patient, or the simple form.": "Fichier JSON : un Patient FHIR, ou la forme simple.",
    "New PDF file with the 12 recovery words.": "Nouveau fichier PDF avec les 12 mots de secours.",
    "Led step by step, the words typed back; for screen readers, too.": "Pas à pas, les mots retapés ; aussi pour les "
    "lecteurs d’écran.",
    "Line by line, for screen readers.": "Ligne par ligne, pour les lecteurs d’écran.",
    "The tie to the patient, in words.": "Le lien avec le patient, en mots.",
    "A JSON file with the fields; - too.": "Un fichier JSON avec les champs ; - aussi.",
    "Its name, as the page will show it.": "Son nom, comme la fiche le montrera.",
    "When she was designated: 2024-05-01, 2024-05 or 2024.": "Quand elle a été désignée : 2024-05-01, 2024-05 ou 2024.",
    "By default the name of the file.": "Par défaut le nom du fichier.",
    "When they were written: 2024-05-01, 2024-05 or 2024.": "Quand elles ont été écrites : 2024-05-01, 2024-05 ou "
    "2024.",
    "The note itself; without FILE and --text it is read from standard input.": "La note elle-même ; sans FILE ni "
    "--text elle est lue sur l’entrée standard.",
    "By default the name of the file, or the first words of the note.": "Par défaut le nom du fichier, ou les premiers "
    "mots de la note.",
    "Who wrote it.": "Qui l’a écrite.",
    "Where: the place, the hospital, the country.": "Où : le lieu, l’hôpital, le pays.",
    "Its date: 2026-11-23, 2026-11 or 2026; by default today.": "Sa date : 2026-11-23, 2026-11 ou 2026 ; par défaut "
    "aujourd’hui.",
    "The type of entry that it becomes; by default what it is.": "La sorte d’entrée qu’il devient ; par défaut ce "
    "qu’il est.",
    "What kind of entry: allergy, treatment, report …": "Quelle sorte d’entrée : allergy, treatment, report …",
    "2026-11-23, 2026-11 or 2026.": "2026-11-23, 2026-11 ou 2026.",
    "The entry that this one replaces.": "L’entrée que celle-ci remplace.",
    "Compact afterwards, without asking.": "Compacter ensuite, sans demander.",
    "Take this secret instead of drawn words.": "Prendre ce secret au lieu de mots tirés.",
    "Which carer.": "Quel proche.",
    "emergency, carer: remove the access.": "emergency, carer : retirer l’accès.",
    "revoke: do not ask.": "revoke : ne rien demander.",
    "The screens after the first too.": "Aussi les écrans après le premier.",
    "Answers at most.": "Réponses au plus.",
    "Kind of file, if it is not recognised.": "La sorte du fichier, s’il n’est pas reconnu.",
    "Name of the table; by default that of the file.": "Le nom de la table ; par défaut celui du fichier.",
    "Edition to note, if the file does not say it.": "L’édition à noter, si le fichier ne la dit pas.",
    "The format.": "Le format.",
    "A new file (fhir, ips; - is standard output) or folder.": "Un nouveau fichier (fhir, ips ; - est la sortie "
    "standard) ou répertoire.",
    "Also what is for the dossier only (ips).": "Aussi ce qui est réservé au dossier (ips).",
    "The PKCS#11 module to use.": "Le module PKCS#11 à employer.",
    "The fingerprint was compared with one that the authority publishes.": "L’empreinte a été comparée avec celle que "
    "publie l’autorité.",
    "Language of the sheet and of sentences; by default that of LANG.": "Langue de la feuille et des phrases ; par "
    "défaut celle de LANG.",
    "The file to write, not there yet.": "Le fichier à écrire, qui n’existe pas encore.",
    "A name on the sheet; by default there is none.": "Un nom sur la feuille ; par défaut aucun.",
    "Also a code that any telephone reads, and keeps.": "Aussi un code que tout téléphone lit, et garde.",
    "File with the 12 words; - is standard input.": "Fichier avec les 12 mots ; - est l’entrée standard.",
    "Whom to call, with the number; by default a line to write on.": "Qui appeler, avec le numéro ; par défaut une "
    "ligne où l’écrire.",
    "Ask for the six emergency words and put them on the card.": "Demander les six mots d’urgence et les mettre sur la "
    "carte.",
    "File with the 6 words; - is standard input.": "Fichier avec les 6 mots ; - est l’entrée standard.",
    "A PDF file to write, not there yet.": "Un fichier PDF à écrire, qui n’existe pas encore.",
    "No colour: the same lines on every terminal.": "Sans couleur : les mêmes lignes sur tout terminal.",
    "All screens of the page, not the first one alone.": "Tous les écrans de la fiche, pas le premier seul.",
}
