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
from baladeur.tui.times import KEPT_AFTER, KEPT_APART, KEPT_SIZE, KEPT_TYPING

if TYPE_CHECKING:
    from baladeur.session import Difference, Draft, Shown
    from baladeur.session.inbox import Inbox
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
    kept: object = None  #: what of it the record keeps already
    kept_at: float = 0.0  #: when that was
    waits_since: float | None = None  #: when something was first seen that the record does not keep
    inbox: "Inbox | None" = None  #: the watched folder beside it

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

    @property
    def unsigned(self) -> bool:
        """Whether something waits for a signature, or stands in a form."""
        return self.pending is not None and not (self.pending.empty and self.pending.begun is None)

    def take_up(self, draft: "Draft") -> None:
        """Go on with a draft that the record keeps."""
        self.pending, self.kept = draft, _held(draft)

    @property
    def unkept(self) -> bool:
        """Whether something waits for a signature, or stands in a form, that the record does not keep yet."""
        draft = self.pending
        if draft is None or (draft.empty and draft.begun is None and not draft.kept_as):
            return False
        return self.kept is None or _held(draft) != self.kept

    def keep_soon(self, now: float, idle: float) -> None:
        """Keep it while somebody works: once they pause, or now and then while they type on. Called each second."""
        draft = self.pending
        if draft is None or not self.unkept:
            self.waits_since = None
            return
        self.waits_since = now if self.waits_since is None else self.waits_since
        size = sum(len(one.content) for one in draft.change.add if isinstance(one.content, bytes))
        apart = min(KEPT_APART * max(1, size // KEPT_SIZE), 60)
        if (idle >= KEPT_AFTER or now - self.waits_since >= KEPT_TYPING) and now - self.kept_at >= apart:
            self.kept_at, self.waits_since = now, None
            self.keep_pending()

    def left_field(self) -> None:
        """What was typed in one field of a form is done: it is kept at the next look."""
        self.waits_since = -KEPT_TYPING

    def watch_folder(self, draft: "Draft | None") -> None:
        """Compare the folder that this computer watches, if there is one, with the record or its draft."""
        from baladeur.session import inbox

        folder = inbox.watched()
        if folder is None or self.session is None:
            self.inbox = None
            return
        if self.inbox is None or self.inbox.folder != folder:
            self.inbox = inbox.Inbox(folder)
        self.inbox.compare_with(self.session.gate(draft))

    def keep_pending(self) -> str:
        """Keep what is not signed as a draft of the record: `kept`, `lost`, or nothing where nothing waited."""
        draft, session = self.pending, self.session
        if draft is None or session is None or (not self.unkept and draft.empty and draft.begun is None):
            return ""
        if not self.unkept:
            return "kept"
        try:
            if not self.is_there():
                return "lost"
            if draft.empty and draft.begun is None:  # what was kept was taken back since
                session.drop_draft(draft.kept_as)
                draft.kept_as = ""
            else:
                session.save_draft(draft)
        except (BaladeurError, OSError):
            return "lost"
        self.kept = _held(draft)
        return "kept" if draft.kept_as else ""

    def close_dossier(self) -> None:
        """Let go of the keys; the page stays."""
        if self.session is not None:
            self.session.__exit__(None, None, None)
            self.session = self.pending = self.kept = self.inbox = None


def _held(draft: "Draft") -> tuple[object, ...]:
    """What a kept draft holds: another value when anything was changed or typed."""
    begun = draft.begun
    told = (begun.kind, begun.line, dict(begun.values), begun.at) if begun else None
    return id(draft), draft.change, told


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
