"""Import: a document's path is typed, what it would bring is shown, and only then it is taken into the draft."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList

from baladeur.errors import BaladeurError
from baladeur.tui.footer import Footer
from baladeur.tui.lines import Lines
from baladeur.tui.plain import Plain, content, label
from baladeur.tui.room import Room
from baladeur.wording import differences

if TYPE_CHECKING:
    from baladeur.session import Draft, Plan

_MOST: Final = (64 << 20) + 1  #: bytes: one over what any document may have, so that a huge file is refused unread
_LISTED: Final = 500  #: files of a folder


class Bring(Room[bool]):
    """Answers whether a document was taken into the draft. Escape takes nothing."""

    CSS_PATH = "bring.tcss"
    HELP = "help-bring"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "key-back", key_display="Esc"),
        Binding("f10", "take", "key-form-keep", key_display="F10", priority=True),
        Binding("down", "side", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._files: list[Path] = []
        self._file = ""
        self._plan: Plan | None = None
        self._trial: Draft | None = None
        self._problem = ""

    def compose(self) -> ComposeResult:
        yield Plain(id="title")
        yield Input(id="place")
        yield Lines(id="files")
        with VerticalScroll(id="scroll"):
            yield Plain(id="told")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#files").display = False
        self.query_one("#place").focus()
        self.speak()

    def speak(self) -> None:
        """Where a document is looked for, and what it would bring."""
        self.query_one("#title", Plain).show(content(self.say("bring-title"), "bold"))
        told = self.query_one("#told", Plain)
        if self._problem:
            told.show(content(self._problem, "bold $error"))
        elif self._plan is not None and self._trial is not None:
            told.show("\n".join(self._preview(self._plan, self._trial)))
        elif self._files:
            told.show(self.say("bring-choose", n=len(self._files)))
        else:
            told.show(self.say("bring-hint"))
        self.refresh_bindings()

    def _preview(self, plan: "Plan", trial: "Draft") -> list[str]:
        clash = len(plan.beside) + len(plan.standing) + len(plan.reopened) + len(plan.left)
        counts = {"new": len(plan.new), "replaced": len(plan.replaced), "same": plan.same, "clash": clash}
        rows = [self.say("bring-preview", file=self._file, **counts)]
        rows.append(self.say("bring-nothing" if plan.empty else "bring-take"))
        if plan.older:
            rows.append(self.say("import-older"))
        if plan.document.unread:
            rows.append(self.say("import-unread", n=sum(plan.document.unread.values())))
        if plan.document.findings:
            rows.append(self.say("import-findings", n=len(plan.document.findings)))
        return [*rows, "", *(f" {row}" for row in differences.told(trial, self.baladeur.language))]

    @on(Input.Submitted, "#place")
    def _typed(self, event: Input.Submitted) -> None:
        place = Path(event.value.strip().strip("'\"")).expanduser()
        files = self.query_one("#files", Lines)
        self._files, self._plan, self._trial, self._problem = [], None, None, ""
        try:
            if event.value.strip() and place.is_dir():
                inside = sorted(one for one in place.iterdir() if one.suffix.lower() == ".json" and one.is_file())
                self._files = inside[:_LISTED]
            elif place.is_file():
                self._look_into(place)
                return
        except OSError:
            self._files = []
        files.display = bool(self._files)
        files.fill([(str(at), content(label(one.name))) for at, one in enumerate(self._files)])
        if self._files:
            files.focus()
        else:
            self._problem = self.say("bring-none", place=label(str(place)))
        self.speak()

    @on(OptionList.OptionSelected, "#files")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._look_into(self._files[int(event.option_id or "0")])

    def _look_into(self, file: Path) -> None:
        session, pending = self.visit.session, self.visit.pending
        if session is None or pending is None:
            return
        self._file = label(file.name)

        def read() -> "tuple[Plan | None, Draft]":
            trial = session.trial(pending)
            try:
                with file.open("rb") as opened:
                    data = opened.read(_MOST)
            except OSError:
                return None, trial
            return session.bring(trial, data, label(file.name)), trial

        self.behind(read, self._read)

    def _read(self, found: "tuple[Plan | None, Draft]") -> None:
        self._plan, self._trial = found
        self._problem = "" if self._plan is not None else self.say("bring-none", place=self._file)
        self.speak()
        self.query_one("#scroll").focus()

    def complain(self, error: BaladeurError) -> None:
        """This document is not taken; nothing else changes."""
        self._plan = self._trial = None
        self._problem = self.sentence(error)
        self.speak()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "take" or (self._plan is not None and not self._plan.empty)

    def action_take(self) -> None:
        """What the preview showed goes into the draft."""
        if self._trial is not None:
            self.visit.pending = self._trial
            self.dismiss(True)

    def action_side(self) -> None:
        """From the field to the files of a folder."""
        if self._files:
            self.query_one("#files").focus()

    def action_back(self) -> None:
        """Nothing was taken."""
        self.dismiss(False)
