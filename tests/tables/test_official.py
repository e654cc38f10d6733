"""Official files: published layouts read, wrong ones refused whole; the ANS value sets, and our codes in them."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from baladeur.tables import folder, shipped
from baladeur.tables.errors import TableBroken, TableError, TableNotRecognised
from baladeur.tables.lookup import Lookup
from baladeur.tables.official import bdpm, delimited, fhir, xml
from baladeur.tables.official.reading import Reading
from tests.tables.official_files import (
    ATC_CSV,
    ATC_XML,
    BDPM_CIP,
    BDPM_CIS,
    BDPM_COMPO,
    BDPM_MITM,
    CCAM_XLS,
    CCAM_XLSX,
    CLAML,
    FHIR_CODES,
    FILES,
    LOINC_CSV,
    SVS,
    xls,
    xlsx,
)

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "ci-sis"
real = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here: the real ANS files were not read")


def placed(where: Path, name: str, content: bytes) -> Path:
    path = where / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", FILES)
def test_layout_is_recognised_and_read(tmp_path: Path, name: str) -> None:
    content, kind, rows = FILES[name]
    path = placed(tmp_path, name, content)
    assert folder.kind_of(path) == kind
    table = folder.add(path, tmp_path / "tables")
    assert (table.kind, table.rows, table.skipped, table.usable) == (kind, rows, 0, True)


def test_bdpm_with_the_files_beside_it(tmp_path: Path) -> None:
    """Substances are found as names; CIP13 with a right check digit and ATC as further codes; the sold come first."""
    path = placed(tmp_path, "CIS_bdpm.txt", BDPM_CIS)
    for name, content in (
        ("cis_cip_bdpm.txt", BDPM_CIP),
        ("CIS_COMPO_bdpm.txt", BDPM_COMPO),
        ("CIS_MITM.txt", BDPM_MITM),
    ):
        placed(tmp_path, name, content)
    reading = Reading(path, "bdpm")
    terms = {term.code: term for term in bdpm.read(reading)}
    assert terms["61266250"].fr == "DOLIPRANE 500 mg, comprimé"
    assert terms["61266250"].names == ("PARACÉTAMOL",)
    assert terms["61266250"].also == ("cip13:3400935955838",)
    assert terms["60002283"].also == ("atc:B01AF02",)
    assert [terms[code].use for code in ("60002283", "60003620")] == [2, 3]
    assert reading.companions == ["cis_cip_bdpm.txt", "CIS_COMPO_bdpm.txt", "CIS_MITM.txt"]


def test_claml_takes_preferred_labels_of_categories(tmp_path: Path) -> None:
    reading = Reading(placed(tmp_path, "x.xml", CLAML), "cim10")
    assert [(t.code, t.fr) for t in xml.read_claml(reading)] == [
        ("I10", "Tension haute"),
        ("E11.9", "Sucre du second type"),
    ]
    assert reading.version == "2026"


def test_atih_codes_get_their_point(tmp_path: Path) -> None:
    reading = Reading(placed(tmp_path, "x.txt", FILES["LIBCIM10MULTI.TXT"][0]), "cim10-atih")
    terms = list(delimited.read_atih(reading))
    assert [t.code for t in terms] == ["A00", "A00.0", "B24+0", "E11.90"]
    assert (terms[0].fr, terms[0].names) == ("Choléra long et inventé", ("Choléra court",))


def test_loinc_falls_back_on_the_long_name(tmp_path: Path) -> None:
    terms = list(delimited.read(Reading(placed(tmp_path, "x.csv", LOINC_CSV), "loinc")))
    assert [t.fr for t in terms] == ["Créatinine du sang", "Hb"]
    assert "rein" in terms[0].names


def test_atc_lists_a_substance_once(tmp_path: Path) -> None:
    terms = list(delimited.read(Reading(placed(tmp_path, "x.csv", ATC_CSV), "atc")))
    assert [(t.code, t.en) for t in terms][-2:] == [("A02BA01", "cimetidine"), ("J01EE01", "one, and another")]


WORKBOOKS = (
    (
        "CCAM_V84_VF.xls",
        "84",
        [("HHFA016", "Ablation inventée, par la voie inventée"), ("HMFC004", "Autre ablation inventée")],
    ),
    (
        "fichier_complementaire_ccam_descriptive_a_usage_pmsi_2026_v2.xlsx",
        "2026",
        [("HHFA016", "Ablation inventée"), ("HMFC004", "Autre ablation inventée")],
    ),
    (
        "2026 ATC index with DDDs.xlsx",
        "2026",
        [("B", "BLOOD INVENTED"), ("B01AF02", "apixaban"), ("A02BA01", "cimetidine")],
    ),
)


@pytest.mark.parametrize(("name", "version", "expected"), WORKBOOKS, ids=[one[0] for one in WORKBOOKS])
def test_workbooks_as_published(tmp_path: Path, name: str, version: str, expected: list[tuple[str, str]]) -> None:
    """Acts between chapters and notes, a substance once, no part of an act; the edition from the title or the name."""
    content, kind, _ = FILES[name]
    reading = Reading(placed(tmp_path, name, content), kind)
    assert [(term.code, term.fr or term.en) for term in delimited.read(reading)] == expected
    assert (reading.version, reading.skipped) == (version, 0)


def test_what_a_workbook_states_of_its_size_is_not_believed(tmp_path: Path) -> None:
    """Each sheet here says that it is one cell, and this one has a last cell far away."""
    far = xlsx({"ATC": (("ATC code", "ATC level name"), ("B01AF02", "apixaban"))}, far="XFD200000")
    table = folder.add(placed(tmp_path, "far.xlsx", far), tmp_path / "tables")
    assert (table.rows, table.skipped) == (1, 0)


def test_a_mistyped_act_is_no_chapter(tmp_path: Path) -> None:
    """What looks like a code of an act and is none counts as a row that does not fit."""
    broken = xls({"CCAM": (("Code", "Texte"), ("HHFA016", "une ablation"), ("HMFCO04", "une autre"))})
    with pytest.raises(TableBroken):
        folder.add(placed(tmp_path, "x.xls", broken), tmp_path / "tables", kind="ccam")


def test_svs_and_fhir_keep_each_system(tmp_path: Path) -> None:
    svs = list(xml.read_svs(Reading(placed(tmp_path, "x.xml", SVS), "svs")))
    assert [(t.system, t.code, t.use) for t in svs] == [("atc", "J07CA01", 2), ("other", "GEN-1", 3)]
    reading = Reading(placed(tmp_path, "x.json", FHIR_CODES), "fhir")
    assert [(t.code, t.fr, t.names) for t in fhir.read(reading)] == [
        ("10", "Médecin", ("Docteur",)),
        ("10-1", "Généraliste", ()),
    ]
    assert reading.version == "20260101"


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE ClaML [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><ClaML version="2.0.0"><Class code="I10" kind="category">'
    b'<Rubric kind="preferred"><Label>&c;</Label></Rubric></Class></ClaML>'
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE ClaML [<!ENTITY a SYSTEM "file:///etc/passwd">]><ClaML version="2.0.0">'
    b'<Class code="I10" kind="category"><Rubric kind="preferred"><Label>&a;</Label></Rubric></Class></ClaML>'
)
_MADE = io.BytesIO()
with zipfile.ZipFile(_MADE, "w") as _archive:
    _archive.writestr("gps.tsv", "id\tactive\tfsn\tterm\n")
ZIP = _MADE.getvalue()
REFUSED = {
    "empty": (b"", TableNotRecognised),
    "prose": (b"Bonjour,\nvoici un texte.\n", TableNotRecognised),
    "zip of something else": (ZIP, TableNotRecognised),
    "broken zip": (b"PK\x03\x04" + bytes(200), TableBroken),
    "cut xlsx": (CCAM_XLSX[:-200], TableBroken),
    "xlsx with a damaged part": (CCAM_XLSX[:900] + bytes(60) + CCAM_XLSX[960:], TableBroken),
    "cut xls": (CCAM_XLS[:1500], TableBroken),
    "xls with damaged records": (CCAM_XLS[:600] + bytes(range(256)) * 2 + CCAM_XLS[1112:], TableBroken),
    "xlsx of something else": (xlsx({"A": (("a", "b"), ("1", "2"))}), TableNotRecognised),
    "xls without a row": (xls({"A": ()}), TableNotRecognised),
    "atc index without names": (ATC_XML.replace(b"Name", b"DDD"), TableNotRecognised),
    "cut atc index": (ATC_XML[:-30], TableBroken),
    "atc index with a wrong code": (
        ATC_XML.replace(b'"B01AF02" Name="apixaban" C', b'"B01AF?" Name="apixaban" C'),
        TableBroken,
    ),
    "gps without its columns": (b"id\tterm\n22298006\tHeart thing\n", TableNotRecognised),
    "csv of something else": (b"a;b\n1;2\n", TableNotRecognised),
    "header only": (b"Code;Libell\xe9\n", TableNotRecognised),
    "json of something else": (b'{"resourceType": "Bundle"}', TableNotRecognised),
    "cut claml": (CLAML[:-120], TableBroken),
    "cut svs": (SVS[:-90], TableBroken),
    "cut json": (FHIR_CODES[:-30], TableBroken),
    "svs without concept": (re.sub(rb"<Concept .*/>", b"", SVS), TableBroken),
    "json without concept": (b'{"resourceType": "CodeSystem"}', TableBroken),
    "json of the wrong shape": (b'{"resourceType": "CodeSystem", "concept": {"code": 1}}', TableBroken),
    "deep json": (
        b'{"resourceType": "CodeSystem", "concept": ' + b'[{"concept": ' * 50 + b"1" + b"}]" * 50 + b"}",
        TableBroken,
    ),
    "claml with a wrong code": (CLAML.replace(b"E11.9", b"E11.9?"), TableBroken),
    "claml without label": (CLAML.replace(b"Sucre du second type", b""), TableBroken),
    "loinc with a wrong check digit": (LOINC_CSV.replace(b"2160-0", b"2160-1"), TableBroken),
    "label that moves the cursor": (SVS.replace(b"trois vaccins", "trois\u202evaccins".encode()), TableBroken),
    "endless label": (SVS.replace(b"trois vaccins", b"x" * 600), TableBroken),
    "entity bomb": (BOMB, TableBroken),
    "entity of another file": (OUTSIDE, TableBroken),
    "bdpm with columns missing": (BDPM_CIS.split(b"\n")[0] + b"\n60002283\tELIQUIS\n", TableBroken),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_whole(tmp_path: Path, case: str) -> None:
    """A table of the same name stays as it was, and nothing else is left in the folder."""
    content, error = REFUSED[case]
    where = tmp_path / "tables"
    before = folder.add(placed(tmp_path, "x.csv", ATC_CSV), where, name="x")
    path = placed(tmp_path, "y", content)
    with pytest.raises(TableError) as caught:
        folder.add(path, where, name="x")
    assert type(caught.value) is error
    assert folder.listing(where) == [before]
    assert [p.name for p in where.iterdir()] == ["x.tables.sqlite"]


def test_the_named_kind_must_fit(tmp_path: Path) -> None:
    path = placed(tmp_path, "x.csv", ATC_CSV)
    with pytest.raises(TableNotRecognised):
        folder.add(path, tmp_path / "tables", kind="loinc")
    with pytest.raises(TableNotRecognised):
        folder.add(path, tmp_path / "tables", kind="nothing")


def test_one_bad_row_in_a_hundred_is_left_out_and_counted(tmp_path: Path) -> None:
    lines = ["atc_code,atc_name", *(f"B01AF{n:02},substance {n}" for n in range(100))]
    good = placed(tmp_path, "x.csv", "\n".join([*lines, "B01?,bad"]).encode())
    assert (folder.add(good, tmp_path / "t").rows, folder.info("x", tmp_path / "t").skipped) == (100, 1)
    bad = placed(tmp_path, "x.csv", "\n".join([*lines, "B01?,bad", "B02?,bad"]).encode())
    with pytest.raises(TableBroken):
        folder.add(bad, tmp_path / "t")


@real
def test_every_value_set_of_the_agency_is_read(tmp_path: Path) -> None:
    """All JDV and TRE files brought for tests: read; the only rows lost are two that await a code of SNOMED CT."""
    lost = []
    files = [*sorted((SHARED / "jeuxDeValeurs").glob("*.xml")), *sorted((SHARED / "tables").glob("TRE_*.json"))]
    assert len(files) >= 170
    for path in files:
        table = folder.add(path, tmp_path)
        assert table.rows > 0, path.name
        lost += [path.stem] * table.skipped
    assert lost == ["JDV_OrigineEffetIndesirable_CISIS", "JDV_TypeEvenementIndesirablePrevisible_CISIS"]


def _concepts(*names: str) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for name in names:
        reading = Reading(SHARED / "jeuxDeValeurs" / f"{name}.xml", "svs")
        found |= {(term.system, term.code): term.fr for term in xml.read_svs(reading)}
    return found


@real
def test_our_routes_and_relations_are_the_agency_s() -> None:
    """Same code, same word. `GRNDSO` of J11 is a slip: HL7 and the other value set write `GRNDSON`."""
    theirs = _concepts(
        "JDV_RouteofAdministration_CISIS", "JDV_HL7_PersonalRelationshipRoleType_CISIS", "JDV_J11_RelationPatient_CISIS"
    )
    ours = [row for row in shipped.rows("values") if row["group"] in ("route", "relation", "timing")]
    theirs |= _concepts("JDV_HL7_TimingEvent_CISIS")
    checked = 0
    for row in ours:
        for pair in shipped.codes(row):
            assert pair in theirs, (pair, row["fr"])
            checked += row["group"] != "route" or theirs[pair].casefold() == row["fr"].casefold()
    assert checked == len(ours)
    assert ("role", "GRNDSO") in theirs


@real
def test_vaccines_of_the_agency_are_known() -> None:
    """Each ATC code of their child certificate is one of ours, or the group of some of ours."""
    theirs = {
        code
        for system, code in _concepts("JDV_VaccinCSE24_CISIS", "JDV_VaccinCSE9_CISIS", "JDV_VaccinCSE8_CISIS")
        if system == "atc"
    }
    ours = {code for row in shipped.rows("vaccines") for code in row["atc"]}
    missing = {code for code in theirs if not any(one.startswith(code) for one in ours)}
    assert missing <= {"J07AJ"}, "pertussis alone is no longer made"
    assert len(theirs) >= 5


@real
def test_imported_words_are_found(tmp_path: Path) -> None:
    folder.add(SHARED / "tables" / "TRE_G15-ProfessionSante-FHIR.json", tmp_path, name="professions")
    with Lookup(folder.files(tmp_path)) as lookup:
        answers = lookup.search("sage-femme")
    assert [a.table for a in answers][:1] == ["professions"]
    assert answers[0].is_reviewed
