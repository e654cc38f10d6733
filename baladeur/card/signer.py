"""The one seam for whatever signs: a card by PKCS#11 today, the demonstration card, a remote service one day.

To add a signer, write a class with the three members of `Signer`; nothing else of Baladeur has to know it. A remote
signer (for instance one behind an e-CPS) would fetch its certificate first and send the hash of `data` when asked.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from baladeur.card import signature
from baladeur.card.refusals import STALE, CertificateRefused
from baladeur.errors import CmsRefused


class Signer(Protocol):
    """Somebody's signature key and its certificate, ready to be asked once for each commit.

    Source of the form of what it returns: RFC 8017 §8.2 (RSASSA-PKCS1-v1_5) or RFC 3279 §2.2.3 (ECDSA), with SHA-256.
    """

    @property
    def certificate_der(self) -> bytes:
        """The X.509 certificate of the key, DER. It is read without a PIN and is not trusted until it was judged."""

    @property
    def chain_der(self) -> Sequence[bytes]:
        """Further certificates that the signer itself knows, DER; may be empty."""

    def sign_raw(self, data: bytes) -> bytes:
        """The signature over `data` (not over its hash); one authorisation by the holder pays for one call.

        Whatever was unlocked for it is locked again when it returns or raises. Raises CardError's kinds.
        """


def seal(content: bytes, signer: Signer, chain_der: Sequence[bytes], moment: datetime) -> bytes:
    """A CAdES B-B signature by the signer over the content, verified; errors of `signature.build`, of the signer.

    chain_der: authorities to put beside the signer's certificate; at most four, root included.
    Raises CertificateRefused if the key that signed is not that of the certificate: the ANS's module may show the
    certificate of a card's previous holder from its cache.
    """
    try:
        return signature.build(content, signer.certificate_der, chain_der, signer.sign_raw, moment)
    except CmsRefused as refused:
        if refused.detail == signature.WRONG:
            raise CertificateRefused(STALE) from None
        raise
