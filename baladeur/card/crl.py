"""Certificate revocation lists from files: read, joined with their deltas, asked about one certificate.

An offline product has the list that somebody brought, of a known date; what it says is said with that date. Source:
RFC 5280 §5 and §6.3. Refused: indirect lists, lists for some reasons only and lists with critical extensions that are
not known here, because what such a list does not name may be revoked all the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import CRLEntryExtensionOID, ExtensionOID

from baladeur.card.refusals import NOT_A_CRL, TrustRefused

MAX_BYTES = 32 << 20
_ARMOUR = b"-----BEGIN"
_KNOWN_CRITICAL = {ExtensionOID.ISSUING_DISTRIBUTION_POINT, ExtensionOID.DELTA_CRL_INDICATOR}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the lists say of one certificate. `revoked` None: not named. `this_update` dates the newest list used."""

    revoked: datetime | None
    this_update: datetime
    next_update: datetime | None

    def is_fresh(self, now: datetime) -> bool:
        """Whether a newer list was not yet due at that moment."""
        return self.next_update is not None and now <= self.next_update


def load(data: bytes) -> x509.CertificateRevocationList:
    """A list from a file, DER or PEM. Raises TrustRefused."""
    if len(data) > MAX_BYTES:
        raise TrustRefused(NOT_A_CRL)
    try:
        read = x509.load_pem_x509_crl if data.lstrip().startswith(_ARMOUR) else x509.load_der_x509_crl
        found = read(data)
        unknown = {e.oid for e in found.extensions if e.critical} - _KNOWN_CRITICAL
        if unknown or _partial(found):
            raise TrustRefused(NOT_A_CRL)
    except ValueError:
        raise TrustRefused(NOT_A_CRL) from None
    return found


def _partial(found: x509.CertificateRevocationList) -> bool:
    try:
        point = found.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
    except x509.ExtensionNotFound:
        return False
    return bool(point.indirect_crl or point.only_some_reasons or point.only_contains_attribute_certs)


def _covers(found: x509.CertificateRevocationList, certificate: x509.Certificate, *, authority: bool) -> bool:
    """Whether the list is about certificates such as this one (RFC 5280 §5.2.5)."""
    try:
        point = found.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
    except x509.ExtensionNotFound:
        return True
    return not (point.only_contains_user_certs if authority else point.only_contains_ca_certs)


def issued_by(found: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """Whether the authority signed the list and may sign lists."""
    key = issuer.public_key()
    if found.issuer != issuer.subject or not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return False
    try:
        usage = issuer.extensions.get_extension_for_class(x509.KeyUsage).value
        return usage.crl_sign and found.is_signature_valid(key)
    except (x509.ExtensionNotFound, UnsupportedAlgorithm, ValueError):
        return False


def _number(found: x509.CertificateRevocationList, kind: type[x509.CRLNumber] | type[x509.DeltaCRLIndicator]) -> int:
    """The CRL number, or the number of the base that a delta continues; -1 without the extension."""
    try:
        return found.extensions.get_extension_for_class(kind).value.crl_number
    except x509.ExtensionNotFound:
        return -1


def _entry(found: x509.CertificateRevocationList, serial: int) -> tuple[datetime | None, bool]:
    """When the certificate was revoked, if the list names it, and whether it takes it off (removeFromCRL)."""
    entry = found.get_revoked_certificate_by_serial_number(serial)
    if entry is None:
        return None, False
    try:
        reason = entry.extensions.get_extension_for_oid(CRLEntryExtensionOID.CRL_REASON).value
        removed = isinstance(reason, x509.CRLReason) and reason.reason is x509.ReasonFlags.remove_from_crl
    except (x509.ExtensionNotFound, ValueError):
        removed = False
    return (None, True) if removed else (entry.revocation_date_utc, False)


def ask(
    lists: Iterable[x509.CertificateRevocationList], certificate: x509.Certificate, issuer: x509.Certificate
) -> Answer | None:
    """What the newest complete list of the issuer, and the deltas that continue it, say. None: there is no such list.

    A delta is used if its base number is at most the complete list's number and its own number is greater
    (RFC 5280 §6.3.3 c).
    """
    authority = _is_authority(certificate)
    mine = [one for one in lists if _covers(one, certificate, authority=authority) and issued_by(one, issuer)]
    bases = [one for one in mine if _number(one, x509.DeltaCRLIndicator) < 0]
    if not bases:
        return None
    base = max(bases, key=lambda one: (one.last_update_utc, _number(one, x509.CRLNumber)))
    number = _number(base, x509.CRLNumber)
    deltas = [one for one in mine if 0 <= _number(one, x509.DeltaCRLIndicator) <= number < _number(one, x509.CRLNumber)]
    revoked, newest = _entry(base, certificate.serial_number)[0], base
    for delta in sorted(deltas, key=lambda one: _number(one, x509.CRLNumber)):
        since, removed = _entry(delta, certificate.serial_number)
        revoked = None if removed else since or revoked
        newest = delta
    return Answer(revoked, newest.last_update_utc, newest.next_update_utc)


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False
