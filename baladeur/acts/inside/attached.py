"""Files that stand inside a FHIR resource as base64: the report of a DocumentReference, the PDF of a DiagnosticReport.

Source: FHIR R4 (4.0.1) Attachment, Binary.
"""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from baladeur.errors import BundleInvalid
from baladeur.quiet import quiet
from baladeur.record import scan
from baladeur.text import safe_text


@dataclass(frozen=True, slots=True, repr=False)
class Attached:
    """A file inside a resource, or the address under which its document keeps it."""

    title: str
    media: str
    content: bytes | None  #: None: not inside; see `url`
    url: str = ""

    __repr__ = quiet


def attached(content: bytes) -> list[Attached]:
    """The files that a resource holds or names. Raises nothing."""
    try:
        resource = scan.parse(content)
    except BundleInvalid:
        return []
    if not isinstance(resource, dict):
        return []
    if resource.get("resourceType") == "Binary":
        return [_one({"contentType": resource.get("contentType"), "data": resource.get("data")})]
    return [_one(one) for one in _found(resource)]


def _found(value: Any) -> Iterator[dict[str, Any]]:
    """Every Attachment: the values of the elements that FHIR R4 types so."""
    if isinstance(value, list):
        for inner in value:
            yield from _found(inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name in (
                "attachment",
                "presentedForm",
                "sourceAttachment",
                "valueAttachment",
                "photo",
                "contentAttachment",
            ):
                yield from (one for one in (inner if isinstance(inner, list) else [inner]) if isinstance(one, dict))
            else:
                yield from _found(inner)


def _one(value: dict[str, Any]) -> Attached:
    title, media, data, url = (value.get(name) for name in ("title", "contentType", "data", "url"))
    content = None
    if isinstance(data, str):
        try:
            content = base64.b64decode("".join(data.split()), validate=True)
        except (binascii.Error, ValueError):
            content = None
    return Attached(
        safe_text(title) if isinstance(title, str) else "",
        safe_text(media) if isinstance(media, str) else "",
        content,
        url if isinstance(url, str) else "",
    )
