"""The patient's conversations line by line, on a real terminal: what is on it, and what stays on it."""

import os
import re
import signal
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.tools import ROOT, WORDS, program, run, secret_file
from tests.cli.typist import SHOWN, Typist

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a pseudo-terminal")

UP, DOWN = "\x1b[?1049h", "\x1b[H\x1b[2J\x1b[3J\x1b[?1049l"


def to_the_words(typist: Typist) -> list[str]:
    """Through the questions before the eight words; the words."""
    typist.answer("Langue", "")
    typist.answer("Entrée pour continuer", "")
    typist.answer("Essayons le clavier", "amazone")
    typist.answer("Pour qui est ce dossier", "")
    typist.answer("seul devant l’écran", "")
    return typist.words(8)


def first_run(typist: Typist) -> dict[str, list[str]]:
    """Go through the first run as the lines ask for it; the words that were shown."""
    eight = to_the_words(typist)
    typist.answer("Entrée quand tout est copié", "")
    typist.answer("Retapez les 8 mots", " ".join(eight))
    typist.answer("mots de secours", "")
    typist.answer("Comment mettre ces mots", "")
    typist.answer("seul devant l’écran", "")
    twelve = typist.words(12)
    typist.answer("Entrée quand tout est copié", "")
    for place in (3, 7, 11):
        typist.answer(f"Le mot n° {place} ", twelve[place - 1])
    return {"eight": eight, "twelve": twelve}


def nothing_stays(screen: str, words: list[str]) -> None:
    """What was shown and typed behind the curtain is not before or after it; each curtain is wiped when it falls."""
    behind = re.findall(re.escape(UP) + ".*?" + re.escape(DOWN), screen, re.DOTALL)
    outside = screen
    for piece in behind:
        outside = outside.replace(piece, "")
    assert "\x1b[?1049" not in outside
    shown = [word for piece in behind for _, word in SHOWN.findall(piece)]
    assert set(words) <= set(shown)
    assert not SHOWN.search(outside)
    assert not set(pairwise(words)) & set(pairwise(re.findall(r"\w+", outside)))


def test_created_line_by_line(tmp_path: Path) -> None:
    """The words open the record; behind the curtain only, which is wiped each time, are they on the terminal."""
    with Typist("create", tmp_path, "--demo", "--lines") as typist:
        words = first_run(typist)
        typist.answer("Écrire maintenant à qui", "")
        typist.answer("qui peut lire votre fiche", "")
        typist.answer("Copier le dossier", "")
        assert typist.end() == 0
    assert "Vous pouvez retirer la clé." in typist.screen
    for name, secret in words.items():
        done = program("list", tmp_path, "--secret-file", secret_file(tmp_path, " ".join(secret), name))
        assert done.returncode == 0
    nothing_stays(typist.screen, words["eight"] + words["twelve"])
    assert typist.screen.count(UP) == typist.screen.count(DOWN) == 6


@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT", "stop", "end of input", "escape"])
def test_the_words_are_wiped_however_it_ends(tmp_path: Path, how: str) -> None:
    """While they stand on the screen: killed, hung up, interrupted, stopped. And nothing was created."""
    with Typist("create", tmp_path, "--demo", "--lines") as typist:
        words = to_the_words(typist)
        typist.wait("Entrée quand tout est copié")
        if how.startswith("SIG"):
            typist.kill(getattr(signal, how))
        else:
            typist.type({"stop": "stop\n", "end of input": "\x04", "escape": "\x1b\n"}[how])
            typist.answer("arrêter maintenant", "")
        assert typist.end() == 130
    nothing_stays(typist.screen, words)
    assert list(tmp_path.iterdir()) == []


def test_the_program_is_not_suspended_while_words_are_shown(tmp_path: Path) -> None:
    """They would stand there with nobody to wipe them."""
    with Typist("create", tmp_path, "--demo", "--lines") as typist:
        to_the_words(typist)
        typist.type("\x1a")
        typist.answer("Entrée quand tout est copié", "")
        typist.answer("Retapez les 8 mots", "stop")
        typist.answer("arrêter maintenant", "")
        assert typist.end() == 130


def test_no_word_in_the_process_list_the_environment_or_a_file(tmp_path: Path) -> None:
    """While they are on the screen."""
    with Typist("create", tmp_path, "--demo", "--lines") as typist:
        words = to_the_words(typist)
        process = Path(f"/proc/{typist.pid}")
        if not process.exists():
            pytest.skip("no /proc on this system")
        told = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        assert not [word for word in words if len(word) > 4 and word.encode() in told]
        opened = [os.readlink(one) for one in (process / "fd").iterdir()]
        assert not [one for one in opened if one.startswith("/") and not one.startswith(("/dev", "/proc", sys.prefix))]
        typist.answer("Entrée quand tout est copié", "stop")
        typist.answer("arrêter maintenant", "")
        assert typist.end() == 130


def test_the_menu_of_a_record(key: Path, tmp_path: Path) -> None:
    """Opened with the words typed hidden, copied to a second place, closed."""
    other = tmp_path / "seconde clé"
    other.mkdir()
    with Typist("start", key, "--lines") as typist:
        typist.answer("Il y a un dossier", "1")
        typist.answer("Tapez vos mots", "")
        typist.answer("(masqué)", WORDS)
        typist.answer("Que voulez-vous faire", "3")
        typist.answer("Le répertoire où copier", str(other))
        typist.answer("Que voulez-vous faire", "99")
        typist.answer("Tapez un chiffre entre 1 et 12", "")
        assert typist.end() == 0
    assert "Copié, et relu." in typist.screen
    assert WORDS[:30] not in typist.screen
    assert (other / "DOSSIER.DMB").read_bytes() == (key / "DOSSIER.DMB").read_bytes()


def test_a_terminal_that_cannot_be_wiped_is_told(tmp_path: Path) -> None:
    """The words are shown all the same, with the advice to close the window."""
    with Typist("create", tmp_path, "--demo", "--lines", TERM="dumb") as typist:
        to_the_words(typist)
        typist.answer("Entrée quand tout est copié", "stop")
        typist.answer("arrêter maintenant", "")
        assert typist.end() == 130
    assert "\x1b" not in typist.screen
    assert "fermez sa fenêtre" in typist.screen


def test_without_a_terminal() -> None:
    """Nobody to talk to."""
    done = run("start", ROOT, "--lines")
    assert (done.exit_code, "terminal" in done.stderr) == (2, True)


@pytest.mark.parametrize("option", [("--secret-file", "x"), ("--identity", "x"), ("--date", "2026-11-24")])
def test_create_led_step_by_step_takes_no_other_option(tmp_path: Path, option: tuple[str, str]) -> None:
    """They would be silently ignored."""
    assert run("create", tmp_path, "--lines", *option).exit_code == 2
    assert list(tmp_path.iterdir()) == []
