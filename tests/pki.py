"""A small test PKI in the shape of the IGC-Santé: a root, an intermediate, a professional's signing certificate.

Every name carries TEST. Names, dates and serial numbers are fixed; the keys are new in each process and made once.
"""

from datetime import UTC, datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

NOT_BEFORE, NOT_AFTER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC)
ROOT_CN, INTERMEDIATE_CN = "TEST AC RACINE IGC-SANTE FORT", "TEST AC IGC-SANTE FORT PERSONNES"

# What the IGC-Santé says of a card, in its own extensions: DER by object identifier.
CARD_EXTENSIONS = {
    "1.2.250.1.71.1.2.5": b"\x04\x01\x80",  # product: a card, of the TEST series
    "1.2.250.1.71.1.2.2": b"\x02\x01\x00",  # card type: CPS
    "1.2.250.1.71.1.2.3": b"\x13\x158025000001/2800000001",  # issuer and number of the card
    "1.2.250.1.71.1.2.7": b"\x02\x01\x0a",  # profession: physician
    "1.2.250.1.71.4.2.5": b"\x30\x06\x0c\x04SM26",  # speciality: general practice
}


@lru_cache
def private_key(kind: str = "rsa", use: str = "professional") -> PrivateKey:
    """The process's key for a use: RSA-2048 ("rsa") or P-256 ("ec")."""
    return ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)


def ca_name(common_name: str) -> x509.Name:
    """The name of an authority of the IGC-Santé TEST."""
    ou = NameOID.ORGANIZATIONAL_UNIT_NAME
    parts = [(NameOID.COUNTRY_NAME, "FR"), (NameOID.ORGANIZATION_NAME, "ASIP-SANTE"), (ou, "0002 187512751")]
    parts += [(ou, "IGC-SANTE TEST"), (NameOID.COMMON_NAME, common_name)]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def professional_name() -> x509.Name:
    """A professional's name: country, title, then RPPS, surname and given name in one multi-valued RDN."""
    person = [(NameOID.COMMON_NAME, "899700000017"), (NameOID.SURNAME, "TESTMEDECIN"), (NameOID.GIVEN_NAME, "CAMILLE")]
    rdns = [[(NameOID.COUNTRY_NAME, "FR")], [(NameOID.TITLE, "Médecin")], person]
    return x509.Name(
        [x509.RelativeDistinguishedName([x509.NameAttribute(oid, value) for oid, value in rdn]) for rdn in rdns]
    )


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: PrivateKey,
    issuer_key: PrivateKey,
    serial: int,
    valid: tuple[datetime, datetime] = (NOT_BEFORE, NOT_AFTER),
) -> x509.CertificateBuilder:
    """What every certificate of the PKI has."""
    builder = x509.CertificateBuilder(issuer, subject, key.public_key(), serial, *valid)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return builder.add_extension(authority, critical=False)


def _usage(*, signs: bool = False, certifies: bool = False) -> x509.KeyUsage:
    """KeyUsage: nonRepudiation alone for a professional's signatures; keyCertSign and cRLSign for an authority."""
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certifies,
        crl_sign=certifies,
        encipher_only=False,
        decipher_only=False,
    )


@lru_cache
def authority(common_name: str = INTERMEDIATE_CN) -> x509.Certificate:
    """The root, or the intermediate that it signed."""
    is_root = common_name == ROOT_CN
    key, root_key = private_key(use=common_name), private_key(use=ROOT_CN)
    builder = _builder(ca_name(common_name), ca_name(ROOT_CN), key, root_key, 1 if is_root else 2)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=1 if is_root else 0), critical=True)
    return builder.add_extension(_usage(certifies=True), critical=True).sign(root_key, SHA256())


def issue(
    key: PrivateKey,
    serial: int = 0x7E57,
    *,
    subject: x509.Name | None = None,
    extensions: dict[str, bytes] | None = None,
    valid: tuple[datetime, datetime] = (NOT_BEFORE, NOT_AFTER),
    usage: x509.KeyUsage | None = None,
    issuer_key: PrivateKey | None = None,
) -> x509.Certificate:
    """The professional's signing certificate for a key, from the intermediate; with what a test wants otherwise."""
    issuer_key = issuer_key or private_key(use=INTERMEDIATE_CN)
    builder = _builder(subject or professional_name(), ca_name(INTERMEDIATE_CN), key, issuer_key, serial, valid)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=False)
    builder = builder.add_extension(usage or _usage(signs=True), critical=True)
    purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
    builder = builder.add_extension(purposes, critical=False)
    for oid, der in (CARD_EXTENSIONS if extensions is None else extensions).items():
        builder = builder.add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), der), critical=False)
    return builder.sign(issuer_key, SHA256())


class SoftSigner:
    """A card in software: a signing key, its certificate, and the intermediate as chain."""

    def __init__(self, kind: str = "rsa", *, key: PrivateKey | None = None) -> None:
        self.key = key or private_key(kind)
        self.certificate_der = issue(self.key).public_bytes(Encoding.DER)
        self.chain_der = (authority(INTERMEDIATE_CN).public_bytes(Encoding.DER),)
        self.root_der = authority(ROOT_CN).public_bytes(Encoding.DER)
        self.root_pem = authority(ROOT_CN).public_bytes(Encoding.PEM)

    def sign_raw(self, data: bytes) -> bytes:
        """As a card does: RSA PKCS#1 v1.5, or ECDSA as DER Ecdsa-Sig-Value, with SHA-256."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), SHA256())
        return self.key.sign(data, ec.ECDSA(SHA256()))
