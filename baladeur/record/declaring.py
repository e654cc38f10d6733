"""What the holder types in becomes content: a simple identity a FHIR Patient, a contact its canonical fields.

Nothing is guessed: a field that is not as it must be is refused by its name. What stands in the record is declared,
and says nothing of having been checked by anybody.
Sources: FHIR R4 (4.0.1) Patient; fr-core 2.2.0 FRCorePatientProfile; ITU-T E.164; the French numbering plan (ARCEP).
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from baladeur.errors import NotJson
from baladeur.record import scan
from baladeur.record.elements import Json
from baladeur.record.identity import INS, NIA, NIR, NIR_DEMO

_FR: Final = "https://hl7.fr/ig/fhir/core/"
_STRUCTURE: Final = _FR + "StructureDefinition/"
_BIRTH_PLACE: Final = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace"
_COMMUNES: Final = "https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM"
_SEXES: Final = {"M": "male", "F": "female"}
# The first digits of a national number overseas → the country code that it is called under from abroad.
_OVERSEAS: Final = {
    "590": "590", "690": "590", "691": "590", "594": "594", "694": "594", "596": "596", "696": "596", "697": "596",
    "262": "262", "263": "262", "692": "262", "693": "262", "269": "262", "639": "262",
}  # fmt: skip


def fields(data: bytes) -> Json:
    """The object that JSON bytes hold. Raises NotJson, DocumentTooLarge."""
    value = scan.parse(data)
    if not isinstance(value, dict):
        raise NotJson
    return value


def checked(kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a declared identity, contact, language or trusted-person, tidied; phones in E.164 where possible.

    Raises FieldRefused, which names the first field that is not as it must be, and NumberRefused.
    """
    from baladeur.record import forms  # on entry only: pydantic costs a fifth of a second

    found = forms.check(kind, value)
    return found | {"phone": e164(found["phone"])} if "phone" in found else found


def e164(typed: str) -> str:
    """A phone number as it is called from anywhere, or, where that is not certain, as it was typed.

    `06 12 34 56 78` → `+33612345678`; `0690 …` → `+590690…`; `0044 20 …` → `+4420…`; `15` stays `15`.
    A national number is read as French; the trunk zero of `+33 (0)6` falls.
    """
    typed = typed.strip()
    bare = re.sub(r"[\s./\-]", "", typed)
    bare = "+" + bare[2:] if bare.startswith("00") else bare
    if bare.startswith("+"):
        bare = bare.replace("(0)", "")
        return bare if re.fullmatch(r"\+[1-9][0-9]{6,14}", bare) else typed
    if re.fullmatch(r"0[1-9][0-9]{8}", bare) and not bare.startswith("0508"):  # Saint-Pierre: six digits of its own
        return f"+{_OVERSEAS.get(bare[1:4], '33')}{bare[1:]}"
    return typed


def patient(value: Mapping[str, Any], *, demonstration: bool) -> bytes:
    """A FHIR R4 Patient, as JSON in UTF-8, of the simple identity. Raises FieldRefused, NumberRefused.

    The official name is that of birth, as fr-core wants it; the name in use stands beside it where it differs.
    No reliability is stated: the identity is as declared. In a demonstration record an INS is a demonstration number.
    """
    told = checked("identity", value)
    given, family = told["given"], told["family"]
    birth = told.get("birthName", family)
    list_ = {"url": _STRUCTURE + "fr-core-patient-birth-list-given-name", "valueString": " ".join(given)}
    names: list[Json] = [{"extension": [list_], "use": "official", "family": birth, "given": given[:1]}]
    if birth != family:
        names.append({"use": "usual", "family": family, "given": given[:1]})
    made: Json = {
        "resourceType": "Patient",
        "meta": {"profile": [_STRUCTURE + "fr-core-patient"]},
        "name": names,
        "gender": _SEXES[told["sex"]],
        "birthDate": told["birthDate"],
    }
    if place := _place(told):
        made["extension"] = [{"url": _BIRTH_PLACE, "valueAddress": place}]
    if "ins" in told:
        made["identifier"] = [
            _ins(told["ins"], NIR_DEMO if demonstration else NIA if told["insType"] == "NIA" else NIR)
        ]
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def _place(told: Mapping[str, Any]) -> Json:
    place: Json = {"city": told["birthPlace"]} if "birthPlace" in told else {}
    if code := told.get("birthPlaceCode"):
        coding = {"system": _COMMUNES, "code": code}
        place["extension"] = [{"url": _STRUCTURE + "fr-core-address-insee-code", "valueCoding": coding}]
    return place


def _ins(matricule: str, system: str) -> Json:
    coding = {"system": _FR + "CodeSystem/fr-core-cs-v2-0203", "code": INS[system]}
    return {"use": "official", "type": {"coding": [coding]}, "system": f"urn:oid:{system}", "value": matricule}
