"""Rejoin: what another copy has since the two diverged comes in like an import, with its bytes and its evidence.

Ids, contents and meta stay; `from` in the meta names the evidence. What either side erased never comes back, what
either concealed stays concealed, what both changed stands side by side. Commits of the other copy that do not hold are
told, and their entries are left there unless the user agreed.
Source: schemas/container.md sections 10 and 14.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from baladeur.acts import branch
from baladeur.acts.draft import Draft, Told, Verb
from baladeur.chart import items, sources
from baladeur.chart.items import CONFIRMATION, EVIDENCE, IDENTITY, PREFIX, SOURCE
from baladeur.chart.pages import REVIEW
from baladeur.container import canonical, suite
from baladeur.container.change import NewItem
from baladeur.container.container import Container, Entry
from baladeur.container.statement import RECORD_MEDIA, WHOLE, Record
from baladeur.errors import ItemDamaged
from baladeur.quiet import quiet
from baladeur.views import Signed

_OURS: Final = frozenset({"type", "title", "date", "media", "of"})
_GOOD: Final = frozenset({"ok"})


@dataclass(slots=True, repr=False)
class Joined:
    """What a rejoin put into a draft."""

    versions: int = 0  #: commits of the other copy since the two diverged
    entries: int = 0  #: entries that come in
    same: int = 0  #: entries that both took in, byte for byte
    doubtful: int = 0  #: commits that do not hold
    refused: int = 0  #: entries left in the other copy because of that, or because they do not open

    __repr__ = quiet


@dataclass(slots=True, repr=False)
class _Branch:
    """The other copy's commits since the fork, and what they did to entries that both have."""

    commits: list[tuple[Record | None, Signed, int]]  #: with seq
    evidence: dict[int, bytes] = field(default_factory=dict)  #: seq → id of the item that holds the record
    bad: set[int] = field(default_factory=set)
    ops: list[dict[str, Any]] = field(default_factory=list)  #: of the commits that are relied on

    __repr__ = quiet


def rejoin(
    draft: Draft, other: Container, commits: Sequence[tuple[Record | None, Signed, int]], agreed: bool
) -> Joined:
    """Put into a draft what `other` has since it and the draft's record diverged.

    commits: every commit of `other` with its judgment and its seq; agreed: those that do not hold count, too.
    Raises ItemDamaged if an import of this record does not open.
    """
    work = _Work(draft, other, commits, agreed)
    work.take_evidence()
    work.take_entries()
    work.follow()
    work.finish()
    return work.made


class _Work:
    """One rejoin under way."""

    def __init__(
        self, draft: Draft, other: Container, commits: Sequence[tuple[Record | None, Signed, int]], agreed: bool
    ) -> None:
        self.draft, self.other, self.agreed = draft, other, agreed
        self.made = Joined()
        ours = draft.container
        known = {*ours.heads(), *ours.joined()}
        self.past = _Branch([one for one in commits if one[0] is None or one[0].head not in known])
        self.mine: Mapping[str, Entry] = {one.id.hex(): one for one in ours.entries(0, 1, 2, 3)}
        self.theirs: Mapping[str, Entry] = {one.id.hex(): one for one in other.entries(0, 1, 2, 3)}
        self.former = items.former(ours)
        self.said = other.replayed()[2]
        self.gone = {one.hex() for one in ours.erased()} | branch.erased(ours)
        self.hidden = set[str]()  # of what comes in
        self.alike: dict[tuple[object, ...], list[str]] = {}  # live entries of ours alone, by what must be equal
        for id_, one in self.mine.items():
            if one.status == "live" and id_ not in self.theirs:
                self.alike.setdefault(_alike(one), []).append(id_)
        self.add: list[NewItem] = []
        self.came: dict[str, str] = {}  # id there → id here, of what comes in or is here already
        self.replaced: set[str] = set()  # ids that something in the draft replaces
        self.beside: dict[str, str] = {}  # version of theirs → the fact here that it cannot replace
        self.withdraw: list[str] = []
        self.erase: dict[str, None] = {}
        self.conceal: set[str] = set()
        self.told: list[Told] = []

    # ---------------------------------------------------------------- evidence

    def take_evidence(self) -> None:
        """Every record of the branch as an entry, whatever it is worth."""
        for record, commit, seq in self.past.commits:
            self.made.versions += 1
            if commit.verdict not in _GOOD:
                self.past.bad.add(seq)
                self.made.doubtful += 1
            if record is None:
                continue
            id_ = suite.random(16)
            self.past.evidence[seq] = id_
            day = commit.utc[:10]
            self.add.append(
                NewItem(EVIDENCE, f"{day} {record.head.hex()[:8]}", record.pack(), day, RECORD_MEDIA, id=id_)
            )
            if self._relied(seq):
                self.past.ops += branch.ops(record)
        if self.made.doubtful:
            self.told.append(Told(Verb.DOUBT, str(self.made.doubtful)))

    def _relied(self, seq: int) -> bool:
        return self.agreed or seq not in self.past.bad

    # ---------------------------------------------------------------- entries

    def take_entries(self) -> None:
        """Each entry that came into being in the branch, oldest first, so that a version follows what it replaces."""
        coming = (one for id_, one in self.theirs.items() if id_ not in self.mine)
        new = branch.by_version(sorted(coming, key=lambda one: one.seq))  # of one commit: as they lie in the file
        for one in new:
            self._find_same_import(one)
        for one in new:
            self._find_same(one)
        openings = {}
        for one in new:
            if one.status != "erased":
                blind, _, meta, _ = self.other.opening(one.id)
                openings[one.id.hex()] = {"blind": blind.hex(), "meta": meta.decode()}
            self._take(one)
        if openings:
            content = canonical.dumps({"items": openings})
            self.add.append(NewItem(EVIDENCE, "openings", content, "", "application/json"))

    def _find_same_import(self, one: Entry) -> None:
        """One file that both took in since is one import, and what it brought is the same, whatever became of it."""
        if one.status != "live" or one.meta["type"] != SOURCE:
            return
        theirs = self._import(one, self.other)
        for id_, mine in self.mine.items():
            if mine.status == "live" and mine.meta["type"] == SOURCE and id_ not in self.theirs:
                ours = self._import(mine, self.draft.container)
                if ours and theirs and (ours.sha256, len(ours.order)) == (theirs.sha256, len(theirs.order)):
                    pairs = zip((one.id.hex(), *theirs.order), (id_, *ours.order), strict=True)
                    found = {there: here for there, here in pairs if there not in self.mine and here in self.mine}
                    self.made.same += len(found.keys() - self.came.keys())
                    self.came |= found
                    return

    @staticmethod
    def _import(one: Entry, container: Container) -> sources.Import | None:
        try:
            return sources.read(one.id.hex(), one.meta["date"], container.read(one.id))
        except ItemDamaged:
            return None

    def _find_same(self, one: Entry) -> None:
        """What both took in since, byte for byte, is one entry. Two documents stay two: each lists what is its own."""
        skipped = (EVIDENCE, SOURCE, PREFIX + "composition")
        if one.status != "live" or one.meta["type"] in skipped or one.id.hex() in self.came:
            return
        for id_ in self.alike.get(_alike(one), ()):
            if self.draft.container.opening(bytes.fromhex(id_))[1] == self.other.opening(one.id)[1]:
                self.came[one.id.hex()] = id_
                self.made.same += 1
                return

    def _take(self, one: Entry) -> None:
        id_, of = one.id.hex(), str(one.meta.get("of", ""))
        if one.status == "erased" or id_ in self.came:
            return
        if {id_, of, self.came.get(of, of)} & self.gone:
            self.gone.add(id_)
            self.told.append(Told(Verb.ERASED_HERE, "", str(one.meta.get("section", ""))))
            return
        said = self.said.get(one.id)
        sure = said is not None and (said.seq, said.commitment) == (one.seq, self.other.opening(one.id)[3].hex())
        if not (self._relied(one.seq) and sure) and not self.agreed:
            self.made.refused += 1
            return
        try:
            content = self.other.read(one.id)
        except ItemDamaged:
            self.made.refused += 1
            return
        if one.dossier_only or self._is_hidden(self._fact(one)):
            self.hidden.add(id_)
        self._add(one, content, of)

    def _add(self, one: Entry, content: bytes, of: str) -> None:
        id_, type_, section = one.id.hex(), str(one.meta["type"]), str(one.meta.get("section", ""))
        target = self._target(of)
        if type_ == IDENTITY and target is None and self._has_identity():
            type_ = PREFIX + "patient"  # a record has one identity; the other is not lost
            self.told.append(Told(Verb.CONFLICT, one.meta["title"], "", one.meta["title"]))
        elif type_ == REVIEW:
            target = self._review(one, target)
        more = {name: str(value) for name, value in one.meta.items() if name not in _OURS}
        if one.seq in self.past.evidence:
            more["from"] = self.past.evidence[one.seq].hex()
        fact = self.came.get(of, of)
        if fact in self.mine and target is None and type_ != REVIEW:
            self.beside[id_] = fact
        elif of in self.beside:
            self.beside[id_] = self.beside[of]
        if id_ in self.beside:
            more["former"] = self.beside[id_]
            self._tell_conflict(one, self.beside[id_])
        elif section or one.meta["media"] != items.FHIR_JSON:
            self._tell(one, target)
        item = NewItem(
            type_, one.meta["title"], self._mapped(content) if type_ == SOURCE else content, one.meta["date"],
            one.meta["media"], bytes.fromhex(target) if target else None, id_ in self.hidden, one.id, more,
        )  # fmt: skip
        self.add.append(
            item if branch.fits(item) else replace(item, more={k: v for k, v in more.items() if k != "from"})
        )
        self.came[id_] = id_
        self.made.entries += 1
        if target:
            self.replaced.add(target)
        if one.status == "withdrawn":
            self.withdraw.append(id_)

    def _target(self, of: str) -> str | None:
        """What a version of theirs replaces here: the same item if it still stands here, else nothing."""
        here = self.came.get(of, of)
        mine = self.mine.get(here)
        stands = mine.status == "live" if mine is not None else here in self.came
        return here if of and stands and here not in self.replaced else None

    def _has_identity(self) -> bool:
        live = [id_ for id_, one in self.mine.items() if one.status == "live" and one.meta["type"] == IDENTITY]
        return any(id_ not in self.replaced for id_ in live) or any(item.type == IDENTITY for item in self.add)

    def _review(self, one: Entry, target: str | None) -> str | None:
        """Of two reviews of a section the later day stands. Returns what this one replaces."""
        alike = (mine for id_, mine in self.mine.items() if mine.status == "live" and id_ not in self.replaced)
        title = one.meta["title"]
        here = next((m for m in alike if m.meta["type"] == REVIEW and m.meta["title"] == title), None)
        if here is None or here.id.hex() == target:
            return target
        if one.status != "live" or here.meta["date"] >= one.meta["date"]:
            self.withdraw.append(one.id.hex())
            return target
        if target is None:
            return here.id.hex()
        self.withdraw.append(here.id.hex())
        return target

    def _mapped(self, content: bytes) -> bytes:
        """An import of theirs, with the ids that its resources have here."""
        try:
            return sources.mapped(content, self.came)
        except ValueError:
            return content

    def _tell(self, one: Entry, target: str | None) -> None:
        section, words = str(one.meta.get("section", "")), one.meta["title"]
        if one.meta["type"] in (EVIDENCE, SOURCE, REVIEW) or one.status != "live":
            return
        if one.meta["type"] == CONFIRMATION:  # its title is the id of a line
            line = self.mine.get(self.came.get(words, words)) or self.theirs.get(words)
            words = str(line.meta.get("title", "")) if line is not None else ""
            self.told.append(Told(Verb.JOIN_CONFIRM, words))
            return
        before = self.mine[target].meta["title"] if target and target in self.mine else ""
        self.told.append(Told(Verb.JOIN_NEWER if before else Verb.JOIN, words, section, before))

    def _tell_conflict(self, one: Entry, fact: str) -> None:
        if one.status != "live":
            return
        newest = self.mine[[fact, *self._after(fact)][-1]]
        verb = Verb.CONFLICT if newest.status == "live" else Verb.WITHDRAWN_HERE
        before = str(newest.meta.get("title", ""))
        self.told.append(Told(verb, one.meta["title"], str(one.meta.get("section", "")), before))

    # ---------------------------------------------------------------- what the branch did to what both have

    def follow(self) -> None:
        """Withdrawn, concealed, erased there: here too."""
        names = {"withdraw": self._withdrawn, "erase": self._erased_there}
        for op in self.past.ops:
            of = self.came.get(str(op.get("of")), str(op.get("of")))
            if (step := names.get(str(op.get("op")))) is not None and of in self.mine:
                step(of)
        self._conceal()
        successors = {str(one.meta.get("of")) for one in self.theirs.values() if one.meta.get("of")}
        taken = {item.of.hex() for item in self.add if item.of}
        for item in self.add:  # a former version whose newer one was erased there must not stand as the present one
            id_ = (item.id or b"").hex()
            there = self.theirs.get(id_)
            if there is not None and there.status == "replaced" and id_ not in taken | successors:
                self.withdraw.append(id_)

    def _withdrawn(self, id_: str) -> None:
        mine = self.mine[id_]
        if mine.status == "live" and id_ not in self.replaced:
            self.withdraw.append(id_)
            self.told.append(Told(Verb.WITHDRAW, mine.meta["title"], str(mine.meta.get("section", ""))))
        elif mine.status == "replaced" and (here := self._present(id_)) is not None:
            title = here.meta["title"]
            self.told.append(Told(Verb.WITHDRAWN_THERE, title, str(here.meta.get("section", "")), mine.meta["title"]))

    def _conceal(self) -> None:
        """What stands for the dossier only there does so here, whichever version of it stands here."""
        for one in self.theirs.values():
            fact = self._fact(one)
            stands = one.status in ("live", "withdrawn") and one.dossier_only
            here = self._present(fact) if stands and fact else None
            if here is None or here.dossier_only or here.id.hex() in {*self.replaced, *self.conceal}:
                continue
            self.conceal.add(here.id.hex())
            self.told.append(Told(Verb.CONCEAL, here.meta["title"], str(here.meta.get("section", ""))))

    def _fact(self, one: Entry) -> str:
        """The newest version of a fact of theirs that both have; empty if there is none."""
        seen = set[str]()
        id_ = one.id.hex()
        while id_ and id_ not in seen:
            if (here := self.came.get(id_, id_)) in self.mine:
                return here
            seen.add(id_)
            id_ = str(self.theirs[id_].meta.get("of", "")) if id_ in self.theirs else ""
        return ""

    def _is_hidden(self, id_: str) -> bool:
        """Whether a fact stands here for the dossier only; if it stands no more, whether it did."""
        here = self._present(id_) or self.mine.get(id_)
        return here is not None and here.dossier_only

    def _erased_there(self, id_: str) -> None:
        here = self._present(id_) or self.mine[id_]
        if here.status != "erased" and here.id.hex() not in self.erase:
            self.told.append(Told(Verb.ERASE, here.meta["title"], str(here.meta.get("section", ""))))
        for one in (id_, *self._after(id_)):
            if self.mine[one].status != "erased":
                self.erase[one] = None

    def _after(self, id_: str) -> list[str]:
        """The versions that followed here."""
        found: list[str] = []
        while (id_ := self.former.get(id_, "")) and id_ not in found:
            found.append(id_)
        return found

    def _present(self, id_: str) -> Entry | None:
        """The live version here of a fact, or None."""
        last = self.mine.get([id_, *self._after(id_)][-1])
        return last if last is not None and last.status == "live" else None

    # ---------------------------------------------------------------- the end

    def finish(self) -> None:
        """All of it into the draft."""
        lacking = self.made.refused or self.other.blocked or any(record is None for record, _, _ in self.past.commits)
        mark = branch.PART if lacking else WHOLE
        add = [branch.marked(item, mark) for item in self.add]
        if self.made.versions:
            self.draft.put(add, told=[Told(Verb.EVIDENCE, str(self.made.versions)), *self.told])
        live = [id_ for id_ in dict.fromkeys(self.withdraw) if id_ not in self.erase and id_ not in self.replaced]
        change = self.draft.change
        self.draft.change = replace(
            change,
            withdraw=[*change.withdraw, *map(bytes.fromhex, live)],
            erase=[*change.erase, *map(bytes.fromhex, self.erase)],
            visibility={**change.visibility, **{bytes.fromhex(i): True for i in self.conceal - {*self.erase, *live}}},
        )


def _alike(one: Entry) -> tuple[object, ...]:
    return one.size, *(one.meta.get(name) for name in ("type", "url", "of", "media"))
