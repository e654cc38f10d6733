"""The summary of a record: which line stands where, what stays out, and that it comes back."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from baladeur.acts import exporting
from baladeur.acts.exporting import Exported
from baladeur.chart import items
from baladeur.container.change import Change
from baladeur.container.container import Container
from baladeur.errors import NoIdentity
from baladeur.record import fhir
from baladeur.record.bundle import NOT_CURRENT
from baladeur.record.check import check
from baladeur.record.model import Contradiction, Known, SectionName
from tests.acts.records import NOTE, SIGNED, edited, held, lines, lived_in, read, states
from tests.chart.test_importing import AS_OF, bring, bundles, elsewhere, empty, named, with_urls
from tests.record.documents import HL7, allergy, bundle, concept, problem, section, status, treatment

Json = dict[str, Any]
REASON = HL7 + "list-empty-reason"


def of(container: Container, *, everything: bool = False) -> Exported:
    """The summary of a record that nobody signed."""
    return exporting.ips(held(container), "Baladeur 0", everything=everything, today=AS_OF)


def made(*documents: bytes, **more: bool) -> Json:
    """The summary Bundle of a record with these documents; it follows the rules of every summary."""
    container = empty()
    for number, data in enumerate(documents):
        bring(container, data, f"{number}.json")
    return sound(of(container, **more).data)


def sound(data: bytes) -> Json:
    """The Bundle, after the rules that hold for every summary were checked: bdl-7 to bdl-11, cmp-2, ips-comp-1."""
    value: Json = json.loads(data)
    entries = value["entry"]
    types = [one["resource"]["resourceType"] for one in entries]
    urls = [one["fullUrl"] for one in entries]
    assert value["type"] == "document"
    assert value["identifier"]["system"] == "urn:ietf:rfc3986"
    assert value["timestamp"].endswith("Z")
    assert types[0] == "Composition"
    assert types.count("Composition") == types.count("Patient") == 1
    assert len(set(urls)) == len(urls)
    assert all(url.startswith("urn:uuid:") for url in urls)
    cover = entries[0]["resource"]
    named_ = {"subject": cover["subject"], "author": cover["author"]}
    for reference in _references([named_, *cover["section"]]):
        assert reference in urls
    assert cover["type"]["coding"][0]["code"] == "60591-5"
    assert {"48765-2", "11450-4", "10160-0"} <= set(codes := [_code(one) for one in cover["section"]])
    assert len(codes) == len(set(codes))
    for one in cover["section"]:
        assert one["title"]
        assert "section" not in one
        assert not ("entry" in one and "emptyReason" in one)
        assert "entry" in one or "emptyReason" in one or _code(one) not in ("48765-2", "11450-4", "10160-0")
        div = ElementTree.fromstring(one["text"]["div"])  # noqa: S314 - our own
        assert "".join(div.itertext()).strip()
        assert div.tag == "{http://www.w3.org/1999/xhtml}div"
    return value


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        told = [value["reference"]] if isinstance(value.get("reference"), str) else []
        return told + [one for inner in value.values() for one in _references(inner)]
    return [one for inner in value for one in _references(inner)] if isinstance(value, list) else []


def _code(one: Json) -> str:
    return str(one["code"].get("coding", [{"code": ""}])[0]["code"])


def part(value: Json, code: str) -> Json:
    """A section, with the resources that it lists."""
    (found,) = [one for one in value["entry"][0]["resource"]["section"] if _code(one) == code]
    by_url = {one["fullUrl"]: one["resource"] for one in value["entry"]}
    return {**found, "listed": [by_url[one["reference"]] for one in found.get("entry", [])]}


def words(one: Json) -> str:
    """The text of a section, without markup."""
    return " | ".join(ElementTree.fromstring(one["text"]["div"]).itertext())  # noqa: S314 - our own


def codes(value: Json) -> list[str]:
    """The section codes."""
    return [_code(one) for one in value["entry"][0]["resource"]["section"]]


def empty_section(code: str, reason: str) -> Json:
    """A section that is empty for a reason."""
    return section(code, emptyReason={"coding": [{"system": REASON, "code": reason}]})


DEVICE = {
    "resourceType": "Device",
    "id": "d",
    "status": "active",
    "patient": {"reference": "Patient/p"},
    "deviceName": [{"name": "Stimulateur cardiaque", "type": "user-friendly-name"}],
}


def with_note(data: bytes, key: str) -> Container:
    """A record with a document, the line of which was edited."""
    container = empty()
    bring(container, data)
    line = next(one for one in items.live(container) if one.type == key)
    container.commit(Change(add=[edited(line)]), SIGNED)
    return container


def test_every_real_summary_comes_back(shared_data: Path) -> None:
    """Edited and joined by a second document, each real summary's record is the same after export and import."""
    for path in bundles(shared_data):
        container = lived_in(path.read_bytes(), path.name)
        value = of(container)
        sound(value.data)
        back = empty()
        bring(back, value.data, "ips.json")
        assert lines(read(back)) == lines(read(container)), path.name
        assert states(read(back)) == states(read(container)), path.name
        assert any(NOTE in entry.notes for entry in read(back).entries), path.name


def test_the_checker_finds_no_error_in_a_summary(shared_data: Path) -> None:
    """Judged by the checker as an IPS; what a source left out of its own resources is a warning, and stays."""
    for path in bundles(shared_data):
        container = empty()
        bring(container, path.read_bytes(), path.name)
        found = check(of(container).data, ips=True)
        assert [(one.key, one.where) for one in found if one.severity in ("error", "fatal")] == [], path.name


@pytest.mark.slow
def test_every_real_history_comes_back(shared_data: Path) -> None:
    """Of the long ones nothing is lost but stays, documents and what is planned, and nothing stands elsewhere."""
    for path in sorted((shared_data / "synthea").glob("*.json")):
        container = lived_in(path.read_bytes(), path.name)
        value = of(container)
        sound(value.data)
        back = empty()
        bring(back, value.data, "ips.json")
        before, after = Counter(lines(read(container))), Counter(lines(read(back)))
        assert not after - before, path.name
        assert {one[2] for one in before - after} <= {"encounters", "documents", "plan_of_care"}, path.name


def test_each_line_in_its_section() -> None:
    """Current, past and stopped ones, by type; each says itself where it stands."""
    over = problem("phlébite", id="over", clinicalStatus=status("condition-clinical", "resolved"))
    stopped = treatment("prednisone", id="stopped", status="stopped")
    shot = {
        "resourceType": "Immunization", "status": "completed", "vaccineCode": concept("grippe"),
        "patient": {"reference": "Patient/p"}, "occurrenceDateTime": "2025-10",
    }  # fmt: skip
    value = made(bundle(allergy(), problem(), over, treatment(), stopped, shot, DEVICE))
    assert [one["id"] for one in part(value, "11348-0")["listed"]] == ["over"]
    assert [one["status"] for one in part(value, "10160-0")["listed"]] == ["active", "stopped"]
    assert "prednisone, posologie non renseignée, arrêté" in words(part(value, "10160-0"))
    assert "grippe, oct. 2025" in words(part(value, "11369-6"))
    assert "listed" in part(value, "48765-2")
    assert part(value, "46264-8")["listed"] == []
    assert "Stimulateur cardiaque" in words(part(value, "46264-8"))
    assert [one["id"] for one in part(value, "")["listed"]] == ["d"]


OUT = {
    "refuted": allergy("x", verificationStatus=status("allergyintolerance-verification", "refuted")),
    "mistaken": problem("x", verificationStatus=status("condition-ver-status", "entered-in-error")),
    "planned": treatment("x", status="intended"),
    "not taken": treatment("x", status="not-taken"),
    "forbidden": {
        "resourceType": "MedicationRequest", "status": "active", "intent": "order", "doNotPerform": True,
        "medicationCodeableConcept": concept("x"), "subject": {"reference": "Patient/p"},
    },
    "family": problem("x", code=concept("x", "57177007")),
    "an old flag": {
        "resourceType": "Flag", "status": "inactive", "code": concept("x"), "subject": {"reference": "Patient/p"},
    },
    "an order": {
        "resourceType": "ServiceRequest", "status": "active", "intent": "order", "code": concept("x"),
        "subject": {"reference": "Patient/p"},
    },
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(OUT))
def test_what_stays_out(name: str) -> None:
    """What is never shown as current is not in the file at all, and counted."""
    container = empty()
    bring(container, bundle(OUT[name], allergy("Latex")))
    found = of(container)
    types = Counter(one["resource"]["resourceType"] for one in sound(found.data)["entry"])
    assert types == Counter(["Composition", "Device", "Patient", "AllergyIntolerance"])
    assert found.told["not-part"] == 1


def test_what_is_planned_and_what_runs_in_the_family() -> None:
    """Both have sections of their own, and read back as what they are."""
    plan = {
        "resourceType": "CarePlan", "status": "active", "intent": "plan", "title": "éducation",
        "subject": {"reference": "Patient/p"},
    }  # fmt: skip
    family = {
        "resourceType": "FamilyMemberHistory", "status": "completed", "patient": {"reference": "Patient/p"},
        "relationship": concept("mère"), "condition": [{"code": concept("diabète")}],
    }  # fmt: skip
    value = made(bundle(plan, family))
    assert "éducation, prévu, non réalisé" in words(part(value, "18776-5"))
    assert "diabète" in words(part(value, "10157-6"))


@pytest.mark.parametrize(
    ("reason", "told"),
    [("nilknown", "nilknown"), ("notasked", "notasked"), ("withheld", "withheld"), ("unavailable", "unavailable")],
)
def test_why_a_section_is_empty(reason: str, told: str) -> None:
    """Each reason stays that reason; what nobody said is unavailable, never none known."""
    value = made(bundle(sections=[empty_section("48765-2", reason)]))
    assert part(value, "48765-2")["emptyReason"]["coding"][0]["code"] == told
    assert part(value, "10160-0")["emptyReason"]["coding"][0]["code"] == "unavailable"


def test_none_known_as_the_record_holds_it() -> None:
    """A resource that says "no known" is listed in its own bytes, and no other reason beside it."""
    none = allergy(id="none", code=concept("aucune allergie connue", "716186003"))
    value = made(bundle(none, sections=[section("48765-2", "AllergyIntolerance/none")]))
    assert [one["id"] for one in part(value, "48765-2")["listed"]] == ["none"]
    assert "emptyReason" not in part(value, "48765-2")


def test_a_contradiction_stays_one() -> None:
    """Both are listed, and the words say so."""
    none = allergy(id="none", code=concept("aucune allergie connue", "716186003"))
    container = empty()
    bring(container, bundle(none))
    bring(container, elsewhere(bundle(allergy("Latex", id="latex"))))
    value = sound(of(container).data)
    assert [one["id"] for one in part(value, "48765-2")["listed"]] == ["none", "latex"]
    assert "CONTRADICTION" in words(part(value, "48765-2"))
    back = empty()
    bring(back, of(container).data)
    known = read(back).sections[SectionName.ALLERGIES]
    assert isinstance(known, Known)
    assert [type(one) for one in known.contradictions] == [Contradiction]


def test_text_without_entries_is_kept_as_text() -> None:
    """The words of a source that lists nothing are there; the section is not said to be empty of anything known."""
    told = section("48765-2", text={"status": "generated", "div": "<div>Allergie : <b>noix & œufs</b></div>"})
    value = made(bundle(sections=[told]))
    assert "noix & œufs" in words(part(value, "48765-2"))
    assert part(value, "48765-2")["emptyReason"]["coding"][0]["code"] == "unavailable"
    assert part(value, "48765-2")["text"]["status"] == "additional"


def hide(container: Container, *words_: str) -> None:
    """Keep lines for the dossier."""
    gone = {bytes.fromhex(one.id): True for one in items.live(container) if one.title in words_}
    assert len(gone) == len(words_)
    container.commit(Change(visibility=gone), SIGNED)


def test_what_is_for_the_dossier_only() -> None:
    """Neither listed, nor reached, nor denied; in it when everything is asked for."""
    secret = problem("VIH", id="vih")
    drug = treatment("antirétroviral", reasonReference=[{"reference": "Condition/vih"}])
    none = empty_section("11450-4", "nilknown")
    container = empty()
    bring(container, bundle(secret, drug))
    bring(container, elsewhere(bundle(allergy("Latex"), sections=[none])))
    hide(container, "VIH")
    found = of(container)
    value = sound(found.data)
    assert found.told["hidden"] == 1
    assert "VIH" not in found.data.decode()
    assert part(value, "11450-4")["emptyReason"]["coding"][0]["code"] == "unavailable"
    assert part(value, "10160-0")["listed"][0]["reasonReference"] == [{"reference": "Condition/vih"}]
    full = sound(of(container, everything=True).data)
    assert [one["id"] for one in part(full, "11450-4")["listed"]] == ["vih"]
    assert "VIH" in exporting.fhir(held(container), today=AS_OF).data.decode()


def test_a_denial_is_concealed_with_what_speaks_against_it() -> None:
    """The summary must not say "no known allergy" because the known one is hidden."""
    container = empty()
    bring(container, bundle(allergy("aucune", id="none", code=concept("aucune", "716186003"))))
    bring(container, elsewhere(bundle(allergy("Latex"))))
    hide(container, "Latex")
    value = sound(of(container).data)
    assert part(value, "48765-2")["emptyReason"]["coding"][0]["code"] == "unavailable"
    assert "aucune" not in words(part(value, "48765-2"))


def test_what_a_line_refers_to_comes_with_it() -> None:
    """A drug, its maker, in turn; another Patient does not."""
    maker = {"resourceType": "Organization", "id": "m", "name": "Maker"}
    drug = {"resourceType": "Medication", "id": "x", "manufacturer": {"reference": "Organization/m"}}
    mother = {"resourceType": "Patient", "id": "mother", "name": [{"family": "AUTRE"}]}
    statement = treatment(
        medicationReference={"reference": "Medication/x"}, informationSource={"reference": "Patient/mother"}
    )
    del statement["medicationCodeableConcept"]
    drug["code"] = concept("apixaban")
    unused = {"resourceType": "Organization", "id": "unused", "name": "Unused"}
    cover = [section("10160-0", "MedicationStatement/s")]
    value = made(bundle(), bundle(maker, drug, mother, {**statement, "id": "s"}, unused, sections=cover))
    assert {one["resource"].get("id") for one in value["entry"]} >= {"m", "x", "s", "p"}
    assert not {"unused", "mother"} & {one["resource"].get("id") for one in value["entry"]}


def test_who_is_its_author() -> None:
    """Those who signed what is in it; the program if nobody did."""
    container = empty()
    bring(container, bundle(allergy("Latex"), problem("asthme")))
    value = sound(of(container).data)
    assert value["entry"][1]["resource"]["deviceName"][0]["name"] == "Baladeur 0"
    live = {one.title: one.id for one in items.live(container)}
    signers = {live["Latex"]: "Dr A", live["asthme"]: "Dr A"}
    from_ = replace(held(container), signers=signers, day="2024-05-01T08:00:00Z")
    signed = sound(exporting.ips(from_, "Baladeur 0", everything=False, today=AS_OF).data)
    assert [
        one["resource"]["name"][0]["text"]
        for one in signed["entry"]
        if one["resource"]["resourceType"] == "Practitioner"
    ] == ["Dr A"]
    assert signed["entry"][0]["resource"]["date"] == "2024-05-01T08:00:00Z"


def test_a_doubt_goes_out_with_the_line() -> None:
    """What a newer version of its document no longer lists is marked on its entry."""
    container = empty()
    first = with_urls(named(bundle(problem("Asthme"), treatment("prednisone")), "d", "2026-01-05"))
    bring(container, first)
    value = json.loads(first)
    del value["entry"][3]
    value["entry"][0]["resource"]["date"] = "2026-06-01"
    bring(container, json.dumps(value).encode())
    out = sound(of(container).data)
    (marked,) = [one for one in out["entry"] if "modifierExtension" in one]
    assert marked["modifierExtension"][0]["url"] == NOT_CURRENT
    assert "prednisone, posologie non renseignée, à confirmer" in words(part(out, "10160-0"))


def test_the_next_summary_takes_the_place_of_the_last() -> None:
    """Who imports both has each line once, in its newest version."""
    container = empty()
    bring(container, bundle(allergy("Latex")))
    other = empty()
    bring(other, of(container).data)
    line = next(one for one in items.live(container) if one.title == "Latex")
    container.commit(Change(add=[edited(line)]), SIGNED)
    plan = bring(other, of(container).data)
    assert [before for before, _ in plan.replaced] == ["Latex"]
    assert [one.notes for one in read(other).entries] == [(NOTE,)]


def test_hostile_words_stay_words() -> None:
    """Markup in a name is text in the narrative."""
    value = made(bundle(allergy("<script>&amp;</div> \"x' ]]>")))
    assert "<script>&amp;</div> \"x' ]]>" in words(part(value, "48765-2"))


def test_no_patient_no_summary() -> None:
    """A record that does not say who it is about has none."""
    with pytest.raises(NoIdentity):
        of(empty())
    assert fhir.read(of(with_note(bundle(allergy()), "fhir-allergyintolerance")).data, as_of=AS_OF).identity is not None


def test_its_own_summary_brings_a_record_no_line() -> None:
    """A summary that comes back adds its cover, and no line twice; what was changed in it is a new version."""
    container = lived_in(bundle(allergy("Latex"), problem("Asthme"), treatment("prednisone")))
    before = lines(read(container))
    data = of(container).data
    plan = bring(container, data)
    assert (plan.new, plan.replaced, plan.beside) == ([], [], [])
    assert lines(read(container)) == before
    changed = data.replace(b'"Asthme"', '"Asthme sévère"'.encode())
    assert [before for before, _ in bring(container, changed).replaced] == ["Asthme"]
