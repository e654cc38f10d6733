"""The reading views: sections, lines and their states, who stands behind each, versions, damaged entries, search."""

from dataclasses import replace

from baladeur.acts import telling
from baladeur.acts.dossier import Dossier, Row, Shelf
from baladeur.acts.finding import Finder
from baladeur.acts.inside.file import Inside
from baladeur.chart import items, records
from baladeur.chart.items import FHIR_JSON, Live
from baladeur.container.container import Container
from baladeur.errors import ItemDamaged
from baladeur.record.model import SectionName
from baladeur.views import Line, Signed
from tests.acts.records import NOTE, lived_in
from tests.chart.test_importing import AS_OF, bring, empty
from tests.record.documents import allergy, bundle, problem, section, status, treatment

OVER = {"clinicalStatus": status("condition-clinical", "resolved"), "abatementDateTime": "2018-03"}
RESOURCES = (
    allergy("pénicillines", onsetDateTime="2014", reaction=[{"manifestation": [{"text": "choc"}]}]),
    allergy("noix", verificationStatus=status("allergyintolerance-verification", "refuted")),
    problem("asthme", onsetDateTime="2009", recorder={"display": "Dr B. ROUX"}),
    problem("zona", onsetDateTime="2015", **OVER),
    treatment("apixaban 5 mg", dosage=[{"text": "1 matin, 1 soir"}], dateAsserted="2026-02-01"),
    treatment("metformine 500 mg", status="stopped", effectivePeriod={"start": "2020", "end": "2024-05"}),
)


def made(container: Container, **commits: Signed) -> Dossier:
    """The views of a record; every line has one commit."""
    live = items.live(container)
    one = Signed(1, "professional", "ok", "Dr A. PETIT", "2026-11-23T10:00:00Z")
    return Dossier(live, items.former(container), {item.id: commits.get(item.id, one) for item in live}, AS_OF)


def brought(*resources: dict[str, object]) -> Container:
    """A record of one document."""
    container = empty()
    bring(container, bundle(*(resources or RESOURCES)), "synthèse.json")
    return container


def rows(dossier: Dossier, part: str) -> dict[str, Row]:
    """The lines of a section by their words."""
    return {row.words: row for row in dossier.rows(part, "fr")}


def test_states_are_those_of_the_status_table() -> None:
    """No line has another place than the record gives it, and what holds stands before what does not."""
    dossier = made(brought())
    for entry in dossier.record.entries:
        row = dossier.row(entry.key, "fr")
        assert row is not None
        assert (row.part, row.state) == (str(entry.section), str(entry.place))
    assert [row.state for row in dossier.rows("allergies", "fr")] == ["current", "never"]
    assert [row.state for row in dossier.rows("medications", "fr")] == ["current", "stopped"]


def test_a_line_in_words() -> None:
    """Dosage, reaction, dates: the date of writing is never that of the fact, an end is told."""
    dossier = made(brought())
    drugs, allergies = rows(dossier, "medications"), rows(dossier, "allergies")
    apixaban, metformin = drugs["apixaban 5 mg"], drugs["metformine 500 mg"]
    assert (apixaban.detail, apixaban.when.start, apixaban.when.noted) == ("1 matin, 1 soir", "01 févr. 2026", True)
    assert (metformin.when.start, metformin.when.end, metformin.when.noted) == ("2020", "mai 2024", False)
    assert (allergies["pénicillines"].detail, allergies["pénicillines"].when.start) == ("choc", "2014")
    zona = rows(dossier, "past_history")["zona"]
    assert (zona.when.start, zona.when.end) == ("2015", "mars 2018")


def test_who_stands_behind_a_line() -> None:
    """Who says so, by the resource, else by its document; who signed; the file that brought it."""
    dossier = made(brought())
    asthma, apixaban = rows(dossier, "problems")["asthme"], rows(dossier, "medications")["apixaban 5 mg"]
    assert (asthma.speaker, apixaban.speaker) == ("Dr B. ROUX", "Dr A. PETIT")
    assert (asthma.source, asthma.source_day) == ("synthèse.json", "12 oct. 2026")
    assert asthma.commit is not None
    assert asthma.commit.signer == "Dr A. PETIT"


def test_every_section_says_what_it_knows() -> None:
    """In the reading order; not recorded, none known and a list are three things; then what is no line."""
    none = allergy("aucune allergie connue")
    none["code"] = {"coding": [{"system": "http://snomed.info/sct", "code": "716186003"}]}
    dossier = made(brought(none, problem("asthme")))
    parts = {part.name: part for part in dossier.parts()}
    assert list(parts)[: len(SectionName)] == [str(name) for name in SectionName]
    assert [parts[name].state for name in ("allergies", "problems", "medications")] == [
        "none-known", "known", "not-recorded",
    ]  # fmt: skip
    assert (parts["allergies"].count, parts["medications"].count) == (1, 0)
    (row,) = dossier.rows("allergies", "fr")
    assert row.state == "none-known"
    assert [fact.words for fact in telling.tell(dossier, row.id, "fr")][:2] == ["allergies", "none-known"]
    assert parts[Shelf.IDENTITY].count == 1


def test_no_entry_is_lost_or_told_twice() -> None:
    """Every live entry is in one section or on one shelf."""
    dossier = made(lived_in(bundle(*RESOURCES)))
    told = [row.id for part in dossier.parts() for row in dossier.rows(part.name, "fr")]
    assert sorted(told) == sorted(dossier.by_id)
    assert sum(part.count for part in dossier.parts()) == len(told)


def test_what_an_invalid_commit_brought_says_so() -> None:
    """A verdict other than a good one makes the line not valid."""
    container = brought()
    some = next(one for one in items.live(container) if one.title == "asthme")
    for verdict, valid in (("ok", True), ("not-checked", False), ("SignatureWrong", False), ("broken", False)):
        commit = Signed(1, "professional", verdict, None)
        assert rows(made(container, **{some.id: commit}), "problems")["asthme"].valid is valid


def test_an_entry_that_nobody_signed_yet_has_no_commit() -> None:
    """So it is with a draft."""
    container = brought()
    live = items.live(container)
    dossier = Dossier(live, items.former(container), {}, AS_OF)
    assert all(row.commit is None for row in dossier.rows("problems", "fr"))


class _Damaged(Live):
    @property
    def content(self) -> bytes:  # type: ignore[override]
        raise ItemDamaged


def test_a_damaged_entry_does_not_hide_the_others() -> None:
    """It is a line of its section that says so; the others stand as they did."""
    whole = made(brought())
    asthma = rows(whole, "problems")["asthme"].id
    broken = [_Damaged(**vars(one)) if one.id == asthma else one for one in map(_bare, whole.items)]
    dossier = Dossier(broken, whole.former, whole.commits, AS_OF)
    assert rows(dossier, "problems")["asthme"].state == "damaged"
    assert [row.words for row in dossier.rows("medications", "fr")] == ["apixaban 5 mg", "metformine 500 mg"]
    assert telling.tell(dossier, asthma, "fr") == []


def _bare(one: Live) -> Live:
    return replace(one)


def test_what_was_never_checked_does_not_hide_the_others() -> None:
    """An entry that another program wrote and that is no FHIR R4."""
    whole = made(brought())
    live = [
        *whole.items,
        Live("ab" * 16, "fhir-condition", "?", "", FHIR_JSON, {"section": "problems"}, False, given=b"{"),
    ]
    dossier = Dossier(live, whole.former, whole.commits, AS_OF)
    assert rows(dossier, "problems")["?"].state == "damaged"
    assert "asthme" in rows(dossier, "problems")


def test_a_line_that_its_document_lacks_is_to_be_confirmed() -> None:
    """It bears the id of the document's cover."""
    container = empty()
    data = bundle(problem("asthme"), sections=[section("11450-4", "Condition/gone", "Condition/r0")])
    bring(container, data, "synthèse.json")
    found = [row for row in made(container).rows("problems", "fr") if row.state == "to-confirm"]
    assert len(found) == 1
    assert found[0].link
    assert found[0].id != found[0].link
    assert found[0].type == "fhir-composition"


def test_versions_say_what_changed() -> None:
    """Oldest first, each with its commit; the first differs from nothing."""
    container = lived_in(bundle(*RESOURCES))
    former = items.former(container)
    old, new = next((old, new) for old, new in former.items())
    entries = {entry.id.hex(): entry for entry in container.entries(0, 1, 2)}
    lines = [Line(entries[id_], Signed(n, "professional", "ok", "Dr")) for n, id_ in enumerate((old, new))]
    contents = {id_: items.of(entries[id_], container) for id_ in (old, new)}
    first, second = telling.versions(lines[::-1], contents, "fr", today=AS_OF)
    assert (first.changed, first.dropped) == ((), ())
    assert [(fact.name, fact.words) for fact in second.changed] == [("note", NOTE)]
    assert first.line.commit.number == 0


def test_a_document_is_not_read_before_it_is_asked_for() -> None:
    """A large scan costs nothing in a list."""
    scan = _Damaged("cd" * 16, "document", "scan.pdf", "2026-01-01", "application/pdf", {}, False)
    dossier = Dossier([scan], {}, {}, AS_OF)
    (row,) = dossier.rows("documents", "fr")
    assert (row.state, row.words, row.when.start) == ("document", "scan.pdf", "01 janv. 2026")
    part = next(one for one in dossier.parts() if one.name == "documents")
    assert (part.state, part.count) == ("", 1)


def finder(container: Container, texts: dict[str, str] | None = None) -> Finder:
    """A search over a record whose documents say `texts`."""
    told = texts or {}
    return Finder(
        made(container),
        "fr",
        lambda id_: Inside("text", 1, (told.get(id_, ""),)),
        lambda id_: 1 if id_ in told else 2**30,
    )


def found(search: Finder, query: str) -> list[str]:
    """The words of the lines that answer."""
    return [hit.row.words for hit in search.find(query)]


def test_search_ignores_case_and_accents_and_wants_all_words() -> None:
    """In words, reactions, dosages, authors, codes; a word that is nowhere finds nothing."""
    search = finder(brought())
    assert found(search, "PENICILLINES") == ["pénicillines"]
    assert found(search, "choc") == ["pénicillines"]
    assert found(search, "soir apix") == ["apixaban 5 mg"]
    assert found(search, "roux") == ["asthme"]
    assert found(search, "apixaban choc") == []
    assert found(search, "  ") == []


def test_search_looks_into_small_documents() -> None:
    """And shows the words around; a large one is not opened."""
    small = Live("cd" * 16, "document", "courrier", "", "text/plain", {}, False)
    large = replace(small, id="ef" * 16, title="scan")
    search = finder(brought(), {small.id: "Vu pour une Fibrillation auriculaire ce jour"})
    search.dossier = Dossier([small, large], {}, {}, AS_OF)
    (hit,) = search.find("fibrillation")
    assert hit.row.words == "courrier"
    assert "Fibrillation auriculaire" in hit.inside


def test_nothing_shows_in_a_repr() -> None:
    """Rows, versions, hits and the dossier itself may reach a traceback."""
    dossier = made(brought())
    for one in (dossier, *dossier.rows("problems", "fr"), *finder(brought()).find("asthme"), *dossier.parts()):
        assert "asthme" not in repr(one)
        assert "2009" not in repr(one)


def test_the_record_is_that_of_the_page() -> None:
    """The views read the record as the emergency page does."""
    container = lived_in(bundle(*RESOURCES))
    page = records.record(items.live(container), items.former(container), as_of=AS_OF)
    assert {one.key: (one.place, one.section) for one in made(container).record.entries} == {
        one.key: (one.place, one.section) for one in page.entries
    }
