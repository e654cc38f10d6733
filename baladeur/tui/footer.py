"""The keys that do something now, on the last line: one widget that is drawn, where Textual's own mounts one for each.

A dozen widgets made anew whenever the focus moves take longer than the emergency page itself.
"""

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.screen import Screen


class Footer(Widget):
    """As Textual's: its colours, its spaces; a click on a key presses it. `compact`: fewer spaces between them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"footer--key", "footer--description"}
    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Footer {
        dock: bottom;
        height: 1;
        text-wrap: nowrap;
        color: $footer-foreground;
        background: $footer-background;
    }
    Footer > .footer--key {
        color: $footer-key-foreground;
        background: $footer-key-background;
        text-style: bold;
    }
    Footer > .footer--description {
        color: $footer-description-foreground;
        background: $footer-description-background;
    }
    """

    def __init__(self, *, compact: bool = False) -> None:
        super().__init__()
        self._compact = compact
        self._told: list[tuple[str, str, str, bool]] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: "Screen[object]") -> None:
        if self.is_attached and screen is self.screen and self.app.app_focus:
            self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        """What the keys do now; nothing is drawn where it is what stands there."""
        first: dict[str, tuple[Binding, bool]] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values() if self.is_attached else ():
            if binding.show:
                first.setdefault(binding.action, (binding, enabled))
        now = [(one.key, self.app.get_key_display(one), one.description, enabled) for one, enabled in first.values()]
        if now != self._told:
            self._told = now
            self.refresh()

    def render(self) -> Content:
        """Every key with what it does."""
        around, between = ("", " ") if self._compact else (" ", "")
        parts = []
        for key, display, description, enabled in self._told:
            pressed = Style.from_meta({"key": key if enabled else ""})
            dim = Style(dim=not enabled)
            parts.append((f"{around}{display}{around}", self.get_visual_style("footer--key") + dim + pressed))
            told = f"{between}{description} "
            parts.append((told, self.get_visual_style("footer--description") + dim + pressed))
        return Content.assemble(*parts)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        key = event.style.meta.get("key")
        if key:
            self.app.simulate_key(key)
