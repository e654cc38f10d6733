"""The receipt: what the doctor wrote and the proof, from the files alone."""

import json
from pathlib import Path

import pytest

from baladeur import receipt, signing
from baladeur.card.permissions import Act
from baladeur.container import place, secret
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.secret import SecretClass
from baladeur.errors import CmsRefused
from tests.card.people import NOW, person, revocations, trusted

WORDS = secret.parse(" ".join(secret.generate(SecretClass.CODE12, bytes(range(16)))))
ALLERGY = '{"resourceType":"AllergyIntolerance","note":"pénicillines"}'.encode()


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    """The receipt of the second of two commits."""
    change = Change(add=[NewItem("identity", "MOREAU Jeanne [FICTIF]", b"{}")])
    place.create_at(tmp_path, {3: WORDS}, change, Author("2026-11-01T10:00:00Z"), demo=True)
    with place.open_at(tmp_path, WORDS, True) as container:
        for title, content in (("Apixaban", b"other"), ("Pénicillines", ALLERGY)):
            pen = signing.take(person(), [Act("allergy", "add")], trusted(), now=NOW)
            container.commit(Change(add=[NewItem("allergy", title, content, "2014")]), pen.author)
        record = [v.record for v in container.replay()[0]][-1]
        assert record is not None
        return receipt.make(container, record, container.number, "MOREAU Jeanne [FICTIF]", trusted())


def test_what_is_in_it(files: dict[str, bytes]) -> None:
    """The own entries of this commit and no other, in words and as they are."""
    entries = {name: data for name, data in files.items() if name.startswith("entries/")}
    assert list(entries.values()) == [ALLERGY]
    assert not any(b"Apixaban" in data for data in files.values())
    for name in ("RECU.txt", "RECEIPT.txt"):
        text = files[name].decode()
        assert "Pénicillines" in text
        assert "Dr CAMILLE TESTMEDECIN" in text
        assert receipt.prove(files, trusted(), NOW).words in text
        assert max(map(len, text.splitlines())) <= 105
    assert {"LISEZ-MOI.txt", "README.txt"} <= files.keys()


def test_the_proof(files: dict[str, bytes]) -> None:
    """The files alone give the verdict, the entries and the words of the version."""
    proof = receipt.prove(files, trusted(revocations()), NOW)
    assert proof.signature.words == "TOTAL-PASSED"
    assert list(proof.entries.values()) == [ALLERGY]
    assert len(proof.words.split()) == 4


def test_every_changed_file_is_refused(files: dict[str, bytes]) -> None:
    """Signed bytes, inner half, openings, entries: none can be exchanged."""
    covered = [
        n for n in files if n.startswith("entries/") or n.endswith((".signed", ".inner", ".openings.json", ".p7s"))
    ]
    assert len(covered) == 5
    for name in covered:
        for at in {len(files[name]) // 3, len(files[name]) // 2, len(files[name]) - 2}:
            changed = bytearray(files[name])
            changed[at] ^= 1
            try:
                proof = receipt.prove(files | {name: bytes(changed)}, trusted(), NOW)
            except CmsRefused:
                continue
            assert not proof.signature.holds, name
        left = {other: data for other, data in files.items() if other != name}
        with pytest.raises(CmsRefused):
            receipt.prove(left, trusted(), NOW)


def test_an_entry_of_another_commit_is_refused(files: dict[str, bytes]) -> None:
    """The statement must name it."""
    openings = json.loads(files["0002.openings.json"])
    openings["items"][0]["id"] = "00" * 16
    with pytest.raises(CmsRefused):
        receipt.prove(files | {"0002.openings.json": json.dumps(openings).encode()}, trusted(), NOW)


def test_words_of_a_version() -> None:
    """The first 44 bits; the list's first and last words at the ends."""
    assert receipt.head_words(bytes(32)) == " ".join([secret.words()[0][1]] * 4)
    assert receipt.head_words(b"\xff" * 32) == " ".join([secret.words()[-1][1]] * 4)
    assert receipt.head_words(bytes(5) + b"\x10" + bytes(26)).split()[-1] == secret.words()[1][1]
