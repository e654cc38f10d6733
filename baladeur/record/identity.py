"""Numbers that name people and places in France, and what an identity that carries them is worth.

Pure checks: a right check digit shows that a number was copied well, nothing else; sex and birth date are never read
from it. What comes in by a document is warned of; what is typed in is refused (`refuse_*`).
Sources: RNIV (INS, statuses of an identity); fr-core 2.2.0 FRCorePatientINSProfile, fr-core-identity-reliability;
CI-SIS "Structuration minimale" 1.16 (PS_IdNat, Struct_IdNat); ISO/IEC 7812-1 annex B (Luhn).
The rules on statuses are reviewed by nobody yet.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from baladeur.errors import NumberRefused
from baladeur.record.model import Document
from baladeur.record.people import Identifier, Identity

_INS_ROOT: Final = "1.2.250.1.213.1.4."
NIR: Final = _INS_ROOT + "8"
NIA: Final = _INS_ROOT + "9"
NIR_TEST: Final = _INS_ROOT + "10"
NIR_DEMO: Final = _INS_ROOT + "11"
#: The systems of an INS, with the code that fr-core gives each.
INS: Final = {NIR: "INS-NIR", NIA: "INS-NIA", NIR_TEST: "INS-NIR-TEST", NIR_DEMO: "INS-NIR-DEMO"}
#: The number of the insured person, who may be a parent: never the patient's INS.
_INSURED: Final = frozenset({_INS_ROOT + "13", _INS_ROOT + "14"})
PS_IDNAT: Final = "1.2.250.1.71.4.2.1"
STRUCT_IDNAT: Final = "1.2.250.1.71.4.2.2"
_RPPS_SYSTEMS: Final = frozenset({"https://rpps.esante.gouv.fr", "http://rpps.fr"})
_FINESS_SYSTEMS: Final = frozenset({"https://finess.esante.gouv.fr", "http://finess.sante.gouv.fr"})
_FINESS_KINDS: Final = frozenset({"FINEG", "FINEJ", "FINESS"})

_MATRICULE = re.compile(r"[0-9]{5}(?:[0-9]{2}|2[AB])[0-9]{6}[0-9]{2}")
_CORSICA: Final = {"2A": "19", "2B": "18"}
_RPPS = re.compile(r"[0-9]{11}")
_FINESS = re.compile(r"[0-9]{9}")
_FINESS_CORSICA = re.compile(r"2[AB][0-9]{7}")
_ADELI = re.compile(r"[0-9AB]{9}")


class Status(StrEnum):
    """What an identity is worth, as stated by whoever recorded it."""

    DECLARED = "declared"  #: nothing is stated
    PROVISIONAL = "provisional"
    VALIDATED = "validated"  #: against a high-trust document
    QUALIFIED = "qualified"  #: validated, and its INS fetched or checked by the INSi service


class Warned(StrEnum):
    """What is odd about a number or an identity. None of them keeps a document out."""

    INS_KEY = "ins-key"
    INS_FORM = "ins-form"
    INS_SYSTEM = "ins-system"
    INS_INSURED = "ins-insured"
    INS_SEVERAL = "ins-several"
    INS_UNQUALIFIED = "ins-unqualified"
    INS_FORBIDDEN = "ins-forbidden"
    INS_TEST = "ins-test"
    INS_REAL = "ins-real"
    INS_MISSING = "ins-missing"
    RPPS = "rpps"
    FINESS = "finess"
    FINESS_UNCHECKED = "finess-unchecked"
    ADELI = "adeli"


#: Each warning in French and English.
SENTENCES: Final[dict[Warned, tuple[str, str]]] = {
    Warned.INS_KEY: (
        "la clé de contrôle d’un matricule INS est fausse : ne l’utilisez pas pour retrouver ce patient",
        "the check digits of an INS number are wrong: do not use it to find this patient",
    ),
    Warned.INS_FORM: (
        "un matricule INS n’a pas la forme attendue (13 caractères et une clé de 2 chiffres)",
        "an INS number is not of the expected form (13 characters and a key of 2 digits)",
    ),
    Warned.INS_SYSTEM: (
        "un numéro se dit INS, mais vient d’un autre registre : il n’est pas tenu pour un INS",
        "a number calls itself an INS but comes from another register: it is not taken as one",
    ),
    Warned.INS_INSURED: (
        "un numéro de sécurité sociale de l’assuré est présent : ce n’est pas l’INS du patient",
        "a social security number of the insured person is there: it is not the patient’s INS",
    ),
    Warned.INS_SEVERAL: (
        "plusieurs matricules INS en cours pour un même patient",
        "several INS numbers in use for one patient",
    ),
    Warned.INS_UNQUALIFIED: (
        "le matricule INS accompagne une identité non qualifiée : il ne sera pas transmis",
        "the INS number comes with an identity that is not qualified: it will not be sent on",
    ),
    Warned.INS_FORBIDDEN: (
        "l’identité est dite douteuse ou fictive : le matricule INS ne doit pas être utilisé",
        "the identity is stated as doubtful or fictional: the INS number must not be used",
    ),
    Warned.INS_TEST: (
        "un matricule de test ou de démonstration dans un dossier réel",
        "a test or demonstration number in a real record",
    ),
    Warned.INS_REAL: (
        "un matricule INS réel dans un dossier de démonstration",
        "a real INS number in a demonstration record",
    ),
    Warned.INS_MISSING: (
        "l’identité est dite validée, mais aucun matricule INS ne l’accompagne",
        "the identity is stated as validated, but no INS number comes with it",
    ),
    Warned.RPPS: (
        "un numéro RPPS est faux (11 chiffres, clé de contrôle)",
        "an RPPS number is wrong (11 digits, check digit)",
    ),
    Warned.FINESS: (
        "un numéro FINESS est faux (9 chiffres, clé de contrôle)",
        "a FINESS number is wrong (9 digits, check digit)",
    ),
    Warned.FINESS_UNCHECKED: (
        "un numéro FINESS de Corse : sa clé de contrôle n’est pas vérifiée",
        "a FINESS number from Corsica: its check digit is not verified",
    ),
    Warned.ADELI: ("un numéro ADELI n’a pas 9 caractères", "an ADELI number has not 9 characters"),
}


# ---------------------------------------------------------------- numbers


def bare_oid(system: str) -> str:
    """A system without `urn:oid:`."""
    return system.removeprefix("urn:oid:")


def ins_key(thirteen: str) -> str:
    """The two check digits of the 13 first characters of a matricule. Raises ValueError.

    97 minus (N mod 97), the Corsican 2A read as 19 and 2B as 18.
    """
    if not re.fullmatch(r"[0-9]{5}(?:[0-9]{2}|2[AB])[0-9]{6}", thirteen, re.ASCII):
        raise ValueError("not the form of a matricule")
    department = thirteen[5:7]
    return f"{97 - int(thirteen[:5] + _CORSICA.get(department, department) + thirteen[7:]) % 97:02}"


def is_ins(matricule: str) -> bool:
    """Whether 15 characters are a matricule with its right key."""
    return bool(_MATRICULE.fullmatch(matricule)) and ins_key(matricule[:13]) == matricule[13:]


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others, modulus 10 with alternate weights."""
    doubled = [int(d) * (1 + at % 2) for at, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def is_rpps(number: str) -> bool:
    """Whether it is 11 digits with their check digit."""
    return bool(_RPPS.fullmatch(number)) and luhn(number)


def finess(number: str) -> Warned | None:
    """What is odd about a FINESS number. The check digit of the Corsican ones is not known here, so it only warns."""
    if _FINESS_CORSICA.fullmatch(number):
        return Warned.FINESS_UNCHECKED
    return None if _FINESS.fullmatch(number) and luhn(number) else Warned.FINESS


def refuse_ins(typed: str) -> str:
    """A matricule that somebody typed, without its spaces. Raises NumberRefused."""
    matricule = re.sub(r"[\s.]", "", typed).upper()
    if not is_ins(matricule):
        raise NumberRefused("ins")
    return matricule


def refuse_rpps(typed: str) -> str:
    """An RPPS number that somebody typed, without its spaces. Raises NumberRefused."""
    number = re.sub(r"\s", "", typed)
    if not is_rpps(number):
        raise NumberRefused("rpps")
    return number


def refuse_finess(typed: str) -> str:
    """A FINESS number that somebody typed, without its spaces; a Corsican one passes. Raises NumberRefused."""
    number = re.sub(r"\s", "", typed).upper()
    if finess(number) is Warned.FINESS:
        raise NumberRefused("finess")
    return number


# ---------------------------------------------------------------- identities


def matricules(who: Identity) -> list[Identifier]:
    """The INS numbers in use, by their system alone: what merely calls itself INS is none."""
    return [one for one in who.identifiers if bare_oid(one.system) in INS and one.use != "old"]


def status(who: Identity) -> Status:
    """What the identity states of itself; no number raises it, a doubt lowers it.

    VALI with an INS is what fr-core has for a qualified identity; VALI without one is validated by a document only.
    """
    stated = {code.upper() for code in who.reliability}
    if stated & {"DOUT", "FICT"}:
        return Status.PROVISIONAL
    if "VALI" in stated:
        return Status.QUALIFIED if matricules(who) else Status.VALIDATED
    return Status.PROVISIONAL if "PROV" in stated else Status.DECLARED


def may_travel(who: Identity) -> str | None:
    """The INS that may leave with this identity, or None: only a qualified one's, one alone, with its right key."""
    found = matricules(who)
    values = {one.value for one in found}
    return found[0].value if status(who) is Status.QUALIFIED and len(values) == 1 and is_ins(found[0].value) else None


def warnings(who: Identity, *, demonstration: bool) -> list[Warned]:
    """What is odd about an identity, each once, in the order of `Warned`."""
    found = set(_of_numbers(who.identifiers))
    mine = matricules(who)
    if len({one.value for one in mine}) > 1:
        found.add(Warned.INS_SEVERAL)
    stated = {code.upper() for code in who.reliability}
    if mine and status(who) is not Status.QUALIFIED:
        found.add(Warned.INS_FORBIDDEN if stated & {"DOUT", "FICT"} else Warned.INS_UNQUALIFIED)
    if status(who) is Status.VALIDATED:
        found.add(Warned.INS_MISSING)
    tests = {bare_oid(one.system) in (NIR_TEST, NIR_DEMO) for one in mine}
    if True in tests and not demonstration:
        found.add(Warned.INS_TEST)
    if False in tests and demonstration:
        found.add(Warned.INS_REAL)
    return [one for one in Warned if one in found]


def warnings_of(document: Document, *, demonstration: bool) -> list[Warned]:
    """What is odd about all the numbers of a document: the patient's, the authors', those of whoever did something."""
    found = set(warnings(document.identity, demonstration=demonstration)) if document.identity else set()
    actors = [*document.source.authors, *(one for entry in document.entries for one in entry.actors)]
    if document.identity:
        actors += document.identity.practitioners
    found |= set(_of_numbers(number for one in actors for number in one.identifiers))
    return [one for one in Warned if one in found]


def _of_numbers(numbers: Iterable[Identifier]) -> Iterator[Warned]:
    for one in numbers:
        system, value = bare_oid(one.system), one.value.replace(" ", "")
        if system in INS:
            if not _MATRICULE.fullmatch(value):
                yield Warned.INS_FORM
            elif not is_ins(value):
                yield Warned.INS_KEY
        elif system in _INSURED:
            yield Warned.INS_INSURED
        elif one.kind in INS.values():
            yield Warned.INS_SYSTEM
        elif odd := _professional(system, one.kind, value):
            yield odd


def _professional(system: str, kind: str, value: str) -> Warned | None:
    """What is odd about the number of a professional or of a place. A national id has a digit in front for its kind."""
    if system in (PS_IDNAT, STRUCT_IDNAT) and kind not in ("RPPS", "ADELI", *_FINESS_KINDS):
        sort = {(PS_IDNAT, "8"): "RPPS", (PS_IDNAT, "0"): "ADELI", (STRUCT_IDNAT, "1"): "FINESS"}
        kind, value = sort.get((system, value[:1]), ""), value[1:]
    if kind == "RPPS" or system in _RPPS_SYSTEMS:
        return None if is_rpps(value) else Warned.RPPS
    if kind in _FINESS_KINDS or system in _FINESS_SYSTEMS:
        return finess(value)
    if kind == "ADELI":
        return None if _ADELI.fullmatch(value) else Warned.ADELI
    return None
