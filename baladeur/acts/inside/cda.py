"""The text of a CDA document: its title, who wrote it and when, and the narrative of each section.

What the author struck out or replaced is marked, not dropped and not shown as if it held; figures and pictures are
named. Source: HL7 CDA R2 (2005), section 4.3.5 "Section narrative block"; CI-SIS, Volet Structuration Minimale.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any, Final

from baladeur.acts.inside.file import Inside, made
from baladeur.acts.inside.file import inside as any_file
from baladeur.record.phrases import Lang
from baladeur.record.wording import date_words

_NS: Final = "{urn:hl7-org:v3}"
_DEEPEST: Final = 60
_SPACES: Final = re.compile(r"\s+")
_ROWS: Final = frozenset({"paragraph", "caption", "tr", "list", "table", "thead", "tbody", "tfoot", "text", "footnote"})
_STRUCK: Final = {"fr": "[barré : {}]", "en": "[struck out: {}]"}
_PICTURE: Final = {"fr": "[image non affichée]", "en": "[picture not shown]"}
_BY: Final = {"fr": "Auteur : {}", "en": "Author: {}"}


def inside(content: bytes, lang: Lang) -> Inside:
    """A CDA document as text. Raises nothing: what is no XML, or declares entities, says that it is unreadable."""
    from lxml import etree  # a tenth of a second

    size = len(content)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return Inside("cda", size, remark="unreadable")
    if root.getroottree().docinfo.internalDTD is not None or root.tag != f"{_NS}ClinicalDocument":
        return Inside("cda", size, remark="unreadable")
    rows = list(_head(root, lang))
    body = root.find(f"{_NS}component/{_NS}nonXMLBody/{_NS}text")
    if body is not None:
        return _inside(body, rows, size, lang)
    for section in root.iterfind(f"{_NS}component/{_NS}structuredBody/{_NS}component/{_NS}section"):
        rows += _section(section, lang, 0)
    return made("cda", size, "\n".join(rows))


def _head(root: Any, lang: Lang) -> Iterator[str]:
    yield _flat(root.find(f"{_NS}title"), lang) or _attribute(root.find(f"{_NS}code"), "displayName")
    if moment := _attribute(root.find(f"{_NS}effectiveTime"), "value"):
        yield date_words(_iso(moment), lang)
    for author in root.iterfind(f"{_NS}author/{_NS}assignedAuthor"):
        person = author.find(f"{_NS}assignedPerson/{_NS}name")
        if words := " ".join(" ".join(person.itertext()).split()) if person is not None else "":
            yield _BY[lang].format(words)
    yield ""


def _iso(moment: str) -> str:
    """`20261123…` as FHIR writes it, so that it is worded alike; what is no date stays as it is."""
    day = moment[:8]
    if not day.isdigit() or len(day) not in (4, 6, 8):
        return moment
    return "-".join(part for part in (day[:4], day[4:6], day[6:8]) if part)


def _attribute(element: Any, name: str) -> str:
    return str(element.get(name) or "") if element is not None else ""


def _inside(body: Any, rows: list[str], size: int, lang: Lang) -> Inside:
    """A document inside: CDA carries PDF and pictures as base64."""
    text = "".join(body.itertext())
    if body.get("representation") != "B64":
        return made("cda", size, "\n".join([*rows, text]))
    try:
        content = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return Inside("cda", size, remark="unreadable")
    inner = any_file(content, _attribute(body, "mediaType"), lang)
    remark = inner.remark or ""
    return Inside("cda", size, (*rows, *inner.lines), remark, inner.pages)


def _section(section: Any, lang: Lang, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    title = _flat(section.find(f"{_NS}title"), lang) or _attribute(section.find(f"{_NS}code"), "displayName")
    yield ""
    if title:
        yield title.upper() if depth == 0 else title
    text = section.find(f"{_NS}text")
    if text is not None:
        yield from (row for row in "".join(_narrative(text, lang, 0)).split("\n") if row.strip())
    for inner in section.iterfind(f"{_NS}component/{_NS}section"):
        yield from _section(inner, lang, depth + 1)


def _flat(element: Any, lang: Lang) -> str:
    return " ".join("".join(_narrative(element, lang, 0)).split()) if element is not None else ""


def _narrative(element: Any, lang: Lang, depth: int) -> Iterator[str]:
    """The words of a narrative block: a paragraph, a list item and a row of a table are a line each."""
    if depth > _DEEPEST or not isinstance(element.tag, str):
        return
    name = element.tag.removeprefix(_NS)
    struck = element.get("revised") == "delete" or "strike" in (element.get("styleCode") or "").lower()
    inner: list[str] = [_spaced(element.text)]
    for child in element:
        inner += _narrative(child, lang, depth + 1)
        inner.append(_spaced(child.tail))
    words = "".join(inner)
    if struck and words.strip():
        words = _STRUCK[lang].format(words.strip())
    if name in ("br", "renderMultiMedia"):
        yield "\n" if name == "br" else f" {_PICTURE[lang]} {words}"
    elif name == "item":
        yield f"\n  - {words.strip()}\n"
    elif name in ("td", "th"):
        yield f"{' '.join(words.split())} | "
    elif name == "tr":
        yield f"\n{words.strip().removesuffix('|').rstrip()}\n"
    elif name in _ROWS:
        yield f"\n{words}\n"
    else:
        yield words


def _spaced(text: str | None) -> str:
    """Text between tags: its line ends are only layout of the file."""
    return _SPACES.sub(" ", text) if text else ""
