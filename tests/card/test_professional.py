"""Who a certificate says its holder is, and who may write what."""

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from baladeur.card import permissions, professional
from baladeur.card.permissions import Act, check_acts, check_card
from baladeur.card.professional import Professional
from baladeur.card.refusals import (
    ADDS_ONLY,
    ADMIN_CARD,
    DOCTOR_ONLY,
    KIND,
    NO_IDENTITY,
    NO_ROW,
    NOT_A_CARD,
    REAL_CARD,
    STAFF_CARD,
    TEST_CARD,
    CardRefused,
    NotInScope,
)
from tests.card import people
from tests.card.people import person
from tests.pki import issue


def holder(who: str) -> Professional:
    """What is read from a person's certificate."""
    return professional.read(person(who).certificate)


def with_extensions(**changed: bytes | None) -> x509.Certificate:
    """The doctor's certificate with other extensions."""
    kept = people.card_extensions()
    names = {"product": people.PRODUCT, "card_type": people.CARD_TYPE, "profession": people.PROFESSION}
    for name, der in changed.items():
        if der is None:
            del kept[names[name]]
        else:
            kept[names[name]] = der
    return issue(people.key(), extensions=kept)


def test_reads_a_doctor() -> None:
    """Every field of a card in the shape of the IGC-Santé."""
    found = holder("doctor")
    assert found == Professional(
        "899700000017", "TESTMEDECIN", "CAMILLE", "Médecin", 10, ("SM26",), 0, "8025000001/2800000001", 0, True
    )
    assert (found.name, found.rpps, found.in_training) == ("Dr CAMILLE TESTMEDECIN", "99700000017", False)


def test_other_professions_stand_after_the_name() -> None:
    """A nurse is no doctor, on any line."""
    assert holder("nurse").name == "DOMINIQUE TESTINFIRMIER, infirmier"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
@pytest.mark.parametrize("apart", [False, True])
def test_the_name_is_found_by_identifier(order: tuple[int, ...], apart: bool) -> None:
    """In one multi-valued RDN or in three, in any order."""
    pairs = [(NameOID.COMMON_NAME, "00B6087510"), (NameOID.SURNAME, "DURAND"), (NameOID.GIVEN_NAME, "ANNE")]
    parts = [x509.NameAttribute(*pairs[i]) for i in order]
    groups = [[part] for part in parts] if apart else [parts]
    title = [x509.NameAttribute(NameOID.TITLE, "Médecin")]
    subject = x509.Name([x509.RelativeDistinguishedName(group) for group in (*groups, title)])
    found = professional.read(issue(people.key(), subject=subject))
    assert (found.national_id, found.surname, found.given, found.rpps) == ("00B6087510", "DURAND", "ANNE", "")


def test_a_doubled_attribute_names_nobody() -> None:
    """Of two surnames, none is taken."""
    twice = [x509.NameAttribute(NameOID.SURNAME, name) for name in ("DURAND", "MARTIN")]
    found = professional.read(issue(people.key(), subject=x509.Name(twice)))
    assert found.surname == ""
    with pytest.raises(CardRefused, match=NO_IDENTITY):
        check_card(found, demonstration=True)


def test_hostile_names_are_tamed() -> None:
    """A certificate is written by a stranger, too."""
    subject = people.name("Médecin\x1b[2J", "899700000017", "\u202eNIDRUD" + "X" * 60, "\x07A")
    found = professional.read(issue(people.key(), subject=subject))
    assert (found.name + found.title).isprintable()


@pytest.mark.parametrize("der", [b"", b"\x02", b"\x04\x00", b"\x04\x02\x80\x80", b"\x02\x01\x00\x00", b"\x05\x00"])
@pytest.mark.parametrize("name", ["product", "card_type", "profession"])
def test_a_broken_extension_is_no_guess(name: str, der: bytes) -> None:
    """What cannot be read refuses the card, or leaves a card that signs nothing."""
    try:
        found = professional.read(with_extensions(**{name: der}))
        check_card(found, demonstration=True)
        check_acts(found, [Act("note", "add")])
    except (CardRefused, NotInScope):
        return
    pytest.fail("a card with a broken extension passed")


@given(st.binary(max_size=40))
def test_any_extension_is_read_or_refused(der: bytes) -> None:
    """No other exception, whatever the bytes."""
    certificate = with_extensions(product=der)
    try:
        assert professional.read(certificate).product in (None, *range(128))
    except CardRefused:
        pass


@pytest.mark.parametrize(
    ("who", "demonstration", "reason"),
    [
        ("cpe", True, STAFF_CARD),
        ("cpa", True, ADMIN_CARD),
        ("software", True, NOT_A_CARD),
        ("doctor", False, TEST_CARD),
        ("real", True, REAL_CARD),
    ],
)
def test_cards_that_sign_nothing_here(who: str, demonstration: bool, reason: str) -> None:
    """Refused with the reason, before any PIN."""
    with pytest.raises(CardRefused) as caught:
        check_card(holder(who), demonstration=demonstration)
    assert caught.value.detail == reason


@pytest.mark.parametrize("missing", ["product", "card_type"])
def test_a_certificate_that_is_of_no_card(missing: str) -> None:
    """Without the extension it may be a server's or a software certificate."""
    with pytest.raises(CardRefused, match=NOT_A_CARD):
        check_card(professional.read(with_extensions(**{missing: None})), demonstration=False)


@pytest.mark.parametrize(
    ("who", "demonstration"), [("doctor", True), ("nurse", True), ("intern", True), ("real", False)]
)
def test_cards_that_sign(who: str, demonstration: bool) -> None:
    """A CPS, and a CPF."""
    check_card(holder(who), demonstration=demonstration)
    assert holder(who).in_training is (who == "intern")


# profession, kind, action, refused with
CASES = [
    ("doctor", "problem", "add", None),
    ("doctor", "treatment", "stop", None),
    ("doctor", "treatment", "review", None),
    ("doctor", "anything", "change", None),
    ("midwife", "problem", "add", None),
    ("midwife", "treatment", "change", None),
    ("midwife", "treatment", "stop", DOCTOR_ONLY),
    ("midwife", "allergy", "review", DOCTOR_ONLY),
    ("dentist", "allergy", "add", None),
    ("dentist", "treatment", "add", None),
    ("dentist", "procedure", "change", None),
    ("dentist", "problem", "add", KIND),
    ("dentist", "vaccination", "add", KIND),
    ("dentist", "treatment", "stop", DOCTOR_ONLY),
    ("pharmacist", "dispensation", "add", None),
    ("pharmacist", "vaccination", "add", None),
    ("pharmacist", "allergy", "add", None),
    ("pharmacist", "treatment", "add", KIND),
    ("pharmacist", "measure", "add", KIND),
    ("nurse", "vaccination", "add", None),
    ("nurse", "measure", "add", None),
    ("nurse", "note", "change", None),
    ("nurse", "treatment", "add", KIND),
    ("nurse", "allergy", "add", KIND),
    ("nurse", "note", "stop", DOCTOR_ONLY),
    ("intern", "treatment", "add", None),
    ("intern", "problem", "add", None),
    ("intern", "treatment", "change", ADDS_ONLY),
    ("intern", "treatment", "stop", ADDS_ONLY),
    ("intern", "allergy", "review", ADDS_ONLY),
    ("ambulance", "note", "add", NO_ROW),
]


@pytest.mark.parametrize(("who", "kind", "action", "reason"), CASES)
def test_who_may_write_what(who: str, kind: str, action: permissions.Action, reason: str | None) -> None:
    """The table, case by case; one act outside the row refuses all."""
    if reason is None:
        check_acts(holder(who), [Act(kind, action)])
        return
    with pytest.raises(NotInScope) as caught:
        check_acts(holder(who), [Act(kind, action)])
    assert caught.value.detail == reason
    with pytest.raises(NotInScope):
        check_acts(holder(who), [Act("allergy", "add"), Act(kind, action)])


def test_every_row_has_a_case() -> None:
    """A profession in the table without a case here is one that nobody looked at."""
    assert {holder(who).profession for who, *_ in CASES} >= permissions.TABLE.keys()
    assert permissions.TABLE[50].shows_scope
