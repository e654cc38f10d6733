"""Close means locked: by time, by sleep, by a key that was pulled, by leaving, by whoever stops or ends the program."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from textual import events
from textual.screen import ModalScreen

from baladeur.tui.crash import QuietApp
from baladeur.tui.times import DOSSIER_OPEN, PAGE_SHOWN, SLEPT, SOON, told_time
from baladeur.tui.unlock import Unlock
from baladeur.wording.phrases import say

if TYPE_CHECKING:  # the door is loaded when the first picture stands
    from baladeur.session.pulled import Pulled
    from baladeur.tui.visit import Visit

_ENDS = ("SIGTERM", "SIGHUP")  #: whoever is asked to end wipes the screen first
_HANDS_ON = (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)


class Locks(QuietApp, inherit_bindings=False):
    """`visit` is what is open; without it only the Unlock screen stands."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """clock: seconds, those of sleep included."""
        super().__init__()
        self.now = clock
        self.visit: Visit | None = None
        self.busy = 0  #: pieces of work behind the screens: the file is not closed under one that writes
        self.one_by_one = Lock()  #: and they never meet
        self.asking: ModalScreen[Any] | None = None  #: the question that a piece of work waits for: nothing is written
        self.touched = self.looked = self.now()
        self._slept = False  #: seen, and not acted on yet
        self._counted = False  #: the time left was told over a screen that does not count it
        self._pulled: Pulled | None = None
        self._left = ""  #: what became of a draft when its dossier was closed: kept, lost, or nothing
        self._warned = False

    def watch_time(self) -> None:
        """From now on: the clock each second, and the signals that end or stop a program."""
        self.set_interval(1, self.look)
        loop = asyncio.get_running_loop()
        for name, step in (*((name, self._end) for name in _ENDS), ("SIGTSTP", self.halt)):
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(getattr(signal, name), step)

    # ------------------------------------------------------------ opened

    def opened(self, visit: "Visit") -> None:
        """A record was opened: show its emergency page."""
        from baladeur.tui.emergency import Emergency

        self.lock("")
        self.visit = visit
        self.touched = self.looked = self.now()
        self.push_screen(Emergency())
        self.run_worker(partial(self._listen, visit), thread=True, group="pulled", exit_on_error=False)

    def _listen(self, visit: "Visit") -> None:
        """In a thread: hear of the key being pulled at once, where the system tells it."""
        from baladeur.session.pulled import Pulled

        heard = Pulled(visit.watch.device, lambda: self._soon(self.look))
        self._soon(lambda: self._listens(visit, heard))

    def _soon(self, step: Callable[[], object]) -> None:
        with suppress(Exception):  # the program has ended meanwhile
            self.call_later(step)

    def _listens(self, visit: "Visit", heard: "Pulled") -> None:
        if self.visit is visit:
            self._pulled = heard
        else:
            heard.stop()

    def told(self, phrase: str, seconds: float | None = None) -> None:
        """A sentence over whatever stands."""
        self.notify(say(phrase, self.language), markup=False, timeout=seconds)

    # ------------------------------------------------------------ locked

    def forget(self) -> None:
        """Let go of the keys; what is not signed is kept in the record first, while its key is there."""
        self._left = ""
        if self._pulled is not None:
            self._pulled.stop()
            self._pulled = None
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
        self.visit, self._slept, self._counted = None, False, False
        self.clear_notifications()
        self._pop_to(1)
        unlock = self.screen_stack[0] if self.screen_stack else None
        if isinstance(unlock, Unlock):
            unlock.told(*filter(None, (reason, f"left-{self._left}" if self._left else "")))

    def _pop_to(self, count: int) -> None:
        while len(self.screen_stack) > count:
            self.pop_screen()

    # ------------------------------------------------------------ left, ended, stopped

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

    def action_halt(self) -> None:
        """Ctrl+Z, where a shell is there to come back from; a window of its own would stand still for ever."""
        if can_come_back():
            self.halt()

    def halt(self) -> None:
        """Locked before anything else, then the terminal is given back and the program stopped."""
        if self.visit is not None and self.busy:
            self.told("busy")
            return
        if self.visit is not None:
            self.lock("locked-suspended")
        if self._driver is None or not self._driver.can_suspend or self.is_headless:
            return
        with self.suspend():
            print(say("halted", self.language), file=sys.__stderr__, flush=True)
            os.kill(os.getpid(), signal.SIGSTOP)
        self.touched = self.looked = self.now()

    # ------------------------------------------------------------ the clock

    def look(self) -> None:
        """Once a second: is the key there, has anybody pressed a key, was the computer asleep?"""
        now, before = self.now(), self.looked
        self.looked, self._slept = now, self._slept or now - before > SLEPT
        visit, idle = self.visit, now - self.touched
        if visit is None:
            if (self._slept or idle >= DOSSIER_OPEN) and isinstance(self.screen, Unlock):
                self.screen.forget()
                self._slept = False
            return
        gone = not visit.is_there()
        if self.busy:
            if (gone or self._slept) and self.asking is not None and self.screen is self.asking:
                self.asking.dismiss()  # nobody answers, so nothing is written, and the next look locks
            return
        if gone:
            self.lock("locked-gone")
        elif self._slept:
            self.lock("locked-asleep")
        elif idle >= PAGE_SHOWN:
            self.lock("locked-idle")
        elif idle >= DOSSIER_OPEN and visit.session is not None:
            self.lock_dossier()
        else:  # a key that is pulled asks nobody first
            visit.keep_soon(now, idle)
            self._count_down(visit, idle)

    def _count_down(self, visit: "Visit", idle: float) -> None:
        """Say over any screen of the dossier that its time runs out; the emergency page counts by itself."""
        left = DOSSIER_OPEN - idle
        if left <= SOON and not self._counted and visit.session is not None and len(self.screen_stack) > 2:
            self._counted = True
            self.notify(say("locks-in", self.language, time=told_time(left)), markup=False, timeout=left)

    async def on_event(self, event: events.Event) -> None:
        """What a person does extends the time; nothing else does."""
        if isinstance(event, _HANDS_ON):
            self.touched = self.now()
            if self._counted:
                self._counted = False
                self.clear_notifications()
        await super().on_event(event)


def can_come_back() -> bool:
    """Whether a shell with job control started this program: its group is another, in the same session."""
    if not hasattr(os, "getsid"):
        return False
    with suppress(OSError):
        parent = os.getppid()
        return os.getsid(parent) == os.getsid(0) and os.getpgid(parent) != os.getpgrp()
    return False
