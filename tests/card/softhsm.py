"""A SoftHSM token that looks like a CPS3 through PKCS#11: the labels and CKA_IDs of a card, in software.

Source of the shape: the ANS's external specification of its PKCS#11 module v2.0.0.
"""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pkcs11
import pytest
from pkcs11 import Attribute, KeyType, ObjectClass
from pkcs11.util.x509 import decode_x509_certificate

from baladeur.card.discovery import Module
from tests.card.people import Person
from tests.card.tools import needed

PIN = "2468"
AID = bytes.fromhex("E828BD080F8025000001FF0010")
_LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")


def module() -> Module:
    """The SoftHSM library of this machine."""
    needed("softhsm2-util")
    found = next((p for p in map(Path, (*_LIBRARIES, "/usr/lib64/pkcs11/libsofthsm2.so")) if p.exists()), None)
    assert found, "softhsm2-util is there and its library is not"
    return Module(found, "software")


def _integer(value: int) -> bytes:
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


def token(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    pairs: Iterable[tuple[str, Person]],
    label: str = "CPS3-TEST",
    *,
    ending: int = 1,
    pin: str = PIN,
) -> Module:
    """Make a token in a folder of its own, for this process. pairs: label of the certificate, and who it is."""
    library = module()
    tokens = folder / "tokens"
    tokens.mkdir(parents=True)
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings))
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", "12345678", "--pin", pin],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "SOFTHSM2_CONF": str(settings)},
    )
    loaded = pkcs11.lib(str(library.path))
    try:
        with loaded.get_token(token_label=label).open(user_pin=pin, rw=True) as session:
            for number, (name, who) in enumerate(pairs, ending):
                _store(session, AID + bytes([number]), name, who)
    finally:
        loaded.finalize()
    return library


def _store(session: pkcs11.Session, name: bytes, label: str, who: Person) -> None:
    numbers = who.key.private_numbers()
    public = numbers.public_numbers
    shared = {Attribute.TOKEN: True, Attribute.ID: name}
    key = {
        Attribute.CLASS: ObjectClass.PRIVATE_KEY,
        Attribute.KEY_TYPE: KeyType.RSA,
        Attribute.PRIVATE: True,
        Attribute.SENSITIVE: True,
        Attribute.EXTRACTABLE: False,
        Attribute.SIGN: True,
        Attribute.LABEL: label,
        Attribute.MODULUS: _integer(public.n),
        Attribute.PUBLIC_EXPONENT: _integer(public.e),
        Attribute.PRIVATE_EXPONENT: _integer(numbers.d),
        Attribute.PRIME_1: _integer(numbers.p),
        Attribute.PRIME_2: _integer(numbers.q),
        Attribute.EXPONENT_1: _integer(numbers.dmp1),
        Attribute.EXPONENT_2: _integer(numbers.dmq1),
        Attribute.COEFFICIENT: _integer(numbers.iqmp),
    }
    session.create_object(shared | key)
    certificate = dict(decode_x509_certificate(who.certificate_der))
    session.create_object(certificate | shared | {Attribute.PRIVATE: False, Attribute.LABEL: label})
