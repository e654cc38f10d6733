"""A form that is being filled in, as a kept draft holds it: `schemas/holder.md`, Drafts, `form`."""

from typing import Any, Final

from baladeur.acts.draft import Begun
from baladeur.record.author import FORMS, Coded
from baladeur.record.author.fields import Value
from baladeur.text import NOTE, safe_text

_KINDS: Final = {form.kind: form for form in FORMS}


def written(begun: Begun) -> dict[str, Any]:
    """As JSON."""
    values = {name: _written(value) for name, value in begun.values.items()}
    return {"kind": begun.kind, "line": begun.line, "values": values, "at": begun.at}


def _written(value: Value) -> Any:
    if isinstance(value, Coded):
        return {"text": value.text, "system": value.system, "code": value.code, "display": value.display}
    return value if isinstance(value, str) else list(value)


def read(told: Any) -> Begun:
    """From JSON; text is made safe to show. Raises KeyError, TypeError, ValueError."""
    form = _KINDS[told["kind"]]
    line, at = str(told["line"]), str(told["at"])
    bytes.fromhex(line)
    names = {field.name for field in form.fields}
    values = {str(name): _read(value) for name, value in told["values"].items() if name in names}
    return Begun(form.kind, line, values, at if at in names else "")


def _read(value: Any) -> Value:
    if isinstance(value, str):
        return safe_text(value, NOTE, lines=True)
    if isinstance(value, list):
        return tuple(safe_text(str(one)) for one in value)
    return Coded(*(safe_text(str(value[name])) for name in ("text", "system", "code", "display")))
