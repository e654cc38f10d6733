"""What the page says of its signature: "verified" alone only where all was checked; a trusted holder is named."""

from datetime import date

import pytest

from baladeur.acts import paging
from baladeur.card import professional
from baladeur.card.verdict import Verdict
from baladeur.record.page import Block
from baladeur.views import Page
from tests.card.people import person

WHO = "Dr CAMILLE TESTMEDECIN"


def shown(found: Verdict) -> tuple[str, bool]:
    """The second line of the banner of a page with this verdict, and whether its lines are in doubt."""
    signer = found.holder.name if found.holds and found.holder else None
    state = "ok" if found.holds else "wrong"
    page = Page(False, True, [], [], 0, "2026-11-01T08:00:00Z", state, signer, (), "host", None, found.words, found.key)
    lines = paging.show(page, None, as_of=date(2026, 11, 24))
    banner = [one for one in lines if one.block is Block.BANNER]
    return banner[-1].name.fr.split(" · ")[0], banner[-1].unverified


@pytest.mark.parametrize(
    ("who", "indication", "reason", "words"),
    [
        ("doctor", "TOTAL-PASSED", "", "carte CPS"),
        ("doctor", "INDETERMINATE", "TRY_LATER", "carte CPS"),
        ("doctor", "INDETERMINATE", "REVOKED_NO_POE", "carte CPS"),
        ("doctor", "INDETERMINATE", "REVOKED_CA_NO_POE", "carte CPS"),
        ("doctor", "INDETERMINATE", "OUT_OF_BOUNDS_NO_POE", "carte CPS, certificat expiré depuis"),
        ("intern", "TOTAL-PASSED", "", "carte CPF, en formation"),
        ("intern", "INDETERMINATE", "OUT_OF_BOUNDS_NO_POE", "carte CPF, en formation, certificat expiré depuis"),
    ],
)
def test_a_trusted_card_is_named_and_its_state_said(who: str, indication: str, reason: str, words: str) -> None:
    """What a clinician acts on is worded; what is open about revocation belongs to `verify`."""
    holder = professional.read(person(who).certificate)
    found = Verdict(indication, reason, holder)  # type: ignore[arg-type]
    assert shown(found) == (f"signé par {WHO} le 01 nov. 2026 ({words})", False)


@pytest.mark.parametrize(
    ("indication", "reason"),
    [("TOTAL-FAILED", "HASH_FAILURE"), ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND"), ("TOTAL-FAILED", "REVOKED")],
)
def test_what_does_not_hold_names_nobody(indication: str, reason: str) -> None:
    """The name would be whatever a forger wrote."""
    holder = professional.read(person("doctor").certificate)
    assert shown(Verdict(indication, reason, holder)) == ("SIGNATURE FAUSSE", True)  # type: ignore[arg-type]
