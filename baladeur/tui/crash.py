"""An unexpected end: a sentence and an id. Textual would print local variables, with secrets and diagnoses in them."""

import logging
import sys
from typing import Final

from textual.app import App
from textual.worker import WorkerFailed

from baladeur.errors.unknown import identifier
from baladeur.wording.phrases import Language, say

UNKNOWN: Final = 70  #: exit code


class QuietApp(App[None], inherit_bindings=False):
    """An app of which a crash tells nothing."""

    language: Language = "fr"
    _last_words = ""

    def __init__(self) -> None:
        super().__init__()
        # What asyncio logs of a failed task holds the exception's own words.
        logging.getLogger("asyncio").addHandler(logging.NullHandler())
        logging.getLogger("asyncio").propagate = False

    def forget(self) -> None:
        """Let go of what is open; before the sentence is said."""

    def _handle_exception(self, error: Exception) -> None:
        self._return_code = UNKNOWN
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.forget()
        error = error.error if isinstance(error, WorkerFailed) and isinstance(error.error, Exception) else error
        self._last_words = say("screen-unknown", self.language, id=identifier(error))
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """After the terminal is as it was. After a crash, whatever else waits to be printed is left unsaid."""
        if self._last_words:
            self._exit_renderables.clear()
            print(self._last_words, file=sys.__stderr__)
        super()._print_error_renderables()
