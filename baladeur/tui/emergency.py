"""The emergency page: the same lines as `baladeur summary --plain`, and where to go from there."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from baladeur.tui.footer import Footer
from baladeur.tui.places import ROOMS
from baladeur.tui.plain import Plain, content
from baladeur.tui.room import Room
from baladeur.tui.times import DOSSIER_OPEN, PAGE_SHOWN, SOON, told_time
from baladeur.tui.visit import WHOLE
from baladeur.wording import findings

_NARROWEST = 40
_LOW = 24  #: rows of a screen that has none to spare: what is open is told there only when it is not plain
_EVERYDAY = ("words", "phrase")


def coloured(row: str) -> Content:
    """A row of the page; its colour says again what its mark and word say."""
    marked = row.removeprefix("?").lstrip(" ")
    if row.startswith("─"):
        return content(row, "$secondary")
    if marked.startswith("!! "):
        return Content.assemble(content(row, "bold $error"))
    if marked.startswith("! "):
        return content(row, "$warning")
    if marked.startswith(">> "):
        return content(row, "bold $accent")
    return content(row)


class Page(Plain):
    """The lines of the page."""

    HELP = "help-emergency"


class Emergency(Room[None]):
    """Home. Everything else stands above it, and goes when the dossier is locked."""

    HELP = "help-emergency"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "whole", "key-whole"),
        Binding("u", "first", "key-first"),
        *(Binding(one.key, f"enter('{one.key}')", one.phrase, show=one.shown) for one in ROOMS),
        Binding("q", "app.leave", "key-close-key"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._whole = False
        self._stands: object = None  #: what the rows on the screen were made of

    def compose(self) -> ComposeResult:
        yield Plain(id="odd")
        with VerticalScroll(id="scroll"):
            yield Page(id="page")
        yield Plain(id="status")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()
        self.set_interval(1, self._say_status)

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._spoken)

    def on_screen_resume(self) -> None:
        self.call_after_refresh(self._spoken)

    def speak(self) -> None:
        """The page for the size of the terminal, and what is open."""
        if self.baladeur.visit is None:
            return
        odd = [one for one in self.visit.findings if findings.weight([one]) >= findings.Weight.TAMPERED]
        rows = findings.told(odd, self.baladeur.language)
        self.query_one("#odd", Plain).show(content("\n".join(f" ! {row}" for row in rows), "bold"))
        self.query_one("#odd").display = bool(rows)
        self.call_after_refresh(self._say_page)
        self._say_status()
        self.refresh_bindings()

    def _say_page(self) -> None:
        visit = self.baladeur.visit
        if visit is None:
            return
        scroll = self.query_one("#scroll")
        scroll.styles.overflow_y = "auto" if self._whole else "hidden"  # the first screen is what fits it
        width = max(_NARROWEST, self.app.size.width - (1 if self._whole else 0))
        height = WHOLE if self._whole else max(10, scroll.size.height)
        now = (visit.page, visit.found, visit.problem, self.baladeur.today(), self.baladeur.language, width, height)
        if self._stands == now:
            return
        self._stands = now
        lines = visit.shown(self.baladeur.today())
        page = self.query_one("#page", Plain)
        if visit.problem is not None:
            page.show(content(self.sentence(visit.problem), "bold"))
        elif not lines:
            page.show(self.say("e-absent"))
        else:
            rows = visit.rows(lines, self.baladeur.language, width, height)
            page.show(Content("\n").join(map(coloured, rows)))

    def _say_status(self) -> None:
        visit = self.baladeur.visit
        if visit is None:
            return
        said = [self.say(f"opened-{visit.access.partition('-')[0]}")]
        idle = self.baladeur.now() - self.baladeur.touched
        if visit.session is None:
            said.append(self.say("page-alone", time=told_time(PAGE_SHOWN - idle)))
        elif DOSSIER_OPEN - idle <= SOON:
            said.append(self.say("locks-in", time=told_time(DOSSIER_OPEN - idle)))
        else:
            said.append(self.say("dossier-open"))
        status = self.query_one("#status", Plain)
        status.show(" · ".join(said))
        plain = visit.session is not None and visit.access in _EVERYDAY and DOSSIER_OPEN - idle > SOON
        display = not plain or self.app.size.height > _LOW
        if status.display is not display:  # the page is laid out anew for one row more or less
            status.display = display
            self.call_after_refresh(self._say_page)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A room of the dossier is offered only while the dossier is open."""
        if action == "enter" and self.baladeur.visit is not None and self.baladeur.visit.session is None:
            return not next(one.dossier for one in ROOMS if one.key == parameters[0])
        if action in ("whole", "first"):
            return self._whole is (action == "first")
        return True

    def action_whole(self) -> None:
        """Every line whole, to scroll through."""
        self._whole = True
        self.speak()

    def action_first(self) -> None:
        """The first screen again."""
        self._whole = False
        self.query_one("#scroll").scroll_home(animate=False)
        self.speak()

    def action_enter(self, key: str) -> None:
        """Go to another room."""
        self.app.push_screen(next(one for one in ROOMS if one.key == key).make())
