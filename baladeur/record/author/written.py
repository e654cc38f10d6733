"""A resource of ours as JSON bytes: numbers with the digits that were typed or received."""

import json
from decimal import Decimal
from typing import Any

from baladeur.record.elements import Json


def dumps(resource: Json) -> bytes:
    """JSON in UTF-8 on one line. Values as `scan.parse` gives them."""
    return "".join(_pieces(resource)).encode()


def _pieces(value: Any) -> list[str]:
    if isinstance(value, dict):
        parts = [json.dumps(name, ensure_ascii=False) + ":" + "".join(_pieces(inner)) for name, inner in value.items()]
        return ["{", ",".join(parts), "}"]
    if isinstance(value, list | tuple):
        return ["[", ",".join("".join(_pieces(inner)) for inner in value), "]"]
    if isinstance(value, Decimal):
        return [str(value)]  # a Number gives its own text
    return [json.dumps(value, ensure_ascii=False)]
