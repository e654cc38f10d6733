"""What a signature is worth: one verdict in the words of ETSI EN 319 102-1, and one wording for people.

The signing time is the signer's own claim: nothing here proves that a signature existed then (there is no timestamp),
so a certificate that has expired or was revoked since gives INDETERMINATE with a "no proof of existence" reason, as
§5.3 of the standard has it. A claim outside the certificate's validity is the signer's word against itself: failed.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Final, Literal

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from baladeur.card import permissions, professional, signature, trust
from baladeur.card.professional import Professional
from baladeur.card.refusals import (
    EXPIRED,
    NO_CHAIN,
    NO_IDENTITY,
    NOT_YET,
    REVOKED,
    WRONG_KEY,
    CardRefused,
    CertificateRefused,
)
from baladeur.card.trust import Trust
from baladeur.errors import CmsMalformed, CmsRefused

Indication = Literal["TOTAL-PASSED", "INDETERMINATE", "TOTAL-FAILED"]
Language = Literal["fr", "en"]

EXPIRED_SINCE: Final = frozenset({"OUT_OF_BOUNDS_NO_POE", "OUT_OF_BOUNDS_NOT_REVOKED"})
# INDETERMINATE, and yet the holder of a trusted card signed these bytes: what is open is only what came afterwards.
_HOLDS: Final = EXPIRED_SINCE | {"TRY_LATER", "REVOKED_NO_POE", "REVOKED_CA_NO_POE"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """An indication with its sub-indication, who signed and when by the own claim, and the date of the CRL used.

    demonstration: judged for a demonstration record, whose cards prove nothing about anybody.
    """

    indication: Indication
    reason: str = ""
    holder: Professional | None = None
    signing_time: datetime | None = None
    crl_date: datetime | None = None
    demonstration: bool = False

    @property
    def holds(self) -> bool:
        """Whether a trusted card signed these bytes; otherwise the signature is shown as false."""
        return self.indication == "TOTAL-PASSED" or (self.indication == "INDETERMINATE" and self.reason in _HOLDS)

    @property
    def words(self) -> str:
        """The verdict as `verify` prints it."""
        return f"{self.indication} / {self.reason}" if self.reason else self.indication

    @property
    def key(self) -> str:
        """The wording of clinical pages as a key: passed, expired (since), the same for a training card, or failed."""
        if not self.holds or self.holder is None:
            return "failed"
        since = self.reason in EXPIRED_SINCE
        return (
            ("training-expired" if since else "training")
            if self.holder.in_training
            else "expired"
            if since
            else "passed"
        )

    def wording(self, language: Language) -> str:
        """One of the three wordings of clinical pages; only the last is an alert. A demonstration card is named so."""
        if not self.holds or self.holder is None:
            return "SIGNATURE FAUSSE" if language == "fr" else "FALSE SIGNATURE"
        card = "CPF" if self.holder.in_training else "CPS"
        if language == "fr":
            text = f"signé {self.holder.name}, carte {'de démonstration' if self.demonstration else card}"
            text += ", en formation" if self.holder.in_training else ""
            return text + (" (certificat expiré depuis)" if self.reason in EXPIRED_SINCE else "")
        text = f"signed {self.holder.name}, {'demonstration' if self.demonstration else card} card"
        text += ", in training" if self.holder.in_training else ""
        return text + (" (certificate expired since)" if self.reason in EXPIRED_SINCE else "")


_FAILURES: Final = {signature.OTHER_CONTENT: "HASH_FAILURE", signature.WRONG: "SIG_CRYPTO_FAILURE"}


def judge(content: bytes, cms: bytes, roots: Trust, now: datetime) -> Verdict:
    """The verdict on a signature over the content, as things stand `now` (with a zone). Raises nothing."""
    try:
        found = signature.verify(content, cms)
    except CmsMalformed:
        return Verdict("TOTAL-FAILED", "FORMAT_FAILURE")
    except CmsRefused as refused:
        return Verdict("TOTAL-FAILED", _FAILURES.get(refused.detail, "FORMAT_FAILURE"))
    try:
        certificate = x509.load_der_x509_certificate(found.certificate_der)
        holder = professional.read(certificate)
        permissions.check_card(holder, demonstration=roots.demonstration)
    except (ValueError, CardRefused):
        return Verdict("INDETERMINATE", "SIG_CONSTRAINTS_FAILURE", None, found.signing_time)
    claimed = Verdict("INDETERMINATE", "", holder, found.signing_time, demonstration=roots.demonstration)
    if not professional.binds_its_holder(certificate):
        return replace(claimed, reason="SIG_CONSTRAINTS_FAILURE")
    return _of_certificate(certificate, trust.read(found.others_der), roots, claimed, now)


def _of_certificate(
    certificate: x509.Certificate, hints: list[x509.Certificate], roots: Trust, claimed: Verdict, now: datetime
) -> Verdict:
    moment = claimed.signing_time or now
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    inside = min(max(moment, begin), end)
    way = trust.chain(certificate, hints, roots, inside)
    if way is None:
        return replace(claimed, reason="NO_CERTIFICATE_CHAIN_FOUND")
    if moment != inside:
        return replace(claimed, indication="TOTAL-FAILED", reason="NOT_YET_VALID" if moment < begin else "EXPIRED")
    for below, above in pairwise(way[1:]):
        answer = roots.revocation(below, above)
        if answer is not None and answer.revoked is not None:
            return replace(claimed, reason="REVOKED_CA_NO_POE", crl_date=answer.this_update)
    answer = roots.revocation(certificate, way[1])
    dated = replace(claimed, crl_date=answer.this_update if answer else None)
    if answer is not None and answer.revoked is not None:
        if answer.revoked <= moment:
            return replace(dated, indication="TOTAL-FAILED", reason="REVOKED")
        return replace(dated, reason="REVOKED_NO_POE")
    if now > end:
        known = answer is not None and answer.this_update >= moment
        return replace(dated, reason="OUT_OF_BOUNDS_NOT_REVOKED" if known else "OUT_OF_BOUNDS_NO_POE")
    if answer is None or not answer.is_fresh(now):
        return replace(dated, reason="TRY_LATER")
    return replace(dated, indication="TOTAL-PASSED")


_REFUSALS: Final = {
    "EXPIRED": EXPIRED,
    "NOT_YET_VALID": NOT_YET,
    "REVOKED": REVOKED,
    "REVOKED_NO_POE": REVOKED,
    "REVOKED_CA_NO_POE": REVOKED,
    "NO_CERTIFICATE_CHAIN_FOUND": NO_CHAIN,
    "OUT_OF_BOUNDS_NO_POE": EXPIRED,
    "OUT_OF_BOUNDS_NOT_REVOKED": EXPIRED,
}


def check_certificate(certificate_der: bytes, roots: Trust, moment: datetime) -> tuple[Professional, tuple[bytes, ...]]:
    """Whether a card may sign at the moment, before its PIN is asked. Returns its holder and the chain to put beside.

    A missing or stale CRL is no reason to refuse. Raises CardRefused, CertificateRefused.
    """
    try:
        certificate = x509.load_der_x509_certificate(certificate_der)
    except ValueError:
        raise CardRefused(NO_IDENTITY) from None
    holder = professional.read(certificate)
    permissions.check_card(holder, demonstration=roots.demonstration)
    if not professional.binds_its_holder(certificate):
        raise CardRefused(WRONG_KEY)
    found = _of_certificate(certificate, [], roots, Verdict("INDETERMINATE", "", holder, moment), moment)
    refuse(found)
    way = trust.chain(certificate, [], roots, moment) or []
    return holder, tuple(c.public_bytes(Encoding.DER) for c in way[1:])


def refuse(found: Verdict) -> None:
    """Raises CertificateRefused unless a signature with this verdict may be written now."""
    if found.indication == "TOTAL-PASSED" or found.reason == "TRY_LATER":
        return
    raise CertificateRefused(_REFUSALS.get(found.reason, NO_CHAIN))


def start_of(certificate_der: bytes) -> datetime:
    """The beginning of a certificate's validity. Raises CardRefused."""
    try:
        return x509.load_der_x509_certificate(certificate_der).not_valid_before_utc
    except ValueError:
        raise CardRefused(NO_IDENTITY) from None


def claimed_time(cms: bytes) -> datetime:
    """When the signer says that it was signed, unverified. Raises CmsMalformed, CmsRefused."""
    return signature.parse(cms).signing_time
