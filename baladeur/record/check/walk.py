"""The walk through a document along the plans of its types: names, cardinalities, formats, codes, invariants.

What concerns one object is judged while it is passed; references and narratives are collected for their own modules.
Paths are kept as linked parts and become text only for a finding.
Source: FHIR R4 (4.0.1) json.html, conformance-rules.html.
"""

import re
from collections.abc import Callable
from typing import Any, Final

from baladeur.record.check import clinical, datatypes
from baladeur.record.check.findings import Finding, Severity, tamed
from baladeur.record.check.narrative import judge
from baladeur.record.check.rules import REGISTRY, Json, coded
from baladeur.record.check.table import Element, Plan, Table, table

#: A place: the place around it, and a name with its number in a list.
Path = tuple[Any, str]
#: More findings than a person would read are counted, not listed.
MOST_FINDINGS: Final = 1000
MAX_DEPTH: Final = 64
_ID: Final = re.compile(r"#[A-Za-z0-9.\-]{1,64}")
_RULED: Final = (datatypes, clinical)  # imported for their rules


def location(path: Path) -> str:
    """`Bundle.entry[3].resource.code`."""
    parts: list[str] = []
    step: Path | None = path
    while step is not None:
        parts.append(step[1])
        step = step[0]
    return ".".join(reversed(parts))


class Walk:
    """One document, or one resource, on its way through the rules."""

    def __init__(
        self,
        doubled: dict[int, str],
        off: frozenset[str] = frozenset(),
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.table: Table = table()
        self._plans = self.table.plans
        self.findings: list[Finding] = []
        self.references: list[tuple[Path, Json, frozenset[str] | None]] = []
        self.more = 0
        self.errors = 0  #: of the structure; what is malformed is not judged further
        self._doubled = doubled
        self._off = off
        self._progress = progress
        self._seen: set[tuple[str, str]] = set()

    def add(self, key: str, severity: Severity, where: Path | str, **values: object) -> None:
        """A finding, unless its rule is switched off or there are too many."""
        if key in self._off:
            return
        if len(self.findings) >= MOST_FINDINGS:
            self.more += 1
            return
        place = where if isinstance(where, str) else location(where)
        if (key, place) in self._seen:
            return
        self._seen.add((key, place))
        if severity == "error" and not key.startswith("txt-"):
            self.errors += 1
        self.findings.append(Finding(key, severity, place, {name: tamed(value) for name, value in values.items()}))

    def found(self, key: str, where: Path) -> bool:
        """Whether that rule was found broken at that place."""
        return bool(key) and (key, location(where)) in self._seen

    def resource(self, value: Json, path: Path, depth: int = 0, within: bool = False) -> None:
        """A resource at any place."""
        type_ = value.get("resourceType")
        if not isinstance(type_, str) or type_ not in self.table.resources:
            self.add("resource-type", "error", path, value=type_ if type_ is not None else "")
            return
        if not within:
            inside = value.get("contained")
            if isinstance(inside, list):
                self._contained(value, inside, path)
        self.object(value, self.table.plan(type_), path, depth)

    def object(self, value: Json, plan: Plan, path: Path, depth: int) -> None:
        """An object and all that is in it."""
        if depth > MAX_DEPTH:
            self.add("too-deep", "fatal", path)
            return
        if self._doubled and id(value) in self._doubled:
            self.add("doubled", "error", (path, tamed(self._doubled[id(value)])))
        elements = plan.elements
        before = self.errors
        for name, inner in value.items():
            element = elements.get(name)
            if element is None:
                self._stranger(name, plan, path)
            elif element.many:
                self._list(name, inner, element, value, path, depth)
            elif element.form is not None:
                if not element.form(inner):
                    self._misformed(inner, element, (path, element.shown))
                elif element.watched:
                    self._watched(inner, element, (path, element.shown))
            elif not element.kind:
                if inner.__class__ is dict and inner:
                    self._structure(inner, element, (path, element.shown), depth)
                else:
                    self._not_an_object(inner, (path, element.shown))
            else:
                self._special(inner, element, (path, element.shown), depth)
        for shown, names in plan.required:
            if names[0] not in value and not any(name in value for name in names):
                self.add("required", "error", (path, shown), name=shown)
        if plan.choices:
            met = {name.lstrip("_"): plan.choices[name] for name in value if name in plan.choices}
            if len(met) > 1:
                self._choices(list(met.values()), path)
        if plan.rules == ():
            plan.rules = _rules(plan.name)
        # What is malformed is not judged further: one fault, one finding.
        if plan.rules and self.errors == before:
            for one in plan.rules:
                if not one.holds(value):
                    self.add(one.key, one.severity, path)

    def _choices(self, groups: list[str], path: Path) -> None:
        for group in sorted({one for one in groups if groups.count(one) > 1}):
            self.add("choice", "error", (path, group.removesuffix("[x]")), name=group)

    def _structure(self, value: Json, element: Element, path: Path, depth: int) -> None:
        type_ = element.type
        if type_ == "Reference":
            self.references.append((path, value, element.targets))
        before = self.errors
        self.object(value, self._plans.get(type_) or self.table.plan(type_), path, depth + 1)
        if type_ == "Coding":
            self._known_code(value, path)
        if element.concept is not None and self.errors == before:
            pairs = coded(value) if type_ == "CodeableConcept" else coded({"coding": [value]})
            if not any(code in element.concept.get(system, ()) for system, code in pairs):
                absent = type_ == "CodeableConcept" and not pairs and "extension" in value
                if not absent and not _is_absent(pairs):
                    self.add(
                        "binding", "error", path, value=next(iter(sorted(pairs)), ("", ""))[1] or value.get("text", "")
                    )

    def _known_code(self, coding: Json, path: Path) -> None:
        system, code = coding.get("system"), coding.get("code")
        if isinstance(system, str) and isinstance(code, str):
            known = self.table.system(system)
            if known is not None and code not in known:
                self.add("code-unknown", "error", (path, "code"), value=code, system=system)
        elif (
            isinstance(system, str) and code is None and "_code" not in coding and self.table.system(system) is not None
        ):
            self.add("code-missing", "warning", path, system=system)

    def _list(self, name: str, inner: Any, element: Element, value: Json, path: Path, depth: int) -> None:
        if inner.__class__ is not list:
            self.add("list-expected", "error", (path, element.shown), name=element.shown)
            return
        if not inner:
            self.add("ele-1", "error", (path, element.shown))
            return
        shown, kind = element.shown, element.kind
        if not kind:
            watched = self._progress if depth == 0 and name == "entry" else None
            for number, item in enumerate(inner):
                if watched:
                    watched(number + 1, len(inner))
                if item.__class__ is dict and item:
                    self._structure(item, element, (path, f"{shown}[{number}]"), depth)
                else:
                    self._not_an_object(item, (path, f"{shown}[{number}]"))
            return
        form = element.form
        if form is None:
            self._specials(name, inner, element, value, path, depth)
            return
        sibling = value.get(f"_{name}")
        for number, item in enumerate(inner):
            place = (path, f"{shown}[{number}]")
            if item is None:
                beside = sibling[number] if isinstance(sibling, list) and number < len(sibling) else None
                if not isinstance(beside, dict):
                    self.add("null", "error", place)
            elif not form(item):
                self._misformed(item, element, place)
            elif element.codes is not None and item not in element.codes:
                self.add("binding", "error", place, value=item)

    def _specials(self, name: str, inner: list[Any], element: Element, value: Json, path: Path, depth: int) -> None:
        if element.kind == "sibling":
            beside = value.get(name[1:])
            if isinstance(beside, list) and len(beside) != len(inner):
                self.add("siblings", "error", (path, element.shown), name=element.shown)
            for number, item in enumerate(inner):
                if item is not None:
                    self._sibling(item, (path, f"{element.shown}[{number}]"), depth)
            return
        for number, item in enumerate(inner):  # contained, and the resources of a Bundle in a Bundle
            place = (path, f"{element.shown}[{number}]")
            if isinstance(item, dict) and item:
                self.resource(item, place, depth + 1, within=name == "contained")
            else:
                self._not_an_object(item, place)

    def _special(self, inner: Any, element: Element, path: Path, depth: int) -> None:
        if element.kind == "resource":
            if isinstance(inner, dict) and inner:
                self.resource(inner, path, depth + 1)
            else:
                self._not_an_object(inner, path)
        elif element.kind == "sibling":
            self._sibling(inner, path, depth)

    def _watched(self, inner: Any, element: Element, path: Path) -> None:
        if element.codes is None:
            self._narrative(inner, path)
        elif inner not in element.codes:
            self.add("binding", "error", path, value=inner)

    def _sibling(self, inner: Any, path: Path, depth: int) -> None:
        if isinstance(inner, dict) and inner:
            self.object(inner, self.table.plan("Element"), path, depth + 1)
        else:
            self._not_an_object(inner, path)

    def _stranger(self, name: str, plan: Plan, path: Path) -> None:
        self.add("unknown", "error", (path, tamed(name)), name=name, type=plan.name)

    def _not_an_object(self, inner: Any, path: Path) -> None:
        if inner in ({}, []):
            self.add("ele-1", "error", path)
        elif inner is None:
            self.add("null", "error", path)
        elif isinstance(inner, list):
            self.add("list-unexpected", "error", path)
        else:
            self.add("object-expected", "error", path)

    def _misformed(self, inner: Any, element: Element, path: Path) -> None:
        if inner is None:
            self.add("null", "error", path)
        elif isinstance(inner, list):
            self.add("list-unexpected", "error", path)
        elif isinstance(inner, dict):
            self.add("value-expected", "error", path)
        else:
            self.add(f"format-{element.kind}", "error", path, value=inner)

    def _narrative(self, div: str, path: Path) -> None:
        for key, what in judge(div).items():
            severity: Severity = "error" if key.startswith("txt-") else "warning" if key == "narrative-form" else "note"
            self.add(key, severity, path, value=what)

    def _contained(self, holder: Json, inside: list[Any], path: Path) -> None:
        """dom-2 to dom-5: what is contained is used, and has no life of its own."""
        named: set[str] = set()
        _each_string(holder, lambda text: named.add(text) if text.startswith("#") else None)
        ids = {f"#{one.get('id', '')}" for one in inside if isinstance(one, dict)}
        broken = any(_ID.fullmatch(text) for text in named - ids)  # ref-1 tells of it; what it meant may be in here
        for number, one in enumerate(inside):
            if not isinstance(one, dict):
                continue
            place = (path, f"contained[{number}]")
            if "contained" in one:
                self.add("dom-2", "error", place)
            meta = one.get("meta")
            if isinstance(meta, dict):
                if "versionId" in meta or "lastUpdated" in meta:
                    self.add("dom-4", "error", place)
                if "security" in meta:
                    self.add("dom-5", "error", place)
            if not broken and f"#{one.get('id', '')}" not in named:
                found: list[str] = []
                _each_string(one, found.append)
                if "#" not in found:
                    self.add("dom-3", "error", place)


def _is_absent(pairs: set[tuple[str, str]]) -> bool:
    return any(system == f"{clinical.HL7}data-absent-reason" for system, _ in pairs)


def _rules(name: str) -> Any:
    return tuple(REGISTRY.get(name, ())) or None


def _each_string(value: Any, take: Callable[[str], Any]) -> None:
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            stack.extend(one.values())
        elif isinstance(one, list):
            stack.extend(one)
        elif isinstance(one, str):
            take(one)
