"""From a certificate to a root that somebody trusts: the chain, as of a moment.

The path is built and checked by cryptography's verifier (RFC 5280 §6.1: names, signatures, dates, path length, name
constraints, unknown critical extensions); what it leaves open is closed here: an authority must say that it may sign
certificates, and a card's own certificate is no root. No revocation: baladeur/card/crl.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    Policy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from baladeur.card.crl import Answer, ask

#: SHA-256 of the IGC-Santé's certificates for health professionals (FORT): they are official wherever they turn up.
#: Source: the authority files that the ANS's CPS component for Linux installs (Cryptolib CPS 5.2.2).
OFFICIAL_ROOT: Final = "53d30a19570826bde0c0762501f1f1c7a659f976c6c023123df5239df34a4eea"
OFFICIAL_AUTHORITY: Final = "38284e4f6107456e70c7439c85da7d564d0fe1fe1a968c9eb6d43e1fc0d63c3a"
OFFICIAL: Final = frozenset({OFFICIAL_ROOT, OFFICIAL_AUTHORITY})
_DEPTH = 3  # authorities below the root; the IGC-Santé has one


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate's DER, hex."""
    return sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def pem(certificate: x509.Certificate) -> bytes:
    """The certificate for other programs."""
    return certificate.public_bytes(Encoding.PEM)


@dataclass(frozen=True, slots=True)
class Trust:
    """What is trusted: roots for one kind of record, authorities that help to find them, revocation lists."""

    roots: tuple[x509.Certificate, ...] = ()
    authorities: tuple[x509.Certificate, ...] = ()
    lists: tuple[x509.CertificateRevocationList, ...] = ()
    demonstration: bool = False
    _answers: dict[tuple[str, str], Answer | None] = field(default_factory=dict, compare=False, repr=False)

    def revocation(self, certificate: x509.Certificate, issuer: x509.Certificate) -> Answer | None:
        """What the lists say of the certificate; each is asked once: a list may have a hundred thousand lines."""
        key = fingerprint(certificate), fingerprint(issuer)
        if key not in self._answers:
            self._answers[key] = ask(self.lists, certificate, issuer)
        return self._answers[key]

    def anchors(self, hints: Iterable[x509.Certificate]) -> list[x509.Certificate]:
        """The roots, and the official certificates among the hints: on a real record they need no installation."""
        if self.demonstration:
            return list(self.roots)
        return [*self.roots, *(c for c in (*hints, *self.authorities) if fingerprint(c) in OFFICIAL)]


def _may_certify(_: Policy, __: x509.Certificate, usage: x509.KeyUsage) -> None:
    if not usage.key_cert_sign:
        raise ValueError("an authority that may not sign certificates")


def read(ders: Iterable[bytes]) -> list[x509.Certificate]:
    """Those of the hints that are certificates."""
    found = []
    for der in ders:
        try:
            found.append(x509.load_der_x509_certificate(der))
        except ValueError:
            continue
    return found


def chain(
    certificate: x509.Certificate, hints: Iterable[x509.Certificate], trust: Trust, moment: datetime
) -> list[x509.Certificate] | None:
    """The certificate, its authorities and the root that is trusted, all valid at the moment; None: there is no way.

    moment: with a zone. A path that ends at an intermediate that is itself official ends there.
    """
    hints = list(hints)
    anchors = trust.anchors(hints)
    between = [*hints, *trust.authorities]
    if not anchors:
        return None
    authority: Any = ExtensionPolicy.permit_all()
    authority = authority.require_present(x509.BasicConstraints, Criticality.AGNOSTIC, None)
    authority = authority.require_present(x509.KeyUsage, Criticality.AGNOSTIC, _may_certify)
    policy = PolicyBuilder().time(moment).store(Store(anchors)).max_chain_depth(_DEPTH)
    policy = policy.extension_policies(ca_policy=authority, ee_policy=ExtensionPolicy.permit_all())
    try:
        found = policy.build_client_verifier().verify(certificate, between).chain
    except (VerificationError, ValueError):
        return None
    return _to_the_root(found, anchors)


def _to_the_root(found: list[x509.Certificate], anchors: list[x509.Certificate]) -> list[x509.Certificate] | None:
    """The chain, with the root above an official intermediate if it is there; a leaf is nobody's anchor."""
    if len(found) < 2:
        return None
    last = found[-1]
    if last.issuer != last.subject:
        above = [c for c in anchors if c.subject == last.issuer and c.subject == c.issuer and issued(last, c)]
        return [*found, *above[:1]]
    return found


def issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the issuer, by name and key, signed the certificate."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
