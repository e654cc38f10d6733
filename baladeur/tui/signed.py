"""After a signature: that it is written, what its holder should know, and what may be kept of it in one key press."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from baladeur.errors import BaladeurError
from baladeur.errors.command import NotTakenOut
from baladeur.session import Session
from baladeur.tui.footer import Footer
from baladeur.tui.plain import Plain, content, label
from baladeur.tui.room import Question


@contextmanager
def _told() -> Iterator[None]:
    """What this computer does not let us write is a sentence: what is signed stays signed. Raises NotTakenOut."""
    try:
        yield
    except OSError:
        raise NotTakenOut from None


class Signed(Question[None]):
    """Offers a copy, the receipt and the new page as a PDF; Enter or Escape goes on."""

    CSS_PATH = "signed.tcss"
    HELP = "help-signed"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "key-copy"),
        Binding("r", "receipt", "key-receipt"),
        Binding("p", "sheet", "key-sheet"),
        Binding("enter,escape", "go_on", "key-go-on", key_display="Enter"),
    ]

    def __init__(self, session: Session, number: int) -> None:
        super().__init__()
        self._session, self._number = session, number
        self._rows: list[tuple[str, dict[str, object]]] = []
        self._problem: BaladeurError | None = None

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Plain(id="text")
        yield Footer()

    def speak(self) -> None:
        """What is written, where, and what was in the way."""
        rows = [content(self.say("sign-sealed", number=self._number), "bold"), content("")]
        rows += [content(f"! {self.say(name)}", "bold") for name in self._session.notices]
        rows += [content(self.say(name, **values)) for name, values in self._rows]
        rows += [content(self.sentence(self._problem), "bold")] if self._problem else []
        rows += [content(self.say("signed-offers"))]
        self.query_one("#text", Plain).show(Content("\n").join(rows))

    def complain(self, error: BaladeurError) -> None:
        """What is signed stays signed."""
        self._problem = error
        self.speak()

    def action_copy(self) -> None:
        """A copy of the record in a second place: if the key is lost, it is all that is left."""
        from baladeur.tui.talk import Copy

        def copied(ended: str | None) -> None:
            if ended == "done":
                self._kept("signed-copied")

        self.app.push_screen(Copy(), copied)

    def action_receipt(self) -> None:
        """The receipt, for the practice's own file: health data in the clear, outside the key."""

        def write() -> tuple[Path, str]:
            with _told():
                place = self._session.kept_place()
                place.parent.mkdir(parents=True, exist_ok=True)
                return place, self._session.keep_receipt(place)

        self.behind(write, lambda made: self._kept("signed-receipt", where=label(str(made[0])), words=made[1]))

    def action_sheet(self) -> None:
        """The new emergency page as a PDF, in the language of the screen."""
        language = self.baladeur.language

        def write() -> Path:
            made = self._session.sheet((language,))
            with _told():
                place = self._session.kept_place(".pdf")
                place.parent.mkdir(parents=True, exist_ok=True)
                self._session.write_new(place, made)
                return place

        self.behind(write, lambda place: self._kept("signed-sheet", where=label(str(place))))

    def _kept(self, name: str, **values: object) -> None:
        self._problem = None
        self._rows.append((name, values))
        self.speak()

    def action_go_on(self) -> None:
        self.dismiss(None)
