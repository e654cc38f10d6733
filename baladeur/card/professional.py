"""Who a certificate says its holder is: a health professional as the IGC-Santé names one.

Everything is found by object identifier, never by position: a card's subject has one multi-valued RDN whose order
varies. Source: IGC-Santé certificate templates and DICO-FR.GIP (first digit of the national identifier), as collected
in the project's notes on the CPS; extensions under 1.2.250.1.71.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from asn1crypto import core
from cryptography import x509
from cryptography.x509.oid import NameOID

from baladeur.card.refusals import NO_IDENTITY, CardRefused
from baladeur.text import safe_text

_PRODUCT, _CARD_TYPE, _CARD_NUMBER, _PROFESSION, _FUTURE = (
    x509.ObjectIdentifier(f"1.2.250.1.71.1.2.{n}") for n in (5, 2, 3, 7, 8)
)
_SPECIALITIES = x509.ObjectIdentifier("1.2.250.1.71.4.2.5")
_TEST_BIT = 0x80
_NAME_CAP = 80  # characters of a name that is shown on one line


class CardType(IntEnum):
    """Extension 1.2.250.1.71.1.2.2."""

    CPS = 0  # a professional
    CPF = 1  # a professional in training: interns and on-call doctors
    CPE = 2  # staff of an establishment, perhaps anonymous
    CPA = 3  # other authorised persons


@dataclass(frozen=True, slots=True)
class Professional:
    """The holder of a card. `national_id` is 8 and 11 digits of RPPS, or 0 and 9 characters of ADELI."""

    national_id: str
    surname: str
    given: str
    title: str  # the certificate's own word for the profession: Médecin
    profession: int | None  # table G15, or G16 on a CPF
    specialities: tuple[str, ...]  # table R01; often absent
    card_type: int | None
    card_number: str
    product: int | None  # 0 card, 2 security module, 3 software, without the test bit
    test: bool

    @property
    def in_training(self) -> bool:
        """Whether the card is a CPF."""
        return self.card_type == CardType.CPF

    @property
    def rpps(self) -> str:
        """The 11 digits of the RPPS; empty for a holder who has none."""
        return self.national_id[1:] if self.national_id[:1] == "8" and len(self.national_id) == 12 else ""

    @property
    def name(self) -> str:
        """The name as it is shown: "Dr Camille TESTMEDECIN"; another profession after the name."""
        name = f"{self.given} {self.surname}".strip()
        if self.profession == DOCTOR:
            return f"Dr {name}"
        return f"{name}, {self.title.lower()}" if self.title else name


DOCTOR = 10


def read(certificate: x509.Certificate) -> Professional:
    """The holder that the certificate names; nothing is trusted by reading it.

    What is absent is empty or None. Raises CardRefused if the certificate cannot be read as that of a holder.
    """
    try:
        subject, extensions = certificate.subject, certificate.extensions
    except ValueError:
        raise CardRefused(NO_IDENTITY) from None

    def text(oid: x509.ObjectIdentifier) -> str:
        found = subject.get_attributes_for_oid(oid)
        return safe_text(str(found[0].value), _NAME_CAP) if len(found) == 1 else ""

    def extension(oid: x509.ObjectIdentifier, load: Callable[[bytes], Any]) -> Any:
        try:
            raw = extensions.get_extension_for_oid(oid).value
        except x509.ExtensionNotFound:
            return None
        if not isinstance(raw, x509.UnrecognizedExtension):
            return None
        try:
            return load(raw.value)
        except (ValueError, TypeError):
            raise CardRefused(NO_IDENTITY) from None  # what the card is decides who may sign: no guess

    card_type = extension(_CARD_TYPE, lambda der: core.Integer.load(der, strict=True).native)
    product = extension(_PRODUCT, lambda der: core.OctetString.load(der, strict=True).native)
    number = extension(_CARD_NUMBER, lambda der: core.PrintableString.load(der, strict=True).native)
    profession = extension(_PROFESSION, lambda der: core.Integer.load(der, strict=True).native)
    if card_type == CardType.CPF:
        future = extension(_FUTURE, lambda der: core.Integer.load(der, strict=True).native)
        profession = future if profession is None else profession
    specialities = extension(_SPECIALITIES, lambda der: core.SequenceOf.load(der, spec=core.UTF8String, strict=True))
    names = () if specialities is None else tuple(safe_text(str(s.native), 8) for s in list(specialities)[:8])
    if product is not None and len(product) != 1:
        raise CardRefused(NO_IDENTITY)
    return Professional(
        text(NameOID.COMMON_NAME),
        text(NameOID.SURNAME),
        text(NameOID.GIVEN_NAME),
        text(NameOID.TITLE) or text(NameOID.ORGANIZATIONAL_UNIT_NAME),  # a CPS2ter has the profession in OU
        profession,
        names,
        card_type,
        safe_text(str(number or ""), 40),
        None if product is None else product[0] & ~_TEST_BIT,
        product is not None and bool(product[0] & _TEST_BIT),
    )


def binds_its_holder(certificate: x509.Certificate) -> bool:
    """Whether its key is for signatures that bind the holder: KeyUsage nonRepudiation and nothing else."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    others = (usage.digital_signature, usage.key_encipherment, usage.data_encipherment, usage.key_agreement)
    return usage.content_commitment and not any((*others, usage.key_cert_sign, usage.crl_sign))
