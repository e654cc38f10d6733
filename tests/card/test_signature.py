"""The CMS profile: what we make is read everywhere, and each single fault is refused."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from hashlib import sha1, sha256, sha512
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from asn1crypto import algos, cms, core, parser, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import load_der_x509_certificate
from hypothesis import given
from hypothesis import strategies as st

from baladeur.card.signature import MAX_BYTES, Signature, build, parse, verify
from baladeur.errors import CmsMalformed, CmsRefused
from tests.pki import PrivateKey, SoftSigner, private_key

CONTENT = b'BALADEUR-STATEMENT-1\n{"secret":"not for error messages"}'
WHEN = datetime(2026, 3, 1, 12, 30, 45, tzinfo=UTC)
KINDS = ("rsa", "ec")
Change = bytes | Callable[[bytes], bytes]
SHA256_ABSENT = bytes.fromhex("300b0609608648016503040201")
SHA256_NULL = bytes.fromhex("300d06096086480165030402010500")


@cache
def signer(kind: str = "rsa") -> SoftSigner:
    """The professional of these tests."""
    return SoftSigner(kind)


@cache
def good(kind: str = "rsa") -> bytes:
    """A CMS of the profile over CONTENT."""
    who = signer(kind)
    return build(CONTENT, who.certificate_der, who.chain_der, who.sign_raw, WHEN)


def is_rsa(who: SoftSigner) -> bool:
    """Whether the signer's key is RSA."""
    return isinstance(who.key, rsa.RSAPrivateKey)


@cache
def odd_key(kind: str) -> PrivateKey:
    """A key for one test: of a size, exponent or curve outside the profile, or good but another's."""
    match kind:
        case "rsa-1024":
            return rsa.generate_private_key(65537, 1024)  # noqa: S505
        case "rsa-2040":
            return rsa.generate_private_key(65537, 2040)  # noqa: S505
        case "rsa-4104":
            return rsa.generate_private_key(65537, 4104)
        case "rsa-e3":
            return rsa.generate_private_key(3, 2048)
        case "p384":
            return ec.generate_private_key(ec.SECP384R1())
        case _:
            return private_key(kind, "somebody else")


def seq(*parts: bytes) -> bytes:
    """A SEQUENCE of encoded parts."""
    return bytes(parser.emit(0, 1, 16, b"".join(parts)))


def set_of(*parts: bytes) -> bytes:
    """A SET of encoded parts, in the order given."""
    return bytes(parser.emit(0, 1, 17, b"".join(parts)))


def tagged(number: int, *parts: bytes) -> bytes:
    """A constructed element with a context tag."""
    return bytes(parser.emit(2, 1, number, b"".join(parts)))


def algorithm(name: str) -> bytes:
    """A signature AlgorithmIdentifier by asn1crypto's name for it."""
    return bytes(algos.SignedDigestAlgorithm({"algorithm": name}).dump())


def attribute(kind: str, *values: Any) -> bytes:
    """One Attribute; an unknown kind is an object identifier."""
    return bytes(cms.CMSAttribute({"type": kind, "values": list(values)}).dump())


def ess(certificate_der: bytes, **changes: Any) -> bytes:
    """The signing-certificate-v2 attribute, with changes to its ESSCertIDv2 (None removes a field)."""
    certificate = x509.Certificate.load(certificate_der)
    issuer = [x509.GeneralName("directory_name", certificate.issuer)]
    fields = {
        "cert_hash": sha256(certificate_der).digest(),
        "issuer_serial": {"issuer": issuer, "serial_number": certificate.serial_number},
    } | changes
    used = tsp.ESSCertIDv2({name: value for name, value in fields.items() if value is not None})
    return attribute("signing_certificate_v2", tsp.SigningCertificateV2({"certs": [used]}))


def attributes(certificate_der: bytes | None = None, **changes: bytes | None) -> list[bytes]:
    """The signed attributes in DER order, with changes (None removes one)."""
    parts = {
        "content_type": attribute("content_type", "data"),
        "message_digest": attribute("message_digest", sha256(CONTENT).digest()),
        "signing_time": attribute("signing_time", cms.Time("utc_time", WHEN)),
        "ess": ess(certificate_der or signer().certificate_der),
    } | changes
    return sorted(part for part in parts.values() if part is not None)


def certificates(*der: bytes) -> bytes:
    """The certificates field, in DER order."""
    return tagged(0, *sorted(der))


def changed(fields: dict[str, bytes], changes: dict[str, Change]) -> bytes:
    """A SEQUENCE of the fields, each as given, replaced by other bytes, or passed through a function."""
    assert changes.keys() <= fields.keys()
    for name, change in changes.items():
        fields[name] = change if isinstance(change, bytes) else change(fields[name])
    return seq(*fields.values())


def forge(
    who: SoftSigner | None = None,
    *,
    certificate_der: bytes | None = None,
    signed: list[bytes] | None = None,
    sign: Callable[[bytes], bytes] | None = None,
    info: dict[str, Change] | None = None,
    **data: Change,
) -> bytes:
    """A CMS written independently of the code under test and truly signed, with one test's changes.

    `signed` replaces the signed attributes, `info` changes encoded fields of SignerInfo, `data` those of SignedData.
    """
    who = who or signer()
    certificate_der = certificate_der or who.certificate_der
    certificate = x509.Certificate.load(certificate_der)
    sid = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    signed = attributes(certificate_der) if signed is None else signed
    signer_info = {
        "version": core.Integer(1).dump(),
        "sid": sid.dump(),
        "digest_algorithm": SHA256_ABSENT,
        "signed_attrs": tagged(0, *signed),
        "signature_algorithm": algorithm("rsassa_pkcs1v15" if is_rsa(who) else "sha256_ecdsa"),
        "signature": core.OctetString((sign or who.sign_raw)(set_of(*signed))).dump(),
        "unsigned_attrs": b"",
    }
    signed_data = {
        "version": core.Integer(1).dump(),
        "digest_algorithms": set_of(SHA256_ABSENT),
        "encap_content_info": seq(cms.ContentType("data").dump()),
        "certificates": certificates(certificate_der, *who.chain_der),
        "signer_infos": set_of(changed(signer_info, info or {})),
    }
    return seq(cms.ContentType("signed_data").dump(), tagged(0, changed(signed_data, data)))


def refused(cms_der: bytes, match: str | None, error: type[CmsMalformed | CmsRefused] = CmsRefused) -> None:
    """Check that this CMS over CONTENT is refused for this reason, and that the reason quotes nothing."""
    with pytest.raises(error, match=match) as caught:
        verify(CONTENT, cms_der)
    assert type(caught.value) is error
    assert "secret" not in str(caught.value)
    assert "TEST" not in str(caught.value)


# What is made


@pytest.mark.parametrize("kind", KINDS)
def test_round_trip(kind: str) -> None:
    """What build makes, verify accepts, and says who signed what and when."""
    who = signer(kind)
    serial = load_der_x509_certificate(who.certificate_der).serial_number
    expected = Signature(who.certificate_der, who.chain_der, WHEN, serial, sha256(CONTENT).digest())
    assert verify(CONTENT, good(kind)) == expected
    assert parse(good(kind)) == expected


def test_same_bytes_as_an_independent_writer() -> None:
    """An encoder that shares no code gives the same DER: so the forgeries below start from a faultless CMS."""
    assert forge() == good()


def test_empty_and_large_content() -> None:
    """The content is only hashed: none at all or a megabyte make a CMS of the same size."""
    who = signer()
    sizes = set()
    for content in (b"", bytes(1 << 20)):
        made = build(content, who.certificate_der, (), who.sign_raw, WHEN)
        assert verify(content, made).digest == sha256(content).digest()
        sizes.add(len(made))
    assert len(sizes) == 1


def test_the_card_signs_the_der_of_the_signed_attributes() -> None:
    """The card gets the SET OF attributes, once, with its universal tag (RFC 5652 §5.4)."""
    asked: list[bytes] = []
    who = signer()

    def sign(data: bytes) -> bytes:
        asked.append(data)
        return who.sign_raw(data)

    build(CONTENT, who.certificate_der, who.chain_der, sign, WHEN)
    assert asked == [set_of(*attributes())]


def test_a_certificate_twice_is_written_once() -> None:
    """A chain that repeats the signer's certificate does not repeat it in the CMS."""
    who = signer()
    chain = (*who.chain_der, who.certificate_der, *who.chain_der)
    assert build(CONTENT, who.certificate_der, chain, who.sign_raw, WHEN) == good()


@pytest.mark.parametrize(
    ("moment", "read"),
    [
        (datetime(1949, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(1949, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (datetime(1950, 1, 1, tzinfo=UTC), datetime(1950, 1, 1, tzinfo=UTC)),
        (datetime(2049, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (datetime(2050, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)),
        (datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=2))), datetime(2026, 6, 30, 22, 30, tzinfo=UTC)),
    ],
)
def test_signing_time(moment: datetime, read: datetime) -> None:
    """Signing-time is UTC in whole seconds, on both sides of where UTCTime ends (RFC 5652 §11.3)."""
    who = signer("ec")
    made = build(CONTENT, who.certificate_der, (), who.sign_raw, moment)
    assert verify(CONTENT, made).signing_time == read
    signed = cms.ContentInfo.load(made)["content"]["signer_infos"][0]["signed_attrs"]
    (time,) = [item["values"][0] for item in signed if item["type"].native == "signing_time"]
    assert time.native == read
    assert time.name == ("utc_time" if 1950 <= read.year < 2050 else "generalized_time")


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_answer_of_the_card_is_not_returned(kind: str) -> None:
    """Build verifies its own output: a card with another key, or a broken answer, gives an error and no CMS."""
    who, other = signer(kind), SoftSigner(key=odd_key(kind))
    for sign in (other.sign_raw, lambda _: b"", lambda _: bytes(256)):
        with pytest.raises(CmsRefused, match="signature is wrong"):
            build(CONTENT, who.certificate_der, who.chain_der, sign, WHEN)


def test_errors_of_the_card_pass_through() -> None:
    """Whatever the card raises, a removed card or a wrong PIN, reaches the caller unchanged."""

    def removed(_: bytes) -> bytes:
        raise ConnectionError("card removed")

    with pytest.raises(ConnectionError, match="card removed"):
        build(CONTENT, signer().certificate_der, (), removed, WHEN)


def test_no_pin_is_spent_on_what_would_be_refused() -> None:
    """A key, a certificate or a chain outside the profile is refused before the card is asked."""

    def asked(_: bytes) -> bytes:
        pytest.fail("the card was asked")

    who = signer()
    weak = SoftSigner(key=odd_key("rsa-1024")).certificate_der
    crowd = [seq(bytes([5, 0] * n)) for n in range(5)]
    with pytest.raises(CmsRefused, match="2048"):
        build(CONTENT, weak, who.chain_der, asked, WHEN)
    with pytest.raises(CmsRefused, match="five certificates"):
        build(CONTENT, who.certificate_der, crowd, asked, WHEN)
    with pytest.raises(CmsRefused, match="64 KiB"):
        build(CONTENT, who.certificate_der, [seq(bytes(MAX_BYTES))], asked, WHEN)
    for bad in (b"", b"not a certificate", who.certificate_der[:-1], who.certificate_der + b"\0"):
        with pytest.raises(CmsMalformed):
            build(CONTENT, bad, (), asked, WHEN)
    for bad in (b"not a certificate", who.certificate_der + b"\0", b"\xa1\x00"):
        with pytest.raises(CmsMalformed):
            build(CONTENT, who.certificate_der, [bad], asked, WHEN)


# Other programs


def openssl(folder: Path, kind: str, content: bytes, *options: str) -> subprocess.CompletedProcess[str]:
    """Let openssl verify our CMS over this content, up to the test root."""
    (folder / "cms").write_bytes(good(kind))
    (folder / "content").write_bytes(content)
    (folder / "root.pem").write_bytes(signer(kind).root_pem)
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "cms", "-content", "content"]
    command += ["-CAfile", "root.pem", "-purpose", "any", "-out", "out", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("options", [(), ("-cades",)], ids=["cms", "cades"])
@pytest.mark.parametrize("kind", KINDS)
def test_openssl_accepts_ours(tmp_path: Path, kind: str, options: tuple[str, ...]) -> None:
    """The public tool finds our CMS valid up to the root, as plain CMS and as CAdES."""
    ran = openssl(tmp_path, kind, CONTENT, *options)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "out").read_bytes() == CONTENT


@pytest.mark.parametrize("kind", KINDS)
def test_openssl_refuses_another_content(tmp_path: Path, kind: str) -> None:
    """One changed byte of content, and the public tool refuses."""
    ran = openssl(tmp_path, kind, CONTENT[:-1] + bytes([CONTENT[-1] ^ 1]), "-cades")
    assert ran.returncode != 0
    assert "verification failure" in ran.stderr.lower()


@pytest.mark.parametrize("kind", KINDS)
def test_openssl_signs_for_us(tmp_path: Path, kind: str) -> None:
    """What the public tool signs as CAdES is of the profile; its S/MIME capabilities are not in the way."""
    who = signer(kind)
    key = who.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key").write_bytes(key)
    (tmp_path / "cert").write_bytes(load_der_x509_certificate(who.certificate_der).public_bytes(Encoding.PEM))
    (tmp_path / "content").write_bytes(CONTENT)
    command = ["openssl", "cms", "-sign", "-binary", "-cades", "-md", "sha256", "-in", "content", "-outform", "DER"]
    subprocess.run([*command, "-signer", "cert", "-inkey", "key", "-out", "cms"], cwd=tmp_path, check=True)
    assert verify(CONTENT, (tmp_path / "cms").read_bytes()).certificate_der == who.certificate_der


# What other writers may do differently


def test_refuses_no_signing_time() -> None:
    """Baseline B-B demands signing-time (EN 319 122-1 clause 6.3)."""
    refused(forge(signed=attributes(signing_time=None)), "signing-time")


def test_issuer_serial_may_be_absent() -> None:
    """The hash alone names the certificate; issuerSerial is OPTIONAL in ESSCertIDv2 (RFC 5035 §4)."""
    short = ess(signer().certificate_der, issuer_serial=None)
    assert verify(CONTENT, forge(signed=attributes(ess=short))).certificate_der == signer().certificate_der


def test_digest_parameters_may_be_null() -> None:
    """SHA-256 with NULL parameters is SHA-256 (RFC 5754 §2)."""
    assert verify(CONTENT, forge(info={"digest_algorithm": SHA256_NULL}, digest_algorithms=set_of(SHA256_NULL)))


def test_the_signature_algorithm_may_name_the_digest() -> None:
    """Sha256WithRSAEncryption says the same as rsaEncryption with SHA-256 (RFC 3370 §3.2)."""
    assert verify(CONTENT, forge(info={"signature_algorithm": algorithm("sha256_rsa")}))


def test_another_signed_attribute_is_ignored() -> None:
    """CMS allows more signed attributes than the profile names; they say nothing to us."""
    assert verify(CONTENT, forge(signed=attributes(more=attribute("1.2.3.4", core.Null()))))


def test_unsigned_attributes_are_ignored() -> None:
    """Anything may be added under unsignedAttrs later, even nonsense, and changes no answer."""
    for added in (attribute("1.2.3.4", core.Null()), b"\x04\x02??"):
        assert verify(CONTENT, forge(info={"unsigned_attrs": tagged(1, added)})) == verify(CONTENT, good())


def test_other_certificates_are_hints() -> None:
    """None, others, or what is no certificate at all: only the list of hints changes."""
    own = signer().certificate_der
    for others in ((), (seq(b"\x05\x00"),), (seq(b"no DER inside"), *signer("ec").chain_der)):
        found = verify(CONTENT, forge(certificates=certificates(own, *others)))
        assert found.certificate_der == own
        assert sorted(found.others_der) == sorted(others)


def test_parse_does_not_verify() -> None:
    """Parse answers who would have signed, even where verify refuses."""
    forged = forge(sign=lambda _: bytes(256))
    assert parse(forged) == parse(good())
    refused(forged, "signature is wrong")


# What is refused: size and encoding


def test_refuses_more_than_64_kib() -> None:
    """A CMS over the limit is refused before it is read; one at the limit is not."""
    spare = MAX_BYTES - len(forge(info={"unsigned_attrs": tagged(1, core.OctetString(bytes(60000)).dump())}))
    full = forge(info={"unsigned_attrs": tagged(1, core.OctetString(bytes(60000 + spare)).dump())})
    over = forge(info={"unsigned_attrs": tagged(1, core.OctetString(bytes(60001 + spare)).dump())})
    assert (len(full), len(over)) == (MAX_BYTES, MAX_BYTES + 1)
    assert verify(CONTENT, full)
    refused(over, "64 KiB")


@pytest.mark.parametrize("tail", [b"\x00", b"\x05\x00", b"\n", b"\xff" * 8])
def test_refuses_trailing_bytes(tail: bytes) -> None:
    """Nothing may follow the CMS, neither an element nor noise."""
    refused(good() + tail, None, CmsMalformed)


def longer(element: bytes) -> bytes:
    """The same element in BER: its length is written in three bytes where fewer would do."""
    _, _, _, _, body, _ = parser.parse(element)
    return element[:1] + b"\x83" + len(body).to_bytes(3) + bytes(body)


@pytest.mark.parametrize(
    "field", ["version", "digest_algorithms", "encap_content_info", "certificates", "signer_infos"]
)
def test_refuses_long_lengths_in_signed_data(field: str) -> None:
    """A length that could be shorter is BER, not DER (X.690 §10.1), whichever field it stands in."""
    change: dict[str, Any] = {field: longer}
    refused(forge(**change), "DER", CmsMalformed)


@pytest.mark.parametrize("field", ["version", "sid", "signed_attrs", "signature", "unsigned_attrs"])
def test_refuses_long_lengths_in_signer_info(field: str) -> None:
    """The same in SignerInfo, whether the field is signed or not."""
    error = CmsRefused if field == "sid" else CmsMalformed
    added: dict[str, Change] = {"unsigned_attrs": tagged(1, attribute("1.2.3.4", core.Null()))}
    assert verify(CONTENT, forge(info=added))
    change = longer(tagged(1, attribute("1.2.3.4", core.Null()))) if field == "unsigned_attrs" else longer
    refused(forge(info=added | {field: change}), "DER|issuer", error)


def test_refuses_long_lengths_elsewhere() -> None:
    """The same around the whole, in a signed attribute, and around a certificate that is only a hint."""
    own = signer().certificate_der
    refused(longer(good()), "DER", CmsMalformed)
    refused(forge(certificates=certificates(own, longer(seq(b"\x05\x00")))), "DER", CmsMalformed)
    for part in attributes():
        refused(forge(signed=sorted({*attributes(), longer(part)} - {part})), "DER")
    unknown = seq(longer(core.ObjectIdentifier("1.2.3.4").dump()), set_of(b"\x05\x00"))
    refused(forge(signed=attributes(more=unknown)), "DER")


def test_refuses_indefinite_lengths() -> None:
    """BER's indefinite length is not DER (X.690 §10.1)."""
    refused(b"\x30\x80" + parser.parse(good())[4] + b"\0\0", "DER", CmsMalformed)
    refused(forge(encap_content_info=b"\x30\x80" + cms.ContentType("data").dump() + b"\0\0"), "DER", CmsMalformed)


def test_refuses_unsorted_signed_attributes() -> None:
    """A SET OF is in ascending order (X.690 §11.6), whether the order as sent or the right one was signed."""
    upside_down = attributes()[::-1]
    refused(forge(signed=upside_down), "DER")
    refused(forge(signed=upside_down, sign=lambda _: signer().sign_raw(set_of(*attributes()))), "DER")


def test_refuses_unsorted_certificates() -> None:
    """The same order rules the certificates, although they are not signed."""
    own = (signer().certificate_der, *signer().chain_der)
    refused(forge(certificates=tagged(0, *sorted(own, reverse=True))), "DER", CmsMalformed)


@pytest.mark.parametrize(
    "time",
    [
        b"\x17\x0b2603011230Z",  # no seconds
        b"\x17\x11260301123045+0000",
        b"\x17\x0c260301123045",
        b"\x17\x0d260230123045Z",  # 30 February
        b"\x17\x0d260301123060Z",
        b"\x17\x0d26030112304 Z",
        b"\x17\x00",
        b"\x18\x0f20260301123045Z",  # GeneralizedTime where UTCTime is due
        b"\x18\x1120510301123045.5Z",
        b"\x18\x0f00000301123045Z",
        b"\x18\x0f00010101000000Z",
        b"\x16\x0d260301123045Z",  # another type
        b"\x17\x0d\xff\xfe0301123045Z",
    ],
)
def test_refuses_an_odd_signing_time(time: bytes) -> None:
    """Signing-time has one encoding for each second (RFC 5652 §11.3)."""
    odd = seq(cms.CMSAttributeType("signing_time").dump(), set_of(time))
    refused(forge(signed=attributes(signing_time=odd)), "signing-time", CmsMalformed)


# What is refused: structure


def test_refuses_what_is_not_signed_data() -> None:
    """Another content type is refused even if its content has the right shape."""
    own, other = (cms.ContentType(name).dump() for name in ("signed_data", "enveloped_data"))
    assert good().count(own) == 1
    refused(good().replace(own, other), "profile", CmsMalformed)


def test_refuses_content_inside() -> None:
    """The signature is detached: a copy of the content inside, even the right one, is refused."""
    inside = seq(cms.ContentType("data").dump(), tagged(0, core.OctetString(CONTENT).dump()))
    refused(forge(encap_content_info=inside), "detached")


def test_refuses_another_encapsulated_type() -> None:
    """What is signed is plain data, not a time-stamp's or another protocol's structure."""
    refused(forge(encap_content_info=seq(core.ObjectIdentifier("1.2.840.113549.1.9.16.1.4").dump())), "detached")


@pytest.mark.parametrize("count", [0, 2, 3])
def test_refuses_other_than_one_signer(count: int) -> None:
    """Exactly one signer: with two, which one counts would be the reader's choice."""
    refused(forge(signer_infos=lambda one: set_of(*[parser.parse(one)[4]] * count)), "one signer")


@pytest.mark.parametrize("where", ["data", "info"])
def test_refuses_other_versions(where: str) -> None:
    """Versions are 1: others announce structures that the profile does not have (RFC 5652 §5.1, §5.3)."""
    three: dict[str, Any] = {"version": core.Integer(3).dump()}
    refused(forge(**three) if where == "data" else forge(info=three), "profile", CmsMalformed)


def test_refuses_a_subject_key_identifier() -> None:
    """The signer is named by issuer and serial only."""
    identifier = x509.Certificate.load(signer().certificate_der).key_identifier
    three = core.Integer(3).dump()
    info: dict[str, Change] = {"version": three, "sid": bytes(parser.emit(2, 0, 0, identifier))}
    refused(forge(version=three, info=info), "structure", CmsMalformed)


def test_refuses_another_issuer_and_serial() -> None:
    """IssuerAndSerialNumber names the certificate that signing-certificate-v2 names."""
    issuer = x509.Certificate.load(signer().certificate_der).issuer
    other = cms.IssuerAndSerialNumber({"issuer": issuer, "serial_number": 1}).dump()
    refused(forge(info={"sid": other}), "issuer and serial")


def test_refuses_further_fields() -> None:
    """Revocation lists and unknown fields have no place: revocation is kept elsewhere in the record."""
    refused(forge(certificates=lambda field: field + tagged(1)), "structure", CmsMalformed)
    refused(forge(signer_infos=lambda field: field + b"\x05\x00"), "profile", CmsMalformed)
    refused(forge(info={"unsigned_attrs": tagged(1) + b"\x05\x00"}), "profile", CmsMalformed)


def test_refuses_more_than_five_certificates() -> None:
    """Five certificates are enough for any chain of the IGC-Santé; six are refused."""
    own, hints = signer().certificate_der, [seq(bytes([5, 0] * n)) for n in range(5)]
    assert len(verify(CONTENT, forge(certificates=certificates(own, *hints[:4]))).others_der) == 4
    refused(forge(certificates=certificates(own, *hints)), "five certificates")


def test_refuses_a_missing_certificate() -> None:
    """The signer's certificate is inside, whatever else is."""
    refused(forge(certificates=certificates(*signer().chain_der)), "no certificate")
    refused(forge(certificates=certificates()), "no certificate")
    refused(forge(certificates=b""), "no certificate")


def test_refuses_a_certificate_that_is_none() -> None:
    """A hash can name anything; what it names is then read as a certificate."""
    for junk in (seq(), seq(b"\x05\x00"), seq(seq(), seq(), b"\x03\x01\x00"), seq(b"junk")):
        named = raw_ess(core.OctetString(sha256(junk).digest()).dump())
        forged = forge(signed=attributes(ess=named), certificates=certificates(signer().certificate_der, junk))
        refused(forged, None, CmsMalformed)


# What is refused: signed attributes


def test_refuses_a_signature_without_signed_attributes() -> None:
    """A plain signature over the content could come from a card that was asked to sign something else."""
    plain = core.OctetString(signer().sign_raw(CONTENT)).dump()
    refused(forge(info={"signed_attrs": b"", "signature": plain}), "content-type")


@pytest.mark.parametrize(
    ("name", "reason"), [("content_type", "content-type"), ("message_digest", "message-digest"), ("ess", "names")]
)
def test_refuses_a_missing_attribute(name: str, reason: str) -> None:
    """Content-type, message-digest and signing-certificate-v2 are required."""
    refused(forge(signed=attributes(**{name: None})), reason)


def test_refuses_the_old_signing_certificate() -> None:
    """Signing-certificate of version 1 hashes with SHA-1 (RFC 2634 §5.4) and does not stand in for version 2."""
    used = tsp.ESSCertID({"cert_hash": sha1(signer().certificate_der, usedforsecurity=False).digest()})
    old = attribute("signing_certificate", tsp.SigningCertificate({"certs": [used]}))
    refused(forge(signed=attributes(ess=old)), "names")


def test_refuses_another_content_type() -> None:
    """The signed content-type is data."""
    refused(forge(signed=attributes(content_type=attribute("content_type", "signed_data"))), "content-type")


@pytest.mark.parametrize("index", range(4))
def test_refuses_a_repeated_attribute(index: int) -> None:
    """An attribute stands once, even if both copies say the same."""
    refused(forge(signed=sorted([*attributes(), attributes()[index]])), "once")


def test_refuses_two_different_signing_times() -> None:
    """Of two values for one attribute, none is the true one."""
    later = attribute("signing_time", cms.Time("utc_time", WHEN + timedelta(days=1)))
    refused(forge(signed=attributes(later=later)), "once")


@pytest.mark.parametrize("count", [0, 2])
@pytest.mark.parametrize("index", range(4))
def test_refuses_an_attribute_without_exactly_one_value(index: int, count: int) -> None:
    """Each attribute has one value."""
    signed = attributes()
    kind, values = core.SequenceOf.load(signed[index], spec=core.Any)
    signed[index] = seq(kind.dump(), set_of(*[parser.parse(values.dump())[4]] * count))
    refused(forge(signed=sorted(signed)), "one value")


def test_refuses_an_unknown_attribute_without_exactly_one_value() -> None:
    """The same for an attribute that is otherwise ignored."""
    refused(forge(signed=attributes(more=attribute("1.2.3.4"))), "one value")
    refused(forge(signed=attributes(more=attribute("1.2.3.4", core.Null(), core.Null()))), "one value")


def test_refuses_another_content() -> None:
    """The CMS of one content is not that of another."""
    for content in (b"", CONTENT[:-1], CONTENT + b"\n"):
        with pytest.raises(CmsRefused, match="message-digest"):
            verify(content, good())


@pytest.mark.parametrize("digest", [b"", sha256(b"").digest(), sha256(CONTENT).digest()[:20], bytes(200)])
def test_refuses_another_message_digest(digest: bytes) -> None:
    """Message-digest is the SHA-256 of the content, whole."""
    refused(forge(signed=attributes(message_digest=attribute("message_digest", digest))), "message-digest")


def test_refuses_a_message_digest_of_another_type() -> None:
    """The right 32 bytes in anything but an OCTET STRING are no message-digest."""
    bits = seq(cms.CMSAttributeType("message_digest").dump(), set_of(b"\x03\x20" + sha256(CONTENT).digest()))
    refused(forge(signed=attributes(message_digest=bits)), "message-digest")


def raw_ess(*fields: bytes, after: bytes = b"", policies: bytes = b"") -> bytes:
    """The signing-certificate-v2 attribute from the encoded fields of its first ESSCertIDv2."""
    value = seq(seq(seq(*fields), after), policies)
    return seq(cms.CMSAttributeType("signing_certificate_v2").dump(), set_of(value))


def test_refuses_the_hash_of_another_certificate() -> None:
    """Signing-certificate-v2 hashes the certificate actually used, not one absent, nor another of the set."""
    own, issuer = signer().certificate_der, signer().chain_der[0]
    for short in (True, False):
        changes = {"issuer_serial": None} if short else {}
        refused(forge(signed=attributes(ess=ess(own, cert_hash=bytes(32), **changes))), "names")
        refused(forge(signed=attributes(ess=ess(issuer, **changes))), "do not fit")
        refused(forge(signed=attributes(ess=ess(own, cert_hash=sha256(issuer).digest(), **changes))), "do not fit")


def test_refuses_another_issuer_serial() -> None:
    """If issuerSerial is there, it is that of the certificate."""
    own, issuer = (x509.Certificate.load(der) for der in (signer().certificate_der, signer().chain_der[0]))
    right, wrong = (x509.GeneralName("directory_name", name) for name in (own.issuer, own.subject))
    for names, serial in (([right], issuer.serial_number), ([wrong], own.serial_number), ([], own.serial_number)):
        changed_ess = ess(own.dump(), issuer_serial={"issuer": names, "serial_number": serial})
        refused(forge(signed=attributes(ess=changed_ess)), "do not fit")


def test_refuses_another_hash_of_the_certificate() -> None:
    """The certificate's hash is SHA-256 by default; another is refused, and so is the default written out."""
    own = signer().certificate_der
    sha512_id = algos.DigestAlgorithm({"algorithm": "sha512"}).dump()
    right, strong = (core.OctetString(function(own).digest()).dump() for function in (sha256, sha512))
    assert verify(CONTENT, forge(signed=attributes(ess=raw_ess(right))))
    refused(forge(signed=attributes(ess=raw_ess(sha512_id, strong))), "names")
    for fields in ((sha512_id, right), (SHA256_ABSENT, right), (SHA256_NULL, right)):
        refused(forge(signed=attributes(ess=raw_ess(*fields))), "do not fit")


def test_refuses_more_in_signing_certificate_v2() -> None:
    """A second certificate or a policy would limit the chain (RFC 5035 §3) in ways that nobody here checks."""
    right = core.OctetString(sha256(signer().certificate_der).digest()).dump()
    other = core.OctetString(sha256(signer().chain_der[0]).digest()).dump()
    policy = seq(seq(core.ObjectIdentifier("1.2.3.4").dump()))
    refused(forge(signed=attributes(ess=raw_ess(right, after=seq(other)))), "do not fit")
    refused(forge(signed=attributes(ess=raw_ess(right, policies=policy))), "do not fit")


# What is refused: algorithms and keys


def test_refuses_another_digest() -> None:
    """A CMS that is right in all but its digest, SHA-512 throughout, is refused."""
    digest = algos.DigestAlgorithm({"algorithm": "sha512"}).dump()
    signed = attributes(message_digest=attribute("message_digest", sha512(CONTENT).digest()))
    info: dict[str, Change] = {"digest_algorithm": digest, "signature_algorithm": algorithm("sha512_rsa")}
    forged = forge(signed=signed, sign=pkcs1(hashes.SHA512()), info=info, digest_algorithms=set_of(digest))
    refused(forged, "digest other than SHA-256")


def test_refuses_other_digest_algorithms() -> None:
    """DigestAlgorithms lists SHA-256, written as in the SignerInfo, and nothing else."""
    weak = algos.DigestAlgorithm({"algorithm": "sha1"}).dump()
    for listed in ((), (weak,), (weak, SHA256_ABSENT), (SHA256_ABSENT, SHA256_ABSENT), (SHA256_NULL,)):
        refused(forge(digest_algorithms=set_of(*listed)), "digest other than SHA-256")
    refused(forge(info={"digest_algorithm": weak}), "digest other than SHA-256")


def pkcs1(digest: hashes.HashAlgorithm) -> Callable[[bytes], bytes]:
    """Sign as the test card does, with another digest."""
    key = signer().key
    assert isinstance(key, rsa.RSAPrivateKey)
    return lambda data: key.sign(data, padding.PKCS1v15(), digest)


@pytest.mark.parametrize(
    ("name", "digest"),
    [("sha1_rsa", hashes.SHA1()), ("sha384_rsa", hashes.SHA384()), ("sha512_rsa", hashes.SHA512())],  # noqa: S303
)
def test_refuses_rsa_with_another_digest(name: str, digest: hashes.HashAlgorithm) -> None:
    """RSA signs with SHA-256, whatever else its algorithm identifier may truly say."""
    forged = forge(sign=pkcs1(digest), info={"signature_algorithm": algorithm(name)})
    refused(forged, "signature algorithm")


def test_refuses_rsa_pss() -> None:
    """RSA-PSS is a good signature, but a CPS3 cannot make it and the profile does not list it."""
    key = signer().key
    assert isinstance(key, rsa.RSAPrivateKey)
    digest = {"algorithm": "sha256"}
    mask = {"algorithm": "mgf1", "parameters": digest}
    parameters = {"hash_algorithm": digest, "mask_gen_algorithm": mask, "salt_length": 32}
    pss = algos.SignedDigestAlgorithm({"algorithm": "rsassa_pss", "parameters": parameters}).dump()
    scheme = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
    forged = forge(sign=lambda data: key.sign(data, scheme, hashes.SHA256()), info={"signature_algorithm": pss})
    refused(forged, "signature algorithm")


def test_refuses_ecdsa_with_another_digest() -> None:
    """ECDSA signs with SHA-256 too."""
    key = signer("ec").key
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    forged = forge(
        signer("ec"),
        sign=lambda data: key.sign(data, ec.ECDSA(hashes.SHA384())),
        info={"signature_algorithm": algorithm("sha384_ecdsa")},
    )
    refused(forged, "signature algorithm")


@pytest.mark.parametrize(("kind", "name"), [("rsa", "sha256_ecdsa"), ("ec", "rsassa_pkcs1v15"), ("ec", "sha256_rsa")])
def test_refuses_the_algorithm_of_another_key(kind: str, name: str) -> None:
    """The signature algorithm is one for the certificate's key."""
    refused(forge(signer(kind), info={"signature_algorithm": algorithm(name)}), "signature algorithm")


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("rsa-1024", "2048 to 4096"),
        ("rsa-2040", "2048 to 4096"),
        ("rsa-4104", "2048 to 4096"),
        ("rsa-e3", "exponent 65537"),
        ("p384", "P-256"),
    ],
)
def test_refuses_other_keys(kind: str, reason: str) -> None:
    """RSA of 2048 to 4096 bits with exponent 65537, or P-256: a CMS that is right but for the key is refused."""
    refused(forge(SoftSigner(key=odd_key(kind))), reason)


def test_refuses_a_key_kept_for_pss() -> None:
    """A certificate that restricts its RSA key to PSS (RFC 4055 §1.2) does not sign in another way."""
    plain, pss = (core.ObjectIdentifier(f"1.2.840.113549.1.1.{n}").dump() for n in (1, 10))
    own = signer().certificate_der
    assert own.count(plain) == 1
    refused(forge(certificate_der=own.replace(plain, pss)), "neither RSA nor on P-256")


@pytest.mark.parametrize("kind", KINDS)
def test_refuses_an_unreadable_key(kind: str) -> None:
    """A key that is no key is no reason to crash."""
    own = signer(kind).certificate_der
    bits = bytes(x509.Certificate.load(own).public_key["public_key"].contents)
    broken = own.replace(bits, bits[:1] + b"\xff" + bits[2:])
    refused(forge(signer(kind), certificate_der=broken), "public key", CmsMalformed)


@pytest.mark.parametrize("kind", KINDS)
def test_refuses_a_wrong_signature(kind: str) -> None:
    """A signature by another key, over other bytes, or damaged."""
    who, other = signer(kind), SoftSigner(key=odd_key(kind))
    wrong: list[Callable[[bytes], bytes]] = [
        other.sign_raw,
        lambda data: who.sign_raw(data[1:]),
        lambda _: who.sign_raw(CONTENT),
        lambda data: who.sign_raw(data)[:-1],
        lambda data: who.sign_raw(data) + b"\0",
        lambda data: b"\0" + who.sign_raw(data),
        lambda _: b"",
    ]
    for sign in wrong:
        refused(forge(who, sign=sign), "signature is wrong")


def test_refuses_a_signature_with_an_undeclared_digest() -> None:
    """RsaEncryption names no digest: the one used must still be SHA-256."""
    refused(forge(sign=pkcs1(hashes.SHA512())), "signature is wrong")


# Hostile bytes


def judged(cms_der: bytes, kind: str) -> None:
    """Check that altered bytes are refused, or that what they changed is a hint. Any other exception fails."""
    expected = verify(CONTENT, good(kind))
    try:
        parse(cms_der)
        found = verify(CONTENT, cms_der)
    except (CmsMalformed, CmsRefused):
        return
    assert found.certificate_der == expected.certificate_der
    assert (found.signing_time, found.serial, found.digest) == (WHEN, expected.serial, expected.digest)


def flipped(data: bytes, bit: int) -> bytes:
    """The data with one bit changed."""
    return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :]


@given(bit=st.integers(min_value=0), kind=st.sampled_from(KINDS))
def test_a_flipped_bit_changes_no_answer(bit: int, kind: str) -> None:
    """Wherever a bit flips, the CMS is refused, or the same person still signed the same content."""
    judged(flipped(good(kind), bit % (8 * len(good(kind)))), kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_no_flipped_bit_changes_an_answer(kind: str) -> None:
    """The same for every single bit."""
    for bit in range(8 * len(good(kind))):
        judged(flipped(good(kind), bit), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_only_hints_survive_a_flipped_byte(kind: str) -> None:
    """A changed byte outside the certificates that are hints is always refused."""
    whole, hint = good(kind), signer(kind).chain_der[0]
    start = whole.index(hint)
    for index in range(len(whole)):
        if not start <= index < start + len(hint):
            with pytest.raises((CmsMalformed, CmsRefused)):
                verify(CONTENT, flipped(whole, index * 8 + index % 8))


@given(at=st.integers(min_value=0), removed=st.integers(0, 40), added=st.binary(max_size=40))
def test_spliced_bytes_change_no_answer(at: int, removed: int, added: bytes) -> None:
    """Bytes taken out, put in or replaced: refused, or the same answer."""
    at %= len(good())
    judged(good()[:at] + added + good()[at + removed :], "rsa")


@given(st.binary(max_size=2000))
def test_garbage_is_malformed(garbage: bytes) -> None:
    """Random bytes are not a CMS."""
    refused(garbage, None, CmsMalformed)


def test_a_truncated_cms_is_malformed() -> None:
    """Every proper beginning of a CMS, from none to all but one byte, is refused."""
    for length in range(len(good())):
        refused(good()[:length], None, CmsMalformed)


@pytest.mark.parametrize(
    "bomb",
    [
        b"\x30\x80" * 30000,
        b"\x3f" + b"\xff" * 60000 + b"\x01\x00",
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\xff" + b"\xff" * 60000,
        seq(b"\x05\x00" * 30000),
        seq(cms.ContentType("signed_data").dump(), tagged(0, seq(b"\x30\x00" * 30000))),
        b"\x30",
        b"\x30\x81",
        b"",
    ],
    ids=["nested", "long tag", "long length", "longest length", "many", "many inside", "no length", "half", "empty"],
)
def test_built_to_hurt(bomb: bytes) -> None:
    """Nesting without end, tags and lengths out of all measure, lists of thousands: refused at once."""
    start = perf_counter()
    refused(bomb, None, CmsMalformed)
    assert perf_counter() - start < 0.5
