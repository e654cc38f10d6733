"""XML files: the French CIM-10 as ClaML, value sets of the French agency (ANS) as SVS, the ATC index as row set.

Layouts: ClaML 2.0.0 (EN 14463): `Class` with `code` and `kind`, `Rubric` of kind preferred, `Label`.
SVS: IHE ITI TF-2 3.48 (urn:ihe:iti:svs:2008): `ValueSet` with `Concept` of `code`, `codeSystem`, `displayName`.
ATC: the XML edition of the WHO Collaborating Centre, rows of Microsoft's row set schema with `ATCCode`, `Name`,
`Comment`, as public readers of it state; the doses are in another file, whose rows have no name.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from baladeur.tables.errors import TableBroken
from baladeur.tables.official.reading import Reading
from baladeur.tables.systems import system_of
from baladeur.tables.term import Term

_SVS: Final = "{urn:ihe:iti:svs:2008}"
_ROW: Final = "{#RowsetSchema}row"
_KINDS: Final = ("category", "modifiedcategory")
_MARKS: Final = str.maketrans({"†": "", "*": ""})


def is_claml(head: bytes) -> bool:
    """Whether a file begins as ClaML."""
    return b"<ClaML" in head


def is_svs(head: bytes) -> bool:
    """Whether a file begins as an answer of a value set repository."""
    return b"urn:ihe:iti:svs:2008" in head and b"ValueSet" in head


def is_atc(head: bytes) -> bool:
    """Whether a file begins as the XML edition of the ATC index; its file of doses has no names."""
    return b"#RowsetSchema" in head and re.search(rb"\bATCCode\b.*\bName\b", head, re.DOTALL) is not None


def _elements(reading: Reading, tags: tuple[str, ...]) -> Iterator[Any]:
    """The elements of these names, each forgotten once used. Raises TableBroken for what is no XML."""
    from lxml import etree  # a tenth of a second that only an import costs

    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    try:
        with reading.path.open("rb") as source:
            for _, element in etree.iterparse(source, events=("end",), tag=tags, **options):
                dtd = element.getroottree().docinfo.internalDTD
                if dtd is not None and next(dtd.iterentities(), None) is not None:
                    raise TableBroken  # no official file declares entities; they stay unread, and so would its words
                yield element
                element.clear()
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise TableBroken from problem


def read_claml(reading: Reading) -> Iterator[Term]:
    """The categories of a classification with their preferred labels; its title tells the edition."""
    reading.system = "icd10"
    for element in _elements(reading, ("Title", "Class")):
        if element.tag == "Title":
            reading.version = (element.get("version") or element.get("date") or "")[:60]
        elif (element.get("kind") or "").casefold() in _KINDS:
            code = (element.get("code") or "").translate(_MARKS).strip()
            yield from reading.keep(Term("icd10", code, _preferred(element), reviewed="ATIH"))


def _preferred(element: Any) -> str:
    for rubric in element.iterfind("Rubric"):
        if rubric.get("kind") in ("preferred", "preferredLong"):
            label = rubric.find("Label")
            return " ".join("".join(label.itertext()).split()) if label is not None else ""
    return ""


def read_svs(reading: Reading) -> Iterator[Term]:
    """The concepts of a value set, each in the code system that it names; those past their end are rare ones."""
    tags = (f"{_SVS}Concept", f"{_SVS}ValueSet")
    started = False
    for element in _elements(reading, tags):
        if element.tag == tags[1]:
            reading.version = (element.get("revisionDate") or element.get("version") or "")[:10]
            continue
        started = True
        code, system = (element.get("code") or "").strip(), system_of(element.get("codeSystem") or "")
        label = " ".join((element.get("displayName") or "").split())
        use = 3 if element.get("dateFin") else 2
        yield from reading.keep(Term(system, code, label, use=use, reviewed="ANS"))
    if not started:
        raise TableBroken


def read_atc(reading: Reading) -> Iterator[Term]:
    """The codes of the ATC index with their English names, each once."""
    seen: set[str] = set()
    for element in _elements(reading, (_ROW,)):
        code, name = (" ".join((element.get(key) or "").split()) for key in ("ATCCode", "Name"))
        if code not in seen:
            seen.add(code)
            yield from reading.keep(Term("atc", code, "", name, reviewed="WHO Collaborating Centre"))
