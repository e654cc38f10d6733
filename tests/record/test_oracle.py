"""Every active item of the public bundles is on the page by its own words, and nothing over is current.

The page is read as its reader does: all its screens, as text.
"""

from pathlib import Path

import pytest

from baladeur.record.fhir import read
from baladeur.record.page import Block
from baladeur.record.phrases import Lang
from baladeur.record.render import screens
from baladeur.record.shown import show
from baladeur.record.summary import summarise
from tests.record.documents import TODAY
from tests.record.oracle import items

CURRENT = (Block.ALERTS, Block.ALLERGIES, Block.DEVICES, Block.PROBLEMS, Block.TREATMENTS)


def squeezed(text: str) -> str:
    """Without white space: a name may have been folded."""
    return "".join(text.split())


def bundles(folder: Path) -> list[Path]:
    """All of them."""
    return [*sorted((folder / "ips").glob("*/*.json")), *sorted((folder / "synthea").glob("*.json"))]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40)])
def test_page_against_the_raw_json(shared_data: Path, lang: Lang, width: int, height: int) -> None:
    """Active: on the page. Over, refuted, planned or an error: on no line of what is current."""
    seen = 0
    for path in bundles(shared_data):
        lines = show(summarise(read(path.read_bytes(), as_of=TODAY), as_of=TODAY), TODAY)
        first, *later = screens(lines, lang, width, height)
        rows = [*first, *(row for screen in later for row in screen[2:])]  # without their heads
        columns = [row.partition("│") for row in rows]
        page = squeezed("".join(left for left, *_ in columns) + "".join(right for *_, right in columns))
        current = {line.name.of(lang) for line in lines if line.block in CURRENT}
        found = items(path)
        active = {name for _, state, names in found if state in ("active", "doubtful") for name in names}
        for kind, state, names in found:
            if state == "active":
                seen += 1
                assert any(squeezed(name) in page for name in names), (path.name, kind)
            elif state in ("over", "false"):
                assert not (current & set(names)) - active, (path.name, kind)
    assert seen >= 50
