"""What waits in the tray in other words: title, who, where, when and, of a text, itself. What came is kept beneath."""

from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, TextArea

from baladeur.session import Words
from baladeur.text import safe_text
from baladeur.tui.footer import Footer
from baladeur.tui.plain import Plain, content
from baladeur.tui.room import Speaking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

_NAMES: Final = {"title": "amend-title-field", "who": "amend-who", "where": "amend-where", "day": "amend-day"}
_FIELDS: Final = tuple(_NAMES)


class Amend(Speaking["Words | None"]):
    """Answers the corrected words; None leaves it as it came."""

    CSS_PATH = "amend.tcss"
    HELP = "help-amend"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "keep", "key-form-keep", key_display="F10", priority=True),
        Binding("f1", "help", "key-help", key_display="F1"),
        Binding("f2", "language", "key-language", key_display="F2"),
        Binding("escape", "back", "key-back", key_display="Esc", priority=True),
    ]

    def __init__(self, said: Words) -> None:
        super().__init__()
        self._said = said
        self._shown = {name: safe_text(getattr(said, name)) for name in _FIELDS}
        self._text = safe_text(said.text or "", len(said.text or "") + 8, lines=True)

    def compose(self) -> ComposeResult:
        yield Plain(id="heading")
        with VerticalScroll(id="fields"):
            yield from self._fields()
        yield Plain(id="hint")
        yield Footer()

    def _fields(self) -> "Iterator[Widget]":
        for name in _FIELDS:
            yield Plain(id=f"name-{name}")
            yield Input(self._shown[name], id=f"field-{name}", select_on_focus=False)
        yield Plain(id="name-text")
        if self._said.text is not None:
            yield TextArea(self._text, id="field-text", tab_behavior="focus", soft_wrap=True)

    def on_mount(self) -> None:
        self.query_one("#field-text" if self._said.text is not None else "#field-title").focus()
        self.speak()

    def speak(self) -> None:
        """What each field is."""
        self.query_one("#heading", Plain).show(content(self.say("amend-title"), "bold"))
        for name in _FIELDS:
            self.query_one(f"#name-{name}", Plain).show(self.say(_NAMES[name]))
        self.query_one("#name-text", Plain).show(
            self.say("amend-text" if self._said.text is not None else "amend-no-text")
        )
        self.query_one("#hint", Plain).show(content(self.say("amend-hint"), "$secondary"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field."""
        self.focus_next()

    def action_keep(self) -> None:
        """What the fields say now; one that nobody touched says what came, whatever had to be hidden of it here."""
        values = {name: self.query_one(f"#field-{name}", Input).value for name in _FIELDS}
        values = {name: getattr(self._said, name) if one == self._shown[name] else one for name, one in values.items()}
        text = self._said.text
        if text is not None and (typed := self.query_one("#field-text", TextArea).text) != self._text:
            text = typed
        self.dismiss(Words(**values, text=text))

    def action_back(self) -> None:
        """As it came."""
        self.dismiss(None)
