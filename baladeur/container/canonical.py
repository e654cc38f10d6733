"""Canonical JSON: RFC 8785 over the subset of schemas/container.md section 1.

The subset (ASCII names, no floats, no null) makes the standard library's output canonical;
a test compares it with an independent RFC 8785 implementation.
"""

import json
from typing import Any

MAX_INTEGER = (1 << 53) - 1
MAX_DEPTH = 32


def dumps(value: Any) -> bytes:
    """The canonical bytes of a value. Raises ValueError outside the subset."""
    _check(value, 1)
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return text.encode()
    except UnicodeEncodeError:
        raise ValueError("lone surrogate") from None


def loads(data: bytes) -> Any:
    """The value of canonical bytes. Raises ValueError if they are not canonical or not in the subset."""
    try:
        value = json.loads(data.decode(), parse_float=_refuse, parse_constant=_refuse)
    except (RecursionError, UnicodeDecodeError) as error:
        raise ValueError(type(error).__name__) from None
    if dumps(value) != data:  # duplicate names, white space, other escapes, -0, trailing bytes
        raise ValueError("not canonical")
    return value


def load_object(data: bytes) -> dict[str, Any]:
    """As `loads`, for an object."""
    value = loads(data)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def _refuse(text: str) -> None:
    raise ValueError("not an integer")


def _check(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ValueError("too deep")
    if isinstance(value, dict):
        for name, item in value.items():
            if not isinstance(name, str) or not name.isascii():
                raise ValueError("name is not ASCII")
            _check(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth + 1)
    elif isinstance(value, bool | str):
        return
    elif not isinstance(value, int) or not 0 <= value <= MAX_INTEGER:
        raise ValueError("not of the subset")
