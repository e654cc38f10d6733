"""What every screen shares: words that follow the language, the footer in words, help, work behind the screen."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar, cast

from textual.binding import ActiveBinding, Binding, BindingType
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.worker import Worker

from baladeur.errors import BaladeurError
from baladeur.wording.phrases import PHRASES, say
from baladeur.wording.sentences import sentence

if TYPE_CHECKING:
    from baladeur.tui.app import Baladeur
    from baladeur.tui.visit import Visit

R = TypeVar("R")  #: what a screen answers
T = TypeVar("T")  #: what work behind a screen gives


_LAST = ("l", "f2", "question_mark", "f1", "q", "escape")  #: where every footer has them


class Verb(NamedTuple):
    """A key, the phrase that names what it does, and that."""

    key: str
    phrase: str
    action: str
    node: DOMNode


class Speaking(Screen[R]):
    """A screen whose words follow the language, and whose keys are told in it."""

    HELP: ClassVar[str] = ""  #: the phrase that F1 shows
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "key-help", key_display="F1", show=False),
        Binding("f2", "language", "key-language", key_display="F2", show=False),
        Binding("f3", "theme", "key-theme", key_display="F3", show=False),
    ]

    @property
    def baladeur(self) -> "Baladeur":
        """The program."""
        return cast("Baladeur", self.app)

    @property
    def visit(self) -> "Visit":
        """What is open. Only where something is."""
        visit = self.baladeur.visit
        if visit is None:
            raise RuntimeError("nothing is open")
        return visit

    @property
    def demonstration(self) -> bool:
        """Whether a fictional patient's record is open: its cards are no CPS."""
        visit = self.baladeur.visit
        return bool(visit and visit.session and visit.session.demonstration)

    def say(self, name: str, **values: object) -> str:
        """A phrase in the present language."""
        return say(name, self.baladeur.language, **values)

    def sentence(self, error: BaladeurError) -> str:
        """What happened, what is safe, what to do."""
        return sentence(error, self.baladeur.language)

    def speak(self) -> None:
        """Put every word of the screen in the present language; called when it comes up and when that changes."""

    def complain(self, error: BaladeurError) -> None:
        """Show the sentence of an error that work behind the screen ended with."""
        self.notify(self.sentence(error), severity="error", timeout=20, markup=False)

    def on_mount(self) -> None:
        """The words come last: the subclass has made its widgets by then."""
        self.speak()

    def _spoken(self) -> None:
        if self._is_there:
            self.speak()

    @property
    def _is_there(self) -> bool:
        """Whether it is there still: a lock takes every screen off before what waits for them is done."""
        return self.is_attached and self in self.app.screen_stack

    def behind(self, work: Callable[[], T], then: Callable[[T], None]) -> Worker[None]:
        """Do work in a thread, then go on with its result here; an error of ours goes to `complain`.

        One piece after the other, and none is given up for the next, or with its screen: it may write.
        """

        app = self.baladeur
        app.busy += 1

        def run() -> None:
            step: Callable[[], None]
            try:
                with app.one_by_one:
                    result = work()
            except BaladeurError as error:
                step = partial(self.complain, error)
            else:
                step = partial(then, result)
            finally:
                app.busy -= 1
            self._back(step, app)

        return app.run_worker(run, thread=True, group="behind")

    def _back(self, step: Callable[[], None], app: "Baladeur | None" = None) -> None:
        """In the thread of the screen, unless it has gone meanwhile: then its result has, too.

        A screen that has gone knows no program any more, so it may be told which.
        """
        app = app or self.baladeur
        if app.is_running:
            with suppress(RuntimeError):  # it ended just now
                app.call_from_thread(lambda: step() if self._is_there else None)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """As they are, told in the present language: a description is the name of a phrase."""
        found = super().active_bindings
        for key in _LAST:
            if key in found:
                found[key] = found.pop(key)
        return {key: one._replace(binding=self._told(one.binding)) for key, one in found.items()}

    def verbs_now(self) -> list[Verb]:
        """What a key does of ours now."""
        found: dict[str, Verb] = {}
        for node, binding, enabled, _ in super().active_bindings.values():
            if enabled and binding.description in PHRASES:
                verb = Verb(self.app.get_key_display(binding), binding.description, binding.action, node)
                found.setdefault(binding.action, verb)
        return list(found.values())

    def _told(self, binding: Binding) -> Binding:
        if binding.description not in PHRASES:
            return binding
        return replace(binding, description=self.say(binding.description))

    def action_language(self) -> None:
        """The other language."""
        self.baladeur.change_language()

    def action_theme(self) -> None:
        """The next theme."""
        self.baladeur.next_theme()

    def action_help(self) -> None:
        """Help for what has the focus, else for the screen."""
        from baladeur.tui.help import Help

        name = getattr(self.focused, "HELP", "") or self.HELP
        if name and not isinstance(self.app.screen, Help):
            self.app.push_screen(Help(name, [(verb.key, verb.phrase) for verb in self.verbs_now()]))


class Room(Speaking[R]):
    """A whole screen; letters are verbs there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "language", "key-language"),
        Binding("question_mark", "help", "key-help", key_display="?"),
    ]


class Question(Speaking[R], ModalScreen[R]):
    """A question over a screen. Escape is the safe answer."""
