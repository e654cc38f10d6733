"""Sign: one difference in plain sentences, the card, then sealed. Escape writes nothing."""

from dataclasses import replace
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from baladeur.errors import BaladeurError, ClockNotBelieved
from baladeur.session import Draft, Signatory
from baladeur.tui.ask import Ask
from baladeur.tui.footer import Footer
from baladeur.tui.pin import ScreenPin
from baladeur.tui.plain import Plain, content
from baladeur.tui.room import Room
from baladeur.tui.signed import Signed
from baladeur.wording import differences

_AUTO: Final = Signatory()


class Sign(Room[int | None]):
    """Asks for one signature over a draft; answers the number of the commit, or None if nothing was written.

    by: who signs, or None for what the patient declares without a card.
    """

    CSS_PATH = "sign.tcss"
    HELP = "help-sign"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "key-back-unsigned", key_display="Esc"),
        Binding("s", "sign", "key-sign"),
        Binding("a", "agree", "key-agree"),
    ]

    def __init__(self, draft: Draft, by: Signatory | None = _AUTO) -> None:
        super().__init__()
        self._draft, self._by = draft, by
        self._working = self._agreed = False
        self._problem: BaladeurError | None = None

    def compose(self) -> ComposeResult:
        yield Plain(id="title")
        with VerticalScroll(id="scroll"):
            yield Plain(id="told")
        yield Plain(id="who")
        yield Plain(id="state")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()

    def speak(self) -> None:
        """The difference, who would sign it, and what stands in the way."""
        rows = list(differences.told(self._draft, self.baladeur.language))
        self.query_one("#title", Plain).show(content(self.say("sign-title", n=len(rows)), "bold"))
        self.query_one("#told", Plain).show("\n".join(f" {row}" for row in rows) or self.say("nothing-to-sign"))
        self.query_one("#who", Plain).show(self._who())
        state: str | Content = self.say("sign-working") if self._working else self.say("sign-safe")
        if self._asked_to_agree():
            state = content(self.say("sign-agree"), "bold")
        elif self._problem is not None:
            state = content(self.sentence(self._problem), "bold")
        self.query_one("#state", Plain).show(state)

    def _who(self) -> str:
        session = self.visit.session
        if self._by is None or session is None:
            return self.say("sign-holder")
        try:
            return self.say("sign-who", who=session.signer(self._by))
        except BaladeurError as error:
            return self.sentence(error)

    def _asked_to_agree(self) -> bool:
        session = self.visit.session
        return session is not None and bool(session.blocked) and not self._agreed

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to sign, or something to agree to first: no key signs."""
        if action == "agree":
            return self._asked_to_agree()
        if action == "sign":
            return not (self._draft.empty or self._working or self._asked_to_agree())
        return True

    def action_agree(self) -> None:
        """Go on from this version although a newer one may be missing."""
        if self.visit.session is not None:
            self.visit.session.agree()
        self._agreed = True
        self.speak()
        self.refresh_bindings()

    def action_back(self) -> None:
        """Nothing was written."""
        if not self._working:
            self.dismiss(None)

    def action_sign(self) -> None:
        """Seal it, in a thread; if this computer's clock cannot be right, the date is asked first."""
        session, visit = self.visit.session, self.visit
        if session is None:
            return
        self._working, self._problem = True, None
        self.speak()

        def seal() -> int:
            session.check_clock(self._by)
            by = replace(self._by, pin=ScreenPin(self.baladeur)) if self._by and self._by.pin is None else self._by
            number = session.seal(self._draft, by)
            visit.refresh()
            return number

        self.behind(seal, self._sealed)

    def _dated(self, typed: str | None) -> None:
        session = self.visit.session
        if typed is None or session is None:
            return
        try:
            session.date_is(typed)
        except BaladeurError as error:
            self.complain(error)
        else:
            self.action_sign()

    def _sealed(self, number: int) -> None:
        session = self.visit.session
        if self._by is None or session is None:
            self.notify(self.say("sign-written", number=number), markup=False)
            self.dismiss(number)
        else:
            self.app.push_screen(Signed(session, number), lambda _: self.dismiss(number))

    def complain(self, error: BaladeurError) -> None:
        """Nothing was sealed; the draft is still here."""
        self._working, self._problem = False, error
        self.speak()
        self.refresh_bindings()
        if isinstance(error, ClockNotBelieved):
            self.app.push_screen(Ask("sign-day"), self._dated)
