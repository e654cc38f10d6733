"""What an outsider needs to check one signature without Baladeur: files that `openssl cms -verify` takes as they are.

The signed bytes, the CMS (RFC 5652) as `.p7s`, the certificates above it as PEM, and apart the root to trust or not.
"""

from collections.abc import Mapping
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from baladeur.card import signature, trust

README: Final[Mapping[str, str]] = {
    "LISEZ-MOI.txt": """\
PREUVES DES SIGNATURES

Ce répertoire permet à n'importe qui de vérifier, sans Baladeur, qui a signé quoi.
Chaque version signée du dossier y a quatre fichiers :

  NNNN.signed      les octets exacts que la carte a signés (une déclaration : la date, et l'empreinte
                   de tout ce que la version contient ; aucun mot du patient)
  NNNN.p7s         la signature (CMS détachée, CAdES B-B, SHA-256, RFC 5652)
  NNNN.chain.pem   le certificat de la carte, puis les autorités au-dessus
  NNNN.root.pem    la racine, à laquelle vous décidez ou non de vous fier

Vérifier une version, ici la 3, avec OpenSSL :

  openssl cms -verify -binary -inform DER -in 0003.p7s -content 0003.signed \\
      -CAfile 0003.root.pem -purpose any -out /dev/null

« CMS Verification successful » : ces octets ont été signés avec cette carte et n'ont pas changé.
Si la carte ou l'autorité a expiré depuis, ajoutez -attime SECONDES (la date de la signature, en secondes
depuis 1970 : elle est dans NNNN.signed, au nom « utc »).

La commande fait confiance à la racine du fichier .root.pem : comparez donc d'abord son empreinte

  openssl x509 -in 0003.root.pem -noout -subject -fingerprint -sha256

avec celle que l'ANS publie pour sa racine AC RACINE IGC-SANTE FORT. Celle que Baladeur connaît :
{root}
Un dossier de démonstration a une racine de démonstration, qui ne prouve rien.

Qui a signé : openssl cms -cmsout -print -inform DER -in 0003.p7s
""",
    "README.txt": """\
EVIDENCE OF THE SIGNATURES

With this folder anybody can check, without Baladeur, who signed what.
Each signed version of the record has four files here:

  NNNN.signed      the exact bytes that the card signed (a statement: the date, and the hash of
                   everything that the version holds; no word of the patient)
  NNNN.p7s         the signature (detached CMS, CAdES B-B, SHA-256, RFC 5652)
  NNNN.chain.pem   the card's certificate, then the authorities above it
  NNNN.root.pem    the root, which you decide to trust or not

To check a version, here number 3, with OpenSSL:

  openssl cms -verify -binary -inform DER -in 0003.p7s -content 0003.signed \\
      -CAfile 0003.root.pem -purpose any -out /dev/null

"CMS Verification successful": these bytes were signed with this card and have not changed.
If the card or the authority has expired since, add -attime SECONDS (the date of the signature in seconds
since 1970: it is in NNNN.signed, under "utc").

The command trusts the root in the .root.pem file, so compare its fingerprint first

  openssl x509 -in 0003.root.pem -noout -subject -fingerprint -sha256

with the one that the ANS publishes for its root AC RACINE IGC-SANTE FORT. The one that Baladeur knows:
{root}
A demonstration record has a demonstration root, which proves nothing.

Who signed: openssl cms -cmsout -print -inform DER -in 0003.p7s
""",
}


def readme() -> dict[str, bytes]:
    """The text of the folder in French and English, by file name."""
    pairs = (trust.OFFICIAL_ROOT[at : at + 2] for at in range(0, 64, 2))
    root = ":".join(pairs).upper()
    return {name: text.format(root=root).encode() for name, text in README.items()}


def files(number: int, content: bytes, cms: bytes, roots: trust.Trust) -> dict[str, bytes]:
    """The files of one commit, by name. number: as people are shown it; content: the exact bytes that were signed.

    The root comes from the trust list, else from the signature itself; without either its file is missing, and
    whoever checks has to bring one. Raises CmsMalformed, CmsRefused: what does not verify is no evidence.
    """
    found = signature.verify(content, cms)
    certificate = x509.load_der_x509_certificate(found.certificate_der)
    others = trust.read(found.others_der)
    moment = min(max(found.signing_time, certificate.not_valid_before_utc), certificate.not_valid_after_utc)
    way = trust.chain(certificate, others, roots, moment) or [certificate, *others]
    last = [c for c in way if c.subject == c.issuer][-1:]
    stem = f"{number:04d}"
    made = {
        f"{stem}.signed": content,
        f"{stem}.p7s": cms,
        f"{stem}.chain.pem": b"".join(c.public_bytes(Encoding.PEM) for c in way if c not in last),
    }
    return made | ({f"{stem}.root.pem": last[0].public_bytes(Encoding.PEM)} if last else {})
