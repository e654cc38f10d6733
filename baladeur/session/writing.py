"""An open record to write: drafts, and the commit that seals one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from baladeur.acts import clock
from baladeur.container.change import Author, Change
from baladeur.errors import ConsentNeeded
from baladeur.session.opened import Opened
from baladeur.session.signatory import Signatory, notices

if TYPE_CHECKING:
    from pathlib import Path

    from baladeur.acts.checking import Checked
    from baladeur.acts.draft import Draft
    from baladeur.acts.rejoining import Joined
    from baladeur.card.permissions import Act
    from baladeur.card.signer import Signer
    from baladeur.chart.importing import Plan
    from baladeur.container.place import Comparison
    from baladeur.container.state import Finding
    from baladeur.record.page import Shown
    from baladeur.signing import Pen


class Writing(Opened):
    """What changes the content of a record."""

    REVIEWED = ("medications", "allergies")  #: the sections that may be reviewed

    notices: tuple[str, ...] = ()  #: after a signature: names of phrases that its holder should be told

    was_checked: "Checked | None" = None  #: after a signature: what was checked before it

    _declared: datetime | None = None
    _in_hand: "tuple[Signatory, Signer] | None" = None

    def date_is(self, typed: str) -> None:
        """The user said today's date: what follows is marked as declared. Raises DateRefused."""
        self._declared = clock.parse(typed)

    def check_clock(self, by: Signatory | None = None) -> None:
        """Whether a commit could be dated now, and for a card, whether it may sign this record at all: no PIN is asked.

        Raises ClockNotBelieved, DemonstrationOnly, NoModule, NoCard, CardBusy, CardRefused, CertificateRefused.
        """
        self._author(by)

    @property
    def today(self) -> date:
        """The day that was declared, else this computer's."""
        return self._declared.date() if self._declared else date.today()

    def _author(self, by: Signatory | None = None, acts: "Iterable[Act]" = ()) -> Author:
        """Who commits, and when. Raises ClockNotBelieved; for a card what `_pen` raises."""
        if by is not None:
            return self._pen(by, acts).author
        return clock.author(last=clock.moment_of(self._container.utc), declared=self._declared)

    def _pen(self, by: Signatory, acts: "Iterable[Act]" = ()) -> "Pen":
        """The card, found good for these acts on this record: what is left is the PIN.

        Raises NoModule, NoCard, CardBusy, CardRefused, NotInScope, CertificateRefused, ClockNotBelieved,
        DemonstrationOnly.
        """
        from baladeur import signing

        if self._in_hand is None or self._in_hand[0] != by:
            self._in_hand = by, by.signer(demonstration=self.demonstration)
        return signing.take(
            self._in_hand[1],
            acts,
            self._roots(),
            now=self._declared or clock.now(),
            last_commit=clock.moment_of(self._container.utc),
            declared=self._declared is not None,
        )

    def _let_go(self) -> None:
        """After a signature, made or refused: what the holder should know, and the next one looks for the card anew."""
        self.notices = notices(self._in_hand[1]) if self._in_hand else ()
        self._in_hand = None

    def commit(self, change: Change, by: Signatory | None = None) -> int:
        """One commit, signed by a card or the holder's own. Returns its number. Raises as `seal`."""
        from baladeur.acts import sealing

        draft = self.draft(change)
        if change.parts is None and change.declared is None:
            return self.seal(draft, by)
        author = self._sealer(draft, by)
        try:
            sealing.write(self._container, change, author)
        finally:
            self._let_go()
        return self._container.number

    def draft(self, change: Change | None = None, *, types: Collection[str] | None = None) -> "Draft":
        """A draft. Entries that no valid commit brought in are not in it: nobody signs for them again.

        types: the only ones that it will use, so that no other signature is judged.
        """
        from baladeur.acts.draft import Draft
        from baladeur.chart import items

        doubtful = (line.entry.id.hex() for line in self.lines(types=types) if line.commit.verdict != "ok")
        made = Draft(self._container, frozenset(doubtful))
        if change is not None:
            made.change = replace(change, add=made.hiding(items.named(change.add)))
        return made

    def bring(self, draft: "Draft", data: bytes, name: str) -> "Plan":
        """Put a FHIR R4 JSON file into a draft. Raises AnotherPatient, BundleInvalid's kinds, ItemDamaged."""
        from baladeur.acts import importing

        return importing.bring(draft, data, name, today=self.today)

    def review(self, draft: "Draft", sections: Sequence[str], by: Signatory) -> None:
        """Say in a draft that sections were reviewed by the one who will sign it. Raises as `signer`."""
        from baladeur.acts import reviewing
        from baladeur.record.model import SectionName

        reviewing.review(draft, map(SectionName, sections), self.signer(by), today=self.today)

    def rejoin(
        self, draft: "Draft", other: "Path", typed: str, *, agreed: bool
    ) -> "tuple[Comparison, tuple[Finding, ...], Joined]":
        """Put into a draft what another copy has since the two diverged; nothing if they did not.

        Returns how this record stood to it, what was odd about it, and what comes in.
        Raises ConsentNeeded if something may be missing from it and the user has not agreed, and what opening raises.
        """
        return self._rejoin(draft, Opened.open(other, typed), agreed=agreed)

    def _rejoin(
        self, draft: "Draft", opened: Opened, *, agreed: bool
    ) -> "tuple[Comparison, tuple[Finding, ...], Joined]":
        from baladeur.acts import rejoining
        from baladeur.container import place

        with opened as theirs:
            found = place.compare(self._container, theirs._container)
            if found.relation is not place.Relation.DIVERGED:
                return found, theirs.findings, rejoining.Joined()
            if theirs.blocked and not agreed:
                raise ConsentNeeded
            commits = [(verdict.record, commit, verdict.seq) for verdict, commit in theirs._replayed()[0]]
            return found, theirs.findings, rejoining.rejoin(draft, theirs._container, commits, agreed)

    def planned(self, draft: "Draft") -> "tuple[Shown, ...]":
        """The emergency page that sealing a draft would give."""
        from baladeur.acts import paging

        return paging.planned(draft, as_of=self.today, fictional=self.demonstration)

    def may_seal(self, draft: "Draft", by: Signatory | None) -> None:
        """Whether this signatory may make this change, before anybody is asked for anything.

        Raises as `seal`, but for what a PIN and a signature can raise.
        """
        self._sealer(draft, by)

    def seal(self, draft: "Draft", by: Signatory | None) -> int:
        """Sign a draft with a card, or commit it as the holder's own. Returns the number of the commit.

        What the holder should know afterwards is in `notices`, as names of phrases.
        Raises CardError's kinds, DemonstrationOnly, ClockNotBelieved, IdentitySigned, WriteRefused's and MediumError's
        kinds. After an error of the card the record is at its last commit, byte for byte.
        """
        from baladeur.acts import sealing

        author = self._sealer(draft, by)
        try:
            self.was_checked = sealing.seal(draft, author, today=self.today)
        finally:
            self._let_go()
        draft.change, draft.kept_as = Change(), ""  # what is written is not kept or signed again; its sentences stay
        return self._container.number

    def signer(self, by: Signatory) -> str:
        """The words for who would sign. Raises as `check_clock`."""
        return self._pen(by).holder.name

    def _sealer(self, draft: "Draft", by: Signatory | None) -> Author:
        """The author of a draft. Raises AnotherCard if somebody else's name stands in it; what `_pen` raises."""
        if by is None:
            return self._author()
        from baladeur.acts import permitting
        from baladeur.card.refusals import AnotherCard

        pen = self._pen(by, permitting.acts_of(draft))
        if draft.who and pen.holder.name != draft.who:
            raise AnotherCard
        return pen.author
