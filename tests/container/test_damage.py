"""Flipped bits, dead windows, cut files, old pieces put back: never a wrong byte, never silently an older commit."""

import os
import random
from collections.abc import Callable
from itertools import combinations

import pytest

from baladeur.container.container import Container
from baladeur.container.layout import BLOCK, LOG, ZONES, superblock_at
from baladeur.errors import ContainerError, ItemDamaged
from tests.container.crash_damage import SHAPES, Damage, holed
from tests.container.crash_model import Overlay, cheap_keys, code, create, noise, session

__all__ = ["cheap_keys"]

Record = Callable[[str, object], None]
KIB = 1 << 10


def flip(damage: Damage, at: int, bit: int, name: str) -> None:
    """Judge one flipped bit: at most one item or the last commit, and nothing at all in a zone."""
    medium = damage.shape.medium.fork()
    medium.flip(at, bit)
    outcome = damage.judge(medium, f"bit {bit} at {at} ({name})", [(at, 1)], every=1)
    if outcome != "whole" and (at < LOG or name not in ("item", "recent", "history")):
        damage.violations.append(f"bit {bit} at {at} ({name}): {outcome}")


def test_some_flipped_bits(record_property: Record) -> None:
    """A flipped bit in a zone costs nothing; in the log at most one item, or the last commit, which is said."""
    shape, rng = SHAPES["few"](), random.Random(1)
    damage = Damage(shape)
    weights = [length for _, length, _ in shape.used]
    for _ in range(1_200):
        at, length, name = rng.choices(shape.used, weights)[0]
        flip(damage, at + rng.randrange(length), rng.randrange(8), name)
    for at, length, name in shape.used:  # both ends of every structure
        flip(damage, at, 0, name)
        flip(damage, at + length - 1, 7, name)
    damage.report(record_property)
    assert damage.counts.total() >= 1_200
    damage.verdict()


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_every_used_byte(part: int, record_property: Record) -> None:
    """One bit of every byte in use; all bits of one header copy and of one superblock; with BALADEUR_EVERY_BIT, all."""
    shape, rng = SHAPES["few"](), random.Random(part)
    damage = Damage(shape)
    newest = f"superblock {shape.now.seq % ZONES}"
    for at, length, name in shape.used:
        every_bit = bool(os.environ.get("BALADEUR_EVERY_BIT")) or name == newest or (name == "header" and at == 0)
        for byte in range(at + part, at + length, 4):
            for bit in range(8) if every_bit else (rng.randrange(8),):
                flip(damage, byte, bit, name)
    damage.report(record_property)
    assert damage.counts.total() >= 10_000
    damage.verdict()


@pytest.mark.parametrize("fill", ["zeros", "noise"])
def test_dead_windows(fill: str, record_property: Record) -> None:
    """Windows of 512 B to 4 MiB."""
    shape, rng = SHAPES["few"](), random.Random(fill)
    damage = Damage(shape)
    for size in (512, 4 * KIB, 16 * KIB, 64 * KIB, 128 * KIB, 1024 * KIB, 4096 * KIB):
        starts = sorted({(at + rng.randrange(length)) // size * size for at, length, _ in shape.used})
        for at in rng.sample(starts, min(25, len(starts))):
            medium = holed(shape.medium, at, size, fill)
            damage.judge(medium, f"{size} {fill} at {at}", [(at, size)])
            damage.page(medium, f"{size} {fill} at {at}", [(at, size)])
    damage.report(record_property)
    damage.verdict()


def cuts(name: str, cut_at: list[int]) -> Damage:
    """Judge the file cut at each of these offsets."""
    shape = SHAPES[name]()
    damage = Damage(shape)
    first_frame = LOG + 16 * KIB
    for size in cut_at:
        medium = shape.medium.fork()
        medium.cut(size)
        lost = [(size, shape.medium.size() - size)]
        damage.judge(medium, f"cut at {size}", lost, may_refuse=size < first_frame, every=3)
        damage.page(medium, f"cut at {size}", lost if size >= LOG else [(0, 1 << 32)])
        if size >= first_frame:
            damage.go_on(medium, f"cut at {size}")
    return damage


@pytest.mark.parametrize("name", ["few", "sixty", "compacted"])
def test_some_cuts(name: str, record_property: Record) -> None:
    """A file cut anywhere in the log opens, says what it lacks, and goes on; cut before it, the error has a name."""
    shape, rng = SHAPES[name](), random.Random(name)
    log = [512 * s for at, n, _ in shape.used if at >= LOG for s in range(at // 512, (at + n) // 512 + 2)]
    zones = [512 * s for at, n, _ in shape.used if at < LOG for s in range(at // 512, (at + n) // 512 + 2)]
    chosen = rng.sample(log, min(60, len(log))) + rng.sample(zones, min(20, len(zones)))
    chosen += [rng.randrange(shape.medium.size()) for _ in range(20)] + [0, 1, 15, 16, 4095, 4096, LOG, LOG + 1]
    damage = cuts(name, chosen)
    damage.report(record_property)
    damage.verdict()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fresh", "few", "sixty", "erased", "rolled"])
def test_cuts_at_every_page(name: str, record_property: Record) -> None:
    """The same at every 16 KiB, and at every sector of the structures in the log."""
    shape = SHAPES[name]()
    sectors = {512 * s for at, n, _ in shape.used if at >= LOG for s in range(at // 512, (at + n) // 512 + 2)}
    pages = set(range(0, shape.medium.size(), 16 * KIB))
    damage = cuts(name, sorted(pages | set(random.Random(name).sample(sorted(sectors), min(400, len(sectors))))))
    damage.report(record_property)
    assert damage.counts.total() >= 1_200
    damage.verdict()


@pytest.mark.parametrize("name", ["few", "sixty", "erased"])
def test_appended_bytes(name: str) -> None:
    """Bytes after the end change nothing."""
    shape = SHAPES[name]()
    damage = Damage(shape)
    for length in (1, 511, 4096, 5 << 20):
        medium = shape.medium.fork()
        medium.write(medium.size(), noise(length))
        assert damage.judge(medium, f"{length} bytes more", []) == "whole"
        damage.go_on(medium, f"{length} bytes more")
    damage.verdict()


def test_old_superblocks_put_back() -> None:
    """Any superblocks put back from any earlier commit: the frames lead to the newest one all the same."""
    s = session()
    kept: list[list[bytes]] = []
    for n in range(9):
        kept.append([s.medium.read(superblock_at(slot), BLOCK) for slot in range(ZONES)])
        s.commit(f"item {n}".encode())
    for old in kept:
        for count in range(1, ZONES + 1):
            for slots in combinations(range(ZONES), count):
                medium = s.medium.fork()
                for slot in slots:
                    medium.put(superblock_at(slot), old[slot])
                assert Container.open(medium, code(3)).head == s.expected.head


def test_blobs_moved() -> None:
    """A superblock in another slot and a frame in another place open as nothing, and nothing is lost."""
    shape = SHAPES["sixty"]()
    damage = Damage(shape)
    for slot in range(ZONES):
        medium = shape.medium.fork()
        medium.put(superblock_at((slot + 1) % ZONES), medium.read(superblock_at(slot), BLOCK))
        assert damage.judge(medium, f"superblock {slot} moved", []) == "whole"
    for source, target in ((0, 5), (5, 0), (60, 59), (59, 60), (60, 61), (30, 61)):
        medium, at = shape.medium.fork(), LOG + target * 16 * KIB
        medium.put(at, medium.read(LOG + source * 16 * KIB, 16 * KIB))
        damage.judge(medium, f"frame {source} to {target}", [(at, 16 * KIB)])
    damage.verdict()


def test_another_record_is_another_record() -> None:
    """Zones of one record over the log of another: nothing of either opens as the other's."""
    shape, other = SHAPES["sixty"](), Overlay()
    create({3: code(3)}, None, other)
    medium = shape.medium.fork()
    medium.put(0, other.read(0, LOG))
    try:
        c = Container.open(medium, shape.secret)
    except ContainerError:
        return
    assert {"rescued", "state-unverified"} <= {f.name for f in c.findings}  # the list has a mirror in the zones
    for entry in c.entries():
        with pytest.raises(ItemDamaged):
            c.read(entry.id)
