"""The tables that come with the program: read from their JSON files, as they stand and as terms to look up.

Shape of a table of words: `system` (whose codes its rows mainly carry), `languages` (each row has a label in each),
`sources`, `rows`. A row: one list of codes per system, labels, `names` (brands, synonyms), `use`, `source`, `reviewed`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from baladeur.tables.systems import SYSTEMS
from baladeur.tables.term import Term

#: Tables whose rows are words with codes, in the order in which equal answers are shown.
WORDS: Final = (
    "medicines",
    "problems",
    "allergens",
    "reactions",
    "vaccines",
    "analytes",
    "implants",
    "acts",
    "values",
)
_DATA: Final = Path(__file__).with_name("data")
LABELS: Final = ("fr", "en", "de", "es", "it", "pt", "nl")  #: languages of the emergency page


@cache
def table(name: str) -> Mapping[str, Any]:
    """A table as it stands in its JSON file. Raises FileNotFoundError if there is none of that name."""
    text = (_DATA / f"{name}.json").read_text("utf-8")
    return cast(Mapping[str, Any], json.loads(text))


def rows(name: str) -> Sequence[Mapping[str, Any]]:
    """The rows of a table of words."""
    return cast(Sequence[Mapping[str, Any]], table(name)["rows"])


def codes(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Every code of a row with its system, in the order of the row."""
    return [(system, code) for system in SYSTEMS for code in row.get(system, ())]


def terms(name: str) -> Iterator[Term]:
    """The rows of a table of words as terms. The table `medicines` begins with the substances of the alert rules."""
    if name == "medicines":
        yield from map(_of_high_risk, table("high_risk")["drugs"])
    main = table(name)["system"]
    for row in rows(name):
        known = codes(row)
        first = next((pair for pair in known if pair[0] == row.get("system", main)), known[0] if known else (main, ""))
        also = tuple(f"{system}:{code}" for system, code in known if (system, code) != first)
        names = tuple(row.get("names", ())) + tuple(row.get("brands", ()))
        yield Term(first[0], first[1], row["fr"], row["en"], names, also, row.get("use", 2), row["reviewed"], name)


def _of_high_risk(row: Mapping[str, Any]) -> Term:
    first, *others = row["atc"] or [""]
    names = (*(brand.upper() for brand in row["brands"]), *row["spellings"])
    also = tuple(f"atc:{code}" for code in others)
    return Term("atc", first, row["inn_fr"], row["inn_en"], names, also, 2, row["reviewed"], "high_risk")
