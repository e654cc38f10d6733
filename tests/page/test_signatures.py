"""The page's check of CMS signatures beside the program's: the same faults are refused, by code that shares nothing."""

import base64
import json
import random
import subprocess
from hashlib import sha256

import pytest
from asn1crypto import cms, core
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from baladeur.card import demo
from baladeur.card.signature import verify
from baladeur.errors import CmsMalformed, CmsRefused
from tests.card import test_signature as profile
from tests.card.test_signature import CONTENT, attribute, attributes, ess, forge, good, odd_key, seq, signer
from tests.page.packages import PAGE, packages
from tests.pki import SoftSigner

pytestmark = pytest.mark.browser

OUTER = CONTENT.removeprefix(b"BALADEUR-STATEMENT-1\n")
CARD = x509.load_pem_x509_certificate((PAGE.parents[1] / "baladeur/card/demo_card/card.pem").read_bytes())
OTHER_DIGEST = attribute("message_digest", sha256(b"another content").digest())


def judged(cases: list[tuple[bytes, bytes, bool]]) -> list[tuple[str, bool | None]]:
    """Verdict and arithmetic of each (outer, CMS, demonstration record)."""
    packages()
    told = [
        {"outer": base64.b64encode(o).decode(), "cms": base64.b64encode(c).decode(), "demonstration": d}
        for o, c, d in cases
    ]
    command = ["node", "check-cms.mjs", CARD.fingerprint(SHA256()).hex()]
    done = subprocess.run(command, cwd=PAGE, input=json.dumps(told), capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return [(verdict, holds) for verdict, holds in json.loads(done.stdout)]


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
