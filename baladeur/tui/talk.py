"""A conversation with the patient on a screen: one room shows every step of every flow, and holds no rule of its own.

Escape is the safe answer: the flow decides what stopping means. Secret words stand here only while their step does, and
are covered when nobody touches the keyboard; once they were shown, the terminal's scrollback is wiped at the end.
"""

import textwrap
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option as Entry

from baladeur.errors import BaladeurError
from baladeur.flows import copies
from baladeur.flows.steps import Ask, Choose, Conversation, Flow, Pick, Preview, Speak, Step, Words, Work
from baladeur.session.typed import completion
from baladeur.tui.emergency import coloured
from baladeur.tui.footer import Footer
from baladeur.tui.plain import Plain, content
from baladeur.tui.room import Speaking
from baladeur.tui.times import DOSSIER_OPEN
from baladeur.wording import conversation

if TYPE_CHECKING:
    from baladeur.session import Draft

_FRAME = 5  #: columns beside what is told, with the scrollbar
_MARGINS = 10  #: columns beside an entry
_DONE = ""  #: the entry that ends a list of marks


def _broken(text: str, width: int) -> list[str]:
    """In rows; a no-break space and a hyphen hold their words together."""
    return textwrap.wrap(text, width, break_on_hyphens=False)


class _Rest(Suggester):
    """The rest of a word of the list, once it can be no other."""

    async def get_suggestion(self, value: str) -> str | None:
        """What was typed and the rest of its last word."""
        rest = completion(value)
        return value + rest if rest else None


class Line(Input):
    """What is typed in a conversation."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "app.leave", "key-leave", show=False)]


class Talk(Speaking[str]):
    """Leads through a flow; answers how it ended."""

    CSS_PATH = "talk.tcss"
    HELP = "help-talk"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "key-go-on", key_display="Entrée"),
        Binding("f4", "hide", "key-hide", key_display="F4"),
        Binding("f2", "language", "key-language", key_display="F2"),
        Binding("f1", "help", "key-help", key_display="F1"),
        Binding("escape", "stop", "key-stop", key_display="Esc"),
    ]

    def __init__(self, flow: Flow | None = None) -> None:
        super().__init__()
        self._flow = flow
        self._talk: Conversation | None = None
        self._on: set[str] = set()
        self._working = self._covered = False
        self._entries: tuple[str, ...] = ()
        self._marked = 0

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="scroll", can_focus=True):
            yield Plain(id="told")
            yield Plain(id="secret-words")
        yield OptionList(id="options", markup=False)
        yield Line(id="line", select_on_focus=False)
        yield Plain(id="state")
        yield Footer()

    def on_mount(self) -> None:
        self._talk = Conversation(self._flow or self.flow())
        self.set_interval(1, self._watch)
        self._next()

    def on_unmount(self) -> None:
        """However the screen goes, the flow lets go of its files."""
        if self._talk is not None and not self._working:
            self._talk.close()

    def flow(self) -> Flow:
        """The flow of a room that has its own. Only there."""
        raise NotImplementedError

    @property
    def step(self) -> Step | None:
        """What stands here now."""
        return self._talk.step if self._talk is not None else None

    # ------------------------------------------------------------ from step to step

    def _answer(self, value: object) -> None:
        self._move(lambda talk: talk.answer(value))

    def _move(self, move: Any) -> None:
        if self._talk is None:
            return
        try:
            move(self._talk)
        except BaladeurError as error:
            self.app.notify(self.sentence(error), severity="error", timeout=20, markup=False)
        self._next()

    def _next(self) -> None:
        """Show the step that stands now; work begins by itself."""
        talk = self._talk
        while talk is not None and isinstance(talk.step, Speak):
            self.baladeur.language = talk.step.language
            talk.answer()
        self._covered = False
        self.query_one(Line).value = ""
        step = self.step
        if step is None:
            self.dismiss(talk.end if talk is not None else "")
            return
        self._entries = ()  # what was chosen before is no advice for what comes now
        self._on = set(step.on) if isinstance(step, Pick) else set()
        self.baladeur.secret_shown |= isinstance(step, Words) or (isinstance(step, Ask) and step.kind != "text")
        self.speak()
        self._focus(step)
        self.refresh_bindings()
        self.call_after_refresh(self.refresh_bindings)  # the footer follows the focus, which moves later
        if isinstance(step, Work):
            self._working = True
            self.behind(partial(step.run, self._progress), self._worked)

    def _worked(self, value: object) -> None:
        self._working = False
        self._answer(value)

    def complain(self, error: BaladeurError) -> None:
        """Work ended with an error: the flow says what comes of it."""
        self._working = False
        self._move(lambda talk: talk.fail(error))

    def _progress(self, done: int, total: int) -> None:
        if total:
            self._back(partial(self._say_progress, 100 * done // total))

    def _say_progress(self, percent: int) -> None:
        self.query_one("#state", Plain).show(f"{percent} %")

    def _watch(self) -> None:
        """Nobody touches the keyboard: words are covered, anything else is over."""
        idle = self.baladeur.now() - self.baladeur.touched
        if idle < DOSSIER_OPEN or self._working or self._talk is None or self.app.screen is not self:
            return
        if isinstance(self.step, Words):
            if not self._covered:
                self._covered = True
                self.speak()
            return
        self._talk.close()
        self.dismiss("idle")

    # ------------------------------------------------------------ words

    def speak(self) -> None:
        """The present step, in the present language."""
        step = self.step
        if step is None:
            return
        self.query_one("#told", Plain).show(Content("\n\n").join(self._body(step)))
        self._say_words(step)
        self._say_options(step)
        line = self.query_one(Line)
        line.display = isinstance(step, Ask)
        if isinstance(step, Ask):
            line.suggester = _Rest(use_cache=False) if step.kind in ("secret", "words") else None
            line.password = False
        self.query_one("#scroll").set_class(isinstance(step, Choose | Pick | Ask), "above")
        self.query_one("#state", Plain).show(self._how(step))

    def _how(self, step: Step) -> str:
        """Which key goes on."""
        if isinstance(step, Work):
            return "…"
        if any(isinstance(piece, Preview) for piece in step.body):
            return self.say("talk-read-on")
        kind = "pick" if isinstance(step, Pick) else "choose" if isinstance(step, Choose) else ""
        if isinstance(step, Ask):
            kind = "optional" if step.optional else "type"
        return self.say(f"talk-{kind or 'read'}")

    def _body(self, step: Step) -> list[Content]:
        told: list[Content] = []
        width = max(40, self.app.size.width - _FRAME)
        for piece in step.body:
            rows = conversation.rows(piece, self.baladeur.language, width)
            if isinstance(piece, Preview):
                told.append(Content("\n").join(map(coloured, rows)))
            else:
                told.append(content("\n".join(_broken(str(rows), width)), "" if told else "bold"))
        return told

    def _say_words(self, step: Step) -> None:
        words = self.query_one("#secret-words", Plain)
        words.display = isinstance(step, Words)
        if not isinstance(step, Words):
            words.show("")
        elif self._covered:
            words.show(self.say("talk-covered"))
        else:
            pairs = zip(step.words, step.numbers, strict=True)
            rows = [f"{place:2}. {word:<12} ({number})" for place, (word, number) in enumerate(pairs, 1)]
            words.show(content("\n".join(rows), "bold"))

    def _say_options(self, step: Step) -> None:
        options = self.query_one(OptionList)
        options.display = isinstance(step, Choose | Pick)
        if not isinstance(step, Choose | Pick):
            return
        keys = tuple(one.key for one in step.options) + ((_DONE,) if isinstance(step, Pick) else ())
        at = options.highlighted if self._entries == keys else None
        self._entries = keys
        safe = keys.index(step.safe) if isinstance(step, Choose) else len(keys) - 1
        chosen = safe if at is None else at
        options.clear_options()
        options.add_options([Entry(self._prompt(step, place, place == chosen)) for place in range(len(keys))])
        options.highlighted = chosen

    def _prompt(self, step: Choose | Pick, place: int, chosen: bool) -> Content:
        """One entry. What is chosen bears a mark: colour alone says nothing on some terminals."""
        mark = content("> " if chosen else "  ", "bold")
        if place == len(step.options):
            return Content.assemble(mark, content(self.say("talk-done"), "bold"))
        language, one = self.baladeur.language, step.options[place]
        label = conversation.words(one.label, language)
        if isinstance(step, Pick):
            label = f"[{conversation.words(step.marks[one.key not in self._on], language)}] {label}"
        width = max(20, self.app.size.width - _MARGINS)
        rows = _broken(label, width)
        prompt = Content.assemble(mark, content("\n    ".join(rows), "bold"))
        if one.more is None:
            return prompt
        more = _broken(conversation.words(one.more, language), width - 4)
        return Content.assemble(prompt, content("".join(f"\n      {row}" for row in more)))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The mark goes where the arrows go."""
        step = self.step
        if not isinstance(step, Choose | Pick):
            return
        for place in {self._marked, event.option_index}:
            if place < event.option_list.option_count:
                prompt = self._prompt(step, place, place == event.option_index)
                event.option_list.replace_option_prompt_at_index(place, prompt)
        self._marked = event.option_index

    def on_resize(self) -> None:
        """Entries are broken by width."""
        self.call_after_refresh(self.speak)

    # ------------------------------------------------------------ keys

    def _focus(self, step: Step) -> None:
        if isinstance(step, Ask):
            self.query_one(Line).focus()
        elif isinstance(step, Choose | Pick):
            self.query_one(OptionList).focus()
        else:
            self.query_one("#scroll").focus()
            self.query_one("#scroll").scroll_home(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "hide":
            return isinstance(self.step, Ask) and self.step.kind in ("secret", "words")
        return not self._working if action in ("go_on", "stop") else True

    def on_key(self, event: events.Key) -> None:
        """Any key uncovers the words, and does nothing else."""
        if self._covered:
            event.stop()
            event.prevent_default()
            self._covered = False
            self.speak()

    def action_go_on(self) -> None:
        """What was shown was read."""
        if self.step is not None and not isinstance(self.step, Ask | Choose | Pick | Work):
            self._answer(None)

    def action_hide(self) -> None:
        """Show or hide what is typed."""
        line = self.query_one(Line)
        line.password = not line.password

    def action_stop(self) -> None:
        """The person wants out."""
        self._move(lambda talk: talk.stop())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if isinstance(self.step, Ask) and (event.value.strip() or self.step.optional):
            self._answer(event.value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        key = self._entries[event.option_index]
        if isinstance(self.step, Choose):
            self._answer(key)
        elif key == _DONE:
            self._answer(set(self._on))
        else:
            self._on ^= {key}
            self.speak()


class Join(Talk):
    """What another copy has since goes into a draft of its own, which whoever pushed this room has signed."""

    def __init__(self, draft: "Draft") -> None:
        super().__init__()
        self._draft = draft

    def flow(self) -> Flow:
        session = self.visit.session
        if session is None:
            raise RuntimeError("nothing is open")
        return copies.join(session, self._draft)


class Copy(Talk):
    """A copy of the open record in a second place: a key of the emergency page, named after each signature."""

    def flow(self) -> Flow:
        session = self.visit.session
        if session is None:
            raise RuntimeError("nothing is open")
        return copies.copy_of(session)
