"""Small files in the published layouts. Every line is made by us; the codes are real where a check digit wants it."""

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
    b"conceptId\tfsn\tpreferredTerm\tactive\n22298006\tHeart thing (disorder)\tHeart thing\t1\n"
    b'80146002\tTaking out (procedure)\tTaking out\t1\n762952008\tNut "big" (substance)\tNut\t0\n'
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
    "gps.tsv": (GPS_TSV, "snomed", 3),
    "JDV_Invente.xml": (SVS, "svs", 2),
    "TRE_Invente-FHIR.json": (FHIR_CODES, "fhir", 2),
    "JDV_Invente-FHIR.json": (FHIR_VALUES, "fhir", 2),
}
