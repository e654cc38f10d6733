"""Section 10: statements, history, replay."""

from collections.abc import Callable

from base import identity, row, signed, start
from cms import sign
from coffre import ZERO32
from record import Record
from shapes import Hooks
from suite import SIX, Suite

Edit = Callable[[bytes], bytes]


def swap(old: bytes, new: bytes) -> Edit:
    """Replace once; the text must be there."""

    def edit(text: bytes) -> bytes:
        assert old in text, (old, text)
        return text.replace(old, new, 1)

    return edit


def json_faults(suite: Suite) -> None:
    """A statement half that is not canonical, in a commit that changes nothing; a good commit follows."""
    table: list[tuple[str, Edit, str]] = [
        ("duplicate-name", swap(b'{"ops":[]', b'{"ops":[],"ops":[]'), "a name twice"),
        ("white-space", swap(b'"ops":[]', b'"ops": []'), "a space"),
        ("newline-after", lambda text: text + b"\n", "a newline after the text"),
        ("bom", lambda text: b"\xef\xbb\xbf" + text, "a byte order mark"),
        ("order", lambda text: b'{"v":1,' + text[1:].replace(b',"v":1}', b"}"), "names out of order"),
        ("float", swap(b'"seq":65537', b'"seq":65537.0'), "a float"),
        ("exponent", swap(b'"seq":65537', b'"seq":6.5537e4'), "an exponent"),
        ("big-integer", swap(b'"v":1', b'"v":9007199254740992'), "2^53"),
        ("negative", swap(b'"v":1', b'"v":-1'), "a negative number"),
        ("minus-zero", swap(b'"v":1', b'"v":-0'), "minus zero"),
        ("null", swap(b'"software":"vectors"', b'"software":null'), "null"),
        ("nan", swap(b'"v":1', b'"v":NaN'), "NaN"),
        ("lone-surrogate", swap(b"vectors", b"\\ud800"), "an escaped lone surrogate"),
        ("surrogate-bytes", swap(b"vectors", b"\xed\xa0\x80"), "a surrogate as three bytes"),
        ("escaped-letter", swap(b"vectors", b"\\u0076ectors"), "a letter that needs no escape"),
        ("escaped-slash", swap(b"vectors", b"vec\\/tors"), "an escaped slash"),
        ("escape-case", swap(b"vectors", b"\\u001F"), "an escape with upper-case hex"),
        ("escape-long", swap(b"vectors", b"\\u0009"), "a tab as \\u0009"),
        ("raw-control", swap(b"vectors", b"\t"), "a raw tab in a string"),
        ("utf-8", swap(b"vectors", b"\xc3"), "half a UTF-8 character"),
        ("overlong", swap(b"vectors", b"\xc0\xaf"), "an overlong UTF-8 character"),
        ("depth-33", swap(b'"ops":[]', b'"ops":' + b"[" * 32 + b"]" * 32), "depth 33"),
    ]
    record = start().fork("statement")
    record.commit()
    record.commit()
    suite.add(
        "statement-good", record, "two commits that change nothing; the statement vectors start from this", base=True
    )
    for name, edit, text in table:
        record = start().fork("statement")
        record.commit(hooks={"inner_bytes": edit}, verdict="broken")
        record.commit()
        seq, _, verdict = record.history[1]
        history = [record.history[0], (seq, "unknown", verdict), record.history[2]]
        suite.add(f"statement-json-{name}", record, f"{text}, in the inner of 65537", history=history)
    for name, edit, text in (table[0], table[1]):
        record = start().fork(f"statement {name}")
        record.commit(hooks={"inner_bytes": edit})
        suite.add(f"statement-json-{name}-newest", record, f"{text}, in the newest inner", expect="Malformed")
    record = start().fork("outer space")
    record.commit(hooks={"outer_bytes": swap(b'"v":1', b'"v": 1')}, verdict="broken")
    record.commit()
    suite.add("statement-json-outer-white-space", record, "a space in the outer of 65537")


def fields(suite: Suite) -> None:
    """A field wrong in one statement that changes nothing; a good commit follows."""

    def into(half: str, **names: object) -> Hooks:
        return {half: lambda value: value | names}

    broken, unclear = "broken", "indeterminate"
    table: list[tuple[str, Hooks, str, str]] = [
        ("prev", into("inner", prev="11" * 32), broken, "prev is not the head"),
        ("private", into("outer", private="11" * 32), broken, "private does not match the inner"),
        ("container", into("outer", container="11" * 16), broken, "another container"),
        ("demo", into("outer", demo=True), broken, "demo in a record that is none"),
        ("subject", into("inner", subject="11" * 32), broken, "another subject"),
        ("state", into("inner", state="11" * 32), broken, "another state"),
        ("cms-of-holder", {"cms": lambda _: sign(b"x")}, broken, "a holder's statement with a CMS"),
        ("unknown-name-inner", into("inner", mood="good"), unclear, "an unknown name in the inner"),
        ("unknown-name-outer", into("outer", mood="good"), unclear, "an unknown name in the outer"),
        ("version-inner", into("inner", v=2), unclear, "version 2 of the inner"),
        ("version-outer", into("outer", v=2), unclear, "version 2 of the outer"),
        ("suite", into("outer", suite=2), unclear, "suite 2"),
        ("clock", into("outer", clock="sundial"), unclear, "an unknown clock"),
        ("software", into("inner", software="s" * 65), unclear, "a software name of 65 characters"),
        ("unknown-op", into("inner", ops=[{"op": "bless"}]), unclear, "an unknown operation"),
        (
            "unknown-op-name",
            into("inner", ops=[{"op": "compact", "why": "x"}]),
            unclear,
            "an unknown name in an operation",
        ),
        ("unknown-what", into("inner", ops=[{"op": "secrets", "what": "rotate"}]), unclear, "an unknown value"),
    ]
    for name, hooks, verdict, text in table:
        record = start().fork("statement")
        record.commit(hooks=hooks, verdict=verdict)
        record.commit()
        suite.add(f"statement-{name}", record, f"{text}, in 65537")
    record = start().fork("no cms")
    record.commit(role="professional", hooks={"cms": lambda _: b""}, verdict=broken)
    suite.add("statement-no-cms", record, "a professional's statement without a CMS")
    record = start().fork("cms junk")
    record.commit(role="professional", hooks={"cms": lambda _: b"\x30\x00"})
    suite.add("statement-cms-junk", record, "a CMS that is no signature: not judged here, the replay is good")
    record = start().fork("declared")
    record.commit(hooks=into("outer", clock="declared"))
    suite.add("statement-clock-declared", record, "a date that the signer declared")
    record = start().fork("clock")
    record.commit(utc="2026-02-28T23:59:59Z")
    suite.add("clock-went-back", record, "utc is before the statement before", findings="clock-went-back")
    record = start().fork("gap")
    record.add("contact", "Contact", b"c")
    record.finish(record.barrier(step=2))
    suite.add("seq-gap", record, "a barrier two above the commit before", findings="gap")


def violations(suite: Suite) -> None:
    """What the closed table does not allow, in the newest statement."""

    def medical(record: Record) -> None:
        record.add("allergy", "Latex", b"latex")

    def replace_medical(record: Record) -> None:
        record.add("draft", "Rien", b"", of=row(record, "allergy"))

    def replace_by_medical(record: Record) -> None:
        record.add("allergy", "Latex", b"latex", of=row(record, "contact"))

    def known_id(record: Record) -> None:
        known = row(record, "contact")
        record.op(op="add", id=known.id.hex(), type="contact", commitment=known.commitment.hex())

    def twice(record: Record) -> None:
        contact = row(record, "contact")
        record.withdraw(contact)
        record.withdraw(contact)

    def erased_twice(record: Record) -> None:
        contact = row(record, "contact")
        where = record.erase(contact)
        record.op(op="erase", of=contact.id.hex())
        record.put(where[0], bytes(where[1]))

    def unknown(record: Record) -> None:
        record.op(op="withdraw", of="11" * 16)

    def hide_withdrawn(record: Record) -> None:
        contact = row(record, "contact")
        record.withdraw(contact)
        record.visibility(contact, "dossier")

    def second_identity(record: Record) -> None:
        second = identity(record)
        while second.id != max(record.rows):  # the highest id, so that the subject stays the first one's
            record.ops.pop()
            record.fresh.remove(second)
            del record.rows[second.id]
            second = identity(record)

    def other_type(record: Record) -> None:
        record.add("draft", "Brouillon", b"d")
        record.ops[-1]["type"] = "contact"

    def other_of(record: Record) -> None:
        record.add("contact", "Contact", b"d", of=row(record, "contact"))
        record.ops[-1] = {k: v for k, v in record.ops[-1].items() if k != "of"} | {"op": "add"}
        record.op(op="withdraw", of=row(record, "contact").id.hex())
        record.rows[row(record, "contact").id].status = 2

    table: list[tuple[str, Callable[[Record], object], str]] = [
        ("add-medical", medical, "a holder adds an allergy"),
        ("withdraw-medical", lambda r: r.withdraw(row(r, "allergy")), "a holder withdraws an allergy"),
        ("replace-medical", replace_medical, "a holder replaces an allergy by a draft"),
        ("replace-by-medical", replace_by_medical, "a holder replaces a contact by an allergy"),
        ("known-id", known_id, "an id added again"),
        ("withdraw-twice", twice, "an item withdrawn twice"),
        ("erase-twice", erased_twice, "an item erased twice"),
        ("unknown-id", unknown, "an unknown item withdrawn"),
        ("visibility-withdrawn", hide_withdrawn, "the visibility of a withdrawn item"),
        ("two-identities", second_identity, "two live identities"),
        ("meta-type", other_type, "the row's meta has another type than the operation"),
        ("meta-of", other_of, "the row's meta names an item that the operation does not replace"),
    ]
    for name, act, text in table:
        record = signed().fork(f"violation {name}")
        act(record)
        record.commit(verdict="violation")
        suite.add(f"violation-{name}", record, text)
    record = start().fork("violation first summary")
    record.commit(hooks={"outer": lambda outer: outer | {"summary": ZERO32.hex()}}, verdict="violation")
    suite.add("violation-summary-hash", record, "a holder's summary hash is not the one before")
    record = signed().fork("holder erases")
    allergy = row(record, "allergy")
    record.k_epoch = record.rnd(32)
    record.finish(record.barrier(overwrite=(record.erase(allergy),), conceal=(0,)))
    suite.add("holder-erases-medical", record, "a holder may erase an allergy; the part that names it falls", base=True)
    text = "the same for the emergency reader: two parts are left of three"
    suite.add("emergency-after-erase", record, text, mode="emergency", secret=SIX)


def cases(suite: Suite) -> None:
    """Add this module's vectors."""
    for part in (json_faults, fields, violations):
        part(suite)
