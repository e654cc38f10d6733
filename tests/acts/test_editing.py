"""The editor's verbs on a real file: what was stopped is shown as stopped, never both, and nothing is lost."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from baladeur.acts import checking, editing, importing, sealing
from baladeur.acts.draft import Draft, Told, Verb
from baladeur.chart import items, pages, records, sources
from baladeur.container.change import Author
from baladeur.container.container import Container
from baladeur.errors import AmbiguousId, AuthoredRefused, FormRefused, LineRefused, NoIdentity, NoSuchItem
from baladeur.record import emergency
from baladeur.record.author import Coded, judging
from baladeur.record.model import Document, Entry, Place
from tests.chart.test_importing import AS_OF, CODE, empty, named
from tests.record.documents import allergy, bundle, problem, section, status, treatment

SIGNED = Author("2026-11-23T10:00:00Z", lambda content: b"not judged here")
DAY = "2026-10-12"
METFORMIN = treatment("metformine 500 mg", id="m", dosage=[{"text": "1 matin et soir"}])


def listed(*resources: dict[str, Any], day: str = "2026-06-15", name: str = "d1") -> bytes:
    """A dated document whose sections list its resources."""
    codes = {"AllergyIntolerance": "48765-2", "Condition": "11450-4", "MedicationStatement": "10160-0"}
    found = [
        section(codes[one["resourceType"]], f"{one['resourceType']}/{one.get('id', f'r{at}')}")
        for at, one in enumerate(resources)
    ]
    return named(bundle(*resources, sections=found), name, day).replace(b"example.org", f"{name}.example".encode())


def bring(container: Container, data: bytes, today: date = AS_OF) -> Draft:
    draft = Draft(container)
    importing.bring(draft, data, "document.json", today=today)
    if not draft.empty:
        sealing.seal(draft, SIGNED, today=today)
    return draft


def read(container: Container) -> Document:
    again = Container.open(container.medium, CODE)
    return records.record(items.live(again), items.former(again), as_of=AS_OF)


def line(container: Container, words: str) -> Entry:
    (found,) = [one for one in read(container).entries if one.words == words]
    return found


def shown(container: Container, words: str) -> list[tuple[str, Place]]:
    return sorted((one.rule, one.place) for one in read(container).entries if one.words == words)


def page(container: Container) -> list[str]:
    """The words of the emergency page, line by line."""
    made = pages.lines(items.live(container), items.former(container), as_of=AS_OF)
    return [str(emergency.part_of(one)) for one in made]


def sealed(container: Container, draft: Draft) -> list[Told]:
    sealing.seal(draft, SIGNED, today=AS_OF)
    return draft.told


@pytest.fixture
def container() -> Container:
    """A record with one document: two drugs, an allergy, a problem."""
    made = empty()
    bring(made, listed(METFORMIN, treatment("ramipril 5 mg"), allergy(), problem()))
    return made


def test_a_stopped_drug_is_stopped_and_nothing_else(container: Container) -> None:
    """In the record, on the page that is signed, in the document that it came in; the imported bytes stay."""
    before = line(container, "metformine 500 mg")
    draft = Draft(container)
    editing.stop(draft, before.key[:8], DAY, "diarrhée", today=AS_OF)
    (told,) = sealed(container, draft)
    assert (told.verb, told.words, told.day, told.before) == (Verb.STOP, "metformine 500 mg", DAY, "diarrhée")
    assert shown(container, "metformine 500 mg") == [("statement.stopped", Place.STOPPED)]
    assert [one.words for one in read(container).entries if one.place is Place.CURRENT] == [
        "ramipril 5 mg", "pénicillines", "asthme",
    ]  # fmt: skip
    assert not [one for one in page(container) if "metformine" in one]
    assert json.loads(container.read(bytes.fromhex(before.key)))["status"] == "active"
    (source,) = records.imports(items.live(container))
    contents = {id_: container.read(bytes.fromhex(id_)) for id_ in source.order}
    sources.original(source, contents)  # the file as it came, or ItemDamaged


def test_the_same_drug_of_another_document_is_in_doubt(container: Container) -> None:
    """Two documents list it; one line was stopped: the other is not shown as surely current."""
    bring(container, listed(METFORMIN | {"id": "other"}, day="2026-07-01", name="d2"))
    first = [one for one in read(container).entries if one.words == "metformine 500 mg"]
    assert [one.place for one in first] == [Place.CURRENT, Place.CURRENT]
    draft = Draft(container)
    editing.stop(draft, first[0].key, DAY, "", today=AS_OF)
    sealed(container, draft)
    assert shown(container, "metformine 500 mg") == [
        ("newer.denies", Place.TO_CONFIRM),
        ("statement.stopped", Place.STOPPED),
    ]


def test_the_same_document_again_does_not_start_it_again(container: Container) -> None:
    """Byte for byte, or written anew on an older day: the stop stands, and both files come back as they were."""
    data = listed(METFORMIN, treatment("ramipril 5 mg"), allergy(), problem())
    draft = Draft(container)
    editing.stop(draft, line(container, "metformine 500 mg").key, DAY, "", today=AS_OF)
    sealed(container, draft)
    assert bring(container, data).empty
    changed = listed(METFORMIN | {"note": [{"text": "relu"}]}, treatment("ramipril 5 mg"), day="2026-07-01")
    told = bring(container, changed).told
    assert Verb.STANDING in [one.verb for one in told]
    assert shown(container, "metformine 500 mg") == [("statement.stopped", Place.STOPPED)]
    again = Container.open(container.medium, CODE)
    for source, file in zip(records.imports(items.live(again)), (data, changed), strict=True):
        contents = {id_: again.read(bytes.fromhex(id_)) for id_ in source.order}
        assert sources.original(source, contents) == file


def test_a_newer_document_starts_it_again_and_that_is_said(container: Container) -> None:
    """The hospital took it up again: current, and the difference says that it had been stopped here."""
    draft = Draft(container)
    editing.stop(draft, line(container, "metformine 500 mg").key, DAY, "", today=AS_OF)
    sealed(container, draft)
    newer = listed(METFORMIN | {"note": [{"text": "repris"}]}, day="2026-12-01")
    told = bring(container, newer, date(2026, 12, 2)).told
    assert [(one.verb, one.words) for one in told if one.verb is Verb.REOPEN] == [(Verb.REOPEN, "metformine 500 mg")]
    assert line(container, "metformine 500 mg").place is Place.CURRENT


def test_a_hidden_line_stays_hidden(container: Container) -> None:
    """What the patient took from her page does not come back by an edit or by an import."""
    one = line(container, "metformine 500 mg")
    draft = Draft(container)
    draft.change = replace(draft.change, visibility={bytes.fromhex(one.key): True})
    sealed(container, draft)
    draft = Draft(container)
    editing.correct(draft, one.key, {"note": "x"}, today=AS_OF)
    sealed(container, draft)
    newer = listed(METFORMIN | {"note": [{"text": "y"}]}, day="2026-12-01")
    bring(container, newer, date(2026, 12, 2))
    (now,) = [x for x in items.live(container) if x.title == "metformine 500 mg"]
    assert now.hidden


def test_a_correction_keeps_the_old_version_and_its_place(container: Container) -> None:
    """A new version stands in the document of the old one; the difference says what it was."""
    one = line(container, "metformine 500 mg")
    draft = Draft(container)
    editing.correct(draft, one.key, {"dose": "1 g", "dosage": "", "when": "soir"}, today=AS_OF)
    (told,) = sealed(container, draft)
    assert told.before_detail == ("1 matin et soir", "1 matin et soir")
    assert told.detail[0] == "1 g, 1 fois par jour, le soir"
    now = line(container, "metformine 500 mg")
    assert now.place is Place.CURRENT
    assert now.filed  # its section still lists it
    assert editing.find(Draft(container), now.key).of == one.key


def test_new_entries_are_the_patients(container: Container) -> None:
    """They refer to the patient whom the document brought, and stand on the page."""
    draft = Draft(container)
    drug = Coded("gliclazide", "http://www.whocc.no/atc", "A10BB09")
    editing.add(draft, "treatment", {"drug": drug, "dose": "30 mg", "when": "matin"}, today=AS_OF)
    editing.add(draft, "allergy", {"substance": "arachide", "reaction": "choc", "severity": "severe"}, today=AS_OF)
    editing.add(draft, "contact", {"name": "Paul MOREAU", "phone": "06 39 98 12 02"}, today=AS_OF)
    editing.add(draft, "directive", {"title": "pas de réanimation", "text": "écrites en 2024"}, today=AS_OF)
    told = sealed(container, draft)
    assert [one.verb for one in told] == [Verb.NEW] * 4
    assert line(container, "gliclazide").rule == "statement.active"
    assert line(container, "arachide").rule == "allergy.active"
    shown_there = " ".join(page(container))
    for words in ("gliclazide", "arachide", "Paul MOREAU", "pas de réanimation"):
        assert words in shown_there


def test_nothing_is_written_without_a_patient() -> None:
    """A line without a subject is nobody's."""
    with pytest.raises(NoIdentity):
        editing.add(Draft(empty()), "treatment", {"drug": "x"}, today=AS_OF)


def test_what_a_draft_adds_can_be_changed_and_taken_back(container: Container) -> None:
    """One entry, one sentence, whatever was done to it before it was signed."""
    draft = Draft(container)
    key = editing.add(draft, "treatment", {"drug": "x", "dose": "1 mg"}, today=AS_OF)
    editing.correct(draft, key, {"dose": "2 mg"}, today=AS_OF)
    assert [(one.verb, one.detail[0]) for one in draft.told] == [(Verb.NEW, "2 mg, rythme non indiqué")]
    one = line(container, "ramipril 5 mg")
    editing.correct(draft, one.key, {"note": "un"}, today=AS_OF)
    (again,) = [told.key for told in draft.told if told.verb is Verb.REPLACE]
    editing.stop(draft, again, DAY, "toux", today=AS_OF)
    assert [told.verb for told in draft.told] == [Verb.NEW, Verb.STOP]
    draft.take_back(key)
    draft.take_back(again)
    assert draft.empty
    assert draft.told == []


def test_a_mistake_leaves_the_page_and_stays_in_the_history(container: Container) -> None:
    """Entered in error, with the reason; the document that listed it has no hole."""
    one = line(container, "asthme")
    draft = Draft(container)
    with pytest.raises(FormRefused):
        editing.withdraw(draft, one.key, " ", today=AS_OF)
    editing.withdraw(draft, one.key, "autre patient", today=AS_OF)
    sealed(container, draft)
    assert shown(container, "asthme") == [("error.entered", Place.NEVER)]
    assert "reference.dangling" not in {entry.rule for entry in read(container).entries}


def test_what_is_over_is_not_stopped_twice(container: Container) -> None:
    """And a result is nothing that is stopped; nor is the patient."""
    draft = Draft(container)
    editing.stop(draft, line(container, "metformine 500 mg").key, DAY, "", today=AS_OF)
    sealed(container, draft)
    draft = Draft(container)
    with pytest.raises(LineRefused):
        editing.stop(draft, line(container, "metformine 500 mg").key, DAY, "", today=AS_OF)
    who = next(one for one in items.live(container) if one.type == "identity")
    for verb in (editing.stop, editing.withdraw):
        with pytest.raises(LineRefused):
            verb(draft, who.id, DAY, "x", today=AS_OF) if verb is editing.stop else verb(
                draft, who.id, "x", today=AS_OF
            )
    assert draft.empty


def test_ids_are_found_as_elsewhere(container: Container) -> None:
    """Four digits at least, one entry at most."""
    draft = Draft(container)
    for start in ("", "abc", "f" * 32):
        with pytest.raises(NoSuchItem):
            editing.find(draft, start)
    assert issubclass(AmbiguousId, Exception)


def test_confirmed_unchanged(container: Container) -> None:
    """The entry is not touched; a doubt that another document cast on it goes, until a later one casts it anew."""
    stops = treatment("ramipril 5 mg", id="s", status="stopped")
    bring(container, listed(stops, day="2026-07-01", name="d2"))
    doubted = next(one for one in read(container).entries if one.rule == "newer.denies")
    draft = Draft(container)
    editing.confirm(draft, doubted.key, "Dr A. PETIT", today=AS_OF)
    (told,) = sealed(container, draft)
    assert (told.verb, told.words) == (Verb.CONFIRM, "ramipril 5 mg")
    assert draft.who == "Dr A. PETIT"
    by_key = {one.key: one for one in read(container).entries}
    assert by_key[doubted.key].place is Place.CURRENT
    bring(container, listed(stops | {"id": "t"}, day="2026-08-01", name="d3"))
    by_key = {one.key: one for one in read(container).entries}
    assert by_key[doubted.key].rule == "newer.denies"


def test_what_a_document_no_longer_lists_can_be_confirmed(container: Container) -> None:
    """Its new version is silent about the problem; the doctor knows that it holds."""
    bring(container, listed(METFORMIN, day="2026-07-01"))
    assert line(container, "asthme").rule == "listing.left"
    draft = Draft(container)
    editing.confirm(draft, line(container, "asthme").key, "Dr A. PETIT", today=AS_OF)
    sealed(container, draft)
    assert line(container, "asthme").rule == "problem.active"
    bring(container, listed(METFORMIN | {"note": [{"text": "n"}]}, day="2026-08-01"))
    assert line(container, "asthme").rule == "listing.left"


def test_what_is_not_clear_by_itself_is_not_confirmed_away(container: Container) -> None:
    """An allergy that nobody confirmed is corrected, not waved through."""
    unsure = allergy("kiwi", verificationStatus=status("allergyintolerance-verification", "unconfirmed"))
    bring(container, listed(unsure, name="d2"))
    draft = Draft(container)
    with pytest.raises(LineRefused):
        editing.confirm(draft, line(container, "kiwi").key, "Dr A. PETIT", today=AS_OF)
    editing.correct(draft, line(container, "kiwi").key, {"verification": "confirmed"}, today=AS_OF)
    sealed(container, draft)
    assert line(container, "kiwi").rule == "allergy.active"


def test_an_edit_that_breaks_a_rule_is_refused(container: Container, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the forms let through, the checker does not, and the draft is as it was."""
    monkeypatch.setattr(editing.author, "build", lambda *args, **more: b'{"resourceType":"Condition"}')
    draft = Draft(container)
    with pytest.raises(AuthoredRefused) as refused:
        editing.add(draft, "problem", {"problem": "x"}, today=AS_OF)
    assert "required" in {one.key for one in refused.value.findings}
    assert draft.empty


def test_a_commit_checks_what_changed_and_the_summary_once(
    container: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line of forty is stopped: one resource is checked, against its former version, and one summary."""
    bring(
        container,
        listed(*(treatment(f"substance {n}", id=f"t{n}", effectiveDateTime="2020") for n in range(36)), name="d2"),
    )
    resources: list[bytes] = []
    documents: list[bytes] = []
    check_resource, check = judging.check_resource, checking.check
    monkeypatch.setattr(judging, "check_resource", lambda data: (resources.append(data), check_resource(data))[1])
    monkeypatch.setattr(checking, "check", lambda data: (documents.append(data), check(data))[1])
    draft = Draft(container)
    editing.stop(draft, line(container, "metformine 500 mg").key, DAY, "", today=AS_OF)
    resources.clear()
    found = sealing.seal(draft, SIGNED, today=AS_OF)
    assert found == checking.Checked(1, 1)  # ramipril, of another program, has no date
    (new,) = [one.content for one in draft.change.add]
    assert sorted(resources) == sorted([new, container.read(draft.change.add[0].of or b"")])
    (summary,) = documents
    assert summary.count(b"substance ") == 2 * 36  # each drug, and its words in the section
    assert json.loads(summary)["entry"][0]["resource"]["resourceType"] == "Composition"


def test_a_draft_of_another_program_is_checked_before_it_is_signed(container: Container) -> None:
    """Whatever put it there: what we write is refused with its findings, and the record stays as it was."""
    draft = Draft(container)
    editing.add(draft, "treatment", {"drug": "x"}, today=AS_OF)
    (item,) = draft.change.add
    broken = replace(item, content=item.content.replace(b'"active"', b'"actif"'))  # type: ignore[union-attr]
    draft.change = replace(draft.change, add=[broken])
    number = container.number
    with pytest.raises(AuthoredRefused) as refused:
        sealing.seal(draft, SIGNED, today=AS_OF)
    assert [one.key for one in refused.value.findings] == ["binding"]
    assert container.number == number


def test_the_faults_of_others_are_counted_and_signed_all_the_same(container: Container) -> None:
    """A document with a wrong code: its import is no refusal, nor is a stop afterwards."""
    wrong = treatment("x", id="w", dosage=[{"text": "y", "rate": "z"}])
    bring(container, listed(wrong, name="d2"))
    draft = Draft(container)
    editing.stop(draft, line(container, "x").key, DAY, "", today=AS_OF)
    found = sealing.seal(draft, SIGNED, today=AS_OF)
    assert found is not None
    assert (found.entries, found.faults > 0) == (1, True)
