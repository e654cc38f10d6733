"""Who may open: which secret goes where, and what each change of secrets shuts out."""

from collections.abc import Callable

import pytest

from baladeur.container import suite
from baladeur.container.access import SLOTS, slots_for
from baladeur.container.change import Change, NewItem
from baladeur.container.container import Container
from baladeur.container.emergency import open_emergency
from baladeur.container.layout import BLOCK, LOG, ZONE, ZONES, Header
from baladeur.container.medium import MemoryMedium
from baladeur.container.secret import Secret, SecretClass, generate, parse
from baladeur.container.suite import MIB
from baladeur.container.unlock import Opened
from baladeur.errors import (
    ConsentNeeded,
    ContainerError,
    HolderNotAllowed,
    SecretRefused,
    SummaryDamaged,
    WriteRefused,
    WrongSecret,
)
from tests.container.crash_model import HOLDER, PROFESSIONAL, cheap_keys, code, line

__all__ = ["cheap_keys"]

FIRST = Change(add=[NewItem("identity", "Zoé", b"{}")], declared=[line("contact")])
EIGHT, PHRASE = parse(" ".join(generate(SecretClass.WORDS8, bytes(16)))), parse("a phrase that nobody would guess")
SIX, OTHER_SIX = (parse(" ".join(generate(SecretClass.EMERGENCY, bytes([n]) * 16))) for n in (1, 2))


def made(secrets: dict[int, Secret]) -> MemoryMedium:
    medium = MemoryMedium()
    Container.create(medium, secrets, FIRST, HOLDER)
    return medium


def opened(medium: MemoryMedium, secret: Secret = code(1)) -> Container:  # noqa: B008 - cached, and immutable
    return Container.open(medium, secret, write=True)


def page(medium: MemoryMedium, secret: Secret) -> list[bytes]:
    summary = open_emergency(medium, secret).summary
    assert summary is not None
    return summary.parts() + summary.declared


def shut(medium: MemoryMedium, secret: Secret) -> None:
    """Neither reader lets this secret in."""
    with pytest.raises(ContainerError):
        Container.open(medium, secret)
    with pytest.raises(ContainerError):
        open_emergency(medium, secret)


def headers(medium: MemoryMedium) -> list[bytes]:
    return [medium.read(z * ZONE, BLOCK) for z in range(ZONES)]


@pytest.mark.parametrize(
    ("slot", "secret"), [(0, EIGHT), (1, PHRASE), *((n, code(n)) for n in range(3, 8))], ids=lambda v: str(v)
)
def test_each_slot_opens_with_its_kind(slot: int, secret: Secret) -> None:
    """Alone, and the container says which access was used."""
    medium = made({slot: secret})
    with Container.open(medium, secret) as c:
        assert c.slot == slot
        assert LOG < c.end <= medium.size() - MIB
    with pytest.raises(WrongSecret):
        open_emergency(medium, secret)


@pytest.mark.parametrize("slot", range(SLOTS))
@pytest.mark.parametrize("secret", [EIGHT, PHRASE, SIX, code(1)], ids=lambda s: s.cls.name)
def test_a_secret_of_another_kind_has_no_place_there(
    slot: int, secret: Secret, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slot fixes the kind: a six-word code must never open the whole record."""
    monkeypatch.setattr(suite, "slot_key", lambda *_: bytes(32))
    fits = slot == secret.cls or (slot > 3 and secret.cls is SecretClass.CODE12)
    try:
        slots = slots_for(bytes(16), {3: code(9), slot: secret}, bytes(32), bytes(32))
    except SecretRefused:
        assert not fits
    else:
        assert fits
        assert {len(s) for s in slots} == {256}


@pytest.mark.parametrize("secrets", [{}, {2: SIX}, {8: code(1)}, {-1: code(1)}, {3: code(1), 8: code(2)}], ids=str)
def test_somebody_must_be_able_to_open_it(secrets: dict[int, Secret]) -> None:
    """No access at all, the emergency code alone, accesses that do not exist: refused."""
    medium = MemoryMedium()
    with pytest.raises(WriteRefused):
        Container.create(medium, secrets, FIRST, HOLDER)
    assert medium.size() == 0
    medium = made({3: code(1)})
    before = bytes(medium.data)
    with pytest.raises(WriteRefused):
        opened(medium).revoke(secrets, HOLDER)
    assert medium.data == before


def test_the_last_access_cannot_be_emptied() -> None:
    """One's own access may be changed, not emptied, so one always stays; the others may go."""
    medium = made({3: code(1), 4: code(2), 5: code(3)})
    c = opened(medium)
    for slot in (4, 5):
        c.change_secret(slot, None, HOLDER)
    before = bytes(medium.data)
    with pytest.raises(WriteRefused):
        c.change_secret(3, None, HOLDER)
    assert medium.data == before
    for gone in (code(2), code(3)):
        shut(medium, gone)
    assert opened(medium).slot == 3


@pytest.mark.parametrize("slot", [2, 8, -1, -8])
@pytest.mark.parametrize("secret", [None, SIX, code(5)], ids=str)
def test_a_change_names_an_access_to_the_whole_record(slot: int, secret: Secret | None) -> None:
    """Neither the emergency slot nor one that does not exist."""
    medium = made({3: code(1)})
    before = bytes(medium.data)
    with pytest.raises((WriteRefused, SecretRefused)):
        opened(medium).change_secret(slot, secret, HOLDER)
    assert medium.data == before


def test_a_changed_secret_opens_and_the_old_one_does_not() -> None:
    """The record, the other accesses and the emergency code stay; no byte of the header's slots is told apart."""
    medium = made({3: code(1), 4: code(2), 2: SIX})
    before = headers(medium)[0]
    c = opened(medium)
    c.change_secret(3, code(7), HOLDER)
    shut(medium, code(1))
    for secret in (code(7), code(2)):
        again = Container.open(medium, secret)
        assert (again.findings, len(again.entries()), again.number) == ((), 1, 1)
    assert page(medium, SIX) == [line("contact")]
    after = headers(medium)
    assert len(set(after)) == 1
    slot = slice(512 + 3 * 256, 512 + 4 * 256)
    assert before[512 : slot.start] == after[0][512 : slot.start]
    assert before[slot.stop : 2560] == after[0][slot.stop : 2560]
    assert not any(before[at : at + 8] == after[0][at : at + 8] for at in range(slot.start, slot.stop, 8))
    ops = [op for _, record in again.history() if record for op in record.inner_value()["ops"]]
    assert ops[-1] == {"op": "secrets", "what": "change"}
    assert {v.result for v in again.replay()[0]} == {"ok"}


def test_after_a_change_an_old_header_still_opens_and_is_reported() -> None:
    """A change keeps the keys: who kept the old header gets in, read-only, and it is said."""
    medium = made({3: code(1), 2: SIX})
    kept = headers(medium)
    opened(medium).change_secret(3, code(7), HOLDER)
    for zone, raw in enumerate(kept):
        medium.write(zone * ZONE, raw)
    c = opened(medium)
    assert [f.name for f in c.findings] == ["header-superseded"]
    with pytest.raises(ConsentNeeded):
        c.commit(Change(), HOLDER)
    c.agree()
    c.commit(Change(), HOLDER)
    assert [f.name for f in c.findings] == ["emergency-code-removed"]
    again = Container.open(medium, code(1))
    assert (again.findings, again.number) == ((), 3)
    shut(medium, code(7))
    shut(medium, SIX)


def test_after_a_revocation_an_old_header_opens_nothing() -> None:
    """New keys for everything: neither the old secret, nor the old header, nor the old emergency code."""
    medium = made({3: code(1), 4: code(2), 2: SIX})
    kept, old = headers(medium), MemoryMedium(bytes(medium.data))
    c = opened(medium)
    tag = c.anchor()[0]
    c.revoke({4: code(5)}, HOLDER)
    assert c.slot == 4
    c.commit(Change(add=[NewItem("tray", "after", b"after")]), HOLDER)
    for secret in (code(1), code(2), SIX):
        shut(medium, secret)
    again = Container.open(medium, code(5))
    assert (again.findings, again.number, again.anchor()[0]) == ((), 2, tag)
    assert [v.result for v in again.replay()[0]] == ["ok"] * 3
    assert len(again.heads()) == 3
    for zone, raw in enumerate(kept):
        medium.write(zone * ZONE, raw)
    for secret in (code(1), code(2), SIX, code(5)):
        shut(medium, secret)
    assert Container.open(old, code(1)).number == 0
    assert page(old, SIX) == [line("contact")]


def test_the_emergency_code_is_set_changed_and_removed() -> None:
    """Each time another key: an old code opens no page that was written since, with whatever header."""
    medium = made({3: code(1)})
    c = opened(medium)
    shut(medium, SIX)
    c.set_emergency_code(SIX, HOLDER)
    assert page(medium, SIX) == [line("contact")]
    c.commit(Change(parts=[line("allergy")]), PROFESSIONAL)
    assert page(medium, SIX) == [line("allergy"), line("contact")]
    kept = headers(medium)

    c.set_emergency_code(OTHER_SIX, HOLDER)
    with pytest.raises(WrongSecret):
        open_emergency(medium, SIX)
    assert page(medium, OTHER_SIX) == [line("allergy"), line("contact")]
    old_header = MemoryMedium(bytes(medium.data))
    for zone, raw in enumerate(kept):
        old_header.write(zone * ZONE, raw)
    with pytest.raises(SummaryDamaged):
        open_emergency(old_header, SIX)

    c.set_emergency_code(None, HOLDER)
    shut(medium, OTHER_SIX)
    assert c.summary().parts() == [line("allergy")]
    c.set_emergency_code(None, HOLDER)
    again = Container.open(medium, code(1))
    assert again.findings == ()
    assert {v.result for v in again.replay()[0]} == {"ok"}


def test_older_pages_are_overwritten_when_the_code_changes() -> None:
    """The blob that the old code could open is no longer in the file, neither in its frame nor in its mirror."""
    medium = made({3: code(1), 2: SIX})
    c = opened(medium)
    pointer = c._st.view.newest.summary
    blobs = [medium.read(at, pointer.length) for at in (pointer.offset, pointer.mirror)]
    assert blobs[0] == blobs[1]
    c.set_emergency_code(OTHER_SIX, HOLDER)
    assert medium.read(pointer.mirror, pointer.length) != blobs[0]
    data = bytes(medium.data)
    assert data.find(blobs[0][:64]) in (-1, pointer.offset)  # it shares its page with live blobs: its key is gone


@pytest.mark.parametrize(
    "act",
    [
        lambda c: c.change_secret(3, code(7), HOLDER),
        lambda c: c.change_secret(4, None, HOLDER),
        lambda c: c.set_emergency_code(None, HOLDER),
        lambda c: c.revoke({3: code(7)}, HOLDER),
        lambda c: c.commit(Change(), HOLDER),
    ],
)
def test_a_reader_changes_nothing(act: Callable[[Container], object]) -> None:
    """Opened for reading: each is refused, and the bytes stay."""
    medium = made({3: code(1), 4: code(2), 2: SIX})
    before = bytes(medium.data)
    with pytest.raises(WriteRefused, match="reading"):
        act(Container.open(medium, code(1)))
    assert medium.data == before


def test_a_record_begins_with_its_holder() -> None:
    """No professional creates one."""
    with pytest.raises(HolderNotAllowed):
        Container.create(MemoryMedium(), {3: code(1)}, FIRST, PROFESSIONAL)


def test_an_opened_key_is_shown_nowhere() -> None:
    """A traceback tells the kind of the thing, not the key in it."""
    assert repr(Opened(Header(bytes(BLOCK)), 3, b"key")) == "<Opened>"
