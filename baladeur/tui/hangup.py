"""A terminal that has gone: whoever closed its window wants nothing to stay open behind it.

The signal that says so may come while the program begins or while work is under way, and what reads the keys would then
read nothing for ever. So the terminal itself is looked at. Source: poll(2), POLLHUP.
"""

import os
import select
import time
from collections.abc import Callable
from threading import Thread
from typing import Final

EVERY: Final = 1.0  #: seconds between two looks
GRACE: Final = 15.0  #: seconds to lock and end in; then the process ends as a kill would end it, which loses nothing
GONE: Final = 129  #: exit code of a process whose terminal has gone (128 + SIGHUP)


def watch(end: Callable[[], None], terminal: int = 0, *, every: float = EVERY, grace: float = GRACE) -> Thread | None:
    """Watch a terminal from a thread: when it has gone, `end` is called, and after `grace` seconds the process ended.

    None where there is nothing to watch: no poll(2), or no terminal. `end` must not raise.
    """
    if not hasattr(select, "poll") or not os.isatty(terminal):
        return None
    thread = Thread(target=_watch, args=(end, terminal, every, grace), name="hangup", daemon=True)
    thread.start()
    return thread


def _watch(end: Callable[[], None], terminal: int, every: float, grace: float) -> None:
    poll = select.poll()
    poll.register(terminal, 0)  # a hang-up is told unasked
    while not any(told & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, told in poll.poll(0)):
        time.sleep(every)
    end()
    time.sleep(grace)
    os._exit(GONE)
