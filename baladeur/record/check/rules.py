"""The registry of invariants: a plain function for each official key, bound to the types that it holds for.

A rule answers one question about one object: does it hold? Whatever is of the wrong JSON type was found by the walk
already, so a rule that cannot judge says yes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from baladeur.record.check.findings import Severity

Json = dict[str, Any]
Holds = Callable[[Json], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """An invariant: its official key, how much it matters, and the function."""

    key: str
    severity: Severity
    holds: Holds


REGISTRY: dict[str, list[Rule]] = {}


def rule(key: str, *types: str, severity: Severity = "error") -> Callable[[Holds], Holds]:
    """Bind a function to types or to parts of one (`Observation.referenceRange`)."""

    def bind(holds: Holds) -> Holds:
        for type_ in types:
            REGISTRY.setdefault(type_, []).append(Rule(key, severity, holds))
        return holds

    return bind


def has(value: Json, name: str) -> bool:
    """Whether an element is there, with a value or with an extension that says why not; `x[x]` means any choice."""
    if name.endswith("[x]"):
        base = name[:-3]
        return any(
            key.startswith((base, f"_{base}")) and key.lstrip("_")[len(base) : len(base) + 1].isupper() for key in value
        )
    return name in value or f"_{name}" in value


def coded(value: object) -> set[tuple[str, str]]:
    """The (system, code) pairs of a CodeableConcept, or of a list of them."""
    found: set[tuple[str, str]] = set()
    for one in value if isinstance(value, list) else [value]:
        codings = one.get("coding") if isinstance(one, dict) else None
        for coding in codings if isinstance(codings, list) else ():
            if isinstance(coding, dict):
                found.add((str(coding.get("system", "")), str(coding.get("code", ""))))
    return found


def one_of(value: object) -> list[Json]:
    """The objects of a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
