"""What a strange keyboard makes of the test word."""

import pytest

from baladeur.flows import keyboard

_TO_AZERTY = str.maketrans("azmqw;,", "qw,az$;")  # where the keys show QWERTY, by their place on a French keyboard


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("amazone", "fine"),
        (" Amazone ", "fine"),
        ("AMAZONE", "capitals"),
        ("amazone".translate(_TO_AZERTY), "azerty"),
        ("q;qwone", "qwerty"),
        ("amayone", "qwertz"),
        ("фьфящту", "not-latin"),
        ("αμαζονε", "not-latin"),
        ("شةشئخىث", "not-latin"),
        ("amazon", "other"),
        ("1234", "other"),
    ],
)
def test_the_test_word_names_the_layout(typed: str, verdict: str) -> None:
    """Each layout, and what is none."""
    assert keyboard.judge(typed) == verdict


def test_accents_and_digits_are_latin_enough() -> None:
    """Words with accents, full-width letters and the digits of any script are fine; letters of another are not."""
    assert not any(map(keyboard.not_latin, ("élève", "\uff41\uff42", "0001 ٠٠٠٢", "")))
    assert keyboard.not_latin("ab ж")
