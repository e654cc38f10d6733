"""The program with screens: language, theme, what is open, and that close means locked."""

import asyncio
import signal
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from baladeur.tui.crash import QuietApp
from baladeur.tui.room import Speaking
from baladeur.tui.themes import THEMES
from baladeur.tui.times import DOSSIER_OPEN, PAGE_SHOWN, SLEPT, clock
from baladeur.tui.unlock import Unlock
from baladeur.wording.phrases import Language, say

if TYPE_CHECKING:  # the door is loaded when the first picture stands
    from baladeur.flows.steps import Flow
    from baladeur.tui.visit import Visit

_ENDS = ("SIGTERM", "SIGHUP")  #: whoever is asked to end wipes the screen first


class Baladeur(QuietApp, inherit_bindings=False):
    """Screens over one door. `visit` is what is open; without it only the Unlock screen stands."""

    #: The lowest screen brings no style by itself; that of a later one makes all styles be worked out anew.
    CSS_PATH: ClassVar = [Path(__file__).with_name(f"{name}.tcss") for name in ("app", "unlock", "emergency")]
    TITLE = "Baladeur"
    NOTIFICATION_TIMEOUT = 10
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "key-leave", show=False, priority=True),
        Binding("ctrl+c", "leave", "key-leave", show=False),
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
        super().__init__()
        self.paths, self.language, self.now, self.today = tuple(paths), language, clock, today
        self.visit: Visit | None = None
        self.secret_shown = False  #: words stood on the screen: the scrollback is to be wiped at the end
        self.busy = 0  #: pieces of work behind the screens: the file is not closed under one that writes
        self.one_by_one = Lock()  #: and they never meet
        self._left = ""  #: what became of a draft when its dossier was closed: kept, lost, or nothing
        self._warned = False
        self.touched = self.looked = self.now()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self._talk = talk
        self.ended = ""  #: how that conversation ended

    def get_default_screen(self) -> Screen[None]:
        """The Unlock screen lies below all others, and is what is left when something is closed."""
        return Unlock()

    def on_mount(self) -> None:
        self.set_interval(1, self.look)
        loop = asyncio.get_running_loop()
        for name in _ENDS:
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(getattr(signal, name), self._end)
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

    # ------------------------------------------------------------ opened, locked, left

    def opened(self, visit: "Visit") -> None:
        """A record was opened: show its emergency page."""
        from baladeur.tui.emergency import Emergency

        self.lock("")
        self.visit = visit
        self.touched = self.looked = self.now()
        self.push_screen(Emergency())

    def told(self, phrase: str, seconds: float | None = None) -> None:
        """A sentence over whatever stands."""
        self.notify(say(phrase, self.language), markup=False, timeout=seconds)

    def forget(self) -> None:
        """Let go of the keys; what is not signed is kept in the record first, while its key is there."""
        self._left = ""
        if self.visit is not None:
            with suppress(Exception):  # whatever stands in the way of keeping it, the keys are let go of
                self._left = "" if self.busy else self.visit.keep_pending()
            self.visit.close_dossier()

    def lock_dossier(self) -> None:
        """Let go of the keys and of every screen above the emergency page, which stays."""
        if self.visit is not None:
            self.forget()
            self._pop_to(2)
            if self._left:
                self.told(f"left-{self._left}", PAGE_SHOWN if self._left == "lost" else None)

    def lock(self, reason: str) -> None:
        """Let go of everything that was open; only Unlock stays, and says why (the name of a phrase)."""
        self.forget()
        self.visit = None
        self.clear_notifications()
        self._pop_to(1)
        unlock = self.screen_stack[0] if self.screen_stack else None
        if isinstance(unlock, Unlock):
            unlock.told(*filter(None, (reason, f"left-{self._left}" if self._left else "")))

    def _pop_to(self, count: int) -> None:
        while len(self.screen_stack) > count:
            self.pop_screen()

    def action_leave(self) -> None:
        """Lock and end; the words that stay on the terminal say that the key can be taken out."""
        had = self.visit is not None
        if had and self.busy:
            self.notify(say("busy", self.language), markup=False)
            return
        if (
            self.visit is not None
            and self.visit.is_there()
            and self.visit.keep_pending() == "lost"
            and not self._warned
        ):
            self._warned = True
            self.told("leave-lost")
            return
        self.lock("")
        said = ["removable", *([f"left-{self._left}"] if self._left else [])]
        self.exit(message="\n".join(say(one, self.language) for one in said) if had else None)

    def _end(self) -> None:
        """Somebody else ends the program: nothing is asked."""
        self._warned = True
        self.action_leave()

    def hung_up(self) -> None:
        """In any thread: the terminal has gone. Does not wait, and raises nothing."""
        with suppress(Exception):  # it has not begun, or has just ended
            self.call_later(self._end)

    def look(self) -> None:
        """Once a second: is the key there, has anybody pressed a key, was the computer asleep?"""
        now, before = self.now(), self.looked
        self.looked = now
        if self.busy:
            return
        if self.visit is None:
            if now - self.touched >= DOSSIER_OPEN and isinstance(self.screen, Unlock):
                self.screen.forget()
            return
        idle = now - self.touched
        if not self.visit.is_there():
            self.lock("locked-gone")
        elif now - before > SLEPT:
            self.lock("locked-asleep")
        elif idle >= PAGE_SHOWN:
            self.lock("locked-idle")
        elif idle >= DOSSIER_OPEN and self.visit.session is not None:
            self.lock_dossier()
        else:  # a key that is pulled asks nobody first
            self.visit.keep_soon(now, idle)

    def action_suspend_process(self) -> None:
        self.lock("locked-suspended")
        super().action_suspend_process()

    async def on_event(self, event: events.Event) -> None:
        """Any key or mouse button extends the time."""
        if isinstance(event, events.Key | events.MouseDown | events.MouseScrollDown | events.MouseScrollUp):
            self.touched = self.now()
        await super().on_event(event)
