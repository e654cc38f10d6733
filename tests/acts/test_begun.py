"""A form that is kept as it stands: it comes back as it was, does nothing by itself, and trusts no other program."""

from typing import Any

import pytest

from baladeur.acts import begun, drafts, editing, saves
from baladeur.acts.draft import Begun, Draft
from baladeur.container.container import Container
from baladeur.errors import ItemDamaged
from baladeur.record.author import Coded
from baladeur.views import Signed
from tests.acts.test_drafts import keep, resumed
from tests.acts.test_drafts_forged import forged
from tests.acts.test_editing import container as container
from tests.chart.test_importing import AS_OF

TYPED = {"drug": Coded("gliclazide", "http://www.whocc.no/atc", "A10BB09"), "when": ("MORN",), "dosage": "le ma"}


def test_a_form_alone_is_kept_and_comes_back(container: Container) -> None:
    """With every letter, and where it was; it changes nothing of the record."""
    draft = Draft(container, begun=Begun("treatment", "", TYPED, "dosage"))
    id_ = keep(container, draft)
    (kept,) = drafts.kept(container)
    assert (kept.id, kept.changes, kept.form, kept.readable) == (id_, 0, "treatment", True)
    again = resumed(container)
    assert again.empty
    assert again.begun == draft.begun


def test_a_form_beside_changes(container: Container) -> None:
    """Both come back, and the changes alone are told."""
    draft = Draft(container)
    editing.add(draft, "treatment", {"drug": "aspirine"}, today=AS_OF)
    draft.begun = Begun("allergy", "", {"substance": "lat"}, "substance")
    keep(container, draft)
    again = resumed(container)
    assert [one.words for one in again.told] == ["aspirine"]
    assert again.begun == draft.begun


@pytest.mark.parametrize(
    "form",
    [
        {"kind": "erase-all", "line": "", "values": {}, "at": ""},
        {"kind": "treatment", "line": "zz", "values": {}, "at": ""},
        {"kind": "treatment", "line": "", "values": [], "at": ""},
        {"kind": "treatment", "line": "", "values": {"drug": {"text": "x"}}, "at": ""},
        {"kind": "treatment", "line": "", "values": {"drug": 7}, "at": ""},
        {"kind": "treatment"},
        [],
    ],
)
def test_what_is_no_form_is_refused(container: Container, form: Any) -> None:
    """And listed as what cannot be read."""
    with pytest.raises(ItemDamaged):
        forged(container, lambda value: value.update(form=form))
    assert [(one.readable, one.changes) for one in drafts.kept(container)] == [(False, 0)]


def test_text_of_another_program_is_tamed(container: Container) -> None:
    """No escape sequence, no field that the form does not have."""
    form = {"kind": "problem", "line": "", "values": {"problem": "a\x1b[2J", "evil": "x"}, "at": "evil"}
    again = forged(container, lambda value: value.update(form=form))
    assert again.begun == begun.read(form)
    assert again.begun is not None
    assert "\x1b" not in str(again.begun.values["problem"])
    assert (set(again.begun.values), again.begun.at) == ({"problem"}, "")


def test_the_commits_that_keep_one_draft_are_one_line(container: Container) -> None:
    """The last of them stands for all, of each draft apart; what is not valid is never told together."""
    first, second = (Draft(container, begun=Begun("problem", "", {"problem": name}, "")) for name in ("a", "b"))
    start = container.number
    for draft in (first, first, second, first, first):
        keep(container, draft)
    commits = [Signed(n, "professional", "ok", "Dr X") for n in range(start + 1)]
    commits += [Signed(n, "holder", "ok", None, ops=("replace",)) for n in range(start + 1, start + 6)]
    told = saves.collapsed(container, commits)[start + 1 :]
    assert [(one.number - start, one.saves, (one.first or 0) - start) for one in told] == [(3, 1, 3), (5, 4, 1)]
    broken = [one if one.number != start + 2 else Signed(start + 2, "holder", "broken", None) for one in commits]
    assert [one.number - start for one in saves.collapsed(container, broken)[start + 1 :]] == [2, 3, 5]
