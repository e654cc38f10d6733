"""The published packages, read into one shape, whether they are written in XML or in JSON.

Nothing is fetched here: the archives lie in a folder, and each must have the checksum that is pinned below.
"""

import hashlib
import json
import tarfile
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

_FHIR: Final = "{http://hl7.org/fhir}"


@dataclass(frozen=True)
class Origin:
    """One archive: its file, what it is, its SHA-256 and the licence that it states."""

    file: str
    package: str
    sha256: str
    licence: str


CORE: Final = Origin(
    "hl7.fhir.r4.corexml-4.0.1.tgz",
    "npm hl7.fhir.r4.corexml 4.0.1",
    "ed1512ab44ac5177e429decc604cb62263cc66902b44a61199cf08f2b566030f",
    "CC0-1.0",
)
IPS: Final = Origin(
    "hl7.fhir.uv.ips-2.0.0.tgz",
    "npm hl7.fhir.uv.ips 2.0.0",
    "4a5cff17580f869140614ac51097d81540c63644d550ced8d4cd9b9bce7345c4",
    "CC0-1.0",
)
TERMS: Final = Origin(
    "hl7.terminology.r4-7.0.1.tgz",
    "npm hl7.terminology.r4 7.0.1",
    "170c546f761fb51b3355788ca500206f6b772b21c57348c29205de85a6612baa",
    "CC0-1.0",
)
#: Read by compare.py alone.
SECOND: Final = Origin(
    "hapi-fhir-validation-resources-r4-8.4.0.jar",
    "Maven ca.uhn.hapi.fhir:hapi-fhir-validation-resources-r4 8.4.0",
    "b14c6f72baaaf2af6cc6a6a943b3b895973222b5a220ee992a05b81b34a3acc4",
    "Apache-2.0",
)


@dataclass
class Tree:
    """A node of a definition: its value, and its children by name, always as lists."""

    value: str | None = None
    kids: dict[str, list["Tree"]] = field(default_factory=dict)

    def all(self, name: str) -> list["Tree"]:
        """The children of that name."""
        return self.kids.get(name, [])

    def text(self, *names: str) -> str:
        """The value at a path of first children; empty when there is none."""
        node = self
        for name in names:
            if not node.kids.get(name):
                return ""
            node = node.kids[name][0]
        return node.value or ""


def check(folder: Path, origin: Origin) -> Path:
    """The archive's path. Raises SystemExit when it is missing or another one."""
    path = folder / origin.file
    if not path.is_file():
        raise SystemExit(f"{origin.file} is not in {folder}: see schemas/fhir/README.md for how to get it")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != origin.sha256:
        raise SystemExit(f"{origin.file} is another file than the pinned one: sha256 {found}")
    return path


def members(folder: Path, origin: Origin) -> Iterator[tuple[str, Tree]]:
    """(file name, definition) for each StructureDefinition, ValueSet and CodeSystem at the top of a package."""
    with tarfile.open(check(folder, origin)) as archive:
        for member in archive:
            name = member.name.removeprefix("package/")
            if "/" in name or not name.startswith(("StructureDefinition-", "ValueSet-", "CodeSystem-")):
                continue
            file = archive.extractfile(member)
            if file is None:
                continue
            body = file.read()
            yield name, from_xml(body) if name.endswith(".xml") else from_json(json.loads(body))


def bundled(folder: Path, origin: Origin, names: tuple[str, ...]) -> Iterator[tuple[str, Tree]]:
    """(type, resource) of the Bundles that a jar holds under those file names."""
    with zipfile.ZipFile(check(folder, origin)) as archive:
        for name in archive.namelist():
            if name.rsplit("/", 1)[-1] in names:
                for entry in from_xml(archive.read(name)).all("entry"):
                    for holder in entry.all("resource"):
                        for kind, found in holder.kids.items():
                            yield from ((kind, one) for one in found)


def from_xml(body: bytes) -> Tree:
    """A FHIR XML resource."""
    return _of_element(ET.fromstring(body))  # noqa: S314 - an archive with a pinned checksum


def _of_element(element: ET.Element) -> Tree:
    tree = Tree(element.get("value"))
    if url := element.get("url"):
        tree.kids["url"] = [Tree(url)]
    if id_ := element.get("id"):
        tree.kids["id"] = [Tree(id_)]
    for child in element:
        if child.tag.startswith(_FHIR):
            tree.kids.setdefault(child.tag.removeprefix(_FHIR), []).append(_of_element(child))
    return tree


def from_json(value: Any) -> Tree:
    """A FHIR JSON resource or a part of it."""
    if not isinstance(value, dict):
        return Tree("true" if value is True else "false" if value is False else str(value))
    tree = Tree()
    for name, inner in value.items():
        tree.kids[name] = [from_json(one) for one in (inner if isinstance(inner, list) else [inner])]
    return tree
