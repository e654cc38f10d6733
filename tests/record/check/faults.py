"""Single faults, one for each rule at least: what is done to a valid document, and what must be found, and where.

In a place, `@4` stands for the resource of entry 4 of the summary.
"""

import copy
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.record.check.examples import DIV, HL7, LOINC, SINGLES, Json, concept, section, summary, to, url

Edit = Callable[[Any], object]


@dataclass(frozen=True)
class Planted:
    """A fault: the rule that must find it, the place, and how it is planted."""

    key: str
    where: str
    edit: Edit
    base: str = ""  #: a name of SINGLES, or the summary

    def document(self) -> bytes:
        """The document with the fault in it."""
        root = copy.deepcopy(SINGLES[self.base] if self.base else summary())
        made = self.edit(root)
        return made if isinstance(made, bytes) else json.dumps(root, ensure_ascii=False).encode()

    @property
    def place(self) -> str:
        """The location that must be told."""
        return re.sub(r"@(\d+)", r"Bundle.entry[\1].resource", self.where)


def at(root: Json, path: str) -> Any:
    """What stands at a path: `@4.code.coding.0`."""
    found: Any = root
    for step in path.split("."):
        if step.startswith("@"):
            found = found["entry"][int(step[1:])]["resource"]
        else:
            found = found[int(step) if step.isdigit() else step]
    return found


def put(path: str, value: Any) -> Edit:
    """Write a value."""

    def edit(root: Json) -> None:
        before, _, last = path.rpartition(".")
        holder: Any = at(root, before) if before else root
        holder[int(last) if last.isdigit() else last] = copy.deepcopy(value)

    return edit


def drop(path: str) -> Edit:
    """Take a value away."""

    def edit(root: Json) -> None:
        before, _, last = path.rpartition(".")
        holder: Any = at(root, before) if before else root
        holder.pop(int(last) if last.isdigit() else last)

    return edit


def both(*edits: Edit) -> Edit:
    """One fault that takes several edits."""

    def edit(root: Json) -> None:
        for one in edits:
            one(root)

    return edit


def text(old: str, new: str) -> Edit:
    """A fault of the JSON itself."""

    def edit(root: Json) -> bytes:
        body = json.dumps(root, ensure_ascii=False)
        assert body.count(old) >= 1
        return body.replace(old, new, 1).encode()

    return edit


def more(resource: Json) -> Edit:
    """One more entry, reached from the results."""

    def edit(root: Json) -> None:
        root["entry"].append({"fullUrl": url(20), "resource": copy.deepcopy(resource)})

    return edit


def deep(_root: Json) -> bytes:
    """Extensions in extensions."""
    inner = '{"url":"a","valueString":"x"}'
    for _ in range(70):
        inner = '{"url":"a","extension":[' + inner + "]}"
    return ('{"resourceType":"Basic","code":{"text":"x"},"extension":[' + inner + "]}").encode()


CORE = "http://hl7.org/fhir/StructureDefinition/"
REPEAT = "@6.dosage.0.timing.repeat"
S_REPEAT = "@6.dosage[0].timing.repeat"
DIVS = "@0.section.0.text.div"
S_DIV = "@0.section[0].text.div"

STRUCTURE = [
    Planted("no-json", "", lambda _: b'{"resourceType": "Patient"'),
    Planted("too-large", "", lambda _: b"[" * 100_000),
    Planted("too-deep", "Basic" + ".extension[0]" * 64 + ".extension[0]", deep),
    Planted("no-resource", "", lambda _: b'{"type": "document"}'),
    Planted("resource-type", "@18", put("@18.resourceType", "Flagg")),
    Planted("unknown", "@1.gendre", put("@1.gendre", "female")),
    Planted("doubled", "@1.gender", text('"gender": "female"', '"gender": "male", "gender": "female"')),
    Planted("required", "@13.status", drop("@13.status")),
    Planted("choice", "@1.deceased", put("@1.deceasedDateTime", "2026-01-01")),
    Planted("list-expected", "@1.name", put("@1.name", {"family": "MOREAU"})),
    Planted("list-unexpected", "@4.code", put("@4.code", [concept("764146007")])),
    Planted("object-expected", "@4.code", put("@4.code", "764146007")),
    Planted("value-expected", "@1.birthDate", put("@1.birthDate", {"value": "1961"})),
    Planted("null", "@4.lastOccurrence", put("@4.lastOccurrence", None)),
    Planted("ele-1", "@4.reaction", put("@4.reaction", [])),
    Planted("ele-1", "@4.code", put("@4.code", {})),
    Planted("siblings", "@1.name[0].given", put("@1.name.0._given", [{"id": "a"}])),
    Planted("binding", "@1.gender", put("@1.gender", "homme")),
    Planted("binding", "@4.clinicalStatus", put("@4.clinicalStatus", {"text": "active"})),
    Planted("code-unknown", "@5.category[0].coding[0].code", put("@5.category.0.coding.0.code", "problem")),
]

STRUCTURE += [
    Planted(
        "code-missing",
        "@5.category[0].coding[0]",
        put("@5.category", [{"coding": [{"system": f"{HL7}condition-category"}]}]),
    ),
]

FORMATS = [
    Planted("format-base64Binary", "@1.photo[0].data", put("@1.photo.0.data", "aGVsbG8")),
    Planted("format-boolean", "@1.active", put("@1.active", "true")),
    Planted(
        "format-canonical",
        "Basic.extension[0].value.ofType(canonical)",
        put("extension.0.valueCanonical", "a b"),
        "Basic",
    ),
    Planted("format-code", "@1.language", put("@1.language", " fr")),
    Planted("format-date", "@1.birthDate", put("@1.birthDate", "1961-02-30")),
    Planted("format-dateTime", "@10.effective.ofType(dateTime)", put("@10.effectiveDateTime", "2026-01-02T10:00")),
    Planted("format-decimal", "@10.value.ofType(Quantity).value", put("@10.valueQuantity.value", "13")),
    Planted("format-id", "@1.id", put("@1.id", "j" * 65)),
    Planted("format-instant", "@12.issued", put("@12.issued", "2026-01-02")),
    Planted(
        "format-integer", "Basic.extension[3].value.ofType(integer)", put("extension.3.valueInteger", 1.5), "Basic"
    ),
    Planted(
        "format-markdown", "Basic.extension[5].value.ofType(markdown)", put("extension.5.valueMarkdown", " "), "Basic"
    ),
    Planted("format-oid", "Basic.extension[1].value.ofType(oid)", put("extension.1.valueOid", "1.2.3"), "Basic"),
    Planted("format-positiveInt", "@1.telecom[0].rank", put("@1.telecom.0.rank", 0)),
    Planted("format-string", "@1.name[0].family", put("@1.name.0.family", "")),
    Planted("format-string", "@1.name[0].given[0]", put("@1.name.0.given.0", "Jea\u0000nne")),
    Planted(
        "format-time",
        "ServiceRequest.occurrence.ofType(Timing).repeat.timeOfDay[0]",
        put("occurrenceTiming.repeat.timeOfDay.0", "9:30"),
        "ServiceRequest",
    ),
    Planted("format-unsignedInt", "@1.photo[0].size", put("@1.photo.0.size", -1)),
    Planted("format-uri", "@1.identifier[0].system", put("@1.identifier.0.system", "urn:oid:1.250.1.01")),
    Planted("format-url", "@1.photo[0].url", put("@1.photo.0.url", "http://example.org/a b")),
    Planted(
        "format-uuid", "Basic.extension[2].value.ofType(uuid)", put("extension.2.valueUuid", "urn:uuid:1"), "Basic"
    ),
    Planted("format-xhtml", S_DIV, put(DIVS, " ")),
]

DATATYPES = [
    Planted(
        "ext-translation",
        "@5.code.text.extension[0]",
        put(
            "@5.code._text",
            {"extension": [{"url": f"{CORE}translation", "extension": [{"url": "lang", "valueCode": "en"}]}]},
        ),
    ),
    Planted(
        "ext-absent",
        "@9.occurrence.ofType(dateTime).extension[0]",
        put("@9._occurrenceDateTime.extension.0.valueCode", "unknwon"),
    ),
    Planted("ext-1", "Basic.extension[3]", drop("extension.3.valueInteger"), "Basic"),
    Planted("att-1", "@1.photo[0]", drop("@1.photo.0.contentType")),
    Planted("cpt-2", "@1.telecom[0]", drop("@1.telecom.0.system")),
    Planted("per-1", "@6.effective.ofType(Period)", put("@6.effectivePeriod.end", "2018-05-01T05:59:59Z")),
    Planted("qty-3", "@10.value.ofType(Quantity)", drop("@10.valueQuantity.system")),
    Planted(
        "sqty-1",
        "@6.dosage[0].doseAndRate[0].dose.ofType(Quantity)",
        put("@6.dosage.0.doseAndRate.0.doseQuantity.comparator", "<"),
    ),
    Planted("age-1", "@4.onset.ofType(Age)", put("@4.onsetAge.value", 0)),
    Planted("dis-1", "Basic.extension[6].value.ofType(Distance)", drop("extension.6.valueDistance.code"), "Basic"),
    Planted("cnt-3", "Basic.extension[7].value.ofType(Count)", put("extension.7.valueCount.code", "2"), "Basic"),
    Planted(
        "drt-1",
        "@7.dispenseRequest.expectedSupplyDuration",
        put("@7.dispenseRequest.expectedSupplyDuration.system", "http://example.org/units"),
    ),
    Planted("rng-2", "@10.component[0].value.ofType(Range)", put("@10.component.0.valueRange.low.value", 3)),
    Planted("rat-1", "@6.dosage[0].maxDosePerPeriod", drop("@6.dosage.0.maxDosePerPeriod.denominator")),
    Planted(
        "exp-1", "Basic.extension[9].value.ofType(Expression)", drop("extension.9.valueExpression.expression"), "Basic"
    ),
    Planted("tim-1", S_REPEAT, drop(f"{REPEAT}.durationUnit")),
    Planted("tim-2", S_REPEAT, drop(f"{REPEAT}.periodUnit")),
    Planted("tim-4", S_REPEAT, put(f"{REPEAT}.duration", -1)),
    Planted("tim-5", S_REPEAT, put(f"{REPEAT}.period", -1)),
    Planted("tim-6", S_REPEAT, drop(f"{REPEAT}.period")),
    Planted("tim-7", S_REPEAT, drop(f"{REPEAT}.duration")),
    Planted("tim-8", S_REPEAT, drop(f"{REPEAT}.count")),
    Planted("tim-9", S_REPEAT, put(f"{REPEAT}.when", ["CM"])),
    Planted("tim-10", S_REPEAT, put(f"{REPEAT}.timeOfDay", ["09:30:00"])),
]

RESOURCES = [
    Planted(
        "dom-2",
        "@6.contained[0]",
        put(
            "@6.contained.0.contained",
            [{"resourceType": "Basic", "id": "b", "code": {"text": "#b"}, "subject": {"reference": "#m"}}],
        ),
    ),
    Planted("dom-3", "@6.contained[0]", put("@6.medicationReference", to(8))),
    Planted("dom-4", "@6.contained[0]", put("@6.contained.0.meta", {"versionId": "1"})),
    Planted("dom-5", "@6.contained[0]", put("@6.contained.0.meta", {"security": [{"code": "R"}]})),
    Planted("ait-1", "@4", drop("@4.clinicalStatus")),
    Planted("ait-2", "@4", put("@4.verificationStatus.coding.0.code", "entered-in-error")),
    Planted("con-1", "@5.stage[0]", put("@5.stage.0", {"type": {"text": "x"}})),
    Planted("con-2", "@5.evidence[0]", put("@5.evidence.0", {"id": "x"})),
    Planted("con-3", "@5", drop("@5.clinicalStatus")),
    Planted("con-4", "@5", put("@5.abatementDateTime", "2020")),
    Planted("con-5", "@5", put("@5.verificationStatus.coding.0.code", "entered-in-error")),
    Planted("obs-3", "@10.referenceRange[0]", put("@10.referenceRange.0", {"type": {"text": "x"}})),
    Planted("obs-6", "@10", put("@10.dataAbsentReason", concept("unknown", f"{HL7}data-absent-reason"))),
    Planted("obs-7", "@10", put("@10.component.0.code", concept("718-7", LOINC))),
    Planted("org-1", "Organization", drop("name"), "Organization"),
    Planted("org-2", "@3", put("@3.address.0.use", "home")),
    Planted("org-3", "@3", put("@3.telecom.0.use", "home")),
    Planted("pat-1", "@1.contact[0]", drop("@1.contact.0.name")),
    Planted("cmp-1", "Bundle.entry[0].resource.section[0]", drop("entry.0.resource.section.0.text"), "document"),
    Planted(
        "cmp-2", "@0.section[0]", put("@0.section.0.emptyReason", concept("unavailable", f"{HL7}list-empty-reason"))
    ),
    Planted("cpl-3", "@19.activity[0]", put("@19.activity.0.reference", {"display": "x"})),
    Planted("fhs-1", "FamilyMemberHistory", put("bornDate", "1940"), "FamilyMemberHistory"),
    Planted("fhs-2", "FamilyMemberHistory", drop("ageAge"), "FamilyMemberHistory"),
    Planted("gol-1", "Goal.target[0]", drop("target.0.measure"), "Goal"),
    Planted("imm-1", "@9.education[0]", put("@9.education.0", {"publicationDate": "2020"})),
    Planted(
        "imr-1",
        "ImmunizationRecommendation.recommendation[0]",
        drop("recommendation.0.vaccineCode"),
        "ImmunizationRecommendation",
    ),
    Planted("mad-1", "MedicationAdministration.dosage", put("dosage", {"text": "x"}), "MedicationAdministration"),
    Planted("mdd-1", "MedicationDispense", put("whenHandedOver", "2025-12-31"), "MedicationDispense"),
    Planted("nor-1", "NutritionOrder", drop("oralDiet"), "NutritionOrder"),
    Planted("ppc-1", "Consent", drop("policyRule"), "Consent"),
    Planted("prr-1", "ServiceRequest", drop("code"), "ServiceRequest"),
    Planted("lst-1", "List", put("emptyReason", concept("unavailable", f"{HL7}list-empty-reason")), "List"),
    Planted("lst-2", "List", put("entry.0.deleted", True), "List"),
    Planted("lst-3", "List", put("entry.0.date", "2020"), "List"),
    Planted("app-1", "Appointment.participant[0]", drop("participant.0.actor"), "Appointment"),
    Planted("app-2", "Appointment", both(drop("end"), put("status", "proposed")), "Appointment"),
    Planted("app-3", "Appointment", both(drop("start"), drop("end")), "Appointment"),
    Planted("app-4", "Appointment", put("cancelationReason", {"text": "x"}), "Appointment"),
    Planted("ras-2", "RiskAssessment.prediction[0]", put("prediction.0.probabilityDecimal", 101), "RiskAssessment"),
    Planted("grp-1", "Group", put("actual", False), "Group"),
    Planted("sev-1", "AuditEvent.entity[0]", put("entity.0.query", "eA=="), "AuditEvent"),
    Planted("inv-1", "Parameters.parameter[0]", drop("parameter.0.valueString"), "Parameters"),
    Planted("txt-1", S_DIV, put(DIVS, DIV.replace("<p>", "<p><script>alert(1)</script>"))),
    Planted("txt-1", S_DIV, put(DIVS, DIV.replace("<p>", '<p onclick="x()">'))),
    Planted("txt-1", S_DIV, put(DIVS, DIV.replace("<p>", '<p><a href="java\tscript:x()">x</a>'))),
    Planted("txt-1", S_DIV, put(DIVS, f'<!DOCTYPE div [<!ENTITY a "a">]>{DIV}')),
    Planted("txt-2", S_DIV, put(DIVS, '<div xmlns="http://www.w3.org/1999/xhtml"> <p> </p></div>')),
    Planted("narrative-form", S_DIV, put(DIVS, DIV.replace("</p>", " & co"))),
    Planted("narrative-form", S_DIV, put(DIVS, DIV.replace(' xmlns="http://www.w3.org/1999/xhtml"', ""))),
    Planted("narrative-element", S_DIV, put(DIVS, DIV.replace("p>", "section>"))),
    Planted("narrative-remote", S_DIV, put(DIVS, DIV.replace("<p>", '<p><img src="https://example.org/x.png"/>'))),
]

DOCUMENT = [
    Planted("full-url-id", "Bundle.entry[0].fullUrl", drop("entry.0.resource.id"), "searchset"),
    Planted("reference-form", "@5.subject.reference", put("@5.subject.reference", " " + url(1))),
    Planted("reference-form", "Observation.subject.reference", put("subject", {"reference": "jeanne"}), "Observation"),
    Planted("bdl-1", "Bundle", put("total", 20)),
    Planted("bdl-2", "Bundle", put("entry.0.search", {"mode": "match"}), "message"),
    Planted("bdl-3", "Bundle.entry[0]", drop("entry.0.request"), "transaction"),
    Planted(
        "bdl-4", "Bundle.entry[0]", put("entry.0", {"resource": {"resourceType": "Patient"}}), "transaction-response"
    ),
    Planted("bdl-5", "Bundle.entry[0]", put("entry.0", {"fullUrl": url(1)}), "searchset"),
    Planted(
        "bdl-7",
        "Bundle.entry[1].fullUrl",
        lambda root: root["entry"].append(
            {"fullUrl": "http://example.org/Patient/jeanne", "resource": {"resourceType": "Patient", "id": "jeanne"}}
        ),
        "searchset",
    ),
    Planted(
        "bdl-8",
        "Bundle.entry[0].fullUrl",
        put("entry.0.fullUrl", "http://example.org/Patient/jeanne/_history/1"),
        "searchset",
    ),
    Planted("bdl-9", "Bundle.identifier", drop("identifier.system"), "document"),
    Planted("bdl-10", "Bundle.timestamp", drop("timestamp"), "document"),
    Planted("bdl-11", "Bundle.entry[0]", lambda root: root["entry"].insert(0, root["entry"].pop())),
    Planted("bdl-12", "Bundle", put("entry.0.resource", {"resourceType": "Patient"}), "message"),
    Planted("full-url", "Bundle.entry[0].fullUrl", put("entry.0.fullUrl", "Patient/jeanne"), "searchset"),
    Planted(
        "full-url-id", "Bundle.entry[0].fullUrl", put("entry.0.fullUrl", "http://example.org/Patient/anne"), "searchset"
    ),
    Planted("ref-1", "@6.medication.ofType(Reference).reference", put("@6.contained.0.id", "n")),
    Planted("reference-empty", "@13.recorder", put("@13.recorder", {"type": "Practitioner"})),
    Planted("reference-dangling", "@10.performer[0].reference", put("@10.performer.0", to(77))),
    Planted("reference-dangling", "@10.performer[0].reference", put("@10.performer.0.reference", "Organization/lost")),
    Planted(
        "reference-several",
        "@13.recorder.reference",
        both(
            more({"resourceType": "Practitioner", "id": "doctor", "name": [{"text": "x"}]}),
            put("@13.asserter", to(20)),
            put("@13.recorder", {"reference": "Practitioner/doctor"}),
        ),
    ),
    Planted(
        "reference-outside",
        "@13.recorder.reference",
        put("@13.recorder", {"reference": "http://example.org/Practitioner/1"}),
    ),
    Planted("reference-loose", "@13.recorder.reference", put("@13.recorder", {"reference": "Practitioner/doctor"})),
    Planted("reference-type", "@4.recorder", put("@4.recorder", to(3))),
    Planted("reference-stated", "@4.recorder.type", put("@4.recorder", {**to(2), "type": "Patient"})),
    Planted("orphan", "Bundle.entry[20]", more({"resourceType": "Basic", "code": {"text": "x"}})),
]

SUMMARY = [
    Planted(
        "bdl-ips-1",
        "Bundle.entry[20]",
        both(
            more(
                {
                    "resourceType": "Composition",
                    "status": "final",
                    "type": {"text": "x"},
                    "date": "2026",
                    "author": [to(2)],
                    "title": "x",
                    "subject": to(1),
                }
            )
        ),
    ),
    Planted(
        "ips-patient",
        "Bundle.entry",
        both(
            drop("entry.1"),
            put("@0.contained", [{"resourceType": "Patient", "id": "p"}]),
            put("@0.subject", {"reference": "#p"}),
            put("@0.author", [{"display": "Dr DURAND"}]),
        ),
        "empty summary",
    ),
    Planted(
        "ips-patients",
        "Bundle.entry[20]",
        both(
            more({"resourceType": "Patient", "name": [{"text": "x"}], "birthDate": "1970"}),
            put("@13.performer", [{"actor": to(20)}]),
        ),
    ),
    Planted("ips-section", "@0.section", drop("@0.section.1")),
    Planted("ips-section-part", "@0.section[0].title", drop("@0.section.0.title")),
    Planted("ips-section-part", "@0.section[0].text", drop("@0.section.0.text")),
    Planted(
        "ips-section-nested",
        "@0.section[0].section",
        put("@0.section.0.section", [{"text": {"status": "empty", "div": DIV}}]),
    ),
    Planted("ips-section-unknown", "@0.section[10].code", put("@0.section.10.code", concept("44944-7", LOINC))),
    Planted(
        "ips-section-twice",
        "@0.section[12]",
        lambda root: at(root, "@0.section").append(section("Encore", "8716-3", 16)),
    ),
    Planted("ips-section-empty", "@0.section[11]", drop("@0.section.11.emptyReason")),
    Planted("ips-comp-1", "@0.section[2]", drop("@0.section.2.entry")),
    Planted("ips-entry", "@0.section[0].entry[1]", lambda root: at(root, "@0.section.0.entry").append(to(10))),
    Planted(
        "ips-contradiction",
        "@0.section[1].entry[1]",
        both(
            more(
                {
                    "resourceType": "AllergyIntolerance",
                    "clinicalStatus": concept("active", f"{HL7}allergyintolerance-clinical"),
                    "code": concept("716186003"),
                    "patient": to(1),
                }
            ),
            lambda root: at(root, "@0.section.1.entry").append(to(20)),
        ),
    ),
    Planted("ips-required", "@1.birthDate", drop("@1.birthDate")),
    Planted("ips-required", "@13.performed", drop("@13.performedString")),
    Planted("ips-required", "@4.patient.reference", put("@4.patient", {"display": "Jeanne"})),
    Planted("ips-forbidden", "@17.component", put("@17.component", [{"code": {"text": "x"}, "valueString": "y"}])),
    Planted("ips-fixed", "@0.type", put("@0.type", concept("11488-4", LOINC))),
    Planted("ips-fixed", "@18.status", put("@18.status", "inactive")),
    Planted("ips-fixed", "@7.doNotPerform", put("@7.doNotPerform", True)),
    Planted("ips-category", "@10.category", put("@10.category", [concept("exam", f"{HL7}observation-category")])),
    Planted("ips-binding", "@10.status", put("@10.status", "entered-in-error")),
    Planted(
        "ips-target",
        "@14.subject",
        both(more({"resourceType": "Group", "type": "person", "actual": True}), put("@14.subject", to(20))),
    ),
    Planted(
        "ips-type", "@17.effective", both(drop("@17.effectiveDateTime"), put("@17.effectivePeriod", {"start": "2020"}))
    ),
    Planted(
        "ips-1-absence",
        "@13.code",
        put("@13.code", concept("no-known-procedures", "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips")),
    ),
    Planted("ips-pat-1", "@1.name[0]", put("@1.name.0", {"use": "official"})),
    Planted("ips-1", "@11.effective", put("@11.effectiveDateTime", "2025-06")),
    Planted("ips-2", "@10", both(drop("@10.valueQuantity"), drop("@10.component"))),
    Planted("ips-3", "@10", drop("@10.component.0.valueRange")),
    Planted(
        "hasMemberOrComponent",
        "@11",
        both(put("@11.hasMember", [to(10)]), put("@11.component", [{"code": {"text": "x"}, "valueString": "y"}])),
    ),
    Planted("vs-1", "@16.effective", put("@16.effectiveDateTime", "2026-01")),
    Planted("vs-2", "@16", drop("@16.component")),
    Planted("vs-3", "@16.component[1]", drop("@16.component.1.valueQuantity")),
]

FAULTS = [*STRUCTURE, *FORMATS, *DATATYPES, *RESOURCES, *DOCUMENT, *SUMMARY]
