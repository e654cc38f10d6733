"""Attacks on what one signature covers: each was possible once, and each would have shown somebody a wrong line."""

from dataclasses import replace

import pytest

from baladeur.acts import editing, importing, reviewing, sealing, tray
from baladeur.acts.draft import Draft, Told, Verb
from baladeur.card.refusals import AnotherCard
from baladeur.chart import items
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container
from baladeur.errors import FormRefused, TypeRefused
from baladeur.record.model import Place, SectionName
from tests.acts.test_drafts import HOLDER, keep, resumed
from tests.acts.test_editing import DAY, line, listed, sealed, shown
from tests.acts.test_editing import container as container
from tests.chart.test_importing import AS_OF
from tests.record.documents import treatment

PAUL = {"name": "Paul", "phone": "0102030405", "relation": "frère"}


def contacts(draft: Draft) -> list[items.Live]:
    return [one for one in draft.items() if one.type == "contact"]


def test_a_new_strength_never_stands_behind_the_old_one(container: Container) -> None:
    """`metformine 500 mg 1000 mg` is two doses."""
    draft = Draft(container)
    with pytest.raises(FormRefused) as refused:
        editing.correct(draft, line(container, "metformine 500 mg").key, {"strength": "1000 mg"}, today=AS_OF)
    assert [(one.field, one.key) for one in refused.value.faults] == [("drug", "strength")]
    assert draft.empty


def test_a_contact_corrected_twice_is_one_contact(container: Container) -> None:
    """The number that was wrong does not stay beside the right one."""
    draft = Draft(container)
    editing.add(draft, "contact", PAUL, today=AS_OF)
    sealed(container, draft)
    draft = Draft(container)
    editing.correct(draft, contacts(draft)[0].id, {"phone": "0600000000"}, today=AS_OF)
    editing.correct(draft, contacts(draft)[0].id, {"phone": "0611111111"}, today=AS_OF)
    (one,) = contacts(draft)
    assert b"+33611111111" in one.content
    assert [told.verb for told in draft.told] == [Verb.REPLACE]


@pytest.mark.parametrize("by_change", [True, False])
def test_what_the_patient_hid_stays_hidden_in_every_new_version(container: Container, by_change: bool) -> None:
    """A contact that she took off the page does not come back because its number was corrected."""
    draft = Draft(container)
    editing.add(draft, "contact", PAUL, today=AS_OF)
    sealed(container, draft)
    (one,) = contacts(Draft(container))
    container.commit(Change(visibility={bytes.fromhex(one.id): True}), HOLDER)
    draft = Draft(container)
    if by_change:
        draft.put([NewItem("contact", "Paul", one.content, media=one.media, of=bytes.fromhex(one.id))])
    else:
        editing.correct(draft, one.id, {"phone": "0600000000"}, today=AS_OF)
    assert [one.hidden for one in contacts(draft)] == [True]


def test_withdrawn_after_it_was_corrected_is_withdrawn(container: Container) -> None:
    """Else only the correction would go, and the line that was a mistake stay."""
    draft = Draft(container)
    editing.correct(draft, line(container, "ramipril 5 mg").key, {"note": "vu"}, today=AS_OF)
    mine = (draft.change.add[-1].id or b"").hex()
    editing.withdraw(draft, mine, "autre patient", today=AS_OF)
    assert [told.verb for told in sealed(container, draft)] == [Verb.MISTAKE]
    assert shown(container, "ramipril 5 mg") == [("error.entered", Place.NEVER)]


def test_a_line_of_an_import_that_is_not_signed_yet_is_withdrawn_above_it(container: Container) -> None:
    """The file stays whole, and what is told is what is signed."""
    draft = Draft(container)
    importing.bring(draft, listed(treatment("apixaban 5 mg"), name="d2", day="2026-10-01"), "d2.json", today=AS_OF)
    key = next(one.id for one in draft.items() if one.title == "apixaban 5 mg")
    editing.withdraw(draft, key, "autre patient", today=AS_OF)
    assert [told.verb for told in sealed(container, draft)] == [Verb.NEW, Verb.MISTAKE]
    assert shown(container, "apixaban 5 mg") == [("error.entered", Place.NEVER)]


def test_to_take_back_without_a_key_takes_nothing(container: Container) -> None:
    """The sentences of an import have none: they would all go, and the import stay."""
    draft = Draft(container)
    importing.bring(draft, listed(treatment("apixaban 5 mg"), name="d2", day="2026-10-01"), "d2.json", today=AS_OF)
    draft.take_back("")
    assert [told.words for told in draft.told] == ["apixaban 5 mg"]


def test_what_is_taken_back_is_not_confirmed(container: Container) -> None:
    """No sentence, and no entry, says of a line that never was that it holds."""
    draft = Draft(container)
    key = editing.add(draft, "treatment", {"drug": "gliclazide"}, today=AS_OF)
    editing.confirm(draft, key, "Dr A", today=AS_OF)
    draft.take_back(key)
    assert draft.empty
    assert draft.told == []


def test_nobody_signs_what_another_said(container: Container) -> None:
    """A review by one, a confirmation by another in the same draft: no card could sign both."""
    draft = Draft(container)
    reviewing.review(draft, [SectionName.MEDICATIONS], "Dr A", today=AS_OF)
    with pytest.raises(AnotherCard):
        editing.confirm(draft, line(container, "pénicillines").key, "Dr B", today=AS_OF)
    assert draft.who == "Dr A"
    assert len(draft.change.add) == 1


@pytest.mark.parametrize("type_", ["confirmation", "review", "rejection", "draft", "evidence", "source", "contact"])
def test_a_file_of_the_tray_becomes_nothing_that_the_program_says(container: Container, type_: str) -> None:
    """A crafted file would say, in a doctor's name, that a line holds."""
    container.commit(Change(add=[NewItem("tray", "x", b'{"entry":"a"}', media="application/json")]), HOLDER)
    draft = Draft(container)
    one = next(one for one in draft.items() if one.type == "tray")
    with pytest.raises(TypeRefused):
        tray.adopt(draft, one, type_=type_, today=AS_OF)


def test_a_draft_whose_signature_failed_is_kept_and_signed(container: Container) -> None:
    """A wrong PIN, then the lock keeps it again: it can still be signed."""
    draft = Draft(container)
    editing.stop(draft, line(container, "ramipril 5 mg").key, DAY, "", today=AS_OF)
    keep(container, draft)
    again = resumed(container)

    def wrong(content: bytes) -> bytes:
        raise AnotherCard

    with pytest.raises(AnotherCard):
        sealing.seal(again, Author("2026-11-23T10:00:00Z", wrong), today=AS_OF)
    keep(again.container, again)
    sealed(again.container, again)
    assert [one.place for one in [line(again.container, "ramipril 5 mg")]] == [Place.STOPPED]
    assert not [one for one in items.live(again.container) if one.type == "draft"]


def test_what_is_told_does_not_change_when_a_copy_is_sealed(container: Container) -> None:
    """A screen seals the copy that it showed: what comes into the draft meanwhile is not signed."""
    draft = Draft(container)
    editing.stop(draft, line(container, "ramipril 5 mg").key, DAY, "", today=AS_OF)
    copy = replace(draft, told=list(draft.told), acts=list(draft.acts))
    editing.stop(draft, line(container, "metformine 500 mg").key, DAY, "", today=AS_OF)
    told: list[Told] = sealed(container, copy)
    assert [one.words for one in told] == ["ramipril 5 mg"]
    assert line(container, "metformine 500 mg").place is Place.CURRENT
