"""What the findings about resources, documents and summaries say: rule key → French, English, and what to do.

An official key has the sentence of its rule in our words.
"""

from typing import Final

from baladeur.record.check.remedies import ADD, FIX, LOOK, NONE, REMOVE

RESOURCES: Final = {
    "dom-2": ("Une ressource incluse en inclut une autre.", "A contained resource contains another.", *FIX),
    "dom-3": (
        "Une ressource incluse ne sert à rien : rien ne s’y réfère.",
        "Nothing refers to a contained resource.",
        *REMOVE,
    ),
    "dom-4": ("Une ressource incluse porte une version.", "A contained resource carries a version.", *REMOVE),
    "dom-5": (
        "Une ressource incluse porte un niveau de sécurité.",
        "A contained resource carries a security label.",
        *REMOVE,
    ),
    "ait-1": (
        "L’allergie ne dit pas si elle est active (clinicalStatus).",
        "The allergy does not say whether it is active (clinicalStatus).",
        *ADD,
    ),
    "ait-2": (
        "Une allergie saisie par erreur a un statut clinique.",
        "An allergy entered in error has a clinical status.",
        *REMOVE,
    ),
    "con-1": ("Un stade n’a ni résumé ni évaluation.", "A stage has neither summary nor assessment.", *ADD),
    "con-2": ("Un indice n’a ni code ni détail.", "Evidence has neither code nor detail.", *ADD),
    "con-3": (
        "Un problème de la liste ne dit pas s’il est actif (clinicalStatus).",
        "A problem of the list does not say whether it is active (clinicalStatus).",
        *ADD,
    ),
    "con-4": (
        "Un problème terminé est dit encore actif.",
        "A problem that has abated is said to be active still.",
        "vérifiez auprès de l’auteur si le problème est actif",
        "ask the author whether the problem is active",
    ),
    "con-5": (
        "Un problème saisi par erreur a un statut clinique.",
        "A problem entered in error has a clinical status.",
        *REMOVE,
    ),
    "obs-3": ("Un intervalle de référence est vide.", "A reference range is empty.", *ADD),
    "obs-6": (
        "Un résultat a une valeur et la raison de son absence.",
        "A result has a value and the reason for its absence.",
        "vérifiez le résultat auprès de l’auteur",
        "ask the author for the result",
    ),
    "obs-7": (
        "Un composant répète le code du résultat, qui a déjà une valeur.",
        "A component repeats the code of the result, which has a value already.",
        *FIX,
    ),
    "org-1": ("L’organisation n’a ni nom ni identifiant.", "The organization has neither name nor identifier.", *ADD),
    "org-2": ("Une organisation n’a pas d’adresse personnelle.", "An organization has no home address.", *FIX),
    "org-3": ("Une organisation n’a pas de téléphone personnel.", "An organization has no home telephone.", *FIX),
    "pat-1": ("Une personne à prévenir est vide.", "A contact of the patient is empty.", *ADD),
    "cmp-1": ("Une section est vide.", "A section is empty.", *ADD),
    "cmp-2": (
        "Une section dite vide (emptyReason) a des entrées.",
        "A section that is said to be empty (emptyReason) has entries.",
        "lisez les entrées ; demandez à l’auteur ce qui vaut",
        "read the entries; ask the author which holds",
    ),
    "cpl-3": ("Une activité est détaillée deux fois.", "An activity is detailed twice.", *REMOVE),
    "fhs-1": (
        "L’âge et la naissance d’un parent sont donnés ensemble.",
        "Both age and birth of a relative are given.",
        *REMOVE,
    ),
    "fhs-2": ("Un âge estimé n’est pas donné.", "An age is said to be estimated and is not given.", *ADD),
    "gol-1": ("Une valeur cible ne dit pas de quelle mesure.", "A target value does not say of which measure.", *ADD),
    "imm-1": ("Une information sur le vaccin est vide.", "Education about a vaccine is empty.", *ADD),
    "imr-1": (
        "Une recommandation ne nomme ni vaccin ni maladie.",
        "A recommendation names neither vaccine nor disease.",
        *ADD,
    ),
    "mad-1": ("Une administration n’a ni dose ni débit.", "An administration has neither dose nor rate.", *ADD),
    "mdd-1": ("La remise précède la préparation.", "It was handed over before it was prepared.", *FIX),
    "nor-1": ("La prescription alimentaire ne prescrit rien.", "The nutrition order orders nothing.", *ADD),
    "ppc-1": ("Le consentement n’a ni politique ni règle.", "The consent has neither policy nor rule.", *ADD),
    "prr-1": ("Une demande a des détails et pas de code.", "A request has details and no code.", *ADD),
    "lst-1": ("Une liste dite vide a des éléments.", "A list that is said to be empty has items.", *FIX),
    "lst-2": (
        "Seule une liste de changements a des éléments supprimés.",
        "Only a list of changes has deleted items.",
        *FIX,
    ),
    "lst-3": ("Seule une liste de travail date ses éléments.", "Only a working list dates its items.", *FIX),
    "app-1": ("Un participant n’a ni nom ni rôle.", "A participant has neither name nor type.", *ADD),
    "app-2": (
        "Le rendez-vous n’a que son début ou que sa fin.",
        "The appointment has only its start or only its end.",
        *ADD,
    ),
    "app-3": ("Un rendez-vous fixé n’a pas d’heure.", "A settled appointment has no time.", *ADD),
    "app-4": (
        "Un motif d’annulation est donné sans annulation.",
        "A reason of cancelation is given without one.",
        *FIX,
    ),
    "ras-2": ("Une probabilité dépasse 100 %.", "A probability is above 100 %.", *FIX),
    "grp-1": ("Un groupe théorique liste des membres.", "A group that is no actual one lists members.", *FIX),
    "sev-1": ("Un objet audité a un nom et une requête.", "An audited entity has both a name and a query.", *FIX),
    "inv-1": (
        "Un paramètre a une valeur, une ressource ou des parties, une seule des trois.",
        "A parameter has a value, a resource or parts, one of them.",
        *FIX,
    ),
    "txt-1": (
        "Le texte contient un élément interdit, peut-être actif ({value}).",
        "The narrative holds something forbidden, maybe active ({value}).",
        "ne l’ouvrez pas dans un navigateur ; demandez un document corrigé",
        "do not open it in a browser; ask for a corrected document",
    ),
    "txt-2": ("Le texte est vide.", "The narrative is empty.", *ADD),
    "narrative-form": (
        "Le texte n’est pas du XHTML bien formé ({value}).",
        "The narrative is no well-formed XHTML ({value}).",
        *FIX,
    ),
    "narrative-element": (
        "Le texte emploie <{value}>, que FHIR ne prévoit pas.",
        "The narrative uses <{value}>, which FHIR does not provide for.",
        *NONE,
    ),
    "narrative-remote": (
        "Le texte renvoie à une image sur un autre ordinateur.",
        "The narrative points to an image on another computer.",
        *NONE,
    ),
}

DOCUMENT: Final = {
    "bdl-1": ("Un total est donné hors d’une recherche.", "A total is given outside a search.", *REMOVE),
    "bdl-2": (
        "Des résultats de recherche sont hors d’une recherche.",
        "Search results stand outside a search.",
        *REMOVE,
    ),
    "bdl-3": ("Une requête (request) manque ou est de trop.", "A request is missing or too much.", *FIX),
    "bdl-4": ("Une réponse (response) manque ou est de trop.", "A response is missing or too much.", *FIX),
    "bdl-5": ("Une entrée du lot est vide.", "An entry of the Bundle is empty.", *REMOVE),
    "bdl-7": ("Deux entrées ont la même adresse (fullUrl).", "Two entries have the same address (fullUrl).", *FIX),
    "bdl-8": ("L’adresse (fullUrl) porte une version.", "The address (fullUrl) carries a version.", *FIX),
    "bdl-9": (
        "Le document n’a pas d’identifiant avec système et valeur.",
        "The document has no identifier with system and value.",
        *ADD,
    ),
    "bdl-10": ("Le document n’est pas horodaté.", "The document has no timestamp.", *ADD),
    "bdl-11": (
        "Le document ne commence pas par son en-tête (Composition).",
        "The document does not begin with its Composition.",
        *FIX,
    ),
    "bdl-12": (
        "Le message ne commence pas par MessageHeader.",
        "The message does not begin with its MessageHeader.",
        *FIX,
    ),
    "full-url": (
        "L’adresse (fullUrl) « {value} » n’est pas absolue.",
        "The address (fullUrl) “{value}” is not absolute.",
        *FIX,
    ),
    "full-url-id": (
        "L’adresse (fullUrl) contredit le type ou l’identifiant de la ressource.",
        "The address (fullUrl) contradicts the type or the id of the resource.",
        *FIX,
    ),
    "ref-1": ("« {value} » n’est pas inclus dans la ressource.", "“{value}” is not contained in the resource.", *ADD),
    "reference-form": (
        "« {value} » n’est pas une référence bien écrite.",
        "“{value}” is no well-written reference.",
        *FIX,
    ),
    "reference-empty": ("Une référence ne désigne rien.", "A reference says nothing.", *ADD),
    "reference-dangling": (
        "« {value} » n’est pas dans le document.",
        "“{value}” is not in the document.",
        "demandez à l’auteur le document complet",
        "ask the author for the whole document",
    ),
    "reference-several": ("« {value} » désigne plusieurs ressources.", "“{value}” means several resources.", *FIX),
    "reference-outside": ("« {value} » est hors du document.", "“{value}” is outside the document.", *NONE),
    "reference-loose": (
        "« {value} » n’est retrouvé que par son type et son identifiant.",
        "“{value}” is found by its type and id only.",
        *NONE,
    ),
    "reference-type": (
        "La référence désigne {value} ; sont permis : {wanted}.",
        "The reference points to {value}; allowed are: {wanted}.",
        *FIX,
    ),
    "reference-stated": (
        "La référence se dit {value} et désigne {wanted}.",
        "The reference says {value} and points to {wanted}.",
        *FIX,
    ),
    "orphan": (
        "Rien dans le document ne mène à cette entrée ({value}).",
        "Nothing in the document leads to this entry ({value}).",
        *LOOK,
    ),
}

SUMMARY: Final = {
    "bdl-ips-1": ("Le résumé a un second en-tête (Composition).", "The summary has a second Composition.", *REMOVE),
    "ips-patient": ("Le résumé ne contient pas de patient.", "The summary holds no patient.", *ADD),
    "ips-patients": (
        "Le résumé contient plusieurs patients.",
        "The summary holds several patients.",
        "vérifiez de qui parle chaque entrée",
        "see whom each entry is about",
    ),
    "ips-section": (
        "La section obligatoire pour {section} ({code}) manque.",
        "The required section for {section} ({code}) is missing.",
        "ne lisez pas ce silence comme une absence ; demandez à l’auteur",
        "do not read this silence as absence; ask the author",
    ),
    "ips-section-part": ("La section n’a pas de « {name} ».", "The section has no “{name}”.", *ADD),
    "ips-section-nested": ("Une section en contient une autre.", "A section holds another.", *FIX),
    "ips-section-unknown": (
        "La section ({value}) n’est pas de l’IPS ; c’est permis.",
        "The section ({value}) is none of IPS; that is allowed.",
        *NONE,
    ),
    "ips-section-twice": ("La section {code} est donnée deux fois.", "The section {code} is given twice.", *FIX),
    "ips-section-empty": (
        "La section n’a ni entrée ni raison d’être vide.",
        "The section has neither entries nor a reason to be empty.",
        *LOOK,
    ),
    "ips-comp-1": (
        "La section pour {section} ({code}) est vide sans dire pourquoi.",
        "The section for {section} ({code}) is empty without saying why.",
        "ne lisez pas ce silence comme une absence ; lisez le texte, demandez à l’auteur",
        "do not read this silence as absence; read the text, ask the author",
    ),
    "ips-entry": (
        "La section ne peut pas contenir {value} ; sont permis : {wanted}.",
        "The section cannot hold {value}; allowed are: {wanted}.",
        *FIX,
    ),
    "ips-contradiction": (
        "La section dit qu’il n’y a rien et liste quelque chose.",
        "The section says that there is nothing and lists something.",
        "fiez-vous à ce qui est listé ; demandez à l’auteur",
        "rely on what is listed; ask the author",
    ),
    "ips-required": ("L’IPS demande « {name} », qui manque.", "IPS asks for “{name}”, which is missing.", *ADD),
    "ips-forbidden": ("L’IPS ne permet pas « {name} » ici.", "IPS does not allow “{name}” here.", *REMOVE),
    "ips-fixed": ("L’IPS demande « {value} » ici.", "IPS asks for “{value}” here.", *FIX),
    "ips-category": ("L’IPS demande la catégorie « {value} ».", "IPS asks for the category “{value}”.", *ADD),
    "ips-binding": (
        "Le code « {value} » n’est pas permis par l’IPS.",
        "The code “{value}” is not allowed by IPS.",
        *FIX,
    ),
    "ips-target": (
        "La référence désigne {value} ; l’IPS permet : {wanted}.",
        "The reference points to {value}; IPS allows: {wanted}.",
        *FIX,
    ),
    "ips-type": ("L’IPS permet pour « {name} » : {wanted}.", "IPS allows for “{name}”: {wanted}.", *FIX),
    "ips-1-absence": (
        "« {value} » est un code d’absence de l’IPS 1.x.",
        "“{value}” is a code of absence of IPS 1.x.",
        *NONE,
    ),
    "ips-pat-1": ("Un nom du patient est vide.", "A name of the patient is empty.", *ADD),
    "ips-1": ("La date du résultat n’a pas de jour.", "The date of the result has no day.", *ADD),
    "ips-2": (
        "Le résultat n’a ni valeur ni raison de son absence.",
        "The result has neither a value nor the reason for its absence.",
        *ADD,
    ),
    "ips-3": (
        "Aucun composant n’a de valeur ni de raison de son absence.",
        "No component has a value or the reason for its absence.",
        *ADD,
    ),
    "hasMemberOrComponent": (
        "Le résultat a des membres et des composants.",
        "The result has both members and components.",
        *FIX,
    ),
    "vs-1": ("La date de la mesure n’a pas de jour.", "The date of the vital sign has no day.", *ADD),
    "vs-2": (
        "La mesure n’a ni valeur ni raison de son absence.",
        "The vital sign has neither a value nor the reason for its absence.",
        *ADD,
    ),
    "vs-3": (
        "Une partie de la mesure n’a ni valeur ni raison de son absence.",
        "A part of the vital sign has neither a value nor the reason for its absence.",
        *ADD,
    ),
}
