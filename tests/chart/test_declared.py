"""What the holder declares, read leniently, and the lines that it gives."""

from baladeur.chart.declared import declared, lines
from baladeur.chart.items import Live
from baladeur.container import canonical


def live(number: int, type_: str, title: str, content: bytes, *, hidden: bool = False) -> Live:
    """A live entry."""
    return Live(f"{number:032x}", type_, title, "2024-05-01", "application/json", {}, hidden, given=content)


PAUL = live(1, "contact", "Paul", canonical.dumps({"name": "Paul", "phone": "+33612345678", "relation": "mari"}))
TRUSTED = live(2, "trusted-person", "Zoé", canonical.dumps({"name": "Zoé", "phone": "15"}))
FRENCH = live(3, "language", "français", canonical.dumps({"code": "fr", "words": "français", "preferred": False}))
ARABIC = live(4, "language", "ar", canonical.dumps({"code": "ar", "preferred": True}))
SCAN = live(5, "directive", "Directives", b"\x89PNG")
NOTE = live(6, "tray", "note", b"vu")


def test_all_of_it() -> None:
    """Each kind, typed; the preferred language first."""
    found = declared([PAUL, TRUSTED, FRENCH, ARABIC, SCAN, NOTE])
    (one,) = found.contacts
    assert (one.name, one.relation, one.phone) == ("Paul", "mari", "+33612345678")
    assert [spoken.code for spoken in found.languages] == ["ar", "fr"]
    assert [person.name for person in found.trusted] == ["Zoé"]
    assert [(scan.title, scan.day) for scan in found.directives] == [("Directives", "2024-05-01")]
    assert found.pending == (NOTE.id,)
    words = [line.name.fr for line in lines(found)]
    assert words == [
        "personne de confiance : Zoé",
        "à prévenir : Paul (mari)",
        "parle : ar, français",
        "directives anticipées : Directives",
        "1 document non signé, à lire dans le dossier",
    ]
    assert all(line.declared and line.keys for line in lines(found))


def test_what_is_for_the_dossier_only_is_not_told() -> None:
    """Neither is it counted."""
    hidden = [live(n, t, "x", b"{}", hidden=True) for n, t in enumerate(("contact", "language", "tray", "directive"))]
    assert lines(declared(hidden)) == []


def test_what_cannot_be_read_is_shown_by_its_title() -> None:
    """Tamed: it may come from another program."""
    odd = [
        live(1, "contact", "Paul \x1b[2J06", b"not json"),
        live(2, "contact", "Zoé", canonical.dumps({"name": 4, "phone": ["15"]})),
        live(3, "language", "romani", b"[]"),
    ]
    found = declared(odd)
    assert [one.name for one in found.contacts] == ["Paul \ufffd[2J06", "Zoé"]
    assert [one.phone for one in found.contacts] == ["", ""]
    assert [one.words for one in found.languages] == ["romani"]
    assert repr(found) == "<Declared>" or "Paul" not in repr(found)
