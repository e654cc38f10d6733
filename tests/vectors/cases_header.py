"""Sections 5 and 12.1: header fields, header copies."""

from dataclasses import replace

from base import start
from coffre import ZERO16, ZERO32, ZONE, Header, make_slot, rehash
from record import Record
from suite import HOLDER, STRANGER, Suite

COPY = "header-copy-damaged"


def with_header(record: Record, block: bytes, *zones: int) -> bytearray:
    """Return the file with another header in those zones, or in all."""
    img = bytearray(record.img)
    for zone in zones or range(4):
        img[zone * ZONE : zone * ZONE + 4096] = block
    return img


def fields(suite: Suite) -> None:
    """One field wrong in all four copies, MAC and SHA-256 right for what is written."""
    record = start()
    good = record.make_header()
    other = record.fork("other id").rnd(16)
    spare = list(good.slots)
    spare[3] = bytes([spare[3][0] ^ 1]) + spare[3][1:]
    table: list[tuple[str, Header, str, str]] = [
        ("version-2", replace(good, version=2), "NewerVersion", "version 2"),
        ("version-0", replace(good, version=0), "NewerVersion", "version 0 is not 1 either"),
        ("suite-2", replace(good, suite=2), "NewerVersion", "suite 2"),
        ("cost-2", replace(good, cost=2), "CostRefused", "cost class 2"),
        ("cost-0", replace(good, cost=0), "CostRefused", "cost class 0"),
        ("version-2-cost-2", replace(good, version=2, cost=2), "NewerVersion", "version before cost class"),
        ("flag-unknown", replace(good, flags=2), "HeaderDamaged", "flag bit 1 means nothing yet"),
        ("zero-48", replace(good, zero48=ZERO16[1:] + b"\1"), "HeaderDamaged", "byte 63 must be zero"),
        ("zero-480", replace(good, zero480=b"\1" + ZERO32[1:]), "HeaderDamaged", "byte 480 must be zero"),
        ("zero-2560", replace(good, zero2560=bytes(1471) + b"\1"), "HeaderDamaged", "byte 4031 must be zero"),
        ("container-id", replace(good, cid=other), "WrongSecret", "another id: no context fits"),
        ("slot-salt", replace(good, slots=spare), "WrongSecret", "one bit of the salt of slot 3"),
    ]
    for name, header, expect, comment in table:
        img = with_header(record, header.block(record.k_root))
        suite.add(f"header-{name}", img, f"{comment}, in all four copies", expect=expect)


def tampered(suite: Suite) -> None:
    """Right SHA-256, wrong MAC."""
    record = start()
    mac = record.header[4032:4064]
    good = record.make_header()
    slot0 = [b"\1" + bytes(255), *good.slots[1:]]
    table = [
        ("generation", replace(good, generation=9), "generation 9"),
        ("notice", replace(good, notice=b"Rendez cette cle a l'adresse suivante"), "another notice"),
        ("demo", replace(good, flags=1), "the demonstration flag was set"),
        ("slot-unused", replace(good, slots=slot0), "one byte of an unused slot"),
    ]
    for name, header, comment in table:
        img = with_header(record, header.block(record.k_root, mac))
        text = f"{comment} in all four copies, SHA-256 made right: the slot opens, the MAC fails"
        suite.add(f"header-tampered-{name}", img, text, expect="HeaderTampered")
    bad = rehash(record.header[:4032] + bytes([mac[0] ^ 1]) + record.header[4033:])
    suite.add("header-tampered-mac", with_header(record, bad), "one bit of the MAC", expect="HeaderTampered")
    bad = record.header[:4095] + bytes([record.header[4095] ^ 1])
    suite.add("header-sha", with_header(record, bad), "one bit of the SHA-256, in all copies", expect="HeaderDamaged")
    bad = b"b" + record.header[1:]
    suite.add("header-magic", with_header(record, bad), "no copy has the magic", expect="NotAContainer")
    bad = record.header[:100] + b"\xff" + record.header[101:]
    suite.add("header-bit-rot", with_header(record, bad), "notice altered, SHA-256 not", expect="HeaderDamaged")
    slots = list(good.slots)
    slots[3] = slots[3][:100] + bytes([slots[3][100] ^ 1]) + slots[3][101:]
    img = with_header(record, replace(good, slots=slots).block(record.k_root, mac))
    suite.add("slot-tampered", img, "one bit of slot 3's seal, SHA-256 made right", expect="WrongSecret")
    slots = list(good.slots)
    slots[5], slots[3] = slots[3], bytes(256)
    img = with_header(record, replace(good, slots=slots).block(record.k_root))
    suite.add("slot-moved", img, "slot 3 moved to place 5: the context names the place", expect="WrongSecret")
    foreign = Record("foreign", {3: HOLDER})
    slots = list(good.slots)
    slots[3] = foreign.slots[3]
    img = with_header(record, replace(good, slots=slots).block(record.k_root))
    text = "slot 3 comes from another container of the same secret: the context names the container"
    suite.add("slot-foreign", img, text, expect="WrongSecret")
    slots = list(good.slots)
    slots[3] = make_slot(3, HOLDER, record.k_vital, record.cid, record.fork("k_vital in slot 3").rnd)
    img = with_header(record, replace(good, slots=slots).block(record.k_root))
    suite.add("slot-wrong-key", img, "slot 3 holds K_vital: it opens, the MAC fails", expect="HeaderTampered")


def copies(suite: Suite) -> None:
    """Not all four alike."""
    record = start()
    good = record.make_header()
    mac = record.header[4032:4064]
    rot = record.header[:100] + b"\xff" + record.header[101:]
    for zones in ((0,), (3,), (0, 1, 2), (1, 2, 3)):
        name = "".join(map(str, zones))
        img = with_header(record, rot, *zones)
        suite.add(
            f"header-copies-damaged-{name}",
            img,
            f"copies {name} fail their SHA-256",
            findings=COPY,
            snap=record.snaps[-1],
        )
    snap = record.snaps[-1]
    newer = replace(good, version=2).block(record.k_root)
    cost = replace(good, cost=2).block(record.k_root)
    img = with_header(record, newer, 0)
    suite.add("header-copy-newer", img, "copy 0 has version 2: not intact, passed over", findings=COPY, snap=snap)
    img = with_header(record, cost, 0)
    suite.add("header-copy-cost", img, "copy 0 has cost class 2: not intact, passed over", findings=COPY, snap=snap)
    img = with_header(record, bytes(4096), 2)
    suite.add("header-copy-gone", img, "copy 2 is all zero: not a copy any more", findings=COPY, snap=snap)
    img = with_header(record, rot)
    img[ZONE : ZONE + 4096] = newer
    suite.add("header-damaged-and-newer", img, "three damaged, one newer, none intact", expect="NewerVersion")
    img = with_header(record, rot)
    img[ZONE : ZONE + 4096] = cost
    suite.add("header-damaged-and-cost", img, "three damaged, one of cost class 2", expect="CostRefused")
    img = with_header(record, cost)
    img[3 * ZONE : 3 * ZONE + 4096] = newer
    suite.add("header-newer-and-cost", img, "three of cost class 2, one newer: newer is said", expect="NewerVersion")

    foreign = Record("foreign header", {3: STRANGER}, generation=9)
    img = with_header(record, foreign.header, 0)
    text = "copy 0 is intact, of generation 9, and does not open with this secret; all superblocks follow the ring"
    suite.add("header-copy-planted", img, text, findings="header-copy-planted", snap=snap)
    img = with_header(record, foreign.header, 0)
    img[3 * ZONE + 65536 + 512] ^= 1
    text = "as header-copy-planted, but superblock 3 does not open either: it may be a revocation cut short"
    found = "secrets-change-interrupted superblock-damaged"
    suite.add("header-copy-planted-superblock", img, text, findings=found, snap=snap)
    img = with_header(record, foreign.header)
    suite.add("header-planted-four", img, "all four are a stranger's", expect="WrongSecret")
    low = Record("foreign header", {3: STRANGER})
    img = with_header(record, low.header, 0)
    text = "copy 0 is a stranger's, of generation 1"
    suite.add("header-copy-foreign", img, text, findings="header-copy-superseded", snap=snap)
    same = Record("foreign header", {3: HOLDER})
    img = with_header(record, same.header, 0)
    text = (
        "copy 0 comes from another container of the same secret: it opens, no superblock does, the next copy is tried"
    )
    suite.add("header-copy-foreign-same-secret", img, text, findings="header-copy-superseded", snap=snap)
    img = with_header(record, same.header)
    text = "all four come from another container of the same secret: no superblock opens"
    suite.add("header-foreign-same-secret-four", img, text, expect="NoSuperblock")
    altered = replace(good, generation=9).block(record.k_root, mac)
    img = with_header(record, altered, 0)
    text = "copy 0 claims generation 9, its slot opens, its MAC fails: the next copy is tried"
    suite.add("header-copy-altered", img, text, findings="header-copy-altered", snap=snap)
    altered = replace(good, notice=b"Autre notice").block(record.k_root, mac)
    img = with_header(record, altered, 3)
    text = "copy 3 has another notice, the same generation and a MAC that fails"
    suite.add("header-copy-altered-last", img, text, findings="header-copy-altered", snap=snap)


def cases(suite: Suite) -> None:
    """Add this module's vectors."""
    fields(suite)
    tampered(suite)
    copies(suite)
