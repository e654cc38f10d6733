"""A PDF read by poppler, which knows nothing of how it was made."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

MARGIN = 72 * 9 / 25.4  # points
SIZE = 11.2  # points
PITCH = SIZE * 1233 / 2048  # points; the advance of a character of DejaVu Sans Mono
_WORD = "{http://www.w3.org/1999/xhtml}word"


def tool(name: str, *arguments: str | Path) -> str:
    """What one of poppler's programs prints."""
    if shutil.which(name) is None:
        if os.environ.get("CI"):
            pytest.fail(f"{name} (poppler-utils) is not installed")
        pytest.skip(f"{name} (poppler-utils) is not installed")
    return subprocess.run([name, *map(str, arguments)], capture_output=True, check=True, encoding="utf-8").stdout


def info(path: Path) -> dict[str, str]:
    """The fields of pdfinfo."""
    rows = (row.partition(":") for row in tool("pdfinfo", path).splitlines())
    return {name: value.strip() for name, _, value in rows}


def rows(path: Path) -> list[str]:
    """The rows of a sheet of fixed columns, each word in the column where it stands."""
    page = re.sub("[^\t\n -\ud7ff\ue000-\ufffd]", "\ufffd", tool("pdftotext", "-bbox", path, "-"))
    words = []
    for word in ElementTree.fromstring(page).iter(_WORD):  # noqa: S314 - made by poppler from our own file
        left, top, bottom = (float(word.attrib[name]) for name in ("xMin", "yMin", "yMax"))
        if abs(bottom - top - SIZE) < 0.1:  # not a heading, nor what stands below in small
            words.append((top, round((left - MARGIN) / PITCH), word.text or ""))
    lines: list[str] = []
    last = -SIZE
    for top in sorted({top for top, *_ in words}):
        if top - last > 3:
            here = sorted((column, text) for at, column, text in words if abs(at - top) <= 3)
            line = ""
            for column, text in here:
                line = line.ljust(column) + text
            lines.append(line)
            last = top
    return lines


def text(path: Path) -> str:
    """All of its words, one space between two."""
    return " ".join(tool("pdftotext", "-layout", path, "-").split())
