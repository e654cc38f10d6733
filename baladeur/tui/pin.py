"""The card's PIN, asked over the screen that signs: whose card it is, how many tries are left."""

from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLong
from typing import TYPE_CHECKING, TypeVar

from textual.screen import ModalScreen

from baladeur.quiet import quiet
from baladeur.session import PinRequest, Tries, cancelled
from baladeur.tui.ask import Ask, Confirm
from baladeur.tui.times import DOSSIER_OPEN

if TYPE_CHECKING:
    from baladeur.tui.app import Baladeur

R = TypeVar("R")


class ScreenPin:
    """Asked in the thread that seals; the answer comes from the screens. Nobody's answer for long is a no."""

    def __init__(self, app: "Baladeur") -> None:
        self._app = app

    __repr__ = quiet

    def accepts_last_try(self, request: PinRequest) -> bool:
        """Yes or no, with no as the safe answer."""
        yes: bool | None = self._answer(Confirm("pin-last", who=request.holder.name))
        return bool(yes)

    def pin(self, request: PinRequest) -> str:
        """What was typed; on a reader with a keypad nothing. Raises PinNeeded."""
        tries = "pin-tries-fewer" if request.tries is Tries.FEWER else "pin-tries-all"
        if request.tries is Tries.ONE:
            tries = "pin-tries-one"
        if request.keypad:
            self._app.call_from_thread(self._app.told, "pin-keypad")
            return ""
        typed = self._answer(Ask("pin-screen", who=request.holder.name, hidden=True, note=tries))
        if typed is None:
            raise cancelled()
        return typed.strip()

    def _answer(self, screen: ModalScreen[R]) -> R | None:
        answer: Future[R | None] = Future()
        self._app.call_from_thread(self._ask, screen, answer)
        try:
            return answer.result(DOSSIER_OPEN)
        except TooLong:
            self._app.call_from_thread(screen.dismiss)
            return None

    def _ask(self, screen: ModalScreen[R], answer: "Future[R | None]") -> None:
        def said(what: R | None) -> None:
            self._app.asking = None
            answer.set_result(what)

        self._app.asking = screen  # a lock answers it with nothing
        self._app.push_screen(screen, said)
