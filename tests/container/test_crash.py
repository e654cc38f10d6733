"""A key pulled at any instant: every write order that the format promises, replayed from traces of real sessions."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from baladeur.container.container import Container
from baladeur.container.layout import ZONES, superblock_at
from baladeur.errors import ConsentNeeded, ContainerError
from tests.container.crash_model import (
    FLASH,
    HOLDER,
    PROFESSIONAL,
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
    line,
    noise,
    session,
)

__all__ = ["cheap_keys"]

Record = Callable[[str, object], None]
FULL = Effort(torn=6, subsets=7, dead=3, growth=40)


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
    _kept, gone = s.commit(b"k" * 900, b"g" * 40_000)
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
FAST: dict[Callable[[Session], None], Effort] = {
    small: Effort(4, 4, 3),
    summaries: Effort(4, 4, 3),
    erasure: Effort(2, 2, 2),
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
    jury.run(traced(play), random.Random(play.__name__), FAST[play], every=3)
    jury.report(record_property)
    jury.verdict()


@pytest.mark.slow
@pytest.mark.parametrize("commits", range(4), ids=lambda n: f"ring-{n}")
def test_a_pull_loses_nothing_wherever_the_ring_stands(commits: int, record_property: Record) -> None:
    """The same with many more states, and with the first operation in each of the four superblock slots."""
    jury = Jury()
    for play in SESSIONS:
        effort = FULL if play not in (growth, bulk, rolled, row) else Effort(2, 3, 2, 20)
        jury.run(traced(play, commits), random.Random(f"{play.__name__} {commits}"), effort, every=2)
    jury.report(record_property)
    assert jury.counts.total() >= 3_000
    jury.verdict()


def repairs(outer: Session, rng: random.Random, count: int, effort: Effort) -> Jury:
    """Judge the states of repairs: of some states of a session that need one, opened for writing and pulled again."""
    jury = Jury()
    states = list(crash_states(outer.medium, rng, Effort(1, 1, 1)))
    for state in rng.sample(states, len(states)):
        medium = TracingMedium(state.medium)
        secrets = dict.fromkeys(s for e in outer.states[state.done : state.done + 2] for s in e.secrets.values())
        for secret in secrets:
            try:
                Container.open(medium, secret, write=True)
                break
            except ContainerError:
                continue
        if not medium.events:
            continue
        for again in crash_states(medium, rng, effort):
            jury.judge(replace(again, done=state.done), outer.states)
        if (count := count - 1) == 0:
            break
    return jury


@pytest.mark.parametrize("play", [small, erasure, change, revoke, emergency], ids=lambda play: play.__name__)
def test_a_pull_during_the_repair_loses_nothing(play: Callable[[Session], None], record_property: Record) -> None:
    """What a write session mends may be cut anywhere and done again."""
    jury = repairs(traced(play), random.Random(play.__name__), 2, Effort(1, 1, 1))
    jury.report(record_property)
    assert jury.counts.total() > 0
    jury.verdict()


@pytest.mark.slow
def test_a_pull_during_the_repair_loses_nothing_at_length(record_property: Record) -> None:
    """The same with many more states."""
    total = 0
    for play in (small, summaries, erasure, change, remove, revoke, emergency, row):
        jury = repairs(traced(play), random.Random(play.__name__), 12, Effort(1, 1, 1))
        jury.report(record_property)
        total += jury.counts.total()
        jury.verdict()
    assert total >= 1_500


def killed(outer: Session, share: float) -> Jury:
    """The program dies, the key stays: what was not synced is still in the cache when the next session mends."""
    jury, rng = Jury(), random.Random(9)
    durable, window = outer.medium.start.fork(), list[Write]()
    for at, event in enumerate(outer.medium.events):
        if event is None:
            for write in window:
                durable.write(write.offset, write.data)
            window = []
            continue
        window.append(event)
        if rng.random() >= share:
            continue
        medium = TracingMedium(durable)
        for write in window:
            medium.write(write.offset, write.data)
        done = sum(mark <= at for mark in outer.medium.marks)
        secrets = dict.fromkeys(s for e in outer.states[done : done + 2] for s in e.secrets.values())
        for secret in secrets:
            try:
                Container.open(medium, secret, write=True)
                break
            except ContainerError:
                continue
        for state in crash_states(medium, rng, Effort(0, 2, 0, 0)):
            jury.judge(replace(state, kind=f"killed, {state.kind}", done=done), outer.states)
    return jury


@pytest.mark.parametrize(
    ("play", "share"),
    [
        (small, 0.25),
        (erasure, 0.1),
        *(pytest.param(play, 1, marks=pytest.mark.slow) for play in (summaries, erasure, change, revoke, emergency)),
    ],
    ids=lambda x: getattr(x, "__name__", str(x)),
)
def test_a_killed_program_then_a_pull_loses_nothing(
    play: Callable[[Session], None], share: float, record_property: Record
) -> None:
    """A frame that was adopted from the cache is made durable before a superblock names it."""
    jury = killed(traced(play), share)
    jury.report(record_property)
    jury.verdict()


def test_going_on_after_a_loss_survives_a_pull(record_property: Record) -> None:
    """The commit that the user agreed to is a barrier; cut, the file still asks, or shows it."""
    s = session()
    s.commit(b"one")
    s.commit(b"lost")
    lost = s.container._st.commit
    s.medium.write(superblock_at(lost.seq % ZONES), noise(4096))
    s.medium.write(lost.next_free - FLASH, noise(FLASH))
    medium = TracingMedium(s.medium)
    s.medium, s.expected = medium, s.states[1]
    s.states = [s.expected]
    s.reopen()
    assert s.container.blocked == ["commit-may-be-missing"]
    with pytest.raises(ConsentNeeded):
        s.commit(b"unasked")
    s.container.agree()
    s.commit(b"two")
    s.states[-1] = replace(s.states[-1], op="go on")
    s.commit(b"three")
    jury = Jury(may_ask={"go on": {"commit-may-be-missing", "older-commit-shown"}})
    jury.run(s, random.Random(4), Effort(2, 2, 1))
    jury.report(record_property)
    jury.verdict()


def test_creation_is_whole_or_named(record_property: Record) -> None:
    """A new file cut before its sync: a named error, or the record; never another one, never a wrong byte."""
    medium = TracingMedium(Overlay())
    expected = create({3: code(3)}, emergency_code(2), medium)
    check_new_file(medium, expected, record_property)


def test_compaction_leaves_the_source_alone(record_property: Record) -> None:
    """Compaction writes nothing to the file it reads; the new file, cut, is refused or shows the record."""
    s = session()
    row(s)
    source, written = s.medium, len(s.medium.events)
    target = TracingMedium(Overlay())
    s.container.compact_into(target, HOLDER)
    assert len(source.events) == written
    c = Container.open(target, code(13))
    assert not c.findings
    expected = replace(s.expected, seq=c.seq, head=c.head, gone=())
    assert not differences(c, expected)
    check_new_file(target, expected, record_property)


def check_new_file(medium: TracingMedium, expected: Expected, record_property: Record) -> None:
    """Judge the states of a file that was not there before."""
    secret = next(iter(expected.secrets.values()))
    tally = {"refused": 0, "whole": 0, "items damaged": 0}
    for state in crash_states(medium, random.Random(3), Effort(2, 12, 1, 8)):
        try:
            c = Container.open(state.medium, secret)
        except ContainerError:
            tally["refused"] += 1
            continue
        assert state.done == 0 or c.head == expected.head
        whole = c.head == expected.head
        for entry in c.entries():
            try:
                assert c.read(entry.id) == expected.items[entry.id][2], f"{state}: wrong bytes"
            except ContainerError:
                whole = False
        tally["whole" if whole else "items damaged"] += 1
    record_property("counts", tally)
    print("\n", tally)
    assert tally["refused"]
    assert tally["whole"]


# --- the mutants: a test that cannot fail proves nothing ----------------------------------------------------------


def mutant(play: Callable[[Session], None], medium: type[TracingMedium], **options: frozenset[int]) -> list[str]:
    """The violations that are found when the program writes in another order."""
    s = session(medium, **options)
    play(s)
    s.medium.mark()
    s.medium.marks.pop()
    jury = Jury()
    jury.run(s, random.Random(1), Effort(0, 6, 0), every=0)
    return jury.violations


@pytest.mark.parametrize(
    ("play", "drop", "sign"),
    [
        (small, 1, "blocked"),  # the superblock may be there without its frame
        (small, 2, "emergency page"),  # rolling forward saves the entries, but the page is not the acknowledged one
        (erasure, 1, "blocked"),
        (erasure, 6, "still there"),  # the overwriting, before the superblocks say that nothing is pending
        (revoke, 2, "planted"),  # a header copy before the superblock that names it
    ],
    ids=lambda x: getattr(x, "__name__", str(x)),
)
def test_a_sync_left_out_is_noticed(play: Callable[[Session], None], drop: int, sign: str) -> None:
    """Without one of the syncs of an operation, the oracle finds a loss."""
    assert any(sign in violation for violation in mutant(play, ForgetfulMedium, drop=frozenset({drop})))


def test_a_superblock_before_its_frame_is_noticed() -> None:
    """Written first, a superblock names a commit that is not there."""
    assert any("blocked" in violation for violation in mutant(small, HastyMedium))


def test_the_mutants_are_the_only_ones() -> None:
    """The same sessions without a mutation have no violation, with the same effort."""
    assert not mutant(small, TracingMedium)
    assert not mutant(small, ForgetfulMedium, drop=frozenset())


def test_the_number_of_states(record_property: Record) -> None:
    """The fast suite replays some two thousand states; counted here without being judged."""
    total = 0
    for play in SESSIONS:
        total += sum(1 for _ in crash_states(traced(play).medium, random.Random(play.__name__), FAST[play]))
    record_property("states", total)
    print(f"\nstates of the fast suite: {total}, and those of the repairs")
    assert total >= 1_600
