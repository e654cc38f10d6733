"""The pending tray: each note or document read in full, then adopted, corrected or rejected for a signature."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList

from baladeur.errors import BaladeurError, FieldRefused
from baladeur.quiet import quiet
from baladeur.session import Session, Signatory
from baladeur.tui import arrivals
from baladeur.tui.ask import Confirm
from baladeur.tui.footer import Footer
from baladeur.tui.line_ask import LineAsk
from baladeur.tui.lines import Lines
from baladeur.tui.plain import Plain, content, label
from baladeur.tui.verbs import Verbs
from baladeur.wording import dossier
from baladeur.wording.sentences import sentence

if TYPE_CHECKING:
    from baladeur.session import Brought, Draft, Inside, Row, Told, Words


@dataclass(frozen=True, slots=True, repr=False)
class Waiting:
    """One entry of the tray, read in full; of a FHIR file what adopting it would bring, or why it is refused."""

    row: "Row"
    said: "Words"
    inside: "Inside"
    brought: "Brought | None" = None
    told: "list[Told]" = field(default_factory=list)
    trial: "Draft | None" = None
    refused: BaladeurError | None = None

    __repr__ = quiet


class Tray(Verbs):
    """What waits, unsigned. id_: the entry that is read first."""

    CSS_PATH = "tray.tcss"
    HELP = "help-tray"
    part = "tray"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "read", "key-read-original"),
        Binding("u", "undo", "key-undo"),
        Binding("f", "finish", "key-finish"),
        Binding("escape", "back", "key-back", key_display="Esc"),
    ]

    def __init__(self, id_: str = "") -> None:
        super().__init__()
        self._first = id_
        self._rows: dict[str, Row] = {}
        self._done: dict[str, str] = {}
        self._shown: Waiting | None = None
        self._said: Words | None = None  #: corrected words, until they are taken
        self._shown_words: Words | None = None  #: what they correct
        self._before: list[tuple[Draft, Draft]] = []  #: the draft before and after each decision, to undo the last

    def compose(self) -> ComposeResult:
        yield Plain(id="title")
        yield Lines(id="rows")
        with VerticalScroll(id="scroll"):
            yield Plain(id="told")
        yield Plain(id="hint")
        yield Plain(id="status")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#rows").focus()
        self.speak()

    def on_screen_resume(self) -> None:
        self.call_after_refresh(self._spoken)

    # ------------------------------------------------------------ words

    def speak(self) -> None:
        """What waits, and what was decided of it; read in a thread."""
        session, language, draft = self.visit.session, self.baladeur.language, self.pending
        if session is None:
            return
        self.behind(lambda: (session.rows("tray", language), session.decided(draft) if draft else {}), self._say_rows)

    def _say_rows(self, found: "tuple[list[Row], dict[str, str]]") -> None:
        rows, self._done = found
        self._rows = {one.id: one for one in rows}
        left = len(rows) - len(self._done)
        self.query_one("#title", Plain).show(content(self.say("tray-title", n=len(rows), left=left), "bold"))
        draft = self.pending
        waits = self.say("draft-pending", n=len(draft.told)) if draft and not draft.empty else ""
        self.query_one("#status", Plain).show(content(waits, "bold"))
        lines = self.query_one("#rows", Lines)
        lines.fill([(one.id, self._line(one)) for one in rows])
        if self._first in self._rows:
            lines.highlighted = list(self._rows).index(self._first)
            self._first = ""
        if not rows:
            self._shown = None
            self.query_one("#told", Plain).show(self.say("tray-nothing"))
            self.query_one("#hint", Plain).show("")
        self._read()
        self.refresh_bindings()

    def _line(self, one: "Row") -> Content:
        done = self._done.get(one.id, "")
        head = content(f"({self.say(f'tray-{done}')}) " if done else "", "$accent")
        tail = " · ".join(filter(None, (dossier.when(one.when, self.baladeur.language), one.speaker)))
        return Content.assemble(head, content(one.words, "bold"), content(f"  {tail}" if tail else ""))

    def _read(self) -> None:
        session, row, pending = self.visit.session, self.chosen_row(), self.pending
        if session is None or row is None:
            return
        done = row.id in self._done
        language = self.baladeur.language

        def read() -> Waiting:
            draft = session.draft()
            said, inside = session.words_waiting(draft, row.id), session.inside(row.id, language)
            if inside.kind != "fhir" or done:
                return Waiting(row, said, inside)
            trial = session.trial(pending) if pending is not None else draft
            known = len(trial.told)
            try:
                brought = session.look_at_waiting(trial, row.id)
            except BaladeurError as error:
                return Waiting(row, said, inside, refused=error)
            return Waiting(row, said, inside, brought, trial.told[known:], trial)

        self.behind(read, self._say_waiting)

    def _say_waiting(self, one: Waiting) -> None:
        self._shown = one
        self.query_one("#told", Plain).show(Content("\n").join([*self._head(one), Content(), *self._text(one)]))
        self.query_one("#hint", Plain).show(content(self._hint(one), "$secondary"))
        self.query_one("#scroll").scroll_home(animate=False)
        self.refresh_bindings()

    def _head(self, one: Waiting) -> list[Content]:
        language = self.baladeur.language
        rows = [content(label(one.said.title), "bold")]
        for name, value in (("who", one.said.who), ("where", one.said.where)):
            rows.append(content(self.say(f"tray-{name}", said=label(value) if value else self.say("tray-unsaid"))))
        rows.append(
            content(self.say("tray-when", said=dossier.when(one.row.when, language) or self.say("tray-unsaid")))
        )
        if one.row.commit is not None:
            day, who = dossier.dated(one.row.commit, language), dossier.who(one.row.commit, language)
            rows.append(content(self.say("tray-came", number=one.row.commit.number, day=day, who=who)))
        return [*rows, content(" · ".join(dossier.inside(one.inside, language)), "$secondary")]

    def _text(self, one: Waiting) -> list[Content]:
        language = self.baladeur.language
        if one.refused is not None:
            return [content(sentence(one.refused, language), "bold $error"), content(self.say("tray-refused"))]
        if one.brought is not None and one.trial is not None:
            rows = arrivals.remarks(one.brought, one.trial, one.told, language)
            return [content(self.say("tray-fhir", n=len(one.told)), "bold"), *rows]
        return [content("\n".join(one.inside.lines))]

    def _hint(self, one: Waiting) -> str:
        if one.row.id in self._done:
            return self.say("tray-hint-done")
        if one.refused is not None:
            return self.say("tray-hint-refused")
        return self.say("tray-hint-fhir" if one.inside.kind == "fhir" else "tray-hint")

    @on(OptionList.OptionHighlighted, "#rows")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        if self._shown is None or self._shown.row.id != event.option_id:
            self._read()

    @on(OptionList.OptionSelected, "#rows")
    def _opened(self) -> None:
        self.query_one("#scroll").focus()

    # ------------------------------------------------------------ keys

    def chosen_row(self) -> "Row | None":
        """The entry under the cursor, wherever the focus is."""
        return self._rows.get(self.query_one("#rows", Lines).chosen) if self.is_mounted else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is decided of what is not on the screen, or was decided already."""
        if action in ("adopt", "correct", "reject", "read"):
            one, row = self._shown, self.chosen_row()
            if one is None or row is None or one.row.id != row.id:
                return False
            if action == "read":
                return True
            return row.id not in self._done and (action == "reject" or one.refused is None)
        if action == "undo":
            return bool(self._before) and self._before[-1][1] is self.pending
        return super().check_action(action, parameters)

    def _decide(self, step: "Callable[[Session, Draft], object]") -> None:
        """A decision goes into a copy of the draft, so that the last one can be undone."""

        def decide(session: Session, draft: "Draft") -> None:
            after = session.trial(draft)
            step(session, after)
            self._before.append((draft, after))
            self.visit.pending = after

        self._with_draft(decide)

    def action_adopt(self) -> None:
        """Into the record as it came; where it is not sure whose it is, that is asked first."""
        one = self._shown
        if one is None:
            return
        id_ = one.row.id

        def agreed(yes: bool | None) -> None:
            if yes:
                self._decide(lambda session, draft: session.adopt(draft, id_, ""))

        if one.brought is not None and one.brought.plan.whose:
            self.app.push_screen(Confirm("tray-doubt", why=self.say(f"import-{one.brought.plan.whose}")), agreed)
        else:
            agreed(True)

    def action_correct(self) -> None:
        """Adopted in corrected words; a FHIR file is adopted, and its lines are corrected in the dossier."""
        from baladeur.tui.amend import Amend

        one = self._shown
        if one is None:
            return
        if one.inside.kind == "fhir":
            self.notify(self.say("tray-correct-fhir"), markup=False)
            self.action_adopt()
            return
        id_ = one.row.id
        if self._shown_words is not one.said:
            self._shown_words, self._said = one.said, None

        def kept(said: "Words | None") -> None:
            self._said = said
            if said is not None:
                self._decide(lambda session, draft: session.correct_waiting(draft, id_, said))

        self.app.push_screen(Amend(self._said or one.said), kept)

    def complain(self, error: BaladeurError) -> None:
        """A field that is refused: what was typed stands there again, to be mended."""
        super().complain(error)
        if isinstance(error, FieldRefused) and self._said is not None:
            self.action_correct()

    def action_reject(self) -> None:
        """Out of the tray, with a reason, which is signed and stays in the history."""
        one = self._shown
        if one is None:
            return
        id_, by = one.row.id, Signatory()

        def asked(said: tuple[str, ...] | None) -> None:
            if said and label(said[0]):
                self._decide(lambda session, draft: session.reject(draft, id_, label(said[0]), by))
            elif said:
                self.notify(self.say("tray-reason"), severity="warning", markup=False)

        self.app.push_screen(LineAsk(one.row.words, ("tray-why",), ("",)), asked)

    def action_undo(self) -> None:
        """The draft as it was before the last decision here."""
        if self._before:
            before, after = self._before.pop()
            before.kept_as = after.kept_as  # it may have been kept meanwhile
            self.visit.pending = before
            self.speak()

    def action_read(self) -> None:
        """The document as it came, from where it can be taken out."""
        from baladeur.tui.document import Document

        if (row := self.chosen_row()) is not None:
            self.app.push_screen(Document(row.id, row.words))

    def action_back(self) -> None:
        """What was decided waits among the changes to sign."""
        self.dismiss(None)
