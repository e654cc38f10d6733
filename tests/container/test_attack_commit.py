"""Attacks on commits, superblocks and frames (findings 2, 9, 10, 18, 19, 20, 25, 27, 28 of the design review)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from baladeur.container import suite
from baladeur.container.change import Change, NewItem
from baladeur.container.container import Container
from baladeur.container.layout import LOG, MIN_SIZE, PAGE, ZONE, ZONES, file_size, padme, superblock_at
from baladeur.container.medium import MemoryMedium
from baladeur.container.reader import open_dossier
from baladeur.errors import BaladeurError, ConsentNeeded, ItemDamaged, Malformed
from tests.container.attack_forge import (
    HOLDER,
    OTHER,
    CutMedium,
    ForgingWriter,
    GuardedMedium,
    Lie,
    destroy,
    doctor,
    holder,
    names,
    new_record,
    one,
    signed_record,
    verdicts,
)


def drop(medium: MemoryMedium, commits: int = 1) -> int:
    """What somebody without keys does: destroy the newest superblocks and frame headers. The seq before."""
    c = open_dossier(medium, HOLDER).commit
    frames: list[int] = []
    at = c.next_free
    with_header = open_dossier(medium, HOLDER)
    while len(frames) < commits:  # the keyless attacker sees where the last writes went
        at -= PAGE
        key = suite.derive(c.log_key, "frame", with_header.header.container_id)
        try:
            suite.unseal(key, suite.context("frame", with_header.header.container_id, c.log_id), medium.read(at, 200))
        except suite.SealBroken:
            continue
        frames.append(at)
    for number, frame in enumerate(frames):
        destroy(medium, frame, 128)
        destroy(medium, superblock_at((c.seq - number) % ZONES), 4096)
    return c.seq - commits


@pytest.mark.parametrize("commits", [1, 2, 3])
def test_dropped_last_commits(commits: int) -> None:
    """Finding 9: newest superblocks and frame headers destroyed. Verdict: commit-may-be-missing, read-only."""
    medium = signed_record()
    seq = drop(medium, commits)
    before = bytes(medium.data)
    c = Container.open(medium, HOLDER, write=True)
    assert c.seq == seq
    assert c.blocked == ["commit-may-be-missing"]
    with pytest.raises(ConsentNeeded):
        c.commit(Change(), holder(9))
    assert medium.data == before, "the evidence was overwritten"


def test_dropped_commit_after_a_barrier() -> None:
    """Finding 9: the same right after an erasure, when all slots are equal. Verdict: commit-may-be-missing."""
    medium = signed_record()
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(erase=[one(c, "tray")]), holder(6))
        c.commit(Change(add=[NewItem("note", "n", b"n")]), doctor(7))
    drop(medium)
    assert Container.open(medium, HOLDER).blocked == ["commit-may-be-missing"]


def test_dropped_first_commit() -> None:
    """Finding 9: the only commit after creation. Verdict: commit-may-be-missing."""
    medium = new_record(emergency=False)
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(), holder(2))
    drop(medium)
    assert Container.open(medium, HOLDER).blocked == ["commit-may-be-missing"]


def test_going_on_after_a_loss_leaves_a_gap() -> None:
    """Finding 9: the user agrees and goes on. Verdict: gap, for ever; the old slot and frame are not reused."""
    medium = signed_record()
    seq = drop(medium)
    with Container.open(medium, HOLDER, write=True) as c:
        c.agree()
        c.commit(Change(), holder(9))
        assert c.seq >= seq + 2
    c = Container.open(medium, HOLDER)
    assert names(c) == []
    found, _ = c.replay()
    assert "gap" in found[-1].reasons
    assert [v.result for v in found] == ["ok"] * 5


def test_superblock_alone_lost_is_rolled_forward() -> None:
    """Finding 9: only the superblock is destroyed, the frame stands. Verdict: rolled-forward, nothing is lost."""
    medium = signed_record()
    seq = open_dossier(medium, HOLDER).commit.seq
    destroy(medium, superblock_at(seq % ZONES), 4096)
    c = Container.open(medium, HOLDER)
    assert (c.seq, c.blocked) == (seq, [])
    assert "rolled-forward" in names(c)


def test_any_three_superblocks_lost() -> None:
    """Finding 9: one slot survives, whichever. Verdict: the newest commit, by rolling forward."""
    start = signed_record()
    seq = open_dossier(start, HOLDER).commit.seq
    for kept in range(ZONES):
        medium = MemoryMedium(bytes(start.data))
        for slot in range(ZONES):
            if slot != kept:
                destroy(medium, superblock_at(slot), 4096)
        assert Container.open(medium, HOLDER).seq == seq


def test_unadopted_barrier() -> None:
    """Finding 2: an erasure cut after its frame, before its superblock. Verdict: it did not happen."""
    start = bytes(signed_record().data)
    for writes in range(100):
        medium = CutMedium(start, writes)
        c = Container.open(medium, HOLDER, write=True)
        id_, seq = one(c, "allergy"), c.seq
        superblocks = [medium.read(superblock_at(s), 4096) for s in range(ZONES)]
        try:
            c.commit(Change(erase=[id_]), holder(6))
            break
        except ConnectionAbortedError:
            pass
        if superblocks != [medium.read(superblock_at(s), 4096) for s in range(ZONES)]:
            break
        again = Container.open(medium, HOLDER)
        assert (again.seq, names(again)) in ((seq, []), (seq, ["barrier-unfinished"]))
        assert len(again.read(id_)) == 300
    assert writes >= 2
    medium.left = 10_000
    after = Container.open(medium, HOLDER, write=True)
    assert one(after, "medication")
    assert names(Container.open(medium, HOLDER)) == []


@pytest.mark.parametrize("torn", [True, False])
def test_unadopted_barrier_with_a_torn_superblock(torn: bool) -> None:
    """Finding 2: the superblock of an erasure is torn, or older ones were put back. Verdict: barrier-unfinished."""
    medium = signed_record()
    st = open_dossier(medium, HOLDER)
    blocks = [medium.read(superblock_at(s), 4096) for s in range(ZONES)]
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(erase=[one(c, "tray")]), holder(6))
    for slot, block in enumerate(blocks):
        medium.write(superblock_at(slot), block)
    if torn:
        destroy(medium, superblock_at((st.commit.seq + 1) % ZONES), 4096)
    c = Container.open(medium, HOLDER)
    assert (c.seq, names(c)) == (st.commit.seq, ["barrier-unfinished"])
    assert c.blocked == []


def test_erasure_cut_at_every_write() -> None:
    """Finding 2: an erasure pulled at each write. Verdict: before or after, and never `erased` while bytes remain."""
    filled = signed_record()
    with Container.open(filled, HOLDER, write=True) as c:
        c.commit(Change(add=[NewItem("scan", "a long one", b"x" * 70_000)]), doctor(6))
    start = bytes(filled.data)
    st = open_dossier(MemoryMedium(start), HOLDER)
    (row,) = (r for r in st.view.rows.values() if b'"scan"' in r.meta)
    inside = start[row.offset + PAGE : row.offset + PAGE + 64]  # bytes of a page that nothing else shares
    for writes in range(200):
        medium = CutMedium(start, writes)
        try:
            Container.open(medium, HOLDER, write=True).commit(Change(erase=[row.id]), holder(7))
            break
        except ConnectionAbortedError:
            pass
        seen = Container.open(MemoryMedium(bytes(medium.data)), HOLDER)
        assert seen.blocked in ([], ["commit-may-be-missing"])
        gone = row.id not in [e.id for e in seen.entries()]
        if gone and "barrier-pending" not in names(seen):
            assert inside not in medium.data
        if not gone:
            assert len(seen.read(row.id)) == row.size
        medium.left = 10_000
        Container.open(medium, HOLDER, write=True)
        finished = Container.open(medium, HOLDER)
        assert "barrier-pending" not in names(finished)
        if gone:
            assert inside not in medium.data
    else:
        pytest.fail("never finished")
    assert inside not in medium.data


def test_stale_frame_of_another_log() -> None:
    """Finding 19: after compaction, an old frame stands at next free. Verdict: not adopted, no finding."""
    medium, compacted = signed_record(), MemoryMedium()
    old = open_dossier(medium, HOLDER).commit
    with Container.open(medium, HOLDER, write=True) as c:
        c.compact_into(compacted, holder(6))
        c.commit(Change(add=[NewItem("tray", "the other branch", b"x")]), holder(6))
    new = open_dossier(compacted, HOLDER).commit
    assert new.log_id != old.log_id
    stale = medium.read(old.next_free, PAGE)
    compacted.write(new.next_free, stale)
    c = Container.open(compacted, HOLDER)
    assert (c.seq, names(c)) == (new.seq, [])


def test_frame_of_another_branch() -> None:
    """Finding 19: two copies went on apart; one's frame is carried to the other. Verdict: not adopted (prev)."""
    a = signed_record()
    b = MemoryMedium(bytes(a.data))
    at = open_dossier(a, HOLDER).commit.next_free
    for medium, title in ((a, "a"), (b, "b")):
        with Container.open(medium, HOLDER, write=True) as c:
            c.commit(Change(add=[NewItem("tray", title, b"x")]), holder(6))
            c.commit(Change(add=[NewItem("tray", title + "2", b"x")]), holder(7))
    newest = open_dossier(a, HOLDER).commit
    second = at + PAGE
    a.write(second, b.read(second, PAGE))
    destroy(a, superblock_at(newest.seq % ZONES), 4096)
    c = Container.open(a, HOLDER)
    assert c.seq == newest.seq - 1
    assert c.blocked == ["commit-may-be-missing"]
    assert "b2" not in [e.meta["title"] for e in c.entries()]


def test_frame_moved() -> None:
    """Finding 19: a frame copied to another boundary. Verdict: no frame, for it says its own offset."""
    medium = signed_record()
    c = open_dossier(medium, HOLDER).commit
    medium.write(c.next_free, medium.read(LOG, PAGE))
    medium.write(c.next_free + PAGE, medium.read(LOG + PAGE, PAGE))
    assert names(Container.open(medium, HOLDER)) == []


@pytest.mark.parametrize("when", ["created", "committed", "erased", "compacted"])
def test_hole_of_four_mib_anywhere(when: str) -> None:
    """Findings 10 and 18: one dead erase block, wherever. Verdict: it opens, and what lay in it is named."""
    medium = new_record(emergency=False) if when == "created" else signed_record()
    if when == "erased":
        with Container.open(medium, HOLDER, write=True) as c:
            c.commit(Change(erase=[one(c, "tray")]), holder(6))
    if when == "compacted":
        target = MemoryMedium()
        with Container.open(medium, HOLDER, write=True) as c:
            c.compact_into(target, holder(6))
        medium = target
    good, end = bytes(medium.data), open_dossier(medium, HOLDER).commit.next_free
    ids = [e.id for e in Container.open(medium, HOLDER).entries()]
    hole = bytes(ZONE)
    for at in range(0, len(good), 1 << 20):
        holed = MemoryMedium((good[:at] + hole + good[at + ZONE :])[: len(good)])
        c = Container.open(holed, HOLDER)
        damaged = []
        for entry in c.entries():
            try:
                c.read(entry.id)
            except ItemDamaged:
                damaged.append(entry.id)
        missing = set(ids) - {e.id for e in c.entries()}
        said = " ".join(f.detail for f in c.findings if f.name == "entries-missing")
        assert names(c) or at >= end, f"a hole at {at} was not noticed"
        if "older-commit-shown" not in names(c):
            assert all(i.hex() in said for i in missing), f"a hole at {at} took entries in silence"
        if at + ZONE <= LOG:
            assert not damaged
            assert not missing


def test_one_dead_sector_at_a_time() -> None:
    """Finding 10: right after creation, each sector of the frame in turn. Verdict: it opens; entries are listed."""
    medium = new_record(emergency=False)
    end = open_dossier(medium, HOLDER).commit.next_free
    good = bytes(medium.data)
    for at in range(LOG, end, 512):
        medium.data[at : at + 512] = bytes(512)
        assert len(Container.open(medium, HOLDER).entries()) == 1
        medium.data[at : at + 512] = good[at : at + 512]


def test_reading_writes_nothing() -> None:
    """Finding 20: everything that a session would mend, opened for reading. Verdict: not one write."""
    medium = signed_record()
    st = open_dossier(medium, HOLDER)
    destroy(medium, 0, 4096)
    destroy(medium, superblock_at(st.commit.seq % ZONES), 4096)
    destroy(medium, superblock_at((st.commit.seq + 2) % ZONES), 100)
    del medium.data[-4096:]
    guarded = GuardedMedium(bytes(medium.data))
    c = Container.open(guarded, HOLDER)
    assert {"header-copy-damaged", "rolled-forward", "size-unexpected"} <= set(names(c))
    c.replay()
    c.summary()
    assert [len(c.read(e.id)) for e in c.entries()]


def test_session_mends_what_reading_named() -> None:
    """Finding 20: the same file in a write session. Verdict: no finding afterwards, and the padded size again."""
    medium = signed_record()
    st = open_dossier(medium, HOLDER)
    destroy(medium, 0, 4096)
    destroy(medium, superblock_at(st.commit.seq % ZONES), 4096)
    del medium.data[-4096:]
    Container.open(medium, HOLDER, write=True)
    assert names(Container.open(medium, HOLDER)) == []
    assert medium.size() == MIN_SIZE
    assert verdicts(medium) == (["ok"] * 5, [], [])


def test_anchor_survives_and_tells_nothing() -> None:
    """Finding 25: the workstation's memory. Verdict: same tag after revoke and compaction; not made of the clear id."""
    medium, target = signed_record(), MemoryMedium()
    with Container.open(medium, HOLDER, write=True) as c:
        tag = c.anchor()[0]
        c.revoke({3: OTHER}, holder(6))
        assert c.anchor()[0] == tag
        c.compact_into(target, holder(7))
    c = Container.open(target, OTHER)
    assert c.anchor() == (tag, c.seq, c.head)
    assert tag not in (suite.mac(c.id, c.id), suite.mac(b"", c.id))
    other = new_record(emergency=False)
    assert Container.open(other, HOLDER).anchor()[0] != tag


def test_growth_has_few_sizes() -> None:
    """Finding 27: every size on the way. Verdict: min(Padmé(max(end + 1 MiB, 20 MiB)), 3900 MiB), never shrinking."""
    assert file_size(LOG) == MIN_SIZE
    assert file_size(19 << 20) == MIN_SIZE
    assert file_size((19 << 20) + 1) == 21_495_808
    assert file_size(3899 << 20) == 3900 << 20
    assert padme(MIN_SIZE) == MIN_SIZE
    medium = new_record(emergency=False)
    with Container.open(medium, HOLDER, write=True) as c:
        for day in range(2, 9):
            c.commit(Change(add=[NewItem("tray", "scan", suite.random(900_000))]), holder(day))
            assert medium.size() == file_size(open_dossier(medium, HOLDER).commit.next_free)
    assert medium.size() > MIN_SIZE


def test_same_place_written_twice() -> None:
    """Note 28: a torn commit is done again at the same offset and seq. Verdict: the two frames share no 12 bytes."""
    medium = signed_record()
    at = open_dossier(medium, HOLDER).commit.next_free
    frames = []
    for _ in range(2):
        again = MemoryMedium(bytes(medium.data))
        with Container.open(again, HOLDER, write=True) as c:
            c.commit(Change(add=[NewItem("tray", "same", b"same" * 100)]), holder(6))
        frames.append(again.read(at, PAGE))
    windows = {frames[0][i : i + 12] for i in range(PAGE - 11)}
    assert not [i for i in range(PAGE - 11) if frames[1][i : i + 12] in windows]


def test_leftovers_of_a_longer_torn_frame() -> None:
    """Note 28: a long frame is torn, a short one takes its place. Verdict: the leftovers are no frames."""
    medium = signed_record()
    at, lost = open_dossier(medium, HOLDER).commit.next_free, MemoryMedium(bytes(medium.data))
    with Container.open(lost, HOLDER, write=True) as c:
        c.commit(Change(add=[NewItem("tray", "long", bytes(200_000))]), holder(6))
    medium.write(at + PAGE, lost.read(at + PAGE, 200_000))  # all of it but its first page
    assert names(Container.open(medium, HOLDER)) == []
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(add=[NewItem("tray", "short", b"s")]), holder(7))
        seq = c.seq
    c = Container.open(medium, HOLDER)
    assert (c.seq, names(c)) == (seq, [])
    assert "long" not in [e.meta["title"] for e in c.entries()]


@pytest.mark.parametrize("next_free", [LOG, LOG + 512, (3900 << 20) + PAGE, 0, 2**63])
def test_superblock_points_outside(next_free: int) -> None:
    """Finding 21: next free before the log, off its grid or past the cap. Verdict: Malformed."""
    medium = signed_record()
    ForgingWriter(medium).rewrite(Lie(commit=lambda c: replace(c, next_free=next_free)))
    with pytest.raises(Malformed):
        Container.open(medium, HOLDER)


def told(shape: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """An inner half of any shape, under the true state."""
    return lambda value: {**shape, "state": value["state"]}


def test_rescue_of_a_hostile_record() -> None:
    """Finding 21: no superblock leads to a catalogue, and the records are of any shape. Verdict: our errors."""
    shapes: tuple[dict[str, Any], ...] = (
        {"v": 1},
        {"seq": "x", "state": "x", "ops": "x"},
        {"seq": 70_000, "ops": ["x", {"id": []}, {"op": []}], "state": []},
    )
    for shape in shapes:
        medium = signed_record()
        f = ForgingWriter(medium)
        f.commit(Lie(inner=told(shape)))
        c = open_dossier(medium, HOLDER).commit
        for slot in range(ZONES):
            if slot != c.seq % ZONES:
                destroy(medium, superblock_at(slot), 4096)
        destroy(medium, c.full.offset, 256)
        try:
            Container.open(medium, HOLDER).replay()
        except BaladeurError:
            continue
    medium = signed_record()
    c = open_dossier(medium, HOLDER).commit
    for pointer in (c.full, c.recent):
        destroy(medium, pointer.offset, 256)
    assert Container.open(medium, HOLDER).blocked
