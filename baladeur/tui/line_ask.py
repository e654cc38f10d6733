"""A few short answers about one line, one after the other. Escape is the safe answer: nothing is done."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input

from baladeur.tui.plain import Plain, content
from baladeur.tui.room import Question


class LineAsk(Question[tuple[str, ...] | None]):
    """asked: names of phrases; given: what stands in each field, to be typed over."""

    CSS_PATH = "line_ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "key-back", key_display="Esc")]

    def __init__(
        self,
        words: str,
        asked: tuple[str, ...],
        given: tuple[str, ...],
        judge: Callable[[int, str], tuple[str, str]] = lambda at, typed: ("", ""),
    ) -> None:
        """judge: what is wrong with the answer to a question, in words, and how it was understood."""
        super().__init__()
        self._words, self._asked, self._given, self._judge = words, asked, given, judge

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Plain(id="words")
            for at, value in enumerate(self._given):
                yield Plain(id=f"ask{at}")
                yield Input(value, id=f"field{at}", select_on_focus=True)
            yield Plain(id="keys")

    def on_mount(self) -> None:
        self.query_one("#field0").focus()

    def speak(self) -> None:
        """The line, and what is asked of it."""
        self.query_one("#words", Plain).show(content(self._words, "bold"))
        for at, name in enumerate(self._asked):
            self.query_one(f"#ask{at}", Plain).show(self.say(name))
        self.query_one("#keys", Plain).show(content(self.say("ask-keys"), "$secondary"))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        at = int((event.input.id or "field0").removeprefix("field"))
        if not self._good(at):
            return
        if at + 1 < len(self._asked):
            self.query_one(f"#field{at + 1}").focus()
        elif all(self._good(n) for n in range(at)):
            self.dismiss(tuple(self.query_one(f"#field{n}", Input).value.strip() for n in range(len(self._asked))))

    def _good(self, at: int) -> bool:
        """Whether an answer can be taken; under its question stands why not, or how it was understood."""
        fault, said = self._judge(at, self.query_one(f"#field{at}", Input).value.strip())
        told = content(self.say(self._asked[at]))
        if fault or said:
            told += content(f"  {fault or said}", "bold $error" if fault else "bold")
        self.query_one(f"#ask{at}", Plain).show(told)
        if fault:
            self.query_one(f"#field{at}").focus()
        return not fault

    def action_back(self) -> None:
        self.dismiss(None)
