"""The words for what the door says of a line: each state, verdict and date has some, in both languages."""

from dataclasses import replace

import pytest

from baladeur.acts.dossier import Part, Row, Shelf
from baladeur.acts.telling import Fact
from baladeur.record import entries
from baladeur.record.heading import Review
from baladeur.record.listing import When
from baladeur.record.model import Place, SectionName
from baladeur.views import Signed
from baladeur.wording import dossier
from baladeur.wording.phrases import Language
from baladeur.wording.phrases.elements import CODED, ELEMENTS

ROW = Row("ab" * 16, "problems", "current", "asthme")
OK = Signed(3, "professional", "ok", "Dr A. PETIT")
STATES = [*Place, *Shelf, "none-known", "no-information", "damaged", "document", "draft"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_state_and_section_has_its_own_words(language: Language) -> None:
    """None is the same as another, and what is not valid is never called anything else."""
    words = [dossier.state(replace(ROW, state=str(state)), language) for state in STATES]
    assert len(set(words)) == len(words)
    titles = [dossier.part(str(name), language) for name in [*SectionName, *Shelf]]
    assert len(set(titles)) == len(titles)
    broken = replace(OK, verdict="SignatureWrong")
    for state in STATES:
        said = dossier.state(replace(ROW, state=str(state), commit=broken), language)
        assert said == {"fr": "NON VALABLE", "en": "NOT VALID"}[language]


def test_every_element_that_is_told_has_words() -> None:
    """Dates, people, statuses and details; what has none is named in brackets, and nothing is lost of it."""
    names = (*entries._DATES, *entries._ACTORS, *entries._DETAILS, "clinicalStatus", "verificationStatus", "status")
    assert [name for name in names if name not in ELEMENTS] == []
    assert CODED <= set(ELEMENTS)
    assert dossier.fact(Fact("detail", "x", "strangeThing", "x"), "en") == "DETAIL [strangeThing]  x"
    assert dossier.fact(Fact("status", "", "clinicalStatus", "active"), "fr") == "ÉTAT CLINIQUE  actif"
    assert dossier.fact(Fact("status", "Active", "clinicalStatus", "active"), "fr") == "ÉTAT CLINIQUE  actif"
    said = dossier.fact(Fact("status", "en sommeil", "clinicalStatus", "active"), "en")
    assert said == "CLINICAL STATUS  active (en sommeil)"  # the document's own words are never lost
    assert dossier.fact(Fact("status", "", "status", "xyz"), "fr") == "STATUT  xyz"
    assert dossier.fact(Fact("date", "mai 2014", "Observation.effective"), "en") == "MEASURED OR OBSERVED  mai 2014"


def test_verdicts() -> None:
    """The judge's own words for a signature; nothing else is called verified."""
    judged = replace(OK, wording=("vérifiée, révocation non connue", "verified, revocation unknown"))
    wrong, holder = replace(judged, verdict="broken"), replace(OK, role="holder", signer=None)
    said = [dossier.verdict(commit, "fr", demonstration=False) for commit in (judged, wrong, holder, None)]
    assert said[0] == "vérifiée, révocation non connue"
    assert len(set(said)) == 4
    assert all("vérifiée" not in one for one in said[1:])
    assert "pas une CPS" in dossier.verdict(judged, "fr", demonstration=True)
    assert dossier.verdict(wrong, "fr", demonstration=True) == said[1]
    assert [dossier.who(one, "en") for one in (OK, holder)] == ["Dr A. PETIT", "patient, without a signature"]


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When("2009"), "2009"),
        (When("2015", "mars 2018"), "2015 – mars 2018"),
        (When("", "mars 2018"), "jusqu’à mars 2018"),
        (When("12 mars 2020", noted=True), "noté 12 mars 2020"),
        (When(), ""),
    ],
)
def test_dates(when: When, words: str) -> None:
    """The date of writing is said to be one."""
    assert dossier.when(when, "fr") == words


def test_remarks_of_a_section() -> None:
    """Nothing recorded, none known, doubts, a contradiction, the last review."""
    assert list(dossier.remarks(Part("problems", 0, "not-recorded"), "fr")) == ["non renseigné"]
    assert list(dossier.remarks(Part("problems", 0, "not-recorded", "text-only"), "en")) == [
        "in text only, read the document"
    ]
    assert list(dossier.remarks(Part("problems", 1, "none-known"), "en")) == ["none known, somebody asked"]
    told = list(dossier.remarks(Part("allergies", 2, "known", "", 1, 1, Review("2026-11-23", "Dr")), "fr"))
    assert [one.split(" ")[0] for one in told] == ["!", "1", "relu"]
    assert told[2] == "relu le 23 nov. 2026 par Dr"


def test_operations_are_counted() -> None:
    """What is unknown says so."""
    assert dossier.operations(("add", "add", "strange"), "en") == "added ×2, unknown operation"
