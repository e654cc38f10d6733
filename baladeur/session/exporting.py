"""An open record in open formats."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from baladeur import __version__
from baladeur.errors import NotSigned, PaperRefused
from baladeur.session.opened import Opened, Progress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from baladeur.acts.exporting import Exported, Held
    from baladeur.container.statement import Record
    from baladeur.views import Signed

_PROGRAM = f"Baladeur {__version__}"


class Exporting(Opened):
    """What hands out the content of a record."""

    def export_fhir(self) -> "Exported":
        """A collection Bundle of all live resources. Raises ItemDamaged, BundleInvalid's kinds."""
        from baladeur.acts import exporting

        return exporting.fhir(self._held(), today=date.today())

    def export_ips(self, *, everything: bool = False) -> "Exported":
        """The International Patient Summary. Raises NoIdentity, ItemDamaged, BundleInvalid's kinds."""
        from baladeur.acts import exporting

        return exporting.ips(self._held(), _PROGRAM, everything=everything, today=date.today())

    def export_evidence(self, path: Path) -> "Mapping[str, int]":
        """A new folder with the signed bytes and signatures of each commit. Raises AlreadyThere, OSError."""
        from baladeur.acts import evidence, output

        commits = self._commits()
        with output.new_folder(path) as folder:
            return {"versions": len(commits), "signatures": evidence.put(folder, self._container, commits)}

    def export_all(self, path: Path, progress: Progress | None = None) -> "Mapping[str, int]":
        """A new folder with everything. Raises AlreadyThere, OSError, BundleInvalid's kinds."""
        from baladeur.acts import everything, output

        held, lines = self._held(), self.lines(every=True)
        with output.new_folder(path) as folder:
            return everything.put(
                folder, self._container, held, lines, self._commits(), _PROGRAM, today=date.today(), progress=progress
            )

    def receipt(self, number: int | None = None) -> tuple[dict[str, bytes], str]:
        """The receipt of a signed version, by default the last one: its files by name, and four words of the version.

        Raises NotSigned for a version that no card signed, CmsMalformed, CmsRefused, ItemDamaged.
        """
        from baladeur import receipt
        from baladeur.acts import holding, printing

        wanted = self.number if number is None else number
        record = next((record for record, commit in self._commits() if commit.number == wanted), None)
        if record is None or not record.cms:
            raise NotSigned
        who = ", ".join(filter(None, holding.whose(self._container, today=date.today()))) or "—"
        files = receipt.make(self._container, record, wanted, who, self._roots())
        with suppress(PaperRefused):  # without a typesetter the text says the same
            files["RECU.pdf"] = printing.receipt_pdf(files["RECU.txt"].decode(), today=date.today())
        return files, receipt.head_words(record.head)

    def kept_place(self, ending: str = "") -> Path:
        """A place that does not exist yet among the user's documents; its name says nothing of the patient."""
        from platformdirs import user_documents_path

        stem = f"{date.today():%Y-%m-%d}-{self.number:04d}"
        places = (user_documents_path() / "Baladeur" / (stem + (f"-{n}" if n else "") + ending) for n in range(1000))
        return next(place for place in places if not place.exists())

    def keep_receipt(self, path: Path, number: int | None = None) -> str:
        """Write the receipt as a new folder; the words of its version. Raises as `receipt`, AlreadyThere, OSError."""
        from baladeur.acts import output

        files, words = self.receipt(number)
        with output.new_folder(path) as folder:
            for name, data in files.items():
                (folder / name).parent.mkdir(0o700, exist_ok=True)
                output.write(folder / name, data)
        return words

    def _commits(self) -> "list[tuple[Record | None, Signed]]":
        return [(verdict.record, commit) for verdict, commit in self._replayed()[0]]

    @staticmethod
    def write_new(path: Path, data: bytes) -> None:
        """A new file, whole or not there. Raises AlreadyThere, MediumError's kinds, OSError."""
        from baladeur.acts import output

        output.write_new(path, data)

    def _held(self) -> "Held":
        from baladeur.acts import exporting

        lines = self.lines()
        wrong = frozenset(line.entry.id.hex() for line in lines if line.commit.verdict != "ok")
        signers = {line.entry.id.hex(): line.commit.signer or "" for line in lines}
        day = max((line.commit.utc for line in lines), default="")
        return exporting.hold(self._container, wrong, signers, day, today=date.today())
