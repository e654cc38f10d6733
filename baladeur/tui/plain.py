"""Text as it is: no markup, and nothing that could move the cursor.

Markup in a dose would end the program, and an escape sequence reaches the terminal even without markup.
"""

import unicodedata
from typing import Final

from textual.content import Content
from textual.widgets import Static

from baladeur.text import REPLACEMENT, safe_text

_KEPT: Final = "\n"


def tamed(text: str) -> str:
    """A safety net: text of the record was tamed where it came in, and by `safe_text` wherever that is not sure."""
    if text.isprintable():
        return text
    return "".join(
        one if one.isprintable() or one in _KEPT or unicodedata.category(one) == "Zs" else REPLACEMENT for one in text
    )


def content(text: str, style: str = "") -> Content:
    """Text for a widget, in one style."""
    return Content.styled(tamed(text), style) if style else Content(tamed(text))


def label(raw: str, cap: int = 300) -> str:
    """A text of which nobody knows whether it was tamed, on one line."""
    return safe_text(raw, cap)


class Plain(Static):
    """A widget that shows text and nothing else."""

    def __init__(self, text: str | Content = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(content(text) if isinstance(text, str) else text, markup=False, id=id, classes=classes)

    def show(self, text: str | Content) -> None:
        """Put another text in its place."""
        self.update(content(text) if isinstance(text, str) else text)
