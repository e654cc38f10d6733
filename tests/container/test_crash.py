"""A key pulled at any instant: every write order that the format promises, replayed from traces of real sessions."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

import pytest

from baladeur.container.container import Container
from baladeur.errors import ConsentNeeded, ContainerError
from tests.container.crash_model import (
    CrashState,
    Effort,
    Expected,
    ForgetfulMedium,
    HastyMedium,
    Jury,
    Overlay,
    Session,
    TracingMedium,
    Write,
    cheap_keys,
    code,
    crash_states,
    create,
    differences,
    emergency_code,
    fresh,
    line,
    noise,
    session,
    shown,
)
from tests.container.crash_model import HOLDER, PROFESSIONAL

__all__ = ["cheap_keys"]

Record = Callable[[str, object], None]
FULL = Effort(torn=12, subsets=12, dead=6, growth=40)


def small(s: Session) -> None:
    """Additions, a replacement, a withdrawal, a visibility; by the holder and by a professional."""
    contact, note = s.commit(b"x" * 300, b"y" * 20_000)
    s.commit(b"penicillin", kind="allergy", author=PROFESSIONAL)
    s.commit(b"new", of=[contact])
    s.commit(b"hidden", dossier_only=True, visibility={note: True})
    s.commit(withdraw=[note])


def summaries(s: Session) -> None:
    """The emergency page: lines signed, lines declared, a line concealed."""
    (allergy,) = s.commit(b"penicillin", kind="allergy", author=PROFESSIONAL, parts=[line("a"), line("b")])
    s.commit(declared=[line("blood group unknown")])
    s.commit(conceal=[1])
    s.commit(b"note", kind="note", author=PROFESSIONAL, parts=[line("c", allergy)])
    s.commit(b"other")


def erasure(s: Session) -> None:
    """An entry and its line fall."""
    kept, gone = s.commit(b"k" * 900, b"g" * 40_000)
    s.commit(b"a", kind="allergy", author=PROFESSIONAL, parts=[line("kept"), line("gone", gone)])
    s.commit(erase=[gone])
    s.commit(b"after")


def change(s: Session) -> None:
    """Another secret for the first slot; the carer's stays."""
    s.change_secret(3, code(33))
    s.commit(b"after")


def remove(s: Session) -> None:
    """The carer's access is emptied, and another carer gets one."""
    s.change_secret(4, None)
    s.change_secret(5, code(5))


def revoke(s: Session) -> None:
    """New keys for everything."""
    s.commit(b"a", kind="allergy", author=PROFESSIONAL, parts=[line("a")])
    s.revoke({3: code(13)}, emergency_code(12))
    s.commit(b"after")


def emergency(s: Session) -> None:
    """The emergency code changes."""
    s.commit(b"a", kind="allergy", author=PROFESSIONAL, parts=[line("a")])
    s.set_emergency_code(emergency_code(12))
    s.commit(b"after", declared=[line("after")])


def growth(s: Session) -> None:
    """A commit past the end of the file. What fills the file first was erased, so that reading stays quick."""
    (filler,) = s.commit(noise(3 * 1024 * 1024 + 300_000))
    s.commit(erase=[filler])
    s.expected = replace(s.expected, gone=())
    s.medium = medium = TracingMedium(s.medium)
    s.states = [s.expected]
    s.container = Container.open(medium, code(3))
    s.container._write = True  # without the repair, which would make the file longer before its time
    s.commit(noise(900_000, random.Random(1)))
    s.commit(b"after")


def bulk(s: Session) -> None:
    """A commit of several buffers, past the end of the file."""
    s.commit(*(noise(n * 100_000, random.Random(n)) for n in range(1, 14)))


def rolled(s: Session) -> None:
    """So many items that the catalogue is written whole."""
    s.commit(*(f"item {n}".encode() for n in range(130)))
    s.commit(b"after")


def row(s: Session) -> None:
    """Barriers and commits in turn."""
    (one, two) = s.commit(b"one" * 100, b"two" * 100)
    s.commit(erase=[one])
    s.commit(b"three")
    s.set_emergency_code(None)
    s.change_secret(4, code(44))
    s.commit(erase=[two])
    s.revoke({3: code(13), 4: code(44)}, emergency_code(12))
    s.commit(b"four", kind="note", author=PROFESSIONAL, parts=[line("d")])


SESSIONS = (small, summaries, erasure, change, remove, revoke, emergency, growth, bulk, rolled, row)
FAST = {
    small: Effort(6, 8, 4),
    summaries: Effort(5, 6, 3),
    erasure: Effort(1, 2, 1),
    change: Effort(1, 1, 1),
    remove: Effort(1, 0, 0),
    revoke: Effort(1, 1, 1),
    emergency: Effort(1, 1, 1),
    growth: Effort(4, 4, 3, 12),
    bulk: Effort(1, 2, 1, 4),
    rolled: Effort(1, 2, 1),
    row: Effort(0, 0, 0),
}


def traced(play: Callable[[Session], None], seed: int = 0, commits: int = 0) -> Session:
    """A session; `commits` before it move it on in the ring of superblocks."""
    s = session()
    for n in range(commits):
        s.commit(f"before {n}".encode())
    s = Session(TracingMedium(s.medium), s.expected) if commits else s
    play(s)
    return s


@pytest.mark.parametrize("play", SESSIONS, ids=lambda play: play.__name__)
def test_a_pull_loses_nothing(play: Callable[[Session], None], record_property: Record) -> None:
    """Whatever was being written, the file shows the commit before or after, and the next commit works."""
    jury = Jury()
    jury.run(traced(play), random.Random(play.__name__), FAST[play])
    jury.report(record_property)
    jury.verdict()
