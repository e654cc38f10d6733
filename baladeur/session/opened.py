"""An open record to read: what it is, its entries, its history, its page."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from baladeur.container import place
from baladeur.container.container import Container, Entry
from baladeur.container.medium import FileMedium
from baladeur.container.replay import Verdict
from baladeur.container.secret import Secret
from baladeur.container.state import Finding
from baladeur.errors import AmbiguousId, ItemDamaged, ItemErased, NoSuchItem, SummaryDamaged, WrongSecret
from baladeur.session import paths
from baladeur.views import Line, Page, Report, Signed, page_of, roots_of, said

if TYPE_CHECKING:
    from baladeur.card.trust import Trust
    from baladeur.container.statement import Record
    from baladeur.record.seen import Difference

Progress = Callable[[int, int], None]
CARERS = range(1, 5)
ACCESSES = ("words", "phrase", "emergency", "recovery", *(f"carer-{n}" for n in CARERS))
SHORTEST_ID = 4  # hex digits: what a person has to copy from a list


class Opened:
    """An open record. Use it as a context manager."""

    #: What reopens the file for writing; the keys beside it in memory open as much. None where it is open for that.
    _secret: Secret | None = None
    #: What a copy of the file is opened with, to see that it is an older one of this record.
    _copying: Secret | None = None

    def __init__(self, container: Container) -> None:
        self._container = container

    @classmethod
    def open(cls, path: Path, typed: str, *, write: bool = False) -> Self:
        """Open what the typed secret opens: a file, its folder, or a key with several records."""
        secret = paths.dossier(typed)
        opened = cls(place.open_at(paths.there(path), secret, write))
        opened._secret = None if write else secret
        opened._copying = secret
        return opened

    def begin_writing(self) -> None:
        """Open the file of a session that only read for writing, once; drafts that were made before are of no use.

        Raises ReadOnlyMedium, SecondWriter, MediumGone and what opening raises; then it reads on as before.
        """
        if self._secret is not None:
            former, self._container = self._container, place.open_at(self.file, self._secret, True)
            self._secret = None
            former.close()

    def copy_into(self, folder: Path, progress: Progress | None = None) -> None:
        """Copy this record into another folder and verify it there, with the secret that opened it.

        Raises AlreadyThere where something else is, WrongSecret after that secret was changed, MediumError's kinds.
        """
        if self._copying is None:
            raise WrongSecret
        place.copy_to(self.file, folder, self._copying, progress)

    def _open_alike(self, path: Path) -> "Opened":
        """Another file, with the secret that opened this one. Raises WrongSecret where it is another, NothingThere."""
        if self._copying is None:
            raise WrongSecret
        return Opened(place.open_at(paths.there(path), self._copying))

    @property
    def writing(self) -> bool:
        """Whether it may write."""
        return self._secret is None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._secret = self._copying = None
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

    def lines(self, *, every: bool = False, types: Collection[str] | None = None) -> list[Line]:
        """The entries in the order in which they came in, each with its commit.

        every: also the former ones; types: of these types only. Only the signatures of their commits are judged.
        """
        entries = sorted(self._container.entries(*(range(4) if every else ())), key=lambda e: (e.seq, e.id))
        entries = [one for one in entries if types is None or one.meta.get("type") in types]
        by_seq = {verdict.seq: commit for verdict, commit in self._replayed({one.seq for one in entries})[0]}
        unknown = Signed(-1, "unknown", "broken", None)
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

    def page(self) -> Page:
        """The emergency page of the commit that is shown. Raises SummaryDamaged."""
        return replace(page_of(self._container.summary(), self.demonstration, self.findings), number=self.number)

    def difference(self, page: Page, *, everything: bool = False) -> "Difference | None":
        """How the signed page differs from the dossier; None if nobody signed a page. Raises ItemDamaged."""
        from baladeur.acts import paging

        return paging.difference(self._container, page, everything=everything)

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
            differs = None if damaged else self.difference(page, everything=True)
            if differs is not None and (differs.count or differs.other_rules):
                findings.append(Finding("summary-differs" if differs.count else "summary-other-rules"))
        return Report(commits, findings, len(entries), damaged)

    def _replayed(self, judged: Collection[int] | None = None) -> tuple[list[tuple[Verdict, Signed]], list[Finding]]:
        """Every commit; where only some are `judged`, by seq, nothing is said of the signatures of the others."""
        verdicts, findings = self._container.replay()
        first = verdicts[0].seq if verdicts else 0
        return list(self._judged(first, verdicts, judged)), findings

    def _roots(self) -> "Trust":
        return roots_of(self.demonstration)

    def _judged(
        self, first: int, verdicts: Sequence[Verdict], only: Collection[int] | None
    ) -> Iterator[tuple[Verdict, Signed]]:
        def asked(verdict: Verdict) -> bool:
            return verdict.record is not None and bool(verdict.record.cms) and (only is None or verdict.seq in only)

        signed = any(map(asked, verdicts))
        judge = self._judge() if signed else None
        for verdict in verdicts:
            utc, ops, clock = ("", (), "") if verdict.record is None else said(verdict.record)
            told = Signed(verdict.seq - first, verdict.role, verdict.result, None, utc, ops, verdict.reasons, clock)
            if judge and verdict.record is not None and asked(verdict):
                told = judge(verdict.record, told)
            yield verdict, told

    def _judge(self) -> "Callable[[Record, Signed], Signed]":
        """What completes a commit by what its signature is worth, by this computer's trust list and clock."""
        from baladeur import signing

        roots, now = self._roots(), datetime.now(UTC)
        types = {one.id.hex(): str(one.meta.get("type", "")) for one in self._container.entries(*range(4))}

        def judge(record: "Record", told: Signed) -> Signed:
            found = signing.judge(record, roots, types, now)
            mark = found.signature
            wrong = "" if mark.holds else mark.reason or mark.indication
            wrong = wrong or ("NotInScope" if found.scope else "")
            return replace(
                told,
                verdict=wrong or told.verdict,
                signer=mark.holder.name if mark.holds and mark.holder else None,
                etsi=mark.words,
                crl=f"{mark.crl_date:%Y-%m-%d}" if mark.crl_date else "",
                wording=(mark.wording("fr"), mark.wording("en")),
                in_training=mark.holds and mark.holder is not None and mark.holder.in_training,
            )

        return judge
