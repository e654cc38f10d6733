"""Import: files into a draft, each planned against the record as the files before it leave it."""

from datetime import date

from baladeur.acts.draft import Draft, Told, Verb
from baladeur.chart import importing
from baladeur.chart.importing import STATES, Plan
from baladeur.record.model import Entry, Place


def bring(draft: Draft, data: bytes, name: str, *, today: date) -> Plan:
    """Plan one FHIR R4 JSON file and put it into the draft. Raises AnotherPatient, BundleInvalid's kinds, ItemDamaged.

    After an error the draft is as it was.
    """
    plan = importing.plan(data, name, draft.items(), draft.former(), today=today)
    told = [Told(Verb.ADOPT_IDENTITY, plan.identity_words)] if plan.adopted else []
    told += [_told(Verb.NEW, one) for one in plan.new]
    told += [_told(Verb.REPLACE, one, before) for before, one in plan.replaced]
    told += [_told(Verb.STANDING, one, before) for before, one in plan.standing]
    told += [_told(Verb.REOPEN, one, before) for before, one in plan.reopened]
    told += [Told(Verb.LEFT, words) for words in plan.left]
    told += [_told(Verb.BESIDE, one, before) for before, one in plan.beside]
    draft.put(plan.add, told=told)
    return plan


def _told(verb: Verb, one: Entry, before: str = "") -> Told:
    """A stop is told as a stop: who signs must not take it for a treatment of today. An act that was done is done."""
    plain = one.place is Place.CURRENT or (one.place is Place.PAST and one.section not in STATES)
    return Told(verb, one.words, str(one.section), before, "" if plain else str(one.place))
