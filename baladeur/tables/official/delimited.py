"""Lists with a header, as text or workbook, and one without: CIM-10, CCAM, LOINC FR, ATC/DDD, SNOMED GPS.

Layouts, and who states them:

- LIBCIM10MULTI.TXT of the ATIH: no header, `|`, six columns (code, three types, short and long label).
- CCAM of the CNAM, `CCAM_V84_VF.xls`: titles, then a row with `Code`, `Texte`, …; rows of acts between rows of
  chapters and notes, and columns that moved from version to version. That of the ATIH, "fichier complémentaire", .xlsx:
  52 columns, `Subdivision (titres) / Code à 7 caractères`, `Extension PMSI`, `Texte : titre-libellés-notes`,
  `Typo ligne libellé` (`L`: label of an act). Both as public readers of these files state them.
- ATC/DDD index of the WHO Collaborating Centre, .xlsx: `ATC code`, `ATC level name`, `DDD`, `Unit`, `Adm.R`,
  `Comment`; public copies as CSV: `atc_code`, `atc_name`, ….
- LOINC linguistic variant: `LOINC_NUM` … `LONG_COMMON_NAME`, `RELATEDNAMES2`, `LinguisticVariantDisplayName`.
- SNOMED Global Patient Set, TSV: `id`, `active`, `fsn`, `term`, as SNOMED International's own extractor writes it.
- CSV of CIM-10 and CCAM with a column of codes and one of labels.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from baladeur.tables.errors import TableNotRecognised
from baladeur.tables.official import workbook
from baladeur.tables.official.reading import HEAD, Reading, decoded, delimiter_of, head, rows, text
from baladeur.tables.term import Term, flat

_ATIH = re.compile(rb"\xef?\xbb?\xbf?[A-Z][0-9]{2}[0-9+ ]*\|[0-9]+\|[^|\r\n]*\|[^|\r\n]*\|[^|\r\n]+\|[^|\r\n]+\r?\n")
_SHORT_NAMES: Final = 40  # names of one row; the related names of LOINC are many, and the first ones serve
_TITLES: Final = 30  # rows above a header
_PREVIEW: Final = 400  # rows that are enough to tell a layout; titles of chapters stand before the first act
_LIKE_ACT = re.compile(r"(?=.*[0-9])[A-Za-z]{2}\S{3,7}")  # or a slip in one: counted, not passed over as a note
_EDITION = re.compile(r"version\s*([0-9]+)|\bv([0-9]+)\b|\b(20[0-9]{2})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """Names of columns, folded, best first; `x*` is one that begins with x, `*x` one that ends with it.

    `code`, `label`, `needs`: a header has one of each. `names`: further names. `retired`: says that a row is.
    `line`: kind of line, that of a label beginning with L; `part`: filled where a row is a part of another's code.
    """

    system: str
    code: tuple[str, ...]
    label: tuple[str, ...]
    names: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    line: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
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
        ("atc level name", "atc name", "name", "libelle", "nom"),
        english=True,
        publisher="WHO Collaborating Centre",
    ),
    "snomed": Layout(
        "snomed",
        ("id", "concept id", "conceptid"),
        ("term", "preferred term", "preferredterm"),
        ("fsn", "fully specified name"),
        ("active", "status"),
        needs=("fsn", "fully specified name"),
        english=True,
        publisher="SNOMED International",
    ),
    "ccam": Layout(
        "ccam",
        ("code ccam", "ccam", "code acte", "*code a 7 caracteres", "code"),
        ("libelle ccam", "libelle long", "texte", "texte *", "libelle", "libelle acte"),
        ("libelle court",),
        line=("typo ligne*",),
        part=("extension pmsi*",),
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
_CONTENT: Final = {
    "ccam": re.compile(r"[A-Z]{4}[0-9]{3}"),
    "icd10": re.compile(r"[A-Z][0-9]{2}(?:\.?[0-9+]{1,3})?"),
}


def is_atih(head: bytes) -> bool:
    """Whether a file begins as LIBCIM10MULTI.TXT does."""
    return bool(_ATIH.match(head))


def kind_of(reading: Reading) -> str:
    """Which layout a list has, or an empty string. Raises TableBroken for a damaged workbook, OSError."""
    for sheet in _sheets(reading, whole=False):
        lines = list(islice(sheet, _PREVIEW))
        for kind in LAYOUTS:
            at = _header(lines, LAYOUTS[kind])
            if at is not None and _has_content(kind, lines[at:]):
                return kind
    return ""


def _has_content(kind: str, lines: Sequence[Sequence[str]]) -> bool:
    """Columns named only `code` are told by what is in them."""
    shape, code = _CONTENT.get(kind), _find(_columns(lines[0]), LAYOUTS[kind].code)
    return shape is None or any(shape.fullmatch(_cell(line, code)) for line in lines[1:])


def _sheets(reading: Reading, *, whole: bool) -> Iterator[Iterator[Sequence[str]]]:
    """The sheets of a workbook, or the one of a text; of a text, if not `whole`, the lines that its head holds."""
    start = head(reading.path)
    if workbook.is_one(start):
        yield from workbook.sheets(reading.path)
        return
    content = text(reading.path) if whole or len(start) < HEAD else decoded(start).rpartition("\n")[0]
    delimiter = delimiter_of(content.split("\n", 1)[0])
    yield rows(content, delimiter, quoted=delimiter != "\t")


def _header(lines: Sequence[Sequence[str]], layout: Layout) -> int | None:
    """Which of the first rows is the header of this layout."""
    wanted = [names for names in (layout.code, layout.label, layout.needs) if names]
    for at, line in enumerate(lines[:_TITLES]):
        columns = _columns(line)
        if len(line) > 1 and all(_find(columns, names) is not None for names in wanted):
            return at
    return None


def read(reading: Reading) -> Iterator[Term]:
    """The rows of every sheet that has the header of the kind. Raises TableNotRecognised if none has, TableBroken."""
    layout, seen = LAYOUTS[reading.kind], set[str]()
    found = False
    for sheet in _sheets(reading, whole=True):
        first = list(islice(sheet, _TITLES))
        at = _header(first, layout)
        if at is None:
            continue
        found = True
        if workbook.is_one(head(reading.path)):
            reading.version = reading.version or _edition([*first[:at], [reading.path.stem.replace("_", " ")]])
        yield from _Rows(reading, layout, first[at]).terms(chain(first[at + 1 :], sheet), seen)
    if not found:
        raise TableNotRecognised


def _edition(titles: Sequence[Sequence[str]]) -> str:
    """The edition that a workbook says above its header or in its name: `version 84`, `V84`, `2026`."""
    found = _EDITION.search(" ".join(cell for line in titles for cell in line))
    return next(filter(None, found.groups())) if found else ""


class _Rows:
    """The rows below one header."""

    def __init__(self, reading: Reading, layout: Layout, header: Sequence[str]) -> None:
        columns = _columns(header)
        code, label = _find(columns, layout.code), _find(columns, layout.label)
        if code is None or label is None:
            raise TableNotRecognised
        self._reading, self._layout, self._code, self._label = reading, layout, code, label
        self._names = [at for name in layout.names if (at := columns.get(name)) is not None and at != label]
        self._retired, self._line, self._part = (
            _find(columns, names) for names in (layout.retired, layout.line, layout.part)
        )

    def terms(self, lines: Iterable[Sequence[str]], seen: set[str]) -> Iterator[Term]:
        """One term per code; the first row of a code has its label."""
        for line in lines:
            code = _cell(line, self._code)
            if not self._is_of_a_code(line, code):
                continue
            if len(line) <= max(self._code, self._label):
                self._reading.skip()
            elif code not in seen:  # ATC lists a substance once per dose, CCAM an act once per activity
                seen.add(code)
                yield from self._term(line, code)

    def _is_of_a_code(self, line: Sequence[str], code: str) -> bool:
        """Of CCAM, neither a chapter nor a note, and no part of an act that only hospitals tell from another."""
        if self._layout.system != "ccam":
            return True
        kind = _cell(line, self._line)
        return bool(_LIKE_ACT.fullmatch(code)) and kind[:1] in ("", "L") and not _cell(line, self._part)

    def _term(self, line: Sequence[str], code: str) -> Iterator[Term]:
        layout = self._layout
        words = [name.strip() for at in self._names for name in _cell(line, at).split(";") if name.strip()]
        shown = _cell(line, self._label) or next(iter(words), "")
        gone = _cell(line, self._retired).casefold() in ("0", "inactive", "false")
        if gone and not shown:  # a concept of SNOMED CT that has lost its descriptions too
            return
        names = tuple(dict.fromkeys(word for word in words if word != shown))[:_SHORT_NAMES]
        both = ("", shown) if layout.english else (shown, "")
        known = _dotted(code) if layout.system == "icd10" else code
        term = Term(layout.system, known, *both, names, use=3 if gone else 2, reviewed=layout.publisher)
        yield from self._reading.keep(term)


def _cell(line: Sequence[str], at: int | None) -> str:
    return line[at] if at is not None and at < len(line) else ""


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
    """The first column that has the best of these names."""
    for name in names:
        begun, ended = name.removesuffix("*"), name.removeprefix("*")
        found = [
            at
            for column, at in columns.items()
            if column == name
            or (begun != name and column.startswith(begun))
            or (ended != name and column.endswith(ended))
        ]
        if found:
            return min(found)
    return None
