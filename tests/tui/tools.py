"""What the tests of the screens share: a record, a clock, what stands on the screen, an open app."""

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from baladeur.session import NewAccess, Session, Signatory
from baladeur.tui.app import Baladeur

TODAY = date(2026, 12, 1)
NARROW, WIDE = (80, 24), (120, 40)
BY = Signatory("demo")


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def made(folder: Path, typed: str, documents: Sequence[bytes], *, six: str = "", reviewed: bool = True) -> Path:
    """A demonstration record with documents in it, its date declared so that every run gives the same words."""
    folder.mkdir(parents=True)
    Session.create(folder, [], demonstration=True, typed=typed, day="2026-11-30T09:00")
    with Session.open(folder, typed, write=True) as session:
        session.date_is("2026-11-30T10:00")
        for number, data in enumerate(documents):
            draft = session.draft()
            session.bring(draft, data, f"document-{number}.json")
            session.seal(draft, BY)
        if documents and reviewed:
            draft = session.draft()
            session.review(draft, Session.REVIEWED, BY)
            session.seal(draft, BY)
        if six:
            session.set_access(NewAccess.draw("emergency", six))
    return folder


def screen_text(app: Baladeur) -> str:
    """What stands on the screen, row by row."""
    lines = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in lines)


GOLDEN = Path(__file__).parent / "golden"


def golden(name: str, shown: str) -> None:
    """The screen is exactly the one that was read by eye. BALADEUR_GOLDEN=write makes them anew."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("BALADEUR_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown + "\n", "utf-8")
    assert shown + "\n" == path.read_text("utf-8")


async def settled(pilot: Pilot[None]) -> None:
    """All work behind the screen is done, and the screen shows it."""
    app = pilot.app
    assert isinstance(app, Baladeur)
    with suppress(WorkerCancelled):  # a screen that is worded again gives up the words that it was reading
        await app.workers.wait_for_complete()
    await app.workers.wait_for_complete()
    before, same = "", 0
    for _ in range(50):
        await pilot.pause()
        now = screen_text(app)
        same = same + 1 if now == before else 0
        if same == 3:
            return
        before = now


async def unlocked(pilot: Pilot[None], typed: str) -> None:
    """Type a secret and open."""
    app = pilot.app
    await pilot.pause()
    app.screen.query_one("#secret").value = typed  # type: ignore[attr-defined]
    await pilot.press("enter")
    await settled(pilot)
