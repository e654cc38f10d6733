"""Documents of records that are hard to show: far too much, and text that was written to do harm."""

from typing import Any

from tests.record.documents import allergy, bundle, concept, problem, treatment

ATC = "http://www.whocc.no/atc"
EVIL = "\x1b]0;owned\x07\x1b[2Jlatex[/red] {x} \u202eniamuh\u202c [bold]"


def drug(words: str, code: str, text: str) -> dict[str, Any]:
    """A coded treatment with its dosage in words."""
    return treatment(words, medicationCodeableConcept=concept(words, code, ATC), dosage=[{"text": text}])


def overfull() -> bytes:
    """12 critical items, 40 problems, 30 treatments."""
    names = "pénicillines céphalosporines latex arachide curares iode aspirine codéine morphine".split()
    severe = [{"manifestation": [concept("choc anaphylactique")], "severity": "severe"}]
    high = [("apixaban", "B01AF02"), ("insuline glargine", "A10AE04"), ("méthotrexate", "L04AX03")]
    return bundle(
        *(allergy(name, reaction=severe, category=["medication"]) for name in names),
        *(problem(f"problème numéro {at:02d}", onsetDateTime=str(1980 + at)) for at in range(1, 41)),
        *(drug(f"médicament {at:02d}", "C07AB07", "1 comprimé matin et soir") for at in range(1, 28)),
        *(drug(name, code, "selon le protocole") for name, code in high),
    )


def hostile() -> bytes:
    """Escape sequences, markup, bidi overrides, names of 10,000 letters, right-to-left and wide letters."""
    return bundle(
        allergy(EVIL, criticality="high", category=["medication"]),
        allergy("X" * 10_000, criticality="high"),
        problem("normal \u202elamron\u202c <b>bold</b>"),
        problem("漢字" * 30),
        problem("حساسية البنسلين"),
        treatment("nom " * 2_500, dosage=[{"text": "1 comprimé " * 90}]),
    )
