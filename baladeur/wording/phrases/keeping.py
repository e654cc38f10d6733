"""What is said to a patient who keeps her record: who may open it, its page, its copies. Name → French, English."""

KEEPING: dict[str, tuple[str, str]] = {
    # the menu
    "p-menu-none": ("Il n’y a pas encore de dossier à cet endroit.", "There is no record at this place yet."),
    "p-menu-one": ("Il y a un dossier à cet endroit.", "There is a record at this place."),
    "p-menu-records": (
        "Il y a {n} dossiers à cet endroit. Vos mots ouvrent le vôtre.",
        "There are {n} records at this place. Your words open yours.",
    ),
    "p-menu-where": ("Sur quelle clé ?", "On which key?"),
    "p-menu-where-more": (
        "Les clés branchées sont ci-dessous. Branchez la vôtre avant de choisir.",
        "The keys that are plugged in are listed here. Plug yours in before you choose.",
    ),
    "p-menu-elsewhere": ("Un autre répertoire", "Another folder"),
    "p-menu-folder": ("Le répertoire de la clé :", "The folder of the key:"),
    "p-menu-open": ("Ouvrir mon dossier", "Open my record"),
    "p-menu-create": ("Créer mon dossier", "Create my record"),
    "p-menu-another": ("Créer le dossier d’une autre personne", "Create another person’s record"),
    "p-menu-lost": ("J’ai perdu ma clé", "I lost my key"),
    "p-menu-quit": ("Quitter", "Quit"),
    "p-do": ("Que voulez-vous faire ?", "What would you like to do?"),
    "p-do-page": (
        "Voir la fiche d’urgence, et choisir ce qu’elle dit",
        "See the emergency page, and choose what it tells",
    ),
    "p-do-emergency": ("Le code d’urgence", "The emergency code"),
    "p-do-copy": ("Copier le dossier à un second endroit", "Copy the record to a second place"),
    "p-do-sheet": ("Imprimer la fiche d’urgence", "Print the emergency page"),
    "p-do-card": ("Imprimer une carte de portefeuille", "Print a card for the wallet"),
    "p-sheet-what": (
        "Le répertoire où poser la fiche à imprimer (Entrée seule : plus tard) :",
        "The folder for the page to print (Enter alone: later):",
    ),
    "p-card-what": (
        "Le répertoire où poser la carte à imprimer (Entrée seule : plus tard) :",
        "The folder for the card to print (Enter alone: later):",
    ),
    "p-card-code": (
        "Les 6 mots d’urgence, s’ils doivent être sur la carte (Entrée seule : sans eux) :",
        "The 6 emergency words, if they shall stand on the card (Enter alone: without them):",
    ),
    "p-card-price": (
        "Le prix : qui trouve la carte et la clé ensemble lit la fiche d’urgence.",
        "The price: whoever finds the card and the key together reads the emergency page.",
    ),
    "p-sheet-clear": (
        "Ce fichier est en clair. Imprimez-le, puis effacez-le : l’ordinateur et l’imprimante peuvent en garder une "
        "trace. Détruisez l’ancienne feuille.",
        "This file is in the clear. Print it, then delete it: the computer and the printer may keep traces of it. "
        "Destroy the old sheet.",
    ),
    "p-do-carer": ("Des mots pour un proche", "Words for a carer"),
    "p-do-change": ("Changer mes mots (ou : je les ai oubliés)", "Change my words (or: I forgot them)"),
    "p-do-recovery": ("Refaire le papier de secours", "Make the recovery paper anew"),
    "p-do-revoke": ("Quelqu’un a eu ma clé ou mes mots", "Somebody has had my key or my words"),
    "p-do-rejoin": ("Réunir deux copies", "Bring two copies together"),
    "p-do-whose": ("Mon nom, ma date de naissance", "My name, my birth date"),
    "p-do-quit": ("Fermer le dossier", "Close the record"),
    "p-nothing": ("Ne rien changer", "Change nothing"),
    "p-locks-nobody": (
        "Ce que cela ne fait pas : une ancienne copie du fichier s’ouvre encore avec les anciens mots. "
        "Si la clé a été en d’autres mains, choisissez « Quelqu’un a eu ma clé ou mes mots ».",
        "What this does not do: an older copy of the file still opens with the older words. "
        "If the key was in other hands, choose “Somebody has had my key or my words”.",
    ),
    # the emergency code
    "p-emergency": (
        "Si un jour vous ne pouvez pas parler, qui peut lire votre fiche d’urgence ?",
        "If one day you cannot speak, who may read your emergency page?",
    ),
    "p-emergency-price": (
        "La fiche dit ce qui peut sauver : allergies, maladies, traitements, contacts. Le reste du dossier n’y est "
        "pas. Il n’y a pas de troisième façon : rien n’est jamais lisible sans mots.",
        "The page tells what can save a life: allergies, illnesses, treatments, contacts. The rest of the record is "
        "not on it. There is no third way: nothing can ever be read without words.",
    ),
    "p-emergency-a": ("A. Personne, sans mes mots", "A. Nobody, without my words"),
    "p-emergency-a-more": (
        "Le prix : si vous êtes sans connaissance, un médecin qui a la clé ne lit rien.",
        "The price: if you are unconscious, a doctor who has the key reads nothing.",
    ),
    "p-emergency-b": (
        "B. Qui a la clé et une carte de 6 mots d’urgence",
        "B. Whoever has the key and a card with 6 emergency words",
    ),
    "p-emergency-b-more": (
        "Vous portez la carte sur vous. Le prix : qui trouve la clé et la carte ensemble lit cette fiche, voleur "
        "compris. Et une machine qui devine vient plus vite à bout de six mots que de huit.",
        "You carry the card on you. The price: whoever finds the key and the card together reads this page, a thief "
        "too. And a machine that guesses breaks six words sooner than eight.",
    ),
    "p-emergency-keep": ("Laisser comme c’est", "Leave it as it is"),
    "p-emergency-keep-more": (
        "Le fichier ne dit pas, exprès, s’il a déjà un code d’urgence.",
        "The file does not tell, on purpose, whether it has an emergency code.",
    ),
    "p-emergency-removed": (
        "Ce fichier n’a plus de code d’urgence. Détruisez la carte.",
        "This file has no emergency code any more. Destroy the card.",
    ),
    "p-emergency-done": ("Le code d’urgence est en vigueur.", "The emergency code is in force."),
    "p-emergency-card": (
        "Gardez la carte dans votre portefeuille, à part de la clé. Écrivez dessus : « code d’urgence de ma clé "
        "médicale ».",
        "Keep the card in your wallet, apart from the key. Write on it: “emergency code of my medical key”.",
    ),
    "p-emergency-not": (
        "Ce qu’il ne fait pas : il n’ouvre pas le reste du dossier, et ne permet de rien écrire.",
        "What it does not do: it does not open the rest of the record, and lets nobody write anything.",
    ),
    # the page
    "p-page-is": (
        "La fiche d’urgence, telle que la lit qui a la clé et le code :",
        "The emergency page, as whoever has the key and the code reads it:",
    ),
    "p-page-nothing": (
        "Il n’y a encore rien à choisir : la fiche se remplira quand un médecin signera, ou quand vous déclarerez un "
        "contact.",
        "There is nothing to choose yet: the page will fill when a doctor signs, or when you declare a contact.",
    ),
    "p-page-pick": (
        "Ce que la fiche d’urgence dit, ligne par ligne. Vous décidez.",
        "What the emergency page tells, line by line. You decide.",
    ),
    "p-page-pick-price": (
        "Une ligne retirée reste dans le dossier. La fiche dira combien de lignes ont été retirées, pas lesquelles. "
        "Parlez-en d’abord à votre médecin : une allergie qui manque peut tuer.",
        "A line taken off stays in the record. The page will tell how many lines were taken off, not which. "
        "Speak to your doctor first: an allergy that is missing can kill.",
    ),
    "p-line-on": ("sur la fiche", "on the page"),
    "p-line-off": ("dossier seulement", "record only"),
    "p-page-off": ("{n} entrée(s) ne sont plus sur la fiche.", "{n} entries are no longer on the page."),
    "p-page-back": (
        "{n} entrée(s) reviendront sur la fiche à la prochaine signature d’un professionnel.",
        "{n} entries will come back onto the page with a professional’s next signature.",
    ),
    # a carer
    "p-carer": ("Des mots pour un proche.", "Words for a carer."),
    "p-carer-price": (
        "Un proche qui a ses propres mots ouvre tout le dossier, comme vous : il lit tout, et peut changer qui ouvre. "
        "Ne les donnez qu’à une personne à qui vous confieriez tout cela.",
        "A carer with words of their own opens the whole record, as you do: reads everything, and can change who "
        "opens it. Give them only to somebody whom you would trust with all of that.",
    ),
    "p-carer-add": ("Tirer des mots pour un proche", "Draw words for a carer"),
    "p-carer-add-more": ("Douze mots, sur papier.", "Twelve words, on paper."),
    "p-carer-remove": ("Retirer les mots d’un proche", "Take a carer’s words away"),
    "p-carer-remove-more": ("Ils n’ouvriront plus ce fichier.", "They will not open this file any more."),
    "p-carer-which": ("Quel proche ?", "Which carer?"),
    "p-carer-which-more": (
        "Il y a quatre places. Notez pour vous qui a laquelle : le fichier ne le dit pas. "
        "Une place déjà prise change de mots.",
        "There are four places. Note for yourself who has which: the file does not tell. "
        "A place that is taken gets other words.",
    ),
    "p-carer-place": ("Proche n° {n}", "Carer no. {n}"),
    "p-carer-hand": (
        "Donnez le clavier à votre proche, et ne regardez plus : ces mots sont les siens.",
        "Give the keyboard to your carer, and look away: these words are not yours.",
    ),
    "p-carer-done": (
        "Les mots du proche n° {n} ouvrent le dossier. Reprenez le clavier.",
        "The words of carer no. {n} open the record. Take the keyboard back.",
    ),
    "p-carer-remove-ask": (
        "Retirer les mots du proche n° {n} ?",
        "Take the words of carer no. {n} away?",
    ),
    "p-carer-removed": (
        "Les mots du proche n° {n} n’ouvrent plus ce fichier.",
        "The words of carer no. {n} do not open this file any more.",
    ),
    # change, recovery, revoke
    "p-change": (
        "Tirer huit autres mots ? Les anciens n’ouvriront plus ce fichier. Le papier de secours reste bon.",
        "Draw eight other words? The former ones will not open this file any more. The recovery paper stays good.",
    ),
    "p-change-not": (
        "Cela ne ferme rien à qui a gardé une copie du fichier et connaît les anciens mots.",
        "This locks nobody out who kept a copy of the file and knows the former words.",
    ),
    "p-change-yes": ("Oui, d’autres mots", "Yes, other words"),
    "p-change-done": ("Vos nouveaux mots sont en vigueur.", "Your new words are in force."),
    "p-recovery": (
        "Tirer douze autres mots pour le papier ? L’ancien papier n’ouvrira plus ce fichier.",
        "Draw twelve other words for the paper? The former paper will not open this file any more.",
    ),
    "p-recovery-not": (
        "Cela ne ferme rien à qui a gardé une copie du fichier et l’ancien papier.",
        "This locks nobody out who kept a copy of the file and the former paper.",
    ),
    "p-recovery-yes": ("Oui, un nouveau papier", "Yes, a new paper"),
    "p-recovery-done": (
        "Le nouveau papier est en vigueur. Détruisez l’ancien.",
        "The new paper is in force. Destroy the former one.",
    ),
    "p-revoke": (
        "Quelqu’un a eu votre clé ou vos mots ? Le dossier peut recevoir de nouvelles serrures : "
        "aucun ancien mot n’ouvrira ce qui sera écrit ensuite.",
        "Has somebody had your key or your words? The record can get new locks: "
        "no former words will open what is written from then on.",
    ),
    "p-revoke-not": (
        "Ce que cela ne fait pas : une copie déjà faite s’ouvre encore avec les anciens mots, et montre ce qu’elle "
        "contenait. Rien ne peut la reprendre.",
        "What this does not do: a copy already made still opens with the former words, and shows what it held. "
        "Nothing can take it back.",
    ),
    "p-revoke-gone": (
        "Vous recevrez huit mots et un papier nouveaux. Le code d’urgence et les mots des proches ne vaudront plus.",
        "You will get eight new words and a new paper. The emergency code and the carers’ words will cease to work.",
    ),
    "p-revoke-yes": ("Oui, de nouvelles serrures", "Yes, new locks"),
    "p-revoke-done": (
        "Les nouvelles serrures sont en place. Détruisez l’ancien papier et l’ancienne carte d’urgence.",
        "The new locks are in place. Destroy the former paper and the former emergency card.",
    ),
    "p-revoke-copies": (
        "Refaites maintenant vos copies : les anciennes gardent les anciennes serrures. Donnez, si vous le voulez, un "
        "nouveau code d’urgence et de nouveaux mots à vos proches.",
        "Make your copies anew now: the former ones keep the former locks. If you like, set a new emergency code and "
        "give your carers new words.",
    ),
    # copies
    "p-copy-ask": ("Copier le dossier à un second endroit ?", "Copy the record to a second place?"),
    "p-copy-why": (
        "Si la clé se perd ou casse, la copie est tout ce qui reste. Elle est chiffrée comme la clé : elle peut être "
        "sur un ordinateur, une autre clé ou un espace en ligne, personne ne la lit sans vos mots.",
        "If the key gets lost or breaks, the copy is all that is left. It is encrypted like the key: it may lie on a "
        "computer, another key or in online storage, and nobody reads it without your words.",
    ),
    "p-copy-yes": ("Oui, copier", "Yes, copy"),
    "p-copy-where": (
        "Le répertoire où copier (Entrée seule : plus tard) :",
        "The folder to copy into (Enter alone: later):",
    ),
    "p-copy-where-more": (
        "Par exemple /media/moi/AUTRE-CLE, ou E:\\ sous Windows. Le répertoire doit exister.",
        "For example /media/me/OTHER-KEY, or E:\\ on Windows. The folder must exist.",
    ),
    "p-no-folder": (
        "Ce répertoire n’existe pas, ou la clé n’est pas branchée. Rien n’a été écrit.",
        "There is no such folder, or the key is not plugged in. Nothing was written.",
    ),
    "p-copy-in-the-way": (
        "Si c’est une ancienne copie, faite avant que vos mots changent, le programme ne peut pas la reconnaître. "
        "Choisissez un répertoire vide ; ensuite seulement, effacez vous-même l’ancienne.",
        "If it is an older copy, made before your words changed, the program cannot tell. "
        "Choose an empty folder; only then delete the older copy yourself.",
    ),
    "p-copy-done": ("Copié, et relu.", "Copied, and read back."),
    "p-copy-not": (
        "La copie ne suit pas toute seule : refaites-la après chaque consultation.",
        "The copy does not follow by itself: make it anew after each consultation.",
    ),
    # the lost key
    "p-lost": ("La clé est perdue. Respirez.", "The key is lost. Take a breath."),
    "p-lost-finder": (
        "Qui la trouve ne peut pas la lire : ni nom, ni maladie, ni date. Sans vos mots elle ne dit rien.",
        "Whoever finds it cannot read it: no name, no illness, no date. Without your words it tells nothing.",
    ),
    "p-lost-with": ("Qu’est-ce qui est perdu avec elle ?", "What is lost with it?"),
    "p-lost-none": ("Rien d’autre", "Nothing else"),
    "p-lost-card": ("La carte avec les 6 mots d’urgence", "The card with the 6 emergency words"),
    "p-lost-card-more": (
        "Qui a les deux lit la fiche d’urgence, et elle seule.",
        "Whoever has both reads the emergency page, and nothing else.",
    ),
    "p-lost-words": ("Les 8 mots ou le papier de secours", "The 8 words or the recovery paper"),
    "p-lost-words-more": (
        "Qui a les deux lit tout ce que la clé contenait. Rien ne peut le reprendre.",
        "Whoever has both reads all that the key held. Nothing can take it back.",
    ),
    "p-lost-copy": (
        "Avez-vous une copie : un ordinateur, une autre clé, un espace en ligne ?",
        "Do you have a copy: on a computer, another key, online?",
    ),
    "p-lost-copy-yes": ("Oui, j’ai une copie", "Yes, I have a copy"),
    "p-lost-copy-no": ("Non, ou je ne sais pas", "No, or I do not know"),
    "p-lost-no-copy": (
        "Sans copie, ce dossier ne peut pas revenir : ni par vous, ni par l’auteur du programme.",
        "Without a copy this record cannot come back: not by you, not by the author of the program.",
    ),
    "p-lost-no-copy-do": (
        "Cherchez le fichier DOSSIER.DMB sur vos ordinateurs et en ligne. Sinon, créez un dossier neuf : vos médecins "
        "et vos laboratoires ont gardé leurs documents et peuvent les y remettre.",
        "Look for the file DOSSIER.DMB on your computers and online. Else create a new record: your doctors and "
        "laboratories have kept their documents and can put them in again.",
    ),
    "p-lost-do-copy": (
        "Prenez une clé neuve. Quittez, rouvrez ce programme sur le répertoire de la copie, choisissez « Copier le "
        "dossier à un second endroit », et donnez la clé neuve.",
        "Take a new key. Quit, open this program again on the folder of the copy, choose “Copy the record to a second "
        "place”, and name the new key.",
    ),
    "p-lost-do-none": (
        "Vos mots et votre papier restent bons.",
        "Your words and your paper stay good.",
    ),
    "p-lost-do-revoke": (
        "Avant de copier, choisissez « Quelqu’un a eu ma clé ou mes mots » : la clé perdue montrera encore ce qu’elle "
        "contenait, mais rien de ce qui sera écrit ensuite.",
        "Before you copy, choose “Somebody has had my key or my words”: the lost key will still show what it held, but "
        "nothing of what is written from then on.",
    ),
    "p-lost-do-end": (
        "Si la clé perdue revient, ne l’employez plus pour écrire : « Réunir deux copies » dit laquelle est la plus "
        "récente.",
        "If the lost key turns up again, do not write on it any more: “Bring two copies together” tells which is the "
        "newer one.",
    ),
    # two copies
    "p-join-where": (
        "Le répertoire de l’autre copie (Entrée seule : plus tard) :",
        "The folder of the other copy (Enter alone: later):",
    ),
    "p-join-same": (
        "Les deux copies doivent s’ouvrir avec les mots que vous venez de taper.",
        "Both copies must open with the words that you have just typed.",
    ),
    "p-join-doubt": (
        "Il manque peut-être quelque chose dans l’autre copie, ou quelqu’un l’a modifiée.",
        "Something may be missing from the other copy, or somebody has altered it.",
    ),
    "p-join-doubt-more": (
        "La comparer quand même ? Rien n’est écrit maintenant.",
        "Compare it all the same? Nothing is written now.",
    ),
    "p-join-agree": ("Comparer quand même", "Compare all the same"),
    "p-join-same-both": ("Les deux copies sont identiques.", "The two copies are the same."),
    "p-join-newer": (
        "La copie ouverte ici a tout ce que l’autre contient, et davantage.",
        "The copy that is open here has all that the other one holds, and more.",
    ),
    "p-join-older": (
        "L’autre copie a tout ce qui est ici, et davantage. Fermez celle-ci, ouvrez l’autre, et copiez-la par-dessus.",
        "The other copy has all that is here, and more. Close this one, open the other, and copy it over this one.",
    ),
    "p-join-unrelated": (
        "Ce sont deux dossiers différents. Ne les mêlez pas.",
        "These are two different records. Do not mix them.",
    ),
    "p-join-copy-ask": ("Mettre l’autre à jour ?", "Bring the other one up to date?"),
    "p-join-diverged": (
        "Les deux copies ont changé chacune de son côté depuis la version {number}. L’autre a {n} entrée(s) que "
        "celle-ci n’a pas.",
        "Both copies have changed by themselves since version {number}. The other one has {n} entries that this one "
        "does not have.",
    ),
    "p-join-both": ("Gardez les deux : aucune n’est complète.", "Keep both: neither is complete."),
    "p-join-card": (
        "Les réunir demande la signature d’un professionnel : apportez les deux copies à votre médecin. "
        "Rien n’a été écrit.",
        "To bring them together takes a professional’s signature: take both copies to your doctor. "
        "Nothing was written.",
    ),
    "p-join-other-words": (
        "L’autre copie s’ouvre avec d’autres mots. Les mots de l’autre copie (Entrée seule : plus tard) :",
        "The other copy opens with other words. The words of the other copy (Enter alone: later):",
    ),
    "p-join-refused": (
        "{n} entrée(s) de l’autre copie restent là-bas : leur signature ne tient pas, ou elles ne s’ouvrent pas.",
        "{n} entries of the other copy stay there: their signature does not hold, or they do not open.",
    ),
    "p-join-read": (
        "L’écran suivant dit en phrases ce qui entrerait ici ; rien n’est écrit avant la signature. L’autre copie ne "
        "change pas : recopiez ensuite celle-ci par-dessus.",
        "The next screen tells in sentences what would come in here; nothing is written before the signature. The "
        "other copy does not change: afterwards copy this one over it.",
    ),
}
