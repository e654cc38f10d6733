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
    # rejoin
    "j-fork": (
        "les deux copies ont divergé après la version {number}",
        "the two copies diverged after version {number}",
    ),
    "j-entries": ("{n} entrée(s) viennent de l’autre copie", "{n} entries come from the other copy"),
    "j-same": ("{n} entrée(s) sont déjà ici, octet pour octet", "{n} entries are here already, byte for byte"),
    "j-refused": (
        "{n} entrée(s) laissée(s) dans l’autre copie : signature qui ne tient pas, ou abîmées ; gardez-la",
        "{n} entries left in the other copy: a signature that does not hold, or damaged; keep that copy",
    ),
    "j-older": (
        "l’autre copie a tout ce qui est ici, et davantage : `baladeur copy` la met à la place de celle-ci",
        "the other copy has all that is here, and more: `baladeur copy` puts it in this one’s place",
    ),
    "j-newer": ("l’autre copie est déjà tout entière ici", "the other copy is here already, all of it"),
    "j-unrelated": ("ce sont deux dossiers différents", "these are two different records"),
    "diff-evidence": (
        "preuves : {words} version(s) de l’autre copie, gardées comme elles ont été signées",
        "evidence: {words} version(s) of the other copy, kept as they were signed",
    ),
    "diff-join": ("vient de l’autre copie : {words}", "comes from the other copy: {words}"),
    "diff-join-confirm": (
        "confirmé dans l’autre copie, ce qui ne lève aucun doute ici : {words}",
        "confirmed in the other copy, which removes no doubt here: {words}",
    ),
    "diff-join-newer": (
        "corrigé dans l’autre copie : {before} → {words}",
        "corrected in the other copy: {before} → {words}",
    ),
    "diff-conflict": (
        "CONFLIT : changé des deux côtés, les deux restent : « {before} » ici, « {words} » dans l’autre copie",
        "CONFLICT: changed on both sides, both stay: “{before}” here, “{words}” in the other copy",
    ),
    "diff-withdrawn-here": (
        "CONFLIT : retiré ici (« {before} »), changé dans l’autre copie, revient : {words}",
        "CONFLICT: withdrawn here (“{before}”), changed in the other copy, comes back: {words}",
    ),
    "diff-withdrawn-there": (
        "CONFLIT : retiré dans l’autre copie (« {before} »), changé ici, reste : {words}",
        "CONFLICT: withdrawn in the other copy (“{before}”), changed here, stays: {words}",
    ),
    "diff-erased-here": (
        "une entrée effacée ici ne revient pas",
        "an entry that was erased here does not come back",
    ),
    "diff-erase": (
        "EFFACÉ dans l’autre copie, donc ici aussi, toutes versions : {words}",
        "ERASED in the other copy, so here too, all versions: {words}",
    ),
    "diff-conceal": (
        "réservé au dossier dans l’autre copie, donc ici aussi : {words}",
        "for the dossier only in the other copy, so here too: {words}",
    ),
    "diff-doubt": (
        "ATTENTION : {words} version(s) de l’autre copie ne tiennent pas (signature, chaîne ou opération)",
        "WARNING: {words} version(s) of the other copy do not hold (signature, chain or operation)",
    ),
}
