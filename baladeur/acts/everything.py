"""Everything: a folder that needs no program of ours. Formats, original files, each entry as it is, the evidence."""

import mimetypes
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from baladeur.acts import evidence, exporting
from baladeur.acts.exporting import Held
from baladeur.acts.output import write, written
from baladeur.chart import items, sources
from baladeur.container.container import Container
from baladeur.container.statement import Record
from baladeur.errors import ContainerError, ItemDamaged, NoIdentity
from baladeur.views import Line, Signed

Progress = Callable[[int, int], None]
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9.-]+")
_LONGEST: Final = 40  # characters of a title in a file's name
_EXTENSIONS: Final = {items.FHIR_JSON: ".json", "text/plain": ".txt", "application/json": ".json"}
_FR: Final = """LE DOSSIER ENTIER, EN FORMATS OUVERTS

Ces fichiers ne sont pas chiffrés.

  ips.json        la synthèse (International Patient Summary 2.0) ; absente si le dossier ne dit pas qui est le patient
  fhir.json       toutes les ressources FHIR R4 en vigueur, dans leurs propres octets, références récrites
  originals/      chaque fichier importé, octet pour octet comme il est arrivé
  entries/        chaque entrée de tout état, dans ses octets exacts : documents, notes en attente, proches, versions
  evidence/       les signatures, à vérifier avec openssl
  catalogue.json  toutes les entrées : état, dates, qui a signé, ce qui remplace quoi, où est le fichier

Reprendre ce dossier ailleurs : importez fhir.json (les entrées en vigueur), ou ceux de originals/ dans leur ordre.
{lost}"""
_EN: Final = """THE WHOLE RECORD, IN OPEN FORMATS

These files are not encrypted.

  ips.json        the summary (International Patient Summary 2.0); missing if the record does not say who the patient is
  fhir.json       all FHIR R4 resources in force, in their own bytes, references rewritten
  originals/      each imported file, byte for byte as it came
  entries/        each entry of any state, in its exact bytes: documents, pending notes, contacts, versions
  evidence/       the signatures, to be checked with openssl
  catalogue.json  all entries: state, dates, who signed, what replaces what, where its file is

To go on elsewhere: import fhir.json (what is in force), or the files of originals/ in their order.
{lost}"""
_LOST: Final = (
    "\n{n} fichier(s) importé(s) ne peuvent plus être rendus : une entrée en a été effacée ou est abîmée "
    "(« original »: null dans catalogue.json).\n",
    '\n{n} imported file(s) cannot be given back: one of their entries was erased or is damaged ("original": null in '
    "catalogue.json).\n",
)


def put(
    folder: Path,
    container: Container,
    held: Held,
    lines: Sequence[Line],
    commits: Sequence[tuple[Record | None, Signed]],
    program: str,
    *,
    today: date,
    progress: Progress | None = None,
) -> Mapping[str, int]:
    """Fill a folder. lines: the entries of every status. Returns counts to tell.

    Raises OSError, BundleInvalid's kinds.
    """
    write(folder / "fhir.json", exporting.fhir(held, today=today).data)
    told = {"entries": 0, "damaged": 0, "originals": 0, "lost": 0}
    try:
        write(folder / "ips.json", exporting.ips(held, program, everything=True, today=today).data)
    except NoIdentity:
        told["no-ips"] = 1
    (folder / "entries").mkdir(0o700)
    listed = []
    former = items.former(container)
    for number, line in enumerate(lines, 1):
        listed.append(_listed(folder / "entries", container, line, former, told))
        if progress:
            progress(number, len(lines))
    originals = _originals(folder / "originals", container, told)
    (folder / "evidence").mkdir(0o700)
    told["signatures"] = evidence.put(folder / "evidence", container, commits)
    catalogue = {"version": container.number, "demonstration": container.demo, "imports": originals, "entries": listed}
    write(folder / "catalogue.json", written(catalogue))
    for name, text, lost in zip(("LISEZMOI.txt", "README.txt"), (_FR, _EN), _LOST, strict=True):
        write(folder / name, text.format(lost=lost.format(n=told["lost"]) if told["lost"] else "").encode())
    return told


def _listed(
    folder: Path, container: Container, line: Line, former: Mapping[str, str], told: dict[str, int]
) -> dict[str, Any]:
    """One entry of the catalogue; its content becomes a file."""
    entry, id_ = line.entry, line.entry.id.hex()
    about = {
        "id": id_,
        "status": entry.status,
        "hidden": entry.dossier_only,
        "meta": dict(entry.meta),
        "replaced_by": former.get(id_),
        "brought_by": evidence.judged(line.commit),
    }
    if entry.status == "erased":
        return about
    told["entries"] += 1
    about |= {"size": entry.size, "sha256": container.opening(entry.id)[1].hex()}
    extension = _extension(line.meta("media"))
    name = f"{id_}{_safe(line.meta('title').removesuffix(extension))}{extension}"
    try:
        write(folder / name, container.read(entry.id))
    except ItemDamaged:
        told["damaged"] += 1
        return about | {"file": None}
    return about | {"file": f"entries/{name}"}


def _originals(folder: Path, container: Container, told: dict[str, int]) -> list[dict[str, Any]]:
    """Each imported file, rebuilt, in the order of the imports."""
    folder.mkdir(0o700)
    found = [one for one in items.live(container) if one.type == items.SOURCE]
    listed: list[dict[str, Any]] = []
    for number, one in enumerate(found, 1):
        told["originals"] += 1
        name = f"{number:03}{_safe(one.title.removesuffix('.json'))}.json"
        about: dict[str, Any] = {"source": one.id, "name": one.title, "date": one.date}
        try:
            source = sources.parse(one)
            contents = {id_: container.read(bytes.fromhex(id_)) for id_ in source.order}
            write(folder / name, sources.original(source, contents))
        except ContainerError:  # erased or damaged: nothing can be made up in its place
            told["lost"] += 1
            name = ""
        listed.append({**about, "original": f"originals/{name}" if name else None})
    return listed


def _safe(title: str) -> str:
    """A part of a file's name that every system takes: plain letters, no dot at its end, no name of a device."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    short = _UNSAFE.sub("-", plain).strip("-.")[:_LONGEST].strip("-.")
    return f"-{short}" if short else ""


def _extension(media: str) -> str:
    return _EXTENSIONS.get(media) or mimetypes.guess_extension(media, strict=False) or ".bin"
