"""An open record to write: drafts, and the commit that seals one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from baladeur.acts import clock
from baladeur.container.change import Author, Change
from baladeur.errors import ConsentNeeded, DemonstrationOnly, NoCard
from baladeur.session.opened import Opened

if TYPE_CHECKING:
    from pathlib import Path

    from baladeur.acts.draft import Draft
    from baladeur.acts.rejoining import Joined
    from baladeur.chart.importing import Plan
    from baladeur.container.place import Comparison
    from baladeur.container.state import Finding
    from baladeur.record.page import Shown

Sign = Callable[[bytes], bytes]


class Writing(Opened):
    """What changes the content of a record."""

    REVIEWED = ("medications", "allergies")  #: the sections that may be reviewed

    _declared: datetime | None = None

    def date_is(self, typed: str) -> None:
        """The user said today's date: what follows is marked as declared. Raises DateRefused."""
        self._declared = clock.parse(typed)

    def check_clock(self, card: str | None = None) -> None:
        """Whether a commit could be dated now. Raises ClockNotBelieved, NoCard, DemonstrationOnly."""
        self._author(self._hand(card)[0] if card else None)

    @property
    def today(self) -> date:
        """The day that was declared, else this computer's."""
        return self._declared.date() if self._declared else date.today()

    def _author(self, sign: Sign | None = None) -> Author:
        """Who commits, and when. Raises ClockNotBelieved."""
        start, hand = None, sign
        if sign is not None:
            from baladeur.card import demo

            if sign is demo.sign:
                start = demo.valid_from()
                hand = partial(demo.sign, moment=self._declared) if self._declared else sign
        last = clock.moment_of(self._container.utc)
        return clock.author(hand, last=last, card=start, declared=self._declared)

    def commit(self, change: Change, sign: Sign | None = None) -> int:
        """One commit, signed by a card or the holder's own. Returns its number.

        Raises DemonstrationOnly, ClockNotBelieved, IdentitySigned, WriteRefused's and MediumError's kinds.
        """
        from baladeur.acts import sealing
        from baladeur.card import demo

        if sign is not None and (sign is demo.sign) != self.demonstration:
            raise DemonstrationOnly
        if change.parts is None and change.declared is None:
            sealing.seal(self.draft(change), self._author(sign), today=self.today)
        else:
            sealing.write(self._container, change, self._author(sign))
        return self._container.number

    def draft(self, change: Change | None = None) -> "Draft":
        """A draft. Entries that no valid commit brought in are not in it: nobody signs for them again."""
        from baladeur.acts.draft import Draft
        from baladeur.chart import items

        doubtful = (line.entry.id.hex() for line in self.lines() if line.commit.verdict not in ("ok", "not-checked"))
        made = Draft(self._container, frozenset(doubtful))
        if change is not None:
            made.change = replace(change, add=items.named(change.add))
        return made

    def bring(self, draft: "Draft", data: bytes, name: str) -> "Plan":
        """Put a FHIR R4 JSON file into a draft. Raises AnotherPatient, BundleInvalid's kinds, ItemDamaged."""
        from baladeur.acts import importing

        return importing.bring(draft, data, name, today=self.today)

    def review(self, draft: "Draft", sections: Sequence[str], card: str) -> None:
        """Say in a draft that sections were reviewed by the one who will sign it."""
        from baladeur.acts import reviewing
        from baladeur.record.model import SectionName

        reviewing.review(draft, map(SectionName, sections), self.signer(card), today=self.today)

    def rejoin(
        self, draft: "Draft", other: "Path", typed: str, *, agreed: bool
    ) -> "tuple[Comparison, tuple[Finding, ...], Joined]":
        """Put into a draft what another copy has since the two diverged; nothing if they did not.

        Returns how this record stood to it, what was odd about it, and what comes in.
        Raises ConsentNeeded if something may be missing from it and the user has not agreed, and what opening raises.
        """
        from baladeur.acts import rejoining
        from baladeur.container import place

        with Opened.open(other, typed) as theirs:
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

    def seal(self, draft: "Draft", card: str | None) -> int:
        """Sign a draft with a card, or commit it as the holder's own. Returns the number of the commit.

        Raises NoCard, DemonstrationOnly, ClockNotBelieved, IdentitySigned, WriteRefused's and MediumError's kinds.
        """
        from baladeur.acts import sealing

        sealing.seal(draft, self._author(self._hand(card)[0] if card else None), today=self.today)
        return self._container.number

    def signer(self, card: str) -> str:
        """The words for who would sign with a card. Raises NoCard, DemonstrationOnly."""
        return self._hand(card)[1]

    def _hand(self, card: str) -> tuple[Sign, str]:
        """What signs, and the words for who does. `auto` is the demonstration card on a demonstration record."""
        from baladeur.card import demo

        if card == "auto" and not self.demonstration:
            raise NoCard
        if card in ("auto", "demo"):
            if not self.demonstration:
                raise DemonstrationOnly
            return demo.sign, demo.HOLDER
        raise NoCard
