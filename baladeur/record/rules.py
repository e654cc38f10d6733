"""The rows of the alert rules, and the alert that a row makes. A doctor reads and signs the table `rules`.

**Reviewed by nobody yet**: `is_reviewed()`. Sources: the column "why" of the table; WHO ATC/DDD index 2026.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from baladeur.quiet import quiet
from baladeur.record.medicines import table
from baladeur.record.phrases import Lang

TABLES: Final = ("rules", "high_risk", "devices", "conditions", "denial")


class Level(StrEnum):
    """How loud. The order of the members is the order on the page."""

    CRITICAL = "!!"
    CAUTION = "!"
    INFORMATION = "·"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table `rules`."""

    key: str
    level: Level
    head: Mapping[Lang, str]  #: the class word
    atc: tuple[str, ...]
    stays: bool  #: an act that was done counts, too
    why: str
    reviewed_by: str


@dataclass(frozen=True, slots=True, repr=False)
class Alert:
    """One alert. `label` is the source's words; `due` is raw: the page words it against its own clock."""

    level: Level
    rule: str
    label: str
    sources: tuple[str, ...]  #: keys of the entries
    marks: tuple[str, ...] = ()
    due: str = ""
    intolerance: bool = False  #: the source says intolerance, so no word says allergy
    until: str = ""  #: the last day on which the rule holds, if a day ends it
    then: str = ""  #: the rule that holds from the next day on

    __repr__ = quiet

    @property
    def kind(self) -> str:
        """allergy, drug, device, pregnancy, condition or flag."""
        return self.rule.partition(".")[0]

    @property
    def by_name(self) -> bool:
        """Whether a name was recognised instead of a code."""
        return "by-name" in self.marks

    @property
    def label_key(self) -> str:
        """What names the class word in every language: the rule, or its twin for an intolerance."""
        return self.rule.replace("allergy.", "intolerance.") if self.intolerance else self.rule

    def head(self, lang: Lang) -> str:
        """The class word."""
        return head(self.label_key, lang)

    def words(self, lang: Lang) -> str:
        """`ANTICOAGULANT : apixaban 5 mg (reconnu par son nom ; à confirmer)`."""
        colon, join = (" : ", " ; ") if lang == "fr" else (": ", "; ")
        said = self.head(lang) + (colon + self.label if self.label else "")
        return f"{said} ({join.join(MARKS[mark][lang] for mark in self.marks)})" if self.marks else said


def head(key: str, lang: Lang) -> str:
    """The class word of a label key. Raises KeyError for a key that no rule has."""
    if not key.startswith("intolerance."):
        return RULES[key].head[lang]
    word = RULES[key.replace("intolerance.", "allergy.")].head[lang]
    return word.replace("ALLERGIE", "INTOLÉRANCE").replace("ALLERGY", "INTOLERANCE")


def _rule(row: Mapping[str, Any]) -> Rule:
    head: dict[Lang, str] = {"fr": row["fr"], "en": row["en"]}
    atc = tuple(row["atc"])
    return Rule(row["key"], Level(row["level"]), head, atc, row["stays"], row["why"], row["reviewed"])


RULES: Final[Mapping[str, Rule]] = {row["key"]: _rule(row) for row in table("rules")["rules"]}
MARKS: Final[Mapping[str, Mapping[Lang, str]]] = {row["key"]: row for row in table("rules")["marks"]}
_BY_ATC: Final = {prefix: rule.key for rule in RULES.values() for prefix in rule.atc}
ELSEWHERE: Final = {row["rule"]: tuple(row["atc"]) for row in table("rules")["elsewhere"]}


def version() -> str:
    """The versions of all tables, for the signed line that names its rules: `rules 1, high_risk 1, ...`."""
    return ", ".join(f"{name} {table(name)['version']}" for name in TABLES)


def is_reviewed() -> bool:
    """Whether every row of every table names a reviewer. Until then each page says that its rules are not reviewed."""
    return not any(_unsigned(table(name)) for name in TABLES)


def _unsigned(value: object) -> bool:
    if isinstance(value, Mapping):
        return value.get("reviewed") == "nobody yet" or any(map(_unsigned, value.values()))
    return isinstance(value, list) and any(map(_unsigned, value))


def rule_of_atc(code: str) -> str:
    """The rule of the longest prefix of an ATC code that the table lists, or an empty string."""
    return next((_BY_ATC[code[:end]] for end in range(len(code), 0, -1) if code[:end] in _BY_ATC), "")


def says_enough(code: str) -> bool:
    """Whether an ATC code is long enough to tell if a rule means it."""
    return bool(rule_of_atc(code)) or not any(prefix.startswith(code) for prefix in _BY_ATC)
