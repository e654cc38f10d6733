"""A finding: what is wrong, where, how much it matters, and what to do, in French or English.

Severities: `fatal` (nothing could be checked), `error` (a rule of FHIR R4 or of IPS 2.0.0 is broken), `warning`
(allowed or read by most, yet a reader may be misled), `note` (worth knowing, nothing is wrong).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from baladeur.quiet import quiet
from baladeur.record.check.sentences import SENTENCES
from baladeur.text import safe_text

Severity = Literal["fatal", "error", "warning", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = ("fatal", "error", "warning", "note")
#: The longest part of a value that a sentence repeats, in characters.
SHOWN: Final = 60

#: French spaces that no line may break at.
_UNBREAKABLE: Final = re.compile("« | [»:;?!%]")
_SECTIONS: Final = {
    "sectionMedications": ("les traitements", "the medications"),
    "sectionAllergies": ("les allergies", "the allergies"),
    "sectionProblems": ("les problèmes", "the problems"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """One thing that is wrong, or worth knowing, in a FHIR document."""

    key: str  #: the rule: an official key (`per-1`, `bdl-9`, `ips-comp-1`) or a word of ours (`required`, `binding`)
    severity: Severity
    where: str  #: FHIRPath of the element: `Bundle.entry[3].resource.code`
    values: dict[str, str] = field(default_factory=dict)  #: what the sentence is about; tamed
    line: int | None = None  #: of an NDJSON file, from 1

    __repr__ = quiet

    def sentence(self, language: Literal["fr", "en"]) -> str:
        """What is wrong."""
        return self._say(0 if language == "fr" else 1, language)

    def remedy(self, language: Literal["fr", "en"]) -> str:
        """What to do."""
        return self._say(2 if language == "fr" else 3, language)

    def as_json(self, language: Literal["fr", "en"]) -> dict[str, object]:
        """For programs."""
        line = {} if self.line is None else {"line": self.line}
        return {
            **line,
            "severity": self.severity,
            "key": self.key,
            "where": self.where,
            "sentence": self.sentence(language),
            "remedy": self.remedy(language),
        }

    def _say(self, which: int, language: str) -> str:
        words = dict(self.values)
        if (section := words.get("section")) in _SECTIONS:
            words["section"] = _SECTIONS[section][0 if language == "fr" else 1]
        text = SENTENCES[self.key][which].format_map(_Words(words))
        return _UNBREAKABLE.sub(lambda met: met[0].replace(" ", "\u00a0"), text) if language == "fr" else text


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def tamed(value: object) -> str:
    """A value as a sentence may repeat it."""
    if value is True or value is False:
        return "true" if value else "false"
    return safe_text(value if isinstance(value, str) else str(value) if isinstance(value, int) else "", SHOWN)


def worst(found: Iterable[Finding]) -> Severity | None:
    """The gravest severity there is, or None."""
    there = {one.severity for one in found}
    return next((one for one in SEVERITIES if one in there), None)


def refusing(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those for which a document that we author is not written."""
    return tuple(one for one in found if one.severity in ("fatal", "error"))
