"""What suite 1 is built on, against vectors that other people made, and the seal's own promises."""

import hashlib
import importlib.resources
import json
import zlib
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.cobblestone import Cobblestone256Decryptor
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from hypothesis import given
from hypothesis import strategies as st

from baladeur.container import suite
from baladeur.container.layout import file_size, padme

THIRD_PARTY = Path(__file__).parent.parent / "third_party"
DIGESTS = {
    "aes_gcm_test": "985e5ecc172e181eaf49e89508b9470dcf478002eb7e8559c707eb42dc97dfe7",
    "hkdf_sha512_test": "bb9a21f4e86041caf5d7792b030349f8ff289087f195b2fbc0fc0afc39deca6f",
}
KEY, CID = bytes(range(32)), bytes(range(16))


def wycheproof(name: str) -> list[dict[str, Any]]:
    """The groups of one file."""
    return json.loads((THIRD_PARTY / f"{name}.json").read_bytes())["testGroups"]


def official(name: str) -> str:
    """A file of the package cryptography-vectors."""
    return importlib.resources.files("cryptography_vectors").joinpath(name).read_text("utf-8")


def nist(text: str) -> list[dict[str, str]]:
    """Cases of a `name = value` file, one dictionary per COUNT."""
    cases: list[dict[str, str]] = []
    for line in text.splitlines():
        name, _, value = line.partition("=")
        if name.strip() == "COUNT":
            cases.append({})
        elif cases and not line.startswith("#") and line.strip():
            cases[-1][name.strip()] = value.strip()
    return cases


@pytest.mark.parametrize("name", DIGESTS)
def test_third_party_files_are_unchanged(name: str) -> None:
    """The files are byte for byte those of their origin."""
    assert hashlib.sha256((THIRD_PARTY / f"{name}.json").read_bytes()).hexdigest() == DIGESTS[name]


def test_wycheproof_aes_gcm() -> None:
    """AES-256-GCM with 96-bit nonces: every valid case opens to its text, every invalid one is refused."""
    count = 0
    for group in wycheproof("aes_gcm_test"):
        if (group["keySize"], group["ivSize"], group["tagSize"]) != (256, 96, 128):
            continue
        for case in group["tests"]:
            key, iv, aad, msg, ct, tag = (bytes.fromhex(case[n]) for n in ("key", "iv", "aad", "msg", "ct", "tag"))
            count += 1
            if case["result"] == "valid":
                assert AESGCM(key).decrypt(iv, ct + tag, aad) == msg
                assert AESGCM(key).encrypt(iv, msg, aad) == ct + tag
            else:
                with pytest.raises(InvalidTag):
                    AESGCM(key).decrypt(iv, ct + tag, aad)
    assert count > 50


def test_wycheproof_hkdf_sha512() -> None:
    """HKDF-SHA-512: extract as we do it, then expand, gives every valid case's output."""
    count = 0
    for group in wycheproof("hkdf_sha512_test"):
        for case in group["tests"]:
            if case["result"] != "valid":
                continue
            ikm, salt, info = (bytes.fromhex(case[n]) for n in ("ikm", "salt", "info"))
            assert HKDF(hashes.SHA512(), case["size"], salt, info).derive(ikm).hex() == case["okm"]
            count += 1
    assert count > 50


def test_rfc_5869() -> None:
    """HKDF on the RFC's own SHA-256 cases: the library's construction is the standard's."""
    cases = nist(official("KDF/rfc-5869-HKDF-SHA256.txt"))
    assert len(cases) >= 3
    for case in cases:
        ikm, salt, info = (bytes.fromhex(case.get(n, "")) for n in ("IKM", "salt", "info"))
        assert HKDF(hashes.SHA256(), int(case["L"]), salt, info).derive(ikm).hex() == case["OKM"]


def test_rfc_9106() -> None:
    """The library's Argon2id gives the RFC's outputs, and argon2-cffi agrees with it on what we use."""
    cases = nist(official("KDF/argon2id.txt"))
    assert cases[0]["output"].startswith("0d640df58d78766c08c037a34a8b53c9")  # RFC 9106 section 5.3
    for case in cases:
        length, lanes, t, m = (int(case[n]) for n in ("length", "lanes", "iter", "memcost"))
        salt, secret, ad, text = (bytes.fromhex(case.get(n, "")) for n in ("salt", "secret", "ad", "pass"))
        kdf = Argon2id(
            salt=salt, length=length, iterations=t, lanes=lanes, memory_cost=m, ad=ad or None, secret=secret or None
        )
        assert kdf.derive(text).hex() == case["output"]
        if not secret and not ad and text:
            assert hash_secret_raw(text, salt, t, m, lanes, length, Type.ID).hex() == case["output"]


def chunked_open(hash_: hashes.HashAlgorithm, key: bytes, context: bytes, blob: bytes) -> bytes:
    """Section 3's seal, undone step by step with any hash. Raises InvalidTag, ValueError."""
    salt, commitment, body = blob[:24], blob[24:56], blob[56:]
    info = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0" + salt + context
    derived = HKDFExpand(hash_, 76, info).derive(key)
    if len(key) != 32 or derived[44:] != commitment or len(body) % 16400 < 16:
        raise ValueError("commitment or length")
    text, base = b"", int.from_bytes(derived[32:44], "big")
    for i in range(len(body) // 16400 + 1):
        nonce = (base ^ i).to_bytes(12, "big")
        text += AESGCM(derived[:32]).decrypt(nonce, body[16400 * i : 16400 * (i + 1)], None)
    return text


def test_c2sp_chunked_encryption() -> None:
    """Our reading of the construction opens the specification's messages (SHA-256) and refuses its bad ones."""
    count = 0
    for case in json.loads(official("chunked-encryption/vectors.json"))["vectors"]:
        if case["aead"] != "AEAD_AES_256_GCM":
            continue
        blob = b64decode(case["ciphertext"] or "")
        blob = zlib.decompress(blob) if case.get("compressed") else blob
        context, key = case["context"].encode(), bytes.fromhex(case["key"])
        count += 1
        if case["expect"] == "success":
            text = chunked_open(hashes.SHA256(), key, context, blob)
            assert hashlib.sha256(text).hexdigest() == case["payload_sha256"]
            assert len(blob) == suite.sealed(len(text))
        else:
            with pytest.raises((ValueError, InvalidTag)):
                chunked_open(hashes.SHA256(), key, context, blob)
    assert count > 30


@pytest.mark.parametrize("length", [0, 1, 16383, 16384, 16385, 40000])
def test_the_library_seals_as_section_3_says(length: int) -> None:
    """The same steps with SHA-512 open what the library sealed."""
    blob = suite.seal(KEY, b"place", bytes(length))
    assert chunked_open(hashes.SHA512(), KEY, b"place", blob) == bytes(length)


@pytest.mark.parametrize("length", [0, 1, 16383, 16384, 16385, 40000])
def test_seal_round_trip_at_the_edges(length: int) -> None:
    """A seal opens to its text, has the stated length, and opens in no other place."""
    text, ctx = bytes(length), suite.context("item", CID, CID, 7)
    blob = suite.seal(KEY, ctx, text)
    assert suite.unseal(KEY, ctx, blob) == text
    assert len(blob) == suite.sealed(length)
    for other in (suite.context("item", CID, CID, 8), suite.context("frame", CID, CID, 7), b""):
        with pytest.raises(suite.SealBroken):
            suite.unseal(KEY, other, blob)


@given(st.binary(max_size=200), st.integers(min_value=0), st.integers(0, 7))
def test_any_flipped_bit_breaks_the_seal(text: bytes, at: int, bit: int) -> None:
    """No altered byte of a seal gives a text."""
    blob = bytearray(suite.seal(KEY, b"place", text))
    blob[at % len(blob)] ^= 1 << bit
    with pytest.raises(suite.SealBroken):
        suite.unseal(KEY, b"place", bytes(blob))


@given(st.binary(max_size=40000), st.integers(min_value=0))
def test_a_cut_or_longer_seal_is_broken(text: bytes, at: int) -> None:
    """No prefix of a seal opens, nor the seal with something after it."""
    blob = suite.seal(KEY, b"place", text)
    for other in (blob[: at % len(blob)], blob + b"\0"):
        with pytest.raises(suite.SealBroken):
            suite.unseal(KEY, b"place", other)


def test_streamed_and_whole_seals_are_the_same_construction() -> None:
    """Pieces of any size seal to a message that opens whole, with the library's own decryptor too."""
    text = bytes(range(256)) * 300
    for step in (1000, 16384, 50000):
        pieces = (text[i : i + step] for i in range(0, len(text), step))
        blob = b"".join(suite.seal_stream(KEY, b"place", pieces))
        assert suite.unseal(KEY, b"place", blob) == text
        decryptor = Cobblestone256Decryptor(KEY, b"place")
        assert decryptor.update(blob) + decryptor.finalize() == text


@given(st.integers(1, 1 << 40))
def test_padme_grows_by_at_most_12_percent(length: int) -> None:
    """Padding never shrinks, wastes at most 12 %, and padded lengths are their own padding."""
    padded = padme(length)
    assert length <= padded <= length * 1.12 + 1
    assert padme(padded) == padded


@pytest.mark.parametrize(
    ("end", "size"),
    [
        (16 << 20, 20_971_520),
        (19 << 20, 20_971_520),
        ((19 << 20) + 1, 21_495_808),
        (40 << 20, 42_991_616),
        (100 << 20, 106_954_752),
        (200 << 20, 213_909_504),
        (1 << 30, 1_107_296_256),
        (3899 << 20, 4_089_446_400),
    ],
)
def test_file_sizes_of_the_document(end: int, size: int) -> None:
    """The table of section 2."""
    assert file_size(end) == size
