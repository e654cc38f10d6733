"""What a narrative may hold: nothing that runs, nothing that loads, and something to read.

Tolerant: real narratives are often no XML at all (two roots, an open `<div>`, a bare `&`). That is said once, and
the text is judged all the same, by an HTML parser.
Source: FHIR R4 (4.0.1) narrative.html, txt-1 and txt-2.
"""

import re
from typing import Final
from xml.parsers import expat

XHTML: Final = "http://www.w3.org/1999/xhtml"
#: Elements of HTML 4 chapters 7 to 11 and 15, links and images.
PLAIN: Final = frozenset(
    "p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym cite blockquote hr address "
    "bdo kbd sub sup ul ol li dl dt dd pre table caption colgroup col thead tr tfoot tbody th td code samp img map "
    "area ins del u s strike center font".split()
)
#: Elements that run, load or ask for something, or that belong to a page and not to a part of one.
ACTIVE: Final = frozenset(
    "script style iframe frame frameset object embed applet form input button textarea select option link meta base "
    "video audio source svg math canvas head body html template noscript title dialog portal".split()
)
_LINKS: Final = ("href", "src", "action", "background", "formaction", "poster", "xlink:href")
_RUNS: Final = re.compile(r"(?:javascript|vbscript|livescript|data:text/html)", re.IGNORECASE)
_STYLE: Final = re.compile(r"expression\s*\(|javascript:|-moz-binding|@import", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"[\x00-\x20\u200b-\u200f\u2028-\u202e]+")


class _Stop(Exception):
    """The parser met what no narrative may hold."""


class Judge:
    """Looks at one narrative. `faults` holds (rule key, what) at most once for each key."""

    def __init__(self) -> None:
        self.faults: dict[str, str] = {}
        self._inside = False
        self._content = False

    def read(self, div: str) -> dict[str, str]:
        """The faults of a narrative's `div`."""
        parser = expat.ParserCreate()
        parser.UseForeignDTD(True)  # so that &nbsp; and its like are skipped and not refused
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        try:
            parser.Parse(div.encode("utf-8", "replace"), True)
        except _Stop:
            self.faults["txt-1"] = "DOCTYPE"
            return self.faults
        except expat.ExpatError as error:
            self.faults["narrative-form"] = f"XML {error.lineno}:{error.offset}"
            self._tolerant(div)
        if not self._content:
            self.faults.setdefault("txt-2", "")
        return self.faults

    def _tolerant(self, div: str) -> None:
        from html.parser import HTMLParser  # only what is no XML needs it

        judge = self
        self._content, self._inside = False, True  # what is not well-formed has no root to judge

        class Reader(HTMLParser):
            def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
                judge._start(tag, {name: value or "" for name, value in attrs})

            def handle_data(self, data: str) -> None:
                judge._text(data)

        reader = Reader(convert_charrefs=True)
        reader.feed(div)
        reader.close()

    def _doctype(self, *_: object) -> None:
        raise _Stop

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._inside and not attributes and tag in PLAIN:
            return
        name = tag.lower()
        if not self._inside:  # XML has one root, so only the first element can be it
            self._inside = True
            if tag != "div" or attributes.get("xmlns") != XHTML:
                self.faults.setdefault("narrative-form", "xmlns" if tag == "div" else tag)
        if name == "img":
            self._content = True
        if name not in PLAIN:
            if name in ACTIVE or ":" in name:
                self.faults.setdefault("txt-1", name)
            else:
                self.faults.setdefault("narrative-element", name)
        for attribute, value in attributes.items():
            self._attribute(name, attribute.lower(), value)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on") or (name == "style" and _STYLE.search(value)):
            self.faults.setdefault("txt-1", name)
        elif name in _LINKS:
            bare = _HIDDEN.sub("", value)
            if _RUNS.match(bare):
                self.faults.setdefault("txt-1", name)
            elif tag == "img" and bare.lower().startswith(("http:", "https:", "//", "ftp:")):
                self.faults.setdefault("narrative-remote", tag)

    def _text(self, data: str) -> None:
        if not self._content and data.strip():
            self._content = True


def judge(div: str) -> dict[str, str]:
    """The faults of one narrative: rule key → what was met."""
    return Judge().read(div)
