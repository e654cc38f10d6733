"""The profiles of IPS 2.0.0 (and vital signs of R4) to rules of the table: `path kind value`.

min: there must be so many; max: there must not be more; to: what a reference may point to; types: what a choice may
hold; bind: a required value set; fix: a fixed or pattern value; has: one of the list must hold that pattern.
Slicing is open throughout IPS: what matches no slice is allowed, so a slice gives a rule only where its least number
is above zero.
"""

from typing import Any, Final

from origins import Tree
from structures import name_of

IPS: Final = "http://hl7.org/fhir/uv/ips/StructureDefinition/"
VITALS: Final = "http://hl7.org/fhir/StructureDefinition/vitalsigns"
Rule = list[Any]


def rules(definition: Tree, types: dict[str, str], lines: dict[str, dict[str, str]]) -> list[Rule]:
    """The rules of a profile beyond its type's own lines. `types`: the resource type of each profile by its name."""
    base = lines[definition.text("type")]
    return [rule for rule in _all(definition, types) if not _says_the_same(base.get(rule[0], ""), rule)]


def _says_the_same(line: str, rule: Rule) -> bool:
    least, kinds = line[:1], line[3:]
    return (
        (rule[1] == "min" and least == "1")
        or (rule[1] == "bind" and kinds.endswith(f"={rule[2]}"))
        or (rule[1] == "to" and f"Reference({','.join(rule[2])})" in kinds)
        or (rule[1] == "types" and sorted(rule[2]) == sorted(k.partition("(")[0] for k in kinds.split("|")))
    )


def _all(definition: Tree, types: dict[str, str]) -> list[Rule]:
    found: list[Rule] = []
    sliced: dict[str, list[Any]] = {}
    for element in definition.all("differential")[0].all("element"):
        id_ = element.text("id")
        path = id_.partition(".")[2]
        if not path or path.startswith(("section", "event", "entry:")):
            continue  # the sections have their own table; the entries of a Bundle are told apart by type
        if ":" in path:
            if isinstance(_pattern(element), list) and element.text("min") == "1":
                found.append([path.split(":")[0], "has", _pattern(element)])
            elif ".coding." in path and _pattern(element):  # vital signs say the same in two elements
                sliced.setdefault(path.split(":")[0], []).append(_pattern(element))
            continue
        found += _of_element(path, element, types)
    return found + [[path, "has", pair] for path, pair in sliced.items()]


def _of_element(path: str, element: Tree, types: dict[str, str]) -> list[Rule]:
    found: list[Rule] = []
    if element.text("min") not in ("", "0"):
        found.append([path, "min", 1])  # more than one are wanted only of the entries and sections themselves
    if element.text("max") == "0":
        found.append([path, "max", 0])
    if (fixed := _pattern(element)) is not None:
        found.append([path, "fix", fixed])
    for binding in element.all("binding"):
        if binding.text("strength") == "required":
            found.append([path, "bind", name_of(binding.text("valueSet"))])
    targets = sorted({types.get(name_of(t.value or ""), name_of(t.value or "")) for t in _targets(element)})
    if targets and targets != ["Resource"]:
        found.append([path, "to", targets])
    codes = [one.text("code") for one in element.all("type")]
    if path.endswith("[x]") and codes:
        found.append([path, "types", codes])
    return found


def _targets(element: Tree) -> list[Tree]:
    return [target for one in element.all("type") for target in one.all("targetProfile")]


def _pattern(element: Tree) -> Any:
    """A fixed or pattern value: a string, or [system, code] of a concept."""
    for name, nodes in element.kids.items():
        if name in ("fixedCode", "fixedUri", "patternCode"):
            return nodes[0].value
        if name == "patternBoolean":
            return nodes[0].value == "true"
        if name == "patternCodeableConcept":
            return [nodes[0].text("coding", "system"), nodes[0].text("coding", "code")]
    return None


def sections(composition: Tree) -> dict[str, Any]:
    """LOINC code → [name of the slice, least number, types of its entries]."""
    slices: dict[str, list[Any]] = {}
    codes: dict[str, str] = {}
    for element in composition.all("differential")[0].all("element"):
        parts = element.text("id").split(".")
        if len(parts) < 2 or not parts[1].startswith("section:"):
            continue
        name = parts[1].removeprefix("section:")
        if len(parts) == 2:
            slices[name] = [name, int(element.text("min") or 0), []]
        elif parts[2] == "code":
            codes[name] = _pattern(element)[1]
        elif parts[2] == "entry":
            slices[name][2] = sorted({name_of(t.value or "") for t in _targets(element)} - {"Resource"})
    return {codes[name]: kept for name, kept in slices.items()}
