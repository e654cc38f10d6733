"""Files that lie in a folder before an import: what each is to this record, told without touching the record again.

A folder of a practice holds the documents of many patients: which of them are news for this one is found out from the
record's identity and from the digests of what was imported, both taken once.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from baladeur.acts.draft import Draft
from baladeur.chart import records, sources
from baladeur.chart.importing import same_person
from baladeur.chart.items import SOURCE
from baladeur.errors import BundleInvalid, ItemDamaged
from baladeur.quiet import quiet
from baladeur.record import fhir

if TYPE_CHECKING:
    from baladeur.record.people import Identity


class Arrival(StrEnum):
    """What a file is to an open record."""

    NEWS = "news"
    THERE = "there"  #: these very bytes were imported
    OTHER = "other"  #: of another patient
    UNREADABLE = "unreadable"  #: no FHIR document, or not all of one yet


@dataclass(frozen=True, slots=True, repr=False)
class Gate:
    """Who a record is about, and what was imported: SHA-256 of the bytes, in hexadecimal digits → its day."""

    identity: "Identity | None"
    imported: Mapping[str, str]
    today: date

    __repr__ = quiet

    def day_of(self, data: bytes) -> str | None:
        """The day of the document that was imported with these very bytes, or None if none was."""
        return self.imported.get(hashlib.sha256(data).hexdigest())

    def judge(self, data: bytes) -> Arrival:
        """What a file is to this record. Raises nothing."""
        if self.day_of(data) is not None:
            return Arrival.THERE
        try:
            document = fhir.read(data, as_of=self.today)
        except BundleInvalid:
            return Arrival.UNREADABLE
        known = self.identity is not None and document.identity is not None
        if known and self.identity and document.identity and not same_person(self.identity, document.identity):
            return Arrival.OTHER
        return Arrival.NEWS


def gate(draft: Draft, *, today: date) -> Gate:
    """What is compared with, as a draft would leave the record. What does not open counts as not imported."""
    items = draft.items()
    imported: dict[str, str] = {}
    for one in items:
        if one.type == SOURCE:
            try:
                found = sources.parse(one)
            except ItemDamaged:
                continue
            imported[found.sha256] = found.date
    try:
        who = records.identity(items, as_of=today)
    except (ItemDamaged, BundleInvalid):
        who = None
    return Gate(who, imported, today)
