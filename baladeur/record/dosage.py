"""A FHIR dosage in words, shown whole or not at all: a weekly dose read as a daily one kills.

The source's own text comes first (FHIR R4 Dosage.text: "should reflect the same information as the timing"). Words
are built from the structure (dosage.html#Dosage) only when every element of it was understood; else the line says
"see the detail" and carries the raw parts. Several dosages are joined in the order of `sequence`: different numbers
follow each other, equal ones go together; one that cannot be shown hides them all. No strength is ever an input.
What the structure does not say (dose, rhythm, measure) is said to be missing, never guessed.

A structure that plainly contradicts its text in number and period is shown beside it and flagged. The rules that
find this (`_contradicts`) would rather miss than cry wolf. A text without any rhythm ("1 comprimé") leaves a weekly
structure unsaid: then the structure stands beside it, too (`_is_silent`). **Reviewed by nobody yet.**
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final, Literal

from baladeur.quiet import quiet
from baladeur.record.phrases import LANGS, Lang, say
from baladeur.record.strict import (
    Node,
    NotUnderstoodError,
    amount,
    codings,
    concept,
    is_dose,
    is_rate,
    one_line,
    range_words,
    ratio_words,
)
from baladeur.record.timing import Pace, Rate, timing
from baladeur.record.wording import NumberNotShownError, exact
from baladeur.text import NOTE, REPLACEMENT, fold, safe_text

Basis = Literal["text", "structure", "both", "detail", "absent"]

_HIGHEST_RANK: Final = 2**31  # FHIR integer
_DOSE_TYPE: Final = "http://terminology.hl7.org/CodeSystem/dose-rate-type"


@dataclass(frozen=True, slots=True, repr=False)
class DosageWords:
    """What may be shown on the line, where it comes from, and everything that was received."""

    words: str
    basis: Basis  # "both": some dosages by their text, others by their structure
    conflict: str = ""  # the coded data in words, where they plainly contradict the text; `words` shows both
    parts: tuple[tuple[str, str], ...] = ()  # (path, value as written, tamed), for the detail view
    obscure: str = ""  # path of the first element that was not understood

    __repr__ = quiet


def words(dosages: Sequence[Mapping[str, Any]], lang: Lang, source_text: str = "") -> DosageWords:
    """The dosage line of one medication, from its raw `dosage` or `dosageInstruction`.

    `source_text` is the source's own text for the whole of them (a rendered instruction), used unless each dosage has
    its own. Raises ValueError for an unknown language, and nothing for any JSON value.
    """
    if lang not in LANGS:
        raise ValueError("no words in this language")
    given: list[object] = list(dosages) if isinstance(dosages, list | tuple) else [dosages]
    parts = _parts(given)
    whole_text = one_line(source_text)
    if not whole_text and given in ([], [{}], [None]):
        return DosageWords(say("absent", lang), "absent", parts=parts)
    try:
        for path, _ in parts:
            if "modifierExtension" in path:  # may turn the meaning of a text as well
                raise NotUnderstoodError(path)
        return _joined(given, lang, whole_text, parts)
    except NotUnderstoodError as obscure:
        return DosageWords(say("detail", lang), "detail", parts=parts, obscure=safe_text(str(obscure)))


def _joined(given: list[object], lang: Lang, whole_text: str, parts: tuple[tuple[str, str], ...]) -> DosageWords:
    texts = [_text(raw, f"dosage[{at}]") for at, raw in enumerate(given)]
    built: list[tuple[str, Rate | None]] = []
    for at, raw in enumerate(given):
        try:
            built.append(_structure(raw, f"dosage[{at}]", lang))
        except NotUnderstoodError:
            if not texts[at] and not whole_text:
                raise
            built.append(("", None))
    if whole_text and not (texts and all(texts)):
        clash = built[0][0] if len(given) == 1 and _contradicts(whole_text, built[0][1]) else ""
        said = _flagged(whole_text, clash, lang)
        if len(given) == 1 and _is_silent(whole_text, built[0][1]):
            return DosageWords(say("silent_text", lang, said, built[0][0]), "both", "", parts)
        return DosageWords(said, "text", clash, parts)
    lines: list[str] = []
    clashes: list[str] = []
    mixed = False
    for text, (structure, rate) in zip(texts, built, strict=True):
        # One text may speak of all the dosages: its count is compared with a lone structure only.
        clash = structure if text and _contradicts(text, rate, count=len(given) == 1) else ""
        clashes += [clash] if clash else []
        silent = text and all(_is_silent(one, rate) for one in texts)  # one text may speak of all the dosages
        lines.append(say("silent_text", lang, text, structure) if silent else _flagged(text, clash, lang) or structure)
        mixed = mixed or bool(silent)
    ranks = _ranks(given, all(texts))
    turns = sorted(range(len(given)), key=ranks.__getitem__)
    line = lines[turns[0]]
    for before, at in pairwise(turns):
        key = "then" if ranks[at] != ranks[before] else "with" if ranks[at] else "list"
        line += say(key, lang) + lines[at]
    basis: Basis = "text" if all(texts) and not mixed else "both" if any(texts) else "structure"
    return DosageWords(line, basis, say("list", lang).join(clashes), parts)


def _flagged(text: str, clash: str, lang: Lang) -> str:
    return say("mismatch", lang, text, clash) if clash else text


def _text(raw: object, path: str) -> str:
    text = raw.get("text", "") if isinstance(raw, dict) else ""
    if not isinstance(text, str) or (text.strip() and not one_line(text)):
        raise NotUnderstoodError(f"{path}.text")
    return one_line(text)


def _ranks(given: list[object], texts: bool) -> list[tuple[int, ...]]:
    """The sequence numbers; none at all leaves the order of the source, and texts speak for themselves."""
    ranks = [_rank(raw["sequence"]) for raw in given if isinstance(raw, dict) and "sequence" in raw]
    whole = [rank for rank in ranks if rank is not None]
    if len(whole) == len(given):
        return [(rank,) for rank in whole]
    if ranks and not texts:
        raise NotUnderstoodError("dosage.sequence")
    return [()] * len(given)


def _rank(raw: object) -> int | None:
    try:
        value = exact(raw)
    except NumberNotShownError:
        return None
    return int(value) if abs(value) < _HIGHEST_RANK and value == int(value) else None


def _structure(raw: object, path: str, lang: Lang) -> tuple[str, Rate | None]:
    """One dosage from its structure alone, with its number of times a day where it has one."""
    with Node(raw, path) as d:
        d.pop("text")  # shown by the caller
        if "sequence" in d and _rank(d.pop("sequence")) is None:
            raise d.no("sequence")
        dose, infused = _dose(d, lang)
        node = d.node("timing")
        pace = timing(node, lang) if node else Pace([], [])
        if any(_contradicts(said, pace.rate) for said in pace.said):
            raise d.no("timing.code")
        needed = _as_needed(d, lang)
        most = _maximum(d, lang)
        labelled = [say(name, lang, concept(one)) for name in ("route", "site", "method") if (one := d.node(name))]
        labelled += [say("additionalInstruction", lang, concept(one)) for one in d.nodes("additionalInstruction")]
        told = d.text("patientInstruction")
    once = say("total", lang, say("once", lang)) in pace.limits
    paced = pace.often or needed or infused or once
    pieces = [
        *(dose or [say("no_dose", lang)]),
        *(pace.often or ([] if paced else [say("no_pace", lang)])),
        *pace.limits,
        *needed,
        *most,
        *labelled,
        *([say("patientInstruction", lang, told)] if told else []),
    ]
    return ", ".join(pieces), pace.rate


def _given(dosage: Node, lang: Lang) -> tuple[list[str], bool]:
    """`dose` and `rate[x]` of MedicationAdministration.dosage: what was given, in no list and with no kind."""
    said = [amount(node, lang, is_dose)] if (node := dosage.node("dose")) else []
    name = dosage.choice("rateQuantity", "rateRatio")
    if node := dosage.node(name):
        rate = ratio_words(node, lang) if name == "rateRatio" else amount(node, lang, is_rate)
        said.append(say("rate", lang, rate))
    return said, bool(name)


def _dose(dosage: Node, lang: Lang) -> tuple[list[str], bool]:
    """The doses and rates. Several are one dose said in several ways, so each must say which way it is."""
    given, infused = _given(dosage, lang)
    if given:
        return [", ".join(given)], infused
    found: list[tuple[str, str]] = []
    for item in dosage.nodes("doseAndRate"):
        with item as i:
            kind = i.node("type")
            label = _dose_type(kind, lang) if kind else ""
            said: list[str] = []
            name = i.choice("doseQuantity", "doseRange")
            if node := i.node(name):
                said.append((amount if name == "doseQuantity" else range_words)(node, lang, is_dose))
            name = i.choice("rateQuantity", "rateRange", "rateRatio")
            if node := i.node(name):
                rate = ratio_words(node, lang) if name == "rateRatio" else ""
                rate = rate or (amount if name == "rateQuantity" else range_words)(node, lang, is_rate)
                said.append(say("rate", lang, rate))
                infused = True
            if not said:
                raise i.no()
            found.append((label, ", ".join(said)))
    labels = [label for label, _ in found]
    if len(found) == 1 and labels[0] in ("", say("ordered", lang)):
        return [found[0][1]], infused
    if len(set(labels)) != len(labels) or (len(labels) > 1 and "" in labels):
        raise dosage.no("doseAndRate")
    several = [say("labelled", lang, said, label) for label, said in found]
    return [say("list", lang).join(several)] if several else [], infused


def _dose_type(node: Node, lang: Lang) -> str:
    with node as n:
        text, coded = n.text("text"), codings(n)
    known = {code for system, code, _ in coded if system == _DOSE_TYPE and code in ("ordered", "calculated")}
    if len(known) == 1:
        return say(known.pop(), lang)
    spoken = [words for words in (text, *(display for *_, display in coded)) if words]
    if known or not spoken:
        raise node.no("coding")
    return spoken[0]


def _as_needed(dosage: Node, lang: Lang) -> list[str]:
    name = dosage.choice("asNeededBoolean", "asNeededCodeableConcept")
    if name == "asNeededCodeableConcept" and (node := dosage.node(name)):
        return [say("as_needed_for", lang, concept(node))]
    return [say("as_needed", lang)] if dosage.flag("asNeededBoolean") else []


def _maximum(dosage: Node, lang: Lang) -> list[str]:
    most = []
    if node := dosage.node("maxDosePerPeriod"):
        most.append(say("max_period", lang, ratio_words(node, lang)))
    if node := dosage.node("maxDosePerAdministration"):
        most.append(say("max_administration", lang, amount(node, lang, is_dose)))
    if node := dosage.node("maxDosePerLifetime"):
        most.append(say("max_lifetime", lang, amount(node, lang, is_dose)))
    return most


# ---------------------------------------------------------------- text against structure

_LENGTHS = re.compile(r"\b(?:pendant|durant|for|during)\s+\d+\s*(?:jours?|j|semaines?|mois|days?|weeks?|months?)\b")
_COUNT = (
    r"(?:(?P<low>\d{1,4})\s*(?:a|-|–|to|ou|or)\s*)?"
    r"(?:(?P<n>(?<!\d)\d{1,4}|une|deux|trois|quatre|one|two|three|four)\s*(?:fois|x|times?)|(?P<word>once|twice))\s*"
)
_PERIODS = (
    r"(?P<day>par jour|/ ?jour|/ ?j\b|chaque jour|tous les jours|(?<![\w-])(?:quotidien|journalier)\w*|"
    r"(?<![\w-])daily|(?:per|a|each|every|/) ?day)\b|"
    r"(?P<week>par semaine|/ ?sem(?:aine)?\b|chaque semaine|toutes les semaines|(?<![\w-])hebdomadaire\w*|"
    r"(?<![\w-])weekly|(?:per|a|each|every|/) ?week)\b|"
    r"(?P<month>par mois|/ ?mois|chaque mois|tous les mois|(?<![\w-])mensuel\w*|"
    r"(?<![\w-])monthly|(?:per|a|each|every|/) ?month)\b"
)
_CADENCE = re.compile(f"(?:{_COUNT})?(?:{_PERIODS})")
_UNCLEAR = re.compile(  # a second period, a named day, a condition: then no plain statement is left to contradict
    r"jour|semaine|hebdo|quotid|mois|mensu|heure|day|dail|week|month|hour|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
    r"dimanche|max|puis|then|sauf|except|alter"
)
_NUMBERS: Final = {
    "une": 1, "one": 1, "once": 1, "deux": 2, "two": 2, "twice": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4
}  # fmt: skip
_A_DAY: Final = {"day": (1, 1), "week": (7, 7), "month": (28, 31)}  # shortest and longest, in days


def _contradicts(text: str, rate: Rate | None, *, count: bool = True) -> bool:
    """Whether a text that names one period, once, cannot be about so many times a day."""
    plain = _LENGTHS.sub(" ", fold(text))
    found = list(_CADENCE.finditer(plain))
    if rate is None or len(found) != 1 or _UNCLEAR.search(plain[: found[0].start()] + plain[found[0].end() :]):
        return False
    match = found[0]
    period = next(name for name in _A_DAY if match[name])
    shortest, longest = _A_DAY[period]
    low, high = rate
    said = match["n"] or match["word"]
    if said and not match["low"] and count:
        times = _NUMBERS.get(said) or int(said)
        return high < Fraction(times, longest) or low > Fraction(times, shortest)
    # Without a number: a day's dose taken less than daily, or a week's or a month's dose taken daily.
    return high < Fraction(1, longest) or (period != "day" and low >= 1)


_LONG = (  # words for rhythms rarer than once a day, or for one that is to be had elsewhere
    r"jour|semaine|\bsem\b|hebdo|quotid|mois|mensu|annee|\ban\b|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"besoin|douleur|fievre|selon|suivant|schema|protocole|unique|une seule|dose de charge|tous les|toutes les|chaque|"
    r"/ ?[jhd]\b|day|dail|week|month|year|need|pain|fever|required|directed|according|single|stat\b|alternate|every|"
    r"each|\bq ?\d|\bq\.?[hdow]|\bp\.?r\.?n\b|tag|woche|dag|semana|giorn|settiman"
)
_RARE = re.compile(_LONG)
_RHYTHM = re.compile(  # whatever a text may say of when: in doubt it is a rhythm, and the text stands alone
    _LONG + r"|heure|matin|midi|soir|coucher|lever|nuit|repas|jeun|dejeuner|diner|continu|fois|prises?\b|\bpar\b|"
    r"hour|morning|noon|evening|night|bed|meal|breakfast|lunch|dinner|supper|food|fasting|once|twice|thrice|times?\b|"
    r"\bper\b|continuous|\b[bqt]\.?i\.?d\b|\b[ohap][dsc]\b|\bx ?\d|\d ?x|\d ?[-–] ?\d|dia\b"
)


def _is_silent(text: str, rate: Rate | None) -> bool:
    """Whether a text hides the rhythm of the structure beside it: "10 mg le soir" where the structure says weekly.

    A text without any rhythm is silent about all but once a day; one with moments of the day, about what is rarer.
    """
    if rate is None or rate == (Fraction(1), Fraction(1)):
        return False
    return not (_RARE if rate[1] < 1 else _RHYTHM).search(fold(text))


def _parts(given: list[object]) -> tuple[tuple[str, str], ...]:
    """Every leaf with its path, in order; by a list and not by recursion, which a deep document would break."""
    parts = []
    stack: list[tuple[str, object]] = [(f"dosage[{at}]", raw) for at, raw in enumerate(given)][::-1]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict) and value:
            stack += [(f"{path}.{safe_text(str(key))}", inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list) and value:
            stack += [(f"{path}[{at}]", inner) for at, inner in reversed(list(enumerate(value)))]
        else:
            parts.append((path, safe_text(_leaf(value), NOTE, lines=True)))
    return tuple(parts)


def _leaf(value: object) -> str:
    if isinstance(value, str | Decimal):
        return str(value)
    try:
        return json.dumps(value)
    except (TypeError, ValueError):  # no JSON value, or an integer of thousands of digits
        return REPLACEMENT
