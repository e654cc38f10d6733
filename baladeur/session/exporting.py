"""An open record in open formats."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from baladeur import __version__
from baladeur.session.opened import Opened

if TYPE_CHECKING:
    from baladeur.acts.exporting import Exported, Held


class Exporting(Opened):
    """What hands out the content of a record."""

    def export_fhir(self) -> "Exported":
        """A collection Bundle of all live resources. Raises ItemDamaged, BundleInvalid's kinds."""
        from baladeur.acts import exporting

        return exporting.fhir(self._held(), today=date.today())

    def export_ips(self, *, everything: bool = False) -> "Exported":
        """The International Patient Summary. Raises NoIdentity, ItemDamaged, BundleInvalid's kinds."""
        from baladeur.acts import exporting

        return exporting.ips(self._held(), f"Baladeur {__version__}", everything=everything, today=date.today())

    @staticmethod
    def write_new(path: Path, data: bytes) -> None:
        """A new file, whole or not there. Raises AlreadyThere, MediumError's kinds, OSError."""
        from baladeur.acts import output

        output.write_new(path, data)

    def _held(self) -> "Held":
        from baladeur.acts import exporting

        lines = self.lines()
        wrong = frozenset(line.entry.id.hex() for line in lines if line.commit.verdict not in ("ok", "not-checked"))
        signers = {line.entry.id.hex(): line.commit.signer or "" for line in lines}
        day = max((line.commit.utc for line in lines), default="")
        return exporting.hold(self._container, wrong, signers, day, today=date.today())
