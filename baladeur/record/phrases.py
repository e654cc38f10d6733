"""The phrases a dosage is put together from, in French and English: content, not interface.

**Reviewed by nobody yet**: every line wants a clinician's signature, per language. Meals are named so that they mean
the same in France, Belgium and Switzerland ("repas de midi": *dîner* is noon in one and evening in the other).
Codes: FHIR R4 valueset-event-timing.html, valueset-days-of-week.html, valueset-timing-abbreviation.html.
"""

from collections.abc import Mapping
from typing import Final, Literal

Lang = Literal["fr", "en"]
LANGS: Final[tuple[Lang, ...]] = ("fr", "en")


def _table(rows: Mapping[str, tuple[str, str]]) -> dict[str, dict[Lang, str]]:
    return {key: dict(zip(LANGS, row, strict=True)) for key, row in rows.items()}


DAYS: Final = _table(
    {
        "mon": ("lundi", "Monday"),
        "tue": ("mardi", "Tuesday"),
        "wed": ("mercredi", "Wednesday"),
        "thu": ("jeudi", "Thursday"),
        "fri": ("vendredi", "Friday"),
        "sat": ("samedi", "Saturday"),
        "sun": ("dimanche", "Sunday"),
    }
)

WHEN: Final = _table(
    {
        "MORN": ("le matin", "in the morning"),
        "MORN.early": ("tôt le matin", "early in the morning"),
        "MORN.late": ("en fin de matinée", "late in the morning"),
        "NOON": ("à midi", "at noon"),
        "AFT": ("l’après-midi", "in the afternoon"),
        "AFT.early": ("en début d’après-midi", "early in the afternoon"),
        "AFT.late": ("en fin d’après-midi", "late in the afternoon"),
        "EVE": ("le soir", "in the evening"),
        "EVE.early": ("en début de soirée", "early in the evening"),
        "EVE.late": ("en fin de soirée", "late in the evening"),
        "NIGHT": ("la nuit", "at night"),
        "PHS": ("après l’endormissement", "after falling asleep"),
        "HS": ("au coucher", "at bedtime"),
        "WAKE": ("au réveil", "on waking"),
        "C": ("au moment des repas", "with meals"),
        "CM": ("au moment du petit déjeuner", "with breakfast"),
        "CD": ("au moment du repas de midi", "with the midday meal"),
        "CV": ("au moment du repas du soir", "with the evening meal"),
        "AC": ("avant les repas", "before meals"),
        "ACM": ("avant le petit déjeuner", "before breakfast"),
        "ACD": ("avant le repas de midi", "before the midday meal"),
        "ACV": ("avant le repas du soir", "before the evening meal"),
        "PC": ("après les repas", "after meals"),
        "PCM": ("après le petit déjeuner", "after breakfast"),
        "PCD": ("après le repas de midi", "after the midday meal"),
        "PCV": ("après le repas du soir", "after the evening meal"),
    }
)
# With an offset in minutes: HS is defined as before sleep, WAKE as upon waking, so their offset goes that way.
WHEN_OFFSET: Final = {
    **{code: words for code, words in WHEN.items() if code[:2] in ("AC", "PC", "PH")},
    **_table({"HS": ("avant le coucher", "before bedtime"), "WAKE": ("après le réveil", "after waking")}),
}

# Number words where the code has no digit: a digit on the line always stands in the source.
TIMING_CODES: Final = _table(
    {
        "QD": ("une fois par jour", "once a day"),
        "BID": ("deux fois par jour", "twice a day"),
        "TID": ("trois fois par jour", "three times a day"),
        "QID": ("quatre fois par jour", "four times a day"),
        "QOD": ("un jour sur deux", "every other day"),
        "AM": ("chaque matin", "every morning"),
        "PM": ("chaque après-midi ou soir", "every afternoon or evening"),
        "BED": ("chaque soir au coucher", "every night at bedtime"),
        "WK": ("une fois par semaine", "once a week"),
        "MO": ("une fois par mois", "once a month"),
        "Q1H": ("toutes les heures", "every hour"),
        "Q2H": ("toutes les 2 heures", "every 2 hours"),
        "Q3H": ("toutes les 3 heures", "every 3 hours"),
        "Q4H": ("toutes les 4 heures", "every 4 hours"),
        "Q6H": ("toutes les 6 heures", "every 6 hours"),
        "Q8H": ("toutes les 8 heures", "every 8 hours"),
    }
)

PHRASES: Final = _table(
    {
        "and": (" et ", " and "),
        "per": (" par ", " per "),
        "at": (" à ", " at "),
        "to": ("{} à {}", "{} to {}"),
        "in": ("{} en {}", "{} in {}"),
        "at_least": ("au moins {}", "at least {}"),
        "at_most": ("au plus {}", "at most {}"),
        "labelled": ("{} ({})", "{} ({})"),
        # how often
        "once": ("1 fois", "once"),
        "times": ("{} fois", "{} times"),
        "a": ("{} par {}", "{} a {}"),
        "an": ("{} par {}", "{} an {}"),
        "each": ("chaque {}", "every {}"),
        "every": ("tous les {} {}", "every {} {}"),
        "every_feminine": ("toutes les {} {}", "every {} {}"),
        "on_day": ("le {}", "on {}"),
        "on_days": ("les {}", "on {}"),
        "only_on_day": ("le {} seulement", "on {} only"),
        "only_on_days": ("les {} seulement", "on {} only"),
        "times_on_day": ("{} ce jour-là", "{} that day"),
        "times_on_days": ("{} chacun de ces jours", "{} on each of these days"),
        "at_times": ("à {}", "at {}"),
        "daily_at_times": ("chaque jour à {}", "every day at {}"),
        "on_dates": ("le {}", "on {}"),
        "quoted": ("« {} »", '"{}"'),
        # how long
        "for": ("pendant {}", "for {}"),
        "for_each": ("pendant {} à chaque fois", "for {} each time"),
        "total": ("{} au total", "{} in total"),
        "start": ("début {}", "start {}"),
        "end": ("fin {}", "end {}"),
        # how much
        "rate": ("débit : {}", "rate: {}"),
        "ordered": ("dose prescrite", "ordered dose"),
        "calculated": ("dose calculée", "calculated dose"),
        "as_needed": ("si besoin", "as needed"),
        "as_needed_for": ("si besoin : {}", "as needed: {}"),
        "max_period": ("maximum {}", "maximum {}"),
        "max_administration": ("maximum {} par administration", "maximum {} per administration"),
        "max_lifetime": ("maximum {} sur la vie entière", "maximum {} in a lifetime"),
        # the source's own words
        "route": ("voie : {}", "route: {}"),
        "site": ("site : {}", "site: {}"),
        "method": ("méthode : {}", "method: {}"),
        "additionalInstruction": ("consigne : {}", "instruction: {}"),
        "patientInstruction": ("consigne au patient : {}", "instruction to the patient: {}"),
        # what is missing is said; never "unité non indiquée", which reads as units
        "no_measure": ("(mesure non indiquée)", "(measure not stated)"),
        "no_dose": ("dose non indiquée", "dose not stated"),
        "no_pace": ("rythme non indiqué", "how often not stated"),
        # several dosages, and what is said instead of words
        "then": (" ; puis ", "; then "),
        "with": (" ; et ", "; and "),
        "list": (" ; ", "; "),
        "detail": ("posologie : voir le détail", "dosage: see the detail"),
        "absent": ("posologie non renseignée", "dosage not recorded"),
        "silent_text": ("{} — données codées : {}", "{} — coded data: {}"),
        "mismatch": ("{} — ! DISCORDANCE avec les données codées : {}", "{} — ! MISMATCH with the coded data: {}"),
    }
)


def say(key: str, lang: Lang, *values: str) -> str:
    """One phrase with its values."""
    return PHRASES[key][lang].format(*values)
