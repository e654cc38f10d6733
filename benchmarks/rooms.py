"""What the rooms of a record take, and how long the thread that draws is held at a stretch; one process, no terminal.

python benchmarks/rooms.py FOLDER

`screens.py` starts it on a record of 2,000 entries and 200 MB, and judges what it prints: JSON, ms of what was pressed
until all stands, ms of processor time of the longest single piece of work in the thread that draws, and MB at most.
"""

import asyncio
import json
import sys
import time
from asyncio import events
from pathlib import Path

import records
from textual.pilot import Pilot

from baladeur.tui.app import Baladeur
from baladeur.tui.lines import Lines

#: Name → the keys; each begins where the last one ended.
WALK = {
    "emergency page": ("enter",),
    "dossier": ("d",),
    "next section": ("down",),
    "970 results": (),
    "a result": ("right", "end", "enter"),
    "back to its section": ("escape",),
    "1,000 documents": (),
    "results, a series each": ("escape", "escape", "r"),
    "one over time": ("enter",),
    "back to all": ("escape",),
    "search, first letter": ("escape", "slash", "d"),
    "search, second letter": ("o",),
    "history": ("escape", "h"),
}
SECTIONS = {"970 results": "results", "1,000 documents": "documents"}


class Watched:
    """The longest piece of work of the event loop since it was last asked."""

    def __init__(self) -> None:
        self.longest = 0.0
        run = events.Handle._run

        def timed(handle: events.Handle) -> None:
            start = time.thread_time()
            try:
                run(handle)
            finally:
                self.longest = max(self.longest, (time.thread_time() - start) * 1000)

        events.Handle._run = timed  # type: ignore[method-assign]

    def take(self) -> float:
        """Milliseconds."""
        taken, self.longest = self.longest, 0.0
        return taken


async def stands(pilot: Pilot[None]) -> None:
    """Nothing works behind the screen any more."""
    while True:
        await pilot.pause()
        running = [one for one in pilot.app.workers if not one.is_finished]
        if not running:
            return
        await asyncio.sleep(0.005)


async def walk(folder: Path) -> dict[str, tuple[float, float]]:
    """Every room of WALK: ms until it stands, ms of the longest piece."""
    found: dict[str, tuple[float, float]] = {}
    watched, program = Watched(), Baladeur([folder])
    async with program.run_test(size=(80, 24)) as pilot:
        await stands(pilot)
        program.screen.query_one("#secret").value = records.CODE  # type: ignore[attr-defined]
        await stands(pilot)
        for name, keys in WALK.items():
            watched.take()
            start = time.perf_counter()
            if name in SECTIONS:
                left = program.screen.query_one("#parts", Lines)
                left.focus()
                left.highlighted = left.get_option_index(SECTIONS[name])
            await pilot.press(*keys)
            await stands(pilot)
            found[name] = ((time.perf_counter() - start) * 1000, watched.take())
    return found


def most_memory() -> float:
    """MB that this process had at most."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    print(json.dumps({"rooms": asyncio.run(walk(Path(sys.argv[1]))), "memory": most_memory()}))
