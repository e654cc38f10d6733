"""A card by PKCS#11: its signature certificate without a PIN, one signature with one.

The module is loaded for one look or one signature and finished afterwards, so that between two commits nothing of ours
is connected to the card, and "another program is connected" is never ourselves. The signature pair is found by its
certificate's key usage (nonRepudiation alone) and then by the same CKA_ID: labels and positions differ between cards.
Source: PKCS#11 v2.20; the ANS's external specification of its module v2.0.0.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from cryptography import x509

from baladeur.card import presence, professional
from baladeur.card.discovery import Module
from baladeur.card.pin import PinEntry, PinRequest, Tries, consent
from baladeur.card.refusals import (
    CANCELLED,
    ONE_TRY,
    TWO_TRIES,
    VITALE,
    WRONG_KEY,
    AnotherCard,
    CardBusy,
    CardError,
    CardGone,
    CardRefused,
    ModuleCannotSign,
    NoCard,
    NoModule,
    NoPcsc,
    PinBlocked,
    PinNeeded,
    WrongPin,
)

if TYPE_CHECKING:
    import pkcs11

SHARED: Final = "shared-session-kept"
NOT_RELOCKED: Final = "not-relocked"
_CPS_TRIES = 3
# Wrong PINs of this run by certificate: some drivers forget them when the module is loaded anew (OpenSC, IsoApplet).
_wrong: dict[bytes, int] = {}
_SLOT_NAME = 64  # characters of a reader's name that PKCS#11 keeps


@dataclass(frozen=True, slots=True)
class CardSeen:
    """A card as a module shows it without a PIN. `certificate_der` is empty if there is no signature certificate."""

    module: Module
    reader: str
    label: str
    serial: bytes
    certificate_der: bytes
    tries: Tries
    keypad: bool


@contextmanager
def _loaded(module: Module) -> Iterator["pkcs11._pkcs11.lib"]:
    """The module, started, and finished at the end whatever happened. Raises NoModule."""
    import pkcs11

    try:
        library = pkcs11.lib(str(module.path))
    except (pkcs11.PKCS11Error, RuntimeError, OSError):
        raise NoModule from None
    try:
        yield library
    finally:
        with suppress(pkcs11.PKCS11Error):  # after a removal it may fail, and there is nothing left to finish
            library.finalize()


def _tries(token: "pkcs11.Token") -> Tries:
    from pkcs11 import TokenFlag

    flags = TokenFlag(token.flags)
    if flags & TokenFlag.USER_PIN_LOCKED:
        return Tries.NONE
    if flags & TokenFlag.USER_PIN_FINAL_TRY:
        return Tries.ONE
    return Tries.FEWER if flags & TokenFlag.USER_PIN_COUNT_LOW else Tries.ALL


def _pair(session: "pkcs11.Session") -> tuple[bytes, bytes]:
    """The signature certificate and its CKA_ID; empty if there is none. The list is made whole: an unfinished search
    keeps SoftHSM from signing."""
    from pkcs11 import Attribute, ObjectClass

    for found in list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})):
        der = bytes(found[Attribute.VALUE])
        with suppress(ValueError):
            if professional.binds_its_holder(x509.load_der_x509_certificate(der)):
                return der, bytes(found[Attribute.ID])
    return b"", b""


def _look(library: Any, module: Module) -> Iterator[tuple["pkcs11.Token", CardSeen]]:
    from pkcs11 import PKCS11Error, TokenFlag

    for slot in library.get_slots(token_present=True):
        with suppress(PKCS11Error):  # a blank or foreign card in another reader is none of our business
            token = slot.get_token()
            flags = TokenFlag(token.flags)
            if not flags & TokenFlag.TOKEN_INITIALIZED:
                continue
            session = token.open()
            try:
                certificate, _ = _pair(session)
            finally:
                session.close()
            keypad = bool(flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH)
            label, reader = token.label.strip(), slot.slot_description.strip()
            yield token, CardSeen(module, reader, label, bytes(token.serial), certificate, _tries(token), keypad)


def cards(module: Module) -> list[CardSeen]:
    """Every card that the module shows, without a PIN. Raises NoModule."""
    with _loaded(module) as library:
        return [seen for _, seen in _look(library, module)]


def find(modules: list[Module]) -> CardSeen:
    """The one card to sign with, by the first module that shows one. Raises NoModule, CardBusy, NoCard."""
    if not modules:
        raise NoModule
    failed = 0
    for module in modules:
        try:
            seen = [card for card in cards(module) if card.certificate_der]
        except NoModule:
            failed += 1
            continue
        if seen:
            return seen[0]
    if failed == len(modules):
        raise NoModule
    with suppress(NoPcsc):
        readers = presence.readers()
        if any(reader.exclusive for reader in readers):
            raise CardBusy
        if any(reader.card is presence.CardKind.VITALE for reader in readers):
            raise NoCard(VITALE)
    raise NoCard


class CardSigner:
    """The signature key of a card, as a Signer. `notices` says afterwards what the holder should know."""

    def __init__(self, card: CardSeen, entry: PinEntry) -> None:
        self._card, self._entry = card, entry
        self.notices: list[str] = []

    @property
    def certificate_der(self) -> bytes:
        """The certificate that the card showed; the check of the finished signature proves that it fits the key."""
        return self._card.certificate_der

    @property
    def chain_der(self) -> tuple[bytes, ...]:
        """A card holds no certificate of an authority."""
        return ()

    @cached_property
    def holder(self) -> professional.Professional:
        """Who the certificate says holds the card."""
        return professional.read(x509.load_der_x509_certificate(self.certificate_der))

    def sign_raw(self, data: bytes) -> bytes:
        """One PIN, one signature with SHA-256 and PKCS#1 v1.5; then the card is locked. Raises CardError's kinds."""
        self.notices = []
        if not self.certificate_der:
            raise CardRefused(WRONG_KEY)
        try:
            readers = {reader.name: reader for reader in presence.readers()}
        except NoPcsc:
            readers = {}
        mine = [r for name, r in readers.items() if name[:_SLOT_NAME].strip() == self._card.reader]
        if any(reader.exclusive for reader in mine):
            raise CardBusy
        shared = any(reader.shared for reader in mine)
        sent = [False]
        try:
            with _loaded(self._card.module) as library:
                return self._sign(library, data, sent)
        finally:
            if sent[0]:
                self._lock([reader.name for reader in mine], shared)

    def _lock(self, names: list[str], shared: bool) -> None:
        """Lock what we unlocked. Another program's session is left alone if it was there before us: it bills with it.

        One that came while the card was unlocked is not: it may have come for that.
        """
        if shared:
            self.notices.append(SHARED)
        elif self._card.module.kind != "software" and not (names and all([presence.relock(n) for n in names])):
            self.notices.append(NOT_RELOCKED)

    def _same(self, library: Any) -> tuple["pkcs11.Token", Tries]:
        """The token that still shows the same certificate. Raises CardGone, AnotherCard."""
        seen = [(token, card) for token, card in _look(library, self._card.module) if card.reader == self._card.reader]
        if not seen:
            raise CardGone
        for token, card in seen:
            if (card.serial, card.certificate_der) == (self._card.serial, self._card.certificate_der):
                return token, card.tries
        raise AnotherCard

    def _sign(self, library: Any, data: bytes, sent: list[bool]) -> bytes:
        import pkcs11

        try:
            tries = self._left(self._same(library)[1])
            if tries is Tries.NONE:
                raise PinBlocked
            typed = consent(self._entry, PinRequest(self.holder, tries, self._card.keypad))
            token, _ = self._same(library)  # while it was typed, the card may have been changed
            sent[0] = True
            session = self._opened(library, token, typed)
            try:
                return self._signature(session, data)
            finally:
                with suppress(pkcs11.PKCS11Error):
                    session.close()
        except pkcs11.PKCS11Error:
            raise CardGone from None  # the library's message is not for the user, and what failed is not signed

    def _opened(self, library: Any, token: "pkcs11.Token", typed: str) -> "pkcs11.Session":
        import pkcs11

        try:
            session = token.open(user_pin=pkcs11.PROTECTED_AUTH if self._card.keypad else typed)
        except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange):
            _wrong[self.certificate_der] = _wrong.get(self.certificate_der, 0) + 1
            left = self._left(self._same(library)[1])
            if left is not Tries.NONE:
                raise WrongPin(ONE_TRY if left is Tries.ONE else TWO_TRIES) from None
            _wrong.pop(self.certificate_der, None)  # unblocked, it has all its tries again
            raise PinBlocked from None
        except pkcs11.PinLocked:
            _wrong.pop(self.certificate_der, None)
            raise PinBlocked from None
        except pkcs11.FunctionCancelled:
            raise PinNeeded(CANCELLED) from None
        _wrong.pop(self.certificate_der, None)
        return session

    def _left(self, said: Tries) -> Tries:
        """The fewest tries that the card or our own count admits. Only the card can say that none is left."""
        if said is not Tries.NONE and _wrong.get(self.certificate_der, 0) >= _CPS_TRIES - 1:
            return Tries.ONE
        return said

    def _signature(self, session: "pkcs11.Session", data: bytes) -> bytes:
        import pkcs11
        from pkcs11 import Attribute, Mechanism, ObjectClass

        certificate, name = _pair(session)
        if certificate != self.certificate_der:
            raise AnotherCard
        keys = list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: name}))
        if len(keys) != 1:
            raise CardRefused(WRONG_KEY)
        try:
            key: Any = keys[0]  # its class has `sign` only if the card says that it may
            return bytes(key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))
        except pkcs11.FunctionNotSupported:
            raise (ModuleCannotSign if self._card.module.kind == "opensc" else CardError) from None
