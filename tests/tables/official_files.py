"""Small files in the published layouts. Every line is made by us; the codes are real where a check digit wants it."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

Sheets = Mapping[str, Sequence[Sequence[object]]]


def xlsx(sheets: Sheets, *, far: str = "") -> bytes:
    """A workbook of sheets (name → rows of cells), written here part by part. `far`: one more cell, wherever it is."""
    office = "http://schemas.openxmlformats.org"
    package, types = f"{office}/package/2006", "application/vnd.openxmlformats"
    links = "".join(
        f'<Relationship Id="r{n}" Type="{office}/officeDocument/2006/relationships/worksheet" '
        f'Target="worksheets/s{n}.xml"/>'
        for n in range(len(sheets))
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Default Extension="rels" ContentType="{types}-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="{types}-officedocument.spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        f'ContentType="{types}-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" '
        f'Type="{office}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{office}/spreadsheetml/2006/main" '
        f'xmlns:r="{office}/officeDocument/2006/relationships"><sheets>'
        + "".join(f'<sheet name="{escape(name)}" sheetId="{n + 1}" r:id="r{n}"/>' for n, name in enumerate(sheets))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
    }
    for n, lines in enumerate(sheets.values()):
        rows = "".join(f'<row r="{at}">{"".join(map(_cell, line))}</row>' for at, line in enumerate(lines, 1))
        rows += f'<row r="{far.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{far}"><v>1</v></c></row>' if far else ""
        parts[f"xl/worksheets/s{n}.xml"] = (
            f'<worksheet xmlns="{office}/spreadsheetml/2006/main"><dimension ref="A1"/>'
            f"<sheetData>{rows}</sheetData></worksheet>"
        )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return made.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def xls(sheets: Sheets) -> bytes:
    """The same as an older workbook."""
    import xlwt

    book = xlwt.Workbook()
    for name, lines in sheets.items():
        sheet = book.add_sheet(name)
        for at, line in enumerate(lines):
            for column, value in enumerate(line):
                if value is not None:
                    sheet.write(at, column, value)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


BDPM_CIS = (
    "61266250\tDOLIPRANE 500 mg, comprimé\tcomprimé\torale\tAutorisation active\tProcédure nationale\t"
    "Commercialisée\t01/02/1999\t\t\t FABRICANT A\tNon\n"
    "60002283\tELIQUIS 5 mg, comprimé pelliculé\tcomprimé\torale\tAutorisation active\tProcédure centralisée\t"
    "Commercialisée\t18/05/2011\t\tEU/1/11/691\t FABRICANT B\tNon\n"
    "60003620\tPRÉVISCAN 20 mg, comprimé quadrisécable\tcomprimé\torale\tAutorisation abrogée\tProcédure nationale\t"
    "Non commercialisée\t01/01/1988\tAlerte\t\t FABRICANT C\tNon\n"
).encode("cp1252")
BDPM_CIP = (
    "61266250\t3559583\tplaquette de 16 comprimés\tPrésentation active\tDéclaration de commercialisation\t01/02/1999\t"
    "3400935955838\toui\t65%\t1,00\t2,02\t1,02\t\n"
    "61266250\t3559584\tplaquette de 8 comprimés\tPrésentation active\tDéclaration de commercialisation\t01/02/1999\t"
    "3400935955839\toui\t65%\t1,00\t2,02\t1,02\t\n"  # its check digit is wrong
).encode("cp1252")
BDPM_COMPO = (
    "61266250\tcomprimé\t02202\tPARACÉTAMOL\t500 mg\tun comprimé\tSA\t1\t\n"
    "60002283\tcomprimé\t98765\tAPIXABAN\t5 mg\tun comprimé\tSA\t1\t\n"
    "60003620\tcomprimé\t12345\tFLUINDIONE\t20 mg\tun comprimé\tSA\t1\t\n"
).encode("cp1252")
BDPM_MITM = "60002283\tB01AF02\tELIQUIS 5 mg, comprimé pelliculé\thttps://example.org/60002283\n".encode("cp1252")

CLAML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ClaML SYSTEM "ClaML.dtd">
<ClaML version="2.0.0">
  <Title name="CIM-10-FR" date="2026-01-01" version="2026">Classification inventée</Title>
  <Class code="I" kind="chapter"><Rubric kind="preferred"><Label>Un chapitre</Label></Rubric></Class>
  <Class code="I10" kind="category"><SuperClass code="I10-I15"/>
    <Rubric kind="inclusion"><Label>autre chose</Label></Rubric>
    <Rubric kind="preferred"><Label xml:lang="fr">Tension <Term class="bold">haute</Term></Label></Rubric></Class>
  <Class code="E11.9" kind="category"><Rubric kind="preferred"><Label>Sucre du second type</Label></Rubric></Class>
</ClaML>
""".encode()

ATIH = (
    "A00     |0|0|0|Choléra court|Choléra long et inventé\r\n"
    "A000    |0|0|0|Choléra a|Choléra, premier cas inventé\r\n"
    "B24+0   |0|0|0|Infection|Infection, cas inventé\r\n"
    "E1190   |0|0|0|Sucre|Sucre du second type, cas inventé\r\n"
).encode("cp1252")

CIM10_CSV = "Code;Libellé court;Libellé long\nI10;Tension;Tension haute inventée\nE119;Sucre;Sucre inventé\n".encode()
CCAM_CSV = "Code;Libellé\nHHFA016;Ablation inventée\nHMFC004;Autre ablation inventée\n".encode("cp1252")
_CNAM = (
    (None, "CCAM version 84 inventée, applicable au 31/07/2026"),
    (),
    (None, "Code", None, "Texte", "Activité", "Phase", "Tarif Secteur 1 / adhérent OPTAM", "Tarif hors secteur 1"),
    (None, 1.0, None, "UN CHAPITRE INVENTÉ"),
    (None, "01.01", None, "Un sous-chapitre"),
    (None, None, None, "Une note : avec ou sans ceci"),
    (None, "HHFA016", None, "Ablation inventée,\npar la voie inventée", 1.0, 0.0, 248.15, "Non pris en charge"),
    (None, "[F, P, S, U]", None, None, 4.0, 0.0, 96.2, 96.2),
    (None, None, None, "À l’exclusion de : autre chose (HMFC004)"),
    (None, "HMFC004", None, "Autre ablation inventée", 1.0, 0.0, 313.5, 313.5),
    (None, "HMFC004", None, "Autre ablation inventée", 4.0, 0.0, 120.0, 120.0),
)
CCAM_XLS = xls({"CCAM V84": _CNAM, "Notes": (("Une feuille sans liste",),)})
_ATIH_HEADER = (
    "Subdivision (titres) / Code à 7 caractères", "Extension PMSI", "Code à 7 caractères (et extension PMSI)",
    "Subdivision / Code toutes lignes", "Subdivision / Code à 7 caractères (et extension PMSI) / modificateurs",
    "Texte : titre-libellés-notes", "Informations complémentaires avis HAS", "Consigne de codage pour le PMSI",
    "Type de Modification", "Version CCAM_AM/PMSI concernée", "Typo ligne libellé", "Code Activité", "Phase",
)  # fmt: skip
CCAM_XLSX = xlsx(
    {
        "Présentation": (("PRÉSENTATION DU DOCUMENT",), ("Des mots & des mots",)),
        "CCAM_Final": (
            _ATIH_HEADER,
            ("1", None, None, "1", "1", "UN CHAPITRE INVENTÉ", *[None] * 4, "T"),
            ("1", None, None, "1", "1", "Une note de chapitre", *[None] * 4, "NT"),
            ("HHFA016", None, "HHFA016", "HHFA016", "HHFA016", "Ablation inventée", *[None] * 4, "L", 1, 0),
            ("HHFA016", None, None, "HHFA016", None, "Une note de l’acte", *[None] * 4, "N"),
            ("HHFA016", "-01", "HHFA016-01", "HHFA016-01", "HHFA016-01", "Avec ceci", *[None] * 4, "L", 1, 0),
            ("HMFC004", None, "HMFC004", "HMFC004", "HMFC004", "Autre ablation inventée", *[None] * 4, "L", 1, 0),
        ),
    }
)
_ATC_ROWS = (
    ("ATC code", "ATC level name", "DDD", "Unit", "Adm.R", "Comment"),
    ("B", "BLOOD INVENTED"),
    ("B01AF02", "apixaban", 10, "mg", "O"),
    ("A02BA01", "cimetidine", 0.8, "g", "O"),
    ("A02BA01", "cimetidine", 0.8, "g", "P", "another way"),
)
ATC_XLSX = xlsx({"ATC": _ATC_ROWS})
ATC_XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<xml xmlns:s="uuid:BDC6E3F0-6DA3-11d1-A2A3-00AA00C14882" xmlns:rs="urn:schemas-microsoft-com:rowset"
 xmlns:z="#RowsetSchema"><s:Schema id="RowsetSchema"><s:ElementType name="row">
 <s:AttributeType name="ATCCode"/><s:AttributeType name="Name"/></s:ElementType></s:Schema><rs:data>
<z:row ATCCode="B" Name="BLOOD INVENTED"/><z:row ATCCode="B01AF02" Name="apixaban" Comment="one"/>
<z:row ATCCode="B01AF02" Name="apixaban"/></rs:data></xml>
"""
LOINC_CSV = (
    '"LOINC_NUM","COMPONENT","PROPERTY","TIME_ASPCT","SYSTEM","SCALE_TYP","METHOD_TYP","CLASS","SHORTNAME",'
    '"LONG_COMMON_NAME","RELATEDNAMES2","LinguisticVariantDisplayName"\n'
    '"2160-0","Créatinine","MCnc","Pt","Sér","Qn","","CHIM","Créat","Créatinine inventée","créat; rein",'
    '"Créatinine du sang"\n'
    '"718-7","Hémoglobine","MCnc","Pt","Sang","Qn","","HEM","Hb","Hémoglobine inventée","Hb; anémie",""\n'
).encode()
ATC_CSV = (
    b"atc_code,atc_name,ddd,uom,adm_r,note\nB,BLOOD INVENTED,NA,NA,NA,NA\nB01AF02,apixaban,10,mg,O,NA\n"
    b'A02BA01,cimetidine,0.8,g,O,NA\nA02BA01,cimetidine,0.8,g,P,NA\nJ01EE01,"one, and another",NA,NA,NA,NA\n'
)
GPS_TSV = (
    b"id\tactive\tfsn\tterm\n22298006\t1\tHeart thing (disorder)\tHeart thing\n"
    b'80146002\t1\tTaking out (procedure)\tTaking out\n762952008\t0\tNut "big" (substance)\tNut\n'
    b"34068001\t0\t\t\n"  # a concept that is gone with its words
)
SVS = b"""<?xml version="1.0" encoding="UTF-8"?>
<RetrieveValueSetResponse xmlns="urn:ihe:iti:svs:2008"><ValueSet displayName="JDV_Invente" version="test"
 revisionDate="2026-07-12T00:00:00+01:00" id="1.2.3"><ConceptList>
<Concept code="J07CA01" codeSystem="2.16.840.1.113883.6.73" displayName="trois vaccins" dateFin=""/>
<Concept code="GEN-1" codeSystem="1.2.250.1.213.1.1.4.322" displayName="un mot de l&apos;agence" dateFin="20200101"/>
</ConceptList></ValueSet></RetrieveValueSetResponse>
"""
FHIR_CODES = (
    '{"resourceType": "CodeSystem", "url": "https://example.org/TRE", "version": "20260101", "concept": ['
    '{"code": "10", "display": "Médecin", "designation": [{"value": "Docteur"}],'
    ' "concept": [{"code": "10-1", "display": "Généraliste"}]}]}'
).encode()
FHIR_VALUES = (
    '{"resourceType": "ValueSet", "url": "https://example.org/JDV", "date": "2026", "compose": {"include": ['
    '{"system": "http://loinc.org", "concept": [{"code": "2160-0", "display": "Créatinine"}]}]},'
    ' "expansion": {"contains": [{"system": "http://snomed.info/sct", "code": "22298006", "display": "Cœur"}]}}'
).encode()

#: Name of the file → its bytes, its kind, how many words it holds.
FILES = {
    "CIS_bdpm.txt": (BDPM_CIS, "bdpm", 3),
    "cim10.xml": (CLAML, "cim10", 2),
    "LIBCIM10MULTI.TXT": (ATIH, "cim10-atih", 4),
    "cim10.csv": (CIM10_CSV, "icd10", 2),
    "ccam.csv": (CCAM_CSV, "ccam", 2),
    "frFR18LinguisticVariant.csv": (LOINC_CSV, "loinc", 2),
    "atc.csv": (ATC_CSV, "atc", 4),
    "CCAM_V84_VF.xls": (CCAM_XLS, "ccam", 2),
    "fichier_complementaire_ccam_descriptive_a_usage_pmsi_2026_v2.xlsx": (CCAM_XLSX, "ccam", 2),
    "2026 ATC index with DDDs.xlsx": (ATC_XLSX, "atc", 3),
    "2026_ATC.xml": (ATC_XML, "atc-xml", 2),
    "gps.tsv": (GPS_TSV, "snomed", 3),
    "JDV_Invente.xml": (SVS, "svs", 2),
    "TRE_Invente-FHIR.json": (FHIR_CODES, "fhir", 2),
    "JDV_Invente-FHIR.json": (FHIR_VALUES, "fhir", 2),
}
