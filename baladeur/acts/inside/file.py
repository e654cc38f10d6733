"""A kept file as lines of tame text: told by its bytes, not by its name; what is not text is named, with its size."""

from dataclasses import dataclass
from typing import Final, Literal

from baladeur.quiet import quiet
from baladeur.record.phrases import Lang
from baladeur.text import safe_text

Kind = Literal["text", "cda", "pdf", "fhir", "xml", "image", "archive", "other"]
#: Of a document that is shown; a longer one says that it goes on.
LINES: Final = 20_000
#: The longest line; no report has a longer one.
WIDEST: Final = 2_000
#: The largest file that is read as text; a larger one is only named.
LARGEST: Final = 50_000_000
_BOM: Final = b"\xef\xbb\xbf"
_IMAGES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\x00", b"MM\x00*")
_ARCHIVES: Final = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")


@dataclass(frozen=True, slots=True, repr=False)
class Inside:
    """What a file says. remark: empty, or why not all of it is here: cut, unreadable, no-text, encrypted, image ..."""

    kind: Kind
    size: int
    lines: tuple[str, ...] = ()
    remark: str = ""
    pages: int = 0

    __repr__ = quiet


def inside(content: bytes, media: str, lang: Lang) -> Inside:
    """Any file as text. Raises nothing, whatever the bytes are."""
    kind = kind_of(content, media)
    size = len(content)
    if size > LARGEST:
        return Inside(kind, size, remark="large")
    if kind == "pdf":
        from baladeur.acts.inside import pdf  # only who opens one waits for it

        return pdf.inside(content)
    if kind in ("cda", "xml"):
        from baladeur.acts.inside import cda

        return cda.inside(content, lang) if kind == "cda" else made(kind, size, decoded(content) or "")
    if kind in ("image", "archive"):
        return Inside(kind, size, remark=kind)
    text = decoded(content)
    return Inside(kind, size, remark="binary") if text is None else made(kind, size, text)


def kind_of(content: bytes, media: str) -> Kind:
    """What a file is, by its first bytes; by its media type only where these say nothing."""
    head = content[:4096].removeprefix(_BOM).lstrip()
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if head.startswith(_IMAGES) or media.startswith(("image/", "application/dicom")) or content[128:132] == b"DICM":
        return "image"
    if head.startswith(_ARCHIVES):
        return "archive"
    if head.startswith(b"<"):
        return "cda" if b"ClinicalDocument" in head else "xml"
    if head.startswith(b"{") and b'"resourceType"' in content:
        return "fhir"
    return "text" if decoded(content) is not None else "other"


def decoded(content: bytes) -> str | None:
    """Bytes as text, or None if they are none: UTF-8, else what French practice software still writes."""
    if b"\0" in content:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    text = content.decode("cp1252", "replace")
    odd = sum(1 for char in text[:4096] if not (char.isprintable() or char in "\r\n\t\f"))
    return None if odd * 20 > len(text[:4096]) else text


def made(kind: Kind, size: int, text: str, *, pages: int = 0, remark: str = "") -> Inside:
    """What is inside, as text: tame lines, at most LINES of them."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\t", "    ").split("\n")
    kept = tuple(_tame(row) for row in rows[:LINES])
    while kept and not kept[-1]:
        kept = kept[:-1]
    said = remark or ("cut" if len(rows) > LINES or any(len(row) > WIDEST for row in rows[:LINES]) else "")
    return Inside(kind, size, kept, said or ("" if kept else "no-text"), pages)


def _tame(row: str) -> str:
    """One line; its leading spaces and its columns stay, because tables of results are made of them."""
    parts = row[:WIDEST].rstrip().split(" ")
    return " ".join(safe_text(part, WIDEST) if part else "" for part in parts)
