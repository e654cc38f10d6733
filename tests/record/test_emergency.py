"""Signed parts: one line, one part, and back; nothing frozen that a day can make wrong; differences announced."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from baladeur.container import canonical
from baladeur.record.emergency import differences, line_of, lines, part_of, parts, rules_version, tame
from baladeur.record.fhir import read
from baladeur.record.model import Document
from baladeur.record.page import RULES_VERSION, Block, Fact, Kind, Level, Line, Turn, ordered
from baladeur.record.render import screens
from baladeur.record.seen import Seen, Signature
from baladeur.record.shown import show
from baladeur.record.summary import Review, SectionName, summarise
from baladeur.record.words import Words
from baladeur.text import safe_text
from tests.record.documents import TODAY, allergy, concept, document, problem, treatment
from tests.record.test_oracle import bundles
from tests.record.test_render import PAGES, columns, of

LATER = date(2028, 11, 23)
texts = st.text(max_size=40).map(safe_text)
words = st.builds(Words, *[texts.filter(bool)] * 2, texts, st.lists(texts, max_size=2).map(tuple))
labels = st.one_of(st.just(Words()), words)
facts = st.builds(Fact, st.sampled_from(["date", "until", "due", "start", "end", "course"]), texts)
turns = st.none() | st.builds(Turn, texts, st.sampled_from(Level), st.booleans())
made_lines = st.builds(
    Line,
    block=st.sampled_from(sorted(set(Block) - {Block.FIRST})),
    name=words,
    keys=st.lists(st.binary(min_size=16, max_size=16).map(bytes.hex), max_size=3).map(tuple),
    level=st.sampled_from(Level),
    label=labels,
    detail=st.lists(words | facts, max_size=4).map(tuple),
    to_confirm=st.booleans(),
    counted=st.booleans(),
    kind=st.sampled_from(Kind),
    declared=st.booleans(),
    turn=turns,
    facts=st.dictionaries(st.sampled_from(["birth", "day", "who"]), texts, max_size=3).map(
        lambda found: tuple(sorted(found.items()))
    ),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
NAMES = ["items", "block", "name", "fr", "en", "kind", "level", "label", "detail", "turn", "facts", "counted"]


@given(st.lists(made_lines, max_size=8))
def test_parts_and_lines_are_inverse(some: list[Line]) -> None:
    """Nothing is lost and nothing added on either way, and the bytes are canonical JSON."""
    signed, declared = parts(some), parts(some, declared=True)
    back = lines(signed, declared)
    assert back == tuple(sorted(some, key=lambda line: line.declared))
    assert (parts(back), parts(back, declared=True)) == (signed, declared)
    for part in (*signed, *declared):
        assert canonical.loads(canonical.dumps(part)) == part
        assert canonical.dumps(part) == rfc8785.dumps(part)


@given(st.dictionaries(st.sampled_from(NAMES), json_values), json_values)
def test_any_object_is_a_line(part: dict[str, Any], other: Any) -> None:
    """Whoever has the code can write parts: nothing is raised, and what comes out is tame and stays as it is."""
    for one in (part, part | {"name": other}, {"detail": [other], "facts": {"who": other}}):
        made = lines([one])
        assert lines(parts(made)) == made
        shown = show(made, TODAY)
        assert all(char.isprintable() or char == "\u202f" for line in shown for char in line.name.fr + line.detail.en)
    assert json.dumps(parts(lines([part])))


@given(st.lists(made_lines, max_size=12), st.sampled_from([(80, 24), (120, 40), (71, 22)]))
def test_any_lines_make_screens(some: list[Line], size: tuple[int, int]) -> None:
    """Whatever the lines say, no row is wider and no screen higher than it may be."""
    for screen in screens(show(some, TODAY, Seen(Signature("Dr A", "2026-11-01", "wrong-word"))), "fr", *size):
        assert all(columns(row) <= size[0] for row in screen)
        assert len(screen) <= size[1]


@pytest.mark.parametrize("name", PAGES)
def test_page_from_its_parts_alone(name: str) -> None:
    """On the day of signing the parts show what the record shows."""
    made = summarise(PAGES[name](), as_of=TODAY)
    again = ordered(lines(parts(made), parts(made, declared=True)), "emergency")
    assert again == made
    assert show(again, TODAY) == show(made, TODAY)


def test_real_pages_from_their_parts_alone(shared_data: Path) -> None:
    """The same for the public bundles; and a page does not differ from itself."""
    found = bundles(shared_data)
    for path in found:
        made = summarise(read(path.read_bytes(), as_of=TODAY), as_of=TODAY)
        signed, declared = parts(made), parts(made, declared=True)
        assert show(lines(signed, declared), TODAY) == show(made, TODAY)
        assert all(len(canonical.dumps(part)) < 4096 for part in (*signed, *declared))
        assert differences(signed, signed).count == 0
    assert len(found) >= 10


@pytest.mark.parametrize("name", PAGES)
def test_nothing_of_the_day_is_frozen(name: str) -> None:
    """The parts of the same record signed on two days differ only where the record's own standing does."""
    text = json.dumps(parts(summarise(PAGES[name](), as_of=TODAY)), ensure_ascii=False)
    for word in (" ans)", "dépassé", "il y a", "jamais relu", "FICHE ANCIENNE", "à partir", "[FICTIF]"):
        assert word not in text


def said(made: Document, as_of: date, signed: date = TODAY) -> list[tuple[str, str, bool, Level]]:
    """What the page says on a day of lines that were signed on another: name, detail, to be confirmed, level."""
    found = show(lines(parts(summarise(made, as_of=signed))), as_of)
    return [(one.name.fr, one.detail.fr, one.to_confirm, one.level) for one in found if one.counted]


def test_what_ended_since_the_signature_is_never_silently_current() -> None:
    """A treatment, its alert, a problem: current when signed, over when read."""
    made = document(
        treatment("apixaban 5 mg", effectivePeriod={"end": "2026-12"}),
        problem("zona", abatementDateTime="2026-12-24"),
        treatment("amoxicilline", dosage=[{"timing": {"repeat": {"boundsPeriod": {"end": "2026-12-02"}}}}]),
    )
    today = {name: (detail, doubt) for name, detail, doubt, _ in said(made, TODAY)}
    assert today["zona"] == ("jusqu’au 24 déc. 2026", False)
    assert today["apixaban 5 mg"][0].endswith("jusqu’en déc. 2026")
    later = said(made, LATER)
    assert [doubt for name, _, doubt, _ in later if name in ("apixaban 5 mg", "zona", "amoxicilline")] == [True] * 4
    ended = [detail for name, detail, *_ in later if name == "apixaban 5 mg"]
    assert len(ended) == 2
    assert all("fin prévue déc. 2026, dépassée" in detail for detail in ended)
    assert any("durée prévue dépassée" in detail for name, detail, *_ in later if name == "amoxicilline")
    on_the_day = {name: doubt for name, _, doubt, _ in said(made, date(2026, 12, 31))}
    assert not on_the_day["apixaban 5 mg"]


def test_what_begins_later() -> None:
    """Signed before its start, it stays to be confirmed, and does not say that it is still to come."""
    made = document(treatment("ramipril", effectivePeriod={"start": "2026-12-01"}))
    assert said(made, TODAY)[0][1:3] == ("posologie non renseignée, à partir du 01 déc. 2026", True)
    assert said(made, LATER)[0][1:3] == ("posologie non renseignée, début prévu 01 déc. 2026", True)


def test_pregnancy_turns_with_the_day() -> None:
    """Critical until three weeks past the term; then a remark to be confirmed, as the rule says for the record."""
    expecting = PAGES["past_term"]()
    at_term = next(one for one in said(expecting, TODAY) if one[0] == "enceinte")
    assert at_term == ("enceinte", "terme prévu 15 nov. 2026, dépassé", False, Level.CRITICAL)
    for day, level in ((date(2026, 12, 6), Level.CRITICAL), (date(2026, 12, 7), Level.PLAIN)):
        from_parts = next(one for one in said(expecting, day) if one[0] == "enceinte")
        recomputed = next(one for one in said(expecting, day, signed=day) if one[0] == "enceinte")
        assert from_parts == recomputed
        assert from_parts[3] is level
        assert from_parts[2] is (level is Level.PLAIN)


def test_stent_is_recent_for_a_year() -> None:
    """The level follows the day of reading, not that of signing."""
    made = document(problem("stent coronaire actif", onsetDateTime="2026-01-10"))
    assert Level.CRITICAL in [level for *_, level in said(made, date(2027, 1, 10))]
    assert Level.CRITICAL not in [level for *_, level in said(made, date(2027, 1, 11))]


def test_child_grows_up() -> None:
    """Weight with its age while a minor; then neither weight nor guardian."""
    made = summarise(PAGES["child"](), as_of=TODAY)
    signed, declared = parts(made), parts(made, declared=True)

    def page(day: date) -> str:
        return " ".join(one.name.fr for one in show(lines(signed, declared), day))

    assert "poids 16,5 kg, 01 oct. 2026 (il y a 2 ans)" in page(LATER)
    assert "représentant légal : Anne DURAND (mère)" in page(date(2040, 5, 13))
    grown = page(date(2040, 5, 14))
    assert "poids 16" not in grown
    assert "représentant" not in grown
    assert "à prévenir : Anne DURAND (mère)" in grown


def test_the_dead_do_not_age() -> None:
    """The age today of somebody who died is nobody's age."""
    banner = show(summarise(of(patient={"deceasedDateTime": "2006-02-21"}), as_of=TODAY), TODAY)[0]
    assert banner.name.fr == "MOREAU, Jeanne   F   née 04 mars 1961"


def test_identity_has_no_ins() -> None:
    """Names, birth name, birth date and sex; no number of the patient's."""
    number = {"system": "urn:oid:1.2.250.1.213.1.4.8", "value": "261037512345678"}
    whole = json.loads(json.dumps({"identifier": [number]}))
    made = of(problem(), patient=whole)
    assert made.identity is not None
    assert made.identity.identifiers
    assert "261037512345678" not in json.dumps(parts(summarise(made, as_of=TODAY)))
    identity = next(part for part in parts(summarise(made, as_of=TODAY)) if part.get("kind") == "identity")
    assert set(identity["facts"]) == {"birth", "birth_name", "sex"}


def test_declared_lines_are_not_signed() -> None:
    """Contacts and languages stand apart, marked, and never in the loud area; a signed part cannot pose as declared."""
    made = summarise(PAGES["typical"](), as_of=TODAY)
    claimed = parts(made, declared=True)
    assert [part["declared"] for part in claimed] == [True, True]
    assert {part["block"] for part in claimed} == {"contacts"}
    assert not [part for part in parts(made) if part.get("declared") or part["block"] == "contacts"]
    liar = part_of(Line(Block.ALERTS, Words("x", "x"), declared=True)) | {"declared": False}
    shown = [one for one in show(lines([], [liar]), TODAY) if one.name.fr == "x"]
    assert [(one.declared, one.block) for one in shown] == [(True, Block.CONTACTS)]


def test_differences() -> None:
    """Changed, on the page only, in the record only; what the patient withdrew is no difference."""
    base = document(allergy("latex"), problem("asthme"))
    more = document(allergy("latex"), problem("asthme"), problem("goutte"))
    signed, recomputed = (parts(summarise(one, as_of=TODAY)) for one in (base, more))
    assert differences(signed, signed).words == Words()
    found = differences(signed, recomputed)
    assert (found.only_page, found.only_record, found.changed) == (0, 1, 0)
    assert (found.words.fr, found.detail.fr) == (
        "page signée différente du dossier : 1 ligne",
        "1 dans le dossier seul",
    )
    assert differences(signed, recomputed, 1).count == 0
    back = differences(recomputed, signed)
    assert (back.only_page, back.count, back.critical) == (1, 1, False)
    worse = [dict(part) for part in signed]
    worse[next(at for at, part in enumerate(worse) if part["block"] == "allergies")]["name"] = {"fr": "x", "en": "x"}
    assert (differences(worse, signed).changed, differences(worse, signed).critical) == (1, True)
    assert differences(signed, recomputed, without=[Block.PROBLEMS]).count == 0


def test_other_rules_are_named_and_not_compared() -> None:
    """The version stands in one part; another version is said, and no line is called different."""
    signed = parts(summarise(document(problem()), as_of=TODAY))
    assert rules_version(signed) == RULES_VERSION
    older = json.loads(json.dumps(signed).replace(RULES_VERSION, "2020-01-01"))
    found = differences(older, [])
    assert (found.other_rules, found.count) == ("2020-01-01", 0)


def test_huge_page_fits_the_format_and_counts_what_it_leaves_out() -> None:
    """Results and acts first, each with a count; never an alert before them."""
    many = [Line(Block.RESULTS, Words(f"r{at}", f"r{at}"), ("0" * 32,)) for at in range(4000)]
    loud = [Line(Block.ALERTS, Words(f"a{at}", f"a{at}"), ("1" * 32,), Level.CRITICAL) for at in range(100)]
    made = parts([*loud, *many])
    assert len(made) <= 4000
    assert sum(len(canonical.dumps(part)) for part in made) < 800 * 1024
    assert sum(part["block"] == "alerts" for part in made) == 100
    left = [part for part in made if part["name"].get("key", "").startswith("elsewhere")]
    assert [part["name"]["fr"] for part in left] == ["200 autres, dans le dossier"]


def test_reviews_are_worded_each_with_its_own_date() -> None:
    """Who and when, or "never", and the last signature apart."""
    reviews = {SectionName.MEDICATIONS: Review("2026-10-12", "Dr A. PETIT", ("ab" * 16,))}
    made = lines(parts(summarise(document(concepts()), as_of=TODAY, reviews=reviews)))
    seen = Seen(Signature("Dr B. GRAND", "2026-11-01T08:00:00Z", "passed"))
    banner = [one.name.fr for one in show(made, TODAY, seen) if one.block is Block.BANNER]
    assert banner[1] == (
        "signé par Dr B. GRAND le 01 nov. 2026 (carte CPS) · "
        "traitements relus le 12 oct. 2026 (Dr A. PETIT) · allergies jamais relues"
    )


def concepts() -> dict[str, Any]:
    """A problem with a code."""
    return problem(code=concept("asthme", "195967001"))


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"block": "foot"}, "sans nom dans la source"),
        ({"block": "foot", "name": {}}, "sans nom dans la source"),
        ({"block": "foot", "name": {"fr": "  "}}, "sans nom dans la source"),
        ({"block": "foot", "name": 3, "text": "à la main"}, "à la main"),
        ({"block": "banner", "kind": "identity"}, ""),
    ],
)
def test_a_part_without_a_name(part: dict[str, object], said: str) -> None:
    """Nothing that was signed goes without words; a patient without a name has words of its own."""
    assert line_of(part).name.fr == said


@pytest.mark.parametrize(
    ("raw", "tamed"),
    [
        ("12\u202f500 UI", "12\u202f500 UI"),
        ("12\u202f500\x1b[2J UI", "12\u202f500\ufffd[2J UI"),
        ("_ 12\u202f500  UI", "_ 12\u202f500 UI"),
        ("_^~|§¤ 12\u202f500", "_^~|§¤ 12 500"),
        ("\u202f12\u202f", "12"),
    ],
)
def test_the_space_that_groups_digits_stays(raw: str, tamed: str) -> None:
    """Also where something else of the text had to be made tame."""
    assert line_of({"block": "foot", "name": {"fr": raw}}).name.fr == tamed
    assert tame(tamed) == tamed
