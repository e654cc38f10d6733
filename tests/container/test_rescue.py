"""When no superblock leads to a catalogue: what the walk over the log still finds, and what it says of it."""

import pytest

from baladeur.container.catalogue import ERASED, LIVE
from baladeur.container.change import Change, NewItem
from baladeur.container.container import Container
from baladeur.container.emergency import open_emergency
from baladeur.container.layout import BLOCK, LOG, MIB, PAGE, SUPERBLOCK_AT, ZONE, ZONES
from baladeur.errors import CatalogueDamaged, ConsentNeeded, NoSuperblock, SummaryDamaged, Truncated, WrongSecret
from tests.container.crash_model import HOLDER, PROFESSIONAL, Overlay, cheap_keys, code, emergency_code, line

__all__ = ["cheap_keys"]

SECRET, SIX = code(1), emergency_code(1)


@pytest.fixture(scope="module")
def grown() -> Overlay:
    """Six commits after creation: entries 0 to 4, the third erased by the fifth commit, and a page."""
    medium = Overlay()
    Container.create(medium, {3: SECRET, 2: SIX}, Change(add=[NewItem("identity", "Zoé", b"{}")]), HOLDER)
    c = Container.open(medium, SECRET, write=True)
    for n in range(4):
        c.commit(Change(add=[NewItem("tray", f"{n}", b"%d" % n)]), HOLDER)
    (gone,) = (e.id for e in c.entries() if e.meta["title"] == "2")
    c.commit(Change(erase=[gone]), HOLDER)
    c.commit(Change(add=[NewItem("tray", "4", b"4")], parts=[line("a")]), PROFESSIONAL)
    return Overlay(medium.read(0, medium.size()))


@pytest.fixture
def medium(grown: Overlay) -> Overlay:
    return grown.fork()


def without_catalogues(medium: Overlay, *, recent: bool = True) -> Container:
    """Both copies of the full catalogue in force, and if asked the recent one, become unreadable."""
    c = Container.open(medium, SECRET)
    commit = c._st.commit
    for at in (commit.full.offset, commit.full.mirror, *([commit.recent.offset] if recent else [])):
        medium.put(at, bytes(64))
    return Container.open(medium, SECRET)


def found(c: Container) -> set[str]:
    return {f.name for f in c.findings}


def titles(c: Container) -> set[str]:
    return {str(e.meta["title"]) for e in c.entries()}


def test_the_recent_catalogue_alone_shows_what_it_lists(medium: Overlay) -> None:
    """Rows of the last commit; what the lost one listed is named as missing, and nothing is written unasked."""
    whole = Container.open(medium, SECRET)
    lost = {e.id.hex() for e in whole.entries(LIVE, ERASED) if e.seq < whole.seq}
    c = without_catalogues(medium, recent=False)
    assert found(c) >= {"rescued", "entries-missing"}
    assert titles(c) == {"4"}
    assert c.number == 6
    missing = next(f.detail for f in c.findings if f.name == "entries-missing")
    assert set(missing.split()) == lost
    again = Container.open(medium, SECRET, write=True)
    before = medium.read(0, medium.size())
    with pytest.raises(ConsentNeeded):
        again.commit(Change(), HOLDER)
    assert medium.read(0, medium.size()) == before


def test_nothing_left_to_show(medium: Overlay) -> None:
    """Every catalogue that the keys could open is gone."""
    c = Container.open(medium, SECRET)
    for at in range(LOG, c._st.commit.next_free, PAGE):
        medium.put(at, bytes(PAGE))
    for zone in range(3):
        medium.put(zone * ZONE + MIB, bytes(64))
    with pytest.raises(CatalogueDamaged):
        Container.open(medium, SECRET)


def test_a_catalogue_without_any_record_confirms_nothing(medium: Overlay) -> None:
    """The list is shown and called unverified."""
    c = Container.open(medium, SECRET)
    for row in c._st.view.history:
        medium.put(row.offset, bytes(64))
    again = Container.open(medium, SECRET)
    assert found(again) >= {"rescued", "state-unverified"}
    assert titles(again) == {"Zoé", "0", "1", "3", "4"}
    assert (again.head, again.heads()) == (c.head, [])


def test_a_record_without_history_and_page_goes_on(medium: Overlay) -> None:
    """Nothing names the lines of the page any more: the next statement names none, and the entries stay."""
    c = Container.open(medium, SECRET)
    pointer = c._st.view.newest.summary
    for at in (pointer.offset, pointer.mirror, *(row.offset for row in c._st.view.history)):
        medium.put(at, bytes(64))
    session = Container.open(medium, SECRET, write=True)
    session.agree()
    session.commit(Change(add=[NewItem("tray", "on", b"on")]), HOLDER)
    again = Container.open(medium, SECRET)
    assert again.blocked == []
    assert titles(again) == {"Zoé", "0", "1", "3", "4", "on"}


def test_what_was_agreed_goes_on_after_a_rescue(medium: Overlay) -> None:
    """The next commit is a barrier with a gap before it; what was found stays found, and opens without a rescue."""
    c = Container.open(medium, SECRET)
    (erased,) = c.erased()
    for row in c._st.view.history[:1]:
        medium.put(row.offset, bytes(64))
    medium.put(c._st.commit.recent.offset, bytes(64))
    session = Container.open(medium, SECRET, write=True)
    assert session.blocked
    session.agree()
    session.commit(Change(add=[NewItem("tray", "on", b"on")]), HOLDER)
    again = Container.open(medium, SECRET)
    assert again.blocked == []
    assert "on" in titles(again)
    assert erased in {e.id for e in again.entries(ERASED)}
    assert {e.status for e in again.entries(LIVE)} == {"live"}


def test_superblocks_gone(medium: Overlay) -> None:
    """The header opens and nothing behind it: revoked or destroyed, which the error says; a wrong secret is another."""
    for zone in range(ZONES):
        medium.put(zone * ZONE + SUPERBLOCK_AT, bytes(BLOCK))
    with pytest.raises(NoSuperblock):
        Container.open(medium, SECRET)
    with pytest.raises(SummaryDamaged):
        open_emergency(medium, SIX)
    with pytest.raises(WrongSecret):
        Container.open(medium, code(7))


@pytest.mark.parametrize("length", [BLOCK, SUPERBLOCK_AT, SUPERBLOCK_AT + BLOCK - 1])
def test_cut_before_the_first_superblock(medium: Overlay, length: int) -> None:
    """Nothing can be read with any key, and the errors say so."""
    medium.cut(length)
    with pytest.raises(Truncated):
        Container.open(medium, SECRET)
    with pytest.raises((Truncated, SummaryDamaged)):
        open_emergency(medium, SIX)


@pytest.mark.parametrize("slots", [1, 2, 3])
def test_the_page_survives_the_loss_of_superblocks(medium: Overlay, slots: int) -> None:
    """Newest first: what is shown may be older, and each part that does not open is told."""
    seq = Container.open(medium, SECRET).seq
    for n in range(slots):
        medium.put((seq - n) % ZONES * ZONE + SUPERBLOCK_AT, bytes(152))
    page = open_emergency(medium, SIX)
    assert [f.name for f in page.findings] == ["part-a-damaged"] * slots
    assert page.seq < seq


def test_the_page_is_read_from_its_mirror(medium: Overlay) -> None:
    """The first copy is damaged: said, and the same page shown. Both: the one before."""
    pointer = Container.open(medium, SECRET)._st.view.newest.summary
    whole = open_emergency(medium, SIX)
    medium.put(pointer.offset, bytes(64))
    page = open_emergency(medium, SIX)
    assert [f.name for f in page.findings] == ["summary-copy-damaged"]
    assert page.summary == whole.summary
    medium.put(pointer.mirror, bytes(64))
    assert [f.name for f in open_emergency(medium, SIX).findings] == ["older-summary"]


def test_a_page_of_which_every_copy_is_damaged(medium: Overlay) -> None:
    """No older one either: an error, not an empty page."""
    for zone in range(ZONES):
        medium.put(zone * ZONE + (128 << 10), bytes(896 << 10))
    for at in range(LOG, medium.size(), PAGE):
        medium.put(at, bytes(PAGE))
    with pytest.raises(SummaryDamaged):
        open_emergency(medium, SIX)


def test_a_damaged_header_copy_is_told_on_the_page(medium: Overlay) -> None:
    """Any of the other three will do."""
    medium.put(0, bytes(BLOCK))
    assert [f.name for f in open_emergency(medium, SIX).findings] == ["header-copy-damaged"]
