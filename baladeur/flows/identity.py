"""Whose record it is, as the patient declares it: nobody has checked it, and the record says so."""

import json
import re
from collections.abc import Generator
from typing import Any, Final

from baladeur.errors import FieldRefused, IdentitySigned
from baladeur.flows.steps import NO, YES, Ask, Flow, Option, Own, Piece, Step, choose, confirm, say, t, work
from baladeur.session import Session

_FIELDS: Final = ("family", "given", "birthName", "birthDate")
_SEX: Final = (Option("F", t("p-sex-f")), Option("M", t("p-sex-m")), Option("", t("p-sex-none")))


def iso(typed: str) -> str:
    """A birth date as people write it, day first: `4 3 1961`, `04/03/1961`, `3 1961`, `1961`; else as it was typed."""
    parts = re.findall(r"[0-9]+", typed)
    if re.sub(r"[0-9]+|[\s./-]+", "", typed) or not 1 <= len(parts) <= 3:
        return typed.strip()
    if len(parts[0]) != 4:
        parts.reverse()
    return "-".join([parts[0], *(part.zfill(2) for part in parts[1:])])


def declare(session: Session) -> Flow:
    """Name, birth date and sex, asked one by one, shown once more, then written. Ends as `done` or `later`."""
    if (yield confirm(t("p-whose-ask"), t("p-whose-why"), yes="p-whose-yes", no="p-later-no")) == NO:
        return "later"
    fields: dict[str, Any] = {}
    ask = list(_FIELDS)
    while True:
        for name in ask:
            yield from _field(fields, name)
        if "sex" not in fields:
            fields["sex"] = yield choose([t("p-sex")], "", *_SEX)
        given = {name: value for name, value in fields.items() if value}
        try:
            draft, _ = session.correct_identity(json.dumps(given).encode())
        except FieldRefused as refused:
            yield say(refused)
            wrong = refused.detail.removeprefix("field ")
            ask = [wrong] if wrong in _FIELDS else list(_FIELDS)
            continue
        if (yield confirm(t("p-whose-recap"), *_recap(fields), yes="p-right", no="p-correct")) == YES:
            break
        ask, fields = list(_FIELDS), {}
    try:
        yield work("p-writing", session.seal, draft, None)
    except IdentitySigned as refused:
        yield say(refused)
        return "refused"
    yield say(t("p-whose-done"))
    return "done"


def _field(fields: dict[str, Any], name: str) -> Generator[Step, Any, None]:
    typed = str((yield Ask((t(f"p-field-{name}"),), optional=name == "birthName"))).strip()
    if name == "given":
        fields[name] = re.split(r"[\s,]+", typed)
    else:
        fields[name] = iso(typed) if name == "birthDate" else typed


def _recap(fields: dict[str, Any]) -> list[Piece]:
    name = f"{fields['family'].upper()} {' '.join(fields['given'])}"
    birth, sex = fields["birthName"], fields["sex"].lower()
    told: list[Piece] = [Own(name, name)]
    if birth:
        told.append(t("p-birth-name", family=birth))
    told.append(t("p-born", day=days(fields["birthDate"])))
    return [*told, t(f"p-sex-{sex}")] if sex else told


def days(raw: str) -> Own:
    """A date in words."""
    return Own(Session.day_words(raw, "fr"), Session.day_words(raw, "en"))
