"""The house rules that a program can check: dependencies, licences, size and place of files."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution, PackageMetadata, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "baladeur").rglob("*.py"))

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "baladeur",
    "benchmarks",
    "image",
    "pyproject.toml",
    "schemas",
    "tests",
}

PERMISSIVE = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "MIT-0",
    "PSF-2.0",
}

# Older packages name their licence by classifier; only what maps to one permissive licence is here.
CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT No Attribution License (MIT-0)": "MIT-0",
    "Python Software Foundation License": "PSF-2.0",
}


def requirements() -> dict[str, list[str]]:
    """Every requirement that pyproject.toml states, by the table that states it."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = data["project"]["optional-dependencies"]
    return {"build": data["build-system"]["requires"], "runtime": data["project"]["dependencies"], **extras}


def names(lines: list[str]) -> set[str]:
    """The canonical names in a list of requirements."""
    return {canonicalize_name(Requirement(line).name) for line in lines}


def documented_dependencies(readme: str) -> set[str]:
    """The words in the first column of the table under `## Dependencies`."""
    section = re.search(r"^## Dependencies\s*$(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    if section is None:
        return set()
    rows = re.findall(r"^\|([^|]*)\|", section[1], re.MULTILINE)
    return {canonicalize_name(word) for row in rows for word in re.findall(r"[A-Za-z0-9][\w.-]*", row)}


def installed_runtime() -> dict[str, Distribution]:
    """What a user gets: the runtime dependencies, and theirs, as installed here."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(line) for line in requirements()["runtime"]]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in found:
            continue
        found[name] = distribution(name)
        for line in found[name].requires or []:
            needed = Requirement(line)
            if needed.marker is None or any(
                needed.marker.evaluate({"extra": extra}) for extra in ("", *sorted(wanted.extras))
            ):
                waiting.append(needed)
    return found


def licence(metadata: PackageMetadata) -> str:
    """The SPDX expression of a package, or, from an older package, one made of its classifiers or its licence field."""
    if expression := metadata.get("License-Expression"):
        return str(expression)
    classifiers = metadata.get_all("Classifier") or []
    terms = [c.rsplit(" :: ", 1)[1] for c in classifiers if c.startswith("License :: OSI Approved :: ")]
    if not terms and (named := str(metadata.get("License", ""))) in PERMISSIVE:  # as lxml does
        return named
    return " AND ".join(CLASSIFIERS.get(term, f"LicenseRef-{term}") for term in terms)


def is_permissive(expression: str) -> bool:
    """Whether one choice of the expression holds permissive terms only. Parentheses are refused unread."""
    return any(all(term.strip() in PERMISSIVE for term in choice.split(" AND ")) for choice in expression.split(" OR "))


@pytest.mark.parametrize("table", sorted(requirements()))
def test_every_dependency_is_explained_in_the_readme(table: str) -> None:
    """A dependency without a written reason does not come in."""
    readme = ROOT / "README.md"
    documented = documented_dependencies(readme.read_text("utf-8")) if readme.exists() else set()
    missing = names(requirements()[table]) - documented
    assert not missing, f"no line in the README's table under '## Dependencies': {sorted(missing)}"


def test_runtime_licences_are_permissive() -> None:
    """Whoever holds a key may use, change and pass on all of what is on it."""
    licences = {name: licence(found.metadata) for name, found in installed_runtime().items()}
    assert names(requirements()["runtime"]) <= licences.keys()
    refused = {name: expression for name, expression in licences.items() if not is_permissive(expression)}
    assert not refused


@pytest.mark.parametrize(
    ("expression", "verdict"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only", False),
        ("(MIT OR GPL-3.0-only) AND GPL-2.0-only", False),
        ("", False),
    ],
)
def test_licence_rule(expression: str, verdict: bool) -> None:
    """A choice may be permissive in one branch; a conjunction must be in all; no licence is no permission."""
    assert is_permissive(expression) is verdict


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_is_short_and_says_what_it_is(module: Path) -> None:
    """A module of 400 lines is two modules, and one without a docstring has no stated purpose."""
    source = module.read_text("utf-8")
    assert len(source.splitlines()) < 400
    assert ast.get_docstring(ast.parse(source)), "no docstring"


def test_top_level_is_closed() -> None:
    """The top of the tree can be read at a glance, so nothing may settle there unasked."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    files = [name for name in listing.stdout.decode().split("\0") if name]
    assert "pyproject.toml" in files, "git listed another tree"
    strangers = {name.split("/", 1)[0] for name in files} - TOP_LEVEL
    assert not strangers


def test_only_the_models_load_pydantic() -> None:
    """The linter sees who imports pydantic; only running shows that no other module drags it in through the models."""
    skipped = {
        "baladeur.container.models",
        "baladeur.record.models",
        "baladeur.__main__",
    }  # __main__ would start the program
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in MODULES]
    code = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\n"
    code += "sys.exit('pydantic was loaded' if 'pydantic' in sys.modules else 0)"
    ran = subprocess.run(
        [sys.executable, "-c", code, *(name for name in modules if name not in skipped)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
