"""An open record as its patient sees it: whose it is, what its emergency page tells, what she may take off it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from baladeur.container.change import Change
from baladeur.quiet import quiet
from baladeur.session.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Collection

    from baladeur.acts.choosing import Choice
    from baladeur.record.page import Shown
    from baladeur.record.phrases import Lang


@dataclass(frozen=True, slots=True, repr=False)
class Whose:
    """Whose record it is, as its entries say it; empty where none does."""

    name: str
    born: str  #: YYYY-MM-DD, YYYY-MM or YYYY

    __repr__ = quiet


class Seeing(Writing):
    """What the patient is shown of her own record."""

    def whose(self) -> Whose:
        """Name and birth date of the record's identity; empty where there is none, or none that can be read."""
        from baladeur.acts import holding

        return Whose(*holding.whose(self._container, today=self.today))

    @staticmethod
    def day_words(raw: str, language: "Lang") -> str:
        """A date in words: `04 mars 1961`."""
        from baladeur.record import wording

        return wording.date_words(raw, language)

    def page_lines(self) -> "tuple[Shown, ...]":
        """The emergency page as it stands, in words. Raises SummaryDamaged, ItemDamaged."""
        from baladeur.acts import paging

        page = self.page()
        return paging.show(page, self.difference(page), as_of=self.today)

    def choices(self) -> "tuple[Choice, ...]":
        """What the patient may take off the page or put back. Raises SummaryDamaged, ItemDamaged."""
        from baladeur.acts import choosing

        return choosing.choices(self._container, self.page_lines())

    def show_only(self, chosen: "Collection[Choice]") -> tuple[int, int]:
        """Of all choices these are to be on the page. Returns how many entries were taken off, and put back.

        What was put back comes onto a signed page with the next signature only.
        """
        kept = {id_ for one in chosen for id_ in one.ids}
        changed = {
            bytes.fromhex(id_): id_ not in kept
            for one in self.choices()
            for id_ in one.ids
            if (id_ in kept) is not one.on
        }
        if changed:
            self.commit(Change(visibility=changed))
        return sum(changed.values()), len(changed) - sum(changed.values())
