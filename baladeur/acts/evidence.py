"""The evidence: each commit as public tools can check it, and what ties it to the entries.

Source: schemas/container.md sections 9 and 10.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from baladeur.acts.output import write, written
from baladeur.card import demo, signature, trust
from baladeur.chart import items
from baladeur.container.container import Container
from baladeur.container.statement import RECORD_MEDIA, Record
from baladeur.errors import ItemDamaged, Malformed, SignatureError
from baladeur.views import Signed

_FR: Final = """PREUVES

Un fichier NNNN.* par version du dossier ; 0000 est sa création.

  NNNN.statement  les octets exacts que la carte a signés
  NNNN.p7s        la signature (CMS détaché, CAdES B-B, DER) ; absent si le patient a agi sans carte
  NNNN.inner      l'énoncé privé : ce que la version a fait, l'état après elle, la version d'avant
  NNNN.blind      32 octets de hasard qui cachent l'énoncé privé
  NNNN.record     l'enregistrement entier : son SHA-256 est le « prev » de la version suivante

1. La signature. Pour chaque NNNN.p7s :

  openssl cms -verify -binary -inform DER -in NNNN.p7s -content NNNN.statement \\
    -CAfile root.pem -certfile chain.pem -purpose any -out verified

  « CMS Verification successful » : ces octets ont été signés par ce certificat.
  Après l'expiration du certificat, ajoutez -no_check_time : la date du certificat n'est alors plus jugée.
{root}
  Le nom du signataire : openssl x509 -in chain.pem -noout -subject

2. L'énoncé privé. Le SHA-256 doit être la valeur « private » dans NNNN.statement :

  (printf 'coffre1 private\\0'; cat NNNN.blind NNNN.inner) | sha256sum

3. La chaîne. sha256sum NNNN.record doit être la valeur « prev » dans NNNN+1.inner.

4. Les entrées. Pour chaque « commitment » d'une opération dans NNNN.inner, items.json donne l'aléa (blind), le SHA-256
   du contenu (digest) et les métadonnées (meta) de l'entrée de ce numéro (id) :
   commitment = SHA-256("coffre1 item\\0" + blind + id + digest + longueur de meta (4 octets, petit-boutiste) + meta)
   Une entrée effacée n'y est plus : il n'en reste que son numéro et son commitment.

{joined}index.json dit de chaque version ce que ce programme en a jugé.
"""
_EN: Final = """EVIDENCE

One file NNNN.* for each version of the record; 0000 is its creation.

  NNNN.statement  the exact bytes that the card signed
  NNNN.p7s        the signature (detached CMS, CAdES B-B, DER); missing where the patient acted without a card
  NNNN.inner      the private statement: what the version did, the state after it, the version before
  NNNN.blind      32 random bytes that hide the private statement
  NNNN.record     the whole record: its SHA-256 is the "prev" of the next version

1. The signature. For each NNNN.p7s:

  openssl cms -verify -binary -inform DER -in NNNN.p7s -content NNNN.statement \\
    -CAfile root.pem -certfile chain.pem -purpose any -out verified

  "CMS Verification successful": these bytes were signed with this certificate.
  Once the certificate has expired add -no_check_time: its dates are then not judged.
{root}
  The name of the signer: openssl x509 -in chain.pem -noout -subject

2. The private statement. The SHA-256 must be the value "private" in NNNN.statement:

  (printf 'coffre1 private\\0'; cat NNNN.blind NNNN.inner) | sha256sum

3. The chain. sha256sum NNNN.record must be the value "prev" in NNNN+1.inner.

4. The entries. For each "commitment" of an operation in NNNN.inner, items.json gives the blind, the SHA-256 of the
   content (digest) and the metadata (meta) of the entry with that id:
   commitment = SHA-256("coffre1 item\\0" + blind + id + digest + length of meta (4 bytes, little-endian) + meta)
   An erased entry is not in it any more: its id and commitment are all that is left.

{joined}index.json says of each version what this program judged of it.
"""
_ROOT: Final = {
    True: (
        "  root.pem est la racine de DÉMONSTRATION : sa clé est publique, elle ne prouve rien de personne.\n",
        "  root.pem is the DEMONSTRATION root: its key is public, it proves nothing about a real person.\n",
    ),
    False: (
        "  root.pem est la racine venue avec les signatures : comparez son empreinte avec celle que l'ANS publie\n"
        "  pour AC RACINE IGC-SANTE FORT. Celle que Baladeur connaît (SHA-256) :\n"
        f"  {trust.OFFICIAL_ROOT}\n",
        "  root.pem is the root that came with the signatures: compare its fingerprint with the one that the ANS\n"
        "  publishes for AC RACINE IGC-SANTE FORT. The one that Baladeur knows (SHA-256):\n"
        f"  {trust.OFFICIAL_ROOT}\n",
    ),
}
_JOINED: Final = (
    "joined/ : les versions d'une autre copie, réunie à celle-ci ; se vérifient de même.\n\n",
    "joined/: the versions of another copy that was rejoined; they are checked in the same way.\n\n",
)


def put(folder: Path, container: Container, commits: Sequence[tuple[Record | None, Signed]]) -> int:
    """Fill a folder with the evidence of each commit. Returns how many signatures there are. Raises OSError."""
    chain: dict[bytes, None] = {}
    index, signed = [], 0
    for record, commit in commits:
        name = f"{commit.number:04}"
        index.append({"file": name if record else None, **judged(commit)})
        if record is not None:
            signed += _record(folder, name, record, chain)
    joined = _joined(folder, container, chain)
    write(folder / "chain.pem", b"".join(map(_pem, chain)))
    write(folder / "root.pem", b"".join(_roots(container, chain)))
    write(folder / "items.json", written({"items": _openings(container)}))
    write(folder / "index.json", written({"versions": index}))
    for at, (name, text) in enumerate((("LISEZMOI.txt", _FR), ("README.txt", _EN))):
        told = text.format(root=_ROOT[container.demo][at], joined=_JOINED[at] if joined else "")
        write(folder / name, told.encode())
    return signed


def _roots(container: Container, chain: Mapping[bytes, None]) -> list[bytes]:
    """What a check may begin with: the roots that came with the signatures; on a demonstration record also its own."""
    brought = [c for c in trust.read(chain) if c.subject == c.issuer]
    found = [demo.root_pem()] if container.demo else []
    return list(dict.fromkeys([*found, *map(trust.pem, brought)]))


def judged(commit: Signed) -> dict[str, Any]:
    """What this program makes of a commit."""
    return {
        "version": commit.number,
        "utc": commit.utc,
        "role": commit.role,
        "signer": commit.signer,
        "verdict": commit.verdict,
        "reasons": list(commit.reasons),
    }


def _record(folder: Path, name: str, record: Record, chain: dict[bytes, None]) -> bool:
    parts = {"statement": record.signed_content, "inner": record.inner, "blind": record.blind, "record": record.pack()}
    if record.cms:
        parts["p7s"] = record.cms
        try:
            claim = signature.parse(record.cms)
        except SignatureError:
            pass  # it goes out as it is; nobody's certificate can be named
        else:
            chain |= dict.fromkeys([claim.certificate_der, *claim.others_der])
    for kind, data in parts.items():
        write(folder / f"{name}.{kind}", data)
    return bool(record.cms)


def _joined(folder: Path, container: Container, chain: dict[bytes, None]) -> int:
    """The history records of other copies, as they were stored when those were rejoined."""
    found = [one for one in items.live(container) if one.type == items.EVIDENCE and one.media == RECORD_MEDIA]
    if found:
        (folder / "joined").mkdir(0o700)
    for number, one in enumerate(found):
        try:
            _record(folder / "joined", f"{number:04}", Record.unpack(one.content), chain)
        except (ItemDamaged, Malformed):
            continue
    return len(found)


def _openings(container: Container) -> dict[str, dict[str, str]]:
    opened = {}
    for entry in container.entries(0, 1, 2):
        blind, digest, meta, commitment = container.opening(entry.id)
        told: Mapping[str, bytes] = {"blind": blind, "digest": digest, "commitment": commitment}
        opened[entry.id.hex()] = {**{name: value.hex() for name, value in told.items()}, "meta": meta.decode()}
    return opened


def _pem(der: bytes) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)
    except ValueError:  # a hint that is no certificate
        return b""
