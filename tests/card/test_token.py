"""The card by PKCS#11, on SoftHSM: one PIN, one signature, checked by `openssl cms`."""

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from baladeur.card import signature, token
from baladeur.card.discovery import Module
from baladeur.card.pin import PinFromFile
from baladeur.card.refusals import CardError, NoCard, NoModule, PinNeeded, WrongPin
from baladeur.card.signer import seal
from tests.card import people, softhsm
from tests.card.people import person
from tests.card.tools import Typist

CONTENT = b'BALADEUR-STATEMENT-1\n{"utc":"2026-11-23T10:00:00Z"}'
AUTH, SIGN = "Certificat d'Authentification CPS", "Certificat de Signature CPS"


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Module:
    """A CPS3 in software: the authentication pair first, so that position tells nothing."""
    return softhsm.token(tmp_path / "hsm", monkeypatch, [(AUTH, person("auth")), (SIGN, person("doctor"))])


def test_signs_what_openssl_verifies(module: Module, tmp_path: Path) -> None:
    """The whole path: find, one PIN, sign, verify, and the Debian binary agrees."""
    card = token.find([module])
    typist = Typist(softhsm.PIN)
    signer = token.CardSigner(card, typist)
    chain = [c.public_bytes(Encoding.DER) for c in (people.between(), people.root())]
    cms = seal(CONTENT, signer, chain, people.NOW)
    assert signature.verify(CONTENT, cms).certificate_der == person("doctor").certificate_der
    assert [request.holder.name for request in typist.requests] == ["Dr CAMILLE TESTMEDECIN"]
    (tmp_path / "c").write_bytes(CONTENT)
    (tmp_path / "s.p7s").write_bytes(cms)
    (tmp_path / "root.pem").write_bytes(people.root().public_bytes(Encoding.PEM))
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "s.p7s", "-content", "c"]
    done = subprocess.run([*command, "-CAfile", "root.pem", "-purpose", "any"], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == CONTENT


def test_each_signature_asks_for_its_own_pin(module: Module) -> None:
    """One PIN per commit: the second signature without a PIN is not made."""
    typist = Typist(softhsm.PIN, softhsm.PIN)
    signer = token.CardSigner(token.find([module]), typist)
    assert signer.sign_raw(b"one") != signer.sign_raw(b"two")
    assert len(typist.requests) == 2
    with pytest.raises(IndexError):
        signer.sign_raw(b"three")


@pytest.mark.parametrize("labels", [(AUTH, SIGN), (SIGN, AUTH), ("a", "b"), ("", "")])
@pytest.mark.parametrize("ending", [1, 0x10])
def test_the_pair_is_chosen_by_key_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, labels: tuple[str, str], ending: int
) -> None:
    """Neither label nor position nor the ending of CKA_ID: only nonRepudiation alone makes the signature key."""
    pairs = [(labels[0], person("auth")), (labels[1], person("doctor"))]
    made = softhsm.token(tmp_path / "hsm", monkeypatch, pairs, ending=ending)
    card = token.find([made])
    assert card.certificate_der == person("doctor").certificate_der
    signed = token.CardSigner(card, Typist(softhsm.PIN)).sign_raw(CONTENT)
    person("doctor").key.public_key().verify(signed, CONTENT, padding.PKCS1v15(), SHA256())


@pytest.mark.parametrize("who", ["auth", "both"])
def test_no_signature_certificate_is_no_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    """A key without nonRepudiation, or for other uses too, is not the signature key."""
    made = softhsm.token(tmp_path / "hsm", monkeypatch, [(SIGN, person(who))])
    with pytest.raises(NoCard):
        token.find([made])


def test_a_wrong_pin_is_said_and_not_tried_again(module: Module) -> None:
    """One wrong PIN, one refusal: no silent second try."""
    typist = Typist("9999", softhsm.PIN)
    with pytest.raises(WrongPin, match="tries left"):
        token.CardSigner(token.find([module]), typist).sign_raw(b"x")
    assert len(typist.requests) == 1


def test_modules_that_are_not_there_or_no_modules(tmp_path: Path) -> None:
    """No module, a missing file, a file that is no library: one error for the one reason."""
    text = tmp_path / "libcps3_pkcs11_lux.so"
    text.write_text("not a library")
    for modules in ([], [Module(tmp_path / "none.so", "ans")], [Module(text, "ans")]):
        with pytest.raises(NoModule):
            token.find(modules)


def test_an_empty_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module without any card is not the same as no module."""
    made = softhsm.token(tmp_path / "hsm", monkeypatch, [])
    with pytest.raises(NoCard):
        token.find([made])


def test_a_pin_file_serves_test_cards_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The PIN of a real card is in its holder's head."""
    file = tmp_path / "pin"
    file.write_text(softhsm.PIN + "\n")
    for who, allowed in (("doctor", True), ("real", False)):
        made = softhsm.token(tmp_path / who, monkeypatch, [(SIGN, person(who))])
        signer = token.CardSigner(token.find([made]), PinFromFile(file))
        if allowed:
            assert len(signer.sign_raw(b"x")) == 256
        else:
            with pytest.raises(PinNeeded, match="PIN file"):
                signer.sign_raw(b"x")
    for wrong in ("12a4", "", "1234567890" * 7, "é"):
        file.write_text(wrong)
        made = softhsm.token(tmp_path / f"w{len(wrong)}", monkeypatch, [(SIGN, person("doctor"))])
        with pytest.raises(PinNeeded):
            token.CardSigner(token.find([made]), PinFromFile(file)).sign_raw(b"x")


def test_a_card_that_went_away(module: Module, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look and the signature: no PIN is asked from nobody."""
    card = token.find([module])
    softhsm.token(tmp_path / "other", monkeypatch, [(SIGN, person("nurse"))])
    typist = Typist(softhsm.PIN)
    with pytest.raises(CardError):
        token.CardSigner(card, typist).sign_raw(b"x")
    assert typist.requests == []
