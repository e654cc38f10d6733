"""Records for the tests of what is done with them: real documents, an edit, a second document."""

import json
from typing import Any

from baladeur.acts import exporting
from baladeur.acts.exporting import Held
from baladeur.chart import items, records
from baladeur.chart.items import FHIR_JSON, Live
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container
from baladeur.record import scan
from baladeur.record.model import Document
from tests.chart.test_importing import AS_OF, CODE, bring, empty
from tests.record.documents import allergy, bundle, treatment

SIGNED = Author("2026-11-23T10:00:00Z", lambda content: b"not judged here")
NOTE = "relu à la main, 1,50"


def edited(one: Live, **more: Any) -> NewItem:
    """A new version of a resource, in its own bytes but for a note that was put in."""
    told = json.dumps([{"text": NOTE}], ensure_ascii=False).encode()
    content = b'{"note":' + told + b"," + one.content.lstrip().removeprefix(b"{")
    scan.parse(content)
    return NewItem(
        one.type, one.title, content, one.date, FHIR_JSON, bytes.fromhex(one.id), one.hidden, more=one.more, **more
    )


def second(container: Container) -> bytes:
    """Another document about the same patient, whose ids are those of the first one's resources and mean others."""
    who = records.identity(items.live(container), as_of=AS_OF)
    assert who is not None
    family = next((name.family for name in who.names if name.family), "")
    found = (scan.parse(one.content).get("id") for one in items.live(container) if one.is_fhir)
    taken = sorted({id_ for id_ in found if id_}) or ["x"]
    drugs = [treatment("acétazolamide 250 mg", id=taken[0]), allergy("Latex", id=taken[-1])]
    value = json.loads(bundle(*drugs, sections=[]))
    value["entry"][1]["resource"] |= {"name": [{"family": family}] if family else [], "birthDate": who.birth_date}
    for entry in value["entry"]:
        entry["fullUrl"] = entry["fullUrl"].replace("example.org", "second.example")
    return json.dumps(value).encode()


def lived_in(data: bytes, name: str = "document.json") -> Container:
    """A record with a document, one of whose lines was edited, and a second document."""
    container = empty()
    bring(container, data, name)
    lines = [one for one in items.live(container) if one.is_fhir and "section" in one.more]
    free = next(one for one in lines if b'"note"' not in one.content)
    container.commit(Change(add=[edited(free)]), SIGNED)
    bring(container, second(container), "second.json")
    return container


def held(container: Container, *doubtful: str) -> Held:
    """What an export takes from; nobody signed it."""
    return exporting.hold(container, frozenset(doubtful), {}, "2026-11-23T10:00:00Z", today=AS_OF)


def read(container: Container) -> Document:
    """The record as it stands in the file, opened anew."""
    again = Container.open(container.medium, CODE)
    return records.record(items.live(again), items.former(again), as_of=AS_OF)


def lines(document: Document) -> list[tuple[str, ...]]:
    """What must not change: words, section, place, dates and notes of each line."""
    return sorted(
        (e.type, e.words, str(e.section), str(e.place), str([(d.role, d.start, d.end) for d in e.dates]), str(e.notes))
        for e in document.entries
    )


def states(document: Document) -> dict[str, tuple[str, list[str], int]]:
    """Of each section: known, none known or not recorded, what is denied, how many contradictions."""
    return {
        str(name): (
            type(part).__name__,
            sorted({one.code for one in part.absences}),
            len(getattr(part, "contradictions", ())),
        )
        for name, part in document.sections.items()
    }
