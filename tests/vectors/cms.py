"""CMS signatures of the vectors: CAdES B-B with RSA PKCS#1 v1.5, so that the same statement gives the same bytes."""

import datetime
from functools import cache
from typing import Any

from asn1crypto import algos, cms, core, tsp, x509
from coffre import sha
from cryptography import x509 as pyx509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

# TEST KEY. Public on purpose, made for these vectors only; it signs nothing else.
TEST_KEY = b"""-----BEGIN PRIVATE KEY-----
MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQDIW5X/4N4i6rop
L247zyYBkgVP4p33neQ6SW3jg0rZizRKaYZBb2xUEfVr0oXuCTUABGIJ5NWpQrtk
7Hrof2A+Rjyqm5Ee9DMFBfPsBFF7+GBHVd3pGCf9CliyjOLuj+POkD4pht+HpIi0
klXO9Do1yK4AOrV8JRxIR+s0tEglvxDoqJV6qS3XvvqGNj/pDIqpH53sUHDsXDuo
c0XLgKwVfdwaNx0b9wBpWK6WBZHtIOQS3a3MX/tLQVkKuLv/5mx+kPqdTEd77dk0
My0dEhH57WGZjeWyGAF1+qSDz594vhG2poT5MszaNZ3TuWdatQ22q6u4A6vt4HJ/
8bfu4Fi3AgMBAAECggEAEOhdq6azyDmLtS8J++UavXYvmZKzpvI9kMeijNkHB32u
T3tBN6Np/lw3nD47TB+dx98W0OPtPefiPX2RT650Fj1CIFmZcQXFim56q5efsrj+
kvaFkAaYVUu6uXKXMe+Vl1hnzoRRt7YkTSyuLhVBFknVmTJbH1tYXCcpi5yNHBYx
sxAopU9ejiHcoi8VlIIq9X3v8S577OANEOPoBQgqr9dsdHr/k/MIpgVWWZ9WfxuR
h2Ycp5lwznz/9gNfk/e9PMRSR8mEWihrsUo95syyN4mgxp4fzxSoixZ9Vibsd5uf
84TwPYCJmIoHQeizsgQSHC1MUId0KhdrcYWU4mmyGQKBgQD6FmY9VZJJ77dDD1n9
xmDB6lw8AatnjIQQ5D4w5LBP8uK4rJb6xqxEZbFyRozldOnLM0AmGVVZF1JW+O+o
mRSZyD5DNaVsxFTXAuxBGZ3w8hOGlrg5E9t3D9sCBOmRm30T911u4GEugG+Q/SKG
YEvtdoMRcVSWUH09jqglcHi7SQKBgQDNGDVCEQux0mTcSO6NpritVbc2Kw8USCs2
OcJKKOHqlqWV/1JR66H2COJx5DwZb5RRAAi7fJn+h3KQJvhg8VL1kT47QN8E8pSA
mOuti33lKyFVgL6mJr5aCfYMPF6hgDWOHXz8tdcxGwvutQgqbahH+mHugaqhupGW
JtG2Opxz/wKBgE3Wlu/UKHoWwGWA67OPASKZ/Sc4Jc9O7vQK9khlhXL82BA+t6dK
GugW9snop4Xrg7EZPIgfLm9SUPB8/qrtKnpK1wY4NkrKONXLNRl2DbCmx+kGFES/
p3lBWBsiyEfnq2CBh3UxJU5B73ejMhG8+yTn1BejvH4kgzabpj4w6YLxAoGAViwl
tGyVDVHpLuU11i6Gyc2J/Sh6XXs1LMN37tDem0JQsIVmgSUQF+ADxPawib9oAeCR
yrS/v0IJ0KePFKxQvv0XuK25BssluiKGY5SIgRFuIA7IC+ebcxlcWCfFWvYTinK5
YTTGBcvnZ5SIqcsJObTqENxKZUmOghgtZPObaOECgYB8aV3pSIa20346tr/o5Uyh
PR0kIyuFv9lpbenuXcZOt4aIp3qhQ5LBGW21pwihtqjp5/u0HsvokrFCJiATygC3
1680wmLBbIYaPdgXZe6m3/qQk9htx4fmKlW3LUiRBEWTNGrzkw9jzqPhFG+ECXHl
kO2rrWRcjsFPJ1QVy/PvXg==
-----END PRIVATE KEY-----
"""


@cache
def key() -> rsa.RSAPrivateKey:
    """Load the test key."""
    loaded = serialization.load_pem_private_key(TEST_KEY, None)
    assert isinstance(loaded, rsa.RSAPrivateKey)
    return loaded


@cache
def certificate() -> bytes:
    """Make the self-signed test certificate, DER."""
    name = pyx509.Name([pyx509.NameAttribute(pyx509.NameOID.COMMON_NAME, "TEST vecteurs Baladeur")])
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = pyx509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key().public_key())
    builder = builder.serial_number(0x7E57).not_valid_before(start)
    builder = builder.not_valid_after(start + datetime.timedelta(days=3650))
    return builder.sign(key(), hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def sign(outer: bytes) -> bytes:
    """Sign a statement's outer (section 10): detached, DER."""
    cert = x509.Certificate.load(certificate())
    digest = sha(b"BALADEUR-STATEMENT-1\n", outer)
    used = tsp.ESSCertIDv2({"cert_hash": sha(certificate())})
    attributes: list[tuple[str, list[Any]]] = [
        ("content_type", [cms.ContentType("data")]),
        ("signing_time", [cms.Time("utc_time", datetime.datetime(2026, 3, 2, 8, tzinfo=datetime.UTC))]),
        ("message_digest", [core.OctetString(digest)]),
        ("signing_certificate_v2", [tsp.SigningCertificateV2({"certs": [used]})]),
    ]
    signed = cms.CMSAttributes([cms.CMSAttribute({"type": name, "values": values}) for name, values in attributes])
    signature = key().sign(signed.dump(), padding.PKCS1v15(), hashes.SHA256())
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                cms.IssuerAndSerialNumber({"issuer": cert.issuer, "serial_number": cert.serial_number}),
            ),
            "digest_algorithm": sha256,
            "signed_attrs": signed,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "rsassa_pkcs1v15"}),
            "signature": signature,
        }
    )
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [sha256],
            "encap_content_info": {"content_type": "data"},
            "certificates": [cert],
            "signer_infos": [signer],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())
