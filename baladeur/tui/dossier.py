"""Dossier: the sections on the left, the lines of one on the right."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList

from baladeur.tui.footer import Footer
from baladeur.tui.lines import Lines, line
from baladeur.tui.plain import Plain, content, label
from baladeur.tui.times import FOLDER_LOOKED_AT
from baladeur.tui.verbs import Verbs
from baladeur.wording import dossier

if TYPE_CHECKING:
    from baladeur.session import KeptDraft, Part, Row


class Dossier(Verbs):
    """Everything that is recorded, and what is not. `part`: the section that stands on the right."""

    CSS_PATH = "dossier.tcss"
    HELP = "help-dossier"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "key-back", key_display="Esc"),
        Binding("slash", "go('search', 'Search')", "key-search", key_display="/"),
        Binding("r", "go('results', 'Results')", "key-results", show=False),
        Binding("h", "go('timeline', 'Timeline')", "key-history", show=False),
        Binding("j", "join", "key-join", show=False),
        Binding("left", "side('parts')", show=False),
        Binding("right", "side('rows')", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.part = ""
        self._wanted = False
        self._reading = 0  #: how many times it was begun to read the record
        self._kept: list[KeptDraft] = []  #: drafts that wait in the record
        self._news = 0  #: files in the watched folder
        self._looking = False
        self._parts: dict[str, Part] = {}
        self._rows: dict[str, Row] = {}

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Lines(id="parts")
            with Vertical():
                yield Plain(id="remarks")
                yield Lines(id="rows")
        yield Plain(id="status")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#parts").focus()
        self.set_interval(FOLDER_LOOKED_AT, self._watch)

    def on_screen_resume(self) -> None:
        self.call_after_refresh(self._spoken)

    def speak(self) -> None:
        """The sections, then the lines of the one that was chosen; the record is read in a thread."""
        session = self.visit.session
        if session is None:
            return
        if not self._parts:
            self.query_one("#remarks", Plain).show(self.say("reading"))
        draft = self.pending if self.pending and not self.pending.empty else None

        mine = self.pending.kept_as if self.pending else ""

        def read() -> "tuple[list[Part], list[KeptDraft]]":
            self.visit.watch_folder(draft)
            return session.parts(draft), [one for one in session.drafts() if one.id != mine]

        self._reading += 1
        self.behind(read, partial(self._say_parts, self._reading))

    def _say_parts(self, reading: int, found: "tuple[list[Part], list[KeptDraft]]") -> None:
        if reading != self._reading:  # an older one that ended later would show what no more holds
            return
        parts, self._kept = found
        self._parts = {one.name: one for one in parts}
        self.part = self.part or next((one.name for one in parts if one.count), parts[0].name)
        left = self.query_one("#parts", Lines)
        left.fill([(one.name, self._title(one)) for one in parts], self.part)
        self.part = left.chosen  # keys may have moved it before it was there
        self._say_rows()
        if self._wanted:
            self.action_side("rows")

    def _title(self, one: "Part") -> Content:
        """A section's name and how much is in it; what wants a look is marked."""
        mark = "!" if one.clashes else "?" if one.doubts else " "
        words = f"{mark}{one.count or '':>4} {dossier.part(one.name, self.baladeur.language)}"
        return content(words, "" if one.count else "$secondary")

    def _say_rows(self) -> None:
        session, one = self.visit.session, self._parts.get(self.part)
        if session is None or one is None:
            return
        language = self.baladeur.language
        draft = self.pending if self.pending and not self.pending.empty else None
        rows = session.rows(one.name, language, draft)
        self._say_status()
        self._rows = {f"{row.id} {at}": row for at, row in enumerate(rows)}
        said = [dossier.part(one.name, language).upper(), *dossier.remarks(one, language)]
        self.query_one("#remarks", Plain).show(content(" · ".join(said), "bold"))
        self.query_one("#rows", Lines).fill([(key, line(row, language)) for key, row in self._rows.items()])
        self.refresh_bindings()

    def _say_status(self) -> None:
        draft, inbox = self.pending, self.visit.inbox
        waits = [self.say("draft-pending", n=len(draft.told))] if draft and not draft.empty else []
        if any(one.form for one in self._kept):
            waits.append(self.say("drafts-form-waits"))
        elif self._kept:
            waits.append(self.say("drafts-waiting", n=len(self._kept)))
        if inbox is not None and self._news:
            waits.append(self.say("watch-news", n=self._news, folder=label(inbox.folder.name or str(inbox.folder), 30)))
        self.query_one("#status", Plain).show(content(" · ".join(waits), "bold"))

    def _watch(self) -> None:
        """One look at the watched folder, in a thread of its own that touches no record."""
        visit = self.baladeur.visit
        inbox = visit.inbox if visit is not None else None
        if inbox is None or self._looking or self.app.screen is not self:
            return
        self._looking = True

        def look() -> None:
            try:
                found = inbox.look()
            finally:
                self._looking = False
            self._back(partial(self._say_news, found))

        self.run_worker(look, thread=True, group="watch")

    def _say_news(self, found: int) -> None:
        if found != self._news:
            self._news = found
            self._say_status()

    @on(OptionList.OptionHighlighted, "#parts")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id and event.option_id != self.part and event.option_id in self._parts:
            self.part = event.option_id
            self.query_one("#rows", Lines).highlighted = None
            self._say_rows()

    @on(OptionList.OptionSelected, "#parts")
    def _chosen(self) -> None:
        self.action_side("rows")

    @on(OptionList.OptionSelected, "#rows")
    def _opened(self, event: OptionList.OptionSelected) -> None:
        from baladeur.tui.entry import Entry

        row = self._rows.get(event.option_id or "")
        if row is not None and row.part == "tray":
            self._to_tray(row.id)
        elif row is not None:
            self.app.push_screen(Entry(row.id, row.link))

    def chosen_row(self) -> "Row | None":
        """The line under the cursor, while the lines have the focus."""
        rows = self.query_one("#rows", Lines)
        return self._rows.get(rows.chosen) if self.focused is rows else None

    def on_descendant_focus(self) -> None:
        self.refresh_bindings()

    def action_join(self) -> None:
        """What another copy has since, read in sentences, then signed: in a draft of its own, which is not kept."""
        from baladeur.tui.sign import Sign
        from baladeur.tui.talk import Join

        if self.pending is not None and not self.pending.empty:
            self.notify(self.say("drafts-busy"), severity="warning", markup=False)
            return

        def signed(number: int | None) -> None:
            if number is not None:
                self.visit.pending = None
            self.speak()

        def show() -> None:
            session = self.visit.session
            if session is not None:
                draft = session.draft()

                def told(ended: str | None) -> None:
                    if ended == "diverged":
                        self.app.push_screen(Sign(draft), signed)

                self.app.push_screen(Join(draft), told)

        self._with_draft(lambda session, draft: None, show)

    def action_adopt(self) -> None:
        """What waits is read before it is adopted."""
        if (row := self.chosen_row()) is not None:
            self._to_tray(row.id)

    action_reject = action_adopt

    def _to_tray(self, id_: str) -> None:
        from baladeur.tui.tray import Tray

        self.app.push_screen(Tray(id_))

    def action_side(self, name: str) -> None:
        """The other side."""
        rows = self.query_one("#rows", Lines)
        if name == "rows" and not rows.option_count:
            self._wanted = not self._parts  # pressed before the record was read
            return
        if name == "rows" and rows.highlighted is None:
            rows.highlighted = 0
        self.query_one(f"#{name}").focus()

    def action_go(self, module: str, room: str) -> None:
        """A room above this one."""
        from importlib import import_module

        self.app.push_screen(getattr(import_module(f"baladeur.tui.{module}"), room)())

    def action_back(self) -> None:
        """From the lines to the sections, from these to the page."""
        if self.focused is self.query_one("#rows"):
            self.action_side("parts")
        else:
            self.dismiss(None)
