"""Who signs: what the command line and the screens hand to a Session wherever something is signed.

A screen that signs writes a class with the two methods of `PinEntry` and hands it over:

    by = Signatory(card="auto", pin=MyPinScreen())
    session.check_clock(by)      # the card is there and good, the clock believed: before anybody types
    session.may_seal(draft, by)  # this holder may make this change: still no PIN
    session.seal(draft, by)      # here `MyPinScreen` is asked, at most once; then the frame is written
    session.notices              # what the holder should know now, as names of phrases

`PinEntry.pin(request)` is told whose card it is (`request.holder.name`), how many tries are left (`request.tries`: ALL,
FEWER, ONE) and whether the PIN is typed on the reader (`request.keypad`: show so, return ""). At ONE,
`accepts_last_try(request)` is asked first and must be answered by a person. Both may raise `PinNeeded(CANCELLED)`.
They are called in the thread of `seal`, with the record open for writing: a screen runs `seal` in a worker thread.

What `seal` raises of the card (CardGone, AnotherCard, WrongPin, PinBlocked, CardBusy, CertificateRefused …) is raised
before a byte is written, and the next try looks for the card anew. Source: baladeur/card/refusals.py.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from baladeur.errors import DemonstrationOnly
from baladeur.quiet import quiet

if TYPE_CHECKING:
    from baladeur.card.pin import PinEntry
    from baladeur.card.signer import Signer

AUTO: Final = "auto"
DEMO: Final = "demo"


@dataclass(frozen=True, slots=True, repr=False)
class Signatory:
    """Who signs. It finds the card when it is needed and holds no PIN.

    card: `auto` is the demonstration card on a demonstration record, else the card in a reader, by the best module of
    this computer; `demo` the demonstration card; anything else is the path of a PKCS#11 module, and its card.
    pin: whoever can be asked. pin_file: a file with the PIN, for demonstration and test cards only; goes before pin.
    """

    card: str = AUTO
    pin: "PinEntry | None" = None
    pin_file: Path | None = None

    __repr__ = quiet

    @property
    def exposed(self) -> bool:
        """Whether others than its owner may read the file with the PIN: to be said. Raises OSError."""
        from baladeur.card.pin import others_read

        return self.pin_file is not None and others_read(self.pin_file)

    def signer(self, *, demonstration: bool) -> "Signer":
        """The card, found now. Raises DemonstrationOnly, NoModule, NoCard, CardBusy."""
        if self.card == DEMO or (self.card == AUTO and demonstration):
            from baladeur.card.demo import DemoSigner

            if not demonstration:
                raise DemonstrationOnly
            return DemoSigner()
        from baladeur.card import discovery, token
        from baladeur.card.pin import Nobody, PinFromFile

        entry = PinFromFile(self.pin_file) if self.pin_file else self.pin or Nobody()
        modules = discovery.modules(None if self.card == AUTO else Path(self.card))
        return token.CardSigner(token.find(modules), entry)


def notices(signer: "Signer") -> tuple[str, ...]:
    """What the holder should know after a signature, as names of phrases; most signers have nothing to say."""
    return tuple(getattr(signer, "notices", ()))


def cancelled() -> Exception:
    """What a `PinEntry` raises when nobody typed a PIN."""
    from baladeur.card.refusals import CANCELLED, PinNeeded

    return PinNeeded(CANCELLED)
