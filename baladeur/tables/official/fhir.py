"""Terminology resources of FHIR R4 in JSON, as the French agency (ANS) publishes its TRE and JDV.

Layout: FHIR R4 4.0.1 CodeSystem (`concept`, nested) and ValueSet (`compose.include.concept`, `expansion.contains`).
"""

import json
from collections.abc import Iterator
from typing import Any

from baladeur.tables.errors import TableBroken
from baladeur.tables.official.reading import Reading, text
from baladeur.tables.systems import system_of
from baladeur.tables.term import Term

_DEEPEST = 40  # levels of concepts in concepts


def is_one(head: bytes) -> bool:
    """Whether a file begins as a terminology resource."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and (b'"CodeSystem"' in head or b'"ValueSet"' in head)


def read(reading: Reading) -> Iterator[Term]:
    """The concepts of a CodeSystem or ValueSet. Raises TableBroken for what is neither."""
    try:
        resource = json.loads(text(reading.path))
    except (ValueError, RecursionError) as problem:
        raise TableBroken from problem
    kind = resource.get("resourceType") if isinstance(resource, dict) else None
    if kind not in ("CodeSystem", "ValueSet"):
        raise TableBroken
    reading.version = str(resource.get("version") or resource.get("date") or "")[:60]
    for system, concept in _concepts(resource, kind):
        label, more = _names(concept)
        code = concept.get("code")
        found = Term(system_of(system), code if isinstance(code, str) else "", label, "", more, reviewed="ANS")
        yield from reading.keep(found)


def _concepts(resource: dict[str, Any], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if kind == "CodeSystem":
        for concept in _flat(resource.get("concept"), "concept", 0):
            yield _text(resource.get("url")), concept
        return
    for include in _list(_dict(resource.get("compose")).get("include")):
        for concept in _list(include.get("concept")):
            yield _text(include.get("system")), concept
    for concept in _flat(_dict(resource.get("expansion")).get("contains"), "contains", 0):
        yield _text(concept.get("system")), concept


def _flat(concepts: object, key: str, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        raise TableBroken
    for concept in _list(concepts):
        if "code" in concept:
            yield concept
        yield from _flat(concept.get(key), key, depth + 1)


def _names(concept: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    label = " ".join(_text(concept.get("display")).split())
    names = [" ".join(_text(one.get("value")).split()) for one in _list(concept.get("designation"))]
    return label or next(iter(names), ""), tuple(dict.fromkeys(name for name in names if name and name != label))


def _list(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
