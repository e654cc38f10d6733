"""The JSON structures of the format as pydantic models: the source of schemas/*.schema.json.

Never on the reading path (pydantic costs 0.2 s): `statement` checks by hand, and a test holds the two together.
Source: schemas/container.md sections 9, 10, 11.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Hex16 = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Hex32 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Type = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
One = Annotated[int, Field(strict=True, ge=1, le=1)]  # Literal[1] would take `true`
Integer = Annotated[int, Field(strict=True, ge=0, le=(1 << 53) - 1)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Outer(_Closed):
    """The half of a statement that the card signs."""

    v: One
    suite: One
    container: Hex16
    utc: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")]
    clock: Literal["host", "declared"]
    demo: bool
    summary: Hex32
    private: Hex32


class Add(_Closed):
    """A new live item."""

    op: Literal["add"]
    id: Hex16
    type: Type
    commitment: Hex32


class Replace(_Closed):
    """A new live item in the place of another."""

    op: Literal["replace"]
    id: Hex16
    type: Type
    commitment: Hex32
    of: Hex16


class Withdraw(_Closed):
    """A live item is withdrawn."""

    op: Literal["withdraw"]
    of: Hex16


class Erase(_Closed):
    """An item becomes a tombstone."""

    op: Literal["erase"]
    of: Hex16


class Visibility(_Closed):
    """Where a live item may be shown."""

    op: Literal["visibility"]
    of: Hex16
    value: Literal["all", "dossier"]


class Conceal(_Closed):
    """Openings removed from the summary."""

    op: Literal["conceal"]
    parts: list[Integer]


class Secrets(_Closed):
    """The header changed."""

    op: Literal["secrets"]
    what: Literal["change", "revoke", "emergency"]


class Compact(_Closed):
    """The file was rewritten."""

    op: Literal["compact"]


Op = Annotated[Add | Replace | Withdraw | Erase | Visibility | Conceal | Secrets | Compact, Field(discriminator="op")]


class Inner(_Closed):
    """The half of a statement that stays in the history."""

    v: One
    seq: Integer
    prev: Hex32
    role: Literal["professional", "holder"]
    subject: Hex32
    state: Hex32
    ops: Annotated[list[Op], Field(max_length=20_000)]
    software: Annotated[str, Field(max_length=64)]


class Meta(BaseModel):
    """What the catalogue says of an item; other names are kept and ignored."""

    model_config = ConfigDict(extra="allow", strict=True)

    type: Type
    title: str
    date: str
    media: str
    # Absent unless the item replaces one; JSON Schema knows no default then.
    of: Annotated[Hex16, Field(json_schema_extra=lambda schema: schema.pop("default"))] = ""


class Part(BaseModel):
    """One line of the emergency page; the record layer adds what it needs."""

    model_config = ConfigDict(extra="allow", strict=True)

    items: list[Hex16]


SCHEMAS: dict[str, type[BaseModel]] = {
    "statement-outer": Outer,
    "statement-inner": Inner,
    "item-meta": Meta,
    "summary-part": Part,
}
