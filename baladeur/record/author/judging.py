"""Whether what we wrote may go into the record: the types of fhir.resources, then our own checker.

Anything above a note refuses a new resource. Of a new version of what somebody else wrote only what is new is held
against it: their faults must not keep a drug from being stopped.
"""

import json
from typing import Any

from baladeur.errors import AuthoredRefused
from baladeur.record import scan
from baladeur.record.author.written import dumps
from baladeur.record.check import Finding, check_resource
from baladeur.record.elements import Json


def refuse(content: bytes) -> None:
    """Raises AuthoredRefused, with the findings, for a resource that must not be written."""
    found = _above_note(content)
    if found or not _typed(content):
        raise AuthoredRefused(found)


def new_faults(content: bytes, former: bytes) -> list[Finding]:
    """What our checker finds above a note in a version, and not in the one before it; b"": there was none."""
    known = {(one.key, one.where) for one in _above_note(former)} if former else set()
    return [one for one in _above_note(content) if (one.key, one.where) not in known]


def refuse_new(content: bytes, former: bytes) -> None:
    """Raises AuthoredRefused for faults that a version has and the one before it had not."""
    found = new_faults(content, former)
    if found or (_typed(former) and not _typed(content)):
        raise AuthoredRefused(found)


def warm() -> None:
    """Load what judges: half a second."""
    from fhir.resources.R4B import get_fhir_model_class

    for name in ("MedicationStatement", "Condition", "AllergyIntolerance"):
        get_fhir_model_class(name)
    check_resource(b'{"resourceType":"Basic"}')


def _above_note(content: bytes) -> list[Finding]:
    return [one for one in check_resource(content) if one.severity != "note"]


def _typed(content: bytes) -> bool:
    """Whether fhir.resources takes it (R4B: the same elements as R4 in all resources that forms make)."""
    from fhir.resources.R4B import get_fhir_model_class  # half a second: on writing only

    resource: Json = scan.parse(content)
    try:
        get_fhir_model_class(resource["resourceType"]).model_validate(_plain(resource))
    except (KeyError, ValueError):  # pydantic's own error is a ValueError
        return False
    return True


def _plain(resource: Json) -> Any:
    """As the library wants it: it refuses a date that is not known, though FHIR and IPS prescribe how to say so."""
    absent = {name[1:]: "1900" for name in resource if name.startswith("_") and name[1:] not in resource}
    return json.loads(dumps({**resource, **absent}))
