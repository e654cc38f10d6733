"""Three sheets of data protection, in French: the patient's notice, the register's entry, what to do with a lost key.

Sources: règlement (UE) 2016/679, art. 2 (2) c, 4, 6, 9, 13, 15 à 22, 30, 32 à 34; code de la santé publique, art.
L. 1110-4 et R. 4127-45; CNIL, délibération 2020-081 (référentiel des cabinets). Reviewed by nobody yet.
"""

from typing import Final

from baladeur.paper.blocks import BLANKS, HEADING, LIST, PARAGRAPH, STEPS, block, made

_MARK: Final = "Relu par personne à ce jour : ni juriste, ni médecin, ni la CNIL. À relire avant tout usage."
_CABINET: Final = block(BLANKS, "Médecin ou cabinet", "Pour exercer vos droits, écrire à", "Délégué à la protection")

NOTICE: Final = made(
    "Votre clé Baladeur et vos données de santé",
    _MARK,
    (
        block(HEADING, "Qui répond de quoi"),
        block(
            LIST,
            "Vous répondez de votre clé, de ses mots et de ses copies. C’est un usage personnel : le RGPD ne vous "
            "impose rien (art. 2.2.c), mais personne ne la garde à votre place.",
            "Votre médecin répond de la copie qu’il garde dans son propre dossier : ce qu’il y importe, les pièces et "
            "le reçu de ce qu’il a signé. Il est responsable de ce traitement (art. 4.7) et tenu au secret médical.",
            "Les auteurs du programme ne reçoivent rien : ni données, ni mots, ni statistiques. Il n’y a ni serveur, "
            "ni compte, ni hébergeur.",
        ),
        block(HEADING, "Ce que contient la clé"),
        block(
            PARAGRAPH,
            "Votre identité, vos allergies, problèmes, traitements, antécédents, résultats, documents, et ce que vous "
            "déclarez vous-même. Tout est chiffré : sans vos mots, le fichier ne dit que sa taille et qu’il est un "
            "fichier Baladeur. Une ligne signée porte le nom du professionnel et la date.",
        ),
        block(HEADING, "Qui peut lire"),
        block(
            LIST,
            "qui a le fichier et vos 8 mots, vos 12 mots de secours ou ceux d’un aidant : tout le dossier ;",
            "qui a le fichier et les 6 mots d’urgence, si vous en avez voulu : la fiche d’urgence, et elle seule ;",
            "qui trouve une feuille imprimée : ce qui est écrit dessus. Elle n’est pas chiffrée.",
        ),
        block(HEADING, "Vos choix et vos droits"),
        block(
            LIST,
            "Sur la clé, vous seul décidez : retirer une ligne de la fiche d’urgence (visibility), effacer une entrée "
            "pour toujours (erase, puis compact), tout emporter dans des formats ouverts (export), tout effacer en "
            "détruisant la clé et ses copies.",
            "Effacer n’atteint pas les copies que d’autres ont déjà, ni ce qu’une mémoire USB garde caché un temps.",
            "Sur la copie de votre médecin : accès, rectification, opposition et limitation, plainte à la CNIL "
            "(art. 13, 15 à 22). Il doit garder votre dossier un certain temps : l’effacement y est limité.",
        ),
        block(HEADING, "Clé perdue"),
        block(
            PARAGRAPH,
            "Si les mots n’étaient pas avec elle, personne ne peut la lire. Reprenez une copie du fichier. Si les mots "
            "y étaient, lisez la feuille « Clé perdue : que faire aujourd’hui ». Gardez toujours au moins deux copies "
            "du fichier et la feuille de secours, en des lieux différents : sans mots, personne ne l’ouvre plus.",
        ),
        block(HEADING, "Votre médecin"),
        _CABINET,
    ),
)

REGISTER: Final = made(
    "Registre des traitements : dossiers médicaux baladeurs",
    _MARK,
    (
        block(
            PARAGRAPH,
            "Fiche du registre du cabinet (art. 30). Elle décrit ce que le cabinet fait des clés qu’on lui "
            "présente, et "
            "la copie qu’il garde. La clé elle-même appartient au patient et n’est pas un traitement du cabinet. À "
            "compléter et à adapter : le programme ne connaît pas votre cabinet.",
        ),
        block(HEADING, "Responsable"),
        block(
            BLANKS, "Responsable du traitement", "Coordonnées", "Délégué à la protection des données", "Date et version"
        ),
        block(HEADING, "Le traitement"),
        block(
            LIST,
            "Finalités : lire le dossier qu’un patient présente ; y ajouter, à sa demande, des lignes signées par "
            "carte "
            "CPS ; garder au dossier du cabinet ce qui a été lu d’utile et la preuve de ce qui a été signé.",
            "Base juridique : obligation de tenir un dossier (art. 6.1.c ; code de la santé publique, art. R. "
            "4127-45) ; "
            "données de santé traitées par un professionnel tenu au secret (art. 9.2.h et 9.3).",
            "Personnes concernées : les patients ; les personnes à prévenir qu’ils désignent ; les professionnels "
            "nommés.",
            "Données : identité (et matricule INS s’il est présent), données de santé, documents ; nom, profession et "
            "numéro RPPS du signataire, date.",
            "Destinataires : le professionnel et son équipe de soins (code de la santé publique, art. L. 1110-4) ; nul "
            "autre du fait du programme. Aucun sous-traitant, aucun hébergeur, aucun transfert hors de l’Union "
            "européenne du fait du programme.",
        ),
        block(HEADING, "Durée de conservation"),
        block(
            PARAGRAPH,
            "Dans le cabinet : celle de son dossier patient (voir le référentiel de la CNIL pour les cabinets, "
            "délibération 2020-081). Sur l’ordinateur, le programme ne garde rien d’un dossier après sa fermeture ; "
            "les reçus et les fichiers exportés restent où on les a mis.",
        ),
        block(BLANKS, "Durée retenue", "Où sont rangés les reçus et les exports"),
        block(HEADING, "Mesures de sécurité (art. 32)"),
        block(
            LIST,
            "Chiffrement AES-256-GCM, clés tirées des mots du patient par Argon2id ; mots jamais écrits sur disque, ni "
            "passés en argument, ni journalisés.",
            "Toute ligne médicale est signée par la carte du professionnel ; l’historique se vérifie hors ligne.",
            "Rien n’est envoyé : le programme et la page lire.html fonctionnent sans réseau.",
            "À la charge du cabinet : session verrouillée, disque chiffré, sauvegardes, imprimante sûre, effacement "
            "des "
            "fichiers exportés devenus inutiles.",
        ),
        block(BLANKS, "Mesures propres au cabinet"),
        block(HEADING, "Information des patients"),
        block(PARAGRAPH, "Par la notice « baladeur rgpd notice », affichée ou remise."),
    ),
)

BREACH: Final = made(
    "Clé perdue ou volée : que faire aujourd’hui",
    _MARK,
    (
        block(HEADING, "Ce qu’une clé perdue veut dire"),
        block(
            PARAGRAPH,
            "Qui la trouve sans les mots ne lit rien : ni nom, ni maladie, ni date, ni médecin. Il voit un fichier "
            "chiffré, sa taille, et que c’est un fichier Baladeur. Rien du fichier ne permet de vous retrouver. Une "
            "feuille imprimée perdue avec elle, en revanche, se lit.",
        ),
        block(HEADING, "Le patient, tout de suite"),
        block(
            STEPS,
            "Une copie du fichier ? Copiez-la sur une clé neuve : baladeur copy COPIE CLÉ-NEUVE. Vérifiez-la : "
            "baladeur "
            "verify CLÉ-NEUVE. Ce qui a été ajouté depuis la copie manque : demandez-le à qui l’a signé.",
            "Les mots étaient-ils avec la clé (papier dans l’étui, feuille de secours, téléphone volé en même temps) ? "
            "Si non : c’est fini, le reste est facultatif.",
            "Si oui : changez les clés de la copie, baladeur secrets CLÉ-NEUVE revoke. Les anciens mots n’ouvrent plus "
            "rien de ce qui sera écrit ensuite. Ils ouvrent encore le fichier perdu : cela ne se rattrape pas.",
            "Seule la carte aux 6 mots était avec elle ? Qui a les deux lit la fiche d’urgence, rien d’autre. "
            "Remplacez "
            "ces mots : baladeur secrets CLÉ-NEUVE emergency.",
            "Détruisez les vieilles feuilles (secours, urgence) et imprimez les neuves.",
            "Volée : portez plainte si vous le voulez. La CNIL n’attend rien de vous.",
            "Aucune copie ? Les médecins qui ont signé ont les leurs : demandez-leur. Sans copie, la clé neuve est "
            "vide.",
        ),
        block(HEADING, "Le médecin"),
        block(
            LIST,
            "La clé perdue est celle du patient : ce n’est pas une violation de données du cabinet. Aidez-le à refaire "
            "sa clé depuis votre copie, s’il le demande.",
            "La copie perdue est la vôtre (ordinateur, export, reçus, clé de transport, feuilles) : c’en est une "
            "(art. 4.12). Notez-la au registre des violations, toujours (art. 33.5).",
            "Notifiez-la à la CNIL dans les 72 heures, sauf s’il est improbable qu’elle engendre un risque (art. "
            "33.1). "
            "Un fichier Baladeur fermé, mots non divulgués, copie disponible ailleurs : risque en principe "
            "improbable ; "
            "c’est à vous de le juger et de l’écrire.",
            "Un export, un reçu ou une feuille ne sont pas chiffrés : un risque élevé oblige aussi à prévenir les "
            "patients (art. 34), sauf si les données étaient incompréhensibles pour autrui (art. 34.3.a).",
            "Carte CPS perdue avec la clé : faites-la opposer auprès de l’ANS ; les signatures antérieures restent "
            "vérifiables.",
        ),
        block(HEADING, "Fiche du registre des violations"),
        block(
            BLANKS,
            "Date et heure de la découverte",
            "Ce qui est perdu, chiffré ou non",
            "Patients concernés (nombre)",
            "Mots perdus avec, oui ou non",
            "Risque, et pourquoi",
            "Mesures prises, date",
            "Notifié à la CNIL le, ou pourquoi pas",
            "Patients prévenus le, ou pourquoi pas",
        ),
    ),
)

SHEETS: Final = {"notice": NOTICE, "register": REGISTER, "breach": BREACH}
