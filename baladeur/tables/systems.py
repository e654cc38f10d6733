"""The code systems: their names for machines and people, and whether a code is well-formed in them.

Well-formed is not known: a check digit or a pattern says that a code was not mistyped, not that it exists.
Sources: WHO ATC/DDD guidelines (levels); WHO ICD-10 volume 2 (code structure), with the extensions of the French
CIM-10 (`+` and up to two more signs); LOINC Users' Guide (modulus 10 check digit); SNOMED CT identifiers (Verhoeff);
GS1 general specifications (EAN-13 check digit) for CIP13; CCAM (four letters, three digits); BDPM (CIS, eight digits);
FHIR R4 terminology systems (URIs), HL7 OID registry.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

_ATC = re.compile(r"[A-V](?:[0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?)?")
_ICD10 = re.compile(r"[A-Z][0-9]{2}(?:\+[0-9]{1,2}|\.[0-9x+-][0-9+]{0,3})?")
_LOINC = re.compile(r"([0-9]{1,6})-([0-9])")
_LOINC_PART = re.compile(r"L[ALPG][0-9]{1,7}-[0-9]")
_CCAM = re.compile(r"[A-Z]{4}[0-9]{3}")
_SCTID = re.compile(r"[1-9][0-9]{5,17}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
_TOKEN = re.compile(r"[^\s\x00-\x1f](?:[^\x00-\x1f]{0,98}[^\s\x00-\x1f])?")
_THO: Final = "http://terminology.hl7.org/CodeSystem/"
_VERHOEFF_TURN: Final = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
_VERHOEFF_INVERSE: Final = (0, 4, 3, 2, 1, 5, 6, 7, 8, 9)


def is_atc(code: str) -> bool:
    """One of the five levels: `B`, `B01`, `B01A`, `B01AF`, `B01AF02`."""
    return bool(_ATC.fullmatch(code))


def is_icd10(code: str) -> bool:
    """Three signs, or more behind a point: `I10`, `E11.9`; French extensions as `K52.9+0`."""
    return bool(_ICD10.fullmatch(code))


def is_loinc(code: str) -> bool:
    """A number, a hyphen and its modulus 10 check digit: `2160-0`."""
    found = _LOINC.fullmatch(code)
    return found is not None and _luhn(found[1]) == int(found[2])


def is_loinc_or_part(code: str) -> bool:
    """A LOINC number, or a part, list or answer of LOINC: `LA46-8`, whose digit is not of modulus 10."""
    return is_loinc(code) or bool(_LOINC_PART.fullmatch(code))


def is_snomed(code: str) -> bool:
    """6 to 18 digits that end with a Verhoeff check digit."""
    return bool(_SCTID.fullmatch(code)) and _verhoeff(code)


def is_ean13(code: str) -> bool:
    """13 digits that end with the GS1 check digit, as a CIP13 does."""
    if not re.fullmatch(r"[0-9]{13}", code):
        return False
    return sum(int(c) * (3 if at % 2 else 1) for at, c in enumerate(code)) % 10 == 0


def is_cip13(code: str) -> bool:
    """An EAN-13 of French medicines: it begins with 34009."""
    return code.startswith("34009") and is_ean13(code)


def is_ccam(code: str) -> bool:
    """Four letters and three digits: `HHFA016`."""
    return bool(_CCAM.fullmatch(code))


def is_cis(code: str) -> bool:
    """Eight digits."""
    return bool(re.fullmatch(r"[0-9]{8}", code))


def is_language(code: str) -> bool:
    """A language of ISO 639, with a region if need be (BCP 47): `fr`, `pt-BR`."""
    return bool(_LANGUAGE.fullmatch(code))


def is_token(code: str) -> bool:
    """Any code of FHIR R4: no white space at its ends, no control character, at most 100 characters."""
    return bool(_TOKEN.fullmatch(code))


def _luhn(number: str) -> int:
    """The digit that LOINC puts behind a number."""
    total = 0
    for at, digit in enumerate(reversed(number)):
        value = int(digit) * (1 if at % 2 else 2)
        total += value - 9 if value > 9 else value
    return -total % 10


def _dihedral(a: int, b: int) -> int:
    """The product of two elements of the symmetry group of the pentagon."""
    turned = b >= 5
    if a < 5:
        return (a + b) % 5 + 5 * turned
    return (a - b) % 5 + 5 * (not turned)


def _verhoeff(digits: str) -> bool:
    check = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit)
        for _ in range(at % 8):
            value = _VERHOEFF_TURN[value]
        check = _dihedral(check, value)
    return check == 0


@dataclass(frozen=True, slots=True)
class System:
    """A code system. `uri` as FHIR R4 writes it; `oid` as CDA does; empty where none is registered."""

    key: str
    name: str
    uri: str
    oid: str
    check: Callable[[str], bool]


SYSTEMS: Final[Mapping[str, System]] = {
    one.key: one
    for one in (
        System("atc", "ATC", "http://www.whocc.no/atc", "2.16.840.1.113883.6.73", is_atc),
        System("icd10", "CIM-10", "http://hl7.org/fhir/sid/icd-10", "2.16.840.1.113883.6.3", is_icd10),
        System("loinc", "LOINC", "http://loinc.org", "2.16.840.1.113883.6.1", is_loinc_or_part),
        System("snomed", "SNOMED CT", "http://snomed.info/sct", "2.16.840.1.113883.6.96", is_snomed),
        System("ccam", "CCAM", "", "1.2.250.1.213.2.5", is_ccam),
        System("cis", "CIS", "", "1.2.250.1.213.2.3.1", is_cis),
        System("cip13", "CIP13", "", "1.2.250.1.213.2.3.2", is_cip13),
        System("ucum", "UCUM", "http://unitsofmeasure.org", "2.16.840.1.113883.6.8", is_token),
        System("edqm", "EDQM", "http://standardterms.edqm.eu", "0.4.0.127.0.16.1.1.2.1", is_token),
        System("timing", "HL7 TimingEvent", f"{_THO}v3-TimingEvent", "2.16.840.1.113883.5.139", is_token),
        System("gts", "HL7 GTSAbbreviation", f"{_THO}v3-GTSAbbreviation", "2.16.840.1.113883.5.1022", is_token),
        System("role", "HL7 RoleCode", f"{_THO}v3-RoleCode", "2.16.840.1.113883.5.111", is_token),
        System("condition", "FHIR condition-clinical", f"{_THO}condition-clinical", "", is_token),
        System("verification", "FHIR condition-ver-status", f"{_THO}condition-ver-status", "", is_token),
        System("severity", "FHIR severity", "http://hl7.org/fhir/reaction-event-severity", "", is_token),
        System("criticality", "FHIR criticality", "http://hl7.org/fhir/allergy-intolerance-criticality", "", is_token),
        System("language", "BCP 47", "urn:ietf:bcp:47", "", is_language),
        System("other", "", "", "", is_token),
    )
}

_BY_NAME: Final = {
    name: one.key for one in SYSTEMS.values() for name in (one.uri, one.oid, f"urn:oid:{one.oid}") if name
}


def system_of(name: str) -> str:
    """The key of a system by its URI or OID, or `other`."""
    return _BY_NAME.get(name.strip().rstrip("/"), "other")


def is_well_formed(system: str, code: str) -> bool:
    """Whether a code can be one of its system; a system that is not listed takes any token."""
    return SYSTEMS.get(system, SYSTEMS["other"]).check(code)


def named(uri: str) -> str:
    """The name for people of a code system by its FHIR address; empty if it is none of these."""
    return next((one.name for one in SYSTEMS.values() if uri and uri in (one.uri, f"urn:oid:{one.oid}")), "")
