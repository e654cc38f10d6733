"""The people of the card's tests: certificates of the test PKI, one for each reason to accept or refuse a card."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from baladeur.card.trust import Trust
from tests.pki import CARD_EXTENSIONS, INTERMEDIATE_CN, NOT_AFTER, NOT_BEFORE, ROOT_CN, authority, issue, private_key

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PRODUCT, CARD_TYPE, CARD_NUMBER, PROFESSION = (f"1.2.250.1.71.1.2.{n}" for n in (5, 2, 3, 7))
SPECIALITY = "1.2.250.1.71.4.2.5"
SERIALS = {"revoked": 0xDEAD, "doctor": 0x7E57}


def name(title: str, national_id: str, surname: str, given: str) -> x509.Name:
    """A subject as on a card: country, title, then three attributes in one RDN."""
    person = [(NameOID.COMMON_NAME, national_id), (NameOID.SURNAME, surname), (NameOID.GIVEN_NAME, given)]
    rdns = [[(NameOID.COUNTRY_NAME, "FR")], [(NameOID.TITLE, title)], person]
    return x509.Name([x509.RelativeDistinguishedName([x509.NameAttribute(*pair) for pair in rdn]) for rdn in rdns])


def usage(**said: bool) -> x509.KeyUsage:
    """A key usage with these bits and no other."""
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
    more = ("key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**{bit: said.get(bit, False) for bit in (*names, *more)})


def card_extensions(product: int = 0x80, card_type: int = 0, profession: int = 10) -> dict[str, bytes]:
    """The IGC-Santé's own extensions."""
    return CARD_EXTENSIONS | {
        PRODUCT: bytes([4, 1, product]),
        CARD_TYPE: bytes([2, 1, card_type]),
        PROFESSION: bytes([2, 1, profession]),
    }


@dataclass(frozen=True)
class Person:
    """A certificate and its key. As a Signer it signs in software, as a card would."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def certificate_der(self) -> bytes:
        """DER."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def chain_der(self) -> tuple[bytes, ...]:
        """A card has none."""
        return ()

    def sign_raw(self, data: bytes) -> bytes:
        """RSA PKCS#1 v1.5 with SHA-256."""
        return self.key.sign(data, padding.PKCS1v15(), SHA256())


def key(use: str = "professional") -> rsa.RSAPrivateKey:
    """An RSA key of the process."""
    made = private_key(use=use)
    assert isinstance(made, rsa.RSAPrivateKey)
    return made


@cache
def person(who: str = "doctor") -> Person:
    """One of the people, by what is special about them."""
    around = (NOW - timedelta(days=30), NOW + timedelta(days=1065))
    mine, signing, changes = key(), None, {}
    issuer_key = None
    match who:
        case "doctor":
            around = (NOT_BEFORE, NOT_AFTER)
        case "nurse" | "pharmacist" | "dentist" | "midwife" | "ambulance":
            code = {"nurse": 60, "pharmacist": 21, "dentist": 40, "midwife": 50, "ambulance": 36}[who]
            changes = {"profession": code}
            mine = key("nurse") if who == "nurse" else mine
        case "intern":
            changes = {"card_type": 1}
        case "cpe":
            changes = {"card_type": 2}
        case "cpa":
            changes = {"card_type": 3}
        case "real":
            changes = {"product": 0}
        case "software":
            changes = {"product": 0x83}
        case "expired":
            around = (NOW - timedelta(days=1200), NOW - timedelta(days=100))
        case "future":
            around = (NOW + timedelta(days=100), NOW + timedelta(days=1200))
        case "auth":
            signing, mine = usage(digital_signature=True), key("authentication")
        case "both":
            signing = usage(digital_signature=True, content_commitment=True)
        case "rogue":
            issuer_key = key("rogue")
        case "previous":  # the former holder of a card of the same number
            mine = key("previous")
        case "revoked":
            pass
        case _:
            raise KeyError(who)
    subject = name("Infirmier", "899700000025", "TESTINFIRMIER", "DOMINIQUE") if who == "nurse" else None
    made = issue(
        mine,
        SERIALS.get(who, 0x1000 + sum(who.encode())),
        subject=subject,
        extensions=card_extensions(**changes),
        valid=around,
        usage=signing,
        issuer_key=issuer_key,
    )
    return Person(made, mine)


def root() -> x509.Certificate:
    """The test root."""
    return authority(ROOT_CN)


def between() -> x509.Certificate:
    """The authority that issues cards."""
    return authority(INTERMEDIATE_CN)


UNKNOWN = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")


def odd_authority(
    said: x509.KeyUsage, *, critical: bool | None = None, good: x509.Certificate | None = None
) -> x509.Certificate:
    """An authority, the one that issues cards by default, certified by the root for other uses, or with more in it."""
    good = good or between()
    subject, issuer = good.subject, root().subject
    builder = x509.CertificateBuilder(issuer, subject, good.public_key(), 77, NOT_BEFORE, NOT_AFTER)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
    builder = builder.add_extension(said, critical=True)
    if critical is not None:
        builder = builder.add_extension(UNKNOWN, critical)
    return builder.sign(key(ROOT_CN), SHA256())


def revocations(
    *serials: int,
    issuer: str = INTERMEDIATE_CN,
    when: datetime = NOW - timedelta(days=10),
    issued: datetime = NOW - timedelta(days=1),
    days: int = 7,
    number: int = 5,
    delta_of: int | None = None,
    reason: x509.ReasonFlags | None = None,
    extra: tuple[tuple[x509.ExtensionType, bool], ...] = (),
    by: rsa.RSAPrivateKey | None = None,
) -> x509.CertificateRevocationList:
    """A revocation list of an authority."""
    builder = x509.CertificateRevocationListBuilder(authority(issuer).subject, issued, issued + timedelta(days=days))
    for serial in serials:
        entry = x509.RevokedCertificateBuilder(serial, when)
        if reason:
            entry = entry.add_extension(x509.CRLReason(reason), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    builder = builder.add_extension(x509.CRLNumber(number), critical=False)
    if delta_of is not None:
        builder = builder.add_extension(x509.DeltaCRLIndicator(delta_of), critical=True)
    for extension, critical in extra:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(by or key(issuer), SHA256())


def trusted(*lists: x509.CertificateRevocationList, demonstration: bool = True) -> Trust:
    """A trust list with the test root."""
    return Trust((root(),), (between(),), lists, demonstration)
