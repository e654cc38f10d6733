"""Sections 2, 6, 7, 12.2 and 12.3: size, superblocks, frames, roll-forward, older commits, rescue."""

from collections.abc import Callable

from base import ring, signed, start
from cases_header import COPY
from coffre import KIB, LOG, MIB, STEP, SUPER, ZONE, size_for, u8, u64
from record import Record
from shapes import Hooks, Snap
from suite import Suite


def flip(record: Record | bytes | bytearray, *offsets: int) -> bytearray:
    """Return the file with one bit of each of those bytes changed."""
    img = bytearray(record.img if isinstance(record, Record) else record)
    for offset in offsets:
        img[offset] ^= 1
    return img


def wiped(record: Record | bytearray, *zones: int) -> bytearray:
    """Return the file with those zones destroyed."""
    img = bytearray(record.img if isinstance(record, Record) else record)
    for zone in zones:
        img[zone * ZONE : (zone + 1) * ZONE] = bytes(ZONE)
    return img


def bases(suite: Suite) -> None:
    """Add the files that the other vectors start from."""
    suite.add("opens-one-commit", start(), "one base commit, no summary", base=True)
    suite.add("opens-six-commits", ring(), "a full ring: slots 65540, 65541, 65538, 65539", base=True)
    suite.add("opens-signed", signed(), "a signed commit with a summary of three parts", base=True)


def lengths(suite: Suite) -> None:
    """Cut files."""
    one, record = start(), ring()
    img = one.img
    for size, expect in (
        (0, "NotAContainer"),
        (1, "Truncated"),
        (15, "Truncated"),
        (4095, "Truncated"),
        (4096, "Truncated"),
        (SUPER, "Truncated"),
        (SUPER + 4095, "Truncated"),
    ):
        suite.add(f"cut-at-{size}", img[:size], "cut: no superblock is complete", expect=expect)
    suite.add("cut-foreign-byte", b"X", "one byte, not the magic's first", expect="NotAContainer")
    cuts = [(SUPER + 4096, "just after the first superblock"), (MIB // 2, "in zone 0"), (5 * MIB, "in zone 1")]
    cuts += ((9 * MIB, "in zone 2"), (13 * MIB, "in zone 3"), (LOG, "at the log"), (LOG + 300, "in the first blob"))
    for size, where in cuts[:2]:
        text = f"cut {where}: no catalogue and no history is left"
        suite.add(f"cut-at-{size}", img[:size], text, expect="CatalogueDamaged")
    for size, where in cuts[2:]:
        text = f"cut {where}: the catalogue's mirror is left, no history"
        lost = COPY if size < 13 * MIB else ""
        suite.add(
            f"cut-at-{size}",
            img[:size],
            text,
            findings=f"rescued state-unverified size-unexpected {lost}",
            snap=one.snaps[-1],
            history=False,
            damaged=list(one.rows),
        )
    newest = record.next_free - STEP
    suite.add(
        "cut-in-newest-frame",
        record.img[: newest + 200],
        "cut in the newest frame: its catalogue is gone",
        findings="older-commit-shown size-unexpected",
        snap=record.snaps[-2],
    )
    suite.add(
        "cut-before-newest-frame",
        record.img[:newest],
        "cut at the start of the newest frame",
        findings="older-commit-shown size-unexpected",
        snap=record.snaps[-2],
    )
    size = record.next_free
    suite.add(
        "cut-tail", record.img[:size], "only the random tail is gone", findings="size-unexpected", snap=record.snaps[-1]
    )
    for size, name in ((len(img) - 1, "size-one-less"), (len(img) + 512, "size-one-sector-more")):
        grown = bytes(img[:size]).ljust(size, b"\0")
        suite.add(name, grown, "not a step of section 2", findings="size-unexpected", snap=one.snaps[-1])
    grown = bytes(img).ljust(size_for(20 * MIB), b"\0")
    suite.add("size-next-step", grown, "a step, but not this end's", findings="size-unexpected", snap=one.snaps[-1])
    record = start().fork("grown")
    record.add("contact", "Loin", b"far")
    record.commit(pad=3 * MIB)
    suite.add("size-grown", record, "the newest frame ends beyond 19 MiB: one step up")


def zones(suite: Suite) -> None:
    """Destroy zones and superblocks."""
    record = ring()
    snap = record.snaps[-1]
    table = [
        ((0,), "superblock-damaged catalogue-copy-damaged", "a middle slot and the catalogue's mirror"),
        ((1,), "rolled-forward", "the newest slot: its commit is rolled forward from the slot before"),
        ((2,), "commit-may-be-missing", "the slot of the next commit: nothing tells this from a lost commit"),
        ((3,), "superblock-damaged", "a middle slot"),
        ((0, 1), "rolled-forward catalogue-copy-damaged", "two commits rolled forward"),
        ((0, 1, 2), "rolled-forward catalogue-copy-damaged commit-may-be-missing", "slot 3 is left"),
        ((0, 1, 3), "rolled-forward catalogue-copy-damaged", "slot 2 is left: three commits rolled forward"),
        ((0, 2, 3), "catalogue-copy-damaged commit-may-be-missing superblock-damaged", "slot 1 is left, the newest"),
        ((1, 2, 3), "rolled-forward commit-may-be-missing superblock-damaged", "slot 0 is left"),
    ]
    for numbers, found, text in table:
        name = "".join(map(str, numbers))
        suite.add(
            f"zone-{name}-gone",
            wiped(record, *numbers),
            f"zone {name} is zero: {text}",
            findings=f"{found} {COPY}",
            snap=snap,
        )
    suite.add("zone-0123-gone", wiped(record, 0, 1, 2, 3), "all zones are zero", expect="NotAContainer")
    img = bytearray(record.img)
    for zone in range(4):
        img[zone * ZONE + SUPER : zone * ZONE + SUPER + 4096] = bytes(4096)
    suite.add("superblocks-gone", img, "no superblock is left", expect="NoSuperblock")
    found_by_slot = ("superblock-damaged", "rolled-forward", "commit-may-be-missing", "superblock-damaged")
    for slot, found in enumerate(found_by_slot):
        img = flip(record, slot * ZONE + SUPER + 600)
        suite.add(f"superblock-b-{slot}-damaged", img, f"one bit of slot {slot}'s part B", findings=found, snap=snap)
        img = flip(record, slot * ZONE + SUPER + 60)
        suite.add(
            f"superblock-a-{slot}-damaged",
            img,
            f"one bit of slot {slot}'s part A",
            findings="part-a-damaged",
            snap=snap,
        )
    img = bytearray(record.img)
    img[3 * ZONE + SUPER : 3 * ZONE + SUPER + 4096] = img[SUPER : SUPER + 4096]
    text = "slot 0's superblock copied into slot 3: the context names the slot"
    suite.add("superblock-moved", img, text, findings="superblock-damaged", snap=snap)


def forged(suite: Suite) -> None:
    """Superblocks that open and are wrong."""
    table: list[tuple[str, Callable[[bytes], bytes], str]] = [
        ("pending-5", lambda b: b[:40] + u8(5) + b[41:], "pending is 5"),
        ("zero-41", lambda b: b[:47] + u8(1) + b[48:], "byte 47 must be zero"),
        ("zero-280", lambda b: b[:511] + u8(1), "byte 511 must be zero"),
        ("next-free", lambda b: b[:32] + u64(LOG + STEP + 512) + b[40:], "next free is no multiple of 16 KiB"),
        ("first-seq", lambda b: b[:8] + u64(65535) + b[16:], "first seq is not where the history begins"),
    ]
    for name, edit, text in table:
        record = start().fork(f"superblock {name}")
        for slot in range(4):
            record.super_b(slot, edit(record.part_b()))
        suite.add(f"superblock-{name}", record, f"{text}, in every part B", expect="Malformed")
    record = ring()
    record.super_a(1, u64(record.seq - 1) + record.part_a()[8:])
    text = "slot 1's part A names the commit before its part B's: a write cut between two sectors"
    suite.add("part-a-seq", record, text, findings="part-a-damaged")
    record = ring()
    record.super_a(1, u64(record.seq + 1) + record.part_a()[8:])
    suite.add("part-a-seq-high", record, "slot 1's part A names a commit above every part B", findings="part-a-forged")
    record = ring()
    record.super_a(1, record.part_a()[:79] + b"\1")
    suite.add(
        "part-a-zero", record, "slot 1's part A is malformed; the dossier does not need it", findings="part-a-forged"
    )


def forward(suite: Suite) -> None:
    """Frames without their superblock."""
    for count in (1, 2, 3, 4, 5):
        record = start().fork(f"forward {count}")
        for index in range(count):
            record.add("contact", f"Contact {index}", b"c")
            record.frame()
        text = f"{count} complete frames after the last superblock"
        suite.add(f"forward-{count}", record, text, findings="rolled-forward")
    record = start().fork("forward full")
    record.add("contact", "Contact", b"c")
    record.frame(full=True)
    suite.add("forward-full-catalogue", record, "the frame has a full catalogue", findings="rolled-forward")
    record = signed().fork("forward signed")
    record.add("allergy", "Latex", b"latex")
    record.frame(role="professional", parts=[{"items": [], "text": "Latex"}])
    suite.add("forward-signed", record, "the frame has a signature and a summary", findings="rolled-forward")


def torn(suite: Suite) -> None:
    """Frames that must not be adopted."""

    def edit(at: int, data: bytes) -> Hooks:
        return {"frame": lambda plain: plain[:at] + data + plain[at + len(data) :]}

    table: list[tuple[str, Hooks, str]] = [
        ("seq", edit(0, u64(65538)), "the frame header's seq is one too high"),
        ("offset", edit(8, u64(LOG)), "the frame header names another offset"),
        ("length-odd", edit(16, u64(STEP + 512)), "the length is no multiple of 16 KiB"),
        ("length-beyond", edit(16, u64(1 << 30)), "the length ends beyond the file"),
        ("kind-1", edit(24, u8(1)), "a barrier frame is never adopted"),
        ("kind-2", edit(24, u8(2)), "a base frame is never adopted"),
        ("prev", edit(32, bytes(31) + b"\1"), "prev is not the head"),
        ("state", {"state": lambda state: bytes(32)}, "the record's state is not that of the rows"),
    ]
    before = start().snaps[-1]
    for name, hooks, text in table:
        record = start().fork(f"torn {name}")
        record.add("contact", "Contact", b"c")
        record.frame(hooks=hooks)
        found = "barrier-unfinished" if name == "kind-1" else ""
        suite.add(f"frame-{name}-not-adopted", record, text, findings=found, snap=before)
    record = start().fork("torn")
    row = record.add("contact", "Contact", b"c" * 40)
    record.frame()
    history, catalogue = record.histories[-1][3], record.recent[1]
    places = {"header": LOG + STEP + 40, "item": row.offset + 60, "history": history + 99, "catalogue": catalogue + 60}
    for name, place in places.items():
        text = f"one bit of the {name} of a frame without superblock"
        suite.add(f"frame-torn-{name}", flip(record, place), text, snap=before)
    record = start().fork("torn summary")
    record.frame(declared=[{"items": [], "text": "Sourd"}])
    img = flip(record, record.summary.offset + 60)
    suite.add("frame-torn-summary", img, "one bit of the summary of a frame without superblock", snap=before)


def older(suite: Suite) -> None:
    """The newest commit cannot be shown, or is gone."""
    record = ring()
    before, snap = record.snaps[-2], record.snaps[-1]
    found = "older-commit-shown"
    img = flip(record, record.recent[1] + 60)
    suite.add("catalogue-recent-damaged", img, "one bit of the recent catalogue", findings=found, snap=before)
    img = flip(record, record.histories[-1][3] + 60)
    suite.add("history-newest-damaged", img, "one bit of the newest history blob", findings=found, snap=before)
    gap = start().fork("history gap")
    gap.commit()
    gap.add("contact", "Contact", b"c")
    gap.commit()
    history = [
        (seq, *(("unknown", "broken") if seq == 65537 else (role, verdict))) for seq, role, verdict in gap.history
    ]
    img = flip(gap, gap.histories[1][3] + 60)
    text = "one bit of the history blob of 65537, which changed no item"
    suite.add("history-older-damaged", img, text, snap=gap.snaps[-1], history=history)
    text = "one bit of the history blob of 65538, which brought an item: what follows cannot be judged"
    history = [
        (s, r, v) if s < 65538 else (s, "unknown", "broken") if s == 65538 else (s, r, "indeterminate")
        for s, r, v in snap.history
    ]
    img = flip(record, record.histories[2][3] + 60)
    suite.add("history-older-damaged-item", img, text, snap=snap, history=history)
    img = flip(record, record.next_free - STEP + 60)
    text = "one bit of the newest frame header: only a roll-forward would need it"
    suite.add("frame-header-newest-damaged", img, text, snap=snap)
    start_of = record.next_free - STEP
    img = bytearray(record.img)
    img[start_of : start_of + STEP] = bytes(STEP)
    img[ZONE + SUPER : ZONE + SUPER + 4096] = bytes(4096)
    text = "the newest frame and its superblock are gone: slot 1 does not hold 65537 either"
    suite.add("dropped-last-commit", img, text, findings="commit-may-be-missing", snap=before)
    past = start().fork("ring")
    for _, kind in zip(range(4), ("contact", "language", "draft", "settings"), strict=False):
        past.add(kind, f"Entrée {len(past.snaps) - 1}", f"content {len(past.snaps) - 1}".encode())
        past.commit()
    assert past.snaps[-1] == before
    suite.add("dropped-whole-older-file", past, "the whole file of one commit before: nothing inside can tell")
    img = bytearray(record.img)
    img[start_of : start_of + STEP] = bytes(STEP)
    text = "the newest frame is gone, its superblock is not"
    suite.add("dropped-frame-only", img, text, findings=found, snap=before)
    img = bytearray(record.img)
    img[3 * ZONE + SUPER : 3 * ZONE + SUPER + 4096] = start().img[3 * ZONE + SUPER : 3 * ZONE + SUPER + 4096]
    text = "slot 3 was put back to 65536: it must hold 65539"
    suite.add("ring-slot-put-back", img, text, findings="superblock-damaged", snap=snap)
    img = bytearray(record.img)
    img[2 * ZONE + SUPER : 2 * ZONE + SUPER + 4096] = start().img[2 * ZONE + SUPER : 2 * ZONE + SUPER + 4096]
    text = "slot 2 was put back to 65536: it must hold 65538"
    suite.add("ring-next-slot-put-back", img, text, findings="commit-may-be-missing", snap=snap)


def copies(suite: Suite) -> None:
    """The full catalogue, its mirror, and the rescue walk."""
    record = ring()
    snap: Snap = record.snaps[-1]
    _, offset, mirror, _ = record.full
    found = "catalogue-copy-damaged"
    suite.add(
        "catalogue-full-damaged", flip(record, offset + 60), "one bit of the first copy", findings=found, snap=snap
    )
    suite.add("catalogue-mirror-damaged", flip(record, mirror + 60), "one bit of the mirror", findings=found, snap=snap)
    lost = [item for item in snap.items if item[2] != "identity"]
    partial = Snap(snap.seq, snap.head, lost, snap.parts, snap.history)
    text = "both copies: the recent catalogues are left, the identity is in none of them"
    img = flip(record, offset + 60, mirror + 60)
    suite.add("rescue-full-lost", img, text, findings="rescued entries-missing", snap=partial)
    text = "as rescue-full-lost, and the frame header of 65538 is dead: a gap in the walk, not a fork"
    img = flip(img, LOG + 2 * STEP + 60)
    suite.add("rescue-dead-frame-header", img, text, findings="rescued entries-missing", snap=partial)
    record = ring().fork("rescue")
    record.add("outbox", "Envoi", b"out")
    record.commit(full=True)
    record.add("tray", "Note", b"note")
    record.commit()
    snap = record.snaps[-3]
    _, offset, mirror, _ = record.full
    img = flip(record, offset + 60, mirror + 60)
    text = "both copies of the second full catalogue: the walk would lack an entry, so the older commit is shown"
    suite.add("rescue-second-full-lost", img, text, findings="older-commit-shown", snap=snap)
    record = ring().fork("rescue nothing new")
    record.commit(full=True)
    _, offset, mirror, _ = record.full
    text = "both copies of a full catalogue that holds nothing that others do not"
    suite.add(
        "rescue-complete", flip(record, offset + 60, mirror + 60), text, findings="rescued", snap=record.snaps[-1]
    )
    record = ring().fork("rescue newest")
    record.commit()
    text = "one bit of the newest recent catalogue; that commit changed nothing, so the walk reaches it"
    suite.add(
        "rescue-newest-unchanged", flip(record, record.recent[1] + 60), text, findings="rescued", snap=record.snaps[-1]
    )
    record = ring().fork("other branch")
    beyond, head = record.next_free, record.snaps[-2]
    record.rows = {k: v for k, v in record.rows.items() if v.type != "directive"}
    record.head, record.history, record.snaps = head.head, record.history[:-1], record.snaps[:-1]
    record.histories = record.histories[:-1]
    record.finish(record.barrier(step=2))
    assert (record.barrier_seq, record.next_free > beyond) == (65543, True)
    snap = record.snaps[-1]
    text = "the user went on from 65540 after 65541 was lost: seq 65543, after the frame of 65541"
    suite.add("going-on", record, text, findings="gap", base=True)
    _, offset, mirror, _ = record.full
    img = flip(record, offset + 60, mirror + 60)
    text = "as going-on, both copies of the catalogue lost: the frame of 65541 is a fork, never mixed in"
    suite.add("rescue-other-branch", img, text, findings="rescued other-branch gap", snap=snap)
    record = start()
    _, offset, mirror, _ = record.full
    text = "both copies of the only catalogue"
    suite.add("rescue-nothing", flip(record, offset + 60, mirror + 60), text, expect="CatalogueDamaged")


def cases(suite: Suite) -> None:
    """Add this module's vectors."""
    bases(suite)
    for part in (lengths, zones, forged, forward, torn, older, copies):
        part(suite)


__all__ = ["KIB", "cases", "flip", "wiped"]
