"""One entry as one line of a list: what, how much, when, and who says so. Where it stands is `status`'s word alone.

A date that tells when somebody wrote is never passed off as the date of the fact: `noted` says which of the two it is.
Source: FHIR R4 (4.0.1), the date elements of each resource; house rules "dates" and "drug line".
"""

from dataclasses import dataclass
from typing import Final

from baladeur.quiet import quiet
from baladeur.record.dosage import words as dosage_words
from baladeur.record.model import Dated, Entry, Place
from baladeur.record.phrases import Lang
from baladeur.record.results import measured
from baladeur.record.wording import date_words

#: When the thing itself was; the others in `Entry.dates` tell when it was written down, issued or asked for.
_FACTS: Final = (
    "onset", "effective", "performed", "occurrence", "timing", "period", "started", "whenHandedOver", "dateTime",
    "start", "lastOccurrence",
)  # fmt: skip
_NOTED: Final = ("authoredOn", "dateAsserted", "recordedDate", "recordedOn", "issued", "date", "created")
_END: Final = "abatement"
_SPEAKERS: Final = (
    "author", "asserter", "recorder", "requester", "performer", "informationSource", "participant", "source",
)  # fmt: skip
#: The order of the lines of a section: what holds today first, what must not be taken as current last.
ORDER: Final = (Place.CURRENT, Place.TO_CONFIRM, Place.PAST, Place.STOPPED, Place.NEVER)


@dataclass(frozen=True, slots=True, repr=False)
class When:
    """The date of a line in words. `start` and `end` as the source writes them, `raw` to sort by."""

    start: str = ""
    end: str = ""
    noted: bool = False  #: it is the date of writing; the source does not say when it was
    raw: str = ""

    __repr__ = quiet


UNDATED: Final = When()


def name(entry: Entry) -> str:
    """What the line is about: the source's words, else a label of its codes, else a code; empty if there is none."""
    return entry.words or next((one.display or one.code for one in entry.codings if one.display or one.code), "")


def detail(entry: Entry, lang: Lang) -> str:
    """How much: the dosage of a treatment, the values of a result, the reactions to an allergen."""
    if entry.type.startswith("Medication"):
        return dosage_words(entry.dosage, lang).words
    said = [measured(entry.value).of(lang)] if entry.value else []
    said += [f"{one.label} {measured(one).of(lang)}".strip() for one in entry.components]
    said += [", ".join(dict.fromkeys(words for one in entry.reactions for words in one.manifestations))]
    return ", ".join(one for one in said if one)


def when(entry: Entry, lang: Lang) -> When:
    """When it was; if the source does not say, when it was written down."""
    told = _first(entry, _FACTS)
    over = entry.date(_END)
    end = (over.text or over.end or over.start) if over else ""
    if told is None and not end:
        noted = _first(entry, _NOTED)
        if noted is None:
            return UNDATED
        raw = noted.text or noted.start or noted.end
        return When(date_words(raw, lang), noted=True, raw=noted.start or noted.end)
    begun = (told.text or told.start) if told else ""
    end = end or (told.end if told else "")
    raw = (told.start or told.end if told else "") or (over.start or over.end if over else "")
    return When(date_words(begun, lang), date_words(end, lang), raw=raw)


def _first(entry: Entry, roles: tuple[str, ...]) -> Dated | None:
    found = (entry.date(role) for role in roles)
    return next((one for one in found if one and (one.text or one.start or one.end)), None)


def speaker(entry: Entry) -> str:
    """Who says so, by the resource itself; empty if it does not tell."""
    return next((one.words for role in _SPEAKERS for one in entry.actors if one.role == role and one.words), "")


def rank(place: Place) -> int:
    """Where lines of a place stand in a section."""
    return ORDER.index(place)
