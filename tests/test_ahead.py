"""The head start: the same key, derived once, and no difference where it cannot be had."""

import shutil
from pathlib import Path

import pytest
from argon2.low_level import Type, hash_secret_raw

from baladeur import ahead
from baladeur.container import argon, layout, secret
from baladeur.container.medium import FileMedium
from baladeur.container.secret import SecretClass
from baladeur.container.unlock import DOSSIER_SLOTS, EMERGENCY_SLOTS
from baladeur.errors import WrongSecret
from baladeur.session import Session
from tests.cli.tools import WORDS, program, secret_file

EIGHT = " ".join(secret.generate(SecretClass.WORDS8, bytes(range(16))))
EIGHT_MATERIAL = secret.parse(EIGHT).material
FALSE = " ".join(secret.generate(SecretClass.WORDS8, bytes(range(1, 17))))


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that 8 words open."""
    folder = tmp_path_factory.mktemp("ahead") / "key"
    folder.mkdir()
    Session.create(folder, [], demonstration=True, typed=EIGHT)
    return folder


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The material of every Argon2id run."""
    ran: list[bytes] = []
    real = argon.derive

    def counted(slot: int, material: bytes, salt: bytes) -> bytes:
        ran.append(material)
        return real(slot, material, salt)

    monkeypatch.setattr(argon, "derive", counted)
    monkeypatch.setattr(argon, "_begun", {})
    return ran


@pytest.mark.parametrize("form", ["folder", "file"])
def test_the_key_is_derived_once(key: Path, tmp_path: Path, derivations: list[bytes], form: str) -> None:
    """What was begun is what opens the record, and is gone afterwards."""
    path = key if form == "folder" else key / "DOSSIER.DMB"
    arguments = ["summary", "--lang", "fr", str(path), "--plain", f"--secret-file={secret_file(tmp_path, EIGHT)}"]
    assert ahead.begin(arguments)
    page, _ = Session.page_at(path, EIGHT)
    assert page.exists is False
    assert derivations == [EIGHT_MATERIAL]
    assert not argon._begun


def test_a_wrong_secret_stays_wrong(key: Path, tmp_path: Path, derivations: list[bytes]) -> None:
    """The head start judges nothing."""
    assert ahead.begin(["emergency", str(key), "--secret-file", str(secret_file(tmp_path, FALSE))])
    with pytest.raises(WrongSecret):
        Session.page_at(key, FALSE)
    assert len(derivations) == 1


def test_another_secret_is_derived_for_itself(key: Path, tmp_path: Path, derivations: list[bytes]) -> None:
    """A file that changed between the two readings opens nothing that it should not."""
    assert ahead.begin(["summary", str(key), "--secret-file", str(secret_file(tmp_path, FALSE))])
    page, _ = Session.page_at(key, EIGHT)
    assert page.exists is False
    assert len(derivations) == 2


def test_a_derivation_that_failed_is_done_again(
    key: Path, tmp_path: Path, derivations: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory may be short for a moment."""
    with monkeypatch.context() as short:
        short.setattr(argon, "derive", _no_memory)
        assert ahead.begin(["summary", str(key), "--secret-file", str(secret_file(tmp_path, EIGHT))])
        next(iter(argon._begun.values())).join()
    page, _ = Session.page_at(key, EIGHT)
    assert page.exists is False
    assert derivations == [EIGHT_MATERIAL]


def _no_memory(*_: object) -> bytes:
    raise MemoryError


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["list", "KEY", "--secret-file", "EIGHT"],
        ["summary", "KEY"],
        ["summary", "--secret-file", "EIGHT"],
        ["summary", "KEY", "KEY", "--secret-file", "EIGHT"],
        ["summary", "KEY", "--secret-file"],
        ["summary", "KEY", "--secret-file", "-"],
        ["summary", "KEY", "--secret-file", "absent"],
        ["summary", "KEY", "--secret-file", "KEY"],
        ["summary", "absent", "--secret-file", "EIGHT"],
        ["summary", "EIGHT", "--secret-file", "EIGHT"],
        ["summary", "KEY", "--secret-file", "TWELVE"],
        ["summary", "KEY", "--secret-file", "MISTYPED"],
        ["summary", "KEY", "--secret-file", "LATIN"],
        ["summary", "KEY", "--secret-file", "EMPTY"],
    ],
    ids=" ".join,
)
def test_what_is_odd_is_left_to_the_command(key: Path, tmp_path: Path, arguments: list[str]) -> None:
    """Nothing is begun, and nothing is said."""
    twelve = WORDS.split()
    places = {
        "KEY": key,
        "EIGHT": secret_file(tmp_path, EIGHT, "eight"),
        "TWELVE": secret_file(tmp_path, WORDS, "twelve"),
        "MISTYPED": secret_file(tmp_path, " ".join([*twelve[1:], twelve[0]]), "mistyped"),
        "EMPTY": secret_file(tmp_path, "", "empty"),
    }
    (latin := tmp_path / "latin").write_bytes("été été été été".encode("latin-1"))
    places["LATIN"] = latin
    assert not ahead.begin([str(places.get(one, one)) for one in arguments])


def test_the_program_takes_the_secret_in_force(key: Path, tmp_path: Path) -> None:
    """After a change of words the new ones open and the old ones do not, head start or not."""
    other = tmp_path / "key"
    shutil.copytree(key, other)
    eight, new = secret_file(tmp_path, EIGHT, "eight"), secret_file(tmp_path, FALSE, "new")
    assert program("secrets", other, "change", "--secret-file", eight, "--new-secret-file", new).returncode == 0
    told = program("summary", other, "--plain", "--secret-file", new)
    assert (told.returncode, told.stderr) == (0, "")
    assert program("summary", other, "--plain", "--secret-file", eight).returncode == WrongSecret.exit_code


def test_the_places_in_the_header_are_those_of_the_layout(key: Path) -> None:
    """They are written down twice, so that the cryptography is not waited for."""
    assert (ahead._NAME, ahead._MAGIC, ahead._LENGTH) == (layout.FILE_NAME, layout.MAGIC, layout.BLOCK)
    assert (ahead._COPIES, ahead._APART) == (layout.ZONES, layout.ZONE)
    first = {kind: slots[0] for kind, slots in (DOSSIER_SLOTS | EMERGENCY_SLOTS).items()}
    assert ahead._SLOTS == {kind: slot for kind, slot in first.items() if slot in argon.ARGON2_KIB}
    header = layout.Header(next(ahead._headers(str(key))))
    assert int.from_bytes(header.raw[ahead._GENERATION], "little") == header.generation
    for slot, place in ahead._SALT.items():
        assert header.raw[place] == header.slot(slot)[:32]


@pytest.mark.parametrize("damaged", [range(1), range(3), range(4)], ids=["first", "three", "all"])
def test_copies_that_are_no_header_are_passed_over(key: Path, tmp_path: Path, damaged: range) -> None:
    """As opening does; where none is left nothing is begun."""
    other = tmp_path / "key"
    shutil.copytree(key, other)
    medium = FileMedium.open(other / layout.FILE_NAME, write=True)
    for copy in damaged:
        medium.write(copy * layout.ZONE, bytes(layout.BLOCK))
    medium.close()
    begun = ahead.begin(["summary", str(other), "--secret-file", str(secret_file(tmp_path, EIGHT))])
    assert begun is (len(damaged) < layout.ZONES)
    if begun:
        argon._begun.popitem()[1].join()


def test_a_damaged_copy_that_was_taken_costs_time_only(key: Path, tmp_path: Path, derivations: list[bytes]) -> None:
    """Its salt is another one: what was derived is not used, and the record opens."""
    other = tmp_path / "key"
    shutil.copytree(key, other)
    medium = FileMedium.open(other / layout.FILE_NAME, write=True)
    medium.write(40, b"\xff" * 8)  # a generation above all others
    medium.write(512, bytes(32))
    medium.close()
    assert ahead.begin(["summary", str(other), "--secret-file", str(secret_file(tmp_path, EIGHT))])
    page, _ = Session.page_at(other, EIGHT)
    assert page.exists is False
    assert len(derivations) == 2


def test_the_key_is_that_of_the_public_wrapper() -> None:
    """The binding is called as argon2-cffi calls it, for every slot."""
    for slot, kib in argon.ARGON2_KIB.items():
        expected = hash_secret_raw(b"m\0m", bytes(range(32)), 3, kib, 1, 32, Type.ID)
        assert argon.derive(slot, b"m\0m", bytes(range(32))) == expected
