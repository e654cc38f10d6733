"""Hostile text is tamed once and for all; ordinary text is left alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.text import CUT, LABEL, NOTE, fold, safe_text

EVIL = st.text(st.characters() | st.sampled_from("\x1b\u202e\u200b\ufeff\ud800\u2028\t\r\n\u0301\ufe0f\u3164"))


@pytest.mark.parametrize(
    "text",
    [
        "Œdème de Quincke",
        "β-bloquant",
        "5 µg/L",
        "[/x] [bold]",
        "Ἀσκληπιός",
        "حساسية",
        "过敏",
        "naïve — « oui »",
        "±0,5",
        "",
    ],
)
def test_ordinary_text_is_untouched(text: str) -> None:
    """Accents, scripts, punctuation and markup are the source's words."""
    assert safe_text(text) == text


@pytest.mark.parametrize(
    ("raw", "tame"),
    [
        ("\x1b[2Jrien", "\ufffd[2Jrien"),
        ("\x1b]0;titre\x07", "\ufffd]0;titre\ufffd"),
        ("non\u202eelatot\u202c", "non\ufffdelatot\ufffd"),
        ("pas\u200bd'allergie\ufeff", "pas\ufffdd'allergie\ufffd"),
        ("a\u2066b\u2069\u200f", "a\ufffdb\ufffd\ufffd"),
        ("\x9b31m", "\ufffd31m"),
        ("\x00\x08\x7f\xad", "\ufffd\ufffd\ufffd\ufffd"),
        ("\ud800", "\ufffd"),
        ("\ue000\U000e0041\u3164\u2800\ufe0f", "\ufffd" * 5),
        ("ligne 1\r\nligne 2\tfin\u2028x", "ligne 1 ligne 2 fin x"),
        ("  deux   mots  ", "deux mots"),
        ("a" + "\u0301" * 50, "a" + "\u0301" * 4 + "\ufffd"),
    ],
)
def test_hostile_text_is_tamed(raw: str, tame: str) -> None:
    """Whatever could move the cursor, turn letters round or hide becomes U+FFFD."""
    assert safe_text(raw) == tame


def test_long_text_is_cut_with_a_mark() -> None:
    """A name of 10 KB does not fill the page, and the reader sees that there was more."""
    name = safe_text("x" * 10_240)
    assert len(name) == LABEL
    assert name.endswith(CUT)
    assert safe_text("x" * LABEL) == "x" * LABEL
    assert safe_text(" " * 10_240 + "fin").endswith(CUT.strip())


def test_lines_keep_lines() -> None:
    """A note keeps its lines, without empty ones in a row."""
    assert safe_text("a\r\n\r\n\r\n b\tc\x1b\n", NOTE, lines=True) == "a\n\nb c\ufffd"


@given(EVIL, st.integers(4, 40), st.booleans())
def test_safe_text_holds(raw: str, cap: int, lines: bool) -> None:
    """Short, visible, on one line unless asked, and the same when done twice."""
    tame = safe_text(raw, cap, lines=lines)
    assert len(tame) <= cap
    assert all(c.isprintable() or unicodedata.category(c) == "Zs" or (lines and c == "\n") for c in tame)
    assert safe_text(tame, cap, lines=lines) == tame
    tame.encode("utf-8")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Œdème", "oedeme"),
        ("CŒUR", "coeur"),
        ("Ångström", "angstrom"),
        ("ß", "SS"),
        ("Łódź", "lodz"),
        ("l’ail", "l'ail"),
        ("①", "1"),
    ],
)
def test_fold_finds_what_people_type(one: str, other: str) -> None:
    """Searching needs no accents and no case."""
    assert fold(one) == fold(other)


@given(EVIL)
def test_fold_is_stable(raw: str) -> None:
    """Folding twice changes nothing more."""
    assert fold(fold(raw)) == fold(raw)
