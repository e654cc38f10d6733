"""The first run: nothing is written before the words were typed back, and nothing half-made stays, whatever happens."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from baladeur.acts import clock
from baladeur.errors import MediumFull, NothingThere
from baladeur.flows import creating
from baladeur.flows.steps import Ask, Flow, Step, Stop
from baladeur.session import Session
from tests.flows.person import Answer, Person, names, talk

#: The step of the plain run, counted from 0, that writes.
WRITES = 15
FULL: dict[str, Answer | list[Answer]] = {
    "p-whose-ask": "yes",
    "p-field-family": "Moreau",
    "p-field-given": "Jeanne, Marie",
    "p-field-birthDate": "4 3 1961",
    "p-sex": "F",
    "p-whose-recap": "yes",
    "p-emergency": "code",
}


def first_run(path: Path) -> Flow:
    return creating.first_run(path, language="fr", demonstration=True)


def records(folder: Path) -> list[str]:
    """Files and folders of records, whole or not."""
    return [path.name for path in folder.iterdir() if path.name.startswith("DOSSIER")]


def opens(path: Path, person: Person, heading: str = "p-show-words") -> Session:
    """The record that the words on her paper open."""
    return Session.open(path, " ".join(person.paper[heading]))


def test_the_words_open_what_was_made(tmp_path: Path) -> None:
    """Eight words, twelve on paper, six for the page; whose it is."""
    person = Person(FULL)
    assert talk(first_run(tmp_path), person) == "created"
    for heading in ("p-show-words", "p-show-recovery"):
        with opens(tmp_path, person, heading) as session:
            assert (session.whose().name, session.whose().born) == ("MOREAU Jeanne", "1961-03-04")
            assert session.demonstration
    page, _ = Session.page_at(tmp_path, " ".join(person.paper["p-show-emergency"]))
    assert page.demonstration
    assert [len(words) for words in person.paper.values()] == [8, 12, 6]
    assert person.seen.index("p-creating") > person.seen.index("p-back-one")


def test_the_emergency_code_is_off_unless_chosen(tmp_path: Path) -> None:
    """Who answers with Enter alone has none, no name in the record and no copy."""
    person = Person()
    assert talk(first_run(tmp_path), person) == "created"
    assert "p-show-emergency" not in person.paper
    assert records(tmp_path) == ["DOSSIER.DMB"]
    with opens(tmp_path, person) as session:
        assert session.whose().name == ""


@pytest.mark.parametrize("how", ["stop_at", "close_at"])
@pytest.mark.parametrize("at", range(WRITES + 1))
def test_left_before_the_end_nothing_is_there(tmp_path: Path, how: str, at: int) -> None:
    """At any step before the words were typed back, by Escape or by the program's end."""
    person = Person()
    how_many: dict[str, Any] = {how: at}
    assert talk(first_run(tmp_path), person, **how_many) in ("stopped", "closed")
    assert list(tmp_path.iterdir()) == []
    assert how == "close_at" or "p-nothing-made" in person.seen


def left_later(tmp_path: Path, how: str, at: int) -> None:
    """At any later step the record is whole: its words open it, and it verifies."""
    person = Person(FULL)
    how_many: dict[str, Any] = {how: at}
    talk(first_run(tmp_path), person, **how_many)
    for heading in ("p-show-words", "p-show-recovery"):
        with opens(tmp_path, person, heading) as session:
            assert not session.findings
            assert not session.verify()[1]
    assert records(tmp_path) == ["DOSSIER.DMB"]


@pytest.mark.parametrize("at", [WRITES + 2, WRITES + 9, WRITES + 18])
@pytest.mark.parametrize("how", ["stop_at", "close_at"])
def test_left_after_it_the_record_is_whole(tmp_path: Path, how: str, at: int) -> None:
    """Some steps; all of them in the slow proofs."""
    left_later(tmp_path, how, at)


@pytest.mark.slow
@pytest.mark.parametrize("at", range(WRITES + 1, WRITES + 25))
@pytest.mark.parametrize("how", ["stop_at", "close_at"])
def test_left_at_any_later_step_the_record_is_whole(tmp_path: Path, how: str, at: int) -> None:
    """By Escape or by the program's end."""
    left_later(tmp_path, how, at)


def test_the_steps_are_counted_right(tmp_path: Path) -> None:
    """What is above cuts where it says it does."""
    person = Person()
    talk(first_run(tmp_path), person, close_at=WRITES)
    assert names(person.steps[-1])[-1] == "p-back-one"
    talk(first_run(tmp_path), person, stop_at=WRITES)
    assert person.seen[-1] == "p-nothing-made-paper"
    assert list(tmp_path.iterdir()) == []
    talk(first_run(tmp_path), Person(), close_at=WRITES + 1)
    assert records(tmp_path) == ["DOSSIER.DMB"]


def test_typed_back_wrong(tmp_path: Path) -> None:
    """Too few, one wrong, two wrong, another alphabet; then the words are looked at again and typed right."""

    def spoilt(*places: int) -> Any:
        def typed(step: Step) -> str:
            return " ".join("0001" if at in places else word for at, word in enumerate(person.last, 1))

        return typed

    answers: list[Answer] = [
        "abaisser",
        spoilt(3),
        spoilt(3, 8),
        "слово " * 8,
        lambda step: " ".join(person.last),
    ]
    person = Person({"p-back-all": answers, "p-back-wrong": "look"})
    assert talk(first_run(tmp_path), person) == "created"
    order = [name for name in person.seen if name.startswith(("p-back-", "p-key-", "p-show-words"))]
    assert order[:11] == [
        *("p-show-words", "p-back-all", "p-back-count", "p-back-all", "p-back-wrong-one", "p-back-all"),
        *("p-back-wrong", "p-show-words", "p-back-all", "p-key-not-latin", "p-back-all"),
    ]


@pytest.mark.parametrize("how", [lambda word: word[:4].upper(), lambda word: f" {word} "])
def test_typed_back_as_it_may_be_typed(tmp_path: Path, how: Any) -> None:
    """By the first four letters, in capitals, with spaces too many."""
    person = Person({"p-back-all": lambda step: "  ".join(map(how, person.last))})
    assert talk(first_run(tmp_path), person, close_at=WRITES) == "closed"
    assert "p-show-recovery" in person.paper


def test_a_mistake_on_the_paper_begins_the_three_words_again(tmp_path: Path) -> None:
    """The second word is wrong twice, then the words are shown again and all three asked."""
    wrong: list[Answer] = [lambda step: person.last[2], "abaisser", lambda step: person.last[2], "abaisser"]
    rest: list[Answer] = [lambda step, at=at: person.last[at] for at in (2, 6, 10)]
    person = Person({"p-back-one": [*wrong, *rest], "p-paper-wrong": ["again", "look"]})
    person.answers["p-back-one"] = [lambda s: person.last[2], "abaisser", "abaisser", *rest]
    assert talk(first_run(tmp_path), person) == "created"
    assert person.seen.count("p-show-recovery") == 2
    assert person.seen.count("p-back-one") == 6


def test_escape_by_accident(tmp_path: Path) -> None:
    """At the words Escape asks first; going on shows the same step again."""
    flow = first_run(tmp_path)
    step = next(flow)
    while not (isinstance(step, Ask) and step.kind == "words"):
        step = flow.send("fr" if "p-language" in names(step) else "me" if "p-who" in names(step) else "")
    asked = flow.throw(Stop())
    assert names(asked) == ["p-stop-ask-new"]
    assert flow.send("on") is step
    flow.close()


def test_somebody_who_helps_is_sent_away_before_the_words(tmp_path: Path) -> None:
    """Not before the patient says that she is there; and the keyboard goes back only when no word will appear."""
    person = Person({"p-who": "other", "p-hand-over": ["no", "yes"]})
    assert talk(first_run(tmp_path), person) == "created"
    order = [n for n in person.seen if n in ("p-hand-over", "p-hand-over-wait", "p-show-words", "p-hand-back")]
    assert order == ["p-hand-over", "p-hand-over-wait", "p-hand-over", "p-show-words", "p-hand-back"]


def test_somebody_who_answers_for_another_keeps_the_words(tmp_path: Path) -> None:
    """A child's parent."""
    person = Person({"p-who": "ward"})
    talk(first_run(tmp_path), person, close_at=WRITES)
    assert "p-ward" in person.seen


def test_the_keyboard_is_tried(tmp_path: Path) -> None:
    """Another alphabet is told at once; another layout may be taken as it is."""
    person = Person({"p-keyboard": ["фьфящту", "amazone"], "p-key-azerty": ["again"]})
    person.answers["p-key-not-latin"] = ["q,qwone", "amazone"]
    talk(first_run(tmp_path), person, close_at=WRITES)
    told = [n for n in person.seen if n.startswith("p-key-")]
    assert list(dict.fromkeys(told)) == ["p-key-not-latin", "p-key-azerty", "p-key-numbers"]
    other = Person({"p-keyboard": "q,qwone", "p-key-azerty": "on"})
    talk(first_run(tmp_path), other, close_at=WRITES)
    assert "p-who" in other.seen


def test_a_folder_that_is_not_there_is_told_before_the_words(tmp_path: Path) -> None:
    """And looked for again when the key was plugged in."""
    key = tmp_path / "key"

    def plugged_in(step: Step) -> str:
        key.mkdir()
        return "again"

    person = Person({"NoFolder": ["again", plugged_in]})
    assert talk(first_run(key), person) == "created"
    assert person.seen.count("NoFolder") == 2
    assert person.seen.index("p-welcome") > person.seen.index("NoFolder")
    assert talk(first_run(tmp_path / "no"), Person({"NoFolder": "stop"})) == "stopped"
    assert not (tmp_path / "no").exists()


def test_a_key_that_vanishes_in_the_middle(tmp_path: Path) -> None:
    """Nothing is made in its place; the same words are good when it is back."""
    key = tmp_path / "key"
    key.mkdir()

    def pulled(step: Step) -> str:
        shutil.rmtree(key)
        return person.last[10]

    def back(step: Step) -> str:
        assert not key.exists()
        key.mkdir()
        return "again"

    person = Person({"p-create-again": ["again", back]})
    person.answers["p-back-one"] = [lambda s: person.last[2], lambda s: person.last[6], pulled]
    assert talk(first_run(key), person) == "created"
    assert person.seen.count("p-show-words") == 1
    with opens(key, person):
        pass


def test_a_second_record_on_the_key(tmp_path: Path) -> None:
    """Beside the first, in a folder of its own; each opened by its own words; an unfinished one leaves no folder."""
    one, two = Person(FULL), Person({"p-there-is-one": "beside"})
    talk(first_run(tmp_path), one)
    assert talk(first_run(tmp_path), Person()) == "stopped"
    assert Session.records(tmp_path) == 1
    talk(first_run(tmp_path), Person({"p-there-is-one": "beside"}), stop_at=WRITES)
    assert records(tmp_path) == ["DOSSIER.DMB"]
    assert talk(first_run(tmp_path), two) == "created"
    assert Session.records(tmp_path) == 2
    with opens(tmp_path, one) as first, opens(tmp_path, two) as second:
        assert (first.whose().name, second.whose().name) == ("MOREAU Jeanne", "")


def test_a_clock_that_cannot_be_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The date is asked, and the record bears it as declared."""
    monkeypatch.setattr(clock, "now", lambda: datetime(1970, 1, 1, tzinfo=UTC))
    person = Person({"clock-wrong": "tomorrow", "DateRefused": "2026-11-24"})
    assert talk(first_run(tmp_path), person) == "created"
    with opens(tmp_path, person) as session:
        assert session.verify()[0][0].clock == "declared"


def test_who_it_is_may_be_corrected_before_it_is_written(tmp_path: Path) -> None:
    """A date that is none is asked again alone; a wrong recapitulation begins anew."""
    answers: dict[str, Answer | list[Answer]] = {
        **FULL,
        "p-field-family": ["Moreo", "Moreau"],
        "p-field-birthName": "Leroy",
        "p-field-birthDate": ["31 2 1961", "4/3/1961", "04.03.1961"],
        "p-whose-recap": ["no", "yes"],
        "p-emergency": "none",
    }
    person = Person(answers)
    talk(first_run(tmp_path), person)
    assert person.seen.count("FieldRefused") == 1
    with opens(tmp_path, person) as session:
        assert session.whose().born == "1961-03-04"
        assert session.whose().name.startswith("MOREAU")


@pytest.fixture
def small_key(tmp_path: Path) -> Iterator[Path]:
    """A file system of 22 MiB."""
    key = tmp_path / "small"
    key.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=22m", "tmpfs", str(key)]
    if os.name != "posix" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield key
    subprocess.run(["umount", str(key)], check=True)


def test_a_full_key(small_key: Path) -> None:
    """Told before any word is copied; if it fills up later, room is made and the same words are good."""
    junk = small_key / "photos"
    junk.write_bytes(bytes(4 << 20))
    with pytest.raises(MediumFull):
        Session.room(small_key)

    def emptied(step: Step) -> str:
        assert sorted(path.name for path in small_key.iterdir()) == ["photos"]
        junk.unlink()
        return "again"

    def filled(step: Step) -> str:
        junk.write_bytes(bytes(4 << 20))
        return person.last[10]

    person = Person({"MediumFull": [emptied, emptied]})
    person.answers["p-back-one"] = [lambda s: person.last[2], lambda s: person.last[6], filled]
    assert talk(first_run(small_key), person) == "created"
    assert person.seen.count("MediumFull") == 2
    assert person.seen.count("p-show-words") == 1
    with opens(small_key, person):
        pass


def test_nothing_to_open_before(tmp_path: Path) -> None:
    """An empty key holds no record."""
    with pytest.raises(NothingThere):
        Session.look(tmp_path)


@pytest.mark.parametrize("leave", [None, "stop_at", "close_at"])
def test_the_words_may_be_printed(tmp_path: Path, leave: str | None) -> None:
    """From a file that is not on the key, holds the twelve words, and is gone when the paper was checked, or sooner."""
    key, home = tmp_path / "key", tmp_path / "home"
    key.mkdir()
    home.mkdir()
    seen: list[int] = []

    def printed(step: Step) -> None:
        seen.append(len((home / "baladeur.pdf").read_bytes()))
        words = secret_words[-1]
        person.last = words

    secret_words: list[list[str]] = []
    drawing = creating.NewAccess.draw

    def draw(kind: str, *more: Any, **rest: Any) -> Any:
        access = drawing(kind, *more, **rest)
        secret_words.append(access.words)
        return access

    person = Person({"p-paper-how": "print", "p-print-where": [str(key), str(home)], "p-printed": printed})
    how_many: dict[str, Any] = {leave: 16} if leave else {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(creating.NewAccess, "draw", draw)
        ended = talk(first_run(key), person, **how_many)
    assert "WordsOnTheKey" in person.seen
    assert list(home.iterdir()) == []
    assert leave is not None or (ended == "created" and seen and seen[0] > 1000)
    assert leave is None or records(key) == []
    assert "p-show-recovery" not in person.seen
