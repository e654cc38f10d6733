"""The one door: what the command line and, later, the screens hold in their hands.

It joins the sealed file with the card that signs and the judge of signatures; neither knows the other.
What goes out of here shows nothing in a repr: an entry, a page and a secret may reach a traceback.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from baladeur.acts import clock
from baladeur.container import place, secret
from baladeur.container.change import Change, NewItem
from baladeur.container.container import Entry
from baladeur.container.emergency import open_emergency
from baladeur.container.medium import FileMedium
from baladeur.container.secret import SecretClass
from baladeur.container.state import Finding
from baladeur.errors import AmbiguousId, ContainerError, DemonstrationOnly, NothingThere, WrongSecret
from baladeur.session import paths
from baladeur.session.access import Access
from baladeur.session.bringing import Bringing, Brought
from baladeur.session.coding import Coding
from baladeur.session.dossier import Reading
from baladeur.session.editing import Editing
from baladeur.session.exporting import Exporting
from baladeur.session.opened import CARERS, Progress
from baladeur.session.paths import is_list_words
from baladeur.session.printing import Printing
from baladeur.session.signatory import AUTO, Signatory, cancelled
from baladeur.views import RECOVERY_SLOT, Fault, Line, NewAccess, NewSecrets, Page, Report, Signed, page_of

if TYPE_CHECKING:
    from baladeur.acts.arriving import Arrival, Gate
    from baladeur.acts.dossier import Part, Row
    from baladeur.acts.draft import Begun, Draft, Told, Verb
    from baladeur.acts.drafts import Kept as KeptDraft
    from baladeur.acts.exporting import Exported
    from baladeur.acts.finding import Hit
    from baladeur.acts.inside.attached import Attached
    from baladeur.acts.inside.file import Inside
    from baladeur.acts.telling import Fact, Version
    from baladeur.acts.tray import Words
    from baladeur.card.permissions import Act
    from baladeur.card.pin import PinEntry, PinRequest, Tries
    from baladeur.chart.importing import Plan
    from baladeur.record.author import Coded, Field, FieldFault, Form, Kind
    from baladeur.record.author.fields import Value
    from baladeur.record.listing import When
    from baladeur.record.page import Shown
    from baladeur.record.phrases import Lang
    from baladeur.record.seen import Difference
    from baladeur.record.series import Point, Series
    from baladeur.tables.lookup import Answer, Lookup

#: Start-up is a feature: what only some commands need is loaded when it is asked for.
_LATER = {
    "Act": "baladeur.card.permissions",
    "Answer": "baladeur.tables.lookup",
    "Arrival": "baladeur.acts.arriving",
    "Attached": "baladeur.acts.inside.attached",
    "Begun": "baladeur.acts.draft",
    "Coded": "baladeur.record.author",
    "Difference": "baladeur.record.seen",
    "Draft": "baladeur.acts.draft",
    "Exported": "baladeur.acts.exporting",
    "Fact": "baladeur.acts.telling",
    "Field": "baladeur.record.author",
    "FieldFault": "baladeur.record.author",
    "Form": "baladeur.record.author",
    "Gate": "baladeur.acts.arriving",
    "Hit": "baladeur.acts.finding",
    "Inside": "baladeur.acts.inside.file",
    "Kind": "baladeur.record.author",
    "Lookup": "baladeur.tables.lookup",
    "Part": "baladeur.acts.dossier",
    "PinEntry": "baladeur.card.pin",
    "PinRequest": "baladeur.card.pin",
    "Plan": "baladeur.chart.importing",
    "Row": "baladeur.acts.dossier",
    "Point": "baladeur.record.series",
    "Series": "baladeur.record.series",
    "Shown": "baladeur.record.page",
    "Told": "baladeur.acts.draft",
    "Tries": "baladeur.card.pin",
    "Value": "baladeur.record.author.fields",
    "Verb": "baladeur.acts.draft",
    "Version": "baladeur.acts.telling",
    "When": "baladeur.record.listing",
    "Words": "baladeur.acts.tray",
}


def __getattr__(name: str) -> Any:
    if name == "KeptDraft":
        return import_module("baladeur.acts.drafts").Kept
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(name)


class Session(Access, Bringing, Editing, Coding, Exporting, Printing, Reading):
    """An open record, and what is done with whole files. Use it as a context manager."""

    ORDERS = ("emergency", "vsm", "ips")  #: of the page

    @staticmethod
    def create(
        folder: Path, items: Sequence[NewItem], *, demonstration: bool, typed: str | None = None, day: str | None = None
    ) -> NewSecrets:
        """Create a record in a folder and return its words; they are kept nowhere. day: today's date as declared.

        Raises MediumError's kinds, ClockNotBelieved, DateRefused.
        """
        everyday = NewAccess.draw("everyday", typed)
        accesses = [everyday] if everyday.slot == RECOVERY_SLOT else [everyday, NewAccess.draw("recovery")]
        Session.create_with(folder, items, accesses, demonstration=demonstration, day=day)
        return NewSecrets(everyday.words, accesses[-1].words if len(accesses) > 1 else [])

    @staticmethod
    def create_with(
        folder: Path,
        items: Sequence[NewItem],
        accesses: Sequence[NewAccess],
        *,
        demonstration: bool,
        day: str | None = None,
    ) -> None:
        """Create a record that these accesses open. The file has its name when all of it was written and read back.

        Raises MediumError's kinds, ClockNotBelieved, DateRefused.
        """
        from baladeur.acts import sealing

        moment = clock.parse(day) if day else None
        secrets = {access.slot: access.secret for access in accesses}
        change = sealing.first(items, today=moment.date() if moment else date.today())
        with paths.made(folder):
            place.create_at(folder, secrets, change, clock.author(declared=moment), demo=demonstration)

    @staticmethod
    def room(path: Path, *, beside: bool = False) -> Path:
        """The folder for a new record on a key, before anybody copies words for it.

        beside: with the records of other people that are there. Raises NoFolder, AlreadyThere, MediumError's kinds.
        """
        return paths.room(path, beside=beside)

    @staticmethod
    def root(folder: Path) -> Path:
        """The folder of the key that a record's folder belongs to."""
        return paths.root(folder)

    @staticmethod
    def records(path: Path) -> int:
        """How many records a path holds. None is opened."""
        return len(place.folders(path)) if path.is_dir() else int(bool(paths.files(path)))

    @staticmethod
    def check_new_clock() -> None:
        """Whether a new record could be dated now. Raises ClockNotBelieved."""
        clock.author()

    @staticmethod
    def preview(source: BinaryIO, language: Literal["fr", "en"], as_of: date) -> tuple[tuple[str, ...], ...]:
        """The emergency page of a FHIR document, screen by screen of 80 by 24. Raises BundleInvalid's kinds."""
        from baladeur.chart import preview

        return preview.page(source, language, as_of)

    @staticmethod
    def check(
        source: BinaryIO, progress: Progress | None = None, *, lines: bool = False
    ) -> Iterator[tuple[Fault, ...]]:
        """What is wrong with a FHIR document; with `lines`, with each line of an NDJSON file. Raises OSError."""
        from baladeur.chart import checked

        return checked.checked(source, progress, lines=lines)

    @staticmethod
    def look(path: Path) -> None:
        """Whether there is anything to open, before a secret is asked. Raises NothingThere."""
        paths.there(path)

    @staticmethod
    def copy(path: Path, folder: Path, typed: str, progress: Progress | None = None) -> None:
        """Copy a record into another folder and verify it there. Raises AlreadyThere where something else is."""
        place.copy_to(paths.there(path), folder, paths.dossier(typed), progress)

    @staticmethod
    def compact(path: Path, typed: str, day: str | None = None) -> None:
        """Write the record anew, without what was erased. day: today's date as declared. Raises ClockNotBelieved."""
        with Session.open(path, typed) as session:
            if day:
                session.date_is(day)
            author = session._author()
        place.compact_at(paths.there(path), paths.dossier(typed), author)

    @staticmethod
    def compare(first: Path, second: Path, typed: str) -> place.Comparison:
        """How the first file stands to the second."""
        opened = paths.dossier(typed)
        with place.open_at(paths.there(first), opened) as a, place.open_at(paths.there(second), opened) as b:
            return place.compare(a, b)

    @staticmethod
    def search(root: Path) -> list[Path]:
        """Every file under a folder that holds the header of a record, whatever its name."""
        return [candidate.path for candidate in place.recover(root)]

    @staticmethod
    def assess(found: Sequence[Path], typed: str) -> list[place.Candidate]:
        """Those of the files that the secret opens, the longest history first."""
        return place.assess([place.Candidate(path) for path in found], paths.dossier(typed))

    @staticmethod
    def warm() -> None:
        """Load what a page needs while the secret is typed and the key derived, which leave the processor free."""
        Thread(target=lambda: import_module("baladeur.acts.warming").warm(), daemon=True).start()

    @staticmethod
    def rehearse() -> None:
        """Once, in a thread, while the secret is typed: whatever a page needs the first time is loaded and made."""
        from baladeur.acts import rehearsing

        rehearsing.rehearse()

    @staticmethod
    def page_at(path: Path, typed: str) -> "tuple[Page, Difference | None]":
        """The emergency page, by the emergency code or by a secret that opens everything.

        With the whole dossier open the page is recomputed: how it differs is the second value.
        """
        if secret.parse(typed).cls is not SecretClass.EMERGENCY:
            with Session.open(path, typed) as session:
                page = session.page()
                return page, session.difference(page)
        return Session._by_code(path, typed), None

    @staticmethod
    def show(page: Page, found: "Difference | None", as_of: date, order: str = "emergency") -> "tuple[Shown, ...]":
        """The lines of a page in words, for a day and in an order. Raises KeyError for an unknown order."""
        from baladeur.acts import paging

        return paging.show(page, found, as_of=as_of, order=order)

    @staticmethod
    def screens(lines: "Sequence[Shown]", language: "Lang", width: int, height: int) -> tuple[tuple[str, ...], ...]:
        """The lines laid out on screens of text."""
        from baladeur.record import render

        return render.screens(lines, language, width, height)

    @staticmethod
    def _by_code(path: Path, typed: str) -> Page:
        """The newest page that the emergency code opens, of all the files at a path."""
        parsed = secret.parse(typed)
        problems: list[ContainerError] = []
        pages = []
        for file in paths.files(paths.there(path)):
            medium = FileMedium.open(file)
            try:
                pages.append(open_emergency(medium, parsed))
            except ContainerError as problem:
                problems.append(problem)
            finally:
                medium.close()
        if not pages:
            raise next((p for p in problems if not isinstance(p, WrongSecret)), problems[0])
        newest = max(pages, key=lambda page: page.seq)
        return page_of(newest.summary, newest.header.demo, newest.findings)


__all__ = [
    "AUTO",
    "CARERS",
    "Act",
    "AmbiguousId",
    "Answer",
    "Arrival",
    "Attached",
    "Begun",
    "Brought",
    "Change",
    "Coded",
    "DemonstrationOnly",
    "Difference",
    "Draft",
    "Entry",
    "Exported",
    "Fact",
    "Fault",
    "Field",
    "FieldFault",
    "Finding",
    "Form",
    "Gate",
    "Hit",
    "Inside",
    "KeptDraft",
    "Kind",
    "Line",
    "Lookup",
    "NewAccess",
    "NewItem",
    "NewSecrets",
    "NothingThere",
    "Page",
    "Part",
    "PinEntry",
    "PinRequest",
    "Plan",
    "Point",
    "Report",
    "Row",
    "Series",
    "Session",
    "Shown",
    "Signatory",
    "Signed",
    "Told",
    "Tries",
    "Value",
    "Verb",
    "Version",
    "When",
    "Words",
    "cancelled",
    "is_list_words",
]
