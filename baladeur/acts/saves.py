"""Commits that kept a draft, told as one: a form that is kept while somebody types would fill the history."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from baladeur.acts.draft import KEPT
from baladeur.container.container import Container
from baladeur.views import Signed

_ALONE: Final = (("add",), ("replace",))


def collapsed(container: Container, commits: Sequence[Signed]) -> list[Signed]:
    """The commits, oldest first; of those that did nothing but keep one and the same draft the last alone, counted.

    What is not valid is never told together with anything else.
    """
    roots, saved = dict[str, str](), dict[int, str]()
    first = container.seq - container.number
    for entry in sorted(container.entries(*range(4)), key=lambda entry: entry.seq):
        if entry.meta.get("type") == KEPT:
            before = roots.get(str(entry.meta.get("of", "")), entry.id.hex())
            saved[entry.seq - first] = roots[entry.id.hex()] = before
    families: dict[str, list[int]] = {}
    for one in commits:
        if one.number in saved and (one.role, one.verdict) == ("holder", "ok") and one.ops in _ALONE:
            families.setdefault(saved[one.number], []).append(one.number)
    last = {numbers[-1]: numbers for numbers in families.values()}
    hidden = {number for numbers in families.values() for number in numbers[:-1]}
    return [
        replace(one, first=last[one.number][0], saves=len(last[one.number])) if one.number in last else one
        for one in commits
        if one.number not in hidden
    ]
