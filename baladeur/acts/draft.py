"""A change that is not signed yet: what it does, told line by line, and the record as it would stand after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from baladeur.card.permissions import Act
from baladeur.card.refusals import AnotherCard
from baladeur.chart import items
from baladeur.chart.items import CONFIRMATION, Live
from baladeur.container.change import Change, NewItem
from baladeur.container.container import Container
from baladeur.quiet import quiet

if TYPE_CHECKING:
    from baladeur.record.author.fields import Values

KEPT: Final = "draft"  #: the type of the entry that keeps one
_FORMERLY: Final = "brouillon : "  #: stood before the titles of drafts


def named(title: str) -> str:
    """The title of a kept draft in its own words: what it is, the type says, in the reader's language."""
    return title.removeprefix(_FORMERLY)


class Verb(StrEnum):
    """What a draft does to one line of the record."""

    ADOPT_IDENTITY = "adopt-identity"
    IDENTITY = "identity"  #: corrected
    NEW = "new"
    REPLACE = "replace"
    STOP = "stop"  #: day and, in `before`, the reason
    CONFIRM = "confirm"  #: a line holds unchanged
    STANDING = "standing"  #: nothing: what was written here stays, though the document still says otherwise
    REOPEN = "reopen"  #: was over here, is current in the newer document
    MISTAKE = "mistake"  #: recorded by mistake; `before`: the reason
    GONE = "gone"  #: nothing: a kept draft speaks of a line that is no longer there
    WITHDRAW = "withdraw"
    BESIDE = "beside"  #: nothing: a current line may speak of the same thing, and stays
    LEFT = "left"  #: nothing: the new version of its document no longer lists it; shown as to be confirmed
    REVIEW = "review"
    ADOPT = "adopt"  #: from the pending tray
    ADOPT_CORRECTED = (
        "adopt-corrected"  #: from the pending tray, in other words; `detail`: who, where, when, and the text
    )
    REJECT = "reject"
    KEEP = "keep"  #: a resource that has no line of its own
    EVIDENCE = "evidence"  #: words: how many commits of another copy are kept as they were signed
    JOIN = "join"  #: from another copy
    JOIN_NEWER = "join-newer"  #: from another copy, in the place of what it replaced there
    JOIN_CONFIRM = "join-confirm"  #: nothing here: a line was confirmed in another copy, which had not seen this one
    CONFLICT = "conflict"  #: changed here and in the other copy: both stay
    WITHDRAWN_HERE = "withdrawn-here"  #: withdrawn here, changed in the other copy: it comes in
    WITHDRAWN_THERE = "withdrawn-there"  #: nothing: withdrawn in the other copy, changed here: it stays
    ERASED_HERE = "erased-here"  #: nothing: erased here, so what the other copy made of it does not come in
    ERASE = "erase"  #: erased in the other copy, so here too
    CONCEAL = "conceal"  #: for the dossier only, as in the other copy
    DOUBT = "doubt"  #: words: how many commits of the other copy do not hold


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """One sentence of the difference: verb, section, the line's own words, and what stood there before.

    place: where the line stands (a `Place`), if that is anything but plainly current.
    detail: what the words do not say, in French and in English: dosage, value, reaction; before_detail: what it was.
    day: of a stop, a FHIR date. key: the new entry that this is about, or the line.
    """

    verb: Verb
    words: str
    section: str = ""
    before: str = ""
    place: str = ""
    detail: tuple[str, str] = ("", "")
    before_detail: tuple[str, str] = ("", "")
    day: str = ""
    key: str = ""

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Begun:
    """A form that somebody is filling in, as far as it is typed: it does nothing before it is put into the draft.

    line: the id of the line that it corrects, empty for a new one; at: the field that was being typed.
    """

    kind: str
    line: str
    values: "Values"
    at: str = ""

    __repr__ = quiet


@dataclass(slots=True, repr=False)
class Draft:
    """What one signature would do. Acts add to it; nothing is written before it is sealed."""

    container: Container
    doubtful: frozenset[str] = frozenset()  #: live entries that no valid commit brought in: nobody signs for them again
    change: Change = field(default_factory=Change)
    told: list[Told] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)  #: what its operations alone do not say: that a treatment is stopped
    who: str = ""  #: whose name stands in it, as a reviewer's does: nobody else signs it
    begun: Begun | None = None  #: a form that stands open over it
    kept_as: str = ""  #: the entry under which it was kept in the record: sealing takes that away

    __repr__ = quiet

    @property
    def empty(self) -> bool:
        """Whether it changes nothing."""
        c = self.change
        return not (c.add or c.withdraw or c.erase or c.visibility or c.conceal)

    def items(self) -> list[Live]:
        """The live entries as they would stand."""
        valid = [one for one in items.live(self.container) if one.id not in self.doubtful]
        return items.after(valid, self.change)

    def former(self) -> Mapping[str, str]:
        """Every replaced id → its successor, as it would stand."""
        new = {item.of.hex(): (item.id or b"").hex() for item in self.change.add if item.of}
        return items.former(self.container) | new

    def put(
        self,
        add: Sequence[NewItem] = (),
        withdraw: Sequence[bytes] = (),
        told: Sequence[Told] = (),
        acts: Sequence[Act] = (),
    ) -> None:
        """Add to the draft. What it already replaces is replaced by the newer; what it added can be withdrawn again.

        acts: what this does beyond its operations, for the table of who may write what: `Act("treatment", "stop")`.
        """
        mine = {item.id for item in self.change.add}
        gone = {id_ for id_ in withdraw if id_ in mine}
        self.change = replace(
            self.change,
            add=[*(item for item in self.change.add if item.id not in gone), *self.hiding(items.named(add))],
            withdraw=list(dict.fromkeys([*self.change.withdraw, *(id_ for id_ in withdraw if id_ not in gone)])),
        )
        self.told += told
        self.acts += acts

    def hiding(self, add: Sequence[NewItem]) -> list[NewItem]:
        """The same entries; what takes the place of a hidden one is hidden, whatever the kind of entry."""
        if all(item.of is None for item in add):
            return list(add)
        hidden = {one.id for one in self.container.entries() if one.dossier_only}
        hidden |= {item.id for item in self.change.add if item.id and item.dossier_only}
        made = []
        for item in add:
            one = replace(item, dossier_only=item.dossier_only or item.of in hidden)
            hidden |= {one.id} if one.id and one.dossier_only else set()
            made.append(one)
        return made

    def sign_as(self, who: str) -> None:
        """From here on it says something in somebody's name. Raises AnotherCard if it is in another's already."""
        if self.who not in ("", who):
            raise AnotherCard
        self.who = who

    def take_back(self, key: str) -> None:
        """Undo what the draft does to one line: the entry that it adds under this key, and its sentence.

        What else it says of that entry (that it holds) goes, too.
        """
        keys = {key} | {
            (item.id or b"").hex() for item in self.change.add if (item.type, item.title) == (CONFIRMATION, key)
        }
        left = [item for item in self.change.add if (item.id or b"").hex() not in keys]
        gone = [id_ for id_ in self.change.withdraw if id_.hex() not in keys]
        self.change = replace(self.change, add=left, withdraw=gone)
        self.told = [one for one in self.told if not one.key or one.key not in keys]

    def swap(self, item: NewItem, told: Told) -> None:
        """Put an entry into the draft in the place of the one that the draft itself adds under the same id."""
        self.change = replace(self.change, add=[item if one.id == item.id else one for one in self.change.add])
        self.told = [one for one in self.told if one.key != told.key] + [told]
