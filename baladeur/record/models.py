"""The parts of the emergency page as pydantic models, its words as one table: the source of schemas/emergency-*.json.

Never on the reading path: `emergency` reads parts by hand, and a test holds the two together.
Source: schemas/emergency-page.md.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from baladeur.record.page import ORDERS, RULES_VERSION
from baladeur.record.rules import MARKS, RULES, head
from baladeur.record.wording import AGES, LABEL_LANGS, MONTHS
from baladeur.record.words import rows, table

Hex16 = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Level = Annotated[int, Field(strict=True, ge=0, le=2)]
Yes = Annotated[bool, Field(strict=True)]
_LABEL_LANGS = LABEL_LANGS[2:]


def _absent(schema: dict[str, Any]) -> None:
    """JSON Schema knows no default that may not be written."""
    schema.pop("default")


_Said = Annotated[str, Field(min_length=1, json_schema_extra=_absent)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Words(_Closed):
    """The same thing in each language; `key` names the row of emergency-words.json that they are, with `args`.

    `own`: the source's own words alone, where what their code is called stands behind them.
    """

    fr: str
    en: str
    de: _Said = ""
    es: _Said = ""
    it: _Said = ""
    pt: _Said = ""
    nl: _Said = ""
    key: _Said = ""
    args: Annotated[list[str], Field(min_length=1, json_schema_extra=_absent)] = []
    own: _Said = ""


class Date(_Closed):
    """When it was, or since when it is."""

    date: str


class Until(_Closed):
    """A stated end, of what is not current."""

    until: str


class Due(_Closed):
    """The term of a pregnancy."""

    due: str


class Start(_Closed):
    """It begins then: after the day of signing."""

    start: str


class End(_Closed):
    """It ends then."""

    end: str


class Course(_Closed):
    """The last day that all its dosages allow, counted: said only when it has passed."""

    course: str


Piece = Words | Date | Until | Due | Start | End | Course


class Turn(_Closed):
    """What the line becomes after a day."""

    after: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    level: Level
    to_confirm: Yes


class Part(_Closed):
    """One line of the emergency page."""

    items: list[Hex16]
    block: Literal[
        "banner", "notices", "alerts", "allergies", "devices", "problems", "treatments", "past", "procedures",
        "results", "directives", "contacts", "missing", "foot",
    ]  # fmt: skip
    name: Words
    kind: Literal[
        "line", "identity", "weight", "source", "review", "rules", "guardian", "contact", "language", "pending"
    ] = "line"
    level: Level = 2
    label: Annotated[Words, Field(json_schema_extra=_absent)] = Words(fr="", en="")
    detail: Annotated[list[Piece], Field(min_length=1, json_schema_extra=_absent)] = []
    to_confirm: Yes = False
    counted: Yes = True
    declared: Yes = False
    turn: Annotated[Turn, Field(json_schema_extra=_absent)] = Turn(after="9999-12-31", level=2, to_confirm=False)
    facts: Annotated[dict[str, str], Field(min_length=1, json_schema_extra=_absent)] = {}


SCHEMAS: dict[str, type[BaseModel]] = {"emergency-part": Part}


def words() -> dict[str, Any]:
    """The table of all words of the page, for readers that are not this program."""
    others: dict[str, dict[str, str]] = {row["key"]: row for row in table("labels")["rows"]}
    alerts = [*RULES, *(key.replace("allergy.", "intolerance.") for key in RULES if key.startswith("allergy."))]
    listed: list[tuple[str, str, dict[str, str]]] = [
        (key, "alert", {"fr": head(key, "fr"), "en": head(key, "en")}) for key in alerts
    ]
    listed += [(f"mark.{key}", "mark", {"fr": row["fr"], "en": row["en"]}) for key, row in MARKS.items()]
    listed += [(key, row["use"], {"fr": row["fr"], "en": row["en"]}) for key, row in rows().items()]
    found = []
    for key, use, said in listed:
        more: dict[str, str] = {lang: others[key][lang] for lang in _LABEL_LANGS if key in others}
        found.append({"key": key, "use": use} | said | more)
    return {
        "reviewed": "nobody yet",
        "rules": RULES_VERSION,
        "orders": {name: list(map(str, blocks)) for name, blocks in ORDERS.items()},
        "months": {lang: list(MONTHS[lang]) for lang in LABEL_LANGS},
        "ages": {lang: _ages(lang) for lang in LABEL_LANGS},
        "words": found,
    }


def _ages(lang: str) -> dict[str, Any]:
    years, months, days, between = AGES[lang]
    return {"years": list(years), "months": list(months), "days": list(days), "range": between}
