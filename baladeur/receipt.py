"""The receipt for the practice file: what one doctor wrote in one commit, and the proof, whatever becomes of the key.

It holds the doctor's own entries of that commit and no other; the signature and the signed bytes, as the evidence
folder has them; and what opens the hashes in between (schemas/container.md sections 9 and 10). `prove` needs no more.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from baladeur.card import evidence, verdict
from baladeur.card.trust import Trust
from baladeur.card.verdict import Verdict
from baladeur.container import canonical, secret, suite
from baladeur.container.container import Container
from baladeur.container.statement import PREFIX, Record
from baladeur.errors import CmsRefused, ItemErased, NoSuchItem
from baladeur.quiet import quiet

WORDS: Final = 4  # of the head: enough to compare two receipts, too few to be taken for a secret
_BITS = 11  # of one word

_TEXT: Final = {
    "RECU.txt": """\
REÇU POUR LE DOSSIER DU CABINET

Version {number} du dossier médical baladeur de : {patient}
Signée le {utc}{declared} par : {holder}
Mots de la version : {words}

Ce que vous avez écrit dans cette version, dans le répertoire « entries » :
{entries}

{stem}.signed, {stem}.p7s : votre signature et les octets exacts qu'elle couvre.
La vérifier sans Baladeur : LISEZ-MOI.txt.
{stem}.inner et {stem}.openings.json relient ces octets à vos entrées par SHA-256 ;
les formules sont dans le format public du dossier (schemas/container.md, sections 9 et 10).
Gardez tous ces fichiers ensemble, sans les modifier.
Ce reçu contient des données de santé : il a sa place dans le dossier du patient, nulle part ailleurs.
""",
    "RECEIPT.txt": """\
RECEIPT FOR THE PRACTICE FILE

Version {number} of the patient-held record of: {patient}
Signed on {utc}{declared} by: {holder}
Words of the version: {words}

What you wrote in this version, in the folder "entries":
{entries}

{stem}.signed, {stem}.p7s: your signature and the exact bytes that it covers.
To check it without Baladeur: README.txt.
{stem}.inner and {stem}.openings.json tie these bytes to your entries by SHA-256;
the formulas are in the record's public format (schemas/container.md, sections 9 and 10).
Keep all these files together and unchanged.
This receipt holds health data: it belongs in the patient's file and nowhere else.
""",
}


def head_words(head: bytes) -> str:
    """Four words of the record's word list for a version, as the first 44 bits of its head."""
    number = int.from_bytes(head[:8], "big") >> (64 - WORDS * _BITS)
    places = (number >> _BITS * (WORDS - 1 - at) & (1 << _BITS) - 1 for at in range(WORDS))
    return " ".join(secret.words()[place][1] for place in places)


def make(container: Container, record: Record, number: int, patient: str, roots: Trust) -> dict[str, bytes]:
    """The files of the receipt of one signed commit, by name. number: as people are shown it; patient: in words.

    An entry that was erased since is left out. Raises CmsMalformed, CmsRefused, StatementMalformed, ItemDamaged.
    """
    made = evidence.readme() | evidence.files(number, record.signed_content, record.cms, roots)
    stem, outer = f"{number:04d}", record.outer_value()
    items, lines = [], []
    for op in record.inner_value()["ops"]:
        if op["op"] not in ("add", "replace"):
            continue
        id_ = bytes.fromhex(op["id"])
        try:
            (blind, _, meta, _), content = container.opening(id_), container.read(id_)
        except (ItemErased, NoSuchItem):
            continue
        known = canonical.load_object(meta)
        name = f"entries/{id_.hex()}{'.json' if str(known['media']).endswith('json') else '.bin'}"
        made[name] = content
        items.append({"id": id_.hex(), "blind": blind.hex(), "meta": meta.decode(), "file": name})
        lines.append(f"  {known['title']} ({known['type']})")
    head = record.head
    openings = {"v": 1, "blind": record.blind.hex(), "head": head.hex(), "items": items}
    made |= {f"{stem}.inner": record.inner, f"{stem}.openings.json": canonical.dumps(openings)}
    found = verdict.judge(record.signed_content, record.cms, roots, verdict.claimed_time(record.cms))
    for file, text in _TEXT.items():
        declared = outer.get("clock") == "declared"
        note = (" (date déclarée)" if file == "RECU.txt" else " (declared date)") if declared else ""
        made[file] = text.format(
            number=number,
            patient=patient,
            utc=outer["utc"],
            declared=note,
            holder=found.holder.name if found.holder else "?",
            words=head_words(head),
            entries="\n".join(lines) or "  -",
            stem=stem,
        ).encode()
    return made


@dataclass(frozen=True, slots=True, repr=False)
class Proof:
    """What a receipt proves: the verdict on its signature, and the entries that this signature covers, by file name."""

    __repr__ = quiet

    signature: Verdict
    entries: Mapping[str, bytes]
    words: str


def prove(files: Mapping[str, bytes], roots: Trust, now: datetime) -> Proof:
    """Check a receipt from its files alone. Raises CmsRefused where one of them is not what the signature covers."""
    stem = next((name.removesuffix(".p7s") for name in files if name.endswith(".p7s")), "")
    try:
        content, cms, inner = (files[f"{stem}.{end}"] for end in ("signed", "p7s", "inner"))
        openings: dict[str, Any] = json.loads(files[f"{stem}.openings.json"])
        blind, outer = bytes.fromhex(openings["blind"]), content.removeprefix(PREFIX)
        private = json.loads(outer)["private"]
        named = {op["id"]: op["commitment"] for op in json.loads(inner)["ops"] if "commitment" in op}
        record = Record(outer, inner, blind, cms)
        entries = {str(item["file"]): files[item["file"]] for item in openings["items"]}
        whole = private == suite.tagged("private", blind, inner).hex() and record.head.hex() == openings["head"]
        whole = (
            whole and openings["v"] == 1 and all(_opens(item, files[item["file"]], named) for item in openings["items"])
        )
    except (KeyError, ValueError, TypeError):
        raise CmsRefused("receipt") from None
    if not whole:
        raise CmsRefused("receipt")
    return Proof(verdict.judge(content, cms, roots, now), entries, head_words(record.head))


def _opens(item: Mapping[str, str], content: bytes, named: Mapping[str, str]) -> bool:
    """Whether blind, meta and content give the commitment that the statement names (section 9)."""
    meta, id_ = item["meta"].encode(), bytes.fromhex(item["id"])
    parts = (bytes.fromhex(item["blind"]), id_, sha256(content).digest(), struct.pack("<I", len(meta)), meta)
    return suite.tagged("item", *parts).hex() == named.get(item["id"])
