"""The page as a person meets it, in each engine, from file://: its words, its refusals, its contents."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.tools import run
from tests.container import vectors
from tests.page.conftest import HOSTILE, PAGE, ROOT
from tests.page.engines import Browser
from tests.page.test_vectors import write

pytestmark = pytest.mark.browser

SENTENCES = json.loads((ROOT / "image" / "page" / "sentences.json").read_text("utf-8"))
CHOOSE = "const l = document.getElementById('lang'); l.value = given[0]; l.dispatchEvent(new Event('change'))"
OPEN_ALL = """
for (const group of document.querySelectorAll("details.group, details.entry")) group.open = true;
const end = performance.now() + 20000;
while ([...document.querySelectorAll(".entry .body")].some((b) => !b.firstChild || b.querySelector("[role=status]"))) {
  if (performance.now() > end) throw new Error("entries did not load");
  await new Promise((next) => setTimeout(next, 20));
}
"""


def lines_of_cli(record: Path, words: Path, lang: str) -> list[tuple[str, str]]:
    """Block and text of each line that `summary` shows."""
    done = run("summary", record, "--json", "--lang", lang, "--secret-file", words)
    assert done.exit_code == 0, done.stderr
    found = []
    for line in json.loads(done.stdout)["lines"]:
        loud = line["block"] in ("first", "notices", "alerts", "allergies", "devices")
        confirm = {"fr": "(à confirmer)", "en": "(to be confirmed)"}[lang] if line["to_confirm"] else ""
        said = " ".join(piece for piece in (line["label"] if loud else "", line["name"], confirm) if piece)
        dash = " — " if loud or line["block"] == "treatments" else " "
        found.append((line["block"], said + (dash + line["detail"] if line["detail"] else "")))
    return found


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_emergency_page_says_what_the_command_line_says(
    browser: Browser, record: Path, made: Path, typed: str, lang: str
) -> None:
    """Every line, in order; the record was made and signed by the program itself."""
    browser.open(PAGE)
    browser.run(CHOOSE, lang)
    browser.unlock(typed, record)
    wanted = [text for block, text in lines_of_cli(record, made.parent / "secret", lang) if block != "banner"]
    assert browser.text(".sheet .lines .said") == wanted
    assert "MOREAU" in browser.text(".who .said")[0]
    assert len(wanted) > 8


@pytest.mark.parametrize("lang", ["de", "es", "it", "pt", "nl"])
def test_the_labels_are_in_the_doctors_language(browser: Browser, record: Path, typed: str, lang: str) -> None:
    """Five more languages for what is a row of the table; the source's own words stay."""
    browser.open(PAGE)
    browser.run(CHOOSE, lang)
    browser.unlock(typed, record)
    table = {
        row["key"]: row for row in json.loads((ROOT / "schemas" / "emergency-words.json").read_text("utf-8"))["words"]
    }
    assert table["allergy.severe"][lang] in browser.text("[data-block=loud] .label")
    assert f"{table['title.treatments'][lang]} (1)" in browser.text(".block h4")
    assert "apixaban 5 mg" in browser.text(".treatments .name")
    assert browser.run("return document.documentElement.lang") == lang


def test_everything_of_the_record_is_there_as_text(browser: Browser, record: Path, typed: str) -> None:
    """Titles, fields, narrative, CDA, tray; hostile words stay words."""
    browser.open(PAGE)
    browser.run(CHOOSE, "fr")
    title = browser.run("return document.title")
    browser.unlock(typed, record)
    browser.wait("'checked' in document.documentElement.dataset")
    browser.run(OPEN_ALL)
    text = browser.run("return document.getElementById('result').textContent")
    for words in (
        HOSTILE,
        "vu le 3",
        "Pas de fracture.",
        "Hb | 11,80 g/dL",
        "vu à Lisbonne",
        "apixaban 5 mg",
        "En attente, non signé",
    ):
        assert words in text, words
    assert browser.run("return document.title") == title
    assert (
        browser.run("return document.querySelectorAll('#result img, #result script, #result b, #result iframe').length")
        == 0
    )
    assert browser.text("#alert") == [""]
    states = browser.text(".entry .state")
    assert "signé par Dr Camille DEMONSTRATION (carte de démonstration, pas une CPS)" in states
    assert "En attente, non signé" in states
    assert not any("NON VALABLE" in state for state in states)


def test_search_finds_titles_and_texts(browser: Browser, record: Path, typed: str) -> None:
    """Without accents, in the contents too."""
    browser.open(PAGE)
    browser.unlock(typed, record)
    browser.wait("document.querySelector('form[role=search]')")
    search = (
        "const f = document.querySelector('form[role=search]'); f.querySelector('input').value = given[0];"
        "document.getElementById('status').textContent = ''; f.requestSubmit();"
    )
    for words, count in (("lisbonne", 1), ("penicillines choc", 1), ("fracture", 1), ("qqqqqq", 0)):
        browser.run(search, words)
        browser.wait("/trouv|found/.test(document.getElementById('status').textContent)")
        hits = browser.text(".results .entry .title")
        assert len(hits) >= count, (words, hits)
        assert bool(hits) is bool(count)


def test_a_document_is_handed_over_on_demand_after_the_warning(browser: Browser, record: Path, typed: str) -> None:
    """The PDF's own bytes, and nothing before the button is pressed."""
    browser.open(PAGE)
    browser.run(CHOOSE, "fr")
    browser.unlock(typed, record)
    browser.wait("'checked' in document.documentElement.dataset")
    browser.run(OPEN_ALL)
    assert browser.run("return document.querySelectorAll('.file a').length") == 0
    entry = "[...document.querySelectorAll('.entry')].find((e) => e.textContent.includes('radio.pdf'))"
    browser.run(f"{entry}.querySelector('.file button').click()")
    assert "gardera une trace" in browser.run(f"return {entry}.textContent")
    links = browser.run(f"return [...{entry}.querySelectorAll('.file a')].map((a) => [a.protocol, a.download, a.rel])")
    assert [link[0] for link in links] == ["blob:", "blob:"]
    assert links[1][1] == "radio.pdf"


def test_the_refusals_are_those_of_the_command_line(browser: Browser, typed: str, tmp_path: Path) -> None:
    """Wrong secret, damaged, newer, mistyped, no record at all: the same sentences, and nothing is shown."""
    other = tmp_path / "photo.jpg"
    other.write_bytes(b"\xff\xd8" + bytes(8000))
    cases = [(other, typed, "NotAContainer")]
    for name in ("header-version-2", "header-cost-2", "cut-at-0", "header-tampered-mac", "secret-twelve-mistyped",
                 "secret-twelve-wrong", "row-retitled", "zone-0123-gone", "superblocks-gone"):  # fmt: skip
        vector = vectors.load(name)
        cases.append((write(name, tmp_path), vector.one("secret"), vector.one("expect")))
    assert len({code for *_, code in cases}) >= 7
    for lang, column in (("fr", 0), ("en", 1)):
        browser.open(PAGE)
        browser.run(CHOOSE, lang)
        for file, secret, code in cases:
            browser.open(PAGE)
            browser.run(CHOOSE, lang)
            browser.unlock(secret, file)
            assert browser.text("#alert") == [SENTENCES["errors"][code][column]], (file.name, code)
            assert browser.text("#result") == [""]


@pytest.mark.parametrize(
    "name", ["rescue-complete", "dropped-last-commit", "header-copy-planted", "violation-add-medical"]
)
def test_the_findings_are_those_of_the_command_line(browser: Browser, name: str, tmp_path: Path) -> None:
    """What is odd is said in its sentence, the gravest first; the history's verdict comes with it."""
    vector = vectors.load(name)
    browser.open(PAGE)
    browser.run(CHOOSE, "fr")
    browser.unlock(vector.one("secret"), write(name, tmp_path))
    browser.wait("'checked' in document.documentElement.dataset")
    wanted = {f"{SENTENCES['findings'][f][0]} ({f})" for f in vector.one("findings").split(", ") if f}
    assert set(browser.text(".findings li")) == wanted
    checks = browser.text(".checks .history li")
    assert len(checks) == len(vector.all("history")) or not vector.all("history")
    if "violation" in name:
        assert any("opération interdite" in line for line in checks)


def test_an_older_version_is_said_first(browser: Browser, tmp_path: Path) -> None:
    """Where the newest commit is unreadable: the finding, and the line above the emergency page."""
    names = [n for n in vectors.names() if "older-commit-shown" in vectors.load(n).one("findings")]
    assert names
    vector = vectors.load(names[0])
    browser.open(PAGE)
    browser.run(CHOOSE, "fr")
    browser.unlock(vector.one("secret"), write(names[0], tmp_path))
    assert browser.text(".findings li")[0].startswith("VERSION ANCIENNE")


def test_the_six_words_show_the_page_and_nothing_else(browser: Browser, tmp_path: Path) -> None:
    """And it is said that a newer page may exist."""
    vector = vectors.load("emergency-opens")
    browser.open(PAGE)
    browser.run(CHOOSE, "fr")
    browser.unlock(vector.one("secret"), write("emergency-opens", tmp_path))
    assert browser.text(".contents") == []
    assert browser.text(".sheet")
    assert SENTENCES["phrases"]["e-newer"][0] in browser.text(".sheet .note")


def test_several_files_at_once(browser: Browser, record: Path, made: Path, typed: str, tmp_path: Path) -> None:
    """Another record is left out; an older copy of the same record gives way, and that is said."""
    older = tmp_path / "ANCIEN.DMB"
    shutil.copy(record, older)
    words = tmp_path / "words"
    words.write_text(typed, "utf-8")
    words.chmod(0o600)
    note = tmp_path / "plus.txt"
    note.write_text("plus récent", "utf-8")
    assert run("note", record, note, "--secret-file", words).exit_code == 0
    stranger = write("opens-demo", tmp_path)
    browser.open(PAGE)
    browser.run(CHOOSE, "fr")
    browser.unlock(typed, older, stranger, record)
    assert len(browser.text(".sheet")) == 1
    assert "ANCIEN.DMB est une copie plus ancienne" in browser.text("#result")[0]
    assert "version 5" in browser.text("#status")[0]


def test_without_the_browsers_cryptography(browser: Browser, record: Path, typed: str) -> None:
    """Everything opens by the JavaScript fallback; the signatures are then not checked, and that is said."""
    browser.open(PAGE, "#sans-subtle")
    browser.run(CHOOSE, "fr")
    browser.unlock(typed, record)
    browser.wait("'checked' in document.documentElement.dataset")
    assert "signature non vérifiée" in browser.text(".fresh .said")[0]
    assert any("calculs en JavaScript" in line for line in browser.text(".checks li"))
    assert browser.run("return document.querySelectorAll('.sheet .doubt').length") > 3


def test_closing_forgets(browser: Browser, record: Path, typed: str) -> None:
    """Nothing of the record is left in the page."""
    browser.open(PAGE)
    browser.unlock(typed, record)
    browser.wait("'checked' in document.documentElement.dataset")
    browser.run("document.getElementById('close').click()")
    assert browser.text("#result") == [""]
    assert "MOREAU" not in browser.run("return document.documentElement.outerHTML.replace(/<script>[^]*/, '')")
    assert (
        browser.run("return document.getElementById('secret').value + document.getElementById('file').files.length")
        == "0"
    )
    for store in ("localStorage", "sessionStorage"):
        assert browser.run(f"try {{ return {store}.length }} catch {{ return 0 }}") == 0
