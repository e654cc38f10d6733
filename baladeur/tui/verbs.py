"""The quick verbs on the lines of the dossier: what they do goes into one draft, which Sign shows and seals."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.binding import ActiveBinding, Binding, BindingType

from baladeur.errors import BaladeurError, ClockNotBelieved
from baladeur.session import Session, Signatory
from baladeur.tui.ask import Ask
from baladeur.tui.line_ask import LineAsk
from baladeur.tui.room import Room

if TYPE_CHECKING:
    from baladeur.session import Draft, Row

_BY: Final = Signatory()
_LESS: Final = ("a", "m", "slash", "l")
#: The form that a section offers first.
FORMS: Final = {
    "allergies": "allergy", "problems": "problem", "past_history": "problem", "medications": "treatment",
    "procedures": "procedure", "immunizations": "vaccination", "results": "result", "vital_signs": "result",
    "devices": "device", "advance_directives": "directive", "documents": "note", "declared": "contact",
}  # fmt: skip


class Verbs(Room[None]):
    """Add, stop, correct, confirm, withdraw, review, adopt, reject; keep as a draft; sign."""

    part: str = ""
    _step: Callable[[], None] | None = None  #: what was asked of the draft last
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "key-add"),
        Binding("A", "add_other", "key-add-other", show=False),
        Binding("x", "stop", "key-stop"),
        Binding("c", "correct", "key-correct"),
        Binding("i", "confirm", "key-confirm"),
        Binding("v", "review", "key-review"),
        Binding("e", "withdraw", "key-withdraw", show=False),
        Binding("y", "adopt", "key-adopt"),
        Binding("n", "reject", "key-reject"),
        Binding("k", "keep_draft", "key-keep-draft", show=False),
        Binding("f", "finish", "key-finish", show=False),  # the line above the keys says it
        Binding("b", "drafts", "key-drafts", show=False),
        Binding("m", "bring", "key-bring"),
    ]

    def chosen_row(self) -> "Row | None":
        """The line under the cursor, while the lines have the focus."""
        raise NotImplementedError

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """On a line its verbs come first: what would push Escape off 80 columns works, and is told by F1."""
        found = super().active_bindings
        for key in _LESS if self.is_mounted and self.chosen_row() is not None else ():
            if key in found:
                found[key] = found[key]._replace(binding=replace(found[key].binding, show=False))
        return found

    def _own_row(self) -> "Row | None":
        """That line, if it is an entry of the record; what a document only names is refused in words."""
        row = self.chosen_row()
        if row is not None and row.link:
            self.notify(self.say("line-only-named"), severity="warning", markup=False)
            return None
        return row

    @property
    def pending(self) -> "Draft | None":
        """What was changed and not signed."""
        visit = self.baladeur.visit
        return visit.pending if visit is not None else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        tray, row = self.part == "tray", self.chosen_row()
        if action in ("finish", "keep_draft"):
            return self.pending is not None and not self.pending.empty
        if action in ("adopt", "reject"):
            return tray and row is not None
        if action in ("stop", "confirm") and self.part == "declared":
            return False  # what the patient declares is corrected or withdrawn
        if action in ("stop", "correct", "confirm", "withdraw"):
            return not tray and row is not None and self.part not in ("kept", "identity")
        if action == "review":
            return self.part in Session.REVIEWED
        return self.part != "tray" if action in ("add", "add_other") else True

    def _with_draft(self, step: "Callable[[Session, Draft], object]", then: Callable[[], None] | None = None) -> None:
        """Do something to the draft in a thread; the first draft opens the file for writing."""
        visit = self.visit
        session = visit.session
        if session is None:
            return

        def work() -> None:
            if visit.pending is None:
                session.check_clock()  # a draft that could not be dated could not be kept either
                visit.pending = visit.draft()
            step(session, visit.pending)

        self._step = partial(self._with_draft, step, then)
        self.behind(work, lambda _: (then or self.speak)())

    def complain(self, error: BaladeurError) -> None:
        """A clock that cannot be right: the day is asked, then the same again."""
        if isinstance(error, ClockNotBelieved) and self._step is not None:
            self.app.push_screen(Ask("sign-day"), self._dated)
        else:
            super().complain(error)

    def _dated(self, typed: str | None) -> None:
        session, step = self.visit.session, self._step
        if typed is None or session is None or step is None:
            return
        try:
            session.date_is(typed)
        except BaladeurError as error:
            super().complain(error)
        else:
            step()

    def _form(self, kind: str, line: str = "", values: "dict[str, Any] | None" = None) -> None:
        from baladeur.tui.form import Form

        if self.pending is not None:
            self.app.push_screen(Form(self.pending, kind, line, values), lambda _: self.speak())

    def action_add(self) -> None:
        """A new entry of the section; where it has no form of its own, which is asked."""
        if self.part in FORMS:
            self._add(FORMS[self.part])
        else:
            self.action_add_other()

    def action_add_other(self) -> None:
        """A new entry of any kind."""
        from baladeur.tui.kinds import Kinds

        self.app.push_screen(Kinds(), self._add)

    def _add(self, kind: str | None) -> None:
        if kind:
            Session.warm_editing()
            self._with_draft(lambda session, draft: None, partial(self._form, kind))

    def action_correct(self) -> None:
        """A new version of the line; the old one is kept."""
        row = self._own_row()
        found: dict[str, Any] = {}
        if row is None:
            return
        id_ = row.id

        def read(session: Session, draft: "Draft") -> None:
            found["kind"], found["values"] = session.values(draft, id_)

        self._with_draft(read, lambda: self._form(str(found["kind"]), id_, dict(found["values"])))

    def action_stop(self) -> None:
        """The day, then the reason."""
        row = self._own_row()
        if row is None:
            return
        id_ = row.id

        def judge(at: int, typed: str) -> tuple[str, str]:
            """What is wrong with an answer, or how a day was understood."""
            session, language = self.visit.session, self.baladeur.language
            if at or session is None:
                return "", typed
            fault = session.day_fault(typed, language, past=True)
            return fault, "" if fault else Session.day_words(session.day_typed(typed, language, past=True), language)

        def asked(said: tuple[str, ...] | None) -> None:
            if said:
                day = self.visit.session.day_typed(said[0], self.baladeur.language) if self.visit.session else ""
                self._with_draft(lambda session, draft: session.stop(draft, id_, day, said[1]))

        given = ("auj" if self.baladeur.language == "fr" else "today", "")
        self.app.push_screen(LineAsk(row.words, ("ask-stop-day", "ask-stop-reason"), given, judge), asked)

    def action_confirm(self) -> None:
        """The line holds unchanged."""
        if (row := self._own_row()) is not None:
            id_ = row.id
            self._with_draft(lambda session, draft: session.confirm(draft, id_, _BY))

    def _why(self, phrase: str, step: "Callable[[Session, Draft, str, str], object]") -> None:
        row = self._own_row()
        if row is None:
            return
        id_ = row.id

        def asked(said: tuple[str, ...] | None) -> None:
            if said and said[0]:
                self._with_draft(lambda session, draft: step(session, draft, id_, said[0]))

        self.app.push_screen(LineAsk(row.words, (phrase,), ("",)), asked)

    def action_withdraw(self) -> None:
        """It was recorded by mistake."""
        self._why("ask-mistake", lambda session, draft, id_, why: session.withdraw(draft, id_, why))

    def action_reject(self) -> None:
        """From the tray, with a reason."""
        self._why("ask-reject", lambda session, draft, id_, why: session.reject(draft, id_, why, _BY))

    def action_adopt(self) -> None:
        """From the tray into the record."""
        if (row := self._own_row()) is not None:
            id_ = row.id
            self._with_draft(lambda session, draft: session.adopt(draft, id_, ""))

    def action_review(self) -> None:
        """The section was gone through."""
        part = self.part
        self._with_draft(lambda session, draft: session.review(draft, [part], _BY))

    def action_keep_draft(self) -> None:
        """Kept in the record, encrypted, for whoever signs; the dossier is as it was."""

        def kept() -> None:
            self.visit.pending = None
            self.notify(self.say("draft-is-kept"), markup=False)
            self.speak()

        self._with_draft(lambda session, draft: session.save_draft(draft), kept)

    def action_drafts(self) -> None:
        """What was kept: to take up, or to drop."""
        from baladeur.tui.drafts import Drafts

        self.app.push_screen(Drafts(), lambda _: self.speak())

    def action_bring(self) -> None:
        """A document, seen before it is taken into the draft."""
        from baladeur.tui.bring import Bring

        def show() -> None:
            self.app.push_screen(Bring(), lambda _: self.speak())

        self._with_draft(lambda session, draft: None, show)

    def action_finish(self) -> None:
        """To the signature."""
        from baladeur.tui.sign import Sign

        def signed(number: int | None) -> None:
            if number is not None:
                self.visit.pending = None
            self.speak()

        if self.pending is not None:
            self.app.push_screen(Sign(self.pending), signed)
