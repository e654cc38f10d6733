"""The one mouth: data goes to standard output, narration to standard error, each in the user's language.

An error is one line that begins with `baladeur:`, without capital and full stop. Nothing here prints a path, a secret
or an exception's own message: they could hold what a crash log must not.
"""

import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import click

from baladeur.errors import BaladeurError
from baladeur.text import safe_text
from baladeur.wording.phrases import PHRASES
from baladeur.wording.sentences import sentence

Language = Literal["fr", "en"]
WIDTH = 80
_BAR_FROM = 2  # fewer steps are no long work


def _from_environment() -> Language:
    """By LC_ALL, LC_MESSAGES, LANG; a machine that names no language speaks the record's, French."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            plain = value.split(".")[0].lower()
            return "fr" if plain.startswith("fr") or plain in ("c", "posix") else "en"
    return "fr"


class _Voice:
    language: Language = "fr"


def begin(language: str | None = None) -> None:
    """Choose the language of this run; without one, the environment's."""
    _Voice.language = "en" if language == "en" else "fr" if language == "fr" else _from_environment()


def language() -> Language:
    """The language of this run."""
    return _Voice.language


def phrase(name: str, **values: object) -> str:
    """A phrase of the interface."""
    fr, en = PHRASES[name]
    return (fr if language() == "fr" else en).format(**values)


def say(text: str) -> None:
    """Narration, one line of it."""
    click.echo(_tame(text), err=True)


def tell(name: str, **values: object) -> None:
    """Narration by its name."""
    say(phrase(name, **values))


def voice(text: str) -> str:
    """A sentence as one line after `baladeur:`."""
    text = text.removesuffix(".")
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def complain(text: str) -> None:
    """One error or warning: as one line, broken at 80 columns where somebody reads it on a terminal."""
    line = f"baladeur: {voice(_tame(text))}"
    rows = paragraph(line) if sys.stderr.isatty() else [line]
    for row in rows:
        click.echo(row, err=True)


def complain_of(error: BaladeurError) -> None:
    """The sentence of an error, in the user's language."""
    complain(sentence(error, language()))


def put(text: str = "", *, bold: bool = False) -> None:
    """One line of data. A screen's width is the caller's business, its safety is ours."""
    text = _tame(text)
    click.echo(click.style(text, bold=True) if bold and coloured() else text)


def put_json(value: Any) -> None:
    """Data for programs: ASCII only, so that no string of the record reaches a terminal as it is."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=True))


def coloured() -> bool:
    """Whether standard output is a terminal that wants more than plain text."""
    return not os.environ.get("NO_COLOR") and sys.stdout.isatty()


def _tame(text: str) -> str:
    """A safety net: whoever composed the line has already tamed what comes from the record."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or unicodedata.category(c) == "Zs" else "\ufffd" for c in text)


def cells(text: str) -> int:
    """How many columns a text takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) != 0 for c in text)


def fit(text: str, width: int) -> str:
    """The text in exactly so many columns, cut with a mark."""
    text = safe_text(text)
    if cells(text) > width:
        while text and cells(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - cells(text))


def table(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    """Rows in columns; the last column takes what is left of 80."""
    rest = WIDTH - sum(widths) - 2 * len(widths)
    for row in rows:
        put("  ".join(fit(cell, width) for cell, width in zip(row, (*widths, rest), strict=True)).rstrip())


def paragraph(text: str, indent: str = "") -> Iterator[str]:
    """A text in lines of 80 columns; long words are cut."""
    line = indent
    for word in safe_text(text, 20_000).split(" "):
        while cells(word) > WIDTH - len(indent):
            if line != indent:
                yield line
                line = indent
            head = word[: WIDTH - len(indent)]
            while cells(head) > WIDTH - len(indent):
                head = head[:-1]
            yield indent + head
            word = word[len(head) :]
        if line != indent and cells(line) + 1 + cells(word) > WIDTH:
            yield line
            line = indent
        line += word if line == indent else " " + word
    if line.strip():
        yield line


@contextmanager
def progress(name: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error for long work, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    bar: Any = None

    def step(done: int, total: int) -> None:
        nonlocal bar
        if bar is None:
            if total < _BAR_FROM:
                return
            bar = click.progressbar(length=total, label=phrase(name), file=sys.stderr, width=30)
            bar.__enter__()
        bar.update(done - bar.pos)

    try:
        yield step
    finally:
        if bar is not None:
            bar.__exit__(None, None, None)
