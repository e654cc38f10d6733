"""Sections 4, 13.2 and 14: what is typed, and changes of secrets, whole and cut short."""

import unicodedata
from collections.abc import Iterator

from base import ring, signed, start
from cases_commit import flip
from coffre import FOLDED, STEP, SUPER, WORDS, ZONE, indices12, words12
from record import Record
from shapes import Snap
from suite import CARER, EIGHT, HOLDER, NEW, SIX, STRANGER, Suite, some_words

PHRASE = "Mon chien s'appelle Médor, né en 2009"
PENDING = "barrier-pending"
CUT = "secrets-change-interrupted"
OLD_COPY = "header-copy-superseded"
MISSING = "commit-may-be-missing"


def all_slots() -> Record:
    """Return a record that a secret of each kind opens."""
    record = start().fork("all kinds of secrets")
    record.set_slot(0, EIGHT.encode())
    record.set_slot(1, PHRASE.encode())
    record.header = record.make_header().block(record.k_root)
    record.put_header()
    for slot in range(4):
        record.superblock(slot)
    return record


def digits(numbers: list[int], zero: int = ord("0"), glue: str = " ") -> str:
    """Print word numbers with the digits of some script."""
    return glue.join("".join(chr(zero + int(c)) for c in f"{n + 1:04d}") for n in numbers)


def typed(suite: Suite) -> None:
    """One file, many ways to type."""
    record = all_slots()
    suite.add("secret-eight-words", record, "8 words, folded", secret=EIGHT, base=True)
    eight = [FOLDED.index(word) for word in EIGHT.split()]
    twelve = indices12(HOLDER)
    fancy = " ".join(unicodedata.normalize("NFD", WORDS[i]).upper() for i in eight)
    good = {
        "eight-accents": (fancy, "8 words, upper case, accents as combining marks"),
        "eight-prefixes": (" ".join(word[:4] for word in EIGHT.split()), "8 words, the first four letters of each"),
        "eight-numbers": (digits(eight), "8 words as numbers"),
        "eight-digits-run": (digits(eight, glue=""), "8 words as one token of 32 digits"),
        "eight-arabic-digits": (digits(eight, 0x660), "8 words in Arabic-Indic digits"),
        "eight-devanagari-run": (digits(eight, 0x966, ""), "8 words as one run of 32 Devanagari digits"),
        "eight-fullwidth-digits": (digits(eight, 0xFF10), "8 words in full-width digits"),
        "eight-spaces": (EIGHT.replace(" ", "\u3000\u00a0 "), "8 words between ideographic and no-break spaces"),
        "eight-mixed": (
            " ".join([digits(eight[:1]), EIGHT.split()[1][:5], *(WORDS[i] for i in eight[2:])]),
            "8 words: a number, a prefix, words as spelled (NFD)",
        ),
        "phrase": (PHRASE, "own phrase"),
        "phrase-decomposed": (unicodedata.normalize("NFD", PHRASE), "own phrase typed in NFD"),
        "phrase-spaces": (PHRASE.replace(" ", "\u2003 "), "own phrase, other white space"),
        "twelve-carer": (words12(CARER), "12 words of slot 4"),
        "twelve-numbers": (digits(twelve), "12 words as numbers"),
        "twelve-digits-run": (digits(twelve, glue=""), "12 words as one token of 48 digits"),
        "twelve-folded": (" ".join(FOLDED[i] for i in twelve), "12 words without accents"),
        "twelve-prefixes": (" ".join(FOLDED[i][:4] for i in twelve), "12 words, four letters of each"),
    }
    for name, (text, comment) in good.items():
        suite.add(f"secret-{name}", record, comment, secret=text)
    changed = [*twelve[:5], (twelve[5] + 1) % 2048, *twelve[6:]]
    bad = {
        "too-long": ("mots " * 204 + "mots!", "SecretRefused", "1 025 code points"),
        "eight-wrong": (some_words("wrong", 8), "WrongSecret", "8 other words"),
        "eight-swapped": (
            " ".join([*EIGHT.split()[1::-1], *EIGHT.split()[2:]]),
            "WrongSecret",
            "the first two swapped",
        ),
        "eight-three-letters": (
            f"{EIGHT.split()[0][:3]} {EIGHT.split(' ', 1)[1]}",
            "WrongSecret",
            "a prefix of three letters is no word: own phrase",
        ),
        "seven-words": (EIGHT.rsplit(" ", 1)[0], "WrongSecret", "7 words are an own phrase"),
        "number-2049": (digits([2048, *eight[1:]]), "WrongSecret", "2049 is no word: own phrase"),
        "number-0000": (digits([-1, *eight[1:]]), "WrongSecret", "0000 is no word: own phrase"),
        "phrase-case": (PHRASE.lower(), "WrongSecret", "own phrase in lower case"),
        "phrase-no-accent": (PHRASE.replace("é", "e"), "WrongSecret", "own phrase without its accent"),
        "twelve-wrong": (words12(STRANGER), "WrongSecret", "12 other words, well formed"),
        "twelve-mistyped": (
            " ".join(FOLDED[i] for i in changed),
            "SecretMistyped",
            "the sixth word is the next of the list",
        ),
        "twelve-mistyped-numbers": (digits(changed), "SecretMistyped", "the same in numbers"),
    }
    for name, (text, expect, comment) in bad.items():
        suite.add(f"secret-{name}", record, comment, secret=text, expect=expect)


def change(record: Record) -> Iterator[str]:
    """Start a change of slot 3."""
    record.set_slot(3, NEW)
    record.generation += 1
    record.op(op="secrets", what="change")
    return record.barrier(record.make_header().block(record.k_root))


def revoke(record: Record) -> Iterator[str]:
    """Start a revocation: slot 3 gets a new secret, the other slots none."""
    record.k_root, record.k_epoch, record.k_log, record.k_vital = (record.rnd(32) for _ in range(4))
    record.logs.append(record.k_log)
    record.slots = [bytes(256)] * 8
    record.set_slot(3, NEW)
    record.generation += 1
    record.op(op="secrets", what="revoke")
    return record.barrier(record.make_header().block(record.k_root))


def cut_short(suite: Suite) -> None:
    """A change and a revocation, cut after each write, read with the old and the new secret."""
    wrong = "WrongSecret"
    half = f"{CUT} {PENDING}"
    before = (PENDING, PENDING)
    # step: (old secret, new secret); "-" is the commit before, "+" the barrier's
    table: dict[str, dict[str, tuple[str, str]]] = {
        "change": {
            "frame": ("-barrier-unfinished", wrong),
            "first": (f"+{CUT} {PENDING}", wrong),
            "header 0": (f"+{half}", f"+{PENDING} {OLD_COPY}"),
            "header 1": (f"+{half}", f"+{PENDING} {OLD_COPY}"),
            "header 2": (f"+{half}", f"+{PENDING} {OLD_COPY}"),
        },
        "revoke": {
            "frame": ("-", wrong),
            "first": (f"-{MISSING}", wrong),
            "header 0": (f"-{CUT} {MISSING}", f"+{PENDING} {OLD_COPY}"),
            "header 1": (f"-{CUT} {MISSING}", f"+{PENDING} {OLD_COPY}"),
            "header 2": (f"-{CUT} {MISSING}", f"+{PENDING} {OLD_COPY}"),
        },
    }
    for late in ("header 3", "other 0", "other 1", "other 3", "wiped"):
        for name in table:
            table[name][late] = (wrong, f"+{before[0]}")
    for late in ("done 2", "done 0", "done 1", "done 3"):
        for name in table:
            table[name][late] = (wrong, "+")
    for name, start_it in (("change", change), ("revoke", revoke)):
        for step, verdicts in table[name].items():
            record = ring().fork(name)
            snap = record.snaps[-1]
            record.finish(start_it(record), step)
            for who, secret, verdict in zip(("old", "new"), (HOLDER, NEW), verdicts, strict=True):
                shown: Snap = record.snaps[-1] if verdict[0] == "+" else snap
                suite.add(
                    f"{name}-cut-{step.replace(' ', '-')}-{who}",
                    record,
                    f"{name}: power lost after the write '{step}', read with the {who} secret",
                    secret=words12(secret),
                    expect=wrong if verdict == wrong else "opens",
                    findings="" if verdict == wrong else verdict[1:],
                    snap=shown,
                )
    record = ring().fork("change")
    record.finish(change(record), "header 0")
    text = "as change-cut-header-0-old, read with the carer's words, which did not change"
    suite.add("change-cut-header-0-carer", record, text, secret=words12(CARER), findings=f"{PENDING} {OLD_COPY}")


def barriers(suite: Suite) -> None:
    """A barrier whose first superblock is torn."""
    record = ring()
    snap = record.snaps[-1]
    record.finish(change(record), "frame")
    torn = flip(record, 2 * ZONE + SUPER + 600, 2 * ZONE + SUPER + 60)
    text = "the frame of a barrier is complete, its first superblock was torn: it did not happen"
    suite.add("barrier-unfinished", torn, text, findings="barrier-unfinished", snap=snap)
    text = "as barrier-unfinished, but the frame of the barrier does not open either"
    suite.add(
        "barrier-unfinished-no-frame", flip(torn, record.next_free - STEP + 60), text, findings=MISSING, snap=snap
    )


def after(suite: Suite) -> None:
    """Old headers put back."""
    record = ring()
    old = record.header
    record.finish(change(record))
    img = bytearray(record.img)
    img[:4096] = old
    new = words12(NEW)
    suite.add(
        "changed-one-old-copy-new",
        img,
        "changed; copy 0 put back",
        secret=new,
        findings=OLD_COPY,
        snap=record.snaps[-1],
    )
    suite.add("changed-one-old-copy-old", img, "the same with the old secret", findings=CUT, snap=record.snaps[-1])
    for zone in range(4):
        img[zone * ZONE : zone * ZONE + 4096] = old
    text = "changed; all four old copies put back: the old secret opens, the superblocks name another header"
    suite.add("changed-old-header-old", img, text, findings="header-superseded", snap=record.snaps[-1])
    suite.add("changed-old-header-new", img, "the same with the new secret", secret=new, expect="WrongSecret")
    record = ring()
    record.finish(revoke(record))
    img = bytearray(record.img)
    img[:4096] = old
    suite.add(
        "revoked-one-old-copy-new",
        img,
        "revoked; copy 0 put back",
        secret=new,
        findings=OLD_COPY,
        snap=record.snaps[-1],
    )
    suite.add("revoked-one-old-copy-old", img, "the same with the old secret", expect="NoSuperblock")
    for zone in range(4):
        img[zone * ZONE : zone * ZONE + 4096] = old
    text = "revoked; all four old copies put back: the old secret opens nothing"
    suite.add("revoked-old-header-old", img, text, expect="NoSuperblock")
    record.add("contact", "Après", b"after")
    record.commit()
    suite.add("revoked-then-commit", record, "a commit after a revocation: histories of two logs", secret=new)


def compacted(suite: Suite) -> None:
    """Compaction: a new log, an archive of the history."""
    record = signed().compact("compacted")
    suite.add("compacted", record, "a base frame after a compaction: archive, items copied as sealed", base=True)
    suite.add("compacted-emergency", record, "the summary was moved as sealed", mode="emergency", secret=SIX)
    snap = record.snaps[-1]
    stale = record.fork("stale")
    stale.log_id = signed().log_id
    stale.add("contact", "Fantôme", b"ghost")
    stale.frame()
    text = "a frame of the former log id stands at next free, right in all else: it does not open"
    suite.add("stale-frame-other-log", stale, text, snap=snap)
    record.add("contact", "Nouveau", b"new")
    record.commit()
    suite.add("compacted-then-commit", record, "an ordinary commit after a compaction")
    record = ring()
    record.finish(revoke(record))
    record = record.compact("compacted after revoke")
    suite.add("compacted-after-revoke", record, "two logs in the catalogue, one archive", secret=words12(NEW))


def cases(suite: Suite) -> None:
    """Add this module's vectors."""
    for part in (typed, cut_short, barriers, after, compacted):
        part(suite)
    assert STRANGER != HOLDER
