"""Results: each analyte in each unit with its last value; then its values over time, as a table and a small plot."""

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList

from baladeur.tui.footer import Footer
from baladeur.tui.lines import Lines
from baladeur.tui.plain import Plain, content
from baladeur.tui.plot import plot
from baladeur.tui.room import Room
from baladeur.wording.phrases import Language, say

if TYPE_CHECKING:
    from baladeur.session import Point, Series


class Results(Room[None]):
    """One line for each series."""

    CSS_PATH = "results.tcss"
    HELP = "help-results"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "key-back", key_display="Esc")]

    def __init__(self) -> None:
        super().__init__()
        self._series: list[Series] = []

    def compose(self) -> ComposeResult:
        yield Plain(id="title")
        yield Lines(id="series")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#series").focus()

    def speak(self) -> None:
        session, language = self.visit.session, self.baladeur.language
        if session is not None:
            self.behind(lambda: session.series(language), self._say_series)

    def _say_series(self, found: "list[Series]") -> None:
        self._series = found
        title = self.say("results-title" if found else "results-none")
        self.query_one("#title", Plain).show(content(title, "bold"))
        self.query_one("#series", Lines).fill([(str(at), self._line(one)) for at, one in enumerate(found)])

    def _line(self, one: "Series") -> Content:
        more = self.say("results-count", n=len(one.points)) if len(one.points) > 1 else ""
        said = [one.analyte or self.say("unnamed"), told(one.last, self.baladeur.language), more]
        return content(" · ".join(piece for piece in said if piece), style(one.last))

    @on(OptionList.OptionSelected, "#series")
    def _opened(self, event: OptionList.OptionSelected) -> None:
        one = self._series[int(event.option_id or 0)]
        self.app.push_screen(OverTime(one.section, one.code or one.analyte, one.unit))

    def action_back(self) -> None:
        self.dismiss(None)


class OverTime(Room[None]):
    """The values of one analyte in one unit."""

    CSS_PATH = "results.tcss"
    HELP = "help-plot"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "key-back", key_display="Esc")]

    def __init__(self, section: str, name: str, unit: str) -> None:
        super().__init__()
        self._named = (section, name, unit)
        self._one: Series | None = None

    def compose(self) -> ComposeResult:
        yield Plain(id="title")
        with VerticalScroll(id="scroll"):
            yield Plain(id="plot")
            yield Plain(id="table")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._say_plot)

    def speak(self) -> None:
        session, language = self.visit.session, self.baladeur.language
        if session is not None:
            self.behind(lambda: session.series(language), self._say_one)

    def _say_one(self, found: "list[Series]") -> None:
        self._one = next(
            (one for one in found if (one.section, one.code or one.analyte, one.unit) == self._named), None
        )
        one = self._one
        if one is None:
            return
        unit = f" ({one.unit})" if one.unit else ""
        self.query_one("#title", Plain).show(content(f"{one.analyte}{unit}", "bold"))
        points = [content(f"  {self._row(point)}", style(point)) for point in reversed(one.points)]
        self.query_one("#table", Plain).show(Content("\n").join(points))
        self._say_plot()

    def _row(self, point: "Point") -> str:
        said = told(point, self.baladeur.language)
        return f"{said} ({point.interpretation})" if point.interpretation else said

    def _say_plot(self) -> None:
        if self._one is None:
            return
        rows = plot(self._one, max(30, self.app.size.width - 4), 10 if self.app.size.height < 30 else 18)
        said = "\n".join([*rows, self.say("plot-legend"), ""]) if rows else f"{self.say('plot-none')}\n"
        self.query_one("#plot", Plain).show(said)

    def action_back(self) -> None:
        self.dismiss(None)


def told(point: "Point", language: Language) -> str:
    """A value with its unit, range and date, and in words that it is to be confirmed."""
    day = point.date or say("results-undated", language)
    doubt = f"({say('results-doubt', language)}) " if point.place != "current" else ""
    return f"{doubt}{point.words} · {day}"


def style(point: "Point") -> str:
    """What is to be confirmed stands out by colour, too."""
    return "$warning" if point.place != "current" else ""
