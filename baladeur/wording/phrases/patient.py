"""What is said to a patient at the first run, and when she opens her record: name → French, English.

Plain words, read aloud once: somebody who is afraid of the machine has to follow them.
"""

PATIENT: dict[str, tuple[str, str]] = {
    # answers
    "p-yes": ("Oui", "Yes"),
    "p-no": ("Non", "No"),
    "p-again": ("Réessayer", "Try again"),
    "p-retry": ("Réessayer", "Try again"),
    "p-stop": ("Arrêter", "Stop"),
    "p-go-on": ("Continuer", "Go on"),
    "p-stop-here": ("M’arrêter là", "Stop here"),
    "p-later-no": ("Plus tard", "Later"),
    "p-not-yet": ("Pas encore", "Not yet"),
    "p-right": ("C’est juste", "That is right"),
    "p-correct": ("À corriger", "To be corrected"),
    # on the screen
    "key-go-on": ("Continuer", "Go on"),
    "key-stop": ("Arrêter", "Stop"),
    "key-copy": ("Copier", "Copy"),
    "key-patient": ("Créer, perdu, mes mots", "Create, lost, my words"),
    "talk-covered": (
        "(Les mots sont cachés : personne n’a touché le clavier. Une touche les remontre.)",
        "(The words are hidden: nobody touched the keyboard. Any key shows them again.)",
    ),
    "talk-read": ("Entrée : continuer", "Enter: go on"),
    "talk-read-on": (
        "Flèches pour lire la suite ; Entrée : continuer",
        "Arrows to read what follows; Enter: go on",
    ),
    "talk-choose": ("Flèches pour choisir, puis Entrée", "Arrows to choose, then Enter"),
    "talk-pick": ("Flèches, puis Entrée pour changer la ligne", "Arrows, then Enter to change the line"),
    "talk-type": ("Tapez, puis Entrée", "Type, then Enter"),
    "talk-optional": ("Tapez, puis Entrée ; Entrée seule pour passer", "Type, then Enter; Enter alone to leave it out"),
    "talk-done": ("C’est bien ainsi", "It is right like this"),
    "help-talk": (
        "Les flèches choisissent, Entrée répond. Échap est toujours sûr : rien n’est écrit sans que ce soit dit. "
        "F4 cache ce que vous tapez.",
        "The arrows choose, Enter answers. Escape is always safe: nothing is written without saying so. "
        "F4 hides what you type.",
    ),
    # line by line
    "l-stop": (
        "Pour arrêter à tout moment : tapez stop, puis Entrée.",
        "To stop at any moment: type stop, then Enter.",
    ),
    "l-go-on": ("Entrée pour continuer :", "Enter to go on:"),
    "l-copied": (
        "Entrée quand tout est copié ; l’écran sera effacé :",
        "Enter when all is copied; the screen will be wiped:",
    ),
    "l-copied-stays": ("Entrée quand tout est copié :", "Enter when all is copied:"),
    "l-secret": (
        "(Ce que vous tapez se voit, puis s’efface. Quelqu’un regarde ? Entrée seule masque la frappe.)",
        "(What you type is seen, then wiped. Is somebody looking? Enter alone hides what you type.)",
    ),
    "l-hidden": ("(masqué) >", "(hidden) >"),
    "l-cannot-wipe": (
        "Ce terminal ne sait pas effacer l’écran : fermez sa fenêtre dès que vous avez fini.",
        "This terminal cannot wipe its screen: close its window as soon as you are done.",
    ),
    "l-choose": (
        "Un numéro, de 1 à {n} (Entrée seule : {safe}) :",
        "A number, from 1 to {n} (Enter alone: {safe}):",
    ),
    "l-pick": (
        "Le numéro d’une ligne la change, de 1 à {n} ; Entrée seule quand c’est bien :",
        "The number of a line changes it, from 1 to {n}; Enter alone when it is right:",
    ),
    "l-not-a-number": ("Tapez un chiffre entre 1 et {n}.", "Type a number between 1 and {n}."),
    # stopping
    "p-stop-ask-new": (
        "S’arrêter maintenant ? Rien n’est encore créé. Si vous arrêtez, les mots notés ne serviront à rien.",
        "Stop now? Nothing is created yet. If you stop, the words that you wrote down will be of no use.",
    ),
    "p-stop-ask-words": (
        "S’arrêter maintenant ? Ces nouveaux mots ne valent pas encore. Si vous arrêtez, rien ne change.",
        "Stop now? These new words are not in force yet. If you stop, nothing changes.",
    ),
    "p-nothing-made": ("Rien n’a été créé.", "Nothing was created."),
    "p-nothing-made-paper": (
        "La clé est restée comme elle était. Si vous avez noté des mots, barrez-les : ils n’ouvrent rien. "
        "Vous pouvez recommencer quand vous voulez ; d’autres mots seront tirés.",
        "The key stayed as it was. If you wrote words down, strike them out: they open nothing. "
        "You can begin again whenever you like; other words will be drawn.",
    ),
    "p-stopped": ("Arrêté. Rien n’a changé.", "Stopped. Nothing has changed."),
    "p-stopped-written": (
        "Arrêté. Ce qui était déjà écrit reste écrit.",
        "Stopped. What was written already stays written.",
    ),
    # language and keyboard
    "p-language": ("Langue · Language", "Langue · Language"),
    "p-language-fr": ("Français", "Français"),
    "p-language-en": ("English", "English"),
    "p-keyboard": (
        "Essayons le clavier. Tapez ce mot, puis Entrée : {word}",
        "Let us try the keyboard. Type this word, then Enter: {word}",
    ),
    "p-keyboard-on": ("Continuer avec ce clavier", "Go on with this keyboard"),
    "p-key-capitals": (
        "Le clavier écrit en majuscules. Ce n’est pas grave ici : majuscules et accents ne comptent pas.",
        "The keyboard writes capitals. That does no harm here: capitals and accents do not count.",
    ),
    "p-key-azerty": (
        "L’ordinateur croit avoir un clavier français (AZERTY), mais vos touches sont celles d’un autre. "
        "A sort à la place de Q, et Z à la place de W. Changez de clavier dans l’ordinateur, ou tapez les numéros.",
        "The computer believes that its keyboard is a French one (AZERTY), but your keys show another. "
        "A and Q change places, and so do Z and W. Change the keyboard in the computer, or type the numbers.",
    ),
    "p-key-qwerty": (
        "L’ordinateur croit avoir un clavier anglais (QWERTY), mais vos touches sont celles d’un autre. "
        "A et Q changent de place, Z et W aussi. Changez de clavier dans l’ordinateur, ou tapez les numéros.",
        "The computer believes that its keyboard is an English one (QWERTY), but your keys show another. "
        "A and Q change places, and so do Z and W. Change the keyboard in the computer, or type the numbers.",
    ),
    "p-key-qwertz": (
        "Les lettres Z et Y changent de place sur ce clavier. Regardez l’écran en tapant, ou tapez les numéros.",
        "The letters Z and Y change places on this keyboard. Watch the screen while you type, or type the numbers.",
    ),
    "p-key-swapped": (
        "Les lettres A et Q changent de place sur ce clavier. Regardez l’écran en tapant, ou tapez les numéros.",
        "The letters A and Q change places on this keyboard. Watch the screen while you type, or type the numbers.",
    ),
    "p-key-other": (
        "Ce n’est pas le mot demandé. Une touche à côté, ou un clavier d’un autre pays.",
        "This is not the word that was asked for. A wrong key, or a keyboard of another country.",
    ),
    "p-key-not-latin": (
        "Le clavier écrit dans un autre alphabet. Passez-le aux lettres latines (souvent la touche Windows et la barre "
        "d’espace ensemble, ou Alt et Maj), ou tapez le numéro de chaque mot, en chiffres.",
        "The keyboard writes in another alphabet. Switch it to Latin letters (often the Windows key and the space bar "
        "together, or Alt and Shift), or type the number of each word, in digits.",
    ),
    "p-key-numbers": (
        "Chaque mot a aussi un numéro de quatre chiffres : il vaut le mot.",
        "Each word also has a number of four digits: it does instead of the word.",
    ),
    # the key
    "p-there-is-one": (
        "Il y a déjà un dossier sur cette clé. Il reste comme il est.",
        "There is a record on this key already. It stays as it is.",
    ),
    "p-beside": ("Créer un autre dossier, à côté", "Create another record beside it"),
    "p-beside-more": (
        "Pour une autre personne. Chaque dossier a ses propres mots.",
        "For another person. Each record has its own words.",
    ),
    # welcome
    "p-welcome": ("Votre dossier médical, sur votre clé.", "Your medical record, on your key."),
    "p-welcome-steps": (
        "Il faut dix minutes, du papier et un stylo. 1. L’ordinateur tire 8 mots : ils ouvrent le dossier. "
        "2. Vous les retapez. 3. Il tire 12 mots de secours, pour le papier. 4. Vous en retapez trois d’après le "
        "papier. Alors seulement le dossier est créé.",
        "You need ten minutes, paper and a pen. 1. The computer draws 8 words: they open the record. "
        "2. You type them back. 3. It draws 12 recovery words, for the paper. 4. You type three of them from the "
        "paper. Only then is the record created.",
    ),
    "p-welcome-paper": (
        "Vous pouvez vous arrêter à tout moment : rien n’est écrit avant la fin.",
        "You can stop at any moment: nothing is written before the end.",
    ),
    "p-who": ("Pour qui est ce dossier ?", "Whose record will it be?"),
    "p-who-me": ("Pour moi", "Mine"),
    "p-who-other": ("Pour une personne qui est à côté de moi", "That of a person who is here with me"),
    "p-who-other-more": (
        "Vous l’aidez ; c’est elle qui verra les mots et les tapera.",
        "You help; that person sees the words and types them.",
    ),
    "p-who-ward": ("Pour un enfant ou une personne que je représente", "That of a child or a person in my care"),
    "p-who-ward-more": (
        "Vous gardez les mots à sa place.",
        "You keep the words in that person’s place.",
    ),
    "p-hand-over": (
        "Donnez le clavier et l’écran à la personne. Vous qui aidez, ne regardez plus : "
        "ces mots ouvrent tout le dossier. La personne est-elle au clavier ?",
        "Give the keyboard and the screen to that person. You who help, look away now: "
        "these words open the whole record. Is that person at the keyboard?",
    ),
    "p-hand-over-yes": ("Oui, c’est moi, le dossier est le mien", "Yes, it is me, and the record is mine"),
    "p-hand-over-wait": (
        "Prenez votre temps. Les mots ne paraissent pas avant.",
        "Take your time. The words do not appear before.",
    ),
    "p-ward": (
        "Vous gardez ces mots pour cette personne. Donnez-les-lui le jour où elle peut les garder, "
        "et changez-les ce jour-là si d’autres les ont eus.",
        "You keep these words for that person. Hand them over on the day when they can be kept by their owner, "
        "and change them that day if others have had them.",
    ),
    "p-hand-back": (
        "Les mots ne paraîtront plus. Vous pouvez rendre le clavier à la personne qui vous aide.",
        "The words will not appear any more. You may give the keyboard back to the person who helps you.",
    ),
    # the words
    "p-before-recovery": (
        "Douze mots de secours vont paraître.",
        "Twelve recovery words will appear.",
    ),
    "p-before-emergency": ("Six mots d’urgence vont paraître.", "Six emergency words will appear."),
    "p-before-carer": (
        "Douze mots vont paraître, ceux de votre proche.",
        "Twelve words will appear, those of your carer.",
    ),
    "p-before-words": (
        "Huit mots vont paraître. Ils ouvrent le dossier.",
        "Eight words will appear. They open the record.",
    ),
    "p-words-alone": (
        "Êtes-vous seul devant l’écran ? Personne d’autre ne doit les voir, ni les photographier. "
        "Une fois vérifiés, ils ne paraîtront plus jamais.",
        "Are you alone at the screen? Nobody else may see them, or take a picture. "
        "Once they are checked they will never appear again.",
    ),
    "p-show-words": ("Vos 8 mots. Copiez-les, dans l’ordre.", "Your 8 words. Copy them, in this order."),
    "p-show-recovery": (
        "Vos 12 mots de secours. Copiez-les sur le papier, avec leur rang.",
        "Your 12 recovery words. Copy them onto the paper, each with its place.",
    ),
    "p-show-emergency": (
        "Vos 6 mots d’urgence. Copiez-les sur une carte.",
        "Your 6 emergency words. Copy them onto a card.",
    ),
    "p-show-carer": (
        "Les 12 mots de votre proche. Il les copie, avec leur rang.",
        "Your carer’s 12 words. The carer copies them, each with its place.",
    ),
    "p-show-how": (
        "Les chiffres entre parenthèses valent le mot, si un clavier ne sait pas l’écrire.",
        "The digits in brackets do instead of the word, if a keyboard cannot write it.",
    ),
    "p-back-all": (
        "Retapez les {n} mots, dans l’ordre, avec un espace entre eux. Sans accents si vous voulez ; "
        "les quatre premières lettres suffisent.",
        "Type the {n} words back, in order, with a space between them. Accents may be left out; "
        "the first four letters of each are enough.",
    ),
    "p-back-count": ("Il en faut {n}.", "There must be {n} of them."),
    "p-back-wrong": (
        "Presque. Les mots n° {which} ne sont pas ceux qui ont été montrés.",
        "Nearly. Words no. {which} are not those that were shown.",
    ),
    "p-back-wrong-one": (
        "Presque. Le mot n° {which} n’est pas celui qui a été montré.",
        "Nearly. Word no. {which} is not the one that was shown.",
    ),
    "p-look": ("Revoir les mots", "See the words again"),
    "p-paper-what": (
        "Maintenant douze mots de secours, pour le papier.",
        "Now twelve recovery words, for the paper.",
    ),
    "p-paper-where": (
        "Ils servent le jour où les huit mots sont oubliés. Rangez le papier loin de la clé : chez vous, ou chez une "
        "personne sûre. Qui a la clé et ce papier ouvre tout.",
        "They serve on the day when the eight words are forgotten. Keep the paper away from the key: at home, or with "
        "somebody you trust. Whoever has the key and this paper opens everything.",
    ),
    "p-paper-how": ("Comment mettre ces mots sur le papier ?", "How shall these words get onto paper?"),
    "p-by-hand": ("À la main", "By hand"),
    "p-print": ("Imprimer une feuille", "Print a sheet"),
    "p-print-more": (
        "Chez vous seulement. Le prix : l’ordinateur et l’imprimante peuvent en garder une trace.",
        "At home only. The price: the computer and the printer may keep traces of it.",
    ),
    "p-print-where": (
        "Le répertoire où poser la feuille à imprimer, pas sur la clé (Entrée seule : à la main) :",
        "The folder for the sheet to print, not on the key (Enter alone: by hand):",
    ),
    "p-printing": ("Mise en page", "Making the sheet"),
    "p-printed": ("La feuille est là : {file}", "The sheet is here: {file}"),
    "p-printed-then": (
        "Ouvrez-la maintenant, imprimez-la, puis revenez ici. Ce fichier sera effacé dès que le papier sera vérifié, "
        "ou si vous arrêtez.",
        "Open it now, print it, then come back here. This file will be deleted as soon as the paper is checked, "
        "or if you stop.",
    ),
    "p-back-paper": (
        "Vérifions le papier. Regardez-le, pas votre mémoire.",
        "Let us check the paper. Look at it, do not use your memory.",
    ),
    "p-back-one": ("Le mot n° {n} de votre papier :", "Word no. {n} of your paper:"),
    "p-paper-wrong": (
        "Ce n’est pas le mot n° {n}. Le papier a peut-être une faute : relisez-le.",
        "This is not word no. {n}. The paper may have a mistake in it: read it again.",
    ),
    # creating
    "p-creating": ("Création du dossier", "Creating the record"),
    "p-create-again": (
        "Vos mots restent bons : corrigez ce qui manque, puis réessayez sans rien recopier.",
        "Your words stay good: mend what is missing, then try again; nothing has to be copied anew.",
    ),
    "p-created": (
        "Le dossier est créé et relu. Vos huit mots l’ouvrent.",
        "The record is created and read back. Your eight words open it.",
    ),
    "p-page-not-placed": (
        "La page lire.html n’a pas pu être posée à côté. Le dossier n’y perd rien.",
        "The page lire.html could not be put beside it. The record loses nothing by that.",
    ),
    "p-what-next": (
        "Restent trois choses, que vous pouvez aussi faire plus tard : votre nom, le code d’urgence, une copie.",
        "Three things are left, which you can also do later: your name, the emergency code, a copy.",
    ),
    "p-later": (
        "Le dossier est entier. Cela peut se faire plus tard.",
        "The record is whole. This can be done later.",
    ),
    "p-go-on-ask": ("Continuer avec la suite ?", "Go on with what follows?"),
    "p-made-later": (
        "Le dossier est créé et entier. Le reste se fera quand vous voudrez.",
        "The record is created and whole. The rest can be done whenever you like.",
    ),
    "p-end": ("C’est fini.", "All done."),
    "p-end-have": (
        "Vous avez : la clé, huit mots pour tous les jours, douze mots sur papier. Le dossier est encore vide de "
        "soins : un médecin y écrira avec sa carte.",
        "You have: the key, eight words for every day, twelve words on paper. There is no care in the record yet: "
        "a doctor will write in it with a card.",
    ),
    "p-remove-key": ("Vous pouvez retirer la clé.", "You can remove the key."),
    "p-today": (
        "Quel jour sommes-nous ? Jour, mois, année, comme 24 11 2026 :",
        "What day is it? Day, month, year, such as 24 11 2026 (24 November):",
    ),
    # whose record
    "p-whose-ask": ("Écrire maintenant à qui est ce dossier ?", "Write down now whose record this is?"),
    "p-whose-why": (
        "Votre nom et votre date de naissance, chiffrés avec le reste. Sans eux, un médecin ne peut pas être sûr que "
        "c’est bien vous. Ils seront marqués « déclarés » : personne ne les a contrôlés.",
        "Your name and birth date, encrypted with the rest. Without them a doctor cannot be sure that it is you. "
        "They will be marked “declared”: nobody has checked them.",
    ),
    "p-whose-yes": ("Oui, maintenant", "Yes, now"),
    "p-field-family": ("Nom de famille, celui de tous les jours :", "Family name, the one in use:"),
    "p-field-given": ("Prénoms, dans l’ordre :", "Given names, in order:"),
    "p-field-birthName": (
        "Nom de naissance, s’il est autre (sinon Entrée) :",
        "Name at birth, if it is another one (else Enter):",
    ),
    "p-field-birthDate": (
        "Date de naissance : jour, mois, année, comme 4 3 1961 :",
        "Birth date: day, month, year, such as 4 3 1961 (4 March):",
    ),
    "p-sex": ("Sexe, comme sur la carte d’identité :", "Sex, as on the identity card:"),
    "p-sex-f": ("Femme", "Female"),
    "p-sex-m": ("Homme", "Male"),
    "p-sex-none": ("Ne pas le dire", "Do not say"),
    "p-whose-recap": ("Est-ce juste ?", "Is this right?"),
    "p-birth-name": ("Nom de naissance : {family}", "Name at birth: {family}"),
    "p-born": ("Naissance : {day}", "Born: {day}"),
    "p-whose-done": ("C’est écrit, comme déclaré par vous.", "It is written, as declared by you."),
    # opening
    "p-opening": ("Ouverture", "Opening"),
    "p-reading": ("Lecture", "Reading"),
    "p-writing": ("Écriture sur la clé : ne la retirez pas", "Writing to the key: do not remove it"),
    "p-open": ("Tapez vos mots.", "Type your words."),
    "p-open-how": (
        "Les 8 mots, ou les 12 mots du papier, avec un espace entre eux. Les quatre premières lettres de chacun "
        "suffisent, sans accents ; ou les numéros.",
        "The 8 words, or the 12 words of the paper, with a space between them. The first four letters of each are "
        "enough, without accents; or the numbers.",
    ),
    "p-several": ("Il y a {n} dossiers sur cette clé.", "There are {n} records on this key."),
    "p-whose-is": ("Ce dossier est celui de :", "This record is that of:"),
    "p-whose-unknown": ("(le nom n’y est pas écrit)", "(no name is written in it)"),
    "p-missing": (
        "Il manque peut-être quelque chose dans ce fichier : une version plus récente a pu y être perdue.",
        "Something may be missing from this file: a newer version may have been lost in it.",
    ),
    "p-missing-more": (
        "Cherchez d’abord une autre copie. Continuer à partir d’ici pourrait effacer ce qui manque.",
        "Look for another copy first. To go on from here could wipe out what is missing.",
    ),
    "p-missing-agree": ("Continuer quand même", "Go on all the same"),
}
