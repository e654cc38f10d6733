"""The worked example of section 20: one small record, every value on the way."""

import hmac
import textwrap

from cms import certificate
from coffre import LOG, ZONE, argon, context, derive, expand, fold, indices12, sealed, sha, u8, words12
from record import Record
from suite import HOLDER, SIX

FIRST = "Coffre format, version 1: worked example (container.md, section 20). All numbers in hex unless said otherwise."


def text() -> str:
    """Make the example."""
    out = [
        FIRST,
        "Random bytes that the format leaves free are zero here; so are unused slots. Made by generate.py --example.",
    ]

    def put(label: str, value: bytes | str) -> None:
        shown = value.hex() if isinstance(value, bytes) else value
        if len(label) + len(shown) < 118:
            out.append(f"{label}: {shown}")
        else:
            out.append(f"{label}:")
            out.extend(textwrap.wrap(shown, 112, initial_indent="    ", subsequent_indent="    "))

    def title(words: str) -> None:
        out.extend(["", words])

    record = Record("example", {3: HOLDER, 2: SIX.encode()})
    record.add("identity", "Identité", b"test subject")
    record.create()
    creation = dict(record.trace)
    allergy = record.add("allergy", "Pénicilline", b"choc, 2019")
    part = {"items": [allergy.id.hex()], "text": "Pénicilline : choc en 2019"}
    record.commit(role="professional", parts=[part])
    cid, trace = record.cid, record.trace

    title("Section 1")
    put("container id", cid)
    title("Section 4: twelve words, slot 3")
    put("typed", words12(HOLDER))
    put("folded", fold(words12(HOLDER)))
    put("indices (decimal, from 0)", " ".join(map(str, indices12(HOLDER))))
    put("entropy", HOLDER)
    slot = record.slots[3]
    put("slot salt", slot[:32])
    put("HKDF-Extract (PRK)", extract(slot[:32]))
    key = derive(extract(slot[:32]), "slot code", cid)
    put("slot key = derive(PRK, slot code)", key)
    ctx = context("slot", cid, u8(3) + u8(1) + bytes(14), 0)
    put("context", ctx)
    put("seal salt", slot[32:56])
    secret = expand(key, b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0" + slot[32:56] + ctx, 76)
    put("k", secret[:32])
    put("n", secret[32:44])
    put("c", secret[44:])
    put("payload, K_root", record.k_root)
    put("sealed payload", slot[32:136])
    title("Section 4: six words, slot 2")
    put("typed and folded", SIX)
    slot = record.slots[2]
    put("slot salt", slot[:32])
    put("slot key, Argon2id", argon_key(slot[:32]))
    put("context", context("slot", cid, u8(2) + u8(1) + bytes(14), 0))
    put("payload, K_vital", record.k_vital)
    put("sealed payload", slot[32:136])
    title("Section 3: keys")
    for label, key in (
        ("header mac", record.k_root),
        ("superblock a", record.k_vital),
        ("superblock b", record.k_root),
        ("frame", record.k_log),
        ("history", record.k_log),
        ("anchor", record.k_log),
    ):
        put(
            f"derive({'K_vital' if key == record.k_vital else 'K_root' if key == record.k_root else 'K_log'}, {label})",
            derive(key, label, cid),
        )
    put("K_epoch", record.k_epoch)
    put("K_log", record.k_log)
    put("log id", record.log_id)
    title("Section 5: header")
    put("bytes 0 to 63", record.header[:64])
    put("MAC, bytes 4032 to 4063", record.header[4032:4064])
    put("SHA-256, bytes 4064 to 4095", record.header[4064:])
    put("SHA-256 of bytes 0 to 4031", sha(record.header[:4032]))
    title("Section 10: first commit, the creation, by the holder")
    put("inner", creation["inner_bytes"].decode())
    put("outer", creation["outer_bytes"].decode())
    put("record", creation["record"])
    put("head", sha(record.records[0]))
    title("Section 8: its catalogue, full")
    put("plain", creation["plain"])
    put("deflated (one stored block)", creation["deflated"])
    put("context", context("catalogue", cid, record.log_id, record.first))
    title("Section 7: its frame header, at 16 MiB")
    put("plain", creation["frame"])
    put("context", context("frame", cid, record.log_id, 0))
    put("sealed", bytes(record.img[LOG : LOG + sealed(128)]))
    title("Section 9: second commit, an allergy, signed by a professional")
    put("item id", allergy.id)
    put("content", allergy.content)
    put("SHA-256 of the content", allergy.hash)
    put("meta", allergy.meta.decode())
    put("item key", allergy.key)
    put("blind", allergy.blind)
    put("commitment", allergy.commitment)
    put("context", context("item", cid, allergy.id, allergy.seq))
    put("sealed item", bytes(record.img[allergy.offset : allergy.offset + sealed(allergy.size)]))
    title("Section 11: its summary")
    summary = record.summary
    blind, part_bytes = summary.openings[0]
    put("part 0", part_bytes.decode())
    put("blind", blind)
    put("part commitment", summary.commitments[0])
    put("K_sum", summary.key)
    put("context", context("summary", cid, bytes(16), summary.seq))
    put("offset, mirror, length (decimal)", f"{summary.offset}, {summary.mirror}, {summary.length}")
    put("SHA-256 of the plain blob", sha(trace["summary"]))
    title("Section 10: its statement")
    put("inner", trace["inner_bytes"].decode())
    put("outer", trace["outer_bytes"].decode())
    put("private blind", private_blind(trace["record"]))
    put("certificate (SHA-256)", sha(certificate()))
    put("CMS (length in decimal, SHA-256)", f"{len(trace['cms'])}, {sha(trace['cms']).hex()}")
    put("SHA-256 of what is signed", sha(b"BALADEUR-STATEMENT-1\n", trace["outer_bytes"]))
    put("head", record.head)
    title("Section 8: its catalogue, recent")
    put("plain", trace["plain"])
    title("Section 6: its superblock, slot 1")
    put("part A, plain", record.part_a())
    put("part A, context", context("superblock a", cid, u8(1) + bytes(15), 0))
    put("part A, sealed", bytes(record.img[ZONE + 65536 :][:152]))
    put("part B, plain, bytes 0 to 279", record.part_b()[:280])
    put("part B, context", context("superblock b", cid, u8(1) + bytes(15), 0))
    put("part B, sealed (SHA-256)", sha(bytes(record.img[ZONE + 65536 + 512 :][:584])))
    title("The file")
    put("size (decimal)", str(len(record.img)))
    put("SHA-256", sha(bytes(record.img)))
    return "\n".join(out) + "\n"


def extract(salt: bytes) -> bytes:
    """HKDF-Extract with SHA-512 of the twelve words' entropy."""
    return hmac.digest(salt, HOLDER, "sha512")


def argon_key(salt: bytes) -> bytes:
    """Return the slot key of the six words."""
    return argon(SIX.encode(), salt, 64)


def private_blind(record: bytes) -> bytes:
    """Return the blind between inner and CMS."""
    outer = int.from_bytes(record[:4], "little")
    inner = int.from_bytes(record[4 + outer : 8 + outer], "little")
    return record[8 + outer + inner : 40 + outer + inner]
