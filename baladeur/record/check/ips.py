"""The rules of the International Patient Summary: its sections, their entries, its profiles, its known absences.

Slicing is open in IPS, so an unknown section is a note, and a resource that does not fit the profile of its section is
legal FHIR: what the profile misses is a warning, and an error where the resource itself claims the profile.
Source: IPS 2.0.0 Composition-uv-ips, Bundle-uv-ips and the resource profiles; IPS 1.1.0 for absent-unknown-uv-ips.
"""

from typing import Any, Final

from baladeur.record.check.document import Links, entries, resource_of
from baladeur.record.check.findings import Severity
from baladeur.record.check.rules import Json, coded, has, one_of
from baladeur.record.check.table import table
from baladeur.record.check.walk import Path, Walk

LOINC: Final = "http://loinc.org"
PROFILE: Final = "http://hl7.org/fhir/uv/ips/StructureDefinition/"
SUMMARY: Final = (LOINC, "60591-5")
OLD_ABSENCE: Final = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
SNOMED: Final = "http://snomed.info/sct"
#: What says of a whole section that there is nothing, in IPS 2.0 (SNOMED CT) and in 1.x. A code for a part of it, such
#: as "no known food allergy", may well stand beside an allergy to penicillin.
ABSENCE: Final = frozenset(
    "716186003 160245001 787481004 787482006 787480003 787483001 1287211007 no-allergy-info no-known-allergies "
    "no-problem-info no-known-problems no-medication-info no-known-medications no-immunization-info "
    "no-known-immunizations no-procedure-info no-known-procedures no-device-info no-known-devices".split()
)
_CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/observation-category"
_BY_CODE: Final = {
    "72166-2": "tobaccouse",
    "74013-4": "alcoholuse",
    "82810-3": "pregnancy-status",
    **dict.fromkeys(("11778-8", "11779-6", "11780-4"), "pregnancy-edd"),
    **dict.fromkeys(
        ("11612-9", "11613-7", "11614-5", "11636-8", "11637-6", "11638-4", "11639-2", "11640-0", "33065-4"),
        "pregnancy-outcome",
    ),
}
#: A rule of R4 that says the same as a required element of IPS.
_SAME: Final = {"name": "org-1", "timestamp": "bdl-10", "identifier": "bdl-9"}
_CODED: Final = ("code", "medicationCodeableConcept", "vaccineCode")


def is_summary(bundle: Json) -> bool:
    """Whether a Bundle is, or claims to be, an International Patient Summary."""
    if bundle.get("type") != "document" and not _claims(bundle, "Bundle-uv-ips"):
        return False
    covers = [one for _, entry in entries(bundle) if (one := resource_of(entry)).get("resourceType") == "Composition"]
    return _claims(bundle, "Bundle-uv-ips") or any(
        SUMMARY in coded(one.get("type")) or _claims(one, "Composition-uv-ips") for one in covers
    )


def _claimed(resource: Json) -> list[str]:
    """The names of the IPS profiles that a resource claims."""
    meta = resource.get("meta")
    listed = meta.get("profile") if isinstance(meta, dict) else None
    found = [one.split("|")[0] for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    return [one.removeprefix(PROFILE) for one in found if one.startswith(PROFILE)]


def _claims(resource: Json, name: str) -> bool:
    return name in _claimed(resource)


class Summary:
    """The rules of IPS on one Bundle."""

    def __init__(self, walk: Walk, bundle: Json, root: Path, links: Links) -> None:
        self._walk, self._bundle, self._root, self._links = walk, bundle, root, links

    def judge(self) -> None:
        """All of them."""
        listed = entries(self._bundle)
        types = [(i, resource_of(entry).get("resourceType")) for i, entry in listed]
        covers = [i for i, type_ in types if type_ == "Composition"]
        self._profile("Bundle-uv-ips", self._bundle, self._root, "error")
        for i in covers[1:]:
            self._walk.add("bdl-ips-1", "error", (self._root, f"entry[{i}]"))
        patients = [i for i, type_ in types if type_ == "Patient"]
        if not patients:
            self._walk.add("ips-patient", "error", (self._root, "entry"))
        for i in patients[1:]:
            self._walk.add("ips-patients", "error", (self._root, f"entry[{i}]"))
        if covers:
            at = ((self._root, f"entry[{covers[0]}]"), "resource")
            self._cover(resource_of(dict(listed)[covers[0]]), at, str(covers[0]))
        for i, entry in listed:
            self._resource(resource_of(entry), ((self._root, f"entry[{i}]"), "resource"))

    def _cover(self, cover: Json, at: Path, number: str) -> None:
        self._profile("Composition-uv-ips", cover, at, "error")
        known = self._walk.table.sections
        met: dict[str, int] = {}
        listed = cover.get("section")
        for i, section in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(section, dict):
                self._section(section, (at, f"section[{i}]"), met, number)
        for code, (name, least, _) in known.items():
            if least and code not in met:
                self._walk.add("ips-section", "error", (at, "section"), section=name, code=code)

    def _section(self, section: Json, at: Path, met: dict[str, int], number: str) -> None:
        walk = self._walk
        for name in ("title", "code", "text"):
            if not has(section, name) and not (name == "text" and walk.found("cmp-1", at)):
                walk.add("ips-section-part", "error", (at, name), name=name)
        if has(section, "section"):
            walk.add("ips-section-nested", "error", (at, "section"))
        codes = [code for system, code in coded(section.get("code")) if system == LOINC]
        code = next((one for one in codes if one in walk.table.sections), "")
        if not code:
            if has(section, "code"):
                walk.add("ips-section-unknown", "note", (at, "code"), value=next(iter(sorted(codes)), ""))
            return
        name, least, allowed = walk.table.sections[code]
        if code in met:
            walk.add("ips-section-twice", "error", at, section=name, code=code)
        met[code] = met.get(code, 0) + 1
        listed = one_of(section.get("entry"))
        if not any(has(one, "reference") for one in listed) and not has(section, "emptyReason"):
            if least:
                walk.add("ips-comp-1", "error", at, section=name, code=code)
            elif not has(section, "entry") and not has(section, "section"):
                walk.add("ips-section-empty", "note", at)
        self._listed(listed, at, allowed, number)

    def _listed(self, listed: list[Json], at: Path, allowed: list[str], number: str) -> None:
        holder = self._links.item(number)
        absent, present = -1, False
        for i, one in enumerate(listed):
            found = self._links.find(one, holder)
            if found is None:
                continue
            place = (at, f"entry[{i}]")
            if allowed and found.type not in allowed and found.type in self._walk.table.resources:
                self._walk.add("ips-entry", "error", place, value=found.type, wanted=", ".join(allowed))
            if _says_nothing(found.resource):
                absent = i
            elif found.type != "DocumentReference":
                present = True
        if absent >= 0 and present:
            self._walk.add("ips-contradiction", "warning", (at, f"entry[{absent}]"))

    def _resource(self, resource: Json, at: Path) -> None:
        type_ = str(resource.get("resourceType", ""))
        if type_ in ("Composition", "Bundle"):
            return
        name = _profile_of(resource, type_)
        if name not in self._walk.table.profiles:
            return
        claimed = type_ == "Patient" or _claims(resource, name)
        self._profile(name, resource, at, "error" if claimed else "warning")
        for field in _CODED:
            for system, code in coded(resource.get(field)):
                if system == OLD_ABSENCE:
                    self._walk.add("ips-1-absence", "note", (at, field.removesuffix("CodeableConcept")), value=code)

    def _profile(self, name: str, value: Json, at: Path, severity: Severity) -> None:
        before = self._walk.errors
        for path, kind, wanted in self._walk.table.profiles[name][1]:
            _RULES[kind](self, path, wanted, value, at, severity)
        if self._walk.errors == before:
            for key, function in INVARIANTS.get(name, ()):
                for _, place in function(value, at):
                    self._walk.add(key, severity, place)

    def least(self, path: str, _wanted: Any, value: Json, at: Path, severity: Severity) -> None:
        """A profile requires it."""
        *before, last = path.split(".")
        for holder, place in _each(value, before, at):
            if not has(holder, last) and not self._said(last, place):
                self._walk.add(
                    "ips-required", severity, (place, last.removesuffix("[x]")), name=last.removesuffix("[x]")
                )

    def _said(self, name: str, place: Path) -> bool:
        """Whether a rule of R4 has told of the same absence."""
        return self._walk.found(_SAME.get(name, ""), place) or self._walk.found(_SAME.get(name, ""), (place, name))

    def most(self, path: str, _wanted: Any, value: Json, at: Path, severity: Severity) -> None:
        """A profile forbids it."""
        *before, last = path.split(".")
        for holder, place in _each(value, before, at):
            if has(holder, last):
                self._walk.add("ips-forbidden", severity, (place, last), name=last)

    def fixed(self, path: str, wanted: Any, value: Json, at: Path, severity: Severity) -> None:
        """A profile states the value."""
        if path not in value:
            return
        found = value[path]
        right = tuple(wanted) in coded(found) if isinstance(wanted, list) else found == wanted
        if not right:
            said = wanted[1] if isinstance(wanted, list) else wanted
            self._walk.add("ips-fixed", severity, (at, path), name=path, value=said)

    def holds(self, path: str, wanted: Any, value: Json, at: Path, severity: Severity) -> None:
        """A profile wants one of the list to be this code."""
        if path in value and tuple(wanted) not in coded(value[path]):
            self._walk.add("ips-category", severity, (at, path), value=wanted[1])

    def bound(self, path: str, wanted: Any, value: Json, at: Path, severity: Severity) -> None:
        """A profile binds it to a narrower value set."""
        found = value.get(path)
        sets = self._walk.table.value_set(wanted)
        if isinstance(found, str):
            base = self._walk.table.plan(str(value.get("resourceType"))).elements.get(path)
            if not any(found in codes for codes in sets.values()) and base and found in (base.codes or (found,)):
                self._walk.add("ips-binding", severity, (at, path), value=found)

    def pointed(self, path: str, wanted: Any, value: Json, at: Path, severity: Severity) -> None:
        """A profile narrows what a reference may point to."""
        *before, last = path.split(".")
        for holder, place in _each(value, before, at):
            held = holder.get(last.replace("[x]", "Reference"))
            for number, one in enumerate(held if isinstance(held, list) else [held]):
                if not isinstance(one, dict):
                    continue
                found = self._links.find(one, self._links.holder(at))
                if found is not None and found.type in self._walk.table.resources and found.type not in wanted:
                    where = f"{last}[{number}]" if isinstance(held, list) else last.removesuffix("[x]")
                    self._walk.add("ips-target", severity, (place, where), value=found.type, wanted=", ".join(wanted))

    def typed(self, path: str, wanted: Any, value: Json, at: Path, severity: Severity) -> None:
        """A profile narrows the types of a choice."""
        base = path.rsplit(".", 1)[-1].removesuffix("[x]")
        allowed = {f"{base}{one[0].upper()}{one[1:]}" for one in wanted}
        for holder, place in _each(value, path.split(".")[:-1], at):
            choice = self._walk.table.plan(str(holder.get("resourceType") or "Element")).choices
            for name in holder:
                if choice.get(name) == f"{base}[x]" and name.lstrip("_") not in allowed:
                    self._walk.add("ips-type", severity, (place, base), name=base, wanted=", ".join(sorted(wanted)))


_RULES: Final = {
    "min": Summary.least,
    "max": Summary.most,
    "fix": Summary.fixed,
    "has": Summary.holds,
    "bind": Summary.bound,
    "to": Summary.pointed,
    "types": Summary.typed,
}


def _each(value: Json, path: list[str], at: Path) -> list[tuple[Json, Path]]:
    """The objects at a path, each with its place."""
    found = [(value, at)]
    for name in path:
        inner: list[tuple[Json, Path]] = []
        for holder, place in found:
            held = holder.get(name)
            if isinstance(held, list):
                inner += [(one, (place, f"{name}[{i}]")) for i, one in enumerate(held) if isinstance(one, dict)]
            elif isinstance(held, dict):
                inner.append((held, (place, name)))
        found = inner
    return found


def _profile_of(resource: Json, type_: str) -> str:
    for claimed in _claimed(resource):
        if claimed in table().profiles and table().profiles[claimed][0] == type_:
            return claimed
    if type_ != "Observation":
        return f"{type_}-uv-ips" if type_ != "Flag" else "Flag-alert-uv-ips"
    codes, categories = coded(resource.get("code")), coded(resource.get("category"))
    for system, code in codes:
        if system == LOINC and code in _BY_CODE:
            return f"Observation-{_BY_CODE[code]}-uv-ips"
    if (_CATEGORY, "laboratory") in categories:
        return "Observation-results-laboratory-pathology-uv-ips"
    if (_CATEGORY, "imaging") in categories:
        return "Observation-results-radiology-uv-ips"
    return "vitalsigns" if (_CATEGORY, "vital-signs") in categories else ""


def _says_nothing(resource: Json) -> bool:
    """Whether a resource is there to say that there is nothing."""
    for name in _CODED:
        for system, code in coded(resource.get(name)):
            if system in (OLD_ABSENCE, SNOMED) and code in ABSENCE:
                return True
    return False


def _names(patient: Json, at: Path) -> list[tuple[Json, Path]]:
    """ips-pat-1: a name has a family name, a given name or a text."""
    return [
        (one, place)
        for one, place in _each(patient, ["name"], at)
        if not any(has(one, part) for part in ("family", "given", "text"))
    ]


def _no_result(observation: Json, at: Path) -> list[tuple[Json, Path]]:
    """ips-2 and vs-2: a result has a value, a reason for its absence, members or components."""
    there = any(has(observation, name) for name in ("value[x]", "dataAbsentReason", "hasMember", "component"))
    return [] if there else [(observation, at)]


def _empty_components(observation: Json, at: Path) -> list[tuple[Json, Path]]:
    """vs-3: each component has a value or the reason for its absence."""
    return [
        (one, place)
        for one, place in _each(observation, ["component"], at)
        if not has(one, "value[x]") and not has(one, "dataAbsentReason")
    ]


def _no_component(observation: Json, at: Path) -> list[tuple[Json, Path]]:
    """ips-3: one component at least has a value or the reason for its absence."""
    empty = _empty_components(observation, at)
    return [(observation, at)] if empty and len(empty) == len(_each(observation, ["component"], at)) else []


def _both(observation: Json, at: Path) -> list[tuple[Json, Path]]:
    """hasMemberOrComponent: one of them at most."""
    return [(observation, at)] if has(observation, "hasMember") and has(observation, "component") else []


def _only_a_month(observation: Json, at: Path) -> list[tuple[Json, Path]]:
    """ips-1, vs-1: the date has a day (the official expression wants eight characters)."""
    when = observation.get("effectiveDateTime")
    return [(observation, (at, "effective"))] if isinstance(when, str) and len(when) < len("2026-01-") else []


INVARIANTS: Final = {
    "Patient-uv-ips": (("ips-pat-1", _names),),
    "Observation-results-laboratory-pathology-uv-ips": (("ips-2", _no_result), ("ips-3", _no_component)),
    "Observation-results-radiology-uv-ips": (("hasMemberOrComponent", _both), ("ips-1", _only_a_month)),
    "vitalsigns": (("vs-2", _no_result), ("vs-1", _only_a_month), ("vs-3", _empty_components)),
}
