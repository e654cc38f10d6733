"""Numbers, units, dates and ages in words, from plain tables: no locale, one word per thing, the language a parameter.

Numbers are shown without trailing zero, with a leading zero, grouped by U+202F from 1 000 on, micrograms and units
spelt, a space before the unit, "per" spelt rather than a slash (ISMP, List of Error-Prone Abbreviations, Symbols and
Dose Designations; NHS Common User Interface MEDi-014 to 016). A comma never groups: for a French eye `1,250` is 1.25.
The month is never a number, and a partial date stays partial (NHS date display; FHIR R4, date and dateTime).

Every table here is clinical content. **Reviewed by nobody yet**: each wants a clinician's signature, per language.
"""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from baladeur.record.phrases import PHRASES, Lang

LabelLang = Literal["fr", "en", "de", "es", "it", "pt", "nl"]  # dates, ages and numbers of the emergency labels
LABEL_LANGS: Final[tuple[LabelLang, ...]] = ("fr", "en", "de", "es", "it", "pt", "nl")
GROUP: Final = "\u202f"  # narrow no-break space: it cannot be read as a decimal sign in any language

# ---------------------------------------------------------------- numbers

_DECIMAL_SIGN: Final[Mapping[str, str]] = {
    "fr": ",", "en": ".", "de": ",", "es": ",", "it": ",", "pt": ",", "nl": ",",
}  # fmt: skip
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?")
_WIDEST = 15  # digits on either side of the decimal sign; no real quantity needs more, and nobody can read them


class NumberNotShownError(ValueError):
    """What was given is no number, or cannot be displayed with exactly its value. Never rounded instead."""


def exact(raw: object) -> Decimal:
    """The value of a number as it was written: an int, a Decimal or its text. A float has already lost it."""
    if not isinstance(raw, int | Decimal | str) or isinstance(raw, bool):
        raise NumberNotShownError("not a number as written")
    if isinstance(raw, int) and abs(raw) >= 10**40:  # also spares the quadratic int-to-text conversion
        raise NumberNotShownError("too long")
    text = str(raw)
    if not _NUMBER.fullmatch(text):
        raise NumberNotShownError("not a number as written")
    return Decimal(text)


def number(raw: object, lang: LabelLang) -> str:
    """`1250.50` → `1 250,5` in French: other digits are never shown than those of the value."""
    value = exact(raw)
    if value and not -_WIDEST <= value.adjusted() < _WIDEST:
        raise NumberNotShownError("out of what can be read")
    whole, _, fraction = f"{abs(value):f}".partition(".")
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    sign = "-" if value < 0 else ""
    if len(fraction) > 2 * _WIDEST or Decimal(f"{sign}{whole}.{fraction or '0'}") != value:
        raise NumberNotShownError("its display would change its value")
    head = len(whole) % 3 or 3
    groups = [whole[:head], *(whole[at : at + 3] for at in range(head, len(whole), 3))]
    return sign + GROUP.join(groups) + (_DECIMAL_SIGN[lang] + fraction if fraction else "")


def plural(value: Decimal | int, one: str, many: str, lang: LabelLang) -> str:
    """French says `1,5 comprimé` and `2 comprimés`; the others say the singular for 1 alone."""
    return one if (-2 < value < 2 if lang == "fr" else value == 1) else many


def join(items: Sequence[str], lang: Lang) -> str:
    """`a, b et c`."""
    return (PHRASES["and"][lang]).join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else list(items))


# ---------------------------------------------------------------- units. Reviewed by nobody yet.

# key → language → (one, many). A unit that is not here is shown as its source writes it.
UNITS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "ug": {"fr": ("microgramme", "microgrammes"), "en": ("microgram", "micrograms")},
    "ng": {"fr": ("nanogramme", "nanogrammes"), "en": ("nanogram", "nanograms")},
    "U": {"fr": ("unité", "unités"), "en": ("unit", "units")},
    **{key: {"fr": (key, key), "en": (key, key)} for key in ("mg", "g", "kg", "mL", "L", "mmol", "mEq", "kcal")},
    "m2": {"fr": ("m²", "m²"), "en": ("m²", "m²")},
    "s": {"fr": ("seconde", "secondes"), "en": ("second", "seconds")},
    "min": {"fr": ("minute", "minutes"), "en": ("minute", "minutes")},
    "h": {"fr": ("heure", "heures"), "en": ("hour", "hours")},
    "d": {"fr": ("jour", "jours"), "en": ("day", "days")},
    "wk": {"fr": ("semaine", "semaines"), "en": ("week", "weeks")},
    "mo": {"fr": ("mois", "mois"), "en": ("month", "months")},
    "a": {"fr": ("an", "ans"), "en": ("year", "years")},
    "tablet": {"fr": ("comprimé", "comprimés"), "en": ("tablet", "tablets")},
    "capsule": {"fr": ("capsule", "capsules"), "en": ("capsule", "capsules")},
    "drop": {"fr": ("goutte", "gouttes"), "en": ("drop", "drops")},
    "puff": {"fr": ("bouffée", "bouffées"), "en": ("puff", "puffs")},
    "patch": {"fr": ("patch", "patchs"), "en": ("patch", "patches")},
}
TIME_UNITS: Final = frozenset({"s", "min", "h", "d", "wk", "mo", "a"})
FEMININE: Final = frozenset({"s", "min", "h", "wk"})  # toutes les heures, tous les jours

# Written forms, case and all (`Mg` is not `mg`), → key.
_ALIASES: Final[Mapping[str, str]] = {
    form: key
    for key, forms in {
        "ug": "ug µg μg mcg MCG microg microgram micrograms microgramme microgrammes",
        "ng": "ng nanogram nanograms nanogramme nanogrammes",
        "U": "U UI IU IE [iU] [IU] U.I. I.U. unit units unité unités",
        "mg": "mg MG milligram milligrams milligramme milligrammes",
        "g": "g gram grams gramme grammes", "kg": "kg", "mmol": "mmol", "mEq": "mEq meq", "kcal": "kcal",
        "mL": "mL ml ML milliliter milliliters millilitre millilitres", "L": "L l", "m2": "m2 m²",
        "s": "s sec second seconds seconde secondes", "min": "min minute minutes",
        "h": "h hr hrs hour hours heure heures", "d": "d day days jour jours dag dagen Tag Tage",
        "wk": "wk week weeks semaine semaines", "mo": "mo month months mois", "a": "a year years an ans",
    }.items()
    for form in forms.split()
}  # fmt: skip
UCUM: Final = "http://unitsofmeasure.org"
_SNOMED, _EDQM = "http://snomed.info/sct", "http://standardterms.edqm.eu"
_HL7_FORM = "http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm"
# What may be counted in our words. By code only: a word alone may be a brand's or a strength's.
FORMS: Final[Mapping[tuple[str | None, str], str]] = {
    (UCUM, "{tbl}"): "tablet", (UCUM, "{tablet}"): "tablet", (UCUM, "{Tablet}"): "tablet",
    (_SNOMED, "385055001"): "tablet", (_SNOMED, "732936001"): "tablet", (_EDQM, "10219000"): "tablet",
    (_HL7_FORM, "TAB"): "tablet", (UCUM, "{capsule}"): "capsule", (_HL7_FORM, "CAP"): "capsule",
    (UCUM, "[drp]"): "drop", (UCUM, "{drop}"): "drop", (_HL7_FORM, "DROP"): "drop",
    (UCUM, "{puff}"): "puff", (_HL7_FORM, "PUFF"): "puff", (UCUM, "{patch}"): "patch",
}  # fmt: skip
# Only to see whether a unit's word agrees with its code.
FORM_WORDS: Final[Mapping[str, str]] = {
    word: key
    for key, words in {
        "tablet": "tablet tablets tab tabs comprimé comprimés cp cpr tablette tabletten",
        "patch": "patch patchs patches",
        "capsule": "capsule capsules cap caps gélule gélules", "drop": "drop drops gtt goutte gouttes",
        "puff": "puff puffs bouffée bouffées",
    }.items()
    for word in words.split()
}  # fmt: skip


def unit_key(text: str) -> tuple[str, ...]:
    """`µg/kg/min` → `("ug", "kg", "min")`; empty when one part is not in the table."""
    keys = tuple(_ALIASES.get(part, "") for part in text.split("/"))
    return keys if all(keys) else ()


def unit_words(unit: tuple[str, ...], value: Decimal | int, lang: Lang) -> str:
    """`("ug", "kg", "min")` → `microgrammes par kg par minute`."""
    first, *rest = (UNITS[key][lang] for key in unit)
    return PHRASES["per"][lang].join([plural(value, *first, lang), *(one for one, _ in rest)])


def quantity(value: object, unit: str, lang: Lang) -> str:
    """A number with its unit: a single known unit in our words, any other (`mmol/L`) as its source writes it.

    Raises NumberNotShownError, as `number` does.
    """
    key = unit_key(unit.strip())
    words = unit_words(key, exact(value), lang) if len(key) == 1 else unit.strip()
    return f"{number(value, lang)} {words}".rstrip()


def phone(raw: str) -> str:
    """As written: regrouping the digits of a foreign number makes it wrong sooner than readable."""
    return raw.strip()


# ---------------------------------------------------------------- dates and ages. Reviewed by nobody yet.

MONTHS: Final[Mapping[str, list[str]]] = {
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.".split(),
    "es": "ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic.".split(),
    "it": "gen. feb. mar. apr. mag. giu. lug. ago. set. ott. nov. dic.".split(),
    "pt": "jan. fev. mar. abr. maio jun. jul. ago. set. out. nov. dez.".split(),
    "nl": "jan. feb. mrt. apr. mei juni juli aug. sept. okt. nov. dec.".split(),
}
# (years one, many), (months one, many), (days one, many), "a to b"
AGES: Final[Mapping[str, tuple[tuple[str, str], tuple[str, str], tuple[str, str], str]]] = {
    "fr": (("an", "ans"), ("mois", "mois"), ("jour", "jours"), "{} à {}"),
    "en": (("year", "years"), ("month", "months"), ("day", "days"), "{} to {}"),
    "de": (("Jahr", "Jahre"), ("Monat", "Monate"), ("Tag", "Tage"), "{} bis {}"),
    "es": (("año", "años"), ("mes", "meses"), ("día", "días"), "{} a {}"),
    "it": (("anno", "anni"), ("mese", "mesi"), ("giorno", "giorni"), "{} a {}"),
    "pt": (("ano", "anos"), ("mês", "meses"), ("dia", "dias"), "{} a {}"),
    "nl": (("jaar", "jaar"), ("maand", "maanden"), ("dag", "dagen"), "{} tot {}"),
}
MAJORITY: Final = 18  # years; Code civil, article 414
_DATE = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})"
    r"(?:T((?:[01][0-9]|2[0-3]):[0-5][0-9])(?::([0-5][0-9](?:\.[0-9]+)?|60))?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?"
)


@dataclass(frozen=True, slots=True)
class When:
    """A FHIR date, dateTime or instant taken apart; what the source left out is empty."""

    year: int
    month: int = 0
    day: int = 0
    time: str = ""  # as written, without seconds that are zero
    zone: str = ""


def parse_date(raw: str) -> When | None:
    """None for what is no FHIR date, `2026-02-30` included."""
    match = _DATE.fullmatch(raw)
    if match is None:
        return None
    year, month, day, time, seconds, zone = match.groups(default="")
    when = When(int(year), int(month or 0), int(day or 0), time + (f":{seconds}" if seconds.strip("0.") else ""), zone)
    try:
        date(when.year, when.month if month else 1, when.day if day else 1)
    except ValueError:
        return None
    return when


def span(raw: str) -> tuple[date, date] | None:
    """The first and the last day that a FHIR date can mean; None if it is none."""
    when = parse_date(raw)
    if when is None:
        return None
    last = when.month or 12
    end = when.day or monthrange(when.year, last)[1]
    return date(when.year, when.month or 1, when.day or 1), date(when.year, last, end)


def is_minor(born: str, on: date) -> bool:
    """Whether somebody born then may be under 18 on a day. Unknown is no."""
    when = span(born)
    return when is not None and on < _birthday(when[1], MAJORITY)


def is_outside(born: str, ages: tuple[int, int], on: date) -> bool:
    """Whether somebody born then surely is younger than the first age on a day, or older than the second."""
    when = span(born)
    return when is not None and (on < _birthday(when[0], ages[0]) or on >= _birthday(when[1], ages[1] + 1))


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:  # born on 29 February, or at the end of time
        return date(born.year + years, 3, 1) if born.year + years <= date.max.year else date.max


def date_words(raw: str, lang: LabelLang) -> str:
    """`04 mars 2026`, `mars 2026`, `2026`; of an instant the date as written. What is no date is shown as written."""
    when = parse_date(raw)
    if when is None:
        return raw
    day = f"{when.day:02d}" + ("." if lang == "de" else "") if when.day else ""
    month = MONTHS[lang][when.month - 1] if when.month else ""
    return " ".join(part for part in (day, month, f"{when.year:04d}") if part)


def moment_words(raw: str, lang: Lang) -> str:
    """With its time and zone, where it has them: `04 mars 2026 à 08:00 (UTC+01:00)`."""
    when = parse_date(raw)
    words = date_words(raw, lang)
    if when is None or not when.time:
        return words
    zone = f" (UTC{when.zone.replace('Z', '')})" if when.zone else ""
    return f"{words}{PHRASES['at'][lang]}{when.time}{zone}"


def age(born: str, on: date, lang: LabelLang) -> str:
    """Years; under 2 years months; under 1 month days; a range when the birth date is partial; empty if unknown."""
    when = parse_date(born)
    if when is None:
        return ""
    earliest = date(when.year, when.month or 1, when.day or 1)
    last = when.month or 12
    latest = min(earliest if when.day else date(when.year, last, monthrange(when.year, last)[1]), on)
    if earliest > on:
        return ""
    (least, unit), (most, top) = _age(latest, on), _age(earliest, on)
    *units, between = AGES[lang]
    old = f"{most} {plural(most, *units[top], lang)}"
    if (least, unit) == (most, top):
        return old
    young = str(least) if unit == top else f"{least} {plural(least, *units[unit], lang)}"
    return between.format(young, old)


def _age(born: date, on: date) -> tuple[int, Literal[0, 1, 2]]:
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if months >= 24:
        return months // 12, 0
    return (months, 1) if months else ((on - born).days, 2)
