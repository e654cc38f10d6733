"""Drafts in the record: kept without a card, never on the page, told anew, signed once."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from baladeur.acts import drafts, editing, importing, reviewing, sealing
from baladeur.acts.draft import Draft, Verb
from baladeur.card.refusals import AnotherCard
from baladeur.chart import items, records, sources
from baladeur.container import canonical
from baladeur.container.change import Author
from baladeur.container.container import Container
from baladeur.errors import ItemDamaged, NoSuchItem, WriteRefused
from baladeur.record.model import Place, SectionName
from tests.acts.test_editing import DAY, METFORMIN, SIGNED, line, listed, page, sealed, shown
from tests.acts.test_editing import container as container
from tests.chart.test_importing import AS_OF, CODE
from tests.record.documents import treatment

HOLDER = Author("2026-11-23T11:00:00Z")


def keep(container: Container, draft: Draft, title: str = "trois changements") -> str:
    """Keep a draft as its holder does."""
    item = drafts.item(draft, title, today=AS_OF)
    waiting = Draft(container)
    waiting.put([item])
    sealing.seal(waiting, HOLDER, today=AS_OF)
    draft.kept_as = (item.id or b"").hex()
    return draft.kept_as


def resumed(container: Container, start: str = "") -> Draft:
    """A kept draft in the record as it is in the file, opened anew."""
    again = Container.open(container.medium, CODE, write=True)
    draft = Draft(again)
    drafts.resume(draft, drafts.find(again, start or drafts.kept(again)[0].id), today=AS_OF)
    return draft


def edited(container: Container) -> Draft:
    """A stop, a correction, a new drug."""
    draft = Draft(container)
    editing.stop(draft, line(container, "metformine 500 mg").key, DAY, "diarrhée", today=AS_OF)
    editing.correct(draft, line(container, "asthme").key, {"note": "vu"}, today=AS_OF)
    editing.add(draft, "treatment", {"drug": "gliclazide", "dose": "30 mg", "when": "matin"}, today=AS_OF)
    return draft


def test_a_draft_waits_in_the_record_and_changes_nothing(container: Container) -> None:
    """It is counted as a draft; the page and the record say what they said."""
    before, record = page(container), shown(container, "metformine 500 mg")
    id_ = keep(container, edited(container))
    assert [(one.id, one.changes) for one in drafts.kept(container)] == [(id_, 3)]
    assert (page(container), shown(container, "metformine 500 mg")) == (before, record)
    assert b"gliclazide" not in b"".join(one.content for one in items.live(container) if one.is_fhir)


def test_it_is_taken_up_again_with_its_sentences(container: Container) -> None:
    """Told anew from what it does, and signed: then it is no draft any more."""
    draft = edited(container)
    keep(container, draft)
    again = resumed(container)
    told = [(one.verb, one.words, one.day, one.before, one.detail) for one in again.told]
    assert told == [(one.verb, one.words, one.day, one.before, one.detail) for one in draft.told]
    sealing.seal(again, SIGNED, today=AS_OF)
    assert drafts.kept(again.container) == []
    assert shown(again.container, "metformine 500 mg") == [("statement.stopped", Place.STOPPED)]
    assert line(again.container, "gliclazide").place is Place.CURRENT


def test_kept_again_it_takes_its_own_place(container: Container) -> None:
    """One draft, however often the key was pulled."""
    keep(container, edited(container))
    draft = resumed(container)
    editing.stop(draft, line(draft.container, "ramipril 5 mg").key, DAY, "", today=AS_OF)
    keep(draft.container, draft)
    assert [one.changes for one in drafts.kept(draft.container)] == [4]
    assert len(resumed(draft.container).told) == 4


def test_what_has_changed_since_is_left_out_and_told(container: Container) -> None:
    """Somebody stopped the drug in between: the draft does not touch it again."""
    keep(container, edited(container))
    between = Draft(container)
    editing.stop(between, line(container, "metformine 500 mg").key, "2026-10-01", "", today=AS_OF)
    sealed(container, between)
    draft = resumed(container)
    assert [(one.verb, one.words) for one in draft.told if one.verb is Verb.GONE] == [(Verb.GONE, "metformine 500 mg")]
    sealing.seal(draft, SIGNED, today=AS_OF)
    assert line(draft.container, "metformine 500 mg").dates[0].end == "2026-10-01"


def test_a_signed_draft_cannot_be_signed_again(container: Container) -> None:
    """A copy of it, kept twice, does nothing the second time."""
    draft = edited(container)
    keep(container, draft)
    first = draft.kept_as
    draft.kept_as = ""
    keep(container, draft)
    one = resumed(container, first)
    sealing.seal(one, SIGNED, today=AS_OF)
    two = resumed(one.container)
    assert two.change.add == []
    assert {told.verb for told in two.told} == {Verb.GONE}


def test_an_import_is_prepared_without_a_card(container: Container) -> None:
    """The file comes back byte for byte; what was signed in between stays above its version."""
    file = listed(METFORMIN | {"note": [{"text": "relu"}]}, treatment("furosémide 40 mg"), day="2026-07-01")
    draft = Draft(container)
    importing.bring(draft, file, "courrier.json", today=AS_OF)
    keep(container, draft)
    between = Draft(container)
    editing.stop(between, line(container, "metformine 500 mg").key, DAY, "", today=AS_OF)
    sealed(container, between)
    again = resumed(container)
    assert Verb.STANDING in {one.verb for one in again.told}
    sealing.seal(again, SIGNED, today=date(2026, 11, 24))
    assert shown(again.container, "metformine 500 mg") == [("statement.stopped", Place.STOPPED)]
    assert line(again.container, "furosémide 40 mg").place is Place.CURRENT
    live = items.live(again.container)
    source = records.imports(live)[-1]
    contents = {id_: again.container.read(bytes.fromhex(id_)) for id_ in source.order}
    assert sources.original(source, contents) == file


def test_a_review_in_it_keeps_its_name(container: Container) -> None:
    """Nobody else signs what somebody said she had gone through."""
    draft = Draft(container)
    reviewing.review(draft, [SectionName.ALLERGIES], "Dr A. PETIT", today=AS_OF)
    with pytest.raises(AnotherCard):
        editing.confirm(draft, line(container, "ramipril 5 mg").key, "Dr B. GRAND", today=AS_OF)
    editing.confirm(draft, line(container, "ramipril 5 mg").key, "Dr A. PETIT", today=AS_OF)
    keep(container, draft)
    again = resumed(container)
    assert again.who == "Dr A. PETIT"
    assert [one.verb for one in again.told] == [Verb.REVIEW, Verb.CONFIRM]


def test_nothing_else_is_kept(container: Container) -> None:
    """An empty draft is none; an erasure waits for nobody."""
    with pytest.raises(WriteRefused):
        drafts.item(Draft(container), "x", today=AS_OF)
    draft = edited(container)
    draft.change = replace(draft.change, erase=[b"0" * 16])
    with pytest.raises(WriteRefused):
        drafts.item(draft, "x", today=AS_OF)
    with pytest.raises(NoSuchItem):
        drafts.find(container, "")


def forged(container: Container, change: Any) -> None:
    """A draft whose JSON was changed by another program."""
    value = json.loads(drafts.item(edited(container), "x", today=AS_OF).content)  # type: ignore[arg-type]
    change(value)
    draft = Draft(container)
    item = drafts.item(edited(container), "x", today=AS_OF)
    draft.put([replace(item, content=canonical.dumps(value))])
    sealing.seal(draft, HOLDER, today=AS_OF)


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v.update(v=2),
        lambda v: v.update(add="x"),
        lambda v: v["add"][0].pop("id"),
        lambda v: v["add"][0].update(content="!"),
        lambda v: v["add"][0].update(type="fhir-observation"),
        lambda v: v["add"][0].update(id="zz"),
    ],
)
def test_a_forged_draft_is_refused(container: Container, change: Any) -> None:
    """Above all one whose resource is of another type than it says: the type decides who may sign."""
    forged(container, change)
    with pytest.raises(ItemDamaged):
        resumed(container)


def test_the_words_of_who_prepared_it_are_not_signed(container: Container) -> None:
    """A title that lies is not what the difference says."""

    def lie(value: dict[str, Any]) -> None:
        value["add"][2]["title"] = "aspirine"

    forged(container, lie)
    assert [one.words for one in resumed(container).told if one.verb is Verb.NEW] == ["gliclazide"]
