"""Import: files or a folder, what each would bring, and only then those that are marked are taken into the draft."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList

from baladeur.errors import BaladeurError
from baladeur.session import inbox
from baladeur.tui import arrivals
from baladeur.tui.arrivals import TAKEN, Document
from baladeur.tui.footer import Footer
from baladeur.tui.lines import Lines
from baladeur.tui.plain import Plain, content, label
from baladeur.tui.room import Room
from baladeur.tui.times import FOLDER_LOOKED_AT

if TYPE_CHECKING:
    from baladeur.session import Draft


class Bring(Room[bool]):
    """Answers whether documents were taken into the draft. Escape takes nothing."""

    CSS_PATH = "bring.tcss"
    HELP = "help-bring"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "key-mark", key_display="Espace"),
        Binding("f10", "take", "key-bring-take", key_display="F10", priority=True),
        Binding("f5", "again", "key-again", key_display="F5"),
        Binding("f8", "watch", "key-watch", key_display="F8"),
        Binding("f8", "unwatch", "key-unwatch", key_display="F8"),
        Binding("down", "side", show=False),
        Binding("escape", "back", "key-back", key_display="Esc"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Document] = []
        self._folder: Path | None = None  #: the folder that is shown
        self._lay: list[inbox.Lying] = []
        self._watched: Path | None = None
        self._trial: Draft | None = None
        self._problem = self._state = ""
        self._reading = self._changed = False

    def compose(self) -> ComposeResult:
        yield Plain(id="title")
        yield Input(id="place")
        yield Plain(id="how")
        yield Lines(id="files")
        with VerticalScroll(id="scroll"):
            yield Plain(id="told")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#files").display = False
        self.query_one("#place").focus()
        self._watched = inbox.watched()
        self.set_interval(FOLDER_LOOKED_AT, self._look_again)
        if self._watched is not None and self._watched.is_dir():
            self.query_one("#place", Input).value = str(self._watched)
            self._show_folder(self._watched)
        self.speak()

    # ------------------------------------------------------------ words

    def speak(self) -> None:
        """Where documents are looked for, which there are, and what the one under the cursor would bring."""
        watched = f" · {self.say('bring-watched')}" if self._folder and self._folder == self._watched else ""
        self.query_one("#title", Plain).show(content(self.say("bring-title") + watched, "bold"))
        how = self.query_one("#how", Plain)
        how.display = bool(self._found) or self._reading
        if self._reading:
            how.show(self._state or self.say("reading"))
        else:
            how.show(self._how())
        files = self.query_one("#files", Lines)
        files.display = len(self._found) > 1 and not self._reading
        files.fill([(str(at), arrivals.row(one, self.baladeur.language)) for at, one in enumerate(self._found)])
        self._say_chosen()
        self.refresh_bindings()

    def _how(self) -> Content:
        n, marked = len(self._found), sum(one.marked for one in self._found)
        said = [content(self.say("bring-files", n=n, marked=marked), "bold")]
        if self._folder is not None and len(self._lay) >= inbox.MOST:
            said.append(content(self.say("bring-cut", n=inbox.MOST)))
        if self._changed:
            said.append(content(self.say("bring-changed"), "bold $warning"))
        return Content("\n").join(said)

    def _say_chosen(self) -> None:
        told, one = self.query_one("#told", Plain), self._chosen()
        if self._problem:
            told.show(content(self._problem, "bold $error"))
        elif one is not None and self._trial is not None:
            told.show(arrivals.preview(one, self._trial, self.baladeur.language))
        else:
            told.show("" if self._reading else self.say("bring-hint"))

    def _chosen(self) -> Document | None:
        if self._reading or not self._found:
            return None
        at = self.query_one("#files", Lines).highlighted
        return self._found[at if at is not None and at < len(self._found) else 0]

    # ------------------------------------------------------------ which files

    @on(Input.Submitted, "#place")
    def _typed(self, event: Input.Submitted) -> None:
        typed = event.value.strip()
        place = Path(typed.strip("'\"")).expanduser()
        self._problem, self._folder, self._found, self._trial = "", None, [], None
        if typed and place.is_dir():
            self._show_folder(place)
        elif files := _named(typed, place):
            self._read(files)
        if not self._reading:
            self._problem = self.say("bring-none", place=label(str(place)))
            self.speak()

    def _show_folder(self, folder: Path) -> None:
        self._folder, self._lay, self._changed = folder, inbox.lying(folder), False
        if self.visit.inbox is not None and self.visit.inbox.folder == folder:
            self.visit.inbox.seen()
        if self._lay:
            self._read([one.path for one in self._lay])

    def _look_again(self) -> None:
        """Whether something came in, is still being written, or was taken away, since the folder was read."""
        if self._folder is not None and not self._reading:
            changed = inbox.lying(self._folder) != self._lay
            if changed is not self._changed:
                self._changed = changed
                self.query_one("#how", Plain).show(self._how())

    def _read(self, files: list[Path]) -> None:
        self._start(len(files), lambda: arrivals.opened(files))

    def _start(self, total: int, found: Callable[[], list[Document]]) -> None:
        session, pending = self.visit.session, self.visit.pending
        if session is None or pending is None:
            return
        self._reading = True

        def step(number: int) -> None:
            if total > 1:
                self._back(lambda: self._say_progress(number, total))

        def read() -> "tuple[list[Document], Draft]":
            documents = found()
            return documents, arrivals.planned(session, pending, documents, step)

        self.speak()
        self.behind(read, self._ready)

    def _say_progress(self, number: int, total: int) -> None:
        self._state = self.say("bring-reading", n=number, total=total)
        self.query_one("#how", Plain).show(self._state)

    def _ready(self, found: "tuple[list[Document], Draft]") -> None:
        (self._found, self._trial), self._reading, self._state = found, False, ""
        self.speak()
        self.query_one("#files" if len(self._found) > 1 else "#scroll").focus()

    def complain(self, error: BaladeurError) -> None:
        """Nothing of these documents is taken; nothing else changes."""
        self._found, self._trial, self._reading = [], None, False
        self._problem = self.sentence(error)
        self.speak()

    @on(OptionList.OptionHighlighted, "#files")
    def _moved(self) -> None:
        self._say_chosen()

    @on(OptionList.OptionSelected, "#files")
    def _opened(self) -> None:
        self.query_one("#scroll").focus()

    # ------------------------------------------------------------ keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        ready, shown = bool(self._found) and not self._reading, self._folder is not None
        if action == "take":
            return ready and self._trial is not None and any(one.marked for one in self._found)
        if action == "mark":
            one = self._chosen() if self.is_mounted else None
            return one is not None and one.state in TAKEN
        if action == "again":
            return shown and not self._reading
        if action in ("watch", "unwatch"):
            return shown and (self._folder == self._watched) is (action == "unwatch")
        return True

    def action_mark(self) -> None:
        """Take the document under the cursor, or leave it; what comes after it is planned anew."""
        one = self._chosen()
        if one is not None:
            one.marked = not one.marked
            found = self._found
            self._start(len(found), lambda: found)

    def action_take(self) -> None:
        """What the previews of the marked ones showed goes into the draft."""
        if self._trial is not None and self.visit.pending is not None:
            self._trial.kept_as = self.visit.pending.kept_as  # it may have been kept meanwhile
            self.visit.pending = self._trial
            self.notify(self.say("bring-taken", n=sum(one.marked for one in self._found)), markup=False)
            self.dismiss(True)

    def action_again(self) -> None:
        """The folder as it is now."""
        if self._folder is not None:
            self._found, self._trial = [], None
            self._show_folder(self._folder)

    def action_watch(self) -> None:
        """From now on new files here are announced; the choice stays on this computer."""
        self._choose(self._folder)

    def action_unwatch(self) -> None:
        """No folder is watched any more."""
        self._choose(None)

    def _choose(self, folder: Path | None) -> None:
        from baladeur.errors.command import FileRefused

        try:
            inbox.watch(folder)
        except OSError:
            super().complain(FileRefused())
            return
        self._watched = folder
        self.visit.inbox = None
        self.notify(self.say("watch-on" if folder else "watch-off"), markup=False)
        self.speak()

    def action_side(self) -> None:
        """From the field to the files of a folder."""
        if len(self._found) > 1:
            self.query_one("#files").focus()

    def action_back(self) -> None:
        """Nothing was taken."""
        self.dismiss(False)


def _named(typed: str, place: Path) -> list[Path]:
    """The files that a line names: one, or several as a terminal pastes them; none if one of them is not there."""
    if not typed:
        return []
    if place.is_file():
        return [place]
    try:
        names = shlex.split(typed)
    except ValueError:
        return []
    files = [Path(name).expanduser() for name in names]
    return files if len(files) > 1 and all(one.is_file() for one in files) else []
