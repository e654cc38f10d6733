"""Where people go from the emergency page: key → room. A room's module is loaded when somebody goes there."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from baladeur.tui.room import Room


@dataclass(frozen=True, slots=True)
class Place:
    """A room, and what must be open to enter it."""

    key: str
    phrase: str  #: what the footer says
    module: str  #: below baladeur.tui
    room: str  #: its class, made without arguments
    dossier: bool = True  #: only while the dossier is open
    shown: bool = True  #: in the footer; the palette has all

    def make(self) -> "Room[Any]":
        """The room. Loads its module."""
        made: Room[Any] = getattr(import_module(f"baladeur.tui.{self.module}"), self.room)()
        return made


#: In the order of the footer.
ROOMS: Final[tuple[Place, ...]] = (
    Place("d", "key-dossier", "dossier", "Dossier"),
    Place("r", "key-results", "results", "Results"),
    Place("slash", "key-search", "search", "Search", shown=False),
    Place("h", "key-history", "timeline", "Timeline", shown=False),
    Place("a", "key-tray", "tray", "Tray", shown=False),
    Place("c", "key-copy", "talk", "Copy"),
)
