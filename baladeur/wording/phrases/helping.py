"""What `--help` says of the commands, in French, by what it says in English: the first sentence or paragraph of each.

What is not here is shown in English.
"""

#: Click's own words.
FRAME: dict[str, str] = {
    "Usage: ": "Usage : ",
    "Options": "Options",
    "Commands": "Commandes",
    "Show this message and exit.": "Montre cette aide.",
    "Show the version and exit.": "Montre la version.",
    "required": "obligatoire",
    "default": "par défaut",
}

COMMANDS: dict[str, str] = {
    "Baladeur: the medical record that the patient carries.": "Baladeur : le dossier médical que le patient porte.",
    "PATH is the key's folder or the file. Data goes to standard output, narration to standard error. "
    "Without a command, on a terminal, the screens start.": "PATH est le répertoire de la clé, ou le fichier. "
    "Les données vont sur la sortie standard, les messages sur la sortie d’erreur. Sans commande, sur un terminal, "
    "les écrans démarrent.",
    "Show the emergency page, with any secret of the record; with the dossier open it is compared with it.": "Montre "
    "la fiche d’urgence, avec n’importe quel secret du dossier ; dossier ouvert, elle est comparée avec lui.",
    "Show the emergency page by its six words: as `summary --plain`.": "Montre la fiche d’urgence par ses six mots, "
    "comme `summary --plain`.",
    "Import FHIR R4 documents (JSON files, or a folder of them), signed by a card. All of them or none.": "Importe des "
    "documents FHIR R4 (fichiers JSON, ou un répertoire), signés par une carte. Tous ou aucun.",
    "Say, signed, that whole sections were gone through: medications, allergies.": "Dit, signé, que des rubriques "
    "entières ont été relues : medications (traitements), allergies.",
    "Change lines of the record: add, stop, correct, confirm, withdraw; signed by a card.": "Change des lignes du "
    "dossier : ajouter, arrêter, corriger, confirmer, retirer ; signé par une carte.",
    "Add an entry of a KIND: `edit PATH forms` names them, `edit PATH forms KIND` the fields of one.": "Ajoute une "
    "entrée d’une sorte (KIND) : `edit PATH forms` les nomme, `edit PATH forms KIND` nomme les champs d’une sorte.",
    "Stop the treatment, or end the problem, allergy or device, of a line; the former version is kept.": "Arrête le "
    "traitement, ou termine le problème, l’allergie ou le dispositif d’une ligne ; l’ancienne version est gardée.",
    "Correct fields of a line: a new version; the former one is kept.": "Corrige des champs d’une ligne : une "
    "nouvelle version ; l’ancienne est gardée.",
    "Say, signed, that lines hold unchanged.": "Dit, signé, que des lignes valent toujours, inchangées.",
    "Say, signed, that an entry was recorded by mistake: it stays in the history only.": "Dit, signé, qu’une entrée a "
    "été saisie par erreur : elle ne reste que dans l’historique.",
    "What the form of a line shows: the fields that `correct` changes.": "Ce que montre le formulaire d’une ligne : "
    "les champs que `correct` change.",
    "The kinds of entries that are written here, or the fields of one.": "Les sortes d’entrées qui s’écrivent ici, ou "
    "les champs de l’une.",
    "Changes that wait for a signature, kept in the record.": "Des changements qui attendent une signature, gardés "
    "dans le dossier.",
    "List them: from when, how many changes.": "Les liste : de quand, combien de changements.",
    "What one of them would do now, and the page that it would give.": "Ce que l’un d’eux ferait maintenant, et la "
    "fiche qu’il donnerait.",
    "Sign one of them: it becomes a version, and is no draft any more.": "Signe l’un d’eux : il devient une version, "
    "et n’est plus un brouillon.",
    "Withdraw one of them; the history keeps it, `baladeur erase` erases it.": "Retire l’un d’eux ; l’historique le "
    "garde, `baladeur erase` l’efface.",
    "List the entries.": "Liste les entrées.",
    "Show one entry; ID may be the beginning of its id.": "Montre une entrée ; ID peut être le début de son "
    "identifiant.",
    "List the versions: when, who, what, and whether each can be relied on.": "Liste les versions : quand, qui, quoi, "
    "et si l’on peut se fier à chacune.",
    "Check the chain, the state, the operations, the signatures, and open every entry.": "Contrôle la chaîne, l’état, "
    "les opérations, les signatures, et ouvre chaque entrée.",
    "Say what is wrong with this file, repair what can be, and say what was repaired.": "Dit ce qui ne va pas dans ce "
    "fichier, répare ce qui peut l’être, et dit ce qui a été réparé.",
    "Create a record in the folder PATH and show its words once; or take the secret of --secret-file.": "Crée un "
    "dossier dans le répertoire PATH et montre ses mots une fois ; ou prend le secret de --secret-file.",
    "For the patient: create a record, or look after the one at PATH, led step by step.": "Pour le patient : créer un "
    "dossier, ou s’occuper de celui de PATH, pas à pas.",
    "What the patient adds without a card; each is shown as declared by her.": "Ce que le patient ajoute sans carte ; "
    "tout est montré comme déclaré par lui.",
    "Whom to call.": "Qui appeler.",
    "List them.": "Les liste.",
    "Withdraw one; it stays in the history until it is erased (`baladeur erase`).": "En retire un ; il reste dans "
    "l’historique jusqu’à ce qu’il soit effacé (`baladeur erase`).",
    "Add somebody to call. What is missing is asked on a terminal.": "Ajoute une personne à appeler. Ce qui manque est "
    "demandé, sur un terminal.",
    "Languages that the patient speaks; adding one again replaces it.": "Les langues que parle le patient ; en ajouter "
    "une de nouveau la remplace.",
    "Add a language by its code: fr, ar, pt-BR …": "Ajoute une langue par son code : fr, ar, pt-BR …",
    "The trusted person (personne de confiance); there is one, a new one replaces it.": "La personne de confiance ; il "
    "y en a une, une nouvelle la remplace.",
    "Name the trusted person, in the place of the former one.": "Nomme la personne de confiance, à la place de la "
    "précédente.",
    "Scans of the advance directives.": "Les directives anticipées, numérisées.",
    "Add FILE, a scan of the advance directives.": "Ajoute FILE, les directives anticipées numérisées.",
    "Put the identity of FILE.json in the place of the present one: a FHIR Patient, or the simple form.": "Met "
    "l’identité de FILE.json à la place de l’actuelle : un Patient FHIR, ou la forme simple.",
    "Once a professional has signed anything, --card is needed.": "Dès qu’un professionnel a signé quelque chose, il "
    "faut --card.",
    "Put FILE or a note, unsigned, into the pending tray; a professional adopts or rejects it later.": "Met FILE ou "
    "une note, non signés, en attente ; un professionnel l’adopte ou le rejette plus tard.",
    "What waits in the pending tray, unsigned: see it, adopt it, reject it.": "Ce qui est en attente, non signé : "
    "voir, adopter, rejeter.",
    "List what waits: from when, by whom, where.": "Liste ce qui attend : de quand, de qui, d’où.",
    "Show one of them.": "En montre un.",
    "Adopt them into the record, signed: a FHIR file is imported, anything else becomes a document.": "Les adopte dans "
    "le dossier, signé : un fichier FHIR est importé, le reste devient un document.",
    "Reject them, signed; the document and the reason stay in the history.": "Les rejette, signé ; le document et le "
    "motif restent dans l’historique.",
    "Add FILE as an entry signed by a card.": "Ajoute FILE comme une entrée signée par une carte.",
    "Show entries everywhere, or in the dossier only: the patient decides what the emergency page tells.": "Montre des "
    "entrées partout (everywhere), ou dans le dossier seulement (dossier) : le patient décide de ce que dit la fiche "
    "d’urgence.",
    "Erase all versions of the entries named, for ever; on a terminal it asks first.": "Efface pour toujours toutes "
    "les versions des entrées nommées ; sur un terminal, demande d’abord.",
    "Write the record anew, without the bytes of what was erased.": "Réécrit le dossier, sans les octets de ce qui a "
    "été effacé.",
    "Who may open the record.": "Qui peut ouvrir le dossier.",
    "list: which access opened it. change: another everyday secret; locks out nobody who kept a copy. "
    "recovery, carer: another 12 words. emergency: the 6 words for the emergency page. revoke: the key was "
    "in other hands.": "list : quel accès l’a ouvert. change : un autre secret de tous les jours ; n’exclut personne "
    "qui a gardé une copie. recovery, carer : 12 autres mots (secours, proche). emergency : les 6 mots de la fiche "
    "d’urgence. revoke : la clé a été en d’autres mains.",
    "Copy the record into FOLDER and read it back there; only an older copy of the same record is replaced.": "Copie "
    "le dossier dans FOLDER et l’y relit ; seule une copie plus ancienne du même dossier est remplacée.",
    "Say how the record at A stands to the one at B.": "Dit comment le dossier de A se situe par rapport à celui de B.",
    "Take into PATH what OTHER, a copy that went on by itself, has since; both must open with the same secret.": ""
    "Prend dans PATH ce que OTHER, une copie qui a continué seule, a de plus ; le même secret doit ouvrir les deux.",
    "OTHER is not changed. Commits of it that do not hold are told, and their entries are taken with --agree only.": ""
    "OTHER n’est pas modifié. Ses versions qui ne tiennent pas sont dites, et leurs entrées prises avec --agree "
    "seulement.",
    "Find the files of a record in a folder, whatever a repair program has called them; nothing is changed.": "Trouve "
    "les fichiers d’un dossier dans un répertoire, quel que soit leur nom ; rien n’est modifié.",
    "Show the emergency page that a FHIR R4 document (JSON) would give. Nothing is stored.": "Montre la fiche "
    "d’urgence que donnerait un document FHIR R4 (JSON). Rien n’est gardé.",
    "Say what is wrong with FHIR R4 documents (JSON; one resource a line in .ndjson). Nothing is stored or sent.": ""
    "Dit ce qui ne va pas dans des documents FHIR R4 (JSON ; une ressource par ligne en .ndjson). Rien n’est gardé ni "
    "envoyé.",
    "Exit code: 0 nothing above a note, 57 warnings, 56 errors, 50 not readable; the gravest of all files counts.": ""
    "Code de sortie : 0 rien de plus qu’une remarque, 57 avertissements, 56 erreurs, 50 illisible ; le plus grave de "
    "tous les fichiers compte.",
    "Look up a drug, a problem, an allergy, an analyte, an act … by its beginning, a brand, a code, or nearly so.": ""
    "Cherche un médicament, un problème, une allergie, une analyse, un acte … par son début, une marque, un code, ou à "
    "peu près.",
    "Official tables of codes: BDPM, CIM-10 FR, CCAM, LOINC FR, ATC/DDD, ANS (JDV, TRE), SNOMED GPS.": "Les tables de "
    "codes officielles : BDPM, CIM-10 FR, CCAM, LOINC FR, ATC/DDD, ANS (JDV, TRE), SNOMED GPS.",
    "Check an official file and add it, or replace the table of the same name.": "Contrôle un fichier officiel et "
    "l’ajoute, ou remplace la table du même nom.",
    "List the imported tables.": "Liste les tables importées.",
    "Show what is known of one imported table.": "Montre ce que l’on sait d’une table importée.",
    "Delete one imported table from this computer.": "Supprime une table importée de cet ordinateur.",
    "Hand out the record in an open format, unencrypted. Nothing in the record changes.": "Sort le dossier dans un "
    "format ouvert, non chiffré. Rien n’y change.",
    "The professional's card.": "La carte du professionnel.",
    "Readers, cards, modules, certificates: what works and what is missing. Asks for no PIN and shows no secret.": ""
    "Lecteurs, cartes, modules, certificats : ce qui marche et ce qui manque. Ne demande aucun code et ne montre aucun "
    "secret.",
    "Whose signatures this computer takes for true.": "De qui cet ordinateur tient les signatures pour vraies.",
    "Authorities and revocation lists.": "Les autorités et les listes de révocation.",
    "Enter the authorities of FILE (PEM or DER); without FILE, the official ones of the installed CPS component.": ""
    "Inscrit les autorités de FILE (PEM ou DER) ; sans FILE, celles, officielles, du composant CPS installé.",
    "Take out the authority whose fingerprint begins so (eight digits or more).": "Retire l’autorité dont l’empreinte "
    "commence ainsi (huit chiffres ou plus).",
    "Enter a revocation list (DER or PEM) of an authority that is in the list.": "Inscrit une liste de révocation (DER "
    "ou PEM) d’une autorité qui est dans la liste.",
    "What is printed: PDF files, which go where you say.": "Ce qui s’imprime : des fichiers PDF, là où vous dites.",
    "The emergency page on one A4 sheet, with any secret of the record.": "La fiche d’urgence sur une feuille A4, avec "
    "n’importe quel secret du dossier.",
    "The recovery sheet: type the 12 words, which must open the record; they go on one A4 sheet.": "La feuille de "
    "secours : tapez les 12 mots, qui doivent ouvrir le dossier ; ils vont sur une feuille A4.",
    "The wallet card: that there is a key, whom to call, and the emergency code if you want it there.": "La carte de "
    "portefeuille : qu’il y a une clé, qui appeler, et le code d’urgence si vous l’y voulez.",
    "Print what the RGPD asks for: notice (for the patient), register (for the doctor), breach (a lost key).": ""
    "Imprime ce que demande le RGPD : notice (pour le patient), register (pour le médecin), breach (une clé perdue).",
    "The sheets are in French and were reviewed by nobody yet.": "Les feuilles sont en français, et personne ne les a "
    "encore relues.",
    "What lies on the key beside the record.": "Ce qui est sur la clé, à côté du dossier.",
    "Write lire.html: one file that opens a record in any browser, with no program and no network.": "Écrit lire.html "
    ": un seul fichier qui ouvre un dossier dans tout navigateur, sans programme ni réseau.",
    "Put lire.html, LISEZ-MOI.txt and READ-ME.txt into a folder, where they are not yet; create does it too.": "Met "
    "lire.html, LISEZ-MOI.txt et READ-ME.txt dans un répertoire, s’ils n’y sont pas ; create le fait aussi.",
    "Go the whole way with a fictional patient: create, import, sign, pull the key, reopen, read the page.": "Fait "
    "tout le chemin avec un patient fictif : créer, importer, signer, arracher la clé, rouvrir, lire la fiche.",
    "Start the screens: with the record at PATH, else with the key that is plugged in.": "Démarre les écrans : avec le "
    "dossier de PATH, sinon avec la clé branchée.",
}
