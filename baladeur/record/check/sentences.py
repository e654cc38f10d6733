"""What each finding says, and what to do: rule key → French, English, remedy in French, remedy in English.

An official key has the sentence of its rule in our words. Values in braces are tamed before they come here.
"""

from typing import Final

from baladeur.record.check.remedies import ADD, ASK, FIX, REMOVE
from baladeur.record.check.rule_sentences import DOCUMENT, RESOURCES, SUMMARY

_STRUCTURE: Final = {
    "no-json": ("Ce fichier n’est pas du JSON lisible ({value}).", "This file is no readable JSON ({value}).", *ASK),
    "too-large": ("Ce document dépasse les limites ({value}).", "This document is beyond the limits ({value}).", *ASK),
    "too-deep": ("Le document est imbriqué trop profondément.", "The document is nested too deep.", *ASK),
    "no-resource": (
        "Ce JSON n’est pas une ressource FHIR : resourceType manque.",
        "This JSON is no FHIR resource: resourceType is missing.",
        *ASK,
    ),
    "resource-type": (
        "« {value} » n’est pas un type de ressource de FHIR R4.",
        "“{value}” is no resource type of FHIR R4.",
        *FIX,
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
        *REMOVE,
    ),
    "required": ("L’élément obligatoire « {name} » manque.", "The required element “{name}” is missing.", *ADD),
    "choice": (
        "Plusieurs types de « {name} » sont donnés ; un seul est permis.",
        "Several types of “{name}” are given; only one may be.",
        *REMOVE,
    ),
    "list-expected": (
        "« {name} » doit être une liste, même d’un seul élément.",
        "“{name}” must be a list, even of one element.",
        *FIX,
    ),
    "list-unexpected": (
        "Une liste est donnée là où une seule valeur est permise.",
        "A list is given where one value may be.",
        *FIX,
    ),
    "object-expected": (
        "Une valeur simple est donnée là où un objet est attendu.",
        "A plain value is given where an object is expected.",
        *FIX,
    ),
    "value-expected": (
        "Un objet est donné là où une valeur simple est attendue.",
        "An object is given where a plain value is expected.",
        *FIX,
    ),
    "null": (
        "La valeur null ne dit rien et n’est pas permise ici.",
        "The value null says nothing and may not be here.",
        *REMOVE,
    ),
    "ele-1": ("Un élément vide est donné.", "An empty element is given.", *REMOVE),
    "siblings": (
        "La liste des compléments « _{name} » n’a pas la longueur de « {name} ».",
        "The list “_{name}” is not as long as “{name}”.",
        *FIX,
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
        *FIX,
    ),
    "code-missing": (
        "Un système de codes ({system}) est donné sans code.",
        "A system of codes ({system}) is given without a code.",
        *ADD,
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
        *FIX,
    ),
    "ext-translation": (
        "Une traduction ne dit pas sa langue ou son texte.",
        "A translation does not give its language or its text.",
        *ADD,
    ),
    "ext-absent": (
        "La raison d’une absence n’est pas dans la liste de FHIR R4.",
        "The reason for an absence is not in the list of FHIR R4.",
        *FIX,
    ),
    "att-1": ("Un contenu joint n’a pas de type (contentType).", "Attached data has no content type.", *ADD),
    "cpt-2": (
        "Un numéro ou une adresse ne dit pas de quel système il est.",
        "A number or an address does not say of which system it is.",
        *ADD,
    ),
    "per-1": ("La fin précède le début.", "The end is before the start.", *FIX),
    "qty-3": ("Une unité codée n’a pas de système.", "A coded unit has no system.", *ADD),
    "sqty-1": (
        "Une dose ne peut pas porter de comparateur (<, >).",
        "A dose cannot carry a comparator (<, >).",
        *FIX,
    ),
    "age-1": (
        "Un âge n’a pas d’unité UCUM ou n’est pas positif.",
        "An age has no UCUM unit or is not positive.",
        *FIX,
    ),
    "dis-1": ("Une distance n’a pas d’unité UCUM.", "A distance has no UCUM unit.", *FIX),
    "cnt-3": ("Un nombre n’est pas entier ou n’a pas l’unité 1.", "A count is not whole or has not the unit 1.", *FIX),
    "drt-1": ("Une durée n’a pas d’unité UCUM.", "A duration has no UCUM unit.", *FIX),
    "rng-2": ("Le minimum dépasse le maximum.", "The low end is above the high end.", *FIX),
    "rat-1": (
        "Un rapport a besoin d’un numérateur et d’un dénominateur.",
        "A ratio needs a numerator and a denominator.",
        *ADD,
    ),
    "exp-1": (
        "Une expression n’est ni écrite ni référencée.",
        "An expression is neither written nor referred to.",
        *ADD,
    ),
    "tim-1": ("Une durée de prise n’a pas d’unité.", "A duration has no unit.", *ADD),
    "tim-2": ("Une période n’a pas d’unité.", "A period has no unit.", *ADD),
    "tim-4": ("Une durée est négative.", "A duration is negative.", *FIX),
    "tim-5": ("Une période est négative.", "A period is negative.", *FIX),
    "tim-6": ("periodMax est donné sans period.", "periodMax is given without period.", *ADD),
    "tim-7": ("durationMax est donné sans duration.", "durationMax is given without duration.", *ADD),
    "tim-8": ("countMax est donné sans count.", "countMax is given without count.", *ADD),
    "tim-9": (
        "Un décalage (offset) est donné sans moment, ou avec un repas même.",
        "An offset is given without a moment, or with a meal itself.",
        *FIX,
    ),
    "tim-10": (
        "Heures et moments de la journée sont donnés ensemble.",
        "Hours and moments of the day are both given.",
        *FIX,
    ),
}

SENTENCES: Final[dict[str, tuple[str, str, str, str]]] = {
    **_STRUCTURE,
    **{
        f"format-{name}": (
            f"« {{value}} » n’est pas ce qui est attendu : {fr}.",
            f"“{{value}}” is not what is expected: {en}.",
            *FIX,
        )
        for name, (fr, en) in _FORMATS.items()
    },
    **_DATATYPES,
    **RESOURCES,
    **DOCUMENT,
    **SUMMARY,
}
