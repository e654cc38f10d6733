"""The commands sign with a card: SoftHSM behind the real PKCS#11 path, on records as people have them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from baladeur.card.refusals import AnotherCard, CardRefused, CertificateRefused, NoCard, NotInScope
from baladeur.card.trust import fingerprint
from baladeur.errors import ClockNotBelieved, DemonstrationOnly
from baladeur.session import Act, Change, NewItem, Session, Signatory
from tests.card import people, softhsm
from tests.card.people import Person, person, revocations
from tests.card.tools import Typist, needed
from tests.cli.tools import WORDS, environment, run

SIGN = "Certificat de Signature CPS"
FILE = "DOSSIER.DMB"


def trust_list(home: Path, use: str, *lists: object) -> None:
    """The test authorities as this computer's trust list, for one kind of record, with revocation lists."""
    folder = home / "baladeur" / "trust"
    for made in ("real", "demonstration", "crl"):
        (folder / made).mkdir(parents=True, exist_ok=True)
    for certificate in (people.root(), people.between()):
        (folder / use / f"{fingerprint(certificate)}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    for number, one in enumerate(lists):
        (folder / "crl" / f"{number}.crl").write_bytes(one.public_bytes(Encoding.DER))  # type: ignore[attr-defined]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def pin(tmp_path: Path) -> Path:
    """The PIN of the test card in a file of its owner's."""
    file = tmp_path / "pin"
    file.write_text(softhsm.PIN)
    file.chmod(0o600)
    return file


def new(folder: Path, words: Path, *more: str) -> Path:
    """A record with nothing in it."""
    folder.mkdir()
    assert run("create", folder, "--secret-file", words, *more).exit_code == 0
    return folder


def test_a_test_card_signs_a_demonstration_record(
    tmp_path: Path, home: Path, words: Path, document: Path, pin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the commands alone: signed, judged, shown in the words of the standard, proven by openssl, with a receipt."""
    trust_list(home, "demonstration", revocations())
    module = softhsm.token(tmp_path / "hsm", monkeypatch, [(SIGN, person())])
    key, out, receipt = new(tmp_path / "clé", words, "--demo"), tmp_path / "preuves", tmp_path / "reçu"
    size = (key / FILE).stat().st_size
    signed = ("--card", module.path, "--pin-file", pin, "--receipt", receipt, "--secret-file", words)
    done = run("add", key, document, "--type", "allergy", "--title", "Pénicillines", *signed)
    assert done.exit_code == 0, done.stderr
    assert softhsm.PIN not in done.output
    assert (key / FILE).stat().st_size == size  # it grew before, in larger steps
    (commit,) = json.loads(run("verify", key, "--json", "--secret-file", words).stdout)["commits"][1:]
    assert (commit["verdict"], commit["signer"]) == ("ok", "Dr CAMILLE TESTMEDECIN")
    assert commit["etsi"].split(" / ")[0] in ("TOTAL-PASSED", "INDETERMINATE")
    assert commit["wording"] == "signé Dr CAMILLE TESTMEDECIN, carte de démonstration"
    assert commit["revocation_list"] == "2026-11-22"
    for command in ("verify", "history"):
        assert commit["etsi"] in run(command, key, "--secret-file", words).stdout
    assert (receipt / "RECU.txt").exists()
    assert len(list((receipt / "entries").iterdir())) == 1
    assert run("export", key, "--as", "evidence", "-o", out, "--secret-file", words).exit_code == 0
    check = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "0001.p7s", "-content", "0001.statement"]
    check += ["-CAfile", "root.pem", "-certfile", "chain.pem", "-purpose", "any", "-out", "verified"]
    assert subprocess.run(check, cwd=out, capture_output=True).returncode == 0
    for name, at in (("0001.statement", 40), ("0001.p7s", -1), ("0001.p7s", -300)):
        whole = (out / name).read_bytes()
        (out / name).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at:][1:])
        assert subprocess.run(check, cwd=out, capture_output=True).returncode != 0, name
        (out / name).write_bytes(whole)
    assert len((out / "0001.p7s").read_bytes()) <= 8192


#: Who, on a demonstration record or not, why, and the detail that the interface words.
REFUSED: list[tuple[str, bool, type[Exception], str]] = [
    ("expired", True, CertificateRefused, "expired"),
    ("rogue", True, CertificateRefused, "no chain"),
    ("real", True, CardRefused, "real card"),
    ("cpe", False, CardRefused, "CPE"),
    ("doctor", False, CardRefused, "test card"),
    ("future", True, ClockNotBelieved, ""),  # or the card is too new: with a date declared, it is refused as such
    ("auth", True, NoCard, ""),  # no certificate of it is for signatures that bind
]


@pytest.mark.parametrize(("who", "demo", "error", "detail"), REFUSED, ids=[case[0] for case in REFUSED])
def test_refused_before_writing(
    who: str, demo: bool, error: type[Exception], detail: str, tmp_path: Path, home: Path, words: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Before a PIN is asked, and the file does not change by a byte."""
    trust_list(home, "demonstration" if demo else "real")
    module = softhsm.token(tmp_path / "hsm", monkeypatch, [(SIGN, person(who))])
    key = new(tmp_path / "clé", words, *(["--demo"] if demo else []))
    refused(key, module.path, "allergy", error, detail)


def refused(key: Path, module: Path, type_: str, error: type[Exception], detail: str, typist: object = None) -> None:
    """One attempt: refused, nobody was asked, nothing was written."""
    asked = typist or Typist(softhsm.PIN)
    before = (key / FILE).read_bytes()
    by = Signatory(str(module), asked)  # type: ignore[arg-type]
    with Session.open(key, WORDS, write=True) as session, pytest.raises(error) as caught:
        session.commit(Change(add=[NewItem(type_, "x", b"x")]), by)
    assert not detail or getattr(caught.value, "detail", "") == detail
    assert typist or not asked.requests  # type: ignore[attr-defined]
    assert (key / FILE).read_bytes() == before


def test_a_professional_card_signs_a_real_record(
    tmp_path: Path, home: Path, words: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same way with a card that says it is no test card; its holder's name stands in the history."""
    trust_list(home, "real")
    module = softhsm.token(tmp_path / "hsm", monkeypatch, [(SIGN, person("real"))])
    key, typist = new(tmp_path / "vraie", words), Typist(softhsm.PIN)
    by = Signatory(str(module.path), typist)
    with Session.open(key, WORDS, write=True) as session:
        draft = session.draft(Change(add=[NewItem("allergy", "x", b"x")]))
        session.may_seal(draft, by)
        assert typist.requests == []
        session.seal(draft, by)
        assert len(typist.requests) == 1
        commit = session.verify()[0][-1]
        assert (commit.verdict, commit.etsi) == ("ok", "INDETERMINATE / TRY_LATER")
        draft.who = "Dr QUELQU'UN D'AUTRE"
        with pytest.raises(AnotherCard):
            session.may_seal(draft, by)
        with pytest.raises(DemonstrationOnly):
            session.may_seal(draft, Signatory("demo"))


def test_revoked(tmp_path: Path, home: Path, words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a list that somebody brought."""
    trust_list(home, "demonstration", revocations(people.SERIALS["revoked"]))
    module = softhsm.token(tmp_path / "hsm", monkeypatch, [(SIGN, person("revoked"))])
    refused(new(tmp_path / "clé", words, "--demo"), module.path, "allergy", CertificateRefused, "revoked")


def test_the_previous_holder(tmp_path: Path, home: Path, words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificate of one and the key of another: found before anything is written."""
    trust_list(home, "demonstration")
    pair = Person(person("previous").certificate, person().key)
    module = softhsm.token(tmp_path / "hsm", monkeypatch, [(SIGN, pair)])
    key = new(tmp_path / "clé", words, "--demo")
    refused(key, module.path, "allergy", CertificateRefused, "another key", Typist(softhsm.PIN))


@pytest.mark.parametrize(
    ("who", "type_", "detail"), [("nurse", "allergy", "kind"), ("dentist", "treatment", "doctor only")]
)
def test_outside_the_row(
    who: str, type_: str, detail: str, tmp_path: Path, home: Path, words: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A nurse writes no allergy; a dentist writes treatments and stops none, whatever the draft calls it."""
    trust_list(home, "demonstration")
    module = softhsm.token(tmp_path / "hsm", monkeypatch, [(SIGN, person(who))])
    key, typist = new(tmp_path / "clé", words, "--demo"), Typist(softhsm.PIN)
    before = (key / FILE).read_bytes()
    with Session.open(key, WORDS, write=True) as session:
        draft = session.draft()
        draft.put([NewItem(type_, "x", b"x")], acts=[Act("treatment", "stop")] if detail == "doctor only" else [])
        with pytest.raises(NotInScope) as caught:
            session.seal(draft, Signatory(str(module.path), typist))
    assert (caught.value.detail, typist.requests) == (detail, [])
    assert (key / FILE).read_bytes() == before


def test_a_new_version_that_is_over_is_a_stop(
    tmp_path: Path, home: Path, words: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its status alone, without anybody saying so."""
    trust_list(home, "demonstration")
    module = softhsm.token(tmp_path / "hsm", monkeypatch, [(SIGN, person("dentist"))])
    key, typist = new(tmp_path / "clé", words, "--demo"), Typist(softhsm.PIN)
    by = Signatory(str(module.path), typist)
    with Session.open(key, WORDS, write=True) as session:
        session.commit(Change(add=[NewItem("treatment", "amoxicilline", b'{"status":"active"}')]), by)
        of = next(entry.id for entry in session.entries() if entry.meta["type"] == "treatment")
        with pytest.raises(NotInScope, match="doctor only"):
            session.commit(Change(add=[NewItem("treatment", "a", b'{"status":"stopped"}', of=of)]), by)
    assert len(typist.requests) == 1


def test_four_years_on(tmp_path: Path, home: Path, words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The card has expired since: the page reads and says so, and nothing calls the signature false."""
    needed("faketime")
    trust_list(home, "real")
    module = softhsm.token(tmp_path / "hsm", monkeypatch, [(SIGN, person("real"))])
    key = new(tmp_path / "vraie", words)
    with Session.open(key, WORDS, write=True) as session:
        session.date_is("2026-11-23T10:00")
        item = NewItem("allergy", "x", b"x")
        session.commit(Change(add=[item]), Signatory(str(module.path), Typist(softhsm.PIN)))

    def then(*args: str) -> str:
        command = ["faketime", "2030-11-24 10:00:00", sys.executable, "-m", "baladeur", *args]
        more = environment(XDG_DATA_HOME=str(home))
        done = subprocess.run([*command, "--secret-file", str(words)], capture_output=True, encoding="utf-8", env=more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    page = " ".join(then("summary", str(key), "--plain").split())
    assert "certificat expiré depuis" in page
    assert "FAUSSE" not in page
    for command in ("verify", "history"):
        assert "INDETERMINATE / OUT_OF_BOUNDS_NO_POE" in then(command, str(key))
    (commit,) = json.loads(then("verify", str(key), "--json"))["commits"][1:]
    assert (commit["verdict"], commit["signer"]) == ("ok", "Dr CAMILLE TESTMEDECIN")
    assert commit["wording"] == "signé Dr CAMILLE TESTMEDECIN, carte CPS (certificat expiré depuis)"
