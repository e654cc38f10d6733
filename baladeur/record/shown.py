"""Lines to what is shown on a day: age, validity, freshness, and what is known of the signature. The one place for it.

Nothing that has ended, or whose date is reached, is shown as if nothing had happened: it says so and is to be
confirmed. Source: schemas/emergency-page.md, which says the same for readers that are not this program.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from baladeur.record.page import REVIEWED, Block, Fact, Kind, Level, Line, Piece, Shown, ordered
from baladeur.record.seen import Seen, notices, review_words, signed
from baladeur.record.wording import age, is_minor, parse_date, span
from baladeur.record.words import NOTHING, Words, both, dated, day, join, label, t

OLD_DAYS: Final = 365
_EACH: Final = ((Block.ALLERGIES, "no_line_allergy"), (Block.PROBLEMS, "no_line"), (Block.TREATMENTS, "no_line"))
_BANNER: Final = frozenset({Kind.IDENTITY, Kind.WEIGHT, Kind.SOURCE, Kind.REVIEW})


def show(lines: Sequence[Line], as_of: date, seen: Seen | None = None, order: str = "emergency") -> tuple[Shown, ...]:
    """The lines of the page in words for the day `as_of`, in their order, what is known of the page itself first.

    lines: of `summary.summarise` or `emergency.lines`. Raises KeyError for an unknown order, and nothing for any line.
    """
    seen = seen or Seen()
    signed = [one for one in lines if not one.declared]
    who = next((one for one in (*signed, *lines) if one.kind is Kind.IDENTITY), None)
    minor = who is not None and is_minor(who.fact("birth"), as_of)
    body = [_one(one, as_of, minor) for one in signed if one.kind not in _BANNER]
    claims = [one for one in lines if one.declared and one is not who and one.kind is not Kind.PENDING]
    said = {"contact"} & {str(one.kind) for one in claims}
    said |= {"advance_directives"} if any(one.name.key == "directive" for one in claims) else set()
    body = [one for one in body if one.block is not Block.MISSING or one.name.key not in said]
    made = [*notices(seen, lines), *_banner(who, signed, as_of, seen, minor), *_old(signed, as_of, seen), *body]
    made += _holes(body)
    if minor and not any(one.kind is Kind.GUARDIAN for one in lines):
        made.append(Shown(Block.CONTACTS, t("guardian", t("not_recorded")), counted=False, declared=True))
    made += [_claim(_one(one, as_of, minor)) for one in claims]
    if seen.is_doubtful:
        ours = (Block.FIRST, Block.CONTACTS)
        made = [one if one.declared or one.block in ours else replace(one, unverified=True) for one in made]
    return ordered(made, order)


def _one(line: Line, as_of: date, minor: bool) -> Shown:
    said = [(piece, _said(piece, as_of)) for piece in line.detail]
    over = any(isinstance(piece, Fact) and _is_over(piece, as_of) for piece in line.detail)
    level, doubt = line.level, line.to_confirm or over
    turned = span(line.turn.after) if line.turn else None
    if line.turn and turned and turned[1] < as_of:
        level, doubt = line.turn.level, doubt or line.turn.to_confirm
    name = line.name
    if line.kind is Kind.GUARDIAN:
        name = t("guardian" if minor else "to_call", name)
    detail = join(words for _, words in said)
    brief = join(both(words.bare) for _, words in said) if any(words.own for _, words in said) else NOTHING
    made = Shown(line.block, name, line.keys, level, line.label, detail, doubt, line.counted, line.declared)
    return replace(made, brief=brief)


def _claim(one: Shown) -> Shown:
    """What the holder declares stands in its own part, in plain words, whatever it claims to be."""
    name = join([one.label, one.name], " ")
    return replace(one, block=Block.CONTACTS, name=name, label=NOTHING, level=Level.PLAIN, declared=True)


def _is_over(fact: Fact, as_of: date) -> bool:
    end = span(fact.raw)
    return fact.means in ("end", "course") and end is not None and end[1] < as_of


def _said(piece: Piece, as_of: date) -> Words:
    """One piece of a detail in words."""
    if isinstance(piece, Words):
        return piece
    meant = span(piece.raw)
    if meant is None or piece.means not in ("until", "due", "start", "end", "course"):
        return day(piece.raw)
    past = meant[1] < as_of
    match piece.means:
        case "due":
            return t("due_past" if past else "due", day(piece.raw))
        case "start":
            return dated("from", piece.raw) if meant[0] > as_of else t("begun", day(piece.raw))
        case "course":
            return t("course_over") if past else NOTHING
        case "end" if past:
            return t("ended", day(piece.raw))
        case _:
            return dated("until", piece.raw)


def _banner(who: Line | None, lines: Sequence[Line], as_of: date, seen: Seen, minor: bool) -> list[Shown]:
    second: list[Words] = []
    keys: list[str] = []
    source: list[Words] = []
    weights = [one for one in lines if one.kind is Kind.WEIGHT]
    for one in lines:
        if one.kind is Kind.SOURCE:
            said, author = one.fact("day"), one.fact("who")
            written = dated("document", said) if said else t("no_document_date")
            source.append(join([written, t("by", author)] if author else [written], " "))
    nobody = Shown(Block.BANNER, join([t("no_name"), _mark(seen)], "   "), counted=False)
    dead = any(one.label.key == "label.deceased" for one in lines)
    first = _identity(who, None if dead else as_of, seen) if who else nobody
    if minor:
        second += [_weight(one, as_of) for one in weights] or [t("no_weight")]
        keys += [key for one in weights for key in one.keys]
    second += [signed(seen.signature)] if seen.signature else source
    reviews = _reviews(lines)
    keys += [key for one in reviews.values() for key in one.keys]
    signer = seen.signature.who if seen.signature and seen.signature.verdict not in ("none", "failed") else ""
    for name in REVIEWED if reviews else ():
        last = reviews.get(name)
        who_else = last.fact("who") if last and last.fact("who") != signer else ""  # the signer is named already
        second.append(review_words(name, last.fact("day"), who_else) if last else t(f"never_{name}"))
    if not reviews:
        second.append(t("never_both"))
    return [first, Shown(Block.BANNER, join(second, " · "), tuple(dict.fromkeys(keys)), counted=False)]


def _reviews(lines: Iterable[Line]) -> dict[str, Line]:
    """The last review of each section that has a date."""
    found: dict[str, Line] = {}
    for name in REVIEWED:
        of = [one for one in lines if one.kind is Kind.REVIEW and one.fact("section") == name]
        of = [one for one in of if span(one.fact("day"))]
        if of:
            found[name] = max(of, key=lambda one: one.fact("day"))
    return found


def _mark(seen: Seen) -> Words:
    return t("fictional") if seen.fictional else NOTHING


def _identity(one: Line, as_of: date | None, seen: Seen) -> Shown:
    """`MOREAU, Jeanne (née LEROY)   F   née 04 mars 1961 (65 ans)`; no age without a day."""
    sex, born, maiden = one.fact("sex"), one.fact("birth"), one.fact("birth_name")
    ending = f"_{sex}" if sex in ("male", "female") else ""
    name = join([one.name, t(f"maiden{ending}", maiden) if maiden else NOTHING], " ")
    birth = t("no_birth")
    if born:
        old = both(lambda lang: f" ({words})" if as_of and (words := age(born, as_of, lang)) else "")
        birth = join([t(f"born{ending}", day(born)), old], "")
    declared = t("declared") if one.declared else NOTHING
    words = join([name, t(sex if sex in ("male", "female", "other", "unknown") else "no_sex"), birth, declared,
                  _mark(seen)], "   ")  # fmt: skip
    return Shown(Block.BANNER, words, one.keys, counted=False, declared=one.declared)


def _weight(one: Line, as_of: date) -> Words:
    """`poids 16,5 kg, 01 oct. 2026 (il y a 2 mois)`: a child's weight is only as good as its date."""
    raw = next((piece.raw for piece in one.detail if isinstance(piece, Fact)), "")
    when = parse_date(raw)
    since = both(lambda lang: age(raw, as_of, lang)) if when and when.day and _days(raw, as_of) >= 1 else NOTHING
    said = join(_said(piece, as_of) for piece in one.detail)
    parts = [one.name, said, both(lambda lang: f"({t('ago', since).of(lang)})") if since.fr else NOTHING]
    return join(parts, " ")


def _days(raw: str, as_of: date) -> int:
    meant = span(raw)
    return (as_of - meant[1]).days if meant else 0


def _old(lines: Sequence[Line], as_of: date, seen: Seen) -> list[Shown]:
    """Judged on the older review; with one review, on the older of it and the last signature (or the document)."""
    reviews = [one.fact("day") for one in _reviews(lines).values()]
    last = seen.signature.day if seen.signature else ""
    last = last or next((one.fact("day") for one in lines if one.kind is Kind.SOURCE), "")
    dates = reviews if len(reviews) == len(REVIEWED) else [*reviews, last]
    known = [(found[1], raw) for raw in dates if (found := span(raw))]
    if not known or (as_of - min(known)[0]).days <= OLD_DAYS:
        return []
    return [Shown(Block.NOTICES, t("old", day(min(known)[1])), (), Level.CAUTION, label("old"), counted=False)]


def _holes(body: Iterable[Shown]) -> list[Shown]:
    """A part of which no line is left, because the patient withdrew it or nobody signed, is no "none"."""
    present = {one.block for one in body if not one.declared}
    level = {Block.ALLERGIES: Level.CAUTION}
    head = {Block.ALLERGIES: label("allergy")}
    return [Shown(block, t(key), (), level.get(block, Level.PLAIN), head.get(block, NOTHING), counted=False)
            for block, key in _EACH if block not in present]  # fmt: skip
