"""Bytes to JSON values, and where in the bytes each resource stands. It knows JSON and no medicine.

What a document brought is kept for ever as it came, so a resource is cut out of the source by its byte range and is
never written again: `1.00` stays `1.00`, an instant keeps its seven digits, base64 keeps its line breaks.
Sources: RFC 8259; FHIR R4 section 2.6.2 (JSON representation), section 2.24.0.1 (decimal precision).
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, NoReturn, Self

from baladeur.errors import DocumentTooLarge, NotJson

#: The largest document that is read, in bytes.
MAX_BYTES: Final = 64 << 20
#: The deepest nesting that is read. FHIR documents of the field stay under 25.
MAX_DEPTH: Final = 64

#: What makes an object out of its names and values, in their order.
Pairs = Callable[[list[tuple[str, Any]]], dict[str, Any]]

_BOM = b"\xef\xbb\xbf"
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]', re.DOTALL)
_SPACE = re.compile(rb"[ \t\r\n]*+")
_ROOT, _ENTRIES, _ENTRY, _RESOURCE = 1, 2, 3, 4  # the depth of each in a Bundle


class Number(Decimal):
    """A JSON number with a point or an exponent: a Decimal that still knows how it was written.

    `str()` gives the source's own digits: `1E+8`, `0.30`, `2.309742691397054e-05`.
    """

    text: str

    def __new__(cls, text: str) -> Self:
        """Keep the text beside the value."""
        number = super().__new__(cls, text)
        number.text = str(text)
        return number

    def __str__(self) -> str:
        return self.text


def parse(data: bytes, pairs: Pairs | None = None, *, deep: bool = False) -> Any:
    """The JSON value of a document: dict, list, str, int, Number, bool or None.

    `pairs` makes each object from its names and values; without it, a name given twice is refused. With `deep`, nesting
    beyond MAX_DEPTH is left to the caller to see; what Python itself cannot nest is refused all the same.
    Raises `DocumentTooLarge` over MAX_BYTES or MAX_DEPTH, and `NotJson` for anything that RFC 8259 or FHIR forbids:
    another encoding than UTF-8, XML, a name given twice in one object, NaN, trailing text.
    """
    if len(data) > MAX_BYTES:
        raise DocumentTooLarge(f"{len(data) >> 20} MiB; the limit is {MAX_BYTES >> 20} MiB")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotJson("not UTF-8")
    body = data.removeprefix(_BOM)
    if body[:64].lstrip().startswith(b"<"):
        raise NotJson("XML or HTML")
    if not deep:
        _check_depth(body)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotJson(f"not UTF-8 at byte {error.start}") from None
    try:
        return json.loads(
            text, parse_float=Number, parse_constant=_refuse_constant, object_pairs_hook=pairs or _no_name_twice
        )
    except json.JSONDecodeError as error:
        raise NotJson(f"line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise DocumentTooLarge("nested too deep") from None
    except ArithmeticError:
        raise NotJson("an exponent out of all bounds") from None
    except ValueError:  # an integer of thousands of digits
        raise NotJson("a number too long to read") from None


def _refuse_constant(_name: str) -> NoReturn:
    raise NotJson("NaN or Infinity")


def _no_name_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJson("a name stands twice in one object")
    return found


def _check_depth(body: bytes) -> None:
    depth = 0
    for token in _TOKEN.finditer(body):
        first = body[token.start()]
        if first in b"{[":
            depth += 1
            if depth > MAX_DEPTH:
                raise DocumentTooLarge(f"nested deeper than {MAX_DEPTH}")
        elif first in b"}]":
            depth -= 1


def whole(data: bytes) -> tuple[int, int]:
    """The byte range of the one value in a document, without mark and white space around it."""
    start = len(_BOM) if data.startswith(_BOM) else 0
    match = _SPACE.match(data, start)
    return (match.end() if match else start), len(data.rstrip(b" \t\r\n"))


def resource_ranges(data: bytes) -> dict[int, tuple[int, int]]:
    """The byte range of each `entry[i].resource` object of a Bundle, by i.

    Call it only on what `parse` accepted and whose entries are all objects: it trusts the syntax. A name written with
    escapes (`resourc\\u0065`) counts as what it spells. Raises nothing.
    """
    ranges: dict[int, tuple[int, int]] = {}
    names: dict[int, str] = {}
    depth, index, start, in_entries = 0, -1, -1, False
    for token in _TOKEN.finditer(data):
        first = data[token.start()]
        if first == 0x22:  # a string: a name, if a colon follows
            if depth == _ROOT or (depth == _ENTRY and in_entries):
                space = _SPACE.match(data, token.end())
                if space is not None and data[space.end() : space.end() + 1] == b":":
                    names[depth] = str(json.loads(token[0]))
        elif first in b"{[":
            depth += 1
            if depth == _ENTRIES:
                in_entries = first == 0x5B and names.get(_ROOT) == "entry"
            elif depth == _ENTRY and in_entries:
                index += 1
                names[_ENTRY] = ""
            elif depth == _RESOURCE and in_entries and first == 0x7B and names.get(_ENTRY) == "resource":
                start = token.start()
        else:
            if depth == _RESOURCE and start >= 0:
                ranges[index] = (start, token.end())
                start = -1
            depth -= 1
    return ranges


def reference_ranges(data: bytes) -> list[tuple[int, int]]:
    """The byte range of each string, quotes included, that is the value of a name `reference`, wherever it stands.

    Call it only on what `parse` accepted. A name written with escapes counts as what it spells. Raises nothing.
    Source: FHIR R4 (4.0.1) section 2.3.0.1, Reference.reference.
    """
    ranges: list[tuple[int, int]] = []
    named = False
    for token in _TOKEN.finditer(data):
        if data[token.start()] != 0x22:
            named = False
            continue
        space = _SPACE.match(data, token.end())
        if space is not None and data[space.end() : space.end() + 1] == b":":
            named = token[0] == b'"reference"' or (b"\\" in token[0] and json.loads(token[0]) == "reference")
        else:
            if named:
                ranges.append(token.span())
            named = False
    return ranges
