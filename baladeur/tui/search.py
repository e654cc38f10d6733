"""Search: words in, lines out, across everything."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList

from baladeur.tui.footer import Footer
from baladeur.tui.lines import Lines, line
from baladeur.tui.plain import Plain, content
from baladeur.tui.room import Room
from baladeur.wording import dossier
from baladeur.wording.phrases import Language

if TYPE_CHECKING:
    from baladeur.session import Hit


class Search(Room[None]):
    """A field, and the lines that hold all its words. Letters are text here; Escape goes back."""

    CSS_PATH = "search.tcss"
    HELP = "help-search"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "key-back", key_display="Esc"),
        Binding("down", "down", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._hits: dict[str, Hit] = {}

    def compose(self) -> ComposeResult:
        yield Plain(id="title")
        yield Input(id="query")
        yield Plain(id="found")
        yield Lines(id="hits")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#query").focus()

    def speak(self) -> None:
        self.query_one("#title", Plain).show(content(self.say("search-title"), "bold"))
        self._look(self.query_one("#query", Input).value)

    @on(Input.Changed, "#query")
    def _typed(self, event: Input.Changed) -> None:
        self._look(event.value)

    @on(Input.Submitted, "#query")
    def _entered(self) -> None:
        self.action_down()

    def _look(self, query: str) -> None:
        session, language = self.visit.session, self.baladeur.language
        if session is None:
            return
        if not query.strip():
            self._say_hits("", [])
            return
        self.behind(lambda: session.search_for(query, language), lambda hits: self._say_hits(query, hits))

    def _say_hits(self, query: str, hits: "list[Hit]") -> None:
        if query != self.query_one("#query", Input).value and query:
            return
        language, many = self.baladeur.language, 200
        self._hits = {f"{one.row.id} {at}": one for at, one in enumerate(hits)}
        said = "search-many" if len(hits) >= many else "search-found" if hits else "search-none"
        found = self.say(said, n=len(hits)) if query else self.say("search-hint")
        self.query_one("#found", Plain).show(found)
        self.query_one("#hits", Lines).fill([(key, self._line(one, language)) for key, one in self._hits.items()])

    def _line(self, one: "Hit", language: Language) -> Content:
        where = content(f"{dossier.part(one.row.part, language)}: ", "$secondary")
        inside = content(f" « …{one.inside}… »", "$accent") if one.inside else Content()
        return Content.assemble(where, line(one.row, language), inside)

    @on(OptionList.OptionSelected, "#hits")
    def _opened(self, event: OptionList.OptionSelected) -> None:
        from baladeur.tui.entry import Entry

        if (hit := self._hits.get(event.option_id or "")) is not None:
            self.app.push_screen(Entry(hit.row.id, hit.row.link))

    def action_down(self) -> None:
        """From the field to the lines."""
        hits = self.query_one("#hits", Lines)
        if hits.option_count:
            hits.highlighted = hits.highlighted or 0
            hits.focus()

    def action_back(self) -> None:
        if self.focused is self.query_one("#hits"):
            self.query_one("#query").focus()
        else:
            self.dismiss(None)
