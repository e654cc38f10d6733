"""A conversation line by line: for screen readers, and for terminals that can do no more.

Everything is said in order and nothing is drawn anew. Secret words are shown and typed behind the curtain only.
"""

import getpass
import sys
import textwrap
from typing import Any

from baladeur.cli import asking, problems, speech
from baladeur.cli.curtain import can_wipe, curtain
from baladeur.errors import BaladeurError
from baladeur.flows.steps import Ask, Choose, Conversation, Flow, Option, Pick, Say, Speak, Step, Stop, Words, Work
from baladeur.wording import conversation

ONE_COLUMN = 60  #: so narrow that a page has its sections one after the other, as they are read aloud
_STOP_WORDS = ("stop", "\x1b")


def run(flow: Flow) -> str:
    """Lead a person through a conversation; returns how it ended. Raises TerminalNeeded, and what the flow raises."""
    if not (asking.on_terminal() and sys.stderr.isatty()):
        raise problems.TerminalNeeded
    talk = Conversation(flow)
    speech.tell("l-stop")
    try:
        while (step := talk.step) is not None:
            try:
                answer = _show(step)
            except Stop:
                talk.stop()
            except BaladeurError as error:
                talk.fail(error)
            else:
                talk.answer(answer)
    finally:
        talk.close()
    return talk.end


def _show(step: Step) -> Any:
    """Show one step; its answer. Raises Stop, and what a work raises."""
    if isinstance(step, Speak):
        speech.begin(step.language)
    elif isinstance(step, Work):
        return _work(step)
    elif isinstance(step, Words) or (isinstance(step, Ask) and step.kind in ("secret", "words")):
        with curtain():
            _body(step)
            return _words(step) if isinstance(step, Words) else _secret()
    else:
        _body(step)
        if isinstance(step, Choose):
            return _choose(step)
        if isinstance(step, Pick):
            return _pick(step)
        if isinstance(step, Ask):
            return _ask(step)
        if isinstance(step, Say) and step.pause:
            _line(speech.phrase("l-go-on"))
    return None


def _body(step: Step) -> None:
    speech.say("")
    for piece in step.body:
        told = conversation.rows(piece, speech.language(), ONE_COLUMN)
        for row in _broken(told) if isinstance(told, str) else told:
            speech.say(row)


def _broken(text: str, indent: str = "") -> list[str]:
    """In rows; a no-break space and a hyphen hold their words together."""
    return textwrap.wrap(text, speech.WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _line(prompt: str) -> str:
    """One line, as it was typed. Raises Stop: at the end of input, at `stop`, at Escape."""
    sys.stderr.write(prompt + " ")
    sys.stderr.flush()
    typed = sys.stdin.readline()
    if not typed or "\x1b" in typed or typed.strip().lower() in _STOP_WORDS:
        if not typed:
            speech.say("")
        raise Stop
    return typed.rstrip("\r\n")


def _ask(step: Ask) -> str:
    while True:
        typed = _line(">")
        if typed.strip() or step.optional:
            return typed


def _secret() -> str:
    """Typed in view, unless the person wants it hidden."""
    for row in _broken(speech.phrase("l-secret")):
        speech.say(row)
    typed = _line(">")
    while not typed.strip():
        typed = getpass.getpass(speech.phrase("l-hidden") + " ", sys.stderr)
        if typed.strip().lower() in _STOP_WORDS:
            raise Stop
    return typed


def _words(step: Words) -> None:
    if not can_wipe():
        speech.tell("l-cannot-wipe")
    for place, (word, number) in enumerate(zip(step.words, step.numbers, strict=True), 1):
        speech.say(f"{place:2}. {word} ({number})")
    _line(speech.phrase("l-copied" if can_wipe() else "l-copied-stays"))


def _choose(step: Choose) -> str:
    for number, option in enumerate(step.options, 1):
        _option(f"{number}. ", option)
    safe = next(n for n, option in enumerate(step.options, 1) if option.key == step.safe)
    while True:
        typed = _line(speech.phrase("l-choose", n=len(step.options), safe=safe)).strip()
        number = _number(typed, len(step.options)) if typed else safe
        if number:
            return step.options[number - 1].key


def _pick(step: Pick) -> set[str]:
    on = set(step.on)
    while True:
        for number, option in enumerate(step.options, 1):
            mark = conversation.words(step.marks[option.key not in on], speech.language())
            _option(f"{number}. [{mark}] ", option)
        typed = _line(speech.phrase("l-pick", n=len(step.options))).strip()
        if not typed:
            return on
        if number := _number(typed, len(step.options)):
            on ^= {step.options[number - 1].key}


def _option(start: str, option: Option) -> None:
    label = conversation.words(option.label, speech.language())
    indent = " " * len(start)
    for at, row in enumerate(_broken(label, indent)):
        speech.say(start + row.lstrip() if at == 0 else row)
    if option.more is not None:
        for row in _broken(conversation.words(option.more, speech.language()), indent):
            speech.say(row)


def _number(typed: str, last: int) -> int:
    """The number that was typed; 0 if it is none of the list."""
    number = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
    if not 1 <= number <= last:
        speech.tell("l-not-a-number", n=last)
        return 0
    return number


def _work(step: Work) -> Any:
    name = step.body[0].name  # type: ignore[union-attr]
    speech.say(speech.phrase(name) + " …")
    with speech.progress(name) as progress:
        return step.run(progress)
