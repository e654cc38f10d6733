"""The words of a summary's sections, in French: escaped XHTML, made of the entries' own words.

The narrative repeats what the entries say and decides nothing: where a line stands comes from `status.TABLE`.
Source: FHIR R4 (4.0.1) section 2.4.5 Narrative (txt-1, txt-2); IPS 2.0.0 "Narrative". **Reviewed by nobody yet.**
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from baladeur.record.dosage import words as dosage_words
from baladeur.record.model import Absence, Dated, Entry, Place, SectionName, Value
from baladeur.record.wording import date_words

_S = SectionName
TITLES: Final = {
    _S.ALLERGIES: "Allergies et intolérances",
    _S.PROBLEMS: "Problèmes",
    _S.MEDICATIONS: "Traitements",
    _S.ALERTS: "Alertes",
    _S.DEVICES: "Dispositifs médicaux",
    _S.PAST_HISTORY: "Antécédents",
    _S.PROCEDURES: "Actes et interventions",
    _S.IMMUNIZATIONS: "Vaccinations",
    _S.RESULTS: "Résultats",
    _S.VITAL_SIGNS: "Signes vitaux",
    _S.PREGNANCY: "Grossesse",
    _S.ADVANCE_DIRECTIVES: "Directives anticipées",
    _S.FUNCTIONAL_STATUS: "État fonctionnel",
    _S.SOCIAL_HISTORY: "Mode de vie",
    _S.FAMILY_HISTORY: "Antécédents familiaux",
    _S.PLAN_OF_CARE: "Projet de soins",
    _S.PATIENT_STORY: "Parole du patient",
    _S.OTHER: "Autres éléments",
}
SUMMARY: Final = "Synthèse médicale"
TEXT_ONLY: Final = "Texte du document source, sans entrée codée :"
EMPTY: Final = {
    "nilknown": "Rien de connu, d’après la source.",
    "notasked": "Non demandé, d’après la source.",
    "withheld": "Non communiqué par la source.",
    "unavailable": "Non renseigné.",
    "notstarted": "Pas encore commencé, d’après la source.",
    "closed": "Clos, d’après la source.",
}
_STANDS: Final = {Place.TO_CONFIRM: "à confirmer", Place.STOPPED: "arrêté", Place.NEVER: "prévu, non réalisé"}
_DONE: Final = frozenset({_S.PROCEDURES, _S.IMMUNIZATIONS, _S.PAST_HISTORY, _S.FAMILY_HISTORY})
_DATES: Final = ("onset", "effective", "performed", "occurrence", "timing", "period", "started", "dateTime", "date")


def line(entry: Entry) -> str:
    """One entry in one line: its words, what it says more, its date, and where it stands unless that is plain."""
    coded = next((one.display or one.code for one in entry.codings if one.display or one.code), "")
    parts = [entry.words or coded or f"({entry.type})"]
    if entry.section is _S.MEDICATIONS:
        parts.append(dosage_words(entry.dosage, "fr").words)
    parts += [m for one in entry.reactions for m in one.manifestations]
    parts += [value(one) for one in ([entry.value] if entry.value else []) + list(entry.components)]
    parts.append(next((dated(one) for role in _DATES if (one := entry.date(role))), ""))
    parts.append(_stands(entry))
    return ", ".join(part for part in dict.fromkeys(parts) if part)


def _stands(entry: Entry) -> str:
    if entry.place is Place.PAST:
        return "" if entry.section in _DONE else "passé"
    return "" if entry.section is _S.FAMILY_HISTORY else _STANDS.get(entry.place, "")


def value(one: Value) -> str:
    """A result as written."""
    measure = one.quantity
    told = " ".join(w for w in (measure.comparator, measure.number, measure.unit) if w) if measure else one.text
    told = told or (f"sans valeur : {one.absent}" if one.absent else "")
    return f"{one.label} : {told}" if one.label and told else told


def dated(one: Dated) -> str:
    """A date or a period in words."""
    if one.text:
        return one.text
    if one.start and one.end:
        return f"du {date_words(one.start, 'fr')} au {date_words(one.end, 'fr')}"
    return date_words(one.start, "fr") if one.start else f"jusqu’au {date_words(one.end, 'fr')}" if one.end else ""


def denial(one: Absence, against: bool) -> str:
    """A statement of absence, and that other lines speak against it."""
    told = (one.words if one.key else "") or EMPTY.get(one.code, EMPTY["nilknown" if one.known else "unavailable"])
    return f"CONTRADICTION : une source dit « {told} », d’autres lignes disent le contraire." if against else told


def div(lines: Iterable[str], paragraphs: Sequence[str] = ()) -> str:
    """The XHTML of a section. There is always a word in it."""
    listed = "".join(f"<li>{_escaped(one)}</li>" for one in lines)
    told = "".join(f"<p>{_escaped(one)}</p>" for one in paragraphs if one)
    body = told + (f"<ul>{listed}</ul>" if listed else "") or f"<p>{EMPTY['unavailable']}</p>"
    return f'<div xmlns="http://www.w3.org/1999/xhtml" lang="fr-FR" xml:lang="fr-FR">{body}</div>'


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br/>")
