"""Words that a person takes over: shown, then typed back, so that what is on the paper is what opens the record."""

from collections.abc import Generator
from typing import Any, Final

from baladeur.flows import keyboard
from baladeur.flows.steps import Ask, Choose, Option, Step, Text, Words, choose, held, t
from baladeur.session import NewAccess

ASKED: Final = (3, 7, 11)  #: of twelve words, these are asked again from the paper
Lesson = Generator[Step, Any, None]


def shown(access: NewAccess, kind: str, stop: Text) -> Lesson:
    """The words of an access, until the person has them on paper."""
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


def from_paper(access: NewAccess, kind: str, stop: Text) -> Lesson:
    """Shown, then three of them typed from the paper."""
    yield from shown(access, kind, stop)
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
