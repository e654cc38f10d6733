"""Several documents to one record: every line of each, no choice between them.

References were resolved inside each document; here only the lines meet. What one document denies and another says is a
Contradiction, as it would be inside one document.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from baladeur.record.model import Document, Entry, Place, Section, SectionName, Source
from baladeur.record.people import Identity
from baladeur.record.sections import joined
from baladeur.text import fold

#: What may be denied by a newer document, by kind; and rules by which a document denies that it holds today.
_KINDS: Final = {
    "AllergyIntolerance": "allergy", "Condition": "problem", "MedicationStatement": "drug",
    "MedicationRequest": "drug", "MedicationAdministration": "drug",
}  # fmt: skip
_DENIES: Final = frozenset(
    {"allergy.refuted", "problem.refuted", "negated", "request.do-not", "statement.not-taken", "request.cancelled"}
)


def merge(documents: Sequence[Document], identity: Identity | None) -> Document:
    """One Document of all, oldest first, with the record's own identity.

    A key means one resource: what several documents hold is told by the last of them.
    `source.date` is the newest document's; `source.language` the one that all share. Raises nothing.
    """
    owner = {key: at for at, one in enumerate(documents) for key in _keys(one)}
    sections = {
        name: joined([_own(one.sections[name], at, owner) for at, one in enumerate(documents)], name)
        for name in SectionName
    }
    languages = {one.source.language for one in documents if one.source.language}
    unread = sum((Counter(one.unread) for one in documents), Counter[str]())
    return Document(
        Source(
            "record",
            date=max((one.source.date for one in documents), default=""),
            language=languages.pop() if len(languages) == 1 else "",
        ),
        identity,
        tuple(entry for at, one in enumerate(documents) for entry in one.entries if owner[entry.key] == at),
        sections,
        {key: cut for one in documents for key, cut in one.slices.items()},
        {key: type_ for one in documents for key, type_ in one.types.items()},
        {key: url for one in documents for key, url in one.full_urls.items()},
        dict(unread),
        tuple(finding for one in documents for finding in one.findings),
        frozenset(key for one in documents for key in one.marked),
    )


def _keys(document: Document) -> list[str]:
    told = [one.key for part in document.sections.values() for one in part.absences if one.key]
    return [one.key for one in document.entries] + told


def _own(part: Section, at: int, owner: dict[str, int]) -> Section:
    """What of a section no later document tells."""
    return replace(
        part,
        entries=tuple(one for one in part.entries if owner[one.key] == at),
        absences=tuple(one for one in part.absences if not one.key or owner[one.key] == at),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """When a line was told. day: its own, if not that of its document; seq: the commit that brought it in."""

    day: str = ""
    seq: int = 0


_When = tuple[str, int, bool]  #: day, commit, whether it was written here


def denied(
    documents: Sequence[Document], told: Mapping[str, Told] | None = None, vouched: Mapping[str, int] | None = None
) -> set[str]:
    """Keys of what a document shows as current and a newer one, without a current line of it, says is over or refuted.

    The same thing is one of the same kind with a code or the words in common. Without a date nothing is newer. Of one
    day the later commit is newer, and in one commit what was written here is newer than the document that came with it.
    told: of each key; vouched: key → the commit in which a professional stood up for it: only what came later counts.
    """
    told, vouched = told or {}, vouched or {}
    over: dict[tuple[str, str], list[_When]] = defaultdict(list)
    holds: dict[tuple[str, str], _When] = {}
    days: dict[str, _When] = {}
    for one in documents:
        for entry in one.entries:
            said = told.get(entry.key, Told())
            when = days[entry.key] = (said.day or one.source.date[:10], said.seq, bool(said.day))
            for known in _known(entry):
                if entry.place is Place.CURRENT:
                    holds[known] = max(holds.get(known, when), when)
                elif _is_over(entry):
                    over[known].append(when)
    found = set()
    for one in documents:
        for entry in one.entries:
            when, sure = days[entry.key], vouched.get(entry.key, -1)
            if entry.place is not Place.CURRENT or not when[0]:
                continue
            for known in _known(entry):
                against = max((over_ for over_ in over.get(known, ()) if over_[1] > sure), default=None)
                if against is not None and against > max(when, holds.get(known, when)):
                    found.add(entry.key)
    return found


def _known(entry: Entry) -> list[tuple[str, str]]:
    """What an entry speaks of, by kind; nothing for a kind that is not compared."""
    return [(_KINDS[entry.type], name) for name in subjects(entry)] if entry.type in _KINDS else []


def _is_over(entry: Entry) -> bool:
    return entry.place in (Place.STOPPED, Place.PAST) or entry.rule in _DENIES


def subjects(entry: Entry) -> list[str]:
    """What an entry speaks of: its codes, and its words without case and accents."""
    codings = (one for one in entry.codings if one.code not in entry.categories)  # "problem list item" is no subject
    codes = [f"{one.system}|{one.code}" for one in codings if one.system and one.code]
    return codes + ([fold(entry.words)] if entry.words else [])
