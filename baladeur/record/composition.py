"""The cover page of a document: what each of its sections claims.

Source: FHIR R4 (4.0.1) Composition; IPS 2.0.0 Composition-uv-ips; LOINC section codes of the IPS and of the CI-SIS.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from baladeur.quiet import quiet
from baladeur.record.elements import Json, label, obj, objs, raw, string
from baladeur.record.facts import has_modifier
from baladeur.record.model import SectionName
from baladeur.text import NOTE, safe_text

LOINC: Final = {
    "48765-2": SectionName.ALLERGIES,
    "11450-4": SectionName.PROBLEMS,
    "10160-0": SectionName.MEDICATIONS,
    "104605-1": SectionName.ALERTS,
    "44944-7": SectionName.ALERTS,  # CI-SIS: points de vigilance
    "46264-8": SectionName.DEVICES,
    "11348-0": SectionName.PAST_HISTORY,
    "47519-4": SectionName.PROCEDURES,
    "11369-6": SectionName.IMMUNIZATIONS,
    "30954-2": SectionName.RESULTS,
    "8716-3": SectionName.VITAL_SIGNS,
    "10162-6": SectionName.PREGNANCY,
    "42348-3": SectionName.ADVANCE_DIRECTIVES,
    "47420-5": SectionName.FUNCTIONAL_STATUS,
    "29762-2": SectionName.SOCIAL_HISTORY,
    "10157-6": SectionName.FAMILY_HISTORY,
    "18776-5": SectionName.PLAN_OF_CARE,
    "81338-6": SectionName.PATIENT_STORY,
}
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*+)[^<>]*+>")
_BLOCKS: Final = frozenset({"div", "p", "br", "tr", "li", "table", "caption", "h1", "h2", "h3", "h4", "h5", "h6", "dt"})
_EMPTY_REASON: Final = "http://terminology.hl7.org/CodeSystem/list-empty-reason"


@dataclass(frozen=True, slots=True, repr=False)
class Claim:
    """One section of the document: which entries it lists, or why it is empty."""

    section: SectionName
    code: str
    title: str
    references: tuple[Any, ...]
    empty: str  #: code of `emptyReason`; "other" for another system's; empty: no `emptyReason`
    empty_words: str
    narrative: str
    modified: bool  #: it carries a modifier that this program does not know
    family: bool  #: it, or a section around it, is family history

    __repr__ = quiet


def claims(composition: Json) -> list[Claim]:
    """Each section, nested ones included; a section without a known code takes that of the section around it."""
    found: list[Claim] = []
    for section in objs(composition.get("section")):
        _collect(section, SectionName.OTHER, False, False, found)
    return found


def _collect(section: Json, around: SectionName, modified: bool, family: bool, found: list[Claim]) -> None:
    listed = [raw(one.get("code")) for one in objs(obj(section.get("code")).get("coding"))]
    code = next((one for one in listed if one in LOINC), "")
    name = LOINC.get(code, around)
    family = family or name is SectionName.FAMILY_HISTORY
    here = {element: value for element, value in section.items() if element not in ("section", "text")}
    modified = modified or has_modifier(here)
    reason = obj(section.get("emptyReason"))
    found.append(
        Claim(
            name,
            code or string(listed[0] if listed else ""),
            string(section.get("title")) or label(section.get("code")),
            tuple(objs(section.get("entry"))),
            _empty_code(reason),
            label(reason),
            narrative(obj(section.get("text")).get("div")),
            modified,
            family,
        )
    )
    for inner in objs(section.get("section")):
        _collect(inner, name, modified, family, found)


def _empty_code(reason: Json) -> str:
    if not reason:
        return ""
    listed = {raw(one.get("code")) for one in objs(reason.get("coding")) if one.get("system") == _EMPTY_REASON}
    return string(listed.pop()) if len(listed) == 1 else "other"


def narrative(div: object) -> str:
    """The words of a narrative, tame, without markup. Raises nothing, however broken the markup.

    Real narratives are not well formed, and a parser of HTML takes quadratic time on hostile ones; this takes linear
    time. What is no tag stays in the text: `K < 3,5` is a result. Words of scripts and styles are left out.
    """
    if not isinstance(div, str):
        return ""
    parts: list[str] = []
    skipped = ""
    comments = True  # whether another comment may still be closed
    at = 0
    while (left := div.find("<", at)) >= 0:
        if not skipped:
            parts.append(_unescaped(div[at:left]))
        if comments and div.startswith("<!--", left):
            closed = div.find("-->", left + 4)
            comments = closed >= 0
            at = closed + 3 if comments else left
            continue
        tag = _TAG.match(div, left)
        at = tag.end() if tag is not None else left + 1
        if tag is None:
            parts.append("" if skipped else "<")
        elif skipped:
            skipped = "" if tag[1] and tag[2].lower() == skipped else skipped
        else:
            name = tag[2].lower()
            skipped = name if name in ("script", "style") and not tag[1] and not tag[0].endswith("/>") else ""
            parts.append("\n" if name in _BLOCKS else " " if name in ("td", "th") else "")
    if not skipped:
        parts.append(_unescaped(div[at:]))
    return safe_text("".join(parts), NOTE, lines=True)


def _unescaped(text: str) -> str:
    from html import unescape  # 2000 names of characters: only for a text

    try:
        return unescape(text)
    except ValueError:  # a character reference of thousands of digits
        return text
