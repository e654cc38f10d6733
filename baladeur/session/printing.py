"""An open record on paper."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from baladeur.session.opened import Opened

if TYPE_CHECKING:
    from baladeur.record.phrases import Lang
    from baladeur.record.seen import Difference
    from baladeur.views import Page


class Printing(Opened):
    """What goes on paper. Every method gives the bytes of a PDF and writes no file."""

    def sheet(self, languages: "Sequence[Lang]") -> bytes:
        """The emergency page of the commit that is shown. Raises NoPageToPrint, PaperRefused, SummaryDamaged."""
        page = self.page()
        return self.emergency_sheet(page, self.difference(page), languages)

    @staticmethod
    def emergency_sheet(page: "Page", found: "Difference | None", languages: "Sequence[Lang]") -> bytes:
        """A page of `page_at`, in one language or in two. Raises NoPageToPrint, PaperRefused."""
        from baladeur.acts import printing

        return printing.emergency_sheet(page, found, languages, today=date.today())
