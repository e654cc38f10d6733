"""Kept drafts: what was prepared without a card, or kept when the key was closed. Take one up, or drop it."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from baladeur.session import Session
from baladeur.tui.ask import Confirm
from baladeur.tui.footer import Footer
from baladeur.tui.lines import Lines
from baladeur.tui.plain import Plain, content, label
from baladeur.tui.room import Room

if TYPE_CHECKING:
    from baladeur.session import Begun, Draft, KeptDraft, Value


class Drafts(Room[None]):
    """The drafts of the record, oldest first."""

    CSS_PATH = "drafts.tcss"
    HELP = "help-drafts"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "key-back", key_display="Esc"),
        Binding("x", "drop", "key-drop"),
    ]

    def compose(self) -> ComposeResult:
        yield Plain(id="title")
        yield Lines(id="rows")
        yield Plain(id="hint")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#rows").focus()
        self.speak()

    def speak(self) -> None:
        """Read in a thread."""
        self.query_one("#title", Plain).show(content(self.say("drafts-title"), "bold"))
        session, visit = self.visit.session, self.visit
        if session is None:
            return

        def read() -> "list[KeptDraft]":
            visit.keep_pending()  # each keeping has another id: the list shows the last
            return session.drafts()

        self.behind(read, self._say_drafts)

    def _say_drafts(self, kept: "list[KeptDraft]") -> None:
        self.query_one("#rows", Lines).fill([(one.id, content(self._line(one))) for one in kept])
        self.query_one("#hint", Plain).show(self.say("drafts-hint" if kept else "drafts-empty"))
        self.refresh_bindings()

    def _line(self, one: "KeptDraft") -> str:
        language = self.baladeur.language
        name = "drafts-line" if one.readable else "drafts-unreadable"
        form = Session.form(one.form).label(language) if one.form else ""
        name = (f"{name}-form" if one.changes else "drafts-form") if form else name
        day = Session.day_words(label(one.day), language)
        return self.say(name, day=day, n=one.changes, title=label(one.title), form=form)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "drop" or bool(self.query("#rows") and self.query_one("#rows", Lines).chosen)

    @on(OptionList.OptionSelected, "#rows")
    def _take_up(self, event: OptionList.OptionSelected) -> None:
        visit, id_ = self.visit, event.option_id or ""
        session = visit.session
        if session is None:
            return
        if visit.unsigned and visit.pending is not None and visit.pending.kept_as != id_:
            self.notify(self.say("drafts-busy"), severity="warning", markup=False)
            return
        if visit.pending is not None and visit.pending.kept_as == id_:
            self._read(visit.pending)
            return

        def resume() -> "Draft":
            session.begin_writing()
            draft = session.resume_draft(id_)
            visit.take_up(draft)
            return draft

        self.behind(resume, self._read)

    def _read(self, draft: "Draft") -> None:
        """To the form that stands in it, begun; else to the signature."""
        if draft.begun is not None:
            self._form(draft, draft.begun)
            return
        from baladeur.tui.sign import Sign

        def signed(number: int | None) -> None:
            if number is not None:
                self.visit.pending = None
            self.speak()

        self.app.push_screen(Sign(draft), signed)

    def _form(self, draft: "Draft", begun: "Begun") -> None:
        from baladeur.tui.form import Form

        session = self.visit.session
        if session is None:
            return

        def read() -> "dict[str, Value]":
            return dict(session.values(draft, begun.line)[1]) if begun.line else {}

        def show(values: "dict[str, Value]") -> None:
            form = Form(draft, begun.kind, begun.line, values, typed=begun.values, at=begun.at)
            self.app.push_screen(form, lambda _: self.dismiss(None))  # what is left of it waits in the dossier

        self.behind(read, show)

    def action_drop(self) -> None:
        """Asked once; Escape and Enter keep it."""
        id_, visit = self.query_one("#rows", Lines).chosen, self.visit
        session = visit.session
        if session is None or not id_:
            return

        def drop() -> None:
            session.begin_writing()
            session.drop_draft(id_)
            if visit.pending is not None and visit.pending.kept_as == id_:
                visit.pending = None

        def asked(yes: bool | None) -> None:
            if yes:
                self.behind(drop, lambda _: self.speak())

        self.app.push_screen(Confirm("drafts-drop"), asked)

    def action_back(self) -> None:
        self.dismiss(None)
