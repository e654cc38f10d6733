"""The invariants of the resources that a record may carry. Source: FHIR R4 (4.0.1), by official key."""

from typing import Final

from baladeur.record.check.datatypes import _decimal, _later
from baladeur.record.check.rules import Json, coded, has, one_of, rule

HL7: Final = "http://terminology.hl7.org/CodeSystem/"
_ALLERGY_ERROR: Final = (f"{HL7}allergyintolerance-verification", "entered-in-error")
_PROBLEM_ERROR: Final = (f"{HL7}condition-ver-status", "entered-in-error")
_OVER: Final = {(f"{HL7}condition-clinical", code) for code in ("resolved", "remission", "inactive")}


@rule("ait-1", "AllergyIntolerance")
def ait_1(allergy: Json) -> bool:
    """Unless entered in error, an allergy says whether it is active."""
    return has(allergy, "clinicalStatus") or _ALLERGY_ERROR in coded(allergy.get("verificationStatus"))


@rule("ait-2", "AllergyIntolerance")
def ait_2(allergy: Json) -> bool:
    """Entered in error, it does not."""
    return _ALLERGY_ERROR not in coded(allergy.get("verificationStatus")) or not has(allergy, "clinicalStatus")


@rule("con-1", "Condition.stage")
def con_1(stage: Json) -> bool:
    """A stage has a summary or an assessment."""
    return has(stage, "summary") or has(stage, "assessment")


@rule("con-2", "Condition.evidence")
def con_2(evidence: Json) -> bool:
    """Evidence has a code or details."""
    return has(evidence, "code") or has(evidence, "detail")


@rule("con-3", "Condition", severity="warning")
def con_3(condition: Json) -> bool:
    """A problem of the problem list says whether it is active."""
    if has(condition, "clinicalStatus") or _PROBLEM_ERROR in coded(condition.get("verificationStatus")):
        return True
    return (f"{HL7}condition-category", "problem-list-item") not in coded(condition.get("category"))


@rule("con-4", "Condition")
def con_4(condition: Json) -> bool:
    """What has abated is not active."""
    return not has(condition, "abatement[x]") or bool(_OVER & coded(condition.get("clinicalStatus")))


@rule("con-5", "Condition")
def con_5(condition: Json) -> bool:
    """Entered in error, a condition has no clinical status."""
    return _PROBLEM_ERROR not in coded(condition.get("verificationStatus")) or not has(condition, "clinicalStatus")


@rule("obs-3", "Observation.referenceRange")
def obs_3(limits: Json) -> bool:
    """A reference range has an end or a text."""
    return any(has(limits, name) for name in ("low", "high", "text"))


@rule("obs-6", "Observation")
def obs_6(observation: Json) -> bool:
    """A value, or the reason for its absence, not both."""
    return not (has(observation, "dataAbsentReason") and has(observation, "value[x]"))


@rule("obs-7", "Observation")
def obs_7(observation: Json) -> bool:
    """A component with the observation's own code does not stand beside a value."""
    if not has(observation, "value[x]"):
        return True
    own = coded(observation.get("code"))
    return not any(own & coded(one.get("code")) for one in one_of(observation.get("component")))


@rule("org-1", "Organization")
def org_1(organization: Json) -> bool:
    """An organization has a name or an identifier."""
    return has(organization, "identifier") or has(organization, "name")


@rule("org-2", "Organization")
def org_2(organization: Json) -> bool:
    """An organization has no home address."""
    return all(one.get("use") != "home" for one in one_of(organization.get("address")))


@rule("org-3", "Organization")
def org_3(organization: Json) -> bool:
    """An organization has no home telephone."""
    return all(one.get("use") != "home" for one in one_of(organization.get("telecom")))


@rule("pat-1", "Patient.contact")
def pat_1(contact: Json) -> bool:
    """A person to warn has a name, a number, an address or an organization."""
    return any(has(contact, name) for name in ("name", "telecom", "address", "organization"))


@rule("cmp-1", "Composition.section")
def cmp_1(section: Json) -> bool:
    """A section holds something."""
    return any(has(section, name) for name in ("text", "entry", "section"))


@rule("cmp-2", "Composition.section")
def cmp_2(section: Json) -> bool:
    """A section with entries is not empty for a reason."""
    return not (has(section, "emptyReason") and has(section, "entry"))


@rule("cpl-3", "CarePlan.activity")
def cpl_3(activity: Json) -> bool:
    """An activity is detailed here or elsewhere, not both."""
    return not (has(activity, "detail") and has(activity, "reference"))


@rule("fhs-1", "FamilyMemberHistory")
def fhs_1(history: Json) -> bool:
    """Age or birth, not both."""
    return not (has(history, "age[x]") and has(history, "born[x]"))


@rule("fhs-2", "FamilyMemberHistory")
def fhs_2(history: Json) -> bool:
    """Only an age can be estimated."""
    return has(history, "age[x]") or not has(history, "estimatedAge")


@rule("gol-1", "Goal.target")
def gol_1(target: Json) -> bool:
    """A target value says of which measure."""
    return not has(target, "detail[x]") or has(target, "measure")


@rule("imm-1", "Immunization.education")
def imm_1(education: Json) -> bool:
    """Education has a type or a reference."""
    return has(education, "documentType") or has(education, "reference")


@rule("imr-1", "ImmunizationRecommendation.recommendation")
def imr_1(recommendation: Json) -> bool:
    """A recommendation names a vaccine or a disease."""
    return has(recommendation, "vaccineCode") or has(recommendation, "targetDisease")


@rule("mad-1", "MedicationAdministration.dosage")
def mad_1(dosage: Json) -> bool:
    """What was given has a dose or a rate."""
    return has(dosage, "dose") or has(dosage, "rate[x]")


@rule("mdd-1", "MedicationDispense")
def mdd_1(dispense: Json) -> bool:
    """What was handed over was prepared before."""
    return not _later(dispense.get("whenPrepared"), dispense.get("whenHandedOver"))


@rule("nor-1", "NutritionOrder", severity="warning")
def nor_1(order: Json) -> bool:
    """An order of food orders something."""
    return any(has(order, name) for name in ("oralDiet", "supplement", "enteralFormula"))


@rule("ppc-1", "Consent")
def ppc_1(consent: Json) -> bool:
    """A consent has a policy or a rule."""
    return has(consent, "policy") or has(consent, "policyRule")


@rule("prr-1", "ServiceRequest")
def prr_1(request: Json) -> bool:
    """Details of an order need the order's code."""
    return not has(request, "orderDetail") or has(request, "code")


@rule("lst-1", "List")
def lst_1(items: Json) -> bool:
    """A list with items is not empty for a reason."""
    return not (has(items, "emptyReason") and has(items, "entry"))


@rule("lst-2", "List")
def lst_2(items: Json) -> bool:
    """Only a list of changes has deleted items."""
    return items.get("mode") == "changes" or not any(has(one, "deleted") for one in one_of(items.get("entry")))


@rule("lst-3", "List")
def lst_3(items: Json) -> bool:
    """Only a working list dates its items."""
    return items.get("mode") == "working" or not any(has(one, "date") for one in one_of(items.get("entry")))


@rule("app-1", "Appointment.participant")
def app_1(participant: Json) -> bool:
    """A participant has a type or is named."""
    return has(participant, "type") or has(participant, "actor")


@rule("app-2", "Appointment")
def app_2(appointment: Json) -> bool:
    """Both a start and an end, or neither."""
    return has(appointment, "start") == has(appointment, "end")


@rule("app-3", "Appointment")
def app_3(appointment: Json) -> bool:
    """An appointment that is settled has a time."""
    settled = appointment.get("status") not in ("proposed", "cancelled", "waitlist")
    return not settled or (has(appointment, "start") and has(appointment, "end"))


@rule("app-4", "Appointment")
def app_4(appointment: Json) -> bool:
    """Only what did not happen has a reason for that."""
    return not has(appointment, "cancelationReason") or appointment.get("status") in ("no-show", "cancelled")


@rule("ras-2", "RiskAssessment.prediction")
def ras_2(prediction: Json) -> bool:
    """A probability is at most 100 percent."""
    value = _decimal(prediction.get("probabilityDecimal"))
    return value is None or value <= 100


@rule("grp-1", "Group")
def grp_1(group: Json) -> bool:
    """Only a group of real members lists them."""
    return not has(group, "member") or group.get("actual") is True


@rule("sev-1", "AuditEvent.entity")
def sev_1(entity: Json) -> bool:
    """A name or a query, not both."""
    return not (has(entity, "name") and has(entity, "query"))


@rule("inv-1", "Parameters.parameter")
def inv_1(parameter: Json) -> bool:
    """One of a value, a resource or parts."""
    return [has(parameter, "part"), has(parameter, "value[x]"), has(parameter, "resource")].count(True) == 1
