"""What a signature is worth: each reason to doubt it, one at a time, and the words for it."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from baladeur.card import crl, demo, signature, trust
from baladeur.card.refusals import (
    EXPIRED,
    NO_CHAIN,
    NOT_A_CRL,
    NOT_YET,
    REVOKED,
    TEST_CARD,
    WRONG_KEY,
    CardRefused,
    CertificateRefused,
    TrustRefused,
)
from baladeur.card.store import Store
from baladeur.card.trust import Trust
from baladeur.card.verdict import Verdict, check_certificate, judge
from tests.card import people
from tests.card.people import NOW, person, revocations, trusted
from tests.pki import INTERMEDIATE_CN, ROOT_CN, authority

CONTENT = b"BALADEUR-STATEMENT-1\n{}"
DAY, YEAR = timedelta(days=1), timedelta(days=365)
Point = x509.IssuingDistributionPoint


@cache
def signed(who: str = "doctor", moment: datetime = NOW, chain: bool = True) -> bytes:
    """A CMS by a person, in the form of the profile."""
    ders = [c.public_bytes(Encoding.DER) for c in (people.between(), people.root())] if chain else []
    one = person(who)
    return signature.build(CONTENT, one.certificate_der, ders, one.sign_raw, moment)


def said(roots: Trust, who: str = "doctor", moment: datetime = NOW, now: datetime = NOW) -> str:
    """The words of the verdict."""
    return judge(CONTENT, signed(who, moment), roots, now).words


def point(**said: Any) -> tuple[tuple[x509.ExtensionType, bool], ...]:
    """An issuing distribution point with one thing said."""
    fields = {
        "full_name": [x509.UniformResourceIdentifier("http://crl.invalid/a")],
        "relative_name": None,
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "only_some_reasons": None,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
    }
    return ((Point(**(fields | said)), True),)


FRESH = revocations()
NEW_REVOKED = people.SERIALS["doctor"]


def test_passed_and_the_date_of_the_list() -> None:
    """A trusted chain, a fresh list without it: TOTAL-PASSED, dated."""
    found = judge(CONTENT, signed(), trusted(FRESH), NOW)
    assert (found.words, found.crl_date) == ("TOTAL-PASSED", FRESH.last_update_utc)
    assert found.holder is not None
    assert found.wording("fr") == "signé Dr CAMILLE TESTMEDECIN, carte de démonstration"
    assert found.wording("en") == "signed Dr CAMILLE TESTMEDECIN, demonstration card"
    assert replace(found, demonstration=False).wording("fr") == "signé Dr CAMILLE TESTMEDECIN, carte CPS"
    assert replace(found, demonstration=False).wording("en") == "signed Dr CAMILLE TESTMEDECIN, CPS card"


@pytest.mark.parametrize(
    ("roots", "now", "words"),
    [
        (trusted(), NOW, "INDETERMINATE / TRY_LATER"),
        (trusted(FRESH), NOW + 30 * DAY, "INDETERMINATE / TRY_LATER"),  # the list is stale
        (trusted(revocations(NEW_REVOKED)), NOW, "TOTAL-FAILED / REVOKED"),
        (trusted(revocations(NEW_REVOKED)), NOW + YEAR, "TOTAL-FAILED / REVOKED"),  # stale lists revoke too
        (trusted(revocations(NEW_REVOKED, when=NOW + DAY)), NOW, "INDETERMINATE / REVOKED_NO_POE"),
        (trusted(revocations(2, issuer=ROOT_CN)), NOW, "INDETERMINATE / REVOKED_CA_NO_POE"),
        (trusted(FRESH, revocations(issuer=ROOT_CN)), NOW, "TOTAL-PASSED"),
        (Trust(demonstration=True), NOW, "INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND"),
        (Trust((people.between(),), (), (), True), NOW, "INDETERMINATE / TRY_LATER"),  # an own anchor in the middle
        (trusted(demonstration=False), NOW, "INDETERMINATE / SIG_CONSTRAINTS_FAILURE"),  # a test card
        (trusted(revocations(by=people.key("rogue"))), NOW, "INDETERMINATE / TRY_LATER"),  # a forged list
    ],
)
def test_the_words_of_the_standard(roots: Trust, now: datetime, words: str) -> None:
    """One doubt at a time."""
    assert said(roots, now=now) == words


@pytest.mark.parametrize(
    ("who", "moment", "words"),
    [
        ("expired", NOW, "TOTAL-FAILED / EXPIRED"),
        ("expired", NOW - YEAR, "INDETERMINATE / OUT_OF_BOUNDS_NOT_REVOKED"),
        ("future", NOW, "TOTAL-FAILED / NOT_YET_VALID"),
        ("rogue", NOW, "INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND"),
        ("auth", NOW, "INDETERMINATE / SIG_CONSTRAINTS_FAILURE"),
        ("both", NOW, "INDETERMINATE / SIG_CONSTRAINTS_FAILURE"),
        ("cpe", NOW, "INDETERMINATE / SIG_CONSTRAINTS_FAILURE"),
        ("real", NOW, "INDETERMINATE / SIG_CONSTRAINTS_FAILURE"),
        ("intern", NOW, "TOTAL-PASSED"),
    ],
)
def test_the_words_for_each_card(who: str, moment: datetime, words: str) -> None:
    """The people, by a list that names none of them."""
    assert said(trusted(FRESH), who, moment) == words


def test_other_bytes() -> None:
    """What is not signed at all fails, with the standard's reasons."""
    roots = trusted(FRESH)
    assert judge(CONTENT + b"x", signed(), roots, NOW).words == "TOTAL-FAILED / HASH_FAILURE"
    assert judge(CONTENT, b"", roots, NOW).words == "TOTAL-FAILED / FORMAT_FAILURE"
    broken = bytearray(signed())
    broken[-1] ^= 1
    assert judge(CONTENT, bytes(broken), roots, NOW).words == "TOTAL-FAILED / SIG_CRYPTO_FAILURE"
    assert judge(CONTENT, bytes(broken), roots, NOW).wording("fr") == "SIGNATURE FAUSSE"
    assert judge(CONTENT, bytes(broken), roots, NOW).wording("en") == "FALSE SIGNATURE"


def test_four_years_on() -> None:
    """The same signature when its card has expired: readable, said, and no alert."""
    found = judge(CONTENT, signed("nurse"), trusted(FRESH), NOW + 4 * YEAR)
    assert found.words == "INDETERMINATE / OUT_OF_BOUNDS_NO_POE"
    real = replace(found, demonstration=False)
    assert real.wording("fr") == "signé DOMINIQUE TESTINFIRMIER, infirmier, carte CPS (certificat expiré depuis)"
    assert real.wording("en").endswith(", CPS card (certificate expired since)")
    assert found.wording("fr").endswith(", carte de démonstration (certificat expiré depuis)")
    after = judge(CONTENT, signed("nurse"), trusted(revocations(issued=NOW + DAY)), NOW + 4 * YEAR)
    assert after.words == "INDETERMINATE / OUT_OF_BOUNDS_NOT_REVOKED"


def test_an_intern_is_shown_in_training() -> None:
    """Until a CPS confirms."""
    found = judge(CONTENT, signed("intern"), trusted(), NOW)
    assert found.wording("fr").endswith(", carte de démonstration, en formation")
    assert replace(found, demonstration=False).wording("fr").endswith(", carte CPF, en formation")


def test_clinical_pages_have_three_wordings() -> None:
    """Whatever the verdict: signed, signed and expired since, false."""
    reasons = "TRY_LATER REVOKED_NO_POE REVOKED_CA_NO_POE OUT_OF_BOUNDS_NO_POE OUT_OF_BOUNDS_NOT_REVOKED".split()
    reasons += "NO_CERTIFICATE_CHAIN_FOUND SIG_CONSTRAINTS_FAILURE".split()
    who = judge(CONTENT, signed(), trusted(), NOW).holder
    verdicts = [Verdict("INDETERMINATE", r, who) for r in reasons]
    verdicts += [Verdict("TOTAL-FAILED", r, who) for r in ("REVOKED", "EXPIRED", "HASH_FAILURE")]
    base = "signé Dr CAMILLE TESTMEDECIN, carte CPS"
    wordings = {v.wording("fr") for v in [*verdicts, Verdict("TOTAL-PASSED", "", who)]}
    assert wordings == {base, f"{base} (certificat expiré depuis)", "SIGNATURE FAUSSE"}


@pytest.mark.parametrize("chain", [True, False])
def test_the_chain_may_come_from_the_signature_or_the_list(chain: bool) -> None:
    """Neither alone is needed for the authority in the middle; the root is the list's."""
    bare = Trust((people.root(),), () if chain else (people.between(),), (FRESH,), True)
    assert judge(CONTENT, signed(chain=chain), bare, NOW).words == "TOTAL-PASSED"
    nothing = Trust((people.root(),), (), (FRESH,), True)
    expected = "TOTAL-PASSED" if chain else "INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND"
    assert judge(CONTENT, signed(chain=chain), nothing, NOW).words == expected


def test_an_official_certificate_is_trusted_by_its_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a real record, and only there: whoever signed brought it, and nobody had to install it."""
    moment, real = NOW, person("real")
    ders = [c.public_bytes(Encoding.DER) for c in (people.between(), people.root())]
    cms = signature.build(CONTENT, real.certificate_der, ders, real.sign_raw, moment)
    alone = signature.build(CONTENT, real.certificate_der, ders[:1], real.sign_raw, moment)
    nothing = Trust()
    assert judge(CONTENT, cms, nothing, NOW).words == "INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND"
    for official in (people.root(), people.between()):
        monkeypatch.setattr(trust, "OFFICIAL", frozenset({trust.fingerprint(official)}))
        assert judge(CONTENT, cms, nothing, NOW).words == "INDETERMINATE / TRY_LATER"
        assert judge(CONTENT, cms, Trust(demonstration=True), NOW).reason == "SIG_CONSTRAINTS_FAILURE"
        assert judge(CONTENT, signed(), Trust(demonstration=True), NOW).reason == "NO_CERTIFICATE_CHAIN_FOUND"
    assert judge(CONTENT, alone, nothing, NOW).words == "INDETERMINATE / TRY_LATER"


@pytest.mark.parametrize(
    ("roots", "who", "error", "reason"),
    [
        (trusted(), "expired", CertificateRefused, EXPIRED),
        (trusted(), "future", CertificateRefused, NOT_YET),
        (trusted(), "rogue", CertificateRefused, NO_CHAIN),
        (trusted(revocations(people.SERIALS["revoked"])), "revoked", CertificateRefused, REVOKED),
        (trusted(revocations(2, issuer=ROOT_CN)), "doctor", CertificateRefused, REVOKED),
        (Trust(demonstration=True), "doctor", CertificateRefused, NO_CHAIN),
        (trusted(), "auth", CardRefused, WRONG_KEY),
        (trusted(demonstration=False), "doctor", CardRefused, TEST_CARD),
    ],
)
def test_refused_before_a_pin_is_asked(roots: Trust, who: str, error: type[Exception], reason: str) -> None:
    """Everything that the certificate alone shows."""
    with pytest.raises(error) as caught:
        check_certificate(person(who).certificate_der, roots, NOW)
    assert getattr(caught.value, "detail", "") == reason


@pytest.mark.parametrize("roots", [trusted(), trusted(FRESH), trusted(revocations(issued=NOW - YEAR))])
def test_no_list_or_a_stale_one_blocks_nothing(roots: Trust) -> None:
    """The chain that goes into the signature: authority and root."""
    holder, chain = check_certificate(person("doctor").certificate_der, roots, NOW)
    assert holder.surname == "TESTMEDECIN"
    assert chain == tuple(c.public_bytes(Encoding.DER) for c in (people.between(), people.root()))


@pytest.mark.parametrize(
    ("lists", "words"),
    [
        ((revocations(number=5), revocations(NEW_REVOKED, number=7, delta_of=5)), "TOTAL-FAILED / REVOKED"),
        ((revocations(number=5), revocations(NEW_REVOKED, number=7, delta_of=6)), "TOTAL-PASSED"),  # of a later base
        ((revocations(number=7), revocations(NEW_REVOKED, number=6, delta_of=5)), "TOTAL-PASSED"),  # an older delta
        ((revocations(NEW_REVOKED, number=7, delta_of=5),), "INDETERMINATE / TRY_LATER"),  # a delta alone
        (
            (
                revocations(NEW_REVOKED, number=5),
                revocations(NEW_REVOKED, number=7, delta_of=5, reason=x509.ReasonFlags.remove_from_crl),
            ),
            "TOTAL-PASSED",
        ),
        ((revocations(issued=NOW - 5 * DAY), revocations(NEW_REVOKED, number=6)), "TOTAL-FAILED / REVOKED"),
        ((revocations(extra=point(only_contains_ca_certs=True)),), "INDETERMINATE / TRY_LATER"),
        ((revocations(extra=point(only_contains_user_certs=True)),), "TOTAL-PASSED"),
    ],
)
def test_deltas_and_scopes(lists: tuple[x509.CertificateRevocationList, ...], words: str) -> None:
    """RFC 5280: which lists speak of this certificate, and which delta continues which list."""
    assert said(trusted(*lists)) == words


@pytest.mark.parametrize(
    "extra",
    [
        point(indirect_crl=True),
        point(only_some_reasons=frozenset({x509.ReasonFlags.key_compromise})),
        point(only_contains_attribute_certs=True),
        ((x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), True),),
    ],
)
def test_lists_that_are_not_understood_are_refused(extra: tuple[tuple[x509.ExtensionType, bool], ...]) -> None:
    """What such a list does not name may be revoked all the same."""
    data = revocations(extra=extra).public_bytes(Encoding.DER)
    with pytest.raises(TrustRefused, match=NOT_A_CRL):
        crl.load(data)


def test_a_list_is_read_in_both_encodings() -> None:
    """DER and PEM; nothing else."""
    for encoding in (Encoding.DER, Encoding.PEM):
        assert crl.load(FRESH.public_bytes(encoding)) == FRESH
    for junk in (b"", b"x" * 100, people.root().public_bytes(Encoding.DER), b"-----BEGIN X509 CRL-----\nAA\n"):
        with pytest.raises(TrustRefused):
            crl.load(junk)


def test_the_demonstration_card_on_its_records_only() -> None:
    """Its root is built in, for demonstration records."""
    cms = demo.sign(CONTENT)
    now = judge(CONTENT, cms, Trust(), NOW).signing_time
    assert now is not None
    empty = Store(Path("/nonexistent"))
    assert judge(CONTENT, cms, empty.trust(demonstration=True), now).words == "INDETERMINATE / TRY_LATER"
    assert not judge(CONTENT, cms, empty.trust(demonstration=False), now).holds


def test_a_card_is_nobodys_root() -> None:
    """A card's own certificate among the roots vouches for nothing, itself least of all."""
    itself = Trust((person().certificate,), (), (), True)
    assert judge(CONTENT, signed(), itself, NOW).words == "INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND"


@pytest.mark.parametrize(("bit", "words"), [("key_cert_sign", "TRY_LATER"), ("crl_sign", "NO_CERTIFICATE_CHAIN_FOUND")])
def test_an_authority_does_what_it_was_certified_for(bit: str, words: str) -> None:
    """Cards by one that may sign certificates, lists by one that may sign lists."""
    odd = people.odd_authority(people.usage(**{bit: True}))
    roots = Trust((people.root(),), (odd,), (FRESH,), True)
    assert judge(CONTENT, signed(chain=False), roots, NOW).words == f"INDETERMINATE / {words}"


def test_a_critical_extension_that_nobody_knows() -> None:
    """RFC 5280 §4.2: a certificate with one is not used."""
    doctor = person()
    for critical, words in ((True, "NO_CERTIFICATE_CHAIN_FOUND"), (False, "TRY_LATER")):
        made = doctor.certificate
        builder = x509.CertificateBuilder(
            made.issuer, made.subject, made.public_key(), 99, made.not_valid_before_utc, made.not_valid_after_utc
        )
        for extension in made.extensions:
            builder = builder.add_extension(extension.value, extension.critical)
        certificate = builder.add_extension(people.UNKNOWN, critical).sign(people.key(INTERMEDIATE_CN), SHA256())
        der = certificate.public_bytes(Encoding.DER)
        cms = signature.build(CONTENT, der, (), doctor.sign_raw, NOW)
        assert judge(CONTENT, cms, trusted(), NOW).words == f"INDETERMINATE / {words}"
        certifies = people.usage(key_cert_sign=True)
        between = people.odd_authority(certifies, critical=critical)
        root = people.odd_authority(certifies, critical=critical, good=people.root())
        for roots in (Trust((people.root(),), (between,), (), True), Trust((root,), (people.between(),), (), True)):
            assert judge(CONTENT, signed(chain=False), roots, NOW).words == f"INDETERMINATE / {words}"


def oracle(who: str, roots: Trust, moment: datetime, *, lists: bool) -> bool:
    """Whether pyhanko-certvalidator, which shares no code with ours, takes the path at that moment."""
    from asn1crypto import crl as asn1_crl
    from asn1crypto import x509 as asn1
    from pyhanko_certvalidator import CertificateValidator, ValidationContext
    from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError, ValidationError

    context = ValidationContext(
        trust_roots=[asn1.Certificate.load(c.public_bytes(Encoding.DER)) for c in roots.roots],
        other_certs=[asn1.Certificate.load(c.public_bytes(Encoding.DER)) for c in roots.authorities],
        crls=[asn1_crl.CertificateList.load(c.public_bytes(Encoding.DER)) for c in roots.lists],
        moment=moment,
        revocation_mode="require" if lists else "soft-fail",
        allow_fetching=False,
    )
    validator = CertificateValidator(asn1.Certificate.load(person(who).certificate_der), validation_context=context)
    import asyncio

    try:
        asyncio.run(validator.async_validate_usage({"non_repudiation"}))
    except (PathBuildingError, PathValidationError, ValidationError):
        return False
    return True


BOTH = (revocations(people.SERIALS["revoked"]), revocations(issuer=ROOT_CN))


@pytest.mark.parametrize("who", ["doctor", "nurse", "expired", "future", "rogue", "revoked", "auth", "intern"])
def test_agrees_with_an_independent_validator(who: str) -> None:
    """Path, dates, key usage and revocation: pyhanko-certvalidator says the same of each certificate."""
    roots = trusted(*BOTH)
    assert oracle(who, roots, NOW, lists=True) is (said(roots, who) == "TOTAL-PASSED")
    # The oracle lists no reason; that ours is the right one is tested above.


@pytest.mark.parametrize("name", [ROOT_CN, INTERMEDIATE_CN])
def test_an_authority_is_no_professional(name: str) -> None:
    """Its certificate signs no record."""
    with pytest.raises(CardRefused):
        check_certificate(authority(name).public_bytes(Encoding.DER), trusted(), NOW)
