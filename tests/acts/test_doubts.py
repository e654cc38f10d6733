"""What cast doubt on a line is not silenced by what was said before it, whichever way that comes in later."""

from collections.abc import Callable
from datetime import date

import pytest

from baladeur.acts import editing, importing, rejoining, sealing
from baladeur.acts.draft import Draft, Verb
from baladeur.chart import items, pages
from baladeur.container.container import Container
from baladeur.container.medium import MemoryMedium
from baladeur.record import emergency
from baladeur.record.model import Place
from tests.acts.test_drafts import keep, resumed
from tests.acts.test_editing import DAY, METFORMIN, SIGNED, bring, line, listed, page, read, sealed, shown
from tests.acts.test_editing import container as container
from tests.acts.test_rejoining import said
from tests.chart.test_importing import AS_OF, CODE
from tests.record.documents import allergy, problem, treatment

EARLY = date(2026, 6, 20)
STOPPED = listed(treatment("ramipril 5 mg", id="s", status="stopped"), day="2026-07-01", name="d2")
IN_DOUBT = [("newer.denies", Place.TO_CONFIRM), ("statement.stopped", Place.STOPPED)]


def copy(container: Container) -> Container:
    return Container.open(MemoryMedium(bytes(container.medium.data)), CODE, write=True)  # type: ignore[attr-defined]


def joined(ours: Container, theirs: Container) -> Draft:
    draft = Draft(ours)
    rejoining.rejoin(draft, theirs, said(theirs), False)
    sealing.seal(draft, SIGNED, today=AS_OF)
    return draft


def corrected(container: Container) -> None:
    draft = Draft(container)
    editing.correct(draft, line(container, "ramipril 5 mg").key, {"note": "vu"}, today=EARLY)
    sealing.seal(draft, SIGNED, today=EARLY)


def confirmed(container: Container) -> None:
    draft = Draft(container)
    editing.confirm(draft, line(container, "ramipril 5 mg").key, "Dr B. GRAND", today=EARLY)
    sealing.seal(draft, SIGNED, today=EARLY)


@pytest.mark.parametrize("says", [corrected, confirmed])
def test_what_another_copy_said_earlier_hides_no_later_stop(
    container: Container, says: Callable[[Container], None]
) -> None:
    """Said in June on one copy; a document of July on the other says stopped; rejoined in November: still in doubt."""
    ours, theirs = copy(container), copy(container)
    says(theirs)
    bring(ours, STOPPED)
    assert shown(ours, "ramipril 5 mg") == IN_DOUBT
    told = joined(ours, theirs).told
    assert shown(ours, "ramipril 5 mg") == IN_DOUBT
    assert "ramipril 5 mg" in [one.words for one in told]


def test_who_edits_here_what_came_from_there_vouches_again(container: Container) -> None:
    """The doctor who corrects the line after the rejoin has seen the doubt."""
    ours, theirs = copy(container), copy(container)
    corrected(theirs)
    bring(ours, STOPPED)
    joined(ours, theirs)
    (doubted,) = [one for one in read(ours).entries if one.rule == "newer.denies"]
    draft = Draft(ours)
    editing.confirm(draft, doubted.key, "Dr A. PETIT", today=AS_OF)
    sealed(ours, draft)
    assert ("statement.active", Place.CURRENT) in shown(ours, "ramipril 5 mg")
    draft = Draft(ours)
    editing.correct(draft, doubted.key, {"note": "revu"}, today=AS_OF)
    sealed(ours, draft)
    assert ("statement.active", Place.CURRENT) in shown(ours, "ramipril 5 mg")


@pytest.mark.parametrize("first", ["stop", "dose"])
def test_stopped_in_one_copy_and_changed_in_the_other(container: Container, first: str) -> None:
    """Whichever copy takes the other in: nothing of it is plainly current."""
    stops, changes = copy(container), copy(container)
    draft = Draft(stops)
    editing.stop(draft, line(stops, "metformine 500 mg").key, DAY, "", today=AS_OF)
    sealed(stops, draft)
    draft = Draft(changes)
    editing.correct(draft, line(changes, "metformine 500 mg").key, {"dose": "1 g", "dosage": ""}, today=AS_OF)
    sealed(changes, draft)
    ours, theirs = (stops, changes) if first == "stop" else (changes, stops)
    assert Verb.CONFLICT in [one.verb for one in joined(ours, theirs).told]
    assert Place.CURRENT not in [place for _, place in shown(ours, "metformine 500 mg")]


@pytest.mark.parametrize("by_draft", [False, True])
def test_an_older_version_of_its_document_silences_no_doubt(container: Container, by_draft: bool) -> None:
    """What was written here is put above that version again: that says nothing new about it."""
    corrected(container)
    old = listed(METFORMIN, treatment("ramipril 5 mg", status="active", note=[{"text": "z"}]), allergy(), problem())
    old = old.replace(b"2026-06-15", b"2026-06-18")
    assert b"2026-06-18" in old
    if by_draft:
        draft = Draft(container)
        importing.bring(draft, old, "x.json", today=EARLY)
        assert Verb.STANDING in [one.verb for one in draft.told]
        keep(container, draft)
        bring(container, STOPPED)
        again = resumed(container)
        sealing.seal(again, SIGNED, today=AS_OF)
        container = again.container
    else:
        bring(container, STOPPED)
        assert Verb.STANDING in [one.verb for one in bring(container, old).told]
    assert shown(container, "ramipril 5 mg") == IN_DOUBT


def test_the_page_is_compared_with_its_confirmations(container: Container) -> None:
    """What the page is compared with is what it was made of: a line that was confirmed differs in nothing."""
    bring(container, STOPPED)
    (doubted,) = [one for one in read(container).entries if one.rule == "newer.denies"]
    draft = Draft(container)
    editing.confirm(draft, doubted.key, "Dr A. PETIT", today=AS_OF)
    sealed(container, draft)
    again = Container.open(container.medium, CODE)
    present, _ = items.of_page(again, pages.RESULTS_ONLY, 300)
    made = pages.lines(present, items.former(again), as_of=AS_OF)
    assert [str(emergency.part_of(one)) for one in made] == page(again)


@pytest.mark.parametrize("in_one", [True, False])
def test_a_stop_on_the_day_of_a_letter_doubts_the_letters_line_too(container: Container, in_one: bool) -> None:
    """Imported and stopped in one visit, in one signature or in two: the letter's own line is not surely current."""
    letter = listed(METFORMIN | {"id": "other"}, day=AS_OF.isoformat(), name="d2")
    draft = Draft(container)
    if in_one:
        importing.bring(draft, letter, "lettre.json", today=AS_OF)
    else:
        bring(container, letter)
    one = next(x for x in items.live(container) if x.title == "metformine 500 mg")
    editing.stop(draft, one.id, DAY, "", today=AS_OF)
    sealed(container, draft)
    assert shown(container, "metformine 500 mg") == [
        ("newer.denies", Place.TO_CONFIRM),
        ("statement.stopped", Place.STOPPED),
    ]


def test_what_is_stopped_and_written_anew_in_one_draft_is_current(container: Container) -> None:
    """A new dose as a new line: the old one is stopped, the new one holds."""
    draft = Draft(container)
    editing.stop(draft, line(container, "metformine 500 mg").key, DAY, "", today=AS_OF)
    editing.add(draft, "treatment", {"drug": "metformine 500 mg", "dose": "1 g"}, today=AS_OF)
    sealed(container, draft)
    assert shown(container, "metformine 500 mg") == [
        ("statement.active", Place.CURRENT),
        ("statement.stopped", Place.STOPPED),
    ]
