"""FHIR R4 Timing in words: every rule of it, or none (datatypes.html#Timing, its examples and its table of codes).

R4 allows what nobody can follow ("once a day at 2:00 and 4:00", "every 3 days on Friday") and says so; here such a
timing is not understood. A code (`BID`) is a complete statement of the structure beside it, bounds excepted: where
the two differ, neither is believed. `frequency 1, period 1 d, dayOfWeek mon` means once that day, on Mondays only:
words that would let a hurried eye stop at "once a day" are not used for it (weekly methotrexate; ISMP).
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from baladeur.record.phrases import DAYS, TIMING_CODES, WHEN, WHEN_OFFSET, Lang, say
from baladeur.record.strict import Node, amount, codings, is_time, measure, range_words, span_words
from baladeur.record.wording import FEMININE, UNITS, join, moment_words, parse_date, plural

Rate = tuple[Fraction, Fraction]  # lowest and highest number of times a day
_Span = tuple[Decimal, Decimal]

_GTS: Final = ("http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", "http://hl7.org/fhir/v3/GTSAbbreviation")
_LENGTH: Final = {
    "s": Fraction(1, 86400), "min": Fraction(1, 1440), "h": Fraction(1, 24), "d": Fraction(1), "wk": Fraction(7),
    "mo": Fraction(30), "a": Fraction(365),
}  # fmt: skip
_ANY_MEAL: Final = frozenset({"C", "AC", "PC"})  # how many a day is not said
_MORNING: Final = ("MORN", "ACM", "CM", "PCM", "WAKE")
_AFTER_NOON: Final = ("AFT", "EVE", "ACV", "CV", "PCV")
# code → (frequency, period, unit), and the moments of the day that it allows
_CODED: Final[dict[str, tuple[int, int, str, tuple[str, ...]]]] = {
    "QD": (1, 1, "d", ()), "BID": (2, 1, "d", ()), "TID": (3, 1, "d", ()), "QID": (4, 1, "d", ()),
    "QOD": (1, 2, "d", ()), "WK": (1, 1, "wk", ()), "MO": (1, 1, "mo", ()), "AM": (1, 1, "d", _MORNING),
    "PM": (1, 1, "d", _AFTER_NOON), "BED": (1, 1, "d", ("HS",)), "Q1H": (1, 1, "h", ()),
    "Q2H": (1, 2, "h", ()), "Q3H": (1, 3, "h", ()), "Q4H": (1, 4, "h", ()), "Q6H": (1, 6, "h", ()),
    "Q8H": (1, 8, "h", ()),
}  # fmt: skip
_TIME: Final = re.compile(r"((?:[01][0-9]|2[0-3]):[0-5][0-9])(?::(?:00(?:\.0+)?|([0-5][0-9](?:\.[0-9]+)?)))?")


_ONE: Final = (Decimal(1), Decimal(1))
_MANY: Final = Fraction(86400)  # a number of times a day that is not limited


@dataclass(frozen=True, slots=True)
class Pace:
    """`often`: the words that say when; `limits`: those that say how long. Without `often` nobody knows the rhythm."""

    often: list[str]
    limits: list[str]
    rate: Rate | None = None
    form: tuple[Decimal, Decimal, str] | None = None  # frequency, period, unit, where no range is involved
    whens: tuple[str, ...] = ()
    times: bool = False
    filtered: bool = False  # by days of the week: what is said of a day is not true of every day
    said: tuple[str, ...] = ()  # free words about the rhythm, which the caller compares with `rate`


def timing(node: Node, lang: Lang) -> Pace:
    """A Timing, or NotUnderstoodError."""
    with node as t:
        events = t.codes("event", parse_date)
        repeat, code = t.node("repeat"), t.node("code")
        if events and (repeat or code):
            raise t.no("event")
        pace = _repeat(repeat, lang) if repeat else Pace([], [])
        if code:
            pace = _with_code(code, pace, lang)
    if events:
        return Pace([say("on_dates", lang, join([moment_words(event, lang) for event in events], lang))], [])
    return pace


def _with_code(node: Node, pace: Pace, lang: Lang) -> Pace:
    with node as c:
        spoken, coded = c.text("text"), codings(c)
    known = {code for system, code, _ in coded if system in _GTS and code in _CODED}
    ours = {*known, *(TIMING_CODES[code][lang] for code in known), ""}
    said = tuple(words for words in dict.fromkeys([spoken, *(display for *_, display in coded)]) if words not in ours)
    quoted = [say("quoted", lang, words) for words in said]
    if not known and said:
        return replace(pace, often=_beside(pace.often, quoted, lang), said=said)
    if len(known) != 1:
        raise node.no("coding")
    (code,) = known
    times, period, unit, moments = _CODED[code]
    rate = Fraction(times) / (period * _LENGTH[unit])
    elsewhen = moments and (pace.times or not all(when.split(".")[0] in moments for when in pace.whens))
    if elsewhen or (pace.filtered and unit != "wk") or (pace.rate or (rate, rate)) != (rate, rate):
        raise node.no("coding")
    words = TIMING_CODES[code][lang]
    if pace.rate is None:
        often = [words, *pace.often]
    elif pace.form == (Decimal(times), Decimal(period), unit) and (pace.whens or not moments):
        often = pace.often
    else:
        often = _beside(pace.often, [words], lang)
    return replace(pace, often=_beside(often, quoted, lang), rate=(rate, rate), said=said)


def _beside(often: list[str], more: list[str], lang: Lang) -> list[str]:
    if not often or not more:
        return often or more
    return [*often[:-1], say("labelled", lang, often[-1], ", ".join(more))]


def _repeat(node: Node, lang: Lang) -> Pace:
    with node as r:
        daily = "count" not in r  # "When time of day is specified, it is inferred that the action happens every day"
        often, period, unit = r.span("frequency", whole=True), r.span("period"), r.text("periodUnit")
        days, times = r.codes("dayOfWeek", DAYS.__contains__), r.codes("timeOfDay", _TIME.fullmatch)
        whens, offset = r.codes("when", WHEN.__contains__), r.decimal("offset")
        limits = [*_bounds(r, lang), *_duration(r, lang), *_count(r, lang)]
        if (period is None) != (not unit) or (unit and unit not in _LENGTH) or (often and not period):  # tim-2
            raise r.no("period")
        if times and whens:  # tim-10
            raise r.no("when")
        if offset is not None and (not whens or offset != int(offset) or not set(whens) <= set(WHEN_OFFSET)):  # tim-9
            raise r.no("offset")
        if not _followable(often, period, unit, days, times, whens):
            raise r.no("period")
    words = _on_days(days, often, period, unit, lang) if days else []
    if period and not days:
        words.append(_cadence(often, period, unit, lang))
    if times:
        key = "daily_at_times" if daily and not words else "at_times"
        words.append(say(key, lang, join([_clock(time) for time in times], lang)))
    if whens:
        words.append(join([_when(code, offset, lang) for code in whens], lang))
    plain = often and period and often[0] == often[1] and period[0] == period[1] and not days
    form = (often[0], period[0], unit) if plain and often and period else None
    rate = _rate(often, period, unit, len(days), 0 if _ANY_MEAL & set(whens) else len(times or whens))
    return Pace(words, limits, rate, form, tuple(whens), bool(times), 0 < len(days) < len(DAYS))


def _followable(
    often: _Span | None, period: _Span | None, unit: str, days: list[str], times: list[str], whens: list[str]
) -> bool:
    """Whether the rules of one `repeat` can be followed together."""
    if period is None:
        return True
    fixed = period[0] == period[1] and (often is None or often[0] == often[1])
    on_days = len(days) if days and unit == "wk" else 1
    if days:
        a_day = unit == "d" and period == _ONE
        a_week = unit == "wk" and (often is None or often[0] == on_days)
        if not fixed or not (a_day or a_week):
            return False
    if (times or whens) and unit not in ("d", "wk", "mo"):
        return False
    if often is None:
        return True
    if times:
        return fixed and often[0] == len(times) * on_days
    if len(whens) > 1 and not _ANY_MEAL & set(whens):
        return fixed and often[0] == len(whens) * on_days
    return True


def _rate(often: _Span | None, period: _Span | None, unit: str, days: int, moments: int) -> Rate | None:
    """Times a day. A period whose frequency is not said has only a lowest one."""
    if period is None:
        rate = Fraction(days or 7, 7) * max(moments, 1)
        return (rate, rate if moments or days else _MANY) if days or moments else None
    share = Fraction(days, 7) if days and unit == "d" else Fraction(1)
    low, high = (share / (Fraction(length) * _LENGTH[unit]) for length in (period[1], period[0]))
    return (low * Fraction(often[0]), high * Fraction(often[1])) if often else (low, _MANY)


def _times(often: _Span, lang: Lang) -> str:
    return say("once", lang) if often == _ONE else say("times", lang, span_words(often, lang))


def _cadence(often: _Span | None, period: _Span, unit: str, lang: Lang) -> str:
    one, many = UNITS[unit][lang]
    if period == _ONE:
        if often is None:
            return say("each", lang, one)
        return say("an" if unit == "h" else "a", lang, _times(often, lang), one)
    key = "every_feminine" if unit in FEMININE else "every"
    interval = say(key, lang, span_words(period, lang), plural(period[1], one, many, lang))
    return interval if often in (None, _ONE) else f"{_times(often, lang)} {interval}"


def _on_days(days: list[str], often: _Span | None, period: _Span | None, unit: str, lang: Lang) -> list[str]:
    names = join([DAYS[day][lang] for day in days], lang)
    ending = "day" if len(days) == 1 else "days"
    if period is None or (unit == "d" and often is None):
        return [say("each", lang, names)]
    if unit == "d" and often:
        return [say(f"only_on_{ending}", lang, names), say(f"times_on_{ending}", lang, _times(often, lang))]
    return [_cadence(often, period, unit, lang), say(f"on_{ending}", lang, names)]


def _clock(time: str) -> str:
    match = _TIME.fullmatch(time)
    return time if match is None or match[2] else match[1]


def _when(code: str, offset: Decimal | None, lang: Lang) -> str:
    if offset is None:
        return WHEN[code][lang]
    return f"{measure(offset, ('min',), lang)} {WHEN_OFFSET[code][lang]}"


def _bounds(node: Node, lang: Lang) -> list[str]:
    name = node.choice("boundsDuration", "boundsRange", "boundsPeriod")
    bounds = node.node(name) if name else None
    if bounds is None:
        return []
    if name == "boundsDuration":
        return [say("for", lang, amount(bounds, lang, is_time))]
    if name == "boundsRange":
        return [say("for", lang, range_words(bounds, lang, is_time))]
    with bounds as b:
        ends = [(key, moment) for key in ("start", "end") if (moment := b.text(key))]
        dates = [moment[:10] for _, moment in ends if parse_date(moment)]
        shortest = min(map(len, dates), default=0)
        if not ends or len(dates) != len(ends) or dates[0][:shortest] > dates[-1][:shortest]:
            raise b.no()
    return [say(key, lang, moment_words(moment, lang)) for key, moment in ends]


def _duration(node: Node, lang: Lang) -> list[str]:
    span, unit = node.span("duration"), node.text("durationUnit")
    if (span is None) != (not unit) or (unit and unit not in _LENGTH):  # tim-1
        raise node.no("duration")
    if span is None:
        return []
    return [say("for_each", lang, f"{span_words(span, lang)} {plural(span[1], *UNITS[unit][lang], lang)}")]


def _count(node: Node, lang: Lang) -> list[str]:
    span = node.span("count", whole=True)
    return [say("total", lang, _times(span, lang))] if span else []
