"""A form, whole on one screen: coded words are looked up while somebody types, free text is always taken.

What is typed is told to the draft letter by letter, so that it is kept in the record with it (`Visit.keep_soon`).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import DescendantFocus
from textual.widgets import Input, OptionList, TextArea

from baladeur.errors import AuthoredRefused, BaladeurError, FormRefused
from baladeur.session import Coded, Kind, Session
from baladeur.tui.answers import Answers
from baladeur.tui.ask import Confirm
from baladeur.tui.field import Row, Text
from baladeur.tui.footer import Footer
from baladeur.tui.plain import Plain, content
from baladeur.tui.room import Room

if TYPE_CHECKING:
    from baladeur.session import Draft, Field, Value


class Form(Room[bool]):
    """Puts one new entry, or a correction of one, into a draft; answers whether it did.

    values: what stands in the line that it corrects; typed: what stood in the form when it was kept; at: where.
    """

    CSS_PATH = "form.tcss"
    AUTO_FOCUS = ""  #: it knows itself where to begin
    HELP = "help-form"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "key-back", key_display="Esc"),
        Binding("f10", "keep", "key-form-keep", key_display="F10"),
        Binding("tab", "go(1)", "key-after", key_display="Tab", priority=True),
        Binding("shift+tab", "go(-1)", "key-before", key_display="Maj+Tab", priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(
        self,
        draft: "Draft",
        kind: str,
        line: str = "",
        values: "Mapping[str, Value] | None" = None,
        *,
        typed: "Mapping[str, Value] | None" = None,
        at: str = "",
    ) -> None:
        super().__init__()
        self._draft, self._kind, self._line = draft, kind, line
        self._before: dict[str, Value] = dict(values or {})
        self._typed, self._first = typed, at
        self._fields: tuple[Field, ...] = Session.form(kind).fields
        self._at = 0
        self._left: set[str] = set()  #: fields that were left once: what is wrong with them is said
        self._faults: dict[str, str] = {}
        self._problem = ""

    @property
    def _session(self) -> "Session | None":
        """What is open; nothing once it was locked under the form."""
        visit = self.baladeur.visit
        return visit.session if visit is not None else None

    def compose(self) -> ComposeResult:
        yield Plain(id="title")
        with VerticalScroll(id="fields", can_focus=False):
            for one in self._fields:
                yield Row(one, self._begun(one))
            yield Answers(id="hits")
        yield Plain(id="problem")
        yield Footer()

    def _begun(self, one: "Field") -> "Value":
        """What stands in a field at first: what was typed before, what the line says, or today where that is usual."""
        if self._typed is not None:
            return self._typed.get(one.name, "")
        session = self._session
        if one.now and not self._line and session is not None:
            return session.today.isoformat()
        return self._before.get(one.name, "")

    def on_mount(self) -> None:
        session = self._session
        self._rows = list(self.query(Row))
        self._hits = self.query_one(Answers)
        self._lookup = session.lookup() if session else None
        names = [one.name for one in self._fields]
        self._at = names.index(self._first) if self._first in names else 0
        self.speak()
        self._start = self._values()
        self._show_field()
        self._rows[self._at].enter(on=self._typed is not None)
        if self._typed is not None:
            self._left = set(self._typed) - {self._first}
            self._judge()

    def on_unmount(self) -> None:
        if self._lookup is not None:
            self._lookup.close()

    def speak(self) -> None:
        """Every word of it."""
        language = self.baladeur.language
        form = Session.form(self._kind).label(language)
        for row in self._rows:
            row.speak(language)
        named = self._rows[0].text
        title = self.say("form-correct", form=form, line=named) if self._line else self.say("form-new", form=form)
        hint = f"\n{self.say('form-hint')}"
        self.query_one("#title", Plain).show(content(title, "bold") + content(hint, "$secondary"))
        self._say_beside()

    # ------------------------------------------------------------ what stands in it

    def _values(self) -> "dict[str, Value]":
        """What every field was understood as, and what is typed in the present one."""
        found = {row.field.name: row.value for row in self._rows}
        row = self._rows[self._at]
        if row.is_touched:
            found[row.field.name] = row.text.strip()
        return {name: value for name, value in found.items() if value or name in self._before}

    def _remember(self) -> None:
        """Tell the draft what stands here: it is kept with it."""
        values = self._values()
        if self._typed is None and values == self._start:
            Session.begin(self._draft, self._kind)
        else:
            Session.begin(self._draft, self._kind, self._line, values, self._rows[self._at].field.name)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._offer()
        self._remember()

    def _offer(self) -> None:
        """What could be meant, under the field."""
        row = self._rows[self._at]
        self._hits.offer(self._session, self._lookup, row, self.baladeur.language)
        self.call_after_refresh(self._in_sight)

    def _in_sight(self) -> None:
        if self._hits.display:
            self._hits.scroll_visible(animate=False, immediate=True)
        self._rows[self._at].scroll_visible(animate=False, immediate=True)

    # ------------------------------------------------------------ from field to field

    def _show_field(self) -> None:
        row = self._rows[self._at]
        self.query_one("#fields").move_child(self._hits, after=row)
        for one in self._rows:
            one.set_class(one is row, "here")
        self._offer()

    @on(DescendantFocus)
    def _focused(self, event: DescendantFocus) -> None:
        row = event.widget.parent
        if isinstance(row, Row) and self._rows[self._at] is not row:
            self._take()
            self._at = self._rows.index(row)
            self._show_field()

    def action_go(self, step: int) -> None:
        """Another field; what is in this one is kept."""
        self._take()
        at = self._at + step
        if 0 <= at < len(self._rows):
            self._at = at
            self._show_field()
            self._rows[at].enter()

    def action_move(self, step: int) -> None:
        """Another answer, while some are offered; the letters stay in the field. Else another field."""
        if not self._rows[self._at].moves(step) and not self._hits.move(step):
            self.action_go(step)

    @on(Input.Submitted)
    @on(Text.Submitted)
    def _entered(self) -> None:
        if self._at + 1 < len(self._rows):
            self.action_go(1)
        else:
            self.action_keep()

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self._hits.moved = True
        self.action_go(1)

    def _take(self) -> None:
        """Understand what stands in the present field, and say what is wrong with it."""
        row, session = self._rows[self._at], self._session
        if session is None:
            return
        row.write(self._hits.taken(session, row, self.baladeur.language), self.baladeur.language)
        self._hits.drop()
        self._left.add(row.field.name)
        self._judge()
        self._remember()
        self.visit.left_field()

    def _judge(self) -> None:
        session, language = self._session, self.baladeur.language
        if session is not None:
            found = session.faults(self._kind, self._values(), language)
            self._faults = {one.field: one.told(language) for one in found if one.field in self._left}
            self._problem = ""
            self._say_beside()

    def _say_beside(self) -> None:
        for row in self._rows:
            row.say_beside(self._faults.get(row.field.name, ""), self._note(row))
        problem = self.query_one("#problem", Plain)
        problem.show(content(self._problem, "bold $error"))
        problem.display = bool(self._problem)

    def _note(self, row: Row) -> str:
        """The code of what was chosen, or that it has none."""
        value = row.value
        if row.field.kind is not Kind.CODED or not value or row.is_touched:
            return ""
        if isinstance(value, Coded) and value.is_coded:
            return f"[{Session.system_name(value.system)} {value.code}]"
        return self.say("form-uncoded")

    # ------------------------------------------------------------ done

    def action_keep(self) -> None:
        """Put it into the draft."""
        self._take()
        session = self._session
        values = self._values()
        changed = {name: value for name, value in values.items() if self._before.get(name) != value}
        if session is None:
            return
        if self._line and not changed:  # an unchanged line gets no new version
            self._done(False)
            return
        if self._faults:
            self._to(set(self._faults))
            return
        try:
            if self._line:
                session.correct(self._draft, self._line, changed)
            else:
                session.add(self._draft, self._kind, changed)
        except FormRefused as refused:
            language = self.baladeur.language
            self._faults = {one.field: one.told(language) for one in refused.faults}
            self._left |= set(self._faults)
            self._to(set(self._faults))
        except AuthoredRefused as refused:
            self._refused(" ".join(one.sentence(self.baladeur.language) for one in refused.findings))
        except BaladeurError as error:
            self._refused(self.sentence(error))
        else:
            self._done(True)

    def _refused(self, problem: str) -> None:
        self._problem = problem
        self._say_beside()

    def _to(self, names: set[str]) -> None:
        """To the first field that something is wrong with."""
        self._say_beside()
        at = next((at for at, row in enumerate(self._rows) if row.field.name in names), self._at)
        self._at = at
        self._show_field()
        self._rows[at].enter()

    def _done(self, put: bool) -> None:
        Session.begin(self._draft, self._kind)
        self.dismiss(put)

    def action_back(self) -> None:
        """Leave it. What was typed is given up only when that was asked and answered."""
        if self._typed is None and self._values() == self._start:
            self._done(False)
            return

        def asked(yes: bool | None) -> None:
            if yes:
                self._done(False)

        self.app.push_screen(Confirm("form-leave"), asked)
