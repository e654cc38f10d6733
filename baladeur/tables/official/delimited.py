"""Delimited files with a header, and the one of the ATIH without: CIM-10, CCAM, LOINC FR, ATC/DDD, SNOMED GPS.

Layouts: LIBCIM10MULTI.TXT of the ATIH (no header, `|`, six columns: code, three types, short and long label);
CSV of CIM-10 and CCAM with a column of codes and one of labels; LOINC linguistic variant
(LOINC_NUM … LONG_COMMON_NAME, RELATEDNAMES2, LinguisticVariantDisplayName); ATC/DDD index as CSV
(atc_code, atc_name, …); SNOMED Global Patient Set as TSV (identifier, fully specified name, preferred term, status).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from baladeur.tables.errors import TableNotRecognised
from baladeur.tables.official.reading import Reading, decoded, delimiter_of, rows, text
from baladeur.tables.term import Term, flat

_ATIH = re.compile(rb"\xef?\xbb?\xbf?[A-Z][0-9]{2}[0-9+ ]*\|[0-9]+\|[^|\r\n]*\|[^|\r\n]*\|[^|\r\n]+\|[^|\r\n]+\r?\n")
_SHORT_NAMES: Final = 40  # names of one row; the related names of LOINC are many, and the first ones serve


@dataclass(frozen=True, slots=True)
class Layout:
    """Names of columns, folded, best first: of the code, the label, further names, and what says a row is retired."""

    system: str
    code: tuple[str, ...]
    label: tuple[str, ...]
    names: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    english: bool = False
    publisher: str = ""


LAYOUTS: Final[Mapping[str, Layout]] = {
    "loinc": Layout(
        "loinc",
        ("loinc num", "code loinc", "loinc"),
        ("linguisticvariantdisplayname", "libelle francais", "libelle", "long common name", "component"),
        ("shortname", "long common name", "component", "relatednames2", "synonymes"),
        publisher="LOINC",
    ),
    "atc": Layout(
        "atc",
        ("atc code", "atccode", "code atc"),
        ("atc name", "name", "libelle", "nom"),
        english=True,
        publisher="WHO Collaborating Centre",
    ),
    "snomed": Layout(
        "snomed",
        ("conceptid", "concept id", "concept identifier", "sctid", "snomed ct concept identifier", "id"),
        ("preferred term", "preferredterm", "us preferred term", "international preferred term", "pt", "term"),
        ("fsn", "fully specified name", "fullyspecifiedname"),
        ("active", "status", "concept status"),
        english=True,
        publisher="SNOMED International",
    ),
    "ccam": Layout(
        "ccam",
        ("code ccam", "ccam", "code acte", "code"),
        ("libelle ccam", "libelle long", "texte", "libelle", "libelle acte"),
        ("libelle court",),
        publisher="CNAM",
    ),
    "icd10": Layout(
        "icd10",
        ("code cim 10", "code cim10", "cim10", "cim 10", "code"),
        ("libelle long", "liblong", "libelle", "libelle cim 10"),
        ("libelle court", "libcourt"),
        publisher="ATIH",
    ),
}
_BY_CONTENT: Final = (
    ("ccam", re.compile(r"[A-Z]{4}[0-9]{3}")),
    ("icd10", re.compile(r"[A-Z][0-9]{2}(?:\.?[0-9+]{1,3})?")),
)


def is_atih(head: bytes) -> bool:
    """Whether a file begins as LIBCIM10MULTI.TXT does."""
    return bool(_ATIH.match(head))


def kind_of(head: bytes) -> str:
    """Which layout a header line has, or an empty string. Columns named only `code` are told by their content."""
    lines = decoded(head).splitlines()
    if len(lines) < 2:
        return ""
    delimiter = delimiter_of(lines[0])
    if not lines[0].count(delimiter):
        return ""
    columns = _columns(next(rows(lines[0], delimiter)))
    for kind in ("loinc", "atc", "snomed"):
        if _find(columns, LAYOUTS[kind].code) is not None and _find(columns, LAYOUTS[kind].label) is not None:
            return kind
    for kind, shape in _BY_CONTENT:
        code = _find(columns, LAYOUTS[kind].code)
        first = next(rows("\n".join(lines[1:3]), delimiter), ())
        if code is not None and _find(columns, LAYOUTS[kind].label) is not None and len(first) > code:
            if shape.fullmatch(first[code]):
                return kind
    return ""


def read(reading: Reading) -> Iterator[Term]:
    """The rows of a file of a known kind. Raises TableNotRecognised if its columns are not those of the kind."""
    layout = LAYOUTS[reading.kind]
    content = text(reading.path)
    delimiter = delimiter_of(content.split("\n", 1)[0])
    lines = rows(content, delimiter, quoted=delimiter != "\t")
    columns = _columns(next(lines, ()))
    code, label = _find(columns, layout.code), _find(columns, layout.label)
    if code is None or label is None:
        raise TableNotRecognised
    more = [at for name in layout.names if (at := columns.get(name)) is not None and at != label]
    retired = _find(columns, layout.retired)
    seen: set[str] = set()
    for row in lines:
        if len(row) <= max(code, label):
            reading.skip()
        elif row[code] not in seen:  # ATC lists a substance once per dose
            seen.add(row[code])
            yield from _term(reading, layout, row, code, label, more, retired)


def _term(
    reading: Reading, layout: Layout, row: Sequence[str], code: int, label: int, more: list[int], retired: int | None
) -> Iterator[Term]:
    words = [name.strip() for at in more if at < len(row) for name in row[at].split(";") if name.strip()]
    shown = row[label] or next(iter(words), "")
    names = tuple(dict.fromkeys(word for word in words if word != shown))[:_SHORT_NAMES]
    gone = retired is not None and retired < len(row) and row[retired].casefold() in ("0", "inactive", "false")
    both = ("", shown) if layout.english else (shown, "")
    known = _dotted(row[code]) if layout.system == "icd10" else row[code]
    yield from reading.keep(Term(layout.system, known, *both, names, use=3 if gone else 2, reviewed=layout.publisher))


def read_atih(reading: Reading) -> Iterator[Term]:
    """The codes of LIBCIM10MULTI.TXT, with the point that it leaves out."""
    reading.system = "icd10"
    for row in rows(text(reading.path), "|", quoted=False):
        if len(row) < 6:
            reading.skip()
            continue
        names = (row[4],) if row[4] != row[5] else ()
        yield from reading.keep(Term("icd10", _dotted(row[0]), row[5], "", names, reviewed="ATIH"))


def _dotted(code: str) -> str:
    """`E119` → `E11.9`; `B24+0` has its sign and no point."""
    return code if len(code) < 4 or "." in code or code[3] == "+" else f"{code[:3]}.{code[3:]}"


def _columns(header: Sequence[str]) -> dict[str, int]:
    return {flat(name.replace("_", " ")): at for at, name in reversed(list(enumerate(header)))}


def _find(columns: Mapping[str, int], names: Sequence[str]) -> int | None:
    return next((columns[name] for name in names if name in columns), None)
