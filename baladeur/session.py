"""The one door: what the command line and, later, the screens hold in their hands.

It joins the sealed file with the card that signs and the judge of signatures; neither knows the other.
What goes out of here shows nothing in a repr: an entry, a page and a secret may reach a traceback.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, Self

from baladeur import __version__, chart
from baladeur.card import demo
from baladeur.container import place, secret
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container, Entry
from baladeur.container.emergency import open_emergency
from baladeur.container.medium import FileMedium
from baladeur.container.replay import Verdict
from baladeur.container.secret import Secret, SecretClass
from baladeur.container.state import Finding
from baladeur.errors import (
    ContainerError,
    EmergencyOnly,
    ItemDamaged,
    ItemErased,
    NoSuchItem,
    SecretRefused,
    SummaryDamaged,
    WrongSecret,
)
from baladeur.tables.errors import TablesOnKey
from baladeur.views import (
    RECOVERY_SLOT,
    AmbiguousId,
    DemonstrationOnly,
    Line,
    NewAccess,
    NewSecrets,
    NothingThere,
    Page,
    Report,
    Signed,
    judge,
    page_of,
    said,
)

if TYPE_CHECKING:  # the tables of codes are read by the commands that use them, and no other waits for them
    from baladeur.tables.folder import Imported
    from baladeur.tables.lookup import Lookup

Sign = Callable[[bytes], bytes]
Progress = Callable[[int, int], None]
CARDS: Mapping[str, Sign] = {"demo": demo.sign}
EVERYDAY_SLOTS = (0, 1)
CARERS = range(1, 5)
ACCESSES = ("words", "phrase", "emergency", "recovery", *(f"carer-{n}" for n in CARERS))
SHORTEST_ID = 4  # hex digits: what a person has to copy from a list


def _author(sign: Sign | None) -> Author:
    return Author(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", sign, software=f"baladeur {__version__}")


def _files(path: Path) -> list[Path]:
    """The files that a path stands for: a pulled key may have left a record under its other names only."""
    names = (place.NAME, place.NEW, place.OLD)
    if path.is_dir():
        return [file for folder in place.folders(path) for name in names if (file := folder / name).exists()]
    return [file for file in ([path.parent / n for n in names] if path.name in names else [path]) if file.exists()]


def _there(path: Path) -> Path:
    """The path, if a file or a record is there. Raises NothingThere."""
    if not _files(path):
        raise NothingThere
    return path


def _dossier(typed: str) -> Secret:
    """A secret that opens a whole record. Raises EmergencyOnly, which is no answer to a guess: it reads no file."""
    parsed = secret.parse(typed)
    if parsed.cls is SecretClass.EMERGENCY:
        raise EmergencyOnly
    return parsed


def is_list_words(typed: str) -> bool:
    """Whether a secret is words of the list without a checksum: nothing shows that a program drew them."""
    return secret.parse(typed).cls in (SecretClass.WORDS8, SecretClass.EMERGENCY)


class Session:
    """An open record. Use it as a context manager."""

    def __init__(self, container: Container) -> None:
        self._container = container

    @staticmethod
    def create(folder: Path, items: Sequence[NewItem], *, demonstration: bool, typed: str | None = None) -> NewSecrets:
        """Create a record in a folder and return its words; they are kept nowhere. Raises MediumError's kinds."""
        everyday = NewAccess.draw("everyday", typed)
        accesses = [everyday] if everyday.slot == RECOVERY_SLOT else [everyday, NewAccess.draw("recovery")]
        secrets = {access.slot: access.secret for access in accesses}
        place.create_at(folder, secrets, Change(add=items), _author(None), demo=demonstration)
        return NewSecrets(everyday.words, accesses[-1].words if len(accesses) > 1 else [])

    @staticmethod
    def preview(source: BinaryIO, language: Literal["fr", "en"], as_of: date) -> tuple[tuple[str, ...], ...]:
        """The emergency page of a FHIR document, screen by screen of 80 by 24. Raises BundleInvalid's kinds."""
        return chart.page(source, language, as_of)

    @staticmethod
    def lookup() -> "Lookup":
        """The coded words to search, shipped and imported; hold it open while somebody types."""
        from baladeur.tables import folder, lookup

        return lookup.Lookup(folder.files(folder.folder()))

    @staticmethod
    def tables() -> list["Imported"]:
        """The imported tables of this computer."""
        from baladeur.tables import folder

        return folder.listing(folder.folder())

    @staticmethod
    def add_table(file: Path, *, kind: str = "", name: str = "", version: str = "") -> "Imported":
        """Import an official file on this computer, never on a key. Raises TableError's kinds."""
        from baladeur.tables import folder

        where = folder.folder().absolute()
        if any(_files(one) for one in (where, *where.parents) if one.is_dir()):
            raise TablesOnKey
        return folder.add(file, where, kind=kind, name=name, version=version)

    @staticmethod
    def remove_table(name: str) -> None:
        """Delete an imported table. Raises NoSuchTable."""
        from baladeur.tables import folder

        folder.remove(name, folder.folder())

    @classmethod
    def open(cls, path: Path, typed: str, *, write: bool = False) -> Self:
        """Open what the typed secret opens: a file, its folder, or a key with several records."""
        return cls(place.open_at(_there(path), _dossier(typed), write))

    @staticmethod
    def look(path: Path) -> None:
        """Whether there is anything to open, before a secret is asked. Raises NothingThere."""
        _there(path)

    @staticmethod
    def copy(path: Path, folder: Path, typed: str, progress: Progress | None = None) -> None:
        """Copy a record into another folder and verify it there. Raises AlreadyThere where something else is."""
        place.copy_to(_there(path), folder, _dossier(typed), progress)

    @staticmethod
    def compact(path: Path, typed: str) -> None:
        """Write the record anew, without what was erased or replaced by the format's own housekeeping."""
        place.compact_at(_there(path), _dossier(typed), _author(None))

    @staticmethod
    def compare(first: Path, second: Path, typed: str) -> place.Comparison:
        """How the first file stands to the second."""
        opened = _dossier(typed)
        with place.open_at(_there(first), opened) as a, place.open_at(_there(second), opened) as b:
            return place.compare(a, b)

    @staticmethod
    def search(root: Path) -> list[Path]:
        """Every file under a folder that holds the header of a record, whatever its name."""
        return [candidate.path for candidate in place.recover(root)]

    @staticmethod
    def assess(paths: Sequence[Path], typed: str) -> list[place.Candidate]:
        """Those of the files that the secret opens, the longest history first."""
        return place.assess([place.Candidate(path) for path in paths], _dossier(typed))

    @staticmethod
    def emergency(path: Path, typed: str) -> Page:
        """The emergency page, by the emergency code or by a secret that opens everything."""
        parsed = secret.parse(typed)
        if parsed.cls is not SecretClass.EMERGENCY:
            with Session.open(path, typed) as session:
                return session.page()
        problems: list[ContainerError] = []
        pages = []
        for file in _files(_there(path)):
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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()

    @property
    def number(self) -> int:
        """The number of the commit that is shown."""
        return self._container.number

    @property
    def end(self) -> int:
        """Where the next commit would be written: the demonstration pulls the key there."""
        return self._container.end

    @property
    def file(self) -> Path:
        """The file that is open."""
        medium = self._container.medium
        return medium.path if isinstance(medium, FileMedium) else Path()

    @property
    def demonstration(self) -> bool:
        """Whether this is a record of a fictional patient."""
        return self._container.demo

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was odd about the file."""
        return self._container.findings

    @property
    def blocked(self) -> list[str]:
        """The findings for which nothing is written before the user agrees."""
        return self._container.blocked

    @property
    def access(self) -> str:
        """Which access the secret opened, one of ACCESSES."""
        return ACCESSES[self._container.slot]

    def agree(self) -> None:
        """The user was told what may be missing and goes on from what is here."""
        self._container.agree()

    def entries(self) -> list[Entry]:
        """The live entries."""
        return self._container.entries()

    def lines(self, *, every: bool = False) -> list[Line]:
        """The entries in the order in which they came in, each with its commit; with `every`, also the former ones."""
        by_seq = {verdict.seq: commit for verdict, commit in self._replayed()[0]}
        unknown = Signed(-1, "unknown", "broken", None)
        entries = sorted(self._container.entries(*(range(4) if every else ())), key=lambda e: (e.seq, e.id))
        return [Line(e, by_seq.get(e.seq, unknown)) for e in entries]

    def find(self, start: str) -> Entry:
        """The entry whose id begins so, of any status. Raises NoSuchItem, AmbiguousId."""
        start = start.lower()
        found = [e for e in self._container.entries(*range(4)) if e.id.hex().startswith(start)]
        if len(start) < SHORTEST_ID or not found:
            raise NoSuchItem
        if len(found) > 1:
            raise AmbiguousId
        return found[0]

    def versions(self, entry: Entry) -> list[bytes]:
        """All versions of a fact that are not erased, whichever was named. Raises ItemErased."""
        if entry.status == "erased":
            raise ItemErased
        entries = self._container.entries(0, 1, 2)
        linked = [{e.id.hex(), str(e.meta["of"])} for e in entries if "of" in e.meta]
        family, before = {entry.id.hex()}, set[str]()
        while family != before:
            before = family
            family = family.union(*(pair for pair in linked if family & pair))
        return [e.id for e in entries if e.id.hex() in family]

    def read(self, id_: bytes) -> bytes:
        """The content of an entry."""
        return self._container.read(id_)

    def commit(self, change: Change, sign: Sign | None = None) -> int:
        """One commit, signed by a card or the holder's own. Returns its number. Raises DemonstrationOnly."""
        if sign is not None and (sign is demo.sign) != self.demonstration:
            raise DemonstrationOnly
        self._container.commit(change, _author(sign))
        return self._container.number

    def change_access(self, access: NewAccess) -> None:
        """The new everyday secret takes the old one's place, or 12 words that of the 12 words that opened."""
        if access.slot == RECOVERY_SLOT:
            if self._container.slot < RECOVERY_SLOT:
                raise SecretRefused("another kind of secret")
            self._container.change_secret(self._container.slot, access.secret, _author(None))
            return
        self._container.change_secret(access.slot, access.secret, _author(None))
        other = EVERYDAY_SLOTS[access.slot == EVERYDAY_SLOTS[0]]
        if self._container.slot == access.slot:
            return
        if self._container.slot == other:  # the access that opened cannot be emptied, so the new one opens
            self._container.close()
            self._container = place.open_at(self.file, access.secret, True)
        self._container.change_secret(other, None, _author(None))

    def set_access(self, access: NewAccess) -> None:
        """Set or replace the recovery words, a carer's words or the emergency code."""
        if access.slot == SecretClass.EMERGENCY:
            self._container.set_emergency_code(access.secret, _author(None))
        else:
            self._container.change_secret(access.slot, access.secret, _author(None))

    def remove_access(self, kind: str, carer: int = 1) -> None:
        """Empty the place of a carer, or remove the emergency code."""
        if kind == "emergency":
            self._container.set_emergency_code(None, _author(None))
        else:
            self._container.change_secret(RECOVERY_SLOT + carer, None, _author(None))

    def revoke(self, accesses: Sequence[NewAccess]) -> None:
        """New keys for everything; only these accesses open what is written afterwards."""
        self._container.revoke({access.slot: access.secret for access in accesses}, _author(None))

    def page(self) -> Page:
        """The emergency page of the commit that is shown. Raises SummaryDamaged."""
        return page_of(self._container.summary(), self.demonstration, self.findings)

    def verify(self) -> tuple[list[Signed], list[Finding]]:
        """Check the whole history: chain, state, operations, signatures."""
        judged, findings = self._replayed()
        return [commit for _, commit in judged], findings

    def examine(self, progress: Progress | None = None) -> Report:
        """As `verify`, and also open every entry and the emergency page."""
        commits, findings = self.verify()
        damaged = []
        entries = self._container.entries(0, 1, 2)
        for number, entry in enumerate(entries, 1):
            try:
                self._container.read(entry.id)
            except ItemDamaged:
                damaged.append(entry.id)
            if progress:
                progress(number, len(entries))
        try:
            page = self.page()
        except SummaryDamaged:
            findings.append(Finding("summary-damaged"))
        else:
            if page.signature not in ("ok", "none"):
                findings.append(Finding("summary-signature", page.signature))
        return Report(commits, findings, len(entries), damaged)

    def _replayed(self) -> tuple[list[tuple[Verdict, Signed]], list[Finding]]:
        verdicts, findings = self._container.replay()
        first = verdicts[0].seq if verdicts else 0
        return list(self._judged(first, verdicts)), findings

    def _judged(self, first: int, verdicts: Sequence[Verdict]) -> Iterator[tuple[Verdict, Signed]]:
        for verdict in verdicts:
            signer, result, record = None, verdict.result, verdict.record
            if record is not None and record.cms:
                judged, signer = judge(self.demonstration, record.signed_content, record.cms)
                result = result if judged == "ok" else judged
            utc, ops = ("", ()) if record is None else said(record)
            yield verdict, Signed(verdict.seq - first, verdict.role, result, signer, utc, ops, verdict.reasons)


__all__ = [
    "CARDS",
    "CARERS",
    "AmbiguousId",
    "Change",
    "DemonstrationOnly",
    "Finding",
    "Line",
    "NewAccess",
    "NewItem",
    "NewSecrets",
    "NothingThere",
    "Page",
    "Report",
    "Session",
    "Signed",
    "is_list_words",
]
