"""Make the demonstration card: keys and certificates in the shape of the IGC-Santé, every name says DEMONSTRATION.

Run once; the files in baladeur/card/demo_card/ are kept, so that a demonstration record stays checkable.
The private key is public on purpose: it signs demonstration records only, and real records refuse its root.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HERE = Path(__file__).parent.parent / "baladeur" / "card" / "demo_card"
BEGIN, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2055, 1, 1, tzinfo=UTC)
# The extensions that the IGC-Santé puts in a card's certificate: product (TEST), card type CPS, number, profession.
CARD = {
    "1.2.250.1.71.1.2.5": b"\x04\x01\x80",
    "1.2.250.1.71.1.2.2": b"\x02\x01\x00",
    "1.2.250.1.71.1.2.3": b"\x13\x158025000001/2899999999",
    "1.2.250.1.71.1.2.7": b"\x02\x01\x0a",
}


def name(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    """A name of the demonstration PKI."""
    head = [(NameOID.COUNTRY_NAME, "FR"), (NameOID.ORGANIZATION_NAME, "BALADEUR DEMONSTRATION")]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in [*head, *parts]])


def certificate(
    subject: x509.Name, key: rsa.RSAPrivateKey, issuer: x509.Name, issuer_key: rsa.RSAPrivateKey, ca: int | None
) -> x509.Certificate:
    """One certificate; `ca` is the path length of an authority, None for the card."""
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=ca is None,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca is not None,
        crl_sign=ca is not None,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number(), BEGIN, END)
        .add_extension(x509.BasicConstraints(ca is not None, ca), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if ca is None:
        purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(purposes, critical=False)
        for oid, der in CARD.items():
            builder = builder.add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), der), critical=False)
    return builder.sign(issuer_key, SHA256())


def main() -> int:
    """Write the four files, unless they are there."""
    if (HERE / "card.key").exists():
        print("the demonstration card is there; remove it first to make another", file=sys.stderr)
        return 1
    root_key, ca_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(3))
    root_name = name((NameOID.COMMON_NAME, "DEMONSTRATION AC RACINE"))
    ca_name = name((NameOID.COMMON_NAME, "DEMONSTRATION AC PERSONNES"))
    holder = name(
        (NameOID.TITLE, "Médecin"),
        (NameOID.COMMON_NAME, "899700000000"),
        (NameOID.SURNAME, "DEMONSTRATION"),
        (NameOID.GIVEN_NAME, "Camille"),
    )
    HERE.mkdir(exist_ok=True)
    for file, made in (
        ("root.pem", certificate(root_name, root_key, root_name, root_key, 1)),
        ("authority.pem", certificate(ca_name, ca_key, root_name, root_key, 0)),
        ("card.pem", certificate(holder, key, ca_name, ca_key, None)),
    ):
        (HERE / file).write_bytes(made.public_bytes(Encoding.PEM))
    (HERE / "card.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
