"""What happens to a card, by a real pcscd, a real OpenSC and a virtual card; each function in a sandbox of its own.

Started by tests/card/test_scenarios.py through tests/card/virtual/sandbox.py. After every failure the record is at its
last commit, byte for byte, and the next try works.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from baladeur import signing
from baladeur.card import discovery, presence, token
from baladeur.card.permissions import Act
from baladeur.card.pin import Tries
from baladeur.card.presence import CardKind, Event
from baladeur.card.refusals import (
    LAST_TRY,
    ONE_TRY,
    TWO_TRIES,
    VITALE,
    AnotherCard,
    CardBusy,
    CardError,
    CardGone,
    ModuleCannotSign,
    NoCard,
    NoPcsc,
    PinBlocked,
    PinNeeded,
    WrongPin,
)
from baladeur.card.store import Store
from baladeur.container import place, secret
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.secret import SecretClass
from baladeur.container.statement import Record
from baladeur.session import Session, Signatory
from tests.card.people import NOW, Person, between, person, root, trusted
from tests.card.tools import Typist
from tests.card.virtual.sandbox import ROOT, Daemon
from tests.cli.tools import on_terminal, secret_file

PIN = "2468"
READER = "Virtual PCD 00 00"
TYPED = " ".join(secret.generate(SecretClass.CODE12, bytes(range(16))))
WORDS = secret.parse(TYPED)
SELECT_ISO, SELECT_HOME = "00A4040C0CF276A288BCFBA69D34F31001", "00A4000C023F00"
CHOOSE_KEY = "002241B606800102840181"


@dataclass(frozen=True)
class Signed:
    """What the door said after a signature."""

    notices: list[str]


class Stage:
    """A folder with a record, cards to insert, and the daemon."""

    def __init__(self, folder: Path, daemon: Daemon) -> None:
        self.folder, self.daemon = folder, daemon
        self.key = folder / "key"
        self._card: subprocess.Popen[str] | None = None
        os.environ["XDG_DATA_HOME"] = str(folder / "data")  # the process is this scenario's own
        store = Store(folder / "data" / "baladeur" / "trust")
        for authority in (root(), between()):
            store.add(authority, confirmed=True)
        self.inserted = 0.0

    def insert(self, who: str = "doctor", kind: str = "iso", *options: str) -> None:
        """Insert somebody's card and wait until the reader has it."""
        pair = self.folder / who
        if not pair.exists():
            pair.mkdir()
            for name, one in (("sign", person(who)), ("auth", person("auth"))):
                (pair / f"{name}.der").write_bytes(one.certificate_der)
                (pair / f"{name}.key").write_bytes(_key(one))
        command = [sys.executable, "-m", "tests.card.virtual.card", kind, str(pair), *options]
        for attempt in range(4):
            self._card = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
            assert self._card.stdout is not None
            assert self._card.stdout.readline() == "inserted\n"
            self.inserted = time.monotonic()
            with suppress(AssertionError):
                until(lambda: any(reader.card for reader in presence.readers()), 5)
                return
            # Once in a while the daemon finds a card mute that comes right after one was torn out while it was asked:
            # what a person does then is to put it in again.
            assert attempt < 3
            self.pull(wait=False)
            time.sleep(1)

    def pull(self, *, wait: bool = True) -> None:
        """Pull the card out."""
        assert self._card is not None
        self._card.kill()
        self._card.wait()
        if wait:
            until(lambda: not any(reader.card for reader in presence.readers()))

    def create(self) -> None:
        """A demonstration record."""
        self.key.mkdir()
        items = [NewItem("identity", "MOREAU Jeanne [FICTIF]", b"{}")]
        place.create_at(self.key, {3: WORDS}, Change(add=items), Author("2026-11-01T10:00:00Z"), demo=True)

    def bytes(self) -> bytes:
        """The record's file."""
        return (self.key / "DOSSIER.DMB").read_bytes()

    def commit(self, typist: Typist) -> Signed:
        """One entry, signed by the card that is in, through the door that the commands and the screens use."""
        with Session.open(self.key, TYPED, write=True) as session:
            session.date_is("2026-11-23T10:00")
            by = Signatory(str(discovery.modules()[0].path), typist)
            session.commit(Change(add=[NewItem("allergy", "Pénicillines", b"x", "2014")]), by)
            return Signed(list(session.notices))

    def commit_with(self, signer: token.CardSigner) -> None:
        """One entry, signed by this signer."""
        pen = signing.take(signer, [Act("allergy", "add")], trusted(), now=NOW)
        with place.open_at(self.key, WORDS, True) as container:
            container.commit(Change(add=[NewItem("allergy", "Pénicillines", b"x", "2014")]), pen.author)

    def signed(self) -> list[Record]:
        """The signed commits, each of them good."""
        with place.open_at(self.key, WORDS) as container:
            verdicts, findings = container.replay()
        assert not findings
        assert all(v.result == "ok" for v in verdicts)
        found = [v.record for v in verdicts if v.record is not None and v.record.cms]
        assert all(signing.judge(r, trusted(), {}, NOW).signature.holds for r in found)
        return found

    @contextmanager
    def unchanged(self, error: type[CardError], detail: str = "") -> Any:
        """The commit fails so, and the file is what it was."""
        before = self.bytes()
        with pytest.raises(error) as caught:
            yield
        assert caught.value.detail == detail
        assert self.bytes() == before


def _key(one: Person) -> bytes:
    return one.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def until(true: Callable[[], bool], limit: float = 5.0) -> float:
    """Wait for something; how long it took."""
    start = time.monotonic()
    while not true():
        assert time.monotonic() - start < limit
        time.sleep(0.01)
    return time.monotonic() - start


def raw_signature() -> str:
    """What another process gets that asks the card for a signature by bare commands, without a PIN: the status."""
    code = """
import sys
from smartcard import scard as s
_, context = s.SCardEstablishContext(s.SCARD_SCOPE_USER)
_, card, protocol = s.SCardConnect(context, sys.argv[1], s.SCARD_SHARE_SHARED, 3)
digest = "3031300D060960864801650304020105000420" + "AB" * 32
commands = [sys.argv[2], "00A4000C023F00", "00A4000C025015", sys.argv[3], "002A9E9A33" + digest + "00"]
for command in commands:
    _, answer = s.SCardTransmit(card, s.SCARD_PCI_T1, list(bytes.fromhex(command)))
print(bytes(answer[-2:]).hex())
s.SCardDisconnect(card, s.SCARD_LEAVE_CARD)
"""
    command = [sys.executable, "-c", code, READER, SELECT_ISO, CHOOSE_KEY]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def whole_path(stage: Stage) -> None:
    """Insert, event, PIN, signature into the record; then the card is locked for everybody."""
    stage.create()
    events: list[tuple[float, Event]] = []
    done = threading.Event()

    def listen() -> None:
        events.extend((time.monotonic(), event) for event in _until_done(done))

    listener = threading.Thread(target=listen)
    listener.start()
    time.sleep(0.3)
    stage.insert()
    signer = stage.commit(Typist(PIN))
    assert signer.notices == []
    assert raw_signature() == "6982"
    assert len(stage.signed()) == 1
    assert len(stage.signed()[0].cms) <= 8192
    pulled = time.monotonic()
    stage.pull()
    time.sleep(0.5)
    done.set()
    listener.join()
    whats = [(event.what, event.reader, event.card) for _, event in events]
    assert whats == [("inserted", READER, CardKind.UNKNOWN), ("removed", READER, CardKind.UNKNOWN)]
    assert events[0][0] - stage.inserted < 1
    assert events[1][0] - pulled < 1


def _until_done(done: threading.Event) -> Any:
    yield from presence.watch(done.is_set, period=0.2)


def relock_is_needed(stage: Stage) -> None:
    """The other half of the proof: a closed session alone leaves the card open to others; our relock closes it."""
    import pkcs11

    stage.insert()
    module = discovery.modules()[0]
    library = pkcs11.lib(str(module.path))
    session = next(t for t in library.get_tokens() if "CPS3" in t.label).open(user_pin=PIN)
    session.close()
    library.finalize()
    assert raw_signature() == "9000"
    assert presence.relock(READER)
    assert raw_signature() == "6982"
    stage.pull()
    assert presence.relock(READER)  # a card that is out remembers nothing
    assert presence.relock("no such reader")


def wrong_pins(stage: Stage) -> None:
    """Three wrong PINs count down and block; the last only after a yes; each time the record is as it was."""
    stage.create()
    stage.insert()
    with stage.unchanged(WrongPin, TWO_TRIES):
        stage.commit(Typist("0000"))
    with stage.unchanged(WrongPin, ONE_TRY):
        stage.commit(Typist("0001"))
    cautious = Typist("0002")
    with stage.unchanged(PinNeeded, LAST_TRY):
        stage.commit(cautious)
    assert (cautious.asked_for_last_try, cautious.requests) == (1, [])
    with stage.unchanged(PinBlocked):
        stage.commit(Typist("0002", last_try=True))
    with stage.unchanged(PinBlocked):
        stage.commit(Typist(PIN, last_try=True))
    stage.pull()
    stage.insert()  # a new card
    assert stage.commit(Typist(PIN)).notices == []
    assert len(stage.signed()) == 1


def tries_across_programs(stage: Stage) -> None:
    """Wrong PINs typed in another program count: a CPS3 tells them to whoever comes next."""
    stage.create()
    stage.insert("doctor", "cps")
    code = "import sys, pkcs11; t = [t for t in pkcs11.lib(sys.argv[1]).get_tokens() if 'CPS3' in t.label][0]\n"
    code += "try: t.open(user_pin='0000')\nexcept pkcs11.PinIncorrect: print('wrong')"
    for expected in (Tries.FEWER, Tries.ONE):
        command = [sys.executable, "-c", code, str(discovery.modules()[0].path)]
        tried = subprocess.run(command, capture_output=True, text=True)
        assert tried.stdout == "wrong\n", tried.stderr
        assert token.find(discovery.modules()).tries is expected
    cautious = Typist(PIN)
    with stage.unchanged(PinNeeded, LAST_TRY):
        stage.commit(cautious)
    assert (cautious.asked_for_last_try, cautious.requests) == (1, [])
    with stage.unchanged(PinBlocked):
        stage.commit(Typist("0000", last_try=True))
    late = Typist(PIN, last_try=True)
    with stage.unchanged(PinBlocked):
        stage.commit(late)
    assert (late.asked_for_last_try, late.requests) == (0, [])


def right_pin_restores_the_tries(stage: Stage) -> None:
    """A wrong PIN and then the right one: the commit is made."""
    stage.create()
    stage.insert()
    with stage.unchanged(WrongPin, TWO_TRIES):
        stage.commit(Typist("0000"))
    stage.commit(Typist(PIN))
    with stage.unchanged(WrongPin, TWO_TRIES):
        stage.commit(Typist("0000"))
    assert len(stage.signed()) == 1


def pulled_while_signing(stage: Stage) -> None:
    """The card goes while it signs."""
    stage.create()
    stage.insert("doctor", "iso", "--delay", "3")
    threading.Timer(1.0, stage.pull, kwargs={"wait": False}).start()
    start = time.monotonic()
    with stage.unchanged(CardGone):
        stage.commit(Typist(PIN))
    assert time.monotonic() - start < 6
    until(lambda: not any(reader.card for reader in presence.readers()))
    stage.insert()
    assert stage.commit(Typist(PIN)).notices == []
    assert len(stage.signed()) == 1


def pulled_before_the_pin(stage: Stage) -> None:
    """The card goes while its holder types."""
    stage.create()
    stage.insert()
    with stage.unchanged(CardGone):
        stage.commit(Typist(PIN, before=stage.pull))
    with stage.unchanged(NoCard):
        stage.commit(Typist(PIN))
    stage.insert()
    stage.commit(Typist(PIN))
    assert len(stage.signed()) == 1


def swapped(stage: Stage) -> None:
    """Another card between the PIN and the signature: no PIN reaches it."""
    stage.create()
    stage.insert()
    log = stage.folder / "commands"

    def swap() -> None:
        stage.pull()
        stage.insert("nurse", "iso", "--serial", "2800000002", "--log", str(log))

    with stage.unchanged(AnotherCard):
        stage.commit(Typist(PIN, before=swap))
    commands = log.read_text().split()
    assert "A4" in commands
    assert "20" not in commands, "a VERIFY was sent to the other card"
    stage.pull()
    stage.insert()
    stage.commit(Typist(PIN))
    assert len(stage.signed()) == 1


def same_number_other_holder(stage: Stage) -> None:
    """A card of the same number with another certificate is another card too."""
    stage.create()
    stage.insert("previous")

    def swap() -> None:
        stage.pull()
        stage.insert("doctor")

    with stage.unchanged(AnotherCard):
        stage.commit(Typist(PIN, before=swap))
    assert stage.signed() == []


def daemon_killed(stage: Stage) -> None:
    """pcscd dies while the holder types, and comes back."""
    stage.create()
    stage.insert()
    events: list[Event] = []
    done = threading.Event()
    listener = threading.Thread(target=lambda: events.extend(_until_done(done)))
    listener.start()
    time.sleep(0.5)
    with stage.unchanged(CardGone):
        stage.commit(Typist(PIN, before=stage.daemon.kill))
    with pytest.raises(NoPcsc, match="no-service"):
        presence.readers()
    with stage.unchanged(NoCard):
        stage.commit(Typist(PIN))
    time.sleep(0.5)
    stage.pull(wait=False)
    stage.daemon.start()
    stage.insert()
    stage.commit(Typist(PIN))
    time.sleep(0.8)
    done.set()
    listener.join()
    assert [event.what for event in events] == ["inserted", "service-lost", "service-back", "inserted"]
    assert len(stage.signed()) == 1


HOLDER = """
import sys, pkcs11
from pkcs11 import Attribute as A, Mechanism, ObjectClass
library = pkcs11.lib(sys.argv[1])
session = next(t for t in library.get_tokens() if "CPS3" in t.label).open(user_pin=sys.argv[2])
key = [k for k in session.get_objects({A.CLASS: ObjectClass.PRIVATE_KEY}) if "SIG" in k.label][0]
print("held", flush=True)
for line in sys.stdin:
    print(len(key.sign(line.encode(), mechanism=Mechanism.SHA256_RSA_PKCS)), flush=True)
"""


def shared_session(stage: Stage) -> None:
    """The practice software holds the reader all day: its session survives our signature, and we say so."""
    stage.create()
    stage.insert()
    command = [sys.executable, "-c", HOLDER, str(discovery.modules()[0].path), PIN]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    assert other.stdin is not None
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    for _ in range(2):
        signer = stage.commit(Typist(PIN))
        assert signer.notices == [token.SHARED]
        other.stdin.write("facture\n")
        other.stdin.flush()
        assert other.stdout.readline() == "256\n"
    other.kill()
    other.wait()
    until(lambda: not any(reader.shared for reader in presence.readers()))
    assert stage.commit(Typist(PIN)).notices == []  # alone again: locked again
    assert raw_signature() == "6982"
    assert len(stage.signed()) == 3


def exclusive_session(stage: Stage) -> None:
    """Another program keeps the card for itself: a sentence names what to close."""
    stage.create()
    stage.insert()
    signer = token.CardSigner(token.find(discovery.modules()), Typist(PIN, PIN))
    code = "import sys; from smartcard import scard as s; _, c = s.SCardEstablishContext(0)"
    code += "; print(s.SCardConnect(c, sys.argv[1], s.SCARD_SHARE_EXCLUSIVE, 3)[0], flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, READER]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "0\n"
    with stage.unchanged(CardBusy):
        stage.commit(Typist(PIN))
    with stage.unchanged(CardBusy):
        stage.commit_with(signer)
    assert "close" in CardBusy.sentence
    other.kill()
    other.wait()
    until(lambda: not any(reader.exclusive for reader in presence.readers()))
    stage.commit_with(signer)
    assert len(stage.signed()) == 1


def opensc_and_a_cps3(stage: Stage) -> None:
    """The card is seen, its certificate is read, and the signature fails with the sentence that says why."""
    stage.create()
    stage.insert("doctor", "cps")
    assert [reader.card for reader in presence.readers() if reader.card] == [CardKind.CPS3]
    card = token.find(discovery.modules())
    assert (card.certificate_der, card.module.kind) == (person().certificate_der, "opensc")
    with stage.unchanged(ModuleCannotSign):
        stage.commit(Typist(PIN))
    status = _status()
    assert status["readers"][0]["card"] == "CPS3"
    assert not status["can_sign"]


def foreign_cards(stage: Stage) -> None:
    """A Vitale put in by mistake is named; an unknown card is no card."""
    stage.create()
    for kind, expected, detail in (("vitale", CardKind.VITALE, VITALE), ("other", CardKind.UNKNOWN, "")):
        stage.insert("doctor", kind)
        assert [reader.card for reader in presence.readers() if reader.card] == [expected]
        with stage.unchanged(NoCard, detail):
            stage.commit(Typist(PIN))
        stage.pull()


def _status(*options: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "baladeur", "card", "status", "--json", *options]
    environment = {**os.environ, "XDG_DATA_HOME": "/nonexistent"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT)
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def status(stage: Stage) -> None:
    """`card status` for a support call: readers, cards, modules, certificates; then without a card, without pcscd."""
    stage.insert()
    found = _status()
    assert [r["name"] for r in found["readers"]] == [READER, "Virtual PCD 00 01"]
    assert found["modules"][0]["kind"] == "opensc"
    (card,) = found["cards"]
    assert card["holder"] == "Dr CAMILLE TESTMEDECIN"
    assert card["test"] is True
    assert card["tries"] == "all"
    stage.pull()
    assert _status()["cards"] == []
    stage.daemon.kill()
    assert _status()["service"] == "no-service"


def polling(stage: Stage) -> None:
    """Without pyscard: cards are still seen, by the module, and signing says that the card was not locked."""
    stage.create()
    stage.insert()
    sys.modules["smartcard"] = None  # type: ignore[assignment] # as if it were not installed
    with pytest.raises(NoPcsc, match="no-pyscard"):
        presence.readers()
    module = discovery.modules()[0]
    done = threading.Event()
    seen: list[Event] = []

    def poll() -> dict[str, CardKind]:
        return {card.reader: CardKind.CPS for card in token.cards(module)}

    listener = threading.Thread(target=lambda: seen.extend(presence.watch(done.is_set, poll, 0.2)))
    listener.start()
    until(lambda: len(seen) >= 2)
    stage.pull(wait=False)
    until(lambda: len(seen) >= 3)
    done.set()
    listener.join()
    assert [event.what for event in seen] == ["service-lost", "inserted", "removed"]
    del sys.modules["smartcard"]
    stage.insert()
    sys.modules["smartcard"] = None  # type: ignore[assignment]
    assert stage.commit(Typist(PIN)).notices == [token.NOT_RELOCKED]
    with suppress(KeyError):
        del sys.modules["smartcard"]
    assert raw_signature() == "9000"  # what was said is true


def _sign_by_command(stage: Stage, *typed: tuple[str, str]) -> tuple[int, str]:
    """`baladeur add … --card MODULE` as a program on a terminal, answered by (prompt, answer): exit code and screen."""
    words, document = secret_file(stage.folder), stage.folder / "lettre.txt"
    document.write_text("choc en 2014\n", "utf-8")
    said = ("--type", "allergy", "--title", "Pénicillines", "--date", "2026-11-23", "--secret-file", words)
    receipt = ("--receipt", stage.folder / f"receipt{time.monotonic_ns()}")
    signed = ("--card", discovery.modules()[0].path, *receipt)
    more = {"XDG_DATA_HOME": os.environ["XDG_DATA_HOME"]}
    return on_terminal("add", stage.key, document, *said, *signed, answers=typed, **more)


def by_the_program(stage: Stage) -> None:
    """The command itself: a wrong PIN, the tries left and the exit code; then the right one."""
    stage.create()
    stage.insert()
    before = stage.bytes()
    code, screen = _sign_by_command(stage, ("Code porteur", "0000"))
    said = " ".join(screen.split())
    assert code == 44, screen
    assert "le code est faux ; rien n’a été écrit" in said
    assert "il reste deux essais au plus" in said
    assert "0000" not in screen
    code, screen = _sign_by_command(stage, ("Code porteur", "0001"))
    assert (code, stage.bytes()) == (44, before), screen
    assert "il ne reste qu’un essai ; une erreur bloquerait aussi votre facturation" in " ".join(screen.split())
    code, screen = _sign_by_command(stage, ("Code porteur", PIN), ("[o/n]", "n"))
    assert code == 0, screen
    assert PIN not in screen
    assert len(stage.signed()) == 1
    assert raw_signature() == "6982"


def last_try_of_the_program(stage: Stage) -> None:
    """A card that tells its tries, as a CPS3: at the last one the command asks first, and no is the safe answer."""
    stage.create()
    stage.insert("doctor", "cps")
    before = stage.bytes()
    for wrong in ("0000", "0001"):
        assert _sign_by_command(stage, ("Code porteur", wrong))[0] == 44
    assert token.find(discovery.modules()).tries is Tries.ONE
    code, screen = _sign_by_command(stage, ("[o/n]", ""))
    assert (code, stage.bytes()) == (44, before), screen
    assert "Code porteur" not in screen
    code, screen = _sign_by_command(stage, ("[o/n]", "o"), ("Code porteur", "0002"))
    assert (code, stage.bytes()) == (44, before), screen
    assert "le code de la carte est bloqué" in " ".join(screen.split())


def pulled_from_the_program(stage: Stage) -> None:
    """The card goes while the command signs: code 43, the sentence, the record as it was; the next try works."""
    stage.create()
    log = stage.folder / "commands"
    stage.insert("doctor", "iso", "--delay", "20", "--log", str(log))
    before = stage.bytes()

    def pull() -> None:
        until(lambda: log.exists() and "2A" in log.read_text().split(), 60)
        stage.pull(wait=False)

    puller = threading.Thread(target=pull)
    puller.start()
    code, screen = _sign_by_command(stage, ("Code porteur", PIN))
    puller.join()
    assert (code, stage.bytes()) == (43, before), screen
    said = " ".join(screen.split())
    assert "la carte a été retirée ou ne répond plus pendant la signature" in said, screen
    assert "rien n’a été écrit" in said
    until(lambda: not any(reader.card for reader in presence.readers()))
    stage.insert()
    code, screen = _sign_by_command(stage, ("Code porteur", PIN), ("[o/n]", "n"))
    assert code == 0, screen
    assert len(stage.signed()) == 1
