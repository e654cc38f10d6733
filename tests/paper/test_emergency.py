"""The printed emergency page: one sheet, the rows of the screen, nothing of the patient outside of them."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from baladeur.errors import PaperRefused
from baladeur.paper import emergency, typeset
from baladeur.paper.words import WORDS, Lang, say
from baladeur.record.page import Block
from baladeur.record.render import screens, sheet
from tests.paper import pdf
from tests.record.test_render import ALL, GOLDEN, LANGS, page

TODAY = date(2026, 11, 24)


def part(name: str, lang: Lang, count: int = 1) -> emergency.Part:
    """A golden page as the sheet takes it."""
    lines = page(name)
    rows = sheet(lines, lang, say("more", lang), say("overflow", lang), emergency.ROWS[count])
    who = next(line.name.of(lang) for line in lines if line.block is Block.BANNER)
    return emergency.Part(lang, rows, who, "24 nov. 2026", 3)


def printed(parts: Sequence[emergency.Part], folder: Path) -> Path:
    """The sheet as a file."""
    path = folder / "sheet.pdf"
    path.write_bytes(emergency.sheet(parts, TODAY))
    return path


def inside(expected: list[str], found: list[str]) -> bool:
    """Whether the rows stand there, one after the other, nothing between them."""
    return any(found[at : at + len(expected)] == expected for at in range(len(found)))


def ruled_out(rows: Sequence[str]) -> list[str]:
    """Rows of words: a rule is drawn on paper, not spelt."""
    return [row for row in rows if row and set(row) != {"─"}]


@pytest.mark.parametrize("name", [name for name in ALL if name != "hostile"])
@pytest.mark.parametrize("lang", LANGS)
def test_the_sheet_has_the_rows_of_the_screen(name: str, lang: Lang, tmp_path: Path) -> None:
    """Read back by poppler: each word in its column, one page, its fonts inside."""
    one = part(name, lang)
    path = printed([one], tmp_path)
    assert pdf.info(path)["Pages"] == "1"
    assert inside(ruled_out(one.rows), pdf.rows(path)), pdf.rows(path)
    fonts = pdf.tool("pdffonts", path).splitlines()[2:]
    assert fonts
    assert all(row.split()[-5] == "yes" for row in fonts), "a font is not embedded"


@pytest.mark.parametrize("name", [name for name in ALL if len(screens(page(name), "fr")) == 1])
@pytest.mark.parametrize("lang", LANGS)
def test_what_fits_a_screen_is_the_golden_text(name: str, lang: Lang, tmp_path: Path) -> None:
    """The very file that was read by eye."""
    golden = (GOLDEN / f"{name}.{lang}.80x24.txt").read_text("utf-8").splitlines()
    assert inside(ruled_out(golden), pdf.rows(printed([part(name, lang)], tmp_path)))


@pytest.mark.parametrize("name", ["typical", "overfull", "child", "wrong", "declared"])
def test_two_languages_share_one_sheet(name: str, tmp_path: Path) -> None:
    """French above, English below, both cut in the order of the screen with their counts."""
    both = [part(name, lang, 2) for lang in LANGS]
    path = printed(both, tmp_path)
    assert pdf.info(path)["Pages"] == "1"
    found = pdf.rows(path)
    assert all(inside(ruled_out(one.rows), found) for one in both)


def test_an_overfull_page_says_where_the_rest_is(tmp_path: Path) -> None:
    """All critical names stand; what is cut is counted; no "screen 2" is promised on paper."""
    text = pdf.text(printed([part("overfull", "fr")], tmp_path))
    assert "+" in text
    assert "autres" in text
    assert ">> suite : dans le dossier, pas sur cette feuille" in text
    assert "ÉCRAN" not in text.upper()
    for name in ("apixaban", "méthotrexate", "pénicillines", "morphine"):
        assert name in text


def test_too_many_critical_names_are_said_first_and_last() -> None:
    """Even what cannot be cut is cut by the paper: then the sheet sends the reader to the record."""
    rows = sheet(page("overfull"), "fr", "SUITE", "TROP", 8)
    assert len(rows) == 8
    assert (rows[0], rows[-1]) == (" !! TROP", " >> TROP")


def test_hostile_text_is_boxed_and_counted(tmp_path: Path) -> None:
    """What no embedded font has becomes a box; the sheet says how many, and stays one page."""
    path = printed([part("hostile", "fr")], tmp_path)
    assert pdf.info(path)["Pages"] == "1"
    text = pdf.text(path)
    assert "caractère(s) ne s’impriment pas (□) : lire le dossier à l’écran" in text
    assert "□□□□" in text
    assert "漢" not in text
    both = tmp_path / "both.pdf"
    both.write_bytes(emergency.sheet([part("hostile", lang, 2) for lang in LANGS], TODAY))
    assert pdf.info(both)["Pages"] == "1"


def test_greek_cyrillic_and_accented_names_print(tmp_path: Path) -> None:
    """Europe's letters are all in the embedded font: no box."""
    name = "ΠΑΠΑΔΟΠΟΎΛΟΥ Ελένη ЩЕРБАКОВА Юлия ŁĘTOWSKI ŞİMŞEK ĐỖ Ővári Ñandú ß Œ"
    path = printed([emergency.Part("fr", [f" {name}"], name, "24 nov. 2026", None)], tmp_path)
    assert pdf.rows(path)[0] == f" {name}"
    assert "□" not in pdf.text(path)
    assert "version non connue par le code d’urgence" in pdf.text(path)


def test_the_metadata_name_no_patient(tmp_path: Path) -> None:
    """Title, date and language of the sheet; the file's head says whose it is nowhere."""
    path = printed([part("typical", "fr")], tmp_path)
    told = pdf.info(path)
    assert told["Title"] == WORDS["emergency-title"][0]
    assert told["Tagged"] == "yes"
    assert "Author" not in told
    metadata = pdf.tool("pdfinfo", "-meta", path)
    assert "pdfaid:part>2<" in metadata
    assert "pdfuaid:part>1<" in metadata
    assert "MOREAU" not in metadata + str(told)


def test_the_same_page_gives_the_same_bytes() -> None:
    """Nothing of the computer or of the hour is in it."""
    made = [emergency.sheet([part("typical", "fr")], TODAY) for _ in range(2)]
    assert made[0] == made[1]


def test_more_rows_than_a_sheet_takes_are_refused() -> None:
    """An error without a word of the record, never a second sheet that is left in the printer."""
    rows = [f" ligne {at}" for at in range(80)]
    with pytest.raises(PaperRefused) as refused:
        emergency.sheet([emergency.Part("fr", rows, "", "", 1)], TODAY)
    assert "ligne" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_without_the_typesetter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key's small program may come without it: one sentence, no traceback."""
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(PaperRefused):
        emergency.sheet([emergency.Part("fr", [" a"], "", "", 1)], TODAY)


def test_words_are_never_markup(tmp_path: Path) -> None:
    """The typesetter's own language, in a drug's name, stays a drug's name."""
    row = ' #panic("x") *gras* $x$ \\u{41} ${data} `code` <a> @b // c /* d */ #read("/etc/passwd")'[:80]
    assert pdf.rows(printed([emergency.Part("fr", [row], "", "", 1)], tmp_path))[0] == row


def test_every_word_is_in_both_languages() -> None:
    """With the same places."""
    for name, (fr, en) in WORDS.items():
        assert fr, name
        assert en, name
        assert {p for p in ("{n}", "{day}", "{number}") if p in fr} == {
            p for p in ("{n}", "{day}", "{number}") if p in en
        }


def test_a_probe_finds_what_the_font_has() -> None:
    """The same question that decides what is boxed."""
    assert typeset._is_printable("é")
    assert typeset._is_printable("\u202f")
    assert not typeset._is_printable("漢")
