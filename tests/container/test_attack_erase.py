"""Attacks on erasure, revocation and compaction: what can still be brought back (findings 1, 6, 11, 16, 21)."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from baladeur.container import suite
from baladeur.container.catalogue import ERASED, Catalogue, Row
from baladeur.container.change import Change, NewItem
from baladeur.container.container import Container
from baladeur.container.layout import (
    LOG,
    PAGE,
    SUPERBLOCK_AT,
    ZONE,
    ZONES,
    Header,
    file_size,
    superblock_at,
)
from baladeur.container.medium import MemoryMedium
from baladeur.container.reader import open_dossier
from baladeur.container.secret import Secret
from baladeur.container.state import State
from baladeur.container.suite import SealBroken
from baladeur.errors import ContainerError, ItemErased, Malformed
from tests.container.attack_forge import (
    CARER,
    EMERGENCY,
    HOLDER,
    NEW_EMERGENCY,
    OTHER,
    ForgingWriter,
    Lie,
    Rows,
    doctor,
    headers,
    holder,
    line,
    names,
    one,
    put_headers,
    signed_record,
    verdicts,
)

SECRET_TITLE = "Salpingite de 1987"
SECRET_TEXT = b"the patient asks that nobody ever reads this; " * 900  # over several pages
Place = tuple[int, int, str, bytes, int]  # offset, length, label, object id, seq


@dataclass
class Spy:
    """Somebody who saw the file after each commit: where each blob lay, and each key that was in force."""

    places: set[Place] = field(default_factory=set)
    keys: set[bytes] = field(default_factory=set)
    headers: set[bytes] = field(default_factory=set)
    superblocks: list[tuple[int, bytes]] = field(default_factory=list)

    def look(self, medium: MemoryMedium, words: Secret = HOLDER) -> State:
        """Note all there is."""
        st = open_dossier(medium, words)
        c, cid = st.commit, st.header.container_id
        for p in (c.full, c.recent):
            self.places |= {(at, p.length, "catalogue", c.log_id, p.seq) for at in (p.offset, p.mirror) if at}
        s = st.view.newest.summary
        self.places |= {(at, s.length, "summary", bytes(16), s.seq) for at in (s.offset, s.mirror) if at}
        self.places |= {(h.offset, h.length, "history", bytes(16), h.first_seq) for h in st.view.history}
        self.places |= {(r.offset, r.length, "item", r.id, r.seq) for r in st.view.rows.values() if r.status != ERASED}
        self.places |= {(at, 200, "frame", c.log_id, 0) for at in range(LOG, c.next_free, PAGE)}
        self.places |= set(superblock_places())
        roots = [st.root, c.epoch, c.log_key, c.vital, st.view.newest.summary_key, *st.view.full.logs]
        roots += [r.key for r in st.view.rows.values()]
        labels = ("frame", "history", "superblock a", "superblock b", "header mac")
        self.keys |= {k for root in roots for k in (root, *(suite.derive(root, label, cid) for label in labels))}
        self.headers |= set(headers(medium))
        self.superblocks += [(z, medium.read(superblock_at(z), 4096)) for z in range(ZONES)]
        return st


def superblock_places() -> Iterator[Place]:
    """Parts A and B of the four slots."""
    for slot in range(ZONES):
        where = bytes([slot]).ljust(16, b"\0")
        yield slot * ZONE + SUPERBLOCK_AT, 152, "superblock a", where, 0
        yield slot * ZONE + SUPERBLOCK_AT + 512, 584, "superblock b", where, 0


def opened(medium: MemoryMedium, cid: bytes, keys: set[bytes], places: set[Place]) -> dict[Place, bytes]:
    """Every plaintext that any of the keys opens at any of the places."""
    found = {}
    for place in places:
        offset, length, label, object_id, seq = place
        blob, ctx = medium.read(offset, length), suite.context(label, cid, object_id, seq)
        for key in keys:
            try:
                found[place] = suite.unseal(key, ctx, blob)
            except SealBroken:
                continue
            break
    return found


def inflated(found: dict[Place, bytes]) -> bytes:
    """All plaintexts as one, catalogues inflated."""
    out = []
    for (_, _, label, _, seq), text in found.items():
        out.append(text)
        if label == "catalogue":
            c = Catalogue.unpack(text, seq)
            out += [part for row in c.rows.values() for part in (row.meta, row.key, row.blind)]
    return b"\n".join(out)


def with_secret(spy: Spy) -> tuple[MemoryMedium, Row]:
    """A record that holds a secret entry, named on the page, and some commits after it."""
    medium = signed_record()
    spy.look(medium)
    with Container.open(medium, HOLDER, write=True) as c:
        c.change_secret(5, CARER, holder(6))
    spy.look(medium)
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(add=[NewItem("problem", SECRET_TITLE, SECRET_TEXT)]), doctor(7))
        spy.look(medium)
        id_ = one(c, "problem")
        c.commit(Change(parts=[line("salpingite", id_), line("warfarin", one(c, "medication"))]), doctor(8))
        spy.look(medium)
        c.commit(Change(add=[NewItem("tray", "after", b"after")]), holder(9))
    return medium, spy.look(medium).view.rows[id_]


@pytest.mark.parametrize("compacted", [False, True])
def test_erased_entry_is_gone(compacted: bool) -> None:
    """Finding 16: all secrets, the whole file, every place and key of before. Verdict: nothing of it opens."""
    spy = Spy()
    medium, row = with_secret(spy)
    cid = headers(medium)[0][24:40]
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(erase=[row.id]), holder(10))
        if compacted:
            spy.look(medium)
            target = MemoryMedium()
            c.compact_into(target, holder(11))
            medium = target
    today = Spy(places=set(spy.places))
    st = today.look(medium)
    assert names(Container.open(medium, HOLDER)) == []
    assert row.key not in today.keys
    reachable = opened(medium, cid, today.keys, today.places)
    assert {label for (_, _, label, _, _) in reachable} >= {"catalogue", "history", "item", "frame", "summary"}
    text = inflated(reachable)
    for trace in (SECRET_TITLE.encode(), b"salpingite", b"Salpingite", SECRET_TEXT[:40], row.key, row.blind):
        assert trace not in text
    blob_page = (row.offset // PAGE + 1) * PAGE
    if compacted:
        everything = opened(medium, cid, spy.keys, spy.places | today.places)
        assert SECRET_TEXT[:40] not in inflated(everything)
    else:  # even the entry's own key, kept by somebody
        with pytest.raises(SealBroken):
            suite.unseal(row.key, suite.context("item", cid, row.id, row.seq), medium.read(row.offset, row.length))
        assert row.offset < blob_page < row.offset + row.length
    with pytest.raises(ItemErased):
        Container.open(medium, HOLDER).read(row.id)
    assert st.view.rows[row.id].commitment() == row.commitment()
    assert verdicts(medium)[0] == ["ok"] * len(verdicts(medium)[0])


def test_rescue_walk_brings_no_erased_entry_back() -> None:
    """Finding 16: catalogues destroyed after an erasure, so that the walk looks everywhere. Verdict: still gone."""
    spy = Spy()
    medium, row = with_secret(spy)
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(erase=[row.id]), holder(10))
    full = open_dossier(medium, HOLDER).commit.full
    for at in (full.offset, full.mirror):
        medium.write(at, bytes(64))
    try:
        again = Container.open(medium, HOLDER)
    except ContainerError:
        return
    assert again.blocked
    assert SECRET_TITLE not in [e.meta["title"] for e in again.entries(0, 1, 2)]


def test_old_superblock_after_an_erasure() -> None:
    """Finding 16: one old superblock put back. Verdict: named, or the newer one wins; the content stays gone."""
    spy = Spy()
    medium, row = with_secret(spy)
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(erase=[row.id]), holder(10))
    for slot, block in spy.superblocks[-4:]:
        forged = MemoryMedium(bytes(medium.data))
        forged.write(superblock_at(slot), block)
        c = Container.open(forged, HOLDER)
        assert row.id not in [e.id for e in c.entries()]
        assert names(c)


def test_revoked_keys_open_nothing_written_since() -> None:
    """Finding 1: every old key, header and superblock against every byte since a revoke. Verdict: nothing opens."""
    old = Spy()
    medium, _ = with_secret(old)
    before = bytes(medium.data)
    cid = headers(medium)[0][24:40]
    with Container.open(medium, HOLDER, write=True) as c:
        c.revoke({3: OTHER, 2: NEW_EMERGENCY}, holder(10))
        c.commit(Change(add=[NewItem("problem", "after the revoke", b"new")]), doctor(11))
        c.commit(Change(parts=[line("new line")]), doctor(12))
    new = Spy()
    st = new.look(medium, OTHER)
    later = {
        p for p in new.places if medium.read(p[0], p[1]) != before[p[0] : p[0] + p[1]] and p not in old.places
    } | set(superblock_places())
    assert {label for (_, _, label, _, _) in later} >= {"catalogue", "history", "item", "frame", "summary"}
    assert opened(medium, cid, old.keys, later) == {}
    assert len(opened(medium, cid, new.keys, later)) >= 10
    assert not (old.keys & {st.root, st.commit.epoch, st.commit.log_key, st.commit.vital})
    for raw in headers(medium):
        for slot, words in ((3, HOLDER), (5, CARER), (2, EMERGENCY)):
            with pytest.raises(SealBroken):
                Header(raw).open_slot(slot, words.material)


@pytest.mark.parametrize("words", [HOLDER, CARER])
def test_revoked_words_with_every_old_piece(words: Secret) -> None:
    """Finding 1: old headers and superblocks planted in the new file. Verdict: never a commit since the revoke."""
    old = Spy()
    medium, _ = with_secret(old)
    revoked_at = Container.open(medium, HOLDER).seq
    with Container.open(medium, HOLDER, write=True) as c:
        c.revoke({3: OTHER}, holder(10))
        c.commit(Change(add=[NewItem("problem", "after the revoke", b"new")]), doctor(11))
    for raw in old.headers:
        for slot, block in [(0, medium.read(superblock_at(0), 4096)), *old.superblocks]:
            forged = MemoryMedium(bytes(medium.data))
            put_headers(forged, raw)
            forged.write(superblock_at(slot), block)
            try:
                c = Container.open(forged, words)
            except ContainerError:
                continue
            assert c.seq <= revoked_at
            assert "after the revoke" not in [e.meta["title"] for e in c.entries()]


def test_compaction_keeps_what_was_signed() -> None:
    """Finding 11: everything re-sealed elsewhere. Verdict: same records, same heads, all ok, same contents."""
    medium, target = signed_record(), MemoryMedium()
    with Container.open(medium, HOLDER, write=True) as c:
        before = [record for _, record in c.history()]
        contents = {e.id: c.read(e.id) for e in c.entries()}
        c.compact_into(target, holder(6))
    c = Container.open(target, HOLDER)
    assert [record for _, record in c.history()][:5] == before
    assert {e.id: c.read(e.id) for e in c.entries()} == contents
    assert verdicts(target) == (["ok"] * 6, [], [])
    assert [b"penicillin" in part for part in c.summary().parts()] == [True, False]


def huge(rows: Rows, offset: int, size: int) -> None:
    """A row that points where it likes."""
    rows[bytes(16)] = next(iter(rows.values()))._replace(id=bytes(16), offset=offset, size=size)


@pytest.mark.parametrize("offset", [0, SUPERBLOCK_AT, LOG - 1, (3900 << 20) - 50, 2**63])
def test_row_points_before_the_log_or_past_the_cap(offset: int) -> None:
    """Finding 21: a row whose erasure would overwrite headers, or fill the key. Verdict: PointerOutside (Malformed)."""
    medium = signed_record()
    ForgingWriter(medium).commit(Lie(rows=lambda rows: huge(rows, offset, 100)))
    with pytest.raises(Malformed):
        Container.open(medium, HOLDER)


def test_erasing_a_row_that_points_past_the_log() -> None:
    """Finding 21: a row of 64 MiB in free space is erased. Verdict: the file does not grow by it."""
    medium = signed_record()
    f = ForgingWriter(medium)
    f.commit(Lie(rows=lambda rows: huge(rows, f.st.commit.next_free + (1 << 20), 64 << 20)))
    with Container.open(medium, HOLDER, write=True) as c:
        try:
            c.commit(Change(erase=[bytes(16)]), holder(21))
        except ContainerError:
            pass
    assert medium.size() == file_size(open_dossier(medium, HOLDER).commit.next_free)
    assert names(Container.open(medium, HOLDER)) == []


@pytest.mark.parametrize("target", ["entry", "history", "new frame", "everything"])
def test_erasing_a_row_that_overlaps(target: str) -> None:
    """Finding 21: a false row laid over live blobs is erased. Verdict: refused, or spared; all else still opens."""
    medium = signed_record()
    f = ForgingWriter(medium)
    st = f.st
    (allergy,) = (r for r in st.view.rows.values() if b'"allergy"' in r.meta)
    offset, size = {
        "entry": (allergy.offset - 16, 200),
        "history": (st.view.history[0].offset, 100),
        "new frame": (st.commit.next_free + PAGE, 60_000),
        "everything": (LOG, (4 << 20) - 100_000),
    }[target]
    f.commit(Lie(rows=lambda rows: huge(rows, offset, size)))
    with Container.open(medium, HOLDER, write=True) as c:
        try:
            c.commit(Change(erase=[bytes(16)]), holder(21))
        except ContainerError:
            pass
    c = Container.open(medium, HOLDER)
    assert names(c) == []
    assert len(c.read(allergy.id)) == 300
    assert None not in [record for _, record in c.history()]


@pytest.mark.parametrize("target", ["entry", "past the log", "headers"])
def test_found_overwrite_spares_what_lives(target: str) -> None:
    """Finding 21: pending 3 and a hostile list, met by a write session. Verdict: Malformed, or all lives."""
    medium = signed_record()
    f = ForgingWriter(medium)
    (allergy,) = (r for r in f.st.view.rows.values() if b'"allergy"' in r.meta)
    ranges = {
        "entry": (allergy.offset, allergy.length),
        "past the log": (40 << 20, 60 << 20),
        "headers": (0, 16 << 20),
    }

    def lie(catalogue: Catalogue) -> None:
        catalogue.overwrite = [ranges[target]] * 3

    f.rewrite(Lie(catalogue=lie, commit=lambda c: replace(c, pending=3)))
    try:
        Container.open(medium, HOLDER, write=True)
    except Malformed:
        assert target == "headers"
        return
    c = Container.open(medium, HOLDER)
    assert len(c.read(allergy.id)) == 300
    assert medium.size() == 20 << 20


def test_forged_garbage_spares_what_lives() -> None:
    """Finding 21: a catalogue calls a live entry a dead summary; the next erasure sweeps. Verdict: the entry lives."""
    medium = signed_record()
    f = ForgingWriter(medium)
    (allergy,) = (r for r in f.st.view.rows.values() if b'"allergy"' in r.meta)

    def lie(catalogue: Catalogue) -> None:
        catalogue.garbage = [(allergy.offset, allergy.length)]

    f.rewrite(Lie(catalogue=lie))
    with Container.open(medium, HOLDER, write=True) as c:
        try:
            c.commit(Change(erase=[one(c, "tray")]), holder(21))
        except ContainerError:
            pass
    assert len(Container.open(medium, HOLDER).read(allergy.id)) == 300


def test_unerased_copy_is_older_not_newer() -> None:
    """Finding 16: a file kept from before the erasure. Verdict: its head lies in the newer history, not the reverse."""
    spy = Spy()
    medium, row = with_secret(spy)
    kept = MemoryMedium(bytes(medium.data))
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(erase=[row.id]), holder(10))
    old, new = Container.open(kept, HOLDER), Container.open(medium, HOLDER)
    assert old.head in [r.head for _, r in new.history() if r]
    assert new.head not in [r.head for _, r in old.history() if r]
