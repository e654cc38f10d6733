"""Entries to sections: where each belongs, and whether a section is known, none known or not recorded.

It sees no FHIR dict. "None known" beside an entry that says otherwise is a Contradiction, never a choice.
Sources: IPS 2.0.0 "Empty sections and known absence" (SNOMED CT); IPS 1.1 absent-unknown-uv-ips; FHIR R4 (4.0.1)
list-empty-reason; LOINC codes of IPS 2.0.0 pregnancy profiles.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from baladeur.quiet import quiet
from baladeur.record.model import (
    Absence,
    Contradiction,
    Entry,
    Filed,
    Known,
    NoneKnown,
    NotRecorded,
    Place,
    Scope,
    Section,
    SectionName,
)
from baladeur.text import fold

_S = SectionName
_BY_TYPE: Final = {
    "AllergyIntolerance": _S.ALLERGIES,
    "MedicationStatement": _S.MEDICATIONS,
    "MedicationRequest": _S.MEDICATIONS,
    "MedicationAdministration": _S.MEDICATIONS,
    "MedicationDispense": _S.MEDICATIONS,
    "Immunization": _S.IMMUNIZATIONS,
    "Procedure": _S.PROCEDURES,
    "Device": _S.DEVICES,
    "DeviceUseStatement": _S.DEVICES,
    "Flag": _S.ALERTS,
    "FamilyMemberHistory": _S.FAMILY_HISTORY,
    "Encounter": _S.ENCOUNTERS,
}
_IF_NOT_FILED: Final = {
    "DiagnosticReport": _S.RESULTS,
    "ImagingStudy": _S.RESULTS,
    "DocumentReference": _S.DOCUMENTS,
    "CarePlan": _S.PLAN_OF_CARE,
    "ServiceRequest": _S.PLAN_OF_CARE,
    "Goal": _S.PLAN_OF_CARE,
    "ImmunizationRecommendation": _S.PLAN_OF_CARE,
    "Appointment": _S.PLAN_OF_CARE,
    "DeviceRequest": _S.PLAN_OF_CARE,
    "NutritionOrder": _S.PLAN_OF_CARE,
}
_BY_CATEGORY: Final = {"vital-signs": _S.VITAL_SIGNS, "social-history": _S.SOCIAL_HISTORY, "adr": _S.ADVANCE_DIRECTIVES}
_PREGNANCY: Final = frozenset({"82810-3", "11778-8", "11779-6", "11780-4", "8665-2"})

_SNOMED: Final = "http://snomed.info/sct"
_ABSENT_UNKNOWN: Final = (
    "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips",
    "urn:oid:2.16.840.1.113883.5.1150.1",
)
_NO_INFORMATION: Final = "1287211007"
_NONE_SNOMED: Final = {
    "716186003": (_S.ALLERGIES, Scope.ALL),
    "409137002": (_S.ALLERGIES, Scope.MEDICATION),
    "429625007": (_S.ALLERGIES, Scope.FOOD),
    "428607008": (_S.ALLERGIES, Scope.ENVIRONMENT),
    "428197003": (_S.ALLERGIES, Scope.INSECT),
    "716184000": (_S.ALLERGIES, Scope.SUBSTANCE),  # latex
    "1003774007": (_S.ALLERGIES, Scope.SUBSTANCE),  # latex, the newer code
    "716220001": (_S.ALLERGIES, Scope.SUBSTANCE),  # animals
    "160245001": (_S.PROBLEMS, Scope.ALL),
    "787481004": (_S.MEDICATIONS, Scope.ALL),
    "787482006": (_S.IMMUNIZATIONS, Scope.ALL),
    "787480003": (_S.PROCEDURES, Scope.ALL),
    "787483001": (_S.DEVICES, Scope.ALL),
}
_NONE_1X: Final = {
    "no-known-allergies": (_S.ALLERGIES, Scope.ALL),
    "no-known-medication-allergies": (_S.ALLERGIES, Scope.MEDICATION),
    "no-known-food-allergies": (_S.ALLERGIES, Scope.FOOD),
    "no-known-environmental-allergies": (_S.ALLERGIES, Scope.ENVIRONMENT),
    "no-known-problems": (_S.PROBLEMS, Scope.ALL),
    "no-known-medications": (_S.MEDICATIONS, Scope.ALL),
    "no-known-immunizations": (_S.IMMUNIZATIONS, Scope.ALL),
    "no-known-procedures": (_S.PROCEDURES, Scope.ALL),
    "no-known-devices": (_S.DEVICES, Scope.ALL),
}
_INFO_1X: Final = {
    "no-allergy-info": _S.ALLERGIES,
    "no-problem-info": _S.PROBLEMS,
    "no-medication-info": _S.MEDICATIONS,
    "no-immunization-info": _S.IMMUNIZATIONS,
    "no-procedure-info": _S.PROCEDURES,
    "no-device-info": _S.DEVICES,
}
# The same in words, folded, where no code says it: the whole name, so that nothing that names a substance is taken.
_NONE_WORDS: Final = {
    **dict.fromkeys(
        ("no known allergies", "no known allergy", "no allergies", "nka", "no known allergies or intolerances",
         "aucune allergie connue", "aucune allergie", "pas d'allergie connue", "pas d'allergie",
         "pas d'allergies connues", "absence d'allergie connue"), (_S.ALLERGIES, Scope.ALL)),
    **dict.fromkeys(
        ("no known drug allergies", "no known drug allergy", "no known medication allergies", "nkda",
         "aucune allergie medicamenteuse connue", "aucune allergie medicamenteuse",
         "pas d'allergie medicamenteuse connue"), (_S.ALLERGIES, Scope.MEDICATION)),
    **dict.fromkeys(
        ("no known food allergies", "no known food allergy", "aucune allergie alimentaire connue",
         "pas d'allergie alimentaire connue"), (_S.ALLERGIES, Scope.FOOD)),
    **dict.fromkeys(
        ("no known latex allergy", "no known latex allergies", "pas d'allergie au latex connue"),
        (_S.ALLERGIES, Scope.SUBSTANCE)),
    **dict.fromkeys(
        ("no known problems", "no current problems", "no current problems or disability", "no known conditions",
         "aucun probleme connu", "aucun probleme en cours"), (_S.PROBLEMS, Scope.ALL)),
    **dict.fromkeys(
        ("no known medications", "no current medications", "no medications", "aucun traitement connu",
         "aucun traitement en cours", "aucun traitement", "pas de traitement en cours"), (_S.MEDICATIONS, Scope.ALL)),
}  # fmt: skip
# A statement of absence needs no status of its own (IPS 1.x examples say "unknown"); these rows leave it standing.
_STANDING: Final = frozenset(
    {"status.absent", "status.unknown", "immunization.done", "immunization.not-done", "procedure.done"}
    | {"procedure.not-done", "statement.not-taken", "statement.completed"}
)
_CATEGORY_OF: Final = {Scope.INSECT: frozenset({"environment", "biologic"})}

_TODAY: Final = frozenset({Place.CURRENT, Place.TO_CONFIRM})
_DONE: Final = _TODAY | {Place.PAST, Place.STOPPED}
_SPEAKING: Final[Mapping[SectionName, frozenset[Place]]] = {
    **dict.fromkeys((_S.PAST_HISTORY, _S.PROCEDURES, _S.IMMUNIZATIONS, _S.ENCOUNTERS, _S.DOCUMENTS), _DONE),
    **dict.fromkeys((_S.FAMILY_HISTORY, _S.PLAN_OF_CARE), _DONE | {Place.NEVER}),
}
_SAYS_NOTHING: Final = frozenset({"error.entered", "subject.other", "negated"})


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """What the document says of a section apart from its entries."""

    section: SectionName
    empty: str = ""
    words: str = ""
    narrative: str = ""

    __repr__ = quiet


def home(
    type_: str, rule: str, place: Place, codes: Iterable[str], categories: Iterable[str], filed: Sequence[Filed]
) -> SectionName:
    """The section that an entry belongs to: by what it is, then by where the source filed it, then by its category."""
    if rule.startswith("family."):
        return _S.FAMILY_HISTORY
    if type_ in _BY_TYPE:
        return _BY_TYPE[type_]
    named = [one.section for one in filed if one.section is not _S.OTHER]
    if type_ == "Condition":
        apart = [one for one in named if one not in (_S.PROBLEMS, _S.PAST_HISTORY, _S.ALLERGIES, _S.MEDICATIONS)]
        return apart[0] if apart else _S.PAST_HISTORY if place is Place.PAST else _S.PROBLEMS
    if named:
        return named[0]
    if type_ in _IF_NOT_FILED:
        return _IF_NOT_FILED[type_]
    if not _PREGNANCY.isdisjoint(codes):
        return _S.PREGNANCY
    told = [_BY_CATEGORY[one] for one in categories if one in _BY_CATEGORY]
    return told[0] if told else _S.RESULTS if type_ == "Observation" else _S.OTHER


def absence_of(entry: Entry) -> Absence | None:
    """The statement of absence that an entry is, or None if it is an ordinary entry.

    Refuted, mistaken, somebody else's or qualified statements are no absence: they stay ordinary entries.
    """
    if entry.place is not Place.CURRENT and entry.rule not in _STANDING:
        return None
    found: list[Absence] = []
    for coding in entry.codings:
        section, scope, known = entry.section, Scope.ALL, True
        if coding.system == _SNOMED and coding.code == _NO_INFORMATION:
            known = False
        elif coding.system == _SNOMED and coding.code in _NONE_SNOMED:
            section, scope = _NONE_SNOMED[coding.code]
        elif coding.system in _ABSENT_UNKNOWN and coding.code in _NONE_1X:
            section, scope = _NONE_1X[coding.code]
        elif coding.system in _ABSENT_UNKNOWN and coding.code in _INFO_1X:
            section, known = _INFO_1X[coding.code], False
        elif coding.system in (_SNOMED, *_ABSENT_UNKNOWN):
            return None  # it names something, too
        else:
            continue
        if section is not entry.section:
            return None
        found.append(Absence(section, known, scope, coding.code, entry.words, entry.key, entry.dates, entry.actors))
    said = fold(entry.words).replace("\u2019", "'").rstrip(". ").removesuffix("(situation)").strip()
    if not found and _NONE_WORDS.get(said, (None,))[0] is entry.section:
        found.append(Absence(*_told(said), entry.words, entry.key, entry.dates, entry.actors))
    same = {(one.known, one.scope) for one in found}
    return found[0] if len(same) == 1 else None


def _told(said: str) -> tuple[SectionName, bool, Scope, str]:
    section, scope = _NONE_WORDS[said]
    return section, True, scope, ""


def sections(entries: Iterable[Entry], said: Iterable[Said]) -> dict[SectionName, Section]:
    """Every section of the record as Known, NoneKnown or NotRecorded. Raises nothing."""
    lines: dict[SectionName, list[Entry]] = {name: [] for name in SectionName}
    absences: dict[SectionName, list[Absence]] = {name: [] for name in SectionName}
    for entry in entries:
        if (absence := absence_of(entry)) is not None:
            absences[entry.section].append(absence)
        else:
            lines[entry.section].append(entry)
    reasons: dict[SectionName, list[str]] = {name: [] for name in SectionName}
    texts: dict[SectionName, list[str]] = {name: [] for name in SectionName}
    for one in said:
        if one.narrative:
            texts[one.section].append(one.narrative)
        if one.empty == "nilknown":
            absences[one.section].append(Absence(one.section, True, Scope.ALL, one.empty, one.words))
        elif one.empty:
            reasons[one.section].append(one.empty)
            absences[one.section].append(Absence(one.section, False, Scope.ALL, one.empty, one.words))
    return {
        name: _section(name, tuple(lines[name]), tuple(absences[name]), reasons[name], "\n\n".join(texts[name]))
        for name in SectionName
    }


def joined(parts: Sequence[Section], name: SectionName) -> Section:
    """One section out of the same section of several documents, judged anew. Raises nothing.

    That one document knows nothing says nothing against what another knows.
    """
    telling = [one for one in parts if not isinstance(one, NotRecorded) or one.contradictions]
    absences = tuple(one for part in telling or parts for one in part.absences)
    reasons = [one.code for one in absences if not one.known and not one.key]
    texts = (part.narrative for part in parts)
    entries = tuple(one for part in parts for one in part.entries)
    return _section(name, entries, absences, reasons, "\n\n".join(text for text in texts if text))


def _section(
    name: SectionName, entries: tuple[Entry, ...], absences: tuple[Absence, ...], reasons: list[str], narrative: str
) -> Section:
    speaking = [entry for entry in entries if speaks(entry)]
    denials = [absence for absence in absences if absence.known]
    against = tuple(
        Contradiction(denial, keys)
        for denial in denials
        if (keys := tuple(entry.key for entry in speaking if _denies(denial, entry)))
    )
    if speaking:
        return Known(entries, absences, against, narrative)
    silent = [absence for absence in absences if not absence.known]
    whole = [denial for denial in denials if denial.scope is Scope.ALL]
    if whole and silent:
        apart = tuple(Contradiction(denial, ()) for denial in whole)
        return NotRecorded("contradiction", entries, absences, apart, narrative)
    if whole:
        return NoneKnown(absences, entries, narrative)
    if reasons:
        return NotRecorded(reasons[0], entries, absences, (), narrative)
    reason = "no-information" if silent else "nothing-current" if entries else "text-only" if narrative else ""
    return NotRecorded(reason, entries, absences, (), narrative)


def speaks(entry: Entry) -> bool:
    """Whether an entry makes its section known: what is over, refuted or a mistake says nothing of today."""
    return entry.rule not in _SAYS_NOTHING and entry.place in _SPEAKING.get(entry.section, _TODAY)


def _denies(denial: Absence, entry: Entry) -> bool:
    if denial.scope is Scope.SUBSTANCE:
        return False  # which one is in its words, and so is what the entry is about
    if denial.scope is Scope.ALL or not entry.categories:
        return True
    return not _CATEGORY_OF.get(denial.scope, frozenset({str(denial.scope)})).isdisjoint(entry.categories)
