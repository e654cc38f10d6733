"""The one door: what the command line and, later, the screens hold in their hands.

It joins the sealed file with the card that signs and the judge of signatures; neither knows the other.
What goes out of here shows nothing in a repr: an entry, a page and a secret may reach a traceback.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal

from baladeur.acts.draft import Draft, Told, Verb
from baladeur.chart import checked, preview
from baladeur.chart.importing import Plan
from baladeur.container import place, secret
from baladeur.container.change import Change, NewItem
from baladeur.container.emergency import open_emergency
from baladeur.container.medium import FileMedium
from baladeur.container.secret import SecretClass
from baladeur.container.state import Finding
from baladeur.errors import AmbiguousId, ContainerError, DemonstrationOnly, NothingThere, WrongSecret
from baladeur.session import paths
from baladeur.session.access import Access
from baladeur.session.opened import CARERS, Progress
from baladeur.session.paths import is_list_words
from baladeur.session.writing import CARDS, author
from baladeur.views import RECOVERY_SLOT, Fault, Line, NewAccess, NewSecrets, Page, Report, Signed, page_of


class Session(Access):
    """An open record, and what is done with whole files. Use it as a context manager."""

    @staticmethod
    def create(folder: Path, items: Sequence[NewItem], *, demonstration: bool, typed: str | None = None) -> NewSecrets:
        """Create a record in a folder and return its words; they are kept nowhere. Raises MediumError's kinds."""
        everyday = NewAccess.draw("everyday", typed)
        accesses = [everyday] if everyday.slot == RECOVERY_SLOT else [everyday, NewAccess.draw("recovery")]
        secrets = {access.slot: access.secret for access in accesses}
        place.create_at(folder, secrets, Change(add=items), author(), demo=demonstration)
        return NewSecrets(everyday.words, accesses[-1].words if len(accesses) > 1 else [])

    @staticmethod
    def preview(source: BinaryIO, language: Literal["fr", "en"], as_of: date) -> tuple[tuple[str, ...], ...]:
        """The emergency page of a FHIR document, screen by screen of 80 by 24. Raises BundleInvalid's kinds."""
        return preview.page(source, language, as_of)

    @staticmethod
    def check(
        source: BinaryIO, progress: Progress | None = None, *, lines: bool = False
    ) -> Iterator[tuple[Fault, ...]]:
        """What is wrong with a FHIR document; with `lines`, with each line of an NDJSON file. Raises OSError."""
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
    def compact(path: Path, typed: str) -> None:
        """Write the record anew, without what was erased or replaced by the format's own housekeeping."""
        place.compact_at(paths.there(path), paths.dossier(typed), author())

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
    def emergency(path: Path, typed: str) -> Page:
        """The emergency page, by the emergency code or by a secret that opens everything."""
        parsed = secret.parse(typed)
        if parsed.cls is not SecretClass.EMERGENCY:
            with Session.open(path, typed) as session:
                return session.page()
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
    "CARDS",
    "CARERS",
    "AmbiguousId",
    "Change",
    "DemonstrationOnly",
    "Draft",
    "Fault",
    "Finding",
    "Line",
    "NewAccess",
    "NewItem",
    "NewSecrets",
    "NothingThere",
    "Page",
    "Plan",
    "Report",
    "Session",
    "Signed",
    "Told",
    "Verb",
    "is_list_words",
]
