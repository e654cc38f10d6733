"""What is open: the emergency page, and the dossier until it is locked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from baladeur.errors import BaladeurError, EmergencyOnly
from baladeur.quiet import quiet
from baladeur.session import Finding, Page, Session
from baladeur.session.keys import Watch

if TYPE_CHECKING:
    from baladeur.session import Difference, Draft, Shown
    from baladeur.wording.phrases import Language

WHOLE = 100_000  #: rows of a screen on which every page stands whole


@dataclass(slots=True, repr=False)
class Visit:
    """One opened record. `access` says which secret opened it; `session` is None for the emergency page alone."""

    path: Path
    session: Session | None
    page: Page | None  #: None where `problem` says why
    found: "Difference | None"
    access: str
    watch: Watch
    problem: BaladeurError | None = None
    pending: "Draft | None" = None  #: what was changed and not signed
    kept: object = None  #: the change of it that the record keeps already

    __repr__ = quiet

    def is_there(self) -> bool:
        """Whether the key is still plugged in."""
        return self.watch.is_there()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was odd about the file."""
        return self.session.findings if self.session else self.page.findings if self.page else ()

    def shown(self, day: date) -> "tuple[Shown, ...]":
        """The lines of the emergency page in words, for a day."""
        return Session.show(self.page, self.found, day) if self.page and self.page.exists else ()

    def rows(self, lines: "Sequence[Shown]", language: "Language", width: int, height: int) -> tuple[str, ...]:
        """The first screen of the page as text, exactly as the command prints it."""
        return Session.screens(lines, language, width, height)[0]

    def refresh(self) -> None:
        """The page anew, after something was sealed. Raises SummaryDamaged, ItemDamaged."""
        if self.session is not None:
            self.page = self.session.page()
            self.found = self.session.difference(self.page)

    def draft(self) -> "Draft":
        """An empty draft; the first one opens the file for writing, which derives the key once more.

        Raises ReadOnlyMedium, SecondWriter, MediumGone. Call it in a thread.
        """
        if self.session is None:
            raise EmergencyOnly
        self.session.begin_writing()
        return self.session.draft()

    def keep_pending(self) -> str:
        """Keep what is not signed as a draft of the record: `kept`, `lost`, or nothing where nothing waited."""
        draft, session = self.pending, self.session
        if draft is None or session is None or draft.empty:
            return ""
        if draft.change is self.kept:
            return "kept"
        try:
            if not self.is_there():
                return "lost"
            session.save_draft(draft)
        except (BaladeurError, OSError):
            return "lost"
        self.kept = draft.change
        return "kept"

    def close_dossier(self) -> None:
        """Let go of the keys; the page stays."""
        if self.session is not None:
            self.session.__exit__(None, None, None)
            self.session = self.pending = self.kept = None


def open_visit(path: Path, typed: str) -> Visit:
    """Open what a typed secret opens: the dossier, or the emergency page alone.

    Raises what opening raises; a damaged page is no reason not to open the dossier: see `problem`.
    """
    watch = Watch(path)
    try:
        session = Session.open(path, typed)
    except EmergencyOnly:
        page, _ = Session.page_at(path, typed)
        return Visit(path, None, page, None, "emergency", watch)
    visit = Visit(session.file, session, None, None, session.access, watch)
    try:
        visit.refresh()
    except BaladeurError as problem:
        visit.problem = problem
    return visit
