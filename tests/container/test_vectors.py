"""Every vector ends in exactly the verdict that its header names."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from baladeur.container.catalogue import LIVE, REPLACED, WITHDRAWN
from baladeur.container.container import Container
from baladeur.container.emergency import open_emergency
from baladeur.container.secret import parse
from baladeur.container.summary import Summary
from baladeur.errors import ContainerError, ItemDamaged
from tests.container.vectors import build, digest, load, names


def observe(name: str) -> list[tuple[str, str]]:
    """What our reader sees, as header lines."""
    vector, medium = load(name), build(name)
    lines: list[tuple[str, str]] = []
    findings: set[str] = set()
    try:
        secret = parse(vector.one("secret"))
        if vector.one("mode") == "emergency":
            page = open_emergency(medium, secret)
            findings |= {f.name for f in page.findings}
            lines += _parts(page.summary)
        else:
            container = Container.open(medium, secret)
            findings |= {f.name for f in container.findings}
            lines += [("seq", str(container.seq)), ("head", container.head.hex())]
            for entry in sorted(container.entries(LIVE, REPLACED, WITHDRAWN), key=lambda e: e.id):
                try:
                    content = hashlib.sha256(container.read(entry.id)).hexdigest()
                except ItemDamaged:
                    content = "damaged"
                lines.append(("item", f"{entry.id.hex()} {entry.status} {entry.meta['type']} {content}"))
            if vector.all("part"):
                lines += _parts(container.summary())
            if vector.all("history"):
                verdicts, more = container.replay()
                lines += [("history", f"{v.seq} {v.role} {v.result}") for v in verdicts]
                findings |= {f.name for f in more}
                findings |= {n for v in verdicts for n in v.reasons} & {"gap", "clock-went-back", "identity-changed"}
        lines.insert(0, ("expect", "opens"))
    except ContainerError as error:
        lines = [("expect", type(error).__name__)]
    if findings and lines[0][1] == "opens":
        lines.insert(1, ("findings", ", ".join(sorted(findings))))
    return lines


def _parts(summary: Summary | None) -> list[tuple[str, str]]:
    if summary is None:
        return []
    return [("part", f"{i} {hashlib.sha256(part).hexdigest()}") for i, (_, part) in sorted(summary.openings.items())]


@pytest.mark.parametrize("name", names())
def test_vector(name: str) -> None:
    """Our reader says what the vector says, line by line."""
    expected = ("expect", "findings", "seq", "head", "item", "part", "history")
    assert observe(name) == [line for line in load(name).lines if line[0] in expected]


@pytest.mark.slow
def test_there_are_enough_and_they_are_whole() -> None:
    """At least 150 cases, each the file that its sha256 line says."""
    assert len(names()) >= 150
    for name in names():
        assert digest(build(name)) == load(name).one("sha256"), name


@pytest.mark.slow
def test_the_generator_makes_these_files_and_the_example() -> None:
    """The vectors and the worked example on disk are what the generator makes today."""
    script = Path(__file__).resolve().parents[1] / "vectors" / "generate.py"
    for more in ([], ["--example"]):
        done = subprocess.run([sys.executable, str(script), "--check", *more], capture_output=True, encoding="utf-8")
        assert done.returncode == 0, done.stdout
