"""Resources to a Bundle, byte for byte, that no reader takes for more than the record says.

What the record holds to be confirmed for a reason that stands in no resource's own bytes (a newer version of its
document no longer lists it, its document carried a qualifier) is marked on its Bundle entry.
Source: FHIR R4 (4.0.1) section 2.26 Bundle; section 2.4 modifierExtension.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from baladeur.quiet import quiet
from baladeur.record import fhir
from baladeur.record.model import Entry, Place

#: The qualifier on a Bundle entry: the record that it comes from does not show this line as current. valueString: why.
NOT_CURRENT: Final = "https://baladeur.invalid/fhir/StructureDefinition/not-shown-as-current"
_SPEAKS: Final = frozenset({Place.CURRENT, Place.PAST, Place.STOPPED})


@dataclass(frozen=True, slots=True, repr=False)
class Head:
    """What a Bundle says before its entries: its type, and the elements beside it."""

    kind: str
    more: Mapping[str, Any]
    first: Mapping[str, bytes] = field(default_factory=dict)  #: fullUrl → what we wrote ourselves, before all else

    __repr__ = quiet


def build(
    head: Head, pieces: Mapping[str, bytes], lines: Mapping[str, Entry], urls: Mapping[str, str], *, as_of: date
) -> bytes:
    """The Bundle of those resources; urls: key → fullUrl. It is read back and compared with what the record says of it.

    An entry that would read as more than its line, or whose line the reader cannot give back, gets NOT_CURRENT.
    Raises BundleInvalid's kinds.
    """
    made = _written(head, pieces, urls, {})
    back = fhir.read(made, as_of=as_of)
    read = {one.full_url: one.place for one in back.entries}
    # A statement of absence is no line; where the record has one that it does not believe, it must not become one.
    read |= {one.key: Place.CURRENT for part in back.sections.values() for one in part.absences if one.key}
    seen = {key: read.get(urls[key], Place.NEVER) for key in lines if key in pieces}
    marks = {key: lines[key].reason for key, place in seen.items() if _says_more(place, lines[key].place)}
    return _written(head, pieces, urls, marks) if marks else made


def _says_more(seen: Place, place: Place) -> bool:
    return seen in _SPEAKS and place is not seen and (seen is Place.CURRENT or place not in _SPEAKS)


def _written(head: Head, pieces: Mapping[str, bytes], urls: Mapping[str, str], marks: Mapping[str, str]) -> bytes:
    top = {"resourceType": "Bundle", **head.more, "type": head.kind}
    start = text(top).removesuffix("}").encode() + b',"entry":['
    parts = [_entry(url, data, "") for url, data in head.first.items()]
    parts += [_entry(urls[key], data, marks.get(key, "")) for key, data in pieces.items()]
    return start + b",".join(parts) + b"\n]}\n"


def _entry(url: str, data: bytes, mark: str) -> bytes:
    more = {"modifierExtension": [{"url": NOT_CURRENT, "valueString": mark}]} if mark else {}
    return b"\n" + text({"fullUrl": url, **more}).removesuffix("}").encode() + b',"resource":' + data + b"}"


def text(value: Mapping[str, Any]) -> str:
    """A value of ours as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
