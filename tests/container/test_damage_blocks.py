"""Dead blocks: a hole of 64 KiB to 4 MiB anywhere leaves a record that opens, tells no lie and can be gone on with."""

import random
from collections.abc import Callable, Iterator

import pytest

from baladeur.container.layout import LOG, SUMMARY_ROOM, ZONE, ZONES
from tests.container.crash_damage import SHAPES, Damage, Shape, holed
from tests.container.crash_model import cheap_keys

__all__ = ["cheap_keys"]

Record = Callable[[str, object], None]
KIB, MIB = 1 << 10, 1 << 20


def holes(shape: Shape, rng: random.Random, few: bool) -> Iterator[tuple[int, int]]:
    """(offset, length): all aligned 1 and 4 MiB, the used 64 KiB; edges of all structures; random ones."""
    size = shape.medium.size()
    edges = sorted({edge for at, length, _ in shape.used for edge in (at, at + length, at + length // 2)})
    for length, count in ((64 * KIB, 12), (MIB, 8), (4 * MIB, 16)):
        aligned = list(range(0, size, length))
        if length == 64 * KIB:
            aligned = sorted({edge // length * length for edge in edges})
        yield from ((at, length) for at in (rng.sample(aligned, min(count, len(aligned))) if few else aligned))
        chosen = rng.sample(edges, min(count, len(edges))) if few else edges[:: max(1, len(edges) // 150)]
        for edge in chosen:
            for at in (edge, edge - length):  # a hole that begins here, and one that ends here
                if 0 <= at < size:
                    yield at, length
        for _ in range(count if few else 10 * count):
            yield rng.randrange(0, size, 512), length


def sweep(shape: Shape, rng: random.Random, few: bool) -> Damage:
    """Judge every hole, as reader, as emergency reader, and now and then as writer."""
    damage = Damage(shape)
    for number, (at, length) in enumerate(holes(shape, rng, few)):
        for fill in ("zeros", "noise") if not few else (("zeros", "noise")[number % 2],):
            medium = holed(shape.medium, at, length, fill)
            what = f"{fill} {length // KIB} KiB at {at}"
            damage.judge(medium, what, [(at, length)], every=3)
            shown = damage.page(medium, what, [(at, length)]) == "shown"
            if not shown and length <= 3 * MIB:  # room and log are that far apart; 4 MiB across the edge may take both
                damage.violations.append(f"{what}: the emergency page is lost")
            if number % (9 if few else 5) == 0:
                damage.go_on(medium, what)
    return damage


@pytest.mark.parametrize("name", SHAPES)
def test_one_dead_block(name: str, record_property: Record) -> None:
    """One hole: it opens, nothing that was not hit is lost, an older commit is said to be one, the page survives."""
    damage = sweep(SHAPES[name](), random.Random(name), few=True)
    damage.report(record_property)
    damage.verdict()


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_one_dead_block_everywhere(name: str, record_property: Record) -> None:
    """The same with every aligned hole and many more others."""
    damage = sweep(SHAPES[name](), random.Random(name), few=False)
    damage.report(record_property)
    assert damage.counts.total() >= 500
    damage.verdict()


@pytest.mark.parametrize("name", SHAPES)
def test_an_aligned_dead_block_never_takes_the_page(name: str) -> None:
    """The summary lies in the log and in a zone: no aligned 4 MiB block holds both."""
    shape = SHAPES[name]()
    damage = Damage(shape)
    for at in range(0, shape.medium.size(), 4 * MIB):
        medium = holed(shape.medium, at, 4 * MIB, "noise")
        assert damage.page(medium, f"4 MiB at {at}", [(at, 4 * MIB)]) == "shown"
    damage.verdict()


@pytest.mark.parametrize("name", SHAPES)
def test_three_zones_of_four_may_die(name: str) -> None:
    """Any one zone with the log gives the newest commit and all items, and the next commit mends the rest."""
    shape = SHAPES[name]()
    damage = Damage(shape)
    for kept in range(ZONES):
        for fill in ("zeros", "noise"):
            medium = shape.medium
            for zone in set(range(ZONES)) - {kept}:
                medium = holed(medium, zone * ZONE, ZONE, fill)
            outcome = damage.judge(medium, f"zone {kept} alone, {fill}", [(0, LOG)], every=200)
            assert outcome == "whole", outcome
            damage.go_on(medium, f"zone {kept} alone")
    damage.verdict()


@pytest.mark.parametrize("zone", range(ZONES))
def test_summary_rooms_are_apart(zone: int) -> None:
    """A summary room and the log are in no aligned 4 MiB block together."""
    assert (zone * ZONE + SUMMARY_ROOM[1] - 1) // (4 * MIB) < LOG // (4 * MIB)
