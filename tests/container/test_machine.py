"""Any order of operations, pulls and holes against a plain dict: what the record says is what the dict says."""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from baladeur.container import suite
from baladeur.container.change import Change, NewItem
from baladeur.container.container import Container
from baladeur.container.medium import SECTOR
from baladeur.errors import ContainerError, HolderNotAllowed, ItemErased, NoSuchItem, WriteRefused
from tests.container.crash_model import (
    HOLDER,
    PROFESSIONAL,
    CrashState,
    Effort,
    Jury,
    Overlay,
    Session,
    TracingMedium,
    cheap_keys,
    code,
    crash_states,
    differences,
    emergency_code,
    fresh,
    line,
)

__all__ = ["TestRecord", "cheap_keys"]

CONTENT = st.binary(max_size=200) | st.integers(15_000, 40_000).map(bytes)


class Record(RuleBasedStateMachine):
    """A record, its write session, and the model inside the session."""

    @initialize()
    def begin(self) -> None:
        # Ids, keys and so the lengths of what is deflated must be the same when a sequence is tried again.
        drawn = random.Random(7)
        self.patch = pytest.MonkeyPatch()
        start, expected = fresh()
        self.patch.setattr(suite, "random", lambda n: bytes(8) if n == 8 else drawn.randbytes(n))
        self.session = Session(TracingMedium(start.fork()), expected)
        self.codes = 100

    def teardown(self) -> None:
        self.patch.undo()

    def live(self) -> list[bytes]:
        """Live items but the identity."""
        return sorted(self.session.live("contact", "note"))

    def trace_anew(self) -> None:
        """Only the last operation is cut: older traces are dropped."""
        s = self.session
        s.medium = TracingMedium(s.medium)
        s.states = [s.expected]
        s.container._st.medium = s.medium

    @rule(contents=st.lists(CONTENT, min_size=1, max_size=3), hidden=st.booleans())
    def add(self, contents: list[bytes], hidden: bool) -> None:
        self.trace_anew()
        self.session.commit(*contents, dossier_only=hidden)

    @rule(contents=st.lists(CONTENT, min_size=1, max_size=2), lines=st.integers(0, 4), data=st.data())
    def sign(self, contents: list[bytes], lines: int, data: st.DataObject) -> None:
        shown = sorted(i for i in self.session.live() if not self.session.expected.items[i][1])
        named = data.draw(st.lists(st.sampled_from(shown), max_size=2))
        self.trace_anew()
        parts = [line(f"line {n} {self.session.serial}", *named) for n in range(lines)]
        self.session.commit(*contents, kind="note", author=PROFESSIONAL, parts=parts)

    @precondition(lambda self: self.live())
    @rule(data=st.data(), content=CONTENT)
    def another_version(self, data: st.DataObject, content: bytes) -> None:
        old = data.draw(st.sampled_from(self.live()))
        self.trace_anew()
        kind = str(next(e for e in self.session.container.entries() if e.id == old).meta["type"])
        self.session.commit(content, of=[old], kind=kind, author=PROFESSIONAL)

    @precondition(lambda self: self.live())
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        old = data.draw(st.sampled_from(self.live()))
        self.trace_anew()
        self.session.commit(withdraw=[old], author=PROFESSIONAL)

    @precondition(lambda self: self.live())
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        items = self.session.expected.items
        present = sorted(i for i, item in items.items() if item[0] != "erased" and item[2] != b'{"name":"Jeanne"}')
        chosen = data.draw(st.lists(st.sampled_from(present), min_size=1, max_size=3, unique=True))
        self.trace_anew()
        self.session.commit(erase=chosen)

    @precondition(lambda self: self.live())
    @rule(data=st.data(), hidden=st.booleans())
    def show(self, data: st.DataObject, hidden: bool) -> None:
        item = data.draw(st.sampled_from(self.live()))
        self.trace_anew()
        self.session.commit(visibility={item: hidden})

    @rule(text=st.text("abc", max_size=5))
    def declare(self, text: str) -> None:
        self.trace_anew()
        self.session.commit(declared=[line(text)])

    @precondition(lambda self: self.session.expected.parts)
    @rule(data=st.data())
    def conceal(self, data: st.DataObject) -> None:
        index = data.draw(st.sampled_from(sorted(self.session.container.summary().openings)))
        self.trace_anew()
        self.session.commit(conceal=[index])

    @rule(slot=st.sampled_from([3, 5, 6]))
    def change_secret(self, slot: int) -> None:
        self.trace_anew()
        self.codes += 1
        self.session.change_secret(slot, code(self.codes))

    @rule(carer=st.booleans(), emergency=st.booleans())
    def revoke(self, carer: bool, emergency: bool) -> None:
        self.trace_anew()
        self.codes += 2
        secrets = {3: code(self.codes), **({4: code(self.codes - 1)} if carer else {})}
        self.session.revoke(secrets, emergency_code(1 + self.codes % 3) if emergency else None)

    @rule(number=st.none() | st.integers(1, 3))
    def emergency(self, number: int | None) -> None:
        self.trace_anew()
        self.session.set_emergency_code(emergency_code(number) if number else None)

    @rule()
    def refuse(self) -> None:
        """What must not be done leaves everything as it was, and the session usable."""
        s = self.session
        before = s.medium.fork()
        with pytest.raises(HolderNotAllowed):
            s.container.commit(_signed_only(), HOLDER)
        with pytest.raises(NoSuchItem):
            s.container.read(bytes(16))
        for id_, item in s.expected.items.items():
            if item[0] == "erased":
                with pytest.raises(ItemErased):
                    s.container.read(id_)
        with pytest.raises(WriteRefused):
            s.container.change_secret(s.container.slot, None, HOLDER)
        assert before.read(0, before.size()) == s.medium.read(0, s.medium.size())

    @rule()
    def reopen(self) -> None:
        self.session.reopen()

    @rule()
    def compact(self) -> None:
        s = self.session
        target = TracingMedium(Overlay())
        s.container.compact_into(target, HOLDER)
        s.medium = TracingMedium(target.flat())
        s.expected = replace(s.expected, gone=())
        s.reopen()
        s.expected = replace(s.expected, op="compact", seq=s.container.seq, head=s.container.head)
        s.states = [s.expected]

    @precondition(lambda self: len(self.session.states) == 2)
    @rule(seed=st.integers(0, 1 << 16))
    def pull(self, seed: int) -> None:
        """The last operation was cut somewhere: the record is that before or after it, and goes on from there."""
        s = self.session
        rng = random.Random(seed)
        chosen: CrashState | None = None
        for number, state in enumerate(crash_states(s.medium, rng, Effort(1, 1, 1, 2))):
            if rng.random() < 1 / (number + 1):
                chosen = state
        assert chosen is not None
        jury = Jury()
        assert not jury.judge(chosen, s.states)
        for shown in s.states[::-1]:
            try:
                c = Container.open(chosen.medium, next(iter(shown.secrets.values())))
            except ContainerError:
                continue
            if c.head == shown.head and not c.blocked:
                self.session = Session(TracingMedium(chosen.medium), shown)
                return
        self.trace_anew()  # a change of secrets that only the user could decide on: as if it had not been cut

    @invariant()
    def as_the_model_says(self) -> None:
        if not hasattr(self, "session"):
            return
        s = self.session
        for secret in s.expected.secrets.values():
            c = Container.open(s.medium.fork(), secret)
            assert c.head == s.expected.head
            assert {f.name for f in c.findings} <= {"size-unexpected", "barrier-unfinished"}
        assert not differences(c, s.expected)
        assert not Jury._page(s.medium, [s.expected])


def _signed_only() -> Change:
    return Change(add=[NewItem("allergy", "penicillin", b"no")])


TestRecord = Record.TestCase
TestRecord.settings = settings(
    max_examples=15, stateful_step_count=14, suppress_health_check=list(HealthCheck), deadline=None
)


def test_a_page_that_dies_after_the_erasure_keeps_its_bytes_without_their_key() -> None:
    """What shared a flash page with live bytes stays until a compaction, also when those bytes die later."""
    start, expected = fresh()
    s = Session(TracingMedium(start.fork()), expected)
    [note] = s.commit(bytes(15_500), kind="note", author=PROFESSIONAL, parts=[line(f"line {n}") for n in range(3)])
    offset, blob = s.blob(note)
    s.commit(erase=[note])
    alone = [at for at, _ in s.expected.gone]
    s.commit(declared=[line("")])
    assert not differences(s.container, s.expected)
    with pytest.raises(ItemErased):
        s.container.read(note)
    target = TracingMedium(Overlay())
    s.container.compact_into(target, HOLDER)
    written = target.read(0, target.size())
    chunks = [(offset + at, blob[at : at + SECTOR]) for at in range(0, len(blob), SECTOR)]
    shared = [chunk for at, chunk in chunks if at not in alone and len(chunk) == SECTOR]
    assert shared
    assert not [chunk for chunk in shared if chunk in written]


@pytest.mark.slow
def test_the_machine_at_length() -> None:
    """The same machine, more and longer runs."""
    run_state_machine_as_test(
        Record, settings=settings(max_examples=80, stateful_step_count=20, suppress_health_check=list(HealthCheck))
    )
