"""Lines to signed parts and back, and how a signed page differs from what the whole record gives.

A part is one line as a JSON object: strings, booleans, small integers, lists and objects, fit for canonical JSON.
What has its default is left out, so that a line has one part and a part one line. Reading refuses nothing: what it
does not understand is shown by its words, and every text is tamed, because a part may come from whoever had the code.
Source: schemas/emergency-page.md; schemas/container.md section 11.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from baladeur.record.page import RULES_VERSION, Block, Fact, Kind, Level, Line, Piece, Turn, ordered
from baladeur.record.seen import Difference
from baladeur.record.wording import GROUP
from baladeur.record.words import FURTHER, NOTHING, Words, count, same, t
from baladeur.text import NOTE, safe_text

Part = dict[str, Any]
_CAP: Final = 2 * NOTE  # characters of one text; a writer's longest is a dosage
_MANY: Final = 4096  # of anything in a list
# Below the limits of schemas/container.md section 16 (4 096 parts, 896 KiB), with room for the declared parts.
_MAX_PARTS: Final = 3_900
_MAX_BYTES: Final = 768 * 1024
_STAND_INS: Final = "_^~|§¤"
_OVERHEAD: Final = 72  # commitment, index, blind and length of one part
_GIVES_WAY: Final = (Block.RESULTS, Block.PROCEDURES, Block.PAST, Block.FOOT, Block.DIRECTIVES, Block.PROBLEMS,
                     Block.DEVICES, Block.TREATMENTS, Block.ALLERGIES, Block.ALERTS, Block.NOTICES)  # fmt: skip
_MEANINGS: Final = frozenset({"date", "until", "due", "start", "end", "course"})


def parts(lines: Iterable[Line], *, declared: bool = False) -> list[Part]:
    """The parts to sign, in the order of the lines; with `declared` those that the holder declares instead.

    `keys` of a line become `items`: for a record, ids of its items in hex. Beyond the limits of the format the last
    lines of the blocks in `_GIVES_WAY` are left out, and a line counts them.
    """
    return _fitted([line for line in lines if line.declared is declared])


def _fitted(lines: Sequence[Line]) -> list[Part]:
    sizes = [len(json.dumps(part_of(line), ensure_ascii=False).encode()) + _OVERHEAD for line in lines]
    left, room = len(lines), sum(sizes)
    dropped: Counter[Block] = Counter()
    kept = [True] * len(lines)
    for block in _GIVES_WAY:
        for at in reversed(range(len(lines))):
            if (left <= _MAX_PARTS and room <= _MAX_BYTES) or lines[at].block is not block:
                continue
            kept[at], left, room = False, left - 1, room - sizes[at]
            dropped[block] += 1
    if not dropped:
        return [part_of(line) for line in lines]
    found = [line for line, stays in zip(lines, kept, strict=True) if stays]
    found += [Line(block, count("elsewhere", number), counted=False) for block, number in dropped.items()]
    return [part_of(line) for line in ordered(found, "emergency")]


def lines(signed: Iterable[Mapping[str, Any]], declared: Iterable[Mapping[str, Any]] = ()) -> tuple[Line, ...]:
    """The lines of a page from its parts: the signed ones, then the declared ones. Raises nothing for any JSON object.

    `parts(lines(p)) == p` for every p that `parts` made, and `lines(parts(x), parts(x, declared=True))` has the lines
    of x. Whether a line is declared is where its part stands, whatever the part says.
    """
    made = [(part, False) for part in signed] + [(part, True) for part in declared]
    return tuple(line_of(part, declared=claimed) for part, claimed in made)


def part_of(line: Line) -> Part:
    """One line as a JSON object."""
    part: Part = {"items": list(line.keys), "block": str(line.block), "name": _words(line.name)}
    if line.kind is not Kind.LINE:
        part["kind"] = str(line.kind)
    if line.level is not Level.PLAIN:
        part["level"] = int(line.level)
    if line.label != NOTHING:
        part["label"] = _words(line.label)
    if line.detail:
        part["detail"] = [_words(one) if isinstance(one, Words) else {one.means: one.raw} for one in line.detail]
    for name, value, default in (
        ("to_confirm", line.to_confirm, False),
        ("counted", line.counted, True),
        ("declared", line.declared, False),
    ):
        if value is not default:
            part[name] = value
    if line.turn:
        turn = line.turn
        part["turn"] = {"after": turn.after, "level": int(turn.level), "to_confirm": turn.to_confirm}
    if line.facts:
        part["facts"] = dict(line.facts)
    return part


def _words(words: Words) -> Part:
    made: Part = {"fr": words.fr, "en": words.en}
    if words.key:
        made["key"] = words.key
    if words.args:
        made["args"] = list(words.args)
    if words.own:
        made["own"] = words.own
    return made | dict(words.more)


def line_of(part: Mapping[str, Any], *, declared: bool = False) -> Line:
    """One JSON object as a line. An unknown block is a remark at the foot; no words at all is said as such."""
    block, kind = tame(part.get("block")), tame(part.get("kind"))
    facts = _object(part.get("facts"))
    return Line(
        Block(block) if block in set(Block) - {Block.FIRST} else Block.FOOT,
        _named(part, kind),
        tuple(tame(one) for one in _list(part.get("items"))),
        _level(part.get("level")),
        _read_words(part.get("label")),
        tuple(_piece(one) for one in _list(part.get("detail"))),
        part.get("to_confirm") is True,
        part.get("counted") is not False,
        Kind(kind) if kind in set(Kind) else Kind.LINE,
        declared,
        _turn(part.get("turn")),
        tuple(sorted({tame(name): tame(value) for name, value in facts.items()}.items())),
    )


def tame(value: object) -> str:
    """A text as it may be shown; the narrow space that groups digits stays. What is no text is empty."""
    if not isinstance(value, str):
        return ""
    if GROUP not in value:
        return safe_text(value, _CAP)
    stand_in = next((one for one in _STAND_INS if one not in value), " ")  # `safe_text` would widen the space
    tamed = safe_text(value.replace(GROUP, stand_in), _CAP)
    return tamed if stand_in == " " else tamed.replace(stand_in, GROUP).strip()


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value[:_MANY] if isinstance(value, list) else []


def _named(part: Mapping[str, Any], kind: str) -> Words:
    """Nothing that was signed goes without words; a patient without a name has a row of its own."""
    said = _read_words(part.get("name"))
    if said != NOTHING or kind == Kind.IDENTITY:
        return said
    text = tame(part.get("text"))
    return same(text) if text else t("unnamed")


def _level(value: object) -> Level:
    return Level(value) if type(value) is int and value in set(Level) else Level.PLAIN


def _read_words(value: object) -> Words:
    given = _object(value)
    fr, en = tame(given.get("fr")), tame(given.get("en"))
    if not fr and not en:
        fr = en = tame(given.get("text"))
    key, args, own = tame(given.get("key")), tuple(map(tame, _list(given.get("args")))), tame(given.get("own"))
    more = tuple((lang, said) for lang in FURTHER if (said := tame(given.get(lang))))
    return Words(fr or en, en or fr, key, args, own, more)


def _piece(value: object) -> Piece:
    given = _object(value)
    means = next((name for name in given if name in _MEANINGS), "")
    return Fact(means, tame(given[means])) if means else _read_words(given)


def _turn(value: object) -> Turn | None:
    given = _object(value)
    if not given:
        return None
    return Turn(tame(given.get("after")), _level(given.get("level")), given.get("to_confirm") is True)


def rules_version(signed: Iterable[Mapping[str, Any]]) -> str:
    """The version of the rules that a page was made with; empty if none of its parts says."""
    versions = (tame(_object(part.get("facts")).get("version")) for part in signed if part.get("kind") == Kind.RULES)
    return next(versions, "")


def differences(
    signed: Sequence[Mapping[str, Any]],
    recomputed: Sequence[Mapping[str, Any]],
    withdrawn: int = 0,
    *,
    without: Collection[Block] = (),
) -> Difference:
    """What was signed against what the whole record gives for the day of signing.

    signed: the parts of the page that are present; recomputed: `parts(summarise(…, as_of=day of signing))`;
    withdrawn: how many parts the patient took away: so many may be missing without a word, the plain ones first;
    without: blocks that are left out. A page of other rules is not compared, only named.
    Two parts of the same items in the same block are one changed line. Raises nothing.
    """
    version = rules_version(signed)
    if version not in ("", RULES_VERSION):
        return Difference(other_rules=version)
    ours, theirs = (Counter(line for line in lines(some) if line.block not in without) for some in (signed, recomputed))
    page, record = list((ours - theirs).elements()), list((theirs - ours).elements())
    twins: dict[tuple[Block, tuple[str, ...]], list[Line]] = {}
    for line in record:
        twins.setdefault((line.block, line.keys), []).append(line)
    changed: list[Line] = []
    alone: list[Line] = []
    for line in page:
        same = twins.get((line.block, line.keys)) if line.keys else None
        if same:
            changed += [line, same.pop()]
        else:
            alone.append(line)
    gone = Counter(changed)
    missing = sorted(((Counter(record)) - gone).elements(), key=lambda line: line.level)
    missing = missing[: max(0, len(missing) - withdrawn)]
    critical = any(line.level is Level.CRITICAL for line in (*changed, *alone, *missing))
    return Difference(len(alone), len(missing), len(changed) // 2, critical)
