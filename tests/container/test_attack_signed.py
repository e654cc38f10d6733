"""Attacks on what was signed, by a holder with other software (findings 4, 5, 11, 15, 22, 24 of the design review)."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from baladeur.card import signature
from baladeur.container import canonical, suite
from baladeur.container.catalogue import ERASED, LIVE, REPLACED, Catalogue, Row, state
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container
from baladeur.container.layout import ZERO32
from baladeur.container.medium import MemoryMedium
from baladeur.container.reader import open_dossier
from baladeur.container.state import State, read_history
from baladeur.container.statement import PREFIX
from baladeur.container.summary import Summary
from baladeur.errors import (
    BaladeurError,
    CmsMalformed,
    CmsRefused,
    HolderNotAllowed,
    ItemDamaged,
    Malformed,
    StatementMalformed,
    StateMismatch,
    SummaryDamaged,
    WriteRefused,
)
from tests.container.attack_forge import (
    HOLDER,
    ForgingWriter,
    Lie,
    Rows,
    doctor,
    holder,
    line,
    names,
    new_record,
    one,
    sign,
    signed_record,
    verdicts,
)

OK5 = ["ok"] * 5
PRESCRIPTION = NewItem("prescription", "Morphine", b"as much as he likes", "2026-11-20")


def medical(st: State, type_: bytes = b"allergy") -> bytes:
    """The id of a signed item."""
    (found,) = (r.id for r in st.view.rows.values() if b'"type":"%s"' % type_ in r.meta)
    return found


def altered(change: Callable[[Row], Row | None], type_: bytes = b"allergy") -> Callable[[Rows], None]:
    """Change the row of one type, or drop it."""

    def edit(rows: Rows) -> None:
        (row,) = (r for r in rows.values() if b'"type":"%s"' % type_ in r.meta)
        new = change(row)
        if new is None:
            del rows[row.id]
        else:
            rows[new.id] = new

    return edit


ALTERATIONS: dict[str, Callable[[Row], Row | None]] = {
    "retitled": lambda r: r._replace(meta=r.meta.replace(b"choc", b"bof!")),
    "redated": lambda r: r._replace(meta=r.meta.replace(b"2020-05-06", b"2024-05-06")),
    "retyped": lambda r: r._replace(meta=r.meta.replace(b'"allergy"', b'"tray"')),
    "hidden": lambda r: None,
    "called replaced": lambda r: r._replace(status=REPLACED),
    "called erased": lambda r: r.tombstone(),
    "other blind": lambda r: r._replace(blind=bytes(32)),
    "other content": lambda r: r._replace(digest=bytes(32)),
}


@pytest.mark.parametrize("how", ALTERATIONS)
def test_catalogue_altered_under_intact_signatures(how: str) -> None:
    """Finding 4: the catalogue of the commit in force is made anew, no statement touched. Verdict: StateMismatch."""
    medium = signed_record()
    ForgingWriter(medium).rewrite(Lie(rows=altered(ALTERATIONS[how])))
    with pytest.raises(StateMismatch):
        Container.open(medium, HOLDER)


@pytest.mark.parametrize("how", ALTERATIONS)
def test_catalogue_altered_in_a_holder_commit(how: str) -> None:
    """Finding 4: the same, with a new holder statement that names the new state. Verdict: replay says broken."""
    medium = signed_record()
    ForgingWriter(medium).commit(Lie(rows=altered(ALTERATIONS[how])))
    results, reasons, findings = verdicts(medium)
    assert results[-1] == "broken"
    assert set(results[:-1]) == ({"ok", "violation"} if how == "retyped" else {"ok"})
    assert reasons == ["state"]
    assert findings == ["catalogue-differs"]


def test_resurrected_entry() -> None:
    """Finding 4: a withdrawn entry called live again. Verdict: StateMismatch; in a holder commit, broken (state)."""
    medium = signed_record()
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(withdraw=[one(c, "allergy")]), doctor(6))
    back = altered(lambda r: r._replace(status=LIVE))
    forged = MemoryMedium(bytes(medium.data))
    ForgingWriter(medium).rewrite(Lie(rows=back))
    with pytest.raises(StateMismatch):
        Container.open(medium, HOLDER)
    ForgingWriter(forged).commit(Lie(rows=back))
    assert verdicts(forged)[:2] == (["ok"] * 6 + ["broken"], ["state"])


def test_history_of_an_entry_hidden() -> None:
    """Finding 4: a withdrawn row, which no state covers, is dropped. Verdict: catalogue-differs."""
    medium = signed_record()
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(withdraw=[one(c, "allergy")]), doctor(6))
    ForgingWriter(medium).rewrite(Lie(rows=altered(lambda r: None)))
    assert names(Container.open(medium, HOLDER)) == []
    assert verdicts(medium)[2] == ["catalogue-differs"]


def test_visibility_set_without_a_statement() -> None:
    """Finding 4: a signed entry called dossier-only in the catalogue alone. Verdict: catalogue-differs."""
    medium = signed_record()
    ForgingWriter(medium).rewrite(Lie(rows=altered(lambda r: r._replace(visibility=1))))
    assert verdicts(medium) == (OK5, [], ["catalogue-differs"])


def test_row_pointing_at_another_entry() -> None:
    """Finding 4: one entry's row leads to another one's blob, hash and all. Verdict: StateMismatch."""
    medium = signed_record()
    f = ForgingWriter(medium)
    other = f.st.view.rows[medical(f.st, b"medication")]
    f.rewrite(Lie(rows=altered(lambda r: other._replace(id=r.id, meta=r.meta))))
    with pytest.raises(StateMismatch):
        Container.open(medium, HOLDER)


def test_content_swapped_behind_the_row() -> None:
    """Finding 4: only the pointer and key lead elsewhere, the hash stays. Verdict: ItemDamaged for that entry alone."""
    medium = signed_record()
    f = ForgingWriter(medium)
    id_, row = medical(f.st), f.st.view.rows[medical(f.st)]
    blob = suite.seal(row.key, suite.context("item", f.cid, id_, row.seq), b"harmless".ljust(row.size))
    medium.write(row.offset, blob)
    c = Container.open(medium, HOLDER)
    with pytest.raises(ItemDamaged):
        c.read(id_)
    assert all(c.read(e.id) is not None for e in c.entries() if e.id != id_)


def test_entry_moved_under_another_commit() -> None:
    """Finding 4: a holder's note re-sealed so that it seems to come from a doctor's commit. Verdict: named."""
    medium = signed_record()
    f = ForgingWriter(medium)
    seq = f.st.commit.seq - 1

    def move(row: Row) -> Row:
        blob = suite.seal(row.key, suite.context("item", f.cid, row.id, seq), b"a note")
        medium.write(row.offset, blob)
        return row._replace(seq=seq)

    f.rewrite(Lie(rows=altered(move, b"tray")))
    c = Container.open(medium, HOLDER)
    assert c.read(one(c, "tray")) == b"a note"
    assert verdicts(medium)[2] == ["catalogue-differs"]


@pytest.mark.parametrize(
    "change",
    [
        lambda id_: Change(add=[PRESCRIPTION]),
        lambda id_: Change(add=[replace(PRESCRIPTION, of=id_)]),
        lambda id_: Change(add=[replace(PRESCRIPTION, type="tray", of=id_)]),
        lambda id_: Change(withdraw=[id_]),
        lambda id_: Change(parts=[line("healthy as an ox")]),
    ],
)
def test_own_writer_refuses_medicine_to_the_holder(change: Callable[[bytes], Change]) -> None:
    """Finding 4: the holder adds, replaces, withdraws medical entries or writes the page. Verdict: HolderNotAllowed."""
    medium = signed_record()
    before = bytes(medium.data)
    with Container.open(medium, HOLDER, write=True) as c, pytest.raises(HolderNotAllowed):
        c.commit(change(one(c, "allergy")), holder(6))
    assert medium.data == before


def test_holder_cannot_empty_the_page_by_parts() -> None:
    """Finding 7: an empty list of parts is a list of parts. Verdict: HolderNotAllowed; history stays ok."""
    medium = signed_record()
    with Container.open(medium, HOLDER, write=True) as c, pytest.raises(HolderNotAllowed):
        c.commit(Change(parts=[]), holder(6))
    assert verdicts(medium) == (OK5, [], [])


@pytest.mark.parametrize("of", [False, True])
def test_forged_medicine_of_the_holder(of: bool) -> None:
    """Finding 4: the same by other software. Verdict: violation."""
    medium = signed_record()
    f = ForgingWriter(medium)
    f.commit(Lie(add=[replace(PRESCRIPTION, of=medical(f.st) if of else None)]))
    assert names(Container.open(medium, HOLDER)) == []
    results, reasons, _ = verdicts(medium)
    assert results == [*OK5, "violation"]
    assert reasons == ["replace by the holder" if of else "add by the holder"]


def test_forged_withdrawal_by_the_holder() -> None:
    """Finding 4: a signed entry withdrawn without a card. Verdict: violation."""
    medium = signed_record()
    f = ForgingWriter(medium)
    rows = altered(lambda r: r._replace(status=2))
    f.commit(Lie(rows=rows, ops=lambda _: [{"op": "withdraw", "of": medical(f.st).hex()}]))
    assert verdicts(medium) == ([*OK5, "violation"], ["withdraw by the holder"], [])


def test_holder_may_erase() -> None:
    """Finding 4: the one medical operation a holder has. Verdict: ok, and the tombstone keeps id and commitment."""
    medium = signed_record()
    with Container.open(medium, HOLDER, write=True) as c:
        id_ = one(c, "allergy")
        c.commit(Change(erase=[id_]), holder(6))
    assert verdicts(medium) == (["ok"] * 6, [], [])
    (tombstone,) = Container.open(medium, HOLDER).entries(ERASED)
    assert (tombstone.id, dict(tombstone.meta), tombstone.size) == (id_, {}, 0)


def test_medical_content_under_a_holder_type() -> None:
    """Finding 4: op says tray, meta says prescription; the commitment fits. Verdict: violation."""
    medium = signed_record()

    def as_tray(ops: list[Any]) -> list[Any]:
        return [{**op, "type": "tray"} for op in ops]

    ForgingWriter(medium).commit(Lie(add=[PRESCRIPTION], ops=as_tray))
    assert verdicts(medium)[:2] == ([*OK5, "violation"], ["the entry says another type than the statement"])


def test_entry_that_claims_to_replace() -> None:
    """Finding 4: meta names a signed entry as its predecessor, the op does not. Verdict: violation."""
    medium = signed_record()
    f = ForgingWriter(medium)

    def plain_add(ops: list[Any]) -> list[Any]:
        return [{**{k: v for k, v in op.items() if k != "of"}, "op": "add"} for op in ops]

    def still_live(rows: Rows) -> None:
        rows[medical(f.st)] = rows[medical(f.st)]._replace(status=LIVE)

    f.commit(Lie(add=[NewItem("tray", "n", b"n", of=medical(f.st))], ops=plain_add, rows=still_live))
    assert verdicts(medium)[:2] == ([*OK5, "violation"], ["the entry says another type than the statement"])


@pytest.mark.parametrize(
    "op",
    [
        {"op": "erase", "of": "00" * 16},
        {"op": "visibility", "of": "00" * 16, "value": "all"},
        {"op": "withdraw", "of": "00" * 16},
    ],
)
def test_operation_on_nothing(op: dict[str, str]) -> None:
    """Finding 4: an op on an id that never was. Verdict: violation."""
    medium = signed_record()
    ForgingWriter(medium).commit(Lie(ops=lambda _: [op]))
    assert verdicts(medium)[0] == [*OK5, "violation"]


@pytest.mark.parametrize(
    "op",
    [
        {"op": "sell"},
        {"op": "compact", "why": "x"},
        {"op": "erase"},
        {"op": "erase", "of": "A" * 32},
        {"op": "secrets", "what": "everything"},
        {"op": "conceal", "parts": [True]},
        {},
        "add",
        7,
        [],
        {"op": []},
        {"op": {}},
        {"op": 1},
    ],
)
def test_op_of_any_shape(op: object) -> None:
    """Finding 4: unknown op, name or value. Verdict: indeterminate, never skipped, never another exception."""
    medium = signed_record()
    ForgingWriter(medium).commit(Lie(ops=lambda _: [op]))
    results, reasons, _ = verdicts(medium)
    assert results == [*OK5, "indeterminate"]
    assert "op" in reasons


@pytest.mark.parametrize(
    "inner",
    [
        {"v": 2},
        {"v": True},
        {"extra": 1},
        {"role": "nurse"},
        {"software": "x" * 65},
        {"ops": {}},
        {"ops": "x"},
        {"seq": True},
        {"seq": "1"},
        {"subject": []},
        {"prev": 5},
        {"state": {}},
    ],
)
def test_inner_of_any_shape(inner: dict[str, Any]) -> None:
    """Finding 4: names and values outside the tables. Verdict: never ok, and only errors of ours on the way."""
    medium = signed_record()
    f = ForgingWriter(medium)
    f.commit(Lie(inner=lambda value: {**value, **inner}))
    try:
        results = verdicts(medium)[0]
    except BaladeurError as error:
        assert isinstance(error, StateMismatch | StatementMalformed | Malformed)  # noqa: PT017
    else:
        assert results[-1] in ("indeterminate", "broken")


def test_identity_swapped() -> None:
    """Finding 5: a stranger with the words puts himself in. Verdict: identity-changed; older entries keep subject."""
    medium = signed_record()
    with Container.open(medium, HOLDER, write=True) as c:
        mine = NewItem("identity", "Somebody Else", b"{}", of=one(c, "identity"))
        c.commit(Change(add=[mine]), holder(6))
    found, _ = Container.open(medium, HOLDER).replay()
    assert "identity-changed" in found[-1].reasons
    subjects = [v.record.inner_value()["subject"] for v in found if v.record]
    assert len(set(subjects[:5])) == 1
    assert subjects[5] != subjects[4]


def test_identity_kept_in_name_only() -> None:
    """Finding 5: the new identity under the old subject. Verdict: broken (state)."""
    medium = signed_record()
    f = ForgingWriter(medium)
    old = f.st.view.rows[medical(f.st, b"identity")]
    mine = NewItem("identity", "Somebody Else", b"{}", of=old.id)
    f.commit(Lie(add=[mine], inner=lambda v: {**v, "subject": old.commitment().hex()}))
    assert verdicts(medium)[:2] == ([*OK5, "broken"], ["state"])


def test_two_identities() -> None:
    """Finding 5: a second identity beside the first. Verdict: violation; own writer WriteRefused."""
    medium = signed_record()
    mine = NewItem("identity", "Somebody Else", b"{}")
    with Container.open(medium, HOLDER, write=True) as c, pytest.raises(WriteRefused):
        c.commit(Change(add=[mine]), holder(6))
    ForgingWriter(medium).commit(Lie(add=[mine]))
    results, reasons, _ = verdicts(medium)
    assert results[-1] in ("violation", "broken")
    assert "two identities" in reasons


def test_identity_dropped() -> None:
    """Finding 5: erase the identity, sign on without. Verdict: ok with identity-changed, and no entry loses its own."""
    medium = signed_record()
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(erase=[one(c, "identity")]), holder(6))
    found, _ = Container.open(medium, HOLDER).replay()
    assert "identity-changed" in found[-1].reasons
    assert found[-1].record is not None
    assert found[-1].record.inner_value()["subject"] == ZERO32.hex()


def test_professional_without_a_signature() -> None:
    """Finding 4: the holder writes role professional, no CMS. Verdict: broken (signature)."""
    medium = signed_record()
    ForgingWriter(medium).commit(Lie(add=[PRESCRIPTION], inner=lambda v: {**v, "role": "professional"}))
    assert verdicts(medium)[:2] == ([*OK5, "broken"], ["signature"])


def test_holder_with_a_signature() -> None:
    """Finding 4: a CMS under a holder's statement. Verdict: broken (signature)."""
    medium = signed_record()
    ForgingWriter(medium).commit(Lie(cms=sign))
    assert verdicts(medium)[:2] == ([*OK5, "broken"], ["signature"])


def test_empty_signature_is_not_written() -> None:
    """Finding 15: a card that answers nothing. Verdict: an error of ours, and the record as it was."""
    medium = signed_record()
    silent = Author("2026-11-06T10:00:00Z", sign=lambda content: b"")
    with Container.open(medium, HOLDER, write=True) as c, pytest.raises(BaladeurError):
        c.commit(Change(), silent)
    assert verdicts(medium) == (OK5, [], [])


@pytest.mark.parametrize(
    ("cms", "error"),
    [
        (lambda content: b"junk", CmsMalformed),
        (lambda content: sign(content + b" "), CmsRefused),
        (lambda content: sign(content[len(PREFIX) :]), CmsRefused),
    ],
)
def test_professional_with_another_signature(cms: Callable[[bytes], bytes], error: type[Exception]) -> None:
    """Finding 15: junk, or a signature of the same card over other bytes. Verdict: CmsMalformed or CmsRefused."""
    medium = signed_record()
    f = ForgingWriter(medium)
    f.commit(Lie(add=[PRESCRIPTION], inner=lambda v: {**v, "role": "professional"}, cms=cms))
    found, _ = Container.open(medium, HOLDER).replay()
    assert found[-1].result == "ok", "the container judges no signature"
    assert found[-1].record is not None
    with pytest.raises(error):
        signature.verify(found[-1].record.signed_content, found[-1].record.cms)


def test_signature_of_another_commit_reused() -> None:
    """Finding 15: outer and CMS of a real signature over other entries. Verdict: broken (private)."""
    medium = signed_record()
    f = ForgingWriter(medium)
    real = read_history(medium, f.st.header, f.st.view, f.st.view.history[1])[0]
    f.commit(
        Lie(
            add=[PRESCRIPTION],
            inner=lambda v: {**v, "role": "professional"},
            outer_bytes=lambda _: real.outer,
            cms=lambda _: real.cms,
        )
    )
    found, _ = Container.open(medium, HOLDER).replay()
    assert found[-1].record is not None
    signature.verify(found[-1].record.signed_content, found[-1].record.cms)
    assert found[-1].result == "broken"
    assert "private" in found[-1].reasons


def twice(data: bytes) -> bytes:
    """Name the summary twice."""
    return b'{"summary":"' + b"0" * 64 + b'",' + data[1:]


SPELLINGS: dict[str, Callable[[bytes], bytes]] = {
    "a name twice": twice,
    "white space": lambda d: d.replace(b",", b", ", 1),
    "a line feed after": lambda d: d + b"\n",
    "a byte order mark": lambda d: b"\xef\xbb\xbf" + d,
    "a float": lambda d: d.replace(b'"v":1', b'"v":1.0'),
    "an exponent": lambda d: d.replace(b'"v":1', b'"v":1e0'),
    "infinity by size": lambda d: d.replace(b'"v":1', b'"v":1e400'),
    "not a number": lambda d: d.replace(b'"v":1', b'"v":NaN'),
    "minus zero": lambda d: d.replace(b'"v":1', b'"v":-0'),
    "a huge integer": lambda d: d.replace(b'"v":1', b'"v":9007199254740993'),
    "a very huge integer": lambda d: d.replace(b'"v":1', b'"v":' + b"9" * 100_000),
    "null": lambda d: d.replace(b'"v":1', b'"v":null'),
    "a lone surrogate": lambda d: d.replace(b'"host"', b'"\\ud800"').replace(b'"other"', b'"\\ud800"'),
    "a surrogate in UTF-8": lambda d: d.replace(b'"host"', b'"\xed\xa0\x80"').replace(b'"other"', b'"\xed\xa0\x80"'),
    "another escape": lambda d: d.replace(b'"host"', b'"\\u0068ost"').replace(b'"other"', b'"\\u006fther"'),
    "another order": lambda d: canonical_reversed(d),
    "text after": lambda d: d + b"{}",
    "deep nesting": lambda d: d.replace(b'"v":1', b'"v":' + b"[" * 50_000 + b"]" * 50_000),
    "nothing": lambda d: b"",
    "an array": lambda d: b"[" + d + b"]",
}


def canonical_reversed(data: bytes) -> bytes:
    """The same object with its names in falling order."""
    return json.dumps(dict(reversed(json.loads(data).items())), separators=(",", ":")).encode()


@pytest.mark.parametrize("how", SPELLINGS)
def test_outer_spelled_otherwise_under_a_valid_signature(how: str) -> None:
    """Finding 15: what two parsers read in two ways, really signed. Verdict: CMS valid, replay broken."""
    medium = signed_record()
    lie = Lie(add=[PRESCRIPTION], inner=lambda v: {**v, "role": "professional"}, outer_bytes=SPELLINGS[how], cms=sign)
    ForgingWriter(medium).commit(lie)
    found, _ = Container.open(medium, HOLDER).replay()
    assert found[-1].result == "broken"
    assert found[-1].record is not None
    signature.verify(found[-1].record.signed_content, found[-1].record.cms)
    with pytest.raises(StatementMalformed):
        found[-1].record.outer_value()


@pytest.mark.parametrize("how", SPELLINGS)
def test_inner_spelled_otherwise(how: str) -> None:
    """Finding 15: the same for the half that names the state. Verdict: Malformed at the open."""
    medium = signed_record()
    lie = Lie(inner=lambda v: {**v, "role": "professional"}, inner_bytes=SPELLINGS[how], cms=sign)
    ForgingWriter(medium).commit(lie)
    with pytest.raises(Malformed):
        Container.open(medium, HOLDER)


@pytest.mark.parametrize(
    "meta",
    [
        b'{"title":"identity"}',
        b'{"date":"", "media":"","title":"","type":"tray"}',
        b'{"date":"","media":"","title":1,"type":"tray"}',
        b'{"date":"","media":"","title":"","type":["tray"]}',
        b'{"date":"","media":"","of":[],"title":"","type":"tray"}',
        b'{"date":"","media":"","title":"","type":"TRAY"}',
        b"[]",
        b"",
        b"\xff",
        b'{"date":"","media":"","title":"","title":"","type":"tray"}',
    ],
)
def test_meta_of_any_shape(meta: bytes) -> None:
    """Finding 15: a row whose commitment and state hold, with a meta outside section 9. Verdict: Malformed."""
    medium = signed_record()
    id_ = b"\x01" * 16

    def add(rows: Rows) -> None:
        rows[id_] = next(iter(rows.values()))._replace(id=id_, meta=meta)

    ForgingWriter(medium).commit(Lie(rows=add))
    with pytest.raises(Malformed):
        Container.open(medium, HOLDER).entries()
    with pytest.raises(Malformed):
        Container.open(medium, HOLDER).replay()


def test_foreign_container() -> None:
    """Finding 5: a statement of another record. Verdict: broken (outer)."""
    medium = signed_record()
    ForgingWriter(medium).commit(Lie(outer=lambda v: {**v, "container": "00" * 16}))
    assert verdicts(medium)[:2] == ([*OK5, "broken"], ["outer"])


def test_foreign_container_with_an_unknown_name_is_broken() -> None:
    """Finding 5: the same, hidden behind a name of tomorrow. Verdict: broken, for the worst counts."""
    medium = signed_record()
    ForgingWriter(medium).commit(Lie(outer=lambda v: {**v, "container": "00" * 16, "tomorrow": 1}))
    assert verdicts(medium)[0] == [*OK5, "broken"]


@pytest.mark.parametrize("demo", [True, False])
def test_demo_flag_of_a_statement(demo: bool) -> None:
    """Finding 24: a demonstration signature in a real record, and the reverse. Verdict: broken (outer)."""
    medium = new_record(demo=demo)
    ForgingWriter(medium).commit(Lie(outer=lambda v: {**v, "demo": not demo}))
    assert verdicts(medium)[:2] == (["ok", "broken"], ["outer"])


def test_clock_going_back() -> None:
    """Finding 22: a commit dated before the last one. Verdict: ok, with the note clock-went-back."""
    medium = signed_record()
    with Container.open(medium, HOLDER, write=True) as c:
        c.commit(Change(), holder(1))
    assert verdicts(medium) == (["ok"] * 6, ["clock-went-back"], [])


def test_gap_in_the_history() -> None:
    """Finding 9: a seq is left out. Verdict: ok, with the note gap, which stays for ever."""
    medium = signed_record()
    ForgingWriter(medium).commit(Lie(seq_step=4))
    assert verdicts(medium)[:2] == ([*OK5, "ok"], ["gap"])
    with Container.open(medium, HOLDER, write=True) as c:
        c.agree()
        c.commit(Change(), holder(21))
    assert "gap" in Container.open(medium, HOLDER).replay()[0][5].reasons


def test_a_commit_cut_out_of_the_history() -> None:
    """Finding 4: the row of an old record is dropped. Verdict: broken (prev, state), and catalogue-differs."""
    medium = signed_record()

    def cut(catalogue: Catalogue) -> None:
        del catalogue.history[1]

    ForgingWriter(medium).rewrite(Lie(catalogue=cut))
    found, findings = Container.open(medium, HOLDER).replay()
    assert found[1].result == "broken"
    assert "prev" in found[1].reasons
    assert [f.name for f in findings] == ["catalogue-differs"]


def test_the_beginning_cut_off() -> None:
    """Finding 4: the history begins later. Verdict: Malformed; if part B lies too, broken (prev) for the first."""
    medium = signed_record()

    def cut(catalogue: Catalogue) -> None:
        del catalogue.history[0]

    lied = MemoryMedium(bytes(medium.data))
    ForgingWriter(medium).rewrite(Lie(catalogue=cut))
    with pytest.raises(Malformed):
        Container.open(medium, HOLDER)
    ForgingWriter(lied).rewrite(
        Lie(catalogue=cut, commit=lambda c: replace(c, first_seq=c.first_seq + 1, barrier=c.seq))
    )
    found, _ = Container.open(lied, HOLDER).replay()
    assert found[0].result == "broken"
    assert "prev" in found[0].reasons


def test_a_record_in_the_middle_rewritten() -> None:
    """Finding 4: an older record is re-sealed with other ops. Verdict: broken, and the next one's prev is broken."""
    medium = signed_record()
    f = ForgingWriter(medium)
    row = f.st.view.history[4]
    before = f.st.view.history[3]
    (record,) = read_history(medium, f.st.header, f.st.view, before)
    forged = replace(record, inner=record.inner.replace(b'"ops":[]', b'"ops":[{"op":"compact"}]'))
    if forged == record:
        forged = replace(record, blind=bytes(32))
    plain = len(forged.pack()).to_bytes(4, "little") + forged.pack()
    key = suite.derive(f.st.commit.log_key, "history", f.cid)
    blob = suite.seal(key, suite.context("history", f.cid, seq=before.first_seq), plain)
    medium.write(19 << 20, blob)

    def point(catalogue: Catalogue) -> None:
        catalogue.history[3] = before._replace(offset=19 << 20, length=len(blob))

    f.rewrite(Lie(catalogue=point))
    found, _ = Container.open(medium, HOLDER).replay()
    assert [v.result for v in found] == ["ok", "ok", "ok", "broken", "broken"]
    assert found[3].reasons == ("private",)
    assert found[4].reasons == ("prev",)
    assert row.first_seq == found[4].seq


def test_head_of_another_history() -> None:
    """Finding 4: the superblock names a head that no record has. Verdict: never opened as if nothing were."""
    medium = signed_record()
    ForgingWriter(medium).rewrite(Lie(commit=lambda c: replace(c, head=bytes(32))))
    try:
        found = names(Container.open(medium, HOLDER))
    except BaladeurError:
        return
    assert "rescued" in found


def test_holder_rewrites_the_signed_page() -> None:
    """Finding 7: a new summary with other lines in a holder commit. Verdict: violation (summary)."""
    medium = signed_record()
    f = ForgingWriter(medium)
    forged = Summary.of([line("healthy as an ox")], [])
    record = f.commit(Lie(summary=forged))
    assert verdicts(medium)[:2] == ([*OK5, "violation"], ["summary"])
    assert not record.cms
    with pytest.raises(SummaryDamaged):
        Container.open(medium, HOLDER).summary()


def test_compaction_of_a_record_without_seq() -> None:
    """Finding 15: an inner half without seq, deep in the history. Verdict: an error of ours, not of Python."""
    medium = signed_record()
    f = ForgingWriter(medium)
    f.commit(Lie(inner=lambda v: {k: x for k, x in v.items() if k != "seq"}))
    with Container.open(medium, HOLDER, write=True) as c:
        try:
            c.compact_into(MemoryMedium(), holder(21))
        except BaladeurError:
            return
    pytest.fail("an indeterminate history was compacted")


def test_state_is_what_section_9_says() -> None:
    """Finding 4: the state covers id and commitment of each live item, and nothing else. Verdict: equal hashes."""
    st = open_dossier(signed_record(), HOLDER)
    rows = [r for r in st.view.rows.values() if r.status == LIVE]
    by_hand = b"".join(sorted(r.id + r.commitment() for r in rows))
    assert suite.tagged("state", len(rows).to_bytes(4, "little"), by_hand) == state(st.view.rows.values())
    assert st.record.inner_value()["state"] == state(rows).hex()
    assert canonical.loads(st.record.inner) == st.record.inner_value()
