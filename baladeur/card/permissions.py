"""Who may write what: one table, to be read and signed by a clinician.

REVIEWED BY NOBODY YET. A row is a profession of table G15 (on a CPF: G16), as the card's certificate states it; a
profession without a row writes nothing. The table knows kinds of entries by neutral words and no FHIR; which stored
item is of which kind is said where the record is known (baladeur/signing.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from baladeur.card.professional import DOCTOR, CardType, Professional
from baladeur.card.refusals import (
    ADDS_ONLY,
    ADMIN_CARD,
    DOCTOR_ONLY,
    KIND,
    NO_IDENTITY,
    NO_ROW,
    NOT_A_CARD,
    REAL_CARD,
    STAFF_CARD,
    TEST_CARD,
    CardRefused,
    NotInScope,
)

Action = Literal["add", "change", "stop", "review"]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a commit does: to a kind of entry, adding, changing, stopping it, or reviewing its section."""

    kind: str
    action: Action


@dataclass(frozen=True, slots=True)
class Row:
    """What one profession may write. `kinds` None: every kind."""

    fr: str
    en: str
    kinds: frozenset[str] | None
    shows_scope: bool = False  # the profession stands beside the name, so that the reader can weigh the entry


TABLE: Final[dict[int, Row]] = {
    DOCTOR: Row("médecin", "doctor", None),
    50: Row("sage-femme", "midwife", None, shows_scope=True),
    40: Row("chirurgien-dentiste", "dentist", frozenset({"allergy", "treatment", "procedure"})),
    21: Row("pharmacien", "pharmacist", frozenset({"dispensation", "vaccination", "allergy"})),
    60: Row("infirmier", "nurse", frozenset({"vaccination", "measure", "note"})),
}
# Only a doctor stops a treatment or says that a section was reviewed; to withdraw an entry is to stop it.
DOCTOR_ACTIONS: Final[frozenset[Action]] = frozenset({"stop", "review"})
# A CPF shows the holder as in training until a CPS confirms the entry, so it only adds.
TRAINING_ACTIONS: Final[frozenset[Action]] = frozenset({"add"})


def check_card(who: Professional, *, demonstration: bool) -> None:
    """Whether this kind of card signs this kind of record at all. Raises CardRefused, with the reason."""
    if who.card_type == CardType.CPE:
        raise CardRefused(STAFF_CARD)
    if who.card_type == CardType.CPA:
        raise CardRefused(ADMIN_CARD)
    if who.card_type not in (CardType.CPS, CardType.CPF) or who.product != 0:
        raise CardRefused(NOT_A_CARD)
    if not (who.national_id and who.surname):
        raise CardRefused(NO_IDENTITY)
    if who.test and not demonstration:
        raise CardRefused(TEST_CARD)
    if demonstration and not who.test:
        raise CardRefused(REAL_CARD)


def check_acts(who: Professional, acts: Iterable[Act]) -> None:
    """Whether the holder may do all of it. Raises NotInScope, with the reason."""
    row = TABLE.get(who.profession or 0)
    if row is None:
        raise NotInScope(NO_ROW)
    for act in acts:
        if row.kinds is not None and act.kind not in row.kinds:
            raise NotInScope(KIND)
        if act.action in DOCTOR_ACTIONS and who.profession != DOCTOR:
            raise NotInScope(DOCTOR_ONLY)
        if who.in_training and act.action not in TRAINING_ACTIONS:
            raise NotInScope(ADDS_ONLY)
