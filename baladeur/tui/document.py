"""A document as text, inside; and the question before it leaves the encryption."""

from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from baladeur.tui.footer import Footer
from baladeur.tui.plain import Plain, content
from baladeur.tui.room import Question, Room
from baladeur.wording import dossier

if TYPE_CHECKING:
    from baladeur.session import Attached, Inside

_TOGETHER: Final = 200  #: lines of one widget: a long document is laid out in pieces


class Document(Room[None]):
    """What a kept file says. attached: the file inside the entry; without it, the entry is the file."""

    CSS_PATH = "document.tcss"
    HELP = "help-document"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "key-back", key_display="Esc"),
        Binding("s", "take_out", "key-take-out"),
    ]

    def __init__(self, id_: str, title: str, attached: "Attached | None" = None) -> None:
        super().__init__()
        self._entry_id, self._called, self._attached = id_, title, attached

    def compose(self) -> ComposeResult:
        yield Plain(id="title")
        with VerticalScroll(id="scroll"):
            yield Plain(id="remark")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()

    def speak(self) -> None:
        """Its text, read in a thread."""
        session, language = self.visit.session, self.baladeur.language
        if session is None:
            return
        self.query_one("#title", Plain).show(content(self._called, "bold"))

        def read() -> "Inside":
            one = self._attached
            if one is None or one.content is None:
                return session.inside(self._entry_id, language)
            return session.file_inside(one.content, one.media, language)

        self.behind(read, self._say_text)

    def _say_text(self, found: "Inside") -> None:
        said = " · ".join(dossier.inside(found, self.baladeur.language))
        self.query_one("#remark", Plain).show(content(said, "$warning" if found.remark else "$secondary"))
        scroll = self.query_one("#scroll")
        scroll.query(".text").remove()
        pieces = [found.lines[at : at + _TOGETHER] for at in range(0, len(found.lines), _TOGETHER)]
        scroll.mount_all(Plain("\n".join(piece), classes="text") for piece in pieces)

    def action_take_out(self) -> None:
        """Ask where it may go, and take it there."""
        session = self.visit.session
        if session is None:
            return
        where = session.place_out(self._entry_id, self._attached)

        def taken(how: str | None) -> None:
            if how:
                self.behind(lambda: session.take_out(self._entry_id, self._attached, how), self._gone)

        self.app.push_screen(TakeOut(self._called, str(where.file), str(where.folder)), taken)

    def _gone(self, where: str) -> None:
        self.notify(self.say("out-done", place=where), markup=False)

    def action_back(self) -> None:
        self.dismiss(None)


class TakeOut(Question[str | None]):
    """Where a document may go: file, view or print; None: nowhere."""

    CSS_PATH = "document.tcss"
    HELP = "help-document"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "choose('')", "key-back", key_display="Esc"),
        Binding("f", "choose('file')", "key-out-file"),
        Binding("v", "choose('view')", "key-out-view"),
        Binding("p", "choose('print')", "key-out-print"),
    ]

    def __init__(self, name: str, file: str, folder: str) -> None:
        super().__init__()
        self._called, self._file, self._folder = name, file, folder

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Plain(id="asked")

    def speak(self) -> None:
        """The places by name, and that traces stay there."""
        rows = [
            self.say("out-title", file=self._called), "", self.say("out-warn"), "",
            self.say("out-file", place=self._file), self.say("out-view", place=self._folder), self.say("out-print"), "",
            self.say("out-safe"),
        ]  # fmt: skip
        self.query_one("#asked", Plain).show("\n".join(rows))

    def action_choose(self, how: str) -> None:
        """One of the places, or none."""
        self.dismiss(how or None)
