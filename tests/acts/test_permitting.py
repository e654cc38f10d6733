"""What a draft does as acts: whoever may change an entry may not make it vanish by changing it."""

import json
from dataclasses import replace

import pytest

from baladeur.acts import editing, permitting
from baladeur.acts.draft import Draft
from baladeur.card import permissions
from baladeur.card.permissions import Act
from baladeur.card.professional import Professional
from baladeur.card.refusals import NotInScope
from baladeur.container.container import Container
from tests.acts.test_editing import DAY, line
from tests.acts.test_editing import container as container
from tests.chart.test_importing import AS_OF

PHARMACIST = Professional("810000000001", "X", "Y", "Pharmacien", 21, (), 0, "1", 0, True)


@pytest.mark.parametrize(
    ("words", "kind"),
    [("pénicillines", "allergy"), ("metformine 500 mg", "treatment"), ("asthme", "fhir-condition")],
)
def test_recorded_by_mistake_is_a_withdrawal(container: Container, words: str, kind: str) -> None:
    """A new version that says so takes the line from the page: only a doctor does that, whatever the kind."""
    draft = Draft(container)
    editing.withdraw(draft, line(container, words).key, "autre patient", today=AS_OF)
    assert Act(kind, "stop") in permitting.acts_of(draft)


def test_a_stop_and_a_correction_of_a_treatment(container: Container) -> None:
    """To stop is more than to change; and a correction that follows in the same draft stops nothing again."""
    draft = Draft(container)
    editing.correct(draft, line(container, "metformine 500 mg").key, {"note": "vu"}, today=AS_OF)
    assert permitting.acts_of(draft) == [Act("treatment", "change")]
    editing.stop(draft, line(container, "ramipril 5 mg").key, DAY, "", today=AS_OF)
    assert permitting.acts_of(draft).count(Act("treatment", "stop")) == 1


@pytest.mark.parametrize(
    ("status", "stops"),
    [(one, True) for one in ("stopped", "cancelled", "completed", "entered-in-error", "not-taken", "on-hold")]
    + [("intended", True), ("active", False), ("unknown", False)],
)
def test_every_status_that_ends_a_treatment_is_a_stop(container: Container, status: str, stops: bool) -> None:
    """FHIR R4 MedicationStatement.status, one by one."""
    draft = Draft(container)
    editing.correct(draft, line(container, "metformine 500 mg").key, {"note": "vu"}, today=AS_OF)
    made = [
        replace(one, content=json.dumps({**json.loads(one.content), "status": status}).encode())
        for one in draft.change.add
        if isinstance(one.content, bytes)
    ]
    draft.change = replace(draft.change, add=made)
    assert (Act("treatment", "stop") in permitting.acts_of(draft)) is stops


@pytest.mark.parametrize("values", [{"verification": "refuted"}, None])
def test_an_allergy_that_is_over_or_refuted_is_stopped(container: Container, values: dict[str, str] | None) -> None:
    """It leaves the page: a pharmacist and a dentist add allergies, a doctor says that there is none."""
    draft = Draft(container)
    key = line(container, "pénicillines").key
    if values is None:
        editing.stop(draft, key, DAY, "", today=AS_OF)
    else:
        editing.correct(draft, key, values, today=AS_OF)
    acts = permitting.acts_of(draft)
    assert Act("allergy", "stop") in acts
    for profession in (21, 40):
        with pytest.raises(NotInScope):
            permissions.check_acts(replace(PHARMACIST, profession=profession), acts)


def test_an_allergy_that_is_changed_is_not_stopped(container: Container) -> None:
    """A pharmacist may say how dangerous it is."""
    draft = Draft(container)
    editing.correct(draft, line(container, "pénicillines").key, {"criticality": "high"}, today=AS_OF)
    permissions.check_acts(PHARMACIST, permitting.acts_of(draft))
