"""The first run line by line, as a screen reader says it, in both languages: a text to be read, kept as it was read."""

import os
import re
from pathlib import Path

import pytest

from tests.cli.typist import SHOWN, Typist

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a pseudo-terminal")

GOLDEN = Path(__file__).with_name("golden")
ONE_WORD = re.compile(r"(?:Le mot n°|Word no\.) (\d+) ")
TYPE_THIS = re.compile(r"(?:puis Entrée|then Enter) ?: (\w+)")
ESCAPE = re.compile(r"\x1b\[[?0-9;]*[A-Za-z]")


def answer(said: str, paper: list[str]) -> str:
    """What somebody types who knows nothing but what was said since the last answer."""
    flat = " ".join(said.split())
    if "Retapez les" in flat or "words back" in flat:
        return " ".join(paper)
    if one := ONE_WORD.search(flat):
        return paper[int(one[1]) - 1]
    if "clavier. Tapez ce mot" in flat or "Type this word" in flat:
        this = TYPE_THIS.search(flat)
        assert this
        return this[1]
    if "qui peut lire votre fiche" in flat or "who may read your" in flat:
        return "2"
    assert re.search(r"Entrée|Enter", flat), f"it does not say what to do: {said}"
    return ""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_first_time_walk_by_ear(tmp_path: Path, language: str) -> None:
    """From an empty key to a record with an emergency code, by what is said; no word of the secrets in the text."""
    key = tmp_path / "key"
    key.mkdir()
    told, paper = "", list[str]()
    with Typist("create", key, "--demo", "--lines", "--lang", language) as typist:
        while (said := typist.asked()) is not None:
            if shown := SHOWN.findall(said):
                paper = [word for _, word in shown]
            typed = answer(said, paper)
            secret = typed and typed in " ".join(paper)
            told += said + (f"<{len(typed.split())} words>" if secret else typed) + "\n"
            typist.type(typed + "\n")
            typist.echoed(typed)
        assert typist.end() == 0
        told += typist.rest()
    told = SHOWN.sub(lambda found: f"{int(found[1]):2}. <word> (<number>)", told.replace("\r\n", "\n"))
    told = ESCAPE.sub("", told.replace("\x1b[?1049h", "<curtain up>").replace("\x1b[?1049l", "<wiped, curtain down>"))
    told = re.sub(r"[^\n]*\r(?!\n)", "", told)  # a bar that was drawn over
    path = GOLDEN / f"first-run-{language}.txt"
    if os.environ.get("BALADEUR_GOLDEN"):
        path.write_text(told, "utf-8")
    assert path.read_text("utf-8") == told
    assert all(len(row) <= 110 for row in told.splitlines())
