"""Somebody who follows a conversation: copies words onto paper, types them back, and answers what she was told to."""

from collections.abc import Callable, Mapping
from typing import Any

from baladeur.errors import BaladeurError
from baladeur.flows.steps import Ask, Choose, Conversation, Flow, Pick, Step, Text, Words, Work
from baladeur.wording import conversation

Answer = str | set[str] | Callable[[Step], Any]


def names(step: Step) -> list[str]:
    """The names of the sentences of a step; of an error its class."""
    return [
        piece.name if isinstance(piece, Text) else type(piece).__name__
        for piece in step.body
        if isinstance(piece, Text | BaladeurError)
    ]


class Person:
    """Answers by the name of a sentence; several answers to the same one are used up in order."""

    def __init__(self, answers: Mapping[str, Answer | list[Answer]] | None = None) -> None:
        self.answers = {name: list(a) if isinstance(a, list) else a for name, a in (answers or {}).items()}
        self.paper: dict[str, list[str]] = {}  #: what she copied, by the heading over it
        self.last: list[str] = []
        self.seen: list[str] = []
        self.steps: list[Step] = []

    def answer(self, step: Step) -> Any:
        """What she does with a step."""
        self.steps.append(step)
        assert len(self.steps) < 300, f"she goes round in circles: {self.seen[-12:]}"
        self.seen += names(step)
        for language in ("fr", "en"):
            for piece in step.body:
                assert conversation.rows(piece, language)
        if isinstance(step, Words):
            self.last = list(step.words)
            self.paper[names(step)[0]] = self.last
            return None
        for name in names(step):
            if name in self.answers:
                found = self.answers[name]
                if isinstance(found, list):
                    if not found:
                        continue
                    found = found.pop(0)
                return found(step) if callable(found) else found
        return self._usual(step)

    def _usual(self, step: Step) -> Any:
        if isinstance(step, Ask):
            if "p-back-all" in names(step):
                return " ".join(self.last)
            place = next((p.values["n"] for p in step.body if isinstance(p, Text) and p.name == "p-back-one"), None)
            if place is not None:
                return self.last[int(str(place)) - 1]
            assert step.optional, f"she does not know what to type: {names(step)}"
            return ""
        if isinstance(step, Choose):
            return step.safe
        return set(step.on) if isinstance(step, Pick) else None


def talk(flow: Flow, person: Person, *, stop_at: int | None = None, close_at: int | None = None) -> str:
    """Lead a person through a flow. At a step, counted from 0, she may want out, or the program may end."""
    one = Conversation(flow)
    at = 0
    try:
        while one.step is not None:
            if at == close_at:
                return "closed"
            leave = stop_at is not None and at >= stop_at
            at += 1
            step = one.step
            if leave:
                person.seen += names(step)
                one.stop()
            elif isinstance(step, Work):
                person.seen += names(step)
                try:
                    done = step.run(lambda done, total: None)
                except BaladeurError as error:
                    one.fail(error)
                else:
                    one.answer(done)
            else:
                one.answer(person.answer(step))
    finally:
        one.close()
    return one.end
