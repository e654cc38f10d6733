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
    "x-doubtful": (
        "{n} entrée(s) laissée(s) de côté : aucune version valable ne les a apportées",
        "{n} entries left out: no valid version brought them in",
    ),
}
