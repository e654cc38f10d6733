"""The page for everybody: axe, the keyboard alone, small and large screens, paper."""

import base64
import itertools
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.page.conftest import PAGE
from tests.page.engines import Browser
from tests.page.packages import packages
from tests.page.test_page import CHOOSE, OPEN_ALL

pytestmark = pytest.mark.browser

TAB, ENTER, SPACE = "\ue004", "\ue007", " "
AXE = """
const found = await axe.run(document, { resultTypes: ["violations"] });
const example = ({ nodes }) => nodes.slice(0, 3).map((node) => node.html.slice(0, 150));
return found.violations.map((one) => [one.impact, one.id, example(one)]);
"""


def violations(browser: Browser) -> list[list[object]]:
    """What axe calls serious or critical here."""
    script = (packages() / "axe-core" / "axe.min.js").read_text("utf-8")
    # As a function of its own: axe looks for a module loader, and must find none.
    found = browser.run(f"(function () {{ {script} }}).call(window);\n{AXE}")
    return [one for one in found if one[0] in ("serious", "critical")]


@pytest.mark.parametrize("lang", ["fr", "en", "de"])
def test_axe_finds_nothing_serious(chromium: Browser, record: Path, typed: str, lang: str) -> None:
    """Before a record is open, with all of one open, and with an error on the screen."""
    chromium.open(PAGE)
    chromium.run(CHOOSE, lang)
    assert violations(chromium) == []
    chromium.unlock("mots faux mots faux", record)
    assert chromium.text("#alert") != [""]
    assert violations(chromium) == []
    chromium.unlock(typed, record)
    chromium.wait("'checked' in document.documentElement.dataset")
    chromium.run(OPEN_ALL)
    chromium.run("for (const button of document.querySelectorAll('.file button')) button.click()")
    assert violations(chromium) == []


def test_axe_can_fail(chromium: Browser) -> None:
    """The check is worth something: a picture without words and a field without a name are found."""
    chromium.open(PAGE)
    chromium.run(
        "document.getElementById('main').append(document.createElement('img'), document.createElement('input'))"
    )
    assert {one[1] for one in violations(chromium)} >= {"image-alt", "label"}


WIDE = """
const out = (e) => e.getBoundingClientRect().right > given[0] + 1 && getComputedStyle(e).position !== "absolute";
return [...document.querySelectorAll("#main *")].filter(out).map((e) => e.className + e.tagName);
"""
HEADINGS = """
const shown = [...document.querySelectorAll("h1, h2, h3, h4, h5")].filter((h) => h.checkVisibility());
return shown.map((h) => Number(h.tagName[1]));
"""
UNNAMED = """
const named = (section) => document.getElementById(section.getAttribute("aria-labelledby"));
return [...document.querySelectorAll("section")].filter((section) => !named(section)).length;
"""
COUNTS = """
return ["main", "[role=status][aria-live=polite]"].map((selector) => document.querySelectorAll(selector).length);
"""
WHERE = """
const e = document.activeElement, style = getComputedStyle(e);
return [e.id || e.className || e.tagName, style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1];
"""


def test_the_keyboard_alone_reads_a_record(browser: Browser, record: Path, typed: str) -> None:
    """Tab, Enter and Space from the first field to the text of an entry; the focus is always to be seen."""
    browser.open(PAGE)
    browser.run(CHOOSE, "fr")
    browser.pick(record)  # the system's own dialog is not the page's
    browser.run("document.getElementById('secret').focus()")
    browser.keys(*typed)
    browser.keys(ENTER)
    browser.wait("'checked' in document.documentElement.dataset")
    assert browser.run("return document.activeElement.textContent") == "Fiche d’urgence"
    walk = []
    for _ in range(60):
        browser.keys(TAB)
        where, visible = browser.run(WHERE)
        walk.append(where)
        assert visible, where
        if browser.run("return document.activeElement.closest('.entry') !== null"):
            break
    assert "q0" in walk
    browser.keys(ENTER)
    browser.wait("document.activeElement.closest('.entry').open")
    browser.wait("document.activeElement.closest('.entry').querySelector('.body h5, .body .file')")
    assert browser.text(".entry[open] .body")[0]


def test_from_the_top_by_tab(chromium: Browser) -> None:
    """The order of the fields is the order of the work."""
    chromium.open(PAGE)
    walk = []
    for _ in range(7):
        chromium.keys(TAB)
        walk.append(chromium.run(WHERE)[0])
    assert walk[:6] == ["skip", "lang", "file", "secret", "visible", "go"]


@pytest.mark.parametrize("width", [320, 768, 1280, 3840])
def test_nothing_is_wider_than_the_screen(chromium: Browser, record: Path, typed: str, width: int) -> None:
    """From a phone to 4K, with everything open."""
    chromium.transport.command("SetWindowRect", {"width": max(width, 500), "height": 900})
    chromium.open(PAGE)
    chromium.run("document.body.style.maxWidth = ''; document.documentElement.style.width = given[0] + 'px'", width)
    chromium.unlock(typed, record)
    chromium.wait("'checked' in document.documentElement.dataset")
    chromium.run(OPEN_ALL)
    assert chromium.run(WIDE, width) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_printed_page_is_one_sheet_with_every_line(
    browser: Browser, record: Path, typed: str, lang: str, tmp_path: Path
) -> None:
    """A4, one page, the emergency page alone, its text to be taken out again."""
    if browser.engine == "webkit":
        pytest.skip("WebKitGTK's driver does not print")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (sh .ci/browsers)")
    browser.open(PAGE)
    browser.run(CHOOSE, lang)
    browser.unlock(typed, record)
    browser.wait("'checked' in document.documentElement.dataset")
    a4 = {"page": {"width": 21.0, "height": 29.7}, "margin": {"top": 1.2, "bottom": 1.2, "left": 1.2, "right": 1.2}}
    sheet = tmp_path / "sheet.pdf"
    sheet.write_bytes(base64.b64decode(browser.transport.command("Print", a4)))
    text = subprocess.run(["pdftotext", "-raw", sheet, "-"], capture_output=True, check=True, encoding="utf-8").stdout
    assert text.count("\f") == 1
    squeezed = "".join(text.split())
    lines = browser.text(".sheet .said")
    assert [line for line in lines if "".join(line.split()) not in squeezed] == []
    assert "".join(browser.text(".stamp")[0].split()) in squeezed
    assert "lettre" not in text


def test_headings_and_landmarks(chromium: Browser, record: Path, typed: str) -> None:
    """One h1, no level left out, each section named by its heading."""
    chromium.open(PAGE)
    chromium.unlock(typed, record)
    chromium.wait("'checked' in document.documentElement.dataset")
    levels = chromium.run(HEADINGS)
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    assert chromium.run(UNNAMED) == 0
    assert chromium.run(COUNTS) == [1, 1]
