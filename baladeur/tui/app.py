"""The program with screens: its language, its themes, what it is for. What is open, and how it is locked: `Locks`."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from baladeur.tui.locks import Locks
from baladeur.tui.room import Speaking
from baladeur.tui.themes import THEMES
from baladeur.tui.times import clock
from baladeur.tui.unlock import Unlock
from baladeur.wording.phrases import Language, say

if TYPE_CHECKING:  # the door is loaded when the first picture stands
    from baladeur.flows.steps import Flow


class Baladeur(Locks, inherit_bindings=False):
    """Screens over one door."""

    #: The lowest screen brings no style by itself; that of a later one makes all styles be worked out anew.
    CSS_PATH: ClassVar = [Path(__file__).with_name(f"{name}.tcss") for name in ("app", "unlock", "emergency")]
    TITLE = "Baladeur"
    NOTIFICATION_TIMEOUT = 10
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "key-leave", show=False, priority=True),
        Binding("ctrl+c", "leave", "key-leave", show=False),
        Binding("ctrl+z", "halt", show=False),
    ]

    def __init__(
        self,
        paths: Sequence[Path] = (),
        language: Language = "fr",
        *,
        clock: Callable[[], float] = clock,
        today: Callable[[], date] = date.today,
        talk: "Flow | None" = None,
    ) -> None:
        """paths: where to look for a record; none: on removable volumes. talk: what the program is for, and no more."""
        super().__init__(clock)
        self.paths, self.language, self.today = tuple(paths), language, today
        self.secret_shown = False  #: words stood on the screen: the scrollback is to be wiped at the end
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self._talk = talk
        self.ended = ""  #: how that conversation ended

    def get_default_screen(self) -> Screen[None]:
        """The Unlock screen lies below all others, and is what is left when something is closed."""
        return Unlock()

    def on_mount(self) -> None:
        self.watch_time()
        if self._talk is not None:
            self.converse(self._talk, self._end_with)

    def converse(self, flow: "Flow", then: Callable[[str | None], None]) -> None:
        """Lead the patient through a conversation."""
        from baladeur.tui.talk import Talk

        self.push_screen(Talk(flow), then)

    def _end_with(self, ended: str | None) -> None:
        self.ended = ended or ""
        self.exit()

    # ------------------------------------------------------------ words and colours

    def change_language(self) -> None:
        """The other language, on every screen that stands."""
        self.language = "en" if self.language == "fr" else "fr"
        for screen in self.screen_stack:
            if isinstance(screen, Speaking):
                screen.speak()
        self.screen.refresh_bindings()

    def next_theme(self) -> None:
        """Light, dark, contrast, in turn."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What applies now: the keys of the screen that stands, and nothing of Textual's own."""
        if isinstance(screen, Speaking):
            for verb in screen.verbs_now():
                run = partial(self.call_later, self.run_action, verb.action, verb.node)
                yield SystemCommand(say(verb.phrase, self.language), verb.key, run)
