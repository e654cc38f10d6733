"""Where the card meets the sealed file: who may sign this change, and what a signed commit is worth.

The card knows no entry and the container no card; here an operation of a statement becomes an act of the table of
permissions, and a record's signature a verdict.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from baladeur import __version__
from baladeur.card import clock, permissions, signer, verdict
from baladeur.card.permissions import Act
from baladeur.card.professional import Professional
from baladeur.card.refusals import NotInScope
from baladeur.card.signer import Signer
from baladeur.card.trust import Trust
from baladeur.card.verdict import Verdict
from baladeur.container.change import Author, Change
from baladeur.container.statement import HOLDER_TYPES, Record
from baladeur.errors import ClockNotBelieved, StatementMalformed

# What kind of entry a stored item is, in the words of the table of permissions. REVIEWED BY NOBODY YET. A type that is
# not here is its own kind, which only a doctor writes.
KINDS: Final[Mapping[str, str]] = {
    "fhir-allergyintolerance": "allergy",
    "fhir-immunization": "vaccination",
    "fhir-medicationdispense": "dispensation",
    "fhir-medicationrequest": "treatment",
    "fhir-medicationstatement": "treatment",
    "fhir-observation": "measure",
    "fhir-procedure": "procedure",
}
# What an entry stands on and is no statement about the patient's health: whoever may bring the entry brings these too.
SUPPORT: Final = HOLDER_TYPES | {
    "source",
    "fhir-composition",
    "fhir-location",
    "fhir-organization",
    "fhir-patient",
    "fhir-practitioner",
    "fhir-practitionerrole",
    "fhir-provenance",
    "fhir-relatedperson",
}
REVIEW: Final = "review"  # an item that says that a section was gone through
REVIEWS: Final = frozenset({REVIEW, "confirmation"})  # or that one line holds unchanged
_ACTIONS: Final[Mapping[str, permissions.Action]] = {"add": "add", "replace": "change", "withdraw": "stop"}


def kind_of(type_: str) -> str:
    """The kind of an item's type."""
    return KINDS.get(type_, type_)


def _act(type_: str, action: permissions.Action) -> Act | None:
    """What an operation on an item does; None if it says nothing about the patient's health."""
    if type_ in REVIEWS:
        return Act(REVIEW, "review")
    return None if type_ in SUPPORT else Act(kind_of(type_), action)


def acts_of(change: Change, types: Callable[[bytes], str]) -> list[Act]:
    """What a change does, as acts. types: the type of a live item by its id.

    A new version of an entry is a change of it; whoever knows that it stops a treatment adds that act.
    """
    acts = [_act(item.type, "add" if item.of is None else "change") for item in change.add]
    acts += [_act(types(id_), "stop") for id_ in change.withdraw]
    return [act for act in acts if act is not None]


def declared_moment(day: datetime) -> str:
    """A date that the doctor gave, as a statement has it."""
    return f"{day.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@dataclass(frozen=True, slots=True)
class Pen:
    """A signer whose card was found good for these acts on this record: what is left is the PIN."""

    holder: Professional
    author: Author


def take(
    with_: Signer,
    acts: Iterable[Act],
    roots: Trust,
    *,
    now: datetime,
    last_commit: datetime | None = None,
    declared: bool = False,
) -> Pen:
    """Check everything that can be checked before a PIN is asked; the author that the container then commits with.

    now: the moment of signing, with a zone: this computer's clock, or with `declared` the date that the doctor gave.
    Raises CardRefused, NotInScope, CertificateRefused, ClockNotBelieved; on signing also what the signer raises, and
    CmsRefused or CertificateRefused if what came back is not by the certificate that was shown.
    """
    now = now.replace(microsecond=0)
    start = verdict.start_of(with_.certificate_der)
    # Before the certificate: by a clock that is wrong every card has expired or is not valid yet.
    if not declared and not clock.believable(now, last_commit, start, clock.built()):
        raise ClockNotBelieved
    who, chain = verdict.check_certificate(with_.certificate_der, roots, now)
    permissions.check_acts(who, acts)

    def sign(content: bytes) -> bytes:
        cms = signer.seal(content, with_, chain, now)
        verdict.refuse(verdict.judge(content, cms, roots, now))
        return cms

    how: Literal["host", "declared"] = "declared" if declared else "host"
    return Pen(who, Author(declared_moment(now), sign, how, f"baladeur {__version__}"))


@dataclass(frozen=True, slots=True)
class CommitVerdict:
    """The verdict on a commit's signature. scope: "" or why the holder should not have made this change."""

    signature: Verdict
    scope: str = ""
    declared: bool = False


def judge(record: Record, roots: Trust, types: Mapping[str, str], now: datetime) -> CommitVerdict:
    """The verdict on a signed history record. types: item types by hex id, as far as known. Raises nothing.

    The date of the statement and the signing time must be one, up to a day: whoever made them differ wanted two dates.
    """
    found = verdict.judge(record.signed_content, record.cms, roots, now)
    try:
        outer, inner = record.outer_value(), record.inner_value()
    except StatementMalformed:
        return CommitVerdict(Verdict("TOTAL-FAILED", "FORMAT_FAILURE", found.holder, found.signing_time))
    if found.signing_time is not None and not _near(str(outer.get("utc")), found.signing_time):
        found = Verdict("INDETERMINATE", "SIG_CONSTRAINTS_FAILURE", found.holder, found.signing_time)
    scope = ""
    if found.holder is not None:
        try:
            permissions.check_acts(found.holder, _acts(inner.get("ops"), types))
        except NotInScope as refused:
            scope = refused.detail
    return CommitVerdict(found, scope, outer.get("clock") == "declared")


def _near(utc: str, moment: datetime) -> bool:
    try:
        stated = datetime.strptime(utc, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return False
    return abs(stated - moment) <= timedelta(days=1)


def _acts(ops: Any, types: Mapping[str, str]) -> list[Act]:
    acts: list[Act | None] = []
    for op in ops if isinstance(ops, list) else []:
        if not isinstance(op, dict) or op.get("op") not in _ACTIONS:
            continue
        type_ = str(op.get("type") or types.get(str(op.get("of")), ""))
        acts.append(_act(type_, _ACTIONS[op["op"]]))
    return [act for act in acts if act is not None]
