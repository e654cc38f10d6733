"""What is to be added, where a section has no form of its own, or another is wanted."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList

from baladeur.session import Session
from baladeur.tui.lines import Lines
from baladeur.tui.plain import Plain, content
from baladeur.tui.room import Question


class Kinds(Question[str]):
    """The forms; answers the kind of one, or nothing."""

    CSS_PATH = "kinds.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "key-back", key_display="Esc")]

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Plain(id="text")
            yield Lines(id="forms")

    def speak(self) -> None:
        self.query_one("#text", Plain).show(content(self.say("kinds-ask"), "bold"))
        forms = self.query_one("#forms", Lines)
        forms.fill([(one.kind, content(one.label(self.baladeur.language))) for one in Session.forms()])
        forms.focus()

    @on(OptionList.OptionSelected, "#forms")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id or "")

    def action_back(self) -> None:
        """Nothing is added."""
        self.dismiss("")
