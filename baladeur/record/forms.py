"""What the holder writes, as pydantic models: the source of schemas/declared-*.schema.json, and the check on entry.

Never on the reading path (pydantic costs 0.2 s): what is stored is read leniently, by hand.
Source: schemas/container.md section 10 (holder types); FHIR R4 Patient for the identity's elements.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from baladeur.errors import FieldRefused, NumberRefused
from baladeur.record.identity import is_ins
from baladeur.text import LABEL, safe_text

_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def _plain(text: str) -> str:
    """Text that every screen shows as it is: nothing is cut or replaced in silence."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if not text or safe_text(text) != text:
        raise ValueError("text")
    return text


def _spaced(value: object) -> object:
    """French numbers are copied with narrow and non-breaking spaces."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _past(day: str) -> str:
    """A date that exists and is not in the future; the earliest of a partial one counts."""
    parts = [int(part) for part in day.split("-")]
    if date(*(*parts, 1, 1)[:3]) > date.today():
        raise ValueError("date")
    return day


def _matricule(typed: str) -> str:
    bare = re.sub(r"[\s.]", "", typed).upper()
    if not is_ins(bare):
        raise ValueError("ins")
    return bare


Text = Annotated[str, Field(min_length=1, max_length=LABEL), AfterValidator(_plain)]
Day = Annotated[str, Field(pattern=_DATE), AfterValidator(_past)]
Phone = Annotated[str, BeforeValidator(_spaced), Field(pattern=r"^[+0-9][0-9 ().\-/]{1,29}$")]
Email = Annotated[str, Field(pattern=r"^[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}$", max_length=254), AfterValidator(_plain)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Identity(_Closed):
    """The patient as the holder declares her: the identity of a new record."""

    family: Text
    given: Annotated[list[Text], Field(min_length=1, max_length=20)]
    birthName: Text | None = None
    birthDate: Day
    sex: Literal["M", "F"]
    birthPlace: Text | None = None
    birthPlaceCode: Annotated[str, Field(pattern=r"^([0-9]{5}|2[AB][0-9]{3})$")] | None = None
    ins: Annotated[str, AfterValidator(_matricule)] | None = None
    insType: Literal["NIR", "NIA"] = "NIR"


class Contact(_Closed):
    """Somebody to call."""

    name: Text
    phone: Phone
    relation: Text | None = None
    email: Email | None = None


class Language(_Closed):
    """A language that the patient speaks; `code` as BCP 47 has it."""

    code: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
    words: Text | None = None
    preferred: bool = False


class TrustedPerson(_Closed):
    """The person whom the patient trusts to speak for her (personne de confiance, L1111-6 CSP)."""

    name: Text
    phone: Phone
    relation: Text | None = None
    email: Email | None = None
    designated: Day | None = None


#: Item type → what its content must be.
HOLDER: dict[str, type[BaseModel]] = {"contact": Contact, "language": Language, "trusted-person": TrustedPerson}
SCHEMAS: dict[str, type[BaseModel]] = {"identity": Identity, **HOLDER}


def check(kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are there, tidied. Raises FieldRefused, with the first wrong field's name, or NumberRefused."""
    model = SCHEMAS[kind]
    try:
        return model.model_validate(dict(value)).model_dump(exclude_none=True)
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False)[0]["loc"]
    field = str(wrong[0]) if wrong else ""
    if field == "ins":
        raise NumberRefused("ins")
    raise FieldRefused(f"field {field}" if field in model.model_fields else "field unknown")
