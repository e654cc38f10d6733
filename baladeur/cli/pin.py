"""The card's PIN at a terminal, and the signer that a command works with. A PIN is never an argument."""

from pathlib import Path

from baladeur.card import discovery, token
from baladeur.card.pin import PinEntry, PinFromFile, PinRequest, Tries, others_read
from baladeur.cli import asking, speech


class TerminalPin:
    """Asks without echo, after it said whose card is in and how many tries are left."""

    def accepts_last_try(self, request: PinRequest) -> bool:
        """A yes typed out; no without a terminal."""
        return asking.offer("pin-last", who=request.holder.name)

    def pin(self, request: PinRequest) -> str:
        """What was typed; on a reader with a keypad only the word to type it there. Raises SecretNeeded."""
        speech.tell("pin-for", who=request.holder.name)
        if request.tries is Tries.FEWER:
            speech.tell("pin-fewer")
        if request.keypad:
            speech.tell("pin-keypad")
            return ""
        return asking.secret_of(None, "ask-pin").strip()


def signer(module: Path | None, pin_file: Path | None) -> token.CardSigner:
    """The card that is in, ready to be asked once for each commit. Raises NoModule, NoCard, CardBusy, OSError."""
    entry: PinEntry = TerminalPin()
    if pin_file is not None:
        if others_read(pin_file):
            speech.tell("secret-file-open")
        entry = PinFromFile(pin_file)
    return token.CardSigner(token.find(discovery.modules(module)), entry)


def say_notices(used: token.CardSigner) -> None:
    """What the holder should know after a signature."""
    for notice in used.notices:
        speech.tell(notice)
