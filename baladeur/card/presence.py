"""Readers and cards by PC/SC: what is in, what comes and goes, and locking a card again.

pyscard is optional, because it has to be compiled on Linux: without it, or without the system's PC/SC service, cards
are found by asking the PKCS#11 module again and again. The low-level calls are used, not pyscard's CardMonitor: its
thread dies without an event when the service does. Source: PC/SC part 5; ATRs from the ANS's Cryptolib (CPS) and the
public list of the pcsc-tools package (Vitale).
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from baladeur.card.refusals import NoPcsc

Happening = Literal["inserted", "removed", "service-lost", "service-back"]
PERIOD = 1.0  # seconds between two looks, where nothing wakes us


class CardKind(Enum):
    """What a card is, as far as its answer to reset tells."""

    CPS3 = "CPS3"
    CPS4 = "CPS4"
    CPS = "CPS"  # of the CPS family, generation unknown
    VITALE = "Vitale"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader as it stands. shared: another program is connected to the card; exclusive: and keeps it for itself."""

    name: str
    card: CardKind | None
    atr: bytes
    shared: bool
    exclusive: bool


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `reader` is empty for the service; `card` is what went in, or came out."""

    what: Happening
    reader: str = ""
    card: CardKind | None = None


def _masked(pattern: str, mask: str) -> tuple[bytes, bytes]:
    return bytes.fromhex(pattern), bytes.fromhex(mask)


_FULL = "FF" * 17
# In this order: the mask of the CPS3 lets one of the CPS4 through.
_PATTERNS: tuple[tuple[CardKind, tuple[bytes, bytes]], ...] = (
    (CardKind.CPS4, _masked("3B9B188001001225006480040100009044", _FULL)),
    (CardKind.CPS4, _masked("3B9B188001001225006480000401009044", _FULL)),
    (CardKind.CPS4, _masked("3BDC18FF0000122500648000040100" + "9000", _FULL)),
    (CardKind.CPS3, _masked("3BAC00402A001225006480000310009000", "FF00000000FFFFFFFFFFFF000000FFFFFF")),
    (CardKind.CPS3, _masked("3B8F80010031B86404B0ECC1739401808290000E", "FF" * 20)),
    (CardKind.VITALE, _masked("3B751300004009EA9000", "FFFFFFFFFFF0FFFFFFFF")),
    (CardKind.VITALE, _masked("3F652500000900" + "9000", "FFFFFFFF00FF00FFFF")),
)
_CPS_FAMILY = bytes.fromhex("1225006480")  # historical bytes that every CPS has: the issuer's number


def kind_of(atr: bytes) -> CardKind:
    """What the card with this answer to reset is. Never a proof: an answer can be imitated."""
    for kind, (pattern, mask) in _PATTERNS:
        if len(atr) == len(pattern) and all((a ^ p) & m == 0 for a, p, m in zip(atr, pattern, mask, strict=True)):
            return kind
    return CardKind.CPS if _CPS_FAMILY in atr else CardKind.UNKNOWN


def _scard() -> Any:
    try:
        from smartcard import scard
    except ImportError:
        raise NoPcsc("no-pyscard") from None
    return scard


@contextmanager
def _context() -> Iterator[tuple[Any, Any]]:
    """The calls and a context that is released. Raises NoPcsc."""
    scard = _scard()
    result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    if result != scard.SCARD_S_SUCCESS:
        raise NoPcsc("no-service")
    try:
        yield scard, context
    finally:
        scard.SCardReleaseContext(context)


def _states(scard: Any, context: Any, known: Mapping[str, int], wait: float) -> list[tuple[str, int, bytes]]:
    """Name, state and ATR of each reader, after a change from the known states or the wait. Raises NoPcsc."""
    result, names = scard.SCardListReaders(context, [])
    if result == scard.SCARD_E_NO_READERS_AVAILABLE or (result == scard.SCARD_S_SUCCESS and not names):
        time.sleep(wait)
        return []
    if result == scard.SCARD_S_SUCCESS:
        asked = [(name, known.get(name, scard.SCARD_STATE_UNAWARE)) for name in names]
        result, states = scard.SCardGetStatusChange(context, int(wait * 1000), asked)
        if result in (scard.SCARD_S_SUCCESS, scard.SCARD_E_TIMEOUT):
            return [(name, state, bytes(atr)) for name, state, atr in states]
        if result == scard.SCARD_E_UNKNOWN_READER:  # it was unplugged between the two calls
            return []
    raise NoPcsc("no-service")


def _reader(scard: Any, name: str, state: int, atr: bytes) -> Reader:
    present = bool(state & scard.SCARD_STATE_PRESENT)
    return Reader(
        name,
        kind_of(atr) if present else None,
        atr if present else b"",
        bool(state & scard.SCARD_STATE_INUSE),
        bool(state & scard.SCARD_STATE_EXCLUSIVE),
    )


def readers() -> list[Reader]:
    """Every reader as it stands now. Raises NoPcsc."""
    with _context() as (scard, context):
        return [_reader(scard, *state) for state in _states(scard, context, {}, 0)]


def relock(name: str) -> bool:
    """Take the power from a card, so that it forgets the PIN that it was shown. False: it may not have forgotten it.

    It ends every other program's session with that card too: only for a card that nobody else was connected to.
    """
    try:
        with _context() as (scard, context):
            result, card, _ = scard.SCardConnect(
                context, name, scard.SCARD_SHARE_SHARED, scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
            )
            if result in (scard.SCARD_W_REMOVED_CARD, scard.SCARD_E_NO_SMARTCARD, scard.SCARD_E_UNKNOWN_READER):
                return True  # a card without power remembers nothing
            if result != scard.SCARD_S_SUCCESS:
                return False
            return bool(scard.SCardDisconnect(card, scard.SCARD_UNPOWER_CARD) == scard.SCARD_S_SUCCESS)
    except NoPcsc:
        return False


def watch(
    stop: Callable[[], bool], poll: Callable[[], Mapping[str, CardKind]] | None = None, period: float = PERIOD
) -> Iterator[Event]:
    """What comes and goes, until `stop`; the cards that are there already come first. Blocks up to `period` seconds.

    poll: the cards by reader as another way sees them (the PKCS#11 module), used whenever PC/SC cannot be asked.
    After "service-lost" no card is known to be there: `poll` or a "service-back" tells anew.
    """
    cards: dict[str, CardKind] = {}
    was_there: bool | None = None
    while not stop():
        try:
            with _context() as (scard, context):
                if was_there is False:
                    yield from (Event("removed", name, kind) for name, kind in cards.items())
                    cards = {}
                    yield Event("service-back")
                was_there = True
                known: dict[str, int] = {}
                while not stop():
                    states = _states(scard, context, known, period if known else 0)
                    known = {name: state & ~scard.SCARD_STATE_CHANGED for name, state, _ in states}
                    seen = {name: _reader(scard, name, state, atr).card for name, state, atr in states}
                    yield from _changes(cards, {name: kind for name, kind in seen.items() if kind})
                    if not known:
                        time.sleep(period)
        except NoPcsc:
            if was_there is not False:
                yield Event("service-lost")
                was_there, cards = False, {}
            if poll is not None:
                yield from _changes(cards, poll())
            time.sleep(period)


def _changes(before: dict[str, CardKind], now: Mapping[str, CardKind]) -> Iterator[Event]:
    """The events between the two; `before` becomes `now`."""
    for name in [name for name, kind in before.items() if now.get(name) is not kind]:
        yield Event("removed", name, before.pop(name))
    for name, kind in now.items():
        if name not in before:
            before[name] = kind
            yield Event("inserted", name, kind)
