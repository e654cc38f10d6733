"""Import: files into a draft, each planned against the record as the files before it leave it."""

from datetime import date

from baladeur.acts.draft import Draft, Told, Verb
from baladeur.chart import importing
from baladeur.chart.importing import Plan


def bring(draft: Draft, data: bytes, name: str, *, today: date) -> Plan:
    """Plan one FHIR R4 JSON file and put it into the draft. Raises AnotherPatient, BundleInvalid's kinds, ItemDamaged.

    After an error the draft is as it was.
    """
    plan = importing.plan(data, name, draft.items(), draft.former(), today=today)
    told = [Told(Verb.ADOPT_IDENTITY, plan.identity_words)] if plan.adopted else []
    told += [Told(Verb.NEW, one.words, str(one.section)) for one in plan.new]
    told += [Told(Verb.REPLACE, one.words, str(one.section), before) for before, one in plan.replaced]
    told += [Told(Verb.LEFT, words) for words in plan.left]
    told += [Told(Verb.BESIDE, one.words, str(one.section), before) for before, one in plan.beside]
    draft.put(plan.add, told=told)
    return plan
