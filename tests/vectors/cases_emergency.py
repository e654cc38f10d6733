"""Sections 11 and 12.4: the emergency summary and its reader."""

from collections.abc import Callable

from base import PARTS, parts_for, signed, start
from cases_commit import flip, wiped
from cases_header import COPY
from coffre import FOLDED, KIB, MIB, SUPER, ZERO32, ZONE, sized, u32, u64, words12
from record import Record
from shapes import Summary
from suite import HOLDER, SIX, SIX_NEW, Suite, some_words

MODE = "emergency"
BAD_A = "part-a-damaged"
FORGED = "part-a-forged"
OLDER = "older-summary"
Edit = Callable[[bytes], bytes]


def reads(suite: Suite) -> None:
    """The page, and damage around it."""
    record = signed()
    snap, s = record.snaps[-1], record.summary
    suite.add("emergency-opens", record, "three parts, signed", mode=MODE, secret=SIX)
    suite.add("emergency-no-page", start(), "no summary was ever written", mode=MODE, secret=SIX)
    wrong = some_words("six wrong words", 6)
    zero = 0x660
    run = "".join(chr(zero + int(c)) for word in SIX.split() for c in f"{FOLDED.index(word) + 1:04d}")
    suite.add("emergency-digits", record, "one run of 24 Arabic-Indic digits", mode=MODE, secret=run)
    short = " ".join(word[:4] for word in SIX.split())
    suite.add("emergency-prefixes", record, "four letters of each word", mode=MODE, secret=short)
    suite.add("emergency-wrong-code", record, "another code", mode=MODE, secret=wrong, expect="WrongSecret")
    text = "the emergency reader takes slot 2 only"
    suite.add("emergency-with-twelve-words", record, text, mode=MODE, secret=words12(HOLDER), expect="WrongSecret")
    suite.add("dossier-with-six-words", record, "the dossier reader passes slot 2 by", secret=SIX, expect="WrongSecret")
    copy_bad = "summary-copy-damaged"
    rest = wiped(record, 0, 2, 3)
    table: list[tuple[str, bytes | bytearray, str, str]] = [
        ("summary-first-damaged", flip(record, s.offset + 60), copy_bad, "one bit of the summary in the frame"),
        ("summary-mirror-damaged", flip(record, s.mirror + 60), "", "one bit of the mirror: it is not tried"),
        ("part-a-newest-damaged", flip(record, 2 * ZONE + SUPER + 60), BAD_A, "one bit of the newest part A"),
        ("part-a-oldest-damaged", flip(record, SUPER + 60), BAD_A, "one bit of an old part A"),
        (
            "part-b-damaged",
            flip(record, *(z * ZONE + SUPER + 600 for z in range(4))),
            "",
            "every part B: not its business",
        ),
        ("zone-1-gone", wiped(record, 1), f"{BAD_A} {COPY}", "zone 1 is zero: the summary's mirror was there"),
        ("zones-023-gone", rest, f"{BAD_A} {COPY}", "only zone 1 is left: part A of 65537"),
        ("cut-at-13-mib", record.img[: 13 * MIB], copy_bad, "cut in zone 3: the mirror is left"),
        ("cut-at-5-mib", record.img[: 5 * MIB], f"{copy_bad} {BAD_A} {COPY}", "cut in zone 1: the mirror is left"),
        ("header-copies-damaged", flip(record, 100, ZONE + 100, 3 * ZONE + 100), COPY, "three header copies damaged"),
        ("slots-next-commit", flip(record, 3 * ZONE + SUPER + 600), "", "slot 3's part B: not its business"),
    ]
    for name, img, found, text in table:
        suite.add(f"emergency-{name}", img, text, mode=MODE, secret=SIX, findings=found, snap=snap)
    both = flip(record, s.offset + 60, s.mirror + 60)
    suite.add("emergency-summary-both-damaged", both, "both copies", mode=MODE, secret=SIX, expect="SummaryDamaged")
    none = flip(record, *(z * ZONE + SUPER + 60 for z in range(4)))
    suite.add("emergency-part-a-all-damaged", none, "no part A opens", mode=MODE, secret=SIX, expect="SummaryDamaged")
    suite.add("part-a-all-damaged", none, "the same for the dossier", findings=BAD_A, snap=snap)
    for size, expect in ((4095, "Truncated"), (2 * MIB // 2, "SummaryDamaged"), (4096, "SummaryDamaged")):
        img = record.img[:size]
        suite.add(f"emergency-cut-at-{size}", img, "cut in zone 0", mode=MODE, secret=SIX, expect=expect)
    img = flip(record, *(z * ZONE + 100 for z in range(4)))
    suite.add("emergency-header-damaged", img, "no intact header", mode=MODE, secret=SIX, expect="HeaderDamaged")
    demo = Record("demo", {3: HOLDER, 2: SIX.encode()}, flags=1)
    demo.add("identity", "Démonstration", b"nobody")
    demo.create(declared=[{"items": [], "text": "Je suis un exemple"}])
    suite.add("opens-demo", demo, "a demonstration record; only declared parts", base=True)
    suite.add("emergency-demo", demo, "the same for the emergency reader: no signed part", mode=MODE, secret=SIX)


def replaced() -> tuple[Record, Summary]:
    """Return a record whose summary was signed anew, and the summary before."""
    record = signed().fork("second summary")
    old = record.summary
    record.add("allergy", "Latex", b"latex")
    record.commit(role="professional", parts=[*parts_for(record)[:2], {"items": [], "text": "Latex"}])
    return record, old


def older(suite: Suite) -> None:
    """A summary that replaced another."""
    record, old = replaced()
    snap, former, s = record.snaps[-1], record.snaps[-2], record.summary
    suite.add("summary-replaced", record, "a second signed summary", base=True)
    suite.add("emergency-summary-replaced", record, "the same for the emergency reader", mode=MODE, secret=SIX)
    img = flip(record, s.offset + 60, s.mirror + 60)
    text = "both copies of the newest summary: the one before is shown"
    suite.add("emergency-older-summary", img, text, mode=MODE, secret=SIX, findings=OLDER, snap=former)
    img = flip(record, 3 * ZONE + SUPER + 60)
    text = "the newest part A does not open: the one before names the summary before"
    suite.add("emergency-older-part-a", img, text, mode=MODE, secret=SIX, findings=BAD_A, snap=former)
    replay = u64(record.seq, old.seq, old.offset, old.mirror, old.length) + old.key + u64(0)
    table: list[tuple[str, bytes, str, str, str]] = [
        ("replayed", replay, "", "points to the summary before", "old"),
        ("key", record.part_a()[:40] + ZERO32 + u64(0), OLDER, "has another K_sum", "old"),
        (
            "length-cap",
            record.part_a()[:32] + u64(896 * KIB + 1) + s.key + u64(0),
            BAD_A,
            "names a length over the cap",
            "old",
        ),
        (
            "outside",
            u64(record.seq, s.seq, 4096, s.mirror, s.length) + s.key + u64(0),
            BAD_A,
            "points before the log",
            "old",
        ),
        (
            "mirror-room",
            u64(record.seq, s.seq, s.offset, SUPER, s.length) + s.key + u64(0),
            BAD_A,
            "names a mirror in no room",
            "old",
        ),
        (
            "no-page",
            u64(record.seq, 0, 0, 0, 0) + ZERO32 + u64(0),
            "older-summary",
            "says that there is no page",
            "old",
        ),
        ("zeros", record.part_a()[:72] + u64(1), BAD_A, "has a byte that must be zero", "old"),
    ]
    for name, plain, found, text, shown in table:
        forged = record.fork(f"part a {name}")
        forged.super_a(3, plain)
        parts = former.parts if shown == "old" else []
        comment = f"the newest part A {text}"
        suite.add(f"emergency-part-a-{name}", forged, comment, mode=MODE, secret=SIX, findings=found, parts=parts)
        suite.add(f"part-a-{name}-dossier", forged, comment, findings=FORGED, snap=snap)
    record.finish(record.barrier())
    suite.add("summary-rooms-wiped", record, "a barrier wiped the summary rooms but the one in use")


def edit_outer(edit: Edit) -> Edit:
    """Change the outer inside a summary."""

    def change(plain: bytes) -> bytes:
        length = int.from_bytes(plain[:4], "little")
        changed = edit(plain[4 : 4 + length])
        assert changed != plain[4 : 4 + length]
        return sized(changed) + plain[4 + length :]

    return change


def swap(old: bytes, new: bytes) -> Edit:
    """Replace once; the text must be there."""

    def edit(text: bytes) -> bytes:
        assert old in text
        return text.replace(old, new, 1)

    return edit


def blobs(suite: Suite) -> None:
    """Summaries that open and are wrong, both copies alike; no older one exists."""

    def build(edit: Edit) -> Record:
        record = start().fork("summary model")
        record.commit(
            role="professional",
            parts=[{"items": [], "text": text} for text in PARTS[:2]],
            declared=[{"items": [], "text": "Sourd"}],
            hooks={"summary": edit},
        )
        return record

    model = build(lambda plain: plain)
    first, second = model.summary.commitments
    openings = [u32(i) + blind + sized(part) for i, (blind, part) in sorted(model.summary.openings.items())]
    id_hex = model.cid.hex().encode()
    table: list[tuple[str, Edit, str]] = [
        ("part", swap(b"Penicilline", b"Tenicilline"), "a part that its commitment does not fit"),
        ("blind", swap(openings[0][4:36], ZERO32), "a blind that its commitment does not fit"),
        ("commitment", swap(second + u32(2), bytes(32) + u32(2)), "a commitment was altered"),
        ("commitments-swapped", swap(first + second, second + first), "the commitments changed places"),
        ("index-high", swap(openings[1][:36], u32(2) + openings[1][4:36]), "an opening of a part that is not there"),
        ("index-twice", swap(openings[1], openings[0]), "an opening twice"),
        ("order", swap(openings[0] + openings[1], openings[1] + openings[0]), "openings in descending order"),
        ("trailing", lambda plain: plain + b"\0", "a byte after the end"),
        ("short", lambda plain: plain[:-1], "the last byte is missing"),
        ("container", edit_outer(swap(id_hex, b"1" * 32)), "the outer of another container"),
        ("demo", edit_outer(swap(b'"demo":false', b'"demo":true')), "the outer of a demonstration record"),
        ("outer-space", edit_outer(swap(b'"v":1', b'"v": 1')), "an outer that is not canonical"),
    ]
    text = "what the other emergency-summary vectors start from"
    suite.add("emergency-summary-good", model, text, mode=MODE, secret=SIX, base=True)
    big = start().fork("big part")
    big.commit(role="professional", parts=[{"items": [], "text": "t" * 65515}])
    big.put(big.summary.mirror, bytes(big.summary.length))
    text = "a part of 65 537 bytes (the mirror is left zero)"
    suite.add("emergency-summary-part-cap", big, text, mode=MODE, secret=SIX, expect="SummaryDamaged")
    assert len(big.summary.openings[0][1]) == 65537, len(big.summary.openings[0][1])
    for name, edit, text in table:
        suite.add(f"emergency-summary-{name}", build(edit), text, mode=MODE, secret=SIX, expect="SummaryDamaged")


def holder(suite: Suite) -> None:
    """What a holder may change."""
    record = signed().fork("conceal")
    record.op(op="conceal", parts=[1])
    record.k_epoch = record.rnd(32)
    record.finish(record.barrier(conceal=(1,), overwrite=()))
    suite.add("summary-concealed", record, "one opening of three removed")
    suite.add("emergency-summary-concealed", record, "the same for the emergency reader", mode=MODE, secret=SIX)
    record.op(op="conceal", parts=[0, 2])
    record.k_epoch = record.rnd(32)
    record.finish(record.barrier(conceal=(0, 2), overwrite=()))
    suite.add("emergency-summary-concealed-all", record, "no opening is left", mode=MODE, secret=SIX)
    record = start().fork("declared only")
    record.commit(declared=[{"items": [], "text": "Sourd"}, {"items": [], "text": "Parle LSF"}])
    suite.add("emergency-declared-only", record, "no signed part, two declared ones", mode=MODE, secret=SIX)
    record = signed().fork("declared changed")
    record.commit(declared=[])
    suite.add(
        "emergency-declared-removed", record, "the declared part removed, the signed ones stay", mode=MODE, secret=SIX
    )
    record = start().fork("no part")
    record.commit(role="professional", parts=[])
    suite.add("emergency-signed-empty", record, "a signed summary of no part", mode=MODE, secret=SIX)
    record = start().fork("accents")
    texts = ("Œdème — « ça » 😀", '\u0001\u001f"\\', "")
    record.commit(role="professional", parts=[{"items": [], "text": text, "zzz": [1, True]} for text in texts])
    suite.add("emergency-accents", record, "accents, controls and nothing in parts", mode=MODE, secret=SIX)


def code(suite: Suite) -> None:
    """A change of the emergency code, cut after each write."""
    wrong = "WrongSecret"
    # step: old code, new code, holder; "-" is the commit before, "+" the barrier's
    table = {
        "frame": ("-", wrong, "-barrier-unfinished"),
        "first": (f"-{BAD_A}", wrong, "+secrets-change-interrupted barrier-pending"),
        "header 0": (f"-{BAD_A}", f"+{BAD_A}", "+barrier-pending header-copy-superseded"),
        "header 2": (f"-{BAD_A}", f"+{BAD_A}", "+barrier-pending header-copy-superseded"),
        "header 3": (wrong, f"+{BAD_A}", "+barrier-pending"),
        "other 1": (wrong, f"+{BAD_A}", "+barrier-pending"),
        "other 2": (wrong, "+", "+barrier-pending"),
        "wiped": (wrong, "+", "+barrier-pending"),
        "done 3": (wrong, "+", "+"),
        "done 2": (wrong, "+", "+"),
    }
    for step, verdicts in table.items():
        record = signed().fork("emergency code")
        record.k_vital = record.rnd(32)
        record.set_slot(2, SIX_NEW.encode())
        record.generation += 1
        record.op(op="secrets", what="emergency")
        header = record.make_header().block(record.k_root)
        record.finish(record.barrier(header, renew=True, overwrite=()), step)
        who = (("old", SIX, MODE), ("new", SIX_NEW, MODE), ("holder", words12(HOLDER), "dossier"))
        for (name, secret, mode), verdict in zip(who, verdicts, strict=True):
            suite.add(
                f"emergency-code-cut-{step.replace(' ', '-')}-{name}",
                record,
                f"change of the emergency code, power lost after the write '{step}', read with the {name} secret",
                mode=mode,
                secret=secret,
                expect=wrong if verdict == wrong else "opens",
                findings="" if verdict == wrong else verdict[1:],
                snap=record.snaps[-2 if verdict[0] == "-" else -1],
            )


def cases(suite: Suite) -> None:
    """Add this module's vectors."""
    for part in (reads, older, blobs, holder, code):
        part(suite)
