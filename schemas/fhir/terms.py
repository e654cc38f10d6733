"""Value sets and code systems to the codes that the table holds.

A value set is kept as the systems that it takes whole and the codes that it takes from others, so that each code is
written once. What cannot be spelt out (a filter on a system that nobody ships, such as UCUM or SNOMED CT) is left out
and listed: no check is better than a wrong one.
"""

from dataclasses import dataclass, field
from typing import Final

from origins import Tree

#: Systems whose codes are checked wherever they appear, beside those of the required bindings. They are small, and
#: what they say matters: who has no allergy, why a section is empty, whether a test is a laboratory test.
ALSO: Final = tuple(
    f"http://terminology.hl7.org/CodeSystem/{name}"
    for name in (
        "observation-category",
        "condition-category",
        "data-absent-reason",
        "list-empty-reason",
        "medication-statement-category",
        "medicationrequest-category",
        "medicationrequest-course-of-therapy",
        "diagnosis-role",
        "flag-category",
        "consentscope",
        "reaction-event-certainty",
        "v3-NullFlavor",
        "v3-MaritalStatus",
        "v3-ObservationInterpretation",
        "v3-Confidentiality",
        "v3-AdministrativeGender",
        "v3-ParticipationMode",
        "v2-0131",
        "v2-0074",
        "v2-0203",
        "v2-0360",
        "v3-ActClass",
        "v3-ActCode",
        "v3-ActReason",
        "v3-ActSite",
        "v3-GTSAbbreviation",
        "v3-ObservationMethod",
        "v3-ParticipationType",
        "v3-RoleClass",
        "v3-RoleCode",
        "v3-RouteOfAdministration",
        "v3-substanceAdminSubstitution",
        "composition-altcode-kind",
        "immunization-origin",
        "dose-rate-type",
        "goal-priority",
        "goal-achievement",
        "device-status-reason",
        "contactentity-type",
        "communication-category",
        "location-physical-type",
    )
)

#: The codes with which IPS 1.x said that something is absent or unknown. IPS 2.0 took the system away; its codes are
#: listed here from the text of IPS 1.1.0, since documents of the field still carry them.
OLD_ABSENCE: Final = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
OLD_CODES: Final = (
    "no-allergy-info", "no-known-allergies", "no-known-medication-allergies", "no-known-environmental-allergies",
    "no-known-food-allergies", "no-problem-info", "no-known-problems", "no-medication-info", "no-known-medications",
    "no-immunization-info", "no-known-immunizations", "no-procedure-info", "no-known-procedures", "no-device-info",
    "no-known-devices",
)  # fmt: skip

_TREE_FILTERS: Final = ("is-a", "descendent-of")
SetOfCodes = dict[str, list[str] | None]  # system → codes, or None for the whole system


@dataclass
class Terms:
    """All value sets and code systems of the packages read so far; the first package to define one gives it."""

    sets: dict[str, Tree] = field(default_factory=dict)
    systems: dict[str, dict[str, str]] = field(default_factory=dict)  # url → code → its parent
    incomplete: set[str] = field(default_factory=set)
    left_out: dict[str, str] = field(default_factory=dict)  # value set → why

    def add(self, definition: Tree, name: str) -> None:
        """A ValueSet or CodeSystem."""
        url = definition.text("url")
        if name.startswith("ValueSet-"):
            self.sets.setdefault(url, definition)
        elif name.startswith("CodeSystem-"):
            if definition.text("content") != "complete":
                self.incomplete.add(url)
            codes = self.systems.setdefault(url, {})
            for concept in definition.all("concept"):
                _flatten(concept, "", codes)

    def expand(self, url: str) -> SetOfCodes | None:
        """The codes of a value set, or None when they cannot be spelt out."""
        definition = self.sets.get(url.split("|")[0])
        if definition is None:
            self.left_out[url] = "not in the packages"
            return None
        found: SetOfCodes = {}
        for include in definition.all("compose")[0].all("include"):
            if not self._include(url, include, found):
                return None
        for exclude in definition.all("compose")[0].all("exclude"):
            system = exclude.text("system")
            gone = {one.text("code") for one in exclude.all("concept")}
            for rule in exclude.all("filter"):
                if rule.text("op") not in _TREE_FILTERS or rule.text("property") != "concept":
                    self.left_out[url] = f"takes away from {system} by {rule.text('property')} {rule.text('op')}"
                    return None
                gone |= self._below(system, rule.text("value"), rule.text("op") == "is-a")
            if exclude.all("valueSet") or not gone:
                self.left_out[url] = "takes away a whole value set or system"
                return None
            kept = found.get(system) or sorted(self.systems.get(system, {}))
            found[system] = [code for code in kept if code not in gone]
        return found

    def _include(self, url: str, include: Tree, found: SetOfCodes) -> bool:
        for other in include.all("valueSet"):
            inner = self.expand(other.value or "")
            if inner is None:
                self.left_out[url] = f"holds {other.value}"
                return False
            found.update(inner)
        system = include.text("system")
        if not system:
            return True
        listed = [one.text("code") for one in include.all("concept")]
        if listed:
            found[system] = sorted({*listed, *(found.get(system) or ())})
            return True
        if not self.systems.get(system) or system in self.incomplete:
            self.left_out[url] = f"takes codes out of {system}"
            return False
        codes: set[str] | None = None
        for rule in include.all("filter"):
            if rule.text("op") not in _TREE_FILTERS or rule.text("property") != "concept":
                self.left_out[url] = f"filters {system} by {rule.text('property')} {rule.text('op')}"
                return False
            codes = self._below(system, rule.text("value"), rule.text("op") == "is-a")
        if codes is None:
            found[system] = None
        elif found.get(system, ()) is not None:
            found[system] = sorted({*codes, *(found.get(system) or ())})
        return True

    def _below(self, system: str, top: str, itself: bool) -> set[str]:
        found, codes = {top}, self.systems[system]
        grown = True
        while grown:
            more = {code for code, parent in codes.items() if parent in found} - found
            found |= more
            grown = bool(more)
        return found if itself else found - {top}


def _flatten(concept: Tree, parent: str, codes: dict[str, str]) -> None:
    code = concept.text("code")
    codes.setdefault(code, parent)
    for inner in concept.all("concept"):
        _flatten(inner, code, codes)
    for prop in concept.all("property"):
        if prop.text("code") == "subsumedBy" and prop.text("valueCode"):
            codes[code] = prop.text("valueCode")
