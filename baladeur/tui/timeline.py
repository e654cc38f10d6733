"""History: the versions of the record, the newest first."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from baladeur.tui.footer import Footer
from baladeur.tui.lines import Lines
from baladeur.tui.plain import Plain, content
from baladeur.tui.room import Room
from baladeur.wording import dossier

if TYPE_CHECKING:
    from baladeur.session import Signed


class Timeline(Room[None]):
    """One line for each commit: when, who, with what verdict, what it did."""

    CSS_PATH = "timeline.tcss"
    HELP = "help-history"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "key-back", key_display="Esc")]

    def compose(self) -> ComposeResult:
        yield Plain(id="title")
        yield Lines(id="commits")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#commits").focus()

    def speak(self) -> None:
        self.query_one("#title", Plain).show(content(self.say("history-title"), "bold"))
        session = self.visit.session
        if session is not None:
            self.behind(session.timeline, self._say_commits)

    def _say_commits(self, commits: "list[Signed]") -> None:
        self.query_one("#commits", Lines).fill([(str(one.number), self._line(one)) for one in commits])

    def _line(self, one: "Signed") -> Content:
        language = self.baladeur.language
        head = f"{one.number:>3}  {dossier.moment(one, language)}  {dossier.who(one, language)}"
        did = dossier.did(one, language) or "—"
        good = one.verdict == "ok"
        verdict = content(
            dossier.verdict(one, language, demonstration=self.demonstration), "$secondary" if good else "bold $error"
        )
        return Content("\n").join(
            [content(head, "" if good else "bold $error"), Content.assemble(content(f"     {did} · "), verdict)]
        )

    def action_back(self) -> None:
        self.dismiss(None)
