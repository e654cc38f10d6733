"""A draft that its holder altered without a card: nothing that a signature would do is done unseen."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from baladeur.acts import drafts, editing, sealing
from baladeur.acts.draft import Draft, Verb
from baladeur.chart import items
from baladeur.chart.items import Live
from baladeur.container import canonical
from baladeur.container.container import Container
from baladeur.errors import ItemDamaged
from baladeur.record.model import Place
from tests.acts.test_drafts import HOLDER, keep, resumed
from tests.acts.test_editing import SIGNED, bring, line, listed, page, sealed, shown
from tests.acts.test_editing import container as container
from tests.chart.test_importing import AS_OF
from tests.record.documents import allergy, problem, treatment

NEW_ID = "ab" * 16


def forged(container: Container, change: Callable[[dict[str, Any]], object]) -> Draft:
    """A draft that adds one drug, altered by another program, taken up again."""
    draft = Draft(container)
    editing.add(draft, "treatment", {"drug": "gliclazide"}, today=AS_OF)
    item = drafts.item(draft, "x", today=AS_OF)
    value = json.loads(item.content)  # type: ignore[arg-type]
    change(value)
    waiting = Draft(container)
    waiting.put([replace(item, content=canonical.dumps(value))])
    sealing.seal(waiting, HOLDER, today=AS_OF)
    return resumed(container)


def added(one: Live, content: bytes, **more: Any) -> dict[str, Any]:
    """An entry of a draft, of the type of a live one."""
    told = {"id": NEW_ID, "type": one.type, "title": one.title, "date": "", "media": one.media, "more": dict(one.more)}
    return told | {"hidden": False, "content": base64.b64encode(content).decode()} | more


def live(container: Container, type_: str) -> Live:
    return next(one for one in items.live(container) if one.type == type_)


def test_another_patient_is_told(container: Container) -> None:
    """A new identity has no line of its own, and is said all the same."""
    who = live(container, "identity")
    other = b'{"resourceType":"Patient","name":[{"family":"DUPONT","given":["Luc"]}],"birthDate":"1990-01-01"}'
    again = forged(container, lambda v: v["add"].append(added(who, other, of=who.id, title="MOREAU Jeanne")))
    (told,) = [one for one in again.told if one.verb is Verb.IDENTITY]
    assert (told.words, told.before) == ("DUPONT Luc, 1990-01-01", who.title)
    assert "DUPONT Luc" in [item.title for item in again.change.add]


def test_a_thing_is_replaced_by_a_thing_of_its_kind(container: Container) -> None:
    """Else an allergy would go from the page without a word."""
    one = live(container, "fhir-allergyintolerance")
    content = b'{"resourceType":"Practitioner","name":[{"family":"X"}]}'
    with pytest.raises(ItemDamaged):
        forged(container, lambda v: v["add"].append(added(one, content, of=one.id, type="fhir-practitioner")))


def test_a_forged_document_that_lists_a_doubted_line_is_told(container: Container) -> None:
    """A line that only an old version of its document listed would be surely current again."""
    bring(container, listed(treatment("ramipril 5 mg"), allergy(), problem(), day="2026-09-15"))
    doubted = line(container, "metformine 500 mg")
    assert doubted.rule == "listing.left"
    newest = [one for one in items.live(container) if one.type == "source"][-1]
    body = json.loads(newest.content)
    body["order"].append(doubted.key)
    again = forged(container, lambda v: v["add"].append(added(newest, canonical.dumps(body))))
    (told,) = [one for one in again.told if one.key == doubted.key]
    assert (told.verb, told.words) == (Verb.REPLACE, "metformine 500 mg")


def test_titles_days_and_evidence_are_not_the_drafts(container: Container) -> None:
    """The title is that of the line, the day not after today, and no evidence of another copy is claimed."""

    def lie(value: dict[str, Any]) -> None:
        value["add"][0].update(title="aspirine", date="1999")
        value["add"][0]["more"].update(written="2099-01-01", section="results", **{"from": NEW_ID, "source": NEW_ID})

    again = forged(container, lie)
    sealing.seal(again, SIGNED, today=AS_OF)
    made = next(one for one in items.live(again.container) if one.title == "gliclazide")
    assert (made.more["written"], made.more["section"]) == (AS_OF.isoformat(), "medications")
    assert not {"from", "source"} & made.more.keys()
    assert made.date != "1999"


def test_a_resource_that_is_none(container: Container) -> None:
    """An allergy is not replaced by a text under its type."""
    one = live(container, "fhir-allergyintolerance")
    with pytest.raises(ItemDamaged):
        forged(container, lambda v: v["add"].append(added(one, b"x", of=one.id, media="text/plain")))


@pytest.mark.parametrize("type_", ["draft", "evidence"])
def test_what_is_never_in_a_draft(container: Container, type_: str) -> None:
    """No draft in a draft, and no evidence."""
    with pytest.raises(ItemDamaged):
        forged(container, lambda v: v["add"][0].update(type=type_, media="application/json"))


@pytest.mark.parametrize("hidden", [True, False])
def test_what_the_patient_hid_or_showed_since_stays_so(container: Container, hidden: bool) -> None:
    """A correction was prepared; she took the line from her page, or put it back; then it is signed."""
    key = line(container, "metformine 500 mg").key
    for now in (not hidden, hidden):
        change = Draft(container)
        change.change = replace(change.change, visibility={bytes.fromhex(key): now})
        if now == hidden:
            draft = Draft(container)
            editing.correct(draft, key, {"note": "relu"}, today=AS_OF)
            keep(container, draft)
        sealed(container, change)
    again = resumed(container)
    sealing.seal(again, SIGNED, today=AS_OF)
    assert any("metformine" in one for one in page(again.container)) is not hidden
    assert shown(again.container, "metformine 500 mg") == [("statement.active", Place.CURRENT)]
