"""The steps of a conversation, and the one who leads through them.

A flow is a generator: it yields a step, and gets its answer. Two things may come instead of an answer: `Stop`, when the
person wants out (Escape), and the error that a `Work` ended with. A flow that lets either pass is over.
What may hold a secret or a patient's word shows nothing in a repr.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from baladeur.errors import BaladeurError
from baladeur.errors.command import FileRefused
from baladeur.quiet import quiet
from baladeur.session import Shown

Progress = Callable[[int, int], None]


class Stop(Exception):
    """The person wants out."""


@dataclass(frozen=True, slots=True, repr=False)
class Text:
    """A sentence of the interface: its name in the tables of words, and what stands in it."""

    name: str
    values: Mapping[str, object] = field(default_factory=dict)

    __repr__ = quiet


def t(name: str, /, **values: object) -> Text:
    """A sentence by its name."""
    return Text(name, values)


@dataclass(frozen=True, slots=True, repr=False)
class Own:
    """Words of the record, tamed when they were read, in French and in English."""

    fr: str
    en: str

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Preview:
    """An emergency page, as its readers see it."""

    lines: tuple[Shown, ...]

    __repr__ = quiet


Piece = Text | Own | Preview | BaladeurError
Body = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Step:
    """One thing that is shown, or asked."""

    body: Body

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Say(Step):
    """Something to read. The answer is None. pause: also where lines follow each other, wait until it was read."""

    pause: bool = False

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Words(Step):
    """Secret words to copy by hand, each with the number that may be typed instead. The answer is None.

    They are shown where nothing keeps them, and are gone when the step is.
    """

    words: tuple[str, ...]
    numbers: tuple[str, ...]

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Ask(Step):
    """One line to type. The answer is the line; empty only if it is `optional`.

    kind: text; secret (anything that opens a record) and words (drawn by this program) leave no trace; folder.
    """

    kind: Literal["text", "secret", "words", "folder"] = "text"
    optional: bool = False

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Option:
    """One of several answers. `more`: what it means, in a sentence or two."""

    key: str
    label: Text | Own
    more: Text | None = None

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Choose(Step):
    """One of several. The answer is the key of the option; `safe` is that of Enter alone: never one that does harm."""

    options: tuple[Option, ...]
    safe: str

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Pick(Step):
    """Some of several, those of `on` to begin with. The answer is the set of keys that are on at the end."""

    options: tuple[Option, ...]
    on: frozenset[str]
    marks: tuple[Text, Text]  #: the words for on and for off

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Speak(Step):
    """From here on in another language: fr or en. The answer is None."""

    language: Literal["fr", "en"] = "fr"

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Work(Step):
    """Something that takes time. The answer is what `run` returns; its error comes back into the flow."""

    run: Callable[[Progress], Any]

    __repr__ = quiet


Flow = Generator[Step, Any, str]
"""A conversation. Its value is one word for how it ended: done, stopped, or what the flow says."""

YES, NO = "yes", "no"


def choose(body: Sequence[Piece], safe: str, *options: Option) -> Choose:
    """One of several."""
    return Choose(tuple(body), options, safe)


def confirm(*body: Piece, yes: str = "p-yes", no: str = "p-no") -> Choose:
    """Yes or no; no is the safe answer."""
    return Choose(body, (Option(YES, t(yes)), Option(NO, t(no))), NO)


def say(*body: Piece, pause: bool = False) -> Say:
    """Something to read."""
    return Say(body, pause)


def work(name: str, act: Callable[..., Any], *args: Any, **more: Any) -> Work:
    """Something that takes time."""
    return Work((t(name),), lambda progress: _guarded(act, *args, **more))


def long_work(name: str, act: Callable[..., Any], *args: Any) -> Work:
    """Something that takes so long that it says how far it is: `act` takes a Progress last."""
    return Work((t(name),), lambda progress: _guarded(act, *args, progress))


def _guarded(act: Callable[..., Any], *args: Any, **more: Any) -> Any:
    """What the system refuses becomes an error of ours: the flow says what comes of it. Raises FileRefused."""
    try:
        return act(*args, **more)
    except OSError:
        raise FileRefused from None


def held(step: Step, stop: Text) -> Generator[Step, Any, Any]:
    """A step that a slip of the finger must not end: Escape asks first, and Escape again stops. Raises Stop."""
    while True:
        try:
            return (yield step)
        except Stop:
            again = choose([stop], "stop", Option("on", t("p-go-on")), Option("stop", t("p-stop")))
            if (yield again) == "stop":
                raise


class Conversation:
    """A flow and where it stands. `step` is what to show now; None when it is over, and `end` says how."""

    __repr__ = quiet

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self.step: Step | None = None
        self.end = ""
        self._go(lambda: next(flow))

    def answer(self, value: object = None) -> None:
        """The answer to the present step."""
        self._go(lambda: self._flow.send(value))

    def fail(self, error: BaladeurError) -> None:
        """What the present work ended with. Raises it if the flow has nothing to say to it."""
        self._go(lambda: self._flow.throw(error))

    def stop(self) -> None:
        """The person wants out; there may be a last word."""
        self._go(lambda: self._flow.throw(Stop()))

    def close(self) -> None:
        """No last word: the program ends. The flow lets go of its files."""
        self._flow.close()
        self.step = None

    def _go(self, move: Callable[[], Step]) -> None:
        try:
            self.step = move()
        except StopIteration as over:
            self.step, self.end = None, str(over.value or "done")
        except Stop:
            self.step, self.end = None, "stopped"
        except BaseException:
            self.step = None
            raise
