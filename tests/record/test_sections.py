"""Known, none known, not recorded: three answers, and a contradiction is shown."""

import pytest

from baladeur.record.composition import narrative
from baladeur.record.model import Document, Known, NoneKnown, NotRecorded, Scope, Section, SectionName
from tests.record.documents import HL7, SNOMED, Json, allergy, concept, document, problem, section, treatment

IPS1 = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
EMPTY = HL7 + "list-empty-reason"
S = SectionName


def empty(code: str, system: str = EMPTY) -> Json:
    """An `emptyReason`."""
    return {"emptyReason": {"coding": [{"system": system, "code": code}], "text": code}}


def of(made: Document, name: SectionName) -> Section:
    """One section."""
    return made.sections[name]


def act(type_: str, code: str, system: str, status: str) -> Json:
    """A resource that only states an absence."""
    element = {"Immunization": "vaccineCode", "MedicationStatement": "medicationCodeableConcept"}.get(type_, "code")
    return {
        "resourceType": type_,
        "status": status,
        element: concept("rien de connu", code, system),
        "subject": {"reference": "Patient/p"},
    }


NONE = [
    (allergy(code=concept("x", "716186003")), S.ALLERGIES),
    (allergy(code=concept("x", "no-known-allergies", IPS1)), S.ALLERGIES),
    (problem(code=concept("x", "160245001")), S.PROBLEMS),
    (problem(code=concept("x", "no-known-problems", IPS1)), S.PROBLEMS),
    (act("MedicationStatement", "787481004", SNOMED, "active"), S.MEDICATIONS),
    (act("MedicationStatement", "no-known-medications", IPS1, "unknown"), S.MEDICATIONS),
    (act("Immunization", "787482006", SNOMED, "not-done"), S.IMMUNIZATIONS),
    (act("Immunization", "no-known-immunizations", IPS1, "completed"), S.IMMUNIZATIONS),
    (act("Procedure", "787480003", SNOMED, "completed"), S.PROCEDURES),
    (act("Procedure", "no-known-procedures", IPS1, "unknown"), S.PROCEDURES),
]
NO_INFORMATION = [
    (allergy(code=concept("x", "1287211007")), S.ALLERGIES),
    (allergy(code=concept("x", "no-allergy-info", IPS1)), S.ALLERGIES),
    (problem(code=concept("x", "no-problem-info", IPS1)), S.PROBLEMS),
    (act("MedicationStatement", "no-medication-info", IPS1, "unknown"), S.MEDICATIONS),
    (act("Immunization", "no-immunization-info", IPS1, "not-done"), S.IMMUNIZATIONS),
    (act("Procedure", "no-procedure-info", IPS1, "unknown"), S.PROCEDURES),
]


@pytest.mark.parametrize(("resource", "name"), NONE)
def test_none_known(resource: Json, name: SectionName) -> None:
    """IPS 2.0 says it by SNOMED CT, IPS 1.x by its own system; neither makes a line."""
    made = document(resource)
    found = of(made, name)
    assert isinstance(found, NoneKnown)
    assert found.absences[0].scope is Scope.ALL
    assert made.entries == ()


@pytest.mark.parametrize(("resource", "name"), NO_INFORMATION)
def test_no_information_is_not_none_known(resource: Json, name: SectionName) -> None:
    """Whoever does not know does not say "none"."""
    made = document(resource)
    found = of(made, name)
    assert isinstance(found, NotRecorded)
    assert found.reason == "no-information"
    assert made.entries == ()


def test_device_none_known() -> None:
    """Devices say it through the device that they name."""
    device = {"resourceType": "Device", "id": "d", "type": concept("x", "787483001")}
    use = {
        "resourceType": "DeviceUseStatement",
        "status": "active",
        "subject": {"reference": "Patient/p"},
        "device": {"reference": "Device/d"},
    }
    assert isinstance(of(document(device, use), S.DEVICES), NoneKnown)


@pytest.mark.parametrize("code", ["notasked", "withheld", "unavailable", "notstarted", "closed", "unheard-of"])
def test_empty_reasons(code: str) -> None:
    """Each reason but one means that nobody says."""
    found = of(document(sections=[section("48765-2", **empty(code))]), S.ALLERGIES)
    assert isinstance(found, NotRecorded)
    assert found.reason == code


def test_nilknown_is_none_known() -> None:
    """The one that means "none"; another system's code of that name does not."""
    assert isinstance(of(document(sections=[section("48765-2", **empty("nilknown"))]), S.ALLERGIES), NoneKnown)
    other = of(document(sections=[section("48765-2", **empty("nilknown", "https://example.org"))]), S.ALLERGIES)
    assert isinstance(other, NotRecorded)
    assert other.reason == "other"


def test_nothing_said_is_not_recorded() -> None:
    """A section that no source speaks of, or that is there without entry, reason or text."""
    for made in (document(), document(sections=[section("48765-2")])):
        found = of(made, S.ALLERGIES)
        assert isinstance(found, NotRecorded)
        assert found.reason == ""
    assert set(document().sections) == set(SectionName)


def test_words_without_entries_are_kept() -> None:
    """A narrative may name what no entry does: it must not vanish."""
    text = {
        "text": {"status": "generated", "div": "<div><p>Allergie &agrave; la <b>pénicilline</b></p><script>x</script>"}
    }
    found = of(document(sections=[section("48765-2", **text)]), S.ALLERGIES)
    assert isinstance(found, NotRecorded)
    assert (found.reason, found.narrative) == ("text-only", "Allergie à la pénicilline")


@pytest.mark.parametrize(
    ("div", "words"),
    [
        ("<div>K < 3,5 et <b>Na</b> &lt; 130</div>", "K < 3,5 et Na < 130"),
        ("<div>a</div><div>b", "a\n\nb"),
        ("<td>a</td><td>b</td>", "a b"),
        ("a & b &amp; c", "a & b & c"),
        ("<div>a<!-- c > --> b<!-- d", "a b<!-- d"),
        ("<style>x<y></style>a<script/>b", "ab"),
        ("&#" + "9" * 5000 + ";", "&#" + "9" * 5000 + ";"),
        (12, ""),
    ],
)
def test_words_of_a_narrative(div: object, words: str) -> None:
    """Ill-formed ones are the rule; no word may be lost."""
    assert narrative(div) == words


@pytest.mark.parametrize(
    "piece", ["<!--", "<![CDATA[", "</a ", "<a b='", "<", "&#", "<?", "<script>", "</script", "-->"]
)
def test_a_hostile_narrative_takes_linear_time(piece: str) -> None:
    """A megabyte of broken markup is read in less than the seconds that this test may take."""
    assert isinstance(narrative(piece * (1_000_000 // len(piece))), str)


@pytest.mark.parametrize("denial", [{"code": concept("aucune allergie", "716186003")}, None])
def test_none_known_beside_an_entry_is_a_contradiction(denial: Json | None) -> None:
    """Both are shown; nothing is chosen. Either side may be an entry or the section's emptyReason."""
    if denial:
        made = document(allergy(), allergy(**denial))
    else:
        made = document(allergy(), sections=[section("48765-2", "AllergyIntolerance/r0", **empty("nilknown"))])
    found = of(made, S.ALLERGIES)
    assert isinstance(found, Known)
    assert [one.words for one in found.entries] == ["pénicillines"]
    assert [one.keys for one in found.contradictions] == [(found.entries[0].key,)]


def test_an_unconfirmed_entry_contradicts_too_and_a_refuted_one_does_not() -> None:
    """What is to be confirmed may be true; what was refuted is no allergy."""
    denial = allergy(code=concept("x", "716186003"))
    doubt = of(document(allergy(clinicalStatus=None), denial), S.ALLERGIES)
    assert isinstance(doubt, Known)
    assert len(doubt.contradictions) == 1
    refuted = allergy(verificationStatus={"coding": [{"code": "refuted"}]})
    none = of(document(refuted, denial), S.ALLERGIES)
    assert isinstance(none, NoneKnown)
    assert [one.rule for one in none.entries] == ["allergy.refuted"]


def test_none_known_and_no_information_contradict() -> None:
    """Two statements about the same section, without any entry."""
    denial = allergy(code=concept("x", "716186003"))
    found = of(document(denial, allergy(code=concept("x", "no-allergy-info", IPS1))), S.ALLERGIES)
    assert isinstance(found, NotRecorded)
    assert (found.reason, len(found.contradictions)) == ("contradiction", 1)


@pytest.mark.parametrize(
    ("category", "count"), [(["medication"], 0), (["food"], 1), (["food", "medication"], 1), (None, 1)]
)
def test_a_narrow_denial_denies_only_its_kind(category: list[str] | None, count: int) -> None:
    """ "No known food allergy" beside penicillin is no contradiction; beside an entry of unstated kind it may be."""
    made = document(allergy(category=category), allergy(code=concept("x", "429625007")))
    found = of(made, S.ALLERGIES)
    assert isinstance(found, Known)
    assert len(found.contradictions) == count
    assert [one.scope for one in found.absences] == [Scope.FOOD]


def test_a_narrow_denial_alone_is_not_none_known() -> None:
    """No known food allergy says nothing of drugs."""
    found = of(document(allergy(code=concept("x", "429625007"))), S.ALLERGIES)
    assert isinstance(found, NotRecorded)
    assert len(found.absences) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"verificationStatus": {"coding": [{"code": "refuted"}]}},
        {"verificationStatus": {"coding": [{"code": "entered-in-error"}]}},
        {"clinicalStatus": {"coding": [{"code": "resolved"}]}},
        {"modifierExtension": [{"url": "https://example.org/not"}]},
        {"patient": {"reference": "Patient/nobody"}},
        {"code": {"coding": [{"system": SNOMED, "code": "716186003"}, {"system": SNOMED, "code": "764146007"}]}},
    ],
)
def test_a_denial_that_does_not_stand(more: Json) -> None:
    """A refuted, mistaken, past, qualified or foreign "none known", or one that names something: not none known."""
    made = document(allergy(**({"code": concept("aucune", "716186003")} | more)))
    assert not isinstance(of(made, S.ALLERGIES), NoneKnown)
    assert len(made.entries) == 1


def test_only_stopped_treatments_are_not_none() -> None:
    """That the listed ones were stopped does not say that there are no others."""
    found = of(document(treatment(status="stopped")), S.MEDICATIONS)
    assert isinstance(found, NotRecorded)
    assert (found.reason, len(found.entries)) == ("nothing-current", 1)


def test_family_history_is_never_the_patients() -> None:
    """By resource, by the section (a nested one, too), and by the code."""
    relative = {
        "resourceType": "FamilyMemberHistory",
        "status": "completed",
        "patient": {"reference": "Patient/p"},
        "relationship": concept("mère"),
        "condition": [{"code": concept("infarctus")}],
    }
    outer = section("10157-6") | {"section": [section("11450-4", "Condition/r1")]}
    coded = problem(code=concept("antécédent familial", "57177007"))
    made = document(relative, problem("diabète"), coded, sections=[outer])
    assert {one.place for one in made.entries} == {"never"}
    assert {one.section for one in made.entries} == {S.FAMILY_HISTORY}
    assert not isinstance(of(made, S.PROBLEMS), Known)
    assert isinstance(of(made, S.FAMILY_HISTORY), Known)


def test_what_a_section_lists_and_the_document_lacks_is_shown() -> None:
    """A dangling reference is a line with its own words, to be confirmed; the section is known."""
    listed = section("48765-2") | {"entry": [{"reference": "AllergyIntolerance/gone", "display": "latex"}]}
    found = of(document(sections=[listed]), S.ALLERGIES)
    assert isinstance(found, Known)
    assert [(one.words, one.rule) for one in found.entries] == [("latex", "reference.dangling")]


def test_a_drug_listed_without_statement_is_shown() -> None:
    """The wrong resource in a section is a thing of the field; the drug must not be lost."""
    made = document(
        {"resourceType": "Medication", "code": concept("warfarine")}, sections=[section("10160-0", "Medication/r0")]
    )
    assert [(one.words, one.section, one.place) for one in made.entries] == [("warfarine", S.MEDICATIONS, "to-confirm")]


@pytest.mark.parametrize(
    ("resource", "name"),
    [
        (problem(), S.PROBLEMS),
        (problem(clinicalStatus={"coding": [{"code": "resolved"}]}), S.PAST_HISTORY),
        (
            {"resourceType": "Observation", "code": {}, "category": [{"coding": [{"code": "vital-signs"}]}]},
            S.VITAL_SIGNS,
        ),
        ({"resourceType": "Observation", "code": {"coding": [{"code": "82810-3"}]}}, S.PREGNANCY),
        ({"resourceType": "Observation", "code": {}}, S.RESULTS),
        ({"resourceType": "Consent", "scope": {"coding": [{"code": "adr"}]}}, S.ADVANCE_DIRECTIVES),
        ({"resourceType": "Consent", "scope": {"coding": [{"code": "patient-privacy"}]}}, S.OTHER),
        ({"resourceType": "Flag", "code": {}}, S.ALERTS),
        ({"resourceType": "DocumentReference"}, S.DOCUMENTS),
        ({"resourceType": "Goal"}, S.PLAN_OF_CARE),
    ],
)
def test_home_without_a_cover_page(resource: Json, name: SectionName) -> None:
    """A collection has no sections: the resource's type and category decide."""
    assert document(resource, kind="collection").entries[0].section is name


def test_home_by_the_source() -> None:
    """A problem filed under functional status stays there."""
    made = document(problem(), sections=[section("47420-5", "Condition/r0")])
    assert made.entries[0].section is S.FUNCTIONAL_STATUS
    assert [one.title for one in made.entries[0].filed] == ["section 47420-5"]


@pytest.mark.parametrize(
    ("resource", "name"),
    [
        (allergy("No known allergies"), S.ALLERGIES),
        (allergy("Pas d’allergie connue."), S.ALLERGIES),
        (allergy(code=concept("Aucune allergie connue", "0", "urn:oid:1.2.3")), S.ALLERGIES),
        (problem("No known problems"), S.PROBLEMS),
        (treatment("Aucun traitement en cours"), S.MEDICATIONS),
    ],
)
def test_none_known_in_words_alone(resource: Json, name: SectionName) -> None:
    """Systems that do not code it write it out; it must not become an allergy to "No known allergies"."""
    made = document(resource)
    assert isinstance(of(made, name), NoneKnown)
    assert made.entries == ()


@pytest.mark.parametrize(
    "words", ["pas d'allergie à la pénicilline", "No known allergies except latex", "allergie inconnue", "unknown"]
)
def test_words_that_name_something_are_no_absence(words: str) -> None:
    """Only the whole name counts."""
    assert [one.words for one in document(allergy(words)).entries] == [words]


def test_none_known_of_one_substance_denies_nothing_else() -> None:
    """ "No known latex allergy" is no latex allergy, and does not deny that of penicillin."""
    latex = allergy(code=concept("No known latex allergy", "1003774007"), id="l")
    made = document(latex, allergy())
    found = of(made, S.ALLERGIES)
    assert isinstance(found, Known)
    assert [one.words for one in found.entries] == ["pénicillines"]
    assert [one.scope for one in found.absences] == [Scope.SUBSTANCE]
    assert found.contradictions == ()
    assert isinstance(of(document(latex), S.ALLERGIES), NotRecorded)
