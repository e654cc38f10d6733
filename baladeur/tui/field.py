"""One row of a form: what a field is called, what stands in it, and beside it the code, or what is wrong."""

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, TextArea

from baladeur.session import Coded, Kind, Session
from baladeur.tui.plain import Plain, content, tamed
from baladeur.wording.phrases import Language, say

if TYPE_CHECKING:
    from baladeur.session import Field, Value


class Text(TextArea):
    """Several lines. Enter goes on to the next field, except in the body of a note, where it begins a line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+j", "line", show=False)]

    class Submitted(Message):
        """Enter was pressed where it goes on."""

    def __init__(self, *, body: bool) -> None:
        super().__init__(compact=True, highlight_cursor_line=False)
        self._body = body

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self._body:
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())
            return
        await super()._on_key(event)

    def action_line(self) -> None:
        """A new line."""
        self.insert("\n")


class Row(Horizontal):
    """A field of a form. `value` is what it was understood as; what is typed since stands in `text`."""

    def __init__(self, field: "Field", value: "Value") -> None:
        super().__init__(id=f"row-{field.name}", classes="long" if field.kind is Kind.LONG else "")
        self.field, self.value = field, value
        self._shown = ""
        self._entry: Input | Text = (
            Text(body=field.required) if field.kind is Kind.LONG else Input(compact=True, id=f"field-{field.name}")
        )

    def compose(self) -> ComposeResult:
        yield Plain(classes="label")
        yield self._entry
        yield Plain(classes="beside")

    @property
    def text(self) -> str:
        """What is typed in it."""
        return self._entry.text if isinstance(self._entry, Text) else self._entry.value

    @property
    def is_touched(self) -> bool:
        """Whether something was typed in it that was not taken yet."""
        return self.text.strip() != self._shown.strip()

    def put(self, text: str) -> None:
        """Other words in it."""
        text = "\n".join(tamed(line) for line in text.split("\n"))
        if isinstance(self._entry, Text):
            with self.prevent(TextArea.Changed):
                self._entry.text = text
        else:
            with self.prevent(Input.Changed):
                self._entry.value = " ".join(text.split("\n"))

    def write(self, value: "Value", language: Language) -> None:
        """Put a value in it, in words: a date with its month, a choice by its name."""
        self.value = value
        if shown(self.field, value, language) != self.text.strip():
            self.put(shown(self.field, value, language))
        self._shown = self.text

    def speak(self, language: Language) -> None:
        """Its words in a language; what is being typed stays."""
        must = self.field.required
        self.query_one(".label", Plain).show(content(self.field.label(language) + (" *" if must else "")))
        self._entry.placeholder = say("form-required" if must else "form-optional", language)
        if not self.is_touched:
            self.write(self.value, language)

    def say_beside(self, fault: str, note: str) -> None:
        """What is wrong with it, or else its code."""
        self.query_one(".beside", Plain).show(content(fault, "bold $error") if fault else content(note, "$secondary"))
        self.set_class(bool(fault), "wrong")

    def enter(self, *, on: bool = False) -> None:
        """Type in it, over what stands there; on: behind it."""
        if isinstance(self._entry, Input):
            self._entry.select_on_focus = not on
            self._entry.cursor_position = len(self._entry.value)
        self._entry.focus()

    def moves(self, step: int) -> bool:
        """Whether an arrow moves within its text; it has then."""
        if not isinstance(self._entry, Text):
            return False
        before = self._entry.cursor_location
        self._entry.action_cursor_down() if step > 0 else self._entry.action_cursor_up()
        return self._entry.cursor_location[0] != before[0]


def shown(field: "Field", value: "Value", language: Language) -> str:
    """A value in the words of a language, as it could be typed, too."""
    if isinstance(value, Coded):
        return value.text
    if not isinstance(value, str):
        return ", ".join(_named(field, one, language) for one in value)
    if field.kind is Kind.DATE:
        return Session.day_words(value, language)
    return _named(field, value, language)


def _named(field: "Field", code: str, language: Language) -> str:
    return next((one.label(language) for one in field.options if one.code == code), code)
