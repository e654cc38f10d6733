"""Why a card does not sign, and why a certificate or a file is not trusted: the errors of this folder.

    SignatureError
    └─ CardError
       ├─ NoModule · NoCard · ModuleCannotSign · CardBusy ── CardGone · AnotherCard
       ├─ PinNeeded · WrongPin · PinBlocked
       ├─ CardRefused · NotInScope · CertificateRefused
       └─ TrustRefused · NoPcsc

All of them are raised before a byte of the record is written. The details are fixed words that the interface knows
(baladeur/wording/sentences.py): no name, no number and no PIN is among them.
"""

from typing import Final, Literal

from baladeur.errors import SignatureError

# Details of NoPcsc.
Problem = Literal["no-pyscard", "no-service"]
# Details of NoCard.
VITALE: Final = "Vitale"
# Details of WrongPin.
TWO_TRIES: Final = "two tries left"
ONE_TRY: Final = "one try left"
# Details of PinNeeded.
PIN_FILE: Final = "PIN file"
LAST_TRY: Final = "last try not accepted"
CANCELLED: Final = "cancelled"
# Details of CardRefused.
STAFF_CARD: Final = "CPE"
ADMIN_CARD: Final = "CPA"
NOT_A_CARD: Final = "not a card"
TEST_CARD: Final = "test card"
REAL_CARD: Final = "real card"
NO_IDENTITY: Final = "no identity"
WRONG_KEY: Final = "not a signature key"
# Details of NotInScope.
NO_ROW: Final = "no row"
KIND: Final = "kind"
ADDS_ONLY: Final = "adds only"
DOCTOR_ONLY: Final = "doctor only"
# Details of CertificateRefused.
EXPIRED: Final = "expired"
NOT_YET: Final = "not yet valid"
REVOKED: Final = "revoked"
NO_CHAIN: Final = "no chain"
STALE: Final = "another key"
# Details of TrustRefused.
NOT_AN_AUTHORITY: Final = "not an authority"
NOT_CONFIRMED: Final = "not confirmed"
NOT_A_CRL: Final = "not a CRL"
NOT_THERE: Final = "not there"
NO_COMPONENT: Final = "no component"


class CardError(SignatureError):
    """The card did not sign, or must not."""

    exit_code = 42
    sentence = "The card could not sign; nothing was written; run `baladeur card status` to see what is missing."


class NoModule(CardError):
    """No PKCS#11 module is on this machine, or the one named cannot be loaded."""

    sentence = (
        "No program that talks to a CPS card is on this machine; nothing was written; "
        "install the ANS's CPS component, name its file with --module, or leave an unsigned note with `baladeur note`."
    )


class NoCard(CardError):
    """No card with a signature certificate is in any reader."""

    sentence = (
        "No professional's card is in a reader; nothing was written; "
        "put the CPS in, chip first (`baladeur card status` says what is missing), "
        "or leave an unsigned note with `baladeur note`."
    )


class ModuleCannotSign(CardError):
    """OpenSC sees a CPS3 and its certificates but cannot use its signature key (cps.md: OpenSC PR 2506)."""

    sentence = (
        "OpenSC reads this CPS but cannot sign with it, and no setting changes that; nothing was written; "
        "install the ANS's CPS component (it works on Debian and Ubuntu too)."
    )


class CardBusy(CardError):
    """Another program holds the card for itself alone."""

    exit_code = 43
    sentence = (
        "Another program keeps the card for itself; nothing was written; close the practice software or the "
        "SESAM-Vitale reading program that uses this reader, then try again."
    )


class CardGone(CardError):
    """The card or its reader stopped answering."""

    exit_code = 43
    sentence = (
        "The card was removed or stopped answering while signing; nothing was written, the record is at its last "
        "commit; put the card back and try again."
    )


class AnotherCard(CardError):
    """The card in the reader is not the one that was shown before."""

    exit_code = 43
    sentence = (
        "The card in the reader is not the one that was there a moment ago; nothing was written and no PIN was sent "
        "to it; put the right card back and try again."
    )


class PinNeeded(CardError):
    """No PIN was given, or it may not be given this way."""

    exit_code = 44
    sentence = "No PIN was given; nothing was written and no try was used; try again and type it."


class WrongPin(CardError):
    """The card refused the PIN; it counts."""

    exit_code = 44
    sentence = "The PIN is wrong; nothing was written; look at the tries left before you type it again."


class PinBlocked(CardError):
    """No try is left."""

    exit_code = 44
    sentence = (
        "The card's PIN is blocked; nothing was written and the record is safe; unblock it with the PUK of the letter "
        "that came with the card, or ask the ANS for help: billing is blocked with it."
    )


class CardRefused(CardError):
    """This kind of card signs nothing here, whoever holds it."""

    exit_code = 45
    sentence = "This card may not sign this record; nothing was written and no PIN was asked; use a personal CPS."


class NotInScope(CardError):
    """The profession may not write this; see baladeur/card/permissions.py."""

    exit_code = 46
    sentence = (
        "This profession may not make this change; nothing was written and no PIN was asked; "
        "ask a doctor to sign it, or leave it as an unsigned note."
    )


class CertificateRefused(CardError):
    """The certificate is not to be relied on at the moment of signing."""

    exit_code = 47
    sentence = (
        "The card's certificate cannot be relied on; nothing was written; "
        "run `baladeur card status`, and ask the ANS for a new card if it says so."
    )


class TrustRefused(CardError):
    """A file or a fingerprint that the trust list does not take."""

    exit_code = 49
    sentence = (
        "This cannot be entered in or removed from the trust list; the list was not changed; "
        "take the file from the ANS's site or from the installed CPS component."
    )


class NoPcsc(CardError):
    """PC/SC cannot be asked. The detail is one of Problem."""

    sentence = (
        "The system's smart card service does not answer; nothing was changed; "
        "start it (package pcscd on Linux), or install Baladeur's reader extra."
    )
