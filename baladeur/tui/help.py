"""Help: what the focused thing is for, and the keys that work now."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from baladeur.tui.plain import Plain
from baladeur.tui.room import Question


class Help(Question[None]):
    """A phrase and a list of keys. Any of the keys that brought it, or Escape, closes it."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,question_mark,enter,q", "close", "key-close", key_display="Esc"),
    ]

    def __init__(self, name: str, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._phrase, self._rows = name, keys

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Plain(id="text")

    def speak(self) -> None:
        """The phrase, then one row a key."""
        rows = [self.say(self._phrase), "", *(f"  {key:<8} {self.say(told)}" for key, told in self._rows)]
        self.query_one("#text", Plain).show("\n".join(rows))

    def action_close(self) -> None:
        self.dismiss(None)
