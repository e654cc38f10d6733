"""On a terminal: secrets without echo, words once, questions with a safe answer, a bar on long work."""

import os
from pathlib import Path

import pytest

from tests.cli.tools import ANSI, WORDS, on_terminal, program, run, secret_file

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a pseudo-terminal")


def test_the_secret_is_asked_without_echo(key: Path) -> None:
    """The words are typed and not seen."""
    code, screen = on_terminal("list", key, answers=(("Secret du dossier", WORDS),))
    assert code == 0
    assert "Pénicillines" in screen
    assert WORDS not in screen
    assert not [word for word in WORDS.split() if f" {word}" in screen]


def test_a_wrong_secret_on_a_terminal(key: Path) -> None:
    """It is not shown either."""
    wrong = "marqueur secret qui ne doit pas paraître"
    code, screen = on_terminal("list", key, answers=(("Secret du dossier", wrong),))
    assert code == 10
    assert "marqueur" not in screen


def test_created_words_are_shown_once_and_open_the_record(tmp_path: Path) -> None:
    """On the terminal even if standard output is a file, which stays empty."""
    out = tmp_path / "out"
    code, screen = on_terminal("create", tmp_path, "--demo", output=out)
    assert code == 0
    assert out.read_bytes() == b""
    rows = [line for line in screen.splitlines() if line.startswith("  ")]
    shown = [word for line in rows for word in line.split()[1::2]]
    assert len(shown) == 20
    done = program("list", tmp_path, "--secret-file", secret_file(tmp_path, " ".join(shown[:8])))
    assert done.returncode == 0
    assert not [w for w in shown if w.encode() in (tmp_path / "DOSSIER.DMB").read_bytes() and len(w) > 4]


def test_revoke_asks_and_no_is_the_safe_answer(key: Path, words: Path) -> None:
    """Enter alone changes nothing."""
    before = (key / "DOSSIER.DMB").read_bytes()
    code, screen = on_terminal(
        "secrets", key, "revoke", "--secret-file", words, answers=(("Révoquer tous les secrets", ""),)
    )
    assert code == 130
    assert "ne reprend" in screen or "reprend rien" in screen
    assert (key / "DOSSIER.DMB").read_bytes() == before


def test_erase_asks_and_offers_to_compact(key: Path, words: Path) -> None:
    """Yes, and no to the compaction."""
    id_ = run("list", key, "--secret-file", words).stdout.splitlines()[1].split()[0]
    code, screen = on_terminal("erase", key, id_, "--secret-file", words, answers=(("Effacer 1", ""),))
    assert code == 130
    answers = (("Effacer 1", "o"), ("Compacter", "n"))
    code, screen = on_terminal("erase", key, id_, "--secret-file", words, answers=answers)
    assert code == 0
    assert "compactage" in screen


def test_a_copy_shows_how_far_it_is(key: Path, words: Path, tmp_path: Path) -> None:
    """A bar, on standard error."""
    other = tmp_path / "copie"
    other.mkdir()
    code, screen = on_terminal("copy", key, other, "--secret-file", words)
    assert (code, "copie  [" in screen) == (0, True)


def test_raw_bytes_do_not_reach_a_terminal(key: Path, words: Path, tmp_path: Path) -> None:
    """An image on the screen is refused, a text is not."""
    image = tmp_path / "radio.png"
    image.write_bytes(b"\x1b[2J\xff")
    assert run("note", key, image, "--secret-file", words).exit_code == 0
    rows = run("list", key, "--secret-file", words).stdout.splitlines()[1:]
    code, screen = on_terminal("show", key, rows[-1].split()[0], "--raw", "--secret-file", words)
    assert (code, ANSI.search(screen)) == (2, None)
    code, screen = on_terminal("show", key, rows[0].split()[0], "--raw", "--secret-file", words)
    assert (code, "cliché normal" in screen) == (0, True)


def test_no_colour_without_being_asked(key: Path, words: Path) -> None:
    """A pipe gets none, nor does --plain."""
    assert not ANSI.search(program("summary", key, "--secret-file", words).stdout)
    assert not ANSI.search(on_terminal("summary", key, "--plain", "--secret-file", words)[1])
    code, screen = on_terminal("summary", key, "--secret-file", words)
    assert (code, bool(ANSI.search(screen))) == (0, True)


def test_an_error_is_broken_at_eighty_columns_on_a_terminal(tmp_path: Path) -> None:
    """In a pipe it is one line; where somebody reads it, a screen wide."""
    code, screen = on_terminal("create", tmp_path / "no", "--demo")
    rows = [row for row in screen.splitlines() if row.strip()]
    assert code == 60
    assert len(rows) > 1
    assert rows[0].startswith("baladeur: ")
    assert all(len(row) <= 80 for row in rows)
    assert "branchez la clé" in " ".join(" ".join(rows).split())
    done = program("create", tmp_path / "no", "--demo")
    assert (done.returncode, done.stderr.count("\n")) == (60, 1)
