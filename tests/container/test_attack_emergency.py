"""Attacks on the emergency page (findings 6, 7 and 8 of the design review)."""

import pytest

from baladeur.container import suite
from baladeur.container.change import Change, NewItem
from baladeur.container.container import Container
from baladeur.container.emergency import open_emergency
from baladeur.container.layout import SUPERBLOCK_AT, ZONE, ZONES, Pointer, Vital, open_part, superblock_at
from baladeur.container.medium import MemoryMedium
from baladeur.container.reader import open_dossier
from baladeur.container.state import State
from baladeur.container.suite import SealBroken
from baladeur.container.summary import Summary
from baladeur.errors import BaladeurError, HolderNotAllowed, NoSuchItem, SummaryDamaged, WriteRefused
from tests.container.attack_forge import (
    EMERGENCY,
    HOLDER,
    NEW_EMERGENCY,
    ForgingWriter,
    GuardedMedium,
    Lie,
    destroy,
    doctor,
    forge_part_a,
    headers,
    holder,
    line,
    names,
    new_record,
    one,
    signed_record,
    verdicts,
    vital_key,
)

FREE = 19 << 20  # in the unused tail of the smallest file


def vitals(medium: MemoryMedium) -> list[Vital]:
    """The four part A, as the holder of the code reads them."""
    key, cid = vital_key(medium), headers(medium)[0][24:40]
    return [Vital.unpack(open_part("a", key, cid, s, medium.read(superblock_at(s), 4096))) for s in range(ZONES)]


def sealed_summary(medium: MemoryMedium, data: bytes, seq: int) -> Vital:
    """Seal summary bytes into the unused tail, with a key of one's own."""
    key = suite.random(32)
    blob = suite.seal(key, suite.context("summary", headers(medium)[0][24:40], seq=seq), data)
    medium.write(FREE, blob)
    return Vital(seq, Pointer(seq, FREE, 0, len(blob)), key)


def old_page(medium: MemoryMedium) -> tuple[Vital, str]:
    """Write a newer page; return where the old one is, and its date."""
    old = max(vitals(medium), key=lambda v: v.seq)
    date = str(page(medium).outer_value()["utc"])
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(parts=[line("no more warfarin", one(c, "medication"))]), doctor(9))
    return old, date


def page(medium: MemoryMedium) -> Summary:
    """The page that the code shows."""
    summary = open_emergency(medium, EMERGENCY).summary
    assert summary is not None
    return summary


def texts(medium: MemoryMedium) -> bytes:
    """All lines, signed and declared, as one text."""
    return b"\n".join([*page(medium).parts(), *page(medium).declared])


def state_of(medium: MemoryMedium) -> State:
    """The dossier as opened."""
    return open_dossier(medium, HOLDER)


@pytest.mark.parametrize("how", ["pointer", "key", "nothing", "seq", "huge seq", "outside"])
def test_forged_part_a(how: str) -> None:
    """Finding 8: the holder of the code seals another part A. Verdict: part-a-forged; the dossier never follows it."""
    medium = signed_record()
    st = state_of(medium)
    slot = st.commit.seq % ZONES
    good = vitals(medium)[slot]
    p = good.summary
    forged = {
        "pointer": Vital(good.seq, Pointer(p.seq, FREE, p.mirror, p.length), good.key),
        "key": Vital(good.seq, p, bytes(32)),
        "nothing": Vital(good.seq, Pointer()),
        "seq": Vital(good.seq + 1, p, good.key),
        "huge seq": Vital(2**64 - 1, p, good.key),
        "outside": Vital(good.seq, Pointer(p.seq, 4096, 0, p.length), good.key),
    }[how]
    forge_part_a(medium, st.header.container_id, slot, forged, vital_key(medium))
    c = Container.open(medium, HOLDER)
    assert names(c) == ["part-a-forged"]
    assert [b"penicillin" in part for part in c.summary().parts()] == [True, False]
    Container.open(medium, HOLDER, write=True)
    assert names(Container.open(medium, HOLDER)) == []
    assert b"penicillin" in texts(medium)


def test_replayed_older_summary() -> None:
    """Finding 8: part A led back to the older page. Verdict: part-a-forged; the page shows the older signed date."""
    medium = signed_record()
    old, date = old_page(medium)
    st = state_of(medium)
    replayed = Vital(st.commit.seq, old.summary, old.key)
    forge_part_a(medium, st.header.container_id, st.commit.seq % ZONES, replayed, vital_key(medium))
    assert page(medium).outer_value()["utc"] == date
    assert date < str(st.record.outer_value()["utc"])
    assert names(Container.open(medium, HOLDER)) == ["part-a-forged"]


def test_torn_a_and_b() -> None:
    """Finding 9: part A of an older commit beside a newer part B. Verdict: named; the dossier goes by B."""
    medium = signed_record()
    st = state_of(medium)
    slot = st.commit.seq % ZONES
    at = slot * ZONE + SUPERBLOCK_AT
    before = medium.read(at, 512)
    with Container.open(medium, HOLDER, write=True) as c:
        for day in range(6, 10):
            c.commit(Change(), holder(day))
        seq = c.seq
    medium.write(at, before)
    c = Container.open(medium, HOLDER)
    assert c.seq == seq
    assert names(c) in (["part-a-damaged"], ["part-a-forged"])
    assert c.blocked == []


@pytest.mark.parametrize("where", ["part", "blind", "commitment", "outer", "order"])
def test_altered_line(where: str) -> None:
    """Finding 7 and 8: one byte of the signed page changed by the holder of the code. Verdict: SummaryDamaged."""
    medium = signed_record()
    good = page(medium)
    data = good.pack()
    data = {
        "part": data.replace(b"penicillin!", b"penicillin?"),
        "blind": data.replace(good.openings[0][0], bytes(32)),
        "commitment": data.replace(good.commitments[1], bytes(32)),
        "outer": data.replace(b'"clock":"host"', b'"clock":"hosT"'),
        "order": data.replace(b"\x00\x00\x00\x00" + good.openings[0][0], b"\x01\x00\x00\x00" + good.openings[0][0]),
    }[where]
    assert data != good.pack()
    st = state_of(medium)
    for slot in range(ZONES):
        forged = sealed_summary(medium, data, st.commit.seq)
        forge_part_a(medium, st.header.container_id, slot, forged, vital_key(medium))
    with pytest.raises(SummaryDamaged):
        open_emergency(medium, EMERGENCY)
    assert "part-a-forged" in names(Container.open(medium, HOLDER))


def test_altered_page_in_one_slot_falls_back() -> None:
    """Finding 8: the same in the newest slot alone. Verdict: older-summary, and the page of the slot before."""
    medium = signed_record()
    st = state_of(medium)
    data = page(medium).pack().replace(b"penicillin!", b"penicillin?")
    forged = sealed_summary(medium, data, st.commit.seq)
    forge_part_a(medium, st.header.container_id, st.commit.seq % ZONES, forged, vital_key(medium))
    found = open_emergency(medium, EMERGENCY)
    assert [f.name for f in found.findings] == ["older-summary"]
    assert b"penicillin!" in texts(medium)


@pytest.mark.parametrize("what", ["destroyed", "malformed"])
def test_part_a_that_does_not_open_is_said(what: str) -> None:
    """Finding 8: one of the four is gone. Verdict: part-a-damaged, beside the page."""
    medium = signed_record()
    slot = (state_of(medium).commit.seq + 2) % ZONES
    if what == "destroyed":
        destroy(medium, superblock_at(slot), 100)
    else:
        forged = Vital(5, Pointer(5, 4096, 0, 100), bytes(32))
        forge_part_a(medium, headers(medium)[0][24:40], slot, forged, vital_key(medium))
    found = open_emergency(medium, EMERGENCY)
    assert ("part-a-damaged", str(slot)) in found.findings
    assert found.summary is not None


def test_summary_of_another_record() -> None:
    """Finding 8: a real signed page of somebody else, sealed in. Verdict: SummaryDamaged (another container)."""
    medium, donor = signed_record(), new_record()
    with Container.open(donor, HOLDER, write=True) as c:
        c.commit(Change(parts=[line("blood group O")]), doctor(2))
    forged = sealed_summary(medium, page(donor).pack(), 2**40)
    for slot in range(ZONES):
        forge_part_a(medium, headers(medium)[0][24:40], slot, forged, vital_key(medium))
    with pytest.raises(SummaryDamaged):
        open_emergency(medium, EMERGENCY)


def test_page_of_a_demonstration_record() -> None:
    """Finding 24: a page whose outer says demo in a real record. Verdict: SummaryDamaged."""
    medium = signed_record()
    good = page(medium)
    good.outer = good.outer.replace(b'"demo":false', b'"demo":true')
    forged = sealed_summary(medium, good.pack(), 2**40)
    for slot in range(ZONES):
        forge_part_a(medium, headers(medium)[0][24:40], slot, forged, vital_key(medium))
    with pytest.raises(SummaryDamaged):
        open_emergency(medium, EMERGENCY)


def test_lines_without_a_signature() -> None:
    """Finding 8: the holder of the code makes outer and lines himself, no CMS. Verdict: SummaryDamaged, or unsigned."""
    medium = signed_record()
    good = page(medium)
    forged_page = Summary.of([line("healthy as an ox")], [])
    forged_page.outer = good.outer.replace(good.digest.hex().encode(), forged_page.digest.hex().encode())
    forged = sealed_summary(medium, forged_page.pack(), 2**40)
    for slot in range(ZONES):
        forge_part_a(medium, headers(medium)[0][24:40], slot, forged, vital_key(medium))
    try:
        shown = page(medium)
    except SummaryDamaged:
        return
    assert shown.cms == b"", "nothing says that the lines are unsigned"


def test_code_opens_no_more_than_the_page() -> None:
    """Finding 6: K_vital and K_sum tried on everything. Verdict: no part B, catalogue, history, item or frame opens."""
    medium = signed_record()
    st = state_of(medium)
    cid, c = st.header.container_id, st.commit
    keys = [vital_key(medium), *(v.key for v in vitals(medium))]
    keys += [suite.derive(k, label, cid) for k in keys for label in ("frame", "history", "superblock b", "header mac")]
    places = [(s * ZONE + SUPERBLOCK_AT + 512, 584, "superblock b", bytes([s]).ljust(16, b"\0"), 0) for s in range(4)]
    places += [(h.offset, h.length, "history", bytes(16), h.first_seq) for h in st.view.history]
    places += [(r.offset, r.length, "item", r.id, r.seq) for r in st.view.rows.values()]
    places += [(p.offset, p.length, "catalogue", c.log_id, p.seq) for p in (c.full, c.recent) if p.length]
    places += [(16 << 20, 200, "frame", c.log_id, 0)]
    for key in keys:
        for offset, length, label, object_id, seq in places:
            with pytest.raises(SealBroken):
                suite.unseal(key, suite.context(label, cid, object_id, seq), medium.read(offset, length))


def test_page_tells_no_history() -> None:
    """Finding 6: the page's bytes are searched for the inner half. Verdict: no ops, state, prev, subject or inner."""
    medium = signed_record()
    st = state_of(medium)
    data = page(medium).pack()
    inner = st.record.inner_value()
    for secret in (inner["state"], inner["prev"], inner["subject"], "ops", "role", "prev", "software"):
        assert str(secret).encode() not in data
    assert set(page(medium).outer_value()) == {
        "v", "suite", "container", "utc", "clock", "demo", "summary", "private",
    }  # fmt: skip


def test_first_number_is_random() -> None:
    """Finding 6: the seq in part A tells the number of visits. Verdict: it starts anywhere in [2¹⁶, 2³¹)."""
    first = [open_emergency(new_record(), EMERGENCY).seq for _ in range(3)]
    assert all(1 << 16 <= seq < 1 << 31 for seq in first)
    assert len(set(first)) == 3


def test_older_pages_after_a_barrier() -> None:
    """Finding 6: an entry of the page is erased. Verdict: no part A leads to an older page, no room holds one."""
    medium = signed_record()
    kept = vitals(medium)
    old_page(medium)
    kept += vitals(medium)
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(erase=[one(c, "medication")]), holder(10))
    cid = headers(medium)[0][24:40]
    for vital in kept:
        p = vital.summary
        with pytest.raises(SealBroken):
            suite.unseal(vital.key, suite.context("summary", cid, seq=p.seq), medium.read(p.mirror, p.length))
    now = vitals(medium)
    assert len({v.seq for v in now}) == len({v.key for v in now}) == 1
    assert now[0].key not in [v.key for v in kept]
    assert b"warfarin" not in texts(medium)


def test_erasure_by_the_holder_takes_its_line() -> None:
    """Finding 7: an entry on the page is erased. Verdict: 1 line withdrawn; the other line still verifies; ok."""
    medium = signed_record()
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(erase=[one(c, "allergy")]), holder(6))
    summary = page(medium)
    assert summary.withdrawn == 1
    assert [b"warfarin" in part for part in summary.parts()] == [True]
    assert summary.cms
    assert b"penicillin" not in texts(medium)
    assert verdicts(medium) == (["ok"] * 6, [], [])


def test_line_concealed_by_the_holder() -> None:
    """Finding 7: one line removed. Verdict: 1 line withdrawn, same digest, same signature, history ok."""
    medium = signed_record()
    before = page(medium)
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(conceal=[1]), holder(6))
        with pytest.raises(NoSuchItem):
            c.commit(Change(conceal=[1]), holder(7))
        with pytest.raises(NoSuchItem):
            c.commit(Change(conceal=[-1]), holder(7))
    after = page(medium)
    assert (after.withdrawn, after.digest, after.cms) == (1, before.digest, before.cms)
    assert list(after.openings) == [0]
    assert verdicts(medium) == (["ok"] * 6, [], [])


def test_line_that_names_several_entries_falls_with_each() -> None:
    """Finding 7: one line made of two entries, one erased. Verdict: the whole line is withdrawn."""
    medium = signed_record()
    with Container.open(medium, HOLDER, write=True) as c:
        both = line("penicillin and warfarin", one(c, "allergy"), one(c, "medication"))
        c.commit(Change(parts=[both], declared=[line("ask about it", one(c, "allergy"))]), doctor(6))
        c.commit(Change(erase=[one(c, "allergy")]), holder(7))
    assert (page(medium).withdrawn, page(medium).parts(), page(medium).declared) == (1, [], [])


def test_holder_adds_a_line() -> None:
    """Finding 7: an opening that no commitment has, in a new blob. Verdict: SummaryDamaged."""
    medium = signed_record()
    f = ForgingWriter(medium)
    forged = page(medium)
    forged.openings[2] = (bytes(32), line("healthy as an ox"))
    f.commit(Lie(summary=forged))
    with pytest.raises(SummaryDamaged):
        Container.open(medium, HOLDER).summary()


def test_page_of_an_unsigned_record() -> None:
    """Finding 8: no professional ever signed. Verdict: no signed part, no CMS; declared lines only; parts refused."""
    medium = new_record()
    assert (page(medium).commitments, page(medium).cms) == ([], b"")
    assert b"daughter" in texts(medium)
    with Container.open(medium, HOLDER, write=True) as c, pytest.raises(HolderNotAllowed):
        c.commit(Change(parts=[line("healthy as an ox")]), holder(2))


def test_dossier_only_item_leaves_the_page() -> None:
    """Finding 7: an entry is set to dossier only. Verdict: its line is withdrawn; history ok."""
    medium = signed_record()
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(visibility={one(c, "allergy"): True}), holder(6))
    assert b"penicillin" not in texts(medium)
    assert page(medium).withdrawn == 1
    assert verdicts(medium) == (["ok"] * 6, [], [])


def test_lines_for_a_hidden_entry() -> None:
    """Finding 7: a new page names an entry that was hidden before. Verdict: WriteRefused, or the line is not there."""
    medium = signed_record()
    with Container.open(medium, HOLDER, write=True) as c:
        id_ = one(c, "allergy")
        c.commit(Change(visibility={id_: True}), holder(6))
        with pytest.raises(WriteRefused):
            c.commit(Change(parts=[line("penicillin!", id_)]), doctor(7))
    assert b"penicillin" not in texts(medium)


def test_damaged_page_does_not_stop_the_record() -> None:
    """Finding 7: both copies of the page are dead. Verdict: commits go on; a new signed page is written and read."""
    medium = signed_record()
    pointer = state_of(medium).view.newest.summary
    destroy(medium, pointer.offset, pointer.length)
    destroy(medium, pointer.mirror, pointer.length)
    assert "older-summary" in [f.name for f in open_emergency(medium, EMERGENCY).findings]
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(add=[NewItem("tray", "n2", b"n")]), holder(6))
        c.commit(Change(erase=[one(c, "allergy")]), holder(7))
        c.set_emergency_code(NEW_EMERGENCY, holder(8))
        c.commit(Change(parts=[line("warfarin", one(c, "medication"))]), doctor(9))
    found = open_emergency(medium, NEW_EMERGENCY)
    assert found.summary is not None
    assert len(found.summary.parts()) == 1
    assert verdicts(medium) == (["ok"] * 9, [], [])


def test_emergency_reader_adopts_and_writes_nothing() -> None:
    """Finding 20: a frame without its superblock. Verdict: the page of the last finished commit; no write."""
    medium = signed_record()
    superblocks = [medium.read(superblock_at(s), 4096) for s in range(ZONES)]
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(parts=[line("no more warfarin")]), doctor(6))
    for slot, block in enumerate(superblocks):
        medium.write(superblock_at(slot), block)
    assert names(Container.open(medium, HOLDER)) == ["rolled-forward"]
    guarded = GuardedMedium(bytes(medium.data))
    found = open_emergency(guarded, EMERGENCY)
    assert found.summary is not None
    assert b"penicillin!" in found.summary.parts()[0]


def test_junk_where_the_page_should_be() -> None:
    """Finding 8: sealed rubbish of any shape as a summary. Verdict: SummaryDamaged, never another exception."""
    medium = signed_record()
    good = page(medium).pack()
    cid, key = headers(medium)[0][24:40], vital_key(medium)
    for data in (
        b"",
        b"\xff" * 8,
        good[:-1],
        good + b"\0",
        good[:60],
        b"\0" * 16,
        bytes(400),
        b"\xff\xff\xff\x00" * 99,
    ):
        forged = sealed_summary(medium, data, 2**40)
        for slot in range(ZONES):
            forge_part_a(medium, cid, slot, forged, key)
        with pytest.raises(BaladeurError) as caught:
            open_emergency(medium, EMERGENCY)
        assert isinstance(caught.value, SummaryDamaged)
