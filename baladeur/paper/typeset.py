"""Words to PDF, in memory: PDF/A-2a and PDF/UA-1 (tagged), fonts embedded, the same bytes for the same words and day.

The words reach the typesetter as data, never as its markup. What no embedded font can print becomes a box, and the
sheet itself says how many there are. Source: ISO 19005-2 (level A), ISO 14289-1; Typst's own checks refuse the rest.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from baladeur.errors import PaperRefused

STANDARDS: Final = ("a-2a", "ua-1")
#: What stands for a character that no embedded font has.
BOX: Final = "□"
_PRELUDE: Final = "prelude.typ"
_Words = Mapping[str, Any]


class _RefusedError(Exception):
    """The typesetter refused; its own message quotes the words and stays behind."""


def typeset(template: str, words: _Words, *, title: str, lang: str, day: date, pages: int = 1) -> bytes:
    """A PDF of a template of this folder, its words, and at most so many A4 pages.

    words: JSON values; `unprintable` is a sentence with {n}, shown if characters had to be boxed.
    title: names the kind of sheet in the file's metadata, never a person. day: the date of the document.
    Raises PaperRefused if there is no typesetter here, or the words need more pages.
    """
    source = b"\n".join(
        files("baladeur.paper").joinpath("templates", name).read_bytes() for name in (_PRELUDE, template)
    )
    data = {"title": title, "lang": lang, "year": day.year, "month": day.month, "day": day.day, "pages": pages}
    data |= {"words": dict(words), "boxed": 0}
    try:
        return _compiled(source, data)
    except _RefusedError:
        lost = {char for char in set(_text(words)) if not char.isascii() and not _is_printable(char)}
    if not lost:
        raise PaperRefused
    data |= {"words": _boxed(dict(words), lost), "boxed": sum(_text(words).count(char) for char in lost)}
    try:
        return _compiled(source, data)
    except _RefusedError:
        raise PaperRefused from None


def _compiled(source: bytes, data: Mapping[str, Any]) -> bytes:
    try:
        import typst
    except ImportError:
        raise PaperRefused from None
    inputs = {"data": json.dumps(data)}
    try:
        made = typst.compile(source, sys_inputs=inputs, pdf_standards=[*STANDARDS], ignore_system_fonts=True)
    except typst.TypstError:
        raise _RefusedError from None
    if not isinstance(made, bytes):
        raise PaperRefused
    return made


@cache
def _is_printable(char: str) -> bool:
    """Whether an embedded font has it: asked of the typesetter itself, one character at a time."""
    probe = {"title": "-", "lang": "fr", "year": 2000, "month": 1, "day": 1, "pages": 1, "boxed": 0}
    try:
        _compiled(
            files("baladeur.paper").joinpath("templates", _PRELUDE).read_bytes() + b"\n#row(data.words.probe)\n",
            probe | {"words": {"probe": f"a{char}", "unprintable": ""}},
        )
    except _RefusedError:
        return False
    return True


def _text(value: Any) -> str:
    """All strings of a JSON value."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "".join(map(_text, value.values()))
    return "".join(map(_text, value)) if isinstance(value, list | tuple) else ""


def _boxed(value: Any, lost: set[str]) -> Any:
    """The same value with boxes."""
    if isinstance(value, str):
        return "".join(BOX if char in lost else char for char in value)
    if isinstance(value, Mapping):
        return {key: _boxed(one, lost) for key, one in value.items()}
    return [_boxed(one, lost) for one in value] if isinstance(value, list | tuple) else value
