"""One entry told in words: where it stands, its dates, its dosage, who said it, and which import brought it."""

from dataclasses import dataclass
from datetime import date

from baladeur.chart import items, records
from baladeur.container.container import Container
from baladeur.quiet import quiet
from baladeur.record.dosage import words as dosage_words
from baladeur.record.model import Entry, Value
from baladeur.record.phrases import Lang
from baladeur.record.wording import NumberNotShownError, date_words, quantity


@dataclass(frozen=True, slots=True, repr=False)
class Fact:
    """One row of an entry's sheet: which fact (a word of the interface, by name), and its words."""

    name: str
    words: str

    __repr__ = quiet


def tell(container: Container, id_: bytes, lang: Lang, *, as_of: date) -> list[Fact]:
    """The rows of one live entry; empty if it is not a line of the record. Raises ItemDamaged, RecordError's kinds."""
    live = items.live(container)
    found = records.record(live, items.former(container), as_of=as_of)
    entry = next((one for one in found.entries if one.key == id_.hex()), None)
    if entry is None:
        return []
    sources = [one for one in records.imports(live) if id_.hex() in one.order]
    return [
        *_rows(entry, lang),
        *(Fact("source", f"{one.name} ({date_words(one.date, lang)})") for one in sources[-1:]),
    ]


def _rows(entry: Entry, lang: Lang) -> list[Fact]:
    rows = [Fact("section", str(entry.section)), Fact("place", str(entry.place))]
    if entry.type.startswith("Medication"):
        rows.append(Fact("dosage", dosage_words(entry.dosage, lang).words))
    rows += [Fact("value", words) for words in _values(entry, lang)]
    rows += [Fact("reaction", ", ".join(one.manifestations)) for one in entry.reactions if one.manifestations]
    for dated in entry.dates:
        span = " – ".join(date_words(raw, lang) for raw in (dated.start, dated.end) if raw)
        rows.append(Fact("date", f"{dated.role} : {dated.text or span}"))
    rows += [Fact("status", f"{one.element} : {one.words or one.code}") for one in entry.statuses]
    rows += [Fact("code", f"{one.code} {one.display} ({one.system})") for one in entry.codings]
    rows += [Fact("who", f"{one.role} : {one.words}") for one in entry.actors if one.words]
    rows += [Fact("detail", f"{one.name} : {one.words}") for one in entry.details]
    return rows + [Fact("note", one) for one in entry.notes]


def _values(entry: Entry, lang: Lang) -> list[str]:
    values = [entry.value] if entry.value else []
    return [words for one in [*values, *entry.components] if (words := _value(one, lang))]


def _value(one: Value, lang: Lang) -> str:
    label = f"{one.label} : " if one.label else ""
    if one.quantity is None:
        said = one.text or one.absent
        return label + said if said else ""
    amount = one.quantity
    try:
        return label + amount.comparator + quantity(amount.number, amount.unit, lang)
    except NumberNotShownError:
        return label + f"{amount.comparator}{amount.number} {amount.unit}".strip()
