"""What signing a commit by a card costs of our own time, beside the bare C_Sign of the same token, in one run.

python benchmarks/signature.py [--rounds N] [--json FILE]

The token is SoftHSM, so that the card's own half second hides nothing. Ours is everything between "sign this statement"
and the finished CMS: loading the module, finding the pair twice, PIN, signature, verification, chain and verdict. The
two run in turn, round by round. Keys have the sizes of the IGC-Santé's: the card 2048 bits, the authorities 4096.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from measure import load, machine, number

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the test PKI and the token that looks like a CPS3 are the tests' own

CONTENT = b"BALADEUR-STATEMENT-1\n" + b"x" * 420  # the size of a statement
OWN, SIZE = 40.0, 8192  # targets: ms, bytes


def timed(job: Callable[[], object]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000


def median(values: list[float]) -> float:
    """The middle one."""
    return sorted(values)[len(values) // 2]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    import pkcs11
    import pytest
    from cryptography.hazmat.primitives.asymmetric import rsa

    from baladeur import signing
    from baladeur.card import signature, token
    from baladeur.card.permissions import Act
    from tests import pki
    from tests.card import people, softhsm
    from tests.card.tools import Typist

    def key(kind: str = "rsa", use: str = "professional") -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(65537, 2048 if use in ("professional", "authentication") else 4096)

    kept: dict[str, rsa.RSAPrivateKey] = {}
    pki.private_key = people.private_key = lambda kind="rsa", use="professional": kept.setdefault(use, key(kind, use))
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        print(machine(Path(name)))
        pairs = [("Certificat d'Authentification CPS", people.person("auth"))]
        module = softhsm.token(Path(name) / "hsm", patch, [*pairs, ("Certificat de Signature CPS", people.person())])
        roots, now = people.trusted(people.revocations(issued=datetime.now(UTC))), datetime.now(UTC)
        card = token.find([module])
        made: list[bytes] = []

        def ours() -> None:
            signer = token.CardSigner(card, Typist(softhsm.PIN))
            pen = signing.take(signer, [Act("allergy", "add")], roots, now=now)
            if pen.author.sign:
                made.append(pen.author.sign(CONTENT))

        def bare() -> float:
            library = pkcs11.lib(str(module.path))
            with next(library.get_tokens()).open(user_pin=softhsm.PIN) as session:
                keys = list(session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY}))
                took = timed(lambda: keys[0].sign(CONTENT, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS))
            library.finalize()
            return took

        ours(), bare()
        rounds = [(timed(ours), bare()) for _ in range(arguments.rounds)]
        verifying = median([timed(lambda: signature.verify(CONTENT, made[-1])) for _ in range(arguments.rounds)])
    all_, alone = median([a for a, _ in rounds]), median([b for _, b in rounds])
    own, ratio, size = median([a - b for a, b in rounds]), median([a / b for a, b in rounds]), max(map(len, made))
    print(f"C_Sign alone            {number(alone)} ms")
    print(f"signed commit           {number(all_)} ms   {number(ratio)} x C_Sign")
    print(f"our own time            {number(own)} ms   target <= {OWN:.0f}: {'met' if own <= OWN else 'MISSED'}")
    print(f"bytes of the signature  {size}   target <= {SIZE}: {'met' if size <= SIZE else 'MISSED'}")
    print(f"verifying one           {number(verifying)} ms without chain; load at the end {load()}")
    if arguments.json:
        values = {"c_sign": alone, "commit": all_, "own": own, "ratio": ratio, "bytes": size, "verify": verifying}
        arguments.json.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    return 0 if own <= OWN and size <= SIZE else 1


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
