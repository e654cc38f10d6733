"""The words of the page, and what is published of them: complete, the same places in each language, in step."""

import hashlib
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from baladeur.container import canonical
from baladeur.record import status
from baladeur.record.emergency import lines, parts
from baladeur.record.fhir import read
from baladeur.record.medicines import table
from baladeur.record.models import Part, words
from baladeur.record.page import RULES_VERSION, Block, Level
from baladeur.record.rules import TABLES
from baladeur.record.shown import show
from baladeur.record.summary import summarise
from baladeur.record.words import rows, t
from baladeur.record.words import table as own_table
from tests.record.documents import TODAY
from tests.record.test_oracle import bundles
from tests.record.test_render import PAGES

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas"
TABLE_OF_WORDS = json.loads((SCHEMAS / "emergency-words.json").read_text("utf-8"))
LANGS = ("fr", "en", "de", "es", "it", "pt", "nl")
ROWS = TABLE_OF_WORDS["words"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_each_row(row: dict[str, str]) -> None:
    """Both languages, and five more or none, all where the row is a label; the same places; no stray space."""
    langs = [lang for lang in LANGS if lang in row]
    assert len(langs) in ((2, 7) if row["use"] in ("sentence", "layout") else (7,))
    for lang in langs:
        assert row[lang]
        assert row[lang] == row[lang].strip()
        assert row[lang].count("{}") == row["fr"].count("{}")
        assert "{" not in row[lang].replace("{}", "")
    if row["use"] in ("label", "title", "alert"):
        assert all(row[lang] == row[lang].upper() for lang in langs)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_french_typography(row: dict[str, str]) -> None:
    """A space before a double mark, a curved apostrophe, no English left."""
    text = row["fr"]
    assert not re.search(r"[^ \u202f][:;?!»]", text)
    assert "'" not in text
    if row["en"] != text:
        assert not re.search(r"\b(not|the|of|and|by)\b", text)


def test_published_is_what_the_program_says() -> None:
    """`python schemas/generate.py --check`, and no key twice."""
    assert json.loads(json.dumps(words())) == TABLE_OF_WORDS
    keys = [row["key"] for row in ROWS]
    assert len(keys) == len(set(keys))
    assert TABLE_OF_WORDS["rules"] == RULES_VERSION
    ran = subprocess.run(
        [sys.executable, "schemas/generate.py", "--check"],
        cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("name", ["page", "labels"])
def test_each_row_names_its_reviewer(name: str) -> None:
    """What nobody has read says so, row by row."""
    made = own_table(name)
    assert (made["table"], bool(made["version"])) == (name, True)
    assert all(row["reviewed"] for row in made["rows"])
    assert name in (ROOT / "baladeur" / "record" / "tables" / "README.md").read_text("utf-8")


def test_every_row_of_the_table_is_used() -> None:
    """A word that nothing says is a word that nobody keeps right."""
    code = "".join(path.read_text("utf-8") for path in (ROOT / "baladeur" / "record").glob("*.py"))
    made = ("born", "maiden", "reviewed_", "never_", "title.", "verdict.", "label.")
    others = {str(one) for one in ("male", "female", "other", "unknown")}
    sections = {str(name) for name in read(b'{"resourceType":"Bundle","type":"document"}', as_of=TODAY).sections}
    for key, row in rows().items():
        base = key.removesuffix("_1").removesuffix("_partial")
        spoken = base.removeprefix("label.") if row["use"] == "label" else base
        assert f'"{spoken}"' in code or f"'{spoken}'" in code or base.startswith(made) or base in others | sections, key


def test_parts_are_as_the_schema_says(shared_data: Path) -> None:
    """Every part of the golden documents and of the public bundles, by two checkers."""
    schema = json.loads((SCHEMAS / "emergency-part.schema.json").read_text("utf-8"))
    check = jsonschema.Draft202012Validator(schema)
    pages = [made() for made in PAGES.values()]
    pages += [read(path.read_bytes(), as_of=TODAY) for path in bundles(shared_data)]
    seen = 0
    for made in pages:
        page = summarise(made, as_of=TODAY)
        for part in (*parts(page), *parts(page, declared=True)):
            hexed = part | {"items": [hashlib.sha256(key.encode()).hexdigest()[:32] for key in part["items"]]}
            check.validate(hexed)
            Part.model_validate_json(canonical.dumps(hexed))
            seen += 1
    assert seen > 400


def test_example_of_the_document() -> None:
    """The part of section 10 shows what section 10 says."""
    text = (SCHEMAS / "emergency-page.md").read_text("utf-8")
    part = json.loads(text.split("```json\n")[1].split("\n```")[0])
    shown = re.findall(r"`([^`]*)`", text.split("```\n")[-1])
    for day, said in zip((date(2026, 11, 23), date(2027, 1, 2)), shown, strict=True):
        line = next(one for one in show(lines([part]), day) if one.block is Block.TREATMENTS)
        doubt = f" {t('confirm').fr}" if line.to_confirm else ""
        assert f"{line.name.fr}{doubt} — {line.detail.fr}" == said
        assert line.level is Level.PLAIN


# What the rules of each published version made. If this fails, the rules or their words have changed:
# then raise RULES_VERSION, or every page that is already signed will be called different from its record.
MADE_BY = {"2026-11-23": "256aac843ca5ff7a", "2026-11-24": "b21c5a9604b6a4b5", "2026-11-24.2": "c812a0ff98e534ff"}


def test_rules_do_not_change_under_their_version() -> None:
    """The tables, and the parts of the golden documents, are those of RULES_VERSION."""
    told = [json.dumps(table(name), sort_keys=True) for name in TABLES] + [status._TABLE]
    made = [canonical.dumps(parts(summarise(page(), as_of=TODAY))).decode() for page in PAGES.values()]
    assert hashlib.sha256("\n".join([*told, *made]).encode()).hexdigest()[:16] == MADE_BY[RULES_VERSION]
