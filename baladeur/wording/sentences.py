"""Every error in the user's language, by class: what happened, what is safe, what to do.

The English sentence is the class's own (baladeur.errors); the French one is here. A detail is added only if it is one
of those below: whatever else an exception carries stays inside.
"""

from baladeur import errors
from baladeur.card import refusals
from baladeur.errors import BaladeurError, command
from baladeur.tables import errors as table_errors

FRENCH: dict[type[BaladeurError], str] = {
    BaladeurError: "Quelque chose s’est mal passé ; le dossier n’a pas été modifié ; réessayez.",
    errors.ContainerError: "Le dossier n’a pas pu être lu ou écrit ; il n’a pas été modifié ; réessayez.",
    errors.NotAContainer: "Ce n’est pas un dossier Baladeur ; rien n’a été modifié ; "
    "choisissez le fichier DOSSIER.DMB ou son répertoire.",
    errors.NewerVersion: "Ce fichier vient d’un Baladeur plus récent ; il est intact et n’a pas été modifié ; "
    "ouvrez-le avec un programme plus récent.",
    errors.CostRefused: "L’en-tête demande un calcul de clé qui n’existe dans aucune édition ; "
    "rien n’a été calculé ni modifié ; prenez une autre copie du fichier.",
    errors.Truncated: "Le fichier est coupé si tôt qu’il n’y reste aucune clé ; cette copie est perdue, "
    "les autres non ; "
    "prenez une autre copie, ou lancez `recover` sur toute la clé USB.",
    errors.HeaderDamaged: "Les quatre copies de l’en-tête sont abîmées ; "
    "ce qui est derrière reste illisible pour tous ; "
    "prenez une autre copie du fichier.",
    errors.HeaderTampered: "L’en-tête a été modifié par quelqu’un qui n’a pas le secret ; "
    "rien n’a été écrit cette fois-ci ; prenez une autre copie et tenez cette clé USB pour manipulée.",
    errors.NoSuperblock: "Le secret ouvre un en-tête dont les clés n’ouvrent rien : il a été révoqué, "
    "ou ses repères sont détruits ; rien n’a été modifié ; prenez le secret le plus récent ou une autre copie.",
    errors.WrongSecret: "Aucun accès ne correspond à ce secret ; rien n’a été modifié ; "
    "vérifiez chaque mot et leur ordre, puis réessayez.",
    errors.SecretMistyped: "Ces douze mots ne vont pas ensemble, l’un est faux ou mal placé ; rien n’a été modifié ; "
    "relisez-les.",
    errors.SecretRefused: "Ce texte ne peut pas servir de secret ; rien n’a été modifié ; "
    "laissez le programme tirer les mots.",
    errors.Malformed: "Le fichier contient une structure contraire au format, "
    "écrite par un programme fautif ou hostile ; "
    "rien n’a été modifié ; prenez une autre copie.",
    errors.CapExceeded: "Le fichier demande plus de mémoire qu’aucun dossier ne doit ; il n’a pas été lu plus loin ; "
    "prenez une autre copie.",
    errors.PointerOutside: "Le fichier renvoie à un endroit hors de lui-même, par faute ou par malveillance ; "
    "rien n’a été modifié ; prenez une autre copie.",
    errors.CatalogueDamaged: "Aucune table des matières n’est lisible dans ce fichier ; rien n’a été modifié ; "
    "prenez une autre copie.",
    errors.StateMismatch: "La liste des entrées n’est pas celle qui a été signée, elle a été altérée ; "
    "rien n’a été modifié cette fois-ci ; ne vous y fiez pas, prenez une autre copie.",
    errors.StatementMalformed: "Une déclaration de l’historique n’est pas écrite comme le format l’exige ; "
    "rien n’a été modifié ; ne vous y fiez pas.",
    errors.ItemDamaged: "Cette entrée est abîmée et ne peut pas être montrée ; toutes les autres sont intactes ; "
    "cherchez-la dans une autre copie.",
    errors.ItemErased: "Cette entrée a été effacée volontairement ; le reste du dossier est intact ; "
    "rien ne peut la faire revenir.",
    errors.NoSuchItem: "Le dossier n’a pas cette entrée ; rien n’a été modifié ; "
    "listez les entrées pour voir lesquelles y sont.",
    errors.SummaryDamaged: "La fiche d’urgence est abîmée ; le dossier lui-même est peut-être intact ; "
    "ouvrez-le avec les huit mots.",
    errors.WriteRefused: "Cette modification n’est pas permise ; rien n’a été écrit ; choisissez-en une autre.",
    errors.ConsentNeeded: "Une version plus récente manque peut-être à ce fichier ; rien n’a été écrit ; "
    "cherchez d’abord une autre copie, puis acceptez avec --agree de continuer à partir d’ici.",
    errors.HolderNotAllowed: "Cette modification demande la signature d’un professionnel ; rien n’a été écrit ; "
    "signez-la avec une carte.",
    errors.EmergencyOnly: "Le code d’urgence n’ouvre que la fiche d’urgence ; rien n’a été modifié ; "
    "prenez les huit mots pour le reste.",
    errors.MediumError: "La clé USB ou le disque n’a pas fait ce qui était demandé ; "
    "la dernière version finie est intacte ; "
    "réessayez.",
    errors.SecondWriter: "Un autre programme écrit dans ce fichier ; rien n’a été modifié ; fermez-le là-bas, "
    "puis réessayez.",
    errors.ReadOnlyMedium: "La clé USB est protégée en écriture ; le dossier est intact et peut être lu ; "
    "déplacez son verrou ou prenez une autre clé.",
    errors.MediumFull: "La clé USB est pleine ; le dossier est intact à sa dernière version ; "
    "libérez de la place, puis réessayez.",
    errors.MediumGone: "La clé USB a été retirée ou ne répond plus ; la dernière version finie est intacte ; "
    "rebranchez-la et réessayez.",
    errors.NotVerified: "La clé USB n’a pas rendu ce qui y a été écrit, elle lâche ou ment sur sa taille ; "
    "ce qui était lisible avant est intact ; copiez tout de suite le dossier sur une autre clé.",
    errors.AlreadyThere: "Un fichier de ce nom est déjà là ; il n’a pas été touché ; choisissez un autre endroit.",
    errors.PaperRefused: "La feuille n’a pas pu être faite (trop de texte, ou le programme de mise en page manque) ; "
    "le dossier n’a pas été modifié et aucun fichier n’a été écrit ; affichez-la, ou imprimez depuis lire.html.",
    errors.NoPageToPrint: "Ce dossier n’a pas encore de fiche d’urgence ; rien n’a été écrit ; "
    "faites d’abord signer quelque chose, puis imprimez-la.",
    errors.WordsOnTheKey: "Une feuille de mots secrets ne doit pas être sur la clé USB qu’ils ouvrent ; "
    "rien n’a été écrit ; choisissez un répertoire de votre propre ordinateur.",
    errors.NoFolder: "Il n’y a pas de répertoire à cet endroit (une clé débranchée se présente ainsi) ; "
    "rien n’a été créé ; branchez la clé et attendez que l’ordinateur la montre, ou créez d’abord le répertoire.",
    errors.SignatureError: "Une signature n’a pas pu être faite ou lue ; rien n’a été modifié ; ne vous y fiez pas.",
    errors.CmsMalformed: "Cette signature n’a pas la forme qu’un dossier accepte ; rien n’a été modifié ; "
    "ne vous y fiez pas.",
    errors.CmsRefused: "Cette signature ne va pas avec ce contenu ; rien n’a été modifié ; ne vous y fiez pas.",
    refusals.CardError: "La carte n’a pas pu signer ; rien n’a été écrit ; "
    "lancez `baladeur card status` pour voir ce qui manque.",
    refusals.NoModule: "Aucun programme de cet ordinateur ne sait parler à une carte CPS ; rien n’a été écrit ; "
    "installez le composant CPS de l’ANS, nommez son fichier par --module, "
    "ou laissez une note non signée par `baladeur note`.",
    refusals.NoCard: "Aucune carte de professionnel dans un lecteur ; rien n’a été écrit ; "
    "insérez la CPS, puce en avant (`baladeur card status` dit ce qui manque), "
    "ou laissez une note non signée par `baladeur note`.",
    refusals.ModuleCannotSign: "OpenSC lit cette CPS mais ne peut pas signer avec, et aucun réglage n’y change rien ; "
    "rien n’a été écrit ; installez le composant CPS de l’ANS (il marche aussi sur Debian et Ubuntu).",
    refusals.CardBusy: "Un autre programme garde la carte pour lui seul ; rien n’a été écrit ; "
    "fermez le logiciel de cabinet ou le programme SESAM-Vitale qui se sert de ce lecteur, puis réessayez.",
    refusals.CardGone: "La carte a été retirée ou ne répond plus pendant la signature ; rien n’a été écrit, "
    "le dossier est à sa dernière version ; remettez la carte et réessayez.",
    refusals.AnotherCard: "La carte du lecteur n’est plus celle d’il y a un instant ; rien n’a été écrit "
    "et aucun code ne lui a été envoyé ; remettez la bonne carte et réessayez.",
    refusals.PinNeeded: "Aucun code n’a été donné ; rien n’a été écrit et aucun essai n’a été compté ; "
    "recommencez et tapez-le.",
    refusals.WrongPin: "Le code est faux ; rien n’a été écrit ; regardez les essais qui restent avant de le retaper.",
    refusals.PinBlocked: "Le code de la carte est bloqué ; rien n’a été écrit et le dossier est intact ; débloquez-le "
    "avec le code PUK de la lettre qui accompagnait la carte, ou appelez l’ANS : "
    "la facturation est bloquée avec lui.",
    refusals.CardRefused: "Cette carte ne peut pas signer ce dossier ; rien n’a été écrit et aucun code demandé ; "
    "prenez une CPS personnelle.",
    refusals.NotInScope: "Cette profession ne peut pas faire cette modification ; rien n’a été écrit "
    "et aucun code demandé ; demandez à un médecin de la signer, ou laissez une note non signée.",
    refusals.CertificateRefused: "On ne peut pas se fier au certificat de cette carte ; rien n’a été écrit ; "
    "lancez `baladeur card status`, et demandez une nouvelle carte à l’ANS s’il le dit.",
    refusals.TrustRefused: "Cela ne peut pas entrer dans la liste de confiance ni en sortir ; "
    "la liste n’a pas changé ; prenez le fichier sur le site de l’ANS ou dans le composant CPS installé.",
    refusals.NoPcsc: "Le service de cartes à puce du système ne répond pas ; rien n’a été modifié ; "
    "démarrez-le (paquet pcscd sous Linux), ou installez l’option « reader » de Baladeur.",
    errors.RecordError: "Ce document médical ne peut pas servir comme demandé ; le dossier n’a pas été modifié ; "
    "demandez-le autrement à l’expéditeur.",
    errors.BundleInvalid: "Ce document FHIR R4 n’est pas lisible ; le dossier n’a pas été modifié ; "
    "demandez à l’expéditeur un fichier FHIR R4 en JSON.",
    errors.NotJson: "Ce fichier n’est pas lisible comme FHIR en JSON (abîmé, coupé, XML ou autre) ; "
    "le dossier n’a pas été modifié ; redemandez-le à l’expéditeur, en JSON.",
    errors.DocumentTooLarge: "Ce document est plus gros ou plus profond qu’un document médical ne peut l’être ; "
    "il n’a pas été lu et le dossier n’a pas été modifié ; demandez-le en plusieurs parties.",
    errors.WrongFhirVersion: "Ce document est dans une autre version de FHIR que R4, "
    "où les mêmes mots disent autre chose ; "
    "le dossier n’a pas été modifié ; demandez-le en FHIR R4.",
    errors.NotAPatientDocument: "Ce fichier FHIR ne contient pas de document de patient ; "
    "le dossier n’a pas été modifié ; choisissez un document ou un recueil.",
    errors.NoIdentity: "Le dossier ne dit pas en FHIR qui est son patient, et une synthèse est celle d’un patient ; "
    "rien n’a été modifié ; importez d’abord un document qui nomme le patient.",
    errors.FormRefused: "Ce qui a été saisi est incomplet ou n’est pas comme il doit être ; rien n’a été écrit ; "
    "corrigez les champs nommés.",
    errors.AuthoredRefused: "Cette entrée violerait une règle du dossier ; rien n’a été écrit ; "
    "corrigez ce qui est nommé.",
    errors.LineRefused: "Cela ne peut pas être fait à cette ligne du dossier ; rien n’a été écrit ; "
    "choisissez une autre modification.",
    errors.AnotherPatient: "Ce document concerne un autre patient, le nom, la date de naissance ou le matricule INS "
    "diffère ; le dossier n’a pas été modifié ; vérifiez à qui est ce document.",
    errors.FieldRefused: "Un champ de ce qui a été saisi manque ou n’est pas comme il doit être ; "
    "rien n’a été écrit ; corrigez-le et recommencez.",
    errors.NumberRefused: "Ce numéro est faux, sa forme ou sa clé de contrôle ne va pas ; rien n’a été écrit ; "
    "relisez-le sur le document.",
    errors.IdentitySigned: "Un professionnel a signé pour cette identité, le patient seul ne peut plus la changer ; "
    "rien n’a été écrit ; faites-la corriger avec une carte.",
    errors.ClockNotBelieved: "L’horloge de cet ordinateur ne peut pas être juste (avant la dernière version, la carte "
    "ou le programme, ou un an après) ; rien n’a été écrit ; réglez-la, ou donnez la date avec --date.",
    errors.DateRefused: "Ce ne peut pas être la date d’aujourd’hui (jour inexistant, ou avant ce programme) ; "
    "rien n’a été écrit ; écrivez-la comme 2026-11-23 ou 2026-11-23T09:30.",
    errors.TypeRefused: "Un document en attente ne peut pas devenir une entrée de ce type ; rien n’a été écrit ; "
    "retirez --type, ou nommez un autre type.",
    errors.NotInTray: "Aucun document en attente, ou plusieurs, n’a un identifiant qui commence ainsi ; "
    "rien n’a été modifié ; listez les documents en attente.",
    errors.NotHolders: "Aucune entrée de cette sorte, ou plusieurs, n’a un identifiant qui commence ainsi ; "
    "rien n’a été modifié ; listez-les.",
    errors.NotSigned: "Aucune carte n’a signé cette version, elle n’a donc pas de reçu ; rien n’a été modifié ; "
    "nommez une version signée.",
    errors.NothingThere: "Il n’y a pas de dossier Baladeur à cet endroit ; rien n’a été créé ; "
    "branchez la clé USB, ou choisissez un autre répertoire.",
    errors.DemonstrationOnly: "La carte de démonstration ne signe que des dossiers de démonstration ; "
    "rien n’a été écrit ; signez ce dossier avec une CPS.",
    errors.AmbiguousId: "Plusieurs entrées commencent ainsi ; rien n’a été modifié ; donnez plus de caractères.",
    table_errors.TableError: "Cette table de codes n’est pas utilisable ; aucun dossier n’a été ouvert ni modifié ; "
    "ajoutez-la de nouveau.",
    table_errors.TableNotRecognised: "Ce fichier n’a aucune des présentations connues "
    "(BDPM, CIM-10 FR, CCAM, LOINC FR, ATC/DDD, ANS, SNOMED GPS) ; rien n’a été ajouté ; "
    "vérifiez que c’est le fichier officiel, décompressé, ou nommez sa sorte par --as.",
    table_errors.TableBroken: "Ce fichier est abîmé ou n’est pas ce qu’il annonce : "
    "trop de lignes ou de codes mal formés ; "
    "rien n’a été ajouté, une table du même nom reste comme elle était ; reprenez le fichier officiel.",
    table_errors.NoSuchTable: "Aucune table importée ne porte ce nom ; rien n’a été modifié ; "
    "`baladeur tables list` les nomme.",
    table_errors.TablesOnKey: "Le répertoire des tables serait sur la clé d’un dossier, qui n’en porte pas ; "
    "rien n’a été écrit ; choisissez un répertoire de cet ordinateur (BALADEUR_DATA).",
    command.CommandError: "Cette commande est incomplète ou mal écrite ; rien n’a été modifié ; "
    "ajoutez --help pour l’aide.",
    command.SecretNeeded: "Il faut un secret, et aucun terminal où le demander ; rien n’a été modifié ; "
    "donnez-le par --secret-file, où - est l’entrée standard.",
    command.TerminalNeeded: "Les écrans veulent un terminal, et il n’y en a pas ici ; rien n’a été modifié ; "
    "prenez `baladeur summary`, qui s’en passe, ou `baladeur --help`.",
    command.ConfirmationNeeded: "Il faut une confirmation, et aucun terminal où la demander ; rien n’a été modifié ; "
    "ajoutez --yes si vous êtes d’accord.",
    command.PinFileRefused: "Un code n’est lu dans un fichier que pour les cartes de démonstration et de test ; "
    "rien n’a été écrit ; retirez --pin-file et tapez le code.",
    command.WordsStayHere: "Les mots sont montrés une fois et jamais écrits dans un fichier ; rien n’a été créé ; "
    "recopiez-les à la main sur papier.",
    command.NotTakenOut: "Le document n’a pas pu sortir (pas de visionneuse, pas d’imprimante ou pas de répertoire "
    "où écrire sur cet ordinateur) ; il est entier dans le dossier ; choisissez une autre voie.",
    command.TextRefused: "Le titre ou la date ne peut pas être montré tel quel (trop long, vide, caractères cachés, "
    "jour inexistant) ; rien n’a été modifié ; écrivez du texte simple, et la date comme 2026-11-23, 2026-11 ou 2026.",
    command.BinaryContent: "Ce contenu n’est pas du texte et dérangerait le terminal ; l’entrée est intacte ; "
    "envoyez-le dans un fichier : > FICHIER.",
    command.FileRefused: "Un fichier ou un répertoire de cette commande ne peut pas être lu ou écrit "
    "(absent, interdit ou d’une autre sorte) ; le dossier n’a pas été modifié ; vérifiez son nom et vos droits.",
    command.FileTooLarge: "Ce document est plus gros qu’une entrée ne peut l’être (1 Gio) ; "
    "le dossier n’a pas été modifié ; apportez-le en plusieurs parties.",
}

ENGLISH: dict[type[BaladeurError], str] = {
    errors.WriteRefused: "This change is not allowed; nothing was written; choose another one.",
    errors.ConsentNeeded: errors.ConsentNeeded.sentence.replace("then agree to", "then agree with --agree to"),
    errors.PointerOutside: "The file points outside itself, by a fault or by malice; nothing was changed; "
    "use another copy.",
    command.CommandError: "This command is incomplete or not written as it should be; nothing was changed; "
    "add --help for help.",
}

DETAILS: dict[str, tuple[str, str]] = {
    "empty": ("il est vide", "it is empty"),
    "too long": ("il est trop long", "it is too long"),
    "not UTF-8": ("le fichier n’est pas en UTF-8", "the file is not UTF-8"),
    "words of the list": (
        "ce sont des mots de la liste, mais ni 8 ni 12",
        "these are words of the list, but neither 8 nor 12",
    ),
    "shorter than 12 characters": ("moins de 12 caractères", "shorter than 12 characters"),
    "holds a character that is not text": ("un caractère n’est pas du texte", "it holds a character that is not text"),
    "another kind of secret": (
        "pas le bon nombre de mots pour cet accès",
        "not the number of words that this access has",
    ),
    "this access cannot be changed so": (
        "c’est l’accès qui vient d’ouvrir le dossier",
        "it is the access that has just opened the record",
    ),
    "the entry is not the present version": ("l’entrée n’est plus en vigueur", "the entry is not the present version"),
    "a record has one identity": ("un dossier n’a qu’une identité", "a record has one identity"),
    "item type": (
        "le type s’écrit en minuscules, chiffres et tirets",
        "a type is lower-case letters, digits and hyphens",
    ),
    "another record": ("un autre dossier", "another record"),
    "a newer copy": ("une copie qui n’est pas plus ancienne", "a copy that is not older"),
    "cannot be stopped": (
        "elle ne s’arrête pas, ou pas ainsi ; corrigez-la ou retirez-la",
        "it is nothing that is stopped, or not so; correct or withdraw it",
    ),
    "cannot be withdrawn so": ("son type n’a pas d’état pour cela", "its type has no status for that"),
    "no form": ("aucun formulaire ne lit ce type d’entrée", "no form reads this type of entry"),
    "no draft": (
        "un brouillon garde des entrées nouvelles ou corrigées, et rien d’autre",
        "a draft keeps new and corrected entries, and nothing else",
    ),
    "no line": ("ce n’est pas une ligne du dossier", "it is no line of the record"),
    "over already": ("elle est déjà arrêtée ou terminée", "it is stopped or over already"),
    "not confirmable": (
        "ce qu’elle dit d’elle-même n’est pas clair ; corrigez-la",
        "what it says of itself is not clear; correct it",
    ),
    "field unknown": ("un nom de champ est inconnu", "a field has an unknown name"),
    "field family": ("champ « family » : le nom en usage", "field “family”: the name in use"),
    "field given": ("champ « given » : la liste des prénoms", "field “given”: the list of given names"),
    "field birthName": ("champ « birthName » : le nom de naissance", "field “birthName”: the name at birth"),
    "field birthDate": (
        "champ « birthDate » : 1961-03-04, 1961-03 ou 1961, pas dans l’avenir",
        "field “birthDate”: 1961-03-04, 1961-03 or 1961, not in the future",
    ),
    "field sex": ("champ « sex » : M ou F", "field “sex”: M or F"),
    "field birthPlace": ("champ « birthPlace » : le lieu de naissance", "field “birthPlace”: the place of birth"),
    "field birthPlaceCode": (
        "champ « birthPlaceCode » : le code INSEE, 5 caractères",
        "field “birthPlaceCode”: the INSEE code, 5 characters",
    ),
    "field insType": ("champ « insType » : NIR ou NIA", "field “insType”: NIR or NIA"),
    "field name": ("le nom", "the name"),
    "field phone": ("le numéro de téléphone", "the phone number"),
    "field relation": ("le lien avec le patient", "the tie to the patient"),
    "field email": ("l’adresse électronique", "the e-mail address"),
    "field code": ("le code de langue, comme fr ou pt-BR", "the language code, such as fr or pt-BR"),
    "field words": ("le nom de la langue", "the name of the language"),
    "field preferred": ("la langue préférée : true ou false", "the preferred language: true or false"),
    "field designated": (
        "la date de désignation : 2024-05-01, 2024-05 ou 2024, pas dans l’avenir",
        "the date of designation: 2024-05-01, 2024-05 or 2024, not in the future",
    ),
    "ins": ("matricule INS", "INS number"),
    "rpps": ("numéro RPPS", "RPPS number"),
    "finess": ("numéro FINESS", "FINESS number"),
    # why a card does not sign
    refusals.VITALE: (
        "la carte insérée est une carte Vitale, celle du patient : retournez-la ou prenez l’autre fente",
        "the card that is in is a Vitale card, the patient's: turn it round or use the other slot",
    ),
    "no-pyscard": ("pyscard n’est pas installé", "pyscard is not installed"),
    refusals.TWO_TRIES: ("il reste deux essais au plus", "at most two tries are left"),
    refusals.ONE_TRY: (
        "il ne reste qu’un essai ; une erreur bloquerait aussi votre facturation",
        "only one try is left; an error would block your billing too",
    ),
    refusals.PIN_FILE: (
        "un code dans un fichier ne vaut que pour une carte de test, et en chiffres",
        "a PIN in a file serves test cards only, and is digits",
    ),
    refusals.LAST_TRY: ("le dernier essai n’a pas été accepté", "the last try was not agreed to"),
    refusals.CANCELLED: ("annulé sur le lecteur", "cancelled on the reader"),
    refusals.STAFF_CARD: (
        "une CPE est celle d’un établissement, pas d’un professionnel",
        "a CPE belongs to an establishment's staff, not to a professional",
    ),
    refusals.ADMIN_CARD: ("une CPA n’est pas celle d’un professionnel", "a CPA is not a professional's card"),
    refusals.NOT_A_CARD: (
        "ce certificat n’est pas celui d’une carte de professionnel",
        "this certificate is not that of a professional's card",
    ),
    refusals.TEST_CARD: (
        "une carte de test ne signe que des dossiers de démonstration",
        "a test card signs demonstration records only",
    ),
    refusals.REAL_CARD: (
        "une vraie carte ne signe pas de dossier de démonstration",
        "a real card signs no demonstration record",
    ),
    refusals.NO_IDENTITY: ("le certificat ne dit pas qui le porte", "the certificate does not say who holds it"),
    refusals.WRONG_KEY: (
        "aucune clé de cette carte n’est faite pour signer",
        "no key of this card is made for signatures",
    ),
    refusals.NO_ROW: ("cette profession n’est pas dans la table", "this profession is not in the table"),
    refusals.KIND: ("pas ce genre d’entrée", "not this kind of entry"),
    refusals.ADDS_ONLY: ("une CPF ne fait qu’ajouter", "a CPF only adds"),
    refusals.DOCTOR_ONLY: (
        "seul un médecin arrête un traitement ou relit une rubrique",
        "only a doctor stops a treatment or reviews a section",
    ),
    refusals.EXPIRED: ("il a expiré", "it has expired"),
    refusals.NOT_YET: ("il n’est pas encore valable", "it is not yet valid"),
    refusals.REVOKED: ("il est révoqué", "it is revoked"),
    refusals.NO_CHAIN: (
        "aucune autorité connue ici ne l’a émis ; voyez `baladeur trust add`",
        "no authority known here issued it; see `baladeur trust add`",
    ),
    refusals.STALE: (
        "il n’est pas celui de la clé qui a signé ; videz le cache du composant CPS",
        "it is not that of the key that signed; empty the CPS component's cache",
    ),
    refusals.NOT_AN_AUTHORITY: ("pas un certificat d’autorité", "not an authority's certificate"),
    refusals.NOT_CONFIRMED: ("empreinte inconnue et non confirmée", "unknown fingerprint, not confirmed"),
    refusals.NOT_A_CRL: (
        "pas une liste de révocation d’une autorité connue",
        "not a revocation list of a known authority",
    ),
    refusals.NOT_THERE: ("aucune ou plusieurs empreintes commencent ainsi", "no or several fingerprints begin so"),
    refusals.NO_COMPONENT: (
        "le composant CPS de l’ANS n’est pas installé",
        "the ANS's CPS component is not installed",
    ),
    "another file of this record": ("un autre fichier de ce dossier", "another file of this record"),
}


def sentence(error: BaladeurError, language: str) -> str:
    """The sentence of an error, with its detail if that one is known."""
    kind = type(error)
    if language == "fr":
        found = next(FRENCH[c] for c in kind.__mro__ if c in FRENCH)
    else:
        found = ENGLISH.get(kind, kind.sentence)
    detail = DETAILS.get(error.detail)
    return f"{found.removesuffix('.')} ({detail[language != 'fr']})" if detail else found
