"""The compiled definitions: what FHIR R4 and IPS 2.0.0 allow, ready to be walked along.

The table is read once; the plan of a type is made when the first element of that type is met.
Source: schemas/fhir/, which says where each line comes from.
"""

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from baladeur.record.check.primitives import FORMATS

CodeSet = dict[str, frozenset[str]]  # system → codes


@dataclass(frozen=True, slots=True)
class Element:
    """One name that may stand in an object."""

    kind: str  #: a primitive's name, `` for a structure, `resource`, `sibling` of a primitive, or `mark`
    type: str  #: the structure's name in the table
    many: bool
    shown: str  #: the name in FHIRPath: `value.ofType(Quantity)` for `valueQuantity`
    group: str = ""  #: the choice that it belongs to: `value[x]`
    codes: frozenset[str] | None = None  #: for a code with a required binding
    concept: CodeSet | None = None  #: the same for a Coding or a CodeableConcept
    targets: frozenset[str] | None = None  #: what a Reference may point to; None: anything
    form: Callable[[object], bool] | None = None  #: of a primitive
    watched: bool = False  #: a code with a value set, or a narrative: its form alone does not settle it


@dataclass(slots=True)
class Plan:
    """What may stand in an object of one type."""

    name: str
    elements: dict[str, Element] = field(default_factory=dict)
    required: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)  #: (FHIRPath name, JSON names)
    choices: dict[str, str] = field(default_factory=dict)  #: JSON name, also that of a sibling → `value[x]`
    rules: Any = ()  #: filled by the walk


class Table:
    """The definitions."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self._types: dict[str, str] = raw["types"]
        self._sets: dict[str, dict[str, str | int]] = raw["sets"]
        self._systems: dict[str, str] = raw["systems"]
        self.resources = frozenset(raw["resources"].split())
        self.profiles: dict[str, tuple[str, list[list[Any]]]] = raw["profiles"]
        self.sections: dict[str, tuple[str, int, list[str]]] = raw["sections"]
        self.plans: dict[str, Plan] = {}
        self._codes: dict[str, frozenset[str]] = {}
        self._concepts: dict[str, CodeSet] = {}

    def plan(self, name: str) -> Plan:
        """The plan of a type or of a part (`Patient.contact`)."""
        if name not in self.plans:
            self.plans[name] = self._made(name)
        return self.plans[name]

    def system(self, url: str) -> frozenset[str] | None:
        """All codes of a system that the table knows whole, else None."""
        if url not in self._systems:
            return None
        if url not in self._codes:
            self._codes[url] = frozenset(self._systems[url].split())
        return self._codes[url]

    def value_set(self, name: str) -> CodeSet:
        """The codes of a value set, by system."""
        if name not in self._concepts:
            self._concepts[name] = {
                url: frozenset(codes.split()) if isinstance(codes, str) else self.system(url) or frozenset()
                for url, codes in self._sets[name].items()
            }
        return self._concepts[name]

    def _made(self, name: str) -> Plan:
        plan = Plan(name)
        head, *lines = self._types["Quantity" if name == "SimpleQuantity" else name].split(";")
        if name in self.resources:
            plan.elements["resourceType"] = Element("mark", "", False, "resourceType")
            self._primitive(plan, "id", Element("id", "", False, "id"))
        elif head:
            self._primitive(plan, "id", Element("string", "", False, "id"))
        if head:
            plan.elements["extension"] = Element("", "Extension", True, "extension")
        if head == "m":
            plan.elements["modifierExtension"] = Element("", "Extension", True, "modifierExtension")
        for line in lines:
            element, least, what = line.split(" ", 2)
            kinds, _, bound = what.partition("=")
            self._add(plan, element, least, kinds.split("|"), bound)
        return plan

    def _add(self, plan: Plan, name: str, least: str, kinds: list[str], bound: str) -> None:
        if least[1] == "0":
            return
        names = []
        for kind in kinds:
            kind, _, targets = kind.partition("(")
            written, shown, group = name, name, ""
            if name.endswith("[x]"):
                of = "Quantity" if kind == "SimpleQuantity" else kind
                written = f"{name[:-3]}{of[0].upper()}{of[1:]}"
                shown, group = f"{name[:-3]}.ofType({of})", name
            names.append(written)
            codes = concept = None
            if bound and kind == "code":
                codes = frozenset().union(*self.value_set(bound).values())
            elif bound and kind in ("Coding", "CodeableConcept"):
                concept = self.value_set(bound)
            many = least[1] == "*"
            if kind in FORMATS:
                self._primitive(plan, written, Element(kind, "", many, shown, group, codes))
                continue
            pointed = frozenset(targets[:-1].split(",")) if targets else None
            kind, type_ = ("resource", "") if kind == "Resource" else ("", kind.removeprefix("@"))
            plan.elements[written] = Element(kind, type_, many, shown, group, None, concept, pointed)
        if least[0] != "0":
            siblings = [f"_{one}" for one in names if f"_{one}" in plan.elements]
            plan.required.append((name.removesuffix("[x]"), (*names, *siblings)))
        if name.endswith("[x]"):
            plan.choices.update(dict.fromkeys(names, name) | {f"_{one}": name for one in names})

    @staticmethod
    def _primitive(plan: Plan, name: str, element: Element) -> None:
        watched = element.codes is not None or element.kind == "xhtml"
        plan.elements[name] = replace(element, form=FORMATS[element.kind], watched=watched)
        plan.elements[f"_{name}"] = Element("sibling", "Element", element.many, element.shown, element.group)


@cache
def table() -> Table:
    """The table of this program. Raises nothing: it is part of the package."""
    packed = (files("baladeur.record.check") / "definitions.bin").read_bytes()
    return Table(json.loads(zlib.decompress(packed)))
