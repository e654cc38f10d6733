"""What a draft does as acts: whoever may change an entry may not make it vanish by changing it."""

import json
from dataclasses import replace

import pytest

from baladeur.acts import editing, permitting
from baladeur.acts.draft import Draft
from baladeur.card.permissions import Act
from baladeur.container.container import Container
from tests.acts.test_editing import DAY, line
from tests.acts.test_editing import container as container
from tests.chart.test_importing import AS_OF


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
    + [(one, False) for one in ("active", "intended", "unknown")],
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
