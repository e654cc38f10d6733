"""What was odd about a file, in words, and how much it matters. The names are those of schemas/container.md section 12.

MISSING: something may be gone; TAMPERED: somebody altered the file; DAMAGE: all is there, a spare part is not;
NOTE: explained and harmless.
"""

from collections.abc import Iterable
from enum import IntEnum

from baladeur.session import Finding
from baladeur.wording.phrases import Language


class Weight(IntEnum):
    """How much a finding matters; the greatest counts."""

    NOTE = 0
    DAMAGE = 1
    TAMPERED = 2
    MISSING = 3


_N, _D, _T, _M = Weight.NOTE, Weight.DAMAGE, Weight.TAMPERED, Weight.MISSING

FINDINGS: dict[str, tuple[Weight, str, str]] = {
    "older-commit-shown": (
        _M,
        "VERSION ANCIENNE : les plus récentes sont illisibles dans ce fichier ; cherchez une autre copie",
        "OLDER VERSION: the newer ones are unreadable in this file; look for another copy",
    ),
    "commit-may-be-missing": (
        _M,
        "une version plus récente a peut-être été détruite ; cherchez une autre copie",
        "a newer version may have been destroyed; look for another copy",
    ),
    "rescued": (
        _M,
        "la table des matières est perdue : voici ce qui a été retrouvé",
        "the table of contents is lost: this is what was found again",
    ),
    "entries-missing": (_M, "des entrées manquent", "entries are missing"),
    "state-unverified": (_M, "rien ne confirme cette liste d’entrées", "nothing confirms this list of entries"),
    "header-superseded": (_M, "un ancien en-tête a été remis en place", "an older header was put back"),
    "secrets-change-interrupted": (
        _D,
        "un changement de secret a été interrompu ; le nouveau secret le termine ; s’il n’ouvre rien, refaites-le",
        "a change of secrets was interrupted; the new secret finishes it; if it opens nothing, do it again",
    ),
    "fork": (
        _M,
        "un autre fichier de ce dossier a une autre suite : rien n’en est montré ici",
        "another file of this record went on differently: nothing of it is shown here",
    ),
    "other-branch": (_M, "une autre suite existe dans le fichier", "another branch stands in the file"),
    "header-copy-altered": (_T, "une copie de l’en-tête a été modifiée", "a copy of the header was altered"),
    "header-copy-planted": (_T, "une copie de l’en-tête a été posée par un tiers", "a copy of the header was planted"),
    "part-a-forged": (_T, "un repère de la fiche d’urgence est faux", "a pointer of the emergency page is forged"),
    "catalogue-differs": (
        _T,
        "la table des matières contredit l’historique",
        "the table of contents contradicts the history",
    ),
    "summary-signature": (
        _T,
        "la signature de la fiche d’urgence n’est pas vérifiée",
        "the signature of the emergency page is not verified",
    ),
    "summary-differs": (
        _T,
        "la fiche d’urgence signée diffère de ce que donne le dossier",
        "the signed emergency page differs from what the dossier gives",
    ),
    "summary-other-rules": (
        _N,
        "la fiche d’urgence a été faite avec d’autres règles : elle n’est pas comparée au dossier",
        "the emergency page was made with other rules: it is not compared with the dossier",
    ),
    "summary-damaged": (_D, "la fiche d’urgence est abîmée", "the emergency page is damaged"),
    "older-summary": (_D, "une fiche d’urgence plus récente existe peut-être", "a newer emergency page may exist"),
    "summary-copy-damaged": (
        _D,
        "une copie de la fiche d’urgence est abîmée",
        "a copy of the emergency page is damaged",
    ),
    "header-copy-damaged": (_D, "une copie de l’en-tête est abîmée", "a copy of the header is damaged"),
    "header-copy-superseded": (_D, "une copie de l’en-tête est périmée", "a copy of the header is out of date"),
    "catalogue-copy-damaged": (
        _D,
        "une copie de la table des matières est abîmée ; la prochaine écriture la refait",
        "a copy of the table of contents is damaged; the next write makes it anew",
    ),
    "superblock-damaged": (_D, "un repère de version est abîmé", "a version marker is damaged"),
    "part-a-damaged": (
        _D,
        "un repère de la fiche d’urgence est abîmé",
        "a pointer of the emergency page is damaged",
    ),
    "size-unexpected": (_D, "le fichier n’a pas la taille attendue", "the file has not the size expected"),
    "barrier-pending": (
        _D,
        "un effacement ou un changement de secret n’est pas encore terminé",
        "an erasure or a change of secrets is not finished yet",
    ),
    "emergency-code-removed": (
        _D,
        "le code d’urgence n’ouvre plus rien : donnez-en un nouveau",
        "the emergency code opens nothing any more: set a new one",
    ),
    "barrier-unfinished": (
        _N,
        "un effacement ou un changement de secret n’a pas eu lieu : recommencez-le",
        "an erasure or a change of secrets did not happen: do it again",
    ),
    "rolled-forward": (_N, "la dernière écriture a été retrouvée entière", "the last write was found whole"),
    "gap": (
        _N,
        "il manque un numéro de version avant celle-ci : quelqu’un a continué après une perte",
        "a version number is missing before this one: somebody went on after a loss",
    ),
    "clock-went-back": (
        _N,
        "sa date est avant celle de la version précédente : une des deux horloges était fausse",
        "its date is before that of the version before: one of the two clocks was wrong",
    ),
    "identity-changed": (
        _N,
        "l’identité du patient a changé ici : ce qui a été signé avant l’a été pour l’identité d’avant",
        "the patient’s identity changed here: what was signed before was signed for the one before",
    ),
    "before-erasure": (
        _N,
        "contient encore des entrées effacées ailleurs",
        "still holds entries that were erased elsewhere",
    ),
}


def weight(found: Iterable[Finding]) -> Weight:
    """The greatest weight; an unknown name is damage."""
    return max((FINDINGS.get(f.name, (_D, "", ""))[0] for f in found), default=_N)


def words(found: Finding, language: Language) -> str:
    """A finding as a sentence; its name is what the format calls it."""
    _, fr, en = FINDINGS.get(found.name, (_D, "anomalie", "oddity"))
    return f"{fr if language == 'fr' else en} ({found.name})"


def told(found: Iterable[Finding], language: Language) -> list[str]:
    """The findings as sentences, the gravest first, and a fall-back to an older version before all."""
    ordered = sorted(found, key=lambda f: (f.name != "older-commit-shown", -weight([f])))
    return list(dict.fromkeys(words(f, language) for f in ordered))
