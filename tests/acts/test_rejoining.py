"""Two copies that diverged come together: no entry and no evidence is lost, nothing erased comes back."""

import json
import random
from collections.abc import Callable, Sequence

import pytest

from baladeur.acts import importing, rejoining, reviewing
from baladeur.acts.draft import Draft, Told, Verb
from baladeur.acts.rejoining import Joined
from baladeur.card import demo
from baladeur.chart import items, records, sources
from baladeur.chart.items import Live
from baladeur.container import place
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container
from baladeur.container.medium import MemoryMedium
from baladeur.container.place import Relation
from baladeur.container.statement import PREFIX, Record
from baladeur.errors import ItemDamaged
from baladeur.record.model import Place, SectionName
from baladeur.views import Signed
from tests.acts.records import edited, lines, read
from tests.chart.test_importing import AS_OF, CODE, elsewhere
from tests.record.documents import allergy, bundle, problem, treatment

HOLDER = Author("2026-11-23T10:00:00Z")
DOCTOR = Author("2026-11-23T10:00:00Z", lambda content: b"signed" + content[-32:])
BASE = bundle(allergy("Latex", id="a"), problem("Asthme", id="p"), treatment("prednisone", id="t"))


@pytest.fixture(scope="module")
def base() -> bytes:
    """A record with one document in it, as a file."""
    medium = MemoryMedium()
    Container.create(medium, {3: CODE}, Change(), HOLDER, demo=True)
    container = Container.open(medium, CODE, write=True)
    draft = Draft(container)
    importing.bring(draft, BASE, "base.json", today=AS_OF)
    container.commit(draft.change, DOCTOR)
    return bytes(medium.data)


def copy(data: bytes) -> Container:
    """One of its copies."""
    return Container.open(MemoryMedium(data), CODE, write=True)


def bring(container: Container, data: bytes, name: str = "x.json") -> None:
    """Import a document."""
    draft = Draft(container)
    importing.bring(draft, data, name, today=AS_OF)
    container.commit(draft.change, DOCTOR)


def one(container: Container, title: str) -> Live:
    """The live entry of a title."""
    (found,) = [entry for entry in items.live(container) if entry.title == title]
    return found


def edit(container: Container, title: str, words: str) -> None:
    """A professional replaces a line."""
    line = one(container, title)
    content = line.content.replace(json.dumps(title).encode(), json.dumps(words).encode())
    assert content != line.content
    new = NewItem(line.type, words, content, line.date, of=bytes.fromhex(line.id), more=line.more)
    container.commit(Change(add=[new]), DOCTOR)


def note(container: Container, words: str) -> None:
    """The holder puts a note into the tray."""
    container.commit(Change(add=[NewItem("tray", words, words.encode(), "2026-11-23", "text/plain")]), HOLDER)


def said(container: Container, bad: Sequence[int] = ()) -> list[tuple[Record | None, Signed, int]]:
    """Every commit with a judgment; those of the numbers in `bad` do not hold."""
    verdicts, _ = container.replay()
    first = verdicts[0].seq
    return [
        (
            v.record,
            Signed(v.seq - first, v.role, "broken" if v.seq - first in bad else v.result, None, "2026-11-23"),
            v.seq,
        )
        for v in verdicts
    ]


def rejoin(
    ours: Container, theirs: Container, *, bad: Sequence[int] = (), agreed: bool = False
) -> tuple[Joined, list[Told]]:
    """Rejoin and commit."""
    draft = Draft(ours)
    made = rejoining.rejoin(draft, theirs, said(theirs, bad), agreed)
    ours.commit(draft.change, DOCTOR)
    verdicts, findings = ours.replay()
    assert [v.result for v in verdicts] == ["ok"] * len(verdicts)
    assert findings == []
    return made, draft.told


def titles(container: Container) -> list[str]:
    """The live entries, but for evidence and imports."""
    return sorted(
        e.title
        for e in items.live(container)
        if e.type not in ("evidence", "source") and e.title not in ("Composition", "Patient", "MOREAU Jeanne")
    )


def verbs(told: list[Told]) -> list[tuple[Verb, str, str]]:
    """What was told, without the evidence."""
    return [(t.verb, t.words, t.before) for t in told if t.verb is not Verb.EVIDENCE]


def nothing_lost(ours: Container, theirs: Container, *, but: Sequence[str] = ()) -> None:
    """Every entry of theirs that has content is in ours by its id, byte for byte, and each record is there, exactly."""
    mine = {e.id: e for e in ours.entries(0, 1, 2)}
    for entry in theirs.entries(0, 1, 2):
        if entry.meta["title"] in but:
            continue
        assert entry.id in mine, entry.meta["title"]
        assert ours.read(entry.id) == theirs.read(entry.id)
    known = {record.pack() for _, record in ours.history() if record}
    known |= {e.content for e in items.live(ours) if e.type == "evidence"}
    assert {record.pack() for _, record in theirs.history() if record} <= known


Step = Callable[[Container], None]


def add_latex(c: Container) -> None:
    """A second document, in one copy."""
    bring(c, elsewhere(bundle(allergy("Noix", id="n"), treatment("apixaban", id="t"))), "noix.json")


STEPS: dict[str, tuple[Step, Step]] = {
    "a document, a note": (add_latex, lambda c: note(c, "vu à Lisbonne")),
    "an edit, another": (lambda c: edit(c, "Latex", "Latex, choc"), lambda c: edit(c, "Asthme", "Asthme sévère")),
    "several edits of one": (
        lambda c: (edit(c, "Latex", "Latex 1"), edit(c, "Latex 1", "Latex 2"))[0],
        lambda c: note(c, "x"),
    ),
    "withdrawn, edited": (
        lambda c: c.commit(Change(withdraw=[bytes.fromhex(one(c, "prednisone").id)]), DOCTOR),
        lambda c: edit(c, "Latex", "Latex, choc"),
    ),
    "an edited import": (lambda c: (add_latex(c), edit(c, "Noix", "Noix, choc"))[0], lambda c: note(c, "x")),
    "came and withdrawn": (
        lambda c: (add_latex(c), c.commit(Change(withdraw=[bytes.fromhex(one(c, "Noix").id)]), DOCTOR))[0],
        lambda c: note(c, "x"),
    ),
}


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("name", sorted(STEPS))
def test_nothing_is_lost(base: bytes, name: str, swapped: bool) -> None:
    """Whatever each did, both directions give the same lines, every entry and every record."""
    left, right = copy(base), copy(base)
    STEPS[name][0](left)
    STEPS[name][1](right)
    ours, theirs = (right, left) if swapped else (left, right)
    other = copy(bytes(theirs.medium.data))  # type: ignore[attr-defined]
    back = copy(bytes(ours.medium.data))  # type: ignore[attr-defined]
    made, _ = rejoin(ours, theirs)
    assert made.refused == 0
    nothing_lost(ours, theirs)
    rejoin(other, back)
    assert titles(other) == titles(ours)
    assert lines(read(other)) == lines(read(ours))


def test_the_other_copy_is_contained_afterwards(base: bytes) -> None:
    """Diverged before, older after; and the next commit of the other makes it diverge again, without doubling."""
    ours, theirs = copy(base), copy(base)
    note(ours, "ici")
    add_latex(theirs)
    assert place.compare(ours, theirs).relation is Relation.DIVERGED
    fork = place.compare(ours, theirs).common
    rejoin(ours, theirs)
    assert place.compare(ours, theirs) == place.Comparison(Relation.NEWER, fork)
    assert place.compare(theirs, ours).relation is Relation.OLDER
    note(theirs, "encore")
    assert place.compare(ours, theirs).relation is Relation.DIVERGED
    made, told = rejoin(ours, theirs)
    assert (made.versions, made.entries) == (1, 1)
    assert verbs(told) == [(Verb.JOIN, "encore", "")]
    assert titles(ours) == ["Asthme", "Latex", "Noix", "apixaban", "encore", "ici", "prednisone"]
    assert place.compare(ours, theirs).relation is Relation.NEWER


def test_three_copies(base: bytes) -> None:
    """What the second took in from the third is in the first, and so is the third's history."""
    first, second, third = copy(base), copy(base), copy(base)
    note(first, "1")
    note(second, "2")
    add_latex(third)
    rejoin(second, third)
    rejoin(first, second)
    assert titles(first) == ["1", "2", "Asthme", "Latex", "Noix", "apixaban", "prednisone"]
    assert place.compare(first, third).relation is Relation.NEWER
    nothing_lost(first, third)


def test_imports_of_the_other_copy_stay_documents(base: bytes) -> None:
    """Its files can be given back byte for byte, and its references mean what they meant."""
    ours, theirs = copy(base), copy(base)
    note(ours, "ici")
    data = elsewhere(bundle(allergy("Noix", id="n"), problem("Asthme", id="p")))
    bring(theirs, data, "noix.json")
    before = read(theirs)
    rejoin(ours, theirs)
    imports = records.imports(items.live(ours))
    contents = {e.id.hex(): ours.read(e.id) for e in ours.entries(0, 1, 2)}
    assert [sources.original(source, contents) for source in imports] == [BASE, data]
    assert lines(read(ours)) == lines(before)


def test_both_changed_the_same_line(base: bytes) -> None:
    """Both versions stand side by side, to be confirmed, and the conflict is told."""
    ours, theirs = copy(base), copy(base)
    edit(ours, "Latex", "Latex, choc")
    edit(theirs, "Latex", "Latex, urticaire")
    _, told = rejoin(ours, theirs)
    assert verbs(told) == [(Verb.CONFLICT, "Latex, urticaire", "Latex, choc")]
    seen = {e.words: e.place for e in read(ours).entries if e.section is SectionName.ALLERGIES}
    assert seen == {"Latex, choc": Place.TO_CONFIRM, "Latex, urticaire": Place.TO_CONFIRM}
    nothing_lost(ours, theirs)


def test_withdrawn_here_changed_there(base: bytes) -> None:
    """It comes back as a line, and is told; the other way round it stays, and is told."""
    ours, theirs = copy(base), copy(base)
    ours.commit(Change(withdraw=[bytes.fromhex(one(ours, "Latex").id)]), DOCTOR)
    edit(theirs, "Latex", "Latex, choc")
    other, back = copy(bytes(theirs.medium.data)), copy(bytes(ours.medium.data))  # type: ignore[attr-defined]
    _, told = rejoin(ours, theirs)
    assert verbs(told) == [(Verb.WITHDRAWN_HERE, "Latex, choc", "Latex")]
    assert "Latex, choc" in titles(ours)
    _, told = rejoin(other, back)
    assert verbs(told) == [(Verb.WITHDRAWN_THERE, "Latex, choc", "Latex")]
    assert titles(other) == titles(ours)
    assert lines(read(other)) == lines(read(ours))


def test_erased_stays_erased(base: bytes) -> None:
    """Erased on one side, changed on the other: gone, whichever takes in the other, and for a third copy too."""
    ours, theirs, third = copy(base), copy(base), copy(base)
    ours.commit(Change(erase=[bytes.fromhex(one(ours, "Latex").id)]), HOLDER)
    edit(theirs, "Latex", "Latex, choc")
    edit(third, "Latex", "Latex, urticaire")
    other, back = copy(bytes(theirs.medium.data)), copy(bytes(ours.medium.data))  # type: ignore[attr-defined]
    _, told = rejoin(ours, theirs)
    assert verbs(told) == [(Verb.ERASED_HERE, "", "")]
    assert titles(ours) == ["Asthme", "prednisone"]
    assert b"choc" not in b"".join(ours.read(e.id) for e in ours.entries(0, 1, 2) if e.meta["media"] == items.FHIR_JSON)
    _, told = rejoin(other, back)
    assert verbs(told) == [(Verb.ERASE, "Latex, choc", "")]
    assert titles(other) == titles(ours)
    assert not [e for e in other.entries(0, 1, 2) if "Latex" in str(e.meta["title"])]
    rejoin(other, third)
    assert titles(other) == titles(ours)


def test_what_came_and_was_erased_there_never_comes(base: bytes) -> None:
    """An entry of the branch that its holder erased is known by its id alone, even to a third copy that has it."""
    ours, theirs = copy(base), copy(base)
    note(ours, "ici")
    note(theirs, "secret")
    third = copy(bytes(theirs.medium.data))  # type: ignore[attr-defined]
    theirs.commit(Change(erase=[bytes.fromhex(one(theirs, "secret").id)]), HOLDER)
    note(third, "autre")
    rejoin(ours, theirs)
    assert "secret" not in titles(ours)
    _, told = rejoin(ours, third)
    assert verbs(told) == [(Verb.ERASED_HERE, "", ""), (Verb.JOIN, "autre", "")]
    assert "secret" not in titles(ours)


def test_concealed_stays_concealed(base: bytes) -> None:
    """For the dossier only on either side: for the dossier only, newer versions too."""
    ours, theirs = copy(base), copy(base)
    ours.commit(Change(visibility={bytes.fromhex(one(ours, "Latex").id): True}), HOLDER)
    edit(theirs, "Latex", "Latex, choc")
    theirs.commit(Change(visibility={bytes.fromhex(one(theirs, "Asthme").id): True}), HOLDER)
    edit(ours, "Asthme", "Asthme sévère")
    _, told = rejoin(ours, theirs)
    assert one(ours, "Latex, choc").hidden
    assert one(ours, "Asthme sévère").hidden
    assert not one(ours, "prednisone").hidden
    assert (Verb.CONCEAL, "Asthme sévère", "") in verbs(told)


def test_a_commit_that_does_not_hold_is_told(base: bytes) -> None:
    """Its entries stay in the other copy, which is not contained then; its record is kept; agreed, they come."""
    ours, theirs = copy(base), copy(base)
    note(ours, "ici")
    add_latex(theirs)
    note(theirs, "bonne")
    agreed = copy(bytes(ours.medium.data))  # type: ignore[attr-defined]
    made, told = rejoin(ours, theirs, bad=[2])
    assert verbs(told)[0] == (Verb.DOUBT, "1", "")
    assert made.refused == 5
    assert titles(ours) == ["Asthme", "Latex", "bonne", "ici", "prednisone"]
    assert place.compare(ours, theirs).relation is Relation.DIVERGED
    nothing_lost(ours, theirs, but=("Noix", "apixaban", "Composition", "Patient", "MOREAU Jeanne", "noix.json"))
    made, _ = rejoin(agreed, theirs, bad=[2], agreed=True)
    assert "Noix" in titles(agreed)
    assert place.compare(agreed, theirs).relation is Relation.NEWER


def test_an_operation_that_does_not_hold_is_not_followed(base: bytes) -> None:
    """Nothing is erased here because of a commit of the other copy that does not hold."""
    ours, theirs = copy(base), copy(base)
    note(ours, "ici")
    theirs.commit(Change(erase=[bytes.fromhex(one(theirs, "Latex").id)]), HOLDER)
    rejoin(ours, theirs, bad=[2])
    assert "Latex" in titles(ours)


def test_the_same_file_on_both_sides_comes_once(base: bytes) -> None:
    """Both imported the same document: one import, each line once."""
    ours, theirs = copy(base), copy(base)
    add_latex(ours)
    add_latex(theirs)
    made, _ = rejoin(ours, theirs)
    assert (made.entries, made.same) == (0, 5)
    assert titles(ours) == ["Asthme", "Latex", "Noix", "apixaban", "prednisone"]
    assert len(records.imports(items.live(ours))) == 2
    assert place.compare(ours, theirs).relation is Relation.NEWER


def test_the_other_statements_can_be_opened(base: bytes) -> None:
    """Each adopted entry names its evidence, and blind and meta show that the record there committed to it."""
    from baladeur.container import canonical, suite

    ours, theirs = copy(base), copy(base)
    note(ours, "ici")
    add_latex(theirs)
    edit(theirs, "Noix", "Noix, choc")
    rejoin(ours, theirs)
    live = {e.id: e for e in items.live(ours)}
    (opened,) = [canonical.load_object(e.content)["items"] for e in live.values() if e.title == "openings"]
    checked = 0
    for entry in ours.entries(0, 1, 2):
        if "from" not in entry.meta:
            continue
        record = Record.unpack(live[str(entry.meta["from"])].content)
        id_ = entry.id.hex()
        meta, blind = opened[id_]["meta"].encode(), bytes.fromhex(opened[id_]["blind"])
        digest = ours.opening(entry.id)[1]
        commitment = suite.tagged("item", blind, entry.id, digest, len(meta).to_bytes(4, "little"), meta).hex()
        assert [op["commitment"] for op in record.inner_value()["ops"] if op.get("id") == id_] == [commitment]
        checked += 1
    assert checked == 6


def test_the_later_review_counts(base: bytes) -> None:
    """Both reviewed the treatments: one review is left, the later one."""
    for early, late in ((0, 1), (1, 0)):
        pair = [copy(base), copy(base)]
        for at, day in ((early, 20), (late, 22)):
            draft = Draft(pair[at])
            reviewing.review(draft, [SectionName.MEDICATIONS], "Dr A", today=AS_OF.replace(day=day))
            pair[at].commit(draft.change, DOCTOR)
        rejoin(*pair)
        assert [e.date for e in items.live(pair[0]) if e.type == "review"] == ["2026-11-22"]


def test_two_identities_never(base: bytes) -> None:
    """Both changed the identity: the record keeps its own, the other's is kept beside it, and told."""
    ours, theirs = copy(base), copy(base)
    for container, note_ in ((ours, "1"), (theirs, "2")):
        (who,) = [e for e in items.live(container) if e.type == "identity"]
        content = who.content.replace(b"{", b'{"language": "fr-' + note_.encode() + b'",', 1)
        new = NewItem("identity", who.title, content, of=bytes.fromhex(who.id), more=who.more)
        container.commit(Change(add=[new]), DOCTOR)
    _, told = rejoin(ours, theirs)
    assert [t.verb for t in told][:2] == [Verb.EVIDENCE, Verb.CONFLICT]
    assert sum(e.type == "identity" for e in items.live(ours)) == 1
    assert {e.place for e in read(ours).entries} == {Place.CURRENT}


def test_the_demonstration_card_signs_it(base: bytes) -> None:
    """The signature of the other copy stays the one that its card made."""
    ours, theirs = copy(base), copy(base)
    note(ours, "ici")
    line = one(theirs, "Latex")
    theirs.commit(Change(add=[edited(line)]), Author("2026-11-23T11:00:00Z", demo.sign))
    rejoin(ours, theirs)
    kept = [Record.unpack(e.content) for e in items.live(ours) if e.type == "evidence" and e.title != "openings"]
    assert [demo.judge(PREFIX + record.outer, record.cms) for record in kept] == [demo.HOLDER]


def _step(container: Container, rng: random.Random, number: int) -> None:
    """Something that happens to a record."""
    found = [e for e in items.live(container) if e.type.startswith("fhir-") and "section" in e.more]
    kind = rng.choice(["note", "edit", "edit", "withdraw", "erase", "conceal", "show", "import"])
    if kind == "import":
        bring(
            container, elsewhere(bundle(allergy(f"a{number}", id="n"), problem(f"p{number}", id="p"))), f"{number}.json"
        )
    elif kind == "note" or not found:
        note(container, f"note {number}")
    elif kind == "edit":
        edit(container, rng.choice(found).title, f"e{number}")
    else:
        id_ = bytes.fromhex(rng.choice(found).id)
        family = [e.id for e in container.entries(0, 1, 2) if _root(container, e.id) == _root(container, id_)]
        change = {
            "withdraw": Change(withdraw=[id_]),
            "erase": Change(erase=family),
            "conceal": Change(visibility={id_: True}),
            "show": Change(visibility={id_: False}),
        }[kind]
        container.commit(change, DOCTOR)


def _root(container: Container, id_: bytes) -> bytes:
    of = {e.id: bytes.fromhex(str(e.meta["of"])) for e in container.entries(0, 1, 2) if "of" in e.meta}
    while id_ in of:
        id_ = of[id_]
    return id_


@pytest.mark.parametrize("seed", range(16))
def test_whatever_happened(base: bytes, seed: int) -> None:
    """Random histories on both sides: the same lines from both directions, nothing erased, every record kept."""
    rng = random.Random(seed)
    left, right = copy(base), copy(base)
    for number in range(rng.randrange(1, 6)):
        _step(left, rng, number)
    for number in range(100, 100 + rng.randrange(1, 6)):
        _step(right, rng, number)
    other, back = copy(bytes(right.medium.data)), copy(bytes(left.medium.data))  # type: ignore[attr-defined]
    erased = left.erased() | right.erased()
    rejoin(left, right)
    rejoin(other, back)
    assert titles(left) == titles(other)
    assert lines(read(left)) == lines(read(other))
    assert {e.title for e in items.live(left) if e.hidden} == {e.title for e in items.live(other) if e.hidden}
    assert not erased & {e.id for e in left.entries(0, 1, 2)}
    assert place.compare(left, right).relation is Relation.NEWER
    known = {e.content for e in items.live(left) if e.type == "evidence"} | {r.pack() for _, r in left.history() if r}
    assert {r.pack() for _, r in right.history() if r} <= known
    alive = {e.id for e in left.entries(0, 1, 2)}
    gone = {e.id for e in (*left.entries(3), *right.entries(3))}
    missing = {e.id for e in right.entries(0, 1, 2)} - alive
    held = {left.read(e.id) for e in left.entries(0, 1, 2)}
    assert all(_family(right, id_) & gone or right.read(id_) in held for id_ in missing)


def _family(container: Container, id_: bytes) -> set[bytes]:
    return {e.id for e in container.entries(0, 1, 2, 3) if _root(container, e.id) == _root(container, id_)}


def test_an_entry_that_no_statement_names_does_not_come(base: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that the history does not confirm is left in the other copy."""
    ours, theirs = copy(base), copy(base)
    note(ours, "ici")
    note(theirs, "vraie")
    note(theirs, "posée")
    real = theirs.replayed()
    forged = bytes.fromhex(one(theirs, "posée").id)
    monkeypatch.setattr(theirs, "replayed", lambda: (*real[:2], {k: v for k, v in real[2].items() if k != forged}))
    made, _ = rejoin(ours, theirs)
    assert made.refused == 1
    assert {"ici", "vraie"} <= set(titles(ours))
    assert "posée" not in titles(ours)
    assert place.compare(ours, theirs).relation is Relation.DIVERGED


def test_a_damaged_entry_is_left(base: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not open in the other copy is counted, and the other copy is not contained."""
    ours, theirs = copy(base), copy(base)
    note(ours, "ici")
    note(theirs, "abîmée")
    bad, real = bytes.fromhex(one(theirs, "abîmée").id), theirs.read

    def read_(id_: bytes) -> bytes:
        if id_ == bad:
            raise ItemDamaged
        return real(id_)

    monkeypatch.setattr(theirs, "read", read_)
    made, _ = rejoin(ours, theirs)
    assert (made.refused, made.entries) == (1, 0)
    assert place.compare(ours, theirs).relation is Relation.DIVERGED


def test_a_long_meta_still_comes(base: bytes) -> None:
    """Where there is no room for the name of the evidence the entry comes without it; the evidence names the entry."""
    ours, theirs = copy(base), copy(base)
    note(ours, "ici")
    theirs.commit(Change(add=[NewItem("tray", "x", b"x", more={"url": "y" * 3980})]), HOLDER)
    rejoin(ours, theirs)
    assert "from" not in one(ours, "x").more
