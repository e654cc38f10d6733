"""Words that a person takes over: shown, then typed back, so that what is on the paper is what opens the record."""

from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from baladeur.errors import BaladeurError, WordsOnTheKey
from baladeur.flows import copies, keyboard
from baladeur.flows.steps import Ask, Choose, Option, Piece, Step, Text, Words, choose, held, say, t, work
from baladeur.session import NewAccess, Session

SHEET: Final = "baladeur.pdf"  #: a name that tells nothing, and goes with the first run
ASKED: Final = (3, 7, 11)  #: of twelve words, these are asked again from the paper
Lesson = Generator[Step, Any, None]


def shown(access: NewAccess, kind: str, stop: Text) -> Lesson:
    """The words of an access, announced first, until the person has them on paper."""
    yield from held(say(t(f"p-before-{kind}"), t("p-words-alone"), pause=True), stop)
    step = Words((t(f"p-show-{kind}"), t("p-show-how")), tuple(access.words), tuple(access.numbers))
    yield from held(step, stop)


def by_heart(access: NewAccess, kind: str, stop: Text) -> Lesson:
    """Shown, then all of them typed back in one line, as they will be when the record is opened."""
    yield from shown(access, kind, stop)
    body: tuple[Any, ...] = (t("p-back-all", n=len(access.words)),)
    while True:
        typed = yield from held(Ask(body, "words"), stop)
        wrong = access.misses(typed)
        if wrong == []:
            return
        if keyboard.not_latin(typed):
            said = t("p-key-not-latin")
        elif wrong is None:
            said = t("p-back-count", n=len(access.words))
        else:
            said = t("p-back-wrong" if len(wrong) > 1 else "p-back-wrong-one", which=", ".join(map(str, wrong)))
        if (yield from held(_again(said), stop)) == "look":
            yield from shown(access, kind, stop)


def on_paper(access: NewAccess, kind: str, stop: Text, make: Callable[[], bytes], key: Path) -> Lesson:
    """Copied by hand, or printed from a file that lies outside the key; then three of them typed from the paper.

    make: the sheet, as a PDF. key: the folder of the record. The file is deleted again, whatever comes of it: once the
    paper was checked it has served.
    """
    file: Path | None = None
    options = (Option("hand", t("p-by-hand")), Option("print", t("p-print"), t("p-print-more")))
    try:
        if (yield from held(choose([t("p-paper-how")], "hand", *options), stop)) == "print":
            file = yield from _printed(make, key)
        if file is not None:
            yield from held(say(t("p-printed", file=str(file)), t("p-printed-then")), stop)
        else:
            yield from shown(access, kind, stop)
        yield from _checked(access, kind, stop)
    finally:
        if file is not None:
            with suppress(OSError):
                file.unlink()


def _printed(make: Callable[[], bytes], key: Path) -> Generator[Step, Any, Path | None]:
    """The file to print from, or None: then by hand."""
    before: tuple[Piece, ...] = ()
    while (folder := (yield from copies.where(*before, t("p-print-where"), t("p-copy-where-more")))) is not None:
        file = folder / SHEET
        if folder.resolve().is_relative_to(Session.root(key).resolve()):
            before = (WordsOnTheKey(),)
            continue
        try:
            yield work("p-printing", lambda file=file: Session.write_secret(file, make()))
        except BaladeurError as error:
            before = (error,)
        else:
            return file
    return None


def from_paper(access: NewAccess, kind: str, stop: Text) -> Lesson:
    """Shown, then three of them typed from the paper."""
    yield from shown(access, kind, stop)
    yield from _checked(access, kind, stop)


def _checked(access: NewAccess, kind: str, stop: Text) -> Lesson:
    """Three of the words, typed from the paper."""
    at = 0
    while at < len(ASKED):
        typed = yield from held(Ask((t("p-back-paper"), t("p-back-one", n=ASKED[at])), "words"), stop)
        if access.is_word(ASKED[at], typed):
            at += 1
        elif (
            yield from held(
                _again(t("p-key-not-latin") if keyboard.not_latin(typed) else t("p-paper-wrong", n=ASKED[at])), stop
            )
        ) == "look":
            yield from shown(access, kind, stop)
            at = 0  # what was corrected in one place may be wrong in another


def _again(said: Text) -> Choose:
    return choose([said], "again", Option("again", t("p-again")), Option("look", t("p-look")))
