"""What is found only because something else is wrong: left out, so that one fault is one finding, where it stands.

A `fullUrl` with a blank in it makes every reference to it dangle; a code written as a list leaves its section without
a name. Said once, at the place of the fault; what remains wrong after the repair is said by the next check.
No finding is left out unless a structural error stays that explains it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from baladeur.record.check.findings import Finding

#: More findings than this are no single fault, and are not compared with each other.
_MANY: Final = 500

_STRUCTURAL: Final = frozenset(
    {"list-expected", "list-unexpected", "object-expected", "value-expected", "null", "ele-1", "resource-type"}
)
_HOLDER: Final = re.compile(r"Bundle\.entry\[\d+\]\.resource|[A-Za-z]+")
_ENTRY: Final = re.compile(r"Bundle\.entry\[(\d+)\](?:\.(fullUrl|resource))?")
_ADDRESS: Final = frozenset({"full-url", "full-url-id", "bdl-7"})
_CAUSES: Final = _ADDRESS | {"unknown", "reference-type", "ref-1", "reference-form"}
#: Rules about a value that cannot be read at its own place, within it or around it.
_OF_A_VALUE: Final = frozenset(
    {"code-unknown", "code-missing", "reference-form", "reference-empty", "full-url", "bdl-5", "bdl-9", "bdl-10"}
    | {"ips-fixed", "ips-required", "ips-section-part", "ips-comp-1"}
)


def settled(findings: Sequence[Finding], root: Any) -> list[Finding]:
    """The findings without those that another one of them explains, in the same order. Raises nothing."""
    if not 1 < len(findings) <= _MANY:
        return list(findings)
    broken = [one.where for one in findings if _is_structural(one)]
    if not broken and not any(one.key in _CAUSES for one in findings):
        return list(findings)
    return [one for one in findings if not _explained(one, findings, broken, root)]


def _is_structural(one: Finding) -> bool:
    return one.severity == "error" and (one.key in _STRUCTURAL or one.key.startswith("format-") or one.key == "binding")


def _explained(one: Finding, findings: Sequence[Finding], broken: Sequence[str], root: Any) -> bool:
    if _is_structural(one):
        return False
    if one.key in _OF_A_VALUE:
        return any(_inside(where, one.where) or _inside(one.where, where) for where in broken)
    judge = _BY_KEY.get(one.key)
    return judge is not None and judge(one, findings, broken, root)


def _inside(where: str, place: str) -> bool:
    return where == place or where.startswith((f"{place}.", f"{place}["))


def _holder(where: str) -> str:
    match = _HOLDER.match(where)
    return match[0] if match else where


def _section(one: Finding, _: Sequence[Finding], broken: Sequence[str], __: Any) -> bool:
    return any(
        re.match(r"\[\d+\](?:\.code\b|$)", where[len(one.where) :]) for where in broken if _inside(where, one.where)
    )


def _address(one: Finding, _: Sequence[Finding], broken: Sequence[str], __: Any) -> bool:
    resource = one.where.removesuffix(".fullUrl") + ".resource"
    return resource in broken or any(_inside(where, f"{resource}.id") for where in broken)


def _contained(one: Finding, _: Sequence[Finding], broken: Sequence[str], __: Any) -> bool:
    place = f"{_holder(one.where)}.contained"
    return any(
        re.match(r"(?:\[\d+\](?:\.id\b.*)?)?$", where[len(place) :]) for where in broken if _inside(where, place)
    )


def _unused(one: Finding, findings: Sequence[Finding], _: Sequence[str], __: Any) -> bool:
    holder = _holder(one.where)
    return any(
        _holder(other.where) == holder
        and (other.key in _CAUSES or (_is_structural(other) and not _inside(other.where, one.where)))
        for other in findings
    )


def _choice(one: Finding, findings: Sequence[Finding], _: Sequence[str], __: Any) -> bool:
    """A choice of a type that is not allowed there: it is unknown, and so the choice is missing."""
    size = len(one.where)
    return any(
        other.key == "unknown" and other.where.startswith(one.where) and other.where[size : size + 1].isupper()
        for other in findings
    )


def _dangling(one: Finding, findings: Sequence[Finding], _: Sequence[str], root: Any) -> bool:
    """The reference means an entry whose address or id cannot be read, or is another's."""
    target = one.values.get("value", "")
    return any((named and target.endswith(named)) or not named for named in _lost(findings, root))


def _lost(findings: Iterable[Finding], root: Any) -> list[str]:
    """The ids of the entries that no reference can mean; empty for one that has none to be read."""
    entries = root.get("entry") if isinstance(root, dict) else None
    lost = []
    alone = sum(one.key in _ADDRESS for one in findings) == 1
    for one in findings:
        match = _ENTRY.fullmatch(one.where)
        if match is None or not isinstance(entries, list) or not (one.key in _ADDRESS or _is_structural(one)):
            continue
        entry = entries[int(match[1])] if int(match[1]) < len(entries) else None
        resource = entry.get("resource") if isinstance(entry, dict) else None
        named = resource.get("id") if isinstance(resource, dict) else None
        unread = alone if one.key in _ADDRESS else match[2] == "fullUrl"
        lost.append(named if isinstance(named, str) and not unread else "")
    return lost


def _unread(_: Finding, __: Sequence[Finding], broken: Sequence[str], ___: Any) -> bool:
    """Whether an entry cannot be read at all: what is looked for may be that one."""
    return any(re.fullmatch(r"Bundle\.entry(\[\d+\](\.resource)?)?", where) for where in broken)


def _kind(_: Finding, __: Sequence[Finding], broken: Sequence[str], ___: Any) -> bool:
    return any(_inside(where, "Bundle.type") for where in broken)


def _target(one: Finding, findings: Sequence[Finding], _: Sequence[str], __: Any) -> bool:
    return any(other.key == "reference-type" and other.where == one.where for other in findings)


_Judge = Callable[[Finding, Sequence[Finding], Sequence[str], Any], bool]
_BY_KEY: Final[dict[str, _Judge]] = {
    "ips-section": _section,
    "full-url-id": _address,
    "ref-1": _contained,
    "dom-3": _unused,
    "required": _choice,
    "reference-dangling": _dangling,
    "ips-target": _target,
    "ips-patient": _unread,
    **dict.fromkeys(("bdl-1", "bdl-2", "bdl-3", "bdl-4"), _kind),
    "bdl-11": _unread,
    "bdl-ips-1": _unread,
}
