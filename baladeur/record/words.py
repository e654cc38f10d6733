"""The words of the emergency page, from `tables/page.json`, in French and English.

**Words reviewed by nobody yet.** The table also has the labels, titles and fixed words in five more languages, for
readers of the page that show those; they are exported as schemas/emergency-words.json.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from baladeur.quiet import quiet
from baladeur.record.phrases import Lang
from baladeur.record.wording import date_words, parse_date


@dataclass(frozen=True, slots=True, repr=False)
class Words:
    """The same thing said in each language. `key`: they are that row of the table, with `args` in its places.

    `own`: the source's words alone, where a translation stands behind them; `more`: pairs of a further language and
    what is said in it, in the order of the codes.
    """

    fr: str = ""
    en: str = ""
    key: str = ""
    args: tuple[str, ...] = ()
    own: str = ""
    more: tuple[tuple[str, str], ...] = ()

    __repr__ = quiet

    def of(self, lang: Lang) -> str:
        """In this language."""
        return self.fr if lang == "fr" else self.en

    def bare(self, lang: Lang) -> str:
        """In this language, without a translation of the source's own words."""
        return self.own or self.of(lang)

    @property
    def pair(self) -> tuple[str, str]:
        """In each language."""
        return self.fr, self.en


NOTHING: Final = Words()
FURTHER: Final = ("de", "es", "it", "pt", "nl")  #: languages in which only readers other than this program show a page
_TABLES: Final = Path(__file__).with_name("tables")  # importlib.resources loads archives and temporary files


@cache
def table(name: str) -> Mapping[str, Any]:
    """A table of `tables/`, as it stands in its JSON file."""
    text = (_TABLES / f"{name}.json").read_text("utf-8")
    return cast(Mapping[str, Any], json.loads(text))


@cache
def rows() -> Mapping[str, Mapping[str, str]]:
    """The rows of the table by their keys."""
    return {row["key"]: row for row in table("page")["rows"]}


def say(key: str, lang: Lang, *values: str) -> str:
    """One row with its values. Raises KeyError for a key that no row has."""
    return rows()[key][lang].format(*values)


def same(words: str) -> Words:
    """The source's own words, in every language."""
    return Words(words, words)


def both(make: Callable[[Lang], str]) -> Words:
    """Words that are made for each language."""
    return Words(make("fr"), make("en"))


def t(key: str, *values: str | Words) -> Words:
    """One row with its values, which may be words of their own. Raises KeyError for a key that no row has."""
    made = both(lambda lang: say(key, lang, *(one if isinstance(one, str) else one.of(lang) for one in values)))
    plain = tuple(one for one in values if isinstance(one, str))
    return Words(made.fr, made.en, key, plain) if len(plain) == len(values) else made


def count(key: str, number: int, *values: str | Words) -> Words:
    """`t` with a number first: the row `key_1` if there is one of it."""
    return t(f"{key}_1", *values) if number == 1 else t(key, str(number), *values)


def label(key: str) -> Words:
    """What stands in capitals before a name."""
    return t(f"label.{key}")


def day(raw: str) -> Words:
    """A date in words, as partial as it is written."""
    return both(lambda lang: date_words(raw, lang))


def dated(key: str, raw: str) -> Words:
    """`t` with a date: the row `key_partial` if the date has no day, which French words in another way."""
    when = parse_date(raw)
    return t(f"{key}_partial" if when and not when.day else key, day(raw))


def join(parts: Iterable[Words], sep: str = ", ") -> Words:
    """What is not empty, one after the other; a single one stays as it is."""
    kept = [one for one in parts if one != NOTHING]
    if len(kept) == 1:
        return kept[0]
    return both(lambda lang: sep.join(text for one in kept if (text := one.of(lang))))
