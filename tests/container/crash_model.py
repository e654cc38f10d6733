"""Media that remember, media that fail: every state in which a pulled key may leave a file.

Nothing here is a file. An `Overlay` lays changed pages over bytes that never change, so that a state costs
microseconds; a `TracingMedium` keeps the order of writes and syncs; `crash_states` makes of such a trace the files
that a pull may leave: cut and torn writes, any subset of the sectors written since the last sync, dead pages, a file
that has grown in part only.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import pytest

from baladeur.container import canonical, suite
from baladeur.container.catalogue import ERASED, LIVE, REPLACED, STATUS_NAMES, WITHDRAWN
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container
from baladeur.container.emergency import open_emergency
from baladeur.container.layout import file_size
from baladeur.container.medium import SECTOR, MemoryMedium
from baladeur.container.secret import Secret, SecretClass, generate, parse
from baladeur.errors import BaladeurError, NoSuperblock, WrongSecret

PAGE = 4096
FLASH = 16384
HOLDER = Author("2026-11-23T18:00:00Z")
PROFESSIONAL = Author("2026-11-23T18:30:00Z", sign=lambda content: b"CMS " + content[-64:])
NOISE = random.Random(20261123).randbytes(5 << 20)
ALL = (LIVE, REPLACED, WITHDRAWN, ERASED)
# What a cut of these may ask the user to agree to; no other operation may ever ask.
MAY_ASK = {
    "change": {"secrets-change-interrupted"},
    "emergency": {"secrets-change-interrupted"},
    "revoke": {"secrets-change-interrupted", "commit-may-be-missing"},
}
SIGNS_OF_LOSS = frozenset({"older-commit-shown", "rescued", "commit-may-be-missing"})
ACCUSATIONS = frozenset(
    {
        "part-a-forged",
        "header-copy-altered",
        "header-copy-planted",
        "header-superseded",
        "entries-missing",
        "other-branch",
        "catalogue-differs",
    }
)


def noise(length: int, rng: random.Random | None = None) -> bytes:
    """Random bytes at the price of a copy."""
    if length > len(NOISE):
        return (NOISE * (length // len(NOISE) + 1))[:length]
    start = (rng or random).randrange(len(NOISE) - length + 1)
    return NOISE[start : start + length]


@pytest.fixture(autouse=True, scope="module")
def cheap_keys() -> Iterator[None]:
    """Derive each slot key once, and take long runs of random bytes from a pool: both cost time and prove nothing.

    The first seq is always the same, so that a seed gives the same states each time.
    """
    real = suite.random

    def drawn(length: int) -> bytes:
        if length == 8:  # nothing but the first seq is drawn so
            return bytes(8)
        return real(length) if length < PAGE else noise(length)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suite, "slot_key", cache(suite.slot_key))
        patch.setattr(suite, "random", drawn)
        yield


class Overlay:
    """A Medium: changed pages over bytes that never change."""

    def __init__(self, base: bytes = b"", pages: dict[int, bytes] | None = None, size: int | None = None) -> None:
        self.base, self.pages = base, {} if pages is None else pages
        self._size = len(base) if size is None else size
        self._shown = len(base)  # bytes of the base that still count: none beyond a cut

    def fork(self) -> "Overlay":
        """The same content, from now on apart."""
        twin = Overlay(self.base, dict(self.pages), self._size)
        twin._shown = self._shown
        return twin

    def size(self) -> int:
        return self._size

    def _page(self, index: int) -> bytes:
        if (page := self.pages.get(index)) is not None:
            return page
        return self.base[index * PAGE : min((index + 1) * PAGE, self._shown)].ljust(PAGE, b"\0")

    def read(self, offset: int, length: int) -> bytes:
        end = min(offset + length, self._size)
        if end <= offset:
            return b""
        first, last = offset // PAGE, (end - 1) // PAGE
        if first == last:
            return self._page(first)[offset - first * PAGE : end - first * PAGE]
        out = bytearray(self.base[offset : min(end, self._shown)].ljust(end - offset, b"\0"))
        for index in range(first, last + 1):
            if (page := self.pages.get(index)) is not None:
                start, stop = max(offset, index * PAGE), min(end, (index + 1) * PAGE)
                out[start - offset : stop - offset] = page[start - index * PAGE : stop - index * PAGE]
        return bytes(out)

    def write(self, offset: int, data: bytes | memoryview) -> None:
        if len(data):
            self.put(offset, bytes(data))
            self._size = max(self._size, offset + len(data))

    def put(self, offset: int, data: bytes) -> None:
        """Change bytes without making the file longer."""
        end = offset + len(data)
        for index in range(offset // PAGE, -(-end // PAGE)):
            start, stop = max(offset, index * PAGE), min(end, (index + 1) * PAGE)
            piece = data[start - offset : stop - offset]
            if len(piece) < PAGE:
                old = self._page(index)
                piece = old[: start - index * PAGE] + piece + old[stop - index * PAGE :]
            self.pages[index] = piece

    def cut(self, size: int) -> None:
        """End the file here."""
        if size < self._size:
            self.pages = {i: page for i, page in self.pages.items() if i * PAGE < size}
            if size % PAGE and size // PAGE in self.pages:
                self.pages[size // PAGE] = self.pages[size // PAGE][: size % PAGE].ljust(PAGE, b"\0")
            self._shown = min(self._shown, size)
            self._size = size

    def grow(self, size: int) -> None:
        """Make the file longer, with zeros."""
        self._size = max(size, self._size)

    def flip(self, offset: int, bit: int) -> None:
        """Turn one bit."""
        self.put(offset, bytes([self.read(offset, 1)[0] ^ 1 << bit]))

    def flat(self) -> "Overlay":
        """The same content as one run of bytes, so that forks are cheap."""
        return Overlay(self.read(0, self._size))

    def sync(self) -> None: ...
    def forget(self, offset: int, length: int) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Write:
    """One write as the medium got it; None in a trace is a sync."""

    offset: int
    data: bytes


class TracingMedium(Overlay):
    """An overlay that keeps what is written and synced, and how far it had come when an operation was acknowledged."""

    def __init__(self, start: Overlay) -> None:
        super().__init__(start.base, dict(start.pages), start._size)
        self._shown = start._shown
        self.start = start.fork()
        self.events: list[Write | None] = []
        self.marks: list[int] = []

    def write(self, offset: int, data: bytes | memoryview) -> None:
        super().write(offset, data)
        self.events.append(Write(offset, bytes(data)))

    def sync(self) -> None:
        self.events.append(None)

    def mark(self) -> None:
        """An operation was acknowledged."""
        self.marks.append(len(self.events))


class ForgetfulMedium(TracingMedium):
    """As if the program left out some syncs: those whose number since the last mark is in `drop`."""

    def __init__(self, start: Overlay, drop: frozenset[int]) -> None:
        super().__init__(start)
        self.drop, self.syncs = drop, 0

    def sync(self) -> None:
        self.syncs += 1
        if self.syncs not in self.drop:
            super().sync()

    def mark(self) -> None:
        super().mark()
        self.syncs = 0


class HastyMedium(TracingMedium):
    """As if the program wrote the superblock, and synced it, before the frame."""

    def __init__(self, start: Overlay) -> None:
        super().__init__(start)
        self.held: list[Write | None] = []

    def write(self, offset: int, data: bytes | memoryview) -> None:
        super().write(offset, data)
        if offset >= 16 << 20:
            self.held += [self.events.pop(), None]

    def mark(self) -> None:
        self.events += self.held
        self.held.clear()
        super().mark()


@dataclass(frozen=True, slots=True)
class Effort:
    """How many states are drawn for each write."""

    torn: int = 3
    subsets: int = 3
    dead: int = 2  # of each of the three page sizes
    growth: int = 6


@dataclass(frozen=True, slots=True)
class CrashState:
    """One file that a pull may leave. done: operations acknowledged before it."""

    kind: str
    event: int
    done: int
    medium: Overlay

    def __str__(self) -> str:
        return f"{self.kind} at event {self.event}, {self.done} done"


def crash_states(trace: TracingMedium, rng: random.Random, effort: Effort) -> Iterator[CrashState]:
    """Every prefix of the writes; and, drawn with `rng`, torn writes, subsets, dead pages and growth in part."""
    durable, whole = trace.start.fork(), trace.start.fork()
    window: list[Write] = []
    for at, event in enumerate(trace.events):
        done = sum(mark <= at for mark in trace.marks)
        if event is None:
            if len(window) > 1:
                yield from _subsets(durable, window, rng, effort, at, done)
            durable, window = whole.fork(), []
            continue
        yield CrashState("prefix", at, done, whole.fork())
        for medium in _torn(whole, event, rng, effort.torn):
            yield CrashState("torn", at, done, medium)
        for size, medium in _dead(whole, event, rng, effort.dead):
            yield CrashState(f"dead {size}", at, done, medium)
        for medium in _growth(whole, event, rng, effort.growth):
            yield CrashState("growth", at, done, medium)
        window.append(event)
        if len(window) == 1:
            yield from _subsets(durable, window, rng, effort, at, done)
        whole.write(event.offset, event.data)
    done = sum(mark <= len(trace.events) for mark in trace.marks)
    yield from _subsets(durable, window, rng, effort, len(trace.events), done)
    yield CrashState("prefix", len(trace.events), done, whole.fork())


def _torn(whole: Overlay, write: Write, rng: random.Random, count: int) -> Iterator[Overlay]:
    sectors = range(SECTOR, len(write.data), SECTOR)
    for cut in rng.sample(sectors, min(count, len(sectors))):
        medium = whole.fork()
        medium.write(write.offset, write.data[:cut])
        yield medium


def _dead(whole: Overlay, write: Write, rng: random.Random, count: int) -> Iterator[tuple[int, Overlay]]:
    end = write.offset + len(write.data)
    for size in (512, 4096, 16384):
        pages = range(write.offset // size, -(-end // size))
        for page in rng.sample(pages, min(count, len(pages))):
            medium, start = whole.fork(), page * size
            medium.write(write.offset, write.data[: max(0, start - write.offset)])
            length = min(start + size, max(medium.size(), end)) - start
            medium.write(start, noise(length, rng) if rng.random() < 0.7 else bytes([rng.choice((0, 255))]) * length)
            yield size, medium


def _growth(whole: Overlay, write: Write, rng: random.Random, count: int) -> Iterator[Overlay]:
    end, old = write.offset + len(write.data), whole.size()
    if end <= old or not old:
        return
    for size in {old + 1, end - 1, *(rng.randrange(old, end) for _ in range(count))}:
        medium = whole.fork()
        written = rng.choice((0, size, rng.randrange(write.offset, end + 1)))  # the data may lag behind the size
        medium.write(write.offset, write.data[: max(0, written - write.offset)])
        medium.cut(size)
        medium.grow(size)
        yield medium


def _subsets(
    durable: Overlay, window: Sequence[Write], rng: random.Random, effort: Effort, at: int, done: int
) -> Iterator[CrashState]:
    """Any of the sectors written since the last sync may be durable, whatever their order."""
    if not window:
        return
    masks: list[list[float]] = []
    if len(window) > 1:
        masks += [[float(i != gone) for i in range(len(window))] for gone in range(len(window))]
        masks += [[float(i == kept) for i in range(len(window))] for kept in range(len(window))]
    masks += [[rng.choice((0.0, 0.1, 0.5, 0.9, 1.0)) for _ in window] for _ in range(effort.subsets)]
    end = max(w.offset + len(w.data) for w in window)
    for mask in masks:
        medium = durable.fork()
        for share, write in zip(mask, window, strict=True):
            step = SECTOR * max(1, len(write.data) // SECTOR // 128)
            for cut in range(0, len(write.data), step) if 0 < share < 1 else (0,):
                if rng.random() < share:
                    piece = write.data[cut : cut + step] if share < 1 else write.data
                    medium.write(write.offset + cut, piece)
        if rng.random() < 0.3 and medium.size() > durable.size():
            medium.cut(rng.randrange(durable.size(), medium.size()))
        elif rng.random() < 0.3:
            medium.grow(end)
        yield CrashState("subset", at, done, medium)


# --- what a record must hold -------------------------------------------------------------------------------------


@cache
def code(number: int) -> Secret:
    """Twelve words, always the same for a number."""
    return parse(" ".join(generate(SecretClass.CODE12, number.to_bytes(16, "big"))))


@cache
def emergency_code(number: int) -> Secret:
    """Six words, always the same for a number."""
    return parse(" ".join(generate(SecretClass.EMERGENCY, number.to_bytes(16, "big"))))


def line(text: str, *items: bytes) -> bytes:
    """A line of the emergency page."""
    return canonical.dumps({"items": [i.hex() for i in items], "text": text})


@dataclass(frozen=True, slots=True)
class Expected:
    """What a record must show: the model that every state is compared with.

    items: id → (status, dossier only, content); gone: places and bytes that may not be there once nothing is pending.
    """

    op: str = ""
    seq: int = 0
    head: bytes = b""
    items: dict[bytes, tuple[str, bool, bytes]] = field(default_factory=dict)
    parts: tuple[bytes, ...] = ()
    declared: tuple[bytes, ...] = ()
    secrets: dict[int, Secret] = field(default_factory=dict)
    code: Secret | None = None
    gone: tuple[tuple[int, bytes], ...] = ()


class Session:
    """A write session and the model of what it does; each operation is one commit, marked in the trace."""

    def __init__(self, medium: TracingMedium, expected: Expected) -> None:
        self.medium, self.expected, self.states = medium, expected, [expected]
        self.serial = expected.seq * 1000
        self.reopen()

    def reopen(self) -> None:
        self.container = Container.open(self.medium, next(iter(self.expected.secrets.values())), write=True)

    def done(self, op: str, **changes: object) -> None:
        """The operation was acknowledged."""
        self.medium.mark()
        c = self.container
        self.expected = replace(self.expected, op=op, seq=c.seq, head=c.head, **changes)  # type: ignore[arg-type]
        self.states.append(self.expected)

    def live(self, *types: str) -> list[bytes]:
        return [e.id for e in self.container.entries() if not types or e.meta["type"] in types]

    def commit(
        self,
        *contents: bytes,
        kind: str = "contact",
        of: Sequence[bytes] = (),
        withdraw: Sequence[bytes] = (),
        erase: Sequence[bytes] = (),
        visibility: dict[bytes, bool] | None = None,
        parts: Sequence[bytes] | None = None,
        declared: Sequence[bytes] | None = None,
        conceal: Sequence[int] = (),
        author: Author = HOLDER,
        dossier_only: bool = False,
    ) -> list[bytes]:
        """One commit; the ids of the new items. Each of `of` is replaced by one of `contents`, in order."""
        items = dict(self.expected.items)
        titles: dict[str, bytes] = {}
        add = []
        for index, content in enumerate(contents):
            self.serial += 1
            titles[f"n° {self.serial}"] = content
            old = of[index] if index < len(of) else None
            add.append(NewItem(kind, f"n° {self.serial}", content, of=old, dossier_only=dossier_only))
        blobs = [self.blob(id_) for id_ in erase]
        hidden = {i for i, item in items.items() if item[1]} - {i for i, now in (visibility or {}).items() if not now}
        hidden |= {i for i, now in (visibility or {}).items() if now}
        parts_now, declared_now = self._lines([*erase, *hidden], parts, declared, conceal)
        change = Change(add, withdraw, erase, visibility or {}, conceal, parts, declared)
        self.container.commit(change, author)
        new = {str(e.meta["title"]): e.id for e in self.container.entries() if e.seq == self.container.seq}
        for title, content in titles.items():
            items[new[title]] = ("live", dossier_only, content)
        for id_, status in [*((i, REPLACED) for i in of), *((i, WITHDRAWN) for i in withdraw)]:
            items[id_] = (STATUS_NAMES[status], *items[id_][1:])
        for id_, dossier in (visibility or {}).items():
            items[id_] = (items[id_][0], dossier, items[id_][2])
        for id_ in erase:
            items[id_] = ("erased", items[id_][1], b"")
        gone = self.expected.gone + tuple(s for blob in blobs for s in sectors_alone(self.container, *blob))
        self.done("erase" if erase else "commit", items=items, parts=parts_now, declared=declared_now, gone=gone)
        return [new[title] for title in titles]

    def _lines(
        self,
        fallen: Sequence[bytes],
        parts: Sequence[bytes] | None,
        declared: Sequence[bytes] | None,
        conceal: Sequence[int],
    ) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
        """The lines after a commit: an item that is erased or hidden takes its lines with it."""
        if parts is not None:
            return tuple(parts), self.expected.declared if declared is None else tuple(declared)
        names = [id_.hex().encode() for id_ in fallen]
        hidden = [self.container.summary().openings[i][1] for i in conceal]

        def kept(lines: Sequence[bytes]) -> tuple[bytes, ...]:
            return tuple(part for part in lines if part not in hidden and not any(n in part for n in names))

        return kept(self.expected.parts), kept(self.expected.declared) if declared is None else tuple(declared)

    def blob(self, id_: bytes) -> tuple[int, bytes]:
        row = self.container._st.view.rows[id_]
        return row.offset, self.medium.read(row.offset, row.length)

    def change_secret(self, slot: int, secret: Secret | None) -> None:
        self.container.change_secret(slot, secret, HOLDER)
        secrets = {s: v for s, v in self.expected.secrets.items() if s != slot} | ({slot: secret} if secret else {})
        self.done("change", secrets=secrets)

    def revoke(self, secrets: dict[int, Secret], emergency: Secret | None) -> None:
        self.container.revoke({**secrets, **({2: emergency} if emergency else {})}, HOLDER)
        self.done("revoke", secrets=secrets, code=emergency)

    def set_emergency_code(self, secret: Secret | None) -> None:
        self.container.set_emergency_code(secret, HOLDER)
        self.done("emergency", code=secret)


def create(secrets: dict[int, Secret], emergency: Secret | None, medium: Overlay | None = None) -> Expected:
    """A new record on a medium, and its model."""
    medium = Overlay() if medium is None else medium
    items = [NewItem("identity", "Jeanne", b'{"name":"Jeanne"}'), NewItem("contact", "Paul", b'{"name":"Paul"}')]
    declared = (line("contact Paul"),)
    slots = {**secrets, **({2: emergency} if emergency else {})}
    Container.create(medium, slots, Change(add=items, declared=declared), HOLDER)
    c = Container.open(medium, next(iter(secrets.values())))
    contents = {"Jeanne": items[0].content, "Paul": items[1].content}
    model = {e.id: ("live", False, contents[e.meta["title"]]) for e in c.entries()}
    return Expected("create", c.seq, c.head, model, (), declared, secrets, emergency)  # type: ignore[arg-type]


@cache
def fresh() -> tuple[Overlay, Expected]:
    """A record just created; shared, so fork it."""
    memory = MemoryMedium()
    expected = create({3: code(3), 4: code(4)}, emergency_code(2), memory)  # type: ignore[arg-type]
    return Overlay(bytes(memory.data)), expected


def session(medium: type[TracingMedium] = TracingMedium, **options: frozenset[int]) -> Session:
    """A write session on a record just created."""
    start, expected = fresh()
    return Session(medium(start.fork(), **options), expected)


# --- the oracle --------------------------------------------------------------------------------------------------


def shown(container: Container) -> dict[bytes, tuple[str, bool, bytes]]:
    """All that a record shows, read and checked."""
    found = {}
    for e in container.entries(*ALL):
        found[e.id] = (e.status, e.dossier_only, b"" if e.status == "erased" else container.read(e.id))
    return found


def differences(container: Container, expected: Expected) -> list[str]:
    """What a record shows that it must not, or does not show."""
    wrong = []
    if container.head != expected.head or container.seq != expected.seq:
        wrong.append(f"another commit: {container.seq} for {expected.seq}")
    if shown(container) != expected.items:
        wrong.append("other items")
    summary = container.summary()
    if tuple(summary.parts()) != expected.parts or tuple(summary.declared) != expected.declared:
        wrong.append("other lines")
    verdicts, findings = container.replay()
    wrong += [f"replay: {v.seq} {v.result} {v.reasons}" for v in verdicts if v.result != "ok"]
    wrong += [f"replay: {f.name}" for f in findings]
    pending = any(f.name == "barrier-pending" for f in container.findings)
    if not pending and not container.blocked:
        wrong += remains(container, expected)
    return wrong


def remains(container: Container, expected: Expected) -> list[str]:
    """What should be gone once nothing is pending: erased bytes, and every superblock with a former key."""
    wrong = []
    live = live_pages(container)
    for offset, then in expected.gone:
        here = pages(offset, len(then))
        if not live.intersection(here) and container._st.medium.read(offset, len(then)) == then:
            wrong.append("an erased item is still there")
    commit = container._st.commit
    if any(b is not None and b.epoch != commit.epoch for b in container._st.slots):
        wrong.append("a superblock still holds a former key")
    return wrong


def sectors_alone(container: Container, offset: int, blob: bytes) -> list[tuple[int, bytes]]:
    """The sectors of an item just erased that share no flash page with live bytes.

    The others stay, without their key, also when what they shared the page with dies later (container.md, erasing).
    """
    live = live_pages(container)
    chunks = [(offset + at, blob[at : at + SECTOR]) for at in range(0, len(blob), SECTOR)]
    return [(at, chunk) for at, chunk in chunks if not live.intersection(pages(at, len(chunk)))]


def pages(offset: int, length: int) -> range:
    """The flash pages that these bytes touch."""
    return range(offset // FLASH, (offset + length - 1) // FLASH + 1)


def live_pages(container: Container) -> set[int]:
    """The flash pages of the log that hold a byte of a live blob."""
    st = container._st
    ranges = [(r.offset, r.length) for r in st.view.rows.values() if r.status != ERASED]
    ranges += [(h.offset, h.length) for h in st.view.history]
    ranges += [(p.offset, p.length) for p in (st.view.newest.summary, st.commit.full, st.commit.recent)]
    return {page for o, n in ranges if n for page in pages(o, n)}


@dataclass(slots=True)
class Jury:
    """Judges crash states and keeps count. may_ask: operation → findings that its cut may leave to consent."""

    may_ask: dict[str, set[str]] = field(default_factory=lambda: MAY_ASK)
    counts: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    blocked: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    def judge(self, state: CrashState, states: Sequence[Expected], go_on: bool = True) -> list[str]:
        """The violations in one state of a session whose commits were `states`."""
        candidates = list(states[state.done : state.done + 2])
        self.counts[state.kind.split()[0]] += 1
        try:
            wrong = self._judge(state.medium, candidates, go_on)
        except Exception as error:  # whatever it is, it is no answer
            wrong = [repr(error)]
        wrong = [f"{state}, {candidates[-1].op}: {w}" for w in wrong]
        self.violations += wrong
        return wrong

    def _judge(self, medium: Overlay, candidates: list[Expected], go_on: bool) -> list[str]:
        wrong = []
        op = candidates[-1].op
        secrets = dict.fromkeys(s for e in candidates for s in e.secrets.values())
        kept = [s for s in secrets if all(s in e.secrets.values() for e in candidates)]
        opened: list[Secret] = []
        for secret in secrets:
            try:
                container = Container.open(medium.fork(), secret)
            except (WrongSecret, NoSuperblock):
                continue
            wrong += self._one_of(container, candidates, thorough=not opened or secret not in kept)
            opened.append(secret)
            self.findings.update(f"{op}: {f.name}" for f in container.findings)
            wrong += [f"accuses: {f}" for f in container.findings if f.name in ACCUSATIONS]
            if not set(container.blocked) <= self.may_ask.get(op, set()):
                wrong.append(f"blocked: {container.blocked}")
        if not opened or not set(kept) <= set(opened):
            wrong.append("a secret does not open it")
        wrong += self._page(medium, candidates)
        if go_on and not wrong:
            wrong += self._go_on(medium.fork(), opened[-1], candidates)
            if set(opened) - set(kept) and len(opened) > 1:
                wrong += self._go_on(medium.fork(), opened[0], candidates)
        return wrong

    @staticmethod
    def _one_of(container: Container, candidates: list[Expected], thorough: bool) -> list[str]:
        for expected in candidates:
            if container.head == expected.head:
                return differences(container, expected) if thorough else []
        return [f"neither before nor after: {container.seq} of {[e.seq for e in candidates]}"]

    @staticmethod
    def _page(medium: Overlay, candidates: list[Expected]) -> list[str]:
        """The emergency page is that of the commit before or after, by the code before or after."""
        codes = dict.fromkeys(e.code for e in candidates if e.code)
        pages = []
        for secret in codes:
            try:
                pages.append(open_emergency(medium, secret))
            except BaladeurError:
                if all(e.code == secret for e in candidates):
                    return ["the emergency code does not open the page"]
        if not pages and all(e.code for e in candidates):
            return ["no emergency code opens a page"]
        wrong = []
        for page in pages:
            fits = [e for e in candidates if e.seq == page.seq]
            if not fits:
                wrong.append(f"the emergency page is that of {page.seq}, not of {[e.seq for e in candidates]}")
            elif page.summary is None or tuple(page.summary.parts()) != fits[0].parts:
                wrong.append("the emergency page has other lines")
        return wrong

    def _go_on(self, medium: Overlay, secret: Secret, candidates: list[Expected]) -> list[str]:
        """The next session mends the file and commits, and the one after shows it."""
        wrong: list[str] = []
        op = candidates[-1].op
        container = Container.open(medium, secret, write=True)
        asked = container.blocked
        if asked:
            self.blocked[f"{op}: {', '.join(asked)}"] += 1
            container.agree()
        now = next((e for e in candidates if e.head == container.head), None)
        if now is None:
            return [*wrong, "the repair shows another commit"]
        if "secrets-change-interrupted" in asked:  # going on keeps the header that opened, thus its secrets
            holder = next(e for e in candidates if secret in e.secrets.values())
            now = replace(now, secrets=holder.secrets, code=holder.code)
        if not asked:
            unfinished = frozenset({"barrier-unfinished"})  # its frame stays until the next commit takes the place
            wrong += [f"after the repair: {w}" for w in self._clean(medium, now, unfinished)]
        container.commit(Change(add=[NewItem("contact", "après", b"after the crash")]), HOLDER)
        new = next(e for e in container.entries() if e.seq == container.seq)
        items = {**now.items, new.id: ("live", False, b"after the crash")}
        after = replace(now, seq=container.seq, head=container.head, items=items)
        return wrong + [f"after the next commit{' (agreed)' * bool(asked)}: {w}" for w in self._clean(medium, after)]

    @staticmethod
    def _clean(medium: Overlay, expected: Expected, tolerated: frozenset[str] = frozenset()) -> list[str]:
        """A file after a write session: everything there, nothing to report, open to all who may."""
        wrong = []
        for secret in expected.secrets.values():
            container = Container.open(medium.fork(), secret)
            if container.head != expected.head or secret is next(iter(expected.secrets.values())):
                wrong += differences(container, expected)
            wanted = file_size(container._st.commit.next_free)
            allowed = tolerated | ({"size-unexpected"} if medium.size() > wanted else set())  # never made shorter
            wrong += [f"still {f}" for f in container.findings if f.name not in allowed]
            if container._st.commit.pending or any(b is None or b.pending for b in container._st.slots):
                wrong.append("a superblock still says pending")
        if expected.code:
            try:
                page = open_emergency(medium, expected.code)
            except BaladeurError as error:
                return [*wrong, f"emergency page: {error!r}"]
            if page.seq != expected.seq or page.summary is None or tuple(page.summary.parts()) != expected.parts:
                wrong.append("emergency page")
            wrong += [f"emergency page: {f}" for f in page.findings]
        return wrong

    def run(self, traced: Session, rng: random.Random, effort: Effort, every: int = 1) -> None:
        """Judge all states of a session; `every` n-th one also by going on from it (0: none)."""
        for number, state in enumerate(crash_states(traced.medium, rng, effort)):
            self.judge(state, traced.states, bool(every) and number % every == 0)

    def report(self, record: Callable[[str, object], None]) -> None:
        """Leave the counts in the test report, and print them for `pytest -s`."""
        for name in ("counts", "blocked", "findings"):
            record(name, dict(sorted(getattr(self, name).items())))
        print(f"\nstates: {self.counts.total()} {dict(self.counts)}; blocked: {dict(self.blocked)}")

    def verdict(self) -> None:
        """Fail with the first few violations."""
        assert not self.violations, f"{len(self.violations)} violations:\n" + "\n".join(self.violations[:12])
