"""What each finding says, and what to do: rule key → French, English, remedy in French, remedy in English.

An official key has the sentence of its rule in our words. Values in braces are tamed before they come here.
"""

from typing import Final

_FIX = ("corrigez la valeur à la source", "correct the value at its source")
_ADD = ("complétez le document à la source", "complete the document at its source")
_REMOVE = ("retirez l’élément en trop à la source", "remove what is too much at its source")
_ASK = ("demandez à l’auteur un document corrigé", "ask the author for a corrected document")
_LOOK = ("lisez le texte du document à cet endroit", "read the document's own text at this place")
_NONE = ("rien à faire", "nothing to do")

_STRUCTURE: Final = {
    "no-json": ("Ce fichier n’est pas du JSON lisible ({value}).", "This file is no readable JSON ({value}).", *_ASK),
    "too-large": ("Ce document dépasse les limites ({value}).", "This document is beyond the limits ({value}).", *_ASK),
    "too-deep": ("Le document est imbriqué trop profondément.", "The document is nested too deep.", *_ASK),
    "no-resource": (
        "Ce JSON n’est pas une ressource FHIR : resourceType manque.",
        "This JSON is no FHIR resource: resourceType is missing.",
        *_ASK,
    ),
    "resource-type": (
        "« {value} » n’est pas un type de ressource de FHIR R4.",
        "“{value}” is no resource type of FHIR R4.",
        *_FIX,
    ),
    "unknown": (
        "FHIR R4 ne connaît pas d’élément « {name} » dans {type}.",
        "FHIR R4 knows no element “{name}” in {type}.",
        "corrigez le nom, ou mettez la donnée dans une extension",
        "correct the name, or put the data into an extension",
    ),
    "doubled": (
        "Ce nom est écrit deux fois dans le même objet : on ne sait pas quelle valeur vaut.",
        "This name is written twice in one object: which value counts is unknown.",
        *_REMOVE,
    ),
    "required": ("L’élément obligatoire « {name} » manque.", "The required element “{name}” is missing.", *_ADD),
    "choice": (
        "Plusieurs types de « {name} » sont donnés ; un seul est permis.",
        "Several types of “{name}” are given; only one may be.",
        *_REMOVE,
    ),
    "list-expected": (
        "« {name} » doit être une liste, même d’un seul élément.",
        "“{name}” must be a list, even of one element.",
        *_FIX,
    ),
    "list-unexpected": (
        "Une liste est donnée là où une seule valeur est permise.",
        "A list is given where one value may be.",
        *_FIX,
    ),
    "object-expected": (
        "Une valeur simple est donnée là où un objet est attendu.",
        "A plain value is given where an object is expected.",
        *_FIX,
    ),
    "value-expected": (
        "Un objet est donné là où une valeur simple est attendue.",
        "An object is given where a plain value is expected.",
        *_FIX,
    ),
    "null": (
        "La valeur null ne dit rien et n’est pas permise ici.",
        "The value null says nothing and may not be here.",
        *_REMOVE,
    ),
    "ele-1": ("Un élément vide est donné.", "An empty element is given.", *_REMOVE),
    "siblings": (
        "La liste des compléments « _{name} » n’a pas la longueur de « {name} ».",
        "The list “_{name}” is not as long as “{name}”.",
        *_FIX,
    ),
    "binding": (
        "Le code « {value} » n’est pas dans la liste imposée.",
        "The code “{value}” is not in the required value set.",
        "choisissez un code de la liste de FHIR R4",
        "choose a code of the list of FHIR R4",
    ),
    "code-unknown": (
        "Le code « {value} » n’existe pas dans {system}.",
        "The code “{value}” does not exist in {system}.",
        *_FIX,
    ),
    "more": (
        "{value} autres anomalies ne sont pas listées.",
        "{value} more findings are not listed.",
        "corrigez d’abord celles-ci",
        "correct these first",
    ),
}

_FORMATS: Final = {
    "base64Binary": ("du base64", "base64"),
    "boolean": ("true ou false", "true or false"),
    "canonical": ("une adresse sans espace", "an address without white space"),
    "code": ("un code sans espaces superflus", "a code without superfluous white space"),
    "date": ("une date qui existe (2026, 2026-11, 2026-11-23)", "a date that exists (2026, 2026-11, 2026-11-23)"),
    "dateTime": ("une date, avec heure et fuseau ou sans heure", "a date, with time and zone or without time"),
    "decimal": ("un nombre sans guillemets", "a number without quotes"),
    "id": ("un identifiant (lettres, chiffres, - et ., 64 au plus)", "an id (letters, digits, - and ., at most 64)"),
    "instant": ("une date avec heure, secondes et fuseau", "a date with time, seconds and zone"),
    "integer": ("un nombre entier", "a whole number"),
    "markdown": ("un texte non vide", "a text that is not empty"),
    "oid": ("un OID (urn:oid:…)", "an OID (urn:oid:…)"),
    "positiveInt": ("un entier à partir de 1", "a whole number from 1"),
    "string": ("un texte non vide, sans caractère de contrôle", "a text that is not empty, without control characters"),
    "time": ("une heure (09:30:00)", "a time (09:30:00)"),
    "unsignedInt": ("un entier à partir de 0", "a whole number from 0"),
    "uri": ("une adresse (URI, OID, UUID) bien écrite", "a well-written address (URI, OID, UUID)"),
    "url": ("une adresse (URL) sans espace", "an address (URL) without white space"),
    "uuid": ("un UUID (urn:uuid:…)", "a UUID (urn:uuid:…)"),
    "xhtml": ("un texte XHTML", "an XHTML text"),
}

_DATATYPES: Final = {
    "ext-1": (
        "Une extension a soit une valeur, soit des extensions, jamais les deux ni rien.",
        "An extension has either a value or extensions, never both nor nothing.",
        *_FIX,
    ),
    "att-1": ("Un contenu joint n’a pas de type (contentType).", "Attached data has no content type.", *_ADD),
    "cpt-2": (
        "Un numéro ou une adresse ne dit pas de quel système il est.",
        "A number or an address does not say of which system it is.",
        *_ADD,
    ),
    "per-1": ("La fin précède le début.", "The end is before the start.", *_FIX),
    "qty-3": ("Une unité codée n’a pas de système.", "A coded unit has no system.", *_ADD),
    "sqty-1": (
        "Une dose ne peut pas porter de comparateur (<, >).",
        "A dose cannot carry a comparator (<, >).",
        *_FIX,
    ),
    "age-1": (
        "Un âge n’a pas d’unité UCUM ou n’est pas positif.",
        "An age has no UCUM unit or is not positive.",
        *_FIX,
    ),
    "dis-1": ("Une distance n’a pas d’unité UCUM.", "A distance has no UCUM unit.", *_FIX),
    "cnt-3": ("Un nombre n’est pas entier ou n’a pas l’unité 1.", "A count is not whole or has not the unit 1.", *_FIX),
    "drt-1": ("Une durée n’a pas d’unité UCUM.", "A duration has no UCUM unit.", *_FIX),
    "rng-2": ("Le minimum dépasse le maximum.", "The low end is above the high end.", *_FIX),
    "rat-1": (
        "Un rapport a besoin d’un numérateur et d’un dénominateur.",
        "A ratio needs a numerator and a denominator.",
        *_ADD,
    ),
    "exp-1": (
        "Une expression n’est ni écrite ni référencée.",
        "An expression is neither written nor referred to.",
        *_ADD,
    ),
    "tim-1": ("Une durée de prise n’a pas d’unité.", "A duration has no unit.", *_ADD),
    "tim-2": ("Une période n’a pas d’unité.", "A period has no unit.", *_ADD),
    "tim-4": ("Une durée est négative.", "A duration is negative.", *_FIX),
    "tim-5": ("Une période est négative.", "A period is negative.", *_FIX),
    "tim-6": ("periodMax est donné sans period.", "periodMax is given without period.", *_ADD),
    "tim-7": ("durationMax est donné sans duration.", "durationMax is given without duration.", *_ADD),
    "tim-8": ("countMax est donné sans count.", "countMax is given without count.", *_ADD),
    "tim-9": (
        "Un décalage (offset) est donné sans moment, ou avec un repas même.",
        "An offset is given without a moment, or with a meal itself.",
        *_FIX,
    ),
    "tim-10": (
        "Heures et moments de la journée sont donnés ensemble.",
        "Hours and moments of the day are both given.",
        *_FIX,
    ),
}

_RESOURCES: Final = {
    "dom-2": ("Une ressource incluse en inclut une autre.", "A contained resource contains another.", *_FIX),
    "dom-3": (
        "Une ressource incluse ne sert à rien : rien ne s’y réfère.",
        "Nothing refers to a contained resource.",
        *_REMOVE,
    ),
    "dom-4": ("Une ressource incluse porte une version.", "A contained resource carries a version.", *_REMOVE),
    "dom-5": (
        "Une ressource incluse porte un niveau de sécurité.",
        "A contained resource carries a security label.",
        *_REMOVE,
    ),
    "ait-1": (
        "L’allergie ne dit pas si elle est active (clinicalStatus).",
        "The allergy does not say whether it is active (clinicalStatus).",
        *_ADD,
    ),
    "ait-2": (
        "Une allergie saisie par erreur a un statut clinique.",
        "An allergy entered in error has a clinical status.",
        *_REMOVE,
    ),
    "con-1": ("Un stade n’a ni résumé ni évaluation.", "A stage has neither summary nor assessment.", *_ADD),
    "con-2": ("Un indice n’a ni code ni détail.", "Evidence has neither code nor detail.", *_ADD),
    "con-3": (
        "Un problème de la liste ne dit pas s’il est actif (clinicalStatus).",
        "A problem of the list does not say whether it is active (clinicalStatus).",
        *_ADD,
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
        *_REMOVE,
    ),
    "obs-3": ("Un intervalle de référence est vide.", "A reference range is empty.", *_ADD),
    "obs-6": (
        "Un résultat a une valeur et la raison de son absence.",
        "A result has a value and the reason for its absence.",
        "vérifiez le résultat auprès de l’auteur",
        "ask the author for the result",
    ),
    "obs-7": (
        "Un composant répète le code du résultat, qui a déjà une valeur.",
        "A component repeats the code of the result, which has a value already.",
        *_FIX,
    ),
    "org-1": ("L’organisation n’a ni nom ni identifiant.", "The organization has neither name nor identifier.", *_ADD),
    "org-2": ("Une organisation n’a pas d’adresse personnelle.", "An organization has no home address.", *_FIX),
    "org-3": ("Une organisation n’a pas de téléphone personnel.", "An organization has no home telephone.", *_FIX),
    "pat-1": ("Une personne à prévenir est vide.", "A contact of the patient is empty.", *_ADD),
    "cmp-1": ("Une section est vide.", "A section is empty.", *_ADD),
    "cmp-2": (
        "Une section dite vide (emptyReason) a des entrées.",
        "A section that is said to be empty (emptyReason) has entries.",
        "lisez les entrées ; demandez à l’auteur ce qui vaut",
        "read the entries; ask the author which holds",
    ),
    "cpl-3": ("Une activité est détaillée deux fois.", "An activity is detailed twice.", *_REMOVE),
    "fhs-1": (
        "L’âge et la naissance d’un parent sont donnés ensemble.",
        "Both age and birth of a relative are given.",
        *_REMOVE,
    ),
    "fhs-2": ("Un âge estimé n’est pas donné.", "An age is said to be estimated and is not given.", *_ADD),
    "gol-1": ("Une valeur cible ne dit pas de quelle mesure.", "A target value does not say of which measure.", *_ADD),
    "imm-1": ("Une information sur le vaccin est vide.", "Education about a vaccine is empty.", *_ADD),
    "imr-1": (
        "Une recommandation ne nomme ni vaccin ni maladie.",
        "A recommendation names neither vaccine nor disease.",
        *_ADD,
    ),
    "mad-1": ("Une administration n’a ni dose ni débit.", "An administration has neither dose nor rate.", *_ADD),
    "mdd-1": ("La remise précède la préparation.", "It was handed over before it was prepared.", *_FIX),
    "nor-1": ("La prescription alimentaire ne prescrit rien.", "The nutrition order orders nothing.", *_ADD),
    "ppc-1": ("Le consentement n’a ni politique ni règle.", "The consent has neither policy nor rule.", *_ADD),
    "prr-1": ("Une demande a des détails et pas de code.", "A request has details and no code.", *_ADD),
    "lst-1": ("Une liste dite vide a des éléments.", "A list that is said to be empty has items.", *_FIX),
    "lst-2": (
        "Seule une liste de changements a des éléments supprimés.",
        "Only a list of changes has deleted items.",
        *_FIX,
    ),
    "lst-3": ("Seule une liste de travail date ses éléments.", "Only a working list dates its items.", *_FIX),
    "app-1": ("Un participant n’a ni nom ni rôle.", "A participant has neither name nor type.", *_ADD),
    "app-2": (
        "Le rendez-vous n’a que son début ou que sa fin.",
        "The appointment has only its start or only its end.",
        *_ADD,
    ),
    "app-3": ("Un rendez-vous fixé n’a pas d’heure.", "A settled appointment has no time.", *_ADD),
    "app-4": (
        "Un motif d’annulation est donné sans annulation.",
        "A reason of cancelation is given without one.",
        *_FIX,
    ),
    "ras-2": ("Une probabilité dépasse 100 %.", "A probability is above 100 %.", *_FIX),
    "grp-1": ("Un groupe théorique liste des membres.", "A group that is no actual one lists members.", *_FIX),
    "sev-1": ("Un objet audité a un nom et une requête.", "An audited entity has both a name and a query.", *_FIX),
    "inv-1": (
        "Un paramètre a une valeur, une ressource ou des parties, une seule des trois.",
        "A parameter has a value, a resource or parts, one of them.",
        *_FIX,
    ),
    "txt-1": (
        "Le texte contient un élément interdit, peut-être actif ({value}).",
        "The narrative holds something forbidden, maybe active ({value}).",
        "ne l’ouvrez pas dans un navigateur ; demandez un document corrigé",
        "do not open it in a browser; ask for a corrected document",
    ),
    "txt-2": ("Le texte est vide.", "The narrative is empty.", *_ADD),
    "narrative-form": (
        "Le texte n’est pas du XHTML bien formé ({value}).",
        "The narrative is no well-formed XHTML ({value}).",
        *_FIX,
    ),
    "narrative-element": (
        "Le texte emploie <{value}>, que FHIR ne prévoit pas.",
        "The narrative uses <{value}>, which FHIR does not provide for.",
        *_NONE,
    ),
    "narrative-remote": (
        "Le texte renvoie à une image sur un autre ordinateur.",
        "The narrative points to an image on another computer.",
        *_NONE,
    ),
}

_DOCUMENT: Final = {
    "bdl-1": ("Un total est donné hors d’une recherche.", "A total is given outside a search.", *_REMOVE),
    "bdl-2": (
        "Des résultats de recherche sont hors d’une recherche.",
        "Search results stand outside a search.",
        *_REMOVE,
    ),
    "bdl-3": ("Une requête (request) manque ou est de trop.", "A request is missing or too much.", *_FIX),
    "bdl-4": ("Une réponse (response) manque ou est de trop.", "A response is missing or too much.", *_FIX),
    "bdl-5": ("Une entrée du lot est vide.", "An entry of the Bundle is empty.", *_REMOVE),
    "bdl-7": ("Deux entrées ont la même adresse (fullUrl).", "Two entries have the same address (fullUrl).", *_FIX),
    "bdl-8": ("L’adresse (fullUrl) porte une version.", "The address (fullUrl) carries a version.", *_FIX),
    "bdl-9": (
        "Le document n’a pas d’identifiant avec système et valeur.",
        "The document has no identifier with system and value.",
        *_ADD,
    ),
    "bdl-10": ("Le document n’est pas horodaté.", "The document has no timestamp.", *_ADD),
    "bdl-11": (
        "Le document ne commence pas par son en-tête (Composition).",
        "The document does not begin with its Composition.",
        *_FIX,
    ),
    "bdl-12": (
        "Le message ne commence pas par MessageHeader.",
        "The message does not begin with its MessageHeader.",
        *_FIX,
    ),
    "full-url": (
        "L’adresse (fullUrl) « {value} » n’est pas absolue.",
        "The address (fullUrl) “{value}” is not absolute.",
        *_FIX,
    ),
    "full-url-id": (
        "L’adresse (fullUrl) contredit le type ou l’identifiant de la ressource.",
        "The address (fullUrl) contradicts the type or the id of the resource.",
        *_FIX,
    ),
    "ref-1": ("« {value} » n’est pas inclus dans la ressource.", "“{value}” is not contained in the resource.", *_ADD),
    "reference-empty": ("Une référence ne désigne rien.", "A reference says nothing.", *_ADD),
    "reference-dangling": (
        "« {value} » n’est pas dans le document.",
        "“{value}” is not in the document.",
        "demandez à l’auteur le document complet",
        "ask the author for the whole document",
    ),
    "reference-several": ("« {value} » désigne plusieurs ressources.", "“{value}” means several resources.", *_FIX),
    "reference-outside": ("« {value} » est hors du document.", "“{value}” is outside the document.", *_NONE),
    "reference-loose": (
        "« {value} » n’est retrouvé que par son type et son identifiant.",
        "“{value}” is found by its type and id only.",
        *_NONE,
    ),
    "reference-type": (
        "La référence désigne {value} ; sont permis : {wanted}.",
        "The reference points to {value}; allowed are: {wanted}.",
        *_FIX,
    ),
    "reference-stated": (
        "La référence se dit {value} et désigne {wanted}.",
        "The reference says {value} and points to {wanted}.",
        *_FIX,
    ),
    "orphan": (
        "Rien dans le document ne mène à cette entrée ({value}).",
        "Nothing in the document leads to this entry ({value}).",
        *_LOOK,
    ),
}

_SUMMARY: Final = {
    "bdl-ips-1": ("Le résumé a un second en-tête (Composition).", "The summary has a second Composition.", *_REMOVE),
    "ips-patient": ("Le résumé ne contient pas de patient.", "The summary holds no patient.", *_ADD),
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
    "ips-section-part": ("La section n’a pas de « {name} ».", "The section has no “{name}”.", *_ADD),
    "ips-section-nested": ("Une section en contient une autre.", "A section holds another.", *_FIX),
    "ips-section-unknown": (
        "La section ({value}) n’est pas de l’IPS ; c’est permis.",
        "The section ({value}) is none of IPS; that is allowed.",
        *_NONE,
    ),
    "ips-section-twice": ("La section {code} est donnée deux fois.", "The section {code} is given twice.", *_FIX),
    "ips-section-empty": (
        "La section n’a ni entrée ni raison d’être vide.",
        "The section has neither entries nor a reason to be empty.",
        *_LOOK,
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
        *_FIX,
    ),
    "ips-contradiction": (
        "La section dit qu’il n’y a rien et liste quelque chose.",
        "The section says that there is nothing and lists something.",
        "fiez-vous à ce qui est listé ; demandez à l’auteur",
        "rely on what is listed; ask the author",
    ),
    "ips-required": ("L’IPS demande « {name} », qui manque.", "IPS asks for “{name}”, which is missing.", *_ADD),
    "ips-least": ("L’IPS demande au moins {value} « {name} ».", "IPS asks for at least {value} “{name}”.", *_ADD),
    "ips-forbidden": ("L’IPS ne permet pas « {name} » ici.", "IPS does not allow “{name}” here.", *_REMOVE),
    "ips-fixed": ("L’IPS demande « {value} » ici.", "IPS asks for “{value}” here.", *_FIX),
    "ips-category": ("L’IPS demande la catégorie « {value} ».", "IPS asks for the category “{value}”.", *_ADD),
    "ips-binding": (
        "Le code « {value} » n’est pas permis par l’IPS.",
        "The code “{value}” is not allowed by IPS.",
        *_FIX,
    ),
    "ips-target": (
        "La référence désigne {value} ; l’IPS permet : {wanted}.",
        "The reference points to {value}; IPS allows: {wanted}.",
        *_FIX,
    ),
    "ips-type": ("L’IPS permet pour « {name} » : {wanted}.", "IPS allows for “{name}”: {wanted}.", *_FIX),
    "ips-1-absence": (
        "« {value} » est un code d’absence de l’IPS 1.x.",
        "“{value}” is a code of absence of IPS 1.x.",
        *_NONE,
    ),
    "ips-pat-1": ("Un nom du patient est vide.", "A name of the patient is empty.", *_ADD),
    "ips-1": ("La date du résultat n’a pas de jour.", "The date of the result has no day.", *_ADD),
    "ips-2": (
        "Le résultat n’a ni valeur ni raison de son absence.",
        "The result has neither a value nor the reason for its absence.",
        *_ADD,
    ),
    "ips-3": (
        "Aucun composant n’a de valeur ni de raison de son absence.",
        "No component has a value or the reason for its absence.",
        *_ADD,
    ),
    "hasMemberOrComponent": (
        "Le résultat a des membres et des composants.",
        "The result has both members and components.",
        *_FIX,
    ),
    "vs-1": ("La date de la mesure n’a pas de jour.", "The date of the vital sign has no day.", *_ADD),
    "vs-2": (
        "La mesure n’a ni valeur ni raison de son absence.",
        "The vital sign has neither a value nor the reason for its absence.",
        *_ADD,
    ),
    "vs-3": (
        "Une partie de la mesure n’a ni valeur ni raison de son absence.",
        "A part of the vital sign has neither a value nor the reason for its absence.",
        *_ADD,
    ),
}

SENTENCES: Final[dict[str, tuple[str, str, str, str]]] = {
    **_STRUCTURE,
    **{
        f"format-{name}": (
            f"« {{value}} » n’est pas ce qui est attendu : {fr}.",
            f"“{{value}}” is not what is expected: {en}.",
            *_FIX,
        )
        for name, (fr, en) in _FORMATS.items()
    },
    **_DATATYPES,
    **_RESOURCES,
    **_DOCUMENT,
    **_SUMMARY,
}
