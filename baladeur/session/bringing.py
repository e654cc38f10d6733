"""An open record and what comes in from outside: files seen before they are taken, what waits in the tray."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from baladeur.quiet import quiet
from baladeur.session.holding import Holding

if TYPE_CHECKING:
    from pathlib import Path

    from baladeur.acts.arriving import Gate
    from baladeur.acts.draft import Draft
    from baladeur.acts.rejoining import Joined
    from baladeur.acts.tray import Words
    from baladeur.chart.importing import Plan
    from baladeur.container.place import Comparison
    from baladeur.container.state import Finding
    from baladeur.record.identity import Warned


@dataclass(frozen=True, slots=True, repr=False)
class Brought:
    """What a file would bring, how many faults above a note it has, and what is odd about its numbers."""

    plan: "Plan"
    faults: int
    odd: "tuple[Warned, ...]"
    nobody: str = ""  #: why the record would still have no identity: `several` patients, `nobody`, or it has one

    __repr__ = quiet


class Bringing(Holding):
    """What is shown of a document before anybody takes it."""

    def gate(self, draft: "Draft | None" = None) -> "Gate":
        """What files in a folder are compared with; the record is not needed for it any more."""
        from baladeur.acts import arriving
        from baladeur.acts.draft import Draft

        return arriving.gate(Draft(self._container) if draft is None else draft, today=self.today)

    def look_into(self, draft: "Draft", data: bytes, name: str) -> Brought:
        """Put a FHIR file into a draft, with what is to be said of it. Raises as `bring`.

        Faults are those above a note that the checker finds: the file is read all the same.
        """
        return self._told(draft, self.bring(draft, data, name), data)

    def _told(self, draft: "Draft", plan: "Plan", data: bytes) -> Brought:
        from baladeur.chart import checked
        from baladeur.chart.items import IDENTITY

        nobody = ""
        if plan.new and not any(one.type == IDENTITY for one in draft.items()):
            nobody = "several" if list(plan.document.types.values()).count("Patient") > 1 else "nobody"
        faults = sum(one.severity != "note" for some in checked.checked(BytesIO(data)) for one in some)
        return Brought(plan, faults or len(plan.document.findings), tuple(self.odd(plan)), nobody)

    def look_at_waiting(self, draft: "Draft", start: str) -> Brought | None:
        """Put the adoption of an entry of the tray into a draft; what a FHIR file would bring. Raises as `adopt`."""
        from baladeur.acts import tray

        one = tray.waiting(draft, start)
        plan = tray.adopt(draft, one, today=self.today)
        return self._told(draft, plan, one.content) if plan else None

    @staticmethod
    def decided(draft: "Draft") -> "dict[str, str]":
        """What a draft does to entries of the tray: id → adopt, correct or reject."""
        from baladeur.acts import tray

        return tray.decided(draft)

    def words_waiting(self, draft: "Draft", start: str) -> "Words":
        """What may be corrected of an entry of the tray when it is adopted. Raises NotInTray, ItemDamaged."""
        from baladeur.acts import tray

        return tray.words(tray.waiting(draft, start))

    def correct_waiting(self, draft: "Draft", start: str, said: "Words") -> bool:
        """Put an adoption in corrected words into a draft; False if nothing was corrected. Raises as `tray.correct`."""
        from baladeur.acts import tray

        return tray.correct(draft, tray.waiting(draft, start), said, today=self.today)

    def rejoin_alike(
        self, draft: "Draft", other: "Path", *, agreed: bool
    ) -> "tuple[Comparison, tuple[Finding, ...], Joined]":
        """As `rejoin`, of a copy that opens with what opened this record. Raises WrongSecret where it does not."""
        return self._rejoin(draft, self._open_alike(other), agreed=agreed)
