"""The page lays out every golden record in the words of the command line: same lines, same order, same marks."""

import json
import shutil
import subprocess
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from baladeur.record.emergency import lines as read_lines
from baladeur.record.emergency import parts
from baladeur.record.page import Block, Level, Shown
from baladeur.record.phrases import Lang
from baladeur.record.seen import TRUSTED, Seen, Signature
from baladeur.record.shown import show
from tests.record import test_render as golden

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "image" / "page"
LOUD = (Block.NOTICES, Block.ALERTS, Block.ALLERGIES, Block.DEVICES)
LANGS: tuple[Lang, ...] = ("fr", "en")
#: Lines that the program does not show whole: the dosage of 90 comprimés.
CUT = {"hostile": 1}
DASHED = (*LOUD, Block.TREATMENTS, Block.FIRST)


def case(name: str, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Any], tuple[Shown, ...]]:
    """The parts and the circumstances of a golden page, and what the program shows of them."""
    raw: list[Any] = []
    seen: list[Any] = []

    def lines(signed: Any, declared: Any) -> Any:
        raw.append((list(signed), list(declared)))
        return original_lines(signed, declared)

    def shown(found: Any, day: Any, known: Seen | None = None, *more: Any) -> Any:
        seen.append((found, day, known or Seen()))
        return show(found, day, *([known] if known else []), *more)

    original_lines = golden.lines
    monkeypatch.setattr(golden, "lines", lines)
    monkeypatch.setattr(golden, "show", shown)
    page = golden.page(name)
    found, day, known = seen[-1]
    if not raw:
        raw.append((parts(found), parts(found, declared=True)))
    signature: Any = known.signature
    told = None
    if signature is not None and signature.verdict != "none":
        told = {"verdict": signature.verdict, "signer": signature.who, "day": signature.day, "clock": "host"}
    context = {
        "day": day.isoformat(),
        "older": known.older,
        "withdrawn": known.withdrawn,
        "fictional": known.fictional,
        **({} if signature is None else {"signature": told}),
        **({} if known.pending is None else {"pending": known.pending}),
    }
    return {"parts": raw[-1][0], "declared": raw[-1][1], "context": context}, page


def squeezed(words: str) -> str:
    """Words without what only lays them out."""
    return "".join(words.split()).replace("?", "")


@cache
def node() -> str:
    """Node, or a reason to skip."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("there is no node to run the page's script")
    return found


def laid_out(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the page's script makes of them."""
    done = subprocess.run(
        [node(), str(PAGE / "check-golden.mjs")], input=json.dumps(cases), capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    answer: list[dict[str, Any]] = json.loads(done.stdout)
    return answer


def text(line: Shown, lang: Lang) -> str:
    """A line as running text."""
    label = line.label.of(lang) if line.block in (*LOUD, Block.FIRST) else ""
    confirm = {"fr": "(à confirmer)", "en": "(to be confirmed)"}[lang] if line.to_confirm else ""
    said = " ".join(piece for piece in (label, line.name.of(lang), confirm) if piece)
    detail = line.detail.of(lang)
    return said + ((" — " if line.block in DASHED else " ") + detail if detail else "")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", golden.ALL)
def test_every_line_is_that_of_the_program(name: str, lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text, order, level and doubt, block by block; the difference from the record is the program's alone."""
    made, page = case(name, monkeypatch)
    made["context"]["lang"] = lang
    [found] = laid_out([made])
    different = "DIFFÉRENCE" if lang == "fr" else "DIFFERENCE"
    first = [line for line in page if line.block is Block.FIRST and line.label.of(lang) != different]
    assert [(line["level"], line["text"]) for line in found["first"]] == [(int(x.level), text(x, lang)) for x in first]
    loud = [line for line in page if line.block in LOUD]
    blocks = [loud] + [[x for x in page if x.block is b] for b in Block if b not in (*LOUD, Block.FIRST, Block.BANNER)]
    expected = {
        frozenset(x.block for x in block if x.block not in LOUD) or frozenset(["loud"]): [
            (int(x.level), bool(x.declared or x.unverified), text(x, lang)) for x in block
        ]
        for block in blocks
        if block
    }
    areas = {
        frozenset({"loud"} if i == 0 else {x["block"] for x in area["lines"]}): [
            (x["level"], x["doubt"], x["text"]) for x in area["lines"]
        ]
        for i, area in enumerate(found["areas"])
        if area["lines"]
    }
    assert areas == expected


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", golden.ALL)
def test_every_line_stands_in_the_golden_text(name: str, lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """The golden files themselves hold each line of the page, but for what a small screen cuts or shows apart."""
    made, _ = case(name, monkeypatch)
    made["context"]["lang"] = lang
    [found] = laid_out([made])
    rows = (golden.GOLDEN / f"{name}.{lang}.120x40.txt").read_text("utf-8").splitlines()
    halves = [row.removeprefix("?").partition("│") for row in rows]
    joined = "".join(squeezed("".join(half[side] for half in halves)) for side in (0, 2))
    wanted = [*found["banner"], *(line["text"] for area in found["areas"] for line in area["lines"])]
    wanted += [area["title"] for area in found["areas"]]
    missing = [words for words in wanted if squeezed(words) not in joined]
    assert len(missing) <= CUT.get(name, 0), missing


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("de", ["HOCHRISIKO-ALLERGIE arachide (= Erdnuss)", "Regeln nicht geprüft"]),
        ("es", ["ALERGIA DE ALTO RIESGO arachide (= Cacahuete)", "reglas no revisadas"]),
        ("it", ["asthme (= Asma) 2024", "regole non verificate"]),
        ("pt", ["ALERGIA DE ALTO RISCO arachide (= Amendoim)", "regras não revistas"]),
        ("nl", ["ALLERGIE MET HOOG RISICO arachide (= Pinda)", "regels niet nagekeken"]),
    ],
)
def test_a_doctor_abroad_reads_what_may_kill(lang: str, said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The source's words, and behind them the reader's."""
    made, _ = case("child", monkeypatch)
    made["context"]["lang"] = lang
    [found] = laid_out([made])
    lines = [line["text"] for area in found["areas"] for line in area["lines"]]
    assert all(any(line.startswith(words) for line in lines) for words in said), lines


T = {"fr": "t", "en": "t"}
ODD: list[dict[str, Any]] = [
    {"items": [], "text": "des mots d’ailleurs"},
    {"items": [], "block": "problems", "name": {"fr": "x"}},
    {"items": [], "block": "problems", "name": {"fr": "x", "en": ""}},
    {"items": [], "block": "banner", "name": {"fr": "q", "en": "q"}},
    {"items": [], "block": "first", "name": {"fr": "q", "en": "q"}},
    {"items": [], "block": "nowhere", "kind": "nothing", "name": {"fr": "q", "en": "q"}, "more": [1]},
    {"items": [], "block": "problems", "name": {"fr": "x", "en": "x"}, "level": 7, "detail": [{"date": "zz"}, 5]},
    {"items": [], "block": "problems", "name": {"fr": "x", "en": "x"}, "detail": [{"course": "zz"}, {"end": "zz"}]},
    {"items": [], "block": "allergies", "kind": "rules", "name": {"fr": "x", "en": "y"}},
    {"items": [], "block": "problems", "kind": "guardian", "name": {"fr": "G", "en": "G"}},
    {"items": [], "block": "treatments", "name": T, "detail": [{"start": "2026-12"}, {"end": "2026-10"}]},
    {"items": [], "block": "treatments", "name": T, "turn": {"after": "2026-01-01", "level": 0}},
    {"items": [], "block": "devices", "name": T, "detail": [{"due": "2026"}, {"until": "2026-02"}]},
    {"items": [], "block": "contacts", "name": {"fr": "a\u0000b\u202e c\n d", "en": "e"}},
]  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("part", ODD, ids=range(len(ODD)))
def test_an_odd_part_is_read_alike(part: dict[str, Any], lang: Lang) -> None:
    """What is missing, unknown or of another type ends in the same words in both."""
    seen = Seen(Signature("Dr X", "2026-10-12", "passed"))
    page = show(read_lines([part], []), golden.TODAY, seen)
    signature = {"verdict": "passed", "signer": "Dr X", "day": "2026-10-12", "clock": "host"}
    context = {"day": golden.TODAY.isoformat(), "lang": lang, "signature": signature}
    [found] = laid_out([{"parts": [part], "declared": [], "context": context}])
    told = [(line["level"], line["text"]) for area in found["areas"] for line in area["lines"]]
    told += [(line["level"], line["text"]) for line in found["more"]]
    banner = [x for x in page if x.block is Block.BANNER]
    assert found["banner"] == [banner[0].name.of(lang), next(x.name.of(lang) for x in banner if "Dr X" in x.name.fr)]
    shown = [x for x in page if x.block is not Block.BANNER or x.name.fr == "q"]
    assert sorted(told) == sorted((int(x.level), text(x, lang)) for x in shown)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "verdict",
    [*sorted(TRUSTED), "indeterminate", "not-checked", "failed"],
)
@pytest.mark.parametrize("signer", ["Dr X", "Dr Y", ""])
def test_the_banner_is_worded_alike(verdict: str, signer: str, lang: Lang) -> None:
    """Reviews of the day of the signature and of others, by the signer and by others, both or one of them."""
    days = ("2026-10-12", "2026-10-13", "2026-10", "")
    cases, wanted = [], []
    for first, second, who in product(days, days, ("Dr X", "")):
        told = {"medications": first, "allergies": second}
        made = [
            {"items": ["ab" * 16], "block": "banner", "kind": "review", "name": T,
             "facts": {"day": day, "section": section, **({"who": who} if who else {})}}
            for section, day in told.items() if day
        ]  # fmt: skip
        page = show(read_lines(made, []), golden.TODAY, Seen(Signature(signer, "2026-10-12", verdict)))
        wanted.append([x for x in page if x.block is Block.BANNER][-1].name.of(lang))
        signature = {"verdict": verdict, "signer": signer, "day": "2026-10-12", "clock": "host"}
        context = {"day": golden.TODAY.isoformat(), "lang": lang, "signature": signature}
        cases.append({"parts": made, "declared": [], "context": context})
    assert [found["banner"][1] for found in laid_out(cases)] == wanted


def test_every_level_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cases are worth something: they hold critical, cautionary, doubtful and declared lines."""
    lines = []
    for name in golden.ALL:
        with monkeypatch.context() as patch:
            lines += case(name, patch)[1]
    assert {line.level for line in lines} == set(Level)
    assert any(line.unverified for line in lines)
    assert any(line.declared for line in lines)
