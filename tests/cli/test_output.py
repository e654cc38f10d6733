"""What reaches a screen or another program: languages, widths, JSON, no escape sequence."""

import json
import pkgutil
import string
from importlib import import_module
from pathlib import Path

import pytest

from baladeur import errors
from baladeur.cli import findings, problems, speech
from baladeur.cli.main import cli
from baladeur.container import place
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.secret import parse
from baladeur.session import Finding, Session
from baladeur.wording import phrases, sentences
from baladeur.wording.phrases import PHRASES
from tests.cli.tools import ANSI, WORDS, run

HOSTILE = "\x1b]0;titre\x07\x1b[2J\u202egniht\u202c [/bold] \u9b5a" + "très long " * 40


def classes(root: type[errors.BaladeurError] = errors.BaladeurError) -> list[type[errors.BaladeurError]]:
    """Every error that is raised on purpose."""
    return [root, *(below for child in root.__subclasses__() for below in classes(child))]


@pytest.mark.parametrize("kind", sorted(set(classes()), key=lambda c: c.__name__), ids=lambda c: c.__name__)
def test_every_error_has_a_sentence_of_three_parts(kind: type[errors.BaladeurError]) -> None:
    """What happened; what is safe; what to do: in French and in English."""
    for language in ("fr", "en"):
        text = sentences.sentence(kind(), language)
        assert text.count(";") >= 2
        assert "\n" not in text
    assert kind in sentences.FRENCH


def test_only_known_details_are_told() -> None:
    """An exception's own words stay inside."""
    told = sentences.sentence(errors.WriteRefused("Jeanne a une tumeur"), "fr")
    assert "tumeur" not in told
    assert "12 caractères" in sentences.sentence(errors.SecretRefused("shorter than 12 characters"), "fr")
    assert problems.USAGE == problems.CommandError.exit_code
    assert issubclass(errors.NothingThere, errors.NotAContainer)


@pytest.mark.parametrize("name", sorted(PHRASES))
def test_both_languages_have_the_same_placeholders(name: str) -> None:
    """A translation that forgets a number is a lie."""
    fr, en = ({field for _, field, _, _ in string.Formatter().parse(text) if field} for text in PHRASES[name])
    assert fr == en


def test_every_finding_of_the_format_has_words() -> None:
    """Those that the container names, and an unknown one."""
    source = "".join(p.read_text("utf-8") for p in Path(place.__file__).parent.glob("*.py"))
    named = {word for word in source.split('"') if word in findings.FINDINGS}
    assert len(named) >= 20
    assert findings.words(Finding("never-seen")).endswith("(never-seen)")
    assert findings.exit_code([Finding("never-seen")]) == problems.REPAIR
    assert findings.exit_code([Finding("rolled-forward")]) == 0


@pytest.fixture
def hostile(key: Path) -> Path:
    """A record with a title and a content made to harm a terminal."""
    with place.open_at(key, parse(WORDS), True) as container:
        item = NewItem("tray", HOSTILE, (HOSTILE + "\n").encode() * 3, HOSTILE, HOSTILE)
        container.commit(Change(add=[item]), Author("2026-11-23T10:00:00Z"))
    return key


@pytest.mark.parametrize("command", ["list", "history", "verify", "emergency", "doctor"])
@pytest.mark.parametrize("lang", ["fr_FR.UTF-8", "en_GB.UTF-8"])
def test_eighty_columns_and_no_escape(hostile: Path, words: Path, command: str, lang: str) -> None:
    """Whatever the record holds."""
    done = run(command, hostile, "--secret-file", words, lang=lang)
    assert done.exit_code == 0
    assert max(map(speech.cells, done.stdout.splitlines())) <= 80
    assert not ANSI.search(done.output)


def test_show_is_tame(hostile: Path, words: Path) -> None:
    """A content is shown in lines of 80 columns, without what moves a cursor or turns letters round."""
    with Session.open(hostile, WORDS) as session:
        id_ = session.entries()[-1].id.hex()
    done = run("show", hostile, id_, "--secret-file", words)
    assert max(map(speech.cells, done.stdout.splitlines())) <= 80
    assert not ANSI.search(done.stdout)
    assert "\u202e" not in done.stdout
    assert run("show", hostile, id_, "--raw", "--secret-file", words).stdout_bytes == (HOSTILE + "\n").encode() * 3


def test_binary_content_is_not_shown(key: Path, words: Path, tmp_path: Path) -> None:
    """Only its size; --raw gives the bytes."""
    image = tmp_path / "radio.png"
    image.write_bytes(bytes(range(256)))
    assert run("note", key, image, "--secret-file", words).exit_code == 0
    with Session.open(key, WORDS) as session:
        id_ = session.entries()[-1].id.hex()
    assert "256 octets (image/png)" in run("show", key, id_, "--secret-file", words).stdout
    assert run("show", key, id_, "--raw", "--secret-file", words).stdout_bytes == image.read_bytes()


@pytest.mark.parametrize(
    "args", [("list",), ("list", "--all"), ("history",), ("verify",), ("emergency",), ("secrets", "list")]
)
def test_json_is_json(hostile: Path, words: Path, args: tuple[str, ...]) -> None:
    """It parses, is ASCII, and holds no escape sequence, even raw in a string."""
    done = run(args[0], hostile, *args[1:], "--json", "--secret-file", words)
    assert done.exit_code == 0
    assert json.loads(done.stdout)
    assert done.stdout.isascii()
    assert not ANSI.search(done.stdout)


def test_json_keeps_accents_and_hostile_text_as_they_are(hostile: Path, words: Path) -> None:
    """A program gets the stored text."""
    titles = [e["title"] for e in json.loads(run("list", hostile, "--json", "--secret-file", words).stdout)["entries"]]
    assert titles == ["radio à Lisbonne.txt", "Pénicillines : choc", HOSTILE]


@pytest.mark.parametrize(
    ("variables", "french"),
    [
        ({"LANG": "fr_FR.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "pt_PT.UTF-8"}, False),
        ({"LANG": "C.UTF-8"}, True),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "en_US.UTF-8"}, False),
        ({}, True),
    ],
)
def test_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], french: bool) -> None:
    """LC_ALL, LC_MESSAGES, LANG; --lang wins, before or after the command."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    speech.begin()
    assert (speech.language() == "fr") is french
    assert "there is no" in run("list", tmp_path, "--lang", "en").stderr
    assert "there is no" in run("--lang", "en", "list", tmp_path).stderr
    assert "il n’y a pas" in run("list", tmp_path, "--lang", "fr", lang="en_US.UTF-8").stderr


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help(name: str) -> None:
    """--help says what it does."""
    done = run(name, "--help")
    assert done.exit_code == 0
    assert cli.commands[name].help


def test_the_voice() -> None:
    """One line, no capital, no full stop; an acronym stays."""
    assert speech.voice("The key is full; it is safe.") == "the key is full; it is safe"
    assert speech.voice("FHIR is not read.") == "FHIR is not read"


def test_fit_and_paragraph() -> None:
    """Columns, not characters: a wide letter takes two."""
    assert speech.cells("\u9b5a") == 2
    assert speech.fit("abcdef", 4) == "abc…"
    assert speech.cells(speech.fit("\u9b5a" * 10, 5)) == 5
    for line in speech.paragraph("\u9b5a" * 200 + " " + "a" * 200 + " b", "  "):
        assert speech.cells(line) <= 80
    assert list(speech.paragraph("a b")) == ["a b"]


def test_what_is_odd_about_a_version_that_holds(key: Path, words: Path) -> None:
    """A date that went back is said in words, by `history` and by `verify`."""
    with place.open_at(key, parse(WORDS), True) as container:
        for utc in ("2026-12-24T10:00:00Z", "2026-12-23T10:00:00Z"):
            container.commit(Change(add=[NewItem("tray", "note", b"x", "2026", "text/plain")]), Author(utc))
    told = "version 4 : sa date est avant celle de la version précédente"
    assert told in " ".join(run("history", key, "--secret-file", words).stderr.split())
    ran = run("verify", key, "--secret-file", words)
    assert ran.exit_code == 0, ran.output
    assert told in " ".join(ran.stdout.split())
    assert set(findings.FINDINGS) >= {"gap", "clock-went-back", "identity-changed"}


def test_a_phrase_stands_in_one_place() -> None:
    """Of two of a name one would win in silence. Help and the names of FHIR's elements are tables of their own."""
    own = {"helping", "options", "elements"}
    rooms = {one.name for one in pkgutil.iter_modules(phrases.__path__)} - own
    tables = [vars(import_module(f"{phrases.__name__}.{room}"))[room.upper()] for room in sorted(rooms)]
    names = [name for table in tables for name in table]
    assert len(names) == len(set(names)) == len(PHRASES)
