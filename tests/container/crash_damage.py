"""Records of several shapes, and the judge of a damaged one: never a wrong byte, never silently an older commit."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from baladeur.container.change import Change, NewItem
from baladeur.container.container import Container
from baladeur.container.emergency import open_emergency
from baladeur.container.layout import BLOCK, LOG, ZONE, ZONES, superblock_at
from baladeur.container.secret import Secret
from baladeur.errors import ContainerError, ItemDamaged, SummaryDamaged
from tests.container.crash_model import (
    ALL,
    HOLDER,
    PROFESSIONAL,
    SIGNS_OF_LOSS,
    Expected,
    Overlay,
    Session,
    TracingMedium,
    fresh,
    line,
    noise,
    session,
)

IN_DOUBT = frozenset({"rescued", "entries-missing", "state-unverified"})


@dataclass(frozen=True)
class Shape:
    """A sound record: the file, every commit it went through, and where its bytes lie (offset, length, name)."""

    medium: Overlay
    states: tuple[Expected, ...]
    secret: Secret
    used: tuple[tuple[int, int, str], ...]

    @property
    def now(self) -> Expected:
        return self.states[-1]

    @property
    def contents(self) -> dict[bytes, bytes]:
        """The content of every item that ever was."""
        return {i: item[2] for s in self.states for i, item in s.items.items() if item[0] != "erased"}


def _shape(s: Session, medium: Overlay | None = None) -> Shape:
    medium = (medium or s.medium).flat()
    secret = next(iter(s.expected.secrets.values()))
    c = Container.open(medium, secret)
    st, now = c._st, replace(s.expected, seq=c.seq, head=c.head, gone=())
    used = [(z * ZONE, BLOCK, "header") for z in range(ZONES)]
    used += [(superblock_at(z) + at, n, f"superblock {z}") for z in range(ZONES) for at, n in ((0, 152), (512, 584))]
    used += [(r.offset, r.length, "item") for r in st.view.rows.values() if r.status != 3]
    used += [(h.offset, h.length, "history") for h in st.view.history]
    for pointer, name in ((st.view.newest.summary, "summary"), (st.commit.full, "full"), (st.commit.recent, "recent")):
        used += [(at, pointer.length, name) for at in (pointer.offset, pointer.mirror) if at]
    used += [(at, 200, "frame") for at in range(LOG, st.commit.next_free, 16384)]
    return Shape(medium, (*s.states[:-1], s.states[-1], now), secret, tuple(sorted(used)))


def _fresh() -> Shape:
    start, expected = fresh()
    return _shape(Session(TracingMedium(start.fork()), expected))


def _few() -> Shape:
    """Some commits of every kind, with an emergency page."""
    s = session()
    contact, note = s.commit(b"x" * 300, b"y" * 2000)
    (allergy,) = s.commit(b"penicillin", kind="allergy", author=PROFESSIONAL)
    s.commit(b"a", kind="note", author=PROFESSIONAL, parts=[line("a", allergy), line("b")])
    s.commit(b"new", of=[contact])
    s.commit(withdraw=[note], declared=[line("c")])
    return _shape(s)


def _sixty() -> Shape:
    s = session()
    for n in range(60):
        s.commit(
            f"item {n}".encode() * 20, kind="note", author=PROFESSIONAL, parts=[line(f"{n}")] if n % 7 == 0 else None
        )
    return _shape(s)


def _rolled() -> Shape:
    s = session()
    s.commit(*(f"item {n}".encode() for n in range(130)))
    s.commit(b"a", kind="note", author=PROFESSIONAL, parts=[line("a")])
    s.commit(b"b")
    return _shape(s)


def _bulk() -> Shape:
    s = session()
    s.commit(b"a", kind="note", author=PROFESSIONAL, parts=[line("a")])
    s.commit(*(noise(1 << 20, random.Random(n)) for n in range(30)))
    s.commit(b"b")
    return _shape(s)


def _erased() -> Shape:
    s = session()
    one, _two = s.commit(b"one" * 30_000, b"two" * 100)
    s.commit(b"a", kind="note", author=PROFESSIONAL, parts=[line("a", one), line("b")])
    s.commit(erase=[one])
    s.commit(b"b")
    return _shape(s)


def _compacted() -> Shape:
    s = session()
    for n in range(12):
        s.commit(f"item {n}".encode() * 20, kind="note", author=PROFESSIONAL, parts=[line(f"{n}")])
    target = Overlay()
    s.container.compact_into(target, HOLDER)
    return _shape(s, target)


SHAPES: dict[str, Callable[[], Shape]] = {
    "fresh": cache(_fresh),
    "few": cache(_few),
    "sixty": cache(_sixty),
    "rolled": cache(_rolled),
    "bulk": cache(_bulk),
    "erased": cache(_erased),
    "compacted": cache(_compacted),
}


@dataclass
class Damage:
    """Judges damaged copies of one shape. at, length: what was damaged; the rest of the file is as it was."""

    shape: Shape
    counts: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    def judge(
        self, medium: Overlay, what: str, hit: Sequence[tuple[int, int]], *, may_refuse: bool = False, every: int = 12
    ) -> str:
        """The outcome; violations are kept. hit: the damaged ranges; every: items looked at that were not hit."""
        try:
            outcome, wrong = self._open(medium, hit, may_refuse, every)
        except Exception as error:  # an error that is not of our tree is no answer, wherever it comes from
            outcome, wrong = "error", [repr(error)]
        self.counts[outcome] += 1
        self.violations += [f"{what}: {w}" for w in wrong]
        return outcome

    def _open(
        self, medium: Overlay, hit: Sequence[tuple[int, int]], may_refuse: bool, every: int
    ) -> tuple[str, list[str]]:
        try:
            c = Container.open(medium, self.shape.secret)
        except ContainerError as error:
            return f"refused: {type(error).__name__}", [] if may_refuse else [f"refused: {error!r}"]
        names = {f.name for f in c.findings}
        wrong, now = [], self.shape.now
        if c.seq > now.seq:
            wrong.append("a newer commit than ever")
        if c.seq < now.seq and not names & SIGNS_OF_LOSS:
            wrong.append(f"silently {now.seq - c.seq} commits older: {names}")
        if c.seq < now.seq and not c.blocked:
            wrong.append("older, and nobody is asked")
        state = next((s for s in self.shape.states if s.seq == c.seq), None)
        listed = {e.id: (e.status, e.dossier_only) for e in c.entries(*ALL)}
        if state is None:
            wrong.append(f"a commit that never was: {c.seq}")
        elif not names & IN_DOUBT and listed != {i: item[:2] for i, item in state.items.items()}:
            wrong.append("another list of items")
        elif not listed.keys() <= self.shape.contents.keys() | {i for i in now.items}:
            wrong.append("items that never were")
        damaged = self._items(c, hit, every, wrong)
        try:
            if state and not names & IN_DOUBT and tuple(c.summary().parts()) != state.parts:
                wrong.append("another summary")
        except SummaryDamaged:
            if not self._hit("summary", hit):
                wrong.append("the summary was not hit, and is damaged")
        verdicts, _ = c.replay()
        if c.seq == now.seq and not names & IN_DOUBT and not hit and any(v.result != "ok" for v in verdicts):
            wrong.append("replay")
        outcome = "older" if c.seq < now.seq else "items damaged" if damaged else "whole"
        return ("rescued, " if "rescued" in names else "") + outcome, wrong

    def _hit(self, name: str, hit: Sequence[tuple[int, int]]) -> bool:
        """Were all copies of the newest blob of this name hit?"""
        copies = [(o, n) for o, n, what in self.shape.used if what == name]
        return all(any(o < at + length and at < o + n for at, length in hit) for o, n in copies)

    def _items(self, c: Container, hit: Sequence[tuple[int, int]], every: int, wrong: list[str]) -> int:
        """Read the items that were hit and some others; how many are damaged."""
        damaged = 0
        rows = [r for r in c._st.view.rows.values() if r.status != 3]
        others = random.Random(len(rows)).sample(rows, min(every, len(rows)))
        for row in rows:
            was_hit = any(row.offset < at + length and at < row.offset + row.length for at, length in hit)
            if not was_hit and row not in others:
                continue
            try:
                if c.read(row.id) != self.shape.contents[row.id]:
                    wrong.append("wrong bytes")
            except ItemDamaged:
                damaged += 1
                if not was_hit:
                    wrong.append("an item that was not hit is damaged")
        return damaged

    def page(self, medium: Overlay, what: str, hit: Sequence[tuple[int, int]]) -> str:
        """The emergency page: the newest one, or an older one that says so; lost only with all its copies."""
        now = self.shape.now
        if now.code is None:
            return "no code"
        try:
            page = open_emergency(medium, now.code)
        except ContainerError as error:
            if not self._hit("summary", hit):
                self.violations.append(f"{what}: emergency page {error!r}")
            self.counts["page lost"] += 1
            return "lost"
        state = next((s for s in self.shape.states if s.seq == page.seq), None)
        if state is None or page.summary is None or tuple(page.summary.parts()) != state.parts:
            self.violations.append(f"{what}: the emergency page has other lines")
        if page.seq < now.seq and not page.findings:
            self.violations.append(f"{what}: silently an older emergency page")
        self.counts["page older" if page.seq < now.seq else "page newest"] += 1
        return "shown"

    def go_on(self, medium: Overlay, what: str) -> None:
        """The next commit works on what is left, and shows again."""
        try:
            c = Container.open(medium, self.shape.secret, write=True)
            if c.blocked:
                c.agree()
            kept = {e.id for e in c.entries()}
            c.commit(Change(add=[NewItem("contact", "après", b"after the damage")]), HOLDER)
            again = Container.open(medium, self.shape.secret)
            if again.head != c.head or again.blocked or not kept < {e.id for e in again.entries()}:
                self.violations.append(f"{what}: going on is not shown: {again.findings}")
        except Exception as error:  # as above
            self.violations.append(f"{what}: going on: {error!r}")
        self.counts["gone on"] += 1

    def report(self, record: Callable[[str, object], None]) -> None:
        """Leave the counts in the test report, and print them for `pytest -s`."""
        record("counts", dict(self.counts))
        print(f"\n{dict(sorted(self.counts.items()))}")

    def verdict(self) -> None:
        """Fail with the first few violations."""
        assert not self.violations, f"{len(self.violations)} violations:\n" + "\n".join(self.violations[:12])


def holed(medium: Overlay, at: int, length: int, fill: str) -> Overlay:
    """The file with one range dead."""
    twin = medium.fork()
    length = min(length, twin.size() - at)
    twin.put(at, noise(length, random.Random(at)) if fill == "noise" else bytes(length))
    return twin
