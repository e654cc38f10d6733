"""What a finder of the key, a log file or a crash report learns: nothing (finding 26, sections 2, 16 and 17)."""

import traceback
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from baladeur.container import suite
from baladeur.container.access import revoke
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container
from baladeur.container.emergency import open_emergency
from baladeur.container.layout import LOG, PAGE, ZONE, ZONES, Header, Vital, file_size, make_header
from baladeur.container.medium import MemoryMedium
from baladeur.container.reader import open_dossier
from baladeur.container.replay import Replay
from baladeur.container.secret import parse
from baladeur.container.suite import KIB, MIB
from baladeur.container.unlock import Opened, unlock
from baladeur.errors import (
    BaladeurError,
    HolderNotAllowed,
    ItemDamaged,
    Malformed,
    NoSuchItem,
    SecretMistyped,
    StateMismatch,
    WrongSecret,
)
from tests.container.attack_forge import (
    EMERGENCY,
    HOLDER,
    NEW_EMERGENCY,
    OTHER,
    ForgingWriter,
    Lie,
    destroy,
    doctor,
    headers,
    holder,
    line,
    new_record,
    one,
    signed_record,
)

TEXTS = [
    "Jeanne Exemple-Dupont",
    '{"name":"Jeanne Exemple-Dupont"}',
    "1950-02-03T00:00:00Z",
    "application/fhir+json",
    "Pénicilline, choc anaphylactique",
    "penicillinpenicillinpenicillin",
    "call my daughter",
    "Compte rendu d’hospitalisation: fracture de l’humérus",
    "BALADEUR-STATEMENT-1",
    '"software":"baladeur"',
    "professional",
    "2026-11-02T10:00:00Z",
    "TESTMEDECIN",
    "trusted-person",
]


@pytest.fixture(scope="module")
def full_record() -> MemoryMedium:
    """A record with a bit of everything, after an erasure, a change, a revocation and a commit."""
    medium = signed_record()
    with Container.open(medium, HOLDER, write=True) as c:
        report = NewItem("report", TEXTS[7], TEXTS[7].encode() * 2000, "1950-02-03T00:00:00Z")
        c.commit(Change(add=[report, NewItem("trusted-person", "Paul", TEXTS[4].encode("utf-16"))]), doctor(6))
        c.commit(Change(parts=[line(TEXTS[4], one(c, "allergy"))], declared=[line(TEXTS[6])]), doctor(7))
        c.commit(Change(erase=[one(c, "medication")]), holder(8))
        c.change_secret(4, OTHER, holder(9))
        c.set_emergency_code(NEW_EMERGENCY, holder(10))
        c.commit(Change(add=[NewItem("tray", "last", suite.random(1000))]), holder(11))
    return medium


def without_notice(medium: MemoryMedium) -> bytes:
    """The file without the fixed beginnings of its header copies."""
    data = bytearray(medium.data)
    for zone in range(ZONES):
        data[zone * ZONE : zone * ZONE + 512] = suite.random(512)
    return bytes(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_no_stored_text_in_the_file(full_record: MemoryMedium, encoding: str) -> None:
    """Somebody runs `strings` over the key. Verdict: no run of 10 bytes of any stored text, in any usual encoding."""
    data = without_notice(full_record)
    for text in TEXTS:
        raw = text.encode(encoding)
        for at in range(0, len(raw) - 4, 5):  # a run of 10 holds one of these pieces of 5 as a whole
            piece, found = raw[at : at + 5], -1
            while len(piece) == 5 and (found := data.find(piece, found + 1)) >= 0:
                around = data[max(0, found - 5) : found + 10]
                assert not [i for i in range(len(raw) - 9) if raw[i : i + 10] in around]


def test_no_word_of_a_secret_in_the_file(full_record: MemoryMedium) -> None:
    """The secrets and what is made of them, searched in the file. Verdict: not there."""
    data = bytes(full_record.data)
    st = open_dossier(full_record, HOLDER)
    c = st.commit
    keys = [s.material for s in (HOLDER, OTHER, NEW_EMERGENCY)]
    keys += [st.root, c.epoch, c.log_key, c.vital, st.view.newest.summary_key]
    keys += [r.key for r in st.view.rows.values() if any(r.key)]
    assert not [key for key in keys if key[:12] in data]


def test_every_page_looks_random(full_record: MemoryMedium) -> None:
    """A forensic tool maps used and unused pages by entropy. Verdict: all 16 KiB pages are uniform alike."""
    data = bytearray(full_record.data)
    for zone in range(ZONES):  # of a header, only the slots and what follows it are random
        raw = data[zone * ZONE : zone * ZONE + 4 * KIB]
        assert len(set(raw[512:2560])) > 245
        data[zone * ZONE : zone * ZONE + 4 * KIB] = suite.random(4 * KIB)
    for at in range(0, len(data), PAGE):
        page = bytes(data[at : at + PAGE])
        expected = len(page) / 256
        counts = Counter(page)
        chi_squared = sum((counts[value] - expected) ** 2 for value in range(256)) / expected
        # 255 degrees of freedom: mean 255, deviation 22.6; beyond 8 deviations, 1 page in 10¹²
        assert 110 < chi_squared < 450, f"page at {at}: {chi_squared}"
    for at in range(0, len(data), 64 * PAGE):
        assert len(zlib.compress(data[at : at + 64 * PAGE], 1)) >= 64 * PAGE


def test_used_and_unused_slots_look_alike(full_record: MemoryMedium) -> None:
    """A finder counts who has access. Verdict: each slot is 256 bytes without a pattern, all different."""
    header = Header(headers(full_record)[0])
    slots = [header.slot(i) for i in range(8)]
    assert len(set(slots)) == 8
    assert all(len(set(slot)) > 120 for slot in slots)
    assert len({slot[i : i + 8] for slot in slots for i in range(249)}) == 8 * 249


@pytest.mark.parametrize("length", [0, 1, 900 * KIB, 3 * MIB, 9 * MIB])
def test_size_is_on_a_step(length: int) -> None:
    """The size of the file. Verdict: one of the few sizes of section 2, whatever is inside."""
    medium = MemoryMedium()
    item = NewItem("tray", "scan", suite.random(length))
    Container.create(medium, {3: HOLDER}, Change(add=[item]), holder())
    st = open_dossier(medium, HOLDER)
    assert medium.size() == file_size(st.commit.next_free)
    assert st.commit.next_free % PAGE == 0
    if length < 3 * MIB:
        assert medium.size() == 20 * MIB


def pieces(medium: MemoryMedium, end: int) -> bytes:
    """The used beginnings of zones and log, without what two files may share."""
    out = []
    for zone in range(ZONES):
        start = zone * ZONE
        out += [medium.read(start + 512, 2048), medium.read(start + 4 * KIB, 200 * KIB)]
        out.append(medium.read(start + MIB, 64 * KIB))
    return b"".join([*out, medium.read(LOG, end - LOG + 64 * KIB)])


def test_two_records_share_nothing() -> None:
    """The same patient, the same words, the same entries, twice. Verdict: no run of 8 bytes but fixed fields."""
    records = []
    for _ in range(2):
        medium = new_record()
        with Container.open(medium, HOLDER, write=True) as c:
            c.commit(Change(add=[NewItem("report", TEXTS[7], TEXTS[7].encode() * 500)]), doctor(2))
            c.commit(Change(parts=[line(TEXTS[4])]), doctor(3))
        records.append(medium)
    a, b = (pieces(m, open_dossier(m, HOLDER).commit.next_free) for m in records)
    aligned = {a[i : i + 8] for i in range(0, len(a) - 7, 8)}
    for shift in range(8):
        assert not aligned.intersection(b[i : i + 8] for i in range(shift, len(b) - 7, 8))
    first, second = (headers(m)[0] for m in records)
    assert first[:24] == second[:24]
    assert first[24:40] != second[24:40]
    assert first[4032:4064] != second[4032:4064]


def test_nothing_dates_or_names_the_record() -> None:
    """The clear fields of the header. Verdict: magic, version, class, flags, suite, id, generation, notice; no more."""
    raw = headers(signed_record())[0]
    assert raw[:24] == b"BALADEUR-COFFRE\n\x01\x00\x01\x00\x01\x00\x00\x00"
    assert not any(raw[48:64] + raw[480:512] + raw[2560:4032])
    assert raw[64:480] == headers(new_record(emergency=False))[0][64:480]
    assert raw[64:480].isascii()
    assert b"2026" not in raw[64:480]


HIDDEN = [t.encode() for t in ("Jeanne", "icilline", "penicillin", "Warfarine", "warfarin", "daughter", "Morphine")]


def leaks(text: str, *keys: bytes) -> list[bytes]:
    """Keys and stored texts that a text gives away, as such, in hex or as Python writes bytes."""
    found = [word for word in HIDDEN if word.decode() in text]
    for key in keys:
        if key[:8].hex() in text or repr(key[:8])[2:-1] in text or str(list(key[:8]))[1:-1] in text:
            found.append(key)
    return found


def known_keys(medium: MemoryMedium) -> list[bytes]:
    """Every key of a record, and the entropy of its secrets."""
    st = open_dossier(medium, HOLDER)
    c = st.commit
    keys = [st.root, c.epoch, c.log_key, c.vital, st.view.newest.summary_key, HOLDER.material, EMERGENCY.material]
    return [*keys, *(r.key for r in st.view.rows.values()), *(r.blind for r in st.view.rows.values())]


def public_objects(medium: MemoryMedium) -> Iterator[object]:
    """One of each kind of object that a caller, a debugger or a log line may print."""
    st = open_dossier(medium, HOLDER)
    c = Container.open(medium, HOLDER)
    page = open_emergency(medium, EMERGENCY)
    verdicts, _ = c.replay()
    newest = st.view.newest
    yield from (st, st.commit, st.view, st.view.full, newest, st.record, c, page, page.summary, verdicts)
    yield from (verdicts[0], c.entries(), c.entries()[0], c.summary(), list(st.view.rows.values()))
    yield from (list(c.history()), st.slots, st.vitals, [v for v in st.vitals if v], HOLDER, EMERGENCY, medium)
    yield Vital(1, newest.summary, newest.summary_key)
    yield unlock([st.header], HOLDER)
    yield Opened(st.header, 3, st.root)
    item = NewItem("allergy", "Pénicilline", b"penicillin", of=bytes(16))
    yield from (item, Change(add=[item], parts=[line("penicillin")], declared=[line("daughter")]))
    yield Author("2026-11-01T10:00:00Z")
    replay = Replay(st.header)
    for _, record in c.history():
        if record:
            replay.feed(record)
    yield from (replay, replay.items, c.findings, c.anchor, dict(st.view.rows))


def test_reprs() -> None:
    """Every public object printed. Verdict: no key, no entropy, no stored text."""
    medium = signed_record()
    keys = known_keys(medium)
    for thing in public_objects(medium):
        for shown in (repr(thing), str(thing), f"{thing}", f"{thing!a}"):
            assert not leaks(shown, *keys), type(thing).__name__


def test_repr_of_new_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The new keys of a revocation, printed on their way. Verdict: nothing."""
    seen: list[Any] = []
    monkeypatch.setattr("baladeur.container.access.commit", lambda *args, **_: seen.extend(args))
    st = open_dossier(signed_record(), HOLDER)
    revoke(st, {3: OTHER}, holder(6))
    rekey = seen[-1]
    assert not leaks(repr(rekey), rekey.root, rekey.vital, rekey.log_key)


def wrong_secret() -> None:
    Container.open(new_record(emergency=False), OTHER)


def mistyped() -> None:
    parse("zoologie zoologie zoologie zoologie zoologie zoologie zoologie zoologie zoologie zoologie zoologie abaisser")


def mismatch() -> None:
    medium = signed_record()

    def retitle(rows: dict[bytes, Any]) -> None:
        for row in rows.values():
            rows[row.id] = row._replace(meta=row.meta.replace(b"choc", b"bof!"))

    ForgingWriter(medium).rewrite(Lie(rows=retitle))
    Container.open(medium, HOLDER)


def not_allowed() -> None:
    with Container.open(signed_record(), HOLDER, write=True) as c:
        c.commit(Change(add=[NewItem("prescription", "Morphine", b"Morphine")]), holder(6))


def damaged() -> None:
    medium = signed_record()
    c = Container.open(medium, HOLDER)
    id_ = one(c, "allergy")
    row = open_dossier(medium, HOLDER).view.rows[id_]
    destroy(medium, row.offset, row.length)
    c.read(id_)


def unknown() -> None:
    Container.open(signed_record(), HOLDER).read(bytes(16))


def bad_meta() -> None:
    medium = signed_record()

    def spoil(rows: dict[bytes, Any]) -> None:
        for row in rows.values():
            rows[row.id] = row._replace(meta=row.meta + b" ")

    ForgingWriter(medium).commit(Lie(rows=spoil))
    Container.open(medium, HOLDER).entries()


ERRORS: list[tuple[Callable[[], None], type[BaladeurError]]] = [
    (wrong_secret, WrongSecret),
    (mistyped, SecretMistyped),
    (mismatch, StateMismatch),
    (not_allowed, HolderNotAllowed),
    (damaged, ItemDamaged),
    (unknown, NoSuchItem),
    (bad_meta, Malformed),
]


@pytest.mark.parametrize(("act", "error"), ERRORS, ids=[e.__name__ for _, e in ERRORS])
def test_errors_and_what_caused_them(act: Callable[[], None], error: type[BaladeurError]) -> None:
    """An error, its arguments, its causes and its traceback in a log. Verdict: no word typed or stored, no key."""
    with pytest.raises(error) as caught:
        act()
    seen: BaseException | None = caught.value
    while seen is not None:
        text = f"{seen} {seen!r} {seen.args} {vars(seen)}"
        assert not leaks(text, HOLDER.material, OTHER.material)
        assert "zoologie" not in text
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    frames = [f for f in traceback.extract_tb(caught.value.__traceback__) if "/tests/" not in f.filename]
    shown = "".join(traceback.format_list(frames)) + "".join(traceback.format_exception_only(caught.value))
    assert not leaks(shown, HOLDER.material, OTHER.material)
    assert "zoologie" not in shown


def test_wrong_secret_with_locals() -> None:
    """A crash reporter that prints the locals of each frame, after a wrong secret. Verdict: not the secret typed."""
    with pytest.raises(WrongSecret) as caught:
        wrong_secret()
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    frames = [f for f in shown.stack if "/baladeur/" in f.filename]
    assert frames
    for frame in frames:
        for name, value in (frame.locals or {}).items():
            assert not leaks(value, OTHER.material), f"{frame.name}: {name}"


def test_state_mismatch_with_locals() -> None:
    """The same where a State is in the frames. Verdict: its repr tells no key and no title."""
    with pytest.raises(StateMismatch) as caught:
        mismatch()
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    for frame in shown.stack:
        if "/baladeur/" in frame.filename:
            for name, value in (frame.locals or {}).items():
                assert not leaks(value, HOLDER.material), f"{frame.name}: {name}"


def test_messages_are_fixed() -> None:
    """The message of every error class. Verdict: one constant sentence; nothing is put into it but the detail."""
    waiting: list[type[BaladeurError]] = [BaladeurError]
    while waiting:
        cls = waiting.pop()
        waiting += cls.__subclasses__()
        assert str(cls()) == cls.sentence
        assert cls.sentence.endswith(".")
        assert "{" not in cls.sentence


def test_header_mac_key_is_not_the_root() -> None:
    """A header made with a root key. Verdict: the root, its MAC key and the slots' payload are not in it in clear."""
    root = suite.random(32)
    raw = make_header(bytes(16), False, 1, [suite.random(256) for _ in range(8)], root).raw
    assert root not in raw
    assert suite.derive(root, "header mac", bytes(16)) not in raw
