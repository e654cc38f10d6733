"""The door of the checker: bytes in, findings out. Nothing is refused by an exception, and nothing is fetched."""

import gc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from baladeur.errors import BundleInvalid, DocumentTooLarge
from baladeur.record import scan
from baladeur.record.check.consequences import settled
from baladeur.record.check.document import Links, bundle_rules
from baladeur.record.check.findings import Finding, tamed
from baladeur.record.check.ips import Summary, is_summary
from baladeur.record.check.rules import Json
from baladeur.record.check.walk import Walk

Progress = Callable[[int, int], None]
_NOTHING: Final[frozenset[str]] = frozenset()


def check(
    data: bytes, *, ips: bool | None = None, off: frozenset[str] = _NOTHING, progress: Progress | None = None
) -> tuple[Finding, ...]:
    """All that is wrong with one FHIR R4 JSON document, in the order of the document.

    Takes a Bundle or any single resource. `ips` says whether the rules of the International Patient Summary hold;
    None: if the document says that it is one. `off` names rules to leave out, by key. `progress` is told how many
    entries of a Bundle are done, of how many. What is no JSON gives one finding of severity `fatal`.
    Raises nothing. Source: FHIR R4 (4.0.1), IPS 2.0.0.
    """
    doubled: dict[int, str] = {}

    def pairs(found: list[tuple[str, Any]]) -> Json:
        made = dict(found)
        if len(made) != len(found):
            names = [name for name, _ in found]
            doubled[id(made)] = next(name for name in names if names.count(name) > 1)
        return made

    collecting = gc.isenabled()
    gc.disable()  # a tree without cycles: nothing to collect until it is dropped
    try:
        try:
            root = scan.parse(data, pairs, deep=True)
        except DocumentTooLarge as error:
            return _fatal("too-large", error.detail, off)
        except BundleInvalid as error:
            return _fatal("no-json", error.detail, off)
        return _judged(root, doubled, ips, off, progress)
    finally:
        if collecting:
            gc.enable()


def check_resource(resource: Json | bytes, *, off: frozenset[str] = _NOTHING) -> tuple[Finding, ...]:
    """As `check`, for one resource as bytes or as `scan.parse` gave it; references out of it are not followed."""
    if isinstance(resource, bytes):
        return check(resource, ips=False, off=off)
    return _judged(resource, {}, False, off, None)


def check_lines(lines: Iterable[bytes], *, off: frozenset[str] = _NOTHING) -> Iterator[tuple[Finding, ...]]:
    """As `check`, for NDJSON: the findings of each line that is not empty, one line in memory at a time."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield tuple(replace(one, line=number) for one in check(line, off=off))


def _fatal(key: str, detail: str, off: frozenset[str]) -> tuple[Finding, ...]:
    return () if key in off else (Finding(key, "fatal", "", {"value": tamed(detail)}),)


def _judged(
    root: Any, doubled: dict[int, str], ips: bool | None, off: frozenset[str], progress: Progress | None
) -> tuple[Finding, ...]:
    walk = Walk(doubled, off, progress)
    if not isinstance(root, dict) or not isinstance(root.get("resourceType"), str):
        walk.add("no-resource", "fatal", "")
        return tuple(walk.findings)
    at = (None, tamed(root["resourceType"]))
    walk.resource(root, at)
    if any(one.severity == "fatal" for one in walk.findings):
        return tuple(walk.findings)
    links = Links(walk, root)
    if root["resourceType"] == "Bundle":
        bundle_rules(walk, root, at)
        links.follow()
        if ips or (ips is None and is_summary(root)):
            Summary(walk, root, at, links).judge()
    else:
        links.follow()
    found = settled(walk.findings, root)
    if walk.more:
        found.append(Finding("more", "note", "", {"value": str(walk.more)}))
    return tuple(found)
