"""What a patient does with her record: who opens it, what the page tells, copies. Each is proven on real files."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from baladeur.container import secret
from baladeur.container.secret import SecretClass
from baladeur.errors import BaladeurError, NoSuperblock, WrongSecret
from baladeur.flows import copies, menu
from baladeur.flows.steps import Pick, Preview, Step
from baladeur.session import Session, Signatory
from tests.flows.person import Answer, Person, talk
from tests.record.documents import allergy, bundle, treatment

TWELVE = " ".join(secret.generate(SecretClass.CODE12, bytes(range(16))))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration record with a signed allergy and treatment."""
    folder = tmp_path_factory.mktemp("keeping") / "key"
    folder.mkdir()
    Session.create(folder, [], demonstration=True, typed=TWELVE)
    with Session.open(folder, TWELVE, write=True) as session:
        draft = session.draft()
        session.bring(draft, bundle(allergy(), treatment(dosage=[{"text": "5 mg matin et soir"}])), "a.json")
        session.seal(draft, Signatory("demo"))
    return folder


@pytest.fixture
def key(template: Path, tmp_path: Path) -> Path:
    return shutil.copytree(template, tmp_path / "key")


def does(key: Path, *things: str, typed: str = TWELVE, **answers: Answer | list[Answer]) -> Person:
    """A person who opens the record, does some things of the menu, and closes it."""
    said = {name.replace("_", "-"): answer for name, answer in answers.items()}
    person = Person({"p-menu-one": ["open", "quit"], "p-open": typed, "p-do": [*things, "quit"], **said})
    assert talk(menu.start(key, language="fr"), person) == "done"
    return person


def opens(path: Path, words: str | list[str]) -> bool:
    try:
        with Session.open(path, words if isinstance(words, str) else " ".join(words)):
            return True
    except (WrongSecret, NoSuperblock):
        return False


def test_wrong_words_are_asked_again(key: Path) -> None:
    """Wrong, mistyped, the emergency code, another alphabet; then the right ones."""
    wrong = " ".join(["abandon"] * 12)
    tries: list[Answer] = [wrong, "abandon " * 6, TWELVE]
    first: list[Answer] = ["слово", "abaisser abandon"]
    person = Person({"p-menu-one": "open", "p-open": first, "p-open-how": tries, "p-do": "quit"})
    assert talk(menu.start(key, language="fr"), person) == "done"
    for name in ("WrongSecret", "SecretMistyped", "EmergencyOnly", "p-key-not-latin", "p-whose-is"):
        assert name in person.seen


def test_other_words_for_every_day(key: Path) -> None:
    """The new open it, those of the paper too; a copy made before still opens with the paper only."""
    person = does(key, "change", p_change="yes")
    assert opens(key, person.paper["p-show-words"])
    assert opens(key, TWELVE)
    again = does(key, "change", typed=" ".join(person.paper["p-show-words"]), p_change="yes")
    assert not opens(key, person.paper["p-show-words"])
    assert opens(key, again.paper["p-show-words"])
    assert "p-locks-nobody" in again.seen


def test_the_former_words_still_open_a_copy(key: Path, tmp_path: Path) -> None:
    """What `change` says that it does not do."""
    first = does(key, "change", p_change="yes").paper["p-show-words"]
    copied = shutil.copytree(key, tmp_path / "copy")
    does(key, "change", typed=" ".join(first), p_change="yes")
    assert opens(copied, first)


def test_a_new_paper(key: Path) -> None:
    """The former one opens nothing here any more; the menu goes on with the new one."""
    person = does(key, "recovery", "copy", p_recovery="yes", p_copy_where="")
    assert opens(key, person.paper["p-show-recovery"])
    assert not opens(key, TWELVE)


@pytest.mark.parametrize("number", ["1", "4"])
def test_words_of_a_carer(key: Path, number: str) -> None:
    """They open everything; taken away, they open nothing."""
    person = does(key, "carer", p_carer="add", p_carer_which=number)
    words = person.paper["p-show-carer"]
    with Session.open(key, " ".join(words)) as session:
        assert session.access == f"carer-{number}"
    other = does(key, "carer", p_carer="remove", p_carer_which=number, p_carer_remove_ask="yes")
    assert "p-carer-removed" in other.seen
    assert not opens(key, words)


def test_the_carer_who_opened_it_cannot_take_her_own_words_away(key: Path) -> None:
    """It is told, and the menu goes on."""
    words = does(key, "carer", p_carer="add", p_carer_which="2").paper["p-show-carer"]
    answers: dict[str, Any] = {"p_carer": "remove", "p_carer_which": "2", "p_carer_remove_ask": "yes"}
    person = does(key, "carer", typed=" ".join(words), **answers)
    assert "WriteRefused" in person.seen
    assert opens(key, words)


def test_the_emergency_code_shows_the_page_first(key: Path) -> None:
    """The page is shown before it is sealed under a code, with each line's mark; the code opens it and nothing else."""
    person = does(key, "emergency", p_emergency="code")
    shown = [one for one in person.steps if any(isinstance(piece, Preview) for piece in one.body)]
    assert shown
    assert person.seen.index("p-page-is") < person.seen.index("p-page-pick") < person.seen.index("p-show-emergency")
    words = " ".join(person.paper["p-show-emergency"])
    page, _ = Session.page_at(key, words)
    assert any("pénicillines" in str(part) for part in page.signed)
    with pytest.raises(BaladeurError):
        Session.open(key, words)
    does(key, "emergency", p_emergency="removed")
    with pytest.raises(WrongSecret):
        Session.page_at(key, words)


def test_nothing_changes_without_a_choice(key: Path) -> None:
    """Every thing of the menu answered with Enter alone."""
    before = (key / "DOSSIER.DMB").read_bytes()
    things = ("page", "emergency", "copy", "carer", "change", "recovery", "revoke", "rejoin", "whose")
    does(key, *things, p_copy_where="", p_join_where="")
    assert (key / "DOSSIER.DMB").read_bytes() == before


def test_a_line_is_taken_off_the_page_and_put_back(key: Path) -> None:
    """Taken off it is gone at once, and counted on the page; put back it comes with the next signature."""
    code = " ".join(does(key, "emergency", p_emergency="code").paper["p-show-emergency"])

    def without(step: Step) -> set[str]:
        assert isinstance(step, Pick)
        gone = next(one.key for one in step.options if "pénicillines" in one.label.fr)  # type: ignore[union-attr]
        return set(step.on) - {gone}

    def everything(step: Step) -> set[str]:
        assert isinstance(step, Pick)
        assert len(step.on) == len(step.options) - 1
        return {one.key for one in step.options}

    person = does(key, "page", p_page_pick=without)
    assert "p-page-off" in person.seen
    page, _ = Session.page_at(key, code)
    assert page.withdrawn == 1
    assert not any("pénicillines" in str(part) for part in page.signed)
    other = does(key, "page", p_page_pick=everything)
    assert "p-page-back" in other.seen
    with Session.open(key, TWELVE, write=True) as session:
        draft = session.draft()
        session.review(draft, ["allergies"], Signatory("demo"))
        session.seal(draft, Signatory("demo"))
    page, _ = Session.page_at(key, code)
    assert any("pénicillines" in str(part) for part in page.signed)


def test_new_locks(key: Path, tmp_path: Path) -> None:
    """No former words open the record; a copy made before still opens with them, as it was said."""
    carer = does(key, "carer", p_carer="add").paper["p-show-carer"]
    code = does(key, "emergency", p_emergency="code").paper["p-show-emergency"]
    copied = shutil.copytree(key, tmp_path / "copy")
    person = does(key, "revoke", p_revoke="yes")
    assert [opens(key, words) for words in (TWELVE, carer)] == [False, False]
    assert [opens(copied, words) for words in (TWELVE, carer)] == [True, True]
    with pytest.raises(BaladeurError):
        Session.page_at(key, " ".join(code))
    assert opens(key, person.paper["p-show-words"])
    assert opens(key, person.paper["p-show-recovery"])
    assert {"p-revoke-not", "p-revoke-gone", "p-revoke-copies"} <= set(person.seen)


@pytest.mark.parametrize("thing", ["change", "recovery", "revoke", "carer", "emergency"])
@pytest.mark.parametrize("how", ["stop_at", "close_at"])
def test_left_in_the_middle_the_former_words_still_open(key: Path, thing: str, how: str) -> None:
    """At each step before new words are in force."""
    answers: dict[str, Any] = {f"p-{thing}": {"carer": "add", "emergency": "code"}.get(thing, "yes")}
    before = (key / "DOSSIER.DMB").read_bytes()
    whole = Person({"p-menu-one": "open", "p-open": TWELVE, "p-do": [thing, "quit"], **answers})
    shutil.copytree(key, key.with_name("other"))
    talk(menu.start(key.with_name("other"), language="fr"), whole)
    writes = max(n for n, name in enumerate(whole.seen) if name == "p-writing")
    steps = len([name for name in whole.seen[:writes] if name.startswith("p-")])
    for at in range(4, min(steps, 14), 3):
        person = Person({"p-menu-one": "open", "p-open": TWELVE, "p-do": [thing, "quit"], **answers})
        leave: dict[str, Any] = {how: at}
        talk(menu.start(key, language="fr"), person, **leave)
        if "p-writing" not in person.seen:
            assert (key / "DOSSIER.DMB").read_bytes() == before
        assert opens(key, TWELVE) or opens(key, person.last)


def test_a_copy_in_a_second_place(key: Path, tmp_path: Path) -> None:
    """Offered after a change, too; a folder that is not there is told, and so is one that holds another record."""
    other, third = tmp_path / "other", tmp_path / "third"
    other.mkdir()
    third.mkdir()
    Session.create(third, [], demonstration=True, typed=TWELVE)
    places: list[Answer] = [str(tmp_path / "no"), str(third), f"'{other}'"]
    person = does(key, "copy", p_copy_where=places)
    assert (other / "DOSSIER.DMB").read_bytes() == (key / "DOSSIER.DMB").read_bytes()
    assert {"p-no-folder", "AlreadyThere", "p-copy-done", "p-copy-not"} <= set(person.seen)
    empty = tmp_path / "empty"
    empty.mkdir()
    twelve = {"p_recovery": "yes", "p_copy_ask": "yes"}
    again = does(key, "recovery", **twelve, p_copy_where=[str(other), str(empty)])
    assert "p-copy-in-the-way" in again.seen
    assert opens(empty, again.paper["p-show-recovery"])
    assert opens(other, TWELVE)


def test_two_copies(key: Path, tmp_path: Path) -> None:
    """The same; one newer than the other, which is brought up to date; both changed, which a professional joins."""
    other = shutil.copytree(key, tmp_path / "other")
    assert "p-join-same-both" in does(key, "rejoin", p_join_where=str(other)).seen
    does(key, "carer", p_carer="add")
    assert "p-join-older" in does(other, "rejoin", p_join_where=str(key)).seen
    person = does(key, "rejoin", p_join_where=str(other), p_join_copy_ask="yes")
    assert "p-join-newer" in person.seen
    assert (other / "DOSSIER.DMB").read_bytes() == (key / "DOSSIER.DMB").read_bytes()
    does(key, "carer", p_carer="add", p_carer_which="2")
    does(other, "carer", p_carer="add", p_carer_which="3")
    apart = does(key, "rejoin", p_join_where=str(other))
    assert {"p-join-diverged", "p-join-both", "p-join-card"} <= set(apart.seen)
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    Session.create(stranger, [], demonstration=True, typed=TWELVE)
    assert "p-join-unrelated" in does(key, "rejoin", p_join_where=str(stranger)).seen
    assert "NothingThere" in does(key, "rejoin", p_join_where=str(tmp_path)).seen


@pytest.mark.parametrize(
    ("risk", "copied", "told"),
    [
        ("none", "yes", {"p-lost-do-copy", "p-lost-do-none"}),
        ("card", "yes", {"p-lost-do-copy", "p-lost-do-revoke"}),
        ("words", "yes", {"p-lost-do-copy", "p-lost-do-revoke"}),
        ("none", "no", {"p-lost-no-copy", "p-lost-no-copy-do"}),
    ],
)
def test_the_key_is_lost(risk: str, copied: str, told: set[str]) -> None:
    """What the finder learns is said first; what to do depends on what was lost with it, and on a copy."""
    person = Person({"p-lost-with": risk, "p-lost-copy": copied})
    talk(copies.lost(), person)
    assert person.seen[:2] == ["p-lost", "p-lost-finder"]
    assert told <= set(person.seen)


def test_whose_record_is_told_before_anything_of_it(key: Path) -> None:
    """Name and birth date come first, and how many records the key holds."""
    many = key / "DOSSIERS" / "01"
    many.mkdir(parents=True)
    Session.create(many, [], demonstration=True, typed=" ".join(secret.generate(SecretClass.CODE12, bytes(16))))
    person = Person({"p-menu-records": "open", "p-open": TWELVE, "p-do": ["page", "quit"]})
    talk(menu.start(key, language="fr"), person)
    assert person.seen.index("p-several") < person.seen.index("p-whose-is") < person.seen.index("p-page-is")


def test_the_page_and_the_card_to_print(key: Path, tmp_path: Path) -> None:
    """Each a new PDF in a folder of hers; the code never beside the key; a file that is there is not touched."""
    outside = tmp_path / "outside"
    outside.mkdir()
    person = does(
        key, "sheet", "card", "sheet", p_sheet_what=[str(outside), str(outside), ""], p_card_what=str(outside)
    )
    assert sorted(one.name for one in outside.iterdir()) == ["carte.pdf", "fiche.pdf"]
    assert all(one.read_bytes().startswith(b"%PDF-") for one in outside.iterdir())
    assert "AlreadyThere" in person.seen
    six = " ".join(secret.generate(SecretClass.EMERGENCY, bytes(range(16))))
    person = does(key, "card", p_card_code=six, p_card_what=[str(key), ""])
    assert "WordsOnTheKey" in person.seen
    assert not list(key.glob("*.pdf"))
