"""The CMS profile: what we make is read everywhere, and each single fault is refused."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from hashlib import sha1, sha256, sha512
from pathlib import Path
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
        "issuer_serial": {"issuer": issuer, "serial": certificate.serial_number},
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


def refused(cms_der: bytes, match: str, error: type[CmsMalformed | CmsRefused] = CmsRefused) -> None:
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


def test_signing_time_may_be_absent() -> None:
    """Signing-time is usual, not required: the statement has its own date."""
    assert verify(CONTENT, forge(signed=attributes(signing_time=None))).signing_time is None


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
    refused(good() + tail, "", CmsMalformed)


def longer(element: bytes) -> bytes:
    """The same element in BER: its length is written in three bytes where fewer would do."""
    _, _, _, _, body, _ = parser.parse(element)
    return element[:1] + b"\x83" + len(body).to_bytes(3) + bytes(body)


@pytest.mark.parametrize(
    "field", ["version", "digest_algorithms", "encap_content_info", "certificates", "signer_infos"]
)
def test_refuses_long_lengths_in_signed_data(field: str) -> None:
    """A length that could be shorter is BER, not DER (X.690 §10.1), whichever field it stands in."""
    refused(forge(**{field: longer}), "DER", CmsMalformed)


@pytest.mark.parametrize("field", ["version", "sid", "signed_attrs", "signature", "unsigned_attrs"])
def test_refuses_long_lengths_in_signer_info(field: str) -> None:
    """The same in SignerInfo, even where the field is not signed."""
    added = tagged(1, attribute("1.2.3.4", core.Null()))
    refused(forge(info={"unsigned_attrs": added} | {field: longer(added) if field[0] == "u" else longer}), "DER", MALFORMED)
