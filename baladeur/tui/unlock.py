"""Unlock: which key, whose secret. The field takes every secret and names what it opened."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.suggester import Suggester
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from baladeur.errors import BaladeurError
from baladeur.tui.footer import Footer
from baladeur.tui.plain import Plain, content, label
from baladeur.tui.room import Speaking

if TYPE_CHECKING:  # the door is loaded when the first picture stands
    from baladeur.session.typed import Typed
    from baladeur.tui.visit import Visit

_SCRIPTS = ("CYRILLIC", "GREEK", "ARABIC", "HEBREW", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "DEVANAGARI", "THAI")


class _Rest(Suggester):
    """Shows the rest of a word once it can be no other."""

    async def get_suggestion(self, value: str) -> str | None:
        """What was typed and the rest of its last word."""
        from baladeur.session.typed import completion

        rest = completion(value)
        return value + rest if rest else None


class Secret(Input):
    """The field for the secret."""

    HELP = "help-secret"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "key-open", key_display="Enter"),
        Binding("ctrl+c", "app.leave", "key-leave", show=False),
        Binding("up", "screen.choose(-1)", "key-choose", show=False),
        Binding("down", "screen.choose(1)", "key-choose", show=False),
    ]


class Unlock(Speaking[None]):
    """The first screen, and the one that is left when anything is closed."""

    HELP = "help-unlock"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+h,f4", "hide", "key-hide", key_display="F4"),
        Binding("f2", "language", "key-language", key_display="F2"),
        Binding("f6", "patient", "key-patient", key_display="F6"),
        Binding("f1", "help", "key-help", key_display="F1"),
        Binding("escape", "app.leave", "key-leave", key_display="Esc"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Path] = []
        self._reasons: tuple[str, ...] = ()
        self._state = ""  # a phrase: working, or nothing
        self._problem: BaladeurError | None = None
        self._started = 0.0
        self._ready = False
        self._early = False  #: Enter was pressed before a key was looked for

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Plain(id="five")
            yield Plain(id="reason")
            yield Plain(id="where")
            yield OptionList(id="keys", markup=False)
            yield Plain(id="ask")
            yield Secret(id="secret", suggester=_Rest(use_cache=False), select_on_focus=False)
            yield Plain(id="words")
            yield Plain(id="hint")
            yield Plain(id="state")
        yield Footer(compact=True)

    def on_mount(self) -> None:
        self.query_one(OptionList).display = False
        self.query_one(Secret).focus()
        self.call_after_refresh(lambda: self.run_worker(self._begin, thread=True))

    def _begin(self) -> None:
        """Load the door and look for the key, in a thread, while somebody reads the first picture."""
        from baladeur.flows import opening  # noqa: F401 - what follows Enter
        from baladeur.session import Session
        from baladeur.tui import emergency, visit  # noqa: F401 - and the next screen

        found = self._looked()
        self._back(lambda: self._begun(found))
        Session.rehearse()

    def _begun(self, found: list[Path]) -> None:
        self._ready = True
        self._found(found)
        self.speak()
        self.set_interval(1, self._tick)
        if self._early:
            self.action_open()

    # ------------------------------------------------------------ words

    def speak(self) -> None:
        """Everything that stands here."""
        self.query_one("#five", Plain).show(self.say("unlock-five"))
        self.query_one("#ask", Plain).show(self.say("unlock-ask"))
        self.query_one("#reason", Plain).show(" ".join(map(self.say, self._reasons)))
        self.query_one("#reason").display = bool(self._reasons)
        self._say_where()
        self._say_typed()
        self._say_state()

    def _say_where(self) -> None:
        if not self.found:
            text = self.say("unlock-no-key" if self._ready else "unlock-looking")
        elif len(self.found) == 1:
            text = self.say("unlock-key", path=label(str(self.found[0]), 60))
        else:
            text = self.say("unlock-keys", n=len(self.found))
        self.query_one("#where", Plain).show(text)

    def _say_typed(self) -> None:
        field = self.query_one(Secret)
        if not field.value:
            self.query_one("#words", Plain).show("")
            self.query_one("#hint", Plain).show(self.say("unlock-hint"))
            return
        from baladeur.session.typed import typed

        now = typed(field.value)
        self.query_one("#words", Plain).show(self._words(now, hidden=field.password))
        self.query_one("#hint", Plain).show(content(self._hint(now), "bold" if now.script else ""))

    def _words(self, now: "Typed", *, hidden: bool) -> str:
        if hidden or not now.words:
            return self.say("unlock-count", n=now.words) if now.tokens else ""
        return "  ".join(f"{at} {one.word or '…'}" for at, one in enumerate(now.tokens, 1))

    def _hint(self, now: "Typed") -> str:
        if now.script:
            name = now.script if now.script in _SCRIPTS else "OTHER"
            return self.say("unlock-script", script=self.say(f"script-{name}"))
        if now.wrong and len(now.tokens) > 1:
            return self.say("unlock-no-word", n=now.wrong)
        return self.say("unlock-hint") if not now.tokens else ""

    def _say_state(self) -> None:
        if self._problem is not None:
            text = content(self.sentence(self._problem), "bold")
        elif self._state:
            text = content(self.say(self._state, s=f"{self.baladeur.now() - self._started:.0f}"))
        else:
            text = content("")
        self.query_one("#state", Plain).show(text)

    def forget(self) -> None:
        """Words that somebody typed and left."""
        if self.query_one(Secret).value:
            self.told("locked-idle")

    def told(self, *reasons: str) -> None:
        """Why everything was closed, and what became of a draft: phrases. What was typed goes, too."""
        self._reasons, self._problem, self._state = tuple(filter(None, reasons)), None, ""
        if self.is_mounted:
            self.query_one(Secret).value = ""
            self._look()
            self.speak()
            self.query_one(Secret).focus()

    # ------------------------------------------------------------ which key

    def _looked(self) -> list[Path]:
        from baladeur.session import keys

        if self.baladeur.paths:
            return [one for one in self.baladeur.paths if keys.records(one)]
        return keys.found()

    def _look(self) -> None:
        self._found(self._looked())

    def _found(self, now: list[Path]) -> None:
        if now == self.found:
            return
        self.found = now
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(content(label(str(one), 70))) for one in now])
        options.display = len(now) > 1
        if len(now) > 1:
            options.highlighted = 0

    def _tick(self) -> None:
        if self.app.screen is not self:
            return
        if self._state:
            self._say_state()
        else:
            before = self.found
            self._look()
            if self.found != before:
                self._say_where()

    def _chosen(self) -> Path | None:
        if len(self.found) < 2:
            return self.found[0] if self.found else None
        at = self.query_one(OptionList).highlighted
        return self.found[at or 0]

    # ------------------------------------------------------------ open

    def on_input_changed(self, event: Input.Changed) -> None:
        self._problem, self._early = None, False
        self._say_typed()
        self._say_state()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.action_open()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.query_one(Secret).focus()

    def action_choose(self, step: int) -> None:
        """Another key of the list, while the field keeps the focus."""
        options = self.query_one(OptionList)
        if len(self.found) > 1:
            options.highlighted = ((options.highlighted or 0) + step) % len(self.found)

    def action_hide(self) -> None:
        """Show or hide what is typed."""
        field = self.query_one(Secret)
        field.password = not field.password
        self._say_typed()

    def action_patient(self) -> None:
        """The patient's own: create a record, look after the one that is there, a key that is lost."""
        from baladeur.flows import menu

        if not self._state:
            told = [one for one in self.baladeur.paths if one.is_dir()]
            path = self._chosen() or next(iter(told), None)
            self.baladeur.converse(menu.begin(path, language=self.baladeur.language), self._conversed)

    def _conversed(self, ended: str | None) -> None:
        self.told("locked-idle" if ended == "idle" else "removable" if ended in ("created", "done") else "")

    def action_open(self) -> None:
        """Derive the key and open, in a thread: the screen keeps answering."""
        from baladeur.session import keys
        from baladeur.tui.visit import open_visit

        text, path, self._early = self.query_one(Secret).value, self._chosen(), not self._ready
        if self._state or not text.strip() or path is None:
            return
        self._state, self._problem, self._started = "unlock-working", None, self.baladeur.now()
        self._say_state()
        self.behind(lambda: open_visit(path, text), partial(self._whose, len(keys.records(path))))

    def _whose(self, count: int, visit: "Visit") -> None:
        """Where a key holds several records, whose this is comes before anything of it."""
        if count < 2 or visit.session is None:
            self._opened(visit)
            return
        from baladeur.flows import opening

        self._state = ""
        self.query_one(Secret).value = ""
        self.baladeur.converse(opening.whose(visit.session, count), partial(self._agreed, visit))

    def _agreed(self, visit: "Visit", ended: str | None) -> None:
        if ended == "done":
            self._opened(visit)
        else:
            visit.close_dossier()
            self.told("locked-idle" if ended == "idle" else "")

    def _opened(self, visit: "Visit") -> None:
        self._state, self._reasons = "", ()
        field = self.query_one(Secret)
        field.value = ""
        field.password = False
        self.speak()
        self.baladeur.opened(visit)

    def complain(self, error: BaladeurError) -> None:
        """At once, where the eyes are; what was typed stays, to be mended."""
        self._state, self._problem = "", error
        self._say_state()
