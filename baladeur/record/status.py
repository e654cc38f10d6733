"""The status table: where a line of the record goes, and why. A doctor must be able to read and sign this page.

Rows are read from the top; the first that fits wins. So the order is part of the meaning: what must never be shown as
current stands first, then what was stopped or is over, then doubts, then what is current. A line that no row knows is
to be confirmed: nothing is current by default. There is no clock here: "today" is the `as_of` that `read` was given.

Facts of a row (column `when`; all must fit, `a|b` is either):
  status        the element that carries the state: clinicalStatus (AllergyIntolerance, Condition), else status;
                `absent` if it is not there, has no code, or only a reason for its absence;
                `other` if it is no single code of the element's own code system
  verification  verificationStatus, likewise; intent, likewise. Both also `other` if no row names their code
  error         entered-in-error in any status of the entry or of the whole document
  start         `future` if it begins after today, by every reading of a partial date; else `none`
  end           the last day that the end's date allows, against today: `none`, `past`, `future` (today or later),
                `unclear` (stated, but no readable date). Condition.abatement[x] is an end, and so are
                the bounds of a treatment's dosages if each of them has some
  modifier      a modifierExtension or implicitRules anywhere inside     versions  `several`: differing copies came
  subject       `self` the patient, `other` somebody else, `unknown`     family    a code for family history
  negated       notDone, notGiven, wasNotGiven, wasNotTaken, taken = n   do_not    doNotPerform
  filed         sections of the source that list it                      form      `point` or `period` of administration
  reported      reportedBoolean true, or a reportedReference: a request that records what the patient takes (US Core)
  dangling      a section lists it, but the document does not hold it   carried    the Medication or Device it names
  denied        `yes` if a newer document of the record says of the same thing that it is over, stopped or refuted
  left          `yes` if the record holds a newer version of its document, which does not list it

Sources: FHIR R4 (4.0.1), the value sets that each element binds (required): condition-clinical, condition-ver-status,
allergyintolerance-clinical, -verification, medication-statement-status, medicationrequest-status, -intent,
medication-admin-status, medicationdispense-status, immunization-status, event-status, observation-status,
diagnostic-report-status, flag-status, device-statement-status, device-status, consent-state-codes,
document-reference-status, encounter-status, imagingstudy-status; section 2.4.0.2 isModifier; invariants con-3 to con-5,
ait-1, ait-2; IPS 2.0.0 "Patient Safety".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from baladeur.record.model import Place

#: Modifier extensions whose meaning this program knows. None yet: each needs its own rows below.
KNOWN_MODIFIERS: Final[frozenset[str]] = frozenset()

_EVENTS = "Procedure,Immunization,Observation,DiagnosticReport,ImagingStudy"
_PLANS = "CarePlan,ServiceRequest,Goal,ImmunizationRecommendation,Appointment,DeviceRequest,NutritionOrder"

# key | resource types | when | place | words | reviewed by
_TABLE: Final = f"""
error.entered            | * | error=yes | never | entered in error | nobody yet
family.history           | FamilyMemberHistory | | never | family history, not the patient's | nobody yet
family.filed             | * | filed=family_history | never | filed under family history | nobody yet
family.code              | * | family=yes | never | the code says family history | nobody yet
subject.other            | * | subject=other | never | about somebody else | nobody yet
allergy.refuted          | AllergyIntolerance | verification=refuted | never | refuted | nobody yet
problem.refuted          | Condition | verification=refuted | never | refuted | nobody yet
negated                  | * | negated=yes | never | not done or not given | nobody yet
request.do-not           | MedicationRequest | do_not=yes | never | must not be given | nobody yet
directive.order          | CarePlan,ServiceRequest | filed=advance_directives | to-confirm | filed under advance directives; read the source | nobody yet
plan                     | {_PLANS} | | never | planned, not done | nobody yet
statement.not-taken      | MedicationStatement | status=not-taken | never | not taken | nobody yet
statement.intended       | MedicationStatement | status=intended | never | planned, not begun | nobody yet
request.reported         | MedicationRequest | status=active intent=plan reported=yes end=none,future | to-confirm | reported as taken, without an order | nobody yet
request.planned          | MedicationRequest | intent=proposal,plan,option | never | planned, not ordered | nobody yet
request.draft            | MedicationRequest | status=draft | never | draft, not ordered | nobody yet
request.cancelled        | MedicationRequest | status=cancelled | never | cancelled before it began | nobody yet
administration.not-done  | MedicationAdministration | status=not-done | never | not given | nobody yet
dispense.not-handed-out  | MedicationDispense | status=preparation,cancelled,declined | never | not handed out | nobody yet
immunization.not-done    | Immunization | status=not-done | never | not given | nobody yet
procedure.not-done       | Procedure | status=not-done | never | not done | nobody yet
procedure.planned        | Procedure | status=preparation | never | being prepared, not done | nobody yet
observation.cancelled    | Observation,DiagnosticReport,ImagingStudy | status=cancelled | never | cancelled | nobody yet
device-use.intended      | DeviceUseStatement | status=intended | never | planned, not in use | nobody yet
consent.not-in-force     | Consent | status=draft,proposed,rejected | never | not in force | nobody yet
encounter.not-begun      | Encounter | status=planned,cancelled | never | did not take place | nobody yet

modifier.unknown         | * | modifier=yes | to-confirm | carries a qualifier that this program does not know | nobody yet
negated.unclear          | * | negated=unclear | to-confirm | may say that it was not done | nobody yet
request.do-not-unclear   | MedicationRequest | do_not=unclear | to-confirm | may say that it must not be given | nobody yet

statement.stopped        | MedicationStatement | status=stopped | stopped | stopped | nobody yet
request.stopped          | MedicationRequest | status=stopped | stopped | stopped | nobody yet
administration.stopped   | MedicationAdministration | status=stopped | stopped | stopped while being given | nobody yet
dispense.stopped         | MedicationDispense | status=stopped | stopped | handing out was stopped | nobody yet
procedure.stopped        | Procedure | status=stopped | stopped | begun, not finished | nobody yet
device-use.stopped       | DeviceUseStatement | status=stopped | stopped | no longer in use | nobody yet

event.future             | {_EVENTS},MedicationAdministration | start=future | to-confirm | dated after today | nobody yet
event.plan               | {_EVENTS},MedicationAdministration | filed=plan_of_care | to-confirm | filed under the plan of care | nobody yet
problem.not-over         | Condition | status=inactive,remission,resolved end=future | to-confirm | marked as over, but its end is not reached | nobody yet
statement.not-over       | MedicationStatement | status=completed end=future | to-confirm | marked as completed, but its end is not reached | nobody yet
administration.goes-on   | MedicationAdministration | status=completed form=period end=none,future,unclear | to-confirm | given; whether it goes on is not clear | nobody yet

allergy.over             | AllergyIntolerance | status=inactive,resolved | past | no longer present | nobody yet
problem.over             | Condition | status=inactive,remission,resolved | past | over, inactive or in remission | nobody yet
problem.ended            | Condition | status=absent end=past | past | status not stated, but its end is | nobody yet
statement.completed      | MedicationStatement | status=completed | past | completed | nobody yet
request.completed        | MedicationRequest | status=completed | past | completed | nobody yet
administration.given     | MedicationAdministration | status=completed | past | given | nobody yet
flag.inactive            | Flag | status=inactive | past | no longer in force | nobody yet
device-use.completed     | DeviceUseStatement | status=completed | past | no longer in use | nobody yet
device.inactive          | Device | status=inactive | past | no longer in use | nobody yet
consent.inactive         | Consent | status=inactive | past | no longer in force | nobody yet
document.superseded      | DocumentReference | status=superseded | past | replaced by a newer document | nobody yet
encounter.finished       | Encounter | status=finished | past | finished | nobody yet

carried.error            | * | carried=error | to-confirm | the drug or device it names was entered in error | nobody yet
carried.inactive         | DeviceUseStatement | carried=inactive | to-confirm | the device it names is marked as no longer in use | nobody yet
reference.dangling       | * | dangling=yes | to-confirm | the document names it but does not hold it | nobody yet
subject.unknown          | * | subject=unknown | to-confirm | the document does not say whose it is | nobody yet
versions.several         | * | versions=several | to-confirm | the document holds differing versions | nobody yet

immunization.done        | Immunization | status=completed | past | given | nobody yet
procedure.done           | Procedure | status=completed | past | done | nobody yet

listing.left             | AllergyIntolerance,Condition,MedicationStatement,MedicationRequest,Flag,DeviceUseStatement,Device,Consent | left=yes | to-confirm | the newer version of its document no longer lists it | nobody yet
newer.denies             | AllergyIntolerance,Condition,MedicationStatement,MedicationRequest | denied=yes | to-confirm | a newer document says that it is over, stopped or refuted | nobody yet

status.absent            | * | status=absent | to-confirm | status not stated | nobody yet
status.unknown           | * | status=unknown | to-confirm | status unknown to the source | nobody yet
status.on-hold           | * | status=on-hold | to-confirm | suspended; may have been resumed | nobody yet

start.future             | * | start=future | to-confirm | begins after today | nobody yet
plan.filed               | MedicationStatement,MedicationRequest,Condition | filed=plan_of_care | to-confirm | filed under the plan of care | nobody yet
allergy.unconfirmed      | AllergyIntolerance | status=active verification=unconfirmed,presumed | to-confirm | not confirmed | nobody yet
allergy.verification     | AllergyIntolerance | status=active verification=other | to-confirm | verification not known to this program | nobody yet
allergy.active           | AllergyIntolerance | status=active verification=confirmed,absent | current | active | nobody yet

problem.ended-active     | Condition | status=active,recurrence,relapse end=past,unclear | to-confirm | marked as active, but with an end | nobody yet
problem.filed-past       | Condition | status=active,recurrence,relapse filed=past_history | to-confirm | marked as active, but filed as past | nobody yet
problem.unconfirmed      | Condition | status=active,recurrence,relapse verification=unconfirmed,provisional,differential | to-confirm | not confirmed | nobody yet
problem.verification     | Condition | status=active,recurrence,relapse verification=other | to-confirm | verification not known to this program | nobody yet
problem.active           | Condition | status=active,recurrence,relapse verification=confirmed,absent end=none,future | current | active | nobody yet

statement.ended-active   | MedicationStatement | status=active end=past,unclear | to-confirm | marked as active, but its period has ended | nobody yet
statement.active         | MedicationStatement | status=active end=none,future | current | active | nobody yet
request.ended-active     | MedicationRequest | status=active end=past,unclear | to-confirm | marked as active, but its period has ended | nobody yet
request.intent-absent    | MedicationRequest | status=active intent=absent | to-confirm | does not say whether it is an order | nobody yet
request.intent-unknown   | MedicationRequest | status=active intent=other | to-confirm | intent not known to this program | nobody yet
request.active           | MedicationRequest | status=active intent=order,original-order,reflex-order,filler-order,instance-order | current | active | nobody yet
administration.running   | MedicationAdministration | status=in-progress | current | being given | nobody yet
dispense.handed-out      | MedicationDispense | status=in-progress,completed | to-confirm | handed out; whether it is taken is not stated | nobody yet

procedure.running        | Procedure | status=in-progress | current | under way | nobody yet
observation.early        | Observation,DiagnosticReport,ImagingStudy | status=registered,partial,preliminary | to-confirm | not final | nobody yet
observation.final        | Observation,DiagnosticReport,ImagingStudy | status=final,amended,corrected,appended,available | current | final | nobody yet

flag.ended               | Flag | status=active end=past,unclear | to-confirm | marked as active, but its period has ended | nobody yet
flag.active              | Flag | status=active end=none,future | current | active | nobody yet
device-use.ended         | DeviceUseStatement | status=active end=past,unclear | to-confirm | marked as in use, but its period has ended | nobody yet
device-use.active        | DeviceUseStatement | status=active end=none,future | current | in use | nobody yet
device.active            | Device | status=active | current | active | nobody yet
consent.ended            | Consent | status=active end=past,unclear | to-confirm | marked as in force, but its period has ended | nobody yet
consent.active           | Consent | status=active end=none,future | current | in force | nobody yet
document.current         | DocumentReference | status=current | current | current | nobody yet
encounter.running        | Encounter | status=arrived,triaged,in-progress,onleave | current | under way | nobody yet

code.unknown             | * | | to-confirm | status not known to this program | nobody yet
"""  # noqa: E501 - a row is read across


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table. Empty `types`: every type."""

    key: str
    types: frozenset[str]
    when: Mapping[str, frozenset[str]]
    place: Place
    words: str
    reviewed_by: str

    def fits(self, type_: str, facts: "Facts") -> bool:
        """Whether the row speaks of this type and each of its conditions meets one of the facts."""
        if self.types and type_ not in self.types:
            return False
        return all(not wanted.isdisjoint(facts.get(name, _ABSENT)) for name, wanted in self.when.items())

    def vectors(self) -> list[dict[str, str]]:
        """Every combination of the values that the row names: one vector per cell, for the tests."""
        names = list(self.when)
        return [dict(zip(names, values, strict=True)) for values in product(*(sorted(self.when[n]) for n in names))]


Facts = Mapping[str, frozenset[str]]
_ABSENT: Final = frozenset({"absent"})


def _rows() -> tuple[Row, ...]:
    rows = []
    for line in _TABLE.strip().splitlines():
        if not line.strip():
            continue
        key, types, when, place, words, reviewed_by = (cell.strip() for cell in line.split("|"))
        conditions = dict(condition.split("=", 1) for condition in when.split())
        rows.append(
            Row(
                key,
                frozenset() if types == "*" else frozenset(types.split(",")),
                {name: frozenset(values.split(",")) for name, values in conditions.items()},
                Place(place),
                words,
                reviewed_by,
            )
        )
    return tuple(rows)


TABLE: Final = _rows()


def judge(type_: str, facts: Facts) -> Row:
    """The first row that fits a resource type and its facts; the last row fits all.

    A fact that is not given counts as `absent`. Raises nothing. Source: this module's table.
    """
    return next(row for row in TABLE if row.fits(type_, facts))


def named(fact: str) -> frozenset[str]:
    """Every value of a fact that the table names. Raises nothing."""
    return frozenset().union(*(row.when.get(fact, frozenset()) for row in TABLE))


def is_reviewed() -> bool:
    """Whether every row names a reviewer. Until then each page says that its rules are not reviewed."""
    return all(row.reviewed_by != "nobody yet" for row in TABLE)
