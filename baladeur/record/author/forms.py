"""The forms: one for each kind of entry that is written here, as a table. **Reviewed by nobody yet.**

Sources: FHIR R4 (4.0.1), the resources named; IPS 2.0.0 profiles for what a summary wants of each.
"""

from datetime import date
from typing import Final

from baladeur.record.author import special
from baladeur.record.author.dosing import DOSAGE
from baladeur.record.author.fields import Choice, Field, Form, Kind
from baladeur.record.author.shapes import (
    code_of,
    date_of,
    many_words_of,
    note_of,
    period_of,
    status,
    status_of,
    text_of,
    words_of,
)
from baladeur.record.elements import Json, obj, raw

_HL7: Final = "http://terminology.hl7.org/CodeSystem/"
ALLERGY_CLINICAL: Final = _HL7 + "allergyintolerance-clinical"
ALLERGY_VERIFICATION: Final = _HL7 + "allergyintolerance-verification"
CONDITION_CLINICAL: Final = _HL7 + "condition-clinical"
CONDITION_VERIFICATION: Final = _HL7 + "condition-ver-status"

_NOTE: Final = Field("note", "remarque", "note", Kind.LONG)
_VERIFICATIONS: Final = (
    Choice("confirmed", "confirmé", "confirmed"),
    Choice("unconfirmed", "non confirmé", "unconfirmed"),
    Choice("refuted", "écarté", "refuted"),
)
_ENDED: Final = (Choice("resolved", "guéri", "resolved"), Choice("inactive", "inactif", "inactive"))


def _allergy(resource: Json, today: date) -> None:
    resource.setdefault("verificationStatus", status(ALLERGY_VERIFICATION, "confirmed"))
    code = obj(next(iter(resource["code"].get("coding", [])), None))
    if "category" not in resource and raw(code.get("system")).endswith("/atc"):
        resource["category"] = ["medication"]
    resource.setdefault("recordedDate", today.isoformat())


def _problem(resource: Json, today: date) -> None:
    resource.setdefault("verificationStatus", status(CONDITION_VERIFICATION, "confirmed"))
    resource.setdefault("recordedDate", today.isoformat())
    if "abatementDateTime" in resource:
        resource.setdefault("clinicalStatus", status(CONDITION_CLINICAL, "resolved"))
    resource.setdefault("clinicalStatus", status(CONDITION_CLINICAL, "active"))


def _treatment(resource: Json, today: date) -> None:
    resource["dateAsserted"] = today.isoformat()
    end = raw(resource.get("effectivePeriod", {}).get("end"))
    if end and end < today.isoformat()[: len(end)] and resource.get("status") == "active":
        resource["status"] = "completed"


def _result(resource: Json, today: date) -> None:
    special.performed_by(resource)


ALLERGY: Final = Form(
    "allergy", "Allergie", "Allergy", "AllergyIntolerance",
    (
        words_of(Field("substance", "substance", "substance", Kind.CODED, True, ("allergens", "medicines")), "code"),
        code_of(
            Field("type", "nature", "nature", Kind.CHOICE, choices=(
                Choice("allergy", "allergie", "allergy"), Choice("intolerance", "intolérance", "intolerance"))),
            "type",
        ),
        special.category_of(
            Field("category", "catégorie", "category", Kind.CHOICE, choices=(
                Choice("medication", "médicament", "medication"), Choice("food", "aliment", "food"),
                Choice("environment", "environnement", "environment"), Choice("biologic", "biologique", "biologic")))
        ),
        code_of(
            Field("criticality", "danger", "criticality", Kind.CHOICE, choices=(
                Choice("high", "élevé", "high"), Choice("low", "faible", "low"),
                Choice("unable-to-assess", "non évaluable", "unable to assess"))),
            "criticality",
        ),
        special.REACTION,
        date_of(Field("since", "depuis", "since", Kind.DATE, past=True), "onsetDateTime", "onset"),
        status_of(
            Field("verification", "certitude", "verification", Kind.CHOICE, choices=_VERIFICATIONS),
            "verificationStatus", ALLERGY_VERIFICATION,
        ),
        note_of(_NOTE),
    ),
    {"clinicalStatus": status(ALLERGY_CLINICAL, "active")}, _allergy, "patient", _ENDED,
)  # fmt: skip

PROBLEM: Final = Form(
    "problem", "Problème", "Problem", "Condition",
    (
        words_of(Field("problem", "problème", "problem", Kind.CODED, True, ("problems",)), "code"),
        date_of(Field("since", "depuis", "since", Kind.DATE, past=True), "onsetDateTime", "onset"),
        date_of(Field("until", "jusqu’à", "until", Kind.DATE, past=True), "abatementDateTime", "abatement"),
        status_of(
            Field("status", "état", "status", Kind.CHOICE, choices=(
                Choice("active", "actif", "active"), Choice("recurrence", "récidive", "recurrence"),
                Choice("relapse", "rechute", "relapse"), Choice("remission", "rémission", "remission"),
                Choice("inactive", "inactif", "inactive"), Choice("resolved", "guéri", "resolved"))),
            "clinicalStatus", CONDITION_CLINICAL,
        ),
        status_of(
            Field("verification", "certitude", "verification", Kind.CHOICE, choices=(
                *_VERIFICATIONS, Choice("provisional", "provisoire", "provisional"),
                Choice("differential", "différentiel", "differential"))),
            "verificationStatus", CONDITION_VERIFICATION,
        ),
        special.severity_of(Field("severity", "gravité", "severity", Kind.CHOICE, choices=special.SEVERITIES)),
        note_of(_NOTE),
    ),
    {"category": [status(_HL7 + "condition-category", "problem-list-item")]},
    _problem, states=(*_ENDED, Choice("remission", "rémission", "remission")),
)  # fmt: skip

TREATMENT: Final = Form(
    "treatment", "Traitement", "Treatment", "MedicationStatement",
    (
        special.DRUG,
        DOSAGE,
        period_of(
            Field("since", "depuis", "since", Kind.DATE), Field("until", "jusqu’à", "until", Kind.DATE), "effective"
        ),
        many_words_of(Field("reason", "motif", "reason", Kind.CODED, tables=("problems",)), "reasonCode"),
        note_of(_NOTE),
    ),
    {"status": "active"}, _treatment,
    states=(Choice("stopped", "arrêté", "stopped"), Choice("completed", "terminé", "completed")),
)  # fmt: skip

PROCEDURE: Final = Form(
    "procedure", "Intervention", "Procedure", "Procedure",
    (
        words_of(Field("procedure", "intervention", "procedure", Kind.CODED, True, ("acts",)), "code"),
        date_of(Field("date", "date", "date", Kind.DATE, past=True), "performedDateTime", "performed", unknown=True),
        many_words_of(Field("site", "localisation", "body site", Kind.CODED), "bodySite"),
        many_words_of(Field("reason", "motif", "reason", Kind.CODED, tables=("problems",)), "reasonCode"),
        note_of(_NOTE),
    ),
    {"status": "completed"},
)  # fmt: skip

VACCINATION: Final = Form(
    "vaccination", "Vaccin", "Vaccination", "Immunization",
    (
        words_of(Field("vaccine", "vaccin", "vaccine", Kind.CODED, True, ("vaccines",)), "vaccineCode"),
        date_of(
            Field("date", "date", "date", Kind.DATE, past=True, now=True),
            "occurrenceDateTime", "occurrence", unknown=True,
        ),
        special.DOSE_NUMBER,
        text_of(Field("lot", "lot", "lot"), "lotNumber"),
        words_of(Field("route", "voie", "route", Kind.CODED, tables=("values",), group="route"), "route"),
        note_of(_NOTE),
    ),
    {"status": "completed"}, subject="patient",
)  # fmt: skip

RESULT: Final = Form(
    "result", "Résultat", "Result", "Observation",
    (
        words_of(Field("analyte", "analyse", "analyte", Kind.CODED, True, ("analytes",)), "code"),
        special.VALUE,
        date_of(Field("date", "date", "date", Kind.DATE, past=True), "effectiveDateTime", "effective", unknown=True),
        special.RANGE,
        special.performer_of(Field("performer", "laboratoire", "laboratory")),
        note_of(_NOTE),
    ),
    {"status": "final", "category": [status(_HL7 + "observation-category", "laboratory")]}, _result,
)  # fmt: skip

DEVICE: Final = Form(
    "device", "Dispositif", "Device", "DeviceUseStatement",
    (
        special.DEVICE,
        period_of(
            Field("since", "depuis", "since", Kind.DATE, past=True),
            Field("until", "jusqu’à", "until", Kind.DATE), "timing",
        ),
        words_of(Field("site", "localisation", "body site", Kind.CODED), "bodySite"),
        note_of(_NOTE),
    ),
    {"status": "active"}, states=(Choice("completed", "retiré", "removed"),),
)  # fmt: skip

CONTACT: Final = Form(
    "contact", "Contact", "Contact", "contact",
    special.declared(
        Field("name", "nom", "name", required=True), Field("phone", "téléphone", "phone", required=True),
        Field("relation", "lien", "relation"), Field("email", "courriel", "email"),
    ),
)  # fmt: skip

DIRECTIVE: Final = Form(
    "directive", "Directives anticipées", "Advance directives", "directive",
    special.declared(
        Field("title", "titre", "title", required=True),
        Field("date", "date", "date", Kind.DATE, past=True, now=True), Field("text", "texte", "text", Kind.LONG, True),
    ),
)  # fmt: skip

NOTE: Final = Form(
    "note", "Note", "Note", "DocumentReference",
    (
        text_of(Field("title", "titre", "title", required=True), "description"),
        special.ATTACHED,
    ),
    {
        "status": "current",
        "type": {"coding": [{"system": "http://loinc.org", "code": "34109-9", "display": "Note"}]},
    },
    special.dated_note,
)  # fmt: skip

FORMS: Final[tuple[Form, ...]] = (
    ALLERGY, PROBLEM, TREATMENT, PROCEDURE, VACCINATION, RESULT, DEVICE, CONTACT, DIRECTIVE, NOTE,
)  # fmt: skip


def form_of(kind: str) -> Form:
    """The form of a kind. Raises KeyError."""
    return {one.kind: one for one in FORMS}[kind]
