"""The CMS profile of a signed statement: make one with a card, read one, verify one.

CAdES baseline B-B (ETSI EN 319 122-1 §6.3) on CMS SignedData (RFC 5652 §5), in the form of schemas/container.md §10.

NOT judged here: chain of trust, validity dates, revocation, key usage, the truth of signing-time. A valid result says
only that the key in `certificate_der` signed these bytes; who that is and what it is worth, another module decides.

What was read is encoded again by the functions that build and must give the same bytes, so that one signature has one
encoding (DER, X.690 §10). Opaque stay the values of signed attributes that the profile does not name, and what is not
signed: unsigned attributes and certificates, mere hints, save the signer's own certificate, which its hash pins.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Final, NamedTuple

from asn1crypto import core, parser
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from baladeur.errors import CmsMalformed, CmsRefused

MAX_BYTES: Final = 64 * 1024
MAX_CERTIFICATES: Final = 5
# Details of CmsRefused that a verdict tells apart.
OTHER_CONTENT: Final = "message-digest is not that of the content"
WRONG: Final = "the signature is wrong"
# Identifier octets (X.690 §8.1.2); _fields() takes a negative one as OPTIONAL.
_INTEGER, _OCTETS, _OID, _UTC, _GENERALIZED, _SEQ, _SET, _CTX0, _CTX1, _CTX4 = bytes.fromhex("02040617183031A0A1A4")


def _tlv(tag: int, *parts: bytes) -> bytes:
    """One DER element from its identifier octet and the parts of its contents."""
    return bytes(parser.emit(tag >> 6, tag >> 5 & 1, tag & 31, b"".join(parts)))


def _oid(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER as encoded."""
    return bytes(core.ObjectIdentifier(dotted).dump())


_VERSION_1, _NULL = _tlv(_INTEGER, b"\x01"), b"\x05\x00"
_DATA, _SIGNED_DATA = _oid("1.2.840.113549.1.7.1"), _oid("1.2.840.113549.1.7.2")
_CONTENT_TYPE, _MESSAGE_DIGEST, _SIGNING_TIME = (_oid(f"1.2.840.113549.1.9.{n}") for n in (3, 4, 5))
_SIGNING_CERTIFICATE_V2 = _oid("1.2.840.113549.1.9.16.2.47")
# RFC 5754 §2: SHA-256 is written without parameters; a reader must accept NULL too.
_SHA256, _SHA256_NULL = (_tlv(_SEQ, _oid("2.16.840.1.101.3.4.2.1"), parameters) for parameters in (b"", _NULL))
# A CMS reader MUST know rsaEncryption and MAY know sha256WithRSAEncryption (RFC 3370 §3.2, RFC 5754 §3.2): the first is
# written. By the key's identifier (RFC 3279 §2.3.1, RFC 5480 §2.1.1): it pins the curve, and leaves out keys for PSS.
_RSA, _SHA256_RSA = (_tlv(_SEQ, _oid(f"1.2.840.113549.1.1.{n}"), _NULL) for n in (1, 11))
_P256 = _tlv(_SEQ, _oid("1.2.840.10045.2.1"), _oid("1.2.840.10045.3.1.7"))
_ALGORITHMS: Final = {_RSA: (_RSA, _SHA256_RSA), _P256: (_tlv(_SEQ, _oid("1.2.840.10045.4.3.2")),)}


@dataclass(frozen=True)
class Signature:
    """Who signed (certificate, serial), when by the signer's own clock, and the SHA-256 of what was signed."""

    certificate_der: bytes
    others_der: tuple[bytes, ...]  # hints for building the chain: not signed, perhaps not even certificates
    signing_time: datetime  # UTC, whole seconds
    serial: int
    digest: bytes


class _Element(NamedTuple):
    raw: bytes = b""  # header and contents
    body: bytes = b""


class _Key(NamedTuple):
    """What a certificate says of its key (RFC 5280 §4.1.2)."""

    issuer: _Element
    serial: _Element
    info: _Element
    algorithms: tuple[bytes, ...]  # with which it may sign; the one to write first


def _elements(data: bytes) -> list[_Element]:
    """Split `data` into its elements. CmsMalformed: it is not a run of a few complete elements."""
    found: list[_Element] = []
    while data:
        # Long tags, indefinite lengths and long lists have no place here, and hostile ones cost much time.
        if data[0] & 31 == 31 or data[1:2] == b"\x80" or len(found) == 32:
            raise CmsMalformed("not DER")
        try:
            _, _, _, header, body, _ = parser.parse(data)
        except ValueError:
            raise CmsMalformed("not DER") from None  # the library's message could quote bytes
        found.append(_Element(header + body, body))
        data = data[len(header) + len(body) :]
    return found


def _fields(data: bytes, *tags: int) -> list[_Element]:
    """The first elements, which must have these tags; an absent OPTIONAL one is empty. CmsMalformed: they do not."""
    rest, found = _elements(data), []
    for tag in tags:
        present = bool(rest) and rest[0].raw[0] == abs(tag)
        if not present and tag > 0:
            raise CmsMalformed("not the structure of the profile")
        found.append(rest.pop(0) if present else _Element())
    return found


def _key_of(certificate_der: bytes) -> _Key:
    """Read no other field: a card whose names are loosely encoded still signs. Errors as for `verify`."""
    (tbs,) = _fields(_fields(certificate_der, _SEQ)[0].body, _SEQ)
    _, serial, _, issuer, _, _, info = _fields(tbs.body, _CTX0, _INTEGER, _SEQ, _SEQ, _SEQ, _SEQ, _SEQ)
    algorithms = _ALGORITHMS.get(_fields(info.body, _SEQ)[0].raw)
    if algorithms is None:
        raise CmsRefused("the key is neither RSA nor on P-256")
    return _Key(issuer, serial, info, algorithms)


def _verifier(key: _Key) -> Callable[[bytes, bytes], None]:
    """Function of signature and data. CmsRefused: an RSA key outside the profile; CmsMalformed: unreadable key."""
    try:
        public = load_der_public_key(key.info.raw)
    except (ValueError, UnsupportedAlgorithm):
        raise CmsMalformed("unreadable public key") from None
    if isinstance(public, ec.EllipticCurvePublicKey):
        return partial(public.verify, signature_algorithm=ec.ECDSA(SHA256()))
    if isinstance(public, rsa.RSAPublicKey) and 2048 <= public.key_size <= 4096 and public.public_numbers().e == 65537:
        return partial(public.verify, padding=PKCS1v15(), algorithm=SHA256())
    raise CmsRefused("the RSA key is not of 2048 to 4096 bits with exponent 65537")


def _ess(certificate_der: bytes, key: _Key) -> tuple[bytes, bytes]:
    """SigningCertificateV2 with and without issuerSerial (RFC 5035 §3 to §5); SHA-256, the default, is left out."""
    digest = _tlv(_OCTETS, sha256(certificate_der).digest())
    issuer_serial = _tlv(_SEQ, _tlv(_SEQ, _tlv(_CTX4, key.issuer.raw)), key.serial.raw)
    return _tlv(_SEQ, _tlv(_SEQ, _tlv(_SEQ, digest, issuer_serial))), _tlv(_SEQ, _tlv(_SEQ, _tlv(_SEQ, digest)))


def _time(moment: datetime) -> bytes:
    """Time (RFC 5652 §11.3): UTCTime from 1950 to 2049, GeneralizedTime otherwise, whole seconds."""
    text = f"{moment.astimezone(UTC):%Y%m%d%H%M%SZ}".encode()
    return _tlv(_UTC, text[2:]) if b"1950" <= text < b"2050" else _tlv(_GENERALIZED, text)


def _read_time(time: bytes) -> datetime:
    """The moment of a Time. CmsMalformed: not the one encoding of a moment."""
    century = b"" if time[0] == _GENERALIZED else b"20" if time[2:3] < b"5" else b"19"
    try:
        moment = datetime.strptime((century + time[2:]).decode(), "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        moment = datetime.min.replace(tzinfo=UTC)
    if time != _time(moment):  # strptime is lenient
        raise CmsMalformed("signing-time")
    return moment


def _attributes(values: Mapping[bytes, bytes]) -> bytes:
    """Contents of signedAttrs in the order of X.690 §11.6; under a SET tag they are what is signed (RFC 5652 §5.4)."""
    return b"".join(sorted(_tlv(_SEQ, kind, _tlv(_SET, value)) for kind, value in values.items()))


def _wrap(key: _Key, certificates: Sequence[bytes], digest: bytes, signed: bytes, *rest: bytes) -> bytes:
    """The whole CMS; `digest` is an AlgorithmIdentifier, `rest` what follows the signed attributes."""
    signer = _tlv(_SEQ, _VERSION_1, _tlv(_SEQ, key.issuer.raw, key.serial.raw), digest, _tlv(_CTX0, signed), *rest)
    bag = _tlv(_CTX0, *sorted(certificates))
    body = _tlv(_SEQ, _VERSION_1, _tlv(_SET, digest), _tlv(_SEQ, _DATA), bag, _tlv(_SET, signer))
    return _tlv(_SEQ, _SIGNED_DATA, _tlv(_CTX0, body))


def _parts(cms: bytes) -> tuple[Signature, _Key, bytes, bytes]:
    """The claim, its key, the signed octets and the signature's value; errors as for `verify`."""
    if len(cms) > MAX_BYTES:
        raise CmsRefused("larger than 64 KiB")
    signed_data = _fields(_fields(_fields(cms, _SEQ)[0].body, _OID, _CTX0)[1].body, _SEQ)[0].body
    _, digests, content, bag, infos = _fields(signed_data, _INTEGER, _SET, _SEQ, -_CTX0, _SET)
    if content.body != _DATA:
        raise CmsRefused("the content is not detached data")
    certificates, signers = [_tlv(_SEQ, e.body) for e in _elements(bag.body)], _elements(infos.body)
    if len(signers) != 1 or len(certificates) > MAX_CERTIFICATES:
        raise CmsRefused("not one signer, or more than five certificates")
    tags = (_INTEGER, _SEQ, _SEQ, -_CTX0, _SEQ, _OCTETS, -_CTX1)
    _, sid, digest, attributes, algorithm, value, unsigned = _fields(signers[0].body, *tags)
    if digest.raw not in (_SHA256, _SHA256_NULL) or digests.body != digest.raw:
        raise CmsRefused("a digest other than SHA-256")
    claims = {_tlv(_OID, k.body): v.body for k, v in (_fields(e.body, _OID, _SET) for e in _elements(attributes.body))}
    if attributes.body != _attributes(claims) or any(len(_elements(value)) != 1 for value in claims.values()):
        raise CmsRefused("the signed attributes are not in DER, once each, with one value")
    message, ess = (claims.get(kind, b"") for kind in (_MESSAGE_DIGEST, _SIGNING_CERTIFICATE_V2))
    if claims.get(_CONTENT_TYPE) != _DATA or message != _tlv(_OCTETS, message[2:]):
        raise CmsRefused("content-type is not data, or no message-digest")
    if _SIGNING_TIME not in claims:
        raise CmsRefused("no signing-time")
    moment = _read_time(claims[_SIGNING_TIME])
    signer = next((der for der in certificates if sha256(der).digest() in ess), b"")
    if not signer:
        raise CmsRefused("no certificate is there that signing-certificate-v2 names")
    key = _key_of(signer)
    if ess not in _ess(signer, key) or sid.raw != _tlv(_SEQ, key.issuer.raw, key.serial.raw):
        raise CmsRefused("signing-certificate-v2, or issuer and serial, do not fit the certificate")
    if algorithm.raw not in key.algorithms:
        raise CmsRefused("a signature algorithm outside the profile")
    rest = (algorithm.raw, _tlv(_OCTETS, value.body), unsigned.raw and _tlv(_CTX1, unsigned.body))
    if cms != _wrap(key, certificates, digest.raw, attributes.body, *rest):
        raise CmsMalformed("not the one DER encoding of the profile")
    others = tuple(der for der in certificates if der != signer)
    signature = Signature(signer, others, moment, int.from_bytes(key.serial.body, signed=True), message[2:])
    return signature, key, _tlv(_SET, attributes.body), value.body


def parse(cms: bytes) -> Signature:
    """What a CMS of the profile claims, UNVERIFIED: to say who would have signed. Errors as for `verify`."""
    return _parts(cms)[0]


def verify(content: bytes, cms: bytes) -> Signature:
    """The signature that `cms` is over `content` (RFC 5652 §5.6); trust in its certificate is not judged.

    CmsMalformed: not of the form above, or not DER. CmsRefused: other bytes are signed, or as the profile forbids.
    """
    signature, key, signed, value = _parts(cms)
    if signature.digest != sha256(content).digest():
        raise CmsRefused(OTHER_CONTENT)
    try:
        _verifier(key)(value, signed)
    except InvalidSignature:
        raise CmsRefused(WRONG) from None
    return signature


def build(
    content: bytes,
    certificate_der: bytes,
    chain_der: Sequence[bytes],
    sign_raw: Callable[[bytes], bytes],
    signing_time: datetime,
) -> bytes:
    """Sign `content` with a card: a CMS of the profile, verified before it is returned.

    `sign_raw` gets the DER of the signed attributes and returns their signature with SHA-256: RSA PKCS#1 v1.5
    (CKM_SHA256_RSA_PKCS), or ECDSA as DER Ecdsa-Sig-Value; its errors pass through. A `signing_time` without zone is
    local. CmsMalformed, CmsRefused: as for `verify`, before the card is asked unless its answer is wrong.
    """
    key = _key_of(certificate_der)
    values = {_CONTENT_TYPE: _DATA, _MESSAGE_DIGEST: _tlv(_OCTETS, sha256(content).digest())}
    values |= {_SIGNING_TIME: _time(signing_time), _SIGNING_CERTIFICATE_V2: _ess(certificate_der, key)[0]}
    signed = _attributes(values)
    shell = (key, sorted({certificate_der, *chain_der}), _SHA256, signed, key.algorithms[0])
    _verifier(_parts(_wrap(*shell, _tlv(_OCTETS, bytes(512))))[1])  # no PIN is spent on what would be refused
    cms = _wrap(*shell, _tlv(_OCTETS, sign_raw(_tlv(_SET, signed))))
    verify(content, cms)
    return cms
