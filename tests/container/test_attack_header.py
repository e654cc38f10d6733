"""Attacks on secrets, slots and header copies (findings 1, 2, 3, 12 and 13 of the design review, and 24)."""

import struct
from itertools import pairwise

import pytest

from baladeur.container.change import Change
from baladeur.container.container import Container
from baladeur.container.emergency import open_emergency
from baladeur.container.layout import LOG, ZONE, ZONES, Header, make_header, make_slot, superblock_at
from baladeur.container.medium import MemoryMedium
from baladeur.container.reader import open_dossier
from baladeur.container.secret import Secret, SecretClass, generate, parse
from baladeur.errors import (
    ConsentNeeded,
    CostRefused,
    HeaderDamaged,
    HeaderTampered,
    NewerVersion,
    NoSuperblock,
    SecretRefused,
    SummaryDamaged,
    WriteRefused,
    WrongSecret,
)
from tests.container.attack_forge import (
    CARER,
    EMERGENCY,
    HOLDER,
    NEW_EMERGENCY,
    OTHER,
    CutMedium,
    code,
    destroy,
    doctor,
    headers,
    holder,
    names,
    new_record,
    put_headers,
    resealed,
    signed_record,
    vital_key,
)


def changed(medium: MemoryMedium) -> bytes:
    """Change the holder's words; return the header from before."""
    old = headers(medium)[0]
    with Container.open(medium, HOLDER, write=True) as c:
        c.change_secret(3, OTHER, holder(6))
    return old


def revoked(medium: MemoryMedium) -> bytes:
    """Revoke everything, with new words; return the header from before."""
    old = headers(medium)[0]
    with Container.open(medium, HOLDER, write=True) as c:
        c.revoke({3: OTHER, 2: NEW_EMERGENCY}, holder(6))
    return old


def test_old_header_and_old_words_after_change() -> None:
    """Finding 1: someone kept one old header, and puts it back. Verdict: opens, header-superseded, read-only."""
    medium = signed_record()
    old = changed(medium)
    with pytest.raises(WrongSecret):
        Container.open(medium, HOLDER)
    put_headers(medium, old)
    c = Container.open(medium, HOLDER, write=True)
    assert names(c) == ["header-superseded"]
    with pytest.raises(ConsentNeeded):
        c.commit(Change(), holder(7))
    with pytest.raises(WrongSecret):
        Container.open(medium, OTHER)


def test_one_old_copy_after_change() -> None:
    """Finding 1: one stale flash page. Verdict: the new words open, header-copy-superseded, and a session mends it."""
    medium = signed_record()
    old = changed(medium)
    put_headers(medium, old, 2)
    assert names(Container.open(medium, OTHER)) == ["header-copy-superseded"]
    assert Container.open(medium, HOLDER).blocked == ["secrets-change-interrupted"]
    Container.open(medium, OTHER, write=True)
    with pytest.raises(WrongSecret):
        Container.open(medium, HOLDER)


def test_old_header_and_old_words_after_revoke() -> None:
    """Finding 1: the same after a revoke. Verdict: NoSuperblock; with the emergency code, SummaryDamaged."""
    medium = signed_record()
    old = revoked(medium)
    put_headers(medium, old)
    with pytest.raises(NoSuperblock):
        Container.open(medium, HOLDER)
    with pytest.raises(SummaryDamaged):
        open_emergency(medium, EMERGENCY)
    put_headers(medium, old, 1)
    with pytest.raises(NoSuperblock):
        Container.open(medium, HOLDER)


def test_one_old_copy_after_revoke_is_mended() -> None:
    """Finding 1: one stale copy after a revoke. Verdict: the new words open, the next session overwrites it."""
    medium = signed_record()
    old = revoked(medium)
    put_headers(medium, old, 3)
    with pytest.raises(NoSuperblock):
        Container.open(medium, HOLDER)
    assert names(Container.open(medium, OTHER)) == ["header-copy-superseded"]
    Container.open(medium, OTHER, write=True)
    assert old not in headers(medium)
    with pytest.raises(WrongSecret):
        Container.open(medium, HOLDER)


def test_old_emergency_code_after_its_change() -> None:
    """Finding 6: old code, old header, all part A. Verdict: SummaryDamaged; no part A opens with the old key."""
    medium = signed_record()
    old = headers(medium)[0]
    with Container.open(medium, HOLDER, write=True) as c:
        c.set_emergency_code(NEW_EMERGENCY, holder(6))
    with pytest.raises(WrongSecret):
        open_emergency(medium, EMERGENCY)
    put_headers(medium, old)
    with pytest.raises(SummaryDamaged):
        open_emergency(medium, EMERGENCY)


def test_revoke_makes_every_slot_anew() -> None:
    """Finding 1: a forgotten carer's code, the emergency code. Verdict: WrongSecret for each that was not retyped."""
    medium = signed_record()
    with Container.open(medium, HOLDER, write=True) as c:
        c.change_secret(4, CARER, holder(6))
    assert names(Container.open(medium, CARER)) == []
    with Container.open(medium, CARER, write=True) as c:
        c.revoke({3: OTHER}, holder(7))
    for words in (HOLDER, CARER):
        with pytest.raises(WrongSecret):
            Container.open(medium, words)
    with pytest.raises(WrongSecret):
        open_emergency(medium, EMERGENCY)
    assert names(Container.open(medium, OTHER)) == []


def clean(medium: MemoryMedium, words: Secret) -> bool:
    """Opens without a finding."""
    try:
        return names(Container.open(medium, words)) == []
    except WrongSecret:
        return False


@pytest.mark.parametrize("what", ["revoke", "change"])
def test_rekeying_cut_at_every_write(what: str) -> None:
    """Finding 2: pulled at each write of a barrier. Verdict: the old or the new words open, and the end is reached."""
    start = bytes(signed_record().data)
    for writes in range(100):
        medium = CutMedium(start, writes)
        c = Container.open(medium, HOLDER, write=True)
        try:
            if what == "revoke":
                c.revoke({3: OTHER}, holder(6))
            else:
                c.change_secret(3, OTHER, holder(6))
            break
        except ConnectionAbortedError:
            pass
        survivors = []
        for words in (HOLDER, OTHER):
            again = MemoryMedium(bytes(medium.data))
            try:
                d = Container.open(again, words, write=True)
            except (WrongSecret, NoSuperblock):
                continue
            survivors.append(words)
            assert len(d.entries()) == 4
            if set(d.blocked) - {"commit-may-be-missing"}:
                continue  # the other secret finishes it
            d.agree()
            d.commit(Change(), holder(8))
            assert clean(again, HOLDER) or clean(again, OTHER), "the finished record has findings"
        assert survivors, f"cut after {writes} writes: no secret opens"
    else:
        pytest.fail("never finished")
    assert names(Container.open(medium, OTHER)) == []


def test_planted_copy_of_huge_generation() -> None:
    """Finding 3: junk slots, generation 2⁶⁴-1, right SHA-256. Verdict: header-copy-planted; never copied, mended."""
    medium = signed_record()
    good = headers(medium)[0]
    junk = resealed(good[:40] + b"\xff" * 8 + good[48:512] + bytes(2048) + good[2560:])
    put_headers(medium, junk, 0, 1, 2)
    c = Container.open(medium, HOLDER)
    assert names(c) == ["header-copy-planted"]
    assert c.blocked == []
    assert headers(medium).count(junk) == 3
    open_emergency(medium, EMERGENCY)
    assert headers(medium).count(junk) == 3, "an emergency reader repaired"
    Container.open(medium, HOLDER, write=True)
    assert headers(medium) == [good] * 4


def test_planted_copies_everywhere() -> None:
    """Finding 3: the same in all four zones. Verdict: WrongSecret, and nothing is written."""
    medium = signed_record()
    good = headers(medium)[0]
    put_headers(medium, resealed(good[:512] + bytes(2048) + good[2560:]))
    before = bytes(medium.data)
    with pytest.raises(WrongSecret):
        Container.open(medium, HOLDER, write=True)
    assert medium.data == before


def test_planted_copy_with_a_damaged_superblock() -> None:
    """Finding 3: planted copy while a superblock is gone. Verdict: secrets-change-interrupted, read-only; no repair."""
    medium = signed_record()
    good = headers(medium)[0]
    junk = resealed(good[:40] + b"\xff" * 8 + good[48:512] + bytes(2048) + good[2560:])
    put_headers(medium, junk, 0)
    st = open_dossier(medium, HOLDER)
    destroy(medium, superblock_at((st.commit.seq + 2) % ZONES), 4096)
    before = bytes(medium.data)
    c = Container.open(medium, HOLDER, write=True)
    assert c.blocked == ["secrets-change-interrupted"]
    assert medium.data == before


@pytest.mark.parametrize(
    ("at", "new"), [(19, b"\x00"), (40, struct.pack("<Q", 77)), (64, b"X"), (512 + 256 * 6, b"?" * 256)]
)
def test_altered_header(at: int, new: bytes) -> None:
    """Finding 3 and 24: a field changed in all copies, SHA-256 made right. Verdict: HeaderTampered, none repaired."""
    medium = new_record(demo=True, emergency=False)
    good = headers(medium)[0]
    bad = resealed(good[:at] + new + good[at + len(new) :])
    put_headers(medium, bad)
    with pytest.raises(HeaderTampered):
        Container.open(medium, HOLDER, write=True)
    assert headers(medium) == [bad] * 4
    put_headers(medium, good, 3)
    assert names(Container.open(medium, HOLDER)) == ["header-copy-altered"]
    Container.open(medium, HOLDER, write=True)
    assert headers(medium) == [good] * 4


def test_demo_flag_lifted_before_the_emergency_reader() -> None:
    """Finding 24: the code cannot check the MAC. Verdict: SummaryDamaged, for the signed outer says the other flag."""
    medium = new_record(demo=True)
    good = headers(medium)[0]
    assert open_emergency(medium, EMERGENCY).header.demo
    put_headers(medium, resealed(good[:19] + b"\x00" + good[20:]))
    with pytest.raises(SummaryDamaged):
        open_emergency(medium, EMERGENCY)


def test_one_altered_copy_does_not_blind_the_emergency_reader() -> None:
    """Finding 3 and 24: one copy, flag flipped, generation raised; no key needed. Verdict: the page from the others."""
    medium = signed_record()
    good = headers(medium)[0]
    put_headers(medium, resealed(good[:19] + b"\x01" + good[20:40] + b"\xff" * 8 + good[48:]), 2)
    page = open_emergency(medium, EMERGENCY)
    assert page.summary is not None
    assert not page.header.demo


@pytest.mark.parametrize(
    ("at", "new", "error"),
    [
        (16, b"\x02\x00", NewerVersion),
        (20, b"\x02\x00\x00\x00", NewerVersion),
        (18, b"\x02", CostRefused),
        (18, b"\x00", CostRefused),
        (18, b"\xff", CostRefused),
        (19, b"\x02", HeaderDamaged),
        (19, b"\x80", HeaderDamaged),
        (50, b"\x01", HeaderDamaged),
        (490, b"\x01", HeaderDamaged),
        (3000, b"\x01", HeaderDamaged),
    ],
)
def test_unknown_values_are_refused_before_any_key(
    at: int, new: bytes, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Finding 12: cost class, flags, version, suite, zero fields. Verdict: the named error; no derivation is run."""
    medium = new_record(emergency=False)
    good = headers(medium)[0]
    put_headers(medium, resealed(good[:at] + new + good[at + len(new) :]))
    monkeypatch.setattr("baladeur.container.suite.slot_key", lambda *_: pytest.fail("a key was derived"))
    with pytest.raises(error):
        Container.open(medium, HOLDER)


def test_cost_of_one_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding 12: four planted copies must not cost more than one Argon2id each. Verdict: WrongSecret after four."""
    medium = new_record(emergency=False)
    good = headers(medium)[0]
    for zone in range(ZONES):
        put_headers(medium, resealed(good[:40] + struct.pack("<Q", 50 + zone) + good[48:]), zone)
    runs: list[int] = []

    def derivation(slot: int, *_: bytes) -> bytes:
        runs.append(slot)
        return bytes(32)

    monkeypatch.setattr("baladeur.container.suite.slot_key", derivation)
    with pytest.raises(WrongSecret):
        Container.open(medium, parse(" ".join(generate(SecretClass.WORDS8))))
    assert runs == [0] * 4


def test_slot_of_another_record_with_the_same_words() -> None:
    """Finding 13: a slot is carried over to a record with the same words. Verdict: WrongSecret, not HeaderTampered."""
    medium, donor = signed_record(), new_record(emergency=False)
    good = headers(medium)[0]
    swapped = resealed(good[:1280] + Header(headers(donor)[0]).slot(3) + good[1536:])
    put_headers(medium, swapped)
    with pytest.raises(WrongSecret):
        Container.open(medium, HOLDER)


def test_slot_moved_inside_the_header() -> None:
    """Finding 13: slot 3 put in the place of slot 5. Verdict: WrongSecret."""
    medium = new_record(emergency=False)
    good = headers(medium)[0]
    slot = good[1280:1536]
    put_headers(medium, resealed(good[:1280] + bytes(256) + good[1536:1792] + slot + good[2048:]))
    with pytest.raises(WrongSecret):
        Container.open(medium, HOLDER)


def test_kind_of_secret_fixes_the_slot() -> None:
    """Finding 12: the emergency code for the dossier, and the reverse. Verdict: WrongSecret, SecretRefused."""
    medium = signed_record()
    with pytest.raises(WrongSecret):
        Container.open(medium, EMERGENCY)
    with pytest.raises(WrongSecret):
        open_emergency(medium, HOLDER)
    with Container.open(medium, HOLDER, write=True) as c:
        with pytest.raises(SecretRefused):
            c.change_secret(4, NEW_EMERGENCY, holder(6))
        with pytest.raises(SecretRefused):
            c.set_emergency_code(OTHER, holder(6))
        with pytest.raises(WriteRefused):
            c.change_secret(2, NEW_EMERGENCY, holder(6))
        with pytest.raises(WriteRefused):
            c.revoke({2: NEW_EMERGENCY}, holder(6))


def test_twice_the_same_words_share_no_byte() -> None:
    """Finding 13: salt and tail used twice give key and nonce twice. Verdict: no run of 4 bytes is shared."""
    cid, root = bytes(16), bytes(32)
    a, b = (make_slot(cid, 3, HOLDER.material, root) for _ in range(2))
    windows = {a[i : i + 4] for i in range(len(a) - 3)}
    assert not [i for i in range(len(b) - 3) if b[i : i + 4] in windows]


def test_change_to_the_same_words() -> None:
    """Finding 13, through the writer. Verdict: the changed slot is fresh in every part, the others are byte copies."""
    medium = signed_record()
    seen = [Header(headers(medium)[0])]
    for day in (6, 7):
        with Container.open(medium, HOLDER, write=True) as c:
            c.change_secret(3, HOLDER, holder(day))
        seen.append(Header(headers(medium)[0]))
    for old, new in pairwise(seen):
        assert new.generation == old.generation + 1
        for slot in range(8):
            if slot != 3:
                assert new.slot(slot) == old.slot(slot)
        a, b = old.slot(3), new.slot(3)
        windows = {a[i : i + 4] for i in range(len(a) - 3)}
        assert not [i for i in range(len(b) - 3) if b[i : i + 4] in windows]


def test_removed_slot_looks_like_any_other() -> None:
    """Finding 13: an emptied slot. Verdict: 256 new random bytes, no zero run, WrongSecret for the old words."""
    medium = signed_record()
    with Container.open(medium, HOLDER, write=True) as c:
        c.change_secret(5, CARER, holder(6))
    with Container.open(medium, HOLDER, write=True) as c:
        c.change_secret(5, None, holder(7))
    assert len(set(Header(headers(medium)[0]).slot(5))) > 100
    with pytest.raises(WrongSecret):
        Container.open(medium, CARER)


def test_header_of_another_record_with_the_same_words() -> None:
    """Finding 3: a whole foreign header, same words, higher generation. Verdict: the right one opens; named, mended."""
    medium, donor = signed_record(), new_record(emergency=False)
    with Container.open(donor, HOLDER, write=True) as c:
        c.change_secret(4, code(9), holder(2))
    good = headers(medium)[0]
    put_headers(medium, headers(donor)[0], 0, 1)
    c = Container.open(medium, HOLDER)
    assert c.id == Header(good).container_id
    assert names(c) == ["header-copy-superseded"]
    Container.open(medium, HOLDER, write=True)
    assert headers(medium) == [good] * 4


def test_holder_of_the_code_cannot_make_a_header() -> None:
    """Finding 8: K_vital in place of K_root, to get the dossier. Verdict: NoSuperblock."""
    medium = signed_record()
    good = Header(headers(medium)[0])
    k_vital = vital_key(medium)
    slots = [good.slot(i) for i in range(8)]
    slots[4] = make_slot(good.container_id, 4, CARER.material, k_vital)
    put_headers(medium, make_header(good.container_id, False, 1, slots, k_vital).raw)
    with pytest.raises(NoSuperblock):
        Container.open(medium, CARER)


def test_old_zone_after_revoke() -> None:
    """Finding 1: a whole old zone (header and superblock). Verdict: the old words see what the old copy held."""
    medium = signed_record()
    old = medium.read(ZONE, ZONE)
    seen = Container.open(medium, HOLDER)
    revoked(medium)
    with Container.open(medium, OTHER, write=True) as c:
        c.commit(Change(), doctor(9))
    newest = open_dossier(medium, OTHER).commit
    medium.write(ZONE, old)
    c = Container.open(medium, HOLDER)
    assert c.seq <= seen.seq
    assert c.seq < newest.seq
    assert LOG < newest.next_free


def test_superblock_of_another_slot() -> None:
    """Finding 13: the newest superblock copied over the others. Verdict: they do not open; the right one does."""
    medium = signed_record()
    st = open_dossier(medium, HOLDER)
    block = medium.read(superblock_at(st.commit.seq % ZONES), 4096)
    medium.write(superblock_at((st.commit.seq + 1) % ZONES), block)
    c = Container.open(medium, HOLDER)
    assert c.seq == st.commit.seq
    assert names(c) == ["commit-may-be-missing", "part-a-damaged"] or names(c) == ["commit-may-be-missing"]
