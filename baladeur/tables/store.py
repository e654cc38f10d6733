"""One table as an SQLite file, made once, then only searched: by prefix, by code, by words one edit away.

Rows lie in the order of use, so that the first matches are the ones wanted and a search stops early.
Source: SQLite FTS5 (prefix indexes, contentless tables).
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase
from typing import Any, Final

from baladeur.tables.term import Term, code_key, flat, words

FORMAT: Final = "1"  #: rises when older files can no longer be searched
_LAST = "\U0010ffff"
_SHORTEST_FUZZY: Final = 4  # letters; a shorter word with one edit is too often another word
_BATCH: Final = 5000  # rows written at once
_OPENING: Final = 4  # letters by which most impossible spellings are dropped before the index is asked
_NEAR: Final = 8  # spellings tried for one mistyped word

_SCHEMA: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE term (
    id INTEGER PRIMARY KEY, system TEXT NOT NULL, code TEXT NOT NULL, fr TEXT NOT NULL, en TEXT NOT NULL,
    names TEXT NOT NULL, also TEXT NOT NULL, use INTEGER NOT NULL, reviewed TEXT NOT NULL, origin TEXT NOT NULL,
    keys TEXT NOT NULL
);
CREATE TABLE code (key TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE TABLE name (key TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE TABLE word (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE opening (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5(
    words, content='', detail=none, columnsize=0, prefix='1 2 3 4 5 6 8', tokenize='ascii'
);
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A term that answers a query. `rank`: smaller is better; `matched`: the name that did, if not the label."""

    rank: tuple[int, int, int]
    term: Term
    matched: str


def write(connection: sqlite3.Connection, terms: Iterable[Term], meta: Mapping[str, str]) -> int:
    """Fill an empty database and return how many terms it has. The caller commits, or throws it away."""
    connection.executescript(_SCHEMA)
    rows = sorted(terms, key=lambda term: (term.use, len(term.fr or term.en), flat(term.fr or term.en), term.code))
    connection.executemany("INSERT INTO meta VALUES (?, ?)", {**meta, "format": FORMAT, "rows": str(len(rows))}.items())
    known: set[str] = set()
    for start in range(0, len(rows), _BATCH):
        _write_some(connection, start + 1, rows[start : start + _BATCH], known)
    connection.executemany("INSERT INTO word VALUES (?)", ((word,) for word in sorted(known)))
    connection.executemany("INSERT INTO opening VALUES (?)", ((key,) for key in {word[:_OPENING] for word in known}))
    return len(rows)


def _write_some(connection: sqlite3.Connection, first: int, terms: Sequence[Term], known: set[str]) -> None:
    rows: list[tuple[object, ...]] = []
    texts: list[tuple[int, str]] = []
    names: list[tuple[str, int]] = []
    codes: list[tuple[str, int]] = []
    for number, term in enumerate(terms, first):
        shown = "\n".join(term.names), "\n".join(term.also)
        folded = [flat(name) for name in (term.fr, term.en, *term.names)]
        about = (term.use, term.reviewed, term.table, "\n".join(folded))
        rows.append((number, term.system, term.code, term.fr, term.en, *shown, *about))
        keys = set(folded) - {""}
        found = {word for key in keys for word in key.split()}
        known |= found
        texts.append((number, " ".join(found)))
        names += [(key, number) for key in keys]
        every = {code_key(term.code), *(code_key(code.partition(":")[2]) for code in term.also)}
        codes += [(key, number) for key in every if key]
    connection.executemany("INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO search (rowid, words) VALUES (?, ?)", texts)
    connection.executemany("INSERT INTO name VALUES (?, ?)", names)
    connection.executemany("INSERT INTO code VALUES (?, ?)", codes)


class Store:
    """An open table. Not for two threads at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.meta: Mapping[str, str] = dict(connection.execute("SELECT key, value FROM meta"))
        self._openings = {key for (key,) in connection.execute("SELECT key FROM opening")}

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Open a file for reading only. Raises sqlite3.Error if it is none."""
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            return cls(connection)
        except sqlite3.Error:
            connection.close()
            raise

    @classmethod
    def in_memory(cls, terms: Iterable[Term], meta: Mapping[str, str]) -> "Store":
        """A table that lives as long as the program."""
        connection = sqlite3.connect(":memory:")
        write(connection, terms, meta)
        return cls(connection)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def search(self, query: str, limit: int) -> list[Hit]:
        """The best terms for what has been typed so far. Raises sqlite3.Error if the file is damaged."""
        typed = words(query)
        if not typed:
            return []
        key = " ".join(typed)
        numbers = dict.fromkeys(self._by_code(query, limit))
        numbers |= dict.fromkeys(self._by_name(key, limit))
        numbers |= dict.fromkeys(self._by_words([[word] for word in typed], limit))
        hits = self._hits(numbers, key, 0)
        if not hits:
            near = [self._near(word) for word in typed]
            if all(near):
                hits = self._hits(self._by_words(near, limit), key, 1)
        hits.sort(key=lambda hit: hit.rank)
        return hits[:limit]

    def _by_code(self, query: str, limit: int) -> Iterator[int]:
        key = code_key(query)
        if len(key) < 2 or not any(sign.isdigit() for sign in key):
            return
        found = self._connection.execute(
            "SELECT id FROM code WHERE key >= ? AND key < ? ORDER BY key LIMIT ?", (key, key + _LAST, limit)
        )
        for (number,) in found:
            yield number

    def _by_name(self, key: str, limit: int) -> Iterator[int]:
        """Names that begin with the query; the exact one is the first of them in the order of the index."""
        found = self._connection.execute(
            "SELECT id FROM name WHERE key >= ? AND key < ? ORDER BY key, id LIMIT ?", (key, key + _LAST, limit)
        )
        for (number,) in found:
            yield number

    def _by_words(self, alternatives: list[list[str]], limit: int) -> Iterator[int]:
        """Rows with, for each place, a word that begins with one of its alternatives."""
        match = " AND ".join("(" + " OR ".join(map(self._begun, group)) + ")" for group in alternatives)
        found = self._connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?", (match, 2 * limit)
        )
        for (number,) in found:
            yield number

    def _near(self, word: str) -> list[str]:
        """What to look for instead of a word that begins none of the table: the beginnings one edit away from it.

        A whole word that is one edit away leaves no room for those that merely begin so.
        """
        if word.isdigit() or len(word) < _SHORTEST_FUZZY or self._is_begun(word):
            return [word]
        every = dict.fromkeys(one_edit_away(word))
        begun = [one for one in every if one[:_OPENING] in self._openings and self._is_begun(one)]
        whole = [one for one in begun if self._execute("SELECT 1 FROM word WHERE key = ?", one).fetchone()]
        return (whole or begun)[:_NEAR]

    def _begun(self, word: str) -> str:
        """What FTS5 is asked for a word that has been begun. If it begins one word only, that one, found faster."""
        known = self._execute("SELECT key FROM word WHERE key >= ? AND key < ? LIMIT 2", word, word + _LAST).fetchall()
        return f'"{known[0][0]}"' if len(known) == 1 else f'"{word}"*'

    def _is_begun(self, word: str) -> bool:
        return (
            self._execute("SELECT 1 FROM word WHERE key >= ? AND key < ? LIMIT 1", word, word + _LAST).fetchone()
            is not None
        )

    def _execute(self, statement: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def _hits(self, numbers: Iterable[int], key: str, penalty: int) -> list[Hit]:
        hits = []
        for number in numbers:
            row = self._connection.execute("SELECT * FROM term WHERE id = ?", (number,)).fetchone()
            term = _term(row)
            grade, matched = _grade(term, row[-1].split("\n"), key)
            hits.append(Hit((10 * penalty + grade, term.use, number), term, matched))
        return hits


def one_edit_away(word: str) -> Iterator[str]:
    """Every word that one insertion, deletion, substitution or swap of neighbours makes; some twice."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in ascii_lowercase:
            if tail and letter != tail[0]:
                yield head + letter + tail[1:]
            yield head + letter + tail


def _term(row: tuple[Any, ...]) -> Term:
    _, system, code, fr, en, names, also, use, reviewed, origin, _ = row
    return Term(system, code, fr, en, _split(names), _split(also), use, reviewed, origin)


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def _grade(term: Term, keys: Sequence[str], key: str) -> tuple[int, str]:
    """How well a term answers, 0 best, and the name that did it if it was not a label. `keys`: its names, folded."""
    best, matched = 5, ""
    flat_code = code_key(term.code)
    if flat_code and flat_code == key.replace(" ", ""):
        return 0, ""
    for at, folded in enumerate(keys):
        shown = "" if at < 2 else term.names[at - 2]
        if folded == key:
            grade = 0 if at < 2 else 1
        elif folded.startswith(key):
            grade = 2 if at < 2 else 3
        elif f" {key}" in f" {folded}":
            grade = 4
        else:
            continue
        if grade < best:
            best, matched = grade, shown
    return best, matched
