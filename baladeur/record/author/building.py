"""Values of a form to a resource, and back: what is typed becomes FHIR, and a resource fills the form again.

A correction changes the elements that were typed anew and leaves all others as they came, unknown ones included.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from baladeur.errors import FormRefused, LineRefused
from baladeur.record import scan
from baladeur.record.author import special
from baladeur.record.author.dates import Refused
from baladeur.record.author.fields import Field, FieldFault, Form, Kind, Part, Value, Values
from baladeur.record.author.forms import FORMS, form_of
from baladeur.record.author.typed import parsed
from baladeur.record.author.written import dumps
from baladeur.record.elements import Json, raw
from baladeur.text import safe_text

#: Types of resources that another form reads as its own.
_READ_BY: Final = {"MedicationRequest": "treatment", "MedicationAdministration": "treatment"}
_STALE: Final = ("versionId", "lastUpdated")  #: of meta: they name the version that is replaced


def build(kind: str, values: Values, *, patient: str, today: date) -> bytes:
    """A new resource about `patient` (a reference). Raises FormRefused, KeyError for an unknown kind."""
    form = form_of(kind)
    told = _told(form, form.parts, values, today)
    resource: Json = {"resourceType": form.type, **_copy(form.start), form.subject: {"reference": patient}}
    _fill(resource, form.parts, told)
    form.finish(resource, today)
    return dumps(resource)


def checked(kind: str, values: Values, *, today: date, lang: str = "") -> dict[str, Any]:
    """The parsed values of a form that makes no resource. lang: that of who types. Raises FormRefused."""
    form = form_of(kind)
    return _told(form, form.parts, values, today, lang)


def amended(content: bytes, values: Values, *, today: date) -> bytes:
    """A new version of a resource: the fields named take their new values, all else stays.

    Fields that make one element together are taken from the resource where they are not named.
    Raises FormRefused; LineRefused for a resource that no form can read.
    """
    resource = scan.parse(content)
    form = _form(resource)
    strange = set(values) - {one.name for one in form.fields}
    touched = [part for part in form.parts if any(field.name in values for field in part.fields)]
    before: dict[str, Value] = {}
    for part in touched:
        before |= part.get(resource)
    given = {**before, **{name: value for name, value in values.items() if name not in strange}}
    _refuse_stale_words(form, before, values)
    told = _told(form, touched, given | dict.fromkeys(strange, ""), today)
    _fill(resource, touched, told)
    form.finish(resource, today) if form.type == raw(resource.get("resourceType")) else None
    return dumps(renewed(resource))


def _refuse_stale_words(form: Form, before: Values, values: Values) -> None:
    """A new dose beside the old words would be two dosages. Raises FormRefused."""
    field = form.field("dosage")
    structured = {"dose", "rhythm", "when", "needed"}
    words = before.get("dosage")
    if field is not None and words and field.name not in values and not structured & set(before):
        if any(values.get(name) for name in structured):
            raise FormRefused([_fault(field, "words", words=str(words))])


def renewed(resource: Json, mark: str = "") -> Json:
    """A resource without what speaks of the version that it replaces: its version, and a text made of its data.

    A text that says more than the data stays, with `mark` (XHTML) at its head.
    """
    meta = {name: value for name, value in resource.get("meta", {}).items() if name not in _STALE}
    resource.pop("meta", None)
    text = resource.get("text")
    if isinstance(text, dict) and raw(text.get("status")) != "additional":
        del resource["text"]
    elif isinstance(text, dict) and mark and (end := raw(text.get("div")).find(">")) > 0:
        text["div"] = text["div"][: end + 1] + mark + text["div"][end + 1 :]
    return resource | ({"meta": meta} if meta else {})


def read(content: bytes) -> tuple[str, dict[str, Value]]:
    """The kind of a resource and what its form would show. Raises LineRefused where no form can read it."""
    resource = scan.parse(content)
    form = _form(resource)
    values: dict[str, Value] = {}
    for part in form.parts:
        values |= part.get(resource)
    return form.kind, values


def _form(resource: Json) -> Form:
    type_ = raw(resource.get("resourceType"))
    found = next((one for one in FORMS if one.type == type_), None)
    if found is None and type_ in _READ_BY:
        found = form_of(_READ_BY[type_])
    if found is None:
        raise LineRefused("no form")
    return found


def _told(
    form: Form, parts: tuple[Part, ...] | list[Part], values: Values, today: date, lang: str = ""
) -> dict[str, Any]:
    """What was typed, parsed. Raises FormRefused with every fault."""
    fields = [field for part in parts for field in part.fields]
    faults: list[FieldFault] = []
    told: dict[str, Any] = {}
    for name in values:
        if form.field(name) is None:
            faults.append(FieldFault(safe_text(name, 40), (safe_text(name, 40),) * 2, "unknown"))
    for field in fields:
        try:
            found = parsed(field, values.get(field.name, ""), today, lang)
        except Refused as refused:
            faults.append(_fault(field, refused.key, **refused.values))
            continue
        if found is not None and found != ():
            told[field.name] = found
        elif field.required:
            faults.append(_fault(field, "required"))
    faults += _together(form, told)
    if faults:
        raise FormRefused(faults)
    return told


def _fault(field: Field, key: str, **values: str) -> FieldFault:
    return FieldFault(field.name, (field.fr, field.en), key, values)


def _together(form: Form, told: Mapping[str, Any]) -> Iterator[FieldFault]:
    """Faults that concern two fields."""
    since, until = raw(told.get("since")), raw(told.get("until"))
    if since and until and until < since[: len(until)] and (field := form.field("until")):
        yield _fault(field, "order")
    if form.kind == "allergy" and "severity" in told and "reaction" not in told:
        severity, reaction = form.field("severity"), form.field("reaction")
        if severity and reaction:
            yield FieldFault(severity.name, (severity.fr, severity.en), "together", {"other": reaction.fr})
    drug = told.get("drug")
    if "strength" in told and drug is not None and special.tells_strength(drug.text) and (field := form.field("drug")):
        yield _fault(field, "strength", words=drug.text)
    if "when" in told and (when := form.field("when")) and when.kind is Kind.CHOICES:
        from baladeur.record.author.dosing import repeat

        try:
            repeat(told)
        except ValueError:
            yield _fault(when, "when")


def _fill(resource: Json, parts: tuple[Part, ...] | list[Part], told: Mapping[str, Any]) -> None:
    for part in parts:
        part.put(resource, {field.name: told[field.name] for field in part.fields if field.name in told})


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copy(inner) for name, inner in value.items()}
    return [_copy(one) for one in value] if isinstance(value, list) else value
