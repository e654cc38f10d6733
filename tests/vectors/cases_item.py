"""Sections 8, 9 and 16: catalogue rows, pointers, limits, items."""

from collections.abc import Callable
from typing import Any

from base import row, signed, start
from cases_commit import flip
from coffre import CAP, LIVE, LOG, WITHDRAWN, Row, bomb, canonical, huffman, sealed, stored, u32, u64
from shapes import Hooks
from suite import Suite


def sizes(suite: Suite) -> None:
    """Lengths around the chunk, and damage to the blobs."""
    record = start().fork("sizes")
    rows = [record.add("draft", f"{n} octets", bytes([65 + i]) * n) for i, n in enumerate((0, 1, 16383, 16384, 16385))]
    record.commit()
    suite.add("item-sizes", record, "items of 0, 1, 16383, 16384 and 16385 bytes", base=True)
    empty, one, _, exact, two = rows
    snap = record.snaps[-1]
    for name, item, at, text in (
        ("salt", exact, 0, "one bit of the salt"),
        ("commitment", exact, 24, "one bit of the commitment"),
        ("first-chunk", two, 56, "one bit of the first chunk"),
        ("last-chunk", two, sealed(16385) - 17, "the one byte of the last chunk"),
        ("last-tag", exact, sealed(16384) - 1, "the tag of the empty last chunk"),
        ("empty", empty, sealed(0) - 1, "the tag of an empty item"),
    ):
        suite.add(f"item-damaged-{name}", flip(record, item.offset + at), text, damaged=[item.id], snap=snap)
    img = bytearray(record.img)
    img[one.offset : one.offset + sealed(1)] = bytes(sealed(1))
    suite.add("item-overwritten", img, "the blob is zero", damaged=[one.id], snap=snap)
    record = start().fork("swap")
    pair = [record.add("draft", f"Jumeau {i}", f"content {i}".encode()) for i in range(2)]
    record.commit()
    first, second = (slice(item.offset, item.offset + sealed(item.size)) for item in pair)
    img = bytearray(record.img)
    img[first], img[second] = record.img[second], record.img[first]
    suite.add(
        "item-swapped",
        img,
        "two blobs of one length changed places",
        damaged=[i.id for i in pair],
        snap=record.snaps[-1],
    )


def shapes(suite: Suite) -> None:
    """Titles, metas, statuses."""
    record = start().fork("titles")
    for title in (
        "Œdème aigu, hôpital Saint-Étienne",
        '\u0001\u001f\u007f "\\\b\t\n\f\r',
        "\U0001d4b3 😀 \u2028",
        "é and e\u0301",
        "",
    ):
        record.add("draft", title, title.encode())
    record.commit()
    suite.add("meta-titles", record, "accents, controls, astral characters, line separators, two normal forms, nothing")
    record = start().fork("big meta")
    base = len(canonical({"type": "draft", "title": "", "date": "2026-03-01", "media": "text/plain"}))
    big = record.add("draft", "t" * (4096 - base), b"x")
    assert len(big.meta) == 4096
    record.commit()
    suite.add("meta-4096", record, "a meta of 4 096 bytes")
    record = start().fork("meta names")
    record.add("draft", "Autres noms", b"x", zzz={"a": [1, True, "é"]}, aaa=9007199254740991)
    record.commit()
    suite.add("meta-other-names", record, "other names in a meta are kept and ignored")
    record = start().fork("replace")
    old = record.add("contact", "Voisine", b"1")
    record.commit()
    record.add("contact", "Voisine, nouveau numéro", b"2", of=old)
    record.commit()
    suite.add("item-replaced", record, "a contact replaced")
    record.withdraw(next(item for item in record.rows.values() if item.status == LIVE and item.type == "contact"))
    record.commit()
    suite.add("item-withdrawn", record, "and its replacement withdrawn")
    record.visibility(row(record, "identity"), "dossier")
    record.k_epoch = record.rnd(32)
    record.finish(record.barrier(overwrite=()))
    suite.add("item-visibility", record, "the identity set to dossier only")
    record = start().fork("erase")
    item = record.add("draft", "À effacer", b"secret")
    record.commit()
    snap = record.snaps[-1]
    record.k_epoch = record.rnd(32)
    where = record.erase(item)
    for step in record.barrier(overwrite=(where,)):
        if step in ("frame", "first", "other 0", "other 3", "wiped", "done 3"):
            found = {"frame": "barrier-unfinished", "done 3": ""}.get(step, "barrier-pending")
            text = f"an erasure cut after the write '{step}'"
            shown = snap if step == "frame" else record.snaps[-1]
            suite.add(f"erase-cut-{step.replace(' ', '-')}", record, text, findings=found, snap=shown)
    suite.add("item-erased", record, "an erasure, whole: the row is a tombstone; a history blob shares the page")
    record = start().fork("erase large")
    item = record.add("draft", "Gros", b"secret" * 6000)
    record.commit()
    record.k_epoch = record.rnd(32)
    record.finish(record.barrier(overwrite=(record.erase(item),)))
    suite.add("item-erased-large", record, "an erasure of three pages: two are overwritten, the last is shared")
    record = signed()
    record.add("identity", "Identité rectifiée", b"test subject, corrected", of=row(record, "identity"))
    record.commit()
    suite.add("identity-changed", record, "the identity replaced: the subject changes", findings="identity-changed")
    record = start().fork("full")
    record.add("contact", "Contact", b"c")
    record.commit(full=True)
    record.add("contact", "Autre contact", b"d")
    record.commit()
    suite.add("catalogue-second-full", record, "an ordinary commit with a full catalogue, then a recent one")


def rows_wrong(suite: Suite) -> None:
    """Catalogues that open and disagree with the statements."""

    def on(kind: str, change: Callable[[Row], None]) -> Hooks:
        def edit(rows: list[Row]) -> list[Row]:
            for item in rows:
                if item.type == kind:
                    change(item)
            return rows

        return {"rows": edit}

    def retitle(item: Row) -> None:
        item.meta = item.meta.replace(b"Contact", b"Kontact")

    def setting(name: str, value: Any) -> Callable[[Row], None]:
        return lambda item: setattr(item, name, value)

    def gone(rows: list[Row]) -> list[Row]:
        return [item for item in rows if item.type != "contact"]

    wrong, differs = "StateMismatch", "catalogue-differs"
    table: list[tuple[str, Hooks, str, str]] = [
        ("good", {}, "", "nothing wrong: the other row vectors start from this"),
        ("retitled", on("contact", retitle), wrong, "the title of a live item differs from the signed one"),
        ("hidden-row", {"rows": gone}, wrong, "the row of a live item is missing"),
        ("hidden-status", on("contact", setting("status", WITHDRAWN)), wrong, "a live item is marked withdrawn"),
        ("resurrected", on("draft", setting("status", LIVE)), wrong, "a replaced item is marked live"),
        ("blind", on("contact", setting("blind", bytes(32))), wrong, "the blind of a live item"),
        ("hash", on("contact", setting("hash", bytes(32))), wrong, "the content hash of a live item"),
        ("state", {"state": lambda state: bytes(32)}, wrong, "the statement names another state"),
        ("key", on("contact", setting("key", bytes(32))), "damaged", "the key of an item"),
        ("size", on("contact", setting("size", 6)), "damaged", "the size of an item, which no signature covers"),
        ("seq", on("contact", setting("seq", 65536)), "damaged", "the commit of an item"),
        ("past-end", on("contact", setting("offset", 1 << 30)), "damaged", "a pointer past the end of the file"),
        ("visibility", on("contact", setting("visibility", 1)), differs, "a visibility that no statement gave"),
        ("replaced-status", on("draft", setting("status", WITHDRAWN)), differs, "a replaced item is marked withdrawn"),
        ("replaced-blind", on("draft", setting("blind", bytes(32))), differs, "the blind of a replaced item"),
        ("before-log", on("contact", setting("offset", LOG - 512)), "PointerOutside", "a pointer before the log"),
        ("over-cap", on("contact", setting("offset", CAP - 9)), "PointerOutside", "a blob that ends beyond 3900 MiB"),
        (
            "over-u64",
            on("contact", setting("offset", (1 << 64) - 8)),
            "PointerOutside",
            "offset plus length passes 2^64",
        ),
        ("content-cap", on("contact", setting("size", (1 << 30) + 1)), "CapExceeded", "a content over 1 GiB"),
        ("status-4", on("contact", setting("status", 4)), "Malformed", "status 4"),
        ("visibility-2", on("contact", setting("visibility", 2)), "Malformed", "visibility 2"),
        ("row-zero", on("contact", setting("zero", 1)), "Malformed", "the zero field of a row"),
        ("unsorted", {"rows": lambda rows: rows[::-1]}, "Malformed", "rows in descending order"),
        ("duplicate", {"rows": lambda rows: [*rows, rows[-1]]}, "Malformed", "the last row twice"),
    ]
    for name, hooks, verdict, text in table:
        record = start().fork("rows")
        draft = record.add("draft", "Brouillon", b"d")
        record.commit()
        record.add("outbox", "Propre", b"p", of=draft)
        contact = record.add("contact", "Contact", b"c")
        record.commit(hooks=hooks)
        snap = record.snaps[-1]
        if name == "replaced-status":
            snap.items = [(i, "withdrawn" if k == "draft" else s, k, h) for i, s, k, h in snap.items]
        suite.add(
            f"row-{name}",
            record,
            f"{text}, in the newest catalogue",
            expect="opens" if verdict in ("", "damaged", differs) else verdict,
            base=not verdict,
            findings=differs if verdict == differs or name == "seq" else "",
            damaged=[contact.id] if verdict == "damaged" else [],
        )


def layout(suite: Suite) -> None:
    """Catalogues that break section 8 in the newest commit, sealed by one who holds the keys."""

    def at(offset: int, data: bytes) -> Hooks:
        return {"plain": lambda plain: plain[:offset] + data + plain[offset + len(data) :]}

    wrong = "Malformed"
    table: list[tuple[str, Hooks, str, str]] = [
        ("version", at(0, u32(2)), wrong, "version 2"),
        ("kind", at(4, u32(2)), wrong, "kind 2"),
        ("seq", at(8, u64(65536)), wrong, "the seq of the commit before"),
        ("base", at(16, u64(65535)), wrong, "a base that is not the full catalogue in force"),
        ("trailing", {"plain": lambda plain: plain + b"\0"}, wrong, "a byte after the last row"),
        ("short", {"plain": lambda plain: plain[:-1]}, wrong, "the last byte is missing"),
        ("deflate-trailing", {"deflated": lambda data: data + b"\0"}, wrong, "a byte after the deflate stream"),
        ("deflate-short", {"deflated": lambda data: data[:-1]}, wrong, "the deflate stream has no end"),
        ("deflate-junk", {"deflated": lambda _: b"\xff" * 64}, wrong, "no deflate stream"),
        ("deflate-zlib", {"deflated": lambda data: b"\x78\xda" + data}, wrong, "a zlib wrapper"),
        ("bomb", {"deflated": lambda _: bomb((48 << 20) + 1)}, "CapExceeded", "inflates to 48 MiB and one byte"),
        ("logs", at(88, u32(1)), wrong, "a recent catalogue with a log"),
        ("items-many", at(104, u32(100_001)), "CapExceeded", "a count of 100 001 rows"),
        (
            "summary-outside",
            at(24, u64(65537, 4096, (1 << 22) + (128 << 10), 200)),
            "PointerOutside",
            "summary before the log",
        ),
        (
            "history-outside",
            {"histories": lambda h: [(*h[0][:3], 4096, h[0][4]), *h[1:]]},
            "PointerOutside",
            "history before the log",
        ),
        ("history-log", {"histories": lambda h: [(*h[0][:2], 9, *h[0][3:])]}, wrong, "a history names a tenth log"),
        ("histories-order", {"histories": lambda h: [h[0], h[0]]}, wrong, "a history row twice"),
    ]
    for name, hooks, expect, text in table:
        record = start().fork(f"catalogue {name}")
        record.add("contact", "Contact", b"c")
        record.commit(hooks=hooks)
        suite.add(f"catalogue-{name}", record, f"{text}, in the newest catalogue", expect=expect)
    good: list[tuple[str, Hooks, str]] = [
        ("huffman", {"deflated": lambda data: huffman(data[5:])}, "one block of fixed codes"),
        ("blocks", {"deflated": lambda data: b"\0" + stored(data[5:25])[1:] + stored(data[25:])}, "two stored blocks"),
    ]
    for name, hooks, text in good:
        record = start().fork(f"catalogue {name}")
        record.add("contact", "Contact", b"c")
        record.commit(hooks=hooks)
        suite.add(f"catalogue-{name}", record, f"the newest catalogue deflated as {text}")
    record = start().fork("catalogue logs")
    record.commit(full=True, hooks={"plain": lambda plain: plain[:108] + bytes(32) + plain[140:]})
    suite.add("catalogue-logs-last", record, "the last of the logs is not K_log", expect="Malformed")
    record = start().fork("garbage")
    record.garbage = [(4096, 512)]
    record.commit()
    suite.add("catalogue-garbage-outside", record, "a garbage range in zone 0", expect="PointerOutside")
    record = start().fork("overwrite")
    record.finish(record.barrier(overwrite=((4096, 512),)), "first")
    suite.add("catalogue-overwrite-outside", record, "a range to be overwritten in zone 0", expect="PointerOutside")
    record = start().fork("mirror in the log")
    record.add("contact", "Contact", b"c")
    record.commit(full=True, far=True)
    suite.add("catalogue-mirror-in-log", record, "the mirror is in the frame, 4 MiB after the first copy")
    img = flip(record, record.full[1] + 60)
    found = "catalogue-copy-damaged"
    suite.add("catalogue-mirror-in-log-used", img, "its first copy is damaged", findings=found, snap=record.snaps[-1])
    record = start().fork("catalogue not adopted")
    before = record.snaps[-1]
    record.add("contact", "Contact", b"c")
    record.frame(hooks=at(0, u32(2)))
    suite.add(
        "catalogue-version-not-adopted", record, "version 2 in a frame without superblock: not complete", snap=before
    )
    record = start().fork("catalogue bomb not adopted")
    record.frame(hooks={"plain": lambda plain: plain + b"\0"})
    suite.add("catalogue-trailing-not-adopted", record, "a byte too many in a frame without superblock", snap=before)


def pointers(suite: Suite) -> None:
    """Pointers of part B outside the log and the rooms."""

    def at(offset: int, data: bytes) -> Hooks:
        return {"b": lambda plain: plain[:offset] + data + plain[offset + len(data) :]}

    outside = "PointerOutside"
    table: list[tuple[str, int, bytes, str, str]] = [
        ("full-before-log", 232, u64(LOG - 4096), outside, "full catalogue before the log"),
        ("full-over-cap", 232, u64(CAP), outside, "full catalogue beyond 3900 MiB"),
        ("mirror-outside", 240, u64(64 << 10), outside, "mirror in a superblock's place"),
        ("mirror-summary-room", 240, u64(128 << 10), outside, "mirror in a summary room"),
        ("recent-before-log", 264, u64(512), outside, "recent catalogue in the header"),
        ("length-cap", 272, u64((49 << 20) + 1), "CapExceeded", "recent catalogue longer than 49 MiB"),
    ]
    for name, offset, data, expect, text in table:
        record = start().fork(f"pointer {name}")
        record.add("contact", "Contact", b"c")
        record.commit(hooks=at(offset, data))
        suite.add(f"pointer-{name}", record, f"{text}, in the newest part B", expect=expect)
    record = start().fork("pointer past end")
    record.add("contact", "Contact", b"c")
    record.commit(hooks=at(264, u64(1 << 30)))
    text = "the newest part B's recent catalogue is past the end of the file: damage; the frame is rolled forward"
    suite.add("pointer-recent-past-end", record, text, findings="rolled-forward")

    fields = {"date": "", "media": "", "title": "", "type": "draft"}
    long = canonical(fields | {"title": "t" * (4097 - len(canonical(fields)))})
    for name, meta, expect, text in (
        ("space", b'{"date":"", "media":"","title":"","type":"draft"}', "Malformed", "a space"),
        ("duplicate", b'{"date":"","date":"","media":"","title":"","type":"draft"}', "Malformed", "a name twice"),
        ("float", b'{"date":"","media":"","n":1.5,"title":"","type":"draft"}', "Malformed", "a float"),
        ("no-title", b'{"date":"","media":"","type":"draft"}', "Malformed", "no title"),
        ("title-number", b'{"date":"","media":"","title":1,"type":"draft"}', "Malformed", "a title that is a number"),
        ("array", b'["draft"]', "Malformed", "an array"),
        ("4097", long, "CapExceeded", "4 097 bytes"),
    ):
        record = start().fork(f"meta {name}")
        item = record.add("draft", "Brouillon", b"x")
        item.meta = meta
        record.ops[-1]["commitment"] = item.commitment.hex()
        record.commit()
        suite.add(f"meta-{name}", record, f"a meta with {text}, as signed", expect=expect)


def cases(suite: Suite) -> None:
    """Add this module's vectors."""
    for part in (sizes, shapes, rows_wrong, layout, pointers):
        part(suite)
