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
    _check(value)
    try:
        return _ENCODER.encode(value).encode()
    except UnicodeEncodeError:
        raise ValueError("lone surrogate") from None


def loads(data: bytes) -> Any:
    """The value of canonical bytes. Raises ValueError if they are not canonical or not in the subset."""
    try:
        value = _DECODER.decode(data.decode())
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


# Made once: json.dumps and json.loads would make them anew at each call.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_DECODER = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)


def _check(value: Any) -> None:
    """Level by level, not by recursion: the statement of a bulk commit holds tens of thousands of values."""
    level = [value]
    for _ in range(MAX_DEPTH):
        below: list[Any] = []
        for item in level:
            kind = type(item)
            if kind is str or kind is bool:
                continue
            if kind is dict:
                for name in item:
                    if type(name) is not str or not name.isascii():
                        raise ValueError("name is not ASCII")
                below += item.values()
            elif kind is list:
                below += item
            elif kind is not int or not 0 <= item <= MAX_INTEGER:
                raise ValueError("not of the subset")
        if not below:
            return
        level = below
    raise ValueError("too deep")
