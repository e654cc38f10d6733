"""StructureDefinitions to lines of the table: one line for each element, short enough to be read at start-up.

A line is `MM type`: least number, then `1` or `*` for the most, then the type: `date`, `HumanName`, `@Patient.contact`
(the element's own parts), `Reference(Patient,Group)`, `code=administrative-gender` (a required value set); a choice of
types stands under its name with `[x]`, the types parted by `|`.
"""

from typing import Final

from origins import Tree

Lines = dict[str, dict[str, str]]

_OWN = ("Element", "BackboneElement")
_BASE: Final = "http://hl7.org/fhir/StructureDefinition/"
_SYSTEM: Final = "http://hl7.org/fhirpath/System."


def is_base(definition: Tree) -> bool:
    """Whether it defines a type of its own, not a profile or an extension."""
    kind = definition.text("kind")
    return kind in ("resource", "complex-type") and (
        definition.text("derivation") == "specialization" or definition.text("type") in ("Element", "Resource")
    )


def lines(definition: Tree) -> Lines:
    """The lines of a type and of its parts, by type name or path."""
    found: Lines = {}
    resource = definition.text("kind") == "resource"
    for element in definition.all("snapshot")[0].all("element"):
        path = element.text("path")
        if "." not in path:
            found[path] = {}
            continue
        parent, name = path.rsplit(".", 1)
        found.setdefault(parent, {})[name] = (
            "01 id" if resource and path.endswith(".id") and path.count(".") == 1 else _line(path, element)
        )
    return {path: parts for path, parts in found.items() if parts}


def _line(path: str, element: Tree) -> str:
    most = element.text("max")
    head = f"{element.text('min')}{'1' if most == '1' else '0' if most == '0' else '*'}"
    if reference := element.text("contentReference"):
        return f"{head} @{reference.removeprefix('#')}"
    types = [_type(path, one) for one in element.all("type")]
    bound = ""
    for binding in element.all("binding"):
        if binding.text("strength") == "required":
            bound = "=" + name_of(binding.text("valueSet"))
    return f"{head} {'|'.join(types)}{bound}"


def name_of(url: str) -> str:
    """The short name of a value set: the end of its address, without version."""
    return url.split("|")[0].rsplit("/", 1)[-1]


def _type(path: str, node: Tree) -> str:
    code = node.text("code")
    if path == "Extension.url":
        return "uri"  # its fhir-type; the code is the type of its value for FHIRPath
    if code.startswith(_SYSTEM):
        return "string"  # of an element; a resource's own id is an `id`, and those are defined with Resource
    if code in _OWN and path.rsplit(".", 1)[-1] not in ("extension",):
        return f"@{path}"
    if any((one.value or "").endswith("/SimpleQuantity") for one in node.all("profile")):
        return "SimpleQuantity"  # a Quantity without comparator
    targets = [one.value.removeprefix(_BASE) for one in node.all("targetProfile") if one.value]
    if code != "Reference" or not targets or targets == ["Resource"]:
        return code
    return f"Reference({','.join(targets)})"
