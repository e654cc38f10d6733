"""An open record on paper."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from baladeur.container import unlock
from baladeur.container.medium import FileMedium
from baladeur.session import paths
from baladeur.session.opened import Opened

if TYPE_CHECKING:
    from baladeur.record.phrases import Lang
    from baladeur.record.seen import Difference
    from baladeur.views import Page


class Printing(Opened):
    """What goes on paper, and what lies beside the record. Sheets are the bytes of a PDF: no file is written."""

    RGPD = ("notice", "register", "breach")  #: the sheets of data protection

    def sheet(self, languages: "Sequence[Lang]") -> bytes:
        """The emergency page of the commit that is shown. Raises NoPageToPrint, PaperRefused, SummaryDamaged."""
        page = self.page()
        return self.emergency_sheet(page, self.difference(page), languages)

    @staticmethod
    def emergency_sheet(page: "Page", found: "Difference | None", languages: "Sequence[Lang]") -> bytes:
        """A page of `page_at`, in one language or in two. Raises NoPageToPrint, PaperRefused."""
        from baladeur.acts import printing

        return printing.emergency_sheet(page, found, languages, today=date.today())

    @staticmethod
    def short_id(path: Path) -> str:
        """Eight hexadecimal digits in two groups, which tell one key's file from another's; no secret is needed.

        Raises NothingThere, NotAContainer's kinds.
        """
        medium = FileMedium.open(paths.files(paths.there(path))[0])
        try:
            found = unlock.intact_headers(medium, unlock.read_zones(medium)[0])[0].container_id.hex()
        finally:
            medium.close()
        return f"{found[:4]} {found[4:8]}"

    @staticmethod
    def recovery_sheet(typed: str, language: "Lang", *, key: str = "", name: str = "", qr: bool = False) -> bytes:
        """The twelve words, typed or joined by spaces, on a sheet. key: `short_id`. No file is read.

        Raises SecretMistyped, SecretRefused (another kind of secret), PaperRefused.
        """
        from baladeur.acts import printing

        return printing.recovery_sheet(typed, language, today=date.today(), key=key, name=name, qr=qr)

    @staticmethod
    def write_secret(path: Path, data: bytes) -> None:
        """A new file for a sheet with secret words: under no other name, not even while it is written.

        Raises AlreadyThere, MediumError's kinds, OSError.
        """
        from baladeur.acts import output

        output.write_only(path, data)

    @staticmethod
    def wallet_card(language: "Lang", *, typed: str | None = None, call: str = "") -> bytes:
        """A card for the wallet; typed: the six emergency words, if they shall stand on it; call: whom to call.

        Raises SecretRefused (another kind of secret), PaperRefused.
        """
        from baladeur.acts import printing

        return printing.wallet_card(language, today=date.today(), typed=typed, call=call)

    @staticmethod
    def write_page(output: Path) -> int:
        """Write lire.html to a new file, or into a folder. Returns its size. Raises AlreadyThere, OSError."""
        from baladeur.acts import beside

        data = beside.page_bytes()
        beside.write(output / beside.PAGE if output.is_dir() else output, data)
        return len(data)

    @staticmethod
    def place_beside(folder: Path) -> bool:
        """Put lire.html and the notes for doctor and finder beside a record. False if the key did not take them all."""
        from baladeur.acts import beside

        return beside.place(folder)

    @staticmethod
    def rgpd_pdf(sheet: str) -> bytes:
        """A sheet of data protection, one of RGPD, on at most two pages, in French. Raises KeyError, PaperRefused."""
        from baladeur.paper import blocks, rgpd

        return blocks.pdf(rgpd.SHEETS[sheet], "fr", date.today())

    @staticmethod
    def rgpd_rows(sheet: str) -> Iterator[tuple[str, str]]:
        """The same as text: what stands before each paragraph, and the paragraph, not folded. Raises KeyError."""
        from baladeur.paper import blocks, rgpd

        return blocks.rows(rgpd.SHEETS[sheet])
