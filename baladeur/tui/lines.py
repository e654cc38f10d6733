"""A list of lines to walk through: text of the record folded to the width, never cut, never markup."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Self

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
    """Lines by their ids. `fill` keeps the place where the reader was, if its line is still there.

    Keys that move through them before the first are there count when they are.
    """

    _stand: tuple[object, ...] | None = None  #: what was filled in
    _moved = 0  #: lines down, before there was any

    def fill(self, lines: Sequence[tuple[str, Content]], at: str = "") -> None:
        """Other lines in their place; `at`: the one that is chosen then."""
        ids = [id_ for id_, _ in lines]
        chosen, was = at if at in ids else self.chosen, self.highlighted
        stand = tuple((id_, shown.plain, tuple(shown.spans)) for id_, shown in lines)
        if stand != self._stand:  # a thousand lines are laid out in a tenth of a second
            self.clear_options()
            self.add_options([Option(shown, id=id_) for id_, shown in lines])
            self._stand = stand
        if lines:
            place = ids.index(chosen) if chosen in ids else was or 0
            self.highlighted = max(0, min(place + self._moved, len(lines) - 1))
        self._moved = 0

    def clear_options(self) -> Self:
        """No lines. What was there before may come again."""
        super().clear_options()
        self._stand = ()
        return self

    def action_cursor_down(self) -> None:
        """The next line; while they are being read, of those to come."""
        if self._stand is None:
            self._moved += 1
        else:
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """The line before."""
        if self._stand is None:
            self._moved -= 1
        else:
            super().action_cursor_up()

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
