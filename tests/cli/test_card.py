"""`card status`, `trust`, and the PIN at a terminal, which must be found nowhere afterwards."""

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from baladeur.cli import speech
from tests.card import people, softhsm
from tests.card.people import person, revocations
from tests.cli.tools import ROOT, run

SIGN = "Certificat de Signature CPS"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test's own."""
    folder = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The test root as a file."""
    file = tmp_path / "root.pem"
    file.write_bytes(people.root().public_bytes(Encoding.PEM))
    return file


@pytest.mark.parametrize("lang", ["fr_FR.UTF-8", "en_GB.UTF-8"])
def test_status_of_a_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path, lang: str) -> None:
    """What works, and what is missing with what to do; the PIN is not asked."""
    module = softhsm.token(tmp_path / "hsm", monkeypatch, [(SIGN, person())])
    without = run("card", "status", "--module", module.path, lang=lang)
    assert without.exit_code == 42
    assert "trust add" in without.stdout
    assert max(map(speech.cells, without.stdout.splitlines())) <= 80
    assert run("trust", "add", root, "--yes").exit_code == 0
    between = tmp_path / "between.der"
    between.write_bytes(people.between().public_bytes(Encoding.DER))
    assert run("trust", "add", between, "--yes").exit_code == 0
    done = run("card", "status", "--module", module.path, lang=lang)
    assert done.exit_code == 0, done.stdout
    assert "TESTMEDECIN" in done.stdout
    found = json.loads(run("card", "status", "--module", module.path, "--json").stdout)
    assert found["can_sign"]
    assert (found["cards"][0]["test"], found["cards"][0]["problem"]) == (True, None)
    assert softhsm.PIN not in done.output + json.dumps(found)


def test_status_without_anything(tmp_path: Path) -> None:
    """No module: said, with what to install."""
    done = run("card", "status", "--module", tmp_path / "none.so")
    assert done.exit_code == 42
    assert "VERDICT" in done.stdout
    assert "Traceback" not in done.output


@pytest.mark.parametrize("who", ["cpe", "expired", "ambulance", "rogue"])
def test_status_names_the_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path, who: str) -> None:
    """A card that may not sign; what its holder may write is not the status's business."""
    module = softhsm.token(tmp_path / "hsm", monkeypatch, [(SIGN, person(who))])
    for certificate in (people.root(), people.between()):
        root.write_bytes(certificate.public_bytes(Encoding.PEM))
        assert run("trust", "add", root, "--yes").exit_code == 0
    (card,) = json.loads(run("card", "status", "--module", module.path, "--json").stdout)["cards"]
    expected = {"cpe": ("CardRefused", "CPE"), "expired": ("CertificateRefused", "expired")}
    expected |= {"ambulance": (None, None), "rogue": ("CertificateRefused", "no chain")}
    assert (card["problem"], card["detail"]) == expected[who]


def test_the_trust_list(root: Path, tmp_path: Path) -> None:
    """List, add with a question that nobody answers, add, list, revocations, remove."""
    assert "DEMONSTRATION AC RACINE" in run("trust", "list").stdout
    refused = run("trust", "add", root)
    assert refused.exit_code == 2
    assert "--yes" in refused.stderr
    assert run("trust", "add", root, "--yes").exit_code == 0
    listed = json.loads(run("trust", "list", "--json").stdout)["authorities"]
    mine = next(a for a in listed if not a["built_in"])
    assert (mine["name"], mine["use"], mine["official"]) == ("TEST AC RACINE IGC-SANTE FORT", "demonstration", False)
    crl = tmp_path / "a.crl"
    crl.write_bytes(revocations(issuer=people.ROOT_CN).public_bytes(Encoding.DER))
    assert run("trust", "crl", crl).exit_code == 0
    shown = run("trust", "list")
    assert "2026-11-22" in shown.stdout
    assert max(map(speech.cells, shown.stdout.splitlines())) <= 80
    assert json.loads(run("trust", "list", "--json").stdout)["lists"][0]["revoked"] == 0
    assert run("trust", "remove", mine["sha256"][:16]).exit_code == 0
    assert run("trust", "remove", mine["sha256"][:16]).exit_code == 49
    assert len(json.loads(run("trust", "list", "--json").stdout)["authorities"]) == 2


@pytest.mark.parametrize("data", [b"", b"junk", person().certificate_der], ids=["empty", "junk", "a card"])
def test_what_does_not_enter(tmp_path: Path, data: bytes) -> None:
    """One sentence; a missing file, too."""
    file = tmp_path / "x"
    file.write_bytes(data)
    for command in (("add", file, "--yes"), ("crl", file)):
        done = run("trust", *command)
        assert done.exit_code == 49
        assert done.stderr.count("\n") == 1
    assert run("trust", "add", tmp_path / "none").exit_code == 60
    assert run("trust", "add").exit_code == 49  # no component is installed here


CHILD = """
import sys
from pathlib import Path
from baladeur.cli import pin
from baladeur.card.refusals import CardError
signer = pin.signatory(sys.argv[1], None).signer(demonstration=True)
for _ in range(2):
    try:
        print("signed", len(signer.sign_raw(b"x")))
    except CardError as error:
        print("refused", repr(error), str(error))
    print("ready", flush=True)
    sys.stdin.readline()
"""


def test_the_pin_is_found_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed wrong and then right on a terminal: not on screen, in arguments, environment, errors or any file."""
    module = softhsm.token(tmp_path / "hsm", monkeypatch, [(SIGN, person())])
    wrong, scratch = "FAUX-CODE-MARQUE", tmp_path / "scratch"
    scratch.mkdir()
    right = "SoftHSM-MARQUE"
    library = pkcs11.lib(str(module.path))
    with next(iter(library.get_tokens(token_label="CPS3-TEST"))).open(user_pin=softhsm.PIN, rw=True) as session:
        session.set_pin(softhsm.PIN, right)
    library.finalize()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(scratch), "LANG": "fr_FR.UTF-8"}
    master, slave = pty.openpty()
    command = [sys.executable, "-X", "dev", "-W", "ignore", "-c", CHILD, str(module.path)]
    child = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True)
    os.close(slave)
    screen, seen, found = "", 0, []
    steps = [("porteur", wrong), ("ready", ""), ("porteur", right), ("ready", "")]
    end = time.monotonic() + 60
    while steps and time.monotonic() < end:
        if select.select([master], [], [], 0.2)[0]:
            screen += os.read(master, 4096).decode("utf-8", "replace")
        if steps[0][0] in screen[seen:]:
            seen = len(screen)
            time.sleep(0.1)
            for place in ("cmdline", "environ"):
                found.append(Path(f"/proc/{child.pid}/{place}").read_bytes())
            os.write(master, (steps.pop(0)[1] + "\n").encode())
    child.wait(timeout=20)
    os.close(master)
    assert "signed 256" in screen
    assert "refused" in screen
    folders = (scratch, tmp_path / "data", tmp_path / "hsm")
    files = [p.read_bytes() for folder in folders for p in folder.rglob("*") if p.is_file()]
    for marked in (wrong, right):
        assert marked not in screen
        assert not any(marked.encode() in data for data in [*found, *files])
