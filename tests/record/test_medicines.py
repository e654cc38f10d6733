"""Names of drugs in free text: what is taken, what is denied, what only looks like a name."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur import tables
from baladeur.record.medicines import has_any, one_edit, recognise, table, tokens
from baladeur.record.rules import TABLES as ALERT_TABLES

TABLES = Path(tables.__file__).parent

# text → classes: plain is taken, `-` denied, `~` in a local form only; empty: no name of the table in it
LINES = """
ELIQUIS 5 mg, comprimé pelliculé | anticoagulant
apixaban 5 mg x2/j | anticoagulant
apixaban5mg matin et soir | anticoagulant
Apixaban Mylan 2,5 mg | anticoagulant
XARELTO 20MG CPR PELL | anticoagulant
xarleto 15 | anticoagulant
PRADAXA 110 mg gélule | anticoagulant
Dabigatran étexilate 150 | anticoagulant
LIXIANA 60 | anticoagulant
édoxaban | anticoagulant
EDOXABAN | anticoagulant
Coumadine 2 mg selon INR | anticoagulant
warfarin 5 mg daily | anticoagulant
warfarine | anticoagulant
Préviscan 20 mg : 3/4 cp | anticoagulant
fluindionne 20 mg | anticoagulant
Mini-Sintrom 1 mg | anticoagulant
acenocoumarol | anticoagulant
Lovenox 4000 UI/0,4 mL 1 inj/j | anticoagulant
énoxaparine sodique 6000 UI x 2 SC | anticoagulant
Enoxaparin 40 mg | anticoagulant
enoxoparine 4000 | anticoagulant
tinzaparine 14000 UI | anticoagulant
INNOHEP 18000 | anticoagulant
Calciparine 0,2 mL x 3 | anticoagulant
héparine sodique IVSE | anticoagulant
Arixtra 2,5 mg | anticoagulant
patient sous AVK | anticoagulant
sous anti-vitamine K depuis 2010 | anticoagulant
on a blood thinner | anticoagulant
AOD (apixaban) | anticoagulant anticoagulant
HBPM préventive | anticoagulant
KARDEGIC 75 mg, poudre pour solution buvable en sachet | antiplatelet
Kardégic® 160 | antiplatelet
aspirine 100 mg/j | antiplatelet
Aspirin 81 mg | antiplatelet
acide acétylsalicylique 75 mg | antiplatelet
acétylsalicylate de lysine 75 | antiplatelet
RESITUNE 75 | antiplatelet
clopidogrel 75 mg | antiplatelet
Clopidrogel 75 mg | antiplatelet
PLAVIX 75 + KARDEGIC 75 | antiplatelet antiplatelet
Duoplavin 75/100 | antiplatelet
BRILIQUE 90 mg x2 | antiplatelet
ticagrelor | antiplatelet
prasugrel (EFIENT) 10 mg | antiplatelet antiplatelet
Plavix plus aspirine | antiplatelet antiplatelet
actilyse en cours | fibrinolytic
REMODULIN pompe sous-cutanée | prostacyclin
Uptravi 200 µg | prostacyclin
Lantus 24 unités le soir | insulin
TOUJEO 300 UI/mL | insulin
insuline glargine 20 UI | insulin
NovoRapid 8-8-8 | insulin
insuline lispro (HUMALOG) | insulin insulin
insulin degludec 18 units | insulin
Xultophy 16 doses | insulin
insulines selon glycémies | insulin
Cortancyl 5 mg | corticoid
prednisone 10 mg | corticoid
prédnisolone 20 mg | corticoid
predinsone 20 mg | corticoid
Solupred 20 mg orodispersible | corticoid
Médrol 16 | corticoid
Solu-Médrol 120 mg | corticoid
hydrocortisone 10 mg : 2-1-0 | corticoid
HYDROCORTISONE ROUSSEL 10 MG | corticoid
Flucortac 50 µg | corticoid
corticothérapie au long cours | corticoid
Cortancyl 20 mg + crème hydratante | corticoid
ISTURISA 5 mg | antiadrenal
Imurel 50 mg | immunosuppressant
azathioprine 100 | immunosuppressant
azathyoprine 100 mg | immunosuppressant
NEORAL 100 mg | immunosuppressant
ciclosporine 75 mg x2 | immunosuppressant
cyclosporine | immunosuppressant
Prograf 3 mg ×2 | immunosuppressant
ADVAGRAF 5 mg LP | immunosuppressant
tacrolimus 2 mg | immunosuppressant
CellCept 500 mg, 2-0-2 | immunosuppressant
acide mycophénolique | immunosuppressant
mycophénolate mofétil 1 g x2 | immunosuppressant
Humira 40 mg tous les 15 jours | immunosuppressant
adalimumab | immunosuppressant
infliximab 5 mg/kg toutes les 8 semaines | immunosuppressant
anti-TNF alpha | immunosuppressant
Ocrevus 600 mg | immunosuppressant
Rinvoq 15 | immunosuppressant
méthotrexate 10 mg/semaine, le lundi | methotrexate
METHOTREXATE BELLON 2,5 MG | methotrexate
metotrexate 15 mg sc | methotrexate
Nordimet 12,5 mg | methotrexate
Lamictal 100 mg | antiepileptic
lamotrigine 2 x 100 | antiepileptic
Dépakine Chrono 500 | antiepileptic
valproate de sodium | antiepileptic
acide valproïque | antiepileptic
Keppra 500 mg matin et soir | antiepileptic
lévétiracétam 500 | antiepileptic
levetiracetan 500 mg | antiepileptic
Carbamazepine[Tegretol] | antiepileptic antiepileptic
TEGRETOL LP 400 | antiepileptic
Rivotril 2,5 mg/mL gouttes | antiepileptic
prégabaline 150 | antiepileptic
Gardénal 100 mg | antiepileptic
phenytoin 300 mg | antiepileptic
Téralithe LP 400 | lithium
carbonate de lithium 250 mg | lithium
digoxine 0,25 mg | digitalis
Hémigoxine Nativelle | digitalis
Cordarone 200 mg 5 j/7 | amiodarone
amiodarone | amiodarone
Multaq 400 | amiodarone
Skenan LP 30 mg | opioid
ActiSkenan 10 mg si douleur | opioid
OXYNORMORO 5 mg | opioid
oxycodone LP 20 | opioid
Durogesic 25 µg/h, 1 patch/72 h | opioid
fentanyl patch 50 | opioid
Instanyl 100 µg spray nasal | opioid
chlorhydrate de morphine PCA | opioid
Méthadone AP-HP 40 mg gélule | substitution
Subutex 8 mg | substitution
buprénorphine 6 mg | substitution
Ixprim 37,5 mg/325 mg | weak-opioid
tramadol LP 100 | weak-opioid
Codoliprane 400/20 | weak-opioid
l’apixaban du soir | anticoagulant
traitement d’Eliquis | anticoagulant
Eliquis 5 mg, ne pas arrêter | anticoagulant
Xarelto sans interruption | anticoagulant
Pas d’allergie, sous Xarelto | anticoagulant
pas d’allergie connue sous Xarelto | anticoagulant
Lantus non remboursé | insulin
prend plus de 3 g d’aspirine | antiplatelet
Eliquis, de plus aspirine | anticoagulant antiplatelet
sans sucre ajouté, Neoral 50 | immunosuppressant
Previscan n’est pas arrêté | anticoagulant
sans anticoagulant | -anticoagulant
pas d’anticoagulant ni d’antiagrégant | -anticoagulant -antiplatelet
aucun anticoagulant | -anticoagulant
no anticoagulants | -anticoagulant
no longer takes PRÉVISCAN | -anticoagulant
never on warfarin | -anticoagulant
ne prend plus de Préviscan | -anticoagulant
n’est plus sous Eliquis | -anticoagulant
ne prend pas Eliquis | -anticoagulant
Préviscan arrêté en 2019 | -anticoagulant
Previscan 20 mg (arrêté) | -anticoagulant
Eliquis 2,5 mg x2/j, arrêté | -anticoagulant
arrêt du Kardégic | -antiplatelet
STOP Plavix | -antiplatelet
warfarin stopped in March | -anticoagulant
Previscan remplacé par Eliquis 5 mg | -anticoagulant anticoagulant
arrêt Previscan, relais par Lovenox | -anticoagulant anticoagulant
Eliquis remplace Previscan | anticoagulant -anticoagulant
Plavix, arrêt du Kardégic | antiplatelet -antiplatelet
Préviscan arrêté Eliquis 5 mg | -anticoagulant anticoagulant
sans aspirine ni Plavix | -antiplatelet -antiplatelet
pas d’aspirine ou Plavix | -antiplatelet -antiplatelet
antécédent d’allergie à la morphine | -opioid
allergie : aspirine | -antiplatelet
allergique à la codéine | -weak-opioid
aspirine : allergie | -antiplatelet
intolérance au tramadol | -weak-opioid
contre-indication aux AVK | -anticoagulant
éviter la morphine | -opioid
ancien traitement par lithium | -lithium
antécédent de traitement par méthotrexate | -methotrexate
insuline : non | -insulin
dexaméthasone collyre | ~corticoid
Hydrocortisone 1 % crème | ~corticoid
bétaméthasone pommade | ~corticoid
tacrolimus 0,1 % pommade | ~immunosuppressant
ciclosporine collyre 0,1 % | ~immunosuppressant
Lamisil crème 1 % |
Kardex du service |
paracétamol 1 g |
Doliprane 1000 |
metformine 500 mg matin et soir |
insulino-résistance |
anticoagulant lupique |
inuline |
Granions de lithium |
pile au lithium |
Opium 9 CH |
Lévothyrox 75 |
Ramipril 5 mg |
bisoprolol 2,5 mg |
Preventif |
Prevenar 13 |
Lipanthyl |
Lasilix 40 |
lorazépam 1 mg |
piracétam 800 |
Apomorphine 10 mg |
amlodipine 5 |
pimécrolimus crème |
Digédryl |
mélilot, coumarine |
Préviscan 20 + Cordarone 200 + Lasilix 40 | anticoagulant amiodarone
Xarelto 20 mg le soir ; Doliprane si besoin | anticoagulant
rivaroxaban 15 (XARELTO) | anticoagulant anticoagulant
rivaroxabann 20 mg | anticoagulant
fluindione/Préviscan 1/2 cp | anticoagulant anticoagulant
tinzaparin 0.5 mL daily | anticoagulant
Kardégic 75, Tahor 40, Bisoprolol 5 | antiplatelet
bithérapie Brilique + aspirine | antiplatelet antiplatelet
clopidogrel et oméprazole | antiplatelet
dipyridamole LP 200 | antiplatelet
Tresiba 30 U le soir, NovoRapid selon glycémie | insulin insulin
metformine + insuline | insulin
prednisolonne 40 mg | corticoid
dexaméthasone 4 mg comprimé | corticoid
leflunomide 20 mg | immunosuppressant
tocilizumab 162 mg SC | immunosuppressant
methotrexate 15 mg le vendredi, acide folique le dimanche | methotrexate
topiramate 50 matin et soir | antiepileptic
gabapentine 300 x 3 | antiepileptic
Neurontin 300 | antiepileptic
sels de lithium, lithiémie 0,7 | lithium
oxycontin 20 mg matin et soir | opioid
buprenorphine patch | substitution
Plavix arrêté, reprend Kardégic 75 | -antiplatelet antiplatelet
n’a jamais pris de Xarelto | -anticoagulant
pas de corticoïdes | -corticoid
arrêt de l’insuline | -insulin
allergie à l’amoxicilline |
ramipril, amlodipine, atorvastatine, furosémide |
Levothyrox 100, Inexium 20, Crestor 10 |
Ventoline si besoin, Seretide 2 fois par jour |
Gaviscon, Spasfon, Smecta |
Zyrtec 10, Aerius 5 |
Zolpidem 10 au coucher |
sertraline 50, Xanax 0,25 |
"""
CASES = [tuple(part.strip() for part in line.split("|")) for line in LINES.strip().splitlines()]

# Lines that hold no treatment of the class and alert all the same. Each is the price of not missing a drug.
FALSE_ALARMS = """
surveillance sous héparinothérapie antérieure par Lovenox | anticoagulant
père sous Préviscan | anticoagulant
discuter Eliquis en consultation | anticoagulant
Plavix à débuter si stent | antiplatelet
dosage de la digoxine | digitalis
huile de CBD (cannabidiol) | antiepileptic
a reçu de la morphine au bloc en 2012 | opioid
"""


def classes(text: str) -> str:
    """What was recognised, in the notation of LINES."""
    return " ".join(("-" if m.negated else "~" if m.local else "") + m.key for m in recognise(text))


def test_there_are_enough_lines() -> None:
    assert len(CASES) >= 200
    assert len({case[0] for case in CASES}) == len(CASES)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_line(text: str, expected: str) -> None:
    assert classes(text) == expected


def test_no_high_risk_drug_is_missed() -> None:
    """A drug that the line says is taken is never absent, denied or called local."""
    missed = [
        text
        for text, expected in CASES
        if not {one for one in expected.split() if one[0] not in "-~"} <= set(classes(text).split())
    ]
    assert missed == []


def test_false_alarms_are_counted() -> None:
    """They are known, listed and few; one more or one less is a change that somebody must look at."""
    listed = [tuple(part.strip() for part in line.split("|")) for line in FALSE_ALARMS.strip().splitlines()]
    assert [(text, classes(text)) for text, _ in listed] == listed
    assert len(listed) == 7


DRUGS = table("high_risk")["drugs"]
NAMES = [
    (row["class"], name) for row in DRUGS for name in (row["inn_fr"], row["inn_en"], *row["spellings"], *row["brands"])
]


@pytest.mark.parametrize(("class_", "name"), NAMES)
def test_each_name_of_the_table(class_: str, name: str) -> None:
    """By itself, shouted, with a dose, after an elision, denied."""
    assert class_ in classes(name).split()
    assert classes(f"{name.upper()} 10 mg x2/j").split()[0] == class_
    assert classes(f"traitement d’{name}").split()[0] == class_
    assert classes(f"sans {name}").split()[0] == f"-{class_}"


@pytest.mark.parametrize("name", ALERT_TABLES)
def test_each_row_names_source_and_reviewer(name: str) -> None:
    """What nobody has read says so, row by row."""
    file = TABLES / "data" / f"{name}.json"
    data = json.loads(file.read_text("utf-8"))
    assert data["table"] == file.stem
    assert data["version"]
    lists = [value for value in data.values() if isinstance(value, list)]
    lists += [list(data["lists"].values())] if "lists" in data else []
    for row in (row for rows in lists for row in rows):
        assert row["reviewed"]
        assert row.get("source", row.get("why", row.get("key")))
        assert row.get("source") in (None, *data.get("sources", {})) or " " in row["source"]
    assert file.stem in (TABLES / "README.md").read_text("utf-8")


def test_the_table_of_drugs() -> None:
    """At least 150 substances, each once, each with well-formed ATC codes."""
    assert len(DRUGS) >= 150
    assert len({row["inn_en"] for row in DRUGS}) == len(DRUGS)
    for row in DRUGS:
        for code in row["atc"]:
            assert re.fullmatch(r"[A-Z][0-9]{2}[A-Z]{2}(?:[0-9]{2})?", code), row["inn_en"]


def test_a_name_belongs_to_one_class() -> None:
    """The same word must not mean two classes."""
    listed = sorted((" ".join(tokens(name)), class_) for class_, name in NAMES)
    assert [(a, b) for a, b in pairwise(listed) if a[0] == b[0] and a[1] != b[1]] == []


def test_misspelt_names_are_marked_and_long() -> None:
    found = recognise("levetiracetan")
    assert [(m.name, m.misspelt) for m in found] == [("levetiracetam", True)]
    assert [m.misspelt for m in recognise("lévétiracétam")] == [False]
    assert recognise("prograp 2 mg") == ()  # seven letters: could be another word


def test_repr_is_quiet() -> None:
    assert "warfarin" not in repr(recognise("warfarin"))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("apixaban", "apixabn", True),
        ("apixaban", "apixabann", True),
        ("apixaban", "apixaben", True),
        ("apixaban", "apxiaban", True),
        ("apixaban", "apixaban", False),
        ("apixaban", "apixxbin", False),
        ("lamictal", "lamisil", False),
        ("ab", "ba", True),
        ("abc", "cba", False),
    ],
)
def test_one_edit(one: str, other: str, expected: bool) -> None:
    assert one_edit(one, other) is expected
    assert one_edit(other, one) is expected


def test_phrases_are_whole_words() -> None:
    assert has_any("Greffe de peau en 2001", ["greffe de peau"])
    assert not has_any("chats", ["chat"])
    assert has_any("Œdème de Quincke", ["quincke"])


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Nothing is raised, and each mention's words stand in the text."""
    padded = f" {' '.join(tokens(text))} "
    for mention in recognise(text):
        assert f" {mention.found} " in padded


@given(st.sampled_from(NAMES), st.text(alphabet="abc .,;:-()/0123456789", max_size=20))
def test_what_follows_never_hides_a_name(name: tuple[str, str], rest: str) -> None:
    """A dose, a form or noise behind a name leaves it taken."""
    class_, words = name
    assert class_ in classes(f"{words} , {rest}").split()


@given(st.sampled_from([name for _, name in NAMES]), st.integers(0, 40), st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
def test_one_wrong_letter_in_a_long_name(name: str, at: int, letter: str) -> None:
    """A single word of 8 letters or more survives one substitution: found, or it is another listed word."""
    words = tokens(name)
    if len(words) != 1 or len(words[0]) < 8:
        return
    at %= len(words[0])
    wrong = words[0][:at] + letter + words[0][at + 1 :]
    assert recognise(wrong) or has_any(wrong, table("high_risk")["not_these"]["phrases"])
