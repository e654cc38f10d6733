"""The container as the floors above see it: entries, contents, history, findings, one commit after the other."""

import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baladeur.container import catalogue, frame, writer
from baladeur.container.catalogue import ERASED, LIVE, MAX_META, REPLACED, WITHDRAWN
from baladeur.container.change import Author, Change, NewItem, row_meta
from baladeur.container.container import Container
from baladeur.container.emergency import open_emergency
from baladeur.container.layout import BLOCK, LOG, MAX_SIZE, PAGE, SUPERBLOCK_AT, ZONE, ZONES, file_size
from baladeur.container.medium import MemoryMedium
from baladeur.container.state import Finding
from baladeur.container.statement import MAX_OPS
from baladeur.container.suite import KIB, MIB
from baladeur.errors import (
    CapExceeded,
    ConsentNeeded,
    ContainerError,
    HolderNotAllowed,
    ItemDamaged,
    ItemErased,
    Malformed,
    MediumFull,
    NoSuchItem,
    NotVerified,
    SummaryDamaged,
    WriteRefused,
)
from tests.container.crash_model import HOLDER, PROFESSIONAL, Overlay, cheap_keys, code, emergency_code, line

__all__ = ["cheap_keys"]

ALL = (LIVE, REPLACED, WITHDRAWN, ERASED)
SECRET, SIX = code(1), emergency_code(1)


@pytest.fixture(scope="module")
def fresh() -> Overlay:
    """A record with an identity, a note in the tray and a declared line."""
    medium = Overlay()
    first = [NewItem("identity", "Zoé Löwe", b"{}"), NewItem("tray", "note", b"seen")]
    Container.create(medium, {3: SECRET, 2: SIX}, Change(add=first, declared=[line("call home")]), HOLDER, demo=True)
    return Overlay(medium.read(0, medium.size()))


@pytest.fixture
def medium(fresh: Overlay) -> Overlay:
    return fresh.fork()


@pytest.fixture
def c(medium: Overlay) -> Container:
    return Container.open(medium, SECRET, write=True)


def titled(c: Container, title: str, *statuses: int) -> bytes:
    """The id of the one entry of this title."""
    (id_,) = (e.id for e in c.entries(*statuses) if e.meta.get("title") == title)
    return id_


def sound(medium: Overlay) -> Container:
    """Opens without a finding, its history is in order and every entry can be read."""
    c = Container.open(medium, SECRET)
    assert c.findings == ()
    verdicts, findings = c.replay()
    assert ([v.result for v in verdicts], findings) == (["ok"] * (c.number + 1), [])
    for entry in c.entries(LIVE, REPLACED, WITHDRAWN):
        assert len(c.read(entry.id)) == entry.size
    return c


def test_a_new_record(fresh: Overlay) -> None:
    """Number 0, every property says what was put in, and only one secret is needed to read the rest."""
    c = sound(fresh)
    assert (c.number, c.demo, c.slot, c.blocked, len(c.id), c.medium) == (0, True, 3, [], 16, fresh)
    assert 1 << 16 <= c.seq < 1 << 31
    assert [(e.status, e.dossier_only, e.seq, e.size) for e in c.entries()] == [
        ("live", False, c.seq, e.size) for e in c.entries()
    ]
    assert {e.meta["title"]: c.read(e.id) for e in c.entries()} == {"Zoé Löwe": b"{}", "note": b"seen"}
    assert c.summary().declared == [line("call home")]
    assert c.heads() == [c.head]
    c.close()


def test_the_life_of_an_entry(c: Container, medium: Overlay) -> None:
    """Added, replaced, hidden, shown, withdrawn, erased: the status of each version, and what may still be read."""
    c.commit(Change(add=[NewItem("tray", "two", b"2", "2026-01-02", "text/plain", titled(c, "note"))]), HOLDER)
    two, one = titled(c, "two"), titled(c, "note", REPLACED)
    (entry,) = (e for e in c.entries() if e.id == two)
    assert dict(entry.meta) == {
        "type": "tray", "title": "two", "date": "2026-01-02", "media": "text/plain", "of": one.hex(),
    }  # fmt: skip
    c.commit(Change(visibility={two: True}), HOLDER)
    assert [e.dossier_only for e in c.entries() if e.id == two] == [True]
    c.commit(Change(visibility={two: False}), HOLDER)
    assert [e.dossier_only for e in c.entries() if e.id == two] == [False]
    c.commit(Change(withdraw=[two], add=[NewItem("tray", "hidden", b"h", dossier_only=True)]), HOLDER)
    assert {e.id: e.status for e in c.entries(REPLACED, WITHDRAWN)} == {one: "replaced", two: "withdrawn"}
    assert [e.dossier_only for e in c.entries() if e.meta["title"] == "hidden"] == [True]
    assert (c.read(one), c.read(two)) == (b"seen", b"2")
    c.commit(Change(erase=[one, two, titled(c, "hidden")]), HOLDER)
    assert c.erased() == {e.id for e in c.entries(ERASED)}
    assert [(e.meta, e.size) for e in c.entries(ERASED)] == [({}, 0)] * 3
    again = sound(medium)
    assert [e.meta["title"] for e in again.entries()] == ["Zoé Löwe"]
    for gone in (one, two):
        with pytest.raises(ItemErased):
            again.read(gone)
    with pytest.raises(NoSuchItem):
        again.read(bytes(16))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda c: Change(withdraw=[bytes(16)]), NoSuchItem),
        (lambda c: Change(erase=[bytes(16)]), NoSuchItem),
        (lambda c: Change(visibility={bytes(16): True}), NoSuchItem),
        (lambda c: Change(add=[NewItem("tray", "x", b"", of=bytes(16))]), NoSuchItem),
        (lambda c: Change(withdraw=[titled(c, "note")] * 2), WriteRefused),
        (lambda c: Change(erase=[titled(c, "note")] * 2), ItemErased),
        (lambda c: Change(withdraw=[titled(c, "note")], visibility={titled(c, "note"): True}), WriteRefused),
        (lambda c: Change(add=[NewItem("tray", "x", b"", of=titled(c, "note"))] * 2), WriteRefused),
        (lambda c: Change(add=[NewItem("identity", "second", b"")]), WriteRefused),
        (lambda c: Change(add=[NewItem("Tray", "x", b"")]), HolderNotAllowed),
        (lambda c: Change(add=[NewItem("allergy", "x", b"")]), HolderNotAllowed),
        (lambda c: Change(add=[NewItem("tray", "x" * MAX_META, b"")]), CapExceeded),
        (lambda c: Change(add=[NewItem("tray", "\ud800", b"")]), WriteRefused),
        (lambda c: Change(conceal=[0]), NoSuchItem),
        (lambda c: Change(parts=[]), HolderNotAllowed),
        (lambda c: Change(parts=[line("x")]), HolderNotAllowed),
        (lambda c: Change(declared=[b"{}"]), SummaryDamaged),
    ],
)
def test_what_a_holder_may_not_do(
    c: Container, medium: Overlay, change: Callable[[Container], Change], error: type[ContainerError]
) -> None:
    """Refused with a reason; the record stands as before, for others and for the session itself."""
    before = medium.read(0, LOG)
    with pytest.raises(error):
        c.commit(change(c), HOLDER)
    assert medium.read(0, LOG) == before
    c.commit(Change(add=[NewItem("tray", "after", b"a")]), HOLDER)
    assert sound(medium).number == 1


@pytest.mark.parametrize("kind", ["", "Allergy", "1st", "note ", "é", "a" * 33, "-a"])
def test_the_name_of_a_type(c: Container, kind: str) -> None:
    """Small letters, digits and hyphens, at most 32, whoever signs."""
    with pytest.raises(WriteRefused, match="item type"):
        c.commit(Change(add=[NewItem(kind, "x", b"")]), PROFESSIONAL)


def test_a_professional_may_and_a_holder_may_not_touch_what_was_signed(c: Container, medium: Overlay) -> None:
    """Replacing or withdrawing a medical entry needs a signature; hiding and erasing it is the holder's right."""
    c.commit(Change(add=[NewItem("allergy", "nuts", b"1"), NewItem("note", "n", b"2")]), PROFESSIONAL)
    nuts, note = titled(c, "nuts"), titled(c, "n")
    for change in (
        Change(withdraw=[nuts]),
        Change(add=[NewItem("tray", "x", b"", of=nuts)]),
        Change(add=[NewItem("allergy", "x", b"", of=titled(c, "note"))]),
    ):
        with pytest.raises(HolderNotAllowed):
            c.commit(change, HOLDER)
    c.commit(Change(add=[NewItem("allergy", "from the tray", b"seen", of=titled(c, "note"))]), PROFESSIONAL)
    c.commit(Change(visibility={nuts: True}, erase=[note]), HOLDER)
    sound(medium)


def test_the_lines_of_the_page(c: Container, medium: Overlay) -> None:
    """Signed lines, declared lines, concealed lines; an erased or hidden entry takes its lines along."""
    c.commit(Change(add=[NewItem("allergy", t, b"") for t in "abc"]), PROFESSIONAL)
    a, b, _ = (titled(c, t) for t in "abc")
    lines = [line("a", a), line("b", b), line("c"), line("d")]
    c.commit(Change(parts=lines, declared=[line("own a", a), line("own")]), PROFESSIONAL)
    assert (c.summary().parts(), c.summary().withdrawn) == (lines, 0)
    c.commit(Change(conceal=[2]), HOLDER)
    c.commit(Change(erase=[a]), HOLDER)
    c.commit(Change(visibility={b: True}), HOLDER)
    found = open_emergency(medium, SIX)
    assert found.summary is not None
    for summary in (c.summary(), found.summary):
        assert (summary.parts(), summary.declared, summary.withdrawn) == ([line("d")], [line("own")], 3)
    assert (found.seq, found.findings) == (c.seq, ())
    with pytest.raises(WriteRefused, match="dossier only"):
        c.commit(Change(parts=[line("b", b)], visibility={b: True}), PROFESSIONAL)
    with pytest.raises(NoSuchItem):
        c.commit(Change(conceal=[2]), HOLDER)
    c.commit(Change(declared=[]), HOLDER)
    assert sound(medium).summary().declared == []
    c.commit(Change(parts=[]), PROFESSIONAL)
    assert sound(medium).summary().commitments == []


@given(st.lists(st.binary(max_size=40 * KIB), min_size=1, max_size=4))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_content_comes_back(fresh: Overlay, contents: list[bytes]) -> None:
    """Whatever its bytes, given as bytes or read from a file."""
    medium = fresh.fork()
    c = Container.open(medium, SECRET, write=True)
    c.commit(Change(add=[NewItem("tray", f"b{n}", data) for n, data in enumerate(contents)]), HOLDER)
    c.commit(Change(add=[NewItem("tray", f"f{n}", io.BytesIO(data)) for n, data in enumerate(contents)]), HOLDER)
    again = Container.open(medium, SECRET)
    for n, data in enumerate(contents):
        assert again.read(titled(again, f"b{n}")) == again.read(titled(again, f"f{n}")) == data


def test_sizes_and_letters(c: Container, medium: Overlay) -> None:
    """Empty, around a chunk, 5 MiB in one piece or from where a file stands; titles of any letters."""
    big = hashlib.shake_128(b"big").digest(5 * MIB)
    file = io.BytesIO(b"before" + big)
    file.seek(6)
    contents: dict[str, Any] = {"": b"", "Éléonore – l’été 😀": b"e", "16383": b"x" * 16383, "16384": b"x" * 16384,
                                "16385": b"x" * 16385, "1 MiB": b"y" * MIB, "1 MiB + 1": b"y" * (MIB + 1),
                                "big": big}  # fmt: skip
    c.commit(Change(add=[NewItem("tray", t, data) for t, data in contents.items()]), HOLDER)
    c.commit(Change(add=[NewItem("tray", "file", file)]), HOLDER)
    again = sound(medium)
    assert {e.meta["title"]: again.read(e.id) for e in again.entries() if e.meta["title"] in contents} == contents
    assert again.read(titled(again, "file")) == big
    assert medium.size() == file_size(again._st.commit.next_free)


def test_nothing_of_a_record_is_shown_in_a_traceback(c: Container, medium: Overlay) -> None:
    """A repr of anything that holds a title, a key or a content tells its kind only."""
    for value in (c.entries()[0], c._st, c._st.header, c._st.commit, open_emergency(medium, SIX), Change(), HOLDER,
                  NewItem("tray", "t", b"x"), c.replay()[0][0], c.summary()):  # fmt: skip
        assert repr(value) == f"<{type(value).__name__}>"


def test_too_many_operations(c: Container, medium: Overlay) -> None:
    """20 001 in one commit are refused before anything counts."""
    many = {n.to_bytes(16, "big"): True for n in range(MAX_OPS + 1)}
    row = c._st.view.rows[titled(c, "note")]
    c._st.view.rows.update({id_: row._replace(id=id_) for id_ in many})
    with pytest.raises(ContainerError):
        c.commit(Change(visibility=many), HOLDER)
    assert sound(medium).number == 0


@pytest.mark.parametrize("cap", ["MAX_CONTENT", "MAX_ITEMS", "MAX_INFLATED"])
def test_no_commit_makes_a_file_that_cannot_be_opened(
    c: Container, medium: Overlay, monkeypatch: pytest.MonkeyPatch, cap: str
) -> None:
    """Caps of the reader (lowered here) hold for the writer, also for the full catalogue that must come one day."""
    for module in (catalogue, frame, writer):
        if hasattr(module, cap):
            monkeypatch.setattr(module, cap, {"MAX_CONTENT": 3000, "MAX_ITEMS": 3, "MAX_INFLATED": 1000}[cap])
    items = [NewItem("tray", f"{n}", b"x" * (3001 if cap == "MAX_CONTENT" else 1)) for n in range(4)]
    with pytest.raises(CapExceeded):
        c.commit(Change(add=items), HOLDER)

    def one_by_one() -> None:
        for item in items:
            c.commit(Change(add=[item]), HOLDER)

    with pytest.raises(CapExceeded):
        one_by_one()
    before = [e.meta["title"] for e in c.entries()]
    c.commit(Change(erase=[titled(c, "note")]), HOLDER)
    assert {e.meta["title"] for e in sound(medium).entries()} == set(before) - {"note"}


def test_a_record_that_is_full(c: Container, medium: Overlay) -> None:
    """No frame ends beyond 3900 MiB."""
    c._st.commit = c._st.commit.__class__(*(
        MAX_SIZE - PAGE if name == "next_free" else getattr(c._st.commit, name)
        for name in c._st.commit.__dataclass_fields__
    ))  # fmt: skip
    with pytest.raises(MediumFull):
        c.commit(Change(add=[NewItem("tray", "x", b"x" * PAGE)]), HOLDER)
    assert sound(medium).number == 0


def test_many_small_commits_end_in_a_full_catalogue(c: Container, medium: Overlay) -> None:
    """The recent catalogue grows until a full one takes its place, in the next zone's room."""
    kinds = []
    for n in range(12):
        c.commit(Change(add=[NewItem("tray", f"{n}.{i}", b"x") for i in range(25)]), HOLDER)
        kinds.append((bool(c._st.commit.recent.length), c._st.commit.full.mirror // ZONE))
    assert {k[0] for k in kinds} == {True, False}
    assert {k[1] for k in kinds} == {0, 1}
    assert len(sound(medium).entries()) == 302


def test_a_long_catalogue_has_both_copies_in_the_log(
    c: Container, medium: Overlay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full catalogue that no room holds: the second copy lies 4 MiB after the first, and serves as well."""
    monkeypatch.setattr(frame, "CATALOGUE_ROOM", (MIB, MIB + 100))
    c.commit(Change(erase=[titled(c, "note")]), HOLDER)
    full = c._st.commit.full
    assert full.mirror >= full.offset + full.length + 4 * MIB
    sound(medium)
    medium.put(full.offset, bytes(full.length))
    again = Container.open(medium, SECRET, write=True)
    assert [f.name for f in again.findings] == ["catalogue-copy-damaged"]
    again.commit(Change(), HOLDER)
    sound(medium)


def test_reading_and_looking_change_nothing(c: Container, medium: Overlay) -> None:
    """Every question that a reader can ask leaves the bytes as they are."""
    c.commit(Change(add=[NewItem("allergy", "a", b"1")], parts=[line("a")]), PROFESSIONAL)
    before = medium.read(0, medium.size())
    with Container.open(medium, SECRET) as again:
        for question in (again.replay, again.summary, again.anchor, again.heads, again.erased, again.history):
            assert question() is not None
        assert len([again.read(e.id) for e in again.entries()]) == 3
        again.add_finding(Finding("fork", "x"))
        assert [f.name for f in again.findings] == ["fork"]
    assert medium.read(0, medium.size()) == before


def test_the_anchor_stays_across_all_changes(c: Container, medium: Overlay) -> None:
    """The tag names the record for a workstation: keys and files change, the tag does not; seq and head do."""
    tag, seq, head = c.anchor()
    assert (len(tag), seq, head) == (32, c.seq, c.head)
    c.commit(Change(add=[NewItem("tray", "x", b"")]), HOLDER)
    c.revoke({3: code(5)}, HOLDER)
    c.revoke({3: SECRET}, HOLDER)
    assert c.anchor() == (tag, seq + 3, c.head)
    target = MemoryMedium()
    c.compact_into(target, HOLDER)
    assert Container.open(target, SECRET).anchor()[:2] == (tag, seq + 4)


def test_compaction_keeps_all_that_is_alive(c: Container, medium: Overlay) -> None:
    """A smaller file with the same entries, page, history and accesses; what was erased is not in it."""
    secret_text = b"nobody must ever read this again" * 40_000
    c.commit(Change(add=[NewItem("tray", "big", secret_text), NewItem("allergy", "a", b"1")], parts=[line("a")]),
             PROFESSIONAL)  # fmt: skip
    c.commit(Change(erase=[titled(c, "big")]), HOLDER)
    c.revoke({3: SECRET, 2: SIX}, HOLDER)
    c.commit(Change(add=[NewItem("tray", "v2", b"2", of=titled(c, "note"))]), HOLDER)
    for n in range(8):
        c.commit(Change(add=[NewItem("tray", f"{n}", b"x" * MIB)]), HOLDER)
    target = Overlay()
    c.compact_into(target, HOLDER)
    small = sound(target)
    assert (small.id, small.number) == (c.id, c.number + 1)
    assert {e.id: (e.status, e.meta, e.size) for e in small.entries(*ALL)} == {
        e.id: (e.status, e.meta, e.size) for e in c.entries(*ALL)
    }
    assert small.heads()[:-1] == c.heads()
    assert small.summary().parts() == [line("a")]
    page = open_emergency(target, SIX)
    assert page.summary is not None
    assert page.summary.parts() == [line("a")]
    assert target.size() < medium.size()
    assert [op for _, r in small.history() if r for op in r.inner_value()["ops"]][-1] == {"op": "compact"}
    Container.open(target, SECRET, write=True).commit(Change(), HOLDER)
    assert sound(target).number == c.number + 2


def test_many_records_are_archived_in_several_blobs(
    c: Container, medium: Overlay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive blob holds as many records as fit; each is found again."""
    for _ in range(5):
        c.commit(Change(), HOLDER)
    monkeypatch.setattr(frame, "MAX_BLOB", frame.MAX_RECORD + 3000)
    target = Overlay()
    c.compact_into(target, HOLDER)
    rows = sound(target)._st.view.history
    assert len(rows) > 2
    assert sum(r.records for r in rows) == 7
    assert rows[0].records > 1


@pytest.mark.parametrize("what", ["item", "history"])
def test_a_damaged_record_is_not_compacted(c: Container, medium: Overlay, what: str) -> None:
    """Compaction would destroy the last chance to repair it."""
    c.commit(Change(add=[NewItem("tray", "x", b"x" * 1000)]), HOLDER)
    st_ = c._st
    row = st_.view.rows[titled(c, "note")]
    at = row.offset if what == "item" else st_.view.history[0].offset
    medium.put(at + 60, b"damage!!")
    with pytest.raises(ItemDamaged):
        c.compact_into(Overlay(), HOLDER)


def test_a_damaged_entry_is_an_error_of_that_entry(c: Container, medium: Overlay) -> None:
    """All others can be read; it is not shown in part."""
    row = c._st.view.rows[titled(c, "note")]
    medium.flip(row.offset + 60, 3)
    again = Container.open(medium, SECRET)
    with pytest.raises(ItemDamaged):
        again.read(row.id)
    assert again.read(titled(again, "Zoé Löwe")) == b"{}"


@pytest.mark.parametrize("change", [{"size": 3}, {"digest": bytes(32)}, {"key": bytes(32)}, {"seq": 1}])
def test_content_that_is_not_what_the_row_says(c: Container, change: dict[str, Any]) -> None:
    """Another length, hash, key or commit: damaged, whoever's fault it is."""
    id_ = titled(c, "note")
    c._st.view.rows[id_] = c._st.view.rows[id_]._replace(**change)
    with pytest.raises(ItemDamaged):
        c.read(id_)


def test_a_content_of_another_hash_is_not_copied(c: Container) -> None:
    """Compaction checks the hash as a reader does."""
    id_ = titled(c, "note")
    c._st.view.rows[id_] = c._st.view.rows[id_]._replace(digest=bytes(32))
    with pytest.raises(ItemDamaged):
        c.compact_into(Overlay(), HOLDER)


@pytest.mark.parametrize("meta", [b"", b"{}", b"[]", b'{"date":"","media":"","title":1,"type":"tray"}', b"{ }"])
def test_a_meta_that_is_none(c: Container, meta: bytes) -> None:
    """Title, type, date and media are texts."""
    row = c._st.view.rows[titled(c, "note")]._replace(meta=meta)
    with pytest.raises(Malformed, match="meta"):
        row_meta(row)


def lost(medium: Overlay, c: Container) -> Container:
    """The next superblock is destroyed: a commit may be missing."""
    slot = (c.seq + 1) % ZONES
    medium.put(slot * ZONE + SUPERBLOCK_AT, bytes(BLOCK))
    return Container.open(medium, SECRET, write=True)


def test_nothing_is_written_before_the_user_agreed(c: Container, medium: Overlay) -> None:
    """Each way to write is refused; agreed, the record goes on with a gap that stays visible."""
    c.commit(Change(), HOLDER)
    c = lost(medium, c)
    assert c.blocked == ["commit-may-be-missing"]
    before = medium.read(0, medium.size())
    acts: list[Callable[[], object]] = [
        lambda: c.commit(Change(), HOLDER),
        lambda: c.change_secret(3, code(7), HOLDER),
        lambda: c.set_emergency_code(None, HOLDER),
        lambda: c.revoke({3: code(7)}, HOLDER),
        lambda: c.compact_into(Overlay(), HOLDER),
    ]
    for act in acts:
        with pytest.raises(ConsentNeeded):
            act()
    assert medium.read(0, medium.size()) == before
    c.agree()
    c.commit(Change(add=[NewItem("tray", "on", b"")]), HOLDER)
    assert (c.number, c.blocked) == (3, [])
    again = Container.open(medium, SECRET)
    assert again.findings == ()
    verdicts, _ = again.replay()
    assert [v.reasons for v in verdicts] == [(), (), ("gap",)]
    assert again.numbers()[again.head] == 3


def test_a_summary_that_is_damaged_stays_named(c: Container, medium: Overlay) -> None:
    """Commits and compaction go on without the page, until a professional signs a new one."""
    c.commit(Change(parts=[line("a")]), PROFESSIONAL)
    pointer = c._st.view.newest.summary
    for at in (pointer.offset, pointer.mirror):
        medium.put(at, bytes(pointer.length))
    c = Container.open(medium, SECRET, write=True)
    with pytest.raises(SummaryDamaged):
        c.summary()
    assert [f.name for f in open_emergency(medium, SIX).findings] == ["older-summary"]
    c.commit(Change(add=[NewItem("tray", "on", b"")]), HOLDER)
    target = Overlay()
    c.compact_into(target, HOLDER)
    assert {v.result for v in Container.open(target, SECRET).replay()[0]} == {"ok"}
    c.commit(Change(parts=[line("b")]), PROFESSIONAL)
    assert sound(medium).summary().parts() == [line("b")]


def test_a_page_of_another_statement_is_not_shown(c: Container) -> None:
    """The newest statement names the lines; a blob with others is an old one put back."""
    old = (c._st.view.newest.summary, c._st.view.newest.summary_key)
    c.commit(Change(parts=[line("a")]), PROFESSIONAL)
    c._st.view.newest.summary, c._st.view.newest.summary_key = old
    with pytest.raises(SummaryDamaged):
        c.summary()


def test_a_history_blob_that_does_not_open_is_one_gap(c: Container, medium: Overlay) -> None:
    """Told as broken; the heads around it are still there and the newest commit is shown."""
    c.commit(Change(), HOLDER)
    c.commit(Change(), HOLDER)
    row = c._st.view.history[1]
    medium.flip(row.offset + 60, 1)
    again = Container.open(medium, SECRET)
    verdicts, findings = again.replay()
    assert [v.result for v in verdicts] == ["ok", "broken", "ok"]
    assert (findings, len(again.heads())) == ([], 2)
    assert [record is None for _, record in again.history()] == [False, True, False]


def test_a_catalogue_that_tells_another_story_is_found(c: Container) -> None:
    """The rows against the replay: a status that no operation gave."""
    id_ = titled(c, "note")
    c._st.view.rows[id_] = c._st.view.rows[id_]._replace(visibility=1)
    verdicts, findings = c.replay()
    assert {v.result for v in verdicts} == {"ok"}
    assert [f.name for f in findings] == ["catalogue-differs"]


class Liar(MemoryMedium):
    """Gives back something else than it was given, at one place."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at

    def write(self, offset: int, data: bytes | memoryview) -> None:
        super().write(offset, data)
        if offset <= self.at < offset + len(data):
            self.data[self.at] ^= 1


@pytest.mark.parametrize("at", [0, ZONE, 3 * MIB, 3 * ZONE + SUPERBLOCK_AT, LOG, LOG + 300, 20 * MIB - 1])
def test_a_medium_that_lies_is_found_at_creation(at: int) -> None:
    """Every byte of a new file is read back."""
    with pytest.raises(NotVerified):
        Container.create(Liar(at), {3: SECRET}, Change(add=[NewItem("identity", "x", b"")]), HOLDER)


def test_a_medium_that_lies_is_found_at_a_commit(c: Container, medium: Overlay) -> None:
    """The frame and the superblock are read back; the session ends, the record stands."""
    liar = Liar(c._st.commit.next_free + 300)
    liar.data = bytearray(medium.read(0, medium.size()))
    session = Container.open(liar, SECRET, write=True)
    with pytest.raises(NotVerified):
        session.commit(Change(add=[NewItem("tray", "x", b"x")]), HOLDER)
    assert titled(Container.open(liar, SECRET), "note")


def test_who_wrote_it_is_told(c: Container, medium: Overlay) -> None:
    """Role, program, clock and time of each commit, and the identity that it was made for."""
    declared = Author("2020-02-29T00:00:00Z", clock="declared", software="importer 1")
    c.commit(Change(), declared)
    outer, inner = c._st.record.outer_value(), c._st.record.inner_value()
    assert (outer["utc"], outer["clock"], inner["software"], inner["role"]) == (
        "2020-02-29T00:00:00Z", "declared", "importer 1", "holder",
    )  # fmt: skip
    (identity,) = (r for r in c._st.view.rows.values() if json.loads(r.meta)["type"] == "identity")
    assert inner["subject"] == identity.commitment().hex()
    verdicts, _ = Container.open(medium, SECRET).replay()
    assert verdicts[-1].reasons == ("clock-went-back",)


def test_a_second_identity_needs_the_first_to_go(c: Container, medium: Overlay) -> None:
    """Replaced it may be, and the change is told; without any, the subject is empty."""
    c.commit(Change(add=[NewItem("identity", "new name", b"", of=titled(c, "Zoé Löwe"))]), HOLDER)
    verdicts, _ = Container.open(medium, SECRET).replay()
    assert verdicts[-1].reasons == ("identity-changed",)
    c.commit(Change(withdraw=[titled(c, "new name")]), HOLDER)
    assert c._st.record.inner_value()["subject"] == "0" * 64
    with pytest.raises(WriteRefused, match="one identity"):
        c.commit(Change(add=[NewItem("identity", t, b"") for t in "ab"]), HOLDER)


def test_one_commit_may_bring_an_entry_and_what_replaces_it(c: Container, medium: Overlay) -> None:
    """A history that comes in whole: two versions of a fact and one that was withdrawn, by a single signature."""
    one, two, three = (bytes([n]) * 16 for n in (1, 2, 3))
    add = [
        NewItem("allergy", "first", b"1", id=one),
        NewItem("allergy", "second", b"2", id=two, of=one),
        NewItem("allergy", "gone", b"3", id=three),
    ]
    c.commit(Change(add=add, withdraw=[three]), PROFESSIONAL)
    with Container.open(medium, SECRET) as again:
        found = {e.id: e.status for e in again.entries(*ALL)}
        assert (found[one], found[two], found[three]) == ("replaced", "live", "withdrawn")
        verdicts, findings = again.replay()
        assert [v.result for v in verdicts] == ["ok"] * len(verdicts)
        assert findings == []


def test_an_entry_that_a_commit_brings_opens_no_way_around_the_rules(c: Container) -> None:
    """The holder replaces no own note by a signed kind, in one commit or in two; what comes later is not there yet."""
    one, two = (bytes([n]) * 16 for n in (1, 2))
    note, signed = NewItem("tray", "n", b"1", id=one), NewItem("allergy", "a", b"2", id=two, of=one)
    before = c.head
    with pytest.raises(HolderNotAllowed):
        c.commit(Change(add=[note, signed]), HOLDER)
    with pytest.raises(HolderNotAllowed):
        c.commit(Change(add=[NewItem("allergy", "a", b"2", id=two)], withdraw=[two]), HOLDER)
    with pytest.raises(NoSuchItem):
        c.commit(Change(add=[signed, note]), PROFESSIONAL)
    assert c.head == before


def test_what_opens_a_commitment(c: Container) -> None:
    """Blind, hash, meta and commitment of an entry; of an erased one nothing is left."""
    (note,) = [e for e in c.entries() if e.meta["type"] == "tray"]
    blind, digest, meta, commitment = c.opening(note.id)
    assert digest == hashlib.sha256(b"seen").digest()
    assert json.loads(meta) == note.meta
    known = [op for _, r in c.history() if r for op in r.inner_value()["ops"] if op.get("id") == note.id.hex()]
    assert [op["commitment"] for op in known] == [commitment.hex()]
    assert len(blind) == 32
    c.commit(Change(erase=[note.id]), HOLDER)
    with pytest.raises(ItemErased):
        c.opening(note.id)
    with pytest.raises(NoSuchItem):
        c.opening(bytes(16))
