"""Looking up: beginnings, accents, brands, codes, slips of the finger; the order of answers; broken input."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baladeur.tables import folder, shipped
from baladeur.tables.lookup import Lookup
from baladeur.tables.store import Store, one_edit_away
from baladeur.tables.term import Term, code_key, flat, words
from baladeur.text import one_edit
from tests.tables.official_files import BDPM_CIP, BDPM_COMPO, FILES


@pytest.fixture(scope="module")
def lookup() -> Iterator[Lookup]:
    with Lookup() as opened:
        yield opened


FIRST = [
    ("metf", "A10BA02"), ("METFORMINE", "A10BA02"), ("glucoph", "A10BA02"), ("metformin", "A10BA02"),
    ("xarelto", "B01AF01"), ("eliquis", "B01AF02"), ("previscan", "B01AA12"), ("doliprane", "N02BE01"),
    ("hta", "I10"), ("hypertension art", "I10"), ("bpco", "J44.9"),
    ("diabete type 2", "E11.9"), ("type 2 diab", "E11.9"),
    ("i10", "I10"), ("E11.9", "E11.9"), ("e119", "E11.9"), ("b01af02", "B01AF02"), ("2160-0", "2160-0"),
    ("oedeme de quincke", "T78.3"), ("œdème de Quincke", "T78.3"), ("heart attack", "I21.9"), ("peanut", "762952008"),
    ("arach", "762952008"), ("cacahuète", "762952008"), ("voie oral", "20053000"), ("hexyon", "J07CA09"),
    ("tsh", "3016-3"), ("appendicec", "80146002"), ("voisin", "NBOR"),
    ("tension", "8480-6"), ("lovenox", "B01AB05"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "code"), FIRST)
def test_the_first_answer(lookup: Lookup, query: str, code: str) -> None:
    assert lookup.search(query)[0].term.code == code


SLIPS = [
    ("xaerlto", "B01AF01"), ("metfromine", "A10BA02"), ("dolipran", "N02BE01"), ("elliquis", "B01AF02"),
    ("hypertention", "I10"), ("epilespie", "G40.9"), ("fibrilation auriculaire", "I48.9"), ("amoxiciline", "J01CA04"),
    ("levothyrix", "H03AA01"), ("arachyde", "762952008"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "code"), SLIPS)
def test_one_slip(lookup: Lookup, query: str, code: str) -> None:
    assert code in [answer.term.code for answer in lookup.search(query)[:5]]


def test_a_brand_says_what_it_stands_for(lookup: Lookup) -> None:
    answer = lookup.search("glucophage")[0]
    assert (answer.term.fr, answer.matched, answer.table, answer.is_reviewed) == (
        "metformine", "GLUCOPHAGE", "medicines", False,
    )  # fmt: skip
    assert answer.uri == "http://www.whocc.no/atc"


def test_a_device_is_among_the_first(lookup: Lookup) -> None:
    assert "14106009" in [answer.term.code for answer in lookup.search("pacemaker")[:3]]


def test_a_word_without_code_is_found(lookup: Lookup) -> None:
    answer = lookup.search("fruits à coque")[0]
    assert (answer.term.code, answer.uri) == ("", "http://snomed.info/sct")


def test_what_begins_so_hides_what_only_resembles(lookup: Lookup) -> None:
    """`lamisil` is a drug of its own: that `lamictal` is near must not be offered."""
    assert [a.term.en for a in lookup.search("lamisil")] == ["terbinafine"]


def test_each_code_once_and_no_more_than_asked(lookup: Lookup) -> None:
    for query in ("a", "di", "in", "z95", "voie"):
        answers = lookup.search(query, 7)
        assert len(answers) <= 7
        keys = [(a.term.system, a.term.code or a.term.fr) for a in answers]
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("query", ["", "   ", "?", "'", '"', "*", "\x00", "\ud800", "☃", "zzzzzzzz", "-" * 500])
def test_nothing_to_find(lookup: Lookup, query: str) -> None:
    assert lookup.search(query) == []


@settings(max_examples=150, deadline=None)
@given(query=st.text(max_size=60))
def test_any_text_is_answered(query: str) -> None:
    """No query is a syntax of the index, none raises."""
    assert isinstance(ONE.search(query, 5), list)


ONE = Store.in_memory(
    [
        Term("other", f"C{at}", name, use=1 + at % 3)
        for at, name in enumerate(sorted({r["fr"] for r in shipped.rows("medicines")}))
    ],
    {},
)
LONG = sorted({w for row in shipped.rows("medicines") for w in words(row["fr"]) if len(w) >= 6})


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LONG), st.data())
def test_every_single_slip_in_a_word_is_found(word: str, data: st.DataObject) -> None:
    """A letter more, less, other or swapped: the word is among the answers, unless the slip begins another word."""
    wrong = data.draw(st.sampled_from(sorted(set(one_edit_away(word)))))
    hits = ONE.search(wrong, 40)
    assert any(word in words(hit.term.fr) or wrong in flat(hit.term.fr) for hit in hits)


@given(st.text(ascii_lowercase, min_size=1, max_size=8))
def test_one_edit_away_is_one_edit(word: str) -> None:
    assert all(one == word or one_edit(one, word) for one in one_edit_away(word))


def test_all_prefixes_of_all_labels_are_answered() -> None:
    """Typing any label letter by letter, something is always offered, and at the end the label itself."""
    with Lookup() as lookup:
        for row in list(shipped.rows("problems"))[::7]:
            typed = row["fr"]
            for end in range(1, len(typed) + 1):
                if words(typed[:end]):
                    assert lookup.search(typed[:end], 5), typed[:end]
            assert row["fr"] in [answer.term.fr for answer in lookup.search(typed, 5)]


def test_use_comes_first() -> None:
    store = Store.in_memory(
        [
            Term("other", "rare", "alpha", use=3),
            Term("other", "usual", "alphabet", use=2),
            Term("other", "daily", "alphas", use=1),
        ],
        {},
    )
    assert [hit.term.code for hit in store.search("alph", 5)] == ["daily", "usual", "rare"]
    assert store.search("alpha", 5)[0].term.code == "rare", "what was typed whole comes before what is used more"


def test_imported_tables_answer_after_ours(tmp_path: Path) -> None:
    (tmp_path / "CIS_CIP_bdpm.txt").write_bytes(BDPM_CIP)
    (tmp_path / "CIS_COMPO_bdpm.txt").write_bytes(BDPM_COMPO)
    for name, (content, _, _) in FILES.items():
        path = tmp_path / name
        path.write_bytes(content)
        folder.add(path, tmp_path / "t", name=flat(name).replace(" ", "-")[:60])
    with Lookup(folder.files(tmp_path / "t")) as lookup:
        assert [a.table for a in lookup.search("eliquis")] == ["high_risk", "cis-bdpm-txt"]
        assert lookup.search("3400935955838")[0].term.fr.startswith("DOLIPRANE")
        assert [a.table for a in lookup.search("apixaban")] == ["high_risk", "cis-bdpm-txt"], (
            "ATC names it too: each code once"
        )
        answer = lookup.search("tension haute")[0]
        assert (answer.term.code, answer.table, answer.version) == ("I10", "cim10-xml", "2026")
        assert lookup.search("hhfa016")[0].table == "acts"
        assert lookup.unreadable == []


def test_a_damaged_table_is_left_out(tmp_path: Path) -> None:
    good = tmp_path / "ccam.csv"
    good.write_bytes(FILES["ccam.csv"][0])
    where = tmp_path / "t"
    folder.add(good, where)
    (where / "noise.tables.sqlite").write_bytes(b"no database" * 100)
    (where / "empty.tables.sqlite").write_bytes(b"")
    with sqlite3.connect(where / "old.tables.sqlite") as old:
        old.execute("CREATE TABLE meta (key, value)")
        old.execute("CREATE TABLE opening (key)")
        old.execute("INSERT INTO meta VALUES ('format', '0')")
    old.close()
    with Lookup(folder.files(where)) as lookup:
        assert sorted(lookup.unreadable) == ["empty", "noise", "old"]
        assert lookup.search("autre ablation")[0].table == "ccam"
    assert {t.name: t.usable for t in folder.listing(where)} == {
        "ccam": True,
        "empty": False,
        "noise": False,
        "old": False,
    }


def test_a_table_cut_after_opening_is_left_out(tmp_path: Path) -> None:
    """The pages behind its head are noise: the search goes on without it."""
    path = tmp_path / "x.csv"
    path.write_bytes(b"atc_code,atc_name\n" + b"".join(b"B01AF%02d,substance %d\n" % (n, n) for n in range(100)))
    folder.add(path, tmp_path / "t")
    (file,) = folder.files(tmp_path / "t")
    with Lookup([file]) as lookup:
        assert lookup.search("substance 42")
    data = bytearray(file.read_bytes())
    data[8192:] = b"\xa5" * len(data[8192:])
    file.write_bytes(data)
    with Lookup([file]) as lookup:
        assert lookup.search("metf")[0].term.code == "A10BA02"


def test_words_and_codes() -> None:
    assert words("Œdème (aigu) de l’É") == ["oedeme", "aigu", "de", "l", "e"]
    assert code_key("E11.9") == code_key("e119") == "e119"
    assert flat("  Voie  orale ") == "voie orale"
