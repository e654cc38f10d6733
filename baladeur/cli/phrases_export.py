"""What export and rejoin say when nothing is wrong: name → French, English."""

EXPORTING: dict[str, tuple[str, str]] = {
    "x-clear": (
        "attention : ce qui sort n’est plus chiffré ; rangez-le ou effacez-le après usage",
        "warning: what comes out is no longer encrypted; keep it safe or delete it after use",
    ),
    "x-resources": ("{n} ressource(s) FHIR exportée(s)", "{n} FHIR resource(s) exported"),
    "x-aside": (
        "{n} autre(s) fiche(s) du même patient laissée(s) de côté ; `--as all` les garde",
        "{n} other Patient resource(s) of the same person left aside; `--as all` keeps them",
    ),
    "x-others": (
        "{n} entrée(s) qui ne sont pas du FHIR n’y sont pas ; `--as all` les garde",
        "{n} entries that are no FHIR are not in it; `--as all` keeps them",
    ),
    "x-lines": ("{n} ligne(s) dans la synthèse", "{n} line(s) in the summary"),
    "x-not-part": (
        "{n} ligne(s) n’y ont pas leur place (réfutées, non faites, prévues, séjours, documents)",
        "{n} line(s) have no place in it (refuted, not done, planned, stays, documents)",
    ),
    "x-hidden": (
        "{n} ligne(s) réservée(s) au dossier n’y sont pas ; `--everything` les y met",
        "{n} line(s) kept for the dossier are not in it; `--everything` puts them in",
    ),
    "exporting": ("export", "exporting"),
    "x-versions": ("{n} version(s) du dossier", "{n} version(s) of the record"),
    "x-signatures": (
        "{n} signature(s), à vérifier avec openssl comme le dit LISEZMOI.txt",
        "{n} signature(s), to be checked with openssl as README.txt says",
    ),
    "x-entries": ("{n} entrée(s), chacune dans ses octets", "{n} entries, each in its own bytes"),
    "x-originals": ("{n} fichier(s) importé(s)", "{n} imported file(s)"),
    "x-lost": (
        "{n} fichier(s) importé(s) ne peuvent plus être rendus : une entrée en a été effacée ou est abîmée",
        "{n} imported file(s) cannot be given back: one of their entries was erased or is damaged",
    ),
    "x-no-ips": (
        "pas de synthèse : le dossier ne dit pas en FHIR qui est son patient",
        "no summary: the record does not say in FHIR who its patient is",
    ),
    "x-damaged": (
        "{n} entrée(s) abîmée(s) manquent : cherchez-les dans une autre copie",
        "{n} damaged entries are missing: look for them in another copy",
    ),
    "x-doubtful": (
        "{n} entrée(s) laissée(s) de côté : aucune version valable ne les a apportées",
        "{n} entries left out: no valid version brought them in",
    ),
}
