"""The records that most vectors start from."""

from functools import cache

from coffre import Row
from record import Record
from suite import CARER, HOLDER, SIX

PARTS = ("Penicilline : choc en 2019", "Porte un stimulateur cardiaque", "Groupe O negatif")


def identity(record: Record) -> Row:
    """Queue the identity item."""
    return record.add("identity", "Identité", b"test subject")


@cache
def _start() -> Record:
    record = Record("start", {3: HOLDER, 4: CARER, 2: SIX.encode()})
    identity(record)
    return record.create()


def start() -> Record:
    """One base commit, holding an identity; no summary."""
    return _start().fork("after start")


@cache
def _ring() -> Record:
    record = _start().fork("ring")
    for index, kind in enumerate(("contact", "language", "draft", "settings", "directive")):
        record.add(kind, f"Entrée {index}", f"content {index}".encode())
        record.commit()
    return record


def ring() -> Record:
    """Six commits, seq 65536 to 65541: slot 1 is the newest, slot 2 the oldest."""
    return _ring().fork("after ring")


def parts_for(record: Record) -> list[dict[str, object]]:
    """Three parts of a summary, each naming one item of the newest three."""
    ids = [row.id.hex() for row in record.rows.values()][-3:]
    return [{"items": [one], "text": text} for one, text in zip(ids, PARTS, strict=True)]


@cache
def _signed() -> Record:
    record = _start().fork("signed")
    for kind, title in (("allergy", "Pénicilline"), ("implant", "Stimulateur"), ("blood-group", "Groupe sanguin")):
        record.add(kind, title, title.encode())
    record.commit(
        role="professional", parts=parts_for(record), declared=[{"items": [], "text": "Je porte un appareil"}]
    )
    record.add("contact", "Une voisine", b"0600000000")
    record.commit()
    return record


def signed() -> Record:
    """Three commits, 65536 to 65538; the second signed, with a summary of three parts."""
    return _signed().fork("after signed")


def row(record: Record, kind: str) -> Row:
    """Return the item of that type."""
    return next(row for row in record.rows.values() if row.type == kind)
