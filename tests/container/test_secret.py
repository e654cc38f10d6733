"""Secrets: the word list, what is typed, what is drawn. Oracle for twelve words: the package mnemonic."""

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from baladeur.container.secret import (
    Secret,
    SecretClass,
    accented,
    complete,
    fold,
    generate,
    new_phrase,
    numbers,
    parse,
    words,
)
from baladeur.errors import SecretMistyped, SecretRefused

ROOT = Path(__file__).parents[2]
ORACLE = Mnemonic("french")
ZEROS = "0\u0660\u0966\uff10"  # zero in ASCII, Arabic-Indic, Devanagari, full width
indices = st.integers(0, 2047)


def spell(index: int, how: int) -> str:
    """One of the ways to type a word."""
    folded, spelled = words()[index]
    number = f"{index + 1:04d}"
    digits = ["".join(chr(ord(zero) + int(digit)) for digit in number) for zero in ZEROS]
    decomposed = unicodedata.normalize("NFD", spelled)
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in folded)
    plain = [spelled, folded, spelled.upper(), decomposed, decomposed.title(), folded[:4], folded[:5], wide]
    return [*plain, *digits][how]


ways = st.lists(st.tuples(indices, st.integers(0, 11)), min_size=1, max_size=14)


def test_list() -> None:
    pairs = words()
    assert len(pairs) == len({folded[:4] for folded, _ in pairs}) == 2048
    assert all(re.fullmatch("[a-z]{5,8}", folded) for folded, _ in pairs)
    assert sorted(pairs) == list(pairs)
    assert pairs[0] == ("abaisser", "abaisser")
    assert pairs[1509] == ("poete", "poète")
    assert [unicodedata.normalize("NFD", spelled) for _, spelled in pairs] == ORACLE.wordlist


def test_list_is_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    raw = (tmp_path / "wordlist").joinpath("french.txt")
    raw.parent.mkdir()
    raw.write_text("abaisser\n" * 2048)
    spec = type("Spec", (), {"origin": str(tmp_path / "__init__.py")})
    for found in (spec, None):
        monkeypatch.setattr("baladeur.container.secret.find_spec", lambda _, found=found: found)
        with pytest.raises(ImportError, match="word list"):
            words.__wrapped__()


def test_list_without_importing_the_package() -> None:
    code = "import sys; from baladeur.container.secret import words; words(); sys.exit('mnemonic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_word_file_is_current() -> None:
    script = ROOT / "schemas/make_words.py"
    assert subprocess.run([sys.executable, script, "--check"], check=False).returncode == 0
    lines = [line for line in (ROOT / "schemas/words-fr.txt").read_text("utf-8").splitlines() if line[0] != "#"]
    assert lines == [f"{n:04d} {folded} {spelled}" for n, (folded, spelled) in enumerate(words(), 1)]


@given(ways, st.sampled_from([" ", "  ", "\t", "\n", "\xa0", "\u2003", "\u3000", "\u2028", "\x85 "]))
def test_every_way_of_typing(typed: list[tuple[int, int]], gap: str) -> None:
    text = gap + gap.join(spell(index, how) for index, how in typed) + gap
    folded = [words()[index][0] for index, _ in typed]
    cls = {6: SecretClass.EMERGENCY, 8: SecretClass.WORDS8}.get(len(typed))
    if len(typed) == 12 and not ORACLE.check(" ".join(words()[index][1] for index, _ in typed)):
        with pytest.raises(SecretMistyped):
            parse(text)
    elif len(typed) == 12:
        assert parse(text).cls is SecretClass.CODE12
    elif cls is not None:
        assert parse(text) == Secret(cls, " ".join(folded).encode("ascii"))
    else:
        plain = " ".join(unicodedata.normalize("NFKC", text).split())
        assert parse(text) == Secret(SecretClass.PHRASE, plain.encode())


@pytest.mark.parametrize("how", range(12))
def test_each_word_in_each_way(how: int) -> None:
    for index, (folded, spelled) in enumerate(words()):
        text = spell(index, how)
        assert accented(text) == spelled
        assert numbers([text]) == [f"{index + 1:04d}"]
        if index % 64 == 0:
            assert parse(" ".join([text] * 6)).material == " ".join([folded] * 6).encode()


@given(st.binary(min_size=16, max_size=16), st.sampled_from([0, 1, 2, 3, 5, 8, 9, 10, 11]))
def test_twelve_words_agree_with_the_oracle(entropy: bytes, how: int) -> None:
    chosen = generate(SecretClass.CODE12, entropy)
    spelled = unicodedata.normalize("NFC", ORACLE.to_mnemonic(entropy))
    assert " ".join(chosen) == spelled
    places = [int(number) - 1 for number in numbers(chosen)]
    assert parse(" ".join(spell(place, how) for place in places)) == Secret(SecretClass.CODE12, entropy)
    for cls, count in ((SecretClass.WORDS8, 8), (SecretClass.EMERGENCY, 6)):
        assert generate(cls, entropy) == chosen[:count]


@given(st.lists(indices, min_size=12, max_size=12))
def test_twelve_words_checksum(chosen: list[int]) -> None:
    text = " ".join(words()[index][1] for index in chosen)
    if ORACLE.check(text):
        assert parse(text).material == bytes(ORACLE.to_entropy(unicodedata.normalize("NFD", text)))
    else:
        with pytest.raises(SecretMistyped):
            parse(text)


@pytest.mark.parametrize(
    ("entropy", "phrase"),
    [
        ("00" * 16, "abaisser " * 11 + "abeille"),
        ("80" * 16, "indexer acompte bolide abrasif agréable dédale abusif appuyer indexer acompte bolide abolir"),
        ("ff" * 16, "zoologie " * 11 + "voter"),
    ],
)
def test_twelve_words_fixed(entropy: str, phrase: str) -> None:
    assert parse(phrase) == Secret(SecretClass.CODE12, bytes.fromhex(entropy))
    assert generate(SecretClass.CODE12, bytes.fromhex(entropy)) == phrase.split()


@pytest.mark.parametrize("zero", ZEROS)
@pytest.mark.parametrize("cls", [SecretClass.WORDS8, SecretClass.EMERGENCY, SecretClass.CODE12])
def test_one_run_of_digits(cls: SecretClass, zero: str) -> None:
    chosen = generate(cls)
    run = "".join(chr(ord(zero) + int(digit)) for digit in "".join(numbers(chosen)))
    assert parse(f" {run}\n") == parse(" ".join(chosen))
    assert parse(run).cls is cls


@pytest.mark.parametrize("text", ["2049 " * 8, "0001" * 7, "abai " * 5, "aba " * 6, "abaissera " * 6, "1 " * 6])
def test_nearly_list_words_are_a_phrase(text: str) -> None:
    assert parse(text) == Secret(SecretClass.PHRASE, " ".join(text.split()).encode())


@pytest.mark.parametrize("cls", [SecretClass.WORDS8, SecretClass.EMERGENCY, SecretClass.CODE12])
def test_drawn_words_come_back(cls: SecretClass) -> None:
    drawn = [generate(cls) for _ in range(50)]
    assert len({tuple(chosen) for chosen in drawn}) == 50
    assert all(parse(" ".join(chosen)).cls is cls for chosen in drawn)


def test_drawing_refuses() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        generate(SecretClass.PHRASE)
    with pytest.raises(ValueError, match="16 bytes"):
        generate(SecretClass.CODE12, b"short")


def test_own_phrase_is_kept_exactly() -> None:
    assert new_phrase("  Mémé\u00a0aime\tles   ŒUFS d'été \n").material == "Mémé aime les ŒUFS d'été".encode()
    assert new_phrase("ﬁn de l’e\u0301té, 2024 !") == new_phrase("fin de l’été, 2024 !")
    assert new_phrase("mot de passe Un") != new_phrase("mot de passe un")
    assert new_phrase("e\u0301" * 12).material == ("é" * 12).encode()
    assert parse("0000" * 6).material == b"0000 0000 0000 0000 0000 0000"  # cut, though no number of a word


@given(st.text(min_size=12, max_size=60))
def test_accepted_phrases_are_stable(text: str) -> None:
    try:
        secret = new_phrase(text)
    except SecretRefused:
        return
    for other in (secret.material.decode(), unicodedata.normalize("NFD", text), f"\n{text} "):
        assert parse(other) == secret


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \u3000\n", "empty"),
        ("x" * 1025, "too long"),
        ("onze lettre", "shorter"),
        ("e\u0301" * 11, "shorter"),
        ("abaisser " * 6, "words"),
        ("abaisser " * 12, "words"),
        ("0001" * 8, "words"),
        ("phrase assez longue \u0378", "not text"),
        ("phrase assez longue \ue000", "not text"),
        ("phrase assez longue \udc80", "not text"),
        ("phrase assez\x1clongue", "not text"),
        ("phrase assez longue\x00", "not text"),
    ],
)
def test_phrase_refused(text: str, reason: str) -> None:
    with pytest.raises(SecretRefused, match=reason):
        new_phrase(text)


def test_limits_of_parsing() -> None:
    assert parse("x" * 1024).cls is SecretClass.PHRASE
    for text in ("", " ", "x" * 1025):
        with pytest.raises(SecretRefused):
            parse(text)


@given(st.text())
def test_parsing_any_text(text: str) -> None:
    try:
        secret = parse(text)
    except (SecretRefused, SecretMistyped):
        return
    assert secret.material
    assert repr(secret) == f"Secret({secret.cls.name})"


def test_helpers() -> None:
    assert complete("ÉCUR") == ["écureuil"]
    assert complete("zo") == ["zoologie"]
    assert "poésie" in complete("poe")
    assert "poésie" in complete("POÉ")
    assert complete("xyz") == []
    assert len(complete("")) == 2048
    assert fold("ÉCU\u0327") == "ecu"
    for wrong in ("", "aba", "abaissera", "2049", "0000", "zoologie zoologie", "poißon"):
        with pytest.raises(ValueError, match="not a word"):
            accented(wrong)
