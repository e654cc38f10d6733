"""Where the record meets the sealed file: FHIR documents become items, and live items become the record again.

Imported bytes are kept unchanged, one item a resource; the record is read from them at each use, never stored twice.
"""

import hashlib
from datetime import date
from typing import BinaryIO

from baladeur.container import suite
from baladeur.container.change import NewItem
from baladeur.container.container import Container, Entry
from baladeur.errors import AnotherPatient
from baladeur.record import fhir, render, scan, shown, summary
from baladeur.record.model import Document
from baladeur.record.people import Identity
from baladeur.record.phrases import Lang
from baladeur.text import fold

FHIR_JSON = "application/fhir+json"
PREFIX = "fhir-"  # item type of a resource: fhir-condition
IDENTITY = "identity"
TITLE = 300  # characters of an entry's words that its title repeats


def items(data: bytes, document: Document, present: Identity | None) -> list[NewItem]:
    """The items of an imported document, its bytes as they stand. The patient becomes the identity of an empty record.

    data: the document as it came; document: what was read from it; present: the record's identity.
    Raises AnotherPatient if the record has an identity and the document is another person's.
    """
    if present is not None and document.identity is not None and not same_person(present, document.identity):
        raise AnotherPatient
    words = {entry.key: entry.words for entry in document.entries}
    source = hashlib.sha256(data).hexdigest()[:32]
    patients = [key for key, type_ in document.types.items() if type_ == "Patient"]
    made = []
    for key, resource in document.slices.items():
        type_ = document.types[key]
        adopted = present is None and document.identity is not None and [key] == patients
        made.append(
            NewItem(
                IDENTITY if adopted else PREFIX + type_.lower(),
                words.get(key, type_)[:TITLE],
                resource,
                id=suite.random(16),
                more={"url": document.full_urls.get(key, ""), "source": source},
            )
        )
    return made


def documents(container: Container, *, as_of: date) -> list[Document]:
    """The live items as the documents that they came in, oldest first, read on a day.

    References hold inside a document only: two documents may both call their patient Patient/1.
    Raises ItemDamaged, BundleInvalid's kinds.
    """
    sources: dict[str, list[tuple[str, bytes]]] = {}
    for entry in sorted((e for e in container.entries() if _is_fhir(e)), key=lambda e: e.seq):
        parts = sources.setdefault(str(entry.meta.get("source", "")), [])
        parts.append((str(entry.meta.get("url", "")), container.read(entry.id)))
    return [fhir.assemble(parts, as_of=as_of) for parts in sources.values()]


def page(source: BinaryIO, language: Lang, as_of: date) -> tuple[tuple[str, ...], ...]:
    """The emergency page that one document gives, screen by screen of 80 by 24. Raises BundleInvalid's kinds."""
    data = source.read(scan.MAX_BYTES + 1)  # one byte over the cap is enough to refuse a huge file
    lines = summary.summarise(fhir.read(data, as_of=as_of), as_of=as_of)
    return render.screens(shown.show(lines, as_of), language)


def _is_fhir(entry: Entry) -> bool:
    type_ = str(entry.meta["type"])
    return str(entry.meta["media"]) == FHIR_JSON and (type_ == IDENTITY or type_.startswith(PREFIX))


def same_person(one: Identity, other: Identity) -> bool:
    """Same birth date and a family name in common, as far as both are written; unknown is not different."""
    if one.birth_date and other.birth_date and one.birth_date != other.birth_date:
        return False
    names, others = _families(one), _families(other)
    return not names or not others or bool(names & others)


def _families(who: Identity) -> set[str]:
    return {fold(name.family) for name in who.names if name.family}
