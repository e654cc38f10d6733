"""The page's check of CMS signatures beside the program's: the same faults are refused, by code that shares nothing."""

import base64
import json
import random
import re
import subprocess
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from asn1crypto import cms, core
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from baladeur.card import demo, signature
from baladeur.card.signature import verify
from baladeur.card.trust import OFFICIAL_AUTHORITY, Trust
from baladeur.card.verdict import judge
from baladeur.errors import CmsMalformed, CmsRefused
from tests.card import test_signature as profile
from tests.card.people import NOW, between, card_extensions, key, name, root, usage
from tests.card.test_signature import CONTENT, attribute, attributes, ess, forge, good, odd_key, seq, signer
from tests.page.packages import PAGE, packages
from tests.pki import NOT_AFTER, NOT_BEFORE, SoftSigner, issue

pytestmark = pytest.mark.browser

OUTER = CONTENT.removeprefix(b"BALADEUR-STATEMENT-1\n")
CARD = x509.load_pem_x509_certificate((PAGE.parents[1] / "baladeur/card/demo_card/card.pem").read_bytes())
OTHER_DIGEST = attribute("message_digest", sha256(b"another content").digest())


def judged(cases: list[tuple[bytes, bytes, bool]]) -> list[tuple[str, bool | None]]:
    """Verdict and arithmetic of each (outer, CMS, demonstration record)."""
    return [(verdict, holds) for verdict, holds, _ in told_by_page(cases)]


def told_by_page(cases: list[tuple[bytes, bytes, bool]], authority: str = "") -> list[tuple[str, bool | None, str]]:
    """The same and the holder of an official card. authority: SHA-256 of the one that issues them."""
    packages()
    told = [
        {"outer": base64.b64encode(o).decode(), "cms": base64.b64encode(c).decode(), "demonstration": d}
        for o, c, d in cases
    ]
    command = ["node", "check-cms.mjs", CARD.fingerprint(SHA256()).hex(), authority]
    done = subprocess.run(command, cwd=PAGE, input=json.dumps(told), capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return [(verdict, holds, holder) for verdict, holds, holder in json.loads(done.stdout)]


def accepted(der: bytes) -> bool:
    """What the program says."""
    try:
        verify(CONTENT, der)
    except (CmsMalformed, CmsRefused):
        return False
    return True


def faults() -> dict[str, bytes]:
    """One fault each, truly signed where that is possible."""
    ec = signer("ec")
    used = signer().certificate_der
    made = {
        "digest of another content": forge(signed=attributes(message_digest=OTHER_DIGEST)),
        "no content type": forge(signed=attributes(content_type=None)),
        "another content type": forge(signed=attributes(content_type=attribute("content_type", "signed_data"))),
        "no digest": forge(signed=attributes(message_digest=None)),
        "no signing time": forge(signed=attributes(signing_time=None)),
        "no signing certificate": forge(signed=attributes(ess=None)),
        "another certificate's hash": forge(signed=attributes(ess=ess(used, cert_hash=bytes(32)))),
        "no issuer and serial, which is allowed": forge(signed=attributes(ess=ess(used, issuer_serial=None))),
        "digest twice": forge(signed=sorted([*attributes(), OTHER_DIGEST])),
        "signature of nothing": forge(sign=lambda _: bytes(256)),
        "signature by another key": forge(sign=SoftSigner(key=odd_key("rsa")).sign_raw),
        "ECDSA by another key": forge(ec, sign=SoftSigner(key=odd_key("ec")).sign_raw),
        "version 3": forge(info={"version": core.Integer(3).dump()}),
        "no attributes": forge(info={"signed_attrs": b""}),
        "content inside": forge(
            encap_content_info=seq(cms.ContentType("data").dump(), profile.tagged(0, core.OctetString(CONTENT).dump()))
        ),
        "no certificate": forge(certificates=b""),
        "no signer": forge(signer_infos=profile.set_of()),
        "two signers": forge(signer_infos=lambda der: profile.set_of(*[profile.parser.parse(der)[4]] * 2)),
        "SHA-1 named": forge(info={"digest_algorithm": bytes.fromhex("300906052b0e03021a0500")}),
        "RSA-PSS named": forge(info={"signature_algorithm": profile.algorithm("rsassa_pss")}),
        "bytes after the end": good() + b"\0",
        "cut": good()[:-1],
        "empty": b"",
    }
    for kind in ("rsa-1024", "rsa-2040", "rsa-4104", "rsa-e3", "p384"):
        who = SoftSigner(key=odd_key(kind))
        made[kind] = forge(who)
    return made


def test_the_same_faults_are_refused() -> None:
    """Each fault of the profile alone, and what is good beside them; one holds although a hint is missing."""
    made = {"good RSA": good("rsa"), "good ECDSA": good("ec"), **faults()}
    found = judged([(OUTER, der, False) for der in made.values()])
    verdicts = {name: verdict for name, (verdict, _) in zip(made, found, strict=True)}
    expected = {name: "not-checked" if accepted(der) else "failed" for name, der in made.items()}
    assert verdicts == expected
    assert list(expected.values()).count("failed") >= 22


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_a_changed_byte_is_judged_alike(kind: str) -> None:
    """Bytes changed one at a time: what is only a hint may change, in both; what is signed may not."""
    der, chance = good(kind), random.Random(7)
    mutants = []
    for at in chance.sample(range(len(der)), 400):
        changed = bytearray(der)
        changed[at] ^= 1 << chance.randrange(8)
        mutants.append(bytes(changed))
    found = judged([(OUTER, mutant, False) for mutant in mutants])
    worse = [at for at, (mutant, (verdict, _)) in enumerate(zip(mutants, found, strict=True))
             if verdict != "failed" and not accepted(mutant)]  # fmt: skip
    assert worse == []
    assert sum(verdict == "failed" for verdict, _ in found) > 200


def test_the_demonstration_card_signs_demonstration_records_only() -> None:
    """And no other card signs those: both ways the verdict is that of a forgery."""
    shown, real = demo.sign(CONTENT), good()
    found = judged([(OUTER, shown, True), (OUTER, shown, False), (OUTER, real, True), (OUTER, real, False),
                    (OUTER + b" ", shown, True)])  # fmt: skip
    assert [verdict for verdict, _ in found] == ["demonstration", "failed", "failed", "not-checked", "failed"]


AUTHORITY = between().fingerprint(SHA256()).hex()
MONTH = timedelta(days=30)
PHARMACIST = name("Pharmacien", "899700000033", "TESTPHARMA", "ALIX")
#: A real card in the shape of the test PKI, each with one thing otherwise; True: a CPS that vouches for the signature.
REAL: dict[str, tuple[bool, dict[str, Any]]] = {
    "a doctor's": (True, {}),
    "a pharmacist's": (True, {"subject": PHARMACIST, "extensions": card_extensions(0, profession=21)}),
    "of the test series": (False, {"extensions": card_extensions(0x80)}),
    "a security module": (False, {"extensions": card_extensions(2)}),
    "of staff": (False, {"extensions": card_extensions(0, card_type=2)}),
    "of another person": (False, {"extensions": card_extensions(0, card_type=3)}),
    "in training": (False, {"extensions": card_extensions(0, card_type=1)}),
    "no card at all": (False, {"extensions": {}}),
    "for logging in": (False, {"usage": usage(digital_signature=True)}),
    "for logging in and signing": (False, {"usage": usage(digital_signature=True, content_commitment=True)}),
    "expired before": (False, {"valid": (NOW - 40 * MONTH, NOW - MONTH)}),
    "not yet valid": (False, {"valid": (NOW + MONTH, NOW + 40 * MONTH)}),
    "of a rogue authority of the same name": (False, {"issuer_key": key("rogue")}),
    "without a surname": (False, {"subject": x509.Name(list(PHARMACIST)[:2])}),
    "expired since": (True, {"valid": (NOW - MONTH, NOW + MONTH)}),
}


def of_real_card(**changes: Any) -> bytes:
    """A signature of NOW by a card of the official series."""
    given = {"extensions": card_extensions(0), "valid": (NOT_BEFORE, NOT_AFTER)} | changes
    certificate = issue(key(), **given).public_bytes(Encoding.DER)
    signs = SoftSigner(key=key()).sign_raw
    return signature.build(CONTENT, certificate, (between().public_bytes(Encoding.DER),), signs, NOW)


def test_a_real_card_is_judged_as_far_as_the_page_can() -> None:
    """What the page vouches for the program does too, by the same name; what the page cannot tell it does not say."""
    made = {what: of_real_card(**changes) for what, (_, changes) in REAL.items()}
    found = dict(zip(made, told_by_page([(OUTER, der, False) for der in made.values()], AUTHORITY), strict=True))
    for what, (vouched, _) in REAL.items():
        verdict, holds, holder = found[what]
        program = judge(CONTENT, made[what], Trust((root(),)), NOW + 2 * MONTH)
        assert verdict == ("passed-offline" if vouched else "not-checked"), what
        assert holds is True, what
        if vouched:
            assert program.holds, what
            assert program.holder is not None
            assert holder == program.holder.name, what
        elif what != "in training":
            assert not program.holds, what


def test_the_authority_is_known_by_its_bytes_alone() -> None:
    """Another hash, a missing certificate, a demonstration record: nothing is vouched for."""
    real = of_real_card()
    cases = [(OUTER, real, False)]
    assert told_by_page(cases, sha256(b"another").hexdigest())[0][0] == "not-checked"
    assert told_by_page([(OUTER, real, True)], AUTHORITY)[0][0] == "failed"
    assert told_by_page([(OUTER + b" ", real, False)], AUTHORITY)[0][0] == "failed"
    certificate = issue(key(), extensions=card_extensions(0)).public_bytes(Encoding.DER)
    alone = signature.build(CONTENT, certificate, (), SoftSigner(key=key()).sign_raw, NOW)
    assert told_by_page([(OUTER, alone, False)], AUTHORITY)[0][0] == "not-checked"


def test_a_changed_byte_of_a_real_card_is_never_vouched_for_under_another_name() -> None:
    """In the certificate, its issuer or the signature."""
    der, chance = of_real_card(), random.Random(11)
    mutants = []
    for at in chance.sample(range(len(der)), 500):
        changed = bytearray(der)
        changed[at] ^= 1 << chance.randrange(8)
        mutants.append(bytes(changed))
    found = told_by_page([(OUTER, mutant, False) for mutant in mutants], AUTHORITY)
    trusted = Trust((root(),))
    for mutant, (verdict, _, holder) in zip(mutants, found, strict=True):
        if verdict == "passed-offline":
            program = judge(CONTENT, mutant, trusted, NOW)
            assert program.holds
            assert program.holder is not None
            assert holder == program.holder.name
    assert sum(verdict == "passed-offline" for verdict, *_ in found) < 30


def test_the_page_knows_the_authority_that_the_program_knows() -> None:
    """Its hash stands in the source once, and the page is made with it."""
    source = (PAGE.parents[1] / "baladeur" / "card" / "trust.py").read_text("utf-8")
    assert re.findall(r'^OFFICIAL_AUTHORITY: Final = "([0-9a-f]{64})"$', source, re.MULTILINE) == [OFFICIAL_AUTHORITY]
