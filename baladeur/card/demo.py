"""The demonstration card: a card in software, visibly not a CPS, for demonstration records only.

Its private key is public (schemas/make_demo_card.py says why), so a real record must refuse its root.
"""

from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from baladeur.card import signature
from baladeur.errors import CmsRefused

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

HOLDER = "Dr Camille DEMONSTRATION"


def _folder() -> "Traversable":
    return files("baladeur.card").joinpath("demo_card")


def _certificate(name: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(_folder().joinpath(f"{name}.pem").read_bytes())


def valid_from() -> datetime:
    """The first moment of the card's validity."""
    return _certificate("card").not_valid_before_utc


class DemoSigner:
    """The demonstration card as a Signer (baladeur/card/signer.py). It asks for no PIN, as nobody owns it."""

    @property
    def certificate_der(self) -> bytes:
        """The card's certificate."""
        return _certificate("card").public_bytes(Encoding.DER)

    @property
    def chain_der(self) -> tuple[bytes, ...]:
        """Its authority."""
        return (_certificate("authority").public_bytes(Encoding.DER),)

    def sign_raw(self, data: bytes) -> bytes:
        """RSA PKCS#1 v1.5 with SHA-256."""
        key = load_pem_private_key(_folder().joinpath("card.key").read_bytes(), None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError("demonstration key")
        return key.sign(data, padding.PKCS1v15(), SHA256())


def sign(content: bytes, moment: datetime | None = None) -> bytes:
    """A CAdES B-B signature by the demonstration card over the content, at a moment, by default now."""
    card = DemoSigner()
    return signature.build(content, card.certificate_der, card.chain_der, card.sign_raw, moment or datetime.now(UTC))


def root_pem() -> bytes:
    """The root of the demonstration card, for other programs."""
    return _folder().joinpath("root.pem").read_bytes()


def judge(content: bytes, cms: bytes) -> str:
    """Who signed, if it was the demonstration card. Raises CmsMalformed or CmsRefused."""
    found = signature.verify(content, cms)
    card = _certificate("card")
    card.verify_directly_issued_by(_certificate("authority"))
    _certificate("authority").verify_directly_issued_by(_certificate("root"))
    if found.certificate_der != card.public_bytes(Encoding.DER):
        raise CmsRefused("not the demonstration card")
    return HOLDER
