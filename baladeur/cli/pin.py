"""The card's PIN at a terminal, and who signs for a command. A PIN is never an argument."""

from pathlib import Path

from baladeur.cli import asking, speech
from baladeur.session import PinRequest, Session, Signatory, Tries


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


def signatory(card: str, pin_file: Path | None) -> Signatory:
    """Who signs, asked at the terminal."""
    return Signatory(card, TerminalPin(), pin_file)


def say_notices(session: Session) -> None:
    """What the holder should know after a signature."""
    for notice in session.notices:
        speech.tell(notice)
