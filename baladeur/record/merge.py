"""Several documents to one record: every line of each, no choice between them.

References were resolved inside each document; here only the lines meet. What one document denies and another says is a
Contradiction, as it would be inside one document.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from baladeur.record.model import Document, Section, SectionName, Source
from baladeur.record.people import Identity
from baladeur.record.sections import joined


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
