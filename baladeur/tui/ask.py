"""Questions over a screen: a yes or no, and one line of text. Escape is the safe answer, and has the focus."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from baladeur.tui.footer import Footer
from baladeur.tui.plain import Plain, content
from baladeur.tui.room import Question


class Confirm(Question[bool]):
    """A phrase and a yes or no. Only the key of the language's yes is a yes."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o,y", "yes", "key-yes", key_display="o/y"),
        Binding("escape,n,enter", "no", "key-no", key_display="Esc"),
    ]

    def __init__(self, phrase: str, **values: object) -> None:
        super().__init__()
        self._phrase, self._values = phrase, values

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Plain(id="text")
        yield Footer()

    def speak(self) -> None:
        """The question."""
        self.query_one("#text", Plain).show(self.say(self._phrase, **self._values))

    def action_yes(self) -> None:
        self.dismiss(True)

    def action_no(self) -> None:
        self.dismiss(False)


class Ask(Question[str | None]):
    """A phrase and a field; answers what was typed, or None. hidden: a secret, of which only the length is shown.

    note: a phrase below the field.
    """

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "key-take", key_display="Enter"),
        Binding("escape", "none", "key-back", key_display="Esc"),
    ]

    def __init__(self, phrase: str, *, value: str = "", hidden: bool = False, note: str = "", **values: object) -> None:
        super().__init__()
        self._phrase, self._values, self._value, self._hidden, self._note = phrase, values, value, hidden, note

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Plain(id="text")
            yield Input(self._value, password=self._hidden, id="answer")
            yield Plain(id="note")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def speak(self) -> None:
        """The question, and what was wrong with the last answer."""
        self.query_one("#text", Plain).show(self.say(self._phrase, **self._values))
        self.query_one("#note", Plain).show(content(self.say(self._note) if self._note else "", "bold"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.action_take()

    def action_take(self) -> None:
        typed = self.query_one(Input).value
        self.query_one(Input).value = ""
        self.dismiss(typed if typed.strip() else None)

    def action_none(self) -> None:
        self.query_one(Input).value = ""
        self.dismiss(None)
