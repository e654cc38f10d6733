"""What is read of a long record to compare its page: all that the page may be made of, and nothing else."""

from pathlib import Path

from baladeur.card import demo
from baladeur.chart import items, pages
from baladeur.container import place
from baladeur.container.catalogue import MAX_ITEMS
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container
from baladeur.container.secret import parse
from tests.cli.tools import WORDS

HOSTILE = '","type":"fhir-observation","section":"results'


def record(folder: Path) -> Container:
    """Entries of every kind, and titles that look like another meta."""
    place.create_at(folder, {3: parse(WORDS)}, Change(), Author("2026-11-24T10:00:00Z"), demo=True)
    container = place.open_at(folder, parse(WORDS), write=True)
    made = [
        NewItem("report", HOSTILE, b"x", "2026", "text/plain"),
        NewItem("tray", HOSTILE, b"y", "2026", "text/plain"),
        NewItem("fhir-condition", "asthme", b"{}", "", items.FHIR_JSON, more={"section": "problems"}),
        NewItem("fhir-observation", HOSTILE, b"{}", "", items.FHIR_JSON, more={"section": "vital_signs"}),
        *(
            NewItem("fhir-observation", f"dosage {n}", b"{}", "", items.FHIR_JSON, more={"section": "results"})
            for n in range(6)
        ),
        *(NewItem(kind, kind, b"{}", "", "application/json") for kind in items.DECLARED),
    ]
    container.commit(Change(add=items.named(made)), Author("2026-11-24T11:00:00Z", demo.sign))
    return container


def test_everything_that_the_page_needs(tmp_path: Path) -> None:
    """Few enough: all but what no page is made of."""
    with record(tmp_path) as container:
        found, every = items.of_page(container, pages.RESULTS_ONLY, MAX_ITEMS)
        assert every
        assert [one.id for one in found] == [one.id for one in items.live(container) if one.type != "report"]


def test_a_long_record_without_its_results(tmp_path: Path) -> None:
    """Too many: the sections of results are left out, and only they."""
    with record(tmp_path) as container:
        found, every = items.of_page(container, pages.RESULTS_ONLY, 13)
        wanted = [one for one in items.live(container) if one.type != "report"]
        assert not every
        assert [one.id for one in found] == [one.id for one in wanted if one.more.get("section") != "results"]
        assert items.of_page(container, pages.RESULTS_ONLY, len(wanted))[1]
