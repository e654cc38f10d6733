"""A form, one field after the other: coded words are looked up while somebody types, free text is always taken."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from baladeur.errors import AuthoredRefused, BaladeurError, FormRefused
from baladeur.session import Coded, Kind
from baladeur.tui.footer import Footer
from baladeur.tui.lines import Lines
from baladeur.tui.plain import Plain, content
from baladeur.tui.room import Room

if TYPE_CHECKING:
    from baladeur.session import Draft, Field

_FREE = "free"  #: the row that keeps what was typed, without a code
_SAME = "same"  #: the row that leaves a coded value as it is


class Form(Room[bool]):
    """Puts one new entry, or a correction of one, into a draft; answers whether it did. Escape leaves it as it was."""

    CSS_PATH = "search.tcss"
    HELP = "help-form"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "key-back", key_display="Esc"),
        Binding("f10", "keep", "key-form-keep", key_display="F10"),
        Binding("shift+tab", "before", "key-before", key_display="Maj+Tab", priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(self, draft: "Draft", kind: str, line: str = "", values: dict[str, Any] | None = None) -> None:
        super().__init__()
        self._draft, self._kind, self._line = draft, kind, line
        self._before = dict(values or {})
        self._values = dict(values or {})
        self._at = 0
        self._answers: dict[str, Coded | str] = {}
        self._problem = ""

    def compose(self) -> ComposeResult:
        yield Plain(id="title")
        yield Input(id="query")
        yield Lines(id="hits")
        yield Plain(id="found")
        yield Footer()

    def on_mount(self) -> None:
        session = self.visit.session
        self._fields: tuple[Field, ...] = session.form(self._kind).fields if session else ()
        self._lookup = session.lookup() if session else None
        self.query_one("#query").focus()
        self._show_field()

    def on_unmount(self) -> None:
        if self._lookup is not None:
            self._lookup.close()

    def speak(self) -> None:
        session, language = self.visit.session, self.baladeur.language
        if session is None:
            return
        one = self._fields[self._at]
        must = " *" if one.required else ""
        place = f"{self._at + 1}/{len(self._fields)}"
        head = f"{session.form(self._kind).label(language)} {place} : {one.label(language)}{must}"
        self.query_one("#title", Plain).show(content(head, "bold"))
        rows = [f"{field.label(language)} : {told(self._values[field.name], self.say('form-uncoded'), field.kind)}"
                for field in self._fields if field.name in self._values]  # fmt: skip
        said = [content(self._problem, "bold $error")] if self._problem else []
        found = self.query_one("#found", Plain)
        found.show(Content("\n").join([*said, content("\n".join(rows) or self.say("form-hint"))]))

    def _show_field(self) -> None:
        value = self._values.get(self._fields[self._at].name, "")
        field = self.query_one("#query", Input)
        field.value = value.text if isinstance(value, Coded) else value if isinstance(value, str) else " ".join(value)
        self._suggest(field.value)
        self.speak()

    @on(Input.Changed, "#query")
    def _typed(self, event: Input.Changed) -> None:
        self._suggest(event.value)

    def _suggest(self, text: str) -> None:
        one, language = self._fields[self._at], self.baladeur.language
        rows: list[tuple[str, str]] = []
        self._answers = {}
        session, sure = self.visit.session, False
        before = self._values.get(one.name)
        if isinstance(before, Coded) and before.is_coded and before.text == text.strip():
            self._answers[_SAME], sure = before, True
            rows.append((_SAME, f"{before.text}  [{before.code}]"))
        if one.kind is Kind.CODED and text.strip() and self._lookup is not None and session is not None:
            for at, (answer, begins) in enumerate(session.fitting(self._lookup, one, text)):
                coded = session.coded(answer, language)
                self._answers[str(at)] = coded
                if self._answers.get(_SAME) == coded:
                    continue
                sure = sure or (at == 0 and begins)
                rows.append((str(at), f"{coded.text}  [{answer.system} {answer.term.code or '—'}]"))
            if _SAME not in self._answers:
                rows.append((_FREE, self.say("form-free", text=text.strip())))
        elif one.choices:
            last = text.lower().split()[-1:] if one.kind is Kind.CHOICES else [text.lower().strip()]
            for choice in one.choices:
                if any(choice.label(language).lower().startswith(word) or choice.code.lower() == word for word in last):
                    self._answers[choice.code] = choice.code
                    rows.append((choice.code, choice.label(language)))
        hits = self.query_one("#hits", Lines)
        hits.highlighted = None
        hits.fill([(key, content(row)) for key, row in rows])
        if rows:  # what only resembles is offered, and never taken by itself
            looked_up = one.kind is Kind.CODED
            hits.highlighted = (0 if sure else len(rows) - 1) if looked_up else (0 if text.strip() else None)

    def action_move(self, step: int) -> None:
        """Another answer; the letters stay in the field."""
        hits = self.query_one("#hits", Lines)
        if hits.option_count:
            at = hits.highlighted
            hits.highlighted = 0 if at is None else (at + step) % hits.option_count

    def _take(self) -> None:
        one, text = self._fields[self._at], self.query_one("#query", Input).value.strip()
        chosen = self._answers.get(self.query_one("#hits", Lines).chosen)
        before = self._values.get(one.name)
        if isinstance(before, Coded) and before.text == text and not isinstance(chosen, Coded):
            return
        if one.kind is Kind.CODED:
            self._values[one.name] = chosen if isinstance(chosen, Coded) else text
        elif one.kind is Kind.CHOICE and chosen is not None and text:
            self._values[one.name] = chosen
        else:
            self._values[one.name] = text
        if not self._values[one.name] and one.name not in self._before:
            del self._values[one.name]

    @on(Input.Submitted, "#query")
    def _entered(self) -> None:
        self._take()
        self._problem = ""
        if self._at + 1 < len(self._fields):
            self._at += 1
            self._show_field()
        else:
            self._put()

    def action_before(self) -> None:
        """The field before this one; what is in this one is kept."""
        self._take()
        self._at = max(0, self._at - 1)
        self._show_field()

    def action_keep(self) -> None:
        """Keep what is filled in."""
        self._take()
        self._put()

    def _put(self) -> None:
        session = self.visit.session
        if session is None:
            return
        changed = {name: value for name, value in self._values.items() if self._before.get(name) != value}
        if self._line and not changed:  # an unchanged line gets no new version
            self.dismiss(False)
            return
        try:
            if self._line:
                session.correct(self._draft, self._line, changed)
            else:
                session.add(self._draft, self._kind, changed)
        except FormRefused as refused:
            names = [fault.field for fault in refused.faults]
            at = next((at for at, one in enumerate(self._fields) if one.name in names), self._at)
            self._problem = " ".join(fault.sentence(self.baladeur.language) for fault in refused.faults)
            self._at = at
            self._show_field()
        except AuthoredRefused as refused:
            self._problem = " ".join(one.sentence(self.baladeur.language) for one in refused.findings)
            self.speak()
        except BaladeurError as error:
            self._problem = self.sentence(error)
            self.speak()
        else:
            self.dismiss(True)

    def action_back(self) -> None:
        """Nothing was put into the draft."""
        self.dismiss(False)


def told(value: object, uncoded: str, kind: Kind) -> str:
    """A value as it was understood: with its code, or marked as having none."""
    if isinstance(value, Coded) and value.is_coded:
        return f"{value.text} [{value.code}]"
    words = value.text if isinstance(value, Coded) else value if isinstance(value, str) else " ".join(value)  # type: ignore[arg-type]
    return f"{words} ({uncoded})" if kind is Kind.CODED and words else words
