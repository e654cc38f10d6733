"""A list of lines to walk through: text of the record folded to the width, never cut, never markup."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from baladeur.tui.plain import content
from baladeur.wording import dossier
from baladeur.wording.phrases import Language, say

if TYPE_CHECKING:
    from baladeur.session import Row

#: States that are said before the line; what holds today has nothing before it.
_STYLES: Final = {
    "to-confirm": "$warning",
    "damaged": "bold $error",
    "past": "$secondary",
    "stopped": "$secondary",
    "never": "$secondary",
}


class Lines(OptionList, inherit_bindings=True):
    """Lines by their ids. `fill` keeps the place where the reader was, if its line is still there."""

    def fill(self, lines: Sequence[tuple[str, Content]]) -> None:
        """Other lines in their place."""
        before, at = self.chosen, self.highlighted
        self.clear_options()
        self.add_options([Option(shown, id=id_) for id_, shown in lines])
        ids = [id_ for id_, _ in lines]
        if before in ids:
            self.highlighted = ids.index(before)
        elif lines:
            self.highlighted = min(at or 0, len(lines) - 1)

    @property
    def chosen(self) -> str:
        """The id of the line under the cursor, or an empty string."""
        if self.highlighted is None or not self.option_count:
            return ""
        return self.get_option_at_index(self.highlighted).id or ""


def line(row: "Row", language: Language) -> Content:
    """A line of the dossier: its state, unless it plainly holds, then what, how much and when.

    The name is bold, so that the eye finds where a line begins even where it runs over several rows.
    """
    style = "$error" if not row.valid else _STYLES.get(row.state, "")
    state = dossier.state(row, language) if not row.valid or row.state != "current" else ""
    head = f"({state}) " if state else "+ " if row.commit is None else ""
    tail = f" — {row.detail}" if row.detail else ""
    if day := dossier.when(row.when, language):
        tail += f" · {day}"
    if row.commit is None:
        tail += f" · {say('state-unsigned', language)}"
    named = content(dossier.name(row, language), f"bold {style}".strip())
    return Content.assemble(content(head, style), named, content(tail, style))
