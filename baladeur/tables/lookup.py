"""One line to look up: the shipped tables and those that the user imported, as one list of answers."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from baladeur.tables import folder, shipped
from baladeur.tables.store import FORMAT, Hit, Store
from baladeur.tables.systems import SYSTEMS
from baladeur.tables.term import NOBODY, Term

LIMIT: Final = 20  #: answers, unless asked otherwise


@dataclass(frozen=True, slots=True)
class Answer:
    """A coded word that answers a query, and where it comes from."""

    term: Term
    matched: str  #: the brand or synonym that answered, if it was not the label
    table: str
    version: str

    @property
    def system(self) -> str:
        """The name of the code system for people."""
        return SYSTEMS[self.term.system].name

    @property
    def uri(self) -> str:
        """The name of the code system for machines, as FHIR R4 writes it."""
        known = SYSTEMS[self.term.system]
        return known.uri or (f"urn:oid:{known.oid}" if known.oid else "")

    @property
    def is_reviewed(self) -> bool:
        """Whether a clinician has signed the row, or an authority publishes it."""
        return self.term.reviewed != NOBODY


class Lookup:
    """Every table that can be searched. Use it as a context manager; it holds files open."""

    def __init__(self, imported: Sequence[Path] = ()) -> None:
        """Read the shipped tables and open the imported ones; a file that is no table is left out: see `unreadable`."""
        every = (term for name in shipped.WORDS for term in shipped.terms(name))
        self._stores: list[tuple[str, Store]] = [("", Store.in_memory(every, {}))]
        self.unreadable: list[str] = []
        for path in imported:
            self._open(folder.stem(path), path)

    def _open(self, name: str, path: Path) -> None:
        try:
            store = Store.open(path)
        except sqlite3.Error:
            self.unreadable.append(name)
            return
        if store.meta.get("format") == FORMAT:
            self._stores.append((name, store))
        else:
            store.close()
            self.unreadable.append(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the files go."""
        for _, store in self._stores:
            store.close()

    def search(self, query: str, limit: int = LIMIT) -> list[Answer]:
        """What the typed words, begun or mistyped, or a code can mean; the best first; each code once.

        A word that only resembles is offered when no table knows one that begins so. Raises nothing.
        """
        found: list[tuple[tuple[int, int, int, int], Answer]] = []
        for place, (name, store) in enumerate(self._stores):
            for hit in self._hits(name, store, query, limit):
                version = store.meta["version"] if name else str(shipped.table(hit.term.table)["version"])
                answer = Answer(hit.term, hit.matched, name or hit.term.table, version)
                found.append(((*hit.rank[:2], place, hit.rank[2]), answer))
        found.sort(key=lambda pair: pair[0])
        answers: dict[tuple[str, str], Answer] = {}
        exact = any(rank[0] < 10 for rank, _ in found)
        for rank, answer in found:
            if not exact or rank[0] < 10:
                answers.setdefault((answer.term.system, answer.term.code or answer.term.fr), answer)
        return list(answers.values())[:limit]

    def _hits(self, name: str, store: Store, query: str, limit: int) -> list[Hit]:
        try:
            return store.search(query, limit)
        except sqlite3.Error:
            self.unreadable.append(name)
            return []
