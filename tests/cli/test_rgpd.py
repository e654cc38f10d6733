"""rgpd: three sheets that say who answers for what, and never more than they may promise."""

import re
from pathlib import Path

import pytest

from baladeur.cli.main import ROOMS
from tests.cli.tools import run
from tests.paper import pdf

SHEETS = ("notice", "register", "breach")
MARK = "Relu par personne à ce jour"


@pytest.mark.parametrize("sheet", SHEETS)
def test_text_and_paper_say_the_same(sheet: str, tmp_path: Path) -> None:
    """At most two pages, the mark on both, every word of one in the other."""
    output = tmp_path / "a.pdf"
    text = run("rgpd", sheet)
    assert text.exit_code == 0
    assert run("rgpd", sheet, "-o", output).exit_code == 0
    assert pdf.info(output)["Pages"] in ("1", "2")
    paper = pdf.tool("pdftotext", output, "-")
    assert MARK in text.stdout
    assert MARK in " ".join(paper.split())
    assert all(len(row) <= 80 for row in text.stdout.splitlines())

    def letters(words: str) -> str:
        return "".join(re.findall("[a-zà-ÿœ]+", re.sub("_+", "", words).lower()))

    assert letters(paper) == letters(text.stdout)


def test_every_command_that_a_sheet_names_is_there() -> None:
    """A sheet that is read in a bad hour must not send anybody to a command that is not there."""
    named: set[str] = set()
    for sheet in SHEETS:
        said = " ".join(run("rgpd", sheet).stdout.split())
        named |= set(re.findall(r"baladeur ([a-z]+)", said))
        named |= set(re.findall(r"\((visibility|erase|export)", said))
    assert {"copy", "verify", "secrets", "rgpd", "erase"} <= named <= set(ROOMS)


def test_who_answers_for_what() -> None:
    """The patient for the key, the doctor for the own copy; 72 hours are the doctor's."""
    notice, breach = (" ".join(run("rgpd", sheet).stdout.split()) for sheet in ("notice", "breach"))
    assert "Vous répondez de votre clé" in notice
    assert "Votre médecin répond de la copie qu’il garde" in notice
    assert "LE MÉDECIN" in breach
    assert "72 heures" in breach.split("LE MÉDECIN")[1]
    assert "revoke" in breach.split("LE MÉDECIN")[0]


def test_an_unknown_sheet_and_a_file_that_is_there(tmp_path: Path) -> None:
    """Refused, and nothing is touched."""
    assert run("rgpd", "autre").exit_code == 2
    (tmp_path / "a.pdf").write_text("à moi", "utf-8")
    assert run("rgpd", "notice", "-o", tmp_path / "a.pdf").exit_code == 35
    assert (tmp_path / "a.pdf").read_text("utf-8") == "à moi"
